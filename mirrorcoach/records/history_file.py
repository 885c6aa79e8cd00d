"""The history as JSON and as CSV; ``docs/history.schema.json`` says what is in the first."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from typing import Any, TextIO

from landmarks.regions import SIDES
from mirrorcoach.records.alike import Aside
from mirrorcoach.records.history import History, Quantity, Trend
from mirrorcoach.records.overview import Overview

SCHEMA = "mirrorcoach.history/1"

QUIET_REGIONS = ("eye", "mouth_corner", "brow", "ala")
"""Regions that should be still in some exercise, in the order of their columns."""


def document(found: Overview, history: History, today: date) -> dict[str, Any]:
    """All that is known of somebody's months, as plain values."""
    reference = found.reference
    return {
        "schema": SCHEMA,
        "made_on": today.isoformat(),
        "first_day": None
        if reference is None
        else {
            "day": reference.day.isoformat(),
            "programme": reference.practice.programme,
            "is_assessment": reference.is_assessment,
            "is_complete": reference.is_complete,
            "scoring": reference.practice.scoring,
        },
        "days": days(history),
        "exercises": [
            {
                "exercise": one.exercise,
                "practices": one.practices,
                "last_day": one.last_day.isoformat(),
                "evenness": trend_object(one.evenness),
                **{
                    f"{side}_excursion": trend_object(trend)
                    for side, trend in zip(SIDES, one.sides, strict=True)
                },
                "quiet": [
                    {"region": trend.quantity.region, "side": trend.side} | trend_object(trend)
                    for trend in one.quiet
                ],
            }
            for one in found.courses
        ],
        "rest": [{"measure": trend.quantity.region} | trend_object(trend) for trend in found.rest],
        "better": [_name(trend.quantity) for trend in found.better],
        "patience": list(found.patience),
        "rested": [
            {"exercise": one.exercise, "last_day": one.last_day.isoformat()} for one in found.rested
        ],
        "not_measured": [
            {
                "exercise": one.exercise,
                "repetitions": one.repetitions,
                "without_evenness": one.unknown,
                "reason": one.reason,
            }
            for one in found.unmeasured
        ],
    }


def days(history: History) -> list[dict[str, Any]]:
    """Days with practice; there is nothing to say of the others."""
    each: dict[date, list[float]] = defaultdict(list)
    for one in history.practices:
        if one.happened:
            each[one.day].append(one.practised_s)
    return [
        {"day": day.isoformat(), "practices": len(all_s), "practised_s": round(sum(all_s), 1)}
        for day, all_s in each.items()
    ]


def trend_object(trend: Trend) -> dict[str, Any]:
    """One quantity over time."""
    first, change, half = trend.first, trend.change, trend.change_half
    return {
        "unit": trend.quantity.unit,
        "verdict": trend.verdict,
        "practices": trend.practices,
        "days": trend.days,
        "first": None
        if first is None
        else {
            "day": first.at.date().isoformat(),
            "value": _round(first.value),
            "usual_range": [_round(first.low), _round(first.high)],
        },
        "first_at_most": _round(trend.first_at_most),
        "now": _round(trend.now),
        "now_at_most": _round(trend.latest_at_most),
        "change": _round(change),
        "change_interval": None
        if change is None or half is None
        else [_round(change - half), _round(change + half)],
        "day_sd": _round(trend.day_to_day),
        "time_of_day": trend.time_of_day,
        "not_compared": [_aside(one) for one in trend.aside],
    }


def write_csv(history: History, exercises: list[str], to: TextIO) -> None:
    """Write one row for each exercise and day.

    Parameters
    ----------
    history : History
        Of one person.
    exercises : list of str
        Ids of those to write.
    to : file
        A text file.
    """
    writer = csv.writer(to, lineterminator="\n")
    quiet = [(region, side) for region in QUIET_REGIONS for side in SIDES]
    writer.writerow(
        [
            *("day", "exercise", "scoring", "practices", "repetitions", "measurable"),
            *_columns("evenness", "ratio"),
            *(name for side in SIDES for name in _columns(f"{side}_excursion", "mm")),
            *(
                name
                for region, side in quiet
                for name in _columns(f"quiet_{region}_{side}", "ratio" if region == "eye" else "mm")
            ),
        ]
    )
    rows = sorted(
        (one for name in exercises for one in history.each_day(name)),
        key=lambda one: (one.day, one.exercise, one.scoring),
    )
    for one in rows:
        quantities = [
            Quantity("evenness", one.exercise),
            *(Quantity("reach", one.exercise, side) for side in SIDES),
            *(Quantity("quiet", one.exercise, side, region) for region, side in quiet),
        ]
        values = [one.values.get(quantity, (None, None, None)) for quantity in quantities]
        writer.writerow(
            [
                one.day.isoformat(),
                one.exercise,
                one.scoring,
                len(one.practices),
                one.repetitions,
                one.measurable,
                *(_round(number) for value in values for number in value),
            ]
        )


def _columns(name: str, unit: str) -> tuple[str, str, str]:
    return f"{name}_{unit}", f"{name}_low_{unit}", f"{name}_high_{unit}"


def _name(quantity: Quantity) -> dict[str, str | None]:
    return {
        "kind": quantity.kind,
        "exercise": quantity.exercise,
        "side": quantity.side,
        "region": quantity.region,
    }


def _aside(one: Aside) -> dict[str, Any]:
    return {
        "why": one.why,
        "scoring": one.scoring,
        "practices": one.practices,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "first_value": _round(one.first.value),
        "first_interval": [_round(one.first.low), _round(one.first.high)],
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
