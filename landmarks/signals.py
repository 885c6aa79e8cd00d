"""Readings kept as columns: everything a score needs, and no pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import Reading
from landmarks.movement import Measure, Movement
from landmarks.pose import HeadPose
from landmarks.quality import Problem

_NO_SKIN = np.full((len(SKIN_REGIONS), 2, 2), np.nan)
_NO_EYES = np.full(2, np.nan)


@dataclass
class Signals:
    """The course of a recording; grows by one row a frame, about 300 bytes each.

    Rows that could not be measured hold NaN and a problem.
    """

    _times: list[float] = field(default_factory=list)
    _problems: list[Problem | None] = field(default_factory=list)
    _poses: list[HeadPose | None] = field(default_factory=list)
    _skin: list[NDArray[np.float64]] = field(default_factory=list)
    _ratios: list[NDArray[np.float64]] = field(default_factory=list)
    _lost: list[NDArray[np.float64]] = field(default_factory=list)

    def append(self, reading: Reading) -> None:
        """Add the next reading."""
        moved = reading.movement
        self._times.append(reading.time_s)
        self._problems.append(reading.problem)
        self._poses.append(reading.pose)
        self._skin.append(_NO_SKIN if moved is None else moved.displacement_mm)
        self._ratios.append(_NO_EYES if moved is None else moved.aperture_ratio)
        self._lost.append(_NO_EYES if moved is None else moved.aperture_lost_mm)

    def __len__(self) -> int:
        return len(self._times)

    @property
    def problems(self) -> list[Problem | None]:
        """Why each row cannot be measured, or None."""
        return self._problems

    @property
    def poses(self) -> list[HeadPose | None]:
        """Head pose of each row."""
        return self._poses

    @property
    def time_s(self) -> NDArray[np.float64]:
        """Shape (rows,), seconds, strictly rising."""
        return np.array(self._times)

    def between(self, start_s: float, end_s: float) -> Excerpt:
        """Rows with ``start_s <= time < end_s``, as arrays."""
        first, last = np.searchsorted(self._times, [start_s, end_s])
        rows = slice(int(first), int(last))
        return Excerpt(
            time_s=np.array(self._times[rows]),
            problems=tuple(self._problems[rows]),
            poses=tuple(self._poses[rows]),
            displacement_mm=np.array(self._skin[rows]).reshape(-1, len(SKIN_REGIONS), 2, 2),
            aperture_ratio=np.array(self._ratios[rows]).reshape(-1, 2),
            aperture_lost_mm=np.array(self._lost[rows]).reshape(-1, 2),
        )


@dataclass(frozen=True)
class Excerpt:
    """Some rows of `Signals` as arrays; first axis is time, units are in the names."""

    time_s: NDArray[np.float64]
    problems: tuple[Problem | None, ...]
    poses: tuple[HeadPose | None, ...]
    displacement_mm: NDArray[np.float64]
    aperture_ratio: NDArray[np.float64]
    aperture_lost_mm: NDArray[np.float64]

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Shape (rows,): whether each row was measured."""
        return np.array([problem is None for problem in self.problems], dtype=bool)

    def median(self, rows: NDArray[np.bool_]) -> Movement:
        """Median movement over some rows, at least one of them, all of them measured."""
        return Movement(
            np.median(self.displacement_mm[rows], axis=0),
            np.median(self.aperture_ratio[rows], axis=0),
            np.median(self.aperture_lost_mm[rows], axis=0),
        )

    def wanted_mm(self, measure: Measure) -> NDArray[np.float64]:
        """Movement of both sides along a measure, shape (rows, 2), left then right."""
        return measure.sides_mm(self.displacement_mm, self.aperture_lost_mm)
