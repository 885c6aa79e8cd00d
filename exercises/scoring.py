"""From signals to repetitions and what was measured of each, in the open.

``docs/scoring.md`` derives every number here. Nothing is scored that was not measured.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from exercises.course import SMOOTHING_S, Span, smoothed
from exercises.manner import Manner, manner_of
from exercises.marks import WEIGHTS, marks_of, score_of
from exercises.quiet import aperture_lost, change_judged, flag_of, skin_moved_mm
from exercises.reasons import sentence
from exercises.repetition import MARGIN_S, Asked, find_repetitions, measure_of
from exercises.schema import Exercise, Quiet
from exercises.score import QuietScore, RepetitionScore, SideScore
from landmarks.blinks import blink_rows
from landmarks.interval import Z_90, Interval
from landmarks.movement import AT_REST, Measure
from landmarks.regions import SIDES
from landmarks.regions import Side as SideName
from landmarks.rest import Rest
from landmarks.signals import Excerpt, Signals
from landmarks.symmetry import (
    FLOOR_SIGMAS,
    LEAST_FLOOR_MM,
    Side,
    path_agreement,
    sigma_mm,
    symmetry,
    symmetry_interval,
)

BASE_S = 1.0
"""A repetition is measured from the median of up to this long before its onset, ..."""

LEAST_BASE_FRAMES = 4
"""... if at least so many frames of it were measured."""

LEAST_HOLD_FRAMES = 4

LEAST_HOLD_SHARE = 0.5
"""Share of the hold's frames that must have been measured."""

CUT_HOLD_S = 1.0
"""A movement that was cut off counts if it was held for so long: else it may have been growing."""

ONSET_SHARE = 0.2
"""A side has set off once it passes this share of its own excursion."""

HIDDEN_SHARE = 0.25
"""Where no movement was found and more than this of the stretch was not seen, that is why."""

SKIN_SIGMA = 0.15
"""Error of a skin region that should be still, as a share of how far it moved."""

EYE_SIGMA = 0.05
"""Standard deviation of the share of lid aperture lost (``docs/accuracy.md``)."""


_UNKNOWN_SIDE = SideScore(None, None, None, None, None)


def score_asked(
    signals: Signals,
    rest: Rest | None,
    exercise: Exercise,
    asked: Asked,
    first_index: int = 0,
    not_before_s: float = float("-inf"),
    not_after_s: float = float("inf"),
) -> list[RepetitionScore]:
    """Score what was done while one exercise was asked for.

    Parameters
    ----------
    signals : Signals
        The recording, at least up to the end of the stretch.
    rest : Rest or None
        The person's rest; None if none was seen.
    exercise : Exercise
        What was asked.
    asked : Asked
        When. A movement belongs to it if its hold lies in it at least in part; it may begin up to
        a second earlier and end as much later.
    first_index : int
        Index of the first repetition found.
    not_before_s, not_after_s : float
        Ends of the neighbouring stretches, whose movement does not belong to this one.

    Returns
    -------
    list of RepetitionScore
        Each repetition found; if none was, one that says why. Empty for an exercise in which
        nothing should move.
    """
    measure = measure_of(exercise)
    if measure is None:
        return []
    stretch = signals.between(
        max(asked.start_s - MARGIN_S, not_before_s), min(asked.end_s + MARGIN_S, not_after_s)
    )
    if len(signals) and asked.start_s > float(signals.time_s[-1]):
        return [_not_measurable(first_index, asked, sentence("recording_ended"))]
    everywhere = np.ones(len(stretch.time_s), dtype=bool)
    unseen = _unseen_share(stretch, measure)
    if rest is None or unseen > 1.0 - LEAST_HOLD_SHARE:
        return [
            _not_measurable(first_index, asked, _commonest_reason(stretch, measure, everywhere))
        ]
    spans = [
        span
        for span in find_repetitions(stretch, measure, rest.noise_mm[measure.region])
        if span.hold_start_s <= asked.end_s and span.hold_end_s >= asked.start_s
    ]
    if not spans:
        reason = sentence("no_movement")
        if unseen > HIDDEN_SHARE:
            reason = _commonest_reason(stretch, measure, everywhere)
        return [_not_measurable(first_index, asked, reason)]
    scores: list[RepetitionScore] = []
    for span in spans:
        judge = _Judge(stretch, rest, exercise, measure, span)
        scores.append(judge.score(first_index + len(scores)))
    return scores


def base_rows(
    stretch: Excerpt, measure: Measure, start_s: float, end_s: float
) -> NDArray[np.bool_]:
    """Rows of rest just before a repetition, or after it, or none: then rest itself is 0.

    Blinks are left out.

    Parameters
    ----------
    stretch : Excerpt
        The repetition, with some rest before and after.
    measure : Measure
        The wanted movement.
    start_s, end_s : float
        When the repetition began and ended.

    Returns
    -------
    numpy.ndarray, shape (rows,), bool
    """
    time_s = stretch.time_s
    rested = stretch.seen(measure) & ~blink_rows(time_s, stretch.aperture_ratio, stretch.usable)
    none = np.zeros(len(time_s), dtype=bool)
    before = rested & (time_s >= start_s - BASE_S) & (time_s <= start_s)
    after = rested & (time_s >= end_s) & (time_s <= end_s + BASE_S)
    enough = (rows for rows in (before, after) if int(rows.sum()) >= LEAST_BASE_FRAMES)
    return next(enough, none)


def _unseen_share(stretch: Excerpt, measure: Measure) -> float:
    """Share of the frames in a stretch in which a measure was not seen on both sides."""
    seen = stretch.seen(measure)
    return 1.0 - float(seen.mean()) if len(seen) else 0.0


def _commonest_reason(stretch: Excerpt, measure: Measure, rows: NDArray[np.bool_]) -> str:
    reasons = [
        sentence(problem or "hidden")
        for problem, seen, counted in zip(
            stretch.problems, stretch.seen(measure), rows, strict=True
        )
        if counted and not seen
    ]
    if not reasons:
        return sentence("too_few_pictures")
    return Counter(reasons).most_common(1)[0][0]


def _not_measurable(index: int, asked: Asked, reason: str) -> RepetitionScore:
    return RepetitionScore(
        index=index,
        exercise=asked.exercise,
        start_s=asked.start_s,
        hold_start_s=None,
        hold_end_s=None,
        end_s=asked.end_s,
        measurable=False,
        reasons=(reason,),
        left=_UNKNOWN_SIDE,
        right=_UNKNOWN_SIDE,
        symmetry=None,
        symmetry_interval=None,
        weaker_side=None,
        path_agreement=None,
        onset_lag_s=None,
        returned=None,
        quiet=(),
        manner=(),
        marks=dict.fromkeys(WEIGHTS),
        score=None,
    )


class _Judge:
    """Everything about one repetition that several numbers share."""

    def __init__(
        self, stretch: Excerpt, rest: Rest, exercise: Exercise, measure: Measure, span: Span
    ) -> None:
        self.stretch, self.rest, self.exercise, self.span = stretch, rest, exercise, span
        self.measure = measure
        time_s = stretch.time_s
        self.usable = stretch.seen(measure)
        usable = self.usable
        self.blinks = blink_rows(time_s, stretch.aperture_ratio, stretch.usable)
        self.in_hold = (time_s >= span.hold_start_s) & (time_s <= span.hold_end_s)
        if measure.region != "eye":
            self.in_hold &= ~self.blinks
        self.hold = self.in_hold & usable
        self.base = base_rows(stretch, measure, span.start_s, span.end_s)
        self.rested = stretch.median(self.base) if self.base.any() else AT_REST
        self.held = stretch.median(self.hold) if self.hold.any() else AT_REST
        self.wanted_mm = stretch.wanted_mm(measure) - measure.sides_mm(self.rested)

    def _rested_rows(self, start_s: float, end_s: float) -> NDArray[np.bool_]:
        """Measured rows between two times in which no eye blinks."""
        time_s = self.stretch.time_s
        within: NDArray[np.bool_] = (time_s >= start_s) & (time_s <= end_s)
        return within & self.usable & ~self.blinks

    def score(self, index: int) -> RepetitionScore:
        span, asked = self.span, Asked(self.exercise.id, self.span.start_s, self.span.end_s)
        enough = (
            int(self.hold.sum()) >= LEAST_HOLD_FRAMES
            and self.hold.sum() >= LEAST_HOLD_SHARE * self.in_hold.sum()
        )
        if not enough:
            reason = _commonest_reason(self.stretch, self.measure, self.in_hold)
            return _not_measurable(index, asked, reason)
        if not span.let_go and span.hold_end_s - span.hold_start_s < CUT_HOLD_S:
            reason = sentence("not_let_go")
            time_s = self.stretch.time_s
            after = (time_s > span.hold_end_s) & (time_s <= span.hold_end_s + CUT_HOLD_S)
            if (after & ~self.usable).any():
                reason = _commonest_reason(self.stretch, self.measure, after)
            return _not_measurable(index, asked, reason)
        turned_deg = self._turned_deg()
        if turned_deg > self.exercise.turn_limit_deg:
            reason = sentence("turned_since_rest", deg=f"{turned_deg:.0f}")
            return _not_measurable(index, asked, reason)
        yaw_deg = abs(self.stretch.median_pose(self.hold).yaw_deg)
        if yaw_deg > self.exercise.yaw_limit_deg:
            reason = sentence("turned_too_far", deg=f"{yaw_deg:.0f}")
            return _not_measurable(index, asked, reason)
        left, right = self._sides()
        if not (left.moved or right.moved):
            reason = sentence("too_small")
            return _not_measurable(index, asked, reason)
        ratio = symmetry(left, right)
        lag_s, sides = self._courses(left, right)
        quiet = self._quiet()
        returned = self._returned(left, right)
        larger = int(abs(right.estimate_mm) > abs(left.estimate_mm))
        marks = marks_of(
            self.exercise,
            symmetry=ratio,
            quiet=quiet,
            rise_s=span.hold_start_s - span.start_s,
            wavered_share=self._wavered_share(larger),
            returned=returned,
        )
        return RepetitionScore(
            index=index,
            exercise=self.exercise.id,
            start_s=span.start_s,
            hold_start_s=span.hold_start_s,
            hold_end_s=span.hold_end_s,
            end_s=span.end_s,
            measurable=True,
            reasons=_why_unknown(left, right, ratio, self.exercise),
            left=sides[0],
            right=sides[1],
            symmetry=ratio,
            symmetry_interval=symmetry_interval(left, right),
            weaker_side=_weaker(left, right),
            path_agreement=self._agreement() if left.moved and right.moved else None,
            onset_lag_s=lag_s,
            returned=returned,
            quiet=quiet,
            manner=self._manner(left, right),
            marks=marks,
            score=score_of(self.exercise, marks),
        )

    def _turned_deg(self) -> float:
        """How far the head is turned at the hold from where it was at rest."""
        rested = self.rest.pose
        if self.base.any():
            rested = self.stretch.median_pose(self.base)
        return self.stretch.median_pose(self.hold).turned_from(rested)

    def _sides(self) -> tuple[Side, Side]:
        held = self.wanted_mm[self.hold]
        estimates = np.median(held, axis=0)
        wobble = self._wobble_mm()
        noise = self.rest.noise_mm[self.measure.region]
        largest_mm = float(np.abs(estimates).max())
        turned_deg = self._turned_deg()
        yaw_deg = self.stretch.median_pose(self.hold).yaw_deg
        row = self.measure.path
        left, right = (
            Side(
                estimate_mm=float(estimates[k]),
                sigma_mm=float(
                    np.hypot(
                        np.hypot(noise[k], wobble[k] / 2),
                        sigma_mm(
                            self.measure,
                            float(estimates[k]),
                            largest_mm,
                            0.0 if row is None else float(self.held.spread_mm[row, k]),
                            turned_deg,
                            yaw_deg,
                        ),
                    )
                ),
                floor_mm=max(LEAST_FLOOR_MM, FLOOR_SIGMAS * noise[k]),
            )
            for k in range(2)
        )
        return left, right

    def _wobble_mm(self) -> NDArray[np.float64]:
        """Robust standard deviation of each side during the hold: small is steady."""
        held = self.wanted_mm[self.hold]
        away: NDArray[np.float64] = np.median(np.abs(held - np.median(held, axis=0)), axis=0)
        return 1.4826 * away

    def _courses(self, left: Side, right: Side) -> tuple[float | None, tuple[SideScore, SideScore]]:
        """Onsets and speeds, from the smoothed course up to the end of the hold."""
        time_s = self.stretch.time_s
        course = smoothed(time_s, self.wanted_mm, self.usable)
        rise = (time_s >= self.span.start_s - SMOOTHING_S) & (time_s <= self.span.hold_end_s)
        speeds = np.gradient(course, time_s, axis=0) if len(time_s) > 1 else np.zeros_like(course)
        scores = []
        for k, side in enumerate((left, right)):
            if not side.moved:
                scores.append(SideScore(None, side.interval_mm, None, None, None))
                continue
            scores.append(
                SideScore(
                    excursion_mm=side.excursion_mm,
                    excursion_interval_mm=side.interval_mm,
                    onset_s=self._onset_s(course[:, k] >= ONSET_SHARE * side.estimate_mm),
                    peak_speed_mm_s=max(0.0, float(speeds[rise, k].max())),
                    hold_spread_mm=float(self._wobble_mm()[k]),
                )
            )
        onsets = (scores[0].onset_s, scores[1].onset_s)
        lag_s = None if onsets[0] is None or onsets[1] is None else onsets[1] - onsets[0]
        return lag_s, (scores[0], scores[1])

    def _onset_s(self, under_way: NDArray[np.bool_]) -> float | None:
        """The moment from which a side was under way without a break until the hold."""
        row = int(np.searchsorted(self.stretch.time_s, self.span.hold_start_s))
        if not under_way[row]:
            return None
        while row > 0 and under_way[row - 1]:
            row -= 1
        return float(self.stretch.time_s[row])

    def _agreement(self) -> float | None:
        time_s = self.stretch.time_s
        rows = (time_s >= self.span.start_s) & (time_s <= self.span.end_s) & self.usable
        return path_agreement(self.wanted_mm[rows, 0], self.wanted_mm[rows, 1])

    def _quiet(self) -> tuple[QuietScore, ...]:
        return tuple(
            score
            for quiet in self.exercise.quiet
            for score in (self._eyes(quiet) if quiet.region == "eye" else self._skin(quiet))
        )

    def _eyes(self, quiet: Quiet) -> list[QuietScore]:
        lost = aperture_lost(self.held, self.rested)
        judged = change_judged(quiet, self.held, self.rested)
        half = Z_90 * EYE_SIGMA
        return [
            QuietScore(
                region="eye",
                side=side,
                change=float(lost[k]),
                unit="ratio",
                interval=Interval(float(lost[k]) - half, float(lost[k]) + half),
                flag=flag_of(quiet, float(judged[k])),
            )
            for k, side in enumerate(SIDES)
        ]

    def _skin(self, quiet: Quiet) -> list[QuietScore]:
        moved = skin_moved_mm(quiet.region, self.held, self.rested)
        noise = self.rest.noise_mm[quiet.region]
        scores = []
        for k, side in enumerate(SIDES):
            change = float(moved[k])
            if not math.isfinite(change):  # it could not be seen
                scores.append(QuietScore(quiet.region, side, None, "mm", None, None))
                continue
            half = Z_90 * float(np.hypot(noise[k], SKIN_SIGMA * change))
            known = change >= FLOOR_SIGMAS * noise[k]
            scores.append(
                QuietScore(
                    region=quiet.region,
                    side=side,
                    change=change if known else None,
                    unit="mm",
                    interval=Interval(max(0.0, change - half), change + half),
                    flag=flag_of(quiet, change, noise[k]),
                )
            )
        return scores

    def _returned(self, left: Side, right: Side) -> float | None:
        """Share of the movement that was given back within a second, of the side that gave less.

        What lies within a side's own noise counts as back.
        """
        after = self._rested_rows(self.span.end_s, self.span.end_s + BASE_S)
        itself_the_base = bool((after & self.base).any())
        if not self.span.let_go or itself_the_base or int(after.sum()) < LEAST_BASE_FRAMES:
            return None
        stood_mm = np.median(self.wanted_mm[after], axis=0)
        larger_mm = max(abs(left.estimate_mm), abs(right.estimate_mm))
        stayed = [
            float(stood) / larger_mm
            for stood, side in zip(stood_mm, (left, right), strict=True)
            if stood > side.floor_mm
        ]
        return max(0.0, 1.0 - max(stayed, default=0.0))

    def _manner(self, left: Side, right: Side) -> tuple[Manner, ...]:
        assert self.exercise.wanted is not None
        size_mm = max(side.estimate_mm for side in (left, right) if side.moved)
        return manner_of(self.span, size_mm, self.exercise.wanted.target_mm, self.exercise.dose)

    def _wavered_share(self, larger: int) -> float:
        """How far the larger side wavered in the hold, as a share of its movement."""
        size_mm = abs(float(np.median(self.wanted_mm[self.hold], axis=0)[larger]))
        return float(self._wobble_mm()[larger]) / size_mm


def _weaker(left: Side, right: Side) -> SideName | None:
    """The side that moved less, where that is certain: the two intervals do not overlap."""
    if left.interval_mm.high < right.interval_mm.low:
        return "left"
    if right.interval_mm.high < left.interval_mm.low:
        return "right"
    return None


def _why_unknown(
    left: Side, right: Side, ratio: float | None, exercise: Exercise
) -> tuple[str, ...]:
    for name, side in zip(SIDES, (left, right), strict=True):
        if not side.moved:
            return (sentence("one_side_too_small", side=name, mm=f"{side.floor_mm:.1f}"),)
    if ratio is None:
        return (sentence("not_comparable"),)
    if exercise.scoring == "low_confidence":
        return (sentence("low_confidence"),)
    return ()
