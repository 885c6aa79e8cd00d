"""A quiet room: a mirror over a shelf, and the light of the day on the wall."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pygame

from mirrorcoach.live.drawn_face import draw_bust
from mirrorcoach.live.pen import Path, Pen, curve, flipped, oval
from mirrorcoach.live.shapes import Point
from mirrorcoach.live.theme import Colour, Theme, mix

RADIUS = 36.0
"""Of the picture's corners."""

CHANGES_A_DAY = 96
"""The light moves once in a quarter of an hour: nobody sees it move."""

REMEMBERED = 4
"""Pictures kept; the one not asked for longest goes first."""

_SMALLEST: Point = (520, 560)
"""Everything has its full size in a picture of these lengths."""

_SHELF_H, _EDGE_H = 92.0, 10.0
_MIRROR: Point = (268, 364)
_FRAME, _RIM = 12.0, 6.0
_MIRROR_AT = 0.565
"""Middle of the mirror, in shares of the wall's height."""
_FACE_SCALE, _FACE_BELOW = 1.13, 176.0
"""Lengths of a millimetre of the face, and how far the eyes lie under the mirror's top."""

_SUNRISE, _SUNSET = 6.0, 20.0
_STRIPES = 40

_LEAF = curve([(0, 0), (9, -13), (11, -30), (6, -46), (0, -54)])
_LEAVES: Sequence[tuple[Point, float, float]] = (
    ((-1, -74), -42, 0.86),
    ((-3, -44), -30, 0.72),
    ((12, -72), 14, 0.92),
    ((3, -50), 12, 0.7),
    ((22, -56), 62, 0.82),
)
"""Where each leaf of the plant begins, how it leans in degrees, and its size."""
_STEMS: Sequence[Sequence[Point]] = (
    ((0, 2), (-1, -34), (-1, -52), (-6, -80)),
    ((1, 2), (3, -36), (12, -72)),
    ((2, 2), (7, -30), (23, -56)),
)


class Room:
    """Draws the room in the colours of a theme.

    Parameters
    ----------
    theme : Theme
        Colours.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[object, pygame.Surface] = {}

    def surface(self, size: tuple[int, int], hour: float, scale: float = 1.0) -> pygame.Surface:
        """Picture of the room.

        Parameters
        ----------
        size : (int, int)
            Width and height in pixels.
        hour : float
            Time of day, 0 to 24; the light slants by it.
        scale : float
            Pixels of a logical pixel; the corners' radius is 36 of these.

        Returns
        -------
        pygame.Surface
            With opacity; not to be drawn on, since it is handed out again.
        """
        quarter = round(hour / 24 * CHANGES_A_DAY) % CHANGES_A_DAY
        key = (size, quarter, scale)
        if key not in self._drawn:
            if len(self._drawn) >= REMEMBERED:
                del self._drawn[next(iter(self._drawn))]
            drawing = _Drawing(self._theme, size, quarter / CHANGES_A_DAY * 24, scale)
            self._drawn[key] = drawing.surface()
        self._drawn[key] = self._drawn.pop(key)
        return self._drawn[key]


def daylight(hour: float) -> float:
    """How high the sun stands, from 0 at night to 1 in the middle of the day."""
    day = (hour - _SUNRISE) / (_SUNSET - _SUNRISE)
    return math.sin(math.pi * day) if 0 < day < 1 else 0.0


class _Drawing:
    """One picture, from the wall to what stands before it; lengths are those of the mock-ups."""

    def __init__(self, theme: Theme, size: tuple[int, int], hour: float, scale: float) -> None:
        self._theme, self._hour = theme, hour
        self._unit = min(size[0] / _SMALLEST[0], size[1] / _SMALLEST[1])
        self._pen = Pen(size, (0, 0), self._unit)
        self._w, self._h = size[0] / self._unit, size[1] / self._unit
        self._corner = min(RADIUS * scale / self._unit, self._w / 2, self._h / 2)
        self._wall_h = self._h - _SHELF_H
        self._mirror: Point = (self._w / 2, self._wall_h * _MIRROR_AT)
        self._sun = daylight(hour)
        self._slant = 0.1 + 0.5 * max(-1.0, min(1.0, (hour - 12) / 6))
        self._dark = sum(theme.bg) < sum(theme.ink)
        wood = mix(mix(theme.hair, theme.right, 0.4), theme.sun, 0.28)
        self._wood = self._evening(wood)
        self._shelf = mix(self._wood, theme.sun, 0.42)

    def surface(self) -> pygame.Surface:
        """Draw everything."""
        outline = _rounded(0, 0, self._w, self._h, self._corner)
        with self._pen.inside(outline):
            self._wall()
            self._beams()
            self._shelf_board()
            self._mirror_shadow()
            self._frame()
            self._books_and_cup(0.14 * self._w)
            self._plant(0.86 * self._w)
        if self._theme.outlined:
            inner = _rounded(1, 1, self._w - 1, self._h - 1, self._corner - 1)
            self._pen.outline(inner, 2.0, self._theme.line)
        return self._pen.surface()

    def _evening(self, colour: Colour) -> Colour:
        """A colour as it looks in a dark room."""
        return mix(colour, self._theme.bg, 0.42) if self._dark else colour

    # -- wall and light -----------------------------------------------------------------------

    def _wall(self) -> None:
        theme = self._theme
        self._pen.area(_box(0, 0, self._w, self._h), theme.bg)
        if theme.outlined:
            return
        night = (1 - self._sun) ** 4
        if self._dark:
            self._lamplight(mix(theme.bg, theme.sun, 0.2), mix(theme.bg, theme.sun, 1.0))
            return
        low = mix(theme.sun, theme.blush, 0.3 * (1 - self._sun))
        near = mix(mix(low, theme.frame, 0.42), theme.hair, 0.1 * night)
        far = mix(low, theme.hair, 0.05 + 0.1 * night)
        reach = self._w + self._h
        for stripe in range(_STRIPES):
            begin, end = (reach * (stripe + more) / _STRIPES for more in (0, 1.1))
            corners = [(begin, 0), (end, 0), (end - reach, reach), (begin - reach, reach)]
            colour = mix(near, far, stripe / (_STRIPES - 1))
            self._pen.area(np.array(corners, dtype=np.float64), colour)

    def _lamplight(self, far: Colour, near: Colour) -> None:
        """Light the wall around the mirror; it fades towards the corners."""
        for step in range(_STRIPES):
            share = step / (_STRIPES - 1)
            wide = (1 - share) * math.hypot(self._w, self._h) * 0.62 + share * 60
            self._pen.area(oval(self._mirror, wide, wide, 72), mix(far, near, share))

    def _beams(self) -> None:
        theme = self._theme
        strength = math.sqrt(self._sun)
        if strength == 0:
            return
        light = mix(theme.sun, theme.ink, 0.25) if self._dark else mix(theme.frame, theme.sun, 0.12)
        middle = self._wall_h / 2
        for away, wide, opacity in ((-62, 168, 0.62), (74, 48, 0.42)):
            top = self._mirror[0] + away - wide / 2 - self._slant * middle
            foot = top + self._slant * self._wall_h
            # Light spreads a little on its way.
            corners = [(top, 0), (top + wide, 0), (foot + wide * 1.16, self._wall_h)]
            beam = np.array([*corners, (foot - wide * 0.06, self._wall_h)], dtype=np.float64)
            if theme.outlined:
                self._pen.outline(beam, 1.2, mix(theme.bg, theme.ink, 0.4 * strength))
            else:
                share = (0.5 if self._dark else 1.0) * opacity * strength
                self._pen.area(beam, light, share)

    def _shelf_board(self) -> None:
        y = self._wall_h
        self._thing(_box(-4, y, self._w + 4, self._h + 4), self._shelf)
        if not self._theme.outlined:
            front = _box(0, y + _EDGE_H, self._w, self._h)
            self._pen.area(front, mix(self._shelf, self._wood, 0.5))

    # -- mirror -------------------------------------------------------------------------------

    def _mirror_shadow(self) -> None:
        if self._theme.outlined:
            return
        for spread in (12, 9, 6, 3, 0):
            outline = self._mirror_outline(spread)
            away = np.array([14 * self._slant, 12])
            self._pen.area(outline + away, self._theme.shadow, 0.03 + 0.03 * self._sun)

    def _frame(self) -> None:
        theme, pen = self._theme, self._pen
        self._thing(self._mirror_outline(0), self._wood)
        if not theme.outlined:
            pen.area(self._mirror_outline(-2.5), mix(self._wood, theme.sun, 0.16))
            pen.area(self._mirror_outline(-_FRAME + 2), self._wood)
        rim = theme.frame if not self._dark else mix(theme.frame, theme.ink, 0.2)
        self._thing(self._mirror_outline(-_FRAME), rim)
        glass = self._mirror_outline(-_FRAME - _RIM)
        self._pen.area(glass, theme.bg if theme.outlined else theme.soft)
        x, y = self._mirror
        with pen.inside(glass):
            eyes = (x, y - _MIRROR[1] / 2 + _FACE_BELOW)
            if not theme.outlined:
                self._gleam(0.5)
            with pen.at(eyes, _FACE_SCALE):
                draw_bust(pen, _FACE_SCALE * self._unit, theme)
            if not theme.outlined:
                self._gleam(0.16)

    def _gleam(self, opacity: float) -> None:
        x, y = self._mirror
        left, top = x - _MIRROR[0] / 2, y - _MIRROR[1] / 2
        light = mix(self._theme.soft, max(self._theme.ink, self._theme.frame, key=sum), 0.7)
        if self._dark:
            opacity *= 0.3
        for begin, wide in ((118, 46), (178, 16)):
            corners = [(begin, 0), (begin + wide, 0), (0, begin + wide), (0, begin)]
            band = np.array(corners, dtype=np.float64) + np.array([left, top])
            self._pen.area(band, light, opacity)

    def _mirror_outline(self, grown: float) -> Path:
        (x, y), (w, h) = self._mirror, _MIRROR
        left, top = x - w / 2 - grown, y - h / 2 - grown
        return _rounded(left, top, x + w / 2 + grown, y + h / 2 + grown, w / 2 + grown)

    # -- on the shelf -------------------------------------------------------------------------

    def _books_and_cup(self, x: float) -> None:
        theme, y = self._theme, self._wall_h
        green = self._evening(mix(theme.primary, theme.breath, 0.2))
        sand = self._evening(mix(theme.sun, theme.right, 0.22))
        china = self._evening(theme.frame if not self._dark else theme.ink2)
        self._ground_shadow(x, 40)
        self._thing(_rounded(x - 33, y - 12, x + 31, y, 2.5), green)
        self._thing(_rounded(x - 28, y - 22.5, x + 27, y - 12, 2.5), sand)
        top = y - 22.5
        handle = oval((x + 12, top - 11.5), 8, 7)
        if theme.outlined:
            self._pen.outline(handle, 1.6, theme.ink)
        else:
            self._pen.line(np.concatenate([handle, handle[:1]]), 3.4, china)
        sides = ((-14, -22), (12, -22), (11, -6), (7, 0), (-9, 0), (-13, -6))
        self._thing(np.array(sides, dtype=np.float64) + np.array([x, top]), china)
        if not theme.outlined:
            tea = mix(china, self._wood, 0.25)
            self._pen.line(np.array([(x - 12.5, top - 20.5), (x + 10.5, top - 20.5)]), 1.6, tea)

    def _plant(self, x: float) -> None:
        theme, y = self._theme, self._wall_h
        leaf = self._evening(mix(theme.breath, theme.soft, 0.12))
        stalk = mix(leaf, theme.hair, 0.25)
        clay = self._evening(mix(theme.right, theme.blush, 0.3))
        root = np.array([x, y - 46])
        if not theme.outlined:
            away = root + np.array([16 + 26 * self._slant, 12])
            for outline, _ in self._leaves():
                self._pen.area(outline + away, theme.shadow, 0.05 + 0.05 * self._sun)
        for stem in _STEMS:
            path = curve(stem) * 1.12 + root
            if theme.outlined:
                self._pen.line(path, 1.8, theme.ink)
            else:
                self._pen.line(path, (4.2, 2.2), stalk)
        for number, (outline, rib) in enumerate(self._leaves()):
            self._thing(outline + root, mix(leaf, theme.soft, 0.1 * (number % 3)))
            edge = mix(leaf, theme.hair, 0.2)
            self._pen.line(rib + root, (1.6, 0.5), theme.ink if theme.outlined else edge)
        self._ground_shadow(x, 34)
        pot = np.array([(-22, -40), (22, -40), (17.5, 0), (-17.5, 0)]) + np.array([x, y])
        self._thing(pot, clay)
        self._thing(_rounded(x - 25.5, y - 47, x + 25.5, y - 36, 2.5), mix(clay, theme.sun, 0.14))

    def _leaves(self) -> list[tuple[Path, Path]]:
        """Outline and rib of each leaf, from the plant's root."""
        found = []
        for place, lean_deg, size in _LEAVES:
            lean = math.radians(lean_deg)
            turn = np.array([[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]])
            both = np.concatenate([_LEAF, flipped(_LEAF)[::-1]])
            rib = np.array([(0, 0), (0.6, -18), (0, -42)], dtype=np.float64)
            found.append(
                tuple(
                    (part * size * 1.12) @ turn + np.array(place) * 1.12
                    for part in (both, curve(rib))
                )
            )
        return found

    def _ground_shadow(self, x: float, wide: float) -> None:
        if not self._theme.outlined:
            away = 8 * self._slant
            shade = oval((x + away, self._wall_h + 2.4), wide, 2.6)
            self._pen.area(shade, self._theme.shadow, 0.16)

    # -- lines --------------------------------------------------------------------------------

    def _thing(self, outline: Path, colour: Colour) -> None:
        """Fill a shape; where there are lines only, draw its outline."""
        if self._theme.outlined:
            self._pen.area(outline, self._theme.bg)
            self._pen.outline(outline, 1.8, self._theme.ink)
        else:
            self._pen.area(outline, colour)


def _box(x: float, y: float, right: float, bottom: float) -> Path:
    return np.array([(x, y), (right, y), (right, bottom), (x, bottom)], dtype=np.float64)


def _rounded(x: float, y: float, right: float, bottom: float, radius: float) -> Path:
    quarter = np.radians(np.linspace(0, 90, 24))
    corners = (
        (right - radius, bottom - radius, 0),
        (x + radius, bottom - radius, 1),
        (x + radius, y + radius, 2),
        (right - radius, y + radius, 3),
    )
    return np.concatenate(
        [
            np.stack(
                [
                    cx + radius * np.cos(quarter + turn * np.pi / 2),
                    cy + radius * np.sin(quarter + turn * np.pi / 2),
                ],
                axis=1,
            )
            for cx, cy, turn in corners
        ]
    )
