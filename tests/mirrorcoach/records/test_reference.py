"""The first day is one day, and stays it."""

import pytest
from months_of_practice import days_of, practice, repetition, unseen

from exercises import library
from mirrorcoach.records.history import History
from mirrorcoach.records.reference import SETTLING_DAYS, reference_of

ASSESSED = [repetition(exercise=step.exercise) for step in library.programmes()["sunnybrook"].steps]


def assessment(day, *repetitions, **more):
    return practice(*(repetitions or ASSESSED), day=day, programme="sunnybrook", **more)


def first(*practices):
    return reference_of(History(practices).practices)


def test_before_anything_was_measured_there_is_no_first_day():
    assert first() is None
    assert first(practice(unseen()), practice(day=1)) is None


def test_the_first_complete_practice_is_the_first_day():
    found = first(*days_of([0.5] * 3))
    assert (found.day.day, found.is_complete, found.is_assessment) == (2, True, False)


def test_a_complete_assessment_of_the_first_week_comes_before_a_practice():
    found = first(*days_of([0.5] * 20), assessment(3))
    assert (found.day.day, found.is_assessment) == (5, True)


@pytest.mark.parametrize(
    "late",
    [
        assessment(SETTLING_DAYS),
        assessment(60),
        assessment(3, *ASSESSED[1:]),
        assessment(3, *ASSESSED[1:], unseen(ASSESSED[0]["exercise"])),
        assessment(3, ending="ended"),
    ],
    ids=["after a week", "after months", "one left out", "one unseen", "cut off"],
)
def test_an_assessment_that_is_late_or_not_whole_does_not_take_its_place(late):
    found = first(*days_of([0.5] * 20), late)
    assert (found.day.day, found.is_assessment) == (2, False)


def test_what_was_cut_off_stands_in_only_if_nothing_else_is_there():
    cut = practice(repetition(), ending="ended")
    assert first(cut, practice(repetition(), day=2)).day.day == 4
    found = first(cut, practice(repetition(), day=SETTLING_DAYS))
    assert (found.day.day, found.is_complete) == (2, False)


def test_no_later_practice_moves_the_first_day_or_its_level():
    kept = days_of([0.5, 0.6, 0.4, 0.55, 0.5, 0.45, 0.6] + [0.6] * 7)
    later = [assessment(day) for day in (20, 40)] + [
        practice(repetition(0.9), day=day) for day in range(14, 90)
    ]
    before, after = (History(ones).evenness("pucker").first for ones in (kept, [*kept, *later]))
    assert (after.at, after.value) == (before.at, before.value)


def test_days_before_the_assessment_are_drawn_and_not_part_of_the_first_level():
    kept = [*days_of([0.3, 0.3]), assessment(2, *ASSESSED), *days_of([0.6] * 20)[3:]]
    found = History(kept).evenness("pucker")
    assert [one.value for one in found.points][:3] == [0.3, 0.3, 0.6]
    assert (found.first.value, found.first.at.day) == (pytest.approx(0.6), 4)
    assert found.verdict == "about_the_same"


def test_an_exercise_that_came_later_has_its_own_first_days():
    new = [practice(repetition(0.7, "snarl"), day=day) for day in range(30, 34)]
    found = History([*days_of([0.5] * 30), *new]).evenness("snarl")
    assert (found.first.at.date(), found.days) == (new[0].day, 4)
