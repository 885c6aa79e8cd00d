"""What a therapist's file may say: exercises, programmes, doses and words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from landmarks.regions import Direction, Region

Stage = Literal["flaccid", "paresis", "synkinesis"]
Flag = Literal["none", "mild", "moderate", "marked"]


class _Strict(BaseModel):
    """A file entry in which a misspelt field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dose(_Strict):
    """How often and how slowly; seconds of each part of one repetition."""

    repetitions: Annotated[int, Field(ge=1, le=10)] = 5
    rise_s: Annotated[float, Field(ge=1, le=10)] = 3.0
    hold_s: Annotated[float, Field(ge=1, le=10)] = 3.0
    let_go_s: Annotated[float, Field(ge=1, le=10)] = 3.0
    rest_s: Annotated[float, Field(ge=2, le=60)] = 5.0


class Wanted(_Strict):
    """What should move, which way, and a comfortable small size."""

    region: Region
    direction: Direction
    target_mm: Annotated[float, Field(gt=0, le=12)]
    """Where the meter's mark stands: a small movement, not the largest one."""


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
    """One exercise: what moves, what must stay quiet, and its dose."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    muscles: tuple[str, ...]
    branches: tuple[Literal["temporal", "zygomatic", "buccal", "mandibular", "cervical"], ...]
    stages: tuple[Stage, ...]
    wanted: Wanted | None = None
    quiet: tuple[Quiet, ...] = ()
    eyes_closed: bool = False
    turn_limit_deg: Annotated[float, Field(gt=0, le=12)] = 11.0
    """How far the head may have turned since rest before the answer is "not measurable"."""
    yaw_limit_deg: Annotated[float, Field(gt=0, le=20)] = 17.0
    """How far it may be turned to a side at all."""
    dose: Dose = Dose()


class Step(_Strict):
    """One line of a programme: an exercise, with another number of repetitions if given."""

    exercise: str
    repetitions: Annotated[int, Field(ge=1, le=10)] | None = None


class Programme(_Strict):
    """A practice: exercises in the order in which they are asked."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class ExerciseWords(_Strict):
    """What one exercise is called and how it is asked for."""

    name: str
    instruction: str
    rise: str
    hold: str = "Stay here, softly."
    let_go: str = "And let go, slowly."


class Words(_Strict):
    """All words of one language."""

    language: str
    exercise: dict[str, ExerciseWords]
    programme: dict[str, str]
    region: dict[Region, str]
    side: dict[Literal["left", "right"], str]
    cue: dict[str, str]
