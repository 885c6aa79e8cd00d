"""A picture that somebody asked to see, words beside or below it, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, Column, height_of, words
from mirrorcoach.live.framed_picture import FramedPicture
from mirrorcoach.live.message_page import Way
from mirrorcoach.live.shapes import Box

_RADIUS = 36.0
_GAP = 16.0
_CARD_W = 760.0
_LEAST_H = 180.0
"""A picture is never shown lower than this; what stands beside it scrolls."""


class Reflected:
    """A picture as a mirror would show it, made for one size at a time.

    Nothing of it outlives this object: pictures of a face are not left in what a canvas keeps.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; not mirrored.
    """

    def __init__(self, image: NDArray[np.uint8]) -> None:
        self._image = image
        self._made: NDArray[np.uint8] | None = None
        self._glass: tuple[object, FramedPicture] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return self._image.shape[1], self._image.shape[0]

    def of(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """The picture in a size, shape (height, width, 3); what juts out is cut off evenly."""
        wide, high = size
        if self._made is None or self._made.shape[:2] != (high, wide):
            zoom = max(wide / self.shape[0], high / self.shape[1])
            filling = (
                max(wide, round(self.shape[0] * zoom)),
                max(high, round(self.shape[1] * zoom)),
            )
            way = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
            whole = cv2.resize(self._image, filling, interpolation=way)
            x, y = (filling[0] - wide) // 2, (filling[1] - high) // 2
            cut = cv2.flip(whole[y : y + high, x : x + wide], 1)
            self._made = np.ascontiguousarray(cut, dtype=np.uint8)
        return self._made

    def draw(self, canvas: Canvas, box: Box, radius: float = _RADIUS) -> None:
        """Draw it behind glass, as large as a box allows, in its middle."""
        wide, high = self.shape
        zoom = min(box.w / wide, box.h / high)
        w, h = zoom * wide, zoom * high
        place = Box(box.middle[0] - w / 2, box.middle[1] - h / 2, w, h)
        where = canvas.fit.size, place, radius
        if self._glass is None or self._glass[0] != where:
            self._glass = where, FramedPicture(canvas, place, radius)
        glass = self._glass[1]
        glass.draw(canvas, self.of(glass.size))


def draw_sheet(
    canvas: Canvas,
    column: Column,
    picture: Reflected | None,
    title: str,
    lines: Sequence[str],
    ways: Sequence[Way],
) -> None:
    """Draw the picture, what is said of it, and the ways on.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    column : Column
        Remembers how far the words were scrolled.
    picture : Reflected or None
        None where there is nothing to see; the words have the whole page then.
    title : str
        What is asked, or what is shown.
    lines : sequence of str
        What there is to know.
    ways : sequence of Way
        At least one; the first is what Enter does.
    """
    margin = 24.0 if canvas.compact else 40.0
    whole = Box(margin, margin, canvas.width - 2 * margin, canvas.height - 2 * margin)
    styles, theme = canvas.styles, canvas.theme
    heading = words(canvas, title, styles.sheet_title, theme.ink)
    told = [words(canvas, line, styles.large, theme.ink2) for line in lines]
    if picture is None:
        _draw_card(canvas, column, [heading, *told], ways)
        return
    if canvas.compact and canvas.large_text:
        top = _draw_ways(canvas, whole, ways)
        room = Box(whole.x, whole.y, whole.w, top - _GAP - whole.y)
        high = max(_LEAST_H, room.h - heading.height(room.w) - _GAP)
        shown = Block(lambda _: min(high, room.h), lambda box: _draw_inside(canvas, picture, box))
        column.draw(canvas, room, [heading, shown, *told], _GAP)
        return
    wide = whole.h * picture.shape[0] / picture.shape[1]
    picture.draw(canvas, Box(whole.x, whole.y, min(wide, 0.5 * whole.w), whole.h))
    x = whole.x + min(wide, 0.5 * whole.w) + 56
    beside = Box(x, whole.y + 24, whole.right - x, whole.h - 32)
    top = _draw_ways(canvas, beside, ways)
    room = Box(beside.x, beside.y, beside.w, top - 24 - beside.y)
    column.draw(canvas, room, [heading, *told], _GAP)


def _draw_card(canvas: Canvas, column: Column, told: list[Block], ways: Sequence[Way]) -> None:
    """Draw words and ways on, on a card of their own in the middle."""
    margin, pad = (24.0, 28.0) if canvas.stacked else (40.0, 40.0)
    width = canvas.width - 2 * margin if canvas.stacked else _CARD_W
    inside = width - 2 * pad
    ways_h = _ways_height(canvas, inside, ways)
    needed = height_of(told, inside, _GAP) + 28 + ways_h + 2 * pad
    height = min(canvas.height - 2 * margin, needed)
    card = Box((canvas.width - width) / 2, (canvas.height - height) / 2, width, height)
    canvas.card(card, _RADIUS)
    top = _draw_ways(canvas, card.grown(-pad), ways)
    room = Box(card.x + pad, card.y + pad, inside, top - 28 - card.y - pad)
    column.draw(canvas, room, told, _GAP)


def _draw_inside(canvas: Canvas, picture: Reflected, box: Box) -> None:
    """Draw it with room for its frame."""
    picture.draw(canvas, box.grown(-6), 24.0)


def _ways_sizes(
    canvas: Canvas, room: float, ways: Sequence[Way]
) -> tuple[bool, list[tuple[float, float]]]:
    """Whether the buttons fit in a row, and width and height of each."""
    hint = canvas.texts("common.key_enter")
    widths = [
        max(220.0, canvas.button_width(way.label, "" if number else hint))
        for number, way in enumerate(ways)
    ]
    row = sum(widths) + 16 * (len(ways) - 1) <= room
    if not row:
        widths = [room] * len(ways)
    heights = [canvas.button_height(way.label, w) for way, w in zip(ways, widths, strict=True)]
    if row:
        heights = [max(heights)] * len(ways)
    return row, list(zip(widths, heights, strict=True))


def _ways_height(canvas: Canvas, room: float, ways: Sequence[Way]) -> float:
    row, sizes = _ways_sizes(canvas, room, ways)
    heights = [h for _, h in sizes]
    return heights[0] if row else sum(heights) + 12 * (len(ways) - 1)


def _draw_ways(canvas: Canvas, box: Box, ways: Sequence[Way]) -> float:
    """Draw the buttons at the bottom of a box, in a row if they fit; returns where they begin."""
    hint = canvas.texts("common.key_enter")
    row, sizes = _ways_sizes(canvas, box.w, ways)
    x, y = box.x, box.bottom - _ways_height(canvas, box.w, ways)
    top = y
    for number, (way, (w, h)) in enumerate(zip(ways, sizes, strict=True)):
        canvas.button(
            Box(x, y, w, h),
            way.action,
            way.label,
            kind="secondary" if number else "primary",
            key="" if number else "enter",
            hint="" if number else hint,
        )
        x, y = (x + w + 16, y) if row else (x, y + h + 12)
    return top
