"""People who practised, as a store would tell of them: whole repetitions, courses, contours."""

from datetime import date, datetime, timedelta, timezone

import numpy as np

from exercises import library
from exercises.schema import Quiet
from landmarks.regions import SIDES
from mirrorcoach.live.face_curves import REST
from mirrorcoach.profile import Consents, Event, Profile
from mirrorcoach.records.practices import Note, Outline, PracticeRecord, Total, Trace
from mirrorcoach.records.report.material import Material

BEGAN = datetime(2026, 3, 3, 8, 30, tzinfo=timezone.utc)
PLAN = ("smile_eye_open", "pucker_eye_open", "blink_slow", "eye_close_gentle", "brow_lift")
VERSIONS = {"mirrorcoach": "0.1.0", "mediapipe": "0.10.21", "opencv": "4.11.0", "numba": "0.60.0"}
TOTALS = (
    *((0, "FaCE", 48.0), (40, "FaCE", 55.0), (80, "FaCE", 71.0)),
    *((0, "SAQ", 62.0), (80, "SAQ", 55.0)),
)

ANNA = Profile(
    name="Anna Example",
    affected="right",
    stage="synkinesis",
    since="2025-09",
    events=(Event(kind="botulinum_toxin", day=date(2026, 4, 20)),),
    consents=Consents(photographs=True),
)


def repetition(exercise="smile_eye_open", symmetry=0.6, index=0, lost=0.12, rng=None, **more):
    """One repetition as in score.json, its right side the smaller one."""
    rng = rng or np.random.default_rng(0)
    known = symmetry is not None
    symmetry = None if not known else float(np.clip(symmetry, 0.05, 1.0))
    left = float(6.0 + 0.3 * rng.standard_normal())
    right = left * symmetry if known else None

    def side(mm):
        return {
            "excursion_mm": None if mm is None else round(mm, 2),
            "excursion_interval_mm": [0.0, 0.6] if mm is None else [0.92 * mm, 1.08 * mm],
            "onset_s": 1.0,
            "peak_speed_mm_s": 4.0,
            "hold_spread_mm": 0.2,
        }

    quiet = []
    for one in library.exercises()[exercise].quiet:
        for name in SIDES:
            change = lost if name == "right" else 0.02
            if one.region != "eye":
                change = 0.9 if name == "right" else None
            quiet.append(
                {
                    "region": one.region,
                    "side": name,
                    "change": None if change is None else round(change, 3),
                    "unit": "ratio" if one.region == "eye" else "mm",
                    "interval": [0.0, 0.4]
                    if change is None
                    else [round(change - 0.04, 3), round(change + 0.04, 3)]
                    if one.region == "eye"
                    else [0.7, 1.1],
                    "flag": flag(one, change),
                }
            )
    return {
        "index": index,
        "exercise": exercise,
        "start_s": 10.0 + 12 * index,
        "hold_start_s": 12.0 + 12 * index,
        "hold_end_s": 15.0 + 12 * index,
        "end_s": 18.0 + 12 * index,
        "measurable": True,
        "reasons": []
        if known
        else ["The right side moved less than the 0.6 mm that can be told from rest."],
        "left": side(left),
        "right": side(right),
        "symmetry": None if not known else round(symmetry, 3),
        "symmetry_interval": [
            round(max(0.0, symmetry - 0.08), 3),
            round(min(1.0, symmetry + 0.08), 3),
        ]
        if known
        else [0.0, 0.2],
        "weaker_side": "right" if known and symmetry < 0.9 else None,
        "path_agreement": round(float(0.7 + 0.25 * (symmetry or 0.2)), 3),
        "onset_lag_s": round(float(0.3 - 0.2 * (symmetry or 0.0)), 3),
        "returned": 0.9,
        "quiet": quiet,
        "manner": [],
        "marks": dict.fromkeys(("evenness", "calm", "slowness", "steadiness", "rest"), 0.8),
        "score": 70.0 if known else None,
        **more,
    }


def flag(limits: Quiet, change):
    found = "none"
    for name in ("mild", "moderate", "marked"):
        if change is not None and change >= getattr(limits, name):
            found = name
    return found


def unmeasured(exercise="smile_eye_open", reason="No face was seen.", index=0):
    """A repetition of which nothing is known."""
    nothing = dict.fromkeys(
        ("excursion_mm", "excursion_interval_mm", "onset_s", "peak_speed_mm_s", "hold_spread_mm")
    )
    return repetition(
        exercise,
        None,
        index,
        measurable=False,
        reasons=[reason],
        left=nothing,
        right=nothing,
        symmetry_interval=None,
        path_agreement=None,
        onset_lag_s=None,
        returned=None,
        quiet=[],
        score=None,
    )


def known(mm, half=0.8):
    return {"mm": mm, "interval_mm": [round(mm - half, 2), round(mm + half, 2)]}


def rest(corner_mm=1.6):
    """A resting face whose right corner of the mouth lies lower."""
    return {
        "start_s": 1.0,
        "end_s": 3.0,
        "frames": 60,
        "noise_mm": {"eye": {"left": 0.1, "right": 0.1}},
        "asymmetry": {
            "fissure_left": known(10.1),
            "fissure_right": known(8.4),
            "fissure_difference": known(1.7),
            "commissure_difference": known(corner_mm),
            "brow_difference": known(-0.3),
            "reasons": [],
        },
        "scale": {
            "mm_per_px": 0.4,
            "interval_mm_per_px": [0.38, 0.42],
            "method": "iris",
            "ipd_mm": None,
        },
    }


def practice(*repetitions, number=1, at=BEGAN, scoring=1, **more):
    fields = {
        "programme": "synkinesis",
        "answers": (),
        "felt": "as_usual",
        "ending": "done",
        "practised_s": 420.0,
        "provenance": {**VERSIONS, "options": {"programme": "synkinesis"}, "scoring": scoring},
        "rest": rest(),
        "quality": {
            "usable_ratio": 0.97,
            "refused": [
                {"reason": "The head was turned: look straight into the mirror.", "seconds": 6.5}
            ],
            "remarks": [],
        },
    }
    return PracticeRecord(number, at, repetitions=tuple(repetitions), **{**fields, **more})


def weeks(count=12, a_day=3, exercises=PLAN, times=5, gain=0.29, seed=3, rest_days=0.12):
    """Practices of so many weeks of somebody who becomes more even."""
    rng = np.random.default_rng(seed)
    catalogue = library.exercises()
    days = 7 * count
    found = []
    for n in range(days):
        share = 1 - np.exp(-2.2 * n / days)
        chance = 0.035 * rng.standard_normal()
        for part in range(
            0
            if n and rng.random() < rest_days
            else rng.integers(1, a_day + 1)
            if a_day == 3
            else a_day
        ):
            repetitions = []
            for place, exercise in enumerate(exercises):
                goes = gain * share * (1.0, 0.75, 0.55, 0.7, 0.05)[place % 5]
                start = (0.44, 0.55, 0.5, 0.62, 0.34)[place % 5]
                lost = max(0.0, 0.3 - 0.2 * share + 0.03 * rng.standard_normal())
                for _ in range(times):
                    value = start + goes + chance + 0.03 * rng.standard_normal()
                    repetitions.append(
                        repetition(exercise, value, len(repetitions), lost=lost, rng=rng)
                    )
            if n % 9 == 4:
                repetitions[-1] = repetition(exercises[-1], None, len(repetitions) - 1)
            found.append(
                practice(
                    *repetitions,
                    number=len(found) + 1,
                    at=BEGAN + timedelta(days=n, hours=4 * part),
                    felt=("light", "as_usual", "as_usual", "tired")[
                        rng.integers(0, 4) if rng.random() < 0.3 else 1
                    ],
                )
            )
    assert all(one in catalogue for one in exercises)
    return tuple(found)


def trace(size_mm=6.0, ratio=0.5, unit="mm", rate_hz=15.0):
    """A movement that rises, is held and is let go, with a moment that was not seen."""
    time_s = np.arange(0, 10, 1 / rate_hz)
    rise = np.clip((time_s - 1) / 2, 0, 1)
    fall = np.clip((time_s - 6) / 2, 0, 1)
    course = np.clip(rise**2 * (3 - 2 * rise) - fall**2 * (3 - 2 * fall), 0, 1)
    course = course + 0.02 * np.sin(3.1 * time_s)
    if unit == "share":
        left, right = 0.95 * course, 0.95 * ratio * course
    else:
        left, right = size_mm * course, size_mm * ratio * np.roll(course, 4)
    seen = [None if 40 <= n < 44 else round(float(v), 3) for n, v in enumerate(left)]
    return Trace(10.0, rate_hz, unit, tuple(seen), tuple(round(float(v), 3) for v in right))


def traces_of(practices):
    """A trace of each repetition that was measured."""
    by_number = {one.number: one for one in practices}

    def traces(number):
        return [
            trace(
                6.0,
                one["symmetry"] or 0.1,
                "share" if "eye_close" in one["exercise"] or "blink" in one["exercise"] else "mm",
            )
            if one["measurable"]
            else None
            for one in by_number[number].repetitions
        ]

    return traces


def outline(exercise="smile_eye_open", weaker=0.4):
    """A face whose right side does less, from the window's own drawn face."""

    def across(*names, dx=0.0, dy=0.0):
        loop = []
        for name in names:
            points = REST[name]
            pull = [max(0.0, 1 - abs(x - 25) / 25) for x, _ in points]
            left = [(x + dx * p, -y + dy * p) for (x, y), p in zip(points, pull, strict=True)]
            right = [
                (-x - dx * weaker * p, -y + dy * weaker * p)
                for (x, y), p in zip(points, pull, strict=True)
            ]
            line = [*left, *right[:-1][::-1]]
            loop += line if not loop else line[::-1][1:-1]
        return tuple(loop)

    curves = {
        "oval": tuple(
            [(0.0, 62.0), (36.0, 58.0), *((x, -y) for x, y in REST["outline"])]
            + [(-x, -y) for x, y in REST["outline"][-2::-1]]
            + [(-36.0, 58.0)]
        )
    }
    for side, sign in (("left", 1), ("right", -1)):
        narrowing = 1.0 if side == "left" else 0.45 + 0.5 * weaker
        upper = [
            (sign * x, -y * narrowing + (0 if narrowing == 1 else 0.5))
            for x, y in REST["upper_lid"]
        ]
        lower = [(sign * x, -y) for x, y in REST["lower_lid"]][-2:0:-1]
        curves[f"{side}_eye"] = tuple(upper + lower)
        brow = [(sign * x, -y) for x, y in REST["brow"]]
        curves[f"{side}_brow"] = tuple(brow)
    curves["nose"] = ((0.0, -4.0), (0.5, -20.0), (0.0, -34.0), (0.0, -42.0))
    curves["lips_outer"] = across("upper_lip", "lower_lip", dx=5, dy=4)
    curves["lips_inner"] = across("upper_edge", "lower_edge", dx=5, dy=4)
    return Outline(exercise, curves)


def material(practices=None, **more):
    """Everything about Anna."""
    practices = weeks() if practices is None else tuple(practices)
    last = practices[-1].number if practices else 0
    fields = {
        "profile": ANNA,
        "practices": practices,
        "traces": traces_of(practices),
        "outlines": lambda number: [outline(weaker=0.75 if number > last // 2 else 0.3)],
        "notes": (
            Note(
                1,
                BEGAN + timedelta(days=30),
                "Slower rise asked for.\nPucker with the eye open first.",
                "Dr. Élodie Müller",
            ),
        ),
        "totals": tuple(
            Total(number, (BEGAN + timedelta(days=after)).date(), scale, value)
            for number, (after, scale, value) in enumerate(TOTALS)
        ),
        "programme": library.programmes()["synkinesis"],
        "made_on": date(2026, 5, 25),
    }
    return Material(**{**fields, **more})
