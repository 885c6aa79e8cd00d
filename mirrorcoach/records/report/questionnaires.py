"""Totals of questionnaires, beside the change that one person's answers show by chance."""

from __future__ import annotations

from collections.abc import Sequence

from mirrorcoach.records.practices import Total
from mirrorcoach.records.questionnaires import SCALES, Scale, between
from mirrorcoach.records.report.content import Questionnaire, Table
from mirrorcoach.records.report.drawing import Dot, Drawing, Line, Mark, Word, box, place
from mirrorcoach.records.report.speech import Speech

_W, _H = 330.0, 190.0
_LEFT, _TOP, _RIGHT, _BOTTOM = 40.0, 14.0, 34.0, 34.0


def questionnaires(totals: Sequence[Total], say: Speech) -> tuple[Questionnaire, ...]:
    """Each questionnaire by itself, in the order of their first totals."""
    scales: dict[str, list[Total]] = {}
    for one in sorted(totals, key=lambda one: (one.day, one.number)):
        scales.setdefault(one.scale, []).append(one)
    return tuple(
        _questionnaire(number, SCALES.get(name), own, say)
        for number, (name, own) in enumerate(scales.items())
    )


def _questionnaire(
    number: int, scale: Scale | None, own: Sequence[Total], say: Speech
) -> Questionnaire:
    name = own[0].scale
    caption = say("total_caption", scale=name)
    rows = tuple((say.day(one.day), _told(one.value, say)) for one in own)
    table = Table(caption, (say("column_day"), say("total")), rows)
    drawing = _drawing(f"total-{number}", scale, own, caption, say)
    return Questionnaire(name, _sentence(scale, own, say), drawing, table)


def _sentence(scale: Scale | None, own: Sequence[Total], say: Speech) -> str:
    if scale is None:
        return say("total_unknown")
    way = say(f"total_{scale.better}")
    if scale.smallest_change is None:
        return f"{way} {say('total_unknown')}"
    smallest = say.number(scale.smallest_change, 1)
    if len(own) == 1:
        return f"{way} {say('total_one', change=smallest)}"
    verdict = between(scale, own[0].value, own[-1].value)
    return f"{way} {say(f'total_{verdict}', change=smallest)}"


def _told(value: float, say: Speech) -> str:
    return say.number(value, 0 if value == round(value) else 1)


def _drawing(
    name: str, scale: Scale | None, own: Sequence[Total], title: str, say: Speech
) -> Drawing:
    values = [one.value for one in own]
    low, high = (min(values), max(values)) if scale is None else (scale.low, scale.high)
    if low == high:
        low, high = low - 1, high + 1
    smallest = None if scale is None else scale.smallest_change
    days = max(1, (own[-1].day - own[0].day).days)
    right, bottom = _W - _RIGHT, _H - _BOTTOM

    def x(one: Total) -> float:
        share = (one.day - own[0].day).days / days if len(own) > 1 else 0.5
        return _LEFT + 8 + (right - _LEFT - 16) * share

    def y(value: float) -> float:
        return bottom - (bottom - _TOP) * (min(high, max(low, value)) - low) / (high - low)

    marks: list[Mark] = []
    if smallest is not None:
        top, floor = y(own[0].value + smallest), y(own[0].value - smallest)
        marks.append(Line(box(_LEFT, top, right - _LEFT, floor - top), "usual"))
    for value in (low, (low + high) / 2, high):
        style = "floor" if value == low else "reading"
        marks.append(Line(f"M{place(_LEFT)} {place(y(value))}H{place(right)}", style))
        marks.append(Word(_LEFT - 7, y(value) + 5, _told(value, say), "label small", "end"))
    if smallest is not None:
        first = place(y(own[0].value))
        marks.append(Line(f"M{place(_LEFT)} {first}H{place(right)}", "first"))
    if len(own) > 1:
        path = "L".join(f"{place(x(one))} {place(y(one.value))}" for one in own)
        marks.append(Line(f"M{path}", "even"))
    marks += [Dot(x(one), y(one.value), 4.5, "point") for one in own[:-1]]
    end = own[-1]
    marks.append(Dot(x(end), y(end.value), 5, "now even"))
    marks.append(Word(x(end) + 10, y(end.value) + 5, _told(end.value, say), "label small strong"))
    if len(own) > 1:
        marks.append(Word(_LEFT, _H - 10, say.short_day(own[0].day), "label small"))
        marks.append(Word(right, _H - 10, say.short_day(end.day), "label small", "end"))
    else:
        marks.append(Word(x(end), _H - 10, say.short_day(end.day), "label small", "middle"))
    description = "" if smallest is None else say("total_description")
    return Drawing(name, title, description, 0, 0, _W, _H, tuple(marks))
