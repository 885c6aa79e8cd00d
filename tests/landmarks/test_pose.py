import numpy as np
import pytest
from faces import face
from heads import FACE
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from landmarks.average_face import SURFACE
from landmarks.mesh import MIRROR, POINTS
from landmarks.pose import (
    IRIS_DIAMETER_MM,
    PITCH_OFFSET_DEG,
    HeadPose,
    face_axes,
    head_pose,
    iris_mm_per_px,
)


def mesh(angles_deg=(0, 0, 0), scale=2.0, moved_mm=0.0):
    """The average face as a mesh in picture coordinates, turned about picture x, y and z."""
    points = np.zeros((POINTS, 3))
    points[:SURFACE] = (FACE.points_mm + moved_mm) * [1.0, -1.0, -1.0]
    turn = Rotation.from_euler("xyz", angles_deg, degrees=True)
    return scale * turn.apply(points) + np.array([320.0, 240.0, 7.0])


def pose_of(*arguments, **more):
    return head_pose(face_axes(mesh(*arguments, **more)))


STRAIGHT = pose_of()


def test_the_average_face_looks_straight_but_for_what_people_were_found_to_differ():
    assert STRAIGHT.yaw_deg == pytest.approx(0.0, abs=1e-6)
    assert STRAIGHT.roll_deg == pytest.approx(0.0, abs=1e-6)
    assert STRAIGHT.pitch_deg == pytest.approx(-PITCH_OFFSET_DEG)


def test_each_angle_has_its_sign():
    # Picture axes: x right, y down, z away. The person's left is on the right of the picture.
    left = pose_of((0, -10, 0))
    assert left.yaw_deg - STRAIGHT.yaw_deg == pytest.approx(10, abs=0.3)
    up = pose_of((-10, 0, 0))
    assert up.pitch_deg - STRAIGHT.pitch_deg == pytest.approx(10, abs=0.3)
    tilted = pose_of((0, 0, 10))
    assert tilted.roll_deg - STRAIGHT.roll_deg == pytest.approx(10, abs=0.3)


@given(scale=st.floats(0.5, 6.0), yaw=st.floats(-15, 15))
def test_size_does_not_matter(scale, yaw):
    one, other = pose_of((0, yaw, 0), scale), pose_of((0, yaw, 0))
    assert one.yaw_deg == pytest.approx(other.yaw_deg, abs=1e-6)
    assert one.turned_from(other) < 1e-6


def test_what_the_mouth_and_jaw_do_does_not_turn_the_head():
    low = FACE.points_mm[:, 1] < -50.0
    dropped = np.where(low[:, None], [0.0, -15.0, 4.0], 0.0)
    assert pose_of(moved_mm=dropped).turned_from(STRAIGHT) < 1e-9


def test_a_mirrored_face_looks_the_other_way():
    points = mesh((3, -6, 8))
    flipped = points[MIRROR] * [-1.0, 1.0, 1.0] + [640.0, 0.0, 0.0]
    one, other = head_pose(face_axes(points)), head_pose(face_axes(flipped))
    assert other.yaw_deg == pytest.approx(-one.yaw_deg, abs=1e-9)
    assert other.roll_deg == pytest.approx(-one.roll_deg, abs=1e-9)
    assert other.pitch_deg == pytest.approx(one.pitch_deg, abs=1e-9)


def test_turned_from_is_the_larger_of_yaw_and_pitch():
    assert HeadPose(3.0, -1.0, 40.0).turned_from(HeadPose(-1.0, 1.0, 0.0)) == 4.0


def test_scale_comes_from_the_irises():
    # Both irises are 12 px across in the made-up face.
    assert iris_mm_per_px(face()) == pytest.approx(IRIS_DIAMETER_MM / 12)
    assert iris_mm_per_px(2 * face()) == pytest.approx(IRIS_DIAMETER_MM / 24)


def test_axes_are_a_rotation():
    axes = face_axes(mesh((3, -6, 8)))
    np.testing.assert_allclose(axes.T @ axes, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1.0)
