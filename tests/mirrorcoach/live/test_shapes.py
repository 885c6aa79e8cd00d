"""Shapes: smooth, at their place, and as large as asked, at every size of the window."""

from __future__ import annotations

import math

import numpy as np
import pygame
import pytest

from mirrorcoach.live.shapes import (
    Box,
    Fill,
    Fit,
    Painting,
    Ripple,
    Tube,
    around,
    disc,
    mirrored,
    rounded,
    stroke,
)
from mirrorcoach.live.theme import DARK, LIGHT


def opacity(painting: Painting) -> np.ndarray:
    return pygame.surfarray.array_alpha(painting.sprite().surface) / 255


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (800, 600), (3840, 2160)])
def test_shapes_have_their_area_at_every_size(size: tuple[int, int]) -> None:
    fit = Fit(*size)
    for box, shape, area in (
        (Box(90.3, 90.7, 60, 60), "disc", math.pi * 20**2),
        (Box(90, 90, 100, 60), "rounded", 90 * 50 - (4 - math.pi) * 12**2),
        (Box(90, 90, 100, 60), "stroke", 50 * 8 + math.pi * 4**2),
    ):
        on = Painting(fit, box)
        distance = {
            "disc": lambda on=on, box=box: disc(on.x, on.y, box.middle, 20),
            "rounded": lambda on=on, box=box: rounded(on.x, on.y, box.grown(-5), 12),
            "stroke": lambda on=on: stroke(on.x, on.y, [(110, 120), (160, 120)], 8),
        }[shape]()
        on.lay(distance, (1, 2, 3))
        assert opacity(on).sum() / fit.scale**2 == pytest.approx(area, rel=0.01)


def test_edges_are_one_pixel_soft_and_keep_their_colour() -> None:
    on = Painting(Fit(1280, 720), Box(0, 0, 80, 80))
    on.lay(disc(on.x, on.y, (40, 40), 30), (200, 100, 50))
    surface = on.sprite().surface
    alpha = pygame.surfarray.array_alpha(surface)
    partly = (alpha > 0) & (alpha < 255)
    assert 100 < partly.sum() < 400
    colours = pygame.surfarray.array3d(surface)[alpha > 0]
    assert (abs(colours.astype(int) - (200, 100, 50)) <= 1).all()


@pytest.mark.parametrize(
    "size, canvas, scale",
    [
        ((1280, 720), (1280, 720), 1),
        ((2560, 1080), (1280, 720), 1.5),
        ((1920, 1200), (1280, 720), 1.5),
        ((800, 600), (800, 600), 1),
        ((1000, 1000), (800, 600), 1.25),
    ],
)
def test_a_window_of_another_shape_keeps_proportions(
    size: tuple[int, int], canvas: tuple[int, int], scale: float
) -> None:
    fit = Fit(*size)
    assert (fit.width, fit.height) == canvas
    assert fit.scale == pytest.approx(scale)
    assert (fit.x(canvas[0] / 2), fit.y(canvas[1] / 2)) == (size[0] / 2, size[1] / 2)
    assert fit.back(fit.x(123), fit.y(456)) == pytest.approx((123, 456))


def path() -> list[tuple[float, float]]:
    return around(Box(354, 44, 572, 610), 268, 38, 128)


def test_the_sides_of_the_mirror_rise_all_along() -> None:
    ys = [y for _, y in path()]
    assert ys == sorted(ys, reverse=True)
    assert [x for x, _ in mirrored(path(), 640)] == [1280 - x for x, _ in path()]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_a_tube_fills_along_its_length(share: float) -> None:
    fit, target = Fit(1280, 720), pygame.Surface((1280, 720))
    target.fill(LIGHT.bg)
    tube = Tube(fit, path(), 16, LIGHT.sunk)
    tube.draw(target, [Fill(share, 16, LIGHT.left)])
    pixels = pygame.surfarray.array2d(target)
    full = (pixels == target.map_rgb(LIGHT.left)).sum()
    empty = (pixels == target.map_rgb(LIGHT.sunk)).sum()
    assert full / (full + empty) == pytest.approx(share, abs=0.03)


def test_a_tube_fills_from_both_ends_and_stays_empty_between() -> None:
    fit, target = Fit(1280, 720), pygame.Surface((1280, 720))
    tube = Tube(fit, path(), 16, LIGHT.sunk)
    tube.draw(target, [Fill(0.3, 16, LIGHT.left), Fill(0.2, 16, LIGHT.right, from_end=True)])

    def seen(share: float) -> tuple[int, ...]:
        x, y = tube.at(share)
        return tuple(target.get_at((round(x), round(y))))[:3]

    assert [seen(one) for one in (0.05, 0.25)] == [LIGHT.left] * 2
    assert [seen(one) for one in (0.35, 0.75)] == [LIGHT.sunk] * 2
    assert [seen(one) for one in (0.85, 0.95)] == [LIGHT.right] * 2


def test_an_empty_tube_has_its_border_and_a_full_one_has_none() -> None:
    fit, target = Fit(1280, 720), pygame.Surface((1280, 720))
    tube = Tube(fit, path(), 16, DARK.sunk, border=(3, DARK.edge))
    edge = target.map_rgb(DARK.edge)
    for share, seen in ((0.0, True), (1.0, False)):
        target.fill(DARK.bg)
        tube.draw(target, [Fill(share, 16, DARK.left)])
        assert (pygame.surfarray.array2d(target) == edge).any() == seen


def test_a_ripple_is_as_wide_as_asked() -> None:
    fit, target = Fit(1280, 720), pygame.Surface((1280, 720))
    ripple = Ripple(fit, Box(500, 200, 300, 300), lambda x, y: disc(x, y, (650, 350), 0), 0, 140)
    for radius in (40.0, 90.0, 130.0):
        ripple.draw(target, LIGHT.bg, [(-10, radius, LIGHT.soft)])
        inside = (pygame.surfarray.array2d(target) == target.map_rgb(LIGHT.soft)).sum()
        assert inside == pytest.approx(math.pi * radius**2, rel=0.05)
