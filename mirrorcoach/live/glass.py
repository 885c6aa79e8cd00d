"""The glass of the mirror: a picture cut to its shape, and the frame round it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.shapes import Fit, Painting, coverage, rounded, shared_surface
from mirrorcoach.live.theme import Colour


class Glass:
    """A picture that is cut to the glass anew in each frame.

    Parameters
    ----------
    fit : Fit
        Of the window.
    geometry : Geometry
        Where the mirror hangs.

    Attributes
    ----------
    size : (int, int)
        Width and height in window pixels.
    """

    def __init__(self, fit: Fit, geometry: Geometry) -> None:
        self._place = fit.pixels(geometry.mirror)
        self.size = (self._place.w, self._place.h)
        inside = geometry.from_mirror(*fit.grid(self._place))
        self._pixels: NDArray[np.uint8] = np.zeros((*inside.shape, 4), dtype=np.uint8)
        self._pixels[..., 3] = np.rint(coverage(inside, fit.scale) * 255)
        self._surface = shared_surface(self._pixels)

    def draw(self, canvas: Canvas, picture: NDArray[np.uint8]) -> None:
        """Show a picture.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        picture : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red; as large as the glass.
        """
        cv2.mixChannels([picture], [self._pixels], [0, 0, 1, 1, 2, 2])
        canvas.blit(self._surface, self._place.topleft)


def glass_of(canvas: Canvas, geometry: Geometry) -> Glass:
    """The canvas's own glass."""
    return canvas.made(("glass", geometry.mirror), lambda: Glass(canvas.fit, geometry))


def draw_empty(canvas: Canvas, geometry: Geometry, ground: Colour) -> None:
    """Draw a glass without a picture."""

    def paint(on: Painting) -> None:
        on.lay(rounded(on.x, on.y, geometry.mirror, geometry.radius), ground)

    canvas.sprite(("empty glass", ground), geometry.mirror.grown(1), paint)


def draw_frame(canvas: Canvas, geometry: Geometry) -> None:
    """Draw the mirror's frame with its hairline."""
    theme = canvas.theme

    def paint(on: Painting) -> None:
        outside = rounded(on.x, on.y, geometry.mirror, geometry.radius)
        on.lay(outside - np.float32(4.75), theme.line)
        on.lay(outside - np.float32(3.5), theme.frame)
        on.cut(outside + np.float32(3.5))

    canvas.sprite("frame", geometry.mirror.grown(6), paint)


def draw_hairline(canvas: Canvas, geometry: Geometry) -> None:
    """Draw the edge of a glass that shows no picture."""
    canvas.ring(geometry.mirror, geometry.radius, 1.5, canvas.theme.line)
