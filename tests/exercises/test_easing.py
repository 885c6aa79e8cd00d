"""Going on smaller makes a movement smaller, and never one that cannot be seen."""

import pytest

from exercises import library
from exercises.easing import LEAST_TARGET_MM, SMALLER_SHARE, made_smaller

CATALOGUE = library.exercises()


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_only_the_target_becomes_smaller(name):
    exercise = CATALOGUE[name]
    smaller = made_smaller(exercise)
    assert smaller.model_copy(update={"wanted": exercise.wanted}) == exercise
    if exercise.wanted is None:
        assert smaller.wanted is None
    else:
        assert LEAST_TARGET_MM <= smaller.wanted.target_mm <= exercise.wanted.target_mm


def test_a_smile_becomes_smaller_step_by_step_and_stays_one_that_is_seen():
    smile, sizes_mm = CATALOGUE["smile_open"], []
    for _ in range(10):
        smile = made_smaller(smile)
        sizes_mm.append(smile.wanted.target_mm)
    assert sizes_mm[0] == pytest.approx(SMALLER_SHARE * 5.0)
    assert sizes_mm == sorted(sizes_mm, reverse=True)
    assert sizes_mm[-1] == LEAST_TARGET_MM
