"""What is seen of the present moment, and what is not marked because it was not seen."""

from dataclasses import replace

import numpy as np
import pytest
from patients import movement, without_right

from exercises import library
from exercises.watch import BASELINE_S, QUIET_AFTER_S, QuietMark, Watch
from landmarks.blinks import LONGEST_S
from landmarks.mesh import SKIN_REGIONS

SMILE = library.exercises()["smile_open"]
FULL_MM = SMILE.wanted.target_mm


def rested(moved=None):
    """A watch that has seen rest for a while and counts from there."""
    watch = Watch()
    for step in range(30):
        moment = movement("smile_open", 0.0, 0.0) if moved is None else moved
        watch.see(step / 30, moment, None)
    watch.begin()
    return watch


def see_for(watch, seconds, moved, start_s=2.0):
    for step in range(round(seconds * 30) + 1):
        watch.see(start_s + step / 30, moved, SMILE)


def test_movement_fills_each_side_by_its_share_of_the_target():
    watch = rested()
    see_for(watch, 0.1, movement("smile_open", FULL_MM, 0.4 * FULL_MM))
    assert watch.fill == pytest.approx((1.0, 0.4))


def test_it_counts_from_how_the_face_stood():
    watch = rested(movement("smile_open", 1.0, -2.0))
    see_for(watch, 0.1, movement("smile_open", 1.0 + FULL_MM, -2.0))
    assert watch.fill == pytest.approx((1.0, 0.0))


def test_a_side_that_is_hidden_has_no_fill_and_comes_back():
    watch, moved = rested(), movement("smile_open", FULL_MM, FULL_MM)
    see_for(watch, 0.1, without_right(moved))
    assert watch.fill is None
    see_for(watch, 0.1, moved, start_s=3.0)
    assert watch.fill == pytest.approx((1.0, 1.0))


def test_a_rest_that_was_hidden_for_a_moment_is_taken_from_what_was_seen():
    watch, still = Watch(), movement("smile_open", 0.5, 0.5)
    for step in range(round(BASELINE_S * 30)):
        watch.see(step / 30, without_right(still) if step % 3 == 0 else still, None)
    watch.begin()
    see_for(watch, 0.1, movement("smile_open", 0.5 + FULL_MM, 0.5))
    assert watch.fill == pytest.approx((1.0, 0.0))


BROWS = {"brow": (0.0, 5.0)}


def test_a_brow_that_moves_along_is_marked_once_it_has_lasted():
    watch = rested()
    moved = movement("smile_open", 4.0, 4.0, extra=BROWS)
    see_for(watch, QUIET_AFTER_S / 2, moved)
    assert watch.quiet is None
    see_for(watch, QUIET_AFTER_S, moved, start_s=2.0 + QUIET_AFTER_S / 2)
    assert watch.quiet == QuietMark("brow", "right")


def test_what_cannot_be_seen_is_never_marked():
    watch = rested()
    see_for(watch, 2.0, without_right(movement("smile_open", 4.0, 4.0, extra=BROWS)))
    assert watch.quiet is None


def test_a_mark_goes_when_its_place_is_hidden():
    watch, moved = rested(), movement("smile_open", 4.0, 4.0, extra=BROWS)
    see_for(watch, 1.0, moved)
    assert watch.quiet is not None
    see_for(watch, 0.1, without_right(moved), start_s=4.0)
    assert watch.quiet is None


def test_a_hidden_side_does_not_keep_the_other_from_being_marked():
    watch = rested()
    both = movement("smile_open", 4.0, 4.0, extra={"brow": (5.0, 5.0)})
    see_for(watch, 1.0, without_right(both))
    assert watch.quiet == QuietMark("brow", "left")


def test_a_rest_in_which_a_brow_was_never_seen_gives_no_mark():
    still = movement("smile_open", 0.0, 0.0)
    displacement = still.displacement_mm.copy()
    displacement[SKIN_REGIONS.index("brow")] = np.nan
    watch = rested(replace(still, displacement_mm=displacement))
    see_for(watch, 1.0, movement("smile_open", 4.0, 4.0, extra=BROWS))
    assert watch.quiet is None


PUCKER = library.exercises()["pucker"]
"""Each eye is compared with its own rest."""


def lids(*courses, exercise=PUCKER):
    """All marks of an exercise in which the lids do this: seconds, and shares that they lost."""
    watch, marks, time_s = rested(movement(exercise.id, 0.0, 0.0)), [], 2.0
    for seconds, *lost in courses:
        for step in range(1, round(seconds * 30) + 1):
            share = step / round(seconds * 30)
            eyes = tuple(one[0] + share * (one[1] - one[0]) for one in lost)
            watch.see(time_s, movement(exercise.id, 0.0, 0.0, eyes), exercise)
            marks.append(watch.quiet)
            time_s += 1 / 30
    return marks


def blink(shut_s, left=0.0, right=0.0):
    """Lids that fall in a sixth of a second, and open more slowly, to where they were."""
    return (
        (1 / 6, (left, 0.97), (right, 0.76)),
        (shut_s, (0.97, 0.97), (0.76, 0.76)),
        (1 / 4, (0.97, left), (0.76, right)),
    )


@pytest.mark.parametrize("exercise", [PUCKER, SMILE], ids=lambda one: one.id)
@pytest.mark.parametrize("shut_s", [0.1, 0.2])
def test_a_blink_is_no_movement_that_comes_along(exercise, shut_s):
    open_s = (0.5, (0.0, 0.0), (0.0, 0.0))
    assert set(lids(*blink(shut_s), open_s, exercise=exercise)) == {None}


def test_the_mark_of_a_narrow_eye_stays_while_it_blinks():
    narrow = (0.6, (0.0, 0.0), (0.3, 0.3))
    marks = lids(narrow, *blink(0.1, right=0.3), narrow)
    assert set(marks[15:]) == {QuietMark("eye", "right")}


def test_an_eye_that_narrows_after_a_blink_is_marked_once_that_has_lasted():
    marks = lids(*blink(0.1, right=0.3), (1.0, (0.0, 0.0), (0.3, 0.3)))
    assert set(marks[:17]) == {None}
    assert marks[-1] == QuietMark("eye", "right")


def test_an_eye_that_stays_shut_is_marked():
    marks = lids((0.1, (0.0, 0.0), (0.0, 0.9)), (1.0, (0.0, 0.0), (0.9, 0.9)))
    assert QuietMark("eye", "right") not in marks[: round(LONGEST_S * 30)]
    assert marks[-1] == QuietMark("eye", "right")
