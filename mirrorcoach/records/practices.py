"""What is kept of one practice, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from exercises.schema import Question

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
