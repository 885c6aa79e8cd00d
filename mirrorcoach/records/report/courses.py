"""Values over time: the one place of the report that asks `mirrorcoach.records.history`.

Compared are only practices that were scored alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any, Literal

from landmarks.regions import Region, Side
from mirrorcoach.records import history
from mirrorcoach.records.history import END_DAYS as END_DAYS
from mirrorcoach.records.history import LEAST_DAYS as LEAST_DAYS
from mirrorcoach.records.history import Measured, Point, Trend
from mirrorcoach.records.practices import PracticeRecord

Change = Literal["more", "same", "less", "too_early"]
"""More or less of the value than in the first days, beyond what changes from day to day."""

_CHANGES: Mapping[str, Change] = {
    "more_even": "more",
    "further": "more",
    "about_the_same": "same",
    "less_even": "less",
    "less_far": "less",
    "too_early": "too_early",
}


@dataclass(frozen=True)
class Course:
    """One value over time.

    Attributes
    ----------
    exercise : str
        Its id.
    trend : Trend
        Points, smooth line and the usual range of the first days.
    first : Measured or None
        Typical of the first days; None while there is a single day.
    now : Measured
        Typical of the latest days.
    days : int
        On how many days it was measured.
    change : Change
        What became of it.
    """

    exercise: str
    trend: Trend
    first: Measured | None
    now: Measured
    days: int
    change: Change

    @property
    def spread(self) -> float:
        """Half of the interval of `now`: the plus-minus of a table."""
        return (self.now.high - self.now.low) / 2


def evenness(practices: Sequence[PracticeRecord]) -> tuple[Course, ...]:
    """How even each exercise was that could be measured.

    The one that was asked for in most practices comes first; those of as many in the order in
    which they are practised.
    """
    asked = Counter(
        name
        for one in practices
        for name in dict.fromkeys(rep["exercise"] for rep in one.repetitions)
    )
    order = list(asked)
    found = sorted(
        history.trends(practices), key=lambda one: (-asked[one.exercise], order.index(one.exercise))
    )
    return tuple(_course(one) for one in found)


def excursion(practices: Sequence[PracticeRecord], exercise: str, side: Side) -> Course | None:
    """How far one side went, in millimetres; None where it was never measured."""
    found = history.reach(practices, exercise, side)
    return _course(found) if found.points else None


def eye_opening(practices: Sequence[PracticeRecord], exercise: str, side: Side) -> Course | None:
    """How open an eye stayed during another movement, as a share of its opening at rest.

    More is calmer. None where it was never measured.
    """
    seen = [
        replace(one, repetitions=tuple(_opened(rep, side) for rep in one.repetitions))
        for one in practices
    ]
    found = history.trend(seen, exercise)
    return _course(found) if found.points else None


def scored_otherwise(practices: Sequence[PracticeRecord]) -> int:
    """How many practices are not compared, since they were scored otherwise than the last one."""
    scored = [one for one in practices if one.repetitions]
    return sum(one.scoring != scored[-1].scoring for one in scored)


def comparable(practices: Sequence[PracticeRecord]) -> tuple[PracticeRecord, ...]:
    """The practices that were scored like the last of them."""
    scored = [one for one in practices if one.repetitions]
    return tuple(one for one in scored if one.scoring == scored[-1].scoring)


@dataclass(frozen=True)
class Ends:
    """The repetitions of one exercise in its first days and in its latest ones."""

    first: tuple[Mapping[str, Any], ...]
    now: tuple[Mapping[str, Any], ...]


def ends(practices: Sequence[PracticeRecord], exercise: str) -> Ends:
    """Repetitions of the same days from which `Course.first` and `Course.now` are taken."""
    days: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    for one in comparable(practices):
        own = [rep for rep in one.repetitions if rep["exercise"] == exercise]
        if own:
            days[one.day] += own
    each = list(days.values())
    begun, latest = _end_counts(len(each))
    return Ends(
        first=tuple(rep for day in each[:begun] for rep in day),
        now=tuple(rep for day in each[len(each) - latest :] for rep in day),
    )


def _course(found: Trend) -> Course:
    days: dict[date, list[Point]] = defaultdict(list)
    for point in found.points:
        days[point.at.date()].append(point)
    each = [
        _typical([Measured(p.value, p.low, p.high) for p in points]) for points in days.values()
    ]
    begun, latest = _end_counts(len(each))
    return Course(
        exercise=found.exercise,
        trend=found,
        first=_typical(each[:begun]) if begun else None,
        now=_typical(each[-latest:]),
        days=len(each),
        change=_CHANGES[found.verdict],
    )


def _end_counts(days: int) -> tuple[int, int]:
    """How many days are the first ones and how many the latest, none of them both."""
    begun = min(END_DAYS, days // 2)
    return begun, END_DAYS if days >= LEAST_DAYS else max(1, begun)


def _typical(values: Sequence[Measured]) -> Measured:
    return Measured(*(float(median(each)) for each in zip(*values, strict=True)))


def _opened(repetition: Mapping[str, Any], side: Side) -> Mapping[str, Any]:
    """A repetition whose evenness is replaced by the opening that an eye kept."""
    kept: Mapping[str, Any] = {
        "exercise": repetition["exercise"],
        "symmetry": None,
        "symmetry_interval": None,
    }
    region: Region = "eye"
    for quiet in repetition["quiet"]:
        if (quiet["region"], quiet["side"]) != (region, side) or quiet["interval"] is None:
            continue
        low, high = quiet["interval"]
        value = None if quiet["change"] is None else _share(1.0 - quiet["change"])
        return {
            **kept,
            "symmetry": value,
            "symmetry_interval": [_share(1.0 - high), _share(1.0 - low)],
        }
    return kept


def _share(value: float) -> float:
    """An eye that opens further than at rest is as open as at rest."""
    return min(1.0, max(0.0, value))
