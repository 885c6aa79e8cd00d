"""A guided session: readings and key presses in, phases and cues out.

The engine has no clock, thread, camera or screen. Time is the time of what it is told, so a whole
session runs in a test in milliseconds, and the same events always lead to the same session.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from exercises.cues import ADVICE_STAYS_S, PHASE_STAYS_S, CueId
from exercises.repetition import MARGIN_S, Asked
from exercises.schema import Exercise, Programme, Prompt, Words
from exercises.watch import QuietMark, Watch, is_together
from landmarks.meter import Reading
from landmarks.movement import Movement

AHEAD = 0.3
"""One side leading the other by this share of the target is asked to wait, ..."""

AHEAD_AFTER_S = 1.0
"""... once it has led for so long."""

LOST_AFTER_S = 1.5
"""Unmeasurable for this long pauses the session; measurable for `BACK_AFTER_S` resumes it."""

BACK_AFTER_S = 1.0


class Phase(str, Enum):
    """What the person is doing now."""

    GETTING_READY = "getting_ready"
    REST = "rest"
    RISE = "rise"
    HOLD = "hold"
    LET_GO = "let_go"
    BETWEEN = "between"
    PAUSED = "paused"
    DONE = "done"


MOVING = (Phase.RISE, Phase.HOLD, Phase.LET_GO)


class Action(str, Enum):
    """What the person can ask of a session."""

    PAUSE = "pause"
    GO_ON = "go_on"
    END = "end"


@dataclass(frozen=True)
class PhaseBegan:
    """A new phase has begun; `exercise` is None where none is asked for."""

    time_s: float
    phase: Phase
    exercise: Exercise | None


@dataclass(frozen=True)
class Said:
    """A cue was given: its words for the screen and for the voice."""

    time_s: float
    cue: Prompt


@dataclass(frozen=True)
class RepetitionOver:
    """One repetition has been asked for to its end and can be scored."""

    asked: Asked


@dataclass(frozen=True)
class Finished:
    """The session is over; `complete` is False when it was ended early."""

    time_s: float
    complete: bool


Event = PhaseBegan | Said | RepetitionOver | Finished


@dataclass(frozen=True)
class Snapshot:
    """All that a screen needs to show.

    Attributes
    ----------
    phase : Phase
        What is being done now.
    progress : float
        Share of the phase that has passed, 0 to 1; 0 where a phase has no set length.
    exercise : Exercise or None
        The present exercise, or the coming one between repetitions.
    repetition, repetitions : int
        Repetitions of it that are over, and how many there will be.
    cue : Prompt
        The words to show.
    fill : (float, float) or None
        Movement of the left and right side as a share of the target; None while unknown.
    together : bool
        Both sides stand at the target and level with each other.
    quiet : QuietMark or None
        The largest unasked movement now.
    paused_by_itself : bool
        The session paused because it could not see well; it will go on by itself.
    """

    phase: Phase
    progress: float
    exercise: Exercise | None
    repetition: int
    repetitions: int
    cue: Prompt
    fill: tuple[float, float] | None
    together: bool
    quiet: QuietMark | None
    paused_by_itself: bool


class Session:
    """Leads through a programme.

    Parameters
    ----------
    programme : Programme
        What to practise.
    catalogue : dict of str to Exercise
        Where its exercises are looked up.
    words : Words
        The language to speak.
    """

    def __init__(self, programme: Programme, catalogue: dict[str, Exercise], words: Words) -> None:
        self._words = words
        self._sets: list[tuple[Exercise, int]] = []
        for step in programme.steps:
            exercise = step.applied_to(catalogue[step.exercise])
            self._sets.append((exercise, exercise.dose.repetitions))
        if self._sets[0][0].wanted is not None:
            self._sets.insert(0, (catalogue["rest_scan"], 1))
        self._set = 0
        self._repetition = 0
        self._phase = Phase.GETTING_READY
        self._now_s = 0.0
        self._phase_start_s = 0.0
        self._asked_start_s = 0.0
        self._cue = words.cue["getting_ready"]
        self._cue_s = 0.0
        self._coached = False
        self._paused_by_itself = False
        self._usable_since_s: float | None = None
        self._seen_well_s = 0.0
        self._watch = Watch()
        self._even_s = 0.0
        self._events: list[Event] = []

    @property
    def resting(self) -> bool:
        """Whether the person may be at rest now, for the meter."""
        return self._phase in (Phase.GETTING_READY, Phase.REST)

    @property
    def done(self) -> bool:
        """Whether the session is over."""
        return self._phase is Phase.DONE

    def see(self, reading: Reading) -> list[Event]:
        """Take in the next reading; its time moves the session on.

        Parameters
        ----------
        reading : Reading
            Of the frame that is shown; times that do not rise are taken as no time passing.
        """
        self._now_s = max(self._now_s, reading.time_s)
        if reading.problem is None:
            self._seen_well_s = self._now_s
            if self._usable_since_s is None:
                self._usable_since_s = self._now_s
        else:
            self._usable_since_s = None
        self._follow(reading.movement)
        self._advance(reading.problem, reading.movement is not None)
        return self._take_events()

    def tick(self, time_s: float) -> list[Event]:
        """Let time pass without a picture.

        Parameters
        ----------
        time_s : float
            On the same clock as the readings.
        """
        self._now_s = max(self._now_s, time_s)
        self._usable_since_s = None
        self._follow(None)
        self._advance("no_picture", False)
        return self._take_events()

    def act(self, action: Action) -> list[Event]:
        """Do what the person asks.

        Parameters
        ----------
        action : Action
            Pausing a paused session, or going on with a running one, changes nothing.
        """
        if self.done:
            return []
        if action is Action.END:
            self._finish(complete=False)
        elif action is Action.PAUSE and self._phase is not Phase.PAUSED:
            self._pause(None)
        elif action is Action.GO_ON and self._phase is Phase.PAUSED:
            self._resume()
        return self._take_events()

    def snapshot(self) -> Snapshot:
        """What to show now."""
        exercise, repetitions = self._present
        length_s = self._phase_length_s()
        passed_s = self._now_s - self._phase_start_s
        return Snapshot(
            phase=self._phase,
            progress=min(1.0, passed_s / length_s) if length_s else 0.0,
            exercise=exercise,
            repetition=self._repetition,
            repetitions=repetitions,
            cue=self._cue,
            fill=self._watch.fill,
            together=is_together(self._watch.fill),
            quiet=self._watch.quiet,
            paused_by_itself=self._paused_by_itself,
        )

    @property
    def _present(self) -> tuple[Exercise, int]:
        """The set being done, or the last one when all are over: exercise and repetitions."""
        return self._sets[min(self._set, len(self._sets) - 1)]

    def _follow(self, movement: Movement | None) -> None:
        exercise, _ = self._present
        self._watch.see(self._now_s, movement, exercise if self._phase in MOVING else None)

    # -- time ---------------------------------------------------------------------------------

    def _phase_length_s(self) -> float | None:
        exercise, _ = self._present
        dose = exercise.dose
        return {
            Phase.REST: dose.hold_s,
            Phase.RISE: dose.rise_s,
            Phase.HOLD: dose.hold_s,
            Phase.LET_GO: dose.let_go_s,
            Phase.BETWEEN: dose.rest_s,
        }.get(self._phase)

    def _advance(self, problem: CueId | None, rest_known: bool) -> None:
        if self._phase in (Phase.DONE, Phase.PAUSED):
            self._maybe_resume(problem)
            return
        if self._phase in (*MOVING, Phase.BETWEEN) and (
            problem is not None and self._now_s - self._seen_well_s > LOST_AFTER_S
        ):
            self._pause(problem)
            return
        if self._phase is Phase.GETTING_READY:
            if problem in (None, "no_rest"):
                self._begin(Phase.REST)
            elif problem is not None:
                self._say_slowly(problem)
            return
        length_s = self._phase_length_s()
        assert length_s is not None
        over = self._now_s - self._phase_start_s >= length_s
        if self._phase is Phase.REST:
            if over and rest_known:
                self._next_set()
            elif problem not in (None, "no_rest"):
                self._say_slowly(problem)
            else:
                self._say_slowly("rest")
        elif over:
            self._next_phase()
        elif self._coached:
            if self._now_s - self._cue_s >= ADVICE_STAYS_S:
                self._say_phase()
        elif self._phase in (Phase.RISE, Phase.HOLD):
            self._coach()

    def _next_phase(self) -> None:
        if self._phase is Phase.RISE:
            self._begin(Phase.HOLD)
        elif self._phase is Phase.HOLD:
            self._begin(Phase.LET_GO)
        elif self._phase is Phase.LET_GO:
            self._begin(Phase.BETWEEN)
        else:
            exercise, repetitions = self._sets[self._set]
            # The rest's last second is the margin that scoring looks at beyond the stretch.
            self._events.append(
                RepetitionOver(Asked(exercise.id, self._asked_start_s, self._now_s - MARGIN_S))
            )
            self._repetition += 1
            if self._repetition < repetitions:
                self._begin(Phase.RISE)
            else:
                self._next_set()

    def _next_set(self) -> None:
        self._set += 1
        self._repetition = 0
        if self._set >= len(self._sets):
            self._finish(complete=True)
        elif self._sets[self._set][0].wanted is None:
            self._begin(Phase.REST)
        else:
            self._begin(Phase.RISE)

    def _begin(self, phase: Phase) -> None:
        exercise, _ = self._present
        self._phase = phase
        self._phase_start_s = self._now_s
        self._paused_by_itself = False
        if phase is Phase.RISE:
            self._asked_start_s = self._even_s = self._now_s
            self._watch.begin()
        if phase in MOVING:
            # Closed eyes cannot see the phase bar: they are told to open whatever was said before.
            opens = phase is Phase.LET_GO and exercise.eyes_closed
            if opens or not self._coached:
                self._say_phase()
        elif phase is Phase.BETWEEN:
            self._say(self._words.cue["rest_between"])
        elif phase is Phase.REST:
            self._say(self._words.cue["rest"])
        if phase not in MOVING:
            self._watch.end()
        asked = exercise if phase in (*MOVING, Phase.BETWEEN) else None
        self._events.append(PhaseBegan(self._now_s, phase, asked))

    def _finish(self, complete: bool) -> None:
        self._phase = Phase.DONE
        self._phase_start_s = self._now_s
        self._say(self._words.cue["done"])
        self._events.append(PhaseBegan(self._now_s, Phase.DONE, None))
        self._events.append(Finished(self._now_s, complete))

    # -- pauses -------------------------------------------------------------------------------

    def _pause(self, problem: CueId | None) -> None:
        self._begin(Phase.PAUSED)
        self._paused_by_itself = problem is not None
        self._say(self._words.cue[problem or "paused"])

    def _maybe_resume(self, problem: CueId | None) -> None:
        if self._phase is not Phase.PAUSED or not self._paused_by_itself:
            return
        if self._usable_since_s is not None:
            if self._now_s - self._usable_since_s >= BACK_AFTER_S:
                self._resume()
        elif problem is not None:
            self._say_slowly(problem)

    def _resume(self) -> None:
        """Go back to rest and ask for the unfinished repetition anew."""
        self._seen_well_s = self._now_s
        exercise, _ = self._sets[self._set]
        self._begin(Phase.REST if exercise.wanted is None else Phase.RISE)

    # -- words --------------------------------------------------------------------------------

    def _coach(self) -> None:
        exercise, _ = self._sets[self._set]
        cue = self._advice(exercise)
        if cue is not None and self._now_s - self._cue_s >= PHASE_STAYS_S:
            self._say(self._words.cue[cue])
            self._coached = True

    def _advice(self, exercise: Exercise) -> CueId | None:
        if self._watch.quiet is not None:
            if self._watch.quiet.region == "eye":
                return "eye_narrows"
            return "mouth_moves" if exercise.eyes_closed else "other_moves"
        fill = self._watch.fill
        if fill is None or exercise.eyes_closed:
            return None
        if is_together(fill):
            return "together"
        if max(fill) < 0.5 or abs(fill[0] - fill[1]) < AHEAD:
            self._even_s = self._now_s
        elif self._now_s - self._even_s >= AHEAD_AFTER_S:
            return "left_waits" if fill[0] > fill[1] else "right_waits"
        return None

    def _say_phase(self) -> None:
        """Say what the present part of the movement is."""
        exercise, _ = self._present
        words = self._words.exercise[exercise.id]
        texts = {Phase.RISE: words.rise, Phase.HOLD: words.hold, Phase.LET_GO: words.let_go}
        if self._phase in texts:
            self._say(texts[self._phase])

    def _say_slowly(self, cue: CueId | None) -> None:
        if cue is None or self._now_s - self._cue_s < ADVICE_STAYS_S:
            return
        text = self._words.cue[cue]
        if text != self._cue:
            self._say(text)

    def _say(self, text: Prompt) -> None:
        self._cue, self._cue_s, self._coached = text, self._now_s, False
        self._events.append(Said(self._now_s, text))

    def _take_events(self) -> list[Event]:
        events, self._events = self._events, []
        return events
