import numpy as np
import pytest
from faces import face

from landmarks.pose import face_axes, head_pose
from landmarks.regions import REGIONS
from landmarks.rest import LEAST_NOISE_MM, RestFinder
from landmarks.scale import Ruler

FPS = 30


def watch(finder, frames, start_s=0.0):
    for number, points in enumerate(frames):
        finder.see(start_s + number / FPS, points, head_pose(face_axes(points)))


def still(count, noise=0.15, seed=0):
    return [face(noise=noise, seed=seed + k) for k in range(count)]


def test_a_still_second_is_a_rest():
    finder = RestFinder()
    watch(finder, still(31))
    assert finder.rest is not None
    assert finder.rest.frames == 31
    assert finder.rest.start_s == 0.0
    assert finder.rest.end_s == pytest.approx(1.0)
    assert set(finder.rest.noise_mm) == set(REGIONS)
    assert all(
        LEAST_NOISE_MM <= noise < 0.5 for both in finder.rest.noise_mm.values() for noise in both
    )


def test_a_moment_is_not_enough():
    finder = RestFinder()
    watch(finder, still(10))
    assert finder.rest is None


def test_few_frames_a_second_are_not_enough_however_long():
    finder = RestFinder()
    for number, points in enumerate(still(5)):
        finder.see(number / 2, points, head_pose(face_axes(points)))
    assert finder.rest is None


def test_a_moving_mouth_is_no_rest():
    finder = RestFinder()
    watch(finder, [face({291: (k, 0.0), 61: (-k, 0.0)}, noise=0.1, seed=k) for k in range(60)])
    assert finder.rest is None


def test_a_blink_breaks_the_run_and_the_rest_comes_after_it():
    finder = RestFinder()
    blink = [face(closed=(c, c)) for c in (0.5, 1.0, 0.5)]
    watch(finder, [*still(10), *blink, *still(40, seed=50)])
    assert finder.rest is not None
    assert finder.rest.start_s >= 13 / FPS - 1e-9


def test_the_first_rest_stays():
    finder = RestFinder()
    watch(finder, still(20))
    first = finder.rest
    finder.interrupt()
    watch(finder, still(90, seed=99), start_s=5.0)
    assert finder.rest is first


def test_it_grows_to_two_seconds_and_no_further():
    finder = RestFinder()
    watch(finder, still(150))
    assert finder.rest is not None
    assert finder.rest.end_s - finder.rest.start_s == pytest.approx(2.0, abs=0.05)


def test_scale_belongs_to_the_reference_when_the_face_came_closer():
    finder = RestFinder()
    frames = [face(noise=0.05, seed=k) * (1 + 0.001 * k) for k in range(31)]
    watch(finder, frames)
    assert finder.rest is not None
    # The reference is the first frame's size, where the iris is 12 px across.
    assert finder.rest.mm_per_px == pytest.approx(11.7 / 12, rel=0.01)


def test_a_distance_between_the_pupils_takes_the_irises_place():
    by_iris, by_ipd = RestFinder(), RestFinder(Ruler(63.0))
    frames = still(31)
    for finder in (by_iris, by_ipd):
        watch(finder, frames)
        assert finder.rest is not None
    # The pupils are 60 px apart in the made-up face.
    assert by_ipd.rest.mm_per_px == pytest.approx(63 / 60, rel=0.01)
    assert by_ipd.rest.ruler.method == "ipd"
    assert by_iris.rest.ruler.method == "iris"
    larger = by_ipd.rest.mm_per_px / by_iris.rest.mm_per_px
    for region, sides in by_ipd.rest.noise_mm.items():
        assert sides == pytest.approx(
            [max(LEAST_NOISE_MM, larger * one) for one in by_iris.rest.noise_mm[region]], rel=0.05
        )


def test_shape_is_the_median_so_one_odd_frame_does_not_count():
    clean, odd = RestFinder(), RestFinder()
    frames = [face() for _ in range(31)]
    watch(clean, frames)
    frames[15] = face({291: (0.6, 0.0)})
    watch(odd, frames)
    assert clean.rest is not None
    assert odd.rest is not None
    np.testing.assert_allclose(odd.rest.shape.regions, clean.rest.shape.regions)


def test_closed_eyes_are_no_rest():
    finder = RestFinder()
    watch(finder, [face(closed=(1.0, 1.0), noise=0.1, seed=k) for k in range(60)])
    assert finder.rest is None


def test_one_closed_eye_may_be_how_a_person_rests():
    finder = RestFinder()
    watch(finder, [face(closed=(0.0, 1.0), noise=0.05, seed=k) for k in range(40)])
    assert finder.rest is not None
    assert np.isfinite(finder.rest.shape.apertures).all()
    assert finder.rest.shape.apertures[1] * finder.rest.mm_per_px == pytest.approx(2.0)


def test_a_rest_that_began_may_go_on_into_an_exercise_but_none_begins_there():
    finder = RestFinder()
    for number, points in enumerate(still(31)):
        pose = head_pose(face_axes(points))
        finder.see(number / FPS, points, pose, may_begin=number < 10)
    assert finder.rest is not None
    finder = RestFinder()
    for number, points in enumerate(still(31)):
        finder.see(number / FPS, points, head_pose(face_axes(points)), may_begin=False)
    assert finder.rest is None
