"""The mirror that rests: nothing is shown of the face, and the movement is felt."""

from __future__ import annotations

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.framed_picture import draw_plain
from mirrorcoach.live.theme import mix

_WIDER, _HIGHER = 118 / 524, 0.4


def draw_hidden(canvas: Canvas, geometry: Geometry, bottom: float, *, seen: bool) -> None:
    """Draw a closed eye where the face would be.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    geometry : Geometry
        Where the mirror hangs.
    bottom : float
        Where the cue card begins.
    seen : bool
        Whether a camera follows the movement, so that it can be shown afterwards.
    """
    theme, texts, styles = canvas.theme, canvas.texts, canvas.styles
    mirror = geometry.mirror
    draw_plain(canvas, mirror, geometry.radius, theme.soft)
    room = 0.8 * mirror.w
    radius = _WIDER * mirror.w
    lines = [
        (texts("practice.hidden"), styles.large_bold, theme.ink),
        (texts("practice.hidden_after"), styles.body, theme.ink2),
    ]
    if not seen:
        lines.pop()
    heights = [canvas.text_height(text, style, room) for text, style, _ in lines]
    space = bottom - mirror.y - 0.1 * mirror.h
    while lines and 2 * radius + 24 + sum(heights) > space:
        lines.pop()
        heights.pop()
    whole = 2 * radius + (24 + sum(heights) if lines else 0)
    y = mirror.y + 0.06 * mirror.h + (space - whole) / 2
    middle = (mirror.middle[0], y + radius)
    canvas.disc(middle, radius, mix(theme.soft, theme.breath, 0.16))
    canvas.disc(middle, 0.71 * radius, mix(theme.soft, theme.breath, 0.34))
    canvas.icon("feel", middle, 0.95 * radius, theme.primary)
    y += 2 * radius + 24
    for text, style, ink in lines:
        y = canvas.paragraph(text, middle[0], y, style, ink, room, "centre")
