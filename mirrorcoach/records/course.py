"""One quantity over the days: its level at first and now, its usual range, its smooth line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mirrorcoach.records.alike import TimeOfDay, time_of_day
from mirrorcoach.records.change import LEAST_DAYS, Change, at_each_end, change, level, spread
from mirrorcoach.records.measured import Columns, Quantity, medians_by
from mirrorcoach.records.practices import PracticeRecord

VARIATIONS = 2.0
"""The usual range of a day: so many standard deviations to either side of the level."""

LINE_DAYS = 5
"""The line first takes the median of so many practised days, ..."""

LINE_SPREAD_DAYS = 5.0
"""... then their mean, weighted by a bell curve of this standard deviation in time, ..."""

LINE_REACH_DAYS = 25
"""... which is cut off so far away."""

Ints = NDArray[np.int_]


class Point(NamedTuple):
    """A value at a time, and where it lies."""

    at: datetime
    value: float
    low: float
    high: float


class Course:
    """The days of one quantity, like with like, and what they say together.

    Parameters
    ----------
    found : Columns
        What may be compared, from the first day on.
    quantity : Quantity
        What it is.
    days, parts : numpy.ndarray, shape (practices,), int
        Days, and numbers of `PARTS`, of all practices.

    Attributes
    ----------
    days : int
        How many.
    time_of_day : {"alike", "taken_off", "differs"}
        What the time of day does.
    """

    def __init__(self, found: Columns, quantity: Quantity, days: Ints, parts: Ints) -> None:
        self._found, self._quantity = found, quantity
        self.days = 0
        self.time_of_day: TimeOfDay = "alike"
        if not len(found):
            return
        own_days, own_parts = days[found.practice], parts[found.practice]
        added, known = time_of_day(found.values[:, 0], own_days, own_parts, int(own_parts[0]))
        values = found.values - added[own_parts][:, None]
        starts = np.flatnonzero(np.r_[True, own_days[1:] != own_days[:-1]])
        counts = np.diff(np.r_[starts, len(own_days)])
        self._on_first = int(counts[0])
        self._values = np.add.reduceat(np.column_stack([values, found.told]), starts)
        self._values /= counts[:, None]
        self._ordinals = own_days[starts]
        self.days = len(starts)
        self._ends = at_each_end(self.days)
        if added.any():
            self.time_of_day = "taken_off"
        if self.days >= LEAST_DAYS:
            ends = (
                own_parts[own_days <= self._ordinals[self._ends - 1]],
                own_parts[own_days >= self._ordinals[-self._ends]],
            )
            begun, now = map(_most, ends)
            if begun is not None and now is not None and begun != now:
                unknown = not (known[begun] and known[now])
                self.time_of_day = "differs" if unknown else self.time_of_day

    @cached_property
    def change(self) -> Change | None:
        """None while it is too early."""
        if self.days < LEAST_DAYS:
            return None
        value, low, high, _ = self._values.T
        return change(value, self._ordinals.astype(float), high - low)

    @cached_property
    def day_to_day(self) -> float | None:
        """None before there are two days."""
        if self.days < 2:
            return None
        return spread(self._values[:, 0], self._ordinals.astype(float)).day

    def first(self, practices: Sequence[PracticeRecord]) -> Point | None:
        """The level of the first days with the usual range; None where it cannot be told."""
        if self.day_to_day is None or self.first_at_most is not None:
            return None
        value = level(self._values[: self._ends, 0])
        usual = VARIATIONS * self.day_to_day
        most = 1.0 if self._quantity.unit == "ratio" else np.inf
        begun = practices[self._found.practice[self._on_first - 1]].started_at
        return Point(begun, value, max(0.0, value - usual), float(min(most, value + usual)))

    @property
    def now(self) -> float | None:
        """The level of the latest days; None where it cannot be told."""
        if self.days < 2 or self.latest_at_most is not None:
            return None
        return level(self._values[-self._ends :, 0])

    @cached_property
    def first_at_most(self) -> float | None:
        """Where the first days could not be told from rest."""
        return self._at_most(slice(None, max(1, self._ends))) if self.days else None

    @cached_property
    def latest_at_most(self) -> float | None:
        """Where the latest days could not be told from rest."""
        return self._at_most(slice(-max(1, self._ends), None)) if self.days else None

    def _at_most(self, chosen: slice) -> float | None:
        days = self._values[chosen]
        return None if np.median(days[:, 3]) > 0.5 else float(np.median(days[:, 2]))


def _most(parts: Ints) -> int | None:
    """The part of the day in which most of some practices lie."""
    counts = np.bincount(parts)
    return int(counts.argmax()) if 2 * counts.max() > len(parts) else None


def smooth(days: tuple[Point, ...]) -> tuple[Point, ...]:
    """The smooth course: a rolling median against single odd days, then a weighted mean.

    Parameters
    ----------
    days : tuple of Point
        One for each day, in order of time.
    """
    if not days:
        return ()
    values = np.array([one[1:] for one in days])
    half = LINE_DAYS // 2
    beside = np.arange(len(days))[:, None] + np.arange(-half, half + 1)
    there = (beside >= 0) & (beside < len(days))
    rolled = medians_by(np.nonzero(there)[0], values[beside[there]])
    at = np.array([one.at.toordinal() for one in days])
    at -= at[0]
    grid = np.zeros((at[-1] + 1, 4))
    grid[at] = np.column_stack([rolled, np.ones(len(at))])
    away = np.arange(-LINE_REACH_DAYS, LINE_REACH_DAYS + 1) / LINE_SPREAD_DAYS
    bell = np.exp(-0.5 * away**2)
    smooth = np.column_stack(
        [np.convolve(one, bell)[LINE_REACH_DAYS : LINE_REACH_DAYS + len(grid)] for one in grid.T]
    )[at]
    smooth = smooth[:, :3] / smooth[:, 3:]
    return tuple(map(Point, [one.at for one in days], *smooth.T.tolist()))
