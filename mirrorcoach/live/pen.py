"""Draws areas and lines that swell and taper, much larger than they are shown.

A `Painting` of ``shapes`` measures distances, which is exact but dear for the hundred curves of a
face. A pen draws on a sheet of several times the width and height, which is averaged once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from mirrorcoach.live.shapes import Point, shared_surface
from mirrorcoach.live.theme import Colour

Path = NDArray[np.float64]
"""Points of a line or of the outline of an area, shape (n, 2)."""

FINEST, COARSEST = 4, 2
"""Edges are averaged over this many steps across and down, ..."""

FINE_PX = 6_000_000
"""... fewer where the sheet would have more pixels: those of a large picture are small."""

_BITS = 4
"""Places are exact to 1/16 of a fine pixel."""


class Pen:
    """Draws on an empty, transparent sheet.

    Parameters
    ----------
    size : (int, int)
        Width and height of the finished picture in pixels.
    origin : (float, float)
        Pixel that the drawing calls (0, 0).
    scale : float
        Pixels of one unit of the drawing.
    """

    def __init__(self, size: tuple[int, int], origin: Point, scale: float) -> None:
        self._size = size
        self._origin = np.array(origin, dtype=np.float64)
        self._scale = scale
        affordable = math.isqrt(FINE_PX // (size[0] * size[1]))
        self._finer = min(FINEST, max(COARSEST, affordable))
        width, height = (side * self._finer for side in size)
        self._paint = np.zeros((height, width, 4), dtype=np.uint8)
        self._bounds = slice(0, height), slice(0, width)

    @contextmanager
    def at(self, origin: Point, scale: float) -> Iterator[None]:
        """Draw something in its own units at a place of the present ones."""
        before = self._origin, self._scale
        self._origin = self._origin + np.array(origin) * self._scale
        self._scale *= scale
        yield
        self._origin, self._scale = before

    @contextmanager
    def inside(self, outline: Path) -> Iterator[None]:
        """Keep what is drawn meanwhile within an area."""
        outer = self._bounds
        y, x = self._bounds = self._touched([outline])
        before = self._paint[y, x].copy()
        mask = np.zeros(before.shape[:2], dtype=np.uint8)
        if mask.size:
            cv2.fillPoly(mask, [self._fine(outline, (x.start, y.start))], (255,), shift=_BITS)
        yield
        if mask.size:
            self._paint[y, x] = cv2.copyTo(self._paint[y, x], mask, before)
        self._bounds = outer

    def area(self, outline: Path, colour: Colour, opacity: float = 1.0) -> None:
        """Fill an outline."""
        self._lay([outline], colour, opacity)

    def line(
        self, path: Path, width: float | Sequence[float], colour: Colour, opacity: float = 1.0
    ) -> None:
        """Draw a line with round ends.

        Parameters
        ----------
        path : array of shape (n, 2)
            Points close enough together to look smooth.
        width : float or sequence of float
            Of the whole line, or evenly spread along it from its beginning to its end.
        colour : tuple
            Of the line.
        opacity : float
            Of the line.
        """
        stations = np.atleast_1d(np.asarray(width, dtype=np.float64))
        share = np.linspace(0, 1, len(path))
        half = np.interp(share, np.linspace(0, 1, len(stations)), stations)[:, None] / 2
        along = np.gradient(path, axis=0)
        along /= np.maximum(np.hypot(*along.T)[:, None], 1e-9)
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1) * half
        ends = [path[end] + half[end] * _ROUND for end in (0, -1)]
        self._lay([np.concatenate([path + aside, (path - aside)[::-1]]), *ends], colour, opacity)

    def outline(self, outline: Path, width: float, colour: Colour) -> None:
        """Draw a closed line with round corners."""
        points = self._fine(outline, (0, 0))
        thick = max(1, round(width * self._scale * self._finer))
        cv2.polylines(self._paint, [points], True, (*colour[::-1], 255), thick, shift=_BITS)

    def glow(self, middle: Point, wide: float, high: float, colour: Colour, opacity: float) -> None:
        """Lay a soft oval that fades towards its edge, on what is drawn already."""
        y, x = self._touched([oval(middle, wide, high)])
        place = (self._origin + np.array(middle) * self._scale) * self._finer
        across = (np.arange(x.start, x.stop) + 0.5 - place[0]) / (wide * self._scale * self._finer)
        down = (np.arange(y.start, y.stop) + 0.5 - place[1]) / (high * self._scale * self._finer)
        away = np.minimum(across[None, :] ** 2 + down[:, None] ** 2, 1)
        share = (opacity * (1 - away) ** 1.5)[..., None]
        under = self._paint[y, x]
        over = np.array([*colour[::-1], 255]) * (under[..., 3:] / 255)
        self._paint[y, x] = np.rint(under + (over - under) * share).astype(np.uint8)

    def surface(self) -> pygame.Surface:
        """Finish the picture."""
        small = cv2.resize(self._paint, self._size, interpolation=cv2.INTER_AREA)
        opacity = small[..., 3:].astype(np.float32)
        colour = small[..., :3] * (255 / np.maximum(opacity, 1))
        pixels = np.concatenate([np.minimum(np.rint(colour), 255), opacity], axis=2)
        return shared_surface(np.ascontiguousarray(pixels.astype(np.uint8)))

    def _lay(self, outlines: list[Path], colour: Colour, opacity: float) -> None:
        y, x = self._touched(outlines)
        under = self._paint[y, x]
        if not under.size:
            return
        over = under if opacity >= 1 else under.copy()
        for outline in outlines:
            points = self._fine(outline, (x.start, y.start))
            cv2.fillPoly(over, [points], (*colour[::-1], 255), shift=_BITS)
        if opacity < 1:
            self._paint[y, x] = cv2.addWeighted(over, opacity, under, 1 - opacity, 0)

    def _fine(self, path: Path, corner: tuple[int, int]) -> NDArray[np.int32]:
        # A fine pixel's own place is its middle.
        fine = (self._origin + path * self._scale) * self._finer - 0.5 - np.array(corner)
        places: NDArray[np.int32] = np.rint(fine * (1 << _BITS)).astype(np.int32)
        return places

    def _touched(self, outlines: list[Path]) -> tuple[slice, slice]:
        points = (self._origin + np.concatenate(outlines) * self._scale) * self._finer
        first = np.floor(points.min(axis=0)).astype(int) - 1
        last = np.ceil(points.max(axis=0)).astype(int) + 2
        across, down = (
            slice(low, max(low, high))
            for low, high in (
                (max(int(first[i]), within.start), min(int(last[i]), within.stop))
                for i, within in enumerate(reversed(self._bounds))
            )
        )
        return down, across


def curve(points: Sequence[Point] | Path, steps: int = 8, closed: bool = False) -> Path:
    """Smooth line through points (Catmull and Rom 1974).

    Parameters
    ----------
    points : array of shape (n, 2)
        To go through; at least 2.
    steps : int
        Pieces from one point to the next.
    closed : bool
        Whether the last point leads to the first.
    """
    given = np.asarray(points, dtype=np.float64)
    if closed:
        padded = np.concatenate([given[-1:], given, given[:2]])
    else:
        first, last = 2 * given[0] - given[1], 2 * given[-1] - given[-2]
        padded = np.concatenate([[first], given, [last]])
    a, b, c, d = (padded[i : len(padded) - 3 + i, None] for i in range(4))
    t = np.arange(steps)[None, :, None] / steps
    smooth = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    line: Path = smooth.reshape(-1, 2)
    return line if closed else np.concatenate([line, given[-1:]])


def half_curve(points: Sequence[Point] | Path, steps: int = 8) -> Path:
    """Smooth line through points, the last on x = 0, where its mirror image goes on smoothly."""
    whole = curve(bridged(np.asarray(points, dtype=np.float64)), steps)
    return whole[: len(whole) // 2 + 1]


def oval(middle: Point, wide: float, high: float, corners: int = 48) -> Path:
    """Outline of an ellipse that reaches `wide` to either side and `high` up and down."""
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return np.stack([middle[0] + wide * np.cos(turn), middle[1] + high * np.sin(turn)], axis=1)


def flipped(path: Path) -> Path:
    """Put a path on the other side of x = 0."""
    other: Path = path * np.array([-1.0, 1.0])
    return other


def bridged(half: Path) -> Path:
    """Join a path that ends on x = 0 with its mirror image."""
    return np.concatenate([half, flipped(half)[::-1][1:]])


_ROUND = oval((0, 0), 1, 1, 12)
"""The end of a line."""
