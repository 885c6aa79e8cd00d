"""Shapes, type and motion."""

from __future__ import annotations

import math

import numpy as np
import pygame
import pytest

from mirrorcoach.live.motion import Fade, LowPass, minimum_jerk, sine
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
from mirrorcoach.live.theme import BODY, CUE, LABEL, LIGHT, WHITE, Colour, Type, mix


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


def test_a_window_of_another_shape_keeps_proportions() -> None:
    fit = Fit(1000, 1000)
    assert fit.scale == pytest.approx(1000 / 1280)
    assert (fit.x(640), fit.y(360)) == (500, 500)
    assert fit.back(fit.x(123), fit.y(456)) == pytest.approx((123, 456))


def path() -> list[tuple[float, float]]:
    return around(Box(354, 44, 572, 610), 268, 38, 128)


def test_the_sides_of_the_mirror_rise_all_along() -> None:
    ys = [y for _, y in path()]
    assert ys == sorted(ys, reverse=True)
    assert [x for x, _ in mirrored(path())] == [1280 - x for x, _ in path()]


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


def test_a_ripple_is_as_wide_as_asked() -> None:
    fit, target = Fit(1280, 720), pygame.Surface((1280, 720))
    ripple = Ripple(fit, Box(500, 200, 300, 300), lambda x, y: disc(x, y, (650, 350), 0), 0, 140)
    for radius in (40.0, 90.0, 130.0):
        ripple.draw(target, LIGHT.bg, [(-10, radius, LIGHT.soft)])
        inside = (pygame.surfarray.array2d(target) == target.map_rgb(LIGHT.soft)).sum()
        assert inside == pytest.approx(math.pi * radius**2, rel=0.05)


# -- type -------------------------------------------------------------------------------------


def test_letters_of_both_font_files_are_drawn_in_one_line() -> None:
    kind = Type(1.0)
    plain, accents = "Lacz oczy", "Łącz oczy"
    assert kind.width(accents, BODY) == pytest.approx(kind.width(plain, BODY), rel=0.15)
    surface = kind.surface(accents, BODY, LIGHT.ink)
    assert surface.get_bounding_rect(min_alpha=100).w > 60
    assert kind.surface(accents, BODY, LIGHT.ink) is surface


def test_text_grows_with_the_window() -> None:
    widths = [Type(scale).width("Let your face go soft.", CUE) for scale in (0.625, 1, 1.5, 3)]
    assert widths == pytest.approx([widths[1]] * 4, rel=0.02)


def test_wrapped_lines_fit_and_say_everything() -> None:
    kind = Type(1.0)
    text = "The right eye was closing along with the smile, and a smaller one lets it stay open."
    for room in (150.0, 300.0, 394.0, 2000.0):
        lines = kind.wrap(text, LABEL, room)
        assert " ".join(lines) == text
        assert all(kind.width(line, LABEL) <= room for line in lines)
    assert kind.wrap("", LABEL, 100) == []


def test_memory_of_texts_is_bounded() -> None:
    kind = Type(0.5)
    for number in range(2 * Type.MOST_REMEMBERED + 5):
        kind.surface(str(number), LABEL, LIGHT.ink)
    assert len(kind._drawn) <= Type.MOST_REMEMBERED


def contrast(one: Colour, other: Colour) -> float:
    def light(colour: Colour) -> float:
        parts = [c / 255 for c in colour]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_can_be_read_and_marks_be_seen() -> None:
    for ground in (LIGHT.bg, LIGHT.surface):
        for text in (LIGHT.ink, LIGHT.ink2, LIGHT.left, LIGHT.right):
            assert contrast(text, ground) >= 4.5
        for mark in (LIGHT.edge, LIGHT.breath, LIGHT.primary):
            assert contrast(mark, ground) >= 3
    for share in (0.0, 0.06):  # also while pointed at
        assert contrast(LIGHT.on_primary, mix(LIGHT.primary, LIGHT.on_primary, share)) >= 4.5
    assert contrast(LIGHT.quiet, WHITE) >= 4.5


# -- motion -----------------------------------------------------------------------------------


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
