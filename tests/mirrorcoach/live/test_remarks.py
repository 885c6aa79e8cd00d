"""What a trend leaves out is said with its days and its reason, in one place for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from exercises import library
from mirrorcoach.live import texts
from mirrorcoach.live.remarks import aside, remarks
from mirrorcoach.records.alike import Aside
from mirrorcoach.records.history import trend
from mirrorcoach.records.measured import Measured
from mirrorcoach.records.practices import PracticeRecord

EN = texts.load("en")
BEGAN = datetime(2026, 3, 3, 9, tzinfo=timezone.utc)


def practice(day: int, **more: Any) -> PracticeRecord:
    side = {"excursion_mm": 3.0, "excursion_interval_mm": [2.0, 4.0]}
    share = 0.6 + 0.01 * (day % 3)
    one = {
        "exercise": "pucker",
        "measurable": True,
        "symmetry": share,
        "symmetry_interval": [share - 0.05, share + 0.05],
        "left": side,
        "right": side,
        "quiet": [],
        "reasons": [],
    }
    made = PracticeRecord(
        number=day + 1,
        started_at=BEGAN + timedelta(days=day),
        programme="synkinesis",
        repetitions=(one,),
        answers=(),
        felt=None,
        ending="done",
        practised_s=60.0,
        provenance={"scoring": 2},
    )
    return replace(made, **more)


def set_aside(why: Any, practices: int, days: int = 0) -> Aside:
    first = date(2026, 3, 3)
    return Aside(why, 1, practices, first, first + timedelta(days=days), Measured(0.4, 0.3, 0.5))


def test_practices_that_are_alike_need_no_word() -> None:
    assert remarks(trend([practice(day) for day in range(20)], "pucker"), EN) == []


def test_another_scoring_is_named_with_its_days_and_version() -> None:
    old = [practice(day, provenance={"scoring": 1}) for day in range(4)]
    new = [practice(day) for day in range(4, 20)]
    assert remarks(trend(old + new, "pucker"), EN) == [
        "From 3 March 2026 to 6 March 2026, 4 practices were scored by another version (1). They "
        "are not compared."
    ]


def test_another_distance_is_named_with_its_day() -> None:
    def seen(mm_per_px: float) -> dict[str, Any]:
        return {"scale": {"mm_per_px": mm_per_px}}

    kept = [practice(day, rest=seen(0.9 if day == 12 else 0.4)) for day in range(20)]
    assert remarks(trend(kept, "pucker"), EN) == [
        "On 15 March 2026, 1 practice was done from a very different distance, or with another "
        "camera. It is not compared."
    ]


def test_first_and_last_days_at_different_hours_are_told() -> None:
    kept = [practice(day) for day in range(20)]
    late = [
        replace(one, started_at=one.started_at + timedelta(hours=10)) if number >= 10 else one
        for number, one in enumerate(kept)
    ]
    (told,) = remarks(trend(late, "pucker"), EN)
    assert told.startswith("The first days and the latest lie at different times of day.")


def test_an_hour_that_makes_a_difference_is_taken_off_and_said() -> None:
    def at(day: int) -> PracticeRecord:
        evening = day % 2 == 1
        one = practice(day)
        share = 0.6 + 0.1 * evening + 0.002 * (day % 5)
        worse = {
            **one.repetitions[0],
            "symmetry": share,
            "symmetry_interval": [share - 0.05, share + 0.05],
        }
        hour = 10 if evening else 0
        return replace(one, started_at=one.started_at + timedelta(hours=hour), repetitions=(worse,))

    found = trend([at(day) for day in range(40)], "pucker")
    assert remarks(found, EN) == ["The time of day makes a difference here; it is taken off."]


@pytest.mark.parametrize("language", library.languages())
@pytest.mark.parametrize("why", ["scoring", "distance"])
def test_one_and_several_are_told_in_every_language(language: str, why: str) -> None:
    say = texts.load(language)
    one, day, several = (
        aside(set_aside(why, count, days), say) for count, days in ((1, 0), (2, 0), (5, 4))
    )
    assert len({one, day, several}) == 3
    assert "2026" in one and one.count("2026") == day.count("2026") == 1
    assert several.count("2026") == 2
    assert "5" in several
    assert not any("{" in text for text in (one, day, several))
