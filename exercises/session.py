"""A guided session: readings and key presses in, phases, cues and tones out.

The engine has no clock, thread, camera or screen. Time is the time of what it is told, so a whole
session runs in a test in milliseconds, and the same events always lead to the same session.
"""

from __future__ import annotations

import math

from exercises.coaching import Coach, tone_of
from exercises.cues import ADVICE_STAYS_S, PHASE_STAYS_S, CueId, Tone
from exercises.easing import made_smaller
from exercises.effort import Effort
from exercises.events import (
    MOVING,
    Action,
    Answered,
    Ending,
    Event,
    Finished,
    Phase,
    PhaseBegan,
    RepetitionOver,
    Said,
    Snapshot,
)
from exercises.repetition import MARGIN_S, Asked
from exercises.schema import Exercise, Programme, Prompt, Question, Words
from exercises.today import Today
from exercises.watch import Watch, is_together
from landmarks.meter import Reading
from landmarks.movement import Movement

LOST_AFTER_S = 1.5
"""Unmeasurable for this long pauses the session; measurable for `BACK_AFTER_S` resumes it."""

BACK_AFTER_S = 1.0

LONGEST_WAIT_S = 600.0
"""A session in which nobody has done anything for so long is over."""

LEAD_IN_S = 5.0
"""For the first words of a guided exercise, before its steps."""

LEAST_REST_S = 2.0
"""A rest that the person ends is at least this long: the last of a movement is still scored."""

SET_REST_S = 10.0
"""The rest before another set is at least this long, one unhurried breath in and out; the person
may end it. The number is a proposal, unproven, ..."""

LONG_SET = 3
"""... as is how many repetitions a set has that needs it: single ones follow each other sooner."""

ANSWER_WITHIN_S = 15.0
"""A question that has not been answered by then is left open."""

SETS_ENDED = 2
"""The session is over once so many sets ended because unwanted movement kept coming (a proposal,
unproven)."""


_IDLE = (Phase.GETTING_READY, Phase.ASKING, Phase.PAUSED, Phase.DONE)
"""Phases that are no practice."""

_TONES: dict[Phase, Tone] = {
    Phase.GETTING_READY: "rest",
    Phase.REST: "rest",
    Phase.RISE: "rise",
    Phase.HOLD: "hold",
    Phase.LET_GO: "let_go",
    Phase.BETWEEN: "rest",
    Phase.GUIDED: "rise",
    Phase.ASKING: "asked",
    Phase.PAUSED: "pause",
    Phase.DONE: "set_done",
}


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
    today : Today
        How tired the person is, and how long they have practised today.
    questions : bool
        Whether there is somebody who can say what a camera cannot tell.
    watched : bool
        Whether there is anything that sees. Where nothing does, time alone leads on and nothing
        is scored.
    """

    def __init__(
        self,
        programme: Programme,
        catalogue: dict[str, Exercise],
        words: Words,
        today: Today | None = None,
        *,
        questions: bool = True,
        watched: bool = True,
    ) -> None:
        self._questions = questions
        self._words = words
        self._today = today or Today()
        self._watched = watched
        self._measured = watched and programme.scores_affected_side
        planned = [step.applied_to(catalogue[step.exercise]) for step in programme.steps]
        if planned[0].kind == "movement":
            planned.insert(0, catalogue["rest_scan"])
        today_s = [(one, self._today.repetitions_of(one)) for one in planned]
        self._sets = [(one, count) for one, count in today_s if count]
        if not self._sets:
            self._sets = [(catalogue["rest_scan"], 1)]
        self._set = 0
        self._repetition = 0
        self._step = -1
        self._question = 0
        self._sets_ended = 0
        self._phase = Phase.GETTING_READY
        self._now_s: float | None = None
        self._practised_s = 0.0
        self._phase_start_s = 0.0
        self._asked_start_s = 0.0
        self._cue = words.cue["getting_ready"]
        self._cue_s = 0.0
        self._coached = False
        self._paused_by_itself = False
        self._why: CueId | None = None
        self._ready = False
        self._usable_since_s: float | None = None
        self._seen_well_s = 0.0
        self._watch = Watch()
        self._coach = Coach()
        self._even_face = False
        self._effort = Effort()
        self._ends_set = self._counted = False
        self._paused_in = self._phase
        self._events: list[Event] = []

    @property
    def resting(self) -> bool:
        """Whether the person may be at rest now, for the meter."""
        return self._phase in (Phase.GETTING_READY, Phase.REST, Phase.PAUSED)

    @property
    def done(self) -> bool:
        """Whether the session is over."""
        return self._phase is Phase.DONE

    @property
    def question(self) -> Question | None:
        """What the person is being asked, if anything."""
        exercise, _ = self._present
        return exercise.asks[self._question] if self._phase is Phase.ASKING else None

    def see(self, reading: Reading) -> list[Event]:
        """Take in the next reading; its time moves the session on.

        Parameters
        ----------
        reading : Reading
            Of the frame that is shown; times that do not rise are taken as no time passing.
        """
        missed_s = self._arrive(reading.time_s)
        problem: CueId | None = reading.problem
        if problem is None and missed_s > LOST_AFTER_S:
            problem = "no_picture"
        if reading.problem is not None:
            self._usable_since_s = None
        elif self._usable_since_s is None or problem is not None:
            self._usable_since_s = self._time_s
        if problem is None:
            self._seen_well_s = self._time_s
        self._follow(reading.movement)
        self._advance(problem, reading.movement is not None)
        return self._take_events()

    def tick(self, time_s: float) -> list[Event]:
        """Let time pass without a picture.

        Parameters
        ----------
        time_s : float
            On the same clock as the readings.
        """
        self._arrive(time_s)
        self._usable_since_s = None
        self._follow(None)
        self._advance("no_picture" if self._watched else None, not self._watched)
        return self._take_events()

    def act(self, action: Action) -> list[Event]:
        """Do what the person asks.

        Parameters
        ----------
        action : Action
            Resting pauses until the person goes on. Going on also ends the rest before another
            set. Pausing a paused session, or going on with a running one, changes nothing.
            Going on smaller makes the target smaller for the rest of the practice. Watching the
            even face keeps what is said to what is seen there.
        """
        if self.done:
            return []
        if action is Action.END:
            self._keep_what_is_over()
            self._finish("ended")
        elif action is Action.PAUSE and self._phase is not Phase.PAUSED:
            self._pause("paused")
        elif action is Action.REST and self._why != "rest":
            self._pause("rest")
        elif action is Action.GO_ON and self._phase is Phase.PAUSED:
            self._resume()
        elif action is Action.GO_ON_SMALLER and self._phase is Phase.PAUSED:
            self._make_smaller()
            self._resume()
        elif action is Action.GO_ON and self._coming is not None:
            self._ready = True
        elif action in (Action.WATCH_EVEN, Action.WATCH_OWN):
            self._even_face = action is Action.WATCH_EVEN
            if self._coached and self._phase in MOVING:
                self._say_phase()
        return self._take_events()

    def answer(self, yes: bool | None) -> list[Event]:
        """Take the answer to the present question; where there is none, nothing happens.

        Parameters
        ----------
        yes : bool or None
            None leaves the question open.
        """
        if self.question is not None:
            self._answered(yes)
        return self._take_events()

    def snapshot(self) -> Snapshot:
        """What to show now."""
        exercise, repetitions = self._present
        same = [number for number, (one, _) in enumerate(self._sets) if one.id == exercise.id]
        length_s = self._phase_length_s()
        passed_s = self._time_s - self._phase_start_s
        return Snapshot(
            phase=self._phase,
            progress=min(1.0, passed_s / length_s) if length_s else 0.0,
            exercise=exercise,
            repetition=min(self._repetition, repetitions),
            repetitions=repetitions,
            set_number=sum(number <= self._set for number in same),
            sets=len(same),
            step=self._step + 1 if self._phase is Phase.GUIDED and self._step >= 0 else None,
            coming=self._coming,
            cue=self._cue,
            fill=self._watch.fill,
            together=is_together(self._watch.fill),
            quiet=self._watch.quiet,
            paused_by_itself=self._paused_by_itself,
            why=self._why,
        )

    @property
    def _present(self) -> tuple[Exercise, int]:
        """The set being done, or the last one when all are over: exercise and repetitions."""
        return self._sets[min(self._set, len(self._sets) - 1)]

    @property
    def _coming(self) -> Exercise | None:
        """The next set's exercise during the last rest of this one."""
        _, repetitions = self._present
        last = self._ends_set or self._repetition + 1 >= repetitions
        if self._phase is not Phase.BETWEEN or not last or self._set + 1 >= len(self._sets):
            return None
        return self._sets[self._set + 1][0]

    # -- time ---------------------------------------------------------------------------------

    @property
    def _time_s(self) -> float:
        return 0.0 if self._now_s is None else self._now_s

    def _arrive(self, time_s: float) -> float:
        """Move time on; the seconds that have passed. The first event sets the clock."""
        if not math.isfinite(time_s):
            return 0.0
        if self._now_s is None:
            self._now_s = self._phase_start_s = self._cue_s = self._seen_well_s = time_s
        passed_s = max(0.0, time_s - self._now_s)
        self._now_s += passed_s
        over_s = self._phase_start_s + (self._phase_length_s() or 0.0)
        if self._phase not in _IDLE and self._now_s - passed_s < over_s:
            self._practised_s += min(passed_s, LOST_AFTER_S)  # a longer gap was no practice
        return passed_s

    def _follow(self, movement: Movement | None) -> None:
        exercise, _ = self._present
        asked = exercise if self._measured and self._phase in MOVING else None
        self._watch.see(self._time_s, movement, asked)
        if asked is not None:
            self._coach.follow(self._time_s, asked, self._watch.fill)
        self._effort.see(self._watch.fill, self._watch.quiet is not None)

    def _phase_length_s(self) -> float | None:
        exercise, _ = self._present
        dose = exercise.dose
        step_s = LEAD_IN_S if self._step < 0 else 0.0
        if self._phase is Phase.GUIDED and self._step >= 0:
            step_s = exercise.guide_s[self._step]
        return {
            Phase.REST: dose.hold_s,
            Phase.RISE: dose.rise_s,
            Phase.HOLD: dose.hold_s,
            Phase.LET_GO: dose.let_go_s,
            Phase.BETWEEN: self._rest_s(),
            Phase.GUIDED: step_s,
            Phase.ASKING: ANSWER_WITHIN_S,
        }.get(self._phase)

    def _rest_s(self) -> float:
        """How long the present rest after a movement is."""
        exercise, repetitions = self._present
        own_s = exercise.dose.rest_s
        if self._ready:
            return min(own_s, LEAST_REST_S)
        before_a_set = self._coming is not None and repetitions >= LONG_SET
        return max(own_s, SET_REST_S) if before_a_set else own_s

    def _advance(self, problem: CueId | None, rest_known: bool) -> None:
        if self.done:
            return
        passed_s = self._time_s - self._phase_start_s
        waits = self._phase in (Phase.GETTING_READY, Phase.PAUSED, Phase.REST)
        if waits and passed_s > LONGEST_WAIT_S:
            self._finish("nobody")
        elif self._phase is Phase.GETTING_READY:
            self._get_ready(problem)
        elif self._phase is Phase.PAUSED:
            self._maybe_resume(problem)
        elif self._phase in (*MOVING, Phase.BETWEEN) and (
            problem is not None and self._time_s - self._seen_well_s > LOST_AFTER_S
        ):
            self._pause(problem)
        elif passed_s >= (self._phase_length_s() or 0.0):
            self._next_phase(problem, rest_known)
        elif self._phase is Phase.REST:
            self._say_what_rest_lacks(problem)
        elif self._phase in MOVING:
            self._coach_now()

    def _get_ready(self, problem: CueId | None) -> None:
        if self._today.seconds_left <= 0.0:
            self._finish("day_full")
        elif self._present[0].kind == "guided" or problem in (None, "no_rest"):
            self._begin_set()
        else:
            self._say_slowly(problem)

    def _next_phase(self, problem: CueId | None, rest_known: bool) -> None:
        after = {Phase.RISE: Phase.HOLD, Phase.HOLD: Phase.LET_GO, Phase.LET_GO: Phase.BETWEEN}
        if self._phase in after:
            self._begin(after[self._phase])
        elif self._phase is Phase.REST:
            if rest_known:
                self._repetition_over()
            else:
                self._say_what_rest_lacks(problem)
        elif self._phase is Phase.ASKING:
            self._answered(None)
        elif self._phase is Phase.GUIDED:
            exercise, _ = self._present
            self._step += 1
            if self._step < len(exercise.guide_s):
                self._begin(Phase.GUIDED)
            else:
                self._repetition_over()
        elif self._ends_set:
            self._set_over()
        else:
            self._movement_over()

    # -- sets ---------------------------------------------------------------------------------

    def _begin_set(self) -> None:
        """Begin the next set that is still good for today, or end."""
        if self._set >= len(self._sets):
            self._finish("tired" if self._today.rests_only else "done")
            return
        self._repetition = 0
        self._effort.begin_set()
        self._coach.begin_set()
        self._begin_repetition()

    def _next_set(self) -> None:
        self._set += 1
        self._begin_set()

    def _begin_repetition(self) -> None:
        exercise, _ = self._present
        once_s = exercise.length_s / exercise.dose.repetitions
        if self._practised_s + once_s > self._today.seconds_left:
            self._finish("day_full")
            return
        self._step = -1
        first = {"rest": Phase.REST, "guided": Phase.GUIDED, "movement": Phase.RISE}
        self._begin(first[exercise.kind])

    def _keep_what_is_over(self) -> None:
        """Count a movement whose rest is cut short, if it was long enough to see its end."""
        rested_s = self._time_s - self._phase_start_s
        if self._phase is Phase.BETWEEN and rested_s >= LEAST_REST_S and not self._ends_set:
            self._count_movement()

    def _movement_over(self) -> None:
        """The rest after a movement is over: count it, and see how it was."""
        self._count_movement()
        self._go_on_after_movement()

    def _count_movement(self) -> None:
        exercise, repetitions = self._present
        # The rest's last second is the margin that scoring looks at beyond the stretch. What a face
        # does while it rests before another set belongs to no repetition.
        end_s = min(self._time_s, self._phase_start_s + exercise.dose.rest_s)
        asked = Asked(exercise.id, self._asked_start_s, end_s - MARGIN_S)
        scored = self._measured and exercise.wanted is not None
        self._events.append(
            RepetitionOver(asked, exercise, self._repetition + 1, repetitions, scored)
        )
        self._counted = True
        self._effort.end(self._coach.eased)

    def _go_on_after_movement(self) -> None:
        """Ask for the next movement, unless how it went so far ends the set or the session."""
        if self._effort.fades:
            self._repetition += 1
            self._finish("faded")
        elif self._effort.keeps_joining:
            self._repetition += 1
            self._sets_ended += 1
            if self._sets_ended >= SETS_ENDED:
                self._finish("enough")
            else:
                self._ends_set = True
                self._begin(Phase.BETWEEN)
                self._say_cue("set_ends")
        else:
            self._repetition_over()

    def _repetition_over(self) -> None:
        _, repetitions = self._present
        self._repetition += 1
        if self._repetition < repetitions:
            self._begin_repetition()
        else:
            self._set_over()

    def _set_over(self) -> None:
        exercise, _ = self._present
        self._question, self._ends_set = 0, False
        if exercise.asks and self._questions:
            self._begin(Phase.ASKING)
        else:
            self._next_set()

    def _answered(self, yes: bool | None) -> None:
        exercise, _ = self._present
        asked = exercise.asks[self._question]
        self._events.append(Answered(self._time_s, exercise.id, asked, yes))
        self._question += 1
        if self._question < len(exercise.asks):
            self._begin(Phase.ASKING)
        else:
            self._next_set()

    def _begin(self, phase: Phase, why: CueId | None = None) -> None:
        exercise, _ = self._present
        shut = exercise.eyes_closed and self._phase in MOVING
        self._phase = phase
        self._phase_start_s = self._time_s
        self._paused_by_itself, self._ready = False, False
        self._why = why if phase is Phase.PAUSED else None
        if phase is Phase.RISE:
            self._asked_start_s = self._time_s
            self._watch.begin()
            self._coach.begin(self._time_s)
            self._effort.begin()
            self._counted = False
        if phase not in MOVING:
            self._watch.end()
        tone = _TONES[phase]
        if shut and phase in (Phase.LET_GO, Phase.PAUSED, Phase.DONE):
            tone = "open_eyes"
        asked = None if phase in (Phase.REST, Phase.PAUSED, Phase.DONE) else exercise
        self._events.append(PhaseBegan(self._time_s, phase, asked, tone, why))
        # Closed eyes cannot see the phase bar: they are told to open whatever was said before.
        opens = phase is Phase.LET_GO and exercise.eyes_closed
        if phase not in MOVING or opens or not self._coached:
            self._say_phase()

    def _finish(self, why: Ending) -> None:
        cue: CueId = "done" if why == "ended" else why
        self._begin(Phase.DONE, cue)
        self._say_cue(cue)
        self._events.append(Finished(self._time_s, why == "done", why, self._practised_s))

    # -- pauses -------------------------------------------------------------------------------

    def _pause(self, why: CueId) -> None:
        if self._phase is not Phase.PAUSED:
            self._paused_in = self._phase
            self._keep_what_is_over()
        self._begin(Phase.PAUSED, why)
        self._paused_by_itself = why not in ("paused", "rest")
        self._say_cue(why)

    def _maybe_resume(self, problem: CueId | None) -> None:
        if not self._paused_by_itself:
            return
        if self._usable_since_s is not None:
            if self._time_s - self._usable_since_s >= BACK_AFTER_S:
                self._resume()
        elif problem is not None and self._say_slowly(problem):
            self._why = problem

    def _resume(self) -> None:
        """Go back to where the pause began; an unfinished movement is asked for anew."""
        self._seen_well_s = self._time_s
        if self._ends_set:
            self._set_over()
        elif self._paused_in is Phase.BETWEEN and self._counted:
            self._go_on_after_movement()
        elif self._paused_in in (*MOVING, Phase.BETWEEN):
            self._begin_repetition()
        else:
            self._begin(self._paused_in)

    def _make_smaller(self) -> None:
        """Make the present movement smaller in this set and in all that follow."""
        exercise, _ = self._present
        for number, (one, count) in enumerate(self._sets):
            if number >= self._set and one.id == exercise.id:
                self._sets[number] = made_smaller(one), count
        self._effort.made_smaller()
        self._coach.eased = True

    # -- words --------------------------------------------------------------------------------

    def _coach_now(self) -> None:
        """Say what the coach finds worth saying, or go back to the words of the phase."""
        said_s = self._time_s - self._cue_s
        if said_s >= (ADVICE_STAYS_S if self._coached else PHASE_STAYS_S):
            exercise, _ = self._present
            cue = self._coach.advise(
                self._time_s,
                exercise,
                self._watch,
                holding=self._phase is Phase.HOLD,
                letting_go=self._phase is Phase.LET_GO,
                even_face=self._even_face,
            )
            if cue is not None:
                self._say_cue(cue)
                self._coached = True
            elif self._coached:
                self._say_phase()

    def _say_phase(self) -> None:
        """Say what the present phase asks for."""
        exercise, _ = self._present
        words = self._words.exercise[exercise.id]
        if self._phase is Phase.BETWEEN:
            self._say_cue("rest_between")
        elif self._phase is Phase.REST:
            self._say_cue("rest")
        elif self._phase is Phase.ASKING:
            self._say(self._words.question[exercise.asks[self._question]])
        elif self._phase is Phase.GUIDED:
            self._say(words.rise if self._step < 0 else words.guide[self._step])
        elif self._phase in MOVING:
            parts = {Phase.RISE: words.rise, Phase.HOLD: words.hold, Phase.LET_GO: words.let_go}
            self._say(parts[self._phase])

    def _say_what_rest_lacks(self, problem: CueId | None) -> None:
        self._say_slowly(problem if problem not in (None, "no_rest") else "rest")

    def _say_slowly(self, cue: CueId | None) -> bool:
        """Say something else once the last cue has been read; returns whether it was said."""
        read = self._time_s - self._cue_s >= ADVICE_STAYS_S
        if cue is None or not read or self._words.cue[cue] == self._cue:
            return False
        self._say_cue(cue)
        return True

    def _say_cue(self, cue: CueId) -> None:
        self._say(self._words.cue[cue], cue)

    def _say(self, text: Prompt, cue: CueId | None = None) -> None:
        self._cue, self._cue_s, self._coached = text, self._time_s, False
        self._events.append(Said(self._time_s, text, cue, tone_of(cue)))

    def _take_events(self) -> list[Event]:
        events, self._events = self._events, []
        return events
