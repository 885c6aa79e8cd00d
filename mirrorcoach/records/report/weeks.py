"""The calendar: a column for each week, a dot for each practice, and no word about empty days."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, timedelta

from mirrorcoach.records.days import DOTS
from mirrorcoach.records.report.content import Table
from mirrorcoach.records.report.drawing import Dot, Drawing, Line, Mark, Word, box
from mirrorcoach.records.report.material import Material
from mirrorcoach.records.report.speech import Speech

WEEKS, MOST_WEEKS = 13, 14
"""Columns of a block, a quarter of a year, and the most of them: then a year needs no fifth."""

MOST_BLOCKS = 4
"""More would take the page from all else: then the latest are drawn, and the table has all."""

_W, _LEFT, _TOP, _ROW, _GAP = 330.0, 40.0, 20.0, 18.0, 4.0
_NAMED = (0, 2, 4, 6)


def calendar(material: Material, say: Speech) -> tuple[Drawing, ...]:
    """One block for each quarter of a year, of the latest year."""
    dots = Counter(one.day for one in material.practices)
    count = min(_weeks(material), MOST_BLOCKS * MOST_WEEKS)
    monday = _monday(material.last_day) - timedelta(weeks=count - 1)
    blocks = math.ceil(count / MOST_WEEKS)
    columns = max(WEEKS, math.ceil(count / blocks))
    return tuple(
        _block(number, monday + timedelta(weeks=number * columns), columns, material, dots, say)
        for number in range(blocks)
    )


def calendar_sentence(material: Material, say: Speech) -> str:
    """What a dot is, and where the rest is told."""
    told = say("calendar_dots")
    if _weeks(material) > MOST_BLOCKS * MOST_WEEKS:
        told += " " + say("calendar_latest")
    return told


def calendar_table(material: Material, say: Speech) -> Table:
    """The same in numbers: each week, and on how many of its days was practised."""
    dots = Counter(one.day for one in material.practices)
    weeks: dict[date, list[int]] = {}
    for day, count in sorted(dots.items()):
        weeks.setdefault(_monday(day), []).append(count)
    rows = tuple(
        (say.day(max(monday, material.first_day)), str(len(days)), str(sum(days)))
        for monday, days in weeks.items()
    )
    columns = (say("calendar_week"), say("calendar_days"), say("calendar_practices"))
    return Table(say("calendar_caption"), columns, rows)


def _weeks(material: Material) -> int:
    """How many weeks of the calendar the time touches."""
    return (_monday(material.last_day) - _monday(material.first_day)).days // 7 + 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _block(
    number: int, monday: date, columns: int, material: Material, dots: Counter[date], say: Speech
) -> Drawing:
    step = (_W - _LEFT) / columns
    marks: list[Mark] = [
        Word(_LEFT - 8, _TOP + row * _ROW + 12, say(f"weekday_{row + 1}"), "label tiny", "end")
        for row in _NAMED
    ]
    told = ""
    free = -1.0
    for column in range(columns):
        week = monday + timedelta(weeks=column)
        x = _LEFT + column * step
        month = _heading(week, material, say)
        if month != told and x >= free and week <= material.last_day:
            marks.append(Word(x, 12, month, "label tiny"))
            told, free = month, x + 62
        for row in range(7):
            day = week + timedelta(days=row)
            if not material.first_day <= day <= material.last_day:
                continue
            y = _TOP + row * _ROW
            count = min(DOTS, dots[day])
            style = "day" if count else "day-free"
            marks.append(Line(box(x, y, step - _GAP, _ROW - _GAP, 4), style))
            middle = x + (step - _GAP) / 2
            marks += [
                Dot(middle + (n - (count - 1) / 2) * 5.6, y + (_ROW - _GAP) / 2, 2.1, "practice")
                for n in range(count)
            ]
    end = min(material.last_day, monday + timedelta(days=7 * columns - 1))
    title = say("calendar_title", days=say.span_of_days(max(monday, material.first_day), end))
    height = _TOP + 7 * _ROW
    return Drawing(f"weeks-{number}", title, say("calendar_dots"), 0, 0, _W, height, tuple(marks))


def _heading(week: date, material: Material, say: Speech) -> str:
    """The month of a week, or its number where no date is said."""
    day = max(week + timedelta(days=6), material.first_day)
    month = say.month(min(day, material.last_day))
    if month:
        return month
    return say("week_number", n=(_monday(week) - _monday(material.first_day)).days // 7 + 1)
