"""Readings kept as columns: everything a score needs, and no pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import Reading
from landmarks.movement import PATHS, Measure, Movement, median_seen
from landmarks.pose import HeadPose
from landmarks.problems import Problem

_SKIN_SHAPE = (len(SKIN_REGIONS), 2, 2)
_PATH_SHAPE = (len(PATHS), 2)
_POSE = slice(1, 4)
_RATIO = slice(4, 6)
_LOST = slice(6, 8)
_SKIN = slice(8, 8 + int(np.prod(_SKIN_SHAPE)))
_ALONG = slice(_SKIN.stop, _SKIN.stop + int(np.prod(_PATH_SHAPE)))
_SPREAD = slice(_ALONG.stop, _ALONG.stop + int(np.prod(_PATH_SHAPE)))
_FIRST_ROWS = 1024


class Signals:
    """The course of a recording; grows by one row of about 500 bytes a frame.

    What could not be measured is NaN, and the row has a problem.
    """

    def __init__(self) -> None:
        self._table = np.full((_FIRST_ROWS, _SPREAD.stop), np.nan)
        self._problems: list[Problem | None] = []

    def __len__(self) -> int:
        return len(self._problems)

    def append(self, reading: Reading) -> None:
        """Add the next reading."""
        if len(self) == len(self._table):
            more = np.full_like(self._table, np.nan)
            self._table = np.concatenate([self._table, more])
        row = self._table[len(self)]
        row[0] = reading.time_s
        if reading.pose is not None:
            row[_POSE] = (reading.pose.yaw_deg, reading.pose.pitch_deg, reading.pose.roll_deg)
        if reading.movement is not None:
            row[_RATIO] = reading.movement.aperture_ratio
            row[_LOST] = reading.movement.aperture_lost_mm
            row[_SKIN] = reading.movement.displacement_mm.ravel()
            row[_ALONG] = reading.movement.along_mm.ravel()
            row[_SPREAD] = reading.movement.spread_mm.ravel()
        self._problems.append(reading.problem)

    @property
    def problems(self) -> list[Problem | None]:
        """Why each row cannot be measured, or None."""
        return self._problems

    @property
    def time_s(self) -> NDArray[np.float64]:
        """Shape (rows,), seconds, strictly rising."""
        return self._table[: len(self), 0].copy()

    def between(self, start_s: float, end_s: float) -> Excerpt:
        """Rows with ``start_s <= time < end_s``, as arrays."""
        first, last = np.searchsorted(self._table[: len(self), 0], [start_s, end_s])
        rows = self._table[first:last].copy()
        return Excerpt(
            time_s=rows[:, 0],
            problems=tuple(self._problems[first:last]),
            pose_deg=rows[:, _POSE],
            displacement_mm=rows[:, _SKIN].reshape(-1, *_SKIN_SHAPE),
            along_mm=rows[:, _ALONG].reshape(-1, *_PATH_SHAPE),
            spread_mm=rows[:, _SPREAD].reshape(-1, *_PATH_SHAPE),
            aperture_ratio=rows[:, _RATIO],
            aperture_lost_mm=rows[:, _LOST],
        )


@dataclass(frozen=True, eq=False)
class Excerpt:
    """Some rows of `Signals` as arrays; first axis is time, units are in the names.

    Attributes
    ----------
    pose_deg : numpy.ndarray, shape (rows, 3)
        Yaw, pitch and roll as in `HeadPose`; NaN where no face was seen.
    """

    time_s: NDArray[np.float64]
    problems: tuple[Problem | None, ...]
    pose_deg: NDArray[np.float64]
    displacement_mm: NDArray[np.float64]
    along_mm: NDArray[np.float64]
    spread_mm: NDArray[np.float64]
    aperture_ratio: NDArray[np.float64]
    aperture_lost_mm: NDArray[np.float64]

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Shape (rows,): whether each row was measured."""
        return np.array([problem is None for problem in self.problems], dtype=bool)

    def seen(self, measure: Measure) -> NDArray[np.bool_]:
        """Shape (rows,): whether each row was measured, and both sides of `measure` were seen."""
        both: NDArray[np.bool_] = self.usable & np.isfinite(self.wanted_mm(measure)).all(axis=-1)
        return both

    def median(self, rows: NDArray[np.bool_]) -> Movement:
        """Median movement over some rows, at least one of them, all of them measured."""
        return Movement(
            *(
                median_seen(values[rows])
                for values in (
                    self.displacement_mm,
                    self.along_mm,
                    self.spread_mm,
                    self.aperture_ratio,
                    self.aperture_lost_mm,
                )
            )
        )

    def median_pose(self, rows: NDArray[np.bool_]) -> HeadPose:
        """Median pose over some rows, at least one of them, all of them measured."""
        return HeadPose(*map(float, np.median(self.pose_deg[rows], axis=0)))

    def wanted_mm(self, measure: Measure) -> NDArray[np.float64]:
        """Movement of both sides along a measure, shape (rows, 2), left then right."""
        return measure.sides_mm(self)
