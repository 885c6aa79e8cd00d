"""Whether somebody sits well before the camera: told from where their face lies in its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import FOREHEAD_AND_CHIN, OUTER_CANTHI, RIGHT_POINTS, mirrored
from landmarks.problems import Problem
from landmarks.quality import LEAST_CANTHI_PX

Row = Literal["middle", "near", "light"]
ROWS: tuple[Row, ...] = ("middle", "near", "light")

Hint = Literal[
    "no_face",
    "more_faces",
    "middle",
    "level",
    "straight",
    "closer",
    "back",
    "covered",
    "blurred",
    "window",
    "bright",
    "side",
]
"""What would help, by the name of its sentence."""

MIDDLE = 0.13
"""The face's middle may be so far from the picture's, as a share of its height."""

NEAR = 1.2
"""Eyes this many times as far apart as can be measured are near enough: swaying loses nothing."""

NEAREST = 0.8
"""A face higher than this share of the picture leaves it with the next nod."""

MOST_ROLL_DEG = 12.0
"""A head held further to one side is asked to come upright; it could still be measured."""

EVEN = 0.55
"""One cheek darker than this share of the other hides its fine lines (proposed, unproven)."""

_STEP = 3


@dataclass(frozen=True)
class Place:
    """How somebody sits.

    Attributes
    ----------
    right : frozenset of Row
        What is right as it is.
    hint : Hint or None
        What would help most; None if nothing is lacking.
    row : Row or None
        What the hint belongs to.
    """

    right: frozenset[Row]
    hint: Hint | None = None
    row: Row | None = None


def place_of(
    image: NDArray[np.uint8] | None,
    points_px: NDArray[np.float64] | None,
    problem: Problem | None,
    faces: int,
) -> Place:
    """Tell how somebody sits.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8, or None
        The camera's picture, not mirrored.
    points_px : numpy.ndarray, shape (478, 3), or None
        The face mesh in it.
    problem : Problem or None
        What keeps it from being measured.
    faces : int
        How many faces are seen.
    """
    if image is None or points_px is None or problem == "no_face":
        return Place(frozenset(), "no_face" if image is not None else None, "middle")
    hints: dict[Row, Hint | None] = {
        "middle": _middle_hint(image, points_px, problem, faces),
        "near": _near_hint(image, points_px, problem),
        "light": _light_hint(image, points_px, problem),
    }
    right = frozenset(row for row in ROWS if hints[row] is None)
    for row in ROWS:
        if hints[row] is not None:
            return Place(right, hints[row], row)
    return Place(right)


def _middle_hint(
    image: NDArray[np.uint8], points_px: NDArray[np.float64], problem: Problem | None, faces: int
) -> Hint | None:
    height, width = image.shape[:2]
    middle = points_px[list(FOREHEAD_AND_CHIN), :2].mean(axis=0)
    away = np.abs(middle - (width / 2, height / 2)) / height
    if problem == "out_of_picture" or away.max() > MIDDLE:
        return "middle"
    if problem == "head_turned":
        return "straight"
    if problem == "covered":
        return "covered"
    across, down = (points_px[OUTER_CANTHI[1]] - points_px[OUTER_CANTHI[0]])[:2]
    if abs(np.degrees(np.arctan2(down, across))) > MOST_ROLL_DEG:
        return "level"
    return "more_faces" if faces > 1 else None


def _near_hint(
    image: NDArray[np.uint8], points_px: NDArray[np.float64], problem: Problem | None
) -> Hint | None:
    forehead, chin = points_px[list(FOREHEAD_AND_CHIN), :2]
    if np.hypot(*(chin - forehead)) > NEAREST * image.shape[0]:
        return "back"
    right, left = points_px[list(OUTER_CANTHI)]
    near = np.linalg.norm(left - right) >= NEAR * LEAST_CANTHI_PX
    return "closer" if problem == "too_far" or not near else None


def _light_hint(
    image: NDArray[np.uint8], points_px: NDArray[np.float64], problem: Problem | None
) -> Hint | None:
    known: dict[Problem, Hint] = {
        "too_dark": "window",
        "too_bright": "bright",
        "too_blurred": "blurred",
    }
    if problem in known:
        return known[problem]
    cheeks = RIGHT_POINTS["cheek"]
    one, other = (_brightness(image, points_px[list(side)]) for side in (cheeks, mirrored(cheeks)))
    return "side" if min(one, other) < EVEN * max(one, other) else None


def _brightness(image: NDArray[np.uint8], points_px: NDArray[np.float64]) -> float:
    """Mean grey value round some landmarks; those outside the picture count at its edge."""
    height, width = image.shape[:2]
    x = np.clip(points_px[:, 0].astype(int), _STEP, max(_STEP, width - _STEP - 1))
    y = np.clip(points_px[:, 1].astype(int), _STEP, max(_STEP, height - _STEP - 1))
    patches = [
        image[j - _STEP : j + _STEP + 1, i - _STEP : i + _STEP + 1].mean()
        for i, j in zip(x.tolist(), y.tolist(), strict=True)
    ]
    return max(1.0, float(np.mean(patches)))
