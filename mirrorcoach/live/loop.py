"""A practice: a source of frames, the meter and the session, joined and shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exercises import library
from exercises.coaching import EASES
from exercises.repetition import Asked
from exercises.schema import Programme
from exercises.scoring import RepetitionScore, score_asked
from exercises.session import (
    Action,
    Answered,
    Event,
    Phase,
    PhaseBegan,
    RepetitionOver,
    Said,
    Session,
    Snapshot,
)
from exercises.today import Today
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, Reading, readings
from landmarks.signals import Signals
from mirrorcoach.capture.camera import Camera
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.source import FrameSource
from mirrorcoach.errors import InputError
from mirrorcoach.live.keys import Key
from mirrorcoach.live.outcome import result_view
from mirrorcoach.live.views import LoadingView, MessageView, SessionView, View
from mirrorcoach.records.store import Store
from mirrorcoach.summary import AID, summary_lines
from mirrorcoach.video import document
from mirrorcoach.video.score import scores_objects

if TYPE_CHECKING:
    from mirrorcoach.live.sound import Sounds
    from mirrorcoach.live.voice import Voice
    from mirrorcoach.live.window import Window

IDLE_S = 0.03
"""How long to wait for a picture before seeing to the window again."""


@dataclass(frozen=True, eq=False)
class Moment:
    """One measured frame and what the session made of it."""

    frame: Frame
    reading: Reading
    snapshot: Snapshot
    events: tuple[Event, ...]


class Practice:
    """One practice from the first frame to the result.

    Parameters
    ----------
    programme : Programme
        What to practise.
    source : FrameSource
        Camera, recording or simulated patient. Every frame of a recording is measured.
    store : Store, optional
        Where each repetition is kept as it ends; nothing is kept without one.
    sound : bool
        Whether to play soft tones in the window.
    voice : bool
        Whether to speak the cues in the window.
    ipd_mm : float, optional
        Distance between the person's pupils; without it the scale comes from the irises.
    today : Today, optional
        How tired the person is, and how long they have practised today.

    Attributes
    ----------
    session : Session
        The guided session.
    signals : Signals
        The course of the practice so far.
    asked : list of Asked
        Every stretch that is over; as cues they score the recording of this practice.
    repetitions : list of RepetitionScore
        What was done in them.
    answers : list of Answered
        What the person said of what no camera can tell.
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
        self._programme, self._source, self._store = programme, source, store
        self._ipd_mm = ipd_mm
        self._sound, self._voice = sound, voice
        self._words = library.words()
        self.session = Session(
            programme,
            library.exercises(),
            self._words,
            today,
            questions=not isinstance(source, SimulatedPatient),
        )
        self.signals = Signals()
        self.asked: list[Asked] = []
        self.repetitions: list[RepetitionScore] = []
        self.answers: list[Answered] = []
        self._number: int | None = None
        self._first_start = store is not None and store.is_new
        self._calmer: set[str] = set()
        self._last_frame: Frame | None = None
        self._last_frame_at_s = 0.0
        self._attended = False
        self._acted: list[Event] = []

    def moments(
        self, meter: FaceMeter, idle: Callable[[tuple[Event, ...]], None] | None = None
    ) -> Iterator[Moment]:
        """Go through the practice frame by frame.

        Parameters
        ----------
        meter : FaceMeter
            A new meter.
        idle : callable, optional
            Called while no picture comes, with what the session did meanwhile, so that a window
            can go on answering.

        Yields
        ------
        Moment
            Until the session is over or the source ends.
        """

        def wait(events: tuple[Event, ...]) -> None:
            events = self._with_acted(events)
            self._heed(events, meter)
            if idle is not None:
                idle(events)

        for reading in readings(self._frames(wait), meter, lambda time_s: self.session.resting):
            self.signals.append(reading)
            events = self._with_acted(self.session.see(reading))
            self._heed(events, meter)
            assert self._last_frame is not None
            yield Moment(self._last_frame, reading, self.session.snapshot(), events)
            if self.session.done:
                return
        self.session.act(Action.END)

    def result(self) -> dict[str, Any]:
        """Scores so far: the entries ``repetitions``, ``exercises`` and ``session``."""
        return scores_objects(self.repetitions)

    def run_headless(self) -> Iterator[str]:
        """Walk the session without a window; yields the lines of a report as they come."""
        with self._source, FaceMeter(self._ipd_mm) as meter:
            for moment in self.moments(meter):
                for event in moment.events:
                    if isinstance(event, Said):
                        yield f"{event.time_s:6.1f} s  {event.cue.short}"
        yield ""
        yield from summary_lines(self.result())
        yield AID

    def run_in_window(self) -> None:
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
                meter = _loaded(window, self._words.cue["getting_ready"].short, self._ipd_mm)
                if meter is None:
                    return
                if self._first_start and not _safety_read(window):
                    return
                self._attended = True
                with meter, self._source:
                    finished = self._lead(window, meter, sounds, voice)
            except InputError as error:
                _show_until_left(window, MessageView("A short pause", str(error)))
                raise
            if finished:
                _show_until_left(window, result_view(self.result(), self._words))

    def _lead(self, window: Window, meter: FaceMeter, sounds: Sounds, voice: Voice) -> bool:
        """Show the session as it goes; False when the window was closed meanwhile."""
        closed = False

        def show(reading: Reading | None, events: tuple[Event, ...]) -> None:
            nonlocal closed
            for event in events:
                if isinstance(event, PhaseBegan | Said) and event.tone is not None:
                    sounds.play(event.tone)
                if isinstance(event, Said):
                    voice.say(event.cue.spoken)
            window.draw(self._view(reading))
            closed = closed or self._answer(window)

        for moment in self.moments(meter, lambda events: show(None, events)):
            show(moment.reading, moment.events)
        show(None, self._with_acted(()))
        return not closed

    def _answer(self, window: Window) -> bool:
        """Do what the keys say; True when the window is to close."""
        for key in window.actions():
            paused = self.session.snapshot().phase is Phase.PAUSED
            if key is Key.QUIT:
                self._acted += self.session.act(Action.END)
                return True
            if key is Key.END:
                self._acted += self.session.act(Action.END)
            elif key is Key.SAFETY:
                self._acted += self.session.act(Action.PAUSE)
                if not _safety_read(window):
                    self._acted += self.session.act(Action.END)
                    return True
            elif key in (Key.YES, Key.NO):
                self._acted += self.session.answer(key is Key.YES)
            elif key in (Key.PAUSE_OR_GO_ON, Key.ENTER) and paused:
                self._acted += self.session.act(Action.GO_ON)
            elif key in (Key.PAUSE_OR_GO_ON, Key.BACK):
                self._acted += self.session.act(Action.PAUSE)
        return False

    def _with_acted(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Put what the keys have done before what came of the picture.

        Where nobody can answer, a question is left open at once.
        """
        whole = [*self._acted, *events]
        self._acted = []
        while not self._attended and self.session.question is not None:
            whole += self.session.answer(None)
        return tuple(whole)

    def _view(self, reading: Reading | None) -> SessionView:
        snapshot = self.session.snapshot()
        exercise = snapshot.exercise
        mesh = reading.mesh if reading else None
        return SessionView(
            snapshot=snapshot,
            name=self._words.exercise[exercise.id].name if exercise else "",
            image=self._last_frame.image if self._last_frame else None,
            points_px=mesh.points_px if mesh else None,
        )

    def _frames(self, idle: Callable[[tuple[Event, ...]], None]) -> Iterator[Frame]:
        """Frames of the source; a recording waits while the person pauses."""
        if isinstance(self._source, Camera):
            while not self.session.done:
                frame = self._source.poll(IDLE_S)
                if frame is not None:
                    yield self._remembered(frame)
                elif self._last_frame is None:
                    idle(())
                else:
                    silent_s = time.monotonic() - self._last_frame_at_s
                    idle(tuple(self.session.tick(self._last_frame.time_s + silent_s)))
            return
        for frame in self._source:
            yield self._remembered(frame)
            while self._held():
                idle(())
                time.sleep(IDLE_S)
            if self.session.done:
                return

    def _remembered(self, frame: Frame) -> Frame:
        self._last_frame, self._last_frame_at_s = frame, time.monotonic()
        return frame

    def _held(self) -> bool:
        """Whether the person, and not the session itself, has paused."""
        snapshot = self.session.snapshot()
        return snapshot.phase is Phase.PAUSED and not snapshot.paused_by_itself

    def _heed(self, events: tuple[Event, ...], meter: FaceMeter) -> None:
        exercise = self.session.snapshot().exercise
        for event in events:
            if isinstance(event, RepetitionOver) and event.scored:
                self._score(event, meter)
            elif isinstance(event, Answered):
                self.answers.append(event)
            elif isinstance(event, Said) and exercise is not None and event.id in EASES:
                self._calmer.add(exercise.id)
            elif isinstance(event, PhaseBegan) and event.phase is Phase.RISE and event.exercise:
                asked = event.exercise.id
                if isinstance(self._source, SimulatedPatient):
                    self._source.ask(asked, calmer=asked in self._calmer)

    def _score(self, event: RepetitionOver, meter: FaceMeter) -> None:
        scores = score_asked(
            self.signals,
            meter.rest,
            event.exercise,
            event.asked,
            first_index=len(self.repetitions),
            not_before_s=self.asked[-1].end_s if self.asked else float("-inf"),
        )
        self.asked.append(event.asked)
        self.repetitions += scores
        if self._store is None:
            return
        if self._number is None:
            self._number = self._store.begin(
                self._programme.id, document.provenance({"programme": self._programme.id})
            )
        for one in scores:
            self._store.keep(self._number, document.repetition_object(one))


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
