"""The pause: what was seen, what helps, and three ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exercises.cues import CueId
from exercises.watch import QuietMark
from mirrorcoach.live.actions import Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, Column
from mirrorcoach.live.demonstration_tile import draw_face
from mirrorcoach.live.drawn_face import Mark
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.motion import Fade
from mirrorcoach.live.session_view import CameraState
from mirrorcoach.live.shapes import Box, Painting, disc
from mirrorcoach.live.theme import mix

FADE_S = 0.25

_ICONS: dict[str, Icon] = {
    "no_face": "face",
    "out_of_picture": "face",
    "too_far": "distance",
    "head_turned": "mirror",
    "too_dark": "light",
    "too_bright": "light",
    "too_blurred": "camera",
    "covered": "hand",
    "no_picture": "camera",
}
"""Drawings of what is in the way; a pause of one's own has the sign of a pause."""

_DRAWING_W, _DRAWING_H = 190.0, 206.0
_BEFORE_WORDS, _BEFORE_WAYS = 226.0, 28.0
_GAPS = (0.0, 10.0, 18.0, 10.0)
"""Before each text beside the drawing."""


@dataclass(frozen=True)
class Reason:
    """Why the practice has paused.

    Attributes
    ----------
    why : CueId
        What the session says.
    by_itself : bool
        Whether the session goes on by itself.
    mark : QuietMark or None
        Movement that came along unasked in the repetition that was paused.
    camera : CameraState
        How the camera is.
    """

    why: CueId
    by_itself: bool = False
    mark: QuietMark | None = None
    camera: CameraState = "open"

    @property
    def name(self) -> str:
        """What its words are called."""
        if self.why == "no_picture":
            return "camera_silent" if self.camera == "open" else f"camera_{self.camera}"
        if self.mark is not None and not self.by_itself:
            return f"moved_{self.mark.region}"
        return self.why if self.why in _ICONS else "paused"

    @property
    def smaller(self) -> bool:
        """Whether going on means going on with a smaller movement."""
        return self.name.startswith("moved_")

    @property
    def go_on(self) -> Press:
        """What going on means."""
        return Press("go_on_smaller" if self.smaller else "go_on")


class PauseSheet:
    """Fades in over the exercise.

    Attributes
    ----------
    column : Column
        How far its words have been scrolled where they do not all fit.
    """

    def __init__(self) -> None:
        self.column = Column()
        self._shown = Fade(FADE_S, 0.001)

    def over(self, now_s: float) -> None:
        """Say that there is no pause now."""
        self.column.first = 0
        self._shown.follow(False, now_s, at_once=True)

    def draw(self, canvas: Canvas, reason: Reason, now_s: float) -> None:
        """Draw the sheet over what was drawn so far."""
        canvas.opacity = self._shown.follow(True, now_s, at_once=canvas.look.less_motion)
        canvas.veil(0.9)
        pad = 28.0 if canvas.large_text else 40.0
        margin = 16.0 if canvas.compact else 40.0
        width = min(canvas.width - 2 * margin, 700 * max(1.0, canvas.look.text_percent / 100))
        inner_w = width - 2 * pad
        words = [_words(canvas, *part) for part in _parts(canvas, reason)]
        ways = _WaysOn(canvas, inner_w, reason)
        beside_h = max(_DRAWING_H, _beside_height(words, inner_w - _BEFORE_WORDS))
        room = canvas.height - 2 * margin - 2 * pad - _BEFORE_WAYS - ways.height
        fits = beside_h <= room
        height = 2 * pad + (beside_h if fits else room) + _BEFORE_WAYS + ways.height
        box = Box((canvas.width - width) / 2, (canvas.height - height) / 2, width, height)
        canvas.card(box, 36)
        inner = Box(box.x + pad, box.y + pad, inner_w, beside_h if fits else room)
        if fits:
            _draw_beside(canvas, inner, words, reason)
        else:
            self.column.draw(canvas, inner, words, gap=12)
        ways.draw(canvas, inner.x, inner.bottom + _BEFORE_WAYS)
        canvas.opacity = 1.0


def _parts(canvas: Canvas, reason: Reason) -> list[tuple[str, str]]:
    """What is said: each text and its role."""
    texts = canvas.texts
    sides = {}
    if reason.mark is not None:
        sides = {"side": texts(f"pause.side_{reason.mark.side}")}
    parts = [
        (texts("pause.title"), "sheet_title"),
        (texts(f"pause.{reason.name}", **sides), "large"),
        (texts(f"pause.{reason.name}_helps"), "large2"),
    ]
    if reason.by_itself:
        parts.append((texts("pause.resumes"), "large2"))
    return parts


def _words(canvas: Canvas, text: str, role: str) -> Block:
    styles, theme = canvas.styles, canvas.theme
    style = styles.sheet_title if role == "sheet_title" else styles.large
    ink = theme.ink2 if role == "large2" else theme.ink

    def draw(box: Box) -> None:
        canvas.paragraph(text, box.x, box.y, style, ink, box.w)

    return Block(lambda width: canvas.text_height(text, style, width), draw)


def _beside_height(words: Sequence[Block], width: float) -> float:
    return sum(_GAPS[: len(words)]) + sum(block.height(width) for block in words)


def _draw_beside(canvas: Canvas, box: Box, words: Sequence[Block], reason: Reason) -> None:
    """Draw the reason, and the words beside it."""
    drawing = Box(box.x, box.middle[1] - _DRAWING_H / 2, _DRAWING_W, _DRAWING_H)
    _draw_reason(canvas, drawing, reason)
    x = box.x + _BEFORE_WORDS
    width = box.right - x
    y = box.middle[1] - _beside_height(words, width) / 2
    for block, gap in zip(words, _GAPS, strict=False):
        height = block.height(width)
        block.draw(Box(x, y + gap, width, height))
        y += gap + height


def _draw_reason(canvas: Canvas, box: Box, reason: Reason) -> None:
    theme, middle = canvas.theme, box.middle
    if reason.smaller and reason.mark is not None:
        draw_face(canvas, box, mark=Mark(reason.mark.region, reason.mark.side))
        return

    def paint(on: Painting) -> None:
        for radius, share in ((95, 0.35), (76, 0.65), (56, 1.0)):
            on.lay(disc(on.x, on.y, middle, radius), mix(theme.surface, theme.soft, share))

    canvas.sprite("reason", box, paint)
    canvas.icon(_ICONS.get(reason.why, "pause"), middle, 64, theme.primary)


class _WaysOn:
    """The three buttons: going on above resting and ending."""

    def __init__(self, canvas: Canvas, width: float, reason: Reason) -> None:
        texts = canvas.texts
        self._width = width
        self._action = reason.go_on
        self._go_on = texts("pause.smaller" if reason.smaller else "pause.go_on")
        self._rest, self._end = texts("pause.rest"), texts("pause.end")
        self._half = (width - 20) / 2
        self._keys = texts("pause.key_rest"), texts("pause.key_end")
        widths = (
            canvas.button_width(self._rest, self._keys[0], "leaf"),
            canvas.button_width(self._end, self._keys[1]),
        )
        if max(widths) > self._half:  # both keys are shown, or neither
            self._keys = "", ""
        in_a_line = canvas.button_width(self._rest, icon="leaf") <= self._half
        self._leaf: Icon | None = "leaf" if in_a_line else None
        self._high_h = max(
            60.0 if canvas.compact else 72.0, canvas.button_height(self._go_on, width, "play")
        )
        self._low_h = max(
            52.0 if canvas.compact else 64.0,
            canvas.button_height(self._rest, self._half, self._leaf),
            canvas.button_height(self._end, self._half),
        )

    @property
    def height(self) -> float:
        """Of all three."""
        return self._high_h + 20 + self._low_h

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw them below each other from here."""
        texts = canvas.texts
        canvas.button(
            Box(x, y, self._width, self._high_h),
            self._action,
            self._go_on,
            kind="primary",
            key="enter",
            hint=texts("common.key_enter"),
            icon="play",
        )
        low = Box(x, y + self._high_h + 20, self._half, self._low_h)
        canvas.button(low, Press("rest"), self._rest, key="r", hint=self._keys[0], icon=self._leaf)
        canvas.button(
            Box(x + self._width - self._half, low.y, self._half, self._low_h),
            Press("end"),
            self._end,
            key="e",
            hint=self._keys[1],
        )
