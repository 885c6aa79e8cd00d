"""The pause: what was seen, what helps, and three ways on."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.cues import CueId
from exercises.watch import QuietMark
from mirrorcoach.live.actions import Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, Column
from mirrorcoach.live.demonstration_tile import draw_face
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.line_face import Mark
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
        self._shown.follow(False, now_s, at_once=True)

    def draw(self, canvas: Canvas, reason: Reason, now_s: float) -> None:
        """Draw the sheet over what was drawn so far."""
        canvas.opacity = self._shown.follow(True, now_s, at_once=canvas.look.less_motion)
        canvas.veil(0.9)
        box = _place(canvas)
        canvas.card(box, 36)
        pad = 40.0 if not canvas.stacked else 28.0
        inner = Box(box.x + pad, box.y, box.w - 2 * pad, box.h)
        top = _draw_ways_on(canvas, inner, box.bottom - pad, reason)
        y = box.y + (32.0 if not canvas.stacked else 24.0)
        room = Box(inner.x, y, inner.w, top - 24 - y)
        if canvas.stacked:
            self._draw_stacked(canvas, room, reason)
        else:
            _draw_beside(canvas, room, reason)
        canvas.opacity = 1.0

    def _draw_stacked(self, canvas: Canvas, box: Box, reason: Reason) -> None:
        blocks = [_words(canvas, *part) for part in _parts(canvas, reason)]
        self.column.draw(canvas, box, blocks, gap=12)


def _place(canvas: Canvas) -> Box:
    if not canvas.stacked:
        return Box(290, 124, 700, 464) if canvas.look.text_percent <= 100 else Box(240, 90, 800, 540)
    margin = 16.0 if canvas.compact else 40.0
    return Box(margin, margin, canvas.width - 2 * margin, canvas.height - 2 * margin)


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


def _draw_beside(canvas: Canvas, box: Box, reason: Reason) -> None:
    """Draw the reason, and the words beside it."""
    drawing = Box(box.x, box.middle[1] - _DRAWING_H / 2, _DRAWING_W, _DRAWING_H)
    _draw_reason(canvas, drawing, reason)
    x = drawing.right + 36
    width = box.right - x
    blocks = [_words(canvas, *part) for part in _parts(canvas, reason)]
    gaps = [0.0, 10.0, 18.0, 10.0][: len(blocks)]
    whole = sum(gaps) + sum(block.height(width) for block in blocks)
    y = box.middle[1] - whole / 2
    for block, gap in zip(blocks, gaps, strict=True):
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


def _draw_ways_on(canvas: Canvas, box: Box, bottom: float, reason: Reason) -> float:
    """Draw the three buttons above a line; returns where they begin."""
    texts = canvas.texts
    go_on = texts("pause.smaller" if reason.smaller else "pause.go_on")
    rest, end = texts("pause.rest"), texts("pause.end")
    width = (box.w - 20) / 2
    low_h = max(64.0, canvas.button_height(rest, width, "leaf"), canvas.button_height(end, width))
    if canvas.compact:
        low_h = max(low_h - 12, canvas.button_height(rest, width), canvas.button_height(end, width))
    high_h = max(72.0 if not canvas.compact else 60.0, canvas.button_height(go_on, box.w, "play"))
    low = bottom - low_h
    high = low - 20 - high_h
    canvas.button(
        Box(box.x, high, box.w, high_h),
        Press("go_on"),
        go_on,
        kind="primary",
        key="enter",
        hint=texts("common.key_enter"),
        icon="play",
    )
    canvas.button(
        Box(box.x, low, width, low_h),
        Press("rest"),
        rest,
        key="r",
        hint=texts("pause.key_rest"),
        icon=None if canvas.compact and canvas.large_text else "leaf",
    )
    canvas.button(
        Box(box.right - width, low, width, low_h),
        Press("end"),
        end,
        key="e",
        hint=texts("pause.key_end"),
    )
    return high
