"""Dates are answered in steps that lead neither past today nor out of the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from mirrorcoach.live.dates import FIRST_YEAR, DatePart, month_moved, moved

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "part", "by", "then"),
    [
        (date(2026, 3, 1), "day", -1, date(2026, 2, 28)),
        (date(2026, 3, 31), "month", -1, date(2026, 2, 28)),
        (date(2024, 2, 29), "year", -1, date(2023, 2, 28)),
        (date(2025, 12, 5), "month", 1, date(2026, 1, 5)),
        (date(2026, 3, 31), "day", 1, TODAY),
        (date(2025, 6, 1), "year", 1, TODAY),
        (date(FIRST_YEAR, 1, 1), "day", -1, date(FIRST_YEAR, 1, 1)),
        (date(FIRST_YEAR, 1, 1), "year", -1, date(FIRST_YEAR, 1, 1)),
    ],
)
def test_a_day_moves_by_its_parts(day: date, part: DatePart, by: int, then: date) -> None:
    assert moved(day, part, by, TODAY) == then


def test_a_month_begins_at_the_present_one() -> None:
    assert month_moved(None, "month", -1, TODAY) == "2026-03"
    assert month_moved("2026-01", "month", -1, TODAY) == "2025-12"
    assert month_moved("2026-03", "month", 1, TODAY) == "2026-03"
