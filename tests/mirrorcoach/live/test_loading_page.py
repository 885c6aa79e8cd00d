"""Waiting breathes, unless nothing is to move by itself."""

from __future__ import annotations

import pygame
import pytest
from layouts import LAYOUTS, Draw, Layout

from mirrorcoach.live.loading_page import BREATH_S, LoadingPage

TEXT = "One moment, please. This takes a little longer the first time."


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_what_is_waited_for_is_readable(layout: Layout, drawn: Draw) -> None:
    frame = drawn(LoadingPage(TEXT), layout)
    frame.check()
    assert frame.said == TEXT
    assert not frame.canvas.touches


def test_the_disc_has_an_edge_where_colours_are_few() -> None:
    layout = Layout((1280, 720), "high_contrast", 100, "en")
    canvas, target = layout.canvas(), pygame.Surface(layout.size)
    for now_s in (0.0, 5.0):
        canvas.begin(target)
        LoadingPage(TEXT).draw(canvas, now_s)
    across = [tuple(target.get_at((x, 260)))[:3] for x in range(1280)]
    assert across.count(canvas.theme.line) >= 2


@pytest.mark.parametrize(("less_motion", "moves"), [(False, True), (True, False)])
def test_the_disc_breathes_unless_nothing_is_to_move(less_motion: bool, moves: bool) -> None:
    canvas = LAYOUTS[0].canvas(less_motion)
    target = pygame.Surface(LAYOUTS[0].size)
    seen = []
    for now_s in (0.0, BREATH_S / 2):
        canvas.begin(target)
        LoadingPage(TEXT).draw(canvas, now_s)
        seen.append(pygame.image.tobytes(target, "RGB"))
    assert (seen[0] != seen[1]) is moves
