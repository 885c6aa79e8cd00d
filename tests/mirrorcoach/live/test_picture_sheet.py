"""Pictures as a mirror shows them, in any size, and forgotten with the page."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pygame
import pytest
from layouts import LAYOUTS, Layout
from numpy.typing import NDArray

from mirrorcoach.live.picture_sheet import Reflected
from mirrorcoach.live.shapes import Box


def picture(wide: int = 72, high: int = 90) -> NDArray[np.uint8]:
    """Dark where the person's right side is, light where the left one is."""
    image = np.full((high, wide, 3), 40, dtype=np.uint8)
    image[:, wide // 2 :] = 220
    return image


@pytest.mark.parametrize("size", [(36, 45), (72, 90), (400, 500), (401, 499), (60, 200), (200, 60)])
def test_it_fills_every_size_mirrored(size: tuple[int, int]) -> None:
    shown = Reflected(picture()).of(size)
    assert shown.shape == (size[1], size[0], 3)
    assert shown[:, : size[0] // 2 - 6].min() > 210, "the person's left is on the left"
    assert shown[:, size[0] // 2 + 6 :].max() < 50


def test_another_size_is_made_anew() -> None:
    reflected = Reflected(picture())
    assert reflected.of((36, 45)).shape == (45, 36, 3)
    assert reflected.of((72, 90)).shape == (90, 72, 3)


@pytest.mark.parametrize("layout", [LAYOUTS[0], Layout((2560, 1440), "dark", 100, "en")], ids=str)
def test_nothing_of_a_face_is_left_behind_in_the_window(layout: Layout) -> None:
    canvas, image = layout.canvas(), picture()
    canvas.begin(pygame.Surface(layout.size))
    reflected = Reflected(image)
    reflected.draw(canvas, Box(40, 40, 300, 300))
    centre = tuple(round(190 * layout.size[0] / 1280) for _ in range(2))
    assert canvas.target.get_at((centre[0] - 40, centre[1]))[:3] == (220, 220, 220)
    assert reflected._glass is not None
    seen = weakref.ref(reflected), weakref.ref(reflected._glass[1])
    del reflected
    gc.collect()
    assert [one() for one in seen] == [None, None]
