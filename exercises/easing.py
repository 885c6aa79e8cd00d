"""A smaller movement, for whoever goes on smaller after something came along unasked."""

from __future__ import annotations

from exercises.schema import Exercise

SMALLER_SHARE = 0.7
"""A movement made smaller is this share of what it was (proposed, unproven), ..."""

LEAST_TARGET_MM = 1.0
"""... and no smaller than this: less can hardly be told from a resting face."""


def made_smaller(exercise: Exercise) -> Exercise:
    """The same exercise with a smaller target; unchanged where it has none, or a least one.

    Parameters
    ----------
    exercise : Exercise
        As it was asked for so far.
    """
    wanted = exercise.wanted
    if wanted is None or wanted.target_mm <= LEAST_TARGET_MM:
        return exercise
    target_mm = max(LEAST_TARGET_MM, SMALLER_SHARE * wanted.target_mm)
    smaller = wanted.model_copy(update={"target_mm": target_mm})
    return exercise.model_copy(update={"wanted": smaller})
