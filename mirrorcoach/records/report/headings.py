"""The five headings of a facial therapist: control, symmetry, excursion, synkinesis, rest tone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any, get_args

import numpy as np

from exercises.schema import Flag
from landmarks.regions import SIDES, Region, Side
from mirrorcoach.records.report import courses
from mirrorcoach.records.report.content import Heading, Table
from mirrorcoach.records.report.courses import Course, Ends
from mirrorcoach.records.report.material import Material
from mirrorcoach.records.report.speech import Speech

_FLAGS: tuple[Flag, ...] = get_args(Flag)

_Repetition = Mapping[str, Any]
_Form = Callable[[float], str]


def headings(material: Material, rows: Sequence[Course], say: Speech) -> tuple[Heading, ...]:
    """All five, in their order."""
    practised = dict.fromkeys(
        rep["exercise"] for one in material.practices for rep in one.repetitions
    )
    names = [
        *(one.exercise for one in rows),
        *(sorted(set(practised) - {r.exercise for r in rows})),
    ]
    ends = {name: courses.ends(material.practices, name) for name in names}
    return (
        _control(ends, say),
        _symmetry(ends, rows, say),
        _excursion(material, names, say),
        _synkinesis(ends, say),
        _rest(say),
    )


def _heading(name: str, say: Speech, tables: Sequence[Table], *remarks: str) -> Heading:
    told = tuple(one for one in remarks if one)
    filled = tuple(one for one in tables if one.rows)
    if not filled and not told:
        told = (say("nothing_known"),)
    return Heading(say(name), say(f"{name}_meaning"), filled, told)


def _control(ends: Mapping[str, Ends], say: Speech) -> Heading:
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
    return _heading("control", say, [Table(say("control_caption"), columns, tuple(rows))])


def _symmetry(ends: Mapping[str, Ends], rows: Sequence[Course], say: Speech) -> Heading:
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
                *_course_cells(course, say, say.percent, say.percent_span),
                weaker or say("weaker_none"),
            )
        )
    columns = tuple(
        say(f"symmetry_{one}") for one in ("movement", "first", "now", "change", "weaker")
    )
    return _heading("symmetry", say, [Table(say("symmetry_caption"), columns, tuple(told))])


def _excursion(material: Material, names: Sequence[str], say: Speech) -> Heading:
    told = []
    for name in names:
        for side in SIDES:
            course = courses.excursion(material.practices, name, side)
            if course is not None:
                row = say("movement_side", exercise=say.exercise(name), side=say.side(side))
                told.append((row, *_course_cells(course, say, say.mm, say.mm_span, "reach")))
    columns = tuple(say(f"excursion_{one}") for one in ("movement", "first", "now", "change"))
    return _heading("excursion", say, [Table(say("excursion_caption"), columns, tuple(told))])


def _synkinesis(ends: Mapping[str, Ends], say: Speech) -> Heading:
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
    columns = tuple(say(f"synkinesis_{one}") for one in ("movement", "first", "now", "flags"))
    return _heading(
        "synkinesis",
        say,
        [Table(say("synkinesis_caption"), columns, tuple(told))],
        say.count("still", still) if still else "",
    )


def _rest(say: Speech) -> Heading:
    return _heading("rest", say, [], say("rest_not_kept"))


# -- cells ------------------------------------------------------------------------------------


def _course_cells(
    course: Course,
    say: Speech,
    one: _Form,
    span: Callable[[float, float], str],
    verdict: str = "verdict",
) -> tuple[str, str, str]:
    """First days, now and change of a course."""
    now = say("with_span", value=one(course.now.value), span=span(course.now.low, course.now.high))
    if course.first is None:
        return say("no_comparison"), now, say(f"{verdict}_too_early")
    begun = course.first
    first = say("with_span", value=one(begun.value), span=span(begun.low, begun.high))
    return first, now, say(f"{verdict}_{course.change}")


def _both_ends(each: Ends, key: str, say: Speech, form: _Form) -> str:
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


def _with_middle_half(values: Sequence[float], say: Speech, form: _Form) -> str:
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
