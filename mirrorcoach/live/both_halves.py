"""For the therapist: what a face would look like if both halves were its left, and its right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landmarks.regions import SIDES
from mirrorcoach.live.even_face import EvenFace


class BothHalves:
    """Two even faces of one picture."""

    def __init__(self) -> None:
        self._faces = tuple(EvenFace(side) for side in SIDES)

    def show(
        self, image: NDArray[np.uint8], points_px: NDArray[np.float64]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]] | None:
        """The picture with the left half shown twice, and with the right half shown twice.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Not mirrored; it is left as it is.
        points_px : numpy.ndarray, shape (478, 3)
            The face mesh in it.

        Returns
        -------
        (left, right) : numpy.ndarray, shape (height, width, 3), uint8, or None
            None where `EvenFace` shows none.
        """
        left, right = (face.show(image, points_px) for face in self._faces)
        return None if left is None or right is None else (left, right)
