"""The object in ``score.json`` and the rows of the tables beside it.

The contract is ``docs/score.schema.json``: units are in the names, and what is not known is
``null``, never 0.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from exercises.score import ExerciseScore, QuietScore, RepetitionScore, SideScore
from landmarks.interval import Interval
from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import Reading
from landmarks.movement import PATHS
from landmarks.problems import REASONS
from landmarks.regions import SIDES
from landmarks.rest import Rest
from landmarks.resting_asymmetry import Known, RestingAsymmetry
from landmarks.signals import Signals

SCHEMA = "mirrorcoach.score/1"


def provenance(options: dict[str, str | None]) -> dict[str, Any]:
    """Versions of everything that a number depends on."""
    from importlib.metadata import version

    from mirrorcoach import __version__

    return {
        "mirrorcoach": __version__,
        "mediapipe": version("mediapipe"),
        "opencv": version("opencv-contrib-python"),
        "numba": version("numba"),
        "options": options,
    }


def scale_object(rest: Rest | None) -> dict[str, Any] | None:
    """Millimetres a pixel at rest, and where that lies."""
    if rest is None:
        return None
    spread = rest.ruler.spread
    return {
        "mm_per_px": _round(rest.mm_per_px, 5),
        "interval_mm_per_px": [
            _round(rest.mm_per_px * (1 - spread), 5),
            _round(rest.mm_per_px * (1 + spread), 5),
        ],
        "method": rest.ruler.method,
        "ipd_mm": rest.ruler.ipd_mm,
    }


def rest_object(rest: Rest | None) -> dict[str, Any] | None:
    """When the person was at rest, and how still a still face reads."""
    if rest is None:
        return None
    return {
        "start_s": _round(rest.start_s, 3),
        "end_s": _round(rest.end_s, 3),
        "frames": rest.frames,
        "noise_mm": {
            region: {side: _round(noise, 3) for side, noise in zip(SIDES, sides, strict=True)}
            for region, sides in rest.noise_mm.items()
        },
        "asymmetry": asymmetry_object(rest.asymmetry),
    }


def asymmetry_object(found: RestingAsymmetry) -> dict[str, Any]:
    """How uneven the resting face was; differences are left less right."""
    left, right = found.fissures
    return {
        "fissure_left": _known_object(left),
        "fissure_right": _known_object(right),
        "fissure_difference": _known_object(found.fissure_difference),
        "commissure_difference": _known_object(found.commissure_difference),
        "brow_difference": _known_object(found.brow_difference),
        "reasons": list(found.reasons),
    }


def repetition_object(one: RepetitionScore) -> dict[str, Any]:
    """One repetition."""
    return {
        "index": one.index,
        "exercise": one.exercise,
        "start_s": _round(one.start_s, 3),
        "hold_start_s": _round(one.hold_start_s, 3),
        "hold_end_s": _round(one.hold_end_s, 3),
        "end_s": _round(one.end_s, 3),
        "measurable": one.measurable,
        "reasons": list(one.reasons),
        "left": _side_object(one.left),
        "right": _side_object(one.right),
        "symmetry": _round(one.symmetry, 3),
        "symmetry_interval": _interval(one.symmetry_interval),
        "weaker_side": one.weaker_side,
        "path_agreement": _round(one.path_agreement, 3),
        "onset_lag_s": _round(one.onset_lag_s, 3),
        "returned": _round(one.returned, 3),
        "quiet": [_quiet_object(quiet) for quiet in one.quiet],
        "manner": list(one.manner),
        "marks": {name: _round(mark, 3) for name, mark in one.marks.items()},
        "score": _round(one.score, 1),
    }


def exercise_object(one: ExerciseScore) -> dict[str, Any]:
    """All repetitions of an exercise."""
    return {
        "exercise": one.exercise,
        "repetitions": one.repetitions,
        "measurable": one.measurable,
        "symmetry_median": _round(one.symmetry_median, 3),
        "left_excursion_mm": _round(one.left_excursion_mm, 2),
        "right_excursion_mm": _round(one.right_excursion_mm, 2),
        "score": _round(one.score, 1),
    }


def quality_object(signals: Signals, remarks: Sequence[str] = ()) -> dict[str, Any]:
    """How much of the recording could be measured, what kept the rest from it, and remarks."""
    time_s = signals.time_s
    steps = np.diff(time_s)
    usual_s = float(np.median(steps)) if len(steps) else 0.0
    lasted_s = np.append(steps, usual_s) if len(time_s) else steps
    seconds: dict[str, float] = defaultdict(float)
    for problem, step_s in zip(signals.problems, lasted_s, strict=True):
        if problem is not None:
            seconds[problem] += float(step_s)
    usable = sum(problem is None for problem in signals.problems)
    return {
        "usable_ratio": _round(usable / len(signals), 4) if len(signals) else None,
        "refused": [
            {"reason": reason, "seconds": _round(seconds[problem], 3) if len(steps) else None}
            for problem, reason in REASONS.items()
            if problem in seconds
        ],
        "remarks": list(remarks),
    }


REPETITION_COLUMNS = [
    *("index", "exercise", "start_s", "hold_start_s", "hold_end_s", "end_s", "measurable"),
    *("left_excursion_mm", "right_excursion_mm", "symmetry", "symmetry_low", "symmetry_high"),
    *("weaker_side", "path_agreement", "onset_lag_s", "score", "reasons"),
]
"""Columns of ``repetitions.csv``."""


def repetition_row(one: dict[str, Any]) -> list[Any]:
    """A repetition as a row of ``repetitions.csv``; unknown is an empty cell."""
    low, high = one["symmetry_interval"] or (None, None)
    return [
        one["index"],
        one["exercise"],
        one["start_s"],
        one["hold_start_s"],
        one["hold_end_s"],
        one["end_s"],
        "yes" if one["measurable"] else "no",
        one["left"]["excursion_mm"],
        one["right"]["excursion_mm"],
        one["symmetry"],
        low,
        high,
        one["weaker_side"],
        one["path_agreement"],
        one["onset_lag_s"],
        one["score"],
        " ".join(one["reasons"]),
    ]


SIGNAL_COLUMNS = [
    *("frame", "time_s", "problem", "yaw_deg", "pitch_deg", "roll_deg"),
    *(f"eye_{side}_aperture_ratio" for side in SIDES),
    *(f"eye_{side}_aperture_lost_mm" for side in SIDES),
    *(
        f"{region}_{side}_{axis}_mm"
        for region in SKIN_REGIONS
        for side in SIDES
        for axis in ("out", "up")
    ),
    *(f"{region}_{direction}_{side}_along_mm" for region, direction in PATHS for side in SIDES),
]
"""Columns of ``signals.csv``; out is away from the midline, up towards the forehead."""


def signal_row(reading: Reading) -> list[Any]:
    """A reading as a row of ``signals.csv``; unknown is an empty cell."""
    pose, moved = reading.pose, reading.movement
    row: list[Any] = [reading.index, _round(reading.time_s, 4), reading.problem]
    angles = (pose.yaw_deg, pose.pitch_deg, pose.roll_deg) if pose else (None, None, None)
    row += [_round(angle, 2) for angle in angles]
    if moved is None:
        return row + [None] * (len(SIGNAL_COLUMNS) - len(row))
    row += [_round(float(value), 4) for value in moved.aperture_ratio]
    row += [_round(float(value), 3) for value in moved.aperture_lost_mm]
    skin = [*moved.displacement_mm.ravel().tolist(), *moved.along_mm.ravel().tolist()]
    return row + [_round(value, 3) if math.isfinite(value) else None for value in skin]


def session_object(
    exercises: Sequence[ExerciseScore], score: float | None
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The ``exercises`` and ``session`` entries."""
    return [exercise_object(one) for one in exercises], {"score": _round(score, 1)}


def _side_object(side: SideScore) -> dict[str, Any]:
    return {
        "excursion_mm": _round(side.excursion_mm, 2),
        "excursion_interval_mm": _interval(side.excursion_interval_mm, 2),
        "onset_s": _round(side.onset_s, 3),
        "peak_speed_mm_s": _round(side.peak_speed_mm_s, 2),
        "hold_spread_mm": _round(side.hold_spread_mm, 2),
    }


def _quiet_object(quiet: QuietScore) -> dict[str, Any]:
    return {
        "region": quiet.region,
        "side": quiet.side,
        "change": _round(quiet.change, 3),
        "unit": quiet.unit,
        "interval": _interval(quiet.interval),
        "flag": quiet.flag,
    }


def _known_object(known: Known | None) -> dict[str, Any] | None:
    if known is None:
        return None
    return {"mm": _round(known.mm, 2), "interval_mm": _interval(known.interval_mm, 2)}


def _interval(interval: Interval | None, digits: int = 3) -> list[float | None] | None:
    if interval is None:
        return None
    return [_round(interval.low, digits), _round(interval.high, digits)]


def _round(value: float | None, digits: int) -> float | None:
    """A number with so many digits after the point, and no negative zero."""
    return None if value is None else round(float(value), digits) + 0.0
