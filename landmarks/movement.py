"""How far each region of the face has moved since rest, per side, in millimetres.

Frame of reference: the person's own resting face. For either side ``out`` points away from the
midline and ``up`` to the forehead, so that an even movement has equal numbers on both sides.

The mesh says where, the skin says how far: a mesh pulls the two halves of a face together, so
millimetres come from the skin's own displacement, the head's motion taken off. Where it is known
along which path a movement carries the skin, every landmark's displacement is read along its own
path, towards the camera included. Lid apertures are measured in `landmarks.lids`.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from landmarks import _kernels
from landmarks.average_face import average_face
from landmarks.head import Motion, RestingHead
from landmarks.mesh import MIRROR, RIGHT_LIDS, RIGHT_POINTS, SKIN_REGIONS, STEADY, mirrored
from landmarks.regions import Direction, Region

UNIT: dict[Direction, tuple[float, float]] = {
    "up": (0.0, 1.0),
    "down": (0.0, -1.0),
    "in": (-1.0, 0.0),
    "out_up": (float(np.cos(np.radians(40))), float(np.sin(np.radians(40)))),
}
"""Unit vectors (out, up). A spontaneous smile leaves about 47 degrees up and out (AJODO 2005,
children), the rendered smiles about 36; 40 costs under 1 % of either."""

PATHS: tuple[tuple[Region, Direction], ...] = (
    ("brow", "up"),
    ("ala", "up"),
    ("upper_lip", "up"),
    ("mouth_corner", "out_up"),
    ("mouth_corner", "in"),
    ("lower_lip", "down"),
)
"""Movements whose path over the face is known, in the order of every array axis called *path*."""

LEAST_SEEN = 0.4
"""A side whose landmarks match the resting skin worse than this, on average, is not measured."""

LEAST_SEEN_OF_REGION = 0.1
"""The same for one of the few landmarks of a region: teeth appear at its edge."""

AMPLITUDE_STEPS = 6


@dataclass(frozen=True)
class Movement:
    """One frame's movement since rest; NaN where it could not be seen.

    Attributes
    ----------
    displacement_mm : numpy.ndarray, shape (7, 2, 2)
        Skin region (order of `landmarks.mesh.SKIN_REGIONS`), side (left, right), axis (out, up).
        In the plane of the face: what goes towards the camera is left out.
    along_mm : numpy.ndarray, shape (6, 2)
        Path (order of `PATHS`), side: millimetres along a known path.
    spread_mm : numpy.ndarray, shape (6, 2)
        How much the single landmarks disagree about each, as a standard deviation.
    aperture_ratio : numpy.ndarray, shape (2,)
        Lid aperture of the left and right eye as a share of the same eye's rest; never negative.
    aperture_lost_mm : numpy.ndarray, shape (2,)
        Millimetres of lid aperture lost since rest; negative where the eye is wider.
    """

    displacement_mm: NDArray[np.float64]
    along_mm: NDArray[np.float64]
    spread_mm: NDArray[np.float64]
    aperture_ratio: NDArray[np.float64]
    aperture_lost_mm: NDArray[np.float64]


AT_REST = Movement(
    np.zeros((len(SKIN_REGIONS), 2, 2)),
    np.zeros((len(PATHS), 2)),
    np.zeros((len(PATHS), 2)),
    np.ones(2),
    np.zeros(2),
)
"""No movement at all."""


class Moved(Protocol):
    """A `Movement`, or many of them stacked along first axes."""

    @property
    def displacement_mm(self) -> NDArray[np.float64]:
        """As in `Movement`."""

    @property
    def along_mm(self) -> NDArray[np.float64]:
        """As in `Movement`."""

    @property
    def aperture_lost_mm(self) -> NDArray[np.float64]:
        """As in `Movement`."""


def median_movement(moves: Sequence[Movement]) -> Movement:
    """The median of several moments, number by number.

    Parameters
    ----------
    moves : sequence of Movement
        At least one.
    """
    return Movement(
        median_seen(np.array([one.displacement_mm for one in moves])),
        median_seen(np.array([one.along_mm for one in moves])),
        median_seen(np.array([one.spread_mm for one in moves])),
        median_seen(np.array([one.aperture_ratio for one in moves])),
        median_seen(np.array([one.aperture_lost_mm for one in moves])),
    )


def median_seen(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median along the first axis of what was seen; NaN where nothing was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        median: NDArray[np.float64] = np.nanmedian(values, axis=0)
    return median


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

    @property
    def path(self) -> int | None:
        """Its place in `PATHS`; None where the path is not known."""
        asked = (self.region, self.direction)
        return PATHS.index(asked) if asked in PATHS else None

    def sides_mm(self, moved: Moved) -> NDArray[np.float64]:
        """Movement in the wanted direction; negative the other way.

        Parameters
        ----------
        moved : Movement or Excerpt
            One moment, or many.

        Returns
        -------
        numpy.ndarray, shape (..., 2)
            Millimetres, left then right.
        """
        if self.region == "eye":
            return moved.aperture_lost_mm
        if self.path is not None:
            known: NDArray[np.float64] = moved.along_mm[..., self.path, :]
            return known
        row = SKIN_REGIONS.index(self.region)
        along: NDArray[np.float64] = moved.displacement_mm[..., row, :, :] @ np.array(
            UNIT[self.direction]
        )
        return along


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


def skin_movement(
    head: RestingHead,
    motion: Motion,
    seen_px: NDArray[np.float64],
    trust: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """What the skin did, the head's motion taken off.

    Parameters
    ----------
    head : RestingHead
        The resting face in space.
    motion : Motion
        The head's motion since.
    seen_px : numpy.ndarray, shape (468, 2)
        Where the skin of each landmark is now.
    trust : numpy.ndarray, shape (468,)
        How sure that is, 0 to 1.

    Returns
    -------
    displacement_mm, along_mm, spread_mm : numpy.ndarray
        As in `Movement`.
    """
    displacement = _in_plane(seen_px - head.expected_px(motion), head.px_per_mm(motion), trust)
    along, spread = np.full((2, len(PATHS), 2), np.nan)
    for row, path in enumerate(PATHS):
        known = average_face().movements[path]
        settled = head.settled(motion, seen_px, trust, known.still_points)
        points = np.stack([known.left_points, MIRROR[known.left_points]])
        px_per_mm = head.px_per_mm(settled)[points]
        turned = np.array([[1.0, 1.0, 1.0], [-1.0, 1.0, 1.0]])[:, None, :]
        own, other = (
            np.einsum("skij,skj->ski", px_per_mm, way[None] * turned)
            for way in (known.own_mm, known.other_mm)
        )
        off_px = (seen_px - head.expected_px(settled))[points]
        amplitude, spreads, seen = _kernels.side_amplitudes(
            own, other, off_px, trust[points], AMPLITUDE_STEPS
        )
        mm = known.mixing[0] * amplitude + known.mixing[1] * amplitude[::-1]
        along[row] = np.where(seen >= LEAST_SEEN, mm, np.nan)
        spread[row] = spreads * known.mixing[0]
    return displacement, along, spread


def _in_plane(
    off_px: NDArray[np.float64], px_per_mm: NDArray[np.float64], trust: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Median displacement of each skin region in the plane of the face, shape (7, 2, 2), mm."""
    plane = np.linalg.solve(px_per_mm[_MEMBERS][:, :, :2], off_px[_MEMBERS][:, :, None])[:, :, 0]
    displacement = _kernels.group_medians(plane, _STARTS)
    seen = np.add.reduceat(trust[_MEMBERS], _STARTS[:-1]) / np.diff(_STARTS)
    displacement[seen < LEAST_SEEN_OF_REGION] = np.nan
    outward = np.array([[1.0, 1.0], [-1.0, 1.0]])
    sides: NDArray[np.float64] = displacement.reshape(len(SKIN_REGIONS), 2, 2) * outward
    return sides
