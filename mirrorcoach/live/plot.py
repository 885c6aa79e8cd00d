"""Lines and marks over time, drawn anew in every frame."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box, Point, shared_surface
from mirrorcoach.live.theme import Colour

DASH, GAP = 11.0, 7.0
"""Of a dashed line, with its round ends."""

_FINER = 2
"""Lines are drawn this much larger, then averaged."""

_SHIFT = 4
"""OpenCV takes places in sixteenths of a pixel."""

Line = NDArray[np.float64]
"""Points of a line on the canvas, shape (n, 2); not a number where it is broken."""


class Plot:
    """Draws inside a box of the canvas; nothing is kept.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    box : Box
        What the lines may cover.
    """

    def __init__(self, canvas: Canvas, box: Box) -> None:
        self._canvas = canvas
        self._pixels = canvas.fit.pixels(box)

    def line(
        self, line: Line, width: float, colour: Colour, dashes_from: float | None = None
    ) -> None:
        """Draw a line; dashed if it is told how much of the pattern lies before it."""
        pieces = _unbroken(line)
        if dashes_from is not None:
            pieces = [dash for piece in _with_lengths(line) for dash in _dashes(piece, dashes_from)]
        if not pieces:
            return
        ends = np.cumsum([len(piece) for piece in pieces])[:-1]
        places = np.split(self._places(np.concatenate(pieces)), ends)
        mask = self._mask()
        thick = max(1, round(width * self._scale))
        cv2.polylines(mask, places, False, (255,), thick, cv2.LINE_AA, _SHIFT)
        self._lay(mask, colour)

    def dots(self, points: Line, radius: float, colour: Colour) -> None:
        """Draw dots."""
        mask = self._mask()
        wide = round(radius * self._scale * (1 << _SHIFT))
        for x, y in self._places(points).tolist():
            cv2.circle(mask, (x, y), wide, (255,), -1, cv2.LINE_AA, _SHIFT)
        self._lay(mask, colour)

    def square(self, middle: Point, half: float, colour: Colour) -> None:
        """Draw a square."""
        (x, y), away = middle, half
        corners = [(x - away, y - away), (x + away, y - away), (x + away, y + away)]
        self.shape([*corners, (x - away, y + away)], colour)

    def shape(self, corners: Sequence[Point], colour: Colour) -> None:
        """Draw a filled shape with corners."""
        mask = self._mask()
        cv2.fillPoly(mask, [self._places(np.array(corners))], (255,), cv2.LINE_AA, _SHIFT)
        self._lay(mask, colour)

    @property
    def _scale(self) -> float:
        return self._canvas.fit.scale * _FINER

    def _mask(self) -> NDArray[np.uint8]:
        return np.zeros((self._pixels.h * _FINER, self._pixels.w * _FINER), dtype=np.uint8)

    def _places(self, points: Line) -> NDArray[np.int32]:
        fit = self._canvas.fit
        x = (fit.x(0.0) - self._pixels.x + points[:, 0] * fit.scale) * _FINER - 0.5
        y = (fit.y(0.0) - self._pixels.y + points[:, 1] * fit.scale) * _FINER - 0.5
        places: NDArray[np.int32] = np.rint(np.stack([x, y], axis=1) * (1 << _SHIFT)).astype(
            np.int32
        )
        return places

    def _lay(self, mask: NDArray[np.uint8], colour: Colour) -> None:
        x, y, w, h = cv2.boundingRect(mask)
        if not w:
            return
        left, right = x // _FINER, (x + w - 1) // _FINER + 1
        top, bottom = y // _FINER, (y + h - 1) // _FINER + 1
        piece = mask[top * _FINER : bottom * _FINER, left * _FINER : right * _FINER]
        size = (right - left, bottom - top)
        pixels = np.empty((size[1], size[0], 4), dtype=np.uint8)
        pixels[..., :3] = colour[::-1]
        pixels[..., 3] = cv2.resize(piece, size, interpolation=cv2.INTER_AREA)
        place = (self._pixels.x + left, self._pixels.y + top)
        self._canvas.blit(shared_surface(pixels), place)


def lengths_of(line: Line) -> NDArray[np.float64]:
    """How far along a line each point lies; across a break it is the way to the right."""
    steps = np.diff(line, axis=0)
    steps[:, 1] = np.nan_to_num(steps[:, 1], nan=0.0)
    return np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])


def _unbroken(line: Line) -> list[Line]:
    """Pieces of a line between its breaks."""
    return [piece[:, :2] for piece in _with_lengths(line)]


def _with_lengths(line: Line) -> list[Line]:
    """Pieces of a line between its breaks, with the length at each point as a third column."""
    if not len(line):
        return []
    whole = np.column_stack([line, lengths_of(line)])
    known = np.isfinite(line[:, 1])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    return [whole[first:end] for first, end in edges.reshape(-1, 2)]


def _dashes(piece: Line, offset: float) -> list[Line]:
    """Cut a piece with lengths into dashes, `offset` into the pattern where the line begins."""
    along = piece[:, 2] + offset
    first, last = along[0], along[-1]
    dashes = []
    start = np.floor(first / (DASH + GAP)) * (DASH + GAP)
    while start < last:
        low, high = max(start, first), min(start + DASH, last)
        if high > low:
            inside = along[(along > low) & (along < high)]
            at = np.concatenate([[low], inside, [high]])
            dashes.append(np.stack([np.interp(at, along, piece[:, k]) for k in (0, 1)], axis=1))
        start += DASH + GAP
    return dashes
