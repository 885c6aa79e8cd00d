import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patients import REST, bump, play, record

from exercises import library
from exercises.repetition import find_movements, find_repetitions, measure_of

SMILE = measure_of(library.exercises()["smile_open"])
NOISE = (0.1, 0.1)


def found(signals, measure=SMILE):
    return find_repetitions(signals.between(-1e9, 1e9), measure, NOISE)


def test_one_repetition_with_its_edges():
    signals = record("smile_open", lambda t: 8 * bump(t, 2.0), lambda t: 5 * bump(t, 2.0))
    (span,) = found(signals)
    assert span.start_s == pytest.approx(2.0, abs=0.25)
    assert span.end_s == pytest.approx(6.0, abs=0.25)
    assert 2.0 < span.hold_start_s < 3.1
    assert 4.9 < span.hold_end_s < 6.0


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_frame_rate_does_not_change_the_count(fps):
    course = lambda t: 6 * (bump(t, 1.5) + bump(t, 7.0) + bump(t, 12.5))  # noqa: E731
    signals = record("smile_open", course, course, length_s=18, fps=fps)
    assert len(found(signals)) == 3


def test_a_still_face_does_nothing():
    still = lambda t: 0.0  # noqa: E731
    assert found(record("smile_open", still, still, noise_mm=0.12)) == []


def test_one_side_alone_is_a_repetition():
    signals = record("smile_open", lambda t: 8 * bump(t, 2.0), lambda t: 0.0)
    assert len(found(signals)) == 1


def test_the_other_way_is_no_repetition():
    signals = record("smile_open", lambda t: -8 * bump(t, 2.0, 0.3, 0.2, 0.3), lambda t: 0.0)
    assert found(signals) == []


def test_a_blink_is_no_gentle_closure():
    closure = measure_of(library.exercises()["eye_close_gentle"])
    blink = lambda t: 9 * bump(t, 2.0, 0.1, 0.05, 0.15)  # noqa: E731
    assert found(record("eye_close_gentle", blink, blink), closure) == []


def test_frames_that_were_lost_for_a_moment_do_not_split_a_repetition():
    signals = record(
        "smile_open",
        lambda t: 8 * bump(t, 2.0),
        lambda t: 8 * bump(t, 2.0),
        problem=lambda t: "no_face" if 3.5 < t < 3.8 else None,
    )
    assert len(found(signals)) == 1


@settings(max_examples=40, deadline=None)
@given(
    starts=st.lists(st.floats(0.2, 1.5), min_size=1, max_size=4),
    size=st.floats(2.0, 12.0),
    share=st.floats(0.0, 1.0),
)
def test_any_well_parted_repetitions_are_all_found(starts, size, share):
    """Repetitions 4 s long with pauses of at least 1.7 s, whatever the size or the weaker side."""
    begins = np.cumsum([1.5 + start + (4.0 if k else 0.0) for k, start in enumerate(starts)])
    course = lambda t: size * sum(bump(t, begin) for begin in begins)  # noqa: E731
    length_s = float(begins[-1]) + 6.0
    signals = record("smile_open", course, lambda t: share * course(t), length_s=length_s)
    spans = found(signals)
    assert len(spans) == len(begins)
    for span, begin in zip(spans, begins, strict=True):
        assert span.start_s <= span.hold_start_s <= span.hold_end_s <= span.end_s
        assert span.start_s == pytest.approx(begin, abs=0.35)


@pytest.mark.parametrize("hidden", [(3.2, 4.8), (2.6, 5.4), (2.5, 3.4)])
def test_a_hold_that_was_hidden_does_not_split_a_repetition(hidden):
    course = lambda t: 8 * bump(t, 2.0)  # noqa: E731
    signals = record("smile_open", course, course, hidden=lambda t: hidden[0] < t < hidden[1])
    (span,) = found(signals)
    assert span.start_s == pytest.approx(2.0, abs=0.25)
    assert span.end_s == pytest.approx(6.0, abs=0.25)
    assert span.let_go


def test_two_repetitions_with_a_hidden_pause_stay_two():
    course = lambda t: 8 * (bump(t, 1.5) + bump(t, 7.0))  # noqa: E731
    signals = record("smile_open", course, course, length_s=12, hidden=lambda t: 5.3 < t < 7.1)
    assert len(found(signals)) == 2


def test_a_movement_lost_from_sight_before_it_was_let_go_was_not_let_go():
    course = lambda t: 8 * bump(t, 2.0, hold_s=3.0)  # noqa: E731
    signals = record("smile_open", course, course, hidden=lambda t: 4.0 < t < 7.2)
    (span,) = found(signals)
    assert not span.let_go
    assert span.hold_end_s == pytest.approx(4.0, abs=0.1)


# Whole recordings, whatever was asked

MEASURES = tuple(
    dict.fromkeys(
        measure_of(library.exercises()[name])
        for name in (
            "brow_lift",
            "eye_close_gentle",
            "smile_open",
            "snarl",
            "pucker",
            "ee_lowerlip",
        )
    )
)


def seen(signals):
    return find_movements(signals.between(-1e9, 1e9), MEASURES, REST.noise_mm)


@pytest.mark.parametrize("rise_s", [0.6, 1.0, 2.0, 3.0])
def test_a_whole_session_is_found_without_being_told_what_was_asked(rise_s):
    length_s = 2 * rise_s + 2.0
    names = ("brow_lift", "eye_close_gentle", "smile_open", "smile_open", "pucker", "ee_lowerlip")
    starts = [2.0 + k * (length_s + 1.2) for k in range(len(names))]
    sizes = [(5.0, 1.0), (6.0, 6.0), (0.0, 7.0), (3.0, 3.0), (2.5, 1.5), (4.0, 0.0)]
    done = [
        (name, start_s, size, rise_s, 2.0, rise_s)
        for name, start_s, size in zip(names, starts, sizes, strict=True)
    ]
    spans = seen(play(*done, length_s=starts[-1] + length_s + 2.0))
    assert len(spans) == len(done)
    for span, start_s in zip(spans, starts, strict=True):
        assert span.start_s == pytest.approx(start_s, abs=0.25)
        assert span.end_s == pytest.approx(start_s + length_s, abs=0.25)
        assert span.let_go and span.peaks == 1


@pytest.mark.parametrize("sway_mm", [0.0, 0.4])
def test_a_face_at_rest_that_sways_does_nothing(sway_mm):
    assert seen(play(length_s=60, sway_mm=sway_mm, noise_mm=0.12)) == []


def test_blinks_are_no_movement_of_the_face():
    blinks = [("eye_close_gentle", at_s, (9.0, 9.0), 0.1, 0.05, 0.15) for at_s in range(2, 30, 3)]
    assert seen(play(*blinks, length_s=32)) == []


def test_a_rest_that_is_not_quite_rest_parts_two_repetitions():
    """The face comes back to a tenth of the way, which is still above the noise."""
    done = [("smile_open", 2.0, (0.9, 0.9), 1.0, 9.0, 1.0)]
    done += [("smile_open", at_s, (8.0, 6.0), 1.0, 2.0, 1.0) for at_s in (2.5, 8.0)]
    spans = seen(play(*done, length_s=16))
    assert [round(span.hold_start_s) for span in spans] == [3, 9]


def test_a_recording_that_shows_nothing_has_no_movement():
    still = lambda t: 0.0  # noqa: E731
    assert seen(record("smile_open", still, still, problem=lambda t: "no_face")) == []


@settings(max_examples=30, deadline=None)
@given(
    repetitions=st.lists(
        st.tuples(
            st.sampled_from(["brow_lift", "eye_close_gentle", "smile_open", "pucker"]),
            st.floats(3.0, 9.0),  # mm
            st.floats(0.0, 1.0),  # the other side's share
            st.floats(0.6, 3.0),  # s of rise and of fall
            st.floats(1.0, 4.0),  # s of hold
            st.floats(1.2, 4.0),  # s of rest
        ),
        min_size=1,
        max_size=5,
    ),
    noise=st.floats(0.01, 0.06),
)
def test_none_is_missed_and_none_invented(repetitions, noise):
    done, time_s = [], 2.0
    for name, size, share, move_s, hold_s, rest_s in repetitions:
        done.append((name, time_s, (size, size * share), move_s, hold_s, move_s))
        time_s += 2 * move_s + hold_s + rest_s
    spans = seen(play(*done, length_s=time_s + 1.0, noise_mm=noise))
    assert len(spans) == len(done)
    for span, (_, start_s, _, move_s, hold_s, _) in zip(spans, done, strict=True):
        assert span.start_s == pytest.approx(start_s, abs=0.25)
        assert span.end_s == pytest.approx(start_s + 2 * move_s + hold_s, abs=0.25)


@pytest.mark.parametrize("at_s", [1.3, 1.8, 5.6, 6.1])
def test_blinks_do_not_shift_the_ends_of_a_movement(at_s):
    """An eye that narrows along with the smile, and blinks where the smile begins or ends."""
    done = [("smile_open", 2.0, (6.0, 6.0)), ("eye_close_gentle", 2.0, (3.0, 0.0))]
    done.append(("eye_close_gentle", at_s, (6.0, 9.0), 0.1, 0.05, 0.15))
    (span,) = seen(play(*done, length_s=9))
    assert span.start_s == pytest.approx(2.0, abs=0.15)
    assert span.end_s == pytest.approx(6.0, abs=0.15)


def test_a_face_that_keeps_a_quarter_of_its_movement_ends_where_it_came_to_rest():
    course = lambda t: 6 * bump(t, 2.0) + 2 * bump(t, 2.0, 1.0, 99.0, 1.0)  # noqa: E731
    (span,) = found(record("smile_open", course, course))
    assert span.start_s == pytest.approx(2.0, abs=0.15)
    assert span.end_s == pytest.approx(6.0, abs=0.25)
