"""Scenes without a face: waiting, something in the way, and how it went."""

from __future__ import annotations

from mirrorcoach.live import labels
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.keys import Key
from mirrorcoach.live.motion import sine
from mirrorcoach.live.shapes import HEIGHT, Box, Painting, Point, Ripple, disc
from mirrorcoach.live.theme import (
    BODY,
    BODY_BOLD,
    DISPLAY,
    LABEL,
    LABEL_BOLD,
    LARGE,
    PAUSE_TITLE,
    Colour,
    mix,
)
from mirrorcoach.live.views import LoadingView, MessageView, ResultRow, ResultView

BREATH_S = 9.0
"""One slow breath of the waiting disc."""

_DISC: Point = (640, 316)
_SMALLEST, _LARGEST = 84.0, 112.0
_HALOES = (36.0, 72.0)

MOST_ROWS = 7


class LoadingScene:
    """A disc that breathes, and a word."""

    def __init__(self, canvas: Canvas) -> None:
        far = _LARGEST + _HALOES[-1] + 4
        box = Box(_DISC[0] - far, _DISC[1] - far, 2 * far, 2 * far)
        self._canvas = canvas
        self._disc = Ripple(canvas.fit, box, lambda x, y: disc(x, y, _DISC, 0), 0, far)

    def draw(self, view: LoadingView, now_s: float) -> None:
        """Draw one frame."""
        theme = self._canvas.theme
        breath = sine(2 * abs((now_s / BREATH_S) % 1 - 0.5))
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * breath
        rings = [
            (-10.0, radius + halo * (0.6 + 0.4 * breath), mix(theme.bg, theme.soft, share))
            for halo, share in zip(reversed(_HALOES), (0.4, 0.7), strict=True)
        ]
        self._disc.draw(self._canvas.target, theme.bg, [*rings, (-10.0, radius, theme.soft)])
        self._canvas.paragraph(view.text, 640, 540, LARGE, theme.ink2, 900, "centre")


class MessageScene:
    """What is in the way, what helps, and a way out."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def draw(self, view: MessageView, now_s: float) -> None:
        """Draw one frame."""
        canvas, theme = self._canvas, self._canvas.theme
        lines = canvas.type.wrap(view.text, LARGE, 620)
        titles = canvas.type.wrap(view.title, PAUSE_TITLE, 620)
        text_h = len(titles) * PAUSE_TITLE.step + 16 + len(lines) * LARGE.step
        height = text_h + 2 * 44 + 36 + 64
        box = Box(290, 360 - height / 2, 700, height)
        canvas.card(box, 36)
        y = canvas.paragraph(view.title, 330, box.y + 40, PAUSE_TITLE, theme.ink, 620)
        canvas.paragraph(view.text, 330, y + 16, LARGE, theme.ink2, 620)
        close = Box(330, box.bottom - 40 - 64, 620, 64)
        canvas.button(close, Key.BACK, "secondary", labels.CLOSE, labels.CLOSE_KEY)


class ResultScene:
    """How the practice went, one row for each exercise."""

    _TITLE_H, _BUTTON_H = 118.0, 92.0
    _ROW_H = (50.0, 92.0)
    _HEAD_H, _FOOT_H = 50.0, 14.0
    _NAME = (92.0, 262.0)
    _LEFT = (376.0, 118.0)
    _RIGHT = (516.0, 118.0)
    _SCALE = (660.0, 280.0)
    _PHRASE = (978.0, 214.0)

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def draw(self, view: ResultView, now_s: float) -> None:
        """Draw one frame."""
        canvas, theme = self._canvas, self._canvas.theme
        shown = len(view.rows) if len(view.rows) <= MOST_ROWS else MOST_ROWS - 1
        lines = min(len(view.rows), MOST_ROWS)
        least, most = self._ROW_H
        row_h = min(most, max(least, 378 / max(1, lines)))
        card_h = self._HEAD_H + self._FOOT_H + row_h * lines if lines else 0.0
        y = max(36.0, (HEIGHT - self._TITLE_H - card_h - self._BUTTON_H) / 2 - 20)
        canvas.text(view.title, 56, y, DISPLAY, theme.ink, 1168)
        canvas.text(view.subtitle, 56, y + 66, LARGE, theme.ink2, 1168)
        box = Box(56, y + self._TITLE_H, 1168, card_h)
        if lines:
            canvas.card(box, 24)
            self._head(box.y + 18)
        for number in range(lines):
            top = box.y + self._HEAD_H + number * row_h
            if number:
                canvas.bar(Box(92, top - 0.75, 1096, 1.5), theme.line)
            if number < shown:
                self._row(view.rows[number], top + row_h / 2)
            else:
                more = labels.MORE.format(len(view.rows) - shown)
                self._cell(more, top + row_h / 2, self._NAME, theme.ink2)
        finish = Box(56, box.bottom + self._BUTTON_H - 60, 280, 60)
        canvas.button(finish, Key.ENTER, "primary", labels.FINISH, labels.FINISH_KEY)
        y = finish.middle[1] - LABEL.step / 2
        canvas.text(view.footnote, 1224, y, LABEL, theme.ink2, 840, "right")

    def _head(self, y: float) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        for (x, room), label, colour in (
            (self._LEFT, labels.LEFT, theme.left),
            (self._RIGHT, labels.RIGHT, theme.right),
        ):
            canvas.text(label, x, y, LABEL_BOLD, colour, room)
        x, room = self._SCALE
        canvas.text(labels.ONE_SIDE, x, y, LABEL, theme.ink2, room / 2)
        canvas.text(labels.EVEN, x + room, y, LABEL, theme.ink2, room / 2, "right")

    def _row(self, row: ResultRow, middle_y: float) -> None:
        theme = self._canvas.theme
        self._cell(row.name, middle_y, self._NAME, theme.ink, bold=True)
        self._cell(row.left, middle_y, self._LEFT, theme.ink)
        self._cell(row.right, middle_y, self._RIGHT, theme.ink)
        if row.evenness is None:
            x, room = self._SCALE
            phrase = row.phrase or labels.NOT_MEASURABLE
            room += self._PHRASE[0] + self._PHRASE[1] - x - room
            self._cell(phrase, middle_y, (x, room), theme.ink2)
            return
        self._evenness(row, row.evenness, middle_y)
        self._cell(row.phrase, middle_y, self._PHRASE, theme.ink2)

    def _cell(
        self,
        text: str,
        middle_y: float,
        column: tuple[float, float],
        colour: Colour,
        bold: bool = False,
    ) -> None:
        """Text of one column; a long one takes two smaller lines."""
        style = BODY_BOLD if bold else BODY
        x, room = column
        if self._canvas.type.width(text, style) > room:
            style = LABEL_BOLD if bold else LABEL
        lines = self._canvas.type.wrap(text, style, room)
        top = middle_y - len(lines) * style.step / 2
        self._canvas.paragraph(text, x, top, style, colour, room)

    def _evenness(self, row: ResultRow, evenness: float, y: float) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        left, width = self._SCALE

        def place(share: float) -> float:
            return left + width * min(1.0, max(0.0, share))

        canvas.bar(Box(left - 8, y - 8, width + 16, 16), theme.sunk)
        if row.evenness_low is not None and row.evenness_high is not None:
            low, high = place(row.evenness_low), place(row.evenness_high)
            band = Box(low - 8, y - 8, high - low + 16, 16)
            canvas.bar(band, mix(theme.sunk, theme.breath, 0.46))
        middle = (place(evenness), y)

        def paint(on: Painting) -> None:
            on.lay(disc(on.x, on.y, middle, 14), theme.surface)
            on.lay(disc(on.x, on.y, middle, 11), theme.primary)

        canvas.sprite("evenness", Box(middle[0] - 16, y - 16, 32, 32), paint)
