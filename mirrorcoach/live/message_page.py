"""Something stands in the way: what it is, what helps, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mirrorcoach.live.actions import Action
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, Column, height_of, words
from mirrorcoach.live.rows import Written
from mirrorcoach.live.shapes import Box

_SHEET_W, _RADIUS = 700.0, 36.0
_GAP = 16.0


@dataclass(frozen=True)
class Way:
    """One way on: its words, and where it leads."""

    label: str
    action: Action


class MessagePage:
    """One calm sheet.

    Parameters
    ----------
    title, text : str
        What is the matter, and what helps.
    ways : sequence of Way
        At least one. The first is what Enter does; the last is what Esc does.
    path : str, optional
        Of what it is about, below the text.
    """

    def __init__(self, title: str, text: str, ways: Sequence[Way], path: str = "") -> None:
        self._title, self._text, self._ways = title, text, tuple(ways)
        self._path = path
        self._column = Column()

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        margin = 24.0 if canvas.compact else 40.0
        pad = 28.0 if canvas.stacked else 40.0
        width = canvas.width - 2 * margin if canvas.stacked else _SHEET_W
        inside = width - 2 * pad
        buttons_h = [canvas.button_height(way.label, inside) for way in self._ways]
        ways_h = sum(buttons_h) + 12 * (len(buttons_h) - 1)
        told = self._words(canvas)
        words_h = height_of(told, inside, _GAP)
        height = min(canvas.height - 2 * margin, words_h + 28 + ways_h + 2 * pad)
        sheet = Box((canvas.width - width) / 2, (canvas.height - height) / 2, width, height)
        canvas.card(sheet, _RADIUS)
        y = sheet.bottom - pad - ways_h
        room = Box(sheet.x + pad, sheet.y + pad, inside, y - 28 - sheet.y - pad)
        self._column.draw(canvas, room, told, _GAP)
        for number, (way, high) in enumerate(zip(self._ways, buttons_h, strict=True)):
            first = number == 0
            canvas.button(
                Box(room.x, y, inside, high),
                way.action,
                way.label,
                kind="primary" if first else "secondary",
                key="enter" if first else "escape" if number == len(self._ways) - 1 else "",
                hint=canvas.texts("common.key_enter") if first else "",
            )
            y += high + 12

    def heed(self, action: Action) -> Action | None:
        """Scroll; the ways on concern the application."""
        return None if self._column.heed(action) else action

    def _words(self, canvas: Canvas) -> list[Block]:
        """The title, the text line by line, and the path."""
        theme, styles = canvas.theme, canvas.styles
        title = styles.title if canvas.stacked else styles.sheet_title
        told = [(self._title, title, theme.ink)]
        told += [(line, styles.large, theme.ink2) for line in self._text.splitlines()]
        blocks = [words(canvas, text, style, ink) for text, style, ink in told]
        return blocks + (Written(self._path).pieces(canvas, 0.0) if self._path else [])
