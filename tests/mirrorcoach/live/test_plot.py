"""Lines are drawn where they are known, and never across a gap."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.plot import DASH, GAP, Plot
from mirrorcoach.live.shapes import Box

INK = (10, 20, 200)
BOX = Box(100, 100, 600, 200)


def inked(line: list[tuple[float, float]], dashes_from: float | None = None) -> np.ndarray:
    """Which pixels of the row y = 200 a line covers, by x."""
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    canvas.begin(target)
    Plot(canvas, BOX).line(np.array(line), 4.0, INK, dashes_from)
    return np.array([target.get_at((x, 200))[:3] == INK for x in range(1280)])


def test_a_line_is_broken_where_it_is_not_known() -> None:
    row = inked([(150, 200), (300, 200), (310, np.nan), (400, 200), (500, 200)])
    assert row[155:298].all()
    assert not row[304:396].any()
    assert row[404:498].all()


def test_nothing_is_drawn_beyond_the_box() -> None:
    row = inked([(0, 200), (1200, 200)])
    assert row[102:698].all()
    assert not row[:100].any() and not row[700:].any()


@pytest.mark.parametrize("before", [0.0, 5.0, 30.0])
def test_dashes_stay_with_the_line_when_its_beginning_is_gone(before: float) -> None:
    whole = inked([(150, 200), (650, 200)], 0.0)
    rest = inked([(150 + before, 200), (650, 200)], before)
    covered = slice(round(160 + before), 640)
    assert (whole[covered] == rest[covered]).mean() > 0.97
    assert 0.3 < whole[160:640].mean() < 1.0
    assert DASH > GAP


def test_nothing_known_draws_nothing() -> None:
    assert not inked([(150, np.nan), (300, np.nan)]).any()
