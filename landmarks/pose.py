"""Where the head points, and how many millimetres a pixel is."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks import _kernels
from landmarks.average_face import SURFACE, average_face
from landmarks.mesh import RIGHT_IRIS, STEADY, mirrored

IRIS_DIAMETER_MM = 11.7
"""Level diameter of the human iris (11.71 +- 0.42 mm, n = 390: Rufer et al. 2005, Cornea 24)."""

IRIS_SPREAD = 0.04
"""Half-width of the scale's interval, as a share: one standard deviation of that diameter."""

PITCH_OFFSET_DEG = -2.0
"""What an average face laid on the mesh reads for a person who looks straight ahead (rendered
people of known pose: -2.0 +- 1.6 degrees)."""


@functools.cache
def _upper() -> NDArray[np.intp]:
    """Landmarks of the upper face, down to the tip of the nose: nothing there opens or swings."""
    average = average_face()
    upper: NDArray[np.intp] = average.body_points[average.points_mm[average.body_points, 1] > -48.0]
    return upper


@dataclass(frozen=True)
class HeadPose:
    """Direction of the head, in degrees, all zero for a face that looks into the camera.

    Seen along the ray to the face: a person beside the picture's middle looks straight ahead when
    looking at the camera.

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

    def since(self, other: HeadPose) -> NDArray[np.float64]:
        """Yaw and pitch less those of another pose, degrees, shape (2,)."""
        return np.array([self.yaw_deg - other.yaw_deg, self.pitch_deg - other.pitch_deg])

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


def laid_on(points: NDArray[np.float64], reference: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn, shift and scale points so that a mesh's steady landmarks lie on those of another.

    Parameters
    ----------
    points : numpy.ndarray, shape (n, 3)
        The first 478 are a mesh; whatever follows is carried along.
    reference : numpy.ndarray, shape (478, 3)
        The other mesh.

    Returns
    -------
    numpy.ndarray, shape (n, 3)
        In the frame and unit of `reference`.
    """
    moved: NDArray[np.float64]
    moved, _ = _kernels.align(np.ascontiguousarray(points), np.ascontiguousarray(reference), STEADY)
    return moved


def face_axes(points_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Axes of the face as the mesh has it: its own left, up and forward as columns of a rotation.

    An average face is laid on the mesh's upper half.

    Parameters
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        A mesh in picture coordinates.

    Returns
    -------
    numpy.ndarray, shape (3, 3)
        In the coordinates of `upright`. The camera's own direction to the face is left out: see
        `landmarks.head.turned_to`.
    """
    points = np.ascontiguousarray(upright(points_px)[:SURFACE])
    _, turn = _kernels.align(average_face().points_mm, points, _upper())
    level = np.radians(PITCH_OFFSET_DEG)
    back = np.array(
        [[1, 0, 0], [0, np.cos(level), -np.sin(level)], [0, np.sin(level), np.cos(level)]]
    )
    axes: NDArray[np.float64] = turn @ back
    return axes


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
    return HeadPose(*(float(np.degrees(angle)) for angle in (yaw, pitch, roll)))


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
