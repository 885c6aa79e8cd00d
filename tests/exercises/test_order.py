"""Which movement was which exercise, where only their order is known."""

from patients import REST, play

from exercises import library
from exercises.order import asked_in_order
from exercises.scoring import score_asked

CATALOGUE = library.exercises()


def told_apart(signals, *order):
    """Ids and starts of the repetitions found when these exercises were done in this order."""
    asked = asked_in_order(signals, REST, [CATALOGUE[name] for name in order])
    assert [one.exercise for one in asked] == list(order)
    found = []
    for one in asked:
        for score in score_asked(signals, REST, CATALOGUE[one.exercise], one):
            found.append((score.exercise, round(score.start_s)) if score.measurable else None)
    return found


def test_each_exercise_gets_its_own_movements():
    done = [
        ("brow_lift", 2.0, (5.0, 2.0)),
        ("brow_lift", 8.0, (5.0, 2.0)),
        ("smile_open", 14.0, (1.0, 7.0)),
        ("pucker", 20.0, (3.0, 3.0)),
    ]
    assert told_apart(play(*done, length_s=27), "brow_lift", "smile_open", "pucker") == [
        ("brow_lift", 2),
        ("brow_lift", 8),
        ("smile_open", 14),
        ("pucker", 20),
    ]


def test_a_very_small_movement_is_not_given_away():
    """The closure of a nearly still eye is still the closure that was asked for."""
    done = [("brow_lift", 2.0, (7.0, 7.0)), ("eye_close_gentle", 8.0, (1.5, 0.2))]
    done += [("smile_open", 14.0, (9.0, 9.0))]
    found = told_apart(play(*done, length_s=21), "brow_lift", "eye_close_gentle", "smile_open")
    assert found == [("brow_lift", 2), ("eye_close_gentle", 8), ("smile_open", 14)]


def test_an_exercise_that_was_left_out_stays_empty():
    done = [("brow_lift", 2.0, (5.0, 5.0)), ("brow_lift", 8.0, (5.0, 5.0))]
    done += [("pucker", 14.0, (3.0, 3.0))]
    found = told_apart(play(*done, length_s=21), "brow_lift", "smile_open", "pucker")
    assert found == [("brow_lift", 2), ("brow_lift", 8), None, ("pucker", 14)]


def test_a_smile_that_lifts_the_lip_is_no_nose_wrinkle():
    done = [("snarl", 2.0, (4.0, 4.0)), ("smile_open", 8.0, (6.0, 6.0)), ("snarl", 8.0, (3.0, 3.0))]
    assert told_apart(play(*done, length_s=15), "snarl", "smile_open") == [
        ("snarl", 2),
        ("smile_open", 8),
    ]


def test_a_recording_in_which_nothing_moved_leaves_every_exercise_empty():
    assert told_apart(play(length_s=20), "brow_lift", "pucker") == [None, None]
