"""The picture of the room."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from mirrorcoach.live.room import CHANGES_A_DAY, Room, daylight
from mirrorcoach.live.theme import HIGH_CONTRAST, LIGHT, THEMES, Theme


def seen(surface: pygame.Surface) -> NDArray[np.int64]:
    return pygame.surfarray.array3d(surface).astype(int)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("size", [(260, 320), (310, 280), (100, 300), (400, 90)])
@pytest.mark.parametrize("hour", [0.0, 6.0, 12.5, 19.9, 24.0])
def test_it_fills_its_box_but_for_the_corners(
    theme: Theme, size: tuple[int, int], hour: float
) -> None:
    drawn = Room(theme).surface(size, hour, scale=0.5)
    opacity = pygame.surfarray.array_alpha(drawn)
    assert drawn.get_size() == size
    assert opacity[0, 0] == opacity[-1, 0] == opacity[0, -1] == opacity[-1, -1] == 0
    radius = 18
    assert (opacity[radius:-radius] == 255).all()
    assert (opacity[:, radius:-radius] == 255).all()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_light_moves_with_the_day(theme: Theme) -> None:
    room = Room(theme)
    morning, noon, night = (seen(room.surface((260, 280), hour)) for hour in (8, 13, 23))
    assert abs(morning - noon).max() > 20
    assert abs(noon - night).max() > 20


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_light_never_jumps(theme: Theme) -> None:
    """No more than a fifth of the brightness changes from one picture to the next, or at once."""
    room = Room(theme)
    pictures = [
        seen(room.surface((130, 140), 24 * quarter / CHANGES_A_DAY))
        for quarter in range(CHANGES_A_DAY + 1)
    ]
    means = [picture.mean() for picture in pictures]
    assert max(abs(a - b) for a, b in pairwise(means)) < 6
    assert max(means) - min(means) < 0.2 * 255


def test_a_picture_is_made_once_in_a_quarter_of_an_hour() -> None:
    room = Room(LIGHT)
    once = room.surface((130, 140), 10.0)
    assert room.surface((130, 140), 10.1) is once
    assert room.surface((130, 140), 10.25) is not once
    assert room.surface((140, 140), 10.0) is not once


def test_high_contrast_has_lines_only() -> None:
    drawn = seen(Room(HIGH_CONTRAST).surface((520, 640), 13))
    dark = (drawn.max(axis=2) < 16).mean()
    assert 0.9 < dark < 0.99


def test_the_sun_is_highest_in_the_middle_of_the_day_and_gone_at_night() -> None:
    assert daylight(13) == pytest.approx(1)
    assert daylight(3) == daylight(22) == 0
    assert daylight(7) < daylight(10) < daylight(13) > daylight(17)
