"""The window itself: opening, keys, mouse and focus, other sizes and looks, saving."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from mirrorcoach.errors import InputError
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Action, Go, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box, Point
from mirrorcoach.live.theme import DARK, Look
from mirrorcoach.live.window import Window

START, MOVEMENTS, SETTINGS = Go("practice"), Go("movements"), Go("settings")
PLACES = {
    START: Box(100, 100, 200, 60),
    MOVEMENTS: Box(100, 200, 200, 60),
    SETTINGS: Box(400, 200, 200, 60),
}


class Doors:
    """A page with three buttons; the primary one is drawn last."""

    def __init__(self, wants_text: bool = False) -> None:
        self.wants_text = wants_text

    def draw(self, canvas: Canvas, now_s: float) -> None:
        canvas.button(PLACES[MOVEMENTS], MOVEMENTS, "Movements", key="m", hint="M")
        canvas.button(PLACES[SETTINGS], SETTINGS, "Settings", key="1")
        canvas.button(PLACES[START], START, "Start", kind="primary", key="enter")

    def heed(self, action: Action) -> Action | None:
        return action


def press(key: int, unicode: str = "", scancode: int = 0, mod: int = 0) -> None:
    event = pygame.event.Event(pygame.KEYDOWN, key=key, unicode=unicode, scancode=scancode, mod=mod)
    pygame.event.post(event)


def mouse(window: Window, kind: int, place: Point) -> None:
    fit = window._canvas.fit
    at = (int(fit.x(place[0])), int(fit.y(place[1])))
    pygame.event.post(pygame.event.Event(kind, pos=at, button=1))


def click(window: Window, down: Point, up: Point | None = None) -> None:
    mouse(window, pygame.MOUSEBUTTONDOWN, down)
    mouse(window, pygame.MOUSEBUTTONUP, up or down)


@pytest.fixture
def window() -> Window:
    one = Window(clock=lambda: 0.0)
    one.actions()
    one.draw(Doors())
    return one


@pytest.mark.parametrize(
    "key, unicode, expected",
    [
        (pygame.K_SPACE, " ", [Key.SPACE]),
        (pygame.K_ESCAPE, "", [Key.BACK]),
        (pygame.K_RETURN, "", [START]),
        (pygame.K_KP_ENTER, "", [START]),
        (pygame.K_m, "m", [MOVEMENTS]),
        (pygame.K_v, "v", [Key.VIEW]),
        (pygame.K_PLUS, "+", [Key.LARGER]),
        (pygame.K_EQUALS, "+", [Key.LARGER]),
        (pygame.K_MINUS, "-", [Key.SMALLER]),
        (pygame.K_KP1, "1", [SETTINGS]),
        (pygame.K_F1, "", [Key.SAFETY]),
        (pygame.K_x, "x", []),
    ],
)
def test_a_key_means_its_button_or_what_it_means_everywhere(
    window: Window, key: int, unicode: str, expected: list[Action]
) -> None:
    press(key, unicode)
    assert window.actions() == expected
    assert window.actions() == []


def test_digits_need_no_second_key_on_a_french_keyboard(window: Window) -> None:
    press(pygame.K_AMPERSAND, "&", pygame.KSCAN_1)
    assert window.actions() == [SETTINGS]


@pytest.mark.parametrize("kind", [pygame.QUIT, pygame.WINDOWCLOSE])
def test_closing_the_window_quits(window: Window, kind: int) -> None:
    pygame.event.post(pygame.event.Event(kind))
    assert window.actions() == [Key.QUIT]


def test_tab_goes_to_the_primary_button_first_and_then_in_reading_order(window: Window) -> None:
    went = []
    for _ in range(4):
        press(pygame.K_TAB)
        window.actions()
        went.append(window._canvas.focus)
    assert went == [START, MOVEMENTS, SETTINGS, START]
    press(pygame.K_TAB, mod=pygame.KMOD_SHIFT)
    window.actions()
    assert window._canvas.focus == SETTINGS
    press(pygame.K_RETURN)
    assert window.actions() == [SETTINGS]


def test_arrows_go_to_the_neighbour_once_something_has_the_focus(window: Window) -> None:
    press(pygame.K_DOWN)
    assert window.actions() == [Key.DOWN]  # nothing has it yet
    press(pygame.K_TAB)
    for key, expected in (
        (pygame.K_DOWN, MOVEMENTS),
        (pygame.K_RIGHT, SETTINGS),
        (pygame.K_LEFT, MOVEMENTS),
        (pygame.K_UP, START),
    ):
        press(key)
        assert window.actions() == []
        assert window._canvas.focus == expected
    press(pygame.K_UP)
    assert window.actions() == [Key.UP]  # there is nothing above: the page scrolls


def test_the_focus_can_be_seen_only_once_a_key_was_used(window: Window) -> None:
    def has_ring() -> bool:
        pixels = pygame.surfarray.array2d(window._surface)
        return bool((pixels == window._surface.map_rgb(window._canvas.theme.focus)).any())

    assert not has_ring()
    press(pygame.K_TAB)
    window.actions()
    window.draw(window._page)  # type: ignore[arg-type]
    assert has_ring()
    click(window, (700, 500))
    window.actions()
    window.draw(window._page)  # type: ignore[arg-type]
    assert not has_ring()


@pytest.mark.parametrize("size", [(1280, 720), (800, 600), (1600, 1200), (2560, 1440)])
@pytest.mark.parametrize("action", PLACES)
def test_a_button_is_pressed_where_it_is_seen(action: Action, size: tuple[int, int]) -> None:
    with Window(size) as window:
        window.actions()
        window.draw(Doors())
        click(window, PLACES[action].middle)  # type: ignore[index]
        assert window.actions() == [action]
        click(window, (700, 500))
        assert window.actions() == []


def test_a_press_can_be_thought_better_of(window: Window) -> None:
    click(window, PLACES[START].middle, up=(700, 500))
    click(window, (700, 500), up=PLACES[START].middle)
    click(window, PLACES[START].middle, up=PLACES[MOVEMENTS].middle)
    assert window.actions() == []


def test_the_wheel_goes_up_and_down(window: Window) -> None:
    for y in (1, -1):
        pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, y=y, x=0))
    assert window.actions() == [Key.UP, Key.DOWN]


def test_where_text_is_written_letters_are_no_keys() -> None:
    with Window() as window:
        window.actions()
        window.draw(Doors(wants_text=True))
        press(pygame.K_m, "m")
        pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="m"))
        pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="é"))
        press(pygame.K_BACKSPACE)
        press(pygame.K_RETURN)
        assert window.actions() == [
            Press("typed", "m"),
            Press("typed", "é"),
            Press("erase"),
            START,
        ]


def test_text_is_not_taken_where_nothing_is_written(window: Window) -> None:
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="m"))
    assert window.actions() == []


def test_a_new_page_fades_in_and_with_less_motion_it_is_there_at_once() -> None:
    now = [0.0]
    with Window(clock=lambda: now[0]) as window:
        window.actions()
        for less_motion in (False, True):
            window.dress(Look(less_motion=less_motion), texts.load("en"))
            window.draw(Doors())
            now[0] += 1.0
            window.draw(Blank())
            at = window._surface.get_at((200, 230))[:3]
            assert (at == window._canvas.theme.bg) is less_motion
            now[0] += 0.3
            window.draw(window._page)  # type: ignore[arg-type]
            assert window._surface.get_at((200, 230))[:3] == window._canvas.theme.bg
            now[0] += 1.0


class Blank:
    """A page with nothing on it."""

    def draw(self, canvas: Canvas, now_s: float) -> None:
        pass

    def heed(self, action: Action) -> Action | None:
        return action


def test_another_size_or_look_is_drawn_anew_and_keeps_the_focus() -> None:
    page = Doors()
    with Window() as window:
        window.actions()
        window.draw(page)
        press(pygame.K_TAB)
        window.actions()
        for size in ((800, 600), (1920, 1080), (1000, 640), (1280, 720)):
            window._window.size = size
            window.actions()
            window.draw(page)
            assert window._canvas.fit.size == size
            assert window._canvas.focus == START
        window.dress(Look(DARK, 150), texts.load("fr"))
        window.draw(page)
        assert window._surface.get_at((0, 0))[:3] == DARK.bg
        assert window._canvas.texts.language == "fr"


def test_the_title_tells_the_page(window: Window) -> None:
    window.name("Home")
    assert window._window.title == "Home – mirrorcoach"
    window.name("")
    assert window._window.title == "mirrorcoach"


def test_it_cannot_be_made_too_small(window: Window) -> None:
    assert window._window.minimum_size == (800, 600)


def test_what_is_shown_can_be_saved_and_looks_the_same_every_time(tmp_path: Path) -> None:
    pictures = []
    for name in ("one.png", "other.png"):
        with Window((1024, 600), clock=lambda: 7.0) as window:
            window.draw(Doors())
            window.save(tmp_path / name)
        assert pygame.image.load(tmp_path / name).get_size() == (1024, 600)
        pictures.append((tmp_path / name).read_bytes())
    assert pictures[0] == pictures[1]


def test_closing_twice_and_opening_again_do_no_harm() -> None:
    window = Window()
    window.close()
    window.close()
    with Window() as again:
        again.draw(Doors())


def test_no_screen_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    with pytest.raises(InputError, match=r"^No screen was found .* use --headless\.$") as caught:
        Window()
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="only here can the display be taken away")
def test_a_computer_without_a_display_has_no_invisible_window() -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    known = {name: value for name, value in os.environ.items() if name not in hidden}
    code = (
        "from mirrorcoach.errors import InputError\n"
        "from mirrorcoach.live.window import Window\n"
        "try:\n    Window()\n"
        "except InputError as error:\n    print(error, end='')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=known, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("No screen was found")
    assert done.stdout.endswith("--headless.")
