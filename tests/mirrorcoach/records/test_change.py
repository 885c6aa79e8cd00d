"""A change is called one only beyond what days do by themselves, and beyond the measurement."""

import numpy as np
import pytest
from months_of_practice import days_of, practice, quiet, repetition

from mirrorcoach.records.change import END_DAYS, LEAST_DAYS, at_each_end, change, level, spread
from mirrorcoach.records.history import History

DAYS = np.arange(60.0)


def noisy(values, sd=0.03, seed=1):
    return np.asarray(values) + sd * np.random.default_rng(seed).standard_normal(len(values))


def test_the_level_is_nearly_the_mean_and_does_not_follow_an_odd_day():
    assert level(np.array([0.5])) == 0.5
    assert level(np.array([0.4, 0.6])) == pytest.approx(0.5)
    assert level(np.array([0.5, 0.5, 0.52, 0.48, 0.5, 0.5, 3.0])) == pytest.approx(0.5, abs=0.02)


def test_a_steady_rise_is_no_spread_and_waves_are_more_than_steps():
    steady = spread(np.linspace(0.2, 0.8, 60), DAYS)
    assert steady.day < 0.01
    scattered = spread(noisy(np.full(60, 0.5)), DAYS)
    assert scattered.day == pytest.approx(0.03, rel=0.25)
    waves = spread(0.5 + 0.1 * np.sin(DAYS / 6) + noisy(np.zeros(60), 0.01), DAYS)
    assert waves.alike > 0.5
    assert waves.of_mean > 1.5 * waves.day


def test_first_and_latest_days_are_as_many_and_never_the_same():
    assert [at_each_end(days) for days in (2, 5, 10, 13, 14, 90)] == [
        1,
        2,
        5,
        6,
        END_DAYS,
        END_DAYS,
    ]


def test_a_change_is_that_of_the_levels_with_an_interval_that_holds_it():
    found = change(noisy(np.linspace(0.5, 0.7, 60)), DAYS, np.full(60, 0.1))
    assert found.is_certain
    assert found.value == pytest.approx(0.18, abs=0.04)
    assert abs(found.value - 0.18) < found.half < 0.1


def test_a_change_that_came_at_once_is_seen_as_well_as_a_slow_one():
    at_once = np.r_[np.full(10, 0.5), np.full(50, 0.6)]
    assert change(noisy(at_once), DAYS, np.full(60, 0.1)).is_certain


def test_what_came_and_went_again_is_no_change():
    bend = 0.5 + 0.2 * np.sin(np.pi * DAYS / 59)
    assert not change(noisy(bend), DAYS, np.full(60, 0.1)).is_certain


def test_many_days_do_not_make_the_measurement_itself_surer():
    values = np.linspace(0.5, 0.53, 60)
    wide, narrow = (change(values, DAYS, np.full(60, width)) for width in (0.2, 0.02))
    assert narrow.is_certain and not wide.is_certain
    assert wide.half == pytest.approx(0.2 / 2 / 1.645)


def test_a_few_days_say_nothing():
    assert change(np.linspace(0, 1, LEAST_DAYS - 1), DAYS[: LEAST_DAYS - 1], np.zeros(9)) is None


def test_a_side_that_moved_too_little_at_first_has_a_bound_and_its_beginning_is_seen():
    mm = [None] * 10 + list(noisy(np.full(20, 2.0), 0.1))
    found = History(days_of(mm, "right")).reach("pucker", "right")
    assert (found.first, found.first_at_most) == (None, 0.5)
    assert found.now == pytest.approx(2.0, abs=0.1)
    assert found.verdict == "further"
    assert len(found.points) == 20


def test_what_moves_along_may_become_too_quiet_to_tell():
    changes = [*noisy(np.full(15, 3.0), 0.2), *[None] * 15]
    kept = [
        practice(
            repetition(exercise="brow_lift", along=[quiet("mouth_corner", "right", one)]), day=n
        )
        for n, one in enumerate(changes)
    ]
    (found,) = History(kept).quiet("brow_lift")
    assert (found.quantity.region, found.side, found.quantity.unit) == (
        "mouth_corner",
        "right",
        "mm",
    )
    assert found.verdict == "quieter"
    assert (found.now, found.latest_at_most) == (None, 0.6)


def eyes(left, right):
    return [quiet("eye", "left", left, "ratio", 0.08), quiet("eye", "right", right, "ratio", 0.08)]


def test_in_a_smile_an_eye_counts_for_what_it_narrows_beyond_the_other():
    def one(exercise):
        kept = [
            practice(repetition(exercise=exercise, along=eyes(0.2, 0.45)), day=day)
            for day in range(3)
        ]
        return {trend.side: trend for trend in History(kept).quiet(exercise)}

    smile, pucker = one("smile_open"), one("pucker")
    assert smile["right"].now == pytest.approx(0.25)
    assert smile["left"].now == 0.0
    assert (pucker["left"].now, pucker["right"].now) == (pytest.approx(0.2), pytest.approx(0.45))


def rest(mm):
    known = None if mm is None else {"mm": mm, "interval_mm": [mm - 0.4, mm + 0.4]}
    return {
        "asymmetry": {
            "fissure_difference": known,
            "commissure_difference": None,
            "brow_difference": None,
            "reasons": [],
        }
    }


def test_the_resting_face_becomes_more_even_whichever_side_was_lower():
    values = -noisy(np.linspace(3.0, 1.5, 40), 0.2)
    kept = [practice(repetition(), day=day, rest=rest(one)) for day, one in enumerate(values)]
    (found,) = History(kept).rest()
    assert (found.quantity.region, found.verdict) == ("fissure", "more_even")
    assert found.first.value == pytest.approx(2.9, abs=0.2)


@pytest.mark.parametrize("kept", [None, {}, {"asymmetry": None}, rest(None)])
def test_a_rest_that_was_not_measured_says_nothing(kept):
    assert History([practice(repetition(), rest=kept)]).rest() == ()
