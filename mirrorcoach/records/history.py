"""What became of the practices: trends with their uncertainty, and a calendar without judgement.

Pure functions of the practices that were kept; their order does not matter. Nothing here counts
rows of days, adds up or compares with other people.
"""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from exercises.today import TIRED_FROM
from landmarks.regions import Side
from mirrorcoach.records.practices import PracticeRecord

LEAST_DAYS = 10
"""Fewer days than this say nothing of a change: it is too early (proposed, unproven)."""

END_DAYS = 5
"""The first and the latest value are medians of so many days: one day alone is chance. While there
are few, the first value is that of their first half."""

VARIATIONS = 2.0
"""A change counts beyond so many day-to-day standard deviations (proposed)."""

LINE_DAYS = 5
"""The line first takes the median of so many practised days, ..."""

LINE_SPREAD_DAYS = 5.0
"""... then their mean, weighted by a bell curve of this standard deviation in time."""

DOTS = 3
"""A day of the calendar shows at most so many practices."""

LONG_GAP_DAYS = 7
"""After so many days without practice a person is welcomed back and starts small (proposed)."""

MIDDAY_FROM, EVENING_FROM = 12, 17
"""Hours of the day."""

Verdict = Literal["more_even", "about_the_same", "less_even", "too_early"]

Reach = Literal["further", "about_the_same", "less_far", "too_early"]
"""The same of how far one side goes."""

Part = Literal["morning", "midday", "evening"]
PARTS: tuple[Part, ...] = get_args(Part)

State = Literal["done", "now", "later", "open"]
"""``open``: its time is over and nothing is said of it."""


class Measured(NamedTuple):
    """A value, and where it lies."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Point:
    """A value at a time, and where it lies."""

    at: datetime
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    """One exercise over time.

    Attributes
    ----------
    exercise : str
        Its id.
    side : {"left", "right"} or None
        None: the evenness, as a share of 1. A side: how far it goes, in millimetres.
    points : tuple of Point
        One for each practice in which it was measured, in order of time, with the interval of a
        typical repetition.
    line : tuple of Point
        One for each day: the smooth course, and the interval smoothed alike.
    first : Point or None
        The median of the first days, and the usual range about it: what one day is likely to show
        without any change. None before there is a second day to know that from.
    latest : Point or None
        The last day on which it was measured.
    change : float or None
        Median of the latest days less that of the first; None while it is too early.
    day_to_day : float or None
        Standard deviation from one day to the next; None before there are two days.
    verdict : str
        A `Verdict` for the evenness, a `Reach` for a side.
    """

    exercise: str
    side: Side | None
    points: tuple[Point, ...]
    line: tuple[Point, ...]
    first: Point | None
    latest: Point | None
    change: float | None
    day_to_day: float | None
    verdict: Verdict | Reach


@dataclass(frozen=True)
class Day:
    """One day of a calendar: a dot for each practice, at most three."""

    day: date
    dots: int
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month of the calendar; weeks begin on Monday, None stands for a day of another month."""

    year: int
    month: int
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True)
class PartOfDay:
    """One of the practices of today."""

    part: Part
    state: State


def trend(practices: Iterable[PracticeRecord], exercise: str) -> Trend:
    """How even an exercise was over time.

    The verdict is other than "about the same" only if the latest days differ from the first ones
    by more than twice the day-to-day variation, and their intervals do not overlap either. Of
    simulated people who stay the same, 1 to 2 of 100 are told of a change. Of those who gain 0.3
    with a day-to-day deviation of 0.06, 77 of 100 are told so after 10 days and 99 after 20.

    Parameters
    ----------
    practices : iterable of PracticeRecord
        In any order. Only those are compared that were scored like the last of them.
    exercise : str
        Its id.
    """
    return _trend(practices, exercise, None, evenness_of, _VERDICTS)


def reach(practices: Iterable[PracticeRecord], exercise: str, side: Side) -> Trend:
    """How far one side went over time, in millimetres: what a ratio of both sides can hide.

    Parameters
    ----------
    practices, exercise
        As for `trend`.
    side : {"left", "right"}
        The affected side, as the person says.
    """
    return _trend(practices, exercise, side, lambda one: excursion_of(one, side), _REACHES)


def trends(practices: Sequence[PracticeRecord]) -> tuple[Trend, ...]:
    """The evenness of every exercise that was measured, the most often practised first."""
    ids = sorted({one["exercise"] for record in practices for one in record.repetitions})
    found = [one for one in (trend(practices, name) for name in ids) if one.points]
    return tuple(sorted(found, key=lambda one: -len(one.points)))


def evenness_of(repetitions: Sequence[Mapping[str, Any]]) -> Measured | None:
    """How even an exercise was in one practice.

    None unless most of the repetitions that were seen could be compared: one that could, of
    several, is no picture of the practice.

    Parameters
    ----------
    repetitions : sequence of dict
        Of one exercise, as in ``score.json``.
    """
    seen = [one for one in repetitions if one["symmetry_interval"] is not None]
    known = [one for one in seen if one["symmetry"] is not None]
    return _medians(
        [one["symmetry"] for one in known], [one["symmetry_interval"] for one in known], len(seen)
    )


def excursion_of(repetitions: Sequence[Mapping[str, Any]], side: Side) -> Measured | None:
    """How far one side went in one practice, in millimetres, by the same rule."""
    seen = [one[side] for one in repetitions if one[side]["excursion_interval_mm"] is not None]
    known = [one for one in seen if one["excursion_mm"] is not None]
    return _medians(
        [one["excursion_mm"] for one in known],
        [one["excursion_interval_mm"] for one in known],
        len(seen),
    )


def month(practices: Iterable[PracticeRecord], year: int, number: int, today: date) -> Month:
    """A month of the calendar."""
    dots = _dots(practices)
    weeks = tuple(
        tuple(_day(one, dots, today) if one.month == number else None for one in week)
        for week in Calendar().monthdatescalendar(year, number)
    )
    return Month(year, number, weeks)


def week(practices: Iterable[PracticeRecord], today: date) -> tuple[Day, ...]:
    """The seven days of the present week, from Monday."""
    dots = _dots(practices)
    monday = today - timedelta(days=today.weekday())
    return tuple(_day(monday + timedelta(days=n), dots, today) for n in range(7))


def practised_on(practices: Iterable[PracticeRecord], day: date) -> int:
    """How many practices a day has had."""
    return sum(one.happened and one.day == day for one in practices)


def parts_of_today(practices: Iterable[PracticeRecord], now: datetime) -> tuple[PartOfDay, ...]:
    """Morning, midday and evening of today.

    Parameters
    ----------
    practices : iterable of PracticeRecord
        In any order.
    now : datetime
        The time of this computer's clock.
    """
    done = {part_of(one.started_at) for one in practices if one.happened and one.day == now.date()}
    present = PARTS.index(part_of(now))

    def state(number: int, part: Part) -> State:
        if part in done:
            return "done"
        if number == present:
            return "now"
        return "later" if number > present else "open"

    return tuple(PartOfDay(part, state(number, part)) for number, part in enumerate(PARTS))


def gap_days(practices: Iterable[PracticeRecord], today: date) -> int | None:
    """Days since the last practice; None if there was none yet."""
    days = [one.day for one in practices if one.happened]
    return (today - max(days)).days if days else None


def is_back(practices: Iterable[PracticeRecord], today: date) -> bool:
    """Whether somebody comes back after a long while: they are welcomed, and start small."""
    gap = gap_days(practices, today)
    return gap is not None and gap >= LONG_GAP_DAYS


def tiredness(practices: Iterable[PracticeRecord], today: date) -> int | None:
    """How tired a face is taken to be, for `exercises.today.Today`: a tired face does less.

    Returns
    -------
    int or None
        Known if the last practice of today or yesterday left the face tired.
    """
    felt = [
        (one.started_at, one.number, one.felt)
        for one in practices
        if one.felt is not None and today - timedelta(days=1) <= one.day <= today
    ]
    return TIRED_FROM if felt and max(felt)[2] == "tired" else None


# -- trends -----------------------------------------------------------------------------------

_VERDICTS: tuple[Verdict, Verdict] = ("more_even", "less_even")
_REACHES: tuple[Reach, Reach] = ("further", "less_far")


def _trend(
    practices: Iterable[PracticeRecord],
    exercise: str,
    side: Side | None,
    value_of: Callable[[Sequence[Mapping[str, Any]]], Measured | None],
    verdicts: tuple[Verdict | Reach, Verdict | Reach],
) -> Trend:
    points = tuple(
        Point(record.started_at, *value)
        for record, repetitions in _alike(practices, exercise)
        if (value := value_of(repetitions)) is not None
    )
    days = _by_day(points)
    day_to_day = _day_to_day([one.value for one in days])
    first, change = None, None
    verdict: Verdict | Reach = "too_early"
    if day_to_day is not None:
        begun = _typical(days[: min(END_DAYS, len(days) // 2)])
        usual = VARIATIONS * day_to_day
        first = Point(
            days[0].at,
            begun.value,
            max(0.0, begun.value - usual),
            begun.value + usual if side else min(1.0, begun.value + usual),
        )
        if len(days) >= LEAST_DAYS:
            latest = _typical(days[-END_DAYS:])
            change = latest.value - begun.value
            verdict = "about_the_same"
            if change > usual and latest.low > begun.high:
                verdict = verdicts[0]
            elif -change > usual and latest.high < begun.low:
                verdict = verdicts[1]
    return Trend(
        exercise=exercise,
        side=side,
        points=points,
        line=_line(days),
        first=first,
        latest=days[-1] if days else None,
        change=change,
        day_to_day=day_to_day,
        verdict=verdict,
    )


def _alike(
    practices: Iterable[PracticeRecord], exercise: str
) -> list[tuple[PracticeRecord, list[Mapping[str, Any]]]]:
    """The practices of an exercise that may be compared, in order of time, with its repetitions."""
    found = []
    for record in sorted(practices, key=lambda one: (one.started_at, one.number)):
        own = [one for one in record.repetitions if one["exercise"] == exercise]
        if own:
            found.append((record, own))
    return [(record, own) for record, own in found if record.scoring == found[-1][0].scoring]


def _medians(
    values: Sequence[float], intervals: Sequence[Sequence[float]], seen: int
) -> Measured | None:
    """Median value and median interval.

    What one repetition errs in, most of it, the others of the practice err in as well: the interval
    is not made narrower by there being many.
    """
    if 2 * len(values) <= seen:
        return None
    lows, highs = zip(*intervals, strict=True)
    return Measured(float(median(values)), float(median(lows)), float(median(highs)))


def _by_day(points: Sequence[Point]) -> list[Point]:
    """The median of each day."""
    days: dict[date, list[Point]] = defaultdict(list)
    for point in points:
        days[point.at.date()].append(point)
    return [_typical(ones) for ones in days.values()]


def _typical(points: Sequence[Point]) -> Point:
    """The medians of some points, at the last of their times."""
    return Point(
        points[-1].at,
        float(median(one.value for one in points)),
        float(median(one.low for one in points)),
        float(median(one.high for one in points)),
    )


def _day_to_day(values: Sequence[float]) -> float | None:
    """Standard deviation of a day, from the steps between days, so that a trend is not part of it.

    The mean square successive difference (von Neumann 1941) halved. A step that stands out makes
    it larger, never smaller: the doubt is on the side of saying less.
    """
    if len(values) < 2:
        return None
    return float(np.sqrt(np.mean([(b - a) ** 2 for a, b in pairwise(values)]) / 2.0))


def _line(days: Sequence[Point]) -> tuple[Point, ...]:
    """The smooth course: a rolling median against single odd days, then a weighted mean."""
    if not days:
        return ()
    half = LINE_DAYS // 2
    rolled = np.array(
        [
            [one.value, one.low, one.high]
            for one in (_typical(days[max(0, n - half) : n + half + 1]) for n in range(len(days)))
        ]
    )
    at = np.array([one.at.date().toordinal() for one in days], dtype=float)
    weights = np.exp(-0.5 * ((at[:, None] - at) / LINE_SPREAD_DAYS) ** 2)
    smooth = weights @ rolled / weights.sum(axis=1, keepdims=True)
    return tuple(Point(one.at, *map(float, row)) for one, row in zip(days, smooth, strict=True))


# -- calendar ---------------------------------------------------------------------------------


def _dots(practices: Iterable[PracticeRecord]) -> dict[date, int]:
    dots: dict[date, int] = defaultdict(int)
    for one in practices:
        if one.happened:
            dots[one.day] += 1
    return dots


def _day(day: date, dots: Mapping[date, int], today: date) -> Day:
    return Day(day, min(DOTS, dots.get(day, 0)), day == today)


def part_of(time: datetime) -> Part:
    """The part of the day in which a time lies."""
    if time.hour < MIDDAY_FROM:
        return "morning"
    return "midday" if time.hour < EVENING_FROM else "evening"
