"""One practice in the window: what its page shows of every moment, and how it went."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from exercises import library
from exercises.cues import Tone
from exercises.events import MOVING, Ending, Event, Finished, PhaseBegan, RepetitionOver, Said
from exercises.events import Action as Asked
from exercises.programme import at_pace
from exercises.schema import Programme
from exercises.today import Today
from landmarks.regions import Region
from mirrorcoach.capture.nothing import NoPictures
from mirrorcoach.capture.source import FrameSource
from mirrorcoach.capture.steady import SteadyCamera
from mirrorcoach.errors import StoreError
from mirrorcoach.live.actions import Action, Go, Press
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Engine, Now
from mirrorcoach.live.outcome import Outcome, outcome
from mirrorcoach.live.paired import Paired
from mirrorcoach.live.practice import Practice
from mirrorcoach.live.practice_page import PracticePage
from mirrorcoach.live.recent import Recent
from mirrorcoach.live.replay import Replay
from mirrorcoach.live.resting_picture import RestingPicture
from mirrorcoach.live.session_view import CameraState, SessionView
from mirrorcoach.profile import Profile
from mirrorcoach.records.history import tiredness
from mirrorcoach.records.practices import Felt

NONE_FOR_S = 5.0
"""Where no camera was found for so long, the practice goes on with the drawing: somebody may have
gone on while one was still looked for. Some computers find it only once they were allowed to."""

_ASKED = {
    "pause": Asked.PAUSE,
    "go_on": Asked.GO_ON,
    "go_on_smaller": Asked.GO_ON_SMALLER,
    "rest": Asked.REST,
    "end": Asked.END,
}
"""What the page's own buttons ask of the session."""


class Lesson:
    """A practice of the person at the desk; a :class:`~.visit.Visit`.

    Parameters
    ----------
    desk : Desk
        Who practises, and where it is kept.
    engine : Engine
        What measures; it begins at once.
    programme : Programme
        What is planned, at the usual pace.
    source : FrameSource
        Where the pictures come from.
    tired : int, optional
        How tired the person is, 0 to 10; without it what they said after their last practice.

    Attributes
    ----------
    ending : Ending
        Why it was over; ``"ended"`` until it is.
    unseen : (Replay, Region or None) or None
        The last movement that was only felt, and what it moved.
    """

    measures = True

    def __init__(
        self,
        desk: Desk,
        engine: Engine,
        programme: Programme,
        source: FrameSource,
        tired: int | None = None,
    ) -> None:
        self._desk, self._engine = desk, engine
        profile = desk.profile
        self._earlier = desk.practices
        if tired is None:
            tired = tiredness(self._earlier, datetime.now().date())
        self._programme = at_pace(programme, library.exercises(), profile.settings.pace)
        self._today = Today(desk.minutes_today, tired)
        self._practice = self._planned(source)
        self._none_since_s: float | None = None
        self.ending: Ending = "ended"
        self.unseen: tuple[Replay, Region | None] | None = None
        self._tone: Tone | None = None
        self._recent, self._paired = Recent(), Paired()
        asks = desk.photographs is not None and profile.consents.photographs
        of_today = isinstance(source, SteadyCamera)
        self._resting = RestingPicture() if asks and of_today else None
        self._on_even_face = False
        self.page = PracticePage(profile.settings.view)
        self.page.show(self._view(engine.now()))
        engine.practise(self._practice)

    def _planned(self, source: FrameSource) -> Practice:
        """What is planned, before a source."""
        profile = self._desk.profile
        practice = Practice(
            self._programme,
            source,
            words=self._desk.words,
            store=self._desk.store if profile.consents.results else None,
            ipd_mm=profile.settings.ipd_mm,
            today=self._today,
            attended=True,
        )
        self._desk.look_after(practice.keeping)
        return practice

    def follow(self) -> Action | None:
        """Let it be heard what happened, and show it; give back where to go once it is over."""
        self._tone = None
        events = self._engine.events()
        self._desk.sound(events)
        for event in events:
            if isinstance(event, PhaseBegan | Said) and event.tone is not None:
                self._tone = event.tone
            elif isinstance(event, Finished):
                self.ending = event.why
        now = self._engine.now()
        if self._finds_no_camera(now):
            self._practice, self._on_even_face = self._planned(NoPictures()), False
            self._engine.practise(self._practice)
            now = self._engine.now()
        self._remember(now, events)
        self.page.show(self._view(now))
        self._tell_what_is_watched()
        return Go("result") if now.state == "over" else None

    def _finds_no_camera(self, now: Now) -> bool:
        """Whether there has been none for a while, and never was one."""
        none = now.waiting is not None and now.waiting.kind == "none_found"
        if not none or now.frame is not None:
            self._none_since_s = None
            return False
        now_s = time.monotonic()
        if self._none_since_s is None:
            self._none_since_s = now_s
        return now_s - self._none_since_s >= NONE_FOR_S

    def _tell_what_is_watched(self) -> None:
        """Nothing is said of what the even face does not show."""
        if self.page.on_even_face != self._on_even_face:
            self._on_even_face = self.page.on_even_face
            self._engine.act(Asked.WATCH_EVEN if self._on_even_face else Asked.WATCH_OWN)

    def _remember(self, now: Now, events: Sequence[Event]) -> None:
        """Keep, in memory, the movements that are only felt, so that the last can be seen later.

        And the face at rest, if the person may want to keep a picture of it.
        """
        readings, felt = self._engine.readings(), self.page.view == "hidden"
        if not felt and self._resting is None:
            return
        resting = now.snapshot is not None and now.snapshot.phase not in MOVING
        for frame, reading in self._paired.follow(now.frame, readings):
            if felt:
                self._recent.see(frame.image, reading)
            if resting and self._resting is not None:
                self._resting.see(frame.image, reading)
        if not felt:
            return
        for event in events:
            if isinstance(event, RepetitionOver) and event.exercise.kind == "movement":
                wanted = event.exercise.wanted
                replay = Replay(self._recent, event.asked.start_s, event.asked.end_s)
                self.unseen = replay, wanted.region if wanted else None
                self._recent = Recent()

    def heed(self, action: Action) -> Action | None:
        """Pass on to the session what is asked of it."""
        heard = self.page.heed(action)
        if not isinstance(heard, Press):
            return heard
        if heard.name == "answer":
            self._engine.answer(None if heard.value is None else bool(heard.value))
        else:
            self._engine.act(_ASKED[heard.name])
        return None

    def changed(self, profile: Profile) -> None:
        """Nothing that is changed meanwhile changes what is planned."""

    def pause(self) -> None:
        """Wait while the person looks at something else."""
        self._engine.act(Asked.PAUSE)

    @property
    def picture(self) -> NDArray[np.uint8] | None:
        """The face at rest; None unless pictures are allowed, a camera saw it, and it was seen."""
        return None if self._resting is None else self._resting.image

    def outcome(self) -> Outcome:
        """How it went, beside what was done before."""
        return outcome(
            self._practice.result(),
            self._desk.words,
            self._desk.texts,
            now=datetime.now().astimezone(),
            earlier=self._earlier,
            affected=self._desk.profile.affected,
        )

    def felt(self, how: Felt) -> None:
        """Keep how the face felt afterwards."""
        if self._practice.keeping is not None:
            self._practice.keeping.felt(how)

    @property
    def unkept(self) -> StoreError | None:
        """Why not all of it could be kept though it was tried once more now, if so."""
        keeping = self._practice.keeping
        return None if keeping is None or keeping.settle() else keeping.error

    def _view(self, now: Now) -> SessionView:
        """What to show of a moment."""
        snapshot = now.snapshot or self._practice.session.snapshot()
        exercise, coming = snapshot.exercise, snapshot.coming
        words, profile = self._desk.words.exercise, self._desk.profile
        rest = self._practice.resting_face
        return SessionView(
            snapshot=snapshot,
            name=words[exercise.id].name if exercise else "",
            image=now.frame.image if now.frame else None,
            points_px=now.mesh.points_px if now.mesh else None,
            rest_px=rest.points_px if rest else None,
            mm_per_px=rest.mm_per_px if rest else math.nan,
            affected=profile.affected,
            discourage=(words[exercise.id].discourage or "") if exercise else "",
            coming=words[coming.id] if coming else None,
            tone=self._tone,
            captions=profile.settings.captions,
            camera=self._camera(now),
        )

    def _camera(self, now: Now) -> CameraState:
        if isinstance(self._practice.source, NoPictures):
            return "none_found"
        return now.waiting.kind if now.waiting else "open"
