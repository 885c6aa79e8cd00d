"""The application: which page is shown, and what comes of what is pressed there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from mirrorcoach.errors import InputError, MirrorcoachError
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Action, Change, Go, Key, Place, Press
from mirrorcoach.live.loading_page import LoadingPage
from mirrorcoach.live.message_page import MessagePage, Way
from mirrorcoach.live.safety_page import UNDERSTOOD
from mirrorcoach.live.settings_page import DELETE_EVERYTHING, DELETE_ME
from mirrorcoach.live.theme import THEMES, Look
from mirrorcoach.live.visit import Stay
from mirrorcoach.live.who_page import PRACTISES, SOMEBODY_NEW
from mirrorcoach.profile import Settings, TextPercent

if TYPE_CHECKING:
    from exercises.schema import Programme
    from mirrorcoach.capture.source import FrameSource
    from mirrorcoach.live.desk import Desk
    from mirrorcoach.live.engine import Engine
    from mirrorcoach.live.visit import Visit
    from mirrorcoach.live.window import Window
    from mirrorcoach.profile import Profile

FRAME_S = 1 / 60
"""Longest time between two drawn frames: what moves by itself moves smoothly."""

SIZES = get_args(TextPercent)

LEAVE = Press("leave")


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
    data, who : str or None
        Where it is kept and who practises, in place of the usual.
    person : Profile or None
        Who practises where nothing is kept, if anything is known of them.
    """

    first: Place = "home"
    source: FrameSource | None = None
    programme: Programme | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    tired: int | None = None
    keeps: bool = True
    data: str | None = None
    who: str | None = None
    person: Profile | None = None


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
        self._visit: Visit | None = None
        self._place: Place = wish.first
        self._aside: tuple[Place, Visit] | None = None
        self._unkept: MessagePage | None = None
        self._asked = ""
        self._planned: Programme | None = None
        self._camera_open: tuple[tuple[int | str, bool], FrameSource] | None = None
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

                wish = self._wish
                desk = whole.enter_context(
                    Desk(
                        wish.keeps,
                        wish.settings,
                        wish.person,
                        data=wish.data,
                        who=wish.who,
                        asks=wish.first == "home",
                    )
                )
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
            page = MessagePage(
                words("common.stopped"), str(found), [Way(words("common.close"), LEAVE)]
            )
            while not self._left:
                self._window.draw(page)
                self._left = any(
                    one in (Key.QUIT, Key.BACK, LEAVE) for one in self._window.actions()
                )
                threading.Event().wait(FRAME_S)
            return False
        raise found

    def _begin(self) -> None:
        if self._desk.undecided:
            self._go(Go("who"))
        elif not self._desk.newcomer:
            self._go(Go(self._wish.first))
        else:
            self._go(Go("first_start" if self._wish.first == "home" else "safety"))

    def _understood(self) -> None:
        """What everybody must know was read for the first time: it is not shown by itself again."""
        try:
            self._desk.change("informed", True)
        except MirrorcoachError as error:
            self._say(error)
        else:
            self._go(Go(self._wish.first))

    def _become(self, somebody: Callable[[], None]) -> None:
        """Have somebody else at the desk, and show what they begin with."""
        try:
            somebody()
        except MirrorcoachError as error:
            self._dress()
            self._say(error)
        else:
            self._dress()
            self._home()

    # -- every frame --------------------------------------------------------------------------

    def _step(self) -> None:
        assert self._visit is not None
        now = self._engine.now()
        if now.state == "failed" and now.error is not None:
            self._say(_ours(now.error))
        if (outward := self._visit.follow()) is not None:
            self._heed(outward)
        shown = self._visit.page
        self._window.draw(shown)
        for action in self._window.actions():
            if isinstance(action, Press) and self._visit.page is not shown:
                continue  # pressed twice, the second time on a page that has gone
            if (outward := self._visit.heed(action)) is not None:
                self._heed(outward)
        if self._visit.measures:
            self._engine.wait(FRAME_S)
        else:
            threading.Event().wait(FRAME_S)

    def _heed(self, action: Action) -> None:
        self._note_what_was_not_kept()
        if action in (Key.QUIT, LEAVE):
            self._left = True
        elif action == Go("home"):
            self._home()
        elif isinstance(action, Go):
            self._go(action)
        elif action == UNDERSTOOD:
            self._understood()
        elif action == DELETE_EVERYTHING:
            self._become(self._desk.forget)
        elif action == DELETE_ME:
            self._become(self._desk.forget_me)
        elif action == SOMEBODY_NEW:
            self._become(self._desk.begin_anew)
        elif isinstance(action, Press) and action.name == PRACTISES:
            self._become(partial(self._desk.turn_to, cast(int, action.value)))
        elif isinstance(action, Change):
            self._change(action.setting, action.value)
        elif action is Key.BACK:
            self._back()
        elif action is Key.FULL_SCREEN:
            self._window.toggle_full_screen()
        elif action is Key.SAFETY:
            self._look_aside()
        elif action is Key.SOUND:
            self._change("sounds", not self._desk.profile.settings.sounds)
        elif action in (Key.LARGER, Key.SMALLER):
            now = SIZES.index(self._desk.profile.settings.text_percent)
            by = 1 if action is Key.LARGER else -1
            self._change("text_percent", SIZES[min(len(SIZES) - 1, max(0, now + by))])

    def _note_what_was_not_kept(self) -> None:
        """Of a practice whose result is shown; it is said on the way home."""
        from mirrorcoach.live.after import After

        if isinstance(self._visit, After) and self._visit.unkept is not None:
            self._unkept = self._not_kept("practice", self._visit.unkept)

    def _change(self, name: str, value: object) -> None:
        """Change something; that it could not be kept is said, and interrupts no practice."""
        unkept: MirrorcoachError | None = None
        try:
            self._desk.change(name, value)
        except MirrorcoachError as error:
            unkept = error
        self._dress()
        if self._visit is not None:
            self._visit.changed(self._desk.profile)
        if name == "camera" and self._place == "camera_check":
            self._go(Go("camera_check", self._asked))
        if unkept is None:
            return
        if self._place == "practice":
            self._unkept = self._not_kept("setting", unkept)
        else:
            self._set_aside("message", Stay(self._not_kept("setting", unkept)))

    def _dress(self) -> None:
        self._window.dress(self._desk.look, self._desk.texts)

    # -- from page to page --------------------------------------------------------------------

    def _go(self, go: Go) -> None:
        """Show another page; what is measured goes on only where the new page shows it."""
        try:
            self._turn_to(go)
        except MirrorcoachError as error:
            self._say(error, go.to)

    def _turn_to(self, go: Go) -> None:
        from mirrorcoach.capture.nothing import NoPictures
        from mirrorcoach.live import rooms
        from mirrorcoach.live.after import After
        from mirrorcoach.live.check import Check
        from mirrorcoach.live.clinic import Clinic
        from mirrorcoach.live.lesson import Lesson
        from mirrorcoach.live.looking_back import LookingBack
        from mirrorcoach.live.preferences import Preferences

        desk, engine = self._desk, self._engine
        if go.to == "safety":
            self._set_aside("safety", Stay(rooms.safety(desk, desk.newcomer)))
        elif go.to == "camera_check":
            self._asked = go.what
            self._planned = self._wish.programme or rooms.programme_named(desk, go.what)
            if self._wish.source is None:
                self._turn("camera_check", Check(desk, engine, self._camera(), go.what))
            else:
                self._turn_to(Go("practice"))
        elif go.to == "practice":
            planned = self._planned or self._wish.programme or rooms.programme_of(desk)
            source = NoPictures() if self._without_camera else self._camera()
            self._turn("practice", Lesson(desk, engine, planned, source, self._wish.tired))
        elif go.to == "therapist":
            self._turn("therapist", Clinic(desk, engine, self._camera()))
        elif go.to == "result":
            assert isinstance(self._visit, Lesson)
            engine.rest()
            self._turn("result", After(self._visit, desk.photographs))
        elif go.to == "settings":
            engine.rest()
            page = rooms.settings(desk, engine.cameras or ())
            self._turn("settings", Preferences(page, desk.photographs))
        elif go.to == "history":
            engine.rest()
            self._turn("history", LookingBack(desk, rooms.progress(desk)))
        else:
            engine.rest()
            self._turn(go.to, Stay(rooms.page(desk, go)))

    def _turn(self, place: Place, visit: Visit) -> None:
        self._place, self._visit, self._aside = place, visit, None
        self._window.name(self._desk.texts(f"common.page_{place}"))

    def _set_aside(self, place: Place, visit: Stay) -> None:
        """Show something in front of the present page, which Back leads to."""
        from mirrorcoach.live.lesson import Lesson

        if isinstance(self._visit, Lesson):
            self._visit.pause()
        behind = self._aside
        if behind is None and self._visit is not None:
            behind = self._place, self._visit
        self._turn(place, visit)
        self._aside = behind

    def _look_aside(self) -> None:
        """Let the person look it up, wherever they are."""
        from mirrorcoach.live import rooms

        if self._place != "safety":
            self._set_aside("safety", Stay(rooms.safety(self._desk, first=False)))

    @property
    def _without_camera(self) -> bool:
        """Whether the person went on from a camera check that had no picture for them.

        A camera that is still being opened may have one.
        """
        now = self._engine.now()
        comes = now.waiting is None or now.waiting.kind in ("loading", "opening", "slow")
        return self._place == "camera_check" and now.frame is None and not comes

    def _camera(self) -> FrameSource:
        """The person's camera, the same one until another is chosen."""
        from mirrorcoach.capture.steady import SteadyCamera

        if self._wish.source is not None:
            return self._wish.source
        settings = self._desk.profile.settings
        wanted = (settings.camera, settings.mirrored_camera)
        if self._camera_open is None or self._camera_open[0] != wanted:
            self._camera_open = (wanted, SteadyCamera(wanted[0], mirrored=wanted[1]))
        return self._camera_open[1]

    def _back(self) -> None:
        """What Esc does where the page itself has nothing to go back to."""
        if self._aside is not None:
            self._turn(*self._aside)
        elif self._place == "first_start" and len(self._desk.people) > 1:
            self._become(self._desk.step_aside)
        elif self._place == "who" and self._desk.undecided:
            pass  # there is nothing behind it
        elif self._place not in ("home", "first_start"):
            self._home()

    def _home(self) -> None:
        """The first page again, or the end of what was asked for on the command line.

        What a practice was not to be interrupted for is said before.
        """
        if self._unkept is not None:
            page, self._unkept = self._unkept, None
            self._turn("message", Stay(page))
            return
        if self._wish.first == "home":
            begins: Place = "first_start" if self._desk.newcomer else "home"
            self._go(Go("who" if self._desk.undecided else begins))
            return
        self._left = True
        waiting = self._engine.now().waiting
        if waiting is not None and waiting.kind in ("lost", "taken", "none_found"):
            self._failed = InputError(waiting.reason)

    def _say(self, error: MirrorcoachError, wanted: Place | None = None) -> None:
        """Say what stands in the way; what was asked for on the command line ends with it."""
        words = self._desk.texts
        self._engine.rest()
        if self._wish.first != "home":
            self._failed = error
        ways = [Way(words("common.close"), Key.BACK)]
        if wanted == "home":  # there is nowhere to go back to
            ways = [
                Way(words("home.settings"), Go("settings")),
                Way(words("common.close"), LEAVE),
            ]
        self._turn("message", Stay(MessagePage(words("common.stopped"), str(error), ways)))

    def _not_kept(
        self, what: Literal["setting", "practice"], error: MirrorcoachError
    ) -> MessagePage:
        """Say what could not be kept, and that it holds all the same."""
        words = self._desk.texts
        text = f"{words(f'common.{what}_not_kept_how')}\n{error}"
        return MessagePage(
            words(f"common.{what}_not_kept"), text, [Way(words("common.close"), Key.BACK)]
        )


def _ours(error: Exception) -> MirrorcoachError:
    """An error with a sentence for the screen; any other is a mistake of our own and goes on."""
    if isinstance(error, MirrorcoachError):
        return error
    raise error
