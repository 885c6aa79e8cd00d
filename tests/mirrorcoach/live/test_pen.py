"""Areas and lines that are drawn larger and averaged."""

from __future__ import annotations

import math

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from mirrorcoach.live.pen import COARSEST, FINE_PX, Pen, bridged, curve, half_curve, oval

RED, BLUE = (200, 40, 30), (20, 60, 210)


def alpha(pen: Pen) -> NDArray[np.float64]:
    return pygame.surfarray.array_alpha(pen.surface()).T / 255


def sheet(size: tuple[int, int] = (80, 60)) -> Pen:
    return Pen(size, (size[0] / 2, size[1] / 2), 2.0)


def test_an_area_has_its_size_its_place_and_soft_edges_of_its_colour() -> None:
    pen = sheet()
    pen.area(oval((3, 1), 10, 8), RED)
    opacity = alpha(pen)
    assert opacity.sum() == pytest.approx(math.pi * 20 * 16, rel=0.02)
    rows, columns = np.indices(opacity.shape) + 0.5
    assert (columns * opacity).sum() / opacity.sum() == pytest.approx(46, abs=0.1)
    assert (rows * opacity).sum() / opacity.sum() == pytest.approx(32, abs=0.1)
    surface = pen.surface()
    seen = pygame.surfarray.array3d(surface)[pygame.surfarray.array_alpha(surface) > 30]
    assert abs(seen.astype(int) - RED).max() <= 8


def test_a_line_swells_and_tapers_and_ends_round() -> None:
    pen = sheet()
    pen.line(np.stack([np.linspace(-15, 15, 31), np.zeros(31)], axis=1), (0, 6, 0), RED)
    thickness = alpha(pen).sum(axis=0)
    assert thickness[40] == pytest.approx(12, abs=0.7)
    assert thickness[25] == pytest.approx(6, abs=0.7)
    even = sheet()
    even.line(np.array([(-10.0, 0.0), (10.0, 0.0)]), 4, RED)
    assert alpha(even).sum() == pytest.approx(40 * 8 + math.pi * 16, rel=0.03)


def test_nothing_is_drawn_outside_an_outline_and_everything_after_it() -> None:
    pen = sheet()
    with pen.inside(oval((0, 0), 6, 6)):
        pen.area(oval((0, 0), 30, 30), RED)
    assert alpha(pen).sum() == pytest.approx(math.pi * 144, rel=0.02)
    pen.area(oval((15, 0), 3, 3), BLUE)
    assert pen.surface().get_at((70, 30)) == (*BLUE, 255)


def test_half_opacity_shows_what_lies_beneath() -> None:
    pen = sheet()
    pen.area(oval((0, 0), 12, 12), RED)
    pen.area(oval((0, 0), 12, 12), BLUE, 0.5)
    middle = pen.surface().get_at((40, 30))
    assert middle.a == 255
    assert tuple(middle)[:3] == pytest.approx((110, 50, 120), abs=2)


def test_a_glow_fades_and_only_lies_on_what_is_there() -> None:
    pen = sheet()
    pen.area(np.array([(-20.0, -15.0), (0.0, -15.0), (0.0, 15.0), (-20.0, 15.0)]), RED)
    pen.glow((-8, 0), 8, 8, BLUE, 1.0)
    surface = pen.surface()
    blue = [surface.get_at((x, 30)).b for x in (24, 30, 36, 39)]
    assert blue == sorted(blue, reverse=True) and blue[0] > 190
    assert alpha(pen)[:, 41:].max() == 0


def test_what_reaches_beyond_the_sheet_is_cut_off() -> None:
    pen = sheet()
    pen.area(oval((0, 0), 500, 500), RED)
    pen.area(oval((900, 0), 5, 5), BLUE)
    pen.line(np.array([(-300.0, -200.0), (-100.0, -300.0)]), 3, BLUE)
    assert (alpha(pen) == 1).all()
    assert pen.surface().get_at((79, 30)) == (*RED, 255)


def test_another_drawing_has_its_own_place_and_units() -> None:
    pen = sheet()
    with pen.at((10, 5), 0.5):
        pen.area(oval((4, 0), 4, 4), RED)
    rows, columns = np.nonzero(alpha(pen) > 0.5)
    assert (columns.mean(), rows.mean()) == pytest.approx((63.5, 39.5), abs=0.3)
    assert len(rows) == pytest.approx(math.pi * 16, rel=0.1)


def test_a_large_picture_is_drawn_as_the_small_one() -> None:
    side = math.isqrt(FINE_PX) // COARSEST + 10
    small, large = (
        Pen((100, 100), (50, 50), 1.0),
        Pen((side, side), (side / 2, side / 2), side / 100),
    )
    for pen in (small, large):
        pen.area(oval((5, 0), 30, 20), RED)
    assert alpha(large).mean() == pytest.approx(alpha(small).mean(), rel=0.01)


def test_curves_go_through_their_points_and_smoothly_over_the_midline() -> None:
    points = [(30.0, 0.0), (20.0, 9.0), (0.0, 12.0)]
    path = curve(points, steps=8)
    assert path[::8] == pytest.approx(np.array(points))
    whole = bridged(half_curve(points))
    assert whole[::8][:3] == pytest.approx(np.array(points))
    top = whole[len(whole) // 2 - 1 : len(whole) // 2 + 2]
    assert top[0, 1] == pytest.approx(top[2, 1]) and abs(top[1, 1] - top[0, 1]) < 0.1
