"""The head in space, before a camera that is known exactly."""

import numpy as np
import pytest
from heads import ALL_SURE, FACE, LENS, MM_PER_PX, full, resting_head, seen, turned
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from landmarks.average_face import SURFACE
from landmarks.head import Lens, Motion, RestingHead, lens_of, rotation, turned_to
from landmarks.mesh import MIRROR
from landmarks.movement import PATHS
from landmarks.patch import HELD

STILL = Motion(np.eye(3), np.zeros(3))
HEAD = resting_head()


def angle_deg(turn):
    return float(np.degrees(Rotation.from_matrix(turn).magnitude()))


def test_a_ray_through_the_pictures_middle_goes_straight_and_others_go_right_and_up():
    rays = LENS.ray(np.array([LENS.centre_px, (LENS.centre_px[0] + 960, LENS.centre_px[1] - 480)]))
    np.testing.assert_allclose(rays, [[0.0, 0.0], [1.0, 0.5]])


@pytest.mark.parametrize("shape", [(720, 960, 3), (960, 720, 3)])
def test_the_lens_is_as_long_as_the_pictures_longer_side_and_looks_at_its_middle(shape):
    lens = lens_of(np.zeros(shape, np.uint8))
    assert lens.focal_px == 960.0
    assert lens.centre_px == ((shape[1] - 1) / 2, (shape[0] - 1) / 2)


@given(right=st.floats(-0.8, 0.8), up=st.floats(-0.8, 0.8))
def test_turned_to_carries_the_cameras_axis_on_to_the_ray(right, up):
    turn = turned_to(np.array([right, up]))
    ray = np.array([right, up, -1.0])
    np.testing.assert_allclose(turn @ [0, 0, -1], ray / np.linalg.norm(ray), atol=1e-9)
    np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-9)


def test_rotation_is_about_its_vector_by_its_length():
    for vector in ([0.0, 0.0, 0.0], [0.3, -0.2, 0.9], [0.0, 1.5, 0.0]):
        expected = Rotation.from_rotvec(vector).as_matrix()
        np.testing.assert_allclose(rotation(np.array(vector)), expected, atol=1e-12)


def test_a_head_that_did_not_move_is_expected_where_it_was_seen():
    np.testing.assert_allclose(HEAD.expected_px(STILL), seen(), atol=1e-9)
    motion = HEAD.motion(seen(), ALL_SURE, np.eye(3))
    assert angle_deg(motion.turn) < 1e-3
    np.testing.assert_allclose(motion.shift_mm, 0.0, atol=1e-3)


def test_wherever_the_person_truly_is_rest_is_expected_where_it_was_seen():
    """Depth comes from the average face, width and height from what was seen."""
    odd = seen() + np.random.default_rng(1).normal(size=(SURFACE, 2)) * 5
    turn = turned(5, -4, 8)
    head = RestingHead(odd, turn, 0.3, Lens(700.0, (300.0, 200.0)))
    np.testing.assert_allclose(head.expected_px(STILL), odd, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    angles=st.tuples(*[st.floats(-7, 7)] * 3),
    shift=st.tuples(st.floats(-25, 25), st.floats(-25, 25), st.floats(-40, 40)),
)
def test_a_turn_and_a_shift_that_the_mesh_tells_too_are_found(angles, shift):
    turn = turned(*angles)
    now = seen(turn, shift)
    motion = HEAD.motion(now, ALL_SURE, turn)
    assert angle_deg(motion.turn @ turn.T) < 0.02
    np.testing.assert_allclose(motion.shift_mm, shift, atol=0.1)
    np.testing.assert_allclose(HEAD.expected_px(motion), now, atol=0.05)


@pytest.mark.parametrize("angles", [(2, 0, 0), (0, 3, 0), (-1.5, 2, 4), (4, -5, 0)])
def test_a_turn_that_the_mesh_does_not_see_is_found_for_the_most_part(angles):
    turn = turned(*angles)
    motion = HEAD.motion(seen(turn), ALL_SURE, np.eye(3))
    assert angle_deg(motion.turn @ turn.T) < 0.5 * angle_deg(turn)


@pytest.mark.parametrize("wrong", [(1.0, 0.0), (0.0, -1.0)])
def test_a_mesh_that_errs_is_corrected_by_the_skin(wrong):
    turn = turned(2.0, 3.0)
    motion = HEAD.motion(seen(turn), ALL_SURE, turned(2.0 + wrong[0], 3.0 + wrong[1]))
    assert angle_deg(motion.turn @ turn.T) < 0.6


@pytest.mark.parametrize("path", PATHS, ids="-".join)
@pytest.mark.parametrize("sides", [(1.0, 0.0), (0.3, 0.9), (0.8, 0.8)])
def test_a_movement_does_not_pass_for_head_motion(path, sides):
    moved = seen(moved_mm=full(path, *sides))
    motion = HEAD.motion(moved, ALL_SURE, np.eye(3))
    assert angle_deg(motion.turn) < 0.35
    off = np.abs(HEAD.expected_px(motion) - seen())[FACE.body_points]
    assert np.median(off) * MM_PER_PX < 0.25


def test_skin_that_is_not_trusted_does_not_move_the_head():
    now, trust = seen(), ALL_SURE.copy()
    covered = FACE.points_mm[:, 0] > 15.0
    now[covered] += [12.0, -5.0]
    trust[covered] = 0.0
    motion = HEAD.motion(now, trust, np.eye(3))
    np.testing.assert_allclose(HEAD.expected_px(motion), seen(), atol=0.1)


def test_fingers_over_a_cheek_hardly_move_the_head_though_they_are_trusted():
    now = seen()
    covered = (FACE.points_mm[:, 0] > 15.0) & (np.abs(FACE.points_mm[:, 1] + 45.0) < 25.0)
    now[covered] += [25.0, -15.0]
    motion = HEAD.motion(now, ALL_SURE, np.eye(3))
    free = FACE.body_points[FACE.points_mm[FACE.body_points, 0] < 0.0]
    assert np.abs(HEAD.expected_px(motion) - seen())[free].max() * MM_PER_PX < 0.4


BROW = FACE.movements["brow", "up"]


def test_settling_keeps_pitch_and_yaw_and_finds_shift_and_roll():
    turn, shift = turned(2.0, -3.0, 1.5), np.array([3.0, -2.0, 4.0])
    known = Motion(turned(2.0, -3.0, 0.0), np.zeros(3))
    settled = HEAD.settled(known, seen(turn, shift), ALL_SURE, BROW.still_points)
    since = Rotation.from_matrix(settled.turn @ known.turn.T).as_rotvec(degrees=True)
    np.testing.assert_allclose(since[:2], 0.0, atol=0.01)
    assert since[2] == pytest.approx(1.5, abs=0.1)
    np.testing.assert_allclose(settled.shift_mm, shift, atol=0.6)


def test_settling_is_not_misled_by_what_moves():
    moved = seen(moved_mm=full(("brow", "up"), 1.0, 0.2))
    settled = HEAD.settled(STILL, moved, ALL_SURE, BROW.still_points)
    still = BROW.still_points
    astray_px = np.linalg.norm(HEAD.expected_px(settled)[still] - seen()[still], axis=1)
    assert np.median(astray_px) < 0.3
    assert astray_px.max() < 0.05 * np.linalg.norm(moved - seen(), axis=1).max()


def test_without_still_landmarks_the_motion_is_kept():
    none = np.array([], dtype=np.intp)
    assert HEAD.settled(STILL, seen() + 9.0, ALL_SURE, none) is STILL


@pytest.mark.parametrize("angles", [(0, 0, 0), (3, -6, 10)])
def test_px_per_mm_is_what_a_small_movement_does(angles):
    motion = Motion(turned(*angles), np.array([5.0, -4.0, 20.0]))
    along = HEAD.px_per_mm(motion)
    assert along.shape == (SURFACE, 2, 3)
    before = seen(motion.turn, motion.shift_mm)
    for axis in range(3):
        small = 1e-4 * np.eye(3)[axis]
        tried = (seen(motion.turn, motion.shift_mm, small) - before) / 1e-4
        np.testing.assert_allclose(along[:, :, axis], tried, atol=1e-5)


def test_a_mirrored_picture_gives_the_mirrored_motion():
    turn, shift = turned(2.0, -3.0, 1.5), np.array([3.0, -2.0, 4.0])
    now = seen(turn, shift, full(("mouth_corner", "out_up"), 0.7, 0.2))
    motion = HEAD.motion(now, ALL_SURE, turned(1.5, -2.0, 1.0))
    flipped = now[MIRROR[:SURFACE]] * [-1.0, 1.0] + [2 * LENS.centre_px[0], 0.0]
    other = HEAD.motion(flipped, ALL_SURE, turned(1.5, 2.0, -1.0))
    flip = np.diag([-1.0, 1.0, 1.0])
    np.testing.assert_allclose(other.turn, flip @ motion.turn @ flip, atol=1e-6)
    np.testing.assert_allclose(other.shift_mm, flip @ motion.shift_mm, atol=1e-4)


@pytest.mark.parametrize("angles", [(0, 0, 0), (5, -8, 12)])
def test_what_was_seen_at_rest_lies_where_it_is_in_the_face(angles):
    """Millimetres come back exactly for a face that is as deep as the average one."""
    turn = turned(*angles)
    away = np.array([0.0, 0.0, -LENS.focal_px * MM_PER_PX])
    x, y, z = (FACE.points_mm @ turn.T + away).T
    px = np.column_stack([x, -y]) * (-LENS.focal_px / z)[:, None] + LENS.centre_px
    head = RestingHead(px, turn, MM_PER_PX, LENS)
    places = head.face_mm(px, np.arange(SURFACE))
    expected = FACE.points_mm - FACE.points_mm[HELD].mean(axis=0)
    np.testing.assert_allclose(places, expected, atol=1e-9)
    beside = head.face_mm(px[[61]], np.array([291]))  # as deep as the other corner of the mouth
    if angles == (0, 0, 0):
        np.testing.assert_allclose(beside, expected[[61]], atol=1e-9)
