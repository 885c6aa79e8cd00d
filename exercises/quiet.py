"""Movement that was not asked for: how much, and what it is called."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exercises.schema import Flag, Quiet
from landmarks.mesh import SKIN_REGIONS
from landmarks.movement import Movement
from landmarks.regions import Region
from landmarks.symmetry import FLOOR_SIGMAS

LEAST_BASE_RATIO = 0.2
"""An eye that was nearly shut before is compared with this share of its rest, not with less."""


def aperture_lost(now: Movement, base: Movement) -> NDArray[np.float64]:
    """Share of lid aperture that each eye has lost since `base`.

    Returns
    -------
    numpy.ndarray, shape (2,)
        Left and right; positive = narrower.
    """
    lost: NDArray[np.float64] = 1.0 - now.aperture_ratio / np.maximum(
        base.aperture_ratio, LEAST_BASE_RATIO
    )
    return lost


def skin_moved_mm(region: Region, now: Movement, base: Movement) -> NDArray[np.float64]:
    """Distance that each side of a skin region has moved since `base`, in any direction.

    Returns
    -------
    numpy.ndarray, shape (2,)
        Left and right, millimetres.
    """
    row = SKIN_REGIONS.index(region)
    moved: NDArray[np.float64] = np.linalg.norm(
        now.displacement_mm[row] - base.displacement_mm[row], axis=-1
    )
    return moved


def change_judged(quiet: Quiet, now: Movement, base: Movement) -> NDArray[np.float64]:
    """What is held against the limits of a region that should be still.

    Parameters
    ----------
    quiet : Quiet
        The region and its limits.
    now, base : Movement
        The moment judged, and the one before the exercise's own movement began.

    Returns
    -------
    numpy.ndarray, shape (2,)
        Left and right, in the unit of the limits; where the eyes are compared with each other,
        each eye's loss less the other's.
    """
    if quiet.region != "eye":
        return skin_moved_mm(quiet.region, now, base)
    lost = aperture_lost(now, base)
    return lost - lost[::-1] if quiet.compare == "other_eye" else lost


def flag_of(quiet: Quiet, change: float, noise_mm: float = 0.0) -> Flag:
    """How much a region that should be still has moved, in words.

    Parameters
    ----------
    quiet : Quiet
        Its limits.
    change : float
        In the limits' unit.
    noise_mm : float
        A skin region's own noise floor; below three times it nothing is flagged.
    """
    if quiet.region != "eye" and change < FLOOR_SIGMAS * noise_mm:
        return "none"
    if change >= quiet.marked:
        return "marked"
    if change >= quiet.moderate:
        return "moderate"
    return "mild" if change >= quiet.mild else "none"
