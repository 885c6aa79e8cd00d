"""A practice: a source of frames, the meter, the session and the store, joined; no window."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from exercises import library
from exercises.coaching import EASES
from exercises.events import (
    Action,
    Answered,
    Event,
    Finished,
    Phase,
    PhaseBegan,
    RepetitionOver,
    Said,
)
from exercises.repetition import Asked
from exercises.schema import Programme, Words
from exercises.score import RepetitionScore
from exercises.scoring import score_asked
from exercises.session import Session
from exercises.today import Today
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, Reading, readings
from landmarks.rest import Rest
from landmarks.signals import Signals
from mirrorcoach.capture.nothing import NoPictures
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.source import FrameSource, LiveSource
from mirrorcoach.errors import StoreError
from mirrorcoach.live.looking import IDLE_S, Idle, Moment, Tracked, frames_of
from mirrorcoach.records.contours import Contours, FaceFrame
from mirrorcoach.records.keeping import Keeping
from mirrorcoach.records.store import Store
from mirrorcoach.records.tracing import trace_of
from mirrorcoach.summary import AID, summary_lines
from mirrorcoach.video import document
from mirrorcoach.video.score import scores_objects

__all__ = ["Practice"]


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
        Where each repetition is kept as it ends; nothing is kept without one. What cannot be
        written there ends no practice: see `keeping`.
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
    keeping : Keeping or None
        What is kept of it, and what could not be written yet; None if nothing is kept.
    rest : Rest or None
        The person's latest rest.
    resting_face : FaceFrame or None
        Their face at that rest.
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
        self._programme, self._attended = programme, attended
        self.keeping: Keeping | None = None
        if store is not None:
            versions = document.provenance({"programme": programme.id})
            self.keeping = Keeping(store, programme.id, versions)
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
        self.resting_face: FaceFrame | None = None
        self.rest: Rest | None = None
        self._calmer: set[str] = set()
        self._contours = Contours()
        self._kept_face: FaceFrame | None = None
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
            self._remember_face(meter, reading)
            events = self._heeded(self.session.see(reading), meter)
            assert self._last_frame is not None
            yield Moment(self._last_frame, reading, self.session.snapshot(), events)
            if self.session.done:
                break
        self.act(Action.END)
        if self._acted:
            meanwhile(())

    @property
    def unkept(self) -> StoreError | None:
        """Why something could not be kept so far; the practice goes on, and it is tried again."""
        return None if self.keeping is None else self.keeping.error

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
        if self.keeping is not None and self.keeping.unsaved is not None:
            yield self.keeping.unsaved
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
                if self.keeping is not None:
                    self.keeping.answer(event.exercise, event.question, event.answer)
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
        if self.keeping is None:
            return
        for one in scores:
            trace = trace_of(self.signals, event.exercise, one)
            self.keeping.keep(document.repetition_object(one), trace)
            self._keep_resting_face(self.keeping)
            if self.resting_face is None:
                continue
            outline = self._contours.hold(self.resting_face, one)
            if outline is not None:
                self.keeping.outline(outline)

    def _finish(self, event: Finished) -> None:
        """Keep how long was practised, unless nothing was."""
        practised = bool(self.repetitions) or event.practised_s > 0.0
        if not practised or self.keeping is None:
            return
        rest = document.rest_object(self.rest)
        if rest is not None:
            rest["scale"] = document.scale_object(self.rest)
        quality = document.quality_object(self.signals)
        self.keeping.end(event.why, event.practised_s, quality, rest)
        self._keep_resting_face(self.keeping)

    def _keep_resting_face(self, keeping: Keeping) -> None:
        """Keep the contour at rest, unless it is of the same rest as that kept before."""
        if self.resting_face is not None and self.resting_face is not self._kept_face:
            self._kept_face = self.resting_face
            keeping.outline(self.resting_face.outline())

    def _remember_face(self, meter: FaceMeter, reading: Reading) -> None:
        """The face of the frame at which a rest was found is at rest."""
        if reading.mesh is None:
            return
        if meter.rest is not None and meter.rest is not self.rest:
            self.rest = meter.rest
            self.resting_face = FaceFrame(reading.mesh.points_px, meter.rest.mm_per_px)
        if self.keeping is not None and reading.problem is None:
            self._contours.see(reading.time_s, reading.mesh.points_px)
