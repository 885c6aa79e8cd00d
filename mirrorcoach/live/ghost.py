"""The outline of an exercise's target: the person's own resting contour, moved as was agreed.

Both sides of it are alike, whatever the person's own sides do, and it follows the head.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exercises.schema import Wanted
from landmarks.average_face import SURFACE, average_face
from landmarks.mesh import (
    MIRROR,
    POINTS,
    RIGHT_EYE,
    RIGHT_LIDS,
    RIGHT_POINTS,
    SKIN_REGIONS,
    mirrored,
)
from landmarks.movement import UNIT, Measure
from landmarks.pose import face_axes, laid_on, upright
from mirrorcoach.live.even_face import mid_plane
from mirrorcoach.live.overlay import OUTLINES, smooth

OUTSIDE = 1.05
"""The target's line lies round the contour, not on it."""

_REACH_MM = 12.0
"""Where no path over the face is known, skin so far away moves a third as far."""

_UPPER_LID = RIGHT_EYE[1:8]
_LOWER_LID = RIGHT_EYE[:8:-1]


class Ghost:
    """The target of one exercise on one person's face.

    Parameters
    ----------
    rest_px : numpy.ndarray, shape (478, 3)
        Their mesh at rest, as `FaceTracker` gives it: not mirrored.
    mm_per_px : float
        Scale of that picture at the eyes.
    wanted : Wanted
        What is to move, which way, and how far.
    """

    def __init__(self, rest_px: NDArray[np.float64], mm_per_px: float, wanted: Wanted) -> None:
        across = mid_plane(rest_px).reflected(rest_px)[MIRROR]
        even = upright((rest_px + across) / 2)
        axes = face_axes(rest_px)
        target = even.copy()
        if wanted.region == "eye":
            _close(target, wanted.target_mm / mm_per_px)
        else:
            move_mm = _move_mm(wanted, (even[:SURFACE] @ axes) * mm_per_px)
            target[:SURFACE] += move_mm @ axes.T / mm_per_px
        self._both = np.concatenate([even, target])
        self._outlines = OUTLINES[wanted.region]

    def lines(self, points_px: NDArray[np.float64]) -> list[tuple[NDArray[np.float64], bool]]:
        """Where the target lies now.

        Parameters
        ----------
        points_px : numpy.ndarray, shape (478, 3)
            The mesh of now; only its steady landmarks count.

        Returns
        -------
        list of (numpy.ndarray of shape (n, 2), bool)
            Smooth lines in the same picture's pixels, and whether they close.
        """
        now = upright(laid_on(self._both, upright(points_px)))[POINTS:, :2]
        lines = []
        for numbers, closed in self._outlines:
            contour = now[list(numbers)]
            middle = contour.mean(axis=0)
            lines.append((smooth(middle + (contour - middle) * OUTSIDE, closed), closed))
        return lines


def _move_mm(wanted: Wanted, places_mm: NDArray[np.float64]) -> NDArray[np.float64]:
    """How the target carries each landmark along the face's axes, shape (468, 3)."""
    path = Measure(wanted.region, wanted.direction).path
    if path is not None:
        known = average_face().movements[wanted.region, wanted.direction]
        field: NDArray[np.float64] = known.both_mm * (wanted.target_mm / sum(known.mixing))
        return field
    assert wanted.region in SKIN_REGIONS
    out, up = np.array(UNIT[wanted.direction]) * wanted.target_mm
    move = np.zeros((SURFACE, 3))
    for numbers, left in (
        (RIGHT_POINTS[wanted.region], -1),
        (mirrored(RIGHT_POINTS[wanted.region]), 1),
    ):
        region = places_mm[list(numbers)]
        away = np.linalg.norm(places_mm[:, None] - region[None], axis=2).min(axis=1)
        move += np.exp(-((away / _REACH_MM) ** 2))[:, None] * np.array([left * out, up, 0.0])
    return move


def _close(target: NDArray[np.float64], by: float) -> None:
    """Bring the upper lids so much nearer to the lower ones, but never past them."""
    for turned in (False, True):
        upper, lower = (list(mirrored(lid) if turned else lid) for lid in (_UPPER_LID, _LOWER_LID))
        pairs = np.array([mirrored(pair) if turned else pair for pair in RIGHT_LIDS])
        gap = float((target[pairs[:, 0], 1] - target[pairs[:, 1], 1]).mean())
        share = 1.0 if gap <= by else by / gap
        target[upper] += share * (target[lower] - target[upper])
