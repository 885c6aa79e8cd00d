"""An average face: how deep each landmark lies, and which way each movement carries it.

The numbers lie in ``average_face.json``, which ``benchmarks/calibrate.py`` writes. They derive from
ICT-FaceKit (MIT licence; the notice is in the file).

Frame of reference: millimetres, x to the person's left, y up, z forward, origin midway between the
outer canthi. The face is the mirror image of itself, so that a mirrored picture is measured as its
mirror image.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import MIRROR
from landmarks.regions import Direction, Region

SURFACE = 468
"""Landmarks on the skin; the ten of the irises follow them."""

LEAST_SHARE = {
    "smile": 0.6, "brow_raise": 0.6, "pucker": 0.2, "snarl": 0.3, "lower_lip": 0.2, "eye_close": 0.6
}  # fmt: skip
"""A movement is read from landmarks that it carries at least this share of its largest way. The
further a movement reaches out of the lips' own edge, the larger the share can be."""

OWN_TIMES_OTHER = {"lower_lip": 2.0}
"""... and that it carries this many times (otherwise 3) as far as the other side's movement."""

STILL_MM = 1.0
"""Landmarks that a full movement carries less far than this hold the head still for it. Many that
move a little are better than few that do not: with 0.3 the errors of brow raises grew from .015 to
.019 and those of smiles from .023 to .025 (twenty-four rendered people)."""

LEAST_STILL = 80
"""With fewer of them the head is taken from the whole face instead: a nose wrinkle leaves 64, all
far from it, and read from them its error grew from .020 to .025."""

MIDDLE_OF_LIPS = (
    *(0, 11, 12, 13, 14, 15, 16, 17, 37, 38, 39, 40, 41, 42, 72, 73, 74, 77, 78, 80, 81, 82, 84),
    *(85, 86, 87, 88, 89, 90, 91, 95, 96, 178, 179, 180, 181, 183, 191, 267, 268, 269, 270, 271),
    *(272, 302, 303, 304, 307, 308, 310, 311, 312, 314, 315, 316, 317, 318, 319, 320, 321, 324),
    *(325, 402, 403, 404, 405, 407, 415),
)
"""The lips without their corners: where teeth come and go, the skin cannot be followed."""


@dataclass(frozen=True, eq=False)
class KnownMovement:
    """How one movement is read off the skin.

    Attributes
    ----------
    left_points : numpy.ndarray, shape (k,)
        Landmarks on the person's left that show it; their partners show it on the right.
    own_mm, other_mm : numpy.ndarray, shape (k, 3)
        How a full movement of the left side, and of the right side, carries those landmarks.
    both_mm : numpy.ndarray, shape (468, 3)
        How a full movement of both sides carries every landmark.
    still_points : numpy.ndarray, shape (s,)
        Landmarks that it leaves where they are, both sides; empty if too few.
    mixing : (float, float)
        Millimetres of the anatomical point for one full movement of its own and of the other side,
        corrected by what the flow was found to miss.
    """

    left_points: NDArray[np.intp]
    own_mm: NDArray[np.float64]
    other_mm: NDArray[np.float64]
    both_mm: NDArray[np.float64]
    still_points: NDArray[np.intp]
    mixing: tuple[float, float]


@dataclass(frozen=True, eq=False)
class AverageFace:
    """The table.

    Attributes
    ----------
    points_mm : numpy.ndarray, shape (468, 3)
        Resting landmarks.
    body_points : numpy.ndarray, shape (b,)
        Landmarks whose skin can be followed: neither at the face's edge, nor on a lid, nor between
        the lips.
    fields_mm : numpy.ndarray, shape (468, 3, 12)
        How each of six full movements carries each landmark: left side, right side, in turn.
    movements : dict of (Region, Direction) to KnownMovement
        What can be read off the skin along a known path.
    """

    points_mm: NDArray[np.float64]
    body_points: NDArray[np.intp]
    fields_mm: NDArray[np.float64]
    movements: dict[tuple[Region, Direction], KnownMovement]


def other_side(field_mm: NDArray[np.float64]) -> NDArray[np.float64]:
    """The field of the same movement made by the other side.

    Parameters
    ----------
    field_mm : numpy.ndarray, shape (468, 3)
        A displacement of each landmark.
    """
    turned: NDArray[np.float64] = field_mm[MIRROR[:SURFACE]] * np.array([-1.0, 1.0, 1.0])
    return turned


@functools.cache
def average_face() -> AverageFace:
    """Load the table."""
    text = resources.files("landmarks").joinpath("average_face.json").read_text("utf-8")
    table = json.loads(text)
    solid = np.ones(SURFACE, dtype=bool)
    solid[table["edge"]] = False
    solid[table["lids"]] = False
    body = solid.copy()
    body[list(MIDDLE_OF_LIPS)] = False
    fields = {name: np.array(rows, dtype=np.float64) for name, rows in table["fields_mm"].items()}
    movements: dict[tuple[Region, Direction], KnownMovement] = {}
    for entry in table["movements"]:
        name = entry["field"]
        movements[entry["region"], entry["direction"]] = _known(
            fields[name],
            body,
            solid,
            LEAST_SHARE[name],
            OWN_TIMES_OTHER.get(name, 3.0),
            (float(entry["own_mm"]), float(entry["other_mm"])),
        )
    return AverageFace(
        points_mm=np.array(table["points_mm"], dtype=np.float64),
        body_points=np.flatnonzero(body),
        fields_mm=np.stack(
            [side for field in fields.values() for side in (field, other_side(field))], axis=-1
        ),
        movements=movements,
    )


def _known(
    field_mm: NDArray[np.float64],
    body: NDArray[np.bool_],
    solid: NDArray[np.bool_],
    least_share: float,
    own_times_other: float,
    mixing: tuple[float, float],
) -> KnownMovement:
    other_mm = other_side(field_mm)
    own_way, other_way = (np.linalg.norm(one, axis=1) for one in (field_mm, other_mm))
    left = np.flatnonzero(
        body & (own_way > least_share * own_way.max()) & (own_way > own_times_other * other_way)
    )
    still = np.flatnonzero(solid & (own_way < STILL_MM) & (other_way < STILL_MM))
    return KnownMovement(
        left_points=left,
        own_mm=field_mm[left],
        other_mm=other_mm[left],
        both_mm=field_mm + other_mm,
        still_points=still if len(still) >= LEAST_STILL else still[:0],
        mixing=mixing,
    )
