"""Whether a frame can be measured, and if not, why not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import OUTER_CANTHI
from landmarks.pose import HeadPose
from landmarks.problems import Problem
from landmarks.sharpness import edge_width

LEAST_CANTHI_PX = 55.0
"""Outer canthi closer than this: a pixel is more than about 1.6 mm. Brow raises, smiles and blinks
of real people are still found at 60 (``docs/accuracy.md``)."""

MOST_YAW_DEG = 17.0
"""Movement was checked against truth with the head at 10 degrees, which the camera sees
as 12 to 14 with its sway, and the pose is known to 1 (``docs/accuracy.md``)."""

MOST_PITCH_DEG = 25.0
"""Loose, since its zero differs between people; each exercise also limits the turn since rest."""

MOST_ROLL_DEG = 30.0
"""The network turns the face upright by itself; beyond this a person is not at a mirror."""

DARKEST, BRIGHTEST = 35.0, 235.0
"""Mean grey value of the face, of 255."""

MOST_EDGE_WIDTH = 0.02
"""As a share of the distance of the outer canthi. Pictures that are sharp enough have .008 to .018,
real or rendered, compressed or not; a blur of .04 added makes .022 or more of them."""


def problem_with(
    image: NDArray[np.uint8], points_px: NDArray[np.float64], pose: HeadPose
) -> Problem | None:
    """The first thing that keeps a tracked frame from being measured.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red.
    points_px : numpy.ndarray, shape (478, 3)
        Its mesh, in pixels.
    pose : HeadPose
        Its pose.
    """
    height, width = image.shape[:2]
    left, top = points_px[:, :2].min(axis=0)
    right, bottom = points_px[:, :2].max(axis=0)
    if left < 0 or top < 0 or right > width or bottom > height:
        return "out_of_picture"
    a, b = OUTER_CANTHI
    if np.linalg.norm(points_px[a] - points_px[b]) < LEAST_CANTHI_PX:
        return "too_far"
    if (
        abs(pose.yaw_deg) > MOST_YAW_DEG
        or abs(pose.pitch_deg) > MOST_PITCH_DEG
        or abs(pose.roll_deg) > MOST_ROLL_DEG
    ):
        return "head_turned"
    face = image[int(top) : int(bottom) + 1 : 4, int(left) : int(right) + 1 : 4]
    brightness = float(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY).mean())
    if brightness < DARKEST:
        return "too_dark"
    if brightness > BRIGHTEST:
        return "too_bright"
    if edge_width(image, points_px) > MOST_EDGE_WIDTH:
        return "too_blurred"
    return None
