"""One repetition: rest, onset, hold, release, found from movement alone."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.schema import Exercise
from landmarks.movement import Measure


@dataclass(frozen=True)
class Asked:
    """A stretch of time in which an exercise was asked for, once or more.

    Attributes
    ----------
    exercise : str
        Id of the exercise.
    start_s, end_s : float
        From the request to the end of the rest after it, on the recording's clock.
    """

    exercise: str
    start_s: float
    end_s: float


def measure_of(exercise: Exercise) -> Measure | None:
    """What is measured for an exercise; None where nothing should move."""
    if exercise.wanted is None:
        return None
    return Measure(exercise.wanted.region, exercise.wanted.direction)
