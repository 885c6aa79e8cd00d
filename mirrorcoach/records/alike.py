"""Like with like: which practices may be compared, and what the time of day does to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from mirrorcoach.records.change import CERTAINTY
from mirrorcoach.records.days import PARTS
from mirrorcoach.records.measured import Floats, Measured
from mirrorcoach.records.practices import PracticeRecord

VERY_DIFFERENT = 1.5
"""A face that is so many times as large in the picture as on the first days, or as small, is not
compared with them (proposed, unproven). The resting mesh and the skin's texture both depend on the
number of pixels; a different camera counts like a different distance."""

LEAST_PAIRS = 10
"""Neighbouring practices at different times of day that are needed to know what the time of day
does."""

TimeOfDay = Literal["alike", "taken_off", "differs"]
"""Nothing to say; the difference that the time of day makes is known and taken off; or the first
days and the latest lie at different times and what that does is not known."""

Ints = NDArray[np.int_]


@dataclass(frozen=True)
class Aside:
    """Practices that are shown and not compared.

    Attributes
    ----------
    why : {"scoring", "distance"}
        They were scored by another version, or from a very different distance.
    scoring : int
        The version of the scoring.
    practices : int
        How many.
    first_day, last_day : datetime.date
        From when to when.
    first : Measured
        What the first of these days measured.
    """

    why: Literal["scoring", "distance"]
    scoring: int
    practices: int
    first_day: date
    last_day: date
    first: Measured


def mm_per_px(practice: PracticeRecord) -> float:
    """Size of a pixel at rest; not a number where it is not known."""
    scale = (practice.rest or {}).get("scale") or {}
    return float(scale.get("mm_per_px", np.nan))


def from_the_same_distance(sizes: Floats, usual: Floats) -> NDArray[np.bool_]:
    """Whether a face was about as large in the picture as it usually was.

    Parameters
    ----------
    sizes : numpy.ndarray, shape (n,)
        Millimetres a pixel; not a number where that is not known.
    usual : numpy.ndarray, shape (m,)
        The same of the first days.

    Returns
    -------
    numpy.ndarray, shape (n,), bool
        True also where it is not known.
    """
    known = usual[np.isfinite(usual)]
    if not len(known):
        return np.ones(len(sizes), np.bool_)
    away = np.abs(np.log(sizes / np.median(known)))
    near: NDArray[np.bool_] = ~(away > np.log(VERY_DIFFERENT))
    return near


def time_of_day(
    values: Floats, days: Ints, parts: Ints, anchor: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """What each part of the day adds to a value, beside the part in which the first day was.

    Told from neighbouring practices of the same day or the next, so that no slow change is taken
    for it, by least squares on their differences. Whatever is not certain is left at 0.

    Parameters
    ----------
    values : numpy.ndarray, shape (n,)
        One for each practice, in order of time.
    days, parts : numpy.ndarray, shape (n,), int
        Their days, and numbers of `PARTS`.
    anchor : int
        The part that is compared with.

    Returns
    -------
    numpy.ndarray, shape (3,)
        What to take off.
    numpy.ndarray, shape (3,), bool
        Whether enough practices stand beside each other to know it; always for the anchor.
    """
    added, known = np.zeros(len(PARTS)), np.arange(len(PARTS)) == anchor
    near = (np.diff(days) <= 1) & (parts[1:] != parts[:-1])
    if near.sum() < LEAST_PAIRS:
        return added, known
    before, after = parts[:-1][near], parts[1:][near]
    others = [
        part
        for part in range(len(PARTS))
        if part != anchor and ((before == part) | (after == part)).sum() >= LEAST_PAIRS
    ]
    if not others:
        return added, known
    which = np.array(others)
    steps = (after[:, None] == which).astype(float) - (before[:, None] == which)
    told = steps.T @ steps
    if np.linalg.matrix_rank(told) < len(others):
        return added, known
    moved = np.diff(values)[near]
    found = np.linalg.solve(told, steps.T @ moved)
    rest = moved - steps @ found
    free = len(moved) - len(others)
    # A practice stands in two differences, the one before it and the one after: hence the 2.
    errors = np.sqrt(2.0 * (rest @ rest) / free * np.diag(np.linalg.inv(told)))
    certain = np.abs(found) > stdtrit(free, (1.0 + CERTAINTY) / 2.0) * errors
    added[which] = np.where(certain, found, 0.0)
    known[which] = True
    return added, known
