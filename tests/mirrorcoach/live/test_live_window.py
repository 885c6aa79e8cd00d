"""The window itself: opening, keys and buttons, other sizes, saving."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest
from live_moments import session_view, snapshot

from exercises.session import Phase
from mirrorcoach.errors import InputError
from mirrorcoach.live.mirror_scene import PAUSE_BUTTON
from mirrorcoach.live.shapes import Point
from mirrorcoach.live.views import LoadingView, MessageView, ResultView, View
from mirrorcoach.live.window import Key, Window

VIEWS: list[View] = [
    LoadingView("One moment, please."),
    MessageView("No camera was found", "Plug one in."),
    session_view(snapshot()),
    session_view(snapshot(Phase.REST, "rest_scan")),
    session_view(snapshot(Phase.PAUSED)),
    ResultView("Done for now. Thank you.", "", (), "A practice aid."),
]


def press(key: int) -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))


def click(window: Window, down: Point, up: Point | None = None) -> None:
    fit = window._canvas.fit
    for kind, (x, y) in (
        (pygame.MOUSEBUTTONDOWN, down),
        (pygame.MOUSEBUTTONUP, up or down),
    ):
        place = (int(fit.x(x)), int(fit.y(y)))
        pygame.event.post(pygame.event.Event(kind, pos=place, button=1))


@pytest.mark.parametrize(
    "key, expected",
    [
        (pygame.K_SPACE, [Key.PAUSE_OR_GO_ON]),
        (pygame.K_ESCAPE, [Key.BACK]),
        (pygame.K_RETURN, [Key.ENTER]),
        (pygame.K_KP_ENTER, [Key.ENTER]),
        (pygame.K_e, [Key.END]),
        (pygame.K_x, []),
        (pygame.K_TAB, []),
    ],
)
def test_keys(key: int, expected: list[Key]) -> None:
    with Window() as window:
        window.actions()
        press(key)
        assert window.actions() == expected
        assert window.actions() == []


@pytest.mark.parametrize("kind", [pygame.QUIT, pygame.WINDOWCLOSE])
def test_closing_the_window_quits(kind: int) -> None:
    with Window() as window:
        window.actions()
        pygame.event.post(pygame.event.Event(kind))
        assert window.actions() == [Key.QUIT]


@pytest.mark.parametrize(
    "view, place, expected",
    [
        (VIEWS[2], PAUSE_BUTTON.middle, [Key.PAUSE_OR_GO_ON]),
        (VIEWS[3], PAUSE_BUTTON.middle, [Key.PAUSE_OR_GO_ON]),
        (VIEWS[2], (640, 300), []),
        (VIEWS[4], (640, 428), [Key.PAUSE_OR_GO_ON]),
        (VIEWS[4], (640, 516), [Key.END]),
        (VIEWS[4], PAUSE_BUTTON.middle, []),  # it lies under the veil
        (VIEWS[5], (196, 425), [Key.ENTER]),
        (VIEWS[0], PAUSE_BUTTON.middle, []),
    ],
)
@pytest.mark.parametrize("size", [(1280, 720), (800, 600), (1600, 1200)])
def test_buttons_do_what_their_keys_do(
    view: View, place: Point, expected: list[Key], size: tuple[int, int]
) -> None:
    with Window(size) as window:
        window.actions()
        window.draw(view)
        click(window, place)
        assert window.actions() == expected


def test_the_way_out_of_a_message() -> None:
    with Window() as window:
        window.actions()
        window.draw(VIEWS[1])
        (button,) = window._canvas.buttons
        click(window, button.box.middle)
        assert window.actions() == [Key.BACK]


def test_a_press_can_be_thought_better_of() -> None:
    with Window() as window:
        window.actions()
        window.draw(VIEWS[2])
        click(window, PAUSE_BUTTON.middle, up=(640, 300))
        click(window, (640, 300), up=PAUSE_BUTTON.middle)
        assert window.actions() == []


def test_a_button_shows_that_it_is_pointed_at_and_held() -> None:
    times = iter(range(100))
    with Window(clock=lambda: float(next(times))) as window:
        window.actions()
        window.draw(VIEWS[4])
        window.draw(VIEWS[4])
        fit = window._canvas.fit
        place = (int(fit.x(400)), int(fit.y(428)))
        light = []
        for kind in (None, pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            if kind is not None:
                pygame.event.post(pygame.event.Event(kind, pos=place, button=1))
            window.actions()
            window.draw(VIEWS[4])
            light.append(sum(window._surface.get_at(place)[:3]))
        still, over, held, after = light
        assert held < over
        assert still < over < still + 60
        assert after == over


def test_another_size_is_drawn_anew() -> None:
    with Window() as window:
        for size in ((800, 600), (1920, 1080), (1000, 640), (1280, 720)):
            window._window.size = size
            window.actions()
            for view in VIEWS:
                window.draw(view)
            assert window._canvas.fit.size == size
            assert window._surface.get_at((0, 0))[:3] == window._canvas.theme.bg


def test_it_cannot_be_made_too_small() -> None:
    with Window() as window:
        assert window._window.minimum_size == (800, 600)


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_shown_can_be_saved(view: View, tmp_path: Path) -> None:
    with Window((1024, 600)) as window:
        window.draw(view)
        window.save(tmp_path / "shown.png")
    assert pygame.image.load(tmp_path / "shown.png").get_size() == (1024, 600)


def test_the_same_moment_looks_the_same(tmp_path: Path) -> None:
    pictures = []
    for name in ("one.png", "other.png"):
        with Window(clock=lambda: 7.0) as window:
            for view in VIEWS:
                window.draw(view)
            window.draw(VIEWS[2])
            window.save(tmp_path / name)
        pictures.append((tmp_path / name).read_bytes())
    assert pictures[0] == pictures[1]


def test_closing_twice_and_opening_again_do_no_harm() -> None:
    window = Window()
    window.close()
    window.close()
    with Window() as again:
        again.draw(VIEWS[0])


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


@pytest.mark.parametrize(
    "module", ["mirrorcoach", "mirrorcoach.live", "mirrorcoach.live.views", "mirrorcoach.live.keys"]
)
def test_a_screen_is_not_needed_to_speak_of_views(module: str) -> None:
    code = f"import sys, {module}; sys.exit('pygame' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
