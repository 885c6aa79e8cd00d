"""What a turn leaves behind is learned from swaying rest, and from nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from landmarks.movement import AT_REST, PATHS
from landmarks.turning import AT_REST_APERTURE, AT_REST_MM, LONGEST_STEP_S, TurningLeak

LEAVES_BEHIND = np.random.default_rng(1).uniform(-0.15, 0.15, (2, len(PATHS), 2))
"""Millimetres that a degree of yaw and of pitch leave behind, path by path and side by side."""

TURNED = np.array([3.0, -2.0])


def swaying(seconds=20.0, fps=30.0):
    """Times, and a head that sways by some two degrees, shape (n, 2)."""
    time_s = np.arange(round(seconds * fps)) / fps
    yaw = 2.0 * np.sin(2 * np.pi * 0.31 * time_s)
    pitch = 1.5 * np.sin(2 * np.pi * 0.23 * time_s + 1.0)
    return time_s, np.column_stack([yaw, pitch])


def left_behind(turn_deg):
    return np.tensordot(turn_deg, LEAVES_BEHIND, axes=1)


def reads(turn_deg, moved_mm=0.0, aperture=1.0):
    """What is read off a face that moved so far, its head turned: NaN where it is not seen."""
    return replace(
        AT_REST,
        along_mm=moved_mm + left_behind(turn_deg),
        aperture_ratio=aperture * np.ones(2),
    )


def watch(leak, times_s, turns_deg, noise_mm=0.0, **how):
    """Show a leak what is read while the head turns; the leak again."""
    rng = np.random.default_rng(7)
    for time_s, turn_deg in zip(times_s, turns_deg, strict=True):
        seen = reads(turn_deg, **how)
        noise = noise_mm * rng.normal(size=seen.along_mm.shape)
        leak.learn(time_s, replace(seen, along_mm=seen.along_mm + noise), turn_deg)
    return leak


def takes_off(leak, turn_deg=TURNED):
    """Millimetres that it takes off with the head turned so, shape (path, side)."""
    return AT_REST.along_mm - leak.corrected(AT_REST, turn_deg).along_mm


def off_mm(leak, turn_deg=TURNED):
    """Largest error of what it takes off."""
    return np.abs(takes_off(leak, turn_deg) - left_behind(turn_deg)).max()


@pytest.fixture
def taught():
    return watch(TurningLeak(), *swaying())


def one_path(moved_mm, row=3, side=1):
    moved = np.zeros((len(PATHS), 2))
    moved[row, side] = moved_mm
    return moved


NOT_REST = {
    "one corner moves": {"moved_mm": one_path(AT_REST_MM + 1.0)},
    "one corner moves the other way": {"moved_mm": one_path(-AT_REST_MM - 1.0)},
    "everything moves": {"moved_mm": 3.0},
    "blink": {"aperture": 0.1},
    "one eye narrows": {"aperture": np.array([1.0, AT_REST_APERTURE[0] - 0.05])},
    "one eye widens": {"aperture": np.array([AT_REST_APERTURE[1] + 0.05, 1.0])},
    "a path is not seen": {"moved_mm": one_path(np.nan)},
    "an eye is not seen": {"aperture": np.array([np.nan, 1.0])},
}

not_rest = pytest.mark.parametrize("how", NOT_REST.values(), ids=NOT_REST.keys())


def test_before_anything_was_seen_nothing_is_taken_off():
    assert not takes_off(TurningLeak()).any()


def test_a_single_frame_teaches_nothing():
    assert not takes_off(watch(TurningLeak(), [0.0], [TURNED])).any()


def test_what_swaying_rest_shows_is_taken_off(taught):
    assert np.abs(left_behind(TURNED)).max() > 0.4
    assert off_mm(taught) < 0.03


def test_noise_blurs_it_and_no_more():
    # 20 s are 67 readings that count; .2 mm of noise over 1.2 degrees of sway leave .02 a degree.
    assert off_mm(watch(TurningLeak(), *swaying(), noise_mm=0.2)) < 0.15


def test_a_rest_that_does_not_read_zero_is_not_taken_for_a_turn():
    leak = watch(TurningLeak(), *swaying(), moved_mm=0.3)
    assert off_mm(leak) < 0.03
    assert not takes_off(leak, np.zeros(2)).any()


def test_a_head_that_keeps_still_teaches_next_to_nothing():
    times_s, turns_deg = swaying()
    leak = watch(TurningLeak(), times_s, 0.05 * turns_deg, noise_mm=0.2)
    assert np.abs(takes_off(leak, np.array([1.0, 0.0]))).max() < 0.05
    assert np.abs(takes_off(leak, np.array([0.0, 1.0]))).max() < 0.05


@not_rest
def test_what_is_not_rest_teaches_nothing(how):
    assert not takes_off(watch(TurningLeak(), *swaying(5.0), **how)).any()


@not_rest
def test_what_is_not_rest_unteaches_nothing(taught, how):
    before = takes_off(taught)
    times_s, turns_deg = swaying(5.0)
    watch(taught, 20.0 + times_s, turns_deg, **how)
    np.testing.assert_array_equal(takes_off(taught), before)


def test_a_turn_that_was_learned_is_not_taken_for_a_movement():
    """Far turns read like a movement; once the near ones are known they are rest, and teach."""
    times_s, turns_deg = swaying(10.0)
    far_deg = np.array(
        [one for one in 4.0 * turns_deg if np.abs(left_behind(one)).max() > AT_REST_MM]
    )
    assert len(far_deg) > 60
    assert not takes_off(watch(TurningLeak(), times_s[: len(far_deg)], far_deg)).any()
    learner = watch(TurningLeak(), times_s, turns_deg)
    before = off_mm(learner)
    watch(learner, 10.0 + times_s[: len(far_deg)], far_deg)
    assert off_mm(learner) < 0.5 * before


def test_a_movement_is_left_over_whole(taught):
    moved_mm = one_path(6.0)
    left_over = taught.corrected(reads(TURNED, moved_mm), TURNED).along_mm
    np.testing.assert_allclose(left_over, moved_mm, atol=0.03)


def test_what_is_not_seen_stays_unknown(taught):
    left_over = taught.corrected(reads(TURNED, one_path(np.nan)), TURNED).along_mm
    np.testing.assert_array_equal(np.isnan(left_over), np.isnan(one_path(np.nan)))


def test_only_the_known_paths_are_corrected(taught):
    seen = reads(TURNED, aperture=0.7)
    corrected = taught.corrected(seen, TURNED)
    for name in ("displacement_mm", "spread_mm", "aperture_ratio", "aperture_lost_mm"):
        assert getattr(corrected, name) is getattr(seen, name)


def test_correcting_teaches_nothing_and_keeps_what_it_was_given(taught):
    before, seen = takes_off(taught), reads(TURNED)
    for turn_deg in swaying(1.0)[1]:
        taught.corrected(seen, turn_deg)
    np.testing.assert_array_equal(takes_off(taught), before)
    np.testing.assert_array_equal(seen.along_mm, reads(TURNED).along_mm)


def test_what_comes_later_changes_no_earlier_correction():
    times_s, turns_deg = swaying(6.0)

    def corrections(count, later_mm):
        leak, found = TurningLeak(), []
        for k in range(count):
            watch(leak, times_s[k : k + 1], turns_deg[k : k + 1], moved_mm=later_mm * (k > 90))
            found.append(takes_off(leak))
        return np.array(found)

    whole = corrections(180, 0.0)
    np.testing.assert_array_equal(corrections(91, 0.0), whole[:91])
    np.testing.assert_array_equal(corrections(180, 0.4)[:91], whole[:91])
    assert np.abs(corrections(180, 0.4) - whole)[91:].max() > 0.01


def test_a_new_rest_keeps_what_was_learned(taught):
    before = takes_off(taught)
    taught.begin()
    np.testing.assert_array_equal(takes_off(taught), before)
    assert before.any()


def renewed(leak):
    """Watch a rest with another zero, by half a millimetre, the head turned elsewhere."""
    times_s, turns_deg = swaying(20.0)
    return watch(leak, 20.0 + times_s, turns_deg + np.array([3.0, 0.0]), moved_mm=0.5)


def test_a_new_rest_forgets_the_zero_of_the_one_before(taught):
    """Otherwise the step from one zero to the other would pass for what the turn left behind."""
    unaware = off_mm(renewed(watch(TurningLeak(), *swaying())))
    taught.begin()
    assert off_mm(renewed(taught)) < 0.03
    assert unaware > 0.1


def test_two_rests_teach_more_than_one():
    times_s, turns_deg = swaying(8.0)
    leak = watch(TurningLeak(), times_s, turns_deg)
    once = off_mm(leak)
    leak.begin()
    assert off_mm(watch(leak, 8.0 + times_s, turns_deg)) < 0.7 * once


@pytest.mark.parametrize("fps", [12.0, 24.0, 60.0])
def test_it_learns_as_much_whatever_the_frame_rate(fps):
    """After two seconds little is known, and how little hangs on how much was counted."""
    little = takes_off(watch(TurningLeak(), *swaying(2.0)))
    assert np.abs(little - left_behind(TURNED)).max() > 0.05
    other = takes_off(watch(TurningLeak(), *swaying(2.0, fps)))
    np.testing.assert_allclose(other, little, atol=0.02)


def test_a_gap_counts_as_a_moment():
    """What was not watched is not known: frames a second apart count like a tenth apart."""
    _, turns_deg = swaying(20.0, 1.0)
    moments = np.arange(len(turns_deg))
    close = takes_off(watch(TurningLeak(), LONGEST_STEP_S * moments, turns_deg))
    np.testing.assert_allclose(
        takes_off(watch(TurningLeak(), 1.0 * moments, turns_deg)), close, atol=1e-12
    )


def test_a_mirrored_face_has_its_sides_exchanged():
    straight, mirrored = TurningLeak(), TurningLeak()
    other_way = np.array([-1.0, 1.0])
    for time_s, turn_deg in zip(*swaying(), strict=True):
        seen = reads(turn_deg)
        straight.learn(time_s, seen, turn_deg)
        exchanged = replace(seen, along_mm=seen.along_mm[:, ::-1])
        mirrored.learn(time_s, exchanged, turn_deg * other_way)
    np.testing.assert_allclose(
        takes_off(mirrored, TURNED * other_way), takes_off(straight)[:, ::-1], atol=1e-12
    )


def test_two_people_share_nothing(taught):
    assert takes_off(taught).any()
    assert not takes_off(TurningLeak()).any()
