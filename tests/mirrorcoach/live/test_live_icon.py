"""The sign of the program."""

from __future__ import annotations

import pygame
import pytest

from mirrorcoach.live.icon import icon
from mirrorcoach.live.theme import LIGHT
from mirrorcoach.live.window import ICON_SIZE, Window


@pytest.mark.parametrize("size", [32, 64, 128])
def test_each_side_has_its_colour_and_the_mirror_is_between(size: int) -> None:
    sign = icon(size)
    assert sign.get_size() == (size, size)
    assert sign.get_at((0, 0)).a == 0
    middle = [sign.get_at((x, size // 2)) for x in range(size)]
    shown = [tuple(colour)[:3] for colour in middle]
    assert shown.index(LIGHT.left) < shown.index(LIGHT.soft) < shown.index(LIGHT.right)
    assert all(colour.a == 255 for colour in middle[1:-1])


def test_the_window_carries_it(monkeypatch: pytest.MonkeyPatch) -> None:
    carried: list[pygame.Surface] = []
    plain = pygame.Window

    class Spied(plain):  # type: ignore[misc,valid-type]
        def set_icon(self, surface: pygame.Surface) -> None:
            carried.append(surface)
            super().set_icon(surface)

    monkeypatch.setattr(pygame, "Window", Spied)
    with Window():
        (sign,) = carried
    assert pygame.image.tobytes(sign, "RGBA") == pygame.image.tobytes(icon(ICON_SIZE), "RGBA")
