"""A repetition that is over, shown again slowly, from memory."""

from __future__ import annotations

import numpy as np

from exercises.course import Span
from mirrorcoach.live.recent import Kept, Recent
from mirrorcoach.live.trace import Trace

SPEED = 0.25
"""Slow enough to see which side sets off first: a fifth of a second takes most of one."""

BESIDE_S = 0.4
"""So much rest is shown before and after the movement."""


class Replay:
    """Plays some seconds of what is remembered.

    Parameters
    ----------
    recent : Recent
        What is remembered; nothing may be added to it meanwhile.
    start_s, end_s : float
        What to play, on the recording's clock.
    speed : float
        1 is as fast as it was.
    """

    def __init__(self, recent: Recent, start_s: float, end_s: float, speed: float = SPEED) -> None:
        self._recent, self._speed = recent, speed
        self.start_s = max(start_s, recent.first_s)
        self.end_s = min(end_s, recent.last_s)
        self._began_s: float | None = None

    @classmethod
    def of(cls, recent: Recent, span: Span) -> Replay:
        """Play a repetition with a little rest on both sides."""
        return cls(recent, span.start_s - BESIDE_S, span.end_s + BESIDE_S)

    def time_s(self, now_s: float) -> float:
        """Which moment is shown at a time of the window's clock; it begins when first asked."""
        if self._began_s is None:
            self._began_s = now_s
        return min(self.end_s, self.start_s + self._speed * max(0.0, now_s - self._began_s))

    def over(self, now_s: float) -> bool:
        """Whether the last moment has come."""
        return self.time_s(now_s) >= self.end_s

    def shown(self, now_s: float) -> Kept | None:
        """The frame to show; None if nothing is remembered."""
        return self._recent.at(self.time_s(now_s))

    @property
    def middle(self) -> Kept | None:
        """The frame half way through, most likely of the hold; None if nothing is remembered."""
        return self._recent.at((self.start_s + self.end_s) / 2)

    def again(self) -> None:
        """Begin anew when next asked."""
        self._began_s = None


def last_repetition(trace: Trace) -> Span | None:
    """The latest repetition that has been let go; None if there is none."""
    last_s = trace.time_s[-1] if len(trace.time_s) else 0.0
    whole = [span for span in trace.repetitions if span.let_go and span.end_s < last_s]
    return whole[-1] if whole else None


def reached_mm(trace: Trace, span: Span) -> tuple[float, float] | None:
    """How far both sides stood at the hold, left then right; None where it was not measured.

    After practising unseen, this is where the arcs are shown.
    """
    held = (trace.time_s >= span.hold_start_s) & (trace.time_s <= span.hold_end_s)
    moved = trace.moved_mm[held]
    moved = moved[np.isfinite(moved).all(axis=1)]
    if not len(moved):
        return None
    left, right = np.median(moved, axis=0)
    return float(left), float(right)
