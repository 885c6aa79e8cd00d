"""Which of several faces is measured: the one nearest the middle of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray

CLEARLY = 0.1
"""Another face must be nearer the middle by this share of the picture's width to be taken instead:
about half a head, so that two people side by side are not measured in turns."""

TWICE = 2
"""Looks in a row at which it must be, so that somebody who walks past changes nothing."""

AROUND = 0.5
"""What is painted over or spared around a face, as a share of its box: hair, ears and chin."""


@dataclass(frozen=True)
class FaceBox:
    """Where a face lies in the picture, in pixels from its upper left corner.

    Attributes
    ----------
    x_px, y_px : float
        Its middle.
    width_px, height_px : float
        From eyebrow to chin and cheek to cheek, roughly.
    """

    x_px: float
    y_px: float
    width_px: float
    height_px: float

    def distance_px(self, x_px: float, y_px: float) -> float:
        """How far the middle of the face is from a point."""
        return hypot(self.x_px - x_px, self.y_px - y_px)

    def covers(self, other: FaceBox) -> bool:
        """Whether the other one, seen at another time or in another way, is in the same place."""
        return self.distance_px(other.x_px, other.y_px) <= self.width_px / 2


def chosen(
    faces: Sequence[FaceBox], width_px: int, height_px: int, last: FaceBox | None
) -> FaceBox:
    """The face to be followed.

    Parameters
    ----------
    faces : sequence of FaceBox
        All faces seen, at least one.
    width_px, height_px : int
        Size of the picture.
    last : FaceBox or None
        The face that was followed before. One in its place is taken again unless another one is
        clearly nearer the middle.
    """
    middle = width_px / 2, height_px / 2
    nearest = min(faces, key=lambda face: face.distance_px(*middle))
    if last is None:
        return nearest
    again = min(faces, key=lambda face: face.distance_px(last.x_px, last.y_px))
    at_most_px = nearest.distance_px(*middle) + CLEARLY * width_px
    same = last.covers(again) and again.distance_px(*middle) <= at_most_px
    return again if same else nearest


def others_painted_over(
    image: NDArray[np.uint8], faces: Sequence[FaceBox], kept: FaceBox
) -> NDArray[np.uint8]:
    """A copy of a picture in which one face alone can be found.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Any order of colours.
    faces : sequence of FaceBox
        All faces in it.
    kept : FaceBox
        The one of them that stays, with what lies around it.

    Returns
    -------
    numpy.ndarray, shape (height, width, 3), uint8
    """
    painted = image.copy()
    for face in faces:
        if face is not kept:
            painted[_around(face, image)] = 128
    spared = _around(kept, image)
    painted[spared] = image[spared]
    return painted


def _around(face: FaceBox, image: NDArray[np.uint8]) -> tuple[slice, slice]:
    """Rows and columns of a face and what is around it."""
    half_width = (0.5 + AROUND) * face.width_px
    half_height = (0.5 + AROUND) * face.height_px
    height, width = image.shape[:2]
    top, bottom = np.clip([face.y_px - half_height, face.y_px + half_height], 0, height)
    left, right = np.clip([face.x_px - half_width, face.x_px + half_width], 0, width)
    return slice(int(top), int(bottom)), slice(int(left), int(right))


class Rivals:
    """Notices that the face being followed is no longer the one that should be."""

    def __init__(self) -> None:
        self._looks = 0

    def forget(self) -> None:
        """Begin anew, with another face or none."""
        self._looks = 0

    def take_over(
        self, faces: Sequence[FaceBox], followed: FaceBox, width_px: int, height_px: int
    ) -> bool:
        """Whether another face has been clearly nearer the middle, this time and the last.

        Parameters
        ----------
        faces : sequence of FaceBox
            All faces seen at this look.
        followed : FaceBox
            The face that is followed, wherever it was seen to be.
        width_px, height_px : int
            Size of the picture.
        """
        middle = width_px / 2, height_px / 2
        away_px = followed.distance_px(*middle) - CLEARLY * width_px
        nearer = any(
            face.distance_px(*middle) < away_px and not followed.covers(face) for face in faces
        )
        self._looks = self._looks + 1 if nearer else 0
        return self._looks >= TWICE
