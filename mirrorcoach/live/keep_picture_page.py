"""Whether a picture of today is to be kept: asked each time, with the very picture in view."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Column
from mirrorcoach.live.message_page import Way
from mirrorcoach.live.picture_sheet import Reflected, draw_sheet

KEEP = Press("keep_picture")


class KeepPicturePage:
    """Shows what would be kept. Gives back `KEEP`, or ``Key.BACK`` for "not this time".

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; not mirrored.

    Attributes
    ----------
    failure : str
        Why it could not be kept; empty unless that was tried.
    """

    def __init__(self, image: NDArray[np.uint8]) -> None:
        self._picture = Reflected(image)
        self._column = Column()
        self.failure = ""

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        texts = canvas.texts
        lines = [texts("pictures.as_mirror"), texts("pictures.stays"), texts("pictures.later")]
        picture: Reflected | None = self._picture
        if self.failure:
            lines = [texts("pictures.unharmed"), self.failure]
            picture = None if canvas.stacked else picture  # what is said would stand below it
        ways = [Way(texts("pictures.keep"), KEEP), Way(texts("pictures.not_now"), Key.BACK)]
        title = texts("pictures.not_kept" if self.failure else "pictures.keep_ask")
        draw_sheet(canvas, self._column, picture, title, lines, ways)

    def heed(self, action: Action) -> Action | None:
        """Scroll."""
        return None if self._column.heed(action) else action
