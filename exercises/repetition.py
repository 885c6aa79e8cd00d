"""Repetitions: rest, onset, hold, release, found from movement alone.

Counting and judging use different rules. A movement counts once it rises well above the person's
own noise and lasts; how it was done is for `exercises.manner`, what it was worth for
`exercises.scoring`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.course import OFF_SHARE, Span, in_long_gap, lasting, runs_above, smoothed, spans_of
from exercises.schema import Exercise
from landmarks.blinks import blink_rows
from landmarks.movement import Measure
from landmarks.regions import Region
from landmarks.signals import Excerpt

MARGIN_S = 1.0
"""People start a little before and finish a little after they are asked."""

ON_SIGMAS = 6.0
"""A movement begins to count above this many standard deviations of the noise, ..."""

ON_MM = 0.8
"""... above this many millimetres (head sway alone stays below), ..."""

ON_SHARE = 0.25
"""... and above this share of the largest movement about it."""

RESTING_PERCENTILE = 20
"""Where rest lies in a stretch that is at rest at least a fifth of the time."""

LEAST_ROWS = 5
"""Fewer measured frames have no course."""


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


def least_counted_mm(noise_mm: tuple[float, float]) -> float:
    """Movement from which a repetition counts, by the noise floor of the left and right side."""
    return max(ON_SIGMAS * max(noise_mm), ON_MM)


def find_repetitions(
    excerpt: Excerpt, measure: Measure, noise_mm: tuple[float, float]
) -> list[Span]:
    """Find the repetitions of one movement in a stretch of recording.

    Parameters
    ----------
    excerpt : Excerpt
        The stretch, with some rest before and after.
    measure : Measure
        The wanted movement.
    noise_mm : (float, float)
        The person's own noise floor of the measured region, left and right.

    Returns
    -------
    list of Span
        In order of time, not overlapping.
    """
    usable = excerpt.seen(measure)
    if int(usable.sum()) < LEAST_ROWS:
        return []
    time_s = excerpt.time_s
    sides = smoothed(time_s, _without_blinks(excerpt, measure), usable)
    sides = sides - np.percentile(sides[usable], RESTING_PERCENTILE, axis=0)
    larger = sides.max(axis=1)
    on_mm = max(least_counted_mm(noise_mm), ON_SHARE * float(larger[usable].max()))
    gap = in_long_gap(time_s, usable, larger > on_mm)
    larger[gap] = 0.0
    runs = lasting(time_s, runs_above(larger, on_mm, OFF_SHARE * on_mm))
    return spans_of(time_s, sides, larger, gap, runs)


def find_movements(
    excerpt: Excerpt, measures: Sequence[Measure], noise_mm: dict[Region, tuple[float, float]]
) -> list[Span]:
    """Find everything that a face did in a recording, whatever was asked.

    A face that goes from one movement straight to another, without a rest between, has done one.

    Parameters
    ----------
    excerpt : Excerpt
        The recording, most of whose pauses are rest.
    measures : sequence of Measure
        Movements that are looked for, at least one.
    noise_mm : dict of Region to (float, float)
        The person's own noise floor, left and right.

    Returns
    -------
    list of Span
        In order of time, not overlapping. Their edges are those of the whole face.
    """
    usable = excerpt.usable
    if int(usable.sum()) < LEAST_ROWS:
        return []
    time_s = excerpt.time_s
    on_mm = np.array([least_counted_mm(noise_mm[measure.region]) for measure in measures])
    sides = smoothed(
        time_s, np.hstack([_without_blinks(excerpt, measure) for measure in measures]), usable
    )
    by_measure = (len(time_s), len(measures), 2)
    still = (np.abs(sides.reshape(by_measure)) < on_mm[:, None]).all(axis=(1, 2)) & usable
    if still.any():
        sides = sides - np.median(sides[still], axis=0)
    level: NDArray[np.float64] = (sides.reshape(by_measure).max(axis=2) / on_mm).max(axis=1)
    gap = in_long_gap(time_s, usable, level > 1.0)
    level[gap] = 0.0
    runs = [
        part
        for run in lasting(time_s, runs_above(level, 1.0, OFF_SHARE))
        for part in _parted(time_s, level, run)
    ]
    return spans_of(time_s, sides, level, gap, runs)


def _without_blinks(excerpt: Excerpt, measure: Measure) -> NDArray[np.float64]:
    """Both sides of a measure, shape (rows, 2); of the eye nothing is told while it blinks."""
    wanted_mm = excerpt.wanted_mm(measure)
    if measure.region != "eye":
        return wanted_mm
    blinks = blink_rows(excerpt.time_s, excerpt.aperture_ratio, excerpt.usable)
    return np.where(blinks[:, None], np.nan, wanted_mm)


def _parted(
    time_s: NDArray[np.float64], level: NDArray[np.float64], run: tuple[int, int]
) -> list[tuple[int, int]]:
    """A run cut where the face came back most of the way to rest; else the run as it is."""
    first, last = run
    inside = slice(first, last + 1)
    on = max(1.0, ON_SHARE * float(level[inside].max()))
    parts = lasting(time_s[inside], runs_above(level[inside], on, OFF_SHARE * on))
    return [(first + start, first + stop) for start, stop in parts] if len(parts) > 1 else [run]
