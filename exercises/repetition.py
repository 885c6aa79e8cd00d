"""One repetition: rest, onset, hold, release, found from movement alone.

Counting and judging use different rules. A movement counts once it rises well above the person's
own noise and lasts; what it was worth is for `exercises.scoring`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from exercises.schema import Exercise
from landmarks.movement import Measure
from landmarks.signals import Excerpt

MARGIN_S = 1.0
"""People start a little before and finish a little after they are asked."""

ON_SIGMAS = 6.0
"""A movement begins to count above this many standard deviations of the noise, ..."""

ON_MM = 0.8
"""... above this many millimetres (head sway alone stays below), ..."""

ON_SHARE = 0.25
"""... and above this share of the largest movement in the stretch."""

OFF_SHARE = 0.6
"""It ends below this share of the limit at which it began."""

LEAST_S = 0.5
"""Shorter movements are blinks and twitches."""

JOIN_S = 0.35
"""Dips shorter than this do not end a repetition."""

EDGE_SHARE = 0.08
"""Onset and release lie where the movement passes this share of its peak."""

HOLD_SHARE = 0.85
"""The hold is where it stays above this share of its peak."""

LET_GO_SHARE = 0.5
"""A movement that ends above this share of its peak was cut off, not let go."""

SMOOTHING_S = 0.08
"""Standard deviation of the smoothing used for finding edges; stored numbers are not smoothed."""

LONGEST_GAP_S = 0.5
"""Longer stretches without a measured frame are not bridged, ..."""

LONGEST_HIDDEN_S = 3.0
"""... but up to this long if the movement stood on both sides: then it went on meanwhile."""


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


@dataclass(frozen=True)
class Span:
    """When one repetition happened, in seconds on the recording's clock.

    `let_go` is False where the stretch ended, or was lost from sight, while the movement was still
    held.
    """

    start_s: float
    hold_start_s: float
    hold_end_s: float
    end_s: float
    let_go: bool = True


def measure_of(exercise: Exercise) -> Measure | None:
    """What is measured for an exercise; None where nothing should move."""
    if exercise.wanted is None:
        return None
    return Measure(exercise.wanted.region, exercise.wanted.direction)


def smoothed(
    time_s: NDArray[np.float64], values: NDArray[np.float64], usable: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Values with gaps bridged and noise smoothed, for finding edges and speeds.

    Parameters
    ----------
    time_s : numpy.ndarray, shape (n,)
        Strictly rising.
    values : numpy.ndarray, shape (n, k)
        Any unit; rows that are not usable are ignored.
    usable : numpy.ndarray, shape (n,), bool
        At least one must be True.
    """
    step_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 1.0
    bridged = np.column_stack(
        [np.interp(time_s, time_s[usable], column[usable]) for column in values.T]
    )
    smooth: NDArray[np.float64] = gaussian_filter1d(
        bridged, SMOOTHING_S / step_s, axis=0, mode="nearest"
    )
    return smooth


def find_repetitions(
    excerpt: Excerpt, measure: Measure, noise_mm: tuple[float, float]
) -> list[Span]:
    """Find the repetitions in a stretch of recording.

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
    if int(usable.sum()) < 5:
        return []
    time_s = excerpt.time_s
    sides = smoothed(time_s, excerpt.wanted_mm(measure), usable)
    sides = sides - np.percentile(sides[usable], 20, axis=0)
    larger = sides.max(axis=1)
    on_mm = max(ON_SIGMAS * max(noise_mm), ON_MM, ON_SHARE * float(larger[usable].max()))
    gap = _in_long_gap(time_s, usable, larger > on_mm)
    larger[gap] = 0.0
    episodes = [
        (first, last)
        for first, last in _joined(time_s, _episodes(larger, on_mm, OFF_SHARE * on_mm))
        if time_s[last] - time_s[first] >= LEAST_S
    ]
    spans = []
    for k, (first, last) in enumerate(episodes):
        lowest = episodes[k - 1][1] + 1 if k > 0 else 0
        highest = episodes[k + 1][0] - 1 if k + 1 < len(episodes) else len(larger) - 1
        spans.append(_span(time_s, larger, gap, (lowest, first, last, highest)))
    return spans


def _in_long_gap(
    time_s: NDArray[np.float64], usable: NDArray[np.bool_], moved: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Rows inside a stretch without measured frames that is too long to bridge."""
    good = np.flatnonzero(usable)
    inside = ~usable
    for before, after in pairwise(good):
        longest_s = LONGEST_HIDDEN_S if moved[before] and moved[after] else LONGEST_GAP_S
        if time_s[after] - time_s[before] <= longest_s:
            inside[before + 1 : after] = False
    return inside


def _episodes(values: NDArray[np.float64], on: float, off: float) -> list[tuple[int, int]]:
    """First and last row of each stretch that begins above `on` and ends below `off`."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for row, value in enumerate(values):
        if start is None and value > on:
            start = row
        elif start is not None and value < off:
            found.append((start, row - 1))
            start = None
    if start is not None:
        found.append((start, len(values) - 1))
    return found


def _joined(time_s: NDArray[np.float64], episodes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in episodes:
        if joined and time_s[first] - time_s[joined[-1][1]] < JOIN_S:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _span(
    time_s: NDArray[np.float64],
    larger: NDArray[np.float64],
    gap: NDArray[np.bool_],
    rows: tuple[int, int, int, int],
) -> Span:
    """Edges and hold of an episode.

    `rows` are the first row that is free, the episode's own first and last, and the last one free.
    """
    lowest, first, last, highest = rows
    peak = float(np.percentile(larger[first : last + 1], 95))
    begin, end = first, last
    while begin > lowest and larger[begin] > EDGE_SHARE * peak:
        begin -= 1
    while end < highest and larger[end] > EDGE_SHARE * peak:
        end += 1
    inside = slice(first, last + 1)
    high = HOLD_SHARE * peak
    held = _joined(time_s[inside], _episodes(larger[inside], high, high))
    start, stop = max(held, key=lambda run: time_s[first + run[1]] - time_s[first + run[0]])
    last_seen = end - 1 if gap[end] else end
    return Span(
        start_s=float(time_s[begin]),
        hold_start_s=float(time_s[first + start]),
        hold_end_s=float(time_s[first + stop]),
        end_s=float(time_s[end]),
        let_go=bool(larger[last_seen] < LET_GO_SHARE * peak),
    )
