"""Which movement was which exercise, where only their order is known."""

from __future__ import annotations

import numpy as np

from exercises.repetition import Asked, find_repetitions, measure_of, smoothed
from exercises.schema import Exercise
from landmarks.rest import Rest
from landmarks.signals import Signals

_FAR = 1e12


def asked_in_order(signals: Signals, rest: Rest, order: list[Exercise]) -> list[Asked]:
    """Divide a recording among exercises that were done one after the other.

    Every movement that any of the exercises would count is taken; each is given to one exercise so
    that the order is kept and the movements, as shares of the exercises' targets, are largest. An
    exercise may be left without one.

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
        One stretch for each exercise, in order; those without a movement stand empty between
        their neighbours.
    """
    whole = signals.between(-_FAR, _FAR)
    end_s = float(whole.time_s[-1]) if len(whole.time_s) else 0.0
    if len(order) == 1:
        return [Asked(order[0].id, 0.0, end_s)]
    events: list[tuple[float, float]] = []
    for exercise in order:
        measure = measure_of(exercise)
        assert measure is not None
        spans = find_repetitions(whole, measure, rest.noise_mm[measure.region])
        events += [(span.start_s, span.end_s) for span in spans]
    events = _merged(events)
    strength = np.zeros((len(events), len(order)))
    for k, exercise in enumerate(order):
        measure, wanted = measure_of(exercise), exercise.wanted
        assert measure is not None and wanted is not None
        if not whole.usable.any():
            break
        sides = smoothed(whole.time_s, whole.wanted_mm(measure), whole.usable)
        for n, (start_s, stop_s) in enumerate(events):
            inside = (whole.time_s >= start_s) & (whole.time_s <= stop_s)
            course = sides[inside].max(axis=1)
            strength[n, k] = (np.percentile(course, 90) - course.min()) / wanted.target_mm
    chosen = _best_order(strength)
    asked, last_s = [], 0.0
    for k, exercise in enumerate(order):
        own = [events[n] for n in range(len(events)) if chosen[n] == k]
        start_s, stop_s = (own[0][0], own[-1][1]) if own else (last_s, last_s)
        asked.append(Asked(exercise.id, start_s, stop_s))
        last_s = stop_s
    return asked


def _merged(events: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Events that share more than half of the shorter one are the same movement."""
    merged: list[tuple[float, float]] = []
    for start_s, end_s in sorted(events):
        if merged:
            before, after = merged[-1]
            shared = min(after, end_s) - start_s
            if shared > 0.5 * min(after - before, end_s - start_s):
                merged[-1] = (before, max(after, end_s))
                continue
        merged.append((start_s, end_s))
    return merged


def _best_order(strength: np.ndarray) -> list[int]:  # type: ignore[type-arg]
    """Column for each row, never falling from row to row, with the largest sum."""
    rows, columns = strength.shape
    if rows == 0:
        return []
    best = np.zeros((rows, columns))
    came = np.zeros((rows, columns), dtype=int)
    best[0] = strength[0]
    for n in range(1, rows):
        running = 0
        for k in range(columns):
            if best[n - 1, k] > best[n - 1, running]:
                running = k
            came[n, k] = running
            best[n, k] = best[n - 1, running] + strength[n, k]
    chosen = [int(best[-1].argmax())]
    for n in range(rows - 1, 0, -1):
        chosen.append(int(came[n, chosen[-1]]))
    return chosen[::-1]
