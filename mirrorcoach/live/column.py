"""Cards below each other, scrolled by whole cards where they do not all fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Colour, Style

UP, DOWN = Press("column_up"), Press("column_down")

BAR_W = 56.0
"""Width of the two buttons at the side, with the room before them."""


@dataclass(frozen=True)
class Block:
    """One card or line: how high it is at a width, and how it is drawn there."""

    height: Callable[[float], float]
    draw: Callable[[Box], None]


def words(canvas: Canvas, text: str, style: Style, ink: Colour) -> Block:
    """A paragraph as a block."""
    return Block(
        lambda width: canvas.text_height(text, style, width),
        lambda box: _paragraph(canvas, box, text, style, ink),
    )


def _paragraph(canvas: Canvas, box: Box, text: str, style: Style, ink: Colour) -> None:
    canvas.paragraph(text, box.x, box.y, style, ink, box.w)


class Column:
    """Remembers how far a page has been scrolled.

    Attributes
    ----------
    first : int
        Number of the first block that is shown.
    more : bool
        Whether there is more below what was last drawn.
    """

    def __init__(self) -> None:
        self.first = 0
        self._below = 0
        self.more = False

    def heed(self, action: Action) -> bool:
        """Scroll, if that is what was asked for; returns whether it was."""
        if action in (UP, Key.UP):
            self.first = max(0, self.first - 1)
        elif action in (DOWN, Key.DOWN):
            self.first += self.more
        else:
            return False
        return True

    def turn(self) -> None:
        """Go on to the first block that was not shown."""
        self.first = self._below if self.more else self.first

    def draw(self, canvas: Canvas, box: Box, blocks: Sequence[Block], gap: float = 16.0) -> None:
        """Draw as many whole blocks as fit, from the first one on.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        box : Box
            Where. It must be high enough for each single block.
        blocks : sequence of Block
            All of them, in reading order.
        gap : float
            Between two.
        """
        fits = height_of(blocks, box.w, gap) <= box.h + 1e-6
        width = box.w if fits else box.w - BAR_W
        heights = [block.height(width) for block in blocks]
        self.first = 0 if fits else min(self.first, _last_first(heights, box.h, gap))
        y, number = box.y, self.first
        while number < len(blocks) and (
            number == self.first or y + heights[number] <= box.bottom + 1e-6
        ):
            blocks[number].draw(Box(box.x, y, width, heights[number]))
            y += heights[number] + gap
            number += 1
        self._below, self.more = number, number < len(blocks)
        if not fits:
            self._draw_bar(canvas, box)

    def _draw_bar(self, canvas: Canvas, box: Box) -> None:
        theme = canvas.theme
        x = box.right - 22
        steps: tuple[tuple[Press, Icon, float, bool], ...] = (
            (UP, "up", box.y + 26, self.first > 0),
            (DOWN, "down", box.bottom - 26, self.more),
        )
        for action, icon, y, possible in steps:
            place = Box(x - 22, y - 26, 44, 52)
            if possible:
                canvas.panel(place, 16, theme.surface, theme.edge)
                canvas.icon(icon, (x, y), 24, theme.primary)
                canvas.touch(place, action, radius=16)


def height_of(blocks: Sequence[Block], width: float, gap: float = 16.0) -> float:
    """How high all blocks are together."""
    return sum(block.height(width) + gap for block in blocks) - gap


def together(blocks: Sequence[Block], gap: float) -> Block:
    """Blocks below each other as one, which are never parted."""

    def draw(box: Box) -> None:
        y = box.y
        for block in blocks:
            high = block.height(box.w)
            block.draw(Box(box.x, y, box.w, high))
            y += high + gap

    return Block(lambda width: height_of(blocks, width, gap), draw)


def _last_first(heights: Sequence[float], room: float, gap: float) -> int:
    """The first block of the last page."""
    used, first = 0.0, len(heights)
    while first > 0 and used + heights[first - 1] <= room + 1e-6:
        used += heights[first - 1] + gap
        first -= 1
    return min(first, max(0, len(heights) - 1))
