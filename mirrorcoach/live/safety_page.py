"""What everybody must know before they practise, and can read again at any time."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.schema import Safety, SafetyTopic
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column
from mirrorcoach.live.controls import header
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Style, mix

UNDERSTOOD = Press("understood")
"""Everything was shown, and the person goes on."""

ROWS: tuple[tuple[SafetyTopic, ...], ...] = (
    ("call_now",),
    ("stop", "eyes"),
    ("not_now", "see_soon"),
)
"""What stands beside each other, the most important first. What the coach is stands below, or last
where there is no room for that."""

_ICONS: dict[SafetyTopic, Icon] = {
    "call_now": "phone",
    "stop": "hand",
    "eyes": "drop",
    "not_now": "pause",
    "see_soon": "person",
    "aid": "leaf",
}

_GAP = 16.0
_DISC_R = 24.0
_TITLE_X = 2 * _DISC_R + 18
"""From a card's inside edge to its title, past the disc with its icon."""

_INDENT, _BETWEEN = 22.0, 4.0
"""Of a line, past its dot; and between two lines."""

_ON = Press("on")


class SafetyPage:
    """Cards, the call for help first; one button.

    Parameters
    ----------
    safety : Safety
        As `exercises.library.safety` loads it, in the window's language.
    first : bool
        Whether it is read for the first time: then it is gone through to its end before practice,
        and there is no way round it.
    """

    def __init__(self, safety: Safety, first: bool) -> None:
        self._safety, self._first = safety, first
        self._column = Column()

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        texts = canvas.texts
        margin = 24.0 if canvas.compact else 40.0
        title, enter = texts("safety.title"), texts("common.key_enter")
        top = self._head(canvas, "" if canvas.large_text else title, margin)
        further, done = texts("common.more"), self._done(canvas)
        inside = canvas.width - 2 * margin
        width = max(300.0, *(canvas.button_width(one, enter) for one in (further, done)))
        width = inside if canvas.stacked else width
        height = max(52.0 if canvas.compact else 68.0, canvas.button_height(done, width))
        bottom = canvas.height - margin
        button = Box(canvas.width - margin - width, bottom - height, width, height)
        room = Box(margin, top, inside, button.y - 20 - top)
        self._column.draw(canvas, room, self._blocks(canvas, room), _GAP)
        if not canvas.stacked:
            self._aid(canvas, Box(margin, button.y, button.x - 32 - margin, button.h))
        label = further if self._column.more else done
        canvas.button(button, _ON, label, kind="primary", key="enter", hint=enter)

    def heed(self, action: Action) -> Action | None:
        """Go on to what is below, and give back `UNDERSTOOD` once there is no more."""
        if action != _ON:
            return None if self._column.heed(action) else action
        if self._column.more:
            self._column.turn()
            return None
        return UNDERSTOOD if self._first else Key.BACK

    def _done(self, canvas: Canvas) -> str:
        return canvas.texts("safety.understood" if self._first else "common.close")

    def _head(self, canvas: Canvas, title: str, margin: float) -> float:
        """Draw the title, between the ways out once it has been read; returns where cards begin."""
        if not self._first:
            return header(canvas, title) + (0 if canvas.stacked else 4)
        style = canvas.styles.sheet_title
        canvas.text(title, canvas.width / 2, 26, style, canvas.theme.ink, canvas.width, "centre")
        return 26 + style.step + 20 if title else margin

    def _aid(self, canvas: Canvas, box: Box) -> None:
        style, lines = canvas.styles.label, self._safety.text["aid"].lines
        y = box.middle[1] - sum(canvas.text_height(line, style, box.w) for line in lines) / 2
        for line in lines:
            y = canvas.paragraph(line, box.x, y, style, canvas.theme.ink2, box.w)

    def _blocks(self, canvas: Canvas, room: Box) -> list[Block]:
        """As much beside each other as there is room for; a card that is too high is divided."""
        blocks: list[Block] = []
        width = room.w - BAR_W
        for topics in (*ROWS, ("aid",)) if canvas.stacked else ROWS:
            row = _beside([self._card(canvas, topic) for topic in topics])
            if not canvas.stacked and row.height(width) <= room.h:
                blocks.append(row)
                continue
            for topic in topics:
                card = self._card(canvas, topic)
                if card.height(width) <= room.h:
                    blocks.append(card)
                    continue
                lines = self._safety.text[topic].lines
                blocks.append(self._card(canvas, topic, ()))
                blocks += [_Card(canvas, "", (line,), topic).block for line in lines]
        return blocks

    def _card(
        self, canvas: Canvas, topic: SafetyTopic, lines: Sequence[str] | None = None
    ) -> Block:
        text = self._safety.text[topic]
        return _Card(canvas, text.title, text.lines if lines is None else lines, topic).block


def _beside(cards: Sequence[Block]) -> Block:
    """Cards of one height in one row."""

    def width(whole: float) -> float:
        return (whole - _GAP * (len(cards) - 1)) / len(cards)

    def draw(box: Box) -> None:
        one = width(box.w)
        for number, card in enumerate(cards):
            card.draw(Box(box.x + number * (one + _GAP), box.y, one, box.h))

    return Block(lambda whole: max(card.height(width(whole)) for card in cards), draw)


class _Card:
    """A title beside its icon, and lines under it."""

    def __init__(
        self, canvas: Canvas, title: str, lines: Sequence[str], topic: SafetyTopic
    ) -> None:
        self._canvas, self._title, self._lines, self._topic = canvas, title, lines, topic
        self._urgent = topic == "call_now"
        self._pad = 20.0 if canvas.stacked else 22.0
        self._line: Style = canvas.styles.body
        self._style: Style = (
            canvas.styles.large_bold if canvas.stacked else canvas.styles.card_title
        )
        self.block = Block(self._height, self._draw)

    def _height(self, width: float) -> float:
        inside = width - 2 * self._pad
        height = self._title_h(inside) + 2 * self._pad
        for line in self._lines:
            height += self._canvas.text_height(line, self._line, inside - _INDENT) + _BETWEEN
        return height - (_BETWEEN if self._lines else 0)

    def _title_h(self, inside: float) -> float:
        if not self._title:
            return 0.0
        words_h = self._canvas.text_height(self._title, self._style, inside - _TITLE_X)
        return max(2 * _DISC_R, words_h) + (12 if self._lines else 0)

    def _draw(self, box: Box) -> None:
        canvas, theme, pad = self._canvas, self._canvas.theme, self._pad
        x, y, inside = box.x + pad, box.y + pad, box.w - 2 * pad
        if self._urgent:
            border = 1.0 if theme.outlined else 0.45
            canvas.panel(box, 24, theme.amber_bg, mix(theme.amber_bg, theme.amber_ink, border))
        else:
            canvas.card(box, 24)
        if self._title:
            words_h = canvas.text_height(self._title, self._style, inside - _TITLE_X)
            row_h = max(2 * _DISC_R, words_h)
            middle = (x + _DISC_R, y + min(row_h / 2, _DISC_R + 2))
            canvas.disc(middle, _DISC_R, theme.amber_ink if self._urgent else theme.soft)
            sign = theme.amber_bg if self._urgent else theme.primary
            canvas.icon(_ICONS[self._topic], middle, 28, sign)
            at = y + (row_h - words_h) / 2
            canvas.paragraph(
                self._title, x + _TITLE_X, at, self._style, theme.ink, inside - _TITLE_X
            )
        y += self._title_h(inside)
        ink = theme.ink if self._urgent else theme.ink2
        for line in self._lines:
            dot = theme.amber_ink if self._urgent else theme.breath
            canvas.disc((x + 6, y + self._line.step / 2), 4, dot)
            at = x + _INDENT
            y = canvas.paragraph(line, at, y, self._line, ink, inside - _INDENT) + _BETWEEN
