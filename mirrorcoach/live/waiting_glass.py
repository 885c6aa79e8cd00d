"""A mirror without a picture: it says what is being waited for."""

from __future__ import annotations

from collections.abc import Sequence

from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.framed_picture import draw_plain
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Colour, Style

_ICON, _AFTER_ICON = 44.0, 16.0


def draw_waiting(
    canvas: Canvas, mirror: Box, radius: float, waiting: WaitingKind, bottom: float
) -> None:
    """Draw the glass with a sign, what is the matter, and what helps if there is room for it.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    mirror : Box
        The glass.
    radius : float
        Of its corners.
    waiting : WaitingKind
        What is being waited for.
    bottom : float
        Where the part of it that is seen ends.
    """
    theme, texts, styles = canvas.theme, canvas.texts, canvas.styles
    draw_plain(canvas, mirror, radius, theme.soft)
    room, high = 0.78 * mirror.w, bottom - mirror.y
    what, helps = texts(f"pause.camera_{waiting}"), texts(f"pause.camera_{waiting}_helps")
    signed = True
    lines = [(what, styles.large_bold, theme.ink), (helps, styles.body, theme.ink2)]
    if not _fits(canvas, lines, room, high - _ICON - _AFTER_ICON):
        lines.pop()
    if not _fits(canvas, lines, room, high - _ICON - _AFTER_ICON):
        lines, signed = [(what, styles.label_bold, theme.ink)], False
    before = _ICON + _AFTER_ICON if signed else 0.0
    heights = [canvas.text_height(text, style, room) for text, style, _ in lines]
    y = mirror.y + (high - before - sum(heights)) / 2
    if signed:
        canvas.icon("camera", (mirror.middle[0], y + _ICON / 2), _ICON, theme.primary)
    y += before
    for text, style, ink in lines:
        y = canvas.paragraph(text, mirror.middle[0], y, style, ink, room, "centre")


def _fits(
    canvas: Canvas, lines: Sequence[tuple[str, Style, Colour]], room: float, high: float
) -> bool:
    widths = [
        canvas.type.width(line, style)
        for text, style, _ in lines
        for line in canvas.type.wrap(text, style, room)
    ]
    needed = sum(canvas.text_height(text, style, room) for text, style, _ in lines)
    return max(widths) <= room and needed <= 0.8 * high
