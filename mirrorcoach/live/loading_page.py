"""A short wait: a disc that breathes, and a word."""

from __future__ import annotations

from mirrorcoach.live.actions import Action
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.motion import sine
from mirrorcoach.live.shapes import Box, Point, Ripple, disc
from mirrorcoach.live.theme import mix

BREATH_S = 9.0
"""One slow breath."""

_SMALLEST, _LARGEST = 84.0, 112.0
_HALOES = (36.0, 72.0)
_REACH = _LARGEST + _HALOES[-1] + 4
_GAP = 40.0


class LoadingPage:
    """Waits with the person.

    Parameters
    ----------
    text : str
        What is being waited for.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        theme, style = canvas.theme, canvas.styles.large
        room = canvas.width - 80
        words_h = canvas.text_height(self._text, style, room)
        top = (canvas.height - 2 * _REACH - _GAP - words_h) / 2
        middle = (canvas.width / 2, top + _REACH)
        breath = 1.0 if canvas.look.less_motion else sine(2 * abs((now_s / BREATH_S) % 1 - 0.5))
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * breath
        rings = [
            (-10.0, radius + halo * (0.6 + 0.4 * breath), mix(theme.bg, theme.soft, share))
            for halo, share in zip(reversed(_HALOES), (0.4, 0.7), strict=True)
        ]
        disc_bands = [(-10.0, radius, theme.soft)]
        if theme.outlined:
            disc_bands.append((radius - 2.0, radius, theme.line))
        ripple = canvas.made(("loading", middle), lambda: _ripple(canvas, middle))
        ripple.draw(canvas.target, theme.bg, [*rings, *disc_bands])
        y = middle[1] + _REACH + _GAP
        canvas.paragraph(self._text, middle[0], y, style, theme.ink2, room, "centre")

    def heed(self, action: Action) -> Action | None:
        """Everything concerns the application."""
        return action


def _ripple(canvas: Canvas, middle: Point) -> Ripple:
    box = Box(middle[0] - _REACH, middle[1] - _REACH, 2 * _REACH, 2 * _REACH)
    return Ripple(canvas.fit, box, lambda x, y: disc(x, y, middle, 0), 0, _REACH)
