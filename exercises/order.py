"""Which movement was which exercise, where only their order is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exercises.course import smoothed
from exercises.repetition import Asked, find_movements, measure_of
from exercises.schema import Exercise
from landmarks.rest import Rest
from landmarks.signals import Excerpt, Signals

EMPTY_COSTS = 0.25
"""Leaving an exercise without a movement costs this share of a typical fit: most people do what
they are asked."""

_FAR = 1e12


def asked_in_order(signals: Signals, rest: Rest, order: list[Exercise]) -> list[Asked]:
    """Divide a recording among exercises that were done one after the other.

    Every movement of the face that any of the exercises would count is given to one of them so
    that the order is kept and the fit is best. An exercise may be left without one.

    Parameters
    ----------
    signals : Signals
        The whole recording.
    rest : Rest
        The person's rest.
    order : list of Exercise
        Exercises in which something moves, in the order in which they were done.

    Returns
    -------
    list of Asked
        One stretch for each exercise, in order, parted halfway between holds; those without a
        movement stand empty between their neighbours.
    """
    whole = signals.between(-_FAR, _FAR)
    end_s = float(whole.time_s[-1]) if len(whole.time_s) else 0.0
    if len(order) == 1:
        return [Asked(order[0].id, 0.0, end_s)]
    holds, strength = _movements(whole, rest, order)
    chosen = _best_order(_telling(strength))
    firsts = [chosen.index(k) if k in chosen else None for k in range(len(order))]
    asked: list[Asked] = []
    last_s = end_s
    for k in reversed(range(len(order))):  # each begins where the holds before it end
        first, start_s = firsts[k], last_s
        if first is not None:
            start_s = (holds[first - 1][1] + holds[first][0]) / 2 if first else 0.0
        asked.append(Asked(order[k].id, start_s, last_s))
        last_s = start_s
    return asked[::-1]


def _movements(
    whole: Excerpt, rest: Rest, order: list[Exercise]
) -> tuple[list[tuple[float, float]], NDArray[np.float64]]:
    """The hold of each movement, in order of time, and its strength by each exercise's measure."""
    time_s = whole.time_s
    measures = [measure for measure in map(measure_of, order) if measure is not None]
    spans = find_movements(whole, list(dict.fromkeys(measures)), rest.noise_mm)
    strength = np.zeros((len(spans), len(order)))
    for column, (exercise, measure) in enumerate(zip(order, measures, strict=True)):
        assert exercise.wanted is not None
        sides = smoothed(time_s, whole.wanted_mm(measure), whole.usable)
        course = sides.max(axis=1) / exercise.wanted.target_mm
        for row, span in enumerate(spans):
            held = (time_s >= span.hold_start_s) & (time_s <= span.hold_end_s)
            strength[row, column] = np.median(course[held])
    return [(span.hold_start_s, span.hold_end_s) for span in spans], strength


def _telling(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well each movement fits each exercise: its strength times its share of the column.

    A smile raises the upper lip as far as a nose wrinkle does; what tells the two apart is that of
    all the movement of the mouth's corner most belongs to the smile.
    """
    seen = np.maximum(strength, 0.0)
    total = seen.sum(axis=0)
    fit: NDArray[np.float64] = seen**2 / np.where(total > 0.0, total, 1.0)
    return fit


def _best_order(fit: NDArray[np.float64]) -> list[int]:
    """Column for each row, never falling from row to row, with the largest sum.

    Each column that is passed over takes something away.
    """
    rows, columns = fit.shape
    if rows == 0:
        return []
    empty = EMPTY_COSTS * float(np.median(fit.max(axis=1)))
    passed = np.maximum(np.arange(columns)[None, :] - np.arange(columns)[:, None] - 1, 0)
    back = np.arange(columns)[None, :] < np.arange(columns)[:, None]
    step = np.where(back, -np.inf, -empty * passed)  # from a row's column to the next row's
    best = fit[0] - empty * np.arange(columns)
    came = np.zeros((rows, columns), dtype=int)
    for n in range(1, rows):
        ways = best[:, None] + step
        came[n] = ways.argmax(axis=0)
        best = ways.max(axis=0) + fit[n]
    chosen = [int((best - empty * np.arange(columns)[::-1]).argmax())]
    for n in range(rows - 1, 0, -1):
        chosen.append(int(came[n, chosen[-1]]))
    return chosen[::-1]
