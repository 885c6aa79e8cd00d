"""Who practises: what the person says of themselves, what they allow, and how they like it.

Nothing here is guessed from a picture. Every model is strict and frozen: a change makes a new,
checked one.
"""

from __future__ import annotations

import locale
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from exercises.schema import ProgrammeStage
from landmarks.scale import LEAST_IPD_MM, MOST_IPD_MM

AffectedSide = Literal["left", "right", "both", "unsure"]
"""The side that needs more patience, as the person says; anatomical."""

EventKind = Literal["surgery", "botulinum_toxin"]
"""What changes a face by itself, so that a jump in a trend has its reason."""

Language = Literal["en", "fr"]

TextPercent = Literal[100, 125, 150, 200]

Colours = Literal["light", "dark", "high_contrast"]

StandingView = Literal[
    "mirror", "even_face", "both_halves", "outline", "hidden", "as_others_see_me"
]
"""What is shown of the face unless something else is asked for; nobody has to see it."""

StageQuestion = Literal["moves", "joins", "tight", "steady"]
"""Does that side move at all yet? Does another part move along? Does it feel tight or pulled at
rest? Has it been about the same for a year?"""

STAGE_QUESTIONS: tuple[StageQuestion, ...] = get_args(StageQuestion)
"""In the order in which they are asked."""

FIRST_STEPS = "first_steps"
"""The programme of whoever has no stage, or is not sure of it."""

SLOW_PACE = 1.5
"""How much longer everything takes at the slow pace."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Event(_Strict):
    """Something that was done to the face, and when."""

    kind: EventKind
    day: date


class Consents(_Strict):
    """What may be kept on this computer; nothing ever leaves it."""

    results: bool = True
    """Scores and times of finished repetitions; without it nothing of a practice is kept."""
    photographs: bool = False
    """Pictures of then and now, taken on purpose; never without being asked for."""


def system_language() -> Language:
    """The language of this computer where there are words in it, else English."""
    name = (locale.getlocale()[0] or "").lower().partition("_")[0]
    return "fr" if name in ("fr", "french") else "en"


class Settings(_Strict):
    """How a person likes it; the defaults are what a newcomer needs."""

    language: Language = Field(default_factory=system_language)
    text_percent: TextPercent = 100
    colours: Colours = "light"
    captions: bool = True
    """A caption for every sound."""
    sounds: bool = True
    voice: bool = False
    """Whether cues are read aloud."""
    volume_percent: Annotated[int, Field(ge=0, le=100)] = 70
    less_motion: bool = False
    slow_pace: bool = False
    view: StandingView = "mirror"
    programme: Annotated[str, Field(min_length=1)] | None = None
    """Id of a built-in programme or path of a file; None for the one that fits the stage."""
    camera: Annotated[int, Field(ge=0)] | Annotated[str, Field(min_length=1)] = 0
    """Number or address."""
    mirrored_camera: bool = False
    """Whether its picture comes mirrored already."""
    ipd_mm: Annotated[float, Field(ge=LEAST_IPD_MM, le=MOST_IPD_MM)] | None = None
    """Distance between the pupils; without it the scale comes from the irises."""

    @property
    def pace(self) -> float:
        """How many times as long each part of a movement takes."""
        return SLOW_PACE if self.slow_pace else 1.0


class Profile(_Strict):
    """Who practises."""

    name: Annotated[str, Field(max_length=40)] = ""
    """What the person is greeted with; may be empty."""
    affected: AffectedSide | None = None
    """None until asked."""
    stage: ProgrammeStage | None = None
    """None until asked, or if the person is not sure."""
    since: Annotated[str, Field(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$")] | None = None
    """Year and month in which it began, such as ``2026-03``."""
    events: tuple[Event, ...] = ()
    consents: Consents = Consents()
    informed: bool = False
    """Whether they have read what everybody must know before they practise."""
    settings: Settings = Field(default_factory=Settings)

    def changed(self, **changes: Any) -> Profile:
        """The same with some fields changed, such as ``affected="left"``.

        Raises
        ------
        pydantic.ValidationError
            If there is no such field, or it cannot be so; a ValueError.
        """
        return Profile.model_validate({**dict(self), **changes})

    def with_setting(self, name: str, value: Any) -> Profile:
        """The same with one of the settings changed.

        Raises
        ------
        pydantic.ValidationError
            If there is no such setting, or it cannot be so; a ValueError.
        """
        return self.changed(settings=Settings.model_validate({**dict(self.settings), name: value}))


def next_question(answers: Mapping[StageQuestion, bool | None]) -> StageQuestion | None:
    """The question that is still needed to propose a stage; None once there is enough.

    Parameters
    ----------
    answers : mapping
        What was said so far: yes, no, or None for "I am not sure".
    """
    for question in STAGE_QUESTIONS:
        if question not in answers:
            return question
        if answers[question] is None or answers[question] is _SETTLED[question][0]:
            return None
    return None


_SETTLED: dict[StageQuestion, tuple[bool, ProgrammeStage]] = {
    "moves": (False, "flaccid"),
    "joins": (True, "synkinesis"),
    "tight": (True, "synkinesis"),
    "steady": (True, "maintenance"),
}
"""The answer that settles the matter, and the stage it means; after the other there is more to
ask."""


def stage_of(answers: Mapping[StageQuestion, bool | None]) -> ProgrammeStage | None:
    """The stage to propose (``docs/clinical.md``); the person may choose another.

    Nothing moves yet: flaccid. Another part moves along, or it feels tight at rest: synkinesis.
    Neither, and it has been about the same for a year: maintenance. Otherwise paresis. Which side
    is affected is no part of this.

    Parameters
    ----------
    answers : mapping
        Yes, no, or None for "I am not sure".

    Returns
    -------
    str or None
        None where an answer that is needed is missing or not sure: then first steps are right.
    """
    for question in STAGE_QUESTIONS:
        answer = answers.get(question)
        if answer is None:
            return None
        settles, stage = _SETTLED[question]
        if answer is settles:
            return stage
    return "paresis"


def programme_for(profile: Profile) -> str:
    """What to practise: the person's own choice, else what fits their stage, else first steps.

    Returns
    -------
    str
        Id of a built-in programme or path of a file, for `programmes.find_programme`.
    """
    return profile.settings.programme or profile.stage or FIRST_STEPS
