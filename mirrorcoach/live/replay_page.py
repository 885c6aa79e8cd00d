"""What was only felt is seen afterwards: the last movement again, slowly."""

from __future__ import annotations

from landmarks.regions import Region
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.controls import header
from mirrorcoach.live.replay import Replay
from mirrorcoach.live.replay_card import ReplayCard
from mirrorcoach.live.shapes import Box

_OTHER = Press("other")
_RADIUS = 36.0


class ReplayPage:
    """Shows the lines of a movement first: the picture only if it is asked for.

    Gives back ``Key.BACK``.

    Parameters
    ----------
    replay : Replay
        What to show.
    moving : Region or None
        What the exercise moves.
    """

    def __init__(self, replay: Replay, moving: Region | None) -> None:
        self._cards = {outlined: ReplayCard(replay, moving, outlined) for outlined in (True, False)}
        self._outlined = True

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        texts = canvas.texts
        top = header(canvas, texts("replay.title"))
        margin = 24.0 if canvas.compact else 40.0
        other = texts("replay.picture" if self._outlined else "replay.lines")
        back, enter = texts("replay.back"), texts("common.key_enter")
        inside = canvas.width - 2 * margin
        back_w, other_w = canvas.button_width(back, enter), canvas.button_width(other, "V")
        row = back_w + 16 + other_w <= inside
        back_w = max(back_w, 300.0) if row and 316 + other_w <= inside else back_w
        widths = (back_w, other_w) if row else (inside, inside)
        heights = [canvas.button_height(a, w) for a, w in zip((back, other), widths, strict=True)]
        high = max(heights) if row else sum(heights) + 10
        y = canvas.height - margin - high
        canvas.button(
            Box(margin, y, widths[0], max(heights) if row else heights[0]),
            Key.BACK,
            back,
            kind="primary",
            key="enter",
            hint=enter,
        )
        place = (
            Box(margin + widths[0] + 16, y, widths[1], max(heights))
            if row
            else Box(margin, y + heights[0] + 10, widths[1], heights[1])
        )
        canvas.button(place, _OTHER, other, key="v", hint="V")
        side = min(inside, 1.15 * (y - 16 - top))
        box = Box((canvas.width - side) / 2, top, side, y - 16 - top)
        self._cards[self._outlined].draw(canvas, box, now_s, _RADIUS)

    def heed(self, action: Action) -> Action | None:
        """Change between lines and picture."""
        if action in (_OTHER, Key.VIEW):
            self._outlined = not self._outlined
            return None
        return action
