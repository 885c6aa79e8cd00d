"""What the window shows: one page at a time."""

from __future__ import annotations

from typing import Protocol

from mirrorcoach.live.actions import Action
from mirrorcoach.live.canvas import Canvas


class Page(Protocol):
    """One page: what it shows, and what pressing something on it does.

    A page that has an attribute ``wants_text`` which is true is given what is written as
    ``Press("typed", text)`` and ``Press("erase")``; letters are no keys of its buttons then.
    """

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame.

        Parameters
        ----------
        canvas : Canvas
            Begun, and of any size and look: nothing of it is kept from one frame to the next but
            through `Canvas.made`.
        now_s : float
            Time on the window's clock.
        """
        ...

    def heed(self, action: Action) -> Action | None:
        """Do what concerns this page alone; give back what concerns the whole application."""
        ...
