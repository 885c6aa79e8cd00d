"""Therapist mode: what is measured, live; any exercise led at once; nothing kept."""

from __future__ import annotations

from exercises import library
from exercises.events import Action as Asked
from exercises.programme import one_exercise
from exercises.schema import Exercise
from landmarks.regions import SIDES
from mirrorcoach.capture.source import FrameSource
from mirrorcoach.live.actions import Action, Press
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Engine
from mirrorcoach.live.figures_card import FirstDay
from mirrorcoach.live.looking import Looking
from mirrorcoach.live.paired import Paired
from mirrorcoach.live.practice import Practice
from mirrorcoach.live.rooms import programme_of
from mirrorcoach.live.therapist_page import TherapistPage, TherapistView
from mirrorcoach.profile import Profile
from mirrorcoach.records.history import History


class Clinic:
    """A stay in therapist mode; a :class:`~.visit.Visit`.

    Parameters
    ----------
    desk : Desk
        Who practises.
    engine : Engine
        What measures.
    source : FrameSource
        Where the pictures come from.
    """

    measures = True

    def __init__(self, desk: Desk, engine: Engine, source: FrameSource) -> None:
        self._desk, self._engine, self._source = desk, engine, source
        catalogue, words = library.exercises(), desk.words
        self._choices = {one.id: one for one in catalogue.values() if one.wanted is not None}
        own = (step.exercise for step in programme_of(desk).steps)
        first = next((one for one in own if one in self._choices), next(iter(self._choices)))
        self._exercise: Exercise = self._choices[first]
        self._paired = Paired()
        affected = desk.profile.affected
        healthy = {"left": "right", "right": "left"}.get(affected or "")
        self.page = TherapistPage(
            [(name, words.exercise[name].name) for name in self._choices],
            _first_days(desk, tuple(self._choices)),
            even_side=healthy,  # type: ignore[arg-type]
            notes=desk.notes,
        )
        self._job: Looking | Practice = self._look()

    def follow(self) -> Action | None:
        """Show every frame that was measured; once a movement was led, only look again."""
        self._desk.sound(self._engine.events())
        now = self._engine.now()
        self.page.waiting = now.waiting.kind if now.waiting else None
        cue = now.snapshot.cue.short if now.snapshot is not None else ""
        name = self._desk.words.exercise[self._exercise.id].name
        for frame, reading in self._paired.follow(now.frame, self._engine.readings()):
            self.page.show(
                TherapistView(frame.image, reading, self._job.rest, self._exercise, name, cue)
            )
        if now.state == "over" and isinstance(self._job, Practice):
            self._job = self._look()
        return None

    def heed(self, action: Action) -> Action | None:
        """Follow another exercise, lead it, or stop leading it."""
        heard = self.page.heed(action)
        if not isinstance(heard, Press):
            return heard
        if heard.name == "exercise":
            self._exercise = self._choices[str(heard.value)]
        elif heard.name == "begin":
            practice = Practice(
                one_exercise(self._exercise), self._source, words=self._desk.words, attended=True
            )
            self._job = practice
            self._engine.practise(practice)
        elif heard.name == "end":
            self._engine.act(Asked.END)
        return None

    def changed(self, profile: Profile) -> None:
        """Nothing here depends on it."""

    def _look(self) -> Looking:
        return self._engine.look(self._source, ipd_mm=self._desk.profile.settings.ipd_mm)


def _first_days(desk: Desk, exercises: tuple[str, ...]) -> dict[str, FirstDay]:
    """How each exercise went at first, where that is known."""
    history, found = History(desk.practices), {}
    for name in exercises:
        even = history.evenness(name).first
        left, right = (history.reach(name, side).first for side in SIDES)
        if even or left or right:
            found[name] = FirstDay(
                left_mm=left.value if left else None,
                right_mm=right.value if right else None,
                share=even.value if even else None,
            )
    return found
