"""What is kept of one practice, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from exercises.schema import Question
from mirrorcoach.profile import Profile

Felt = Literal["light", "as_usual", "tired"]
"""How the face felt after a practice."""

FELT: tuple[Felt, ...] = get_args(Felt)


@dataclass(frozen=True)
class Answer:
    """What the person said of what no camera can tell; None if the question was left open."""

    exercise: str
    question: Question
    answer: bool | None


@dataclass(frozen=True)
class PracticeRecord:
    """One practice that was kept.

    Attributes
    ----------
    number : int
        Its number in the store.
    started_at : datetime
        When it began, in the time of this computer's clock.
    programme : str
        Id of its programme.
    repetitions : tuple of dict
        As in ``score.json``, in their order.
    answers : tuple of Answer
        In their order.
    felt : {"light", "as_usual", "tired"} or None
        How the face felt afterwards; None if that was not said.
    ending : str or None
        Why it was over, as `exercises.session.Finished` has it; None if it was cut off or is still
        going on.
    practised_s : float
        How long was practised.
    provenance : mapping
        Versions of everything that a number depends on.
    quality : mapping or None
        As ``quality`` in ``score.json``; None if it was not kept.
    rest : mapping or None
        As ``rest`` in ``score.json``, with ``scale`` as there; None if it was not kept.
    """

    number: int
    started_at: datetime
    programme: str
    repetitions: tuple[Mapping[str, Any], ...]
    answers: tuple[Answer, ...]
    felt: Felt | None
    ending: str | None
    practised_s: float
    provenance: Mapping[str, Any]
    quality: Mapping[str, Any] | None = None
    rest: Mapping[str, Any] | None = None

    @property
    def day(self) -> date:
        """The day of this computer's calendar on which it began."""
        return self.started_at.date()

    @property
    def happened(self) -> bool:
        """Whether anything of it was practised."""
        return bool(self.repetitions) or self.practised_s > 0.0

    @property
    def scoring(self) -> int:
        """Version of the scoring: only numbers of the same one are compared."""
        return int(self.provenance.get("scoring", 1))


@dataclass(frozen=True)
class Trace:
    """The course of one repetition, for drawing: the exercise's wanted movement of each side.

    Attributes
    ----------
    start_s : float
        Seconds of the practice at which it begins.
    rate_hz : float
        Values a second.
    unit : {"mm", "share"}
        Millimetres of skin; for lids the share of the resting opening, 0 open and 1 closed.
    left, right : tuple of float or None
        None where a moment could not be measured.
    """

    start_s: float
    rate_hz: float
    unit: Literal["mm", "share"]
    left: tuple[float | None, ...]
    right: tuple[float | None, ...]


@dataclass(frozen=True)
class Outline:
    """The contours of a face, in millimetres of the face frame: x to the person's left, y up.

    Attributes
    ----------
    exercise : str or None
        None at rest; else at the hold of the practice's middle repetition of it.
    curves : mapping
        Points of ``oval``, ``lips_outer``, ``lips_inner``, ``left_eye``, ``right_eye``,
        ``left_brow``, ``right_brow`` and ``nose``.
    """

    exercise: str | None
    curves: Mapping[str, tuple[tuple[float, float], ...]]


@dataclass(frozen=True)
class Note:
    """Something that somebody wrote down, and who, as they said."""

    number: int
    at: datetime
    text: str
    by: str = ""


@dataclass(frozen=True)
class Total:
    """A questionnaire's total, noted by hand; its questions are not shipped."""

    number: int
    day: date
    scale: str
    value: float


@dataclass(frozen=True)
class Person:
    """One of the people whose practice is kept."""

    number: int
    profile: Profile
