"""How far each region of the face has moved since rest, per side, in millimetres.

Frame of reference: the person's own resting face. For either side ``out`` points away from the
midline and ``up`` to the forehead, so that an even movement has equal numbers on both sides.

The face mesh pulls the two halves of a face together: a region that is still is drawn along by its
moving partner. `Measure` takes that share off again, as far as it is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks import _kernels
from landmarks.lids import mesh_aperture
from landmarks.mesh import POINTS, RIGHT_LIDS, RIGHT_POINTS, SKIN_REGIONS, STEADY, mirrored
from landmarks.regions import Direction, Region

_UNIT: dict[Direction, tuple[float, float]] = {
    "up": (0.0, 1.0),
    "down": (0.0, -1.0),
    "in": (-1.0, 0.0),
    "out_up": (float(np.cos(np.radians(40))), float(np.sin(np.radians(40)))),
}
"""Unit vectors (out, up). A spontaneous smile leaves about 47 degrees up and out (AJODO 2005,
children), the rendered smiles about 36; 40 costs under 1 % of either."""

_UNMIXING: dict[tuple[Region, Direction], tuple[float, float]] = {
    ("brow", "up"): (1.31, 0.00),
    ("upper_lip", "up"): (1.06, 0.38),
    ("mouth_corner", "out_up"): (1.37, -0.36),
    ("mouth_corner", "in"): (1.27, 0.32),
    ("lower_lip", "down"): (2.11, -1.03),
}
"""A side's true movement from what the averaged mesh reads on it and on the other side.

Read as ``true = own * read + other * read_on_the_other_side``. A negative second number takes off
what the mesh adds to a still side; a positive one gives back what truly moves along with the other
half of the lip and the mesh leaves out. Fitted by ``benchmarks/accuracy.py --fit`` on twenty
rendered people; see ``docs/accuracy.md``. Where nothing is known the reading is taken as it is."""


@dataclass(frozen=True)
class Movement:
    """One frame's movement since rest.

    Attributes
    ----------
    displacement_mm : numpy.ndarray, shape (7, 2, 2)
        Skin region (order of `landmarks.mesh.SKIN_REGIONS`), side (left, right), axis (out, up).
    aperture_ratio : numpy.ndarray, shape (2,)
        Lid aperture of the left and right eye as a share of the same eye's rest; never negative.
    aperture_lost_mm : numpy.ndarray, shape (2,)
        Millimetres of lid aperture lost since rest; negative where the eye is wider.
    """

    displacement_mm: NDArray[np.float64]
    aperture_ratio: NDArray[np.float64]
    aperture_lost_mm: NDArray[np.float64]


AT_REST = Movement(np.zeros((len(SKIN_REGIONS), 2, 2)), np.ones(2), np.zeros(2))
"""No movement at all."""


def median_movement(moves: Sequence[Movement]) -> Movement:
    """The median of several moments, number by number.

    Parameters
    ----------
    moves : sequence of Movement
        At least one.
    """
    return Movement(
        np.median([one.displacement_mm for one in moves], axis=0),
        np.median([one.aperture_ratio for one in moves], axis=0),
        np.median([one.aperture_lost_mm for one in moves], axis=0),
    )


@dataclass(frozen=True)
class Measure:
    """One region's movement along one direction, seen apart for each side.

    Raises
    ------
    ValueError
        If the eye is asked for anything but ``close``, or another region for ``close``.
    """

    region: Region
    direction: Direction

    def __post_init__(self) -> None:
        if (self.region == "eye") != (self.direction == "close"):
            raise ValueError(
                f"'close' belongs to the eye and to nothing else, got region '{self.region}' with "
                f"direction '{self.direction}'"
            )

    def sides_mm(
        self, displacement_mm: NDArray[np.float64], aperture_lost_mm: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Movement in the wanted direction; negative the other way.

        Parameters
        ----------
        displacement_mm : numpy.ndarray, shape (..., 7, 2, 2)
            As in `Movement`, of one frame or of many.
        aperture_lost_mm : numpy.ndarray, shape (..., 2)
            As in `Movement`.

        Returns
        -------
        numpy.ndarray, shape (..., 2)
            Millimetres, left then right.
        """
        if self.region == "eye":
            return aperture_lost_mm
        along = displacement_mm[..., SKIN_REGIONS.index(self.region), :, :] @ np.array(
            _UNIT[self.direction]
        )
        own, other = _UNMIXING.get((self.region, self.direction), (1.0, 0.0))
        unmixed: NDArray[np.float64] = own * along + other * along[..., ::-1]
        return unmixed


_GROUPS: list[tuple[int, ...]] = [
    group
    for region in SKIN_REGIONS
    for group in (mirrored(RIGHT_POINTS[region]), RIGHT_POINTS[region])
]
_MEMBERS = np.concatenate([np.array(group, dtype=np.intp) for group in _GROUPS])
_STARTS = np.cumsum([0, *map(len, _GROUPS)]).astype(np.intp)
_LIDS = np.array([[mirrored(pair) for pair in RIGHT_LIDS], list(RIGHT_LIDS)], dtype=np.intp)


@dataclass(frozen=True)
class Shape:
    """A face's geometry laid on a reference face, ready to be compared with another.

    Attributes
    ----------
    regions : numpy.ndarray, shape (7, 2, 2)
        Mean place of each skin region: region, side (left, right), axis (out, up).
    apertures : numpy.ndarray, shape (2,)
        Lid aperture of the left and right eye.
    axes : numpy.ndarray, shape (3, 3)
        Columns: the reference's axes as the face carries them now. Found from steady points alone,
        so that a moving chin does not look like a nodding head.
    """

    regions: NDArray[np.float64]
    apertures: NDArray[np.float64]
    axes: NDArray[np.float64]


def shape_of(points: NDArray[np.float64], reference: NDArray[np.float64]) -> Shape:
    """Lay a mesh on a reference by the steady points, and sum it up.

    Parameters
    ----------
    points, reference : numpy.ndarray, shape (478, 3)
        Meshes with x to the person's left, y up, z forward. The result has the reference's unit.
    """
    aligned, turn = _kernels.align(np.ascontiguousarray(points), reference, STEADY)
    means = _kernels.group_means(aligned, _MEMBERS, _STARTS).reshape(len(SKIN_REGIONS), 2, 3)
    regions = means[:, :, :2] * np.array([[1.0, 1.0], [-1.0, 1.0]])
    upper, lower = aligned[_LIDS[:, :, 0], 1], aligned[_LIDS[:, :, 1], 1]
    return Shape(regions, (upper - lower).mean(axis=1), turn.T)


def warm_up() -> None:
    """Compile what needs compiling, which takes seconds the first time on a machine."""
    points = np.random.default_rng(0).normal(size=(POINTS, 3))
    shape_of(points, points)


def movement_since(
    rest: Shape,
    now: Shape,
    mm_per_unit: float,
    aperture_ratio: NDArray[np.float64] | None = None,
) -> Movement:
    """Difference of two shapes of the same face.

    Parameters
    ----------
    rest, now : Shape
        Both laid on the same reference.
    mm_per_unit : float
        Millimetres in one unit of the reference.
    aperture_ratio : numpy.ndarray, shape (2,), optional
        Lid apertures as `landmarks.lids` measures them; without them the mesh's own are taken.
    """
    ratio = mesh_aperture(now.apertures / rest.apertures)
    if aperture_ratio is not None:
        ratio = aperture_ratio
    return Movement(
        displacement_mm=(now.regions - rest.regions) * mm_per_unit,
        aperture_ratio=ratio,
        aperture_lost_mm=(1.0 - ratio) * rest.apertures * mm_per_unit,
    )
