"""What one practice says of one quantity: medians of its repetitions, or that nothing is known."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landmarks.regions import SIDES, Region, Side

Floats = NDArray[np.float64]

Kind = Literal["evenness", "reach", "quiet", "rest"]
"""How alike both sides go, how far one side goes, how much a region moves along that should be
still, and how unlike both sides are at rest."""

Unit = Literal["ratio", "mm"]

Repetitions = Sequence[Mapping[str, Any]]

Rows = NDArray[np.float64]
"""Shape (n, 4): number of the practice, value, low and high of each repetition that was seen, the
practices in order; the value is not a number where it cannot be told."""


@dataclass(frozen=True)
class Quantity:
    """Something that is followed over time.

    Attributes
    ----------
    kind : {"evenness", "reach", "quiet", "rest"}
        What of it.
    exercise : str or None
        Its id; None for the resting face.
    side : {"left", "right"} or None
        The person's own; None where both sides are compared.
    region : str or None
        What should be still, or what is compared at rest; None for the wanted movement.
    """

    kind: Kind
    exercise: str | None
    side: Side | None = None
    region: str | None = None

    @property
    def unit(self) -> Unit:
        """Share of 1, or millimetres of skin."""
        if self.kind == "evenness" or (self.kind == "quiet" and self.region == "eye"):
            return "ratio"
        return "mm"


class Measured(NamedTuple):
    """A value, and where it lies."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Columns:
    """One quantity in each practice in which it was measured.

    Attributes
    ----------
    practice : numpy.ndarray, shape (n,), int
        Number of the practice in its list, ascending.
    values : numpy.ndarray, shape (n, 3)
        Value, low and high. Where it cannot be told from rest, the middle of where it may lie.
    told : numpy.ndarray, shape (n,), bool
        False where it cannot be told from rest.
    """

    practice: NDArray[np.intp]
    values: Floats
    told: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.practice)

    def rows(self, chosen: NDArray[Any]) -> Columns:
        """Some of them, by a mask or by numbers."""
        return Columns(self.practice[chosen], self.values[chosen], self.told[chosen])


def nothing() -> Columns:
    """Columns without a row."""
    return Columns(np.zeros(0, np.intp), np.zeros((0, 3)), np.zeros(0, np.bool_))


def evenness_of(repetitions: Repetitions) -> Measured | None:
    """How even an exercise was in one practice.

    None unless most of the repetitions that were seen could be compared: one that could, of
    several, is no picture of the practice.

    Parameters
    ----------
    repetitions : sequence of dict
        Of one exercise, as in ``score.json``.
    """
    return _only(known_columns(evenness_rows(Numbered.of_one(repetitions))))


def excursion_of(repetitions: Repetitions, side: Side) -> Measured | None:
    """How far one side went in one practice, in millimetres, by the same rule."""
    return _only(known_columns(reach_rows(Numbered.of_one(repetitions))[side]))


@dataclass(frozen=True)
class Numbered:
    """Repetitions of one exercise, with the numbers of their practices, ascending."""

    practices: list[int] = field(default_factory=list)
    repetitions: list[Mapping[str, Any]] = field(default_factory=list)

    @staticmethod
    def of_one(repetitions: Repetitions) -> Numbered:
        """Those of a single practice."""
        return Numbered([0] * len(repetitions), list(repetitions))

    def add(self, practice: int, repetition: Mapping[str, Any]) -> None:
        """Append the next."""
        self.practices.append(practice)
        self.repetitions.append(repetition)

    def __iter__(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        return zip(self.practices, self.repetitions, strict=True)


# What follows goes through every repetition of a year. It fills flat lists of numbers: many small
# tuples would keep Python's collector busy with everything else that is in memory.

_UNSEEN = (math.nan, math.nan)


def evenness_rows(repetitions: Numbered) -> Rows:
    """Symmetry of the repetitions in which it was seen."""
    flat: list[float] = []
    for one in repetitions.repetitions:
        low, high = one["symmetry_interval"] or _UNSEEN
        flat += (_told(one["symmetry"]), low, high)
    return _seen(repetitions, _table(flat, 3))


def reach_rows(repetitions: Numbered) -> dict[Side, Rows]:
    """Excursion of each side, in millimetres, where it was seen."""
    flat: list[float] = []
    for repetition in repetitions.repetitions:
        for side in SIDES:
            one = repetition[side]
            low, high = one["excursion_interval_mm"] or _UNSEEN
            flat += (_told(one["excursion_mm"]), low, high)
    table = _table(flat, 6)
    return {side: _seen(repetitions, table[:, 3 * k : 3 * k + 3]) for k, side in enumerate(SIDES)}


def _told(value: float | None) -> float:
    return math.nan if value is None else value


def _table(flat: list[float], columns: int) -> Rows:
    return np.fromiter(flat, dtype=float, count=len(flat)).reshape(-1, columns)


def _seen(repetitions: Numbered, values: Floats) -> Rows:
    seen = ~np.isnan(values[:, 1])
    return np.column_stack([np.array(repetitions.practices, dtype=float)[seen], values[seen]])


def quiet_rows(repetitions: Numbered, beside_other_eye: bool) -> dict[tuple[Region, Side], Rows]:
    """What moved along that should have been still, where it was seen.

    Parameters
    ----------
    repetitions : Numbered
        Of one exercise.
    beside_other_eye : bool
        Whether an eye counts for what it narrows beyond the other, where both were seen:
        everybody's eyes narrow a little in a smile.

    Returns
    -------
    dict
        By region and side. Narrowing of an eye, as a share of its resting opening, and millimetres
        of other regions; an eye that widens counts as 0, since it does not narrow.
    """
    found: dict[tuple[Region, Side], list[float]] = defaultdict(list)
    eyes_of: dict[Side, list[int]] = defaultdict(list)
    for number, (practice, repetition) in enumerate(repetitions):
        for one in repetition["quiet"]:
            if (interval := one["interval"]) is not None:
                low, high = interval
                found[one["region"], one["side"]] += (practice, _told(one["change"]), low, high)
                if one["region"] == "eye":
                    eyes_of[one["side"]].append(number)
    tables = {name: _table(flat, 4) for name, flat in found.items()}
    eyes: list[tuple[Region, Side]] = [("eye", side) for side in SIDES if ("eye", side) in tables]
    if beside_other_eye:
        each = [tables.pop(name) for name in eyes]
        common, *seen = np.intersect1d(eyes_of["left"], eyes_of["right"], return_indices=True)
        if len(common):
            both = [table[rows] for table, rows in zip(each, seen, strict=True)]
            tables |= dict(zip(eyes, map(_beyond, both, reversed(both)), strict=True))
    for name in eyes:
        if name in tables:
            np.maximum(tables[name][:, 1:], 0.0, out=tables[name][:, 1:])
    return tables


def _beyond(eye: Rows, other: Rows) -> Rows:
    """How much more one eye narrowed than the other in the same repetitions."""
    value = eye[:, 1] - other[:, 1]
    half = np.hypot(eye[:, 3] - eye[:, 2], other[:, 3] - other[:, 2]) / 2.0
    return np.column_stack([eye[:, 0], value, value - half, value + half])


def known_columns(rows: Rows) -> Columns:
    """The practices in which most of the repetitions that were seen have a value."""
    columns = all_columns(rows)
    return columns.rows(columns.told)


def all_columns(rows: Rows) -> Columns:
    """Every practice in which something was seen, with its median value and median interval.

    What one repetition errs in, most of it, the others of the practice err in as well: the
    interval is not made narrower by there being many. Where most repetitions cannot be told from
    rest, what is known is where they lie, and the value is the middle of that.
    """
    if not len(rows):
        return nothing()
    at = np.cumsum(np.r_[False, rows[1:, 0] != rows[:-1, 0]])
    practices = rows[np.r_[True, at[1:] != at[:-1]], 0].astype(np.intp)
    seen = np.bincount(at)
    known = ~np.isnan(rows[:, 1])
    told = 2 * np.bincount(at[known], minlength=len(practices)) > seen
    values = rows[:, 1:].copy()
    values[~known, 0] = values[~known, 1:].mean(axis=1)
    used = known | ~told[at]
    return Columns(practices, medians_by(at[used], values[used]), told)


def medians_by(groups: NDArray[np.intp], values: Floats) -> Floats:
    """Medians of neighbouring rows.

    Parameters
    ----------
    groups : numpy.ndarray, shape (n,), int
        The group of each row, ascending, at least one row.
    values : numpy.ndarray, shape (n, k)
        Without gaps.

    Returns
    -------
    numpy.ndarray, shape (groups, k)
        In the order of the groups.
    """
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    counts = np.diff(np.r_[starts, len(groups)])
    each = np.repeat(np.arange(len(starts)), counts)
    padded = np.full((len(starts), counts.max(), values.shape[1]), np.inf)
    padded[each, np.arange(len(groups)) - starts[each]] = values
    padded.sort(axis=1)
    every = np.arange(len(starts))
    middle: Floats = (padded[every, (counts - 1) // 2] + padded[every, counts // 2]) / 2
    return middle


def _only(columns: Columns) -> Measured | None:
    return Measured(*map(float, columns.values[0])) if len(columns) else None
