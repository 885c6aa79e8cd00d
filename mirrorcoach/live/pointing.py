"""Regions on a still face: which one is pointed at, and the calm line round the chosen one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import (
    FOREHEAD_AND_CHIN,
    RIGHT_EYE,
    RIGHT_POINTS,
    mirrored,
)
from landmarks.regions import REGIONS, SIDES, Region, Side
from mirrorcoach.live.overlay import OUTLINES, Outline, smooth
from mirrorcoach.live.plot import Plot
from mirrorcoach.live.shapes import Point
from mirrorcoach.live.theme import CASING, LIGHT, WHITE, mix

REACH = 0.16
"""Farther from every region than this share of the face's height, nothing is pointed at."""

_RIGHT_CHEEK = (117, 118, 101, 36, 206, 207, 187, 123)
_MIDLINE = (10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 1, 2, 164, 0, 17, 18, 200, 199, 175, 152)

_LINES: dict[Region, tuple[Outline, ...]] = {
    **OUTLINES,
    "cheek": ((_RIGHT_CHEEK, True), (mirrored(_RIGHT_CHEEK), True)),
}


def places(points: NDArray[np.float64]) -> dict[tuple[Region, Side], Point]:
    """Where each side of each region lies.

    Parameters
    ----------
    points : numpy.ndarray, shape (478, 2)
        The face mesh on the canvas.
    """
    found = {}
    for region in REGIONS:
        right = RIGHT_EYE if region == "eye" else RIGHT_POINTS[region]
        for side, numbers in zip(SIDES, (mirrored(right), right), strict=True):
            x, y = points[list(numbers)].mean(axis=0)
            found[region, side] = (float(x), float(y))
    return found


def pointed_at(points: NDArray[np.float64], place: Point) -> Region | None:
    """The region nearest to a place on the canvas; None beside the face."""
    away = {
        region: float(np.hypot(x - place[0], y - place[1]))
        for (region, _), (x, y) in sorted(
            places(points).items(),
            key=lambda one: -np.hypot(one[1][0] - place[0], one[1][1] - place[1]),
        )
    }
    nearest = min(away, key=lambda region: away[region])
    forehead, chin = points[list(FOREHEAD_AND_CHIN)]
    return nearest if away[nearest] <= REACH * float(np.hypot(*(chin - forehead))) else None


def draw_midline(plot: Plot, points: NDArray[np.float64]) -> None:
    """Draw the face's own midline as small dots."""
    line = smooth(points[list(_MIDLINE)], False)
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.arange(0.0, steps[-1], 10.0)
    dots = np.stack([np.interp(at, steps, line[:, k]) for k in (0, 1)], axis=1)
    plot.dots(dots, 2.4, mix(WHITE, CASING, 0.45))
    plot.dots(dots, 1.7, WHITE)


def draw_region(plot: Plot, points: NDArray[np.float64], region: Region) -> None:
    """Draw the outline of a region, and a mark for each side: round left, square right."""
    thin = 0.7 if region == "eye" else 1.0
    for numbers, closed in _LINES[region]:
        line = smooth(points[list(numbers)], closed)
        line = np.concatenate([line, line[:1]]) if closed else line
        plot.line(line, 5.0 * thin, mix(WHITE, CASING, 0.6))
        plot.line(line, 3.0 * thin, WHITE)
    if region == "eye":
        return  # marks would hide what they mark
    at = places(points)
    left, right = at[region, "left"], at[region, "right"]
    plot.dots(np.array([left]), 9.0, WHITE)
    plot.dots(np.array([left]), 6.5, LIGHT.left)
    plot.square(right, 7.5, WHITE)
    plot.square(right, 5.0, LIGHT.right)
