import pytest

from exercises import library
from exercises.today import MINUTES_A_DAY, Today

CATALOGUE = library.exercises()


def test_a_person_who_was_not_asked_does_everything():
    assert Today().repetitions_of(CATALOGUE["smile_open"]) == 5
    assert Today().seconds_left == 60.0 * MINUTES_A_DAY


@pytest.mark.parametrize(("tiredness", "done"), [(0, 5), (3, 5), (4, 3), (7, 2), (9, 0), (10, 0)])
def test_the_tired_do_less(tiredness, done):
    today = Today(tiredness=tiredness)
    assert today.repetitions_of(CATALOGUE["smile_open"]) == done
    assert today.rests_only == (done == 0)


@pytest.mark.parametrize("name", ["rest_scan", "massage", "eye_care", "mirror_imagery"])
def test_what_takes_no_effort_is_always_good(name):
    exercise = CATALOGUE[name]
    assert Today(tiredness=10).repetitions_of(exercise) == exercise.dose.repetitions


def test_a_small_dose_stays_as_small_as_it_was():
    assert Today(tiredness=4).repetitions_of(CATALOGUE["eye_close_full"]) == 1


def test_what_is_left_of_a_day_never_falls_below_nothing():
    assert Today(minutes=15.0).seconds_left == 300.0
    assert Today(minutes=500.0).seconds_left == 0.0


@pytest.mark.parametrize("minutes", [-1.0, float("nan"), float("inf")])
def test_impossible_minutes_are_refused(minutes):
    with pytest.raises(ValueError, match="must be 0 or more"):
        Today(minutes=minutes)


@pytest.mark.parametrize("tiredness", [-1, 11])
def test_impossible_tiredness_is_refused(tiredness):
    with pytest.raises(ValueError, match="between 0 and 10"):
        Today(tiredness=tiredness)
