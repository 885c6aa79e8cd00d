"""The face patch: a small upright grey picture of the face in which the head is held still.

A patch is 320 pixels square, the outer canthi 152 pixels apart at rest. Patches of one person are
laid on each other by ten landmarks that no exercise moves far; what of the head's movement is left
then is for `landmarks.head`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import FOREHEAD_AND_CHIN, OUTER_CANTHI

PATCH_PX = 320
"""Side of the square. ``docs/accuracy.md`` weighs accuracy against cost for this size."""

CANTHI_SHARE = 2.1
"""The patch is this many outer-canthal distances wide: forehead to chin and both cheeks."""

HELD = np.array([33, 133, 362, 263, 168, 6, 197, 195, 9, 151])
"""Canthi, bridge of the nose and midline of the forehead: they hold the patch."""


@dataclass(frozen=True, eq=False)
class Warp:
    """A similarity from pixels of a picture to pixels of the patch.

    Attributes
    ----------
    matrix : numpy.ndarray, shape (2, 3)
        Rotation times scale, and shift.
    """

    matrix: NDArray[np.float64]

    def to_patch(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places in the patch of places in the picture, shape (n, 2) both."""
        there: NDArray[np.float64] = points_px @ self.matrix[:, :2].T + self.matrix[:, 2]
        return there

    def to_picture(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places in the picture of places in the patch, shape (n, 2) both."""
        along, across = self.matrix[0, 0], self.matrix[1, 0]
        inverse = np.array([[along, across], [-across, along]]) / (along**2 + across**2)
        back: NDArray[np.float64] = (places - self.matrix[:, 2]) @ inverse.T
        return back

    def cut(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The patch of a picture.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red.

        Returns
        -------
        numpy.ndarray, shape (320, 320), uint8
            Grey.
        """
        patch = cv2.warpAffine(
            image,
            self.matrix,
            (PATCH_PX, PATCH_PX),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def first_warp(points_px: NDArray[np.float64]) -> Warp:
    """The warp that stands a face upright in the middle of the patch.

    Parameters
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        A mesh in picture coordinates.
    """
    points = points_px[:, :2]
    right, left = OUTER_CANTHI
    across = points[left] - points[right]
    stretch = PATCH_PX / CANTHI_SHARE / float(across @ across)
    turn = np.array([[across[0], across[1]], [-across[1], across[0]]]) * stretch
    middle = points[list(FOREHEAD_AND_CHIN)].mean(axis=0)
    shift = np.full(2, (PATCH_PX - 1) / 2) - turn @ middle
    return Warp(np.column_stack([turn, shift]))


def warp_onto(points_px: NDArray[np.float64], held: NDArray[np.float64]) -> Warp:
    """The warp that lays a face's held landmarks on given places, in least squares.

    Parameters
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        A mesh in picture coordinates.
    held : numpy.ndarray, shape (10, 2)
        Where the landmarks `HELD` shall lie in the patch.
    """
    points = points_px[HELD, :2]
    source, target = points - points.mean(axis=0), held - held.mean(axis=0)
    spread = float((source**2).sum())
    along = float((source * target).sum()) / spread
    across = float((source[:, 0] * target[:, 1] - source[:, 1] * target[:, 0]).sum()) / spread
    turn = np.array([[along, -across], [across, along]])
    return Warp(np.column_stack([turn, held.mean(axis=0) - turn @ points.mean(axis=0)]))
