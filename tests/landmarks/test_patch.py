"""The face patch: where it lies, which way it stands, and that it undoes a similarity."""

import cv2
import numpy as np
import pytest
from faces import REST, face
from hypothesis import given
from hypothesis import strategies as st

from landmarks.mesh import FOREHEAD_AND_CHIN, OUTER_CANTHI
from landmarks.patch import CANTHI_SHARE, HELD, PATCH_PX, Warp, first_warp, warp_onto

CANTHI_IN_PATCH = PATCH_PX / CANTHI_SHARE


def similar(points, scale=1.0, roll_deg=0.0, shift=(0.0, 0.0)):
    """Points of a picture that was turned, enlarged and shifted."""
    c, s = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    moved = points.copy()
    moved[:, :2] = scale * points[:, :2] @ np.array([[c, -s], [s, c]]).T + shift
    return moved


def test_the_face_stands_upright_in_the_middle_at_its_size():
    points = similar(REST, 1.7, 25.0, (30.0, -80.0))
    there = first_warp(points).to_patch(points[:, :2])
    right, left = there[list(OUTER_CANTHI)]
    np.testing.assert_allclose(left - right, [CANTHI_IN_PATCH, 0.0], atol=1e-9)
    top, bottom = there[list(FOREHEAD_AND_CHIN)]
    np.testing.assert_allclose((top + bottom) / 2, (PATCH_PX - 1) / 2)
    assert top[1] < bottom[1]


def test_the_whole_face_is_in_the_patch():
    there = first_warp(REST).to_patch(REST[[10, 152, 61, 291, 33, 263], :2])
    assert ((there > 0) & (there < PATCH_PX)).all()


@given(
    scale=st.floats(0.3, 3.0),
    roll=st.floats(-60, 60),
    shift=st.tuples(st.floats(-300, 300), st.floats(-300, 300)),
)
def test_there_and_back_is_the_same_place_and_a_similarity_is_undone(scale, roll, shift):
    points = similar(REST, scale, roll, shift)
    held = first_warp(REST).to_patch(REST[HELD, :2])
    warp = warp_onto(points, held)
    there = warp.to_patch(points[:, :2])
    np.testing.assert_allclose(warp.to_picture(there), points[:, :2], atol=1e-6)
    np.testing.assert_allclose(there, first_warp(REST).to_patch(REST[:, :2]), atol=1e-6)


def test_a_moving_mouth_does_not_move_the_patch():
    held = first_warp(REST).to_patch(REST[HELD, :2])
    smiling = face({61: (-9.0, -6.0), 291: (9.0, -6.0), 13: (0.0, -5.0)})
    np.testing.assert_array_equal(warp_onto(smiling, held).matrix, warp_onto(REST, held).matrix)


@pytest.mark.parametrize(("scale", "roll"), [(1.0, 0.0), (1.2, 0.0), (0.9, 15.0)])
def test_the_cut_patch_shows_the_face_the_same_however_it_lies_in_the_picture(scale, roll):
    image = np.zeros((480, 640, 3), np.uint8)
    for point in REST[[33, 263, 61, 291, 10, 152], :2]:
        cv2.circle(image, tuple(int(v) for v in point.round()), 9, (255, 255, 255), -1)
    image = cv2.GaussianBlur(image, (0, 0), 3)
    c, s = scale * np.cos(np.radians(roll)), scale * np.sin(np.radians(roll))
    shift = np.array([320.0, 240.0]) - np.array([[c, -s], [s, c]]) @ [320.0, 240.0]
    turned = cv2.warpAffine(image, np.array([[c, -s, shift[0]], [s, c, shift[1]]]), (640, 480))
    held = first_warp(REST).to_patch(REST[HELD, :2])
    straight = warp_onto(REST, held).cut(image)
    there = warp_onto(similar(REST, scale, roll, shift), held).cut(turned)
    assert straight.shape == (PATCH_PX, PATCH_PX)
    assert straight.dtype == np.uint8
    assert straight.max() > 150
    assert np.abs(straight.astype(float) - there).max() < 12.0


def test_beyond_the_picture_its_edge_goes_on():
    image = np.full((100, 100, 3), 77, np.uint8)
    far = Warp(np.array([[1.0, 0.0, 500.0], [0.0, 1.0, 500.0]]))
    assert (far.cut(image) == 77).all()
