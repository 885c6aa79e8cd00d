"""Small signs."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from mirrorcoach.live.icons import GRID, LINES, Icon, lay
from mirrorcoach.live.shapes import Box, Fit, Painting
from mirrorcoach.live.theme import LIGHT, THEMES, Colour, Theme

NAMES: tuple[Icon, ...] = get_args(Icon)


def opacity(name: Icon, size: float = 26, ink: Colour = LIGHT.ink) -> NDArray[np.float64]:
    on = Painting(Fit(1280, 720), Box(0, 0, 40, 40))
    lay(on, name, (20, 20), size, ink)
    return pygame.surfarray.array_alpha(on.sprite().surface).T / 255


def test_every_name_has_its_lines_and_no_lines_lack_a_name() -> None:
    assert set(LINES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_sign_lies_within_its_grid_about_its_middle(name: Icon) -> None:
    drawn = opacity(name, GRID)
    rows, columns = np.nonzero(drawn > 0.05)
    assert rows.min() >= 8 and columns.min() >= 8
    assert rows.max() < 32 and columns.max() < 32
    assert max(np.ptp(rows), np.ptp(columns)) >= 12
    assert abs((columns.min() + columns.max() + 1) / 2 - 20) <= 2.5
    assert abs((rows.min() + rows.max() + 1) / 2 - 20) <= 2.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_a_sign_has_the_colour_it_is_given(name: Icon, theme: Theme) -> None:
    on = Painting(Fit(1280, 720), Box(0, 0, 40, 40))
    lay(on, name, (20, 20), 30, theme.ink)
    surface = on.sprite().surface
    strong = pygame.surfarray.array_alpha(surface) > 200
    assert strong.sum() > 10
    shown = pygame.surfarray.array3d(surface)[strong].astype(int)
    assert abs(shown - theme.ink).max() <= 1


def test_no_two_signs_look_alike() -> None:
    drawn = {name: opacity(name) for name in NAMES}
    for one, other in combinations(NAMES, 2):
        assert abs(drawn[one] - drawn[other]).sum() > 20, (one, other)


def test_a_larger_sign_is_the_same_sign() -> None:
    small, large = opacity("heart", 15), opacity("heart", 30)
    assert large.sum() == pytest.approx(4 * small.sum(), rel=0.1)
