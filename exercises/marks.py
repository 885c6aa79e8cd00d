"""What each part of a repetition earns, and what that comes to.

Evenness, calm, slowness, steadiness and coming back to rest are rewarded; size is not
(``docs/scoring.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from exercises.manner import unhurried_s

if TYPE_CHECKING:
    from exercises.schema import Exercise, Flag
    from exercises.score import QuietScore

HEALTHY_SYMMETRY = 0.91
"""Full marks for evenness begin here: healthy people reach 91 to 93 % (OSCAR 1999, n = 20)."""

CALM: dict[Flag, float] = {"none": 1.0, "mild": 0.75, "moderate": 0.5, "marked": 0.25}
"""Share of the marks for calm that is left at each flag."""

STEADY_SHARES = (0.05, 0.25)
"""A hold that wavers by no more than the first share of the movement has full marks for steadiness,
one that wavers by the second has none."""

BACK_SHARES = (0.9, 0.5)
"""A movement that is given back to the first share has full marks for rest, to the second none."""

Mark = Literal["evenness", "calm", "slowness", "steadiness", "rest"]

WEIGHTS: dict[Mark, float] = {
    "evenness": 0.5,
    "calm": 0.2,
    "slowness": 0.1,
    "steadiness": 0.1,
    "rest": 0.1,
}

INHIBITION_WEIGHTS: dict[Mark, float] = {**WEIGHTS, "evenness": 0.3, "calm": 0.4}
"""Where the calm of another region is the aim itself."""


def marks_of(
    exercise: Exercise,
    *,
    symmetry: float | None,
    quiet: Sequence[QuietScore],
    rise_s: float,
    wavered_share: float,
    returned: float | None,
) -> dict[Mark, float | None]:
    """What each part of a repetition is worth.

    Parameters
    ----------
    exercise : Exercise
        What was asked for.
    symmetry : float or None
        The smaller side's share of the larger, where it is known.
    quiet : sequence of QuietScore
        What should have stayed still.
    rise_s : float
        Time from rest to the hold.
    wavered_share : float
        Standard deviation of the larger side in the hold, as a share of its movement.
    returned : float or None
        Share of the movement that was given back, where it is known.

    Returns
    -------
    dict of str to float or None
        0 to 1; None where it cannot be known.
    """
    seen = [CALM[one.flag] for one in quiet if one.flag is not None]
    return {
        "evenness": None if symmetry is None else min(1.0, symmetry / HEALTHY_SYMMETRY),
        "calm": None if quiet and not seen else min(seen, default=1.0),
        "slowness": min(1.0, rise_s / unhurried_s(exercise.dose)),
        "steadiness": _between(wavered_share, *STEADY_SHARES),
        "rest": None if returned is None else _between(returned, *BACK_SHARES),
    }


def score_of(exercise: Exercise, marks: Mapping[Mark, float | None]) -> float | None:
    """The weighted mean of the marks that are known, 0 to 100.

    None without the evenness, and for an exercise that is not scored.
    """
    if marks["evenness"] is None or exercise.scoring != "measured":
        return None
    weights = INHIBITION_WEIGHTS if exercise.inhibits else WEIGHTS
    known = {name: mark for name, mark in marks.items() if mark is not None}
    total = sum(weights[name] * mark for name, mark in known.items())
    return 100.0 * total / sum(weights[name] for name in known)


def _between(value: float, full: float, none: float) -> float:
    """1 where a value is as good as `full` or better, 0 at `none`, and evenly between."""
    return min(1.0, max(0.0, (value - none) / (full - none)))
