"""The line-drawn face: it shows a movement, a side or a place, and is nobody's portrait.

It is drawn as in a mirror: the person's left is on the left.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
import pygame

from landmarks.regions import Side
from mirrorcoach.live.drawn_face import DrawnFace, Mark
from mirrorcoach.live.face_curves import Movement, bent
from mirrorcoach.live.pen import Pen, oval
from mirrorcoach.live.shapes import Point
from mirrorcoach.live.theme import Theme

STEPS = 20
"""A movement is drawn in so many steps."""

PIXELS_REMEMBERED = 24_000_000
"""Pictures are kept up to so many pixels (96 MB); the one not asked for longest goes first."""

_REACH_MM = 121.0
"""From the middle of the picture to its edge."""
_MIDDLE: Point = (0, 6.5)
_SUN = oval((0, 38), 87, 87, 96)


class LineFace:
    """Draws the face in the colours of a theme, and remembers what it has drawn.

    Parameters
    ----------
    theme : Theme
        Colours.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: OrderedDict[object, pygame.Surface] = OrderedDict()

    def surface(
        self,
        size_px: int,
        movement: Movement = (),
        share: float = 0.0,
        *,
        tinted: Sequence[Side] = (),
        mark: Mark | None = None,
    ) -> pygame.Surface:
        """Picture of the face.

        Parameters
        ----------
        size_px : int
            Width and height.
        movement : Movement
            What moves; its lines stand out. Nothing: a calm face.
        share : float
            How much of the movement has been done, 0 to 1.
        tinted : sequence of Side
            Halves in the colour of their side, each with an arc beside it.
        mark : Mark, optional
            Where the quiet mark lies.

        Returns
        -------
        pygame.Surface
            With opacity; not to be drawn on, since it is handed out again.
        """
        step = round(min(1.0, max(0.0, share)) * STEPS) if movement else 0
        key = (size_px, movement, step, tuple(tinted), mark)
        if key not in self._drawn:
            self._remember(key, self._draw(size_px, movement, step / STEPS, tinted, mark))
        self._drawn.move_to_end(key)
        return self._drawn[key]

    def make_ahead(self, size_px: int, movement: Movement) -> bool:
        """Make one picture of a movement that is still missing, if there is one.

        A picture takes some milliseconds; called once a frame before the movement begins, this
        spreads them.

        Parameters
        ----------
        size_px : int
            Width and height.
        movement : Movement
            What will move.

        Returns
        -------
        bool
            Whether one was missing.
        """
        for step in range(STEPS + 1 if movement else 1):
            if (size_px, movement, step, (), None) not in self._drawn:
                self.surface(size_px, movement, step / STEPS)
                return True
        return False

    def _remember(self, key: object, surface: pygame.Surface) -> None:
        self._drawn[key] = surface
        pixels = sum(one.get_width() * one.get_height() for one in self._drawn.values())
        while pixels > PIXELS_REMEMBERED and len(self._drawn) > 1:
            _, oldest = self._drawn.popitem(last=False)
            pixels -= oldest.get_width() * oldest.get_height()

    def _draw(
        self,
        size_px: int,
        movement: Movement,
        share: float,
        tinted: Sequence[Side],
        mark: Mark | None,
    ) -> pygame.Surface:
        scale = size_px / (2 * _REACH_MM)
        origin = (size_px / 2 - _MIDDLE[0] * scale, size_px / 2 - _MIDDLE[1] * scale)
        pen = Pen((size_px, size_px), origin, scale)
        drawing = DrawnFace(pen, scale, self._theme, bent(movement, share), movement)
        if not self._theme.outlined and not tinted:
            pen.area(_SUN, self._theme.sun)
        with pen.inside(np.concatenate([_SUN, [(87, 38), (87, -120), (-87, -120), (-87, 38)]])):
            drawing.neck()
        drawing.head(tinted)
        for side in tinted:
            drawing.arc(side)
        if mark is not None:
            drawing.mark(mark)
        return pen.surface()
