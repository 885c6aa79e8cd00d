"""What goes into a guided session beside readings, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from exercises.cues import CueId, Tone
from exercises.repetition import Asked
from exercises.schema import Exercise, Prompt, Question
from exercises.watch import QuietMark


class Phase(str, Enum):
    """What the person is doing now."""

    GETTING_READY = "getting_ready"
    REST = "rest"
    RISE = "rise"
    HOLD = "hold"
    LET_GO = "let_go"
    BETWEEN = "between"
    GUIDED = "guided"
    ASKING = "asking"
    PAUSED = "paused"
    DONE = "done"


MOVING = (Phase.RISE, Phase.HOLD, Phase.LET_GO)


class Action(str, Enum):
    """What the person can ask of a session."""

    PAUSE = "pause"
    REST = "rest"
    GO_ON = "go_on"
    GO_ON_SMALLER = "go_on_smaller"
    END = "end"
    WATCH_EVEN = "watch_even"
    WATCH_OWN = "watch_own"


@dataclass(frozen=True)
class PhaseBegan:
    """A new phase has begun.

    Attributes
    ----------
    time_s : float
        When.
    phase : Phase
        What is to be done now.
    exercise : Exercise or None
        What it belongs to; None where nothing is asked for.
    tone : Tone
        Its sound.
    why : CueId or None
        Why the session has paused or is over; None for every other phase.
    """

    time_s: float
    phase: Phase
    exercise: Exercise | None
    tone: Tone
    why: CueId | None = None


@dataclass(frozen=True)
class Said:
    """A cue was given: its words for the screen and for the voice.

    `id` is None for the words of an exercise; `tone` is what advice sounds like.
    """

    time_s: float
    cue: Prompt
    id: CueId | None = None
    tone: Tone | None = None


@dataclass(frozen=True)
class RepetitionOver:
    """One repetition has been asked for to its end.

    Attributes
    ----------
    asked : Asked
        When.
    exercise : Exercise
        What, with the dose that was asked for.
    number, repetitions : int
        Which one it was, from 1, and how many are planned.
    scored : bool
        False where nothing of it is to be scored.
    """

    asked: Asked
    exercise: Exercise
    number: int
    repetitions: int
    scored: bool


@dataclass(frozen=True)
class Answered:
    """The person said what a camera cannot tell; None if the question was left open."""

    time_s: float
    exercise: str
    question: Question
    answer: bool | None


Ending = Literal["done", "ended", "enough", "faded", "tired", "day_full", "nobody"]
"""Everything was done; the person ended it; unwanted movement kept coming; the movement became
smaller; too tired for more than rest; enough for a day; nobody was there any more."""


@dataclass(frozen=True)
class Finished:
    """The session is over; `complete` is False when it was ended early."""

    time_s: float
    complete: bool
    why: Ending
    practised_s: float


Event = PhaseBegan | Said | RepetitionOver | Answered | Finished


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
    set_number, sets : int
        Which set of this exercise it is, from 1, and how many there will be.
    step : int or None
        The step of a guided exercise that is said now, from 1.
    coming : Exercise or None
        What the next set asks for, during the last rest of this one.
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
    why : CueId or None
        While paused: what is in the way now, or whether the person asked to pause or to rest.
    """

    phase: Phase
    progress: float
    exercise: Exercise | None
    repetition: int
    repetitions: int
    set_number: int
    sets: int
    step: int | None
    coming: Exercise | None
    cue: Prompt
    fill: tuple[float, float] | None
    together: bool
    quiet: QuietMark | None
    paused_by_itself: bool
    why: CueId | None
