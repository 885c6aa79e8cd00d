"""The last repetition is found and shown slowly."""

from __future__ import annotations

import pytest
from therapist_moments import REST, SMILE, picture, signals, smile

from mirrorcoach.live.recent import Recent
from mirrorcoach.live.replay import SPEED, Replay, last_repetition, reached_mm
from mirrorcoach.live.trace import Trace, measure_for


def trace(length_s: float = 9.0) -> Trace:
    excerpt = signals(smile(length_s=length_s)).between(-1.0, 99.0)
    return Trace.of(excerpt, measure_for("mouth_corner", SMILE), REST, SMILE)


def test_a_repetition_that_was_let_go_is_found() -> None:
    span = last_repetition(trace())
    assert span is not None
    assert 1.7 < span.start_s < 2.3
    assert 5.7 < span.end_s < 6.3


def test_one_that_is_still_going_on_is_not() -> None:
    assert last_repetition(trace(4.0)) is None
    assert last_repetition(trace(0.5)) is None


def test_the_hold_tells_how_far_both_sides_came() -> None:
    found = trace()
    span = last_repetition(found)
    assert span is not None
    assert reached_mm(found, span) == pytest.approx((8.0, 4.0), abs=0.15)


def test_it_is_shown_slowly_with_rest_around_it() -> None:
    recent = Recent()
    for one in smile():
        recent.see(picture(64, 48), one)
    span = last_repetition(trace())
    assert span is not None
    replay = Replay.of(recent, span)
    assert replay.time_s(100.0) == replay.start_s < span.start_s
    assert replay.time_s(104.0) == pytest.approx(replay.start_s + 4.0 * SPEED)
    assert not replay.over(104.0)
    shown = replay.shown(108.0)
    assert shown is not None
    assert shown.time_s == pytest.approx(replay.start_s + 8.0 * SPEED, abs=0.02)
    assert replay.over(100.0 + (replay.end_s - replay.start_s) / SPEED + 0.1)
    replay.again()
    assert replay.time_s(500.0) == replay.start_s


def test_it_never_leaves_what_is_remembered() -> None:
    recent = Recent()
    for one in smile(length_s=2.0):
        recent.see(picture(64, 48), one)
    replay = Replay(recent, -5.0, 50.0)
    assert (replay.start_s, replay.end_s) == (recent.first_s, recent.last_s)
    assert Replay(Recent(), 0.0, 1.0).shown(0.0) is None
