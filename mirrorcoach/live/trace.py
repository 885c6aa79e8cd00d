"""Both sides of a face over the last seconds: how far a region moved, how open the eyes were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.course import Span, runs_above
from exercises.quiet import LEAST_BASE_RATIO
from exercises.repetition import find_repetitions, measure_of
from exercises.schema import Exercise, Quiet
from exercises.watch import QUIET_AFTER_S
from landmarks.blinks import blink_rows
from landmarks.movement import Measure
from landmarks.regions import SIDES, Direction, Region, Side
from landmarks.rest import Rest
from landmarks.signals import Excerpt
from landmarks.symmetry import FLOOR_SIGMAS, LEAST_FLOOR_MM

REST_MARGIN_S = 0.3
"""Rest is looked for this far from every movement."""

LEAST_REST_ROWS = 8
"""With fewer rows at rest, movement counts from the resting face as it was first seen."""

DIRECTIONS: dict[Region, Direction] = {
    "brow": "up",
    "eye": "close",
    "ala": "up",
    "upper_lip": "up",
    "mouth_corner": "out_up",
    "lower_lip": "down",
    "cheek": "up",
    "chin": "up",
}
"""Which way a region is followed that the exercise does not ask for."""


def measure_for(region: Region, exercise: Exercise | None) -> Measure:
    """What is followed at a region: what the exercise wants of it, else its usual way."""
    if exercise is not None and exercise.wanted is not None and exercise.wanted.region == region:
        return Measure(region, exercise.wanted.direction)
    return Measure(region, DIRECTIONS[region])


@dataclass(frozen=True, eq=False)
class Trace:
    """Courses of both sides, left then right; NaN where nothing was measured.

    Attributes
    ----------
    excerpt : Excerpt
        What they were made from.
    measure : Measure
        What moves.
    moved_mm : numpy.ndarray, shape (rows, 2)
        Movement from how the face rested during these seconds.
    opening : numpy.ndarray, shape (rows, 2)
        Lid aperture as a share of the same eye's rest.
    floor_mm : (float, float) or None
        Less than this cannot be told from a still face; None before rest was seen.
    spans : tuple of Span
        Movements of what is followed.
    repetitions : tuple of Span
        Movements of what the exercise wants: the same, unless another region is followed.
    narrower : numpy.ndarray, shape (rows, 2), bool
        Where an eye narrows, for longer than a moment, that the exercise wants open.
    """

    excerpt: Excerpt
    measure: Measure
    moved_mm: NDArray[np.float64]
    opening: NDArray[np.float64]
    floor_mm: tuple[float, float] | None
    spans: tuple[Span, ...]
    repetitions: tuple[Span, ...]
    narrower: NDArray[np.bool_]

    @classmethod
    def of(
        cls, excerpt: Excerpt, measure: Measure, rest: Rest | None, exercise: Exercise | None = None
    ) -> Trace:
        """Make the courses.

        Parameters
        ----------
        excerpt : Excerpt
            The last seconds.
        measure : Measure
            What to follow.
        rest : Rest or None
            The person's rest; without it nothing is measured.
        exercise : Exercise, optional
            Says how much an eye may narrow.
        """
        usable = excerpt.usable
        moved = np.where(usable[:, None], excerpt.wanted_mm(measure), np.nan)
        opening = np.where(usable[:, None], excerpt.aperture_ratio, np.nan)
        spans = _found(excerpt, measure, rest)
        asked = None if exercise is None else measure_of(exercise)
        repetitions = spans if asked in (None, measure) else _found(excerpt, asked, rest)
        floor = None
        if rest is not None:
            noise = rest.noise_mm[measure.region]
            floor = tuple(max(LEAST_FLOOR_MM, FLOOR_SIGMAS * one) for one in noise)
        still = usable & np.isfinite(moved).all(axis=1)
        for span in (*spans, *repetitions):
            still &= (excerpt.time_s < span.start_s - REST_MARGIN_S) | (
                excerpt.time_s > span.end_s + REST_MARGIN_S
            )
        blinks = blink_rows(excerpt.time_s, excerpt.aperture_ratio, usable)
        base = np.ones(2)
        if int((still & ~blinks).sum()) >= LEAST_REST_ROWS:
            moved = moved - np.median(moved[still & ~blinks], axis=0)
            base = np.median(opening[still & ~blinks], axis=0)
        quiet = None if exercise is None else _eye_limits(exercise)
        return cls(
            excerpt=excerpt,
            measure=measure,
            moved_mm=moved,
            opening=opening,
            floor_mm=None if floor is None else (floor[0], floor[1]),
            spans=spans,
            repetitions=repetitions,
            narrower=_lasting(excerpt.time_s, _narrower(opening, base, quiet) & ~blinks[:, None]),
        )

    @property
    def time_s(self) -> NDArray[np.float64]:
        """Shape (rows,), the source's own time."""
        return self.excerpt.time_s

    def row(self, time_s: float) -> int | None:
        """The row nearest to a time; None without rows."""
        if not len(self.time_s):
            return None
        return int(np.argmin(np.abs(self.time_s - time_s)))

    def narrow_eye(self, time_s: float) -> Side | None:
        """The eye that narrows at a time, the narrower one of two; None if none does."""
        row = self.row(time_s)
        if row is None or not self.narrower[row].any():
            return None
        opening = np.where(self.narrower[row], self.opening[row], np.inf)
        return SIDES[int(np.argmin(opening))]

    def span_at(self, time_s: float) -> Span | None:
        """The movement of what is followed that a time lies in."""
        found = [one for one in self.spans if one.start_s <= time_s <= one.end_s]
        return found[0] if found else None


def _found(excerpt: Excerpt, measure: Measure | None, rest: Rest | None) -> tuple[Span, ...]:
    if measure is None or rest is None:
        return ()
    return tuple(find_repetitions(excerpt, measure, rest.noise_mm[measure.region]))


def _eye_limits(exercise: Exercise) -> Quiet | None:
    eyes = [one for one in exercise.quiet if one.region == "eye"]
    return eyes[0] if eyes else None


def _narrower(
    opening: NDArray[np.float64], base: NDArray[np.float64], quiet: Quiet | None
) -> NDArray[np.bool_]:
    """Where each eye has lost more of its opening than the exercise lets pass."""
    if quiet is None:
        return np.zeros(opening.shape, dtype=bool)
    lost = 1.0 - opening / np.maximum(base, LEAST_BASE_RATIO)
    if quiet.compare == "other_eye":
        lost = lost - lost[:, ::-1]
    more: NDArray[np.bool_] = np.nan_to_num(lost, nan=0.0) >= quiet.mild
    return more


def _lasting(time_s: NDArray[np.float64], sides: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The same without what lasts less than it takes to be marked in practice."""
    lasting = np.zeros_like(sides)
    for k in range(2):
        for first, last in runs_above(sides[:, k].astype(np.float64), 0.5, 0.5):
            if time_s[last] - time_s[first] >= QUIET_AFTER_S:
                lasting[first : last + 1, k] = True
    return lasting
