"""The card under the chin: one cue, how far the movement is, and what sounds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from exercises.cues import Tone
from exercises.events import MOVING, Phase
from mirrorcoach.live.actions import Press
from mirrorcoach.live.canvas import Canvas, Kind
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.motion import Fade
from mirrorcoach.live.phase_bar import bar_height, draw_phases
from mirrorcoach.live.session_view import SessionView
from mirrorcoach.live.shapes import Box, Painting, Point, disc
from mirrorcoach.live.theme import Style

CAPTION_S = 1.5
"""How long the sign of a sound stays."""

CHANGE_S = 0.25
"""How long one cue takes to become another."""

CAPTIONS: dict[Tone, Icon] = {
    "rise": "up",
    "hold": "pause",
    "let_go": "down",
    "rest": "leaf",
    "together": "even_face",
    "ease": "leaf",
    "comes_along": "quiet",
    "set_done": "check",
    "pause": "pause",
    "open_eyes": "face",
    "asked": "speaker",
}
"""The sign of each sound."""

_PAD, _SIDE = 8.0, 24.0
_AFTER_CUE, _BEFORE_WORDS = 15.0, 5.0
_SPARE = 14.0
"""The card grows by so much before anything gives way."""

_SIGN = 40.0
"""The sign of unasked movement before the cue, ..."""
_AFTER_SIGN = 14.0

_ANSWERS: tuple[tuple[str, str, bool | None], ...] = (
    ("common.yes", "1", True),
    ("common.no", "2", False),
    ("practice.skip", "3", None),
)


@dataclass(frozen=True)
class _Lower:
    """What lies under the cue: its height, the room before it, and how it is drawn at a height."""

    height: float
    before: float
    draw: Callable[[float], None]


class CueCard:
    """Remembers the last cue while it fades, and the last sound."""

    def __init__(self) -> None:
        self._cue, self._before, self._changed_s = "", "", -math.inf
        self._tone: Tone | None = None
        self._tone_s = -math.inf
        self._caption = Fade(0.15, 0.3)

    def draw(
        self,
        canvas: Canvas,
        geometry: Geometry,
        view: SessionView,
        mark_share: float,
        now_s: float,
    ) -> None:
        """Draw the card.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        geometry : Geometry
            Where it lies.
        view : SessionView
            The present moment.
        mark_share : float
            How visible the mark of unasked movement is, 0 to 1; its sign stands before the cue.
        now_s : float
            Time on the window's clock.
        """
        cue = view.snapshot.cue.short
        if cue != self._cue:
            self._before, self._cue, self._changed_s = self._cue, cue, now_s
        sign = (_SIGN + _AFTER_SIGN) * _growth(canvas)
        room = geometry.card.w - 2 * _SIDE - (sign if mark_share > 0 else 0)
        style, lines = _fitted(canvas, cue, room)
        cue_h = len(lines) * style.step
        lower = _lower(canvas, geometry, view, geometry.card.h + _SPARE - 2 * _PAD - cue_h)
        whole = cue_h + (lower.before + lower.height if lower else 0)
        height = max(geometry.card.h, whole + 2 * _PAD)
        box = Box(geometry.card.x, geometry.card.bottom - height, geometry.card.w, height)
        canvas.card(box, 32)
        y = box.middle[1] - whole / 2
        self._draw_cue(canvas, (geometry.middle_x, y + cue_h / 2), room, mark_share, now_s)
        if lower is not None:
            lower.draw(y + cue_h + lower.before)
        if view.captions:
            self._draw_caption(canvas, box, view, now_s)

    def _draw_cue(
        self, canvas: Canvas, middle: Point, room: float, mark_share: float, now_s: float
    ) -> None:
        """Draw the cue; it makes room slowly for the sign of a mark."""
        share = 1.0
        if not canvas.look.less_motion:
            share = min(1.0, max(0.0, (now_s - self._changed_s) / CHANGE_S))
        growth, opacity = _growth(canvas), canvas.opacity
        x = middle[0] + (_SIGN + _AFTER_SIGN) * growth * mark_share / 2
        for cue, visible in ((self._before, 1 - share), (self._cue, share)):
            if not cue or visible <= 0:
                continue
            canvas.opacity = opacity * visible
            style, lines = _fitted(canvas, cue, room)
            y = middle[1] - len(lines) * style.step / 2
            for line in lines:
                canvas.text(line, x, y, style, canvas.theme.ink, room, "centre")
                y += style.step
            if mark_share > 0:
                widest = max(canvas.type.width(line, style) for line in lines)
                canvas.opacity *= mark_share
                left = x - widest / 2 - (_AFTER_SIGN + _SIGN / 2) * growth
                draw_quiet_sign(canvas, (left, middle[1]), _SIGN * growth)
        canvas.opacity = opacity

    def _draw_caption(self, canvas: Canvas, box: Box, view: SessionView, now_s: float) -> None:
        if view.tone is not None:
            self._tone, self._tone_s = view.tone, now_s
        heard = now_s - self._tone_s < CAPTION_S
        share = self._caption.follow(heard, now_s, at_once=canvas.look.less_motion)
        if self._tone is None or share <= 0:
            return
        opacity = canvas.opacity
        canvas.opacity *= share
        middle = (box.x + 34, box.bottom - 34)
        canvas.disc(middle, 20, canvas.theme.soft)
        canvas.icon(CAPTIONS[self._tone], middle, 24, canvas.theme.primary)
        canvas.opacity = opacity


def draw_quiet_sign(canvas: Canvas, middle: Point, size: float) -> None:
    """Draw two dotted crescents and a dot: movement that came along."""
    unit = size / _SIGN
    box = Box(middle[0] - size / 2, middle[1] - size / 2, size, size)

    def paint(on: Painting) -> None:
        colour = canvas.theme.quiet
        on.lay(disc(on.x, on.y, middle, 3.4 * unit), colour)
        for below in (1, -1):
            for step in range(6):
                angle = math.radians(23 + 134 * step / 5)
                x = middle[0] + 16.5 * unit * math.cos(angle)
                y = middle[1] + below * 13 * unit * math.sin(angle)
                on.lay(disc(on.x, on.y, (x, y), 2 * unit), colour)

    canvas.sprite("quiet sign", box, paint)


def _growth(canvas: Canvas) -> float:
    return min(1.5, canvas.look.text_percent / 100)


def _fitted(canvas: Canvas, cue: str, room: float) -> tuple[Style, list[str]]:
    """A cue in one line, or smaller in several."""
    style = canvas.styles.cue
    if canvas.type.width(cue, style) <= room:
        return style, [cue]
    style = canvas.styles.cue_two_lines
    return style, canvas.type.wrap(cue, style, room)


def _lower(canvas: Canvas, geometry: Geometry, view: SessionView, room: float) -> _Lower | None:
    """What lies under the cue, if there is anything and `room` for it."""
    snapshot = view.snapshot
    if snapshot.phase is Phase.ASKING:
        return _answers(canvas, geometry)
    exercise = snapshot.exercise
    begins = snapshot.phase is Phase.GETTING_READY or (
        snapshot.phase is Phase.BETWEEN and snapshot.repetition == 0
    )
    if exercise is None or begins or exercise.kind != "movement":
        text = view.discourage if begins else ""
        if snapshot.phase is Phase.REST:
            text = canvas.texts("practice.rest_how")
        return _second_line(canvas, geometry, text, room)
    if snapshot.phase in (*MOVING, Phase.BETWEEN):
        return _phases(canvas, geometry, view, room)
    return None


def _second_line(canvas: Canvas, geometry: Geometry, text: str, room: float) -> _Lower | None:
    style, width = canvas.styles.body, geometry.card.w - 2 * 60
    height = canvas.text_height(text, style, width)
    if not text or height > room:
        return None

    def draw(y: float) -> None:
        canvas.paragraph(text, geometry.middle_x, y, style, canvas.theme.ink2, width, "centre")

    return _Lower(height, 2, draw)


def _phases(canvas: Canvas, geometry: Geometry, view: SessionView, room: float) -> _Lower:
    bar, words = bar_height(canvas), canvas.styles.label_bold.step
    whole = bar + _BEFORE_WORDS + words
    named = _AFTER_CUE + whole <= room
    x = geometry.middle_x - geometry.bar_w / 2

    def draw(y: float) -> None:
        words_y = y + bar + _BEFORE_WORDS if named else None
        draw_phases(canvas, view.snapshot, x, y, geometry.bar_w, words_y)

    return _Lower(whole if named else bar, _AFTER_CUE, draw)


def _answers(canvas: Canvas, geometry: Geometry) -> _Lower:
    """Draw yes, no and neither, beside each other."""
    texts = canvas.texts
    labels = [texts(name) for name, _, _ in _ANSWERS]
    widths = [
        max(120.0, canvas.button_width(label, key))
        for label, (_, key, _) in zip(labels, _ANSWERS, strict=True)
    ]
    gap = 12.0
    height = max(52.0, canvas.styles.button.step + 16)

    def draw(y: float) -> None:
        x = geometry.middle_x - (sum(widths) + 2 * gap) / 2
        for label, width, (_, key, answer) in zip(labels, widths, _ANSWERS, strict=True):
            box = Box(x, y, width, height)
            kind: Kind = "plain" if answer is None else "secondary"
            canvas.button(box, Press("answer", answer), label, kind=kind, key=key, hint=key)
            x += width + gap

    return _Lower(height, 4, draw)
