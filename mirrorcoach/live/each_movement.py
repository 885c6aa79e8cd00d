"""What became of each movement, one below the other: what is better, and what asks for patience."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.schema import Words
from mirrorcoach.live.actions import Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, together, words
from mirrorcoach.live.dates import day_name
from mirrorcoach.live.shapes import Box
from mirrorcoach.records.history import Trend
from mirrorcoach.records.overview import patience, rested
from mirrorcoach.records.practices import PracticeRecord

EACH = "each"
"""Chosen in place of an exercise: all of them."""

_INSIDE, _SIGN_W = 20.0, 52.0


class EachMovement:
    """Rows of movements; each is a way to its chart.

    Parameters
    ----------
    practices : sequence of PracticeRecord
        All that were kept, in the order of keeping.
    trends : sequence of Trend
        Evenness of each exercise, in the order of the rows.
    names : Words
        What exercises are called.
    """

    def __init__(
        self, practices: Sequence[PracticeRecord], trends: Sequence[Trend], names: Words
    ) -> None:
        self._trends, self._names = trends, names
        self._last = {
            name: practice.day
            for practice in practices
            for name in {one["exercise"] for one in practice.repetitions}
        }
        self._slow, self._rested = patience(trends), rested(self._last)

    def blocks(self, canvas: Canvas) -> list[Block]:
        """A title, and a row for each movement."""
        styles, theme, texts = canvas.styles, canvas.theme, canvas.texts
        title = [
            words(canvas, texts("history.each"), styles.card_title, theme.ink),
            words(canvas, texts("history.each_note"), styles.body, theme.ink2),
        ]
        return [together(title, 4), *(self._row(canvas, one) for one in self._trends)]

    def _row(self, canvas: Canvas, trend: Trend) -> Block:
        styles, theme = canvas.styles, canvas.theme
        name = self._names.exercise[trend.exercise].name

        def inside(room: float) -> Block:
            told = self._said(canvas, trend)
            in_a_line = " · ".join(told)
            if canvas.type.width(in_a_line, styles.label) <= room:
                told = [in_a_line]
            lines = [words(canvas, one, styles.label, theme.ink2) for one in told]
            return together([words(canvas, name, styles.body_bold, theme.ink), *lines], 2)

        def draw(box: Box) -> None:
            ground = theme.soft if canvas.is_over(box) else theme.surface
            canvas.panel(box, 16, ground, theme.edge)
            room = box.w - _INSIDE - _SIGN_W
            inside(room).draw(Box(box.x + _INSIDE, box.y + 8, room, box.h - 16))
            middle = (box.right - _SIGN_W / 2, box.middle[1])
            canvas.icon("chevron_right", middle, canvas.icon_size(24), theme.primary)
            canvas.touch(box, Press("exercise", trend.exercise), radius=16)

        def height(width: float) -> float:
            room = width - _INSIDE - _SIGN_W
            return inside(room).height(room) + 16

        return Block(height, draw)

    def _said(self, canvas: Canvas, trend: Trend) -> list[str]:
        """What is certain of a movement, and what else stands out."""
        texts = canvas.texts
        verdict = "first_day" if len(trend.line) < 2 else trend.verdict
        told = [texts(f"history.{verdict}")]
        if trend.exercise in self._slow:
            told.append(texts("history.patience"))
        if trend.exercise in self._rested:
            last = day_name(texts, self._last[trend.exercise])
            told.append(texts("history.rested", day=last))
        return told
