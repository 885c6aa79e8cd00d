"""What one practice says of one quantity: medians of its repetitions, or that nothing is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landmarks.regions import Region, Side

Floats = NDArray[np.float64]

Kind = Literal["evenness", "reach", "quiet", "rest"]
"""How alike both sides go, how far one side goes, how much a region moves along that should be
still, and how unlike both sides are at rest."""

Unit = Literal["ratio", "mm"]

Repetitions = Sequence[Mapping[str, Any]]

Rows = Sequence[tuple[int, float | None, float, float]]
"""Number of the practice, value or None where it cannot be told, and the interval: one row for each
repetition that was seen, practices in order."""


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
    return _only(known_columns(evenness_rows((0, one) for one in repetitions)))


def excursion_of(repetitions: Repetitions, side: Side) -> Measured | None:
    """How far one side went in one practice, in millimetres, by the same rule."""
    return _only(known_columns(reach_rows(((0, one) for one in repetitions), side)))


Numbered = Iterable[tuple[int, Mapping[str, Any]]]
"""Repetitions with the numbers of their practices, in order."""


def evenness_rows(repetitions: Numbered) -> Rows:
    """Symmetry of the repetitions that were seen."""
    return [
        (number, one["symmetry"], *interval)
        for number, one in repetitions
        if (interval := one["symmetry_interval"]) is not None
    ]


def reach_rows(repetitions: Numbered, side: Side) -> Rows:
    """Excursion of one side, in millimetres, where it was seen."""
    return [
        (number, one["excursion_mm"], *interval)
        for number, repetition in repetitions
        if (interval := (one := repetition[side])["excursion_interval_mm"]) is not None
    ]


def quiet_rows(
    repetitions: Numbered, beside_other_eye: bool
) -> dict[tuple[Region, Side], Rows]:
    """What moved along that should have been still, where it was seen.

    Parameters
    ----------
    repetitions : iterable of int and dict
        Of one exercise.
    beside_other_eye : bool
        Whether an eye counts for what it narrows beyond the other: everybody's eyes narrow a
        little in a smile.

    Returns
    -------
    dict
        By region and side. Narrowing of an eye, as a share of its resting opening, and millimetres
        of other regions; an eye that widens counts as 0, since it does not narrow.
    """
    found: dict[tuple[Region, Side], list[tuple[int, float | None, float, float]]] = {}
    for number, repetition in repetitions:
        eyes = []
        for one in repetition["quiet"]:
            interval = one["interval"]
            if interval is None:
                continue
            if one["region"] == "eye":
                eyes.append(one)
                continue
            row = (number, one["change"], *interval)
            found.setdefault((one["region"], one["side"]), []).append(row)
        if beside_other_eye and len(eyes) != 2:
            continue
        for one, other in zip(eyes, reversed(eyes), strict=True):
            low, high = one["interval"]
            value, half = one["change"], (high - low) / 2
            if beside_other_eye:
                value -= other["change"]
                half = np.hypot(half, (other["interval"][1] - other["interval"][0]) / 2)
            row = (number, max(0.0, value), max(0.0, value - half), max(0.0, value + half))
            found.setdefault(("eye", one["side"]), []).append(row)
    return dict(found)


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
    if not rows:
        return nothing()
    table = np.array(rows, dtype=float)
    practices, at, seen = np.unique(
        table[:, 0].astype(np.intp), return_inverse=True, return_counts=True
    )
    known = ~np.isnan(table[:, 1])
    told = 2 * np.bincount(at[known], minlength=len(practices)) > seen
    values = table[:, 1:]
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
