"""What the drawn face shows of an exercise, and when."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.schema import Dose, Exercise
from mirrorcoach.live.face_curves import Motion, Movement
from mirrorcoach.live.motion import minimum_jerk

STILL_S = 1.0
"""Between two movements the face rests so long."""

CHANGE_S = 3.0
"""With less motion, rest and movement take turns this often."""


@dataclass(frozen=True)
class Pose:
    """What the face does at one moment.

    Parameters
    ----------
    movement : Movement
        What moves; nothing for a calm face.
    share : float
        How much of it has been done, 0 to 1.
    """

    movement: Movement
    share: float


def movements(exercise: Exercise) -> dict[int, Movement]:
    """All movements of an exercise, after its definition.

    Parameters
    ----------
    exercise : Exercise
        As the catalogue has it.

    Returns
    -------
    dict
        From the guided step (from 1; 0 where there are none) to what moves in it, in order; empty
        where a calm face is all there is to show.
    """
    if exercise.wanted is not None:
        wanted = exercise.wanted
        return {0: (Motion(wanted.region, wanted.direction, wanted.target_mm),)}
    found: dict[int, Movement] = {}
    for shown in sorted(exercise.shows, key=lambda shown: shown.step or 0):
        motion = Motion(shown.region, shown.direction, shown.size_mm)
        found[shown.step or 0] = (*found.get(shown.step or 0, ()), motion)
    return found


def demonstration(
    exercise: Exercise, now_s: float, *, step: int | None = None, less_motion: bool = False
) -> Pose:
    """What the face does at the time `now_s`.

    It moves in the exercise's own times, with a still moment between; several movements take turns.

    Parameters
    ----------
    exercise : Exercise
        With the dose of its programme, if it is part of one.
    now_s : float
        Seconds since it was first shown.
    step : int, optional
        The guided step that is said just now, from 1; only its movement is shown.
    less_motion : bool
        Two stills in place of the movement.
    """
    all_of_them = movements(exercise)
    shown = list(all_of_them.values())
    if step is not None:
        shown = [all_of_them[step]] if step in all_of_them else []
    if not shown:
        return Pose((), 0.0)
    dose = exercise.dose
    once_s = 2 * CHANGE_S if less_motion else _moving_s(dose) + STILL_S
    turn, passed_s = divmod(max(0.0, now_s), once_s)
    movement = shown[int(turn) % len(shown)]
    if less_motion:
        return Pose(movement, float(passed_s >= CHANGE_S))
    return Pose(movement, _share(dose, passed_s - STILL_S))


def _moving_s(dose: Dose) -> float:
    return dose.rise_s + dose.hold_s + dose.let_go_s


def _share(dose: Dose, passed_s: float) -> float:
    if passed_s < dose.rise_s:
        return minimum_jerk(passed_s / dose.rise_s)
    return minimum_jerk((_moving_s(dose) - passed_s) / dose.let_go_s)
