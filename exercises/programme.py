"""Programmes made from others: at another pace, or of one exercise alone."""

from __future__ import annotations

from collections.abc import Mapping

from exercises.schema import LONGEST_PART_S, Exercise, Programme, Step

TRIED = 3
"""Repetitions of an exercise that is tried out by itself (proposed, unproven)."""


def at_pace(programme: Programme, catalogue: Mapping[str, Exercise], pace: float) -> Programme:
    """The same programme with slower movements.

    Parameters
    ----------
    programme : Programme
        What was planned.
    catalogue : mapping of str to Exercise
        Where its exercises are looked up.
    pace : float
        How many times as long out, hold and back take; 1 or more.

    Returns
    -------
    Programme
        No part takes longer than a file may ask for. Rests and guided exercises stay as they are.

    Raises
    ------
    ValueError
        If the pace is quicker than planned.
    """
    if pace < 1.0:
        raise ValueError(f"a pace must be 1 or more, got {pace}: nothing is ever hurried")
    steps = tuple(
        _slower(step, step.applied_to(catalogue[step.exercise]), pace) for step in programme.steps
    )
    return programme.model_copy(update={"steps": steps})


def one_exercise(exercise: Exercise) -> Programme:
    """A programme in which one exercise is tried out."""
    several = exercise.kind == "movement"
    step = Step(exercise=exercise.id, repetitions=TRIED if several else None)
    return Programme(id=exercise.id, steps=(step,))


def _slower(step: Step, planned: Exercise, pace: float) -> Step:
    if planned.kind != "movement":
        return step
    parts = {
        name: min(LONGEST_PART_S, pace * getattr(planned.dose, name))
        for name in ("rise_s", "hold_s", "let_go_s")
    }
    return step.model_copy(update=parts)
