"""The first day: chosen once, and kept for ever.

Everything later stands beside it, so it never moves: whatever was practised more than a week after
the beginning cannot become the first day, and a better first day is not looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exercises import library
from landmarks.regions import SIDES
from mirrorcoach.records.practices import PracticeRecord

SETTLING_DAYS = 7
"""The first day is chosen among those of the first week with a measurement."""


@dataclass(frozen=True)
class Reference:
    """The practice that is the first day.

    Attributes
    ----------
    practice : PracticeRecord
        Which one.
    is_assessment : bool
        Whether it was an assessment, done completely.
    is_complete : bool
        False if nothing was done to its end in the first week: then it is the first practice in
        which anything was measured.
    """

    practice: PracticeRecord
    is_assessment: bool
    is_complete: bool

    @property
    def day(self) -> date:
        """The day of this computer's calendar."""
        return self.practice.day


def reference_of(practices: Sequence[PracticeRecord]) -> Reference | None:
    """The first day of somebody; None before anything was measured.

    Of the week that begins with the first measured practice: the first complete assessment, else
    the first complete practice, else the first measured practice.

    Parameters
    ----------
    practices : sequence of PracticeRecord
        In order of time.
    """
    begun = next((one for one in practices if _is_measured(one)), None)
    if begun is None:
        return None
    settled = begun.day + timedelta(days=SETTLING_DAYS)
    week = [one for one in practices if begun.day <= one.day < settled and _is_measured(one)]
    complete = [one for one in week if one.ending == "done"]
    for one in complete:
        if _is_assessment(one):
            return Reference(one, is_assessment=True, is_complete=True)
    if complete:
        return Reference(complete[0], is_assessment=False, is_complete=True)
    return Reference(begun, is_assessment=False, is_complete=False)


def _is_measured(practice: PracticeRecord) -> bool:
    """Whether the movement of a side is known of any repetition."""
    return any(
        one[side]["excursion_mm"] is not None for one in practice.repetitions for side in SIDES
    )


def _is_assessment(practice: PracticeRecord) -> bool:
    """Whether each movement of an assessment was measured at least once."""
    programme = library.programmes().get(practice.programme)
    if programme is None or programme.purpose != "assessment":
        return False
    catalogue = library.exercises()
    asked = {
        step.exercise for step in programme.steps if catalogue[step.exercise].wanted is not None
    }
    return asked <= {
        one["exercise"]
        for one in practice.repetitions
        if any(one[side]["excursion_mm"] is not None for side in SIDES)
    }
