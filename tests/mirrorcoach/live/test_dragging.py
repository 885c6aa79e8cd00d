"""A place that is dragged tells where, with the mouse, a finger or the keys."""

from __future__ import annotations

import pygame
import pytest

from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box, Point
from mirrorcoach.live.window import Window

RULER, GO = Box(100, 100, 400, 100), Box(100, 300, 200, 60)


class Ruler:
    """A page with a ruler, a button, and a key without a place."""

    def draw(self, canvas: Canvas, now_s: float) -> None:
        canvas.drag(RULER, "ruler")
        canvas.button(GO, Press("go"), "Go", kind="primary", key="enter")
        canvas.key("7", Press("seven"))

    def heed(self, action: Action) -> Action | None:
        return action


@pytest.fixture
def window() -> Window:
    one = Window(clock=lambda: 0.0)
    one.actions()
    one.draw(Ruler())
    return one


def mouse(window: Window, kind: int, place: Point) -> list[Action]:
    fit = window._canvas.fit
    at = (round(fit.x(place[0])), round(fit.y(place[1])))
    pygame.event.post(pygame.event.Event(kind, pos=at, button=1))
    return window.actions()


def key(window: Window, code: int, unicode: str = "") -> list[Action]:
    event = pygame.event.Event(pygame.KEYDOWN, key=code, unicode=unicode, scancode=0, mod=0)
    pygame.event.post(event)
    return window.actions()


def test_it_tells_where_it_is_pressed_and_while_it_is_held(window: Window) -> None:
    assert mouse(window, pygame.MOUSEMOTION, (200, 150)) == []
    assert mouse(window, pygame.MOUSEBUTTONDOWN, (200, 150)) == [Press("ruler", (0.25, 0.5))]
    assert mouse(window, pygame.MOUSEMOTION, (400, 175)) == [Press("ruler", (0.75, 0.75))]
    assert mouse(window, pygame.MOUSEMOTION, (900, 20)) == [Press("ruler", (1.0, 0.0))]
    assert mouse(window, pygame.MOUSEBUTTONUP, (900, 20)) == []
    assert mouse(window, pygame.MOUSEMOTION, (200, 150)) == []


def test_dragging_over_a_button_does_not_press_it(window: Window) -> None:
    mouse(window, pygame.MOUSEBUTTONDOWN, (200, 150))
    assert mouse(window, pygame.MOUSEMOTION, GO.middle) == [Press("ruler", (0.25, 1.0))]
    assert mouse(window, pygame.MOUSEBUTTONUP, GO.middle) == []


def test_a_button_is_not_dragged(window: Window) -> None:
    mouse(window, pygame.MOUSEBUTTONDOWN, GO.middle)
    assert mouse(window, pygame.MOUSEMOTION, (200, 150)) == []
    assert mouse(window, pygame.MOUSEBUTTONUP, (200, 150)) == []


def test_with_the_focus_on_it_the_arrows_reach_the_page(window: Window) -> None:
    window._canvas.focus = Press("ruler")
    assert key(window, pygame.K_LEFT) == [Key.LEFT]
    assert key(window, pygame.K_RIGHT) == [Key.RIGHT]
    assert key(window, pygame.K_RETURN) == [Press("go")]
    assert key(window, pygame.K_DOWN) == []
    assert window._canvas.focus == Press("go")


def test_a_key_may_have_no_place(window: Window) -> None:
    assert key(window, pygame.K_7, "7") == [Press("seven")]
