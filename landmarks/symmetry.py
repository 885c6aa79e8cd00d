"""How alike the two sides move: ratio, path agreement, onset lag; each with what is known of it.

Formulas are plain; their sources are named where they come from a paper. Every interval covers
about 90 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.interval import Z_90, Interval
from landmarks.movement import Measure
from landmarks.pose import IRIS_SPREAD

FLOOR_SIGMAS = 3.0
"""A side below this many standard deviations of its own noise has not measurably moved."""

LEAST_FLOOR_MM = 0.5
"""Nor has one below this: what the skin of a still side reads while the other moves."""

WIDEST_RATIO_INTERVAL = 0.6
"""A ratio that may lie anywhere in a wider interval is not shown."""

SKIN_MM = 0.06
SKIN_SPREAD_SHARE = 0.10
SKIN_SIZE_SHARE = 0.02
SKIN_TURN_MM_PER_DEG = 0.035
"""Error of one side read off the skin, as a standard deviation: a fixed part, a share of how much
the single landmarks disagree, a share of the movement, and a part for each degree that the head has
turned since rest (the form is that of ``METHOD.md`` section 7; ``docs/accuracy.md`` shows how often
the intervals hold the truth)."""

TOWARDS_CAMERA_TURN_MM_PER_DEG = 0.045
"""The same for a movement that goes mostly towards the camera: a pucker."""

LID_SIZE_SHARE = 0.05
LID_YAW_SHARE_PER_DEG = 0.007
"""Error of one eye's closure, as a share of the larger one's: a fixed part, and one for each degree
that the head is turned to a side, where one eye is seen more from its corner than the other."""

IN_PLANE_SIZE_SHARE = 0.25
"""Error of a movement whose path is not known, as a share of the larger side's."""

GAIN_SPREAD = 0.03
"""What is read wrong on both sides alike, from person to person: a share of each side's own."""


def sigma_mm(
    measure: Measure,
    size_mm: float,
    largest_mm: float,
    spread_mm: float,
    turned_deg: float,
    yaw_deg: float,
) -> float:
    """Standard deviation of what is wrong with one side and not with the other.

    Parameters
    ----------
    measure : Measure
        What was measured.
    size_mm, largest_mm : float
        Excursion of the side, and of the larger one.
    spread_mm : float
        How much the side's landmarks disagree.
    turned_deg : float
        How far the head has turned since rest.
    yaw_deg : float
        How far it is turned to a side at all.
    """
    if measure.region == "eye":
        share = float(np.hypot(LID_SIZE_SHARE, LID_YAW_SHARE_PER_DEG * yaw_deg))
        return share * abs(largest_mm)
    if measure.path is None:
        return float(np.hypot(SKIN_MM, IN_PLANE_SIZE_SHARE * largest_mm))
    per_deg = SKIN_TURN_MM_PER_DEG
    if (measure.region, measure.direction) == ("mouth_corner", "in"):
        per_deg = TOWARDS_CAMERA_TURN_MM_PER_DEG
    parts = (
        SKIN_MM,
        SKIN_SPREAD_SHARE * spread_mm,
        SKIN_SIZE_SHARE * size_mm,
        per_deg * turned_deg,
    )
    return float(np.linalg.norm(parts))


@dataclass(frozen=True)
class Side:
    """One side's excursion at the hold.

    Attributes
    ----------
    estimate_mm : float
        Best estimate, of either sign.
    sigma_mm : float
        Standard deviation of its error, without what both sides share: scale and gain.
    floor_mm : float
        Less than this cannot be told from a still face.
    """

    estimate_mm: float
    sigma_mm: float
    floor_mm: float

    @property
    def moved(self) -> bool:
        """Whether the side measurably moved the wanted way."""
        return self.estimate_mm >= self.floor_mm

    @property
    def excursion_mm(self) -> float | None:
        """Millimetres moved; None below the floor."""
        return self.estimate_mm if self.moved else None

    @property
    def interval_mm(self) -> Interval:
        """Where the excursion lies, shared errors included; never below zero."""
        shared = float(np.hypot(IRIS_SPREAD, GAIN_SPREAD)) * self.estimate_mm
        sigma = float(np.hypot(self.sigma_mm, shared))
        return Interval(
            max(0.0, self.estimate_mm - Z_90 * sigma), max(0.0, self.estimate_mm + Z_90 * sigma)
        )


def symmetry_interval(left: Side, right: Side) -> Interval | None:
    """Where the ratio of the smaller to the larger side lies.

    Parameters
    ----------
    left, right : Side
        Excursions of the two sides.

    Returns
    -------
    Interval or None
        Within 0 to 1; None where neither side measurably moved.
    """
    larger, smaller = sorted((left, right), key=lambda side: side.estimate_mm, reverse=True)
    if not larger.moved:
        return None
    ratio = max(0.0, smaller.estimate_mm) / larger.estimate_mm
    sigma = np.hypot(smaller.sigma_mm, ratio * larger.sigma_mm) / larger.estimate_mm
    low, high = ratio - Z_90 * float(sigma), ratio + Z_90 * float(sigma)
    if high > 1.0:  # either side may be the larger one: the ratio folds back at 1
        low, high = min(low, 1.0 / high), 1.0
    return Interval(max(0.0, low), high)


def symmetry(left: Side, right: Side) -> float | None:
    """Smaller over larger excursion, 0 to 1.

    None where a side did not measurably move, or where the interval is too wide to mean anything.
    """
    interval = symmetry_interval(left, right)
    if interval is None or interval.width > WIDEST_RATIO_INTERVAL:
        return None
    if not (left.moved and right.moved):
        return None
    smaller, larger = sorted((left.estimate_mm, right.estimate_mm))
    return smaller / larger


def path_agreement(left_mm: NDArray[np.float64], right_mm: NDArray[np.float64]) -> float | None:
    """Pearson correlation of the two sides' courses (.99 in healthy smiles: Kalavacherla 2025).

    Parameters
    ----------
    left_mm, right_mm : numpy.ndarray, shape (n,)
        The same moments of both sides; NaN where nothing was measured.

    Returns
    -------
    float or None
        -1 to 1; None for fewer than five common moments or a side that does not vary.
    """
    both = np.isfinite(left_mm) & np.isfinite(right_mm)
    if int(both.sum()) < 5:
        return None
    left, right = left_mm[both] - left_mm[both].mean(), right_mm[both] - right_mm[both].mean()
    scale = float(np.sqrt((left @ left) * (right @ right)))
    if scale == 0.0:
        return None
    return float(np.clip((left @ right) / scale, -1.0, 1.0))
