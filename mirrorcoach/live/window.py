"""The window: opens, shows a page, and tells what was asked for with keyboard, mouse or touch."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pygame

from mirrorcoach.errors import InputError
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas, Touch
from mirrorcoach.live.icon import icon
from mirrorcoach.live.page import Page
from mirrorcoach.live.shapes import HEIGHT, WIDTH
from mirrorcoach.live.texts import Texts
from mirrorcoach.live.texts import load as texts_in
from mirrorcoach.live.theme import Look

__all__ = ["Window"]

LEAST_SIZE = (800, 600)
ICON_SIZE = 128
FADE_S = 0.2
"""How long one page takes to become another."""

KEYS = {
    "escape": Key.BACK,
    "space": Key.SPACE,
    "v": Key.VIEW,
    "d": Key.DEMONSTRATION,
    "up": Key.UP,
    "down": Key.DOWN,
    "page up": Key.UP,
    "page down": Key.DOWN,
    "left": Key.LEFT,
    "right": Key.RIGHT,
    "l": Key.SOUND,
    "+": Key.LARGER,
    "=": Key.LARGER,
    "-": Key.SMALLER,
    "f1": Key.SAFETY,
    "h": Key.SAFETY,
    "f11": Key.FULL_SCREEN,
}
"""What a key means where no button on the page has it."""

_DIGITS = {pygame.KSCAN_1 + number: str((number + 1) % 10) for number in range(10)}
"""The row above the letters, which needs a second key on some keyboards to give digits."""

_MOVES = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}

_BESIDE_TEXT = ("enter", "tab", "shift tab", "escape", "up", "down", "left", "right", "f1", "f11")
"""Keys that keep their meaning while a text is written."""

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
        self._clock, self._caption = clock, caption
        self._window = _open(size, caption)
        self._surface = self._window.get_surface()
        self._look, self._texts = Look(), texts_in()
        self._canvas = Canvas(*self._surface.get_size(), self._look, self._texts)
        self._page: Page | None = None
        self._before: pygame.Surface | None = None
        self._changed_s = -math.inf
        self._full_screen = False

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

    def dress(self, look: Look, texts: Texts) -> None:
        """Give the window another look or language."""
        if (look, texts) != (self._look, self._texts):
            self._look, self._texts = look, texts
            self._furnish()

    def draw(self, page: Page) -> None:
        """Show a page; a new one fades in."""
        if self._surface.get_size() != self._canvas.fit.size:
            self._furnish()
        now_s = self._clock()
        if page is not self._page:
            known = self._page is not None and not self._look.less_motion
            self._before = self._surface.copy() if known else None
            self._page, self._changed_s = page, now_s
            self._canvas.focus = self._canvas.held = None
        self._canvas.begin(self._surface)
        page.draw(self._canvas, now_s)
        passed = (now_s - self._changed_s) / FADE_S
        if self._before is not None and passed < 1:
            self._before.set_alpha(round(255 * (1 - passed)))
            self._surface.blit(self._before, (0, 0))
        else:
            self._before = None
        self._window.flip()

    def actions(self) -> list[Action]:
        """Tell what was asked for since last asked."""
        asked: list[Action] = []
        for event in pygame.event.get():
            if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
                asked.append(Key.QUIT)
            elif event.type == pygame.TEXTINPUT and self._writes:
                asked.append(Press("typed", event.text))
            elif event.type == pygame.KEYDOWN:
                asked += self._key(name_of(event))
            elif event.type == pygame.MOUSEWHEEL and event.y:
                asked.append(Key.UP if event.y > 0 else Key.DOWN)
            elif event.type in (
                pygame.MOUSEMOTION,
                pygame.MOUSEBUTTONDOWN,
                pygame.MOUSEBUTTONUP,
            ):
                asked += self._point(event)
            elif event.type == pygame.WINDOWLEAVE:
                self._canvas.pointer = None
        return asked

    def name(self, page: str) -> None:
        """Tell in the window's title which page is shown, for those who hear it read out."""
        title = f"{page} – {self._caption}" if page else self._caption
        if self._window.title != title:
            self._window.title = title

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        self._full_screen = not self._full_screen
        if self._full_screen:
            self._window.set_fullscreen(True)
        else:
            self._window.set_windowed()

    def save(self, path: Path | str) -> None:
        """Write what is shown to a PNG file."""
        pygame.image.save(self._surface, path)

    def _furnish(self) -> None:
        """Make everything that depends on the window's size or look."""
        focus = self._canvas.focus
        self._canvas = Canvas(*self._surface.get_size(), self._look, self._texts)
        self._canvas.focus = focus
        self._before = None

    @property
    def _writes(self) -> bool:
        """Whether the page takes letters as text now; they mean nothing else then."""
        return bool(getattr(self._page, "wants_text", False))

    def _key(self, name: str) -> list[Action]:
        canvas = self._canvas
        if self._writes and name == "backspace":
            return [Press("erase")]
        if self._writes and name not in _BESIDE_TEXT:
            return []
        focused = [touch for touch in canvas.touches if touch.action == canvas.focus]
        on_drag = bool(focused) and focused[0].drags
        if name == "enter" and focused and not on_drag:
            return [focused[0].action]
        pressed = [touch.action for touch in canvas.touches if touch.key == name]
        if pressed:
            return pressed[:1]
        if name in canvas.keys:
            return [canvas.keys[name]]
        if name == "space" and focused and not on_drag:
            return [focused[0].action]
        if name in ("tab", "shift tab"):
            canvas.focus = _following(canvas.touches, canvas.focus, name == "tab")
            return []
        if name in _MOVES and not (on_drag and name in ("left", "right")):
            nearest = _beside(canvas.touches, focused[0] if focused else None, _MOVES[name])
            if nearest is not None:
                canvas.focus = nearest.action
                return []
        return [KEYS[name]] if name in KEYS else []

    def _point(self, event: pygame.event.Event) -> list[Action]:
        """Follow the pointer; a button counts when it is let go on the one pressed.

        A place that is dragged counts at once and while it is held.
        """
        canvas = self._canvas
        canvas.pointer = canvas.fit.back(*event.pos)
        if event.type == pygame.MOUSEMOTION:
            return _dragged(canvas)
        if event.button != pygame.BUTTON_LEFT:
            return []
        under = [touch.action for touch in canvas.touches if touch.box.holds(canvas.pointer)]
        if event.type == pygame.MOUSEBUTTONDOWN:
            canvas.held, canvas.focus = (under[-1] if under else None), None
            return _dragged(canvas)
        if _dragged(canvas):
            canvas.held = None
            return []
        held, canvas.held = canvas.held, None
        return [held] if held is not None and under and held == under[-1] else []


def _dragged(canvas: Canvas) -> list[Action]:
    """Where a place is held that tells it."""
    if canvas.pointer is None:
        return []
    x, y = canvas.pointer
    for touch in canvas.touches:
        if touch.drags and touch.action == canvas.held and isinstance(touch.action, Press):
            across, down = (x - touch.box.x) / touch.box.w, (y - touch.box.y) / touch.box.h
            place = min(1.0, max(0.0, across)), min(1.0, max(0.0, down))
            return [Press(touch.action.name, place)]
    return []


def name_of(event: pygame.event.Event) -> str:
    """What a key is called on every keyboard.

    Digits are those of the row above the letters, or of the number pad.
    """
    if event.unicode in ("+", "-"):
        return str(event.unicode)
    scancode = getattr(event, "scancode", None)
    if scancode in _DIGITS and not event.unicode.isalpha():
        return _DIGITS[scancode]
    name = pygame.key.name(event.key).strip("[]")
    if name == "return":
        return "enter"
    return "shift tab" if name == "tab" and event.mod & pygame.KMOD_SHIFT else name


def _following(touches: list[Touch], focus: Action | None, forward: bool) -> Action | None:
    """Where Tab goes: the primary button first, then in reading order."""
    ordered = sorted(touches, key=lambda touch: touch.key != "enter")
    actions = list(dict.fromkeys(touch.action for touch in ordered))
    if not actions:
        return None
    if focus not in actions:
        return actions[0 if forward else -1]
    return actions[(actions.index(focus) + (1 if forward else -1)) % len(actions)]


def _beside(touches: list[Touch], now: Touch | None, move: tuple[int, int]) -> Touch | None:
    """The nearest place in a direction, once a place has the focus."""
    if now is None:
        return None
    found: list[tuple[float, Touch]] = []
    for touch in touches:
        dx = touch.box.middle[0] - now.box.middle[0]
        dy = touch.box.middle[1] - now.box.middle[1]
        ahead = dx * move[0] + dy * move[1]
        aside = abs(dx * move[1]) + abs(dy * move[0])
        if touch.action != now.action and ahead > 1 and aside <= 2 * ahead:
            found.append((ahead + 2 * aside, touch))
    return min(found, key=lambda one: one[0])[1] if found else None


def _open(size: tuple[int, int], caption: str) -> pygame.Window:
    reason = "no display is connected to this session"
    os.environ["SDL_VIDEO_X11_WMCLASS"] = "mirrorcoach"  # pygame would name it after the script
    if sys.platform == "linux":  # through OpenGL a frame takes ten times as long to appear
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
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
