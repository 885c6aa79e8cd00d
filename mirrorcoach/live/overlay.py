"""Lines on the mirror picture: the part that moves, and movement that comes along unasked.

Outlines and dotted crescents only; never a mesh, dots or numbers on a face.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from exercises.watch import QuietMark
from landmarks.mesh import LIPS_OUTER, RIGHT_BROW, RIGHT_EYE, RIGHT_POINTS, mirrored
from landmarks.regions import Region
from mirrorcoach.live.theme import CASING, LIGHT, WHITE, Colour

_SHIFT = 4
"""OpenCV takes places in sixteenths of a pixel."""

_FINER = 4
"""Lines are drawn this much larger, then averaged."""

_PIECE = 24
"""A long line is drawn in pieces of so many points."""

_NOSE_BASE = (129, 64, 98, 97, 2, 326, 327, 294, 358)
_CHIN = (149, 176, 148, 152, 377, 400, 378)

Outline = tuple[tuple[int, ...], bool]
"""Landmarks in drawing order, and whether they close."""

_LIPS: tuple[Outline, ...] = ((LIPS_OUTER, True),)
OUTLINES: dict[Region, tuple[Outline, ...]] = {
    "brow": ((RIGHT_BROW, False), (mirrored(RIGHT_BROW), False)),
    "eye": ((RIGHT_EYE, True), (mirrored(RIGHT_EYE), True)),
    "ala": ((_NOSE_BASE, False),),
    "upper_lip": _LIPS,
    "mouth_corner": _LIPS,
    "lower_lip": _LIPS,
    "cheek": _LIPS,
    "chin": ((_CHIN, False),),
}
"""What is outlined when a region is asked to move: both sides of it."""

_EYE_CORNERS = (33, 133)
_DOT, _DOT_STEP, _DOT_CASING = 6.0, 11.0, 9.5
_CRESCENT_DEG = (24.0, 156.0)
_CRESCENT_W, _CRESCENT_H = 0.84, 0.54


def outline(
    picture: NDArray[np.uint8], points: NDArray[np.float64], region: Region, scale: float
) -> None:
    """Draw the outline of the moving part, white on a dark casing.

    Parameters
    ----------
    picture : numpy.ndarray, uint8
        The mirror picture; drawn on.
    points : numpy.ndarray, shape (478, 2)
        The face mesh in its pixels.
    region : Region
        What the exercise moves.
    scale : float
        Window pixels in a logical pixel.
    """
    for numbers, closed in OUTLINES[region]:
        target_line(picture, smooth(points[list(numbers)], closed), closed, region, scale)


def target_line(
    picture: NDArray[np.uint8],
    line: NDArray[np.float64],
    closed: bool,
    region: Region,
    scale: float,
) -> None:
    """Draw one line of a moving part or of its target, white on a dark casing.

    Parameters
    ----------
    picture : numpy.ndarray, uint8
        The mirror picture; drawn on.
    line : numpy.ndarray, shape (n, 2)
        Its points in the picture's pixels.
    closed : bool
        The last point is joined to the first.
    region : Region
        What moves; round the small eye the line is thinner.
    scale : float
        Window pixels in a logical pixel.
    """
    thin = 0.7 if region == "eye" else 1.0
    for width, colour, opacity in ((6.5, CASING, 0.55), (3.2, WHITE, 1.0)):
        _lay(picture, line, width * thin * scale, colour, opacity, _line(closed))


def quiet_mark(
    picture: NDArray[np.uint8],
    points: NDArray[np.float64],
    mark: QuietMark,
    scale: float,
    opacity: float,
) -> None:
    """Draw two dotted crescents round where unasked movement is seen.

    Parameters
    ----------
    picture : numpy.ndarray, uint8
        The mirror picture; drawn on.
    points : numpy.ndarray, shape (478, 2)
        The face mesh in its pixels.
    mark : QuietMark
        Where.
    scale : float
        Window pixels in a logical pixel.
    opacity : float
        0 to 1, while it comes and goes.
    """
    middle, width = _mark_place(points, mark)
    for below in (1.0, -1.0):
        line = _crescent(middle, width, below)
        _lay(picture, line, _DOT_CASING * scale, WHITE, 0.8 * opacity, _line(False))
        dots = _evenly(line, _DOT_STEP * scale)
        _lay(picture, dots, _DOT * scale, LIGHT.quiet, opacity, _dots)


def stroke_line(
    picture: NDArray[np.uint8],
    line: NDArray[np.float64],
    width: float,
    colour: Colour,
    closed: bool = False,
) -> None:
    """Draw a smooth line.

    Parameters
    ----------
    picture : numpy.ndarray, uint8
        Drawn on.
    line : numpy.ndarray, shape (n, 2)
        Its points in the picture's pixels.
    width : float
        In the same.
    colour : Colour
        Red, green, blue.
    closed : bool
        The last point is joined to the first.
    """
    whole = np.concatenate([line, line[:1]]) if closed else line
    # The pieces' boxes together are much smaller than the line's own.
    for start in range(0, max(1, len(whole) - 1), _PIECE):
        _lay(picture, whole[start : start + _PIECE + 1], width, colour, 1.0, _line(False))


def fill_shape(picture: NDArray[np.uint8], edge: NDArray[np.float64], colour: Colour) -> None:
    """Fill a shape with a smooth edge; parameters as for `stroke_line`."""
    _lay(picture, edge, 1.0, colour, 1.0, _filled)


def fill_ground(picture: NDArray[np.uint8], edge: NDArray[np.float64], colour: Colour) -> None:
    """Fill a large shape whose edge a line covers; parameters as for `stroke_line`."""
    places = np.rint(edge * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(picture, [places], colour[::-1], cv2.LINE_AA, _SHIFT)


def smooth(points: NDArray[np.float64], closed: bool) -> NDArray[np.float64]:
    """Draw a curve through points (Catmull-Rom), six steps from each to the next."""
    if closed:
        before, after = points[-1:], points[:2]
    else:
        before, after = points[:1], points[-1:]
    p = np.concatenate([before, points, after])
    before_a, a, b, after_b = (p[i : len(p) - 3 + i, None] for i in range(4))
    u = np.arange(0, 1, 1 / 6)[:, None]
    pieces = 0.5 * (
        2 * a
        + (b - before_a) * u
        + (2 * before_a - 5 * a + 4 * b - after_b) * u**2
        + (3 * a - before_a - 3 * b + after_b) * u**3
    )
    return np.concatenate([pieces.reshape(-1, 2), p[-2:-1]])


def _mark_place(points: NDArray[np.float64], mark: QuietMark) -> tuple[NDArray[np.float64], float]:
    """Middle of a mark and the width it goes round."""
    corners = _EYE_CORNERS if mark.side == "right" else mirrored(_EYE_CORNERS)
    eye = points[list(corners)]
    eye_width = float(np.hypot(*(eye[1] - eye[0])))
    if mark.region == "eye":
        return eye.mean(axis=0), eye_width
    numbers = RIGHT_POINTS[mark.region]
    region = points[list(numbers if mark.side == "right" else mirrored(numbers))]
    low, high = region.min(axis=0), region.max(axis=0)
    return (low + high) / 2, max(0.8 * eye_width, float(high[0] - low[0]))


def _crescent(middle: NDArray[np.float64], width: float, below: float) -> NDArray[np.float64]:
    angle = np.radians(np.linspace(*_CRESCENT_DEG, 34))
    across, down = _CRESCENT_W * np.cos(angle), below * _CRESCENT_H * np.sin(angle)
    line: NDArray[np.float64] = middle + width * np.stack([across, down], axis=1)
    return line


def _evenly(line: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Points on a line, about a step apart, with one at each end."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.linspace(0, length[-1], max(2, round(float(length[-1]) / step) + 1))
    return np.stack([np.interp(at, length, line[:, axis]) for axis in (0, 1)], axis=1)


Drawing = Callable[[NDArray[np.uint8], NDArray[np.int32], int], None]


def _line(closed: bool) -> Drawing:
    def draw(mask: NDArray[np.uint8], places: NDArray[np.int32], width: int) -> None:
        cv2.polylines(mask, [places], closed, (255,), max(1, width), cv2.LINE_8, _SHIFT)

    return draw


def _filled(mask: NDArray[np.uint8], places: NDArray[np.int32], width: int) -> None:
    cv2.fillPoly(mask, [places], (255,), cv2.LINE_8, _SHIFT)


def _dots(mask: NDArray[np.uint8], places: NDArray[np.int32], width: int) -> None:
    for x, y in places.tolist():
        cv2.circle(mask, (x, y), (width << _SHIFT) // 2, (255,), -1, cv2.LINE_8, _SHIFT)


def _lay(
    picture: NDArray[np.uint8],
    points: NDArray[np.float64],
    width: float,
    colour: Colour,
    opacity: float,
    draw: Drawing,
) -> None:
    """Blend what `draw` paints into the part of the picture where it lies."""
    height, across = picture.shape[:2]
    left, top = np.maximum(np.floor(points.min(axis=0) - width).astype(int), 0).tolist()
    right, bottom = np.ceil(points.max(axis=0) + width).astype(int).tolist()
    right, bottom = min(right, across), min(bottom, height)
    if right <= left or bottom <= top or opacity <= 0:
        return
    mask = np.zeros(((bottom - top) * _FINER, (right - left) * _FINER), dtype=np.uint8)
    places = np.rint((points - (left, top)) * (_FINER << _SHIFT)).astype(np.int32)
    draw(mask, places, round(width * _FINER))
    small = cv2.resize(mask, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    rows, columns = np.nonzero(small)  # a line covers few of the pixels round it
    share = small[rows, columns].astype(np.float32)[:, None] * np.float32(opacity / 255)
    piece = picture[top:bottom, left:right]
    under = piece[rows, columns].astype(np.float32)
    blended = under + (np.array(colour[::-1], dtype=np.float32) - under) * share
    piece[rows, columns] = np.rint(blended)
