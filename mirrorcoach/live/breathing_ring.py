"""The ring round the mirror: it breathes the pace, and shows both sides together."""

from __future__ import annotations

import math

from exercises.events import Phase, Snapshot
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.motion import Fade, LowPass, minimum_jerk
from mirrorcoach.live.shapes import Fill, Ripple, Tube, around, mirrored
from mirrorcoach.live.theme import mix

LINE_W = (3.0, 6.0)
"""Width of the line, and when both sides are together."""

REST_LINE_W = 10.0


def width_of_ring(snapshot: Snapshot) -> float:
    """How wide the breathing ring is, 0 to 1: the pace, never the quality."""
    if snapshot.phase is Phase.RISE:
        return minimum_jerk(snapshot.progress)
    if snapshot.phase is Phase.HOLD:
        return 1.0
    if snapshot.phase is Phase.LET_GO:
        return 1.0 - minimum_jerk(snapshot.progress)
    if snapshot.phase is Phase.BETWEEN:
        return 0.25 * math.sin(math.pi * snapshot.progress) ** 2
    return 0.0


class BreathingRing:
    """Draws the ring of a movement, or the two lines that rise while nothing is to be done."""

    def __init__(self) -> None:
        self._width = LowPass(0.12)
        self._together = Fade(0.3, 0.3)

    def draw(self, canvas: Canvas, geometry: Geometry, snapshot: Snapshot, now_s: float) -> None:
        """Draw the ring."""
        theme, calm = canvas.theme, canvas.look.less_motion
        width = 1.0 if calm else self._width.follow(width_of_ring(snapshot), now_s)
        together = self._together.follow(snapshot.together, now_s, at_once=calm)
        near = geometry.ring_near
        line = geometry.ring_rest + geometry.ring_reach * width
        half = (LINE_W[0] + (LINE_W[1] - LINE_W[0]) * together) / 2
        far = geometry.ring_rest + geometry.ring_reach + LINE_W[1] / 2 + 1
        ripple = canvas.made(
            ("ring", geometry.mirror),
            lambda: Ripple(
                canvas.fit, geometry.mirror.grown(far), geometry.from_mirror, near - 2, far
            ),
        )
        ripple.draw(
            canvas.target,
            theme.bg,
            [
                (near, line, mix(theme.ring_fill, theme.ring_fill_together, together)),
                (line - half, line + half, mix(theme.breath, theme.primary, together)),
            ],
        )

    def draw_rest(self, canvas: Canvas, geometry: Geometry, share: float) -> None:
        """Draw two lines that rise from below and meet at the top.

        Parameters
        ----------
        share : float
            How far they have come, 0 to 1.
        """
        theme = canvas.theme

        def make() -> Tube:
            grown = geometry.ring_near + 2
            up = around(geometry.mirror.grown(grown), geometry.radius + grown, 40, 180)
            path = [*up, *mirrored(up, geometry.middle_x)[::-1]]
            border = (1.5, theme.line) if theme.outlined else None
            return Tube(canvas.fit, path, REST_LINE_W, theme.sunk, border=border)

        sides = [Fill(share / 2, REST_LINE_W, theme.primary, end) for end in (False, True)]
        canvas.made(("rest line", geometry.mirror), make).draw(canvas.target, sides)
