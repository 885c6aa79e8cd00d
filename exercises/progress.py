"""How far the affected side goes now, beside the person's own first day.

A ratio of the two sides can hide this, so it is a number of its own (``docs/scoring.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from landmarks.interval import Interval
from landmarks.regions import Side


@dataclass(frozen=True)
class Progress:
    """One exercise on two days, on one side.

    Attributes
    ----------
    exercise : str
        Its id.
    first_mm, now_mm : float or None
        Median excursion; None where the side could not be told from rest.
    change_mm : float or None
        Excursion now less that on the first day; None where one of them is not known.
    interval_mm : Interval
        Where the change lies, about 90 % or more. A day on which the side could not be told from
        rest still has an upper bound, so this is known though the change is not.
    """

    exercise: str
    first_mm: float | None
    now_mm: float | None
    change_mm: float | None
    interval_mm: Interval

    @property
    def certain(self) -> bool:
        """Whether there was a change, for better or worse."""
        return self.interval_mm.low > 0.0 or self.interval_mm.high < 0.0


def progress(first: Mapping[str, Any], now: Mapping[str, Any], side: Side) -> tuple[Progress, ...]:
    """Compare a side with itself, exercise by exercise.

    Parameters
    ----------
    first, now : mapping
        The objects of two ``score.json``, of the person's first day and of today.
    side : {"left", "right"}
        The affected side, as the person says.

    Returns
    -------
    tuple of Progress
        One for each exercise that was measured on both days, in the order of today.
    """
    found = []
    for exercise in dict.fromkeys(one["exercise"] for one in now["repetitions"]):
        before, after = (_measured(day, exercise, side) for day in (first, now))
        if not before or not after:
            continue
        first_mm, first_interval = _typical(before)
        now_mm, now_interval = _typical(after)
        found.append(
            Progress(
                exercise=exercise,
                first_mm=first_mm,
                now_mm=now_mm,
                change_mm=None if now_mm is None or first_mm is None else now_mm - first_mm,
                interval_mm=Interval(
                    now_interval.low - first_interval.high, now_interval.high - first_interval.low
                ),
            )
        )
    return tuple(found)


def _measured(day: Mapping[str, Any], exercise: str, side: Side) -> list[Mapping[str, Any]]:
    return [
        one[side]
        for one in day["repetitions"]
        if one["exercise"] == exercise and one[side]["excursion_interval_mm"] is not None
    ]


def _typical(sides: Sequence[Mapping[str, Any]]) -> tuple[float | None, Interval]:
    """Median excursion and median interval of some repetitions.

    What one repetition errs in, most of it, the others of the day err in as well: the interval is
    not made narrower by there being many.
    """
    moved = [one["excursion_mm"] for one in sides if one["excursion_mm"] is not None]
    lows, highs = zip(*(one["excursion_interval_mm"] for one in sides), strict=True)
    typical_mm = float(median(moved)) if 2 * len(moved) > len(sides) else None
    return typical_mm, Interval(float(median(lows)), float(median(highs)))
