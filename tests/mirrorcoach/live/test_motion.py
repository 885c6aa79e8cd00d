"""How things move: gently, and never by themselves where less motion is wanted."""

from __future__ import annotations

import math

import pytest

from mirrorcoach.live.motion import Fade, LowPass, minimum_jerk, sine


def test_movements_begin_and_end_gently() -> None:
    for curve in (minimum_jerk, sine):
        assert (curve(-1), curve(0), curve(0.5), curve(1), curve(2)) == pytest.approx(
            (0, 0, 0.5, 1, 1)
        )
        assert curve(0.01) < 0.001
        assert curve(0.99) > 0.999


def test_a_low_pass_takes_the_first_number_as_it_is() -> None:
    smooth = LowPass(0.12)
    assert smooth.follow(3.0, 10.0) == 3.0
    assert smooth.follow(4.0, 10.12) == pytest.approx(3 + (1 - math.exp(-1)))
    assert smooth.follow(4.0, 99.0) == pytest.approx(4.0)
    assert smooth.follow(9.0, 98.0) == pytest.approx(4.0)  # time never runs backwards


def test_a_fade_stays_its_least_time() -> None:
    fade = Fade(0.4, 0.6, least_s=1.2)
    assert fade.follow(True, 0.0) == 0
    assert fade.follow(True, 0.2) == pytest.approx(0.5)
    assert fade.follow(False, 0.6) == 1
    assert fade.follow(False, 1.1) == 1
    assert 0 < fade.follow(False, 1.5) < 1
    assert fade.follow(False, 3.0) == 0


def test_with_less_motion_a_fade_comes_and_goes_at_once_but_stays_its_least_time() -> None:
    fade = Fade(0.4, 0.6, least_s=1.2)
    assert fade.follow(False, 0.0, at_once=True) == 0
    assert fade.follow(True, 0.1, at_once=True) == 1
    assert fade.follow(False, 0.2, at_once=True) == 1
    assert fade.follow(False, 1.4, at_once=True) == 0
