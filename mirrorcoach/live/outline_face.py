"""A face drawn as lines: the person's own contours, without their picture.

Everything comes from the mesh of the moment; an iris shows only as far as the lids are open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import (
    LIPS_INNER,
    LIPS_OUTER,
    RIGHT_BROW,
    RIGHT_BROW_BELOW,
    RIGHT_EYE,
    RIGHT_IRIS_MIDDLE,
    RIGHT_IRIS_RING,
    RIGHT_OVAL,
    mirrored,
)
from landmarks.regions import Region
from mirrorcoach.live.overlay import OUTLINES, fill_shape, smooth, stroke_line
from mirrorcoach.live.theme import Colour

Role = Literal["face", "line", "moving", "iris", "pupil"]
"""The face's edge; lines that are only there; what the exercise moves; and the eye's inside."""

Part = Literal["face", "brow", "eye", "nose", "lips", "chin"]

_MOVES: dict[Region, Part] = {
    "brow": "brow",
    "eye": "eye",
    "ala": "nose",
    "upper_lip": "lips",
    "mouth_corner": "lips",
    "lower_lip": "lips",
    "cheek": "lips",
    "chin": "chin",
}

_LIDS = 9
"""Of the eye's contour so many points, from outer to inner corner, are the upper lid's edge."""

_PUPIL = 0.45
"""Of the iris."""

_OVAL = (*RIGHT_OVAL, *mirrored(RIGHT_OVAL)[-2:0:-1])

DASH, GAP = 11.0, 7.0
"""Of a dashed line, logical pixels."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One line of the drawing.

    Attributes
    ----------
    role : Role
        What it is, for the theme.
    points : numpy.ndarray, shape (n, 2)
        Smooth, in the pixels of the mesh it was made from.
    closed : bool
        The last point is joined to the first.
    width : float
        Logical pixels; 0 for a shape that is filled.
    """

    role: Role
    points: NDArray[np.float64]
    closed: bool
    width: float


def outline_face(points: NDArray[np.float64], moving: Region | None) -> list[Curve]:
    """Lines of a face, in the order in which they are drawn.

    Parameters
    ----------
    points : numpy.ndarray, shape (478, 2)
        The face mesh in the pixels to draw in; mirrored or not.
    moving : Region or None
        What the exercise moves; its lines have the role ``"moving"``.
    """
    part = None if moving is None else _MOVES[moving]

    def curve(of: Part, numbers: tuple[int, ...], closed: bool, width: float) -> Curve:
        role: Role = "moving" if of == part else "face" if of in ("face", "brow") else "line"
        return Curve(role, smooth(points[list(numbers)], closed), closed, width)

    curves = [curve("face", _OVAL, True, 3.0)]
    for turned in (False, True):
        brow, below, eye, ring = (
            mirrored(numbers) if turned else numbers
            for numbers in (RIGHT_BROW, RIGHT_BROW_BELOW, RIGHT_EYE, RIGHT_IRIS_RING)
        )
        middle = mirrored((RIGHT_IRIS_MIDDLE,))[0] if turned else RIGHT_IRIS_MIDDLE
        upper, lower = eye[:_LIDS], (eye[0], *eye[: _LIDS - 2 : -1])
        curves += [
            curve("brow", (*brow, *below[::-1]), True, 0.0),
            *_iris(points, middle, ring, upper, lower),
            curve("eye", lower, False, 2.2),
            curve("eye", upper, False, 4.0),
        ]
    curves += [curve("nose", numbers, closed, 3.2) for numbers, closed in OUTLINES["ala"]]
    if part == "chin":
        curves += [curve("chin", numbers, closed, 3.2) for numbers, closed in OUTLINES["chin"]]
    curves += [curve("lips", LIPS_OUTER, True, 3.6), curve("lips", LIPS_INNER, True, 2.6)]
    return curves


def draw_outline(
    picture: NDArray[np.uint8],
    curves: list[Curve],
    colours: Mapping[Role, Colour],
    scale: float,
) -> None:
    """Draw the lines of a face with smooth edges.

    Parameters
    ----------
    picture : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; drawn on.
    curves : list of Curve
        In its pixels.
    colours : mapping of Role to Colour
        One for each role.
    scale : float
        Window pixels in a logical pixel.
    """
    for curve in curves:
        colour = colours[curve.role]
        if curve.width:
            stroke_line(picture, curve.points, curve.width * scale, colour, curve.closed)
        else:
            fill_shape(picture, curve.points, colour)


def dashes(line: NDArray[np.float64], closed: bool, scale: float) -> list[NDArray[np.float64]]:
    """Cut a line into dashes, the last of them whole.

    Parameters
    ----------
    line : numpy.ndarray, shape (n, 2)
        Window pixels.
    closed : bool
        The last point is joined to the first.
    scale : float
        Window pixels in a logical pixel.

    Returns
    -------
    list of numpy.ndarray, shape (m, 2)
        One for each dash.
    """
    whole = np.concatenate([line, line[:1]]) if closed else line
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(whole, axis=0).T))])
    # A line that does not close ends with a dash and not with a gap.
    left_out = 0.0 if closed else GAP / (DASH + GAP)
    count = max(1, round(float(along[-1]) / ((DASH + GAP) * scale) + left_out))
    step = along[-1] / (count - left_out)
    length = step * DASH / (DASH + GAP)
    pieces = []
    for start in step * np.arange(count):
        inner = along[(along > start) & (along < start + length)]
        at = np.concatenate([[start], inner, [start + length]])
        pieces.append(np.stack([np.interp(at, along, whole[:, axis]) for axis in (0, 1)], axis=1))
    return pieces


def _iris(
    points: NDArray[np.float64],
    middle: int,
    ring: tuple[int, ...],
    upper: tuple[int, ...],
    lower: tuple[int, ...],
) -> list[Curve]:
    """Iris and pupil as far as they show between the lids."""
    centre = points[middle]
    radius = float(np.median(np.hypot(*(points[list(ring)] - centre).T)))
    corners = points[[upper[0], upper[-1]]]
    along = (corners[1] - corners[0]) / max(1e-6, float(np.hypot(*(corners[1] - corners[0]))))
    # Down the face whichever way the eye is drawn: towards the lower lid of an open eye.
    down = np.array([-along[1], along[0]])
    if (points[list(lower)].mean(axis=0) - points[list(upper)].mean(axis=0)) @ down < 0:
        down = -down
    axes = np.stack([along, down])
    edges = [(smooth(points[list(lid)], False) - centre) @ axes.T for lid in (upper, lower)]
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    shapes: list[Curve] = []
    for role, size in (("iris", radius), ("pupil", radius * _PUPIL)):
        x, y = size * np.cos(angle), size * np.sin(angle)
        top, bottom = (np.interp(x, edge[:, 0], edge[:, 1]) for edge in edges)
        y = np.clip(y, top, np.maximum(top, bottom))
        if np.ptp(y) > 0.1 * size:
            whole = centre + np.stack([x, y], axis=1) @ axes
            shapes.append(Curve("iris" if role == "iris" else "pupil", whole, True, 0.0))
    return shapes
