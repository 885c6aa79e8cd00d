"""How much is good for a person today: the tired do less, and nobody does too much."""

from __future__ import annotations

import math
from dataclasses import dataclass

from exercises.schema import MINUTES_CAP, Exercise

MINUTES_A_DAY = float(MINUTES_CAP)
"""Proposed, unproven (``docs/clinical.md``): two or three practices of 6 to 10 minutes."""

TIRED_FROM = 4
"""From this tiredness on, of 10, sets are short (unproven; fewer when tired: bellsrecovery.com)."""

TIRED_REPETITIONS = 3

VERY_TIRED_FROM = 7
"""From here on they are shorter still, ..."""

VERY_TIRED_REPETITIONS = 2

REST_ONLY_FROM = 9
"""... and from here on only what takes no effort is done."""

MOST_TIRED = 10


@dataclass(frozen=True)
class Today:
    """What is known of a person's day before a practice.

    Attributes
    ----------
    minutes : float
        Practised already.
    tiredness : int or None
        0 to 10, as the person says; None if they were not asked.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """

    minutes: float = 0.0
    tiredness: int | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.minutes) and self.minutes >= 0.0):
            raise ValueError(f"minutes practised today must be 0 or more, got {self.minutes}")
        if self.tiredness is not None and not 0 <= self.tiredness <= MOST_TIRED:
            raise ValueError(f"tiredness must lie between 0 and 10, got {self.tiredness}")

    @property
    def seconds_left(self) -> float:
        """What may still be practised today."""
        return max(0.0, 60.0 * (MINUTES_A_DAY - self.minutes))

    @property
    def rests_only(self) -> bool:
        """Whether nothing that takes effort is done today."""
        return self.tiredness is not None and self.tiredness >= REST_ONLY_FROM

    def repetitions_of(self, exercise: Exercise) -> int:
        """How often an exercise is done today; 0 if not at all.

        Parameters
        ----------
        exercise : Exercise
            With the dose that was planned.
        """
        planned = exercise.dose.repetitions
        effortless = exercise.kind == "rest" or exercise.dose.effort_cap == 0
        if self.tiredness is None or self.tiredness < TIRED_FROM or effortless:
            return planned
        if self.rests_only:
            return 0
        very = self.tiredness >= VERY_TIRED_FROM
        return min(planned, VERY_TIRED_REPETITIONS if very else TIRED_REPETITIONS)
