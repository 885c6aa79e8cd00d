"""Somebody of whom everything that there is was kept, and the same without names."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from mirrorcoach.profile import Consents, Event, Profile, Settings
from mirrorcoach.records.document import KeptPractice
from mirrorcoach.records.practices import (
    Answer,
    Note,
    Outline,
    PracticeRecord,
    Total,
    Trace,
)

BEGAN = datetime(2026, 3, 2, 7, 30, tzinfo=timezone.utc)
NOW = datetime(2026, 11, 21, 17, 0, tzinfo=timezone.utc)
TOO_SMALL = "The right side moved less than the 0.5 mm that can be told from rest."

ANNA = Profile(
    name="Anna Müller",
    affected="right",
    stage="synkinesis",
    since="2025-11",
    events=(
        Event(kind="surgery", day=date(2025, 11, 20)),
        Event(kind="botulinum_toxin", day=date(2026, 4, 1)),
    ),
    consents=Consents(photographs=True),
    informed=True,
    settings=Settings(
        language="fr",
        programme="/home/anna/anna.toml",
        camera="rtsp://anna:secret@10.0.0.2/face",
        ipd_mm=63.0,
    ),
)

NOTES = (
    Note(1, BEGAN + timedelta(hours=3), "=HYPERLINK('http://evil.example'; 'smile')", "@Bo"),
    Note(2, BEGAN + timedelta(days=1), "Deux lignes\nen français 🙂; -2 mm", ""),
)

TOTALS = (Total(1, date(2026, 3, 1), "FaCE", 43.0), Total(2, date(2026, 6, 1), "FaCE", 61.0))


def side(mm, low, high):
    moved = mm is not None
    return {
        "excursion_mm": mm,
        "excursion_interval_mm": [low, high],
        "onset_s": 12.5 if moved else None,
        "peak_speed_mm_s": 3.2 if moved else None,
        "hold_spread_mm": 0.1 if moved else None,
    }


def repetition(index, exercise="smile_closed", right_mm=3.0, eye=0.1):
    """One as the meter has it; without `right_mm` the right side did not measurably move."""
    moved = right_mm is not None
    ratio = round(right_mm / 6.0, 3) if moved else None
    return {
        "index": index,
        "exercise": exercise,
        "start_s": 12.0 + 14 * index,
        "hold_start_s": 15.0 + 14 * index,
        "hold_end_s": 18.0 + 14 * index,
        "end_s": 21.0 + 14 * index,
        "measurable": True,
        "reasons": [] if moved else [TOO_SMALL],
        "left": side(6.0, 5.5, 6.5),
        "right": side(right_mm, right_mm - 0.4, right_mm + 0.4) if moved else side(None, 0.0, 0.6),
        "symmetry": ratio,
        "symmetry_interval": [ratio - 0.06, ratio + 0.06] if moved else [0.0, 0.12],
        "weaker_side": "right",
        "path_agreement": 0.98 if moved else None,
        "onset_lag_s": -0.1 if moved else None,
        "returned": 0.95,
        "quiet": [
            {
                "region": "eye",
                "side": "right",
                "change": eye,
                "unit": "ratio",
                "interval": None if eye is None else [round(eye - 0.04, 3), round(eye + 0.04, 3)],
                "flag": None if eye is None else "mild",
            },
            {
                "region": "chin",
                "side": "left",
                "change": 0.8,
                "unit": "mm",
                "interval": [0.4, 1.2],
                "flag": "none",
            },
        ],
        "manner": ["too_fast"],
        "marks": {"evenness": ratio, "calm": 1.0, "slowness": 1.0, "steadiness": 0.9, "rest": 1.0},
        "score": 80.0 if moved else None,
    }


def trace(index, unit="mm"):
    return Trace(12.0 + 14 * index, 10.0, unit, (0.0, 0.51, None, 1.0), (0.0, 0.25, None, 0.5))


OUTLINES = (
    Outline(None, {"oval": ((-50.0, 0.0), (0.0, 60.5)), "nose": ((0.0, 10.0), (0.0, -5.2))}),
    Outline("smile_closed", {"lips_outer": ((-25.1, -60.0), (25.3, -59.0))}),
)

QUALITY = {
    "usable_ratio": 0.9312,
    "refused": [{"reason": "The head was turned too far.", "seconds": 4.5}],
    "remarks": [],
}

REST = {
    "start_s": 1.0,
    "end_s": 3.0,
    "frames": 60,
    "noise_mm": {"eye": {"left": 0.05, "right": 0.06}},
    "asymmetry": {
        "fissure_left": {"mm": 10.1, "interval_mm": [9.6, 10.6]},
        "fissure_right": {"mm": 8.9, "interval_mm": [8.4, 9.4]},
        "fissure_difference": {"mm": 1.2, "interval_mm": [0.7, 1.7]},
        "commissure_difference": {"mm": -2.0, "interval_mm": [-2.6, -1.4]},
        "brow_difference": None,
        "reasons": ["The brows were hidden."],
    },
    "scale": {
        "mm_per_px": 0.42,
        "interval_mm_per_px": [0.4, 0.44],
        "method": "ipd",
        "ipd_mm": 63.0,
    },
}


def practice(number, at, *repetitions, programme="anna", **more):
    options = {"programme": programme}
    fields = {
        "answers": (),
        "felt": None,
        "ending": "done",
        "practised_s": 251.5,
        "quality": QUALITY,
        "rest": REST,
        "ended_at": at + timedelta(minutes=6),
        **more,
    }
    return PracticeRecord(
        number=number,
        started_at=at.astimezone(),
        programme=programme,
        repetitions=repetitions,
        provenance={
            "mirrorcoach": "0.1.0",
            "mediapipe": "0.10.21",
            "options": options,
            "scoring": 2,
        },
        **fields,
    )


FULL = KeptPractice(
    practice(
        1,
        BEGAN,
        repetition(0),
        repetition(1, right_mm=3.4, eye=0.12),
        repetition(2, right_mm=3.2, eye=0.2),
        repetition(3, "pucker", right_mm=None, eye=None),
        answers=(Answer("smile_closed", "neck", True), Answer("smile_closed", "chin", None)),
        felt="tired",
    ),
    (trace(0), trace(1), None, trace(3, "share")),
    OUTLINES,
)

CUT_OFF = KeptPractice(
    practice(
        2,
        BEGAN + timedelta(hours=5),
        repetition(0, "corner_down"),
        programme="first_steps",
        ending=None,
        ended_at=None,
        practised_s=9.0,
        quality=None,
        rest=None,
    ),
    (None,),
)

LED = KeptPractice(practice(3, BEGAN + timedelta(days=1), programme="flaccid", rest=None))
"""One in which nothing is measured."""

PRACTICES = (FULL, CUT_OFF, LED)
