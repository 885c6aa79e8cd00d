"""The application: which page is shown, and what comes of what is pressed there."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mirrorcoach.errors import InputError, MirrorcoachError
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Action, Change, Go, Key, Place, Press
from mirrorcoach.live.loading_page import LoadingPage
from mirrorcoach.live.message_page import MessagePage, Way
from mirrorcoach.live.page import Page
from mirrorcoach.live.theme import THEMES, Look
from mirrorcoach.profile import Settings

if TYPE_CHECKING:
    from exercises.schema import Programme
    from mirrorcoach.capture.source import FrameSource
    from mirrorcoach.live.desk import Desk
    from mirrorcoach.live.engine import Engine
    from mirrorcoach.live.lesson import Lesson
    from mirrorcoach.live.window import Window

FRAME_S = 1 / 60
"""Longest time between two drawn frames: what moves by itself moves smoothly."""

SIZES = (100, 125, 150, 200)

LEAVE = Press("leave")

ONE_EXERCISE = "exercise:"
"""What `Go.what` begins with when one exercise alone is to be tried."""


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line.

    Attributes
    ----------
    first : Place
        The page to begin with, once the person has read what everybody must know. The window
        closes when they come back from anything but home.
    source : FrameSource or None
        In place of the person's camera.
    programme : Programme or None
        In place of the person's own.
    settings : mapping
        Settings for this run only.
    tired : int or None
        How tired the person is, 0 to 10.
    keeps : bool
        Whether anything is kept.
    """

    first: Place = "home"
    source: FrameSource | None = None
    programme: Programme | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    tired: int | None = None
    keeps: bool = True


class Application:
    """Shows one page after the other until the person leaves.

    Parameters
    ----------
    window : Window
        An open window.
    wish : Wish
        What was asked for.
    """

    def __init__(self, window: Window, wish: Wish) -> None:
        self._window, self._wish = window, wish
        self._desk: Desk
        self._engine: Engine
        self._visit: Visit
        self._place: Place = wish.first
        self._source: FrameSource | None = wish.source
        self._planned: Programme | None = wish.programme
        self._lesson: Lesson | None = None
        self._left = False
        self._failed: MirrorcoachError | None = None

    def run(self) -> None:
        """Go on until the person leaves.

        Raises
        ------
        MirrorcoachError
            If something stood in the way of what was asked for on the command line; the window
            has said so first.
        """
        with ExitStack() as whole:
            if self._load(whole):
                self._dress()
                self._begin()
                while not self._left:
                    self._step()
        if self._failed is not None:
            raise self._failed

    # -- beginning ----------------------------------------------------------------------------

    def _load(self, whole: ExitStack) -> bool:
        """Open everything in the background while the window answers; False if it was closed."""
        settings = Settings(**self._wish.settings)
        words = texts.load(settings.language)
        self._window.dress(Look(THEMES[settings.colours], settings.text_percent), words)
        waiting = LoadingPage(words("common.getting_ready"))
        opened: list[tuple[Desk, Engine] | Exception] = []

        def open_all() -> None:
            try:
                from mirrorcoach.live.desk import Desk
                from mirrorcoach.live.engine import Engine

                desk = whole.enter_context(Desk(self._wish.keeps, self._wish.settings))
                opened.append((desk, whole.enter_context(Engine())))
            except Exception as error:  # it comes out in the window's own thread
                opened.append(error)

        loading = threading.Thread(target=open_all, name="opening", daemon=True)
        loading.start()
        while loading.is_alive():
            self._window.draw(waiting)
            self._left = self._left or Key.QUIT in self._window.actions()
            loading.join(FRAME_S)
        (found,) = opened
        if isinstance(found, tuple):
            self._desk, self._engine = found
            return not self._left
        if isinstance(found, MirrorcoachError):
            self._failed = found
            page = MessagePage(words("common.stopped"), str(found), [Way(words("common.close"), LEAVE)])
            while not self._left:
                self._window.draw(page)
                self._left = any(one in (Key.QUIT, Key.BACK, LEAVE) for one in self._window.actions())
                threading.Event().wait(FRAME_S)
            return False
        raise found

    def _begin(self) -> None:
        newcomer = self._wish.keeps and self._desk.newcomer
        if newcomer and self._wish.first == "home":
            self._go(Go("first_start"))
        else:
            self._go(Go("safety") if newcomer else Go(self._wish.first))

    # -- every frame --------------------------------------------------------------------------

    def _step(self) -> None:
        outward = self._visit.follow()
        if outward is not None:
            self._heed(outward)
        self._window.draw(self._visit.page)
        for action in self._window.actions():
            heard = self._visit.heed(action)
            if heard is not None:
                self._heed(heard)
        if self._visit.measures:
            self._engine.wait(FRAME_S)
        else:
            threading.Event().wait(FRAME_S)

    def _heed(self, action: Action) -> None:
        if action in (Key.QUIT, LEAVE):
            self._left = True
        elif isinstance(action, Go):
            self._go(action)
        elif isinstance(action, Change):
            self._change(action.setting, action.value)
        elif action is Key.BACK:
            self._back()
        elif action is Key.FULL_SCREEN:
            self._window.toggle_full_screen()
        elif action is Key.SAFETY:
            self._go(Go("safety"))
        elif action is Key.SOUND:
            self._change("sounds", not self._desk.profile.settings.sounds)
        elif action in (Key.LARGER, Key.SMALLER):
            now = SIZES.index(self._desk.profile.settings.text_percent)
            by = 1 if action is Key.LARGER else -1
            self._change("text_percent", SIZES[min(len(SIZES) - 1, max(0, now + by))])

    def _change(self, name: str, value: object) -> None:
        try:
            self._desk.change(name, value)
        except MirrorcoachError as error:
            self._stop_with(error)
        self._dress()
        self._visit.changed(self._desk.profile)

    def _dress(self) -> None:
        self._window.dress(self._desk.look, self._desk.texts)

    # -- from page to page --------------------------------------------------------------------

    def _go(self, go: Go) -> None:
        """Show another page; a practice that is going on ends, except to look at safety."""
        try:
            self._turn_to(go)
        except MirrorcoachError as error:
            self._stop_with(error)

    def _turn_to(self, go: Go) -> None:
        if go.to == "safety":
            self._look_at_safety()
        elif go.to == "camera_check":
            self._planned = self._programme(go.what)
            self._check_or_practise()
        elif go.to == "practice":
            self._practise()
        elif go.to == "result" and isinstance(self._visit, Lesson):
            self._lesson = self._visit
            self._engine.rest()
            self._turn(go.to, AfterLesson(self._lesson))
        elif go.to == "therapist":
            self._turn(go.to, Clinic(self._desk, self._engine, self._camera()))
        else:
            self._engine.rest()
            self._turn(go.to, Stay(self._quiet_page(go)))

    def _turn(self, place: Place, visit: Visit) -> None:
        self._place, self._visit = place, visit
        self._window.name(self._desk.texts(f"common.page_{place}"))

    def _quiet_page(self, go: Go) -> Page:
        """A page on which nothing is measured."""
        from mirrorcoach.live import rooms

        return rooms.page(self._desk, go, self._engine.cameras)

    def _practise(self) -> None:
        planned = self._planned or self._programme("")
        self._turn("practice", Lesson(self._desk, self._engine, planned, self._camera(), self._wish.tired))
