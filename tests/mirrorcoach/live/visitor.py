"""Somebody before a real window: does one thing after the other, and sees which pages come."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from landmarks.frame import Frame
from landmarks.meter import Reading
from mirrorcoach.capture.steady import SteadyCamera, Waiting
from mirrorcoach.live.actions import Action, Key
from mirrorcoach.live.loading_page import LoadingPage
from mirrorcoach.live.page import Page
from mirrorcoach.live.texts import Texts
from mirrorcoach.live.theme import Look
from mirrorcoach.live.window import Window

LONG_S = 60.0
"""Longest wait for anything."""

Condition = Callable[[], Any]


class Visitor(Window):
    """A window whose person does what is written down, and then closes it.

    Parameters
    ----------
    script : Action or callable
        What is done once everything is loaded, one thing a frame; a callable is waited for until
        it is true. Without anything the window is closed at once.
    """

    def __init__(self, *script: Action | Condition) -> None:
        super().__init__((800, 600))
        self._script = list(script)
        self._end_s = time.monotonic() + LONG_S
        self.pages: list[Page] = []
        self.looks: list[tuple[Look, str]] = []
        self.full_screen = False

    @property
    def seen(self) -> list[str]:
        """Class of each page that was shown, in order, once everything was loaded."""
        return [type(one).__name__ for one in self.pages if not isinstance(one, LoadingPage)]

    def shows(self, name: str) -> Condition:
        """Whether a page of this class is shown now."""
        return lambda: self.seen[-1:] == [name]

    def do(self, *script: Action | Condition) -> None:
        """Write down what else is done."""
        self._script += script

    def draw(self, page: Page) -> None:
        super().draw(page)
        if not self.pages or page is not self.pages[-1]:
            self.pages.append(page)

    def dress(self, look: Look, texts: Texts) -> None:
        super().dress(look, texts)
        self.looks.append((look, texts.language))

    def toggle_full_screen(self) -> None:
        self.full_screen = not self.full_screen

    def actions(self) -> list[Action]:
        super().actions()
        if not self._script:
            return [Key.QUIT]
        if isinstance(self.pages[-1], LoadingPage):
            return []
        step = self._script[0]
        if callable(step):
            if step():
                del self._script[0]
            elif time.monotonic() > self._end_s:
                raise AssertionError(f"waited in vain; seen so far: {self.seen}")
            return []
        del self._script[0]
        return [step]


class Webcam(SteadyCamera):
    """A camera that is there, is still being opened, or is not, and shows an empty room."""

    made: list[Webcam]
    there: bool
    opening = False

    def __init__(self, device: int | str, *, mirrored: bool = False) -> None:
        super().__init__(device, mirrored=mirrored)
        self.opened = self.closed = self.pictures = 0
        Webcam.made.append(self)

    def __enter__(self) -> Webcam:
        self.opened += 1
        return self

    def __exit__(self, *rest: object) -> None:
        self.closed += 1

    @property
    def waiting(self) -> Waiting | None:
        if Webcam.opening and not Webcam.there:
            return Waiting("opening")
        return None if Webcam.there else Waiting("none_found", "Camera 0 cannot be found.")

    def poll(self, timeout_s: float) -> Frame | None:
        time.sleep(0.01)
        if not Webcam.there:
            return None
        self.pictures += 1
        return Frame(self.pictures, self.pictures / 30, np.zeros((480, 640, 3), dtype=np.uint8))


class Blind:
    """A meter that needs no loading and never sees a face."""

    rest = None

    def __init__(self, ipd_mm: float | None = None) -> None:
        pass

    def __enter__(self) -> Blind:
        return self

    def __exit__(self, *rest: object) -> None:
        pass

    def track(self, frame: Frame) -> None:
        pass

    def measure(self, frame: Frame, mesh: None, resting: bool) -> Reading:
        return Reading(frame.index, frame.time_s, "no_face")
