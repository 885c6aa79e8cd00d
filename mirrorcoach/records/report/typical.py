"""The courses of typical repetitions: both sides, on the first days and now."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from statistics import median
from typing import Any

from mirrorcoach.records.practices import Trace
from mirrorcoach.records.report.content import Typical
from mirrorcoach.records.report.courses import Courses
from mirrorcoach.records.report.drawing import Anchor, Drawing, Line, Mark, Word, place, thinned
from mirrorcoach.records.report.material import Material
from mirrorcoach.records.report.speech import SPACE, Speech

_W, _H = 330.0, 172.0
_LEFT, _TOP, _RIGHT, _BOTTOM = 46.0, 30.0, 8.0, 30.0
MOST_SAMPLES = 120

_STEPS_MM = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


def typical(material: Material, known: Courses, say: Speech) -> tuple[Typical, ...]:
    """One typical repetition of the first days and one of now, of each movement."""
    traces = cache(lambda number: tuple(material.traces(number)))
    found = []
    for number, exercise in enumerate(known.exercises):
        ends = known.ends(exercise)
        pairs = [
            (
                "first_days" if material.dated else "",
                _nearest(known, exercise, ends.first, traces),
            ),
            (
                "now" if material.dated and ends.first else "",
                _nearest(known, exercise, ends.now, traces),
            ),
        ]
        shown = [(label, trace) for label, trace in pairs if trace is not None]
        if not shown:
            continue
        top = max(_highest(trace) for _, trace in shown)
        drawings = tuple(
            _drawing(
                f"trace-{number}-{place}", trace, top, say(label) if label else "", exercise, say
            )
            for place, (label, trace) in enumerate(shown)
        )
        found.append(Typical(say.exercise(exercise), drawings))
    return tuple(found)


def _nearest(
    known: Courses,
    exercise: str,
    repetitions: Sequence[Mapping[str, Any]],
    traces: Callable[[int], Sequence[Trace | None]],
) -> Trace | None:
    """The trace of the repetition nearest to the median evenness, if one was kept."""
    own = {id(one) for one in repetitions}
    found: list[tuple[float, Trace]] = []
    for practice in known.comparable(exercise):
        if not any(id(one) in own for one in practice.repetitions):
            continue
        kept = traces(practice.number)
        found += [
            (one["symmetry"], trace)
            for one, trace in zip(practice.repetitions, kept, strict=False)
            if id(one) in own and trace is not None and one["symmetry"] is not None
        ]
    if not found:
        return None
    middle = median(one for one, _ in found)
    return min(found, key=lambda one: abs(one[0] - middle))[1]


def _highest(trace: Trace) -> float:
    if trace.unit == "share":
        return 1.0
    return max((one for one in (*trace.left, *trace.right) if one is not None), default=0.0)


def _drawing(
    name: str, trace: Trace, top: float, label: str, exercise: str, say: Speech
) -> Drawing:
    lasted_s = max(len(trace.left), len(trace.right), 2) / trace.rate_hz
    step = next((one for one in _STEPS_MM if top <= 3 * one), _STEPS_MM[-1])
    high = 1.0 if trace.unit == "share" else max(step, step * math.ceil(top / step))

    def x(n: float) -> float:
        return _LEFT + (_W - _LEFT - _RIGHT) * n / trace.rate_hz / lasted_s

    def y(value: float) -> float:
        return _H - _BOTTOM - (_H - _TOP - _BOTTOM) * min(1.05, max(-0.1, value / high))

    marks: list[Mark] = []
    heights = (
        [high * n / 2 for n in range(3)]
        if trace.unit == "share"
        else [step * n for n in range(round(high / step) + 1)]
    )
    for value in heights:
        style = "floor" if value == 0 else "reading"
        marks.append(Line(f"M{place(_LEFT)} {place(y(value))}H{place(_W - _RIGHT)}", style))
        told = (
            say.number(100 * value, 0)
            if trace.unit == "share"
            else say.number(value, int(step < 1))
        )
        marks.append(Word(_LEFT - 7, y(value) + 5, told, "label small", "end"))
    unit = say("unit_share" if trace.unit == "share" else "unit_mm")
    marks.append(Word(0, 15, unit, "label small"))
    if label:
        marks.append(Word(_W - _RIGHT, 15, label, "label small strong", "end"))
    whole = math.floor(lasted_s)
    for second in sorted({0, whole // 2, whole}):
        anchor: Anchor = "end" if second == whole else "middle"
        told = f"{second}{SPACE}s"
        marks.append(Word(x(second * trace.rate_hz), _H - 9, told, "label small", anchor))
    for values, style in ((trace.left, "left"), (trace.right, "right")):
        d = _path(values, x, y)
        if d:
            marks.append(Line(d, f"side-{style}"))
    title = say("trace_title", exercise=say.exercise(exercise), when=label).strip(" ,")
    reached = [
        max((v for v in side if v is not None), default=None) for side in (trace.left, trace.right)
    ]
    description = ""
    if trace.unit == "mm" and None not in reached:
        left, right = (say.mm(one) for one in reached if one is not None)
        description = say("trace_reached", left=left, right=right)
    return Drawing(name, title, description, 0, 0, _W, _H, tuple(marks))


def _path(
    values: Sequence[float | None], x: Callable[[float], float], y: Callable[[float], float]
) -> str:
    """A line with a gap wherever something could not be measured."""
    d, drawn = "", False
    for n in thinned(len(values), MOST_SAMPLES):
        value = values[n]
        if value is None:
            drawn = False
            continue
        d += f"{'L' if drawn else 'M'}{place(x(n))} {place(y(value))}"
        drawn = True
    return d
