"""The five headings of a facial therapist: control, symmetry, excursion, synkinesis, rest tone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, get_args

import numpy as np

from exercises.schema import Flag
from landmarks.regions import SIDES, Region, Side
from mirrorcoach.records.history import Measured
from mirrorcoach.records.report.content import Heading, Table
from mirrorcoach.records.report.courses import Course, Courses, Ends
from mirrorcoach.records.report.speech import Speech

_FLAGS: tuple[Flag, ...] = get_args(Flag)

_Repetition = Mapping[str, Any]


def headings(known: Courses, rows: Sequence[Course], say: Speech) -> tuple[Heading, ...]:
    """All five, in their order."""
    ends = {name: known.ends(name) for name in known.exercises}
    alone = len({one.day for one in known.practices}) == 1
    return (
        _control(ends, say, alone),
        _symmetry(ends, rows, say, alone),
        _excursion(known, say, alone),
        _synkinesis(ends, say, alone),
        _rest(known, say, alone),
    )


def _heading(name: str, say: Speech, tables: Sequence[Table], *remarks: str) -> Heading:
    told = tuple(one for one in remarks if one)
    filled = tuple(one for one in tables if one.rows)
    if not filled and not told:
        told = (say("nothing_known"),)
    return Heading(say(name), say(f"{name}_meaning"), filled, told)


def _table(
    name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], say: Speech, alone: bool
) -> Table:
    """A table; where there is a single day, without what compares days."""
    kept = [n for n, one in enumerate(columns) if not (alone and one in ("first", "change"))]
    heads = tuple(
        say("column_measured" if alone and columns[n] == "now" else f"{name}_{columns[n]}")
        for n in kept
    )
    return Table(say(f"{name}_caption"), heads, tuple(tuple(row[n] for n in kept) for row in rows))


def _control(ends: Mapping[str, Ends], say: Speech, alone: bool) -> Heading:
    rows = []
    for name, each in ends.items():
        cells = (
            _both_ends(each, "path_agreement", say, lambda one: say.number(one, 2)),
            _both_ends(each, "onset_lag_s", say, lambda one: say.number(one, 2)),
            _both_ends(each, "returned", say, say.percent),
        )
        if any(cells):
            rows.append((say.exercise(name), *(one or say("unknown") for one in cells)))
    columns = tuple(say(f"control_{one}") for one in ("movement", "alike", "lag", "returned"))
    return _heading(
        "control",
        say,
        [Table(say("control_caption_alone" if alone else "control_caption"), columns, tuple(rows))],
    )


def _symmetry(
    ends: Mapping[str, Ends], rows: Sequence[Course], say: Speech, alone: bool
) -> Heading:
    told = []
    for course in rows:
        certain = Counter(one["weaker_side"] for one in ends[course.exercise].now)
        weaker = ", ".join(
            say("weaker_of", side=say.side(side), n=certain[side], all=sum(certain.values()))
            for side in SIDES
            if certain[side]
        )
        told.append(
            (
                say.exercise(course.exercise),
                *_course_cells(course, say, _SHARE, "verdict"),
                weaker or say("weaker_none"),
            )
        )
    columns = ("movement", "first", "now", "change", "weaker")
    remarks = [remark for course in rows for remark in _aside(course, say)]
    return _heading("symmetry", say, [_table("symmetry", columns, told, say, alone)], *remarks)


def _aside(course: Course, say: Speech) -> list[str]:
    """What is not compared, and why."""
    name = say.exercise(course.exercise)
    told = [
        say.count(
            f"aside_{one.why}",
            one.practices,
            exercise=name,
            days=say.span_of_days(one.first_day, one.last_day),
            scoring=one.scoring,
        )
        for one in course.aside
    ]
    if course.time_of_day == "differs":
        told.append(say("time_differs", exercise=name))
    return told


def _excursion(known: Courses, say: Speech, alone: bool) -> Heading:
    told = []
    for name in known.exercises:
        for side in SIDES:
            course = known.reach(name, side)
            if course is not None:
                row = say("movement_side", exercise=say.exercise(name), side=say.side(side))
                told.append((row, *_course_cells(course, say, _MM, "reach")))
    columns = ("movement", "first", "now", "change")
    return _heading("excursion", say, [_table("excursion", columns, told, say, alone)])


def _synkinesis(ends: Mapping[str, Ends], say: Speech, alone: bool) -> Heading:
    told, still = [], 0
    for name, each in ends.items():
        for region, side in _watched(each):
            first, now = (_quiet(reps, region, side) for reps in (each.first, each.now))
            flags = Counter(one["flag"] for one in now if one["flag"] is not None)
            begun = Counter(one["flag"] for one in first if one["flag"] is not None)
            if not sum((flags + begun)[flag] for flag in _FLAGS[1:]):
                still += bool(flags)
                continue
            row = say("along_of", exercise=say.exercise(name), region=say.region(region, side))
            told.append((row, _moved(first, say), _moved(now, say), _flags_told(flags, say)))
    columns = ("movement", "first", "now", "flags")
    return _heading(
        "synkinesis",
        say,
        [_table("synkinesis", columns, told, say, alone)],
        say.count("still", still) if still else "",
    )


def _rest(known: Courses, say: Speech, alone: bool) -> Heading:
    told = [
        (say(f"rest_{course.region}"), *_course_cells(course, say, _MM, "rest"))
        for course in known.rest()
    ]
    uneven = _table("rest", ("what", "first", "now", "change"), told, say, alone)
    asymmetry = known.latest_rest
    if asymmetry is None:
        return _heading("rest", say, [uneven], say("rest_not_kept"))
    rows = tuple(
        (say(f"rest_{name}"), _lies(asymmetry[name], name, say) or say("not_measurable"))
        for name in _RESTING
    )
    latest = Table(say("rest_latest"), (say("rest_what"), say("rest_measured")), rows)
    reasons = [say.sentence(one) for one in asymmetry["reasons"]]
    return _heading("rest", say, [uneven, latest], *reasons)


_RESTING = (
    *("fissure_left", "fissure_right"),
    *("fissure_difference", "commissure_difference", "brow_difference"),
)
"""What ``rest.asymmetry`` of ``score.json`` has."""


def _lies(one: Mapping[str, Any] | None, name: str, say: Speech) -> str:
    """A height at rest, or which side lies higher; empty if it is not known."""
    if one is None:
        return ""
    value, (low, high) = one["mm"], one["interval_mm"]
    told = Measured(value, low, high) if value >= 0 else Measured(-value, -high, -low)
    if not name.endswith("difference"):
        return _spanned(told, say, _MM)
    if low <= 0 <= high:
        return say("rest_alike", span=say.mm_span(low, high))
    side = say.side("left" if value > 0 else "right")
    word = "rest_wider" if name.startswith("fissure") else "rest_higher"
    return say(word, side=side, value=_spanned(told, say, _MM))


# -- cells ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Form:
    """How a value is told: by itself, as a range, and by how much it changed."""

    one: Callable[[Speech, float], str]
    span: Callable[[Speech, float, float], str]


_SHARE = _Form(Speech.percent, Speech.percent_span)
_MM = _Form(Speech.mm, Speech.mm_span)


def _course_cells(course: Course, say: Speech, form: _Form, verdict: str) -> tuple[str, str, str]:
    """First days, now, and what became of it."""
    now, changed = _spanned(course.now, say, form), say(f"{verdict}_{course.verdict}")
    if course.change is not None and course.change_half is not None:
        told = form.one(say, course.change)
        lead = "+" if course.change > 0 and told != form.one(say, 0.0) else ""
        changed = say(
            "changed",
            verdict=changed,
            change=lead + told,
            half=form.one(say, course.change_half),
        )
    if course.first is not None:
        return _spanned(course.first, say, form), now, changed
    if course.first_at_most is not None and course.days > 1:
        return say("at_most", mm=form.one(say, course.first_at_most)), now, changed
    return say("no_comparison"), now, changed


def _spanned(measured: Measured, say: Speech, form: _Form) -> str:
    span = form.span(say, measured.low, measured.high)
    return say("with_span", value=form.one(say, measured.value), span=span)


def _both_ends(each: Ends, key: str, say: Speech, form: Callable[[float], str]) -> str:
    """Now and first, each with its middle half; empty if now is not known."""
    first, now = (
        [rep[key] for rep in reps if rep[key] is not None] for reps in (each.first, each.now)
    )
    if not now:
        return ""
    told = _with_middle_half(now, say, form)
    if not first:
        return told
    return say("now_and_first", now=told, first=_with_middle_half(first, say, form))


def _with_middle_half(values: Sequence[float], say: Speech, form: Callable[[float], str]) -> str:
    if len(values) == 1:
        return form(values[0])
    low, high = np.quantile(values, (0.25, 0.75))
    return say("with_span", value=form(median(values)), span=say.span(form(low), form(high)))


def _watched(each: Ends) -> list[tuple[Region, Side]]:
    """What was to stay still, in the order in which it was kept."""
    return list(
        dict.fromkeys(
            (quiet["region"], quiet["side"])
            for rep in (*each.now, *each.first)
            for quiet in rep["quiet"]
        )
    )


def _quiet(repetitions: Sequence[_Repetition], region: Region, side: Side) -> list[_Repetition]:
    return [
        quiet
        for rep in repetitions
        for quiet in rep["quiet"]
        if (quiet["region"], quiet["side"]) == (region, side)
    ]


def _moved(quiet: Sequence[_Repetition], say: Speech) -> str:
    """How far something came along: a median of the repetitions in which it was more than rest."""
    seen = [one for one in quiet if one["interval"] is not None]
    if not seen:
        return say("no_comparison")
    known = [one for one in seen if one["change"] is not None]
    if 2 * len(known) <= len(seen):
        return say("below_rest")
    value = median(one["change"] for one in known)
    low, high = (median(one["interval"][end] for one in known) for end in (0, 1))
    if known[0]["unit"] == "mm":
        return say("with_span", value=say.mm(value), span=say.mm_span(low, high))
    name = "narrowed" if value >= 0 else "widened"
    if value < 0:
        value, low, high = -value, -high, -low
    return say(name, value=say.percent(value), span=say.percent_span(low, high))


def _flags_told(flags: Counter[str], say: Speech) -> str:
    every = sum(flags.values())
    if not every:
        return say("unknown")
    return ", ".join(
        say("flag_of", flag=say(f"flag_{flag}"), n=flags[flag], all=every)
        for flag in _FLAGS
        if flags[flag]
    )
