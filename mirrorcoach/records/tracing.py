"""From the signals of a practice or a recording to the course of one repetition."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exercises.quiet import LEAST_BASE_RATIO
from exercises.repetition import measure_of
from exercises.schema import Exercise
from exercises.score import RepetitionScore
from exercises.scoring import BASE_S, base_rows
from landmarks.movement import AT_REST
from landmarks.signals import Signals
from mirrorcoach.records.practices import Trace

RATE_HZ = 12.5
"""A face moves by no more than a few cycles a second; this draws a smooth line."""

LONGEST_GAP_S = 0.25
"""Over a longer time without a measured picture no line is drawn."""


def trace_of(signals: Signals, exercise: Exercise, repetition: RepetitionScore) -> Trace | None:
    """The wanted movement of each side, from a second before a repetition to a second after.

    It counts from the rest beside the repetition, as its score does.

    Parameters
    ----------
    signals : Signals
        The recording it was scored from.
    exercise : Exercise
        What was asked.
    repetition : RepetitionScore
        When it was.

    Returns
    -------
    Trace or None
        None where nothing could be measured.
    """
    measure = measure_of(exercise)
    if measure is None or not repetition.measurable:
        return None
    start_s, end_s = repetition.start_s, repetition.end_s
    stretch = signals.between(start_s - BASE_S, end_s + BASE_S)
    base = base_rows(stretch, measure, start_s, end_s)
    rested = stretch.median(base) if base.any() else AT_REST
    if measure.region == "eye":
        opening = np.maximum(rested.aperture_ratio, LEAST_BASE_RATIO)
        sides = 1.0 - stretch.aperture_ratio / opening
    else:
        sides = stretch.wanted_mm(measure) - measure.sides_mm(rested)
    time_s = stretch.time_s
    at_s = np.arange(time_s[0], time_s[-1], 1.0 / RATE_HZ)
    left, right = (_sampled(time_s, side, stretch.usable, at_s) for side in sides.T)
    return Trace(
        start_s=float(time_s[0]),
        rate_hz=RATE_HZ,
        unit="share" if measure.region == "eye" else "mm",
        left=left,
        right=right,
    )


def _sampled(
    time_s: NDArray[np.float64],
    values: NDArray[np.float64],
    usable: NDArray[np.bool_],
    at_s: NDArray[np.float64],
) -> tuple[float | None, ...]:
    """Values at other times; None where nothing was measured near them."""
    known = usable & np.isfinite(values)
    if not known.any():
        return (None,) * len(at_s)
    seen_s = time_s[known]
    after = np.searchsorted(seen_s, at_s)
    next_s = seen_s[np.minimum(after, len(seen_s) - 1)]
    last_s = seen_s[np.maximum(after - 1, 0)]
    near = np.maximum(next_s - at_s, 0.0) + np.maximum(at_s - last_s, 0.0) <= LONGEST_GAP_S
    found = np.interp(at_s, seen_s, values[known])
    return tuple(float(value) if seen else None for value, seen in zip(found, near, strict=True))
