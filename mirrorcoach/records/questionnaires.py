"""Scales whose totals can be noted by hand, and how large a change of one must be to be certain.

The questions themselves are not here: their texts belong to others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exercises.faults import did_you_mean
from mirrorcoach.errors import UsageError
from mirrorcoach.records.practices import Total

Better = Literal["higher", "lower"]

Verdict = Literal["better", "worse", "no_certain_change", "not_known"]
"""``not_known``: nobody has published how large a change of this scale must be."""


@dataclass(frozen=True)
class Scale:
    """A questionnaire or a clinician's scale.

    Attributes
    ----------
    name : str
        As people write it.
    about : str
        What it asks about, in a few words.
    low, high : float
        The least and the most that a total can be.
    better : {"higher", "lower"}
        Which way is better.
    smallest_change : float or None
        Smallest change of one person's total that is more than the questionnaire's own spread;
        None where none was published.
    source : str
        Where that figure comes from, for people to read; empty where there is none.
    """

    name: str
    about: str
    low: float
    high: float
    better: Better
    smallest_change: float | None = None
    source: str = ""


_BRUINS = "Bruins et al. 2021; van Veen et al. 2020"

SCALES: dict[str, Scale] = {
    one.name: one
    for one in (
        Scale("FaCE", "facial function, as the person finds it", 0, 100, "higher", 17.6, _BRUINS),
        # Five items; one that was left undone for other reasons counts 0 instead of 1 to 5, so
        # (sum - 5) / 5 * 25 begins below nought.
        Scale("FDI physical", "eating, drinking, speaking", -25, 100, "higher", 17.6, _BRUINS),
        Scale("FDI social", "well-being among people", 0, 100, "higher", 17.7, _BRUINS),
        Scale("SAQ", "movement that comes along", 20, 100, "lower", 28.2, _BRUINS),
        Scale("Sunnybrook", "a clinician's composite score", 0, 100, "higher"),
    )
}
"""By name; the table is that of ``docs/exchange.md``."""


@dataclass(frozen=True)
class Change:
    """What became of a scale between two totals.

    Attributes
    ----------
    scale : str
        Name of the scale, as it was noted.
    first, latest : Total
        The earliest and the latest by day; of one day, the one noted last.
    difference : float
        Latest less first.
    verdict : str
        A `Verdict`. Anything smaller than the smallest detectable change is no certain change.
    """

    scale: str
    first: Total
    latest: Total
    difference: float
    verdict: Verdict


def find_scale(name: str) -> Scale:
    """The scale that somebody names, in small or large letters.

    Raises
    ------
    UsageError
        If there is none.
    """
    wanted = " ".join(name.casefold().split())
    for one in SCALES.values():
        if one.name.casefold() == wanted:
            return one
    raise UsageError(
        f"No scale is called '{name}'.{did_you_mean(name, SCALES)} There are: {', '.join(SCALES)}."
    )


def check_value(scale: Scale, value: float) -> None:
    """Refuse a total that the scale cannot give.

    Raises
    ------
    UsageError
        If it is not within the scale's range, or not a number.
    """
    if not scale.low <= value <= scale.high:  # also refuses what is not a number
        raise UsageError(
            f"A {scale.name} of {value:g} was given; it goes from {scale.low:g} to {scale.high:g}. "
            "Give the total as it was worked out on the sheet."
        )


def check_day(day: date, today: date) -> None:
    """Refuse a day that is not here yet.

    Raises
    ------
    UsageError
        If it lies ahead of today.
    """
    if day > today:
        raise UsageError(
            f"The day {day.isoformat()} lies ahead; a day up to today, {today.isoformat()}, was "
            "expected. Give the day on which the sheet was filled in."
        )


def between(scale: Scale, earlier: float, later: float) -> Verdict:
    """Whether one person's total has changed for certain, and which way.

    Parameters
    ----------
    scale : Scale
        Of both totals.
    earlier, later : float
        The totals.
    """
    if scale.smallest_change is None:
        return "not_known"
    difference = round(later - earlier, 6)  # 61.1 - 43.5 is a hair below 17.6 in a computer
    if abs(difference) < scale.smallest_change:
        return "no_certain_change"
    return "better" if (difference > 0) == (scale.better == "higher") else "worse"


def changes(totals: Iterable[Total]) -> tuple[Change, ...]:
    """The change since the first total of each scale that has two days or more.

    Parameters
    ----------
    totals : iterable of Total
        Of one person, in any order.

    Returns
    -------
    tuple of Change
        In the order of `SCALES`, then of names; a scale that is not among `SCALES` (noted by a
        later version, say) has the verdict ``not_known``.
    """
    by_scale: dict[str, list[Total]] = {}
    for one in sorted(totals, key=lambda one: (one.day, one.number)):
        by_scale.setdefault(one.scale, []).append(one)
    known = list(SCALES)
    found = []
    for name in sorted(
        by_scale, key=lambda name: (known.index(name) if name in known else 99, name)
    ):
        whole = by_scale[name]
        latest = whole[-1]
        first = [one for one in whole if one.day == whole[0].day][-1]
        if first.day == latest.day:
            continue
        verdict: Verdict = "not_known"
        if name in SCALES:
            verdict = between(SCALES[name], first.value, latest.value)
        found.append(Change(name, first, latest, round(latest.value - first.value, 6), verdict))
    return tuple(found)


def told(verdict: Verdict) -> str:
    """A verdict in words."""
    return _TOLD[verdict]


_TOLD: dict[Verdict, str] = {
    "better": "better, by more than the scale's own spread",
    "worse": "less good, by more than the scale's own spread",
    "no_certain_change": "no certain change",
    "not_known": "how large a change must be is not known for this scale",
}
