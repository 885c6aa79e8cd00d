"""From meshes to contours: what a face looked like at rest and at the hold of each exercise."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.score import RepetitionScore
from landmarks.mesh import (
    LIPS_INNER,
    LIPS_OUTER,
    NOSE_MIDLINE,
    RIGHT_BROW,
    RIGHT_EYE,
    RIGHT_OVAL,
    mirrored,
)
from landmarks.pose import face_axes, laid_on, upright
from mirrorcoach.records.practices import Outline

CURVES: dict[str, tuple[int, ...]] = {
    "oval": (*RIGHT_OVAL, *mirrored(RIGHT_OVAL)[-2:0:-1]),
    "lips_outer": LIPS_OUTER,
    "lips_inner": LIPS_INNER,
    "left_eye": mirrored(RIGHT_EYE),
    "right_eye": RIGHT_EYE,
    "left_brow": mirrored(RIGHT_BROW),
    "right_brow": RIGHT_BROW,
    "nose": NOSE_MIDLINE,
}
"""Landmarks of each curve, in drawing order."""

EVERY_S = 0.1
"""So often a face is remembered; the contour of a hold is the median of those in it."""

KEPT_S = 60.0
"""For so long: the longest repetition is scored before."""

_CANTHI = (33, 133, 362, 263)
"""The origin lies in the middle of these."""


@dataclass(frozen=True, eq=False)
class FaceFrame:
    """The frame of one face: x to the person's left, y up, origin between the eyes, millimetres.

    Attributes
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        Its mesh at rest, in pixels of the unmirrored picture.
    mm_per_px : float
        Scale of that picture at the eyes.
    """

    points_px: NDArray[np.float64]
    mm_per_px: float

    def placed_mm(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Another mesh of this face, the head's own motion taken off, shape (478, 2)."""
        rest = upright(self.points_px)
        on_rest = laid_on(upright(points_px), rest) - rest[list(_CANTHI)].mean(axis=0)
        placed: NDArray[np.float64] = on_rest @ face_axes(self.points_px) * self.mm_per_px
        return placed[:, :2]

    def outline(self) -> Outline:
        """The contour of the face at rest."""
        return _outline(None, self.placed_mm(self.points_px))


class Contours:
    """Remembers faces for a while, and of each exercise what its holds looked like."""

    def __init__(self) -> None:
        self._faces: deque[tuple[float, NDArray[np.float64]]] = deque()
        self._held: dict[str, list[NDArray[np.float64]]] = defaultdict(list)

    def see(self, time_s: float, points_px: NDArray[np.float64]) -> None:
        """Remember a face that could be measured, shape (478, 3), pixels."""
        if self._faces and time_s - self._faces[-1][0] < EVERY_S:
            return
        self._faces.append((time_s, points_px))
        while time_s - self._faces[0][0] > KEPT_S:
            self._faces.popleft()

    def hold(self, frame: FaceFrame, repetition: RepetitionScore) -> Outline | None:
        """Take the contour of a repetition's hold, if it was measured.

        Parameters
        ----------
        frame : FaceFrame
            Of the person's latest rest.
        repetition : RepetitionScore
            One that is over.

        Returns
        -------
        Outline or None
            That of the middle repetition of this exercise so far; None if that is the same as
            before.
        """
        first_s, last_s = repetition.hold_start_s, repetition.hold_end_s
        if not repetition.measurable or first_s is None or last_s is None:
            return None
        faces = [frame.placed_mm(points) for at, points in self._faces if first_s <= at <= last_s]
        if not faces:
            return None
        held = self._held[repetition.exercise]
        held.append(np.median(faces, axis=0))
        count = len(held)
        if count > 1 and count // 2 == (count - 1) // 2:
            return None
        return _outline(repetition.exercise, held[count // 2])


def _outline(exercise: str | None, placed_mm: NDArray[np.float64]) -> Outline:
    return Outline(
        exercise,
        {
            name: tuple((float(x), float(y)) for x, y in placed_mm[list(numbers)])
            for name, numbers in CURVES.items()
        },
    )
