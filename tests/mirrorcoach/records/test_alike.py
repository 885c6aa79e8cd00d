"""Like is compared with like, and what is not compared is named."""

import numpy as np
import pytest
from months_of_practice import days_of, practice, repetition

from mirrorcoach.records import alike
from mirrorcoach.records.alike import LEAST_PAIRS, VERY_DIFFERENT, time_of_day
from mirrorcoach.records.history import History


def evenness(kept):
    return History(kept).evenness("pucker")


def test_practices_of_an_older_scoring_are_set_aside_with_their_first_day():
    old = days_of([0.2, 0.3, 0.4], scoring=1)
    new = [practice(repetition(0.8), day=day, scoring=2) for day in range(3, 6)]
    found = evenness([*old, *new])
    (aside,) = found.aside
    assert (aside.why, aside.scoring, aside.practices) == ("scoring", 1, 3)
    assert (aside.first_day, aside.last_day) == (old[0].day, old[-1].day)
    assert aside.first == pytest.approx((0.2, 0.15, 0.25))
    assert [one.value for one in found.points] == [0.8] * 3
    assert found.first.at.date() == new[0].day


def test_a_very_different_distance_is_set_aside_and_a_usual_one_is_not():
    sizes = [0.4] * 8 + [0.4 * VERY_DIFFERENT * 1.01, 0.4 / VERY_DIFFERENT / 1.01, 0.5, 0.3]
    kept = [practice(repetition(0.5), day=day, size=one) for day, one in enumerate(sizes)]
    found = evenness(kept)
    (aside,) = found.aside
    assert (aside.why, aside.practices) == ("distance", 2)
    assert (aside.first_day, aside.last_day) == (kept[8].day, kept[9].day)
    assert found.practices == len(kept) - 2


def test_an_unknown_distance_is_compared():
    kept = [*days_of([0.5] * 3), practice(repetition(0.5), day=4, size=0.4)]
    kept += [practice(repetition(0.5), day=5, rest={"scale": None})]
    assert evenness(kept).aside == ()
    assert evenness(kept).practices == 5


def test_one_odd_first_day_does_not_set_all_others_aside():
    kept = [practice(repetition(0.5), day=0, size=2.0)]
    kept += [practice(repetition(0.5), day=day, size=0.4) for day in range(1, 10)]
    (aside,) = evenness(kept).aside
    assert aside.practices == 1


# -- time of day ------------------------------------------------------------------------------


def drawn(days, added, seed=0, sd=0.02):
    """Three practices a day with something added at midday and in the evening."""
    rng = np.random.default_rng(seed)
    parts = np.tile([0, 1, 2], days)
    values = 0.5 + np.array(added)[parts] + sd * rng.standard_normal(3 * days)
    return values, np.repeat(np.arange(days), 3), parts


def test_what_the_time_of_day_adds_is_found():
    added, known = time_of_day(*drawn(40, [0.0, 0.05, 0.1]), 0)
    assert added == pytest.approx([0.0, 0.05, 0.1], abs=0.02)
    assert known.all()


def test_a_slow_change_is_not_taken_for_the_time_of_day():
    values, days, parts = drawn(40, [0.0, 0.0, 0.0])
    added, _ = time_of_day(values + 0.01 * days, days, parts, 0)
    assert added == pytest.approx([0.0, 0.0, 0.0], abs=0.02)


def test_what_is_not_certain_is_not_taken_off():
    few = tuple(one[: LEAST_PAIRS - 1] for one in drawn(40, [0.0, 0.3, 0.3]))
    added, known = time_of_day(*few, 0)
    assert not added.any() and known.tolist() == [True, False, False]
    taken = [time_of_day(*drawn(40, [0.0, 0.0, 0.0], seed), 0)[0].any() for seed in range(100)]
    assert sum(taken) <= 12


def moved(evening):
    """From mornings to evenings within two months; nothing else changes."""
    rng = np.random.default_rng(3)
    return [
        practice(
            repetition(0.5 + evening * (hour == 19) + 0.02 * rng.standard_normal()),
            day=day,
            hour=hour,
        )
        for day in range(60)
        for hour in ({9, 19} if 15 < day < 45 else {9} if day < 30 else {19})
    ]


def test_who_moves_from_mornings_to_evenings_is_not_told_of_a_change(monkeypatch):
    found = evenness(moved(0.1))
    assert (found.verdict, found.time_of_day) == ("about_the_same", "taken_off")
    monkeypatch.setattr(alike, "LEAST_PAIRS", 10**9)
    assert evenness(moved(0.1)).verdict == "more_even"  # what it would be without


def test_where_the_time_of_day_cannot_be_known_that_is_said():
    kept = [
        practice(repetition(0.5), day=day, hour=9 if day < 10 else 19, number=day)
        for day in range(20)
    ]
    assert evenness(kept).time_of_day == "differs"
    assert evenness(days_of([0.5] * 20)).time_of_day == "alike"
