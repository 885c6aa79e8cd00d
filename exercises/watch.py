"""What a session sees while an exercise is done: both sides' movement, and what comes along."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from exercises.quiet import aperture_lost, change_judged
from exercises.repetition import measure_of
from exercises.schema import Exercise
from landmarks.blinks import LONGEST_S, SHUT_SHARE
from landmarks.movement import Movement, median_movement
from landmarks.regions import SIDES, Region, Side

QUIET_AFTER_S = 0.3
"""Unasked movement is marked once it has lasted this long."""

QUIET_HYSTERESIS = 0.7
"""The mark goes when the movement falls below this share of its limit."""

BASELINE_S = 0.7
"""Movement counts from the median of this long before it was asked for."""


@dataclass(frozen=True)
class QuietMark:
    """Where unasked movement is seen."""

    region: Region
    side: Side


class Watch:
    """Follows the movement of the present moment.

    Attributes
    ----------
    fill : (float, float) or None
        Movement of the left and right side as a share of the target; None while unknown.
    quiet : QuietMark or None
        The largest unasked movement that has lasted.
    """

    def __init__(self) -> None:
        self.fill: tuple[float, float] | None = None
        self.quiet: QuietMark | None = None
        self._recent: deque[tuple[float, Movement]] = deque()
        self._base: Movement | None = None
        self._since_s: dict[QuietMark, float] = {}
        self._shut_since_s: float | None = None

    def begin(self) -> None:
        """Count the coming movement from how the face stands now."""
        moves = [movement for _, movement in self._recent]
        self._base = median_movement(moves) if moves else None
        self.end()

    def end(self) -> None:
        """Forget what was marked: nothing is asked for now."""
        self.fill, self.quiet, self._since_s = None, None, {}

    def see(self, now_s: float, movement: Movement | None, exercise: Exercise | None) -> None:
        """Take in a moment.

        Parameters
        ----------
        now_s : float
            Its time.
        movement : Movement or None
            None where nothing was measured.
        exercise : Exercise or None
            What is being asked for now, if anything is.
        """
        self.fill = None
        if movement is None:
            return
        self._recent.append((now_s, movement))
        while now_s - self._recent[0][0] > BASELINE_S:
            self._recent.popleft()
        if exercise is None or self._base is None:
            return
        measure = measure_of(exercise)
        if measure is not None and exercise.wanted is not None:
            moved = measure.sides_mm(movement) - measure.sides_mm(self._base)
            shares = moved / exercise.wanted.target_mm
            if np.isfinite(shares).all():
                self.fill = (float(shares[0]), float(shares[1]))
        self._mark(now_s, movement, self._base, exercise)

    def _mark(self, now_s: float, now: Movement, base: Movement, exercise: Exercise) -> None:
        largest, mark = 0.0, None
        blinks = self._blinks(now_s, now, base)
        for quiet in exercise.quiet:
            for side, change in zip(SIDES, change_judged(quiet, now, base), strict=True):
                candidate = QuietMark(quiet.region, side)
                share = float(change) / quiet.mild
                if blinks and quiet.region == "eye":  # it tells nothing: all stays as it was
                    if candidate == self.quiet:
                        largest, mark = 1.0, candidate
                    continue
                if not share >= (QUIET_HYSTERESIS if candidate == self.quiet else 1.0):
                    self._since_s.pop(candidate, None)
                    continue
                since_s = self._since_s.setdefault(candidate, now_s)
                if now_s - since_s >= QUIET_AFTER_S and share > largest:
                    largest, mark = share, candidate
        self.quiet = mark

    def _blinks(self, now_s: float, now: Movement, base: Movement) -> bool:
        """Whether an eye is shut, no longer so far than in a blink.

        Once it opens again, what the lids did on their way counts for nothing.
        """
        if not (aperture_lost(now, base) > 1.0 - SHUT_SHARE).any():
            if self._shut_since_s is not None and now_s - self._shut_since_s < LONGEST_S:
                for eye in (QuietMark("eye", side) for side in SIDES):
                    if eye != self.quiet:
                        self._since_s.pop(eye, None)
            self._shut_since_s = None
            return False
        if self._shut_since_s is None:
            self._shut_since_s = now_s
        return now_s - self._shut_since_s < LONGEST_S


TOGETHER_ZONE = (0.92, 1.08)
"""Both sides within this share of the target, and ..."""

TOGETHER_DIFFERENCE = 0.08
"""... this close to each other, is *together*."""


def is_together(fill: tuple[float, float] | None) -> bool:
    """Whether both sides stand at the target and level with each other."""
    low, high = TOGETHER_ZONE
    return (
        fill is not None
        and all(low <= side <= high for side in fill)
        and bool(np.abs(fill[0] - fill[1]) < TOGETHER_DIFFERENCE)
    )
