"""What was measured of a repetition, of an exercise and of a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exercises.manner import Manner
    from exercises.marks import Mark
    from exercises.schema import Flag
    from landmarks.interval import Interval
    from landmarks.regions import Region, Side

VERSION = 1
"""Raised when the same movement would come to other numbers than before; only numbers of one
version are compared with each other."""


@dataclass(frozen=True)
class SideScore:
    """One side of a repetition; None where it cannot be known."""

    excursion_mm: float | None
    excursion_interval_mm: Interval | None
    onset_s: float | None
    peak_speed_mm_s: float | None
    hold_spread_mm: float | None


@dataclass(frozen=True)
class QuietScore:
    """A region that should have stayed still.

    `change` is the share of lid aperture lost for the eye (`unit` ratio, positive = narrower) and
    the distance moved for every other region (`unit` mm); None below the noise.
    """

    region: Region
    side: Side
    change: float | None
    unit: str
    interval: Interval | None
    flag: Flag | None


@dataclass(frozen=True)
class RepetitionScore:
    """One repetition. `measurable` is False where no excursion is known; `reasons` say why.

    `returned` is the share of the movement that was given back afterwards, of the side that came
    back less; `marks` are 0 to 1, and None where they cannot be known.
    """

    index: int
    exercise: str
    start_s: float
    hold_start_s: float | None
    hold_end_s: float | None
    end_s: float
    measurable: bool
    reasons: tuple[str, ...]
    left: SideScore
    right: SideScore
    symmetry: float | None
    symmetry_interval: Interval | None
    weaker_side: Side | None
    path_agreement: float | None
    onset_lag_s: float | None
    returned: float | None
    quiet: tuple[QuietScore, ...]
    manner: tuple[Manner, ...]
    marks: Mapping[Mark, float | None]
    score: float | None


@dataclass(frozen=True)
class ExerciseScore:
    """All repetitions of one exercise."""

    exercise: str
    repetitions: int
    measurable: int
    symmetry_median: float | None
    left_excursion_mm: float | None
    right_excursion_mm: float | None
    score: float | None


def score_exercise(exercise: str, repetitions: Sequence[RepetitionScore]) -> ExerciseScore:
    """Sum up the repetitions of one exercise by their medians."""
    ratios = [one.symmetry for one in repetitions if one.symmetry is not None]
    scores = [one.score for one in repetitions if one.score is not None]
    return ExerciseScore(
        exercise=exercise,
        repetitions=len(repetitions),
        measurable=sum(one.measurable for one in repetitions),
        symmetry_median=median(ratios) if ratios else None,
        left_excursion_mm=_median_excursion_mm([one.left for one in repetitions]),
        right_excursion_mm=_median_excursion_mm([one.right for one in repetitions]),
        score=median(scores) if scores else None,
    )


def score_session(exercises: Sequence[ExerciseScore]) -> float | None:
    """Mean of the exercises' scores, each counting once; None if none was scored."""
    scores = [one.score for one in exercises if one.score is not None]
    return fmean(scores) if scores else None


def _median_excursion_mm(sides: list[SideScore]) -> float | None:
    known = [side.excursion_mm for side in sides if side.excursion_mm is not None]
    return median(known) if known else None
