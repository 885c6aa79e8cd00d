"""What a turn of the head alone looks like on this face, learned while it rests.

The resting face stands in space with an average face's depth. Where a person's own face is deeper
or flatter, a turn of the head leaves a little movement behind that nobody made: a tenth of a
millimetre for each degree, more for a pucker, whose path points at the camera. While the person
rests, every movement should read zero; what it reads instead, as the head sways, tells how much a
degree leaves behind. That is taken off from then on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from landmarks.movement import PATHS, Movement

PRIOR_MM_PER_DEG = 0.15
"""Standard deviation of what a degree leaves behind, from person to person: the belief before
anything was seen. Between .1 and .4 the errors hardly change (rendered people)."""

NOISE_MM = 0.3
"""Standard deviation of a reading at rest, ..."""

APART_S = 0.3
"""... of which one in so many seconds counts: frames in between tell the same."""

LONGEST_STEP_S = 0.1
"""A gap between two frames counts as no more than this."""

AT_REST_MM = 0.8
"""Frames in which any path reads more than this, after correction, are not rest."""

AT_REST_APERTURE = (0.8, 1.25)
"""The same for the lids."""


class TurningLeak:
    """Learns from resting frames what a turn leaves behind, and takes it off.

    It only ever looks back.
    """

    def __init__(self) -> None:
        self._turns = np.zeros((2, 2))
        self._both = np.zeros((2, len(PATHS), 2))
        self._slopes = np.zeros((2, len(PATHS), 2))
        self._last_s = -np.inf
        self.begin()

    def begin(self) -> None:
        """A new rest: its zero is another, what a degree leaves behind is not."""
        self._weight = 0.0
        self._mean_turn = np.zeros(2)
        self._mean_mm = np.zeros((len(PATHS), 2))

    def corrected(self, movement: Movement, turn_deg: NDArray[np.float64]) -> Movement:
        """The movement without what the turn left behind.

        Parameters
        ----------
        movement : Movement
            As the skin reads.
        turn_deg : numpy.ndarray, shape (2,)
            Yaw and pitch since rest.
        """
        left_behind = np.tensordot(turn_deg, self._slopes, axes=1)
        return replace(movement, along_mm=movement.along_mm - left_behind)

    def learn(self, time_s: float, movement: Movement, turn_deg: NDArray[np.float64]) -> None:
        """Take in a frame in which the person may be at rest.

        Parameters
        ----------
        time_s : float
            Its time, rising.
        movement : Movement
            As the skin reads, not corrected.
        turn_deg : numpy.ndarray, shape (2,)
            Yaw and pitch since rest.
        """
        step_s = min(time_s - self._last_s, LONGEST_STEP_S)
        self._last_s = time_s
        low, high = AT_REST_APERTURE
        along = movement.along_mm
        left_over = self.corrected(movement, turn_deg).along_mm
        lids = movement.aperture_ratio
        # What was not seen is NaN, and no comparison with it holds.
        if not (np.abs(left_over).max() <= AT_REST_MM and low <= lids.min() and lids.max() <= high):
            return
        weight = step_s / APART_S
        self._weight += weight
        share = weight / self._weight
        away, away_mm = turn_deg - self._mean_turn, along - self._mean_mm
        self._mean_turn = self._mean_turn + share * away
        self._mean_mm = self._mean_mm + share * away_mm
        centred = weight * (1.0 - share)
        self._turns += centred * np.outer(away, away)
        self._both += centred * away[:, None, None] * away_mm
        belief = np.eye(2) * (NOISE_MM / PRIOR_MM_PER_DEG) ** 2
        solved = np.linalg.solve(self._turns + belief, self._both.reshape(2, -1))
        self._slopes = solved.reshape(self._both.shape)
