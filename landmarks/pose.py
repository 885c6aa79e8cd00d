"""Where the head points, and how many millimetres a pixel is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import FOREHEAD_AND_CHIN, OUTER_CANTHI, RIGHT_IRIS, mirrored

IRIS_DIAMETER_MM = 11.7
"""Level diameter of the human iris (11.71 +- 0.42 mm, n = 390: Rufer et al. 2005, Cornea 24)."""

IRIS_SPREAD = 0.04
"""Half-width of the scale's interval, as a share: one standard deviation of that diameter."""

YAW_GAIN = 1.12
"""The mesh turns 10 to 20 % less than the head (rendered heads of known pose, ``METHOD.md``)."""


@dataclass(frozen=True)
class HeadPose:
    """Direction of the head, in degrees, all zero for a face that looks into the camera.

    Attributes
    ----------
    yaw_deg : float
        Turned to the person's left.
    pitch_deg : float
        Looking up. Its zero differs from person to person: compare it with the same person's rest.
    roll_deg : float
        Tilted towards the person's left shoulder.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float

    def turned_from(self, other: HeadPose) -> float:
        """Largest of the differences in yaw and pitch, degrees, never negative."""
        return max(abs(self.yaw_deg - other.yaw_deg), abs(self.pitch_deg - other.pitch_deg))


def upright(points_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Picture coordinates turned into x to the person's left, y up, z towards the camera.

    Parameters
    ----------
    points_px : numpy.ndarray, shape (..., 3)
        x right, y down, z away from the camera.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        The same unit and origin.
    """
    turned: NDArray[np.float64] = points_px * np.array([1.0, -1.0, -1.0])
    return turned


def face_axes(points_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Axes of the face: its own left, up and forward as columns of a rotation.

    Parameters
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        A mesh in picture coordinates.

    Returns
    -------
    numpy.ndarray, shape (3, 3)
        In the coordinates of `upright`.
    """
    points = upright(points_px)
    right, left = OUTER_CANTHI
    top, bottom = FOREHEAD_AND_CHIN
    across = points[left] - points[right]
    across /= np.linalg.norm(across)
    up = points[top] - points[bottom]
    up -= (up @ across) * across
    up /= np.linalg.norm(up)
    return np.column_stack([across, up, np.cross(across, up)])


def head_pose(axes: NDArray[np.float64]) -> HeadPose:
    """Pose of a head from its axes.

    Parameters
    ----------
    axes : numpy.ndarray, shape (3, 3)
        As `face_axes` gives them.
    """
    yaw = np.arcsin(np.clip(-axes[2, 0], -1.0, 1.0))
    pitch = -np.arctan2(axes[2, 1], axes[2, 2])
    roll = -np.arctan2(axes[1, 0], axes[0, 0])
    return HeadPose(
        float(np.degrees(yaw)) * YAW_GAIN, float(np.degrees(pitch)), float(np.degrees(roll))
    )


def iris_mm_per_px(points_px: NDArray[np.float64]) -> float:
    """Millimetres a pixel, from the level diameters of both irises.

    Parameters
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        A mesh in picture coordinates, both eyes open.
    """
    diameters = [
        float(np.linalg.norm(points_px[a, :2] - points_px[b, :2]))
        for a, b in (RIGHT_IRIS, mirrored(RIGHT_IRIS))
    ]
    return IRIS_DIAMETER_MM / (sum(diameters) / 2)
