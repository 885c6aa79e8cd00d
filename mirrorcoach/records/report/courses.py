"""Values over time: the one place of the report that asks `mirrorcoach.records.history`.

Everything stands beside the first day that is kept for ever, also in a report on a part of the
time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Literal

import numpy as np

from exercises import library
from landmarks.regions import SIDES, Region, Side
from mirrorcoach.records.alike import Aside, TimeOfDay
from mirrorcoach.records.change import END_DAYS, LEAST_DAYS, at_each_end, level
from mirrorcoach.records.history import History, Measured, Point, Trend
from mirrorcoach.records.practices import PracticeRecord

__all__ = [
    "END_DAYS",
    "LEAST_DAYS",
    "Course",
    "Courses",
    "Curve",
    "Ends",
    "Verdict",
]

Verdict = Literal["more", "same", "less", "too_early"]
"""More or less of the value than in the first days, for certain."""


@dataclass(frozen=True)
class Curve:
    """A course to draw: points, a smooth line with its band, and the first days' usual range."""

    points: tuple[Point, ...]
    line: tuple[Point, ...]
    first: Point | None


@dataclass(frozen=True)
class Course:
    """One value over time.

    Attributes
    ----------
    exercise : str
        Its id; empty for the resting face.
    region, side
        Of which part; None where both sides are compared.
    curve : Curve
        To draw.
    first : Measured or None
        The level of the first days; None while there is a single day, or if it could not be told
        from rest.
    first_at_most : float or None
        Then it lay below this.
    now : Measured
        The level of the latest days.
    days : int
        On how many days it was measured.
    verdict : Verdict
        What became of it.
    change, change_half : float or None
        How much, and half of the width of its interval; None while it is too early.
    aside : tuple of Aside
        Practices that are not compared.
    time_of_day : TimeOfDay
        What the time of day does.
    """

    exercise: str
    region: str | None
    side: Side | None
    curve: Curve
    first: Measured | None
    first_at_most: float | None
    now: Measured
    days: int
    verdict: Verdict
    change: float | None
    change_half: float | None
    aside: tuple[Aside, ...]
    time_of_day: TimeOfDay

    @property
    def spread(self) -> float:
        """Half of the interval of `now`: the plus-minus of a table."""
        return (self.now.high - self.now.low) / 2


@dataclass(frozen=True)
class Ends:
    """The repetitions of one exercise in its first days and in its latest ones."""

    first: tuple[Mapping[str, Any], ...]
    now: tuple[Mapping[str, Any], ...]


class Courses:
    """Everything over time that a report tells.

    Parameters
    ----------
    practices : sequence of PracticeRecord
        All from the very first to the end of the report's time.
    """

    def __init__(self, practices: Sequence[PracticeRecord]) -> None:
        self._history = History(practices)
        self.practices = self._history.practices
        self._own: dict[str, list[PracticeRecord]] = defaultdict(list)
        for one in self.practices:
            for name in dict.fromkeys(rep["exercise"] for rep in one.repetitions):
                self._own[name].append(one)
        self._ends: dict[str, Ends] = {}
        self.exercises = tuple(sorted(self._own, key=lambda name: -len(self._own[name])))
        """What was asked for in most practices first, then in the order of the practices."""

    def evenness(self) -> tuple[Course, ...]:
        """How even each exercise was that could be measured."""
        found = (_course(self._history.evenness(name)) for name in self.exercises)
        return tuple(one for one in found if one is not None)

    def reach(self, exercise: str, side: Side) -> Course | None:
        """How far one side went, in millimetres; None where it was never measured."""
        return _course(self._history.reach(exercise, side))

    def opening(self, exercise: str, side: Side) -> Course | None:
        """How open an eye stayed during another movement: 1 less the share that it narrowed by.

        None where that was never measured.
        """
        for one in self._history.quiet(exercise):
            if (one.quantity.region, one.quantity.side) == ("eye", side):
                return _course(one, kept=True)
        return None

    def rest(self) -> tuple[Course, ...]:
        """How unlike both sides were at rest, in millimetres, in each respect."""
        found = map(_course, self._history.rest())
        return tuple(one for one in found if one is not None)

    @property
    def latest_rest(self) -> Mapping[str, Any] | None:
        """How uneven the latest resting face was, as ``rest.asymmetry`` of ``score.json``."""
        found = (
            one.rest["asymmetry"] for one in self.practices if one.rest and "asymmetry" in one.rest
        )
        return next(iter(reversed(list(found))), None)

    def ends(self, exercise: str) -> Ends:
        """Repetitions of the first days and of the latest, as many of each as are compared."""
        if exercise not in self._ends:
            days: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
            for one in self.comparable(exercise):
                days[one.day] += [rep for rep in one.repetitions if rep["exercise"] == exercise]
            each = list(days.values())
            count = at_each_end(len(each))
            self._ends[exercise] = Ends(
                first=tuple(rep for day in each[:count] for rep in day),
                now=tuple(rep for day in each[-max(1, count) :] for rep in day),
            )
        return self._ends[exercise]

    def comparable(self, exercise: str) -> tuple[PracticeRecord, ...]:
        """Practices of an exercise from the first day on, scored like the last of them."""
        reference = self._history.reference
        own = self._own[exercise]
        return tuple(
            one
            for one in own
            if one.scoring == own[-1].scoring and (reference is None or one.day >= reference.day)
        )


def beside_other_eye(exercise: str) -> bool:
    """Whether an eye's narrowing counts beyond that of the other eye."""
    known = library.exercises()[exercise]
    return any(one.region == "eye" and one.compare == "other_eye" for one in known.quiet)


def watches_eye(exercise: str) -> bool:
    """Whether the eyes are to stay open in an exercise."""
    region: Region = "eye"
    return any(one.region == region for one in library.exercises()[exercise].quiet)


def sides_of(affected: str | None) -> tuple[Side, ...]:
    """The side that the person named; both, where they named none or are not sure."""
    return tuple(side for side in SIDES if side == affected) or SIDES


_VERDICTS: Mapping[str, Verdict] = {
    **dict.fromkeys(("more_even", "further", "quieter"), "more"),
    **dict.fromkeys(("less_even", "less_far", "less_quiet"), "less"),
    "about_the_same": "same",
    "too_early": "too_early",
}


def _course(found: Trend, kept: bool = False) -> Course | None:
    """A trend as the report tells it; with `kept`, of 1 less its values."""
    if not found.points:
        return None
    curve = Curve(found.points, found.line, found.first)
    if kept:
        curve = Curve(
            tuple(map(_kept, found.points)),
            tuple(map(_kept, found.line)),
            None if found.first is None else _kept(found.first),
        )
    days: dict[date, list[Point]] = defaultdict(list)
    for point in curve.points:
        days[point.at.date()].append(point)
    since = min(days) if found.first is None else found.first.at.date()
    each = [_medians(points) for day, points in days.items() if day >= since]
    ends = at_each_end(len(each))
    return Course(
        exercise=found.exercise,
        region=found.quantity.region,
        side=found.side,
        curve=curve,
        first=_level(each[:ends]) if ends and found.first is not None else None,
        first_at_most=found.first_at_most,
        now=_level(each[-max(1, ends) :]),
        days=len(each),
        verdict=_VERDICTS[found.verdict],
        change=found.change,
        change_half=found.change_half,
        aside=found.aside,
        time_of_day=found.time_of_day,
    )


def _kept(point: Point) -> Point:
    low, high = max(0.0, 1.0 - point.high), min(1.0, 1.0 - point.low)
    return Point(point.at, 1.0 - point.value, low, high)


def _medians(points: Sequence[Point]) -> Measured:
    return Measured(*(float(median(each)) for each in list(zip(*points, strict=True))[1:]))


def _level(days: Sequence[Measured]) -> Measured:
    """Where most days lie, and the interval of a typical one of them about it."""
    table = np.array(days)
    value = level(table[:, 0])
    below, above = (
        float(np.median(one)) for one in (table[:, 0] - table[:, 1], table[:, 2] - table[:, 0])
    )
    return Measured(value, max(0.0, value - below), value + above)
