"""Smooth shapes.

Every shape is a distance: how far each pixel's centre lies from its outline, negative inside. An
edge one pixel soft then follows at any window size, and a shape that never changes is painted once
into a sprite. Two kinds change every frame: a `Ripple`, whose outline grows and shrinks, and a
`Tube`, which fills along its length.

Lengths and places are logical pixels of the canvas, 1280x720 or 800x600 (`Fit`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from mirrorcoach.live.theme import Colour

Floats = NDArray[np.float32]
Point = tuple[float, float]

WIDTH, HEIGHT = 1280, 720
COMPACT = (800, 600)

LEAST_SCALE, LEAST_ASPECT = 0.8, 1.5
"""A window that is smaller or narrower than this has the compact canvas."""


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.h

    @property
    def middle(self) -> Point:
        """Centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    def grown(self, by: float) -> Box:
        """Move every edge outwards."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return self.x <= point[0] < self.right and self.y <= point[1] < self.bottom


class Fit:
    """Where the canvas lies in a window: centred, in one piece, as large as it can be.

    Small and narrow windows have a canvas of their own, 800 by 600, on which less stands larger.

    Parameters
    ----------
    width, height : int
        Of the window in its pixels.
    canvas : (float, float), optional
        Width and height of another canvas, for a drawing that has one of its own.

    Attributes
    ----------
    size : (int, int)
        Of the window in its pixels.
    width, height : float
        Of the canvas in logical pixels.
    compact : bool
        Whether it is the small canvas.
    scale : float
        Window pixels in a logical pixel.
    """

    def __init__(self, width: int, height: int, canvas: tuple[float, float] | None = None) -> None:
        self.size = (width, height)
        roomy = min(width / WIDTH, height / HEIGHT) >= LEAST_SCALE
        self.compact = canvas is None and not (roomy and width / height >= LEAST_ASPECT)
        usual: tuple[float, float] = COMPACT if self.compact else (WIDTH, HEIGHT)
        self.width, self.height = canvas or usual
        self.scale = min(width / self.width, height / self.height)

    def x(self, x: float) -> float:
        """Window pixel of a place on the canvas."""
        return self.size[0] / 2 + (x - self.width / 2) * self.scale

    def y(self, y: float) -> float:
        """Window pixel of a place on the canvas."""
        return self.size[1] / 2 + (y - self.height / 2) * self.scale

    def back(self, x: float, y: float) -> Point:
        """Place on the canvas of a window pixel."""
        return (
            (x - self.size[0] / 2) / self.scale + self.width / 2,
            (y - self.size[1] / 2) / self.scale + self.height / 2,
        )

    def pixels(self, box: Box) -> pygame.Rect:
        """Whole window pixels that a box touches."""
        left, top = math.floor(self.x(box.x)), math.floor(self.y(box.y))
        right, bottom = math.ceil(self.x(box.right)), math.ceil(self.y(box.bottom))
        return pygame.Rect(left, top, max(1, right - left), max(1, bottom - top))

    def grid(self, pixels: pygame.Rect) -> tuple[Floats, Floats]:
        """Canvas places of pixel centres: x of shape (1, w) and y of shape (h, 1)."""
        x, y = self.back(pixels.x + 0.5, pixels.y + 0.5)
        across = x + np.arange(pixels.w) / self.scale
        down = y + np.arange(pixels.h) / self.scale
        return (
            across[None, :].astype(np.float32),
            down[:, None].astype(np.float32),
        )


# -- distances --------------------------------------------------------------------------------


def rounded(x: Floats, y: Floats, box: Box, radius: float) -> Floats:
    """Distance from a rectangle with round corners."""
    middle = box.middle
    across = np.abs(x - middle[0]) - (box.w / 2 - radius)
    down = np.abs(y - middle[1]) - (box.h / 2 - radius)
    outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    inside = np.minimum(np.maximum(across, down), 0)
    distance: Floats = outside + inside - radius
    return distance


def disc(x: Floats, y: Floats, middle: Point, radius: float) -> Floats:
    """Distance from a disc."""
    distance: Floats = np.hypot(x - middle[0], y - middle[1]) - np.float32(radius)
    return distance


def stroke(x: Floats, y: Floats, points: Sequence[Point], width: float) -> Floats:
    """Distance from an open line with round ends and corners."""
    nearest: Floats = np.full(np.broadcast_shapes(x.shape, y.shape), np.inf, dtype=np.float32)
    for (ax, ay), (bx, by) in pairwise(points):
        length = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-9)
        along = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0, 1)
        away = np.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
        nearest = np.minimum(nearest, away)
    return nearest - np.float32(width / 2)


def coverage(distance: Floats, scale: float) -> Floats:
    """Share of each pixel that lies inside a shape."""
    share: Floats = np.clip(0.5 - distance * scale, 0, 1)
    return share


# -- sprites ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sprite:
    """A finished picture and the window pixel of its upper left corner."""

    surface: pygame.Surface
    place: tuple[int, int]


class Painting:
    """Lays shapes over each other, then becomes a sprite.

    Parameters
    ----------
    fit : Fit
        Of the window.
    box : Box
        What the sprite covers.
    """

    def __init__(self, fit: Fit, box: Box) -> None:
        self._pixels = fit.pixels(box)
        self._scale = fit.scale
        self.x, self.y = fit.grid(self._pixels)
        self._paint = np.zeros((self._pixels.h, self._pixels.w, 4), dtype=np.float32)

    def lay(self, distance: Floats, colour: Colour, opacity: float = 1.0) -> None:
        """Paint a shape."""
        self._lay(coverage(distance, self._scale), colour, opacity)

    def cut(self, distance: Floats) -> None:
        """Take a shape away."""
        self._paint *= 1 - coverage(distance, self._scale)[..., None]

    def shadow(self, box: Box, radius: float, colour: Colour, opacity: float) -> None:
        """Lay the soft shadow of a card: 6 below it, blurred over 28."""
        below = Box(box.x, box.y + 6, box.w, box.h)
        hard = coverage(rounded(self.x, self.y, below, radius), self._scale)
        soft = cv2.GaussianBlur(hard, (0, 0), 14 * self._scale, borderType=cv2.BORDER_CONSTANT)
        self._lay(np.asarray(soft, dtype=np.float32), colour, opacity)

    def sprite(self) -> Sprite:
        """Make the finished picture."""
        bgra = np.take(self._paint, (2, 1, 0, 3), axis=2)
        bgra[..., :3] /= np.maximum(bgra[..., 3:], 1e-4)
        bgra[..., 3] *= 255
        pixels = np.clip(np.rint(bgra, out=bgra), 0, 255, out=bgra).astype(np.uint8)
        return Sprite(shared_surface(pixels), self._pixels.topleft)

    def _lay(self, share: Floats, colour: Colour, opacity: float) -> None:
        share = np.broadcast_to(share, self._paint.shape[:2])
        rows, columns = (np.flatnonzero(share.any(axis=one)) for one in (1, 0))
        if not rows.size:
            return
        # Most shapes are small on what they are laid on, and each pixel costs.
        part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        laid = (share[part] * np.float32(opacity))[..., None]
        self._paint[part] *= 1 - laid
        self._paint[part] += laid * np.array([*colour, 1.0], dtype=np.float32)


def shared_surface(pixels: NDArray[np.uint8]) -> pygame.Surface:
    """Surface that shows an array's memory: blue, green, red, opacity; or 8-bit numbers."""
    kind = "BGRA" if pixels.ndim == 3 else "P"
    return pygame.image.frombuffer(pixels, (pixels.shape[1], pixels.shape[0]), kind)  # type: ignore[arg-type]


# -- shapes that change -----------------------------------------------------------------------


class Ripple:
    """A picture of distances whose palette is made anew each frame.

    Parameters
    ----------
    fit : Fit
        Of the window.
    box : Box
        What it covers; it is opaque.
    distance : callable
        From the grid's x and y to the distance from a fixed shape.
    near, far : float
        Range of distances that ever differ in colour.
    """

    def __init__(
        self,
        fit: Fit,
        box: Box,
        distance: Callable[[Floats, Floats], Floats],
        near: float,
        far: float,
    ) -> None:
        pixels = fit.pixels(box)
        self._scale = fit.scale
        self._place = pixels.topleft
        self._steps: Floats = np.linspace(near, far, 256, dtype=np.float32)
        share = (distance(*fit.grid(pixels)) - near) / (far - near)
        self._surface = shared_surface(np.clip(np.rint(share * 255), 0, 255).astype(np.uint8))

    def draw(self, target: pygame.Surface, room: Colour, bands: Sequence[Band]) -> None:
        """Paint the palette with `bands` on the colour of the room, later ones on top."""
        colours = np.tile(np.array(room, dtype=np.float32), (256, 1))
        for inner, outer, colour in bands:
            share = np.minimum(
                np.clip(0.5 + (self._steps - inner) * self._scale, 0, 1),
                np.clip(0.5 + (outer - self._steps) * self._scale, 0, 1),
            )[:, None]
            colours += (np.array(colour, dtype=np.float32) - colours) * share
        self._surface.set_palette(np.rint(colours).astype(int).tolist())
        target.blit(self._surface, self._place)


Band = tuple[float, float, Colour]
"""From this distance, to that distance, in this colour."""


@dataclass(frozen=True)
class Fill:
    """Paint from the beginning of a tube, or from its end, up to a share of its length."""

    share: float
    width: float
    colour: Colour
    from_end: bool = False


class Tube:
    """A thick line with round ends that fills along its length.

    Parameters
    ----------
    fit : Fit
        Of the window.
    path : sequence of points
        Its middle line, close enough together to look round.
    width : float
        Of the tube.
    colour : Colour
        Of the empty tube.
    zone : (float, float, Colour), optional
        A piece of another colour: from this share of the length, to that share.
    border : (float, Colour), optional
        Width and colour of a line along the empty tube's edge.
    """

    def __init__(
        self,
        fit: Fit,
        path: Sequence[Point],
        width: float,
        colour: Colour,
        zone: Band | None = None,
        border: tuple[float, Colour] | None = None,
    ) -> None:
        self._scale = fit.scale
        self._width = width
        self._corners = np.array(path)
        steps = np.hypot(*np.diff(self._corners, axis=0).T)
        self._lengths = np.concatenate([[0.0], np.cumsum(steps)])
        left, top = self._corners.min(axis=0) - width / 2 - 2
        right, bottom = self._corners.max(axis=0) + width / 2 + 2
        pixels = fit.pixels(Box(left, top, right - left, bottom - top))
        self._place = pixels.topleft

        x, y = (np.broadcast_to(axis, (pixels.h, pixels.w)) for axis in fit.grid(pixels))
        along = np.arange(0, self._lengths[-1], 0.25 / fit.scale)
        middle = np.stack([self._at(along)[axis] for axis in (0, 1)], axis=1)
        far = width / 2 + 1 / fit.scale
        distance, nearest = cKDTree(middle).query(
            np.stack([x.ravel(), y.ravel()], axis=1), distance_upper_bound=far
        )
        self._inside = np.flatnonzero(np.isfinite(distance))
        self._x, self._y = x.ravel()[self._inside], y.ravel()[self._inside]
        self._distance = distance[self._inside].astype(np.float32)
        self._along = along[nearest[self._inside]].astype(np.float32)

        self._empty = np.tile(np.array(colour[::-1], dtype=np.float32), (len(self._inside), 1))
        if border is not None:
            inside = width / 2 - border[0] - self._distance
            self._mix(self._empty, coverage(inside, self._scale), border[1])
        if zone is not None:
            low, high = (share * self._lengths[-1] for share in zone[:2])
            middle_of_zone = abs(self._along - (low + high) / 2) - (high - low) / 2
            self._mix(self._empty, coverage(middle_of_zone, self._scale), zone[2])
        self._pixels = np.zeros((pixels.h * pixels.w, 4), dtype=np.uint8)
        self._pixels[:, :3] = colour[::-1]
        edge = coverage(self._distance - np.float32(width / 2), self._scale)
        self._pixels[self._inside, 3] = np.rint(edge * 255)
        self._surface = shared_surface(self._pixels.reshape(pixels.h, pixels.w, 4))

    def at(self, share: float) -> Point:
        """Point of the middle line at a share of its length."""
        x, y = self._at(np.array(share * self._lengths[-1]))
        return float(x), float(y)

    def across(self, share: float, reach: float) -> tuple[Point, Point]:
        """Find the ends of a line across the tube, `reach` to either side of its middle."""
        x, y = self.at(share)
        (ax, ay), (bx, by) = self.at(share - 0.002), self.at(share + 0.002)
        far = math.hypot(bx - ax, by - ay) / reach
        nx, ny = (by - ay) / far, (ax - bx) / far
        return (x - nx, y - ny), (x + nx, y + ny)

    def draw(self, target: pygame.Surface, fills: Sequence[Fill]) -> None:
        """Draw it with its fills, later ones on top."""
        colours = self._empty.copy()
        for fill in fills:
            if fill.share > 0:
                self._mix(colours, self._filled(fill), fill.colour)
        self._pixels[self._inside, :3] = np.rint(colours)
        target.blit(self._surface, self._place)

    def _filled(self, fill: Fill) -> Floats:
        share = min(1.0, fill.share)
        far = share * self._lengths[-1]
        along = self._lengths[-1] - self._along if fill.from_end else self._along
        tip_x, tip_y = self.at(1.0 - share if fill.from_end else share)
        # The tube's own edge is in its opacity already.
        flank = self._distance if fill.width < self._width else np.float32(-1e3)
        tip = np.hypot(self._x - np.float32(tip_x), self._y - np.float32(tip_y))
        distance = np.where(along <= far, flank, tip) - np.float32(fill.width / 2)
        return coverage(distance, self._scale)

    def _at(self, length: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return (
            np.interp(length, self._lengths, self._corners[:, 0]),
            np.interp(length, self._lengths, self._corners[:, 1]),
        )

    @staticmethod
    def _mix(colours: Floats, share: Floats, colour: Colour) -> None:
        colours += (np.array(colour[::-1], dtype=np.float32) - colours) * share[:, None]


def around(box: Box, radius: float, first_deg: float, last_deg: float) -> list[Point]:
    """Follow the right side of a rounded rectangle's outline, upwards.

    Parameters
    ----------
    box : Box
        The rectangle.
    radius : float
        Of its corners.
    first_deg, last_deg : float
        Where in the lower and upper corner the path begins and ends: 0 is straight down from the
        corner's centre, 90 to the right, 180 straight up.
    """
    points: list[Point] = []
    x = box.right - radius
    for centre_y, begin, end in (
        (box.bottom - radius, first_deg, 90.0),
        (box.y + radius, 90.0, last_deg),
    ):
        steps = max(2, math.ceil(abs(end - begin)))
        for step in range(steps + 1):
            angle = math.radians(begin + (end - begin) * step / steps)
            points.append((x + radius * math.sin(angle), centre_y + radius * math.cos(angle)))
    return points


def mirrored(path: Sequence[Point], about_x: float) -> list[Point]:
    """Put a path on the other side of a vertical line."""
    return [(2 * about_x - x, y) for x, y in path]
