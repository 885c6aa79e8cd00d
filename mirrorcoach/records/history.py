"""What became of the practices: each quantity against the first day, with its uncertainty.

Pure functions of the practices that were kept; their order does not matter. ``docs/history.md``
says what each word means, and how often it is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np

from exercises import library
from landmarks.regions import SIDES, Side
from mirrorcoach.records.alike import (
    Aside,
    TimeOfDay,
    from_the_same_distance,
    mm_per_px,
)
from mirrorcoach.records.change import (
    END_DAYS,
    LEAST_DAYS,
)
from mirrorcoach.records.course import VARIATIONS, Course, Ints, Point, smooth
from mirrorcoach.records.days import (
    DOTS,
    LONG_GAP_DAYS,
    PARTS,
    Day,
    Month,
    Part,
    PartOfDay,
    gap_days,
    is_back,
    month,
    part_of,
    parts_of_today,
    practised_on,
    tiredness,
    week,
)
from mirrorcoach.records.measured import (
    Columns,
    Floats,
    Kind,
    Measured,
    Numbered,
    Quantity,
    Rows,
    all_columns,
    evenness_of,
    evenness_rows,
    excursion_of,
    known_columns,
    medians_by,
    quiet_rows,
    reach_rows,
)
from mirrorcoach.records.practices import PracticeRecord
from mirrorcoach.records.reference import Reference, reference_of
from mirrorcoach.records.resting import rest_rows

__all__ = [
    "DOTS",
    "END_DAYS",
    "LEAST_DAYS",
    "LONG_GAP_DAYS",
    "PARTS",
    "VARIATIONS",
    "Day",
    "DayOfExercise",
    "History",
    "Measured",
    "Month",
    "Part",
    "PartOfDay",
    "Point",
    "Quantity",
    "Reach",
    "Trend",
    "Verdict",
    "evenness_of",
    "excursion_of",
    "gap_days",
    "is_back",
    "month",
    "part_of",
    "parts_of_today",
    "practised_on",
    "reach",
    "tiredness",
    "trend",
    "trends",
    "week",
]

Verdict = Literal["more_even", "about_the_same", "less_even", "too_early"]
"""Of how alike both sides are, in a movement or at rest."""

Reach = Literal["further", "about_the_same", "less_far", "too_early"]
"""Of how far one side goes."""

Quiet = Literal["quieter", "about_the_same", "less_quiet", "too_early"]
"""Of what moves along that should be still."""

_SAME: Literal["about_the_same"] = "about_the_same"
_UP_DOWN: dict[Kind, tuple[Verdict | Reach | Quiet, Verdict | Reach | Quiet]] = {
    "evenness": ("more_even", "less_even"),
    "reach": ("further", "less_far"),
    "quiet": ("less_quiet", "quieter"),
    "rest": ("less_even", "more_even"),
}
"""What a certain rise of the number is called, and a certain fall."""

_NONE = Numbered()


@dataclass(frozen=True, eq=False)
class Trend:
    """One quantity over time.

    Attributes
    ----------
    quantity : Quantity
        What it is, and its unit.
    first : Point or None
        The level of the first days, and the usual range about it: what one day is likely to show
        without any change. None before there is a second day to know that from, or if it could not
        be told from rest.
    latest : Point or None
        The last day on which it was measured.
    now : float or None
        The level of the latest days; None before there is a second day, or if it could not be told
        from rest.
    change : float or None
        Level of the latest days less that of the first; None while it is too early.
    change_half : float or None
        Half of the width of its interval. The change is certain if it is larger than this.
    day_to_day : float or None
        Standard deviation of a day; None before there are two days.
    verdict : str
        A `Verdict` for evenness and rest, a `Reach` for a side, a `Quiet` for what should be still.
    days : int
        Days with a measurement, from the first day on.
    first_at_most, latest_at_most : float or None
        Where the first or the latest days could not be told from rest: they lie below this.
    aside : tuple of Aside
        Practices that are not compared, and why.
    time_of_day : {"alike", "taken_off", "differs"}
        What the time of day does.
    """

    quantity: Quantity
    first: Point | None
    latest: Point | None
    now: float | None
    change: float | None
    change_half: float | None
    day_to_day: float | None
    verdict: Verdict | Reach | Quiet
    days: int
    first_at_most: float | None
    latest_at_most: float | None
    aside: tuple[Aside, ...]
    time_of_day: TimeOfDay
    _shown: Columns
    _history: History

    @property
    def practices(self) -> int:
        """In how many practices it was measured and may be compared."""
        return len(self._shown)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """One for each practice in which it was measured, with that of a typical repetition."""
        return self._history.points(self._shown)

    @cached_property
    def line(self) -> tuple[Point, ...]:
        """One for each day: the smooth course, and the interval smoothed alike."""
        return smooth(self._history.day_points(self._shown))

    @property
    def exercise(self) -> str:
        """Id of its exercise; empty for the resting face."""
        return self.quantity.exercise or ""

    @property
    def side(self) -> Side | None:
        """Its side; None where both are compared."""
        return self.quantity.side

    @property
    def is_certain(self) -> bool:
        """Whether it changed for certain, for better or worse."""
        return self.verdict not in ("too_early", _SAME)


@dataclass(eq=False)
class DayOfExercise:
    """One day of one exercise.

    Attributes
    ----------
    day : datetime.date
        Which.
    exercise : str
        Its id.
    scoring : int
        By which version it was scored.
    values : dict of Quantity to Measured
        Medians of what was measured.
    practices : set of int
        Numbers of its practices.
    repetitions, measurable : int
        How many, and how many of them could be measured.
    """

    day: date
    exercise: str
    scoring: int
    values: dict[Quantity, Measured]
    practices: set[int] = field(default_factory=set)
    repetitions: int = 0
    measurable: int = 0


def trend(practices: Iterable[PracticeRecord], exercise: str) -> Trend:
    """How even an exercise was over time.

    Parameters
    ----------
    practices : iterable of PracticeRecord
        In any order. Only those are compared that were scored like the last of them.
    exercise : str
        Its id.
    """
    return History(practices).evenness(exercise)


def reach(practices: Iterable[PracticeRecord], exercise: str, side: Side) -> Trend:
    """How far one side went over time, in millimetres: what a ratio of both sides can hide.

    Parameters
    ----------
    practices, exercise
        As for `trend`.
    side : {"left", "right"}
        The affected side, as the person says.
    """
    return History(practices).reach(exercise, side)


def trends(practices: Iterable[PracticeRecord]) -> tuple[Trend, ...]:
    """The evenness of every exercise that was measured, the most often practised first."""
    history = History(practices)
    found = [one for one in map(history.evenness, history.exercises) if one.practices]
    return tuple(sorted(found, key=lambda one: -one.practices))


class History:
    """Practices in order of time, gone through once for everything that is asked of them.

    Parameters
    ----------
    practices : iterable of PracticeRecord
        Of one person, in any order.
    """

    def __init__(self, practices: Iterable[PracticeRecord]) -> None:
        self.practices = tuple(sorted(practices, key=lambda one: (one.started_at, one.number)))
        self._repetitions: dict[str, Numbered] = defaultdict(Numbered)
        for number, record in enumerate(self.practices):
            for one in record.repetitions:
                self._repetitions[one["exercise"]].add(number, one)
        self._reach_rows: dict[str, dict[Side, Rows]] = {}
        self._days: Ints = np.array([one.day.toordinal() for one in self.practices], dtype=int)
        self._parts: Ints = np.array(
            [PARTS.index(part_of(one.started_at)) for one in self.practices], dtype=int
        )
        self._scorings: Ints = np.array([one.scoring for one in self.practices], dtype=int)
        self._sizes: Floats = np.array([mm_per_px(one) for one in self.practices], dtype=float)

    @cached_property
    def reference(self) -> Reference | None:
        """The first day."""
        return reference_of(self.practices)

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of all that were asked for, in order of the alphabet."""
        return tuple(sorted(self._repetitions))

    def done(self, exercise: str) -> tuple[PracticeRecord, ...]:
        """The practices in which an exercise was asked for, in order of time."""
        asked = self._repetitions.get(exercise, _NONE).practices
        return tuple(self.practices[number] for number in dict.fromkeys(asked))

    def evenness(self, exercise: str) -> Trend:
        """How even an exercise was."""
        rows = evenness_rows(self._repetitions.get(exercise, _NONE))
        return self._trend(Quantity("evenness", exercise), known_columns(rows))

    def reach(self, exercise: str, side: Side) -> Trend:
        """How far one side went."""
        rows = self._reached(exercise)[side]
        return self._trend(Quantity("reach", exercise, side), all_columns(rows))

    def quiet(self, exercise: str) -> tuple[Trend, ...]:
        """How much moved along that should have been still, region by region and side by side."""
        found = self._quiet_rows(exercise)
        return tuple(self._trend(one, all_columns(rows)) for one, rows in found.items())

    def rest(self) -> tuple[Trend, ...]:
        """How unlike both sides were at rest, in each respect that was measured."""
        return tuple(
            self._trend(Quantity("rest", None, None, name), known_columns(rows))
            for name, rows in rest_rows(self.practices).items()
        )

    def _reached(self, exercise: str) -> dict[Side, Rows]:
        """Of both sides at once: they are always asked for together."""
        if exercise not in self._reach_rows:
            self._reach_rows[exercise] = reach_rows(self._repetitions.get(exercise, _NONE))
        return self._reach_rows[exercise]

    def _quiet_rows(self, exercise: str) -> dict[Quantity, Rows]:
        known = library.exercises().get(exercise)
        beside = known is not None and any(one.compare == "other_eye" for one in known.quiet)
        found = quiet_rows(self._repetitions.get(exercise, _NONE), beside)
        return {
            Quantity("quiet", exercise, side, region): rows
            for (region, side), rows in found.items()
        }

    # -- one quantity -------------------------------------------------------------------------

    def _trend(self, quantity: Quantity, found: Columns) -> Trend:
        alike, aside = self._compared(quantity, found)
        shown = alike.rows(alike.told)
        course = Course(self._judged(alike), quantity, self._days, self._parts)
        changed = course.change
        up, down = _UP_DOWN[quantity.kind]
        verdict: Verdict | Reach | Quiet = "too_early"
        if changed is not None:
            verdict = _SAME
            if changed.is_certain:
                verdict = up if changed.value > 0.0 else down
        return Trend(
            quantity=quantity,
            first=course.first(self.practices),
            latest=self._latest(shown),
            now=course.now,
            change=changed.value if changed else None,
            change_half=changed.half if changed else None,
            day_to_day=course.day_to_day,
            verdict=verdict,
            days=course.days,
            first_at_most=course.first_at_most,
            latest_at_most=course.latest_at_most,
            aside=aside,
            time_of_day=course.time_of_day,
            _shown=shown,
            _history=self,
        )

    def _compared(self, quantity: Quantity, found: Columns) -> tuple[Columns, tuple[Aside, ...]]:
        """The practices that may be compared, and the others."""
        if not len(found):
            return found, ()
        asked = self._repetitions.get(quantity.exercise or "")
        last = asked.practices[-1] if asked else found.practice[-1]
        scored_alike = self._scorings[found.practice] == self._scorings[last]
        sizes = self._sizes[found.practice]
        usual = self._judged(found.rows(scored_alike)).practice[:END_DAYS]
        near = from_the_same_distance(sizes, self._sizes[usual])
        others = [
            self._aside("scoring", found.rows(self._scorings[found.practice] == version))
            for version in np.unique(self._scorings[found.practice[~scored_alike]])
        ]
        far = scored_alike & ~near
        if far.any():
            others.append(self._aside("distance", found.rows(far)))
        return found.rows(scored_alike & near), tuple(others)

    def _aside(self, why: Literal["scoring", "distance"], found: Columns) -> Aside:
        days = self._days[found.practice]
        first = np.median(found.values[days == days[0]], axis=0)
        begun, ended = (self.practices[found.practice[at]] for at in (0, -1))
        return Aside(
            why=why,
            scoring=begun.scoring,
            practices=len(found),
            first_day=begun.day,
            last_day=ended.day,
            first=Measured(*map(float, first)),
        )

    def _judged(self, found: Columns) -> Columns:
        """Those from the first day on; all of them if none is."""
        if self.reference is None:
            return found
        since = self._days[found.practice] >= self.reference.day.toordinal()
        return found.rows(since) if since.any() else found

    def _latest(self, shown: Columns) -> Point | None:
        days = self._days[shown.practice]
        last = self.day_points(shown.rows(days == days[-1])) if len(days) else ()
        return last[0] if last else None

    def each_day(self, exercise: str) -> Iterator[DayOfExercise]:
        """Every day of an exercise, also those that are not compared, in order of time."""
        asked = self._repetitions.get(exercise, _NONE)
        reached = self._reached(exercise)
        by_day = {
            Quantity("evenness", exercise): self._by_day(known_columns(evenness_rows(asked))),
            **{
                Quantity("reach", exercise, side): self._by_day(known_columns(reached[side]))
                for side in SIDES
            },
            **{
                quantity: self._by_day(known_columns(rows))
                for quantity, rows in self._quiet_rows(exercise).items()
            },
        }
        days: dict[tuple[date, int], DayOfExercise] = {}
        for number, one in asked:
            record = self.practices[number]
            key = record.day, record.scoring
            if key not in days:
                values = {name: found[key] for name, found in by_day.items() if key in found}
                days[key] = DayOfExercise(record.day, exercise, record.scoring, values)
            days[key].practices.add(record.number)
            days[key].repetitions += 1
            days[key].measurable += bool(one["measurable"])
        yield from days.values()

    def _by_day(self, found: Columns) -> dict[tuple[date, int], Measured]:
        days, scorings = self._days[found.practice], self._scorings[found.practice]
        order = np.lexsort((scorings, days))
        if not len(order):
            return {}
        days, scorings = days[order], scorings[order]
        group = np.cumsum(np.r_[False, (np.diff(days) != 0) | (np.diff(scorings) != 0)])
        starts = np.unique(group, return_index=True)[1]
        medians = map(Measured._make, medians_by(group, found.values[order]).tolist())
        dates = map(date.fromordinal, days[starts].tolist())
        return {
            (day, scoring): one
            for day, scoring, one in zip(dates, scorings[starts].tolist(), medians, strict=True)
        }

    def points(self, found: Columns) -> tuple[Point, ...]:
        """One for each practice."""
        times = [self.practices[number].started_at for number in found.practice]
        return tuple(map(Point, times, *found.values.T.tolist()))

    def day_points(self, found: Columns) -> tuple[Point, ...]:
        """The median of each day, at the time of its last practice."""
        if not len(found):
            return ()
        days = self._days[found.practice]
        last = np.flatnonzero(np.r_[days[1:] != days[:-1], True])
        times = [self.practices[number].started_at for number in found.practice[last]]
        return tuple(map(Point, times, *medians_by(days, found.values).T.tolist()))
