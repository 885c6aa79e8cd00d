"""Totals of questionnaires, beside the change that one person's answers show by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mirrorcoach.records.practices import Total
from mirrorcoach.records.report.content import Questionnaire, Table
from mirrorcoach.records.report.drawing import Dot, Drawing, Line, Mark, Word, box, place
from mirrorcoach.records.report.speech import Speech

SMALLEST_CHANGE: Mapping[str, float] = {
    "FaCE": 17.6,
    "SAQ": 28.2,
    "FDI physical": 17.6,
    "FDI social": 17.7,
}
"""Smallest detectable change of one person (Bruins 2021, van Veen 2020)."""

_W, _H = 330.0, 190.0
_LEFT, _TOP, _RIGHT, _BOTTOM = 40.0, 14.0, 34.0, 34.0


def known_scale(name: str) -> str | None:
    """The scale that is meant, however it is written; None for one that is not known."""
    return next((one for one in SMALLEST_CHANGE if one.casefold() == name.strip().casefold()), None)


def questionnaires(totals: Sequence[Total], say: Speech) -> tuple[Questionnaire, ...]:
    """Each questionnaire by itself, in the order of their first totals."""
    scales: dict[str, list[Total]] = {}
    for one in sorted(totals, key=lambda one: (one.day, one.number)):
        scales.setdefault(known_scale(one.scale) or one.scale.strip(), []).append(one)
    return tuple(
        _questionnaire(number, name, own, say) for number, (name, own) in enumerate(scales.items())
    )


def _questionnaire(number: int, name: str, own: Sequence[Total], say: Speech) -> Questionnaire:
    smallest = SMALLEST_CHANGE.get(name)
    if smallest is None:
        sentence = say("total_unknown_scale")
    elif len(own) == 1:
        sentence = say("total_one", change=say.number(smallest, 1))
    else:
        beyond = abs(own[-1].value - own[0].value) > smallest
        sentence = say("total_beyond" if beyond else "total_within", change=say.number(smallest, 1))
    rows = tuple((say.day(one.day), _told(one.value, say)) for one in own)
    columns = (say("column_day"), say("total"))
    caption = say("total_caption", scale=name)
    drawing = _drawing(f"total-{number}", name, own, smallest, say)
    return Questionnaire(name, sentence, drawing, Table(caption, columns, rows))


def _told(value: float, say: Speech) -> str:
    return say.number(value, 0 if value == round(value) else 1)


def _drawing(
    name: str, scale: str, own: Sequence[Total], smallest: float | None, say: Speech
) -> Drawing:
    values = [one.value for one in own]
    low, high = min(0.0, *values), max(100.0, *values)
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
    marks.append(Dot(x(own[-1]), y(own[-1].value), 5, "now even"))
    marks.append(
        Word(x(own[-1]) + 10, y(own[-1].value) + 5, _told(own[-1].value, say), "label small strong")
    )
    if len(own) > 1:
        marks.append(Word(_LEFT, _H - 10, say.short_day(own[0].day), "label small"))
        marks.append(Word(right, _H - 10, say.short_day(own[-1].day), "label small", "end"))
    else:
        marks.append(Word(x(own[0]), _H - 10, say.short_day(own[0].day), "label small", "middle"))
    title = say("total_caption", scale=scale)
    return Drawing(name, title, say("total_description"), 0, 0, _W, _H, tuple(marks))
