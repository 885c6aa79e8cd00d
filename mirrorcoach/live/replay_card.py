"""The last repetition, shown slowly on any page: what was felt is seen afterwards."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landmarks.regions import Region
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.framed_picture import FramedPicture
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.outline_face import Role, draw_outline, outline_face
from mirrorcoach.live.recent import Kept
from mirrorcoach.live.replay import Replay
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Colour, mix

STILL_S = 1.0
"""Before it begins anew."""

FACE_HEIGHT = 0.66


class ReplayCard:
    """Shows a replay again and again; with less motion, the moment in its middle.

    Parameters
    ----------
    replay : Replay
        What to show.
    moving : Region or None
        What the exercise moves, for the outline.
    outlined : bool
        Whether lines are shown in place of the picture, for those who do not want to see it.
    """

    def __init__(self, replay: Replay, moving: Region | None, outlined: bool) -> None:
        self._replay, self._moving, self._outlined = replay, moving, outlined
        self._mirror = Mirror(FACE_HEIGHT, 1.0)
        self._over_s: float | None = None
        self._image: tuple[float, NDArray[np.uint8]] | None = None

    def draw(self, canvas: Canvas, box: Box, now_s: float, radius: float = 36.0) -> None:
        """Draw one frame.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        box : Box
            Where the picture lies.
        now_s : float
            Time on the window's clock.
        radius : float
            Of the picture's corners.
        """
        glass = canvas.made(("replay", box, radius), lambda: FramedPicture(canvas, box, radius))
        kept = self._shown(canvas, now_s)
        glass.draw(canvas, None if kept is None else self._picture(canvas, kept, glass.size, now_s))

    def _shown(self, canvas: Canvas, now_s: float) -> Kept | None:
        if canvas.look.less_motion:
            return self._replay.middle
        if not self._replay.over(now_s):
            self._over_s = None
        elif self._over_s is None:
            self._over_s = now_s
        elif now_s - self._over_s >= STILL_S:
            self._replay.again()
        return self._replay.shown(now_s)

    def _picture(
        self, canvas: Canvas, kept: Kept, size: tuple[int, int], now_s: float
    ) -> NDArray[np.uint8]:
        if self._image is None or self._image[0] != kept.time_s:
            self._image = (kept.time_s, kept.image())
        shown = self._mirror.show(self._image[1], kept.points_px, size, now_s, False)
        if not self._outlined:
            return shown
        theme = canvas.theme
        drawn = np.empty_like(shown)
        drawn[:] = theme.surface[::-1]
        if kept.points_px is None:
            return drawn
        colours: dict[Role, Colour] = {
            "face": mix(theme.surface, theme.ink, 0.55),
            "line": mix(theme.surface, theme.ink, 0.75),
            "moving": theme.primary,
            "iris": theme.breath,
            "pupil": theme.ink,
        }
        curves = outline_face(self._mirror.points(kept.points_px), self._moving)
        draw_outline(drawn, curves, colours, canvas.fit.scale)
        return drawn
