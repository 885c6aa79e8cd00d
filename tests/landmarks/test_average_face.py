"""The table of the average face: even, whole, and read from skin that can be followed."""

import numpy as np
import pytest

from landmarks.average_face import (
    LEAST_STILL,
    MIDDLE_OF_LIPS,
    STILL_MM,
    SURFACE,
    average_face,
    other_side,
)
from landmarks.mesh import LIPS_OUTER, MIRROR, OUTER_CANTHI, RIGHT_LIDS, mirrored
from landmarks.movement import PATHS

FACE = average_face()
each_movement = pytest.mark.parametrize("path", PATHS, ids="-".join)


def test_the_face_is_its_own_mirror_image():
    turned = FACE.points_mm[MIRROR[:SURFACE]] * np.array([-1.0, 1.0, 1.0])
    np.testing.assert_allclose(turned, FACE.points_mm, atol=1e-9)


def test_left_is_positive_up_is_positive_and_the_nose_is_in_front():
    right, left = OUTER_CANTHI
    assert FACE.points_mm[left, 0] > 30.0
    np.testing.assert_allclose(FACE.points_mm[[right, left]].mean(axis=0), 0.0, atol=1e-9)
    forehead, nose, chin = FACE.points_mm[[10, 1, 152]]
    assert forehead[1] > 40.0 > nose[1] > -60.0 > chin[1]
    assert nose[2] > forehead[2] and nose[2] > chin[2]


def test_fields_come_in_pairs_of_the_same_movement_on_either_side():
    for k in range(0, FACE.fields_mm.shape[2], 2):
        left, right = FACE.fields_mm[:, :, k], FACE.fields_mm[:, :, k + 1]
        np.testing.assert_allclose(other_side(left), right)
        on_the_left = FACE.points_mm[:, 0] > 5.0
        carried = np.linalg.norm(left, axis=1)
        assert carried[on_the_left].sum() > 3 * carried[FACE.points_mm[:, 0] < -5.0].sum()


def test_the_other_sides_other_side_is_the_first():
    field = np.random.default_rng(0).normal(size=(SURFACE, 3))
    np.testing.assert_array_equal(other_side(other_side(field)), field)


def test_the_body_is_even_and_leaves_out_what_cannot_be_followed():
    body = set(FACE.body_points.tolist())
    assert set(MIRROR[FACE.body_points].tolist()) == body
    lids = {point for pair in RIGHT_LIDS for point in (*pair, *mirrored(pair))}
    assert not body & lids
    assert not body & set(MIDDLE_OF_LIPS)
    assert not body & {132, 234, 361, 454}  # beside the ears: the edge of what is seen
    assert len(body) > 200


def test_the_middle_of_the_lips_is_even_and_stops_short_of_the_corners():
    assert set(mirrored(MIDDLE_OF_LIPS)) == set(MIDDLE_OF_LIPS)
    assert not {61, 291} & set(MIDDLE_OF_LIPS)
    assert len(set(LIPS_OUTER) - set(MIDDLE_OF_LIPS)) < 8


def test_every_known_path_is_in_the_table_and_no_other():
    assert set(FACE.movements) == set(PATHS)


@each_movement
def test_a_movement_is_read_from_skin_of_the_left(path):
    known = FACE.movements[path]
    assert len(known.left_points) >= 10
    assert (FACE.points_mm[known.left_points, 0] > 5.0).all()
    assert set(known.left_points) <= set(FACE.body_points)


@each_movement
def test_what_is_read_is_carried_mostly_by_its_own_side(path):
    known = FACE.movements[path]
    own, other = (np.linalg.norm(way, axis=1) for way in (known.own_mm, known.other_mm))
    assert (own >= 2.0 * other).all()
    assert own.min() > 1.0


@each_movement
def test_still_landmarks_are_even_and_still_and_enough_or_none(path):
    known = FACE.movements[path]
    still = known.still_points
    assert len(still) == 0 or len(still) >= LEAST_STILL
    assert set(MIRROR[still]) == set(still)
    assert not set(still) & (set(known.left_points) | set(MIRROR[known.left_points]))


@each_movement
def test_a_full_movement_is_worth_some_millimetres_and_the_other_side_gives_less(path):
    own, other = FACE.movements[path].mixing
    assert 3.0 < own < 15.0
    assert -0.1 <= other < own / 2


@pytest.mark.parametrize(
    ("path", "way"),
    [
        (("brow", "up"), (0, 1, 0)),
        (("ala", "up"), (0, 1, 0)),
        (("mouth_corner", "out_up"), (1, 1, 0)),
        (("mouth_corner", "in"), (-0.5, 0, 0.9)),
        (("lower_lip", "down"), (0, -1, 0)),
    ],
)
def test_each_movement_goes_the_way_its_name_says(path, way):
    mean = FACE.movements[path].own_mm.mean(axis=0)
    assert mean @ np.array(way) > 0.5 * np.linalg.norm(mean)


def test_a_pucker_comes_towards_the_camera():
    assert FACE.movements["mouth_corner", "in"].own_mm[:, 2].mean() > 1.0


@each_movement
def test_a_movement_leaves_its_still_landmarks_where_they_are(path):
    """Some field of the table carries the movement's landmarks as told, and the still ones not."""
    known = FACE.movements[path]
    fields = [FACE.fields_mm[:, :, k] for k in range(0, FACE.fields_mm.shape[2], 2)]
    (field,) = [one for one in fields if np.array_equal(one[known.left_points], known.own_mm)]
    np.testing.assert_array_equal(other_side(field)[known.left_points], known.other_mm)
    assert (np.linalg.norm(field[known.still_points], axis=1) < STILL_MM).all()
