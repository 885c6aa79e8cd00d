"""A practice in the window: shows it, sounds it, and takes in the keys."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from exercises import library
from exercises.schema import Programme
from exercises.session import Action, Event, Phase, PhaseBegan, Said
from exercises.today import Today
from landmarks.meter import FaceMeter
from landmarks.tracker import FaceMesh
from mirrorcoach.capture.source import FrameSource
from mirrorcoach.errors import InputError
from mirrorcoach.live.keys import Key
from mirrorcoach.live.looking import IDLE_S
from mirrorcoach.live.outcome import result_view
from mirrorcoach.live.practice import Practice
from mirrorcoach.live.views import LoadingView, MessageView, SessionView, View
from mirrorcoach.records.store import Store

if TYPE_CHECKING:
    from landmarks.frame import Frame
    from mirrorcoach.live.sound import Sounds
    from mirrorcoach.live.voice import Voice
    from mirrorcoach.live.window import Window


class Shown:
    """A practice with its window.

    Parameters
    ----------
    programme, source, store, ipd_mm, today
        As for :class:`.practice.Practice`.
    sound : bool
        Whether to play soft tones.
    voice : bool
        Whether to speak the cues.
    """

    def __init__(
        self,
        programme: Programme,
        source: FrameSource,
        *,
        store: Store | None = None,
        sound: bool = False,
        voice: bool = False,
        ipd_mm: float | None = None,
        today: Today | None = None,
    ) -> None:
        self._words = library.words()
        self._sound, self._voice = sound, voice
        self._first_start = store is not None and store.is_new
        self._frame: Frame | None = None
        self._practice = Practice(
            programme,
            source,
            words=self._words,
            store=store,
            ipd_mm=ipd_mm,
            today=today,
            attended=True,
        )

    def run(self) -> None:
        """Open the window and lead through the session.

        Raises
        ------
        InputError
            If no window can be opened, or the source fails; the window says so first.
        """
        from mirrorcoach.live.sound import Sounds
        from mirrorcoach.live.voice import Voice
        from mirrorcoach.live.window import Window

        # The window goes at once; only then is the last cue waited for.
        with Voice(self._voice) as voice, Window() as window, Sounds(self._sound) as sounds:
            try:
                loading = self._words.cue["getting_ready"].short
                meter = _loaded(window, loading, self._practice.ipd_mm)
                if meter is None:
                    return
                if self._first_start and not _safety_read(window):
                    return
                with meter, self._practice.source:
                    finished = self._lead(window, meter, sounds, voice)
            except InputError as error:
                _show_until_left(window, MessageView("A short pause", str(error)))
                raise
            if finished:
                _show_until_left(window, result_view(self._practice.result(), self._words))

    def _lead(self, window: Window, meter: FaceMeter, sounds: Sounds, voice: Voice) -> bool:
        """Show the session as it goes; False when the window was closed meanwhile."""
        closed = False

        def show(mesh: FaceMesh | None, events: tuple[Event, ...]) -> None:
            nonlocal closed
            for event in events:
                if isinstance(event, PhaseBegan | Said) and event.tone is not None:
                    sounds.play(event.tone)
                if isinstance(event, Said):
                    voice.say(event.cue.spoken)
            window.draw(self._view(mesh))
            closed = closed or self._answer(window)

        for moment in self._practice.moments(meter, lambda events: show(None, events)):
            self._frame = moment.frame
            show(moment.reading.mesh, moment.events)
        return not closed

    def _answer(self, window: Window) -> bool:
        """Do what the keys say; True when the window is to close."""
        practice = self._practice
        for key in window.actions():
            paused = practice.session.snapshot().phase is Phase.PAUSED
            if key is Key.QUIT:
                practice.act(Action.END)
                return True
            if key is Key.END:
                practice.act(Action.END)
            elif key is Key.SAFETY:
                practice.act(Action.PAUSE)
                if not _safety_read(window):
                    practice.act(Action.END)
                    return True
            elif key in (Key.YES, Key.NO):
                practice.answer(key is Key.YES)
            elif key in (Key.PAUSE_OR_GO_ON, Key.ENTER) and paused:
                practice.act(Action.GO_ON)
            elif key in (Key.PAUSE_OR_GO_ON, Key.BACK):
                practice.act(Action.PAUSE)
        return False

    def _view(self, mesh: FaceMesh | None) -> SessionView:
        snapshot = self._practice.session.snapshot()
        exercise = snapshot.exercise
        return SessionView(
            snapshot=snapshot,
            name=self._words.exercise[exercise.id].name if exercise else "",
            image=self._frame.image if self._frame else None,
            points_px=mesh.points_px if mesh else None,
        )


def _show_until_left(window: Window, view: View) -> Key:
    """Show a page until a key leaves it; returns that key."""
    while True:
        for key in window.actions():
            if key in (Key.QUIT, Key.BACK, Key.ENTER):
                return key
        window.draw(view)
        time.sleep(IDLE_S)


def _safety_read(window: Window) -> bool:
    """Show what everybody must know; False when the window was closed meanwhile."""
    from mirrorcoach.live.safety_scene import safety_views

    for page in safety_views(library.safety()):
        if _show_until_left(window, page) is Key.QUIT:
            return False
    return True


def _loaded(window: Window, text: str, ipd_mm: float | None) -> FaceMeter | None:
    """A meter, made in the background while the window answers; None when it was closed."""
    made: list[FaceMeter | BaseException] = []

    def make() -> None:
        try:
            made.append(FaceMeter(ipd_mm))
        except BaseException as error:  # raised again below, in the window's own thread
            made.append(error)

    threading.Thread(target=make, daemon=True).start()
    while not made:
        window.draw(LoadingView(text))
        if Key.QUIT in window.actions():
            return None
        time.sleep(IDLE_S)
    if isinstance(made[0], BaseException):
        raise made[0]
    return made[0]
