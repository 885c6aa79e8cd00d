"""How a repetition was done is told apart, and never keeps it from being counted."""

import pytest
from patients import bump, record

from exercises import library
from exercises.manner import manner_of
from exercises.repetition import find_repetitions, measure_of

SMILE = library.exercises()["smile_open"]
TARGET_MM = SMILE.wanted.target_mm


def manner(course, size_mm=TARGET_MM):
    """Of the one repetition that this course is counted as."""
    side = lambda t: size_mm * course(t)  # noqa: E731
    signals = record("smile_open", side, side, length_s=14)
    (span,) = find_repetitions(signals.between(-1, 99), measure_of(SMILE), (0.1, 0.1))
    return manner_of(span, size_mm, TARGET_MM, SMILE.dose)


def slow(t):
    return bump(t, 2.0, 2.0, 2.0, 2.0)


def test_a_repetition_as_it_was_meant_has_nothing_to_tell():
    assert manner(slow) == ()


@pytest.mark.parametrize(
    ("expected", "course", "size"),
    [
        ("partial", slow, 0.4),
        ("too_big", slow, 1.7),
        ("too_fast", lambda t: bump(t, 2.0, 0.5, 2.0, 2.0), 1.0),
        ("abandoned", lambda t: bump(t, 2.0, 1.8, 0.0, 0.8), 1.0),
        ("doubled", lambda t: slow(t) - 0.6 * bump(t, 4.2, 0.6, 0.3, 0.6), 1.0),
    ],
)
def test_what_stands_out_is_told_apart(expected, course, size):
    assert manner(course, size * TARGET_MM) == (expected,)


def test_going_all_the_way_back_between_is_two_and_not_doubled():
    course = lambda t: TARGET_MM * (slow(t) + bump(t, 9.0, 2.0, 2.0, 2.0))  # noqa: E731
    signals = record("smile_open", course, course, length_s=18)
    spans = find_repetitions(signals.between(-1, 99), measure_of(SMILE), (0.1, 0.1))
    assert [manner_of(span, TARGET_MM, TARGET_MM, SMILE.dose) for span in spans] == [(), ()]


def test_a_movement_cut_off_by_the_end_of_the_picture_was_not_abandoned():
    signals = record("smile_open", lambda t: 5 * slow(t), lambda t: 5 * slow(t), length_s=4.2)
    (span,) = find_repetitions(signals.between(-1, 99), measure_of(SMILE), (0.1, 0.1))
    assert manner_of(span, 5.0, TARGET_MM, SMILE.dose) == ()


def test_an_unknown_size_is_neither_small_nor_large():
    signals = record("smile_open", lambda t: 5 * slow(t), lambda t: 5 * slow(t), length_s=14)
    (span,) = find_repetitions(signals.between(-1, 99), measure_of(SMILE), (0.1, 0.1))
    assert manner_of(span, None, TARGET_MM, SMILE.dose) == ()


def test_the_comfortable_size_is_the_persons_own():
    signals = record("smile_open", lambda t: 2 * slow(t), lambda t: 2 * slow(t), length_s=14)
    (span,) = find_repetitions(signals.between(-1, 99), measure_of(SMILE), (0.1, 0.1))
    assert manner_of(span, 2.0, 2.0, SMILE.dose) == ()
    assert manner_of(span, 2.0, 1.0, SMILE.dose) == ("too_big",)
