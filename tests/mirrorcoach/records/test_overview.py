"""What stands out among the exercises of months."""

from datetime import date, datetime, timedelta, timezone

import pytest

from mirrorcoach.records.history import History, trends
from mirrorcoach.records.overview import overview, patience, rested
from mirrorcoach.records.practices import PracticeRecord

FIRST = date(2026, 3, 2)
THREE = {"brow_lift": 0.8, "smile_open": 0.82, "snarl": 0.4}


def repetition(exercise, worth):
    side = {"excursion_mm": 3.0, "excursion_interval_mm": [2.0, 4.0]}
    return {
        "exercise": exercise,
        "symmetry": worth,
        "symmetry_interval": [worth - 0.05, worth + 0.05],
        "measurable": True,
        "reasons": [],
        "left": side,
        "right": side,
        "quiet": [],
    }


def months(worth, days=40, left_off=()):
    """A practice a day; the exercises that were left off only on the first half of the days."""
    return [
        PracticeRecord(
            number=n,
            started_at=datetime(2026, 3, 2, 9, tzinfo=timezone.utc) + timedelta(days=n),
            programme="synkinesis",
            repetitions=tuple(
                repetition(one, level + 0.01 * (n % 3 - 1))
                for one, level in worth.items()
                if one not in left_off or n < days // 2
            ),
            answers=(),
            felt=None,
            ending="done",
            practised_s=300.0,
            provenance={"scoring": 1},
        )
        for n in range(days)
    ]


def test_what_lies_far_below_the_others_asks_for_patience():
    assert patience(trends(months(THREE))) == ["snarl"]
    assert overview(History(months(THREE))).patience == ("snarl",)


@pytest.mark.parametrize(
    "worth",
    [
        {**THREE, "snarl": 0.79},
        {"brow_lift": 0.8, "snarl": 0.4},
        {"brow_lift": 0.8, "smile_open": 0.82, "blink_slow": 0.4},
    ],
    ids=["all alike", "too few to compare", "measured with low confidence"],
)
def test_nothing_is_named_where_nothing_stands_out(worth):
    assert patience(trends(months(worth))) == []


def test_it_is_too_early_to_say_in_the_first_days():
    assert patience(trends(months(THREE, days=5))) == []


def test_an_exercise_has_rested_after_two_weeks_in_which_others_were_practised():
    last = {"brow_lift": FIRST + timedelta(days=14), "pucker": FIRST}
    assert rested(last) == ["pucker"]
    assert rested({**last, "pucker": FIRST + timedelta(days=1)}) == []
    assert rested({"pucker": FIRST}) == [], "a face that rests altogether leaves nothing off"
    assert rested({}) == []


def test_one_exercise_is_told_of_beside_the_others():
    kept = History(months(THREE, left_off=("smile_open",)))
    found = overview(kept, only="smile_open")
    assert [one.exercise for one in found.rested] == ["smile_open"]
    assert found.patience == ()
    assert overview(kept, only="snarl").patience == ("snarl",)
