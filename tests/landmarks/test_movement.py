from itertools import pairwise

import numpy as np
import pytest
from faces import REST, face
from heads import ALL_SURE, FACE, full, resting_head, seen, turned
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from landmarks.average_face import SURFACE
from landmarks.head import Motion
from landmarks.lids import mesh_aperture
from landmarks.mesh import MIRROR, SKIN_REGIONS
from landmarks.movement import (
    AT_REST,
    PATHS,
    Measure,
    Movement,
    median_movement,
    shape_of,
    skin_movement,
)
from landmarks.pose import face_axes, upright

REFERENCE = np.ascontiguousarray(upright(REST) @ face_axes(REST))
RESTING_SHAPE = shape_of(upright(REST), REFERENCE)
CORNER = SKIN_REGIONS.index("mouth_corner")
HEAD = resting_head()
STILL = Motion(np.eye(3), np.zeros(3))
each_path = pytest.mark.parametrize("path", PATHS, ids="-".join)


# The mesh: where, and the lids


def shape(points):
    return shape_of(upright(points), REFERENCE)


def test_sides_are_the_persons_own_and_out_is_away_from_the_midline():
    # 291, the left corner, lies on the right of the picture: +x is outwards, -y is up.
    off = shape(face({291: (4.0, -2.0)})).regions - RESTING_SHAPE.regions
    np.testing.assert_allclose(off[CORNER, 0], [4.0, 2.0], atol=0.1)
    np.testing.assert_allclose(off[CORNER, 1], 0.0, atol=1e-9)
    off = shape(face({61: (-4.0, -2.0)})).regions - RESTING_SHAPE.regions
    np.testing.assert_allclose(off[CORNER, 1], [4.0, 2.0], atol=0.1)
    np.testing.assert_allclose(off[CORNER, 0], 0.0, atol=1e-9)


@pytest.mark.parametrize("angles", [(0, 8, 0), (5, 0, 0), (0, 0, 20), (4, -6, 10)])
def test_a_mesh_that_turned_and_came_closer_has_the_same_shape(angles):
    smiling = face({291: (4.0, 0.0)})
    moved = 1.3 * Rotation.from_euler("xyz", angles, degrees=True).apply(smiling) + [50, -20, 9]
    np.testing.assert_allclose(shape(moved).regions, shape(smiling).regions, atol=1e-6)
    np.testing.assert_allclose(shape(moved).apertures, shape(smiling).apertures, atol=1e-6)


def test_the_axes_of_a_shape_turn_with_the_head_and_not_with_the_chin():
    turn = Rotation.from_euler("xyz", (0, 8, 3), degrees=True)
    middle = REST.mean(axis=0)
    since = shape(turn.apply(REST - middle) + middle).axes @ RESTING_SHAPE.axes.T
    flip = np.diag([1.0, -1.0, -1.0])
    np.testing.assert_allclose(since, flip @ turn.as_matrix() @ flip, atol=1e-9)
    chin = shape(face({152: (3.0, 20.0), 176: (0.0, 20.0)})).axes
    np.testing.assert_allclose(chin, RESTING_SHAPE.axes, atol=1e-9)


def ratio(closed):
    return mesh_aperture(shape(face(closed=closed)).apertures / RESTING_SHAPE.apertures)


def test_a_closed_eye_has_lost_its_aperture_and_the_other_has_not():
    np.testing.assert_allclose(ratio((0.0, 0.0)), 1.0)
    left, right = ratio((1.0, 0.0))
    assert left < 0.05
    assert right == pytest.approx(1.0)


def test_lid_curve_never_falls():
    ratios = [ratio((c, c))[0] for c in np.linspace(-0.3, 1.05, 60)]
    assert all(b <= a + 1e-12 for a, b in pairwise(ratios))
    assert min(ratios) >= 0.0
    assert ratios[0] > 1.0


# The skin: how far


def along(seen_px, motion=STILL, trust=ALL_SURE):
    return skin_movement(HEAD, motion, seen_px, trust)[1]


def true_mm(path, left, right):
    own, other = FACE.movements[path].mixing
    return np.array([own * left + other * right, own * right + other * left])


def test_a_resting_face_has_not_moved():
    for numbers in skin_movement(HEAD, STILL, seen(), ALL_SURE):
        np.testing.assert_allclose(numbers, 0.0, atol=1e-4)


@each_path
@settings(max_examples=10, deadline=None)
@given(left=st.floats(0, 1), right=st.floats(0, 1))
def test_each_side_reads_what_it_did_whatever_the_other_did(path, left, right):
    mm = along(seen(moved_mm=full(path, left, right)))[PATHS.index(path)]
    np.testing.assert_allclose(mm, true_mm(path, left, right), rtol=0.05, atol=0.3)


@each_path
@pytest.mark.parametrize("angles", [(0, 0, 0), (0, 4, 0), (-3, -3, 5)])
def test_a_head_that_turned_and_came_closer_changes_little(path, angles):
    turn, shift = turned(*angles), np.array([8.0, -5.0, 25.0])
    now = seen(turn, shift, full(path, 0.8, 0.3))
    motion = HEAD.motion(now, ALL_SURE, turn)
    mm = along(now, motion)[PATHS.index(path)]
    np.testing.assert_allclose(mm, true_mm(path, 0.8, 0.3), atol=0.5)


@each_path
def test_a_mirrored_face_gives_exchanged_numbers(path):
    now = seen(moved_mm=full(path, 0.9, 0.2))
    flipped = now[MIRROR[:SURFACE]] * [-1.0, 1.0] + [2 * 479.5, 0.0]
    for straight, mirrored in zip(
        skin_movement(HEAD, STILL, now, ALL_SURE),
        skin_movement(HEAD, STILL, flipped, ALL_SURE),
        strict=True,
    ):
        sides = straight[:, ::-1]
        np.testing.assert_allclose(mirrored, sides, atol=1e-6)


def test_displacement_is_out_and_up_for_either_side():
    field = np.zeros((SURFACE, 3))
    field[291], field[61] = (3.0, 2.0, 0.0), (-1.0, 0.5, 0.0)
    displacement, _, _ = skin_movement(HEAD, STILL, seen(moved_mm=field), ALL_SURE)
    np.testing.assert_allclose(displacement[CORNER], [[3.0, 2.0], [1.0, 0.5]], atol=0.05)
    others = np.delete(displacement, CORNER, axis=0)
    np.testing.assert_allclose(others, 0.0, atol=1e-6)


SMILE = ("mouth_corner", "out_up")
LEFT = FACE.points_mm[:, 0] > 0.0


def test_a_side_that_cannot_be_seen_is_not_a_number_and_the_other_is():
    trust = np.where(LEFT, 0.05, 1.0)
    row = PATHS.index(SMILE)
    displacement, mm, _ = skin_movement(HEAD, STILL, seen(moved_mm=full(SMILE, 0.5, 0.5)), trust)
    assert np.isnan(mm[row, 0])
    assert mm[row, 1] == pytest.approx(true_mm(SMILE, 0.5, 0.5)[1], abs=0.3)
    assert np.isnan(displacement[CORNER, 0]).all()
    assert np.isfinite(displacement[CORNER, 1]).all()


@each_path
def test_what_is_seen_in_place_of_a_hidden_side_does_not_move_the_other(path):
    now = seen()
    below = LEFT & (FACE.points_mm[:, 1] < -20.0) if path[0] != "brow" else LEFT
    now[below] += np.random.default_rng(1).normal(size=(int(below.sum()), 2)) * 4 + [9.0, -6.0]
    mm = along(now, trust=np.where(below, 0.1, 1.0))[PATHS.index(path)]
    assert np.isnan(mm[0])
    assert abs(mm[1]) < 0.5


def test_landmarks_that_disagree_spread():
    now = seen(moved_mm=full(SMILE, 0.5, 0.5))
    rough = now + np.where(LEFT[:, None], np.random.default_rng(2).normal(size=now.shape) * 2, 0.0)
    row = PATHS.index(SMILE)
    calm = skin_movement(HEAD, STILL, now, ALL_SURE)[2][row]
    left, right = skin_movement(HEAD, STILL, rough, ALL_SURE)[2][row]
    assert calm.max() < 0.2
    assert left > 0.5
    assert right < 0.3


# What is asked of it


@pytest.mark.parametrize(
    ("region", "direction"),
    [("eye", "up"), ("brow", "close"), ("mouth_corner", "close")],
)
def test_only_the_eye_closes(region, direction):
    with pytest.raises(ValueError, match="'close' belongs to the eye"):
        Measure(region, direction)


def some_movement(seed=3):
    rng = np.random.default_rng(seed)
    return Movement(
        rng.normal(size=(len(SKIN_REGIONS), 2, 2)),
        rng.normal(size=(len(PATHS), 2)),
        rng.uniform(size=(len(PATHS), 2)),
        rng.uniform(size=2),
        rng.normal(size=2),
    )


@each_path
def test_a_known_path_is_read_along_itself(path):
    moved = some_movement()
    row = PATHS.index(path)
    assert Measure(*path).path == row
    np.testing.assert_array_equal(Measure(*path).sides_mm(moved), moved.along_mm[row])


def test_the_eye_is_read_by_its_lids():
    moved = some_movement()
    assert Measure("eye", "close").path is None
    np.testing.assert_array_equal(Measure("eye", "close").sides_mm(moved), moved.aperture_lost_mm)


def test_an_unknown_path_is_read_in_the_plane_of_the_face():
    displacement = np.zeros((len(SKIN_REGIONS), 2, 2))
    displacement[SKIN_REGIONS.index("cheek")] = [[1.0, 2.0], [-0.5, -3.0]]
    still = AT_REST
    moved = Movement(
        displacement, still.along_mm, still.spread_mm, still.aperture_ratio, still.aperture_lost_mm
    )
    assert Measure("cheek", "up").path is None
    np.testing.assert_array_equal(Measure("cheek", "up").sides_mm(moved), [2.0, -3.0])
    np.testing.assert_array_equal(Measure("cheek", "in").sides_mm(moved), [-1.0, 0.5])
    np.testing.assert_array_equal(Measure("cheek", "down").sides_mm(moved), [-2.0, 3.0])


def test_no_movement_reads_as_none():
    for path in (*PATHS, ("eye", "close"), ("chin", "up")):
        np.testing.assert_array_equal(Measure(*path).sides_mm(AT_REST), 0.0)
    np.testing.assert_array_equal(AT_REST.aperture_ratio, 1.0)


def test_a_median_is_taken_number_by_number_of_what_was_seen():
    moves = [some_movement(seed) for seed in range(5)]
    moves[0].along_mm[2, 1] = np.nan
    median = median_movement(moves)
    assert median.along_mm[2, 1] == np.median([one.along_mm[2, 1] for one in moves[1:]])
    assert median.along_mm[2, 0] == np.median([one.along_mm[2, 0] for one in moves])
    for one in moves:
        one.spread_mm[0, 0] = np.nan
    assert np.isnan(median_movement(moves).spread_mm[0, 0])
