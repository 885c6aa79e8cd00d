"""Days and months that are answered step by step."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Literal

from mirrorcoach.live.texts import Texts

DatePart = Literal["day", "month", "year"]
PARTS: tuple[DatePart, ...] = ("day", "month", "year")

FIRST_YEAR = 1900


def moved(day: date, part: DatePart, by: int, today: date) -> date:
    """A day with one of its parts changed.

    Parameters
    ----------
    day : date
        To begin with.
    part : str
        What changes; a month that is shorter keeps its last day, and a step past the end of a
        month or year goes on into the next.
    by : int
        How many steps.
    today : date
        Nothing lies later, or before `FIRST_YEAR`.
    """
    if part == "day":
        other = date.fromordinal(max(1, day.toordinal() + by))
    else:
        months = 12 * day.year + day.month - 1 + by * (12 if part == "year" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(max(1, year), month + 1)[1]
        other = date(max(1, year), month + 1, min(day.day, last))
    return min(max(other, date(FIRST_YEAR, 1, 1)), today)


def month_moved(month: str | None, part: DatePart, by: int, today: date) -> str:
    """A month such as ``2026-03`` with its month or year changed; without one, the present."""
    if month is None:
        return f"{today:%Y-%m}"
    first = date.fromisoformat(f"{month}-01")
    return f"{moved(first, part, by, today):%Y-%m}"


def month_name(texts: Texts, number: int) -> str:
    """Name of a month, 1 to 12."""
    return texts(f"dates.month_{number}")


def longest_month(texts: Texts) -> str:
    """The longest of the names."""
    return max((month_name(texts, number) for number in range(1, 13)), key=len)


def day_name(texts: Texts, day: date) -> str:
    """A day in words, such as "3 March 2026"."""
    return texts("history.date", day=day.day, month=month_name(texts, day.month), year=day.year)
