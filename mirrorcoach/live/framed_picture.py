"""A picture behind glass: in a box with round corners and a white frame."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box, Painting, coverage, rounded, shared_surface
from mirrorcoach.live.theme import Colour

FRAME_W, LINE_W = 7.0, 1.5


class FramedPicture:
    """Shows pictures of one size in one place.

    Parameters
    ----------
    canvas : Canvas
        Of the window's present size; keep the glass with `Canvas.made`.
    box : Box
        Where the picture lies.
    radius : float
        Of its corners.

    Attributes
    ----------
    size : (int, int)
        Width and height of the picture in window pixels.
    """

    def __init__(self, canvas: Canvas, box: Box, radius: float) -> None:
        self._box, self._radius = box, radius
        place = canvas.fit.pixels(box)
        self.size = (place.w, place.h)
        shape = rounded(*canvas.fit.grid(place), box, radius)
        self._pixels: NDArray[np.uint8] = np.zeros((*shape.shape, 4), dtype=np.uint8)
        self._pixels[..., 3] = np.rint(coverage(shape, canvas.fit.scale) * 255)
        self._surface = shared_surface(self._pixels)
        self._place = place.topleft

    def draw(
        self, canvas: Canvas, picture: NDArray[np.uint8] | None, *, framed: bool = True
    ) -> None:
        """Draw a picture of `size`, or an empty glass, and its frame or a thin line round it."""
        if picture is None:
            self._pixels[..., :3] = canvas.theme.sunk[::-1]
        else:
            cv2.mixChannels([picture], [self._pixels], [0, 0, 1, 1, 2, 2])
        canvas.blit(self._surface, self._place)
        if not framed:
            canvas.ring(self._box, self._radius, LINE_W, canvas.theme.line)
            return

        def paint(on: Painting) -> None:
            outside = rounded(on.x, on.y, self._box, self._radius)
            on.lay(outside - np.float32(FRAME_W / 2 + 1.25), canvas.theme.line)
            on.lay(outside - np.float32(FRAME_W / 2), canvas.theme.frame)
            on.cut(outside + np.float32(FRAME_W / 2))

        canvas.sprite(("framed", self._radius), self._box.grown(6), paint)


def draw_plain(canvas: Canvas, box: Box, radius: float, ground: Colour) -> None:
    """Draw a glass of one colour, with a thin line round it."""

    def paint(on: Painting) -> None:
        on.lay(rounded(on.x, on.y, box, radius), ground)

    canvas.sprite(("plain glass", ground), box.grown(1), paint)
    canvas.ring(box, radius, LINE_W, canvas.theme.line)
