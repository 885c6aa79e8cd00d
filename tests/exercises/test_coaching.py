"""What the coach chooses to say, from what is seen now."""

import pytest
from patients import bump, movement

from exercises import library
from exercises.coaching import Coach, tone_of
from exercises.cues import CUES
from exercises.watch import Watch

CATALOGUE = library.exercises()
STEP_S = 1 / 30


def coached(exercise_id, sides, eyes=lambda t: 0.0):
    """What is said, and when, during one repetition whose sides are shares of the target."""
    exercise, watch, coach, said = CATALOGUE[exercise_id], Watch(), Coach(), []
    target, dose = exercise.wanted.target_mm, exercise.dose
    for step in range(30):
        watch.see(step * STEP_S - 1.0, movement(exercise_id, 0.0, 0.0), None)
    watch.begin()
    coach.begin(0.0)
    holds_s, lets_go_s = dose.rise_s, dose.rise_s + dose.hold_s
    time_s = 0.0
    while time_s < lets_go_s + dose.let_go_s:
        left, right = sides(time_s)
        moved = movement(exercise_id, target * left, target * right, (0.0, eyes(time_s)))
        watch.see(time_s, moved, exercise)
        coach.follow(time_s, exercise, watch.fill)
        cue = coach.advise(
            time_s,
            exercise,
            watch,
            holding=holds_s <= time_s < lets_go_s,
            letting_go=time_s >= lets_go_s,
        )
        if cue is not None:
            said.append((cue, time_s))
        time_s += STEP_S
    return said


def cues(*what, **more):
    return [cue for cue, _ in coached(*what, **more)]


def calm(time_s, size=1.0):
    return size * bump(time_s, 0.2, 2.4, 3.4, 2.4)


def test_an_even_unhurried_movement_hears_that_it_is_well():
    assert cues("smile_open", lambda t: (calm(t), 0.97 * calm(t))) == ["together"]


def test_a_rush_hears_that_slower_is_finer():
    rush = lambda t: (bump(t, 0.5, 0.5, 5.0, 2.4),) * 2  # noqa: E731
    assert "slower" in cues("smile_open", rush)


def test_a_movement_far_too_large_hears_of_a_smaller_one():
    assert "smaller" in cues("smile_open", lambda t: (calm(t, 1.9), calm(t, 1.9)))


def test_no_movement_hears_that_thinking_counts():
    said = coached("smile_open", lambda t: (0.0, 0.0))
    assert [cue for cue, _ in said] == ["no_movement"]
    assert said[0][1] >= CATALOGUE["smile_open"].dose.rise_s


@pytest.mark.parametrize(("left", "right", "cue"), [(1.0, 0.4, "left"), (0.4, 1.0, "right")])
def test_the_side_ahead_waits(left, right, cue):
    said = cues("smile_open", lambda t: (calm(t, left), calm(t, right)))
    assert said[0] == f"{cue}_waits"


def test_a_side_that_stays_up_is_asked_back_with_the_other():
    stays = lambda t: (calm(t), bump(t, 0.2, 2.4, 9.0, 2.4))  # noqa: E731
    assert cues("smile_open", stays)[-1] == "ends_together"


def test_an_eye_that_joins_in_is_led_through_easing_staying_softening_and_going_on():
    eyes = lambda t: 0.4 * bump(t, 1.0, 0.3, 2.5, 0.3)  # noqa: E731
    said = coached("smile_eye_open", lambda t: (calm(t), calm(t)), eyes)
    assert [cue for cue, _ in said][:3] == ["eye_narrows", "freeze", "go_on"]
    assert 1.2 < said[0][1] < 2.2


def test_closed_eyes_hear_nothing_that_only_open_ones_could_use():
    assert cues("eye_close_gentle", lambda t: (calm(t), 0.3 * calm(t))) == []


@pytest.mark.parametrize("cue", sorted(CUES))
def test_every_correction_and_every_praise_has_a_sound(cue):
    advice = {
        *("eye_narrows", "mouth_moves", "other_moves", "freeze", "go_on", "together", "smaller"),
        *("slower", "left_waits", "right_waits", "ends_together"),
    }
    assert (tone_of(cue) is not None) == (cue in advice)
