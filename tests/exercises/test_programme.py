"""Programmes made from others are programmes that a person could have written."""

import pytest

from exercises import library
from exercises.programme import TRIED, at_pace, one_exercise
from exercises.schema import LONGEST_PART_S, Programme
from exercises.session import Session

CATALOGUE = library.exercises()


@pytest.mark.parametrize("name", library.programmes())
def test_a_slower_programme_asks_for_the_same_more_slowly(name):
    planned = library.programmes()[name]
    slow = at_pace(planned, CATALOGUE, 1.5)
    assert Programme.model_validate(slow.model_dump()) == slow
    for before, after in zip(planned.steps, slow.steps, strict=True):
        one, other = (step.applied_to(CATALOGUE[step.exercise]) for step in (before, after))
        assert other.dose.repetitions == one.dose.repetitions
        assert other.dose.rest_s == one.dose.rest_s
        if one.kind == "movement":
            assert other.dose.rise_s == min(LONGEST_PART_S, 1.5 * one.dose.rise_s)
            assert other.dose.let_go_s == min(LONGEST_PART_S, 1.5 * one.dose.let_go_s)
        else:
            assert other == one


def test_the_usual_pace_changes_no_length():
    planned = library.programmes()["paresis"]
    assert library.length_s(at_pace(planned, CATALOGUE, 1.0)) == library.length_s(planned)


def test_nothing_is_ever_hurried():
    with pytest.raises(ValueError, match=r"1 or more, got 0\.5"):
        at_pace(library.programmes()["paresis"], CATALOGUE, 0.5)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_exercise_can_be_tried_by_itself(name):
    programme = one_exercise(CATALOGUE[name])
    (step,) = programme.steps
    tried = step.applied_to(CATALOGUE[name])
    if tried.kind == "movement":
        assert tried.dose.repetitions == TRIED
    else:
        assert tried == CATALOGUE[name]
    assert not Session(programme, CATALOGUE, library.words()).done
