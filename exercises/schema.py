"""What a therapist's file may say: exercises, programmes, doses and words.

Every model is strict: a misspelt field, a number in quotes or a value out of range is an error, so
that a slip never makes a practice shorter or other than it was meant.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from landmarks.regions import Direction, Region, Side

Stage = Literal["flaccid", "paresis", "synkinesis"]
"""No movement yet; weak movement coming back; movement that brings other movement along."""

ProgrammeStage = Literal["flaccid", "paresis", "synkinesis", "maintenance"]
"""What a programme is for: a stage, or keeping what was gained."""

Kind = Literal["movement", "rest", "guided"]
"""Rise, hold and let go, counted; a still face; or timed steps that are only led through."""

Scoring = Literal["measured", "low_confidence", "never"]
"""Scored; measured and shown, but part of no score; or not measured, and the person is asked."""

Question = Literal["even", "neck", "chin"]
"""What a person is asked after a set, because a camera cannot tell it."""

Purpose = Literal["daily", "assessment", "photographs"]

SafetyTopic = Literal["aid", "not_now", "stop", "eyes", "see_soon", "call_now"]

Flag = Literal["none", "mild", "moderate", "marked"]

Branch = Literal["temporal", "zygomatic", "buccal", "mandibular", "cervical"]

QUESTIONS: tuple[Question, ...] = get_args(Question)
PROGRAMME_STAGES: tuple[ProgrammeStage, ...] = get_args(ProgrammeStage)
SAFETY_TOPICS: tuple[SafetyTopic, ...] = get_args(SafetyTopic)

EFFORT_CAP = 3
"""Of 10. Training is done with 2 to 3 (improvefp.com); effort brings synkinesis."""

MINUTES_CAP = 20
"""No programme may be planned for longer (proposed, unproven: ``docs/clinical.md``)."""

LONGEST_PART_S = 10.0
"""No part of a movement may be asked for longer."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Repetitions = Annotated[int, Field(ge=1, le=10)]
Seconds = Annotated[float, Field(ge=1, le=LONGEST_PART_S)]
RestSeconds = Annotated[float, Field(ge=2, le=60)]
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    """A file entry in which a misspelt field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Dose(_Strict):
    """How often, how slowly and with how little effort; seconds of each part of one repetition.

    The defaults are those of ``docs/clinical.md``.
    """

    repetitions: Repetitions = 5
    rise_s: Seconds = 3.0
    hold_s: Seconds = 3.0
    let_go_s: Seconds = 3.0
    rest_s: RestSeconds = 5.0
    effort_cap: Annotated[int, Field(ge=0, le=10)] = EFFORT_CAP
    """The most effort to use, of 10."""

    @property
    def repetition_s(self) -> float:
        """One repetition with the rest after it."""
        return self.rise_s + self.hold_s + self.let_go_s + self.rest_s


class Wanted(_Strict):
    """What should move, which way, and a comfortable small size."""

    region: Region
    direction: Direction
    target_mm: Annotated[float, Field(gt=0, le=12)]
    """Where the meter's mark stands: a small movement, not the largest one."""


class Shown(_Strict):
    """What the drawn face does where nothing is measured."""

    region: Region
    direction: Direction | Literal["out"]
    """Outwards is drawn only: nothing measures it."""
    size_mm: Annotated[float, Field(gt=0, le=12)]
    """How far a face would move: small, as in the practice."""
    step: Annotated[int, Field(ge=1)] | None = None
    """The guided step that it belongs to, from 1; steps without one are drawn at rest."""


class Quiet(_Strict):
    """What should stay still meanwhile, and from where on it is called moving.

    For the eye the limits are shares of its own resting lid aperture; for every other region they
    are millimetres.
    """

    region: Region
    compare: Literal["own_rest", "other_eye"] = "own_rest"
    mild: Annotated[float, Field(gt=0)]
    moderate: Annotated[float, Field(gt=0)]
    marked: Annotated[float, Field(gt=0)]

    @model_validator(mode="after")
    def _rising(self) -> Quiet:
        if not self.mild < self.moderate < self.marked:
            raise ValueError(
                "mild, moderate and marked must rise, got "
                f"{self.mild}, {self.moderate}, {self.marked}"
            )
        if self.compare == "other_eye" and self.region != "eye":
            raise ValueError(f"compare = 'other_eye' is for the eye, got region '{self.region}'")
        return self


class Exercise(_Strict):
    """One exercise: what moves, what must stay quiet, how it is judged, and its dose."""

    id: Name
    kind: Kind = "movement"
    muscles: tuple[str, ...]
    branches: tuple[Branch, ...]
    stages: tuple[Stage, ...]
    """In which it is trained; none for what is only ever measured."""
    scoring: Scoring
    wanted: Wanted | None = None
    shows: tuple[Shown, ...] = ()
    """What the drawn face does; a wanted movement is drawn as it is wanted."""
    quiet: tuple[Quiet, ...] = ()
    inhibits: Region | None = None
    """The quiet region whose calm is the aim itself: one movement without another."""
    asks: tuple[Question, ...] = ()
    eyes_closed: bool = False
    """Led by voice and tones alone."""
    on_even_face: bool = False
    """Done while watching the even face, by whoever looks at their face at all."""
    guide_s: tuple[Annotated[float, Field(ge=2, le=120)], ...] = ()
    """Seconds of each step of a guided exercise; the steps' words are the language's."""
    turn_limit_deg: Annotated[float, Field(gt=0, le=12)] = 11.0
    """How far the head may have turned since rest before the answer is "not measurable"."""
    yaw_limit_deg: Annotated[float, Field(gt=0, le=20)] = 17.0
    """How far it may be turned to a side at all."""
    dose: Dose = Dose()

    @model_validator(mode="after")
    def _whole(self) -> Exercise:
        if (self.wanted is None) != (self.scoring == "never"):
            raise ValueError(
                "'wanted' says what is measured: give it unless scoring is 'never', and only then"
            )
        if self.wanted is not None and self.kind != "movement":
            raise ValueError(f"only a movement has something 'wanted', got kind '{self.kind}'")
        if bool(self.guide_s) != (self.kind == "guided"):
            raise ValueError("'guide_s' is for kind 'guided', which needs it")
        if self.shows and self.wanted is not None:
            raise ValueError("'shows' is for what has nothing 'wanted', which is drawn by itself")
        for shown in self.shows:
            if (shown.step is None) != (self.kind != "guided"):
                raise ValueError("a 'step' of 'shows' is for kind 'guided', which needs it")
            if shown.step is not None and shown.step > len(self.guide_s):
                raise ValueError(
                    f"shows has step {shown.step}, but guide_s has {len(self.guide_s)} steps"
                )
        if self.inhibits is not None and self.inhibits not in {one.region for one in self.quiet}:
            raise ValueError(f"inhibits = '{self.inhibits}' must be one of the quiet regions")
        if self.stages and self.dose.effort_cap > EFFORT_CAP:
            raise ValueError(
                f"what is trained has an effort_cap of at most {EFFORT_CAP}, got "
                f"{self.dose.effort_cap}"
            )
        return self

    @property
    def length_s(self) -> float:
        """How long it takes at its dose."""
        if self.kind == "rest":
            return self.dose.repetitions * self.dose.hold_s
        once_s = self.dose.repetition_s if self.kind == "movement" else sum(self.guide_s)
        return self.dose.repetitions * once_s


class Step(_Strict):
    """One line of a programme: an exercise, and what of its dose is different here."""

    exercise: Name
    repetitions: Repetitions | None = None
    rise_s: Seconds | None = None
    hold_s: Seconds | None = None
    let_go_s: Seconds | None = None
    rest_s: RestSeconds | None = None
    effort_cap: Annotated[int, Field(ge=0, le=EFFORT_CAP)] | None = None

    @property
    def changes(self) -> dict[str, int | float]:
        """The parts of the dose that this step changes."""
        given = self.model_dump(exclude={"exercise"})
        return {name: value for name, value in given.items() if value is not None}

    def applied_to(self, exercise: Exercise) -> Exercise:
        """The exercise with this step's dose.

        Parameters
        ----------
        exercise : Exercise
            The one that the step names, as the catalogue has it.
        """
        dose = exercise.dose.model_copy(update=self.changes)
        return exercise.model_copy(update={"dose": dose})


class Programme(_Strict):
    """A practice: exercises in the order in which they are asked."""

    id: Name
    name: Text | None = None
    """What it is called; built-in ones have a name in every language instead."""
    purpose: Purpose = "daily"
    stage: ProgrammeStage | None = None
    """What a daily programme is for; every daily one that is read from a file has it."""
    minutes_cap: Annotated[int, Field(ge=1, le=MINUTES_CAP)] = 10
    """It may not be planned for longer."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @property
    def scores_affected_side(self) -> bool:
        """Whether the affected side's movement is measured: not while there is none to ask for."""
        return self.stage != "flaccid"


class Prompt(_Strict):
    """One thing that is said: its short form for the screen, and how it is spoken."""

    short: Text
    spoken: Text


class ExerciseWords(_Strict):
    """What one exercise is called and how it is asked for."""

    name: Text
    instruction: Text
    discourage: Text | None = None
    """What to leave out; None where there is nothing."""
    rise: Prompt
    """The first words; of a guided exercise what is said before its steps."""
    hold: Prompt
    let_go: Prompt
    guide: tuple[Prompt, ...] = ()
    """One for each step of a guided exercise."""


class Words(_Strict):
    """All words of one language."""

    language: str
    exercise: dict[str, ExerciseWords]
    programme: dict[str, str]
    region: dict[Region, str]
    side: dict[Side, str]
    question: dict[Question, Prompt]
    cue: dict[str, Prompt]


class SafetyText(_Strict):
    """One card of what everybody must know before they practise."""

    title: Text
    lines: Annotated[tuple[Text, ...], Field(min_length=1)]


class Safety(_Strict):
    """All safety texts of one language."""

    language: str
    text: dict[SafetyTopic, SafetyText]


class SheetParts(_Strict):
    """Titles of the parts of the therapist's note sheet."""

    sunnybrook_rest: Text
    sunnybrook_movement: Text
    sunnybrook_synkinesis: Text
    eface_static: Text
    eface_dynamic: Text
    eface_synkinesis: Text


class SheetItems(_Strict):
    """Items of the two scales, but for the expressions that are called as the exercises are."""

    eye: Text
    cheek: Text
    mouth: Text
    brow: Text
    fissure: Text
    fold: Text
    commissure: Text
    brow_elevation: Text
    gentle_closure: Text
    full_closure: Text
    fold_smiling: Text
    commissure_smiling: Text
    lower_lip: Text
    ocular: Text
    midfacial: Text
    mentalis: Text
    platysmal: Text


class SheetTexts(_Strict):
    """What is said of an item, and around the items; numbers and names stand in braces."""

    title: Text
    recording: Text
    affected: Text
    affected_unsaid: Text
    refused: Text
    refused_for: Text
    item: Text
    measured: Text
    clinician: Text
    not_measured: Text
    no_rest: Text
    cheek: Text
    fold: Text
    ask: Text
    fissure_left: Text
    fissure_right: Text
    fissure_difference: Text
    commissure_difference: Text
    brow_difference: Text
    not_asked: Text
    not_measurable: Text
    tried: Text
    excursion: Text
    excursion_small: Text
    ratio: Text
    counted: Text
    nothing_seen: Text
    along: Text
    along_during: Text
    unseen: Text
    still: Text
    moved: Text
    aperture: Text


class SheetWords(_Strict):
    """All words of the note sheet in one language, and how it writes a number."""

    language: str
    decimal: Text
    minus: Text
    remarks: Annotated[tuple[Text, ...], Field(min_length=1)]
    """How the sheet is to be read."""
    part: SheetParts
    item: SheetItems
    text: SheetTexts

    def number(self, value: float, form: str) -> str:
        """A number as the language writes it.

        Parameters
        ----------
        value : float
            The number.
        form : str
            A format such as ``.1f``.
        """
        return f"{value:{form}}".replace(".", self.decimal).replace("-", self.minus)
