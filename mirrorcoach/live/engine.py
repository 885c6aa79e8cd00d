"""The engine: measures in a thread of its own, so that the window never waits for anything."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Literal

from exercises.events import Action, Event, Snapshot
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, Reading
from landmarks.tracker import FaceMesh
from mirrorcoach.capture.camera import cameras
from mirrorcoach.capture.source import FrameSource, LiveSource
from mirrorcoach.capture.steady import SteadyCamera, Waiting
from mirrorcoach.live.looking import IDLE_S, Looking
from mirrorcoach.live.practice import Practice

__all__ = ["Engine", "Now", "State"]

State = Literal["idle", "starting", "going", "over", "failed"]
"""Nothing to do; the source opens or the program loads; frames are measured; the practice or the
recording has come to its end; it could not go on, and `Now.error` says why."""

CLOSE_S = 2.0
"""How long closing waits; the thread ends by itself should a device keep it longer."""

SWITCH_S = 0.001
"""How long the measuring thread may keep Python's lock from the window's. Python's own 5 ms make
one picture in twenty 15 ms later (``benchmarks/live.py``)."""

FLOWS_S = 0.05
"""While pictures come at least so often, the window waits for the next one: a frame drawn in
between shows no new picture, and delays the one that comes."""

READINGS_KEPT = 300
"""So many readings wait for a window that does not ask: ten seconds of a camera."""


@dataclass(frozen=True, eq=False)
class Now:
    """What there is to draw.

    Attributes
    ----------
    state : State
        How far the engine is.
    frame : Frame or None
        The newest picture in which the face has been looked for.
    mesh : FaceMesh or None
        The face in that very picture.
    reading : Reading or None
        The newest measurement: of this picture or of the one before.
    snapshot : Snapshot or None
        Where the session stands, as of `reading`; None without a session.
    waiting : Waiting or None
        What is being waited for, when no pictures come or nothing can be measured yet.
    error : Exception or None
        What kept the engine from going on; its text is for the screen.
    """

    state: State = "idle"
    frame: Frame | None = None
    mesh: FaceMesh | None = None
    reading: Reading | None = None
    snapshot: Snapshot | None = None
    waiting: Waiting | None = None
    error: Exception | None = None


class Engine:
    """Measures beside the window; make one when the program starts, and close it at its end.

    The window's thread calls everything here, and nothing of it blocks, `close` and `wait` apart.
    Making it begins to load and compile what measuring needs. A source stays open from one task
    to the next, as long as it is the same object, so that a camera is opened once.

    ::

        with Engine() as engine:
            engine.look(camera)
            ...
            engine.practise(Practice(programme, camera, words=words, attended=True))
            while engine.now().state != "over":
                engine.wait(1 / 60)
                draw(engine.now(), engine.events())
    """

    def __init__(self) -> None:
        sys.setswitchinterval(SWITCH_S)
        self._changed = threading.Condition()
        self._now = Now()
        self._job: Practice | Looking | None = None
        self._turn = 0
        self._pictures = self._waited_for = 0
        self._picture_s = float("-inf")
        self._events: list[Event] = []
        self._readings: deque[Reading] = deque(maxlen=READINGS_KEPT)
        self._said: list[Action | bool | None] = []
        self._source: FrameSource | None = None
        self._closing = False
        self._cameras: tuple[int, ...] | None = None
        self._loading_failed: Exception | None = None
        self._loader = threading.Thread(target=self._load, name="loading", daemon=True)
        self._thread = threading.Thread(target=self._run, name="measuring", daemon=True)
        self._loader.start()
        self._thread.start()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- for the window's thread ------------------------------------------------------------

    def look(self, source: FrameSource, *, ipd_mm: float | None = None) -> Looking:
        """Measure a source with no session; a practice that is going on ends.

        Parameters
        ----------
        source : FrameSource
            Opened by the engine, unless it is the one already open.
        ipd_mm : float, optional
            Distance between the person's pupils.

        Returns
        -------
        Looking
            Belongs to the engine until it is given something else to do.
        """
        looking = Looking(source, ipd_mm=ipd_mm)
        self._begin(looking)
        return looking

    def practise(self, practice: Practice) -> None:
        """Lead through a practice; it belongs to the engine until `Now.state` is ``"over"``."""
        self._begin(practice)

    def rest(self) -> None:
        """Stop measuring, and let go of the source."""
        self._begin(None)

    def now(self) -> Now:
        """What to draw."""
        return self._now

    def events(self) -> list[Event]:
        """What the session did since last asked, in its order."""
        with self._changed:
            events, self._events = self._events, []
        return events

    def readings(self) -> list[Reading]:
        """Every measurement since last asked, the last ten seconds at most."""
        with self._changed:
            readings = list(self._readings)
            self._readings.clear()
        return readings

    def act(self, action: Action) -> None:
        """Ask something of the session; it is taken in before the next picture."""
        self._say(action)

    def answer(self, yes: bool | None) -> None:
        """Answer the session's question, or leave it open; taken in before the next picture."""
        self._say(yes)

    def wait(self, timeout_s: float) -> bool:
        """Sleep until there is a new picture or event to show.

        Parameters
        ----------
        timeout_s : float
            How long at most, for what moves by itself; while pictures come steadily 50 ms.

        Returns
        -------
        bool
            False when nothing came within the time.
        """
        with self._changed:
            if time.monotonic() - self._picture_s < FLOWS_S:
                timeout_s = max(timeout_s, FLOWS_S)
            came = self._changed.wait_for(lambda: self._pictures != self._waited_for, timeout_s)
            self._waited_for = self._pictures
        return came

    def look_for_cameras(self) -> None:
        """Begin to find out which cameras there are; `cameras` has them once it is done."""
        self._cameras = None
        source = self._source
        device = source.device if isinstance(source, SteadyCamera) else None
        in_use = (device,) if isinstance(device, int) else ()

        def find() -> None:
            self._cameras = cameras(in_use)

        threading.Thread(target=find, name="looking-for-cameras", daemon=True).start()

    @property
    def cameras(self) -> tuple[int, ...] | None:
        """Numbers of the cameras that were found; None until that is known."""
        return self._cameras

    def close(self) -> None:
        """End what is going on, free the camera and end the thread, within two seconds.

        Every repetition that was over by now is kept. More than once does no harm.
        """
        with self._changed:
            self._closing = True
            self._turn += 1
            self._changed.notify_all()
        self._thread.join(CLOSE_S)

    def _begin(self, job: Practice | Looking | None) -> None:
        with self._changed:
            self._job = job
            self._turn += 1
            self._events, self._said = [], []
            self._readings.clear()
            last = self._now.frame if job is not None and job.source is self._source else None
            self._now = Now(state="idle" if job is None else "starting", frame=last)
            self._changed.notify_all()

    def _say(self, said: Action | bool | None) -> None:
        with self._changed:
            self._said.append(said)

    # -- for the measuring thread -----------------------------------------------------------

    def _run(self) -> None:
        done = 0
        while True:
            with self._changed:
                self._changed.wait_for(lambda seen=done: self._turn != seen, 1.0)  # type: ignore[misc]
                turn, job, closing = self._turn, self._job, self._closing
            if turn == done:
                continue
            done = turn
            try:
                self._turn_to(None if job is None or closing else job.source)
                if closing:
                    return
                if job is not None:
                    _Going(self, turn, job).lead()
            except _Left:
                continue
            except Exception as error:  # it comes out in the window's thread, as a state
                self._publish(turn, state="failed", waiting=None, error=error)

    def _turn_to(self, source: FrameSource | None) -> None:
        """Keep the source open if it is the same, or else open the new one."""
        if source is self._source:
            return
        before, self._source = self._source, None
        if before is not None:
            before.__exit__(None, None, None)
        if source is not None:
            source.__enter__()
            self._source = source

    def _load(self) -> None:
        """Import and compile what measuring needs, by making a meter once."""
        try:
            with FaceMeter():
                pass
        except Exception as error:
            self._loading_failed = error

    def _loaded(self) -> bool:
        """Whether measuring can begin; raises what kept it from loading."""
        if self._loader.is_alive():
            return False
        if self._loading_failed is not None:
            raise self._loading_failed
        return True

    def _publish(
        self,
        turn: int,
        events: tuple[Event, ...] = (),
        reading: Reading | None = None,
        **news: object,
    ) -> None:
        """Make something known, unless the window has meanwhile turned to something else."""
        with self._changed:
            if turn != self._turn:
                return
            if reading is not None:
                self._readings.append(reading)
                news["reading"] = reading
            self._now = replace(self._now, **news)  # type: ignore[arg-type]
            self._events += events
            if "frame" in news:
                self._picture_s = time.monotonic()
            if events or "frame" in news or "state" in news:
                self._pictures += 1
                self._changed.notify_all()

    def _heard(self, turn: int) -> list[Action | bool | None]:
        """What the person said since; raises once the window has turned to something else."""
        if turn != self._turn:
            raise _Left
        if not self._said:
            return []
        with self._changed:
            said, self._said = self._said, []
        return said


class _Left(Exception):
    """The window has turned to something else."""


class _Going:
    """One job of the engine, in the measuring thread."""

    def __init__(self, engine: Engine, turn: int, job: Practice | Looking) -> None:
        self._engine, self._turn, self._job = engine, turn, job

    def lead(self) -> None:
        try:
            self._await_loading()
            with FaceMeter(self._job.ipd_mm) as meter:
                self._tell(state="going")
                for moment in self._job.moments(meter, self._idle, self._tracked):
                    self._take_in()
                    self._tell(
                        moment.events,
                        moment.reading,
                        snapshot=self._snapshot(),
                        waiting=None,
                    )
            self._tell(state="over", snapshot=self._snapshot(), waiting=None)
        finally:
            if isinstance(self._job, Practice):
                self._job.leave()

    def _await_loading(self) -> None:
        """Show a camera's pictures, not yet measured, until measuring is possible."""
        source = self._job.source
        while not self._engine._loaded():
            self._engine._heard(self._turn)
            frame = source.poll(IDLE_S) if isinstance(source, LiveSource) else None
            if frame is not None:
                self._tell(frame=frame)
            self._tell(waiting=self._waiting() or Waiting("loading"))
            self._engine._loader.join(0.0 if isinstance(source, LiveSource) else IDLE_S)

    def _tracked(self, frame: Frame, mesh: FaceMesh | None) -> None:
        self._tell(frame=frame, mesh=mesh)

    def _idle(self, events: tuple[Event, ...]) -> None:
        self._take_in()
        self._tell(events, snapshot=self._snapshot(), waiting=self._waiting())

    def _take_in(self) -> None:
        for said in self._engine._heard(self._turn):
            if isinstance(self._job, Practice):
                if isinstance(said, Action):
                    self._job.act(said)
                else:
                    self._job.answer(said)

    def _snapshot(self) -> Snapshot | None:
        return self._job.session.snapshot() if isinstance(self._job, Practice) else None

    def _waiting(self) -> Waiting | None:
        source = self._job.source
        return source.waiting if isinstance(source, SteadyCamera) else None

    def _tell(
        self, events: tuple[Event, ...] = (), reading: Reading | None = None, **news: object
    ) -> None:
        self._engine._publish(self._turn, events, reading, **news)
