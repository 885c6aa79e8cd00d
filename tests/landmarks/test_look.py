"""What one frame shows of a face does not hang on where and how the face lies in the picture."""

import cv2
import numpy as np
import pytest
from faces import REST, face, picture
from hypothesis import given, settings
from hypothesis import strategies as st

from landmarks.look import Anchor, eyes_ray, look_at
from landmarks.mesh import MIRROR, OUTER_CANTHI, POINTS, SKIN_REGIONS, STEADY
from landmarks.patch import HELD, PATCH_PX
from landmarks.pose import face_axes, upright

SKIN = picture()
HEIGHT, WIDTH = SKIN.shape[:2]
ANCHOR = Anchor.at(REST)
RESTING = look_at(SKIN, REST, ANCHOR)
CORNER = SKIN_REGIONS.index("mouth_corner")
EXCHANGED = np.array([-1.0, 1.0])
MIRRORED_HELD = [HELD.tolist().index(MIRROR[point]) for point in HELD]


def similar(points, scale=1.0, roll_deg=0.0, shift=(0.0, 0.0)):
    """A mesh turned and enlarged about the picture's middle, and shifted; its depth goes along."""
    c, s = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    middle = np.array([(WIDTH - 1) / 2, (HEIGHT - 1) / 2, 0.0])
    return scale * (points - middle) @ turn.T + middle + [*shift, 0.0]


def similar_picture(image, scale=1.0, roll_deg=0.0, shift=(0.0, 0.0)):
    """The picture that goes with the mesh."""
    c, s = scale * np.cos(np.radians(roll_deg)), scale * np.sin(np.radians(roll_deg))
    turn, middle = np.array([[c, -s], [s, c]]), np.array([(WIDTH - 1) / 2, (HEIGHT - 1) / 2])
    matrix = np.column_stack([turn, middle + shift - turn @ middle])
    return cv2.warpAffine(
        image, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )


def shifted(right_px, down_px):
    """The resting mesh at another place in the picture."""
    return REST + np.array([right_px, down_px, 0.0])


def mirror_image(points):
    """The mesh that a mirrored picture has: sides exchanged, and counted from the other edge."""
    return points[MIRROR] * [-1.0, 1.0, 1.0] + [WIDTH - 1.0, 0.0, 0.0]


def moved():
    """A face whose left mouth corner and right brow moved, and whose left eye is half closed."""
    return face({291: (5.0, -3.0), 105: (0.0, -4.0)}, closed=(0.5, 0.0))


def turned(yaw_deg, pitch_deg=0.0):
    """The resting mesh, turned to the person's left and up about its own middle."""
    yaw, pitch = np.radians([-yaw_deg, -pitch_deg])
    about_y = [[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]]
    about_x = [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
    middle = REST.mean(axis=0)
    return (REST - middle) @ (np.array(about_y) @ np.array(about_x)).T + middle


# The anchor


def test_an_anchor_stands_the_mesh_upright_and_forward():
    reference = Anchor.at(similar(turned(8.0, 3.0), 1.3, 20.0)).reference
    assert reference.shape == (POINTS, 3)
    right, left = reference[list(OUTER_CANTHI)]
    across = (left - right) / np.linalg.norm(left - right)
    np.testing.assert_allclose(across, [1.0, 0.0, 0.0], atol=1e-6)
    forehead, nose, chin = reference[[10, 1, 152]]
    assert forehead[1] > nose[1] > chin[1]
    assert nose[2] > forehead[2] and nose[2] > chin[2]


def test_an_anchor_keeps_sizes():
    """Turned and not stretched: the reference has the picture's own pixels."""
    points = turned(8.0, 3.0)
    apart = np.linalg.norm(points[:, None] - points[None, list(STEADY)], axis=-1)
    reference = Anchor.at(points).reference
    there = np.linalg.norm(reference[:, None] - reference[None, list(STEADY)], axis=-1)
    np.testing.assert_allclose(there, apart, atol=1e-9)


@given(scale=st.floats(0.5, 2.0), roll=st.floats(-40, 40))
@settings(deadline=None)
def test_an_anchors_canthi_are_as_far_apart_as_in_the_picture(scale, roll):
    assert Anchor.at(similar(REST, scale, roll)).canthi_px == pytest.approx(90.0 * scale)


def test_the_held_landmarks_of_an_anchor_lie_where_its_patch_has_them():
    there = RESTING.warp.to_patch(REST[HELD, :2])
    assert ANCHOR.held.shape == (len(HELD), 2)
    np.testing.assert_allclose(there, ANCHOR.held, atol=1e-9)
    assert ((ANCHOR.held > 0) & (ANCHOR.held < PATCH_PX - 1)).all()


# A look


def test_a_look_has_the_promised_shapes():
    assert RESTING.shape.regions.shape == (len(SKIN_REGIONS), 2, 2)
    assert RESTING.shape.apertures.shape == (2,)
    assert RESTING.shape.axes.shape == (3, 3)
    assert RESTING.ray.shape == (2,)
    assert (RESTING.patch.shape, RESTING.patch.dtype) == ((PATCH_PX, PATCH_PX), np.uint8)
    assert (RESTING.eyes.shape, RESTING.eyes.dtype) == ((2, 80, 80, 3), np.uint8)


def test_the_anchors_own_look_is_its_reference():
    shape = RESTING.shape
    np.testing.assert_allclose(shape.axes, face_axes(REST), atol=1e-9)
    corner = ANCHOR.reference[[291, 61], :2] * [[1.0, 1.0], [-1.0, 1.0]]
    np.testing.assert_allclose(shape.regions[CORNER], corner, atol=1e-9)
    assert (shape.apertures > 2.0).all()


def test_looking_changes_neither_the_picture_nor_the_mesh():
    image, points = SKIN.copy(), moved()
    look_at(image, points, ANCHOR)
    np.testing.assert_array_equal(image, SKIN)
    np.testing.assert_array_equal(points, moved())


def test_a_picture_of_any_size_gives_a_patch_of_the_same():
    wide = cv2.copyMakeBorder(SKIN, 40, 0, 0, 100, cv2.BORDER_REFLECT)
    look = look_at(wide, shifted(0.0, 40.0), ANCHOR)
    np.testing.assert_array_equal(look.patch, RESTING.patch)
    np.testing.assert_array_equal(look.eyes, RESTING.eyes)


@given(
    scale=st.floats(0.5, 2.0),
    roll=st.floats(-30, 30),
    shift=st.tuples(st.floats(-80, 80), st.floats(-80, 80)),
)
@settings(max_examples=30, deadline=None)
def test_the_shape_does_not_hang_on_where_the_face_lies(scale, roll, shift):
    here = look_at(SKIN, moved(), ANCHOR).shape
    there = look_at(SKIN, similar(moved(), scale, roll, shift), ANCHOR).shape
    np.testing.assert_allclose(there.regions, here.regions, atol=1e-6)
    np.testing.assert_allclose(there.apertures, here.apertures, atol=1e-6)


@pytest.mark.parametrize(
    ("scale", "roll", "shift"),
    [
        (1.0, 0.0, (12.0, -9.0)),
        (1.0, 0.0, (7.4, 3.3)),
        (1.0, 12.0, (0.0, 0.0)),
        (1.25, 0.0, (0.0, 0.0)),
        (1.2, -8.0, (15.0, 5.0)),
    ],
)
def test_patch_and_eyes_do_not_hang_on_where_the_face_lies(scale, roll, shift):
    """Within what drawing the picture anew blurs; two pixels aside would be five times as much."""
    image = similar_picture(SKIN, scale, roll, shift)
    look = look_at(image, similar(REST, scale, roll, shift), ANCHOR)
    for now, before in ((look.patch, RESTING.patch), (look.eyes, RESTING.eyes)):
        off = np.abs(now.astype(float) - before)
        assert off.mean() < 1.0
        aside = np.abs(np.roll(before.astype(float), 2, axis=-2) - before)
        assert aside.mean() > 5 * off.mean()


def test_a_face_beside_the_middle_is_seen_along_another_ray():
    aside = look_at(SKIN, shifted(64.0, -32.0), ANCHOR)
    np.testing.assert_allclose(aside.ray - RESTING.ray, [0.1, 0.05], atol=1e-12)


def test_a_moved_corner_is_seen_on_its_side_and_in_its_direction():
    smiling = look_at(SKIN, face({291: (5.0, -3.0)}), ANCHOR).shape
    off = smiling.regions - RESTING.shape.regions
    assert off[CORNER, 0, 0] > 4.5 and off[CORNER, 0, 1] > 2.5  # out and up, on the left
    off[CORNER, 0] = 0.0
    np.testing.assert_allclose(off, 0.0, atol=1e-9)


def test_a_closed_lid_is_seen_on_its_side():
    shape = look_at(SKIN, face(closed=(0.5, 0.0)), ANCHOR).shape
    share = shape.apertures / RESTING.shape.apertures
    np.testing.assert_allclose(share, [0.5, 1.0], atol=0.01)


@pytest.mark.parametrize(("yaw", "pitch"), [(9.0, 0.0), (-9.0, 0.0), (0.0, 6.0)])
def test_a_turned_head_turns_the_axes_and_hardly_the_shape(yaw, pitch):
    look = look_at(SKIN, turned(yaw, pitch), ANCHOR)
    np.testing.assert_allclose(look.shape.axes, face_axes(turned(yaw, pitch)), atol=1e-6)
    np.testing.assert_allclose(look.shape.regions, RESTING.shape.regions, atol=1e-6)
    turn = look.shape.axes @ RESTING.shape.axes.T
    angle = np.degrees(np.arccos((np.trace(turn) - 1.0) / 2.0))
    assert angle == pytest.approx(np.hypot(yaw, pitch), abs=0.01)


# Mirrored


def test_a_mirrored_picture_has_the_mirrored_shape():
    anchor = Anchor.at(mirror_image(REST))
    flipped = np.ascontiguousarray(SKIN[:, ::-1])
    points = similar(moved(), 1.1, 5.0)
    straight, mirrored = (
        look_at(SKIN, points, ANCHOR),
        look_at(flipped, mirror_image(points), anchor),
    )
    resting = look_at(flipped, mirror_image(REST), anchor)
    did = straight.shape.regions - RESTING.shape.regions
    assert np.abs(did[:, 0] - did[:, 1]).max() > 3.0
    np.testing.assert_allclose(
        mirrored.shape.regions - resting.shape.regions, did[:, ::-1], atol=1e-6
    )
    np.testing.assert_allclose(mirrored.shape.apertures, straight.shape.apertures[::-1], atol=1e-6)
    np.testing.assert_allclose(mirrored.ray, straight.ray * EXCHANGED, atol=1e-12)
    exchange = np.diag([-1.0, 1.0, 1.0])
    np.testing.assert_allclose(
        mirrored.shape.axes, exchange @ straight.shape.axes @ exchange, atol=1e-6
    )


def test_a_mirrored_picture_has_the_mirrored_patch():
    anchor = Anchor.at(mirror_image(REST))
    np.testing.assert_allclose(
        anchor.held, (ANCHOR.held * EXCHANGED + [PATCH_PX - 1.0, 0.0])[MIRRORED_HELD], atol=1e-9
    )
    flipped = np.ascontiguousarray(SKIN[:, ::-1])
    mirrored = look_at(flipped, mirror_image(REST), anchor)
    off = np.abs(mirrored.patch[:, ::-1].astype(float) - RESTING.patch)
    assert off.max() <= 2.0  # OpenCV weighs pixels in steps of 1/32


# The ray


def test_the_middle_of_the_picture_lies_straight_ahead():
    middle = REST[list(OUTER_CANTHI)].mean(axis=0)
    centred = shifted((WIDTH - 1) / 2 - middle[0], (HEIGHT - 1) / 2 - middle[1])
    np.testing.assert_allclose(eyes_ray(SKIN, centred), 0.0, atol=1e-12)


def test_right_and_up_in_the_picture_are_positive_and_in_shares_of_its_longer_side():
    """For a picture taken upright as for one taken lying."""
    here = eyes_ray(SKIN, REST)
    np.testing.assert_allclose(
        eyes_ray(SKIN, shifted(WIDTH / 10, -WIDTH / 20)) - here, [0.1, 0.05], atol=1e-12
    )
    tall = np.zeros((800, 400, 3), np.uint8)
    np.testing.assert_allclose(
        eyes_ray(tall, shifted(80.0, 0.0)) - eyes_ray(tall, REST), [0.1, 0.0], atol=1e-12
    )


@given(x=st.floats(-20, 20), y=st.floats(-20, 20))
@settings(deadline=None)
def test_what_mouth_brows_and_lids_do_does_not_move_the_ray(x, y):
    moving = face({61: (x, y), 291: (x, y), 105: (0.0, y), 152: (0.0, y)}, closed=(1.0, 0.3))
    np.testing.assert_array_equal(eyes_ray(SKIN, moving), eyes_ray(SKIN, REST))


def test_a_larger_picture_of_the_same_has_the_same_ray():
    """Pixels are counted from the middle of the first, so that it stays the same to half of one."""
    twice = np.zeros((2 * HEIGHT, 2 * WIDTH, 3), np.uint8)
    np.testing.assert_allclose(
        eyes_ray(twice, 2 * similar(REST, 0.7, 3.0, (90.0, 50.0))),
        eyes_ray(SKIN, similar(REST, 0.7, 3.0, (90.0, 50.0))),
        atol=0.5 / WIDTH,
    )


def test_depth_does_not_move_the_ray():
    assert (upright(REST)[:, 2] != 0.0).any()
    flat = REST * [1.0, 1.0, 0.0]
    np.testing.assert_array_equal(eyes_ray(SKIN, flat), eyes_ray(SKIN, REST))
