import numpy as np
import pytest
from faces import REST, face
from scipy.spatial.transform import Rotation

from landmarks.pose import YAW_GAIN, HeadPose, face_axes, head_pose, iris_mm_per_px


def pose_of(angles_deg):
    """Turn the face about its middle; angles about picture x, y and z."""
    middle = REST.mean(axis=0)
    turned = Rotation.from_euler("xyz", angles_deg, degrees=True).apply(REST - middle) + middle
    return head_pose(face_axes(turned))


STRAIGHT = pose_of((0, 0, 0))


def test_each_angle_has_its_sign():
    # Picture axes: x right, y down, z away. The person's left is on the right of the picture.
    left = pose_of((0, -10, 0))
    assert left.yaw_deg - STRAIGHT.yaw_deg == pytest.approx(10 * YAW_GAIN, abs=0.3)
    up = pose_of((-10, 0, 0))
    assert up.pitch_deg - STRAIGHT.pitch_deg == pytest.approx(10, abs=0.3)
    tilted = pose_of((0, 0, 10))
    assert tilted.roll_deg - STRAIGHT.roll_deg == pytest.approx(10, abs=0.3)


def test_turned_from_is_the_larger_of_yaw_and_pitch():
    assert HeadPose(3.0, -1.0, 40.0).turned_from(HeadPose(-1.0, 1.0, 0.0)) == 4.0


def test_scale_comes_from_the_irises():
    # Both irises are 12 px across in the made-up face.
    assert iris_mm_per_px(face()) == pytest.approx(11.7 / 12)
    assert iris_mm_per_px(2 * face()) == pytest.approx(11.7 / 24)


def test_axes_are_a_rotation():
    axes = face_axes(REST)
    np.testing.assert_allclose(axes.T @ axes, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1.0)
