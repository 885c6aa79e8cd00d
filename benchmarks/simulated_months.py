"""Somebody who practises for months: what is kept of them, with everything that makes days differ.

Numbers are drawn, no face is rendered: this is for what becomes of measurements, not for measuring.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mirrorcoach.records.practices import PracticeRecord

BEGAN = datetime(2026, 1, 5, tzinfo=timezone.utc)
HOURS = (9, 14, 19)
"""Morning, midday and evening."""

EVENNESS, LEFT_MM, RIGHT_MM, NARROWING, CORNER_MM = 0.55, 6.0, 3.5, 0.25, 2.5
"""The first day: both sides, the weaker right one, and on its side an eye that narrows by a quarter
and a mouth corner that moves along."""


@dataclass(frozen=True)
class Months:
    """A patient; every noise is a standard deviation, as a share of the value.

    Attributes
    ----------
    gain : float
        What changes by the end, as a share: evenness and the right side rise by it, what moves
        along falls by it.
    days : int
        From the first to the last.
    per_day : int
        Practices planned a day, at most three.
    rest_days, left_out : float
        Shares of the days, and of the practices of the others, without practice.
    day, practice, repetition : float
        Noise of a day, of a practice, and of a repetition.
    alike : float
        Correlation of one day with the next: good and heavy weeks.
    evening : float
        What is added in the evening, and half of it at midday, as a share.
    from_mornings_to_evenings : bool
        Whether practices move from the morning to the evening over the months.
    shift : float
        What a new camera adds to everything for good from the middle on, as a share.
    unmeasured : float
        Share of the repetitions that cannot be measured.
    exercises : tuple of str
        What is practised.
    repetitions : int
        Of each.
    """

    gain: float = 0.0
    days: int = 90
    per_day: int = 3
    rest_days: float = 0.15
    left_out: float = 0.2
    day: float = 0.06
    practice: float = 0.06
    repetition: float = 0.10
    alike: float = 0.0
    evening: float = 0.0
    from_mornings_to_evenings: bool = False
    shift: float = 0.0
    unmeasured: float = 0.1
    exercises: tuple[str, ...] = ("pucker",)
    repetitions: int = 3

    @property
    def noise_of_a_day(self) -> float:
        """Standard deviation of a day's value, as a share; near enough for a table."""
        practices = max(1.0, self.per_day * (1.0 - self.left_out))
        within = self.practice**2 + 1.5 * self.repetition**2 / self.repetitions
        return float(np.sqrt(self.day**2 + within / practices))

    def practices(self, seed: int) -> list[PracticeRecord]:
        """What is kept of one such patient."""
        rng = np.random.default_rng(seed)
        good = _waves(rng, self.days, self.alike)
        found: list[PracticeRecord] = []
        for day in range(self.days):
            if day and rng.random() < self.rest_days:
                continue
            gone = day / max(1, self.days - 1)
            for part in self._parts(rng, gone, first=day == 0):
                share = self.day * good[day] + self.practice * rng.standard_normal(len(good[day]))
                share += self.evening * part / 2 + self.shift * (gone > 0.5)
                found.append(self._practice(rng, len(found) + 1, day, part, gone, 1.0 + share))
        return found

    def _parts(self, rng: np.random.Generator, gone: float, first: bool) -> list[int]:
        if self.from_mornings_to_evenings:
            late = rng.random(2) < (0.1 + 0.8 * gone)
            return sorted({2 if one else 0 for one in late})
        kept = [part for part in range(self.per_day) if rng.random() >= self.left_out]
        return kept or [0] if first else kept

    def _practice(
        self,
        rng: np.random.Generator,
        number: int,
        day: int,
        part: int,
        gone: float,
        share: NDArray[np.float64],
    ) -> PracticeRecord:
        at = BEGAN + timedelta(days=day, hours=HOURS[part], minutes=int(rng.integers(60)))
        rises, falls = 1.0 + self.gain * gone, 1.0 - self.gain * gone
        true = np.array([EVENNESS, LEFT_MM, RIGHT_MM, NARROWING, CORNER_MM])
        true *= share * np.array([rises, 1.0, rises, falls, falls])
        repetitions = []
        for exercise in self.exercises:
            for _ in range(self.repetitions):
                noise = 1.0 + self.repetition * rng.standard_normal(5)
                seen = rng.random() >= self.unmeasured
                repetitions.append(
                    _repetition(len(repetitions), exercise, true * noise if seen else None)
                )
        return PracticeRecord(
            number=number,
            started_at=at,
            programme="synkinesis",
            repetitions=tuple(repetitions),
            answers=(),
            felt="as_usual",
            ending="done",
            practised_s=300.0,
            provenance={"scoring": 1},
        )


def _waves(rng: np.random.Generator, days: int, alike: float) -> NDArray[np.float64]:
    """How each day is for each of five quantities: neighbours alike, standard deviation 1."""
    waves = rng.standard_normal((days, 5))
    for day in range(1, days):
        waves[day] = alike * waves[day - 1] + np.sqrt(1.0 - alike**2) * waves[day]
    return waves


def _repetition(index: int, exercise: str, values: NDArray[np.float64] | None) -> dict[str, Any]:
    """One repetition as in ``score.json``; intervals are as wide as those of real ones."""
    unknown = values is None
    even, left, right, narrow, corner = (None,) * 5 if values is None else map(float, values)
    return {
        "index": index,
        "exercise": exercise,
        "start_s": 14.0 * index,
        "hold_start_s": None if unknown else 14.0 * index + 3.0,
        "hold_end_s": None if unknown else 14.0 * index + 6.0,
        "end_s": 14.0 * index + 9.0,
        "measurable": not unknown,
        "reasons": ["No face was seen."] if unknown else [],
        "left": _side(left),
        "right": _side(right),
        "symmetry": None if even is None else min(1.0, even),
        "symmetry_interval": _interval(even, 0.06, most=1.0),
        "weaker_side": None if unknown else "right",
        "path_agreement": None if unknown else 0.9,
        "onset_lag_s": None if unknown else 0.1,
        "returned": None if unknown else 0.95,
        "quiet": []
        if narrow is None or corner is None
        else [
            _quiet("eye", "left", 0.02, "ratio", 0.082),
            _quiet("eye", "right", narrow, "ratio", 0.082),
            _quiet("mouth_corner", "right", max(0.0, corner), "mm", 0.25 * abs(corner)),
        ],
        "manner": [],
        "marks": dict.fromkeys(("evenness", "calm", "slowness", "steadiness", "rest")),
        "score": None,
    }


def _side(mm: float | None) -> dict[str, Any]:
    return {
        "excursion_mm": mm,
        "excursion_interval_mm": None if mm is None else _interval(mm, 0.1 * abs(mm) + 0.1),
        "onset_s": None,
        "peak_speed_mm_s": None,
        "hold_spread_mm": None,
    }


def _quiet(region: str, side: str, change: float, unit: str, half: float) -> dict[str, Any]:
    interval = [change - half, change + half]
    if unit == "mm":
        interval[0] = max(0.0, interval[0])
    return {
        "region": region,
        "side": side,
        "change": change,
        "unit": unit,
        "interval": interval,
        "flag": "none",
    }


def _interval(value: float | None, half: float, most: float = np.inf) -> list[float] | None:
    if value is None:
        return None
    return [max(0.0, min(value, most) - half), float(min(most, value + half))]
