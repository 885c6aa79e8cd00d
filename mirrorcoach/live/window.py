"""The window: opens, draws what it is given, and tells what was pressed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pygame

from mirrorcoach.errors import InputError
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.icon import icon
from mirrorcoach.live.keys import Key
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.mirror_scene import MirrorScene
from mirrorcoach.live.safety_scene import SafetyScene
from mirrorcoach.live.scenes import LoadingScene, MessageScene, ResultScene
from mirrorcoach.live.shapes import HEIGHT, WIDTH
from mirrorcoach.live.views import (
    LoadingView,
    MessageView,
    ResultView,
    SafetyView,
    SessionView,
    View,
)

__all__ = ["Key", "Window"]

LEAST_SIZE = (800, 600)
ICON_SIZE = 128

KEYS = {
    pygame.K_SPACE: Key.PAUSE_OR_GO_ON,
    pygame.K_ESCAPE: Key.BACK,
    pygame.K_RETURN: Key.ENTER,
    pygame.K_KP_ENTER: Key.ENTER,
    pygame.K_e: Key.END,
    pygame.K_1: Key.YES,
    pygame.K_KP1: Key.YES,
    pygame.K_2: Key.NO,
    pygame.K_KP2: Key.NO,
    pygame.K_F1: Key.SAFETY,
}

_INVISIBLE = ("dummy", "offscreen")
"""Drivers without a screen, which are only right when somebody asked for them."""


class Window:
    """A window on the screen. Use it as a context manager.

    Parameters
    ----------
    size : (int, int)
        Width and height in pixels.
    caption : str
        Its title.
    clock : callable
        Seconds, for everything that moves by itself.

    Raises
    ------
    InputError
        If there is no screen.
    """

    def __init__(
        self,
        size: tuple[int, int] = (WIDTH, HEIGHT),
        caption: str = "mirrorcoach",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._window = _open(size, caption)
        self._surface = self._window.get_surface()
        self._mirror = Mirror()
        self._furnish()

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the window; more than once does no harm."""
        self._window.destroy()
        pygame.font.quit()
        pygame.display.quit()

    def draw(self, view: View) -> None:
        """Show a view.

        Parameters
        ----------
        view : LoadingView, MessageView, SafetyView, SessionView or ResultView
            What to show now.
        """
        if self._surface.get_size() != self._canvas.fit.size:
            self._furnish()
        now_s = self._clock()
        self._canvas.begin(self._surface)
        if isinstance(view, SessionView):
            self._mirror_scene.draw(view, now_s)
        elif isinstance(view, ResultView):
            self._result.draw(view, now_s)
        elif isinstance(view, MessageView):
            self._message.draw(view, now_s)
        elif isinstance(view, SafetyView):
            self._safety.draw(view, now_s)
        else:
            assert isinstance(view, LoadingView)
            self._loading.draw(view, now_s)
        self._window.flip()

    def actions(self) -> list[Key]:
        """Tell what was pressed since last asked, on the keyboard, with the mouse or by touch."""
        pressed: list[Key] = []
        for event in pygame.event.get():
            if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
                pressed.append(Key.QUIT)
            elif event.type == pygame.KEYDOWN and event.key in KEYS:
                pressed.append(KEYS[event.key])
            elif event.type in (
                pygame.MOUSEMOTION,
                pygame.MOUSEBUTTONDOWN,
                pygame.MOUSEBUTTONUP,
            ):
                pressed += self._point(event)
            elif event.type == pygame.WINDOWLEAVE:
                self._canvas.pointer = None
        return pressed

    def save(self, path: Path | str) -> None:
        """Write what is shown to a PNG file."""
        pygame.image.save(self._surface, path)

    def _furnish(self) -> None:
        """Make everything that depends on the window's size."""
        self._canvas = Canvas(*self._surface.get_size())
        self._mirror_scene = MirrorScene(self._canvas, self._mirror)
        self._result = ResultScene(self._canvas)
        self._message = MessageScene(self._canvas)
        self._safety = SafetyScene(self._canvas)
        self._loading = LoadingScene(self._canvas)

    def _point(self, event: pygame.event.Event) -> list[Key]:
        """Follow the pointer; a button counts when it is let go on the one pressed."""
        canvas = self._canvas
        canvas.pointer = canvas.fit.back(*event.pos)
        if event.type == pygame.MOUSEMOTION or event.button != pygame.BUTTON_LEFT:
            return []
        keys = [button.key for button in canvas.buttons if button.box.holds(canvas.pointer)]
        if event.type == pygame.MOUSEBUTTONDOWN:
            canvas.held = keys[0] if keys else None
            return []
        held, canvas.held = canvas.held, None
        return [held] if held is not None and held in keys else []


def _open(size: tuple[int, int], caption: str) -> pygame.Window:
    reason = "no display is connected to this session"
    os.environ["SDL_VIDEO_X11_WMCLASS"] = "mirrorcoach"  # pygame would name it after the script
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver not in _INVISIBLE or os.environ.get("SDL_VIDEODRIVER") == driver:
            pygame.font.init()
            window = pygame.Window(caption, size, resizable=True)
            window.minimum_size = LEAST_SIZE
            window.set_icon(icon(ICON_SIZE))  # pygame's own is a snake
            return window
    except pygame.error as error:
        reason = str(error)
    pygame.display.quit()
    raise InputError(
        f"No screen was found to open a window on ({reason}); start it on a desktop, "
        "or use --headless."
    )
