"""Whether something changed: the first days against the latest ones, and what days do by chance.

``docs/history.md`` gives the formulae and how often they are wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from landmarks.interval import Z_90
from mirrorcoach.records.measured import Floats

LEAST_DAYS = 10
"""Fewer days than this say nothing of a change: it is too early (proposed, unproven)."""

END_DAYS = 7
"""The level of the first day is that of so many days from it on, and the present level that of so
many last days: one day alone is chance. While there are few, of their first and second half. Once
there are twice as many, that of the first day never changes again."""

CERTAINTY = 0.95
"""Of a hundred who stay the same, on any one day, no more than five are told of a change."""

LEVEL_LOSS = 1.05
"""Variance of `level` over that of the mean, if days scatter like a bell curve: pi / 3."""

MOST_ALIKE = 0.6
"""Neighbouring days are taken to be no more alike than this (correlation)."""


@dataclass(frozen=True)
class Spread:
    """How days differ when nothing changes.

    Attributes
    ----------
    day : float
        Standard deviation of one day.
    alike : float
        Correlation of one day with the next, 0 to 0.6: good and heavy weeks.
    """

    day: float
    alike: float

    @property
    def of_mean(self) -> float:
        """What a day counts for in a mean: more than alone, where its neighbours are alike."""
        return float(self.day * np.sqrt((1.0 + self.alike) / (1.0 - self.alike)))

    def of_levels(self, days: int) -> float:
        """Standard deviation of the difference of two levels, of so many days each."""
        return float(self.of_mean * np.sqrt(2.0 * LEVEL_LOSS / days))


@dataclass(frozen=True)
class Change:
    """How much there is to say of a change.

    Attributes
    ----------
    value : float
        From the first days to the latest.
    half : float
        Half of the width of the interval about it.
    """

    value: float
    half: float

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out 0."""
        return abs(self.value) > self.half


def at_each_end(days: int) -> int:
    """How many days are the first ones, and as many the latest; they never share a day."""
    return min(END_DAYS, days // 2)


def level(values: Floats) -> float:
    """Where most days lie: the median of the means of all pairs (Hodges and Lehmann 1963).

    Nearly as sure as the mean, and up to a quarter of the days may be odd.

    Parameters
    ----------
    values : numpy.ndarray, shape (n,)
        At least one.
    """
    one, other = np.triu_indices(len(values))
    return float(np.median(values[one] + values[other]) / 2.0)


def spread(values: Floats, at: Floats) -> Spread:
    """How days differ, without the trend.

    Two variances are compared. That from the steps between days (von Neumann 1941, halved) has
    neither trend nor waves in it; that about a straight line has the waves. Where the second is
    larger, neighbouring days are alike, and a mean of many is less sure than their number says. A
    course that bends makes it larger as well: the doubt is on the side of saying less.

    Parameters
    ----------
    values : numpy.ndarray, shape (n,)
        Of at least two days, in order.
    at : numpy.ndarray, shape (n,)
        The days, ascending.
    """
    steps = float(np.mean(np.diff(values) ** 2)) / 2.0
    if len(values) < 3:
        return Spread(float(np.sqrt(steps)), 0.0)
    away, gone = values - values.mean(), at - at.mean()
    rest = away - gone * (gone @ away) / (gone @ gone)
    waves = float(rest @ rest) / (len(values) - 2)
    if waves <= steps:
        return Spread(float(np.sqrt(steps)), 0.0)
    return Spread(float(np.sqrt(waves)), min(MOST_ALIKE, 1.0 - steps / waves))


def change(values: Floats, at: Floats, widths: Floats) -> Change | None:
    """What changed since the first days; None while it is too early.

    The change is the difference of the levels of the first days and of the latest. How sure it is,
    is told by them or by a straight line through all days, whichever is surer: the levels see a
    change that came at once or is over, the line one that goes on slowly. The interval is never
    narrower than one standard deviation of the measurement itself to either side, which many days
    do not make smaller.

    Parameters
    ----------
    values, at : numpy.ndarray, shape (n,)
        As for `spread`.
    widths : numpy.ndarray, shape (n,)
        Of each day's interval of about 90 %.
    """
    if len(values) < LEAST_DAYS:
        return None
    ends = at_each_end(len(values))
    days = spread(values, at)
    # Two chances of being wrong share what is allowed. Steps carry two thirds of the degrees of
    # freedom that days have (von Neumann 1941).
    sure = float(stdtrit(2.0 * len(values) / 3.0 - 1.0, 1.0 - (1.0 - CERTAINTY) / 4.0))
    found = level(values[-ends:]) - level(values[:ends])
    half = sure * days.of_levels(ends)
    gone = at - at.mean()
    slope = float(gone @ values) / float(gone @ gone)
    slope_half = sure * days.of_mean / float(np.sqrt(gone @ gone))
    if slope * found > 0.0 and abs(slope) > slope_half:
        half = min(half, abs(found) * slope_half / abs(slope))
    return Change(found, max(half, float(np.median(widths)) / (2.0 * Z_90)))
