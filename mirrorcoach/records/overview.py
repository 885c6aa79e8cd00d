"""Months of practice at a glance: each exercise against its first day, and what stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from exercises import library
from landmarks.regions import SIDES
from mirrorcoach.profile import AffectedSide
from mirrorcoach.records.history import VARIATIONS, History, Trend
from mirrorcoach.records.reference import Reference

LATELY_DAYS = 28
"""What could not be measured is told of so many last days."""

RESTED_DAYS = 14
"""An exercise that was practised before, and not for so many days, has rested."""

LEAST_EXERCISES = 3
"""So many exercises are needed for one to ask for more patience than the others."""

_BETTER = ("more_even", "quieter", "further")


@dataclass(frozen=True)
class OneExercise:
    """Everything of one exercise.

    Attributes
    ----------
    exercise : str
        Its id.
    practices : int
        In how many it was done.
    last_day : datetime.date
        When it was done last.
    evenness : Trend
        How alike both sides go.
    sides : tuple of Trend
        How far the left side goes, and the right.
    quiet : tuple of Trend
        What should be still.
    """

    exercise: str
    practices: int
    last_day: date
    evenness: Trend
    sides: tuple[Trend, ...]
    quiet: tuple[Trend, ...]

    @property
    def trends(self) -> tuple[Trend, ...]:
        """All of them."""
        return (self.evenness, *self.sides, *self.quiet)


@dataclass(frozen=True)
class Unmeasured:
    """An exercise of which lately most could not be compared.

    Attributes
    ----------
    exercise : str
        Its id.
    repetitions, unknown : int
        How many, and how many of them have no evenness.
    reason : str or None
        The commonest sentence of ``reasons``; None if none was given.
    """

    exercise: str
    repetitions: int
    unknown: int
    reason: str | None


@dataclass(frozen=True)
class Overview:
    """What `mirrorcoach history` tells.

    Attributes
    ----------
    reference : Reference or None
        The first day; None before anything was measured.
    courses : tuple of OneExercise
        The exercise that was practised most often comes first.
    rest : tuple of Trend
        How unlike both sides are at rest.
    better : tuple of Trend
        What certainly changed for the better: more even, quieter, and the affected side further.
    patience : tuple of str
        Exercises in which both sides go together less than in the others, beyond usual days.
    rested : tuple of OneExercise
        Exercises that were not practised for a while, though others were.
    unmeasured : tuple of Unmeasured
        What could not be measured lately.
    """

    reference: Reference | None
    courses: tuple[OneExercise, ...]
    rest: tuple[Trend, ...]
    better: tuple[Trend, ...]
    patience: tuple[str, ...]
    rested: tuple[OneExercise, ...]
    unmeasured: tuple[Unmeasured, ...]


def overview(
    history: History, affected: AffectedSide | None = None, only: str | None = None
) -> Overview:
    """What became of all practices, or of one exercise in them.

    Parameters
    ----------
    history : History
        Of one person.
    affected : {"left", "right", "both", "unsure"}, optional
        The side that the person named. Only there is going further told as better: the other side
        may well do less.
    only : str, optional
        Id of the one exercise to tell of.
    """
    everything = [_one(history, name) for name in history.exercises]
    everything.sort(key=lambda one: (-one.practices, one.exercise))
    courses = tuple(one for one in everything if only in (None, one.exercise))
    rest = history.rest() if only is None else ()
    own = [one.exercise for one in courses]
    resting = rested({one.exercise: one.last_day for one in everything})
    return Overview(
        reference=history.reference,
        courses=courses,
        rest=rest,
        better=tuple(
            trend
            for trend in (*(one for course in courses for one in course.trends), *rest)
            if _is_better(trend, affected)
        ),
        patience=tuple(
            name for name in patience(one.evenness for one in everything) if name in own
        ),
        rested=tuple(one for one in courses if one.exercise in resting),
        unmeasured=_unmeasured(history, own),
    )


def _one(history: History, exercise: str) -> OneExercise:
    done = history.done(exercise)
    return OneExercise(
        exercise=exercise,
        practices=len(done),
        last_day=done[-1].day,
        evenness=history.evenness(exercise),
        sides=tuple(history.reach(exercise, side) for side in SIDES),
        quiet=history.quiet(exercise),
    )


def _is_better(trend: Trend, affected: AffectedSide | None) -> bool:
    if trend.quantity.kind == "reach" and affected not in (trend.side, "both"):
        return False
    return trend.verdict in _BETTER


def patience(evenness: Iterable[Trend]) -> list[str]:
    """Exercises that lie below the others by more than their usual days differ.

    Parameters
    ----------
    evenness : iterable of Trend
        Of each exercise.
    """
    catalogue = library.exercises()
    known = {
        one.exercise: (now, VARIATIONS * (one.day_to_day or 0.0))
        for one in evenness
        if one.verdict != "too_early" and (now := one.now) is not None
        if one.exercise in catalogue and catalogue[one.exercise].scoring == "measured"
    }
    if len(known) < LEAST_EXERCISES:
        return []
    return [
        name
        for name, (now, usual) in known.items()
        if now + usual < median(other for one, (other, _) in known.items() if one != name)
    ]


def rested(last_day: Mapping[str, date]) -> list[str]:
    """Exercises that were not practised for a while, though others were.

    Parameters
    ----------
    last_day : mapping of str to datetime.date
        When each exercise was done last.
    """
    if not last_day:
        return []
    since = max(last_day.values()) - timedelta(days=RESTED_DAYS)
    return [name for name, day in last_day.items() if day <= since]


def _unmeasured(history: History, exercises: Sequence[str]) -> tuple[Unmeasured, ...]:
    """Exercises of which lately most repetitions have no evenness."""
    if not history.practices:
        return ()
    since = history.practices[-1].day - timedelta(days=LATELY_DAYS)
    lately = [
        one for record in history.practices if record.day > since for one in record.repetitions
    ]
    found = []
    for name in exercises:
        own = [one for one in lately if one["exercise"] == name]
        unknown = [one for one in own if one["symmetry"] is None]
        if 2 * len(unknown) > len(own):
            reasons = Counter(reason for one in unknown for reason in one["reasons"])
            commonest = reasons.most_common(1)
            found.append(
                Unmeasured(name, len(own), len(unknown), commonest[0][0] if commonest else None)
            )
    return tuple(found)
