import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patients import REST, bump, record

from exercises import library
from exercises.reasons import SENTENCES
from exercises.repetition import Asked
from exercises.scoring import score_asked
from landmarks.pose import HeadPose
from landmarks.problems import REASONS


def scored(exercise_id, left_mm, right_mm, *, rest=REST, **more):
    signals = record(exercise_id, left_mm, right_mm, **more)
    exercise = library.exercises()[exercise_id]
    return score_asked(signals, rest, exercise, Asked(exercise_id, 1.5, 6.5))


def even(t):
    return 6 * bump(t, 2.0)


def half(t):
    return 3 * bump(t, 2.0)


def still(t):
    return 0.0


def test_an_even_face_gets_full_marks():
    (one,) = scored("smile_open", even, even)
    assert one.measurable
    assert one.symmetry == pytest.approx(1.0, abs=0.03)
    assert one.score is not None
    assert one.score > 95
    assert one.left.excursion_mm == pytest.approx(6.0, abs=0.2)
    assert one.weaker_side is None
    assert one.path_agreement is not None
    assert one.path_agreement > 0.99


@pytest.mark.parametrize(
    "exercise", ["brow_lift", "eye_close_gentle", "smile_open", "snarl", "ee_lowerlip"]
)
def test_half_a_movement_is_half_whichever_side(exercise):
    (right_weak,) = scored(exercise, even, half)
    (left_weak,) = scored(exercise, half, even)
    for one in (right_weak, left_weak):
        assert one.symmetry == pytest.approx(0.5, abs=0.05)
        assert one.symmetry_interval is not None
        assert one.symmetry_interval.low < 0.5 < one.symmetry_interval.high
    assert right_weak.weaker_side in ("right", None)
    assert left_weak.weaker_side in ("left", None)
    assert left_weak.score == pytest.approx(right_weak.score, abs=3)


def test_a_still_side_has_no_number_and_a_bound():
    (one,) = scored("brow_lift", even, still)
    assert one.measurable
    assert one.right.excursion_mm is None
    assert one.right.onset_s is None
    assert one.right.peak_speed_mm_s is None
    assert one.symmetry is None
    assert one.score is None
    assert one.symmetry_interval is not None
    assert one.symmetry_interval.low == 0.0
    assert one.symmetry_interval.high < 0.3
    assert one.weaker_side == "right"
    assert "right side" in one.reasons[0]


def test_noise_alone_gets_no_score():
    (one,) = scored("smile_open", still, still, noise_mm=0.12)
    assert not one.measurable
    assert one.score is None
    assert "No movement" in one.reasons[0]


def test_size_earns_nothing():
    (small,) = scored("smile_open", half, half)
    (large,) = scored("smile_open", lambda t: 12 * bump(t, 2.0), lambda t: 12 * bump(t, 2.0))
    assert small.score == pytest.approx(large.score, abs=2)


def test_a_narrowing_eye_costs_and_is_named():
    (calm,) = scored("ee_lowerlip", even, even)
    (narrow,) = scored("ee_lowerlip", even, even, eyes=lambda t: (0.0, 0.3 * bump(t, 2.0)))
    by_side = {quiet.side: quiet for quiet in narrow.quiet if quiet.region == "eye"}
    assert by_side["right"].change == pytest.approx(0.3, abs=0.02)
    assert by_side["right"].flag == "marked"
    assert by_side["left"].flag == "none"
    assert calm.score is not None
    assert narrow.score is not None
    assert narrow.score < calm.score - 10


def test_both_eyes_narrowing_in_a_smile_is_how_people_smile():
    (one,) = scored("smile_open", even, even, eyes=lambda t: (0.25 * bump(t, 2.0),) * 2)
    assert {quiet.flag for quiet in one.quiet} == {"none"}


def test_a_rush_costs_a_little():
    (slow,) = scored("smile_open", even, even)
    quick = lambda t: 6 * bump(t, 2.0, 0.25, 2.0, 0.25)  # noqa: E731
    (rushed,) = scored("smile_open", quick, quick)
    assert slow.score is not None
    assert rushed.score is not None
    assert 2 < slow.score - rushed.score < 10.5


def test_a_side_that_starts_later_is_timed():
    late = lambda t: 6 * bump(t, 2.3, 1.0, 1.7, 1.0)  # noqa: E731
    (one,) = scored("smile_open", even, late)
    assert one.onset_lag_s == pytest.approx(0.3, abs=0.08)


@pytest.mark.parametrize("problem", ["no_face", "head_turned", "too_dark", "too_far"])
def test_unmeasured_frames_refuse_with_their_own_reason(problem):
    (one,) = scored("smile_open", even, even, problem=lambda t: problem if t > 1.2 else None)
    assert not one.measurable
    assert one.reasons == (REASONS[problem],)
    assert one.left.excursion_mm is None
    assert one.symmetry_interval is None


def test_without_a_rest_nothing_is_measured():
    (one,) = scored("smile_open", even, even, rest=None, problem=lambda t: "no_rest")
    assert not one.measurable
    assert one.reasons == (REASONS["no_rest"],)


def test_a_head_that_turned_with_the_movement_refuses():
    (one,) = scored(
        "smile_open", even, even, pose=lambda t: HeadPose(12.0 * bump(t, 2.0), 0.0, 0.0)
    )
    assert not one.measurable
    assert "turned by 12 degrees" in one.reasons[0]
    (one,) = scored("smile_open", even, even, pose=lambda t: HeadPose(8.0, 0.0, 0.0))
    assert one.measurable


def test_rest_scan_asks_for_no_movement_and_counts_none():
    signals = record("smile_open", even, even)
    exercise = library.exercises()["rest_scan"]
    assert score_asked(signals, REST, exercise, Asked("rest_scan", 0.0, 6.0)) == []


def test_several_repetitions_in_one_stretch_are_numbered_on():
    course = lambda t: 6 * (bump(t, 2.0) + bump(t, 8.0))  # noqa: E731
    signals = record("smile_open", course, course, length_s=14)
    exercise = library.exercises()["smile_open"]
    scores = score_asked(signals, REST, exercise, Asked("smile_open", 1.0, 13.0), first_index=4)
    assert [one.index for one in scores] == [4, 5]


@settings(max_examples=30, deadline=None)
@given(left=st.floats(0.0, 12.0), right=st.floats(0.0, 12.0), noise=st.floats(0.01, 0.12))
def test_swapping_the_sides_swaps_the_result(left, right, noise):
    a = scored("brow_lift", lambda t: left * bump(t, 2.0), lambda t: right * bump(t, 2.0))
    b = scored("brow_lift", lambda t: right * bump(t, 2.0), lambda t: left * bump(t, 2.0))
    assert [one.measurable for one in a] == [one.measurable for one in b]
    for one, other in zip(a, b, strict=True):
        if one.symmetry is not None and other.symmetry is not None:
            assert one.symmetry == pytest.approx(other.symmetry, abs=0.12)
        if one.score is not None:
            assert 0.0 <= one.score <= 100.0


def test_a_stretch_after_the_end_says_so():
    signals = record("smile_open", even, even)
    exercise = library.exercises()["smile_open"]
    (one,) = score_asked(signals, REST, exercise, Asked("smile_open", 20.0, 25.0))
    assert one.reasons == ("The recording ends before this.",)


def test_without_a_rest_the_cause_is_named():
    (one,) = scored("smile_open", even, even, rest=None, problem=lambda t: "no_face")
    assert one.reasons == (REASONS["no_face"],)


def test_a_movement_cut_off_on_its_way_is_not_taken_for_its_size():
    (one,) = scored("smile_open", lambda t: 6 * bump(t, 2.0, 2.0), still, length_s=3.4)
    assert not one.measurable
    assert one.reasons == ("The recording ends before the movement was let go.",)


def test_a_long_hold_counts_though_the_end_is_missing():
    (one,) = scored("brow_lift", even, half, length_s=4.8)
    assert one.measurable
    assert one.left.excursion_mm == pytest.approx(6.0, abs=0.2)


def test_a_movement_between_two_stretches_is_counted_once():
    """The second movement begins early, 0.9 s before it is asked for."""
    course = lambda t: 6 * (bump(t, 2.0) + bump(t, 7.1))  # noqa: E731
    signals = record("smile_open", course, course, length_s=14)
    exercise = library.exercises()["smile_open"]
    first, second = Asked("smile_open", 2.0, 7.0), Asked("smile_open", 8.0, 12.0)
    one = score_asked(signals, REST, exercise, first, not_after_s=second.start_s)
    two = score_asked(signals, REST, exercise, second, not_before_s=first.end_s)
    assert [rep.measurable for rep in one] == [True]
    assert [rep.measurable for rep in two] == [True]
    assert one[0].end_s < two[0].start_s + 0.1


def blink(t, at_s):
    return 1.0 - min(1.0, abs(t - at_s - 0.15) / 0.2) if at_s - 0.05 < t < at_s + 0.35 else 0.0


def narrowing(one):
    return [quiet.change for quiet in one.quiet if quiet.region == "eye"]


@pytest.mark.parametrize("moments", [(1.1, 1.5), (3.2, 3.6, 4.0, 4.4)])
def test_blinks_before_and_in_a_hold_change_nothing(moments):
    eyes = lambda t: (0.0, 0.2 * bump(t, 2.0))  # noqa: E731
    with_blinks = lambda t: tuple(  # noqa: E731
        1.0 - (1.0 - lost) * (1.0 - max(blink(t, at) for at in moments)) for lost in eyes(t)
    )
    (calm,) = scored("ee_lowerlip", even, even, eyes=eyes)
    (blinking,) = scored("ee_lowerlip", even, even, eyes=with_blinks)
    assert narrowing(blinking) == pytest.approx(narrowing(calm), abs=0.01)
    assert [one.flag for one in blinking.quiet] == [one.flag for one in calm.quiet]


def test_a_blink_before_an_eye_closure_is_no_baseline():
    shut = lambda t: 6 * bump(t, 1.1) + 9 * blink(t, 0.6)  # noqa: E731
    (one,) = scored("eye_close_gentle", shut, shut)
    assert one.left.excursion_mm == pytest.approx(6.0, abs=0.3)


def hidden(start_s, end_s):
    return {"hidden": lambda t: start_s < t < end_s}


def test_a_side_that_was_never_seen_refuses_with_a_reason():
    for exercise in ("smile_open", "brow_lift", "pucker"):
        (one,) = scored(exercise, even, even, **hidden(0.0, 9.0))
        assert not one.measurable
        assert one.reasons == (SENTENCES["hidden"],)
        assert one.left.excursion_mm is None
        assert one.score is None


@pytest.mark.parametrize("problem", [None, "no_face"])
@pytest.mark.parametrize("start_s", [2.6, 3.05, 3.2])
def test_a_hold_that_was_mostly_unseen_refuses_with_a_reason(start_s, problem):
    end_s = 8.0 - start_s
    how = hidden(start_s, end_s)
    if problem is not None:
        how = {"problem": lambda t: problem if start_s < t < end_s else None}
    (one,) = scored("smile_open", even, even, **how)
    assert not one.measurable
    assert one.reasons == (REASONS[problem] if problem else SENTENCES["hidden"],)


def test_hair_that_passes_over_a_side_for_a_moment_changes_nothing():
    (clear,) = scored("smile_open", even, half)
    (passed,) = scored("smile_open", even, half, **hidden(3.5, 3.9))
    assert passed.symmetry == pytest.approx(clear.symmetry, abs=0.02)
    assert passed.left.excursion_mm == pytest.approx(clear.left.excursion_mm, abs=0.1)


def test_a_movement_lost_from_sight_on_its_way_is_not_taken_for_its_size():
    slow = lambda t: 6 * bump(t, 2.0, 2.0)  # noqa: E731
    (one,) = scored("smile_open", slow, slow, **hidden(3.4, 6.9))
    assert not one.measurable
    assert one.reasons == (SENTENCES["hidden"],)


def test_skin_hidden_where_nothing_is_asked_of_it_does_not_matter():
    (one,) = scored("eye_close_gentle", even, half, **hidden(0.0, 9.0))
    assert one.measurable
    assert one.symmetry == pytest.approx(0.5, abs=0.05)


def test_a_quiet_region_that_could_not_be_seen_is_not_judged():
    (one,) = scored("eye_close_gentle", even, even, **hidden(0.0, 9.0))
    skin = [quiet for quiet in one.quiet if quiet.region != "eye"]
    assert skin
    for quiet in skin:
        if quiet.side == "right":
            assert quiet.change is quiet.flag is quiet.interval is None
        else:
            assert quiet.flag == "none"
    (clear,) = scored("eye_close_gentle", even, even)
    assert one.score == pytest.approx(clear.score, abs=1.0)


# The marks


def marks(exercise, left, right=None, **more):
    (one,) = scored(exercise, left, right or left, **more)
    return one


def test_a_hold_that_wavers_has_fewer_marks_for_steadiness_only():
    steady = marks("smile_open", even)
    wavering = marks(
        "smile_open", lambda t: even(t) * (1.0 + 0.12 * np.sin(2 * np.pi * 1.5 * t)) if t < 9 else 0
    )
    assert steady.marks["steadiness"] == 1.0
    assert wavering.marks["steadiness"] < 0.9
    assert wavering.marks["evenness"] == pytest.approx(steady.marks["evenness"], abs=0.03)
    assert wavering.score < steady.score


def test_a_face_that_keeps_some_of_its_movement_has_fewer_marks_for_rest():
    kept = lambda t: even(t) + 2.0 * bump(t, 2.0, 1.0, 99.0, 1.0)  # noqa: E731
    back, half_back = marks("smile_open", even), marks("smile_open", kept)
    assert back.returned == 1.0
    assert back.marks["rest"] == 1.0
    assert half_back.returned == pytest.approx(0.75, abs=0.05)
    assert half_back.marks["rest"] == pytest.approx(0.625, abs=0.13)
    assert half_back.score < back.score


def test_where_no_rest_was_seen_afterwards_the_other_marks_carry_the_score():
    cut = marks("brow_lift", even, length_s=4.8)
    assert cut.returned is None
    assert cut.marks["rest"] is None
    assert cut.score > 95


def test_where_calm_is_the_aim_it_weighs_more():
    narrowing = {"eyes": lambda t: (0.0, 0.3 * bump(t, 2.0))}
    plain = marks("smile_open", even, **narrowing)
    aim = marks("smile_eye_open", even, **narrowing)
    assert plain.marks["calm"] == aim.marks["calm"] == 0.25
    assert aim.score < plain.score - 10


def test_full_marks_for_evenness_begin_where_healthy_people_are():
    assert marks("smile_open", even, lambda t: 0.92 * even(t)).marks["evenness"] == pytest.approx(
        1.0, abs=0.02
    )
    assert marks("smile_open", even, lambda t: 0.7 * even(t)).marks["evenness"] < 0.85


def test_what_is_measured_with_low_confidence_has_marks_and_no_score():
    one = marks("blink_slow", even)
    assert one.symmetry is not None
    assert one.marks["evenness"] is not None
    assert one.score is None
    assert "low confidence" in one.reasons[0]


def test_how_it_was_done_is_told_beside_the_score():
    rushed = marks("smile_open", lambda t: 9 * bump(t, 2.0, 0.3, 2.0, 1.0))
    assert rushed.manner == ("too_fast", "too_big")
    assert marks("smile_open", lambda t: 6 * bump(t, 2.0, 2.0, 2.0, 1.0)).manner == ()
