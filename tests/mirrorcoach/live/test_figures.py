"""Numbers of a moment are near the truth within what they say, or say why there are none."""

from __future__ import annotations

from typing import Any

import pytest
from therapist_moments import REST, SMILE, bump, readings, signals, smile

from landmarks.pose import HeadPose
from landmarks.problems import PROBLEMS, Problem
from landmarks.rest import Rest
from mirrorcoach.live.figures import Figures
from mirrorcoach.live.trace import Trace, measure_for


def at(time_s: float, made: Any, rest: Rest | None = REST) -> Figures:
    excerpt = signals(made).between(-1.0, 99.0)
    trace = Trace.of(excerpt, measure_for("mouth_corner", SMILE), rest, SMILE)
    return Figures.at(trace, time_s, rest, SMILE)


def test_a_hold_is_told_within_its_interval() -> None:
    found = at(4.0, smile(eyes=lambda t: (0.96, 0.61)))
    moved = found.moved_mm
    assert moved.left is not None and moved.right is not None and moved.off is not None
    assert moved.left == pytest.approx(8.0, abs=moved.off)
    assert moved.right == pytest.approx(4.0, abs=moved.off)
    assert 0.1 < moved.off < 2.0
    assert (found.opening.left, found.opening.right) == (0.96, 0.61)
    assert found.share is not None
    assert found.share.side == "right"
    assert found.share.share == pytest.approx(0.5, abs=found.share.off)
    assert found.share_why is None


def test_the_side_that_moves_less_may_be_the_left_one() -> None:
    course = bump(2.0)
    found = at(4.0, readings(lambda t: 3 * course(t), lambda t: 6 * course(t)))
    assert found.share is not None
    assert found.share.side == "left"


@pytest.mark.parametrize("late_s", [0.0, 0.18, 0.4])
def test_a_side_that_sets_off_later_is_told_by_how_much(late_s: float) -> None:
    left, right = bump(2.0), bump(2.0 + late_s, 1.0, 2.0 - late_s, 1.0)
    found = at(4.0, readings(lambda t: 8 * left(t), lambda t: 6 * right(t))).later_s
    assert found.left is not None and found.right is not None and found.off is not None
    assert min(found.left, found.right) == 0.0
    assert found.right - found.left == pytest.approx(late_s, abs=max(found.off, 0.03))
    assert found.off < 0.15


def test_between_movements_nobody_sets_off() -> None:
    found = at(7.5, smile())
    assert found.later_s.why == "between"
    assert found.share_why == "still"
    assert found.moved_mm.left is None
    assert found.below_mm == pytest.approx((0.5, 0.5))


def test_one_still_side_is_below_its_floor_and_not_compared() -> None:
    course = bump(2.0)
    found = at(4.0, readings(lambda t: 8 * course(t), lambda t: 0.1 * course(t)))
    assert found.moved_mm.left == pytest.approx(8.0, abs=0.5)
    assert found.moved_mm.right is None
    assert found.below_mm == (None, pytest.approx(0.5))
    assert (found.share, found.share_why) == (None, "unsure")
    assert found.later_s.why == "unsure"


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_is_the_reason(problem: Problem) -> None:
    found = at(4.0, smile(problem=lambda t: problem if t > 3.5 else None))
    for pair in (found.moved_mm, found.opening, found.later_s):
        assert (pair.left, pair.right, pair.why) == (None, None, problem)
    assert found.share_why == problem


def test_a_hidden_side_is_told() -> None:
    found = at(4.0, smile(hidden=lambda t: 3.9 < t < 4.1))
    assert found.moved_mm.why == "hidden"
    assert found.share_why == "hidden"
    assert found.opening.left == 1.0


@pytest.mark.parametrize("pose", [HeadPose(13.0, 0.0, 0.0), HeadPose(0.0, 14.0, 0.0)])
def test_a_head_that_has_turned_gives_no_millimetres(pose: HeadPose) -> None:
    found = at(4.0, smile(pose=pose))
    assert found.moved_mm.why == "turned"
    assert found.share_why == "turned"


def test_before_rest_nothing_is_told() -> None:
    assert at(4.0, smile(), rest=None).share_why == "no_rest"
    assert at(4.0, []).share_why == "no_rest"
