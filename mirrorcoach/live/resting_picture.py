"""The one picture of a practice that may be kept: the face at rest, always cut out alike.

Only rest is compared with rest. A movement may be smaller on one day because that was asked for,
and two pictures of it would tell of that rather than of the face.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import mirrored
from landmarks.meter import Reading
from landmarks.quality import MOST_EDGE_WIDTH
from landmarks.rest import STILL_APERTURE, STILL_MM
from landmarks.sharpness import edge_width

SIZE = (720, 900)
"""Width and height of every picture."""

EYES_APART = 0.27
"""Between the middles of both eyes, as a share of the width. They are some 62 mm apart, so that a
picture shows 230 by 290 mm: from above the hair to below the chin, and little of the room."""

EYES_DOWN = 0.44
"""How far down the eyes lie, as a share of the height."""

BESIDE = (96, 96, 96)
"""What the camera did not see: nothing is made up there."""

MOST_YAW_DEG = 8.0
"""Turned no further, the distance of the eyes is right within one percent. People before a webcam
that stands a little aside look past it by 5 to 6 degrees."""

EVERY_S = 0.2
"""How often a picture is looked at: to see how sharp it is takes longer than the rest."""

_RIGHT_CORNERS = (33, 133)
_CORNERS = (_RIGHT_CORNERS, mirrored(_RIGHT_CORNERS))
"""Of the right and the left eye. They stay where they are when a lid moves or hangs."""


class RestingPicture:
    """Remembers, in memory only, the best picture of the face at rest.

    Attributes
    ----------
    image : numpy.ndarray, shape (900, 720, 3), uint8, or None
        Blue, green, red; not mirrored. None until the face was seen at rest.
    """

    def __init__(self) -> None:
        self.image: NDArray[np.uint8] | None = None
        self._cost = math.inf
        self._looked_s = -math.inf

    def see(self, image: NDArray[np.uint8], reading: Reading) -> None:
        """Take in a picture while nothing is asked of the face.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red; not mirrored.
        reading : Reading
            What it says. It has to be measurable: near, sharp, in good light and uncovered.
        """
        if reading.mesh is None or reading.pose is None or not _at_rest(reading):
            return
        turned = abs(reading.pose.yaw_deg)
        if turned > MOST_YAW_DEG or 0.0 <= reading.time_s - self._looked_s < EVERY_S:
            return
        self._looked_s = reading.time_s
        points_px = reading.mesh.points_px
        pitched = abs(reading.pose.pitch_deg)
        cost = max(turned, pitched) / MOST_YAW_DEG + edge_width(image, points_px) / MOST_EDGE_WIDTH
        if cost < self._cost:
            self._cost, self.image = cost, cut_out(image, points_px)


def _at_rest(reading: Reading) -> bool:
    """Whether nothing moves, and both eyes are as they are at rest."""
    movement = reading.movement
    if movement is None:
        return False
    skin_mm = np.concatenate([movement.displacement_mm.ravel(), movement.along_mm.ravel()])
    opened = np.abs(movement.aperture_ratio - 1.0)
    return not ((np.abs(skin_mm) > STILL_MM).any() or (opened > STILL_APERTURE).any())


def cut_out(image: NDArray[np.uint8], points_px: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The face, level and always of the same size, whatever the distance of the camera.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; not mirrored.
    points_px : numpy.ndarray, shape (478, 3)
        The face mesh in it.

    Returns
    -------
    numpy.ndarray, shape (900, 720, 3), uint8
        A new array.
    """
    right, left = (points_px[list(corners), :2].mean(axis=0) for corners in _CORNERS)
    across, middle = left - right, (left + right) / 2
    wide, high = SIZE
    zoom = EYES_APART * wide / float(np.hypot(*across))
    angle = math.atan2(across[1], across[0])
    cos, sin = zoom * math.cos(angle), zoom * math.sin(angle)
    turn = np.array([[cos, sin], [-sin, cos]])
    shift = np.array([wide / 2, EYES_DOWN * high]) - turn @ middle
    while zoom < 0.5:  # every pixel has its say in a smaller picture
        half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        image = np.asarray(half, dtype=np.uint8)
        turn, zoom = 2 * turn, 2 * zoom
    # Pixel numbers mean pixel centres here, places on the picture elsewhere.
    shift = shift + turn @ np.full(2, 0.5) - 0.5
    matrix = np.column_stack([turn, shift])
    cut = cv2.warpAffine(
        image,
        matrix,
        SIZE,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=BESIDE,
    )
    return np.asarray(cut, dtype=np.uint8)
