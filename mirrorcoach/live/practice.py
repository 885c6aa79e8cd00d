"""A practice: a source of frames, the meter, the session and the store, joined; no window."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exercises import library
from exercises.coaching import EASES
from exercises.repetition import Asked
from exercises.schema import Programme, Words
from exercises.scoring import RepetitionScore, score_asked
from exercises.session import (
    Action,
    Answered,
    Event,
    Finished,
    Phase,
    PhaseBegan,
    RepetitionOver,
    Said,
    Session,
)
from exercises.today import Today
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, Reading, readings
from landmarks.rest import Rest
from landmarks.signals import Signals
from mirrorcoach.capture.nothing import NoPictures
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.source import FrameSource, LiveSource
from mirrorcoach.live.looking import IDLE_S, Idle, Moment, Tracked, frames_of
from mirrorcoach.records.store import Store
from mirrorcoach.summary import AID, summary_lines
from mirrorcoach.video import document
from mirrorcoach.video.score import scores_objects

__all__ = ["Practice", "RestingFace"]


@dataclass(frozen=True, eq=False)
class RestingFace:
    """A person's own face at rest.

    Attributes
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        The mesh, in pixels of the unmirrored picture.
    mm_per_px : float
        Scale of that picture at the eyes.
    """

    points_px: NDArray[np.float64]
    mm_per_px: float


class Practice:
    """One practice from the first frame to the result.

    It belongs to one thread at a time: whoever goes through `moments` also calls `act` and
    `answer`, in between or from `idle`.

    Parameters
    ----------
    programme : Programme
        What to practise.
    source : FrameSource
        Camera, recording or simulated patient. Every frame of a recording is measured.
    words : Words
        The language to speak.
    store : Store, optional
        Where each repetition is kept as it ends; nothing is kept without one.
    ipd_mm : float, optional
        Distance between the person's pupils; without it the scale comes from the irises.
    today : Today, optional
        How tired the person is, and how long they have practised today.
    attended : bool
        Whether somebody is there to answer; where nobody is, a question is left open at once.

    Attributes
    ----------
    source : FrameSource
        As given.
    ipd_mm : float or None
        As given.
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
    number : int or None
        Of this practice in the store, once anything of it was kept.
    rest : Rest or None
        The person's latest rest.
    resting_face : RestingFace or None
        Their mesh at that rest.
    """

    def __init__(
        self,
        programme: Programme,
        source: FrameSource,
        *,
        words: Words,
        store: Store | None = None,
        ipd_mm: float | None = None,
        today: Today | None = None,
        attended: bool = False,
    ) -> None:
        self._programme, self._store, self._attended = programme, store, attended
        self.source, self.ipd_mm = source, ipd_mm
        self.session = Session(
            programme,
            library.exercises(),
            words,
            today,
            questions=not isinstance(source, SimulatedPatient),
            watched=not isinstance(source, NoPictures),
        )
        self.signals = Signals()
        self.asked: list[Asked] = []
        self.repetitions: list[RepetitionScore] = []
        self.answers: list[Answered] = []
        self.number: int | None = None
        self.resting_face: RestingFace | None = None
        self.rest: Rest | None = None
        self._calmer: set[str] = set()
        self._last_frame: Frame | None = None
        self._last_frame_at_s = 0.0
        self._acted: list[Event] = []

    def moments(
        self, meter: FaceMeter, idle: Idle | None = None, tracked: Tracked | None = None
    ) -> Iterator[Moment]:
        """Go through the practice frame by frame; the source must be open.

        Parameters
        ----------
        meter : FaceMeter
            A new meter.
        idle : callable, optional
            Called while no picture comes, with what the session did meanwhile, and once more at
            the end if anything happened since the last moment.
        tracked : callable, optional
            Told of each frame and its face before it is measured.

        Yields
        ------
        Moment
            Until the session is over or the source ends.
        """

        def meanwhile(events: Sequence[Event]) -> None:
            heeded = self._heeded(events, meter)
            if idle is not None:
                idle(heeded)

        frames = self._frames(meanwhile)
        for reading in readings(
            frames, meter, lambda time_s: self.session.resting, tracked=tracked
        ):
            self.signals.append(reading)
            self._remember_rest(meter, reading)
            events = self._heeded(self.session.see(reading), meter)
            assert self._last_frame is not None
            yield Moment(self._last_frame, reading, self.session.snapshot(), events)
            if self.session.done:
                break
        self.act(Action.END)
        if self._acted:
            meanwhile(())

    def act(self, action: Action) -> None:
        """Do what the person asks; what comes of it is told with the next moment."""
        exercise = self.session.snapshot().exercise
        if action is Action.GO_ON_SMALLER and exercise is not None:
            self._calmer.add(exercise.id)
        self._acted += self.session.act(action)

    def answer(self, yes: bool | None) -> None:
        """Take the answer to the present question, None to leave it open; told as for `act`."""
        self._acted += self.session.answer(yes)

    def leave(self) -> None:
        """End it though nobody goes through its moments any more, and keep what is over of it."""
        self.act(Action.END)
        for event in self._acted:
            if isinstance(event, RepetitionOver) and event.scored:
                self._score(event, self.rest)
            elif isinstance(event, Finished):
                self._finish(event)
        self._acted = []

    def result(self) -> dict[str, Any]:
        """Scores so far: the entries ``repetitions``, ``exercises`` and ``session``."""
        return scores_objects(self.repetitions)

    def run_headless(self) -> Iterator[str]:
        """Walk the session without a window; yields the lines of a report as they come."""
        with self.source, FaceMeter(self.ipd_mm) as meter:
            for moment in self.moments(meter):
                for event in moment.events:
                    if isinstance(event, Said):
                        yield f"{event.time_s:6.1f} s  {event.cue.short}"
        yield ""
        yield from summary_lines(self.result())
        yield AID

    def _frames(self, meanwhile: Idle) -> Iterator[Frame]:
        """Frames of the source; a recording waits while the person pauses."""
        live = isinstance(self.source, LiveSource)
        for frame in frames_of(self.source):
            if frame is not None:
                self._last_frame, self._last_frame_at_s = frame, time.monotonic()
                yield frame
            elif isinstance(self.source, NoPictures):
                meanwhile(tuple(self.session.tick(time.monotonic())))
            elif self._last_frame is None:
                meanwhile(())
            else:
                silent_s = time.monotonic() - self._last_frame_at_s
                meanwhile(tuple(self.session.tick(self._last_frame.time_s + silent_s)))
            while self._held() and not live:
                meanwhile(())
                time.sleep(IDLE_S)
            if self.session.done:
                return

    def _held(self) -> bool:
        """Whether the person, and not the session itself, has paused."""
        snapshot = self.session.snapshot()
        return snapshot.phase is Phase.PAUSED and not snapshot.paused_by_itself

    def _heeded(self, events: Sequence[Event], meter: FaceMeter) -> tuple[Event, ...]:
        """Put what the person has done before what came of the picture, and see to all of it."""
        whole = [*self._acted, *events]
        self._acted = []
        while not self._attended and self.session.question is not None:
            whole += self.session.answer(None)
        exercise = self.session.snapshot().exercise
        for event in whole:
            if isinstance(event, RepetitionOver) and event.scored:
                self._score(event, meter.rest)
            elif isinstance(event, Answered):
                self.answers.append(event)
                if self._store is not None:
                    self._store.answer(
                        self._kept_in(self._store), event.exercise, event.question, event.answer
                    )
            elif isinstance(event, Finished):
                self._finish(event)
            elif isinstance(event, Said) and exercise is not None and event.id in EASES:
                self._calmer.add(exercise.id)
            elif isinstance(event, PhaseBegan) and event.phase is Phase.RISE and event.exercise:
                asked = event.exercise.id
                if isinstance(self.source, SimulatedPatient):
                    self.source.ask(asked, calmer=asked in self._calmer)
        return tuple(whole)

    def _score(self, event: RepetitionOver, rest: Rest | None) -> None:
        scores = score_asked(
            self.signals,
            rest,
            event.exercise,
            event.asked,
            first_index=len(self.repetitions),
            not_before_s=self.asked[-1].end_s if self.asked else float("-inf"),
        )
        self.asked.append(event.asked)
        self.repetitions += scores
        if self._store is not None:
            for one in scores:
                self._store.keep(self._kept_in(self._store), document.repetition_object(one))

    def _finish(self, event: Finished) -> None:
        """Keep how long was practised, unless nothing was."""
        practised = bool(self.repetitions) or event.practised_s > 0.0
        if practised and self._store is not None:
            self._store.end(self._kept_in(self._store), event.why, event.practised_s)

    def _kept_in(self, store: Store) -> int:
        """Number of this practice in the store, begun there when it is first needed."""
        if self.number is None:
            self.number = store.begin(
                self._programme.id, document.provenance({"programme": self._programme.id})
            )
        return self.number

    def _remember_rest(self, meter: FaceMeter, reading: Reading) -> None:
        """The face of the frame at which a rest was found is at rest."""
        if meter.rest is not None and meter.rest is not self.rest and reading.mesh is not None:
            self.rest = meter.rest
            self.resting_face = RestingFace(reading.mesh.points_px, meter.rest.mm_per_px)
