"""The days on which somebody practised: a calendar without judgement.

Pure functions of the practices that were kept; their order does not matter. Nothing here counts
rows of days, adds up or compares with other people. A day without practice is a day of rest.
"""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from exercises.today import TIRED_FROM
from mirrorcoach.records.practices import PracticeRecord

DOTS = 3
"""A day of the calendar shows at most so many practices."""

LONG_GAP_DAYS = 7
"""After so many days without practice a person is welcomed back and starts small (proposed)."""

MIDDAY_FROM, EVENING_FROM = 12, 17
"""Hours of the day."""

Part = Literal["morning", "midday", "evening"]
PARTS: tuple[Part, ...] = get_args(Part)

State = Literal["done", "now", "later", "open"]
"""``open``: its time is over and nothing is said of it."""


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


def part_of(time: datetime) -> Part:
    """The part of the day in which a time lies."""
    if time.hour < MIDDAY_FROM:
        return "morning"
    return "midday" if time.hour < EVENING_FROM else "evening"


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


def _dots(practices: Iterable[PracticeRecord]) -> dict[date, int]:
    dots: dict[date, int] = defaultdict(int)
    for one in practices:
        if one.happened:
            dots[one.day] += 1
    return dots


def _day(day: date, dots: Mapping[date, int], today: date) -> Day:
    return Day(day, min(DOTS, dots.get(day, 0)), day == today)
