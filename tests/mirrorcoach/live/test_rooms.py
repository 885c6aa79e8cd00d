"""Pages made from what was kept of somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from layouts import LAYOUTS, Draw

from mirrorcoach.live import rooms
from mirrorcoach.live.desk import Desk
from mirrorcoach.records.practices import PracticeRecord

TODAY = date(2026, 5, 24)
WORSE = "A heavier week. Rest is part of practice."


def repetition(exercise: str, evenness: float) -> dict[str, Any]:
    return {
        "exercise": exercise,
        "symmetry": evenness,
        "symmetry_interval": [evenness - 0.03, evenness + 0.03],
    }


def practice(gone: int, *done: tuple[str, float], today: date = TODAY) -> PracticeRecord:
    day = today - timedelta(days=gone)
    return PracticeRecord(
        number=1000 - gone,
        started_at=datetime(day.year, day.month, day.day, 9).astimezone(),
        programme="paresis",
        repetitions=tuple(repetition(*one) for one in done),
        answers=(),
        felt=None,
        ending="done",
        practised_s=300.0,
        provenance={"scoring": 1},
    )


def two_weeks(before: float, after: float, today: date = TODAY) -> list[PracticeRecord]:
    """A smile every day: as even as this in the week before, and as that in the last."""
    wavering = (0.01, -0.01)
    return [
        practice(
            gone, ("smile_open", (after if gone < 7 else before) + wavering[gone % 2]), today=today
        )
        for gone in range(14)
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(0.5, 0.8, "more_even"), (0.6, 0.605, "about_the_same"), (0.8, 0.5, "less_even")],
)
def test_a_week_is_told_beside_the_one_before(before: float, after: float, said: str) -> None:
    assert rooms.week(two_weeks(before, after), TODAY) == said


def test_what_is_older_than_two_weeks_does_not_count() -> None:
    long_ago = [practice(gone, ("smile_open", 0.1)) for gone in range(14, 40)]
    assert rooms.week(long_ago + two_weeks(0.6, 0.605), TODAY) == "about_the_same"
    assert rooms.week(long_ago, TODAY) is None


def test_a_few_days_tell_nothing_of_a_week() -> None:
    assert rooms.week(two_weeks(0.5, 0.8)[:9], TODAY) == "too_early"
    assert rooms.week([], TODAY) is None
    assert rooms.week([practice(1)], TODAY) is None, "practised, and nothing was measured"


def test_a_week_is_that_of_the_movement_practised_most_often() -> None:
    now_and_then = [practice(gone, ("pucker", 0.9 - gone / 20)) for gone in range(0, 14, 2)]
    assert rooms.week(now_and_then + two_weeks(0.8, 0.5), TODAY) == "less_even"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    with Desk(True, {"sounds": False, "language": "en"}) as desk:
        yield desk


def test_home_tells_of_the_week_and_a_newcomer_of_none(
    desk: Desk, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert WORSE not in drawn(rooms.home(desk), LAYOUTS[0]).said
    kept = two_weeks(0.8, 0.5, datetime.now().date())
    monkeypatch.setattr(Desk, "practices", kept)
    assert WORSE in drawn(rooms.home(desk), LAYOUTS[0]).said
