"""Practices as tests of the history need them: whole repetitions, one number at a time changed."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from mirrorcoach.records.practices import PracticeRecord

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)


def side(mm, half=0.4):
    if mm is None:
        return {"excursion_mm": None, "excursion_interval_mm": [0.0, 0.5]}
    return {"excursion_mm": mm, "excursion_interval_mm": [max(0.0, mm - half), mm + half]}


def quiet(region, which, change, unit="mm", half=0.1):
    interval = [0.0, 0.6] if change is None else [change - half, change + half]
    return {"region": region, "side": which, "change": change, "unit": unit, "interval": interval}


def repetition(even=0.6, exercise="pucker", left=6.0, right=3.0, along=(), reasons=()):
    return {
        "exercise": exercise,
        "measurable": left is not None or right is not None,
        "reasons": list(reasons),
        "symmetry": even,
        "symmetry_interval": [0.0, 0.9] if even is None else [even - 0.05, even + 0.05],
        "left": side(left),
        "right": side(right),
        "quiet": list(along),
    }


def unseen(exercise="pucker", reason="No face was seen."):
    nothing = {"excursion_mm": None, "excursion_interval_mm": None}
    return repetition(None, exercise, reasons=[reason]) | {
        "measurable": False,
        "left": nothing,
        "right": nothing,
        "symmetry_interval": None,
    }


def practice(*repetitions, day=0, hour=9, number=None, scoring=1, size=None, **more):
    at = BEGAN + timedelta(days=day, hours=hour - 9)
    record = PracticeRecord(
        number=100 * day + hour if number is None else number,
        started_at=at,
        programme="synkinesis",
        repetitions=repetitions,
        answers=(),
        felt=None,
        ending="done",
        practised_s=60.0,
        provenance={"scoring": scoring},
        rest=None if size is None else {"scale": {"mm_per_px": size}},
    )
    return replace(record, **more)


def days_of(values, what="even", **more):
    return [practice(repetition(**{what: one}), day=day, **more) for day, one in enumerate(values)]
