"""The numbers of one moment, each with how far it may be off, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from exercises.course import SMOOTHING_S, Span, smoothed
from exercises.schema import Exercise
from exercises.scoring import EYE_SIGMA, ONSET_SHARE
from landmarks.interval import Z_90
from landmarks.pose import IRIS_SPREAD, HeadPose
from landmarks.problems import Problem
from landmarks.regions import SIDES
from landmarks.regions import Side as SideName
from landmarks.rest import Rest
from landmarks.symmetry import GAIN_SPREAD, WIDEST_RATIO_INTERVAL, Side, sigma_mm, symmetry_interval
from mirrorcoach.live.trace import Trace

AROUND_S = 0.1
"""A moment is the median of so long before and after it, as far as the face stood still."""

Why = Problem | Literal["hidden", "turned", "still", "between", "unsure"]
"""Why a number is not known: what kept the frame from being measured; a side that was not seen; a
head that had turned since rest; nothing that moved; no repetition there; sides that cannot be
compared well enough."""


@dataclass(frozen=True)
class Pair:
    """One number for each side, None where it is not known.

    Attributes
    ----------
    left, right : float or None
        The numbers.
    off : float or None
        Half of the 90 % interval of the less certain one.
    why : Why or None
        Why a number is not known.
    """

    left: float | None = None
    right: float | None = None
    off: float | None = None
    why: Why | None = None


@dataclass(frozen=True)
class Share:
    """How far one side moves as a share of the other, which moves further.

    Attributes
    ----------
    side : Side
        The side that moves less.
    share : float
        0 to 1.
    off : float
        Half of its 90 % interval.
    """

    side: SideName
    share: float
    off: float


@dataclass(frozen=True)
class Figures:
    """What is told of a moment.

    Attributes
    ----------
    moved_mm : Pair
        Movement of the region; a side that cannot be told from rest has its floor in `below_mm`.
    below_mm : (float or None, float or None)
        Less than this: the noise floor of a side that has not measurably moved.
    opening : Pair
        Lid aperture as a share of rest.
    later_s : Pair
        How much later a side sets off than the other, in the repetition of this moment.
    share : Share or None
        The two sides compared; None where `share_why` says why.
    share_why : Why or None
        Why they are not compared.
    """

    moved_mm: Pair
    below_mm: tuple[float | None, float | None]
    opening: Pair
    later_s: Pair
    share: Share | None
    share_why: Why | None

    @classmethod
    def at(
        cls, trace: Trace, time_s: float, rest: Rest | None, exercise: Exercise | None
    ) -> Figures:
        """Tell of a moment.

        Parameters
        ----------
        trace : Trace
            The last seconds.
        time_s : float
            The moment.
        rest : Rest or None
            The person's rest.
        exercise : Exercise or None
            How far the head may have turned for its numbers; the usual limits without one.
        """
        row = trace.row(time_s)
        if row is None or rest is None:
            return _nothing("no_rest")
        problem = trace.excerpt.problems[row]
        if problem is not None:
            return _nothing(problem)
        opening = _opening(trace, row)
        if _has_turned(trace, row, rest, exercise):
            unknown = Pair(why="turned")
            return cls(unknown, (None, None), opening, unknown, None, "turned")
        sides = _sides(trace, row, rest)
        later = _later(trace, time_s, rest)
        if sides is None:
            unknown = Pair(why="hidden")
            return cls(unknown, (None, None), opening, later, None, "hidden")
        left, right = sides
        share, why = _share(left, right)
        return cls(
            moved_mm=Pair(
                left.excursion_mm,
                right.excursion_mm,
                max((_off_mm(side) for side in sides if side.moved), default=None),
            ),
            below_mm=(
                None if left.moved else left.floor_mm,
                None if right.moved else right.floor_mm,
            ),
            opening=opening,
            later_s=later,
            share=share,
            share_why=why,
        )


def _nothing(why: Why) -> Figures:
    unknown = Pair(why=why)
    return Figures(unknown, (None, None), unknown, unknown, None, why)


def _rows(trace: Trace, row: int) -> NDArray[np.bool_]:
    """Measured rows so near that they are the same moment."""
    near: NDArray[np.bool_] = np.abs(trace.time_s - trace.time_s[row]) <= AROUND_S
    return near & trace.excerpt.usable


def _has_turned(trace: Trace, row: int, rest: Rest, exercise: Exercise | None) -> bool:
    fields = Exercise.model_fields
    turn = fields["turn_limit_deg"].default if exercise is None else exercise.turn_limit_deg
    yaw = fields["yaw_limit_deg"].default if exercise is None else exercise.yaw_limit_deg
    pose = HeadPose(*map(float, trace.excerpt.pose_deg[row]))
    return bool(pose.turned_from(rest.pose) > turn or abs(pose.yaw_deg) > yaw)


def _sides(trace: Trace, row: int, rest: Rest) -> tuple[Side, Side] | None:
    """Both sides with their errors, as `exercises.scoring` has them at a hold."""
    near = _rows(trace, row)
    if not np.isfinite(trace.moved_mm[row]).all():
        return None
    around = trace.moved_mm[near]
    around = around[np.isfinite(around).all(axis=1)]
    stood = trace.moved_mm[row]
    # While the face is on its way, a median would tell of another moment.
    wobble = 1.4826 * np.median(np.abs(around - np.median(around, axis=0)), axis=0)
    noise = rest.noise_mm[trace.measure.region]
    if (wobble <= 2 * np.array(noise)).all():
        stood = np.median(around, axis=0)
    pose = HeadPose(*map(float, trace.excerpt.pose_deg[row]))
    path, largest = trace.measure.path, float(np.abs(stood).max())
    assert trace.floor_mm is not None
    left, right = (
        Side(
            estimate_mm=float(stood[k]),
            sigma_mm=float(
                np.hypot(
                    noise[k],
                    sigma_mm(
                        trace.measure,
                        float(stood[k]),
                        largest,
                        0.0 if path is None else float(trace.excerpt.spread_mm[row, path, k]),
                        pose.turned_from(rest.pose),
                        pose.yaw_deg,
                    ),
                )
            ),
            floor_mm=trace.floor_mm[k],
        )
        for k in range(2)
    )
    return left, right


def _off_mm(side: Side) -> float:
    shared = float(np.hypot(IRIS_SPREAD, GAIN_SPREAD)) * side.estimate_mm
    return Z_90 * float(np.hypot(side.sigma_mm, shared))


def _opening(trace: Trace, row: int) -> Pair:
    left, right = (float(one) if np.isfinite(one) else None for one in trace.opening[row])
    if left is None and right is None:
        return Pair(why="hidden")
    return Pair(left, right, Z_90 * EYE_SIGMA, "hidden" if None in (left, right) else None)


def _share(left: Side, right: Side) -> tuple[Share | None, Why | None]:
    if not (left.moved or right.moved):
        return None, "still"
    interval = symmetry_interval(left, right)
    if interval is None or interval.width > WIDEST_RATIO_INTERVAL:
        return None, "unsure"
    if not (left.moved and right.moved):
        return None, "unsure"
    smaller, larger = sorted((left, right), key=lambda side: side.estimate_mm)
    share = smaller.estimate_mm / larger.estimate_mm
    off = max(share - interval.low, interval.high - share)
    return Share(SIDES[0] if smaller is left else SIDES[1], share, off), None


def _later(trace: Trace, time_s: float, rest: Rest) -> Pair:
    """How much later than the other each side sets off."""
    span = trace.span_at(time_s)
    if span is None:
        return Pair(why="between")
    onsets = _onsets(trace, span, rest)
    if onsets is None:
        return Pair(why="unsure")
    (left_s, left_off_s), (right_s, right_off_s) = onsets
    first_s = min(left_s, right_s)
    off_s = float(np.hypot(left_off_s, right_off_s))
    return Pair(left_s - first_s, right_s - first_s, off_s)


def _onsets(
    trace: Trace, span: Span, rest: Rest
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """When each side sets off and half of its interval, in seconds; None where a side does not.

    A side's own noise, divided by how fast it passes the level at which it counts as under way, is
    a time; and nothing is known better than the distance of two frames.
    """
    time_s = trace.time_s
    course = smoothed(time_s, trace.moved_mm, trace.excerpt.seen(trace.measure))
    held = (time_s >= span.hold_start_s) & (time_s <= span.hold_end_s)
    row = int(np.searchsorted(time_s, span.hold_start_s))
    if trace.floor_mm is None or not held.any() or row >= len(time_s):
        return None
    found = []
    for k in range(2):
        size = float(np.median(course[held, k]))
        at = row
        if size < trace.floor_mm[k] or course[at, k] < ONSET_SHARE * size:
            return None
        while at > 0 and course[at - 1, k] >= ONSET_SHARE * size:
            at -= 1
        if at == 0:
            return None
        before, after = course[at - 1, k], course[at, k]
        step_s = float(time_s[at] - time_s[at - 1])
        if step_s > 2 * SMOOTHING_S:
            return None
        passed = (ONSET_SHARE * size - before) / max(after - before, 1e-9)
        speed = max((after - before) / step_s, 1e-9)
        noise_s = rest.noise_mm[trace.measure.region][k] / speed
        off_s = Z_90 * float(np.hypot(noise_s, step_s / np.sqrt(12)))
        found.append((float(time_s[at - 1] + passed * step_s), off_s))
    return found[0], found[1]
