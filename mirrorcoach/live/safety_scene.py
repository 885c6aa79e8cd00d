"""What everybody must know before they practise, in a few calm pages."""

from __future__ import annotations

from exercises.schema import SAFETY_TOPICS, Safety, SafetyText, SafetyTopic
from mirrorcoach.live import labels
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.keys import Key
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import BODY, LABEL, LARGE, PAUSE_TITLE, TITLE, Style
from mirrorcoach.live.views import SafetyView

PAGES: tuple[tuple[SafetyTopic, ...], ...] = (("call_now", "stop"), ("not_now", "eyes"))
"""What stands on the first pages, card below card; the last page has the rest."""

_TITLE_Y, _TOP, _BOTTOM = 30.0, 92.0, 600.0
_CARD_X, _CARD_W = 40.0, 1200.0
_PAD, _GAP, _INDENT = 28.0, 18.0, 24.0
_BUTTON = Box(940, 624, 300, 68)


def safety_views(safety: Safety) -> tuple[SafetyView, ...]:
    """The pages of a language's safety text, every topic on one of them.

    Parameters
    ----------
    safety : Safety
        As `exercises.library.safety` loads it.
    """
    told = {topic for page in PAGES for topic in page}
    pages = (*PAGES, tuple(topic for topic in SAFETY_TOPICS if topic not in told))
    return tuple(
        SafetyView(tuple(safety.text[topic] for topic in page), last=number == len(pages))
        for number, page in enumerate(pages, start=1)
    )


class SafetyScene:
    """One page: cards with a few lines each, and one button."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def draw(self, view: SafetyView, now_s: float) -> None:
        """Draw one frame."""
        canvas, theme = self._canvas, self._canvas.theme
        canvas.text(labels.GOOD_TO_KNOW, 640, _TITLE_Y, PAUSE_TITLE, theme.ink, 900, "centre")
        fitting = (style for style in (LARGE, BODY) if self._bottom(view, style) <= _BOTTOM)
        style, y = next(fitting, LABEL), _TOP
        for card in view.cards:
            y = self._card(card, y, style)
        label = labels.UNDERSTOOD if view.last else labels.NEXT
        canvas.button(_BUTTON, Key.ENTER, "primary", label, labels.FINISH_KEY)
        middle = _BUTTON.middle[1] - LABEL.step / 2
        canvas.text(labels.SAFETY_AGAIN, _CARD_X, middle, LABEL, theme.ink2, 860)

    def _bottom(self, view: SafetyView, style: Style) -> float:
        return _TOP + sum(self._height(card, style) + _GAP for card in view.cards) - _GAP

    def _lines(self, text: str, style: Style) -> list[str]:
        return self._canvas.type.wrap(text, style, _CARD_W - 2 * _PAD - _INDENT)

    def _height(self, card: SafetyText, style: Style) -> float:
        rows = sum(len(self._lines(line, style)) for line in card.lines)
        return 2 * _PAD + TITLE.step + rows * style.step

    def _card(self, card: SafetyText, top: float, style: Style) -> float:
        """Draw one; returns where the next begins."""
        canvas, theme = self._canvas, self._canvas.theme
        box = Box(_CARD_X, top, _CARD_W, self._height(card, style))
        canvas.card(box, 24)
        x, y = box.x + _PAD, box.y + _PAD
        room = box.w - 2 * _PAD
        canvas.text(card.title, x, y - 4, TITLE, theme.ink, room)
        y += TITLE.step
        for line in card.lines:
            canvas.disc((x + 6, y + style.step / 2), 4, theme.breath)
            y = canvas.paragraph(line, x + _INDENT, y, style, theme.ink2, room - _INDENT)
        return box.bottom + _GAP
