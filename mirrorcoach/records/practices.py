"""What is kept of a person and of each of their practices, as plain values."""

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
        Its number in the store: of two practices of a person the later one has the higher number,
        whatever the clock said.
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
        Why it was over, as `exercises.events.Finished` has it; None if it was cut off or is still
        going on.
    practised_s : float
        How long was practised.
    provenance : mapping
        Versions of everything that a number depends on.
    quality : mapping or None
        How well it could be measured, as ``quality`` in ``score.json``; None if that was not kept.
    rest : mapping or None
        The resting face, as ``rest`` in ``score.json``, with its ``scale`` as there; None if no
        rest was seen or kept.
    ended_at : datetime or None
        When it was over; None if it was cut off or is still going on.
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
    ended_at: datetime | None = None

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
        When its first value was, in seconds of the practice.
    rate_hz : float
        Values a second.
    unit : {"mm", "share"}
        Millimetres of skin; of lids the share of the resting opening, 0 open and 1 closed.
    left, right : tuple of float or None
        One value after the other, as many of each; None where nothing could be measured.
    """

    start_s: float
    rate_hz: float
    unit: Literal["mm", "share"]
    left: tuple[float | None, ...]
    right: tuple[float | None, ...]


@dataclass(frozen=True)
class Outline:
    """The contours of a face, in millimetres of the face frame: x to the person's left, y up.

    They are those of the mesh, which draws the two sides more alike than they are: good for
    showing what a movement looks like, not for measuring how even it was.

    Attributes
    ----------
    exercise : str or None
        None: at rest; else at the hold of the practice's middle repetition of it.
    curves : mapping of str to tuple of (x, y)
        ``oval``, ``lips_outer``, ``lips_inner``, ``left_eye``, ``right_eye``, ``left_brow``,
        ``right_brow`` and ``nose``, in drawing order; all closed but the brows and the nose.
    """

    exercise: str | None
    curves: Mapping[str, tuple[tuple[float, float], ...]]


@dataclass(frozen=True)
class Note:
    """What somebody wrote down; `by` says who, as they said."""

    number: int
    at: datetime
    text: str
    by: str = ""


def can_be_shown(text: str) -> bool:
    """Whether a text steers no terminal and turns no line round; it may have several lines.

    Joiners are let through, since scripts and pictographs need them.
    """
    return all(one.isprintable() or one in "\n\t\u200c\u200d" for one in text)


@dataclass(frozen=True)
class Total:
    """A questionnaire's total, noted by hand; its questions are not shipped."""

    number: int
    day: date
    scale: str
    value: float


@dataclass(frozen=True)
class Person:
    """Somebody whose practices are kept, and their number in the store."""

    number: int
    profile: Profile
