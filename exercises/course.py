"""The course of a movement over time: smoothed, cut into runs, and where it begins and ends."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

OFF_SHARE = 0.6
"""A movement ends below this share of the limit at which it began."""

LEAST_S = 0.5
"""Shorter movements are blinks and twitches."""

JOIN_S = 0.35
"""Dips shorter than this do not end a repetition."""

HOLD_SHARE = 0.85
"""The hold is where the movement stays above this share of its peak."""

DIP_SHARE = 0.6
"""A movement that falls below this share of its hold and reaches it again was done twice."""

LET_GO_SHARE = 0.5
"""A movement that ends above this share of its peak was cut off, not let go."""

EDGE_SHARES = (0.2, 0.5)
"""Onset and release are told from the moments at which these shares of the hold are passed, ..."""

EDGE_REACH = 1.6
"""... so many times the time between the two further out. A fixed small share is passed late in a
slow movement and early in a quick one. Movements of least jerk (Flash and Hogan 1985) ask for 1.9,
half a cosine for 1.4, and the smoothing takes a little away."""

BASE_S = 1.0
"""An edge counts from the median of this long of rest beside it, ..."""

BASE_APART_S = 0.15
"""... so far from the edge that a slow beginning is no part of it, ..."""

LEAST_BASE_ROWS = 4
"""... if so many frames of it were measured."""

SMOOTHING_S = 0.08
"""Standard deviation of the smoothing used for finding edges; stored numbers are not smoothed."""

LONGEST_GAP_S = 0.5
"""Longer stretches without a measured frame are not bridged, ..."""

LONGEST_HIDDEN_S = 3.0
"""... but up to this long if the movement stood on both sides: then it went on meanwhile."""


@dataclass(frozen=True)
class Span:
    """When one repetition happened, in seconds on the recording's clock.

    Attributes
    ----------
    start_s, end_s : float
        Where the movement left rest, and where it was back.
    hold_start_s, hold_end_s : float
        The longest time near its peak.
    let_go : bool
        False where the stretch ended, or was lost from sight, while the movement was still held.
    peaks : int
        How often it rose to its hold without a rest between.
    """

    start_s: float
    hold_start_s: float
    hold_end_s: float
    end_s: float
    let_go: bool = True
    peaks: int = 1


def smoothed(
    time_s: NDArray[np.float64], values: NDArray[np.float64], usable: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Values with gaps bridged and noise smoothed, for finding edges and speeds.

    Parameters
    ----------
    time_s : numpy.ndarray, shape (n,)
        Strictly rising.
    values : numpy.ndarray, shape (n, k)
        Any unit; what is not finite, or in a row that is not usable, is ignored. A column without
        a value is taken for one that does not move.
    usable : numpy.ndarray, shape (n,), bool
    """
    step_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 1.0
    bridged = np.zeros(values.shape)
    for row, column in zip(bridged.T, values.T, strict=True):
        known = usable & np.isfinite(column)
        if known.any():
            row[:] = np.interp(time_s, time_s[known], column[known])
    smooth: NDArray[np.float64] = gaussian_filter1d(
        bridged, SMOOTHING_S / step_s, axis=0, mode="nearest"
    )
    return smooth


def in_long_gap(
    time_s: NDArray[np.float64], usable: NDArray[np.bool_], moved: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Rows inside a stretch without measured frames that is too long to bridge.

    Parameters
    ----------
    time_s : numpy.ndarray, shape (n,)
        Strictly rising.
    usable, moved : numpy.ndarray, shape (n,), bool
        Whether a row was measured, and whether the movement stood there.
    """
    good = np.flatnonzero(usable)
    inside = ~usable
    for before, after in pairwise(good):
        longest_s = LONGEST_HIDDEN_S if moved[before] and moved[after] else LONGEST_GAP_S
        if time_s[after] - time_s[before] <= longest_s:
            inside[before + 1 : after] = False
    return inside


def runs_above(level: NDArray[np.float64], on: float, off: float) -> list[tuple[int, int]]:
    """First and last row of each run that rises above `on` and stays above `off`."""
    runs: list[tuple[int, int]] = []
    begun: int | None = None
    reached = False
    for row, value in enumerate(level):
        if value >= off:
            begun = row if begun is None else begun
            reached = reached or value > on
            continue
        if begun is not None and reached:
            runs.append((begun, row - 1))
        begun, reached = None, False
    if begun is not None and reached:
        runs.append((begun, len(level) - 1))
    return runs


def joined(time_s: NDArray[np.float64], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs with the short dips between them closed."""
    whole: list[tuple[int, int]] = []
    for first, last in runs:
        if whole and time_s[first] - time_s[whole[-1][1]] < JOIN_S:
            whole[-1] = (whole[-1][0], last)
        else:
            whole.append((first, last))
    return whole


def lasting(time_s: NDArray[np.float64], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs, joined, that are longer than a blink or a twitch."""
    return [
        (first, last)
        for first, last in joined(time_s, runs)
        if time_s[last] - time_s[first] >= LEAST_S
    ]


def spans_of(
    time_s: NDArray[np.float64],
    sides: NDArray[np.float64],
    level: NDArray[np.float64],
    gap: NDArray[np.bool_],
    runs: list[tuple[int, int]],
) -> list[Span]:
    """Edges and hold of each run.

    Parameters
    ----------
    time_s : numpy.ndarray, shape (n,)
        Strictly rising.
    sides : numpy.ndarray, shape (n, k)
        All that may have moved, smoothed, in one unit; rest is near 0.
    level : numpy.ndarray, shape (n,)
        What the runs were cut from.
    gap : numpy.ndarray, shape (n,), bool
        Rows that were not seen.
    runs : list of (int, int)
        First and last row of each, in order.
    """
    spans = []
    for k, (first, last) in enumerate(runs):
        lowest = runs[k - 1][1] + 1 if k > 0 else 0
        highest = runs[k + 1][0] - 1 if k + 1 < len(runs) else len(level) - 1
        spans.append(_span(time_s, sides, level, gap, (lowest, first, last, highest)))
    return spans


def _span(
    time_s: NDArray[np.float64],
    sides: NDArray[np.float64],
    level: NDArray[np.float64],
    gap: NDArray[np.bool_],
    rows: tuple[int, int, int, int],
) -> Span:
    """Edges and hold of a run.

    `rows` are the first row that is free, the run's own first and last, and the last one free.
    """
    lowest, first, last, highest = rows
    inside = slice(first, last + 1)
    peak = float(np.percentile(level[inside], 95))
    high = HOLD_SHARE * peak
    held = joined(time_s[inside], runs_above(level[inside], high, high))
    start, stop = max(held, key=lambda run: time_s[first + run[1]] - time_s[first + run[0]])
    start, stop = first + start, first + stop
    held_at = np.median(sides[start : stop + 1], axis=0)
    end_s, end = _edge(time_s, sides, held_at, ~gap, (stop, highest))
    # Backwards in time a beginning is an end.
    start_s, _ = _edge(
        -time_s[::-1],
        sides[::-1],
        held_at,
        ~gap[::-1],
        (len(time_s) - 1 - start, len(time_s) - 1 - lowest),
    )
    last_seen = end - 1 if gap[end] else end
    return Span(
        start_s=min(-start_s, float(time_s[start])),
        hold_start_s=float(time_s[start]),
        hold_end_s=float(time_s[stop]),
        end_s=max(end_s, float(time_s[stop])),
        let_go=bool(level[last_seen] < LET_GO_SHARE * peak),
        peaks=len(runs_above(level[inside], high, DIP_SHARE * peak)),
    )


def _edge(
    time_s: NDArray[np.float64],
    sides: NDArray[np.float64],
    held_at: NDArray[np.float64],
    seen: NDArray[np.bool_],
    rows: tuple[int, int],
) -> tuple[float, int]:
    """When a hold that ends in the first of `rows` is back at rest, at the latest in the last one.

    The face is followed along its way from rest to the hold, by all of its sides that moved. Rest
    is taken for 0 at first, and then for how the face stood beyond the edge so found, or, where it
    did not come back so far, for how it stood when it had come back furthest.

    Returns
    -------
    time_s : float
        The edge.
    row : int
        The last row looked at.
    """
    hold, furthest = rows
    base = np.zeros(sides.shape[1])
    along = _along(sides, base, held_at)
    edge_s, row = _crossing(time_s, along, seen, rows)
    beyond_s, most = edge_s + BASE_APART_S, EDGE_SHARES[0]
    if row == furthest and seen[row] and along[row] > most:
        lowest = hold + int(np.argmin(along[hold : furthest + 1]))
        beyond_s, most = float(time_s[lowest]) - BASE_S / 2, EDGE_SHARES[1]
    beside = seen & (time_s >= beyond_s) & (time_s <= beyond_s + BASE_S)
    beside[: hold + 1] = beside[furthest + 1 :] = False
    if int(beside.sum()) >= LEAST_BASE_ROWS:
        stood = np.median(sides[beside], axis=0)
        if np.abs(_along(stood, base, held_at)) < most:  # else a blink, or another movement
            edge_s, row = _crossing(time_s, _along(sides, stood, held_at), seen, rows)
    return edge_s, row


def _along(
    sides: NDArray[np.float64], base: NDArray[np.float64], held_at: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far the face stands on its way from `base`, 0, to its hold, 1."""
    way = held_at - base
    along: NDArray[np.float64] = (sides - base) @ way / max(float(way @ way), 1e-9)
    return along


def _crossing(
    time_s: NDArray[np.float64],
    along: NDArray[np.float64],
    seen: NDArray[np.bool_],
    rows: tuple[int, int],
) -> tuple[float, int]:
    row, furthest = rows
    passed_s = []
    for share in reversed(EDGE_SHARES):
        while row < furthest and along[row] > share and seen[row]:
            row += 1
        if along[row] > share or not seen[row]:
            return float(time_s[row]), row  # it was still on its way when sight of it was lost
        before = max(row - 1, 0)
        fall = along[before] - along[row]
        back = (share - along[row]) / fall if fall > 0.0 else 0.0
        passed_s.append(float(time_s[row] - min(1.0, back) * (time_s[row] - time_s[before])))
    half_s, fifth_s = passed_s
    edge_s = fifth_s + EDGE_REACH * (fifth_s - half_s)
    return min(edge_s, float(time_s[furthest])), row
