"""Each movement in a row, and the movement that comes along."""

from __future__ import annotations

from collections.abc import Sequence

from landmarks.regions import Side
from mirrorcoach.records.report import faces, summary
from mirrorcoach.records.report.content import Along, Figure, Movement, Table
from mirrorcoach.records.report.courses import (
    Course,
    Courses,
    beside_other_eye,
    sides_of,
    watches_eye,
)
from mirrorcoach.records.report.material import Material
from mirrorcoach.records.report.speech import Speech
from mirrorcoach.records.report.trend_drawing import (
    Happening,
    Look,
    points_told,
    small_trend_drawing,
    table_points,
    trend_drawing,
)

WIDE, NARROW = 720.0, 330.0
"""Widths of a chart on paper and on a phone; its words keep their size."""


def movements(material: Material, rows: Sequence[Course], say: Speech) -> tuple[Movement, ...]:
    """Those that could be compared first, then those that could not, and why."""
    found = []
    for number, course in enumerate(rows):
        name = say.exercise(course.exercise)
        trend = None
        if course.days > 1:
            label = say("small_trend", exercise=name)
            trend = small_trend_drawing(f"row-{number}", course.curve, _even(say), label)
        found.append(
            Movement(
                name=name,
                verdict=summary.verdict(course, say),
                certain=course.verdict in ("more", "less"),
                face=faces.movement_drawing(f"face-{number}", course.exercise),
                trend=trend,
                first="" if course.first is None else say.percent(course.first.value),
                now=say.percent(course.now.value),
                spread=say.number(100 * course.spread, 0),
            )
        )
    known = {one.exercise for one in rows}
    every = [rep for one in material.practices for rep in one.repetitions]
    for exercise in sorted({one["exercise"] for one in every} - known):
        own = [one for one in every if one["exercise"] == exercise]
        reason = summary.commonest_reason(own)
        found.append(
            Movement(
                name=say.exercise(exercise),
                verdict=say("not_compared") if reason is None else say.sentence(reason),
                certain=False,
                face=faces.movement_drawing(f"face-{exercise}", exercise),
                trend=None,
                first="",
                now=say("not_measurable"),
                spread="",
            )
        )
    return tuple(found)


def main_figure(course: Course, material: Material, say: Speech) -> Figure:
    """The trend of the main movement."""
    name = say.exercise(course.exercise)
    happenings = tuple(
        Happening(one.day, say(f"event_{one.kind}")) for one in material.profile.events
    )
    return _figure("main", course, _even(say), say("main_title", exercise=name), say, happenings)


def along(material: Material, known: Courses, say: Speech) -> tuple[Along, ...]:
    """How open the eye stayed in the movement in which that was seen most often."""
    for exercise in filter(watches_eye, known.exercises):
        found = [
            (side, course)
            for side in sides_of(material.profile.affected)
            if (course := known.opening(exercise, side)) is not None
        ]
        if found:
            return tuple(_along(side, course, say) for side, course in found)
    return ()


def _along(side: Side, course: Course, say: Speech) -> Along:
    name = f"along_{side}_beside" if beside_other_eye(course.exercise) else f"along_{side}"
    title = say(name, exercise=say.exercise(course.exercise))
    look = Look("quiet", "quiet-band", {1.0: say("open"), 0.5: say("half")}, points=False)
    note = say("along_now", span=say.percent_span(course.now.low, course.now.high))
    if course.first is not None:
        note = say(
            "along_first",
            span=say.percent_span(course.now.low, course.now.high),
            first=say.percent(course.first.value),
            verdict=say(f"opened_{course.verdict}"),
        )
    figure = None
    if course.days > 1:
        figure = _figure(f"along-{side}", course, look, title, say, (), short=True)
    return Along(title, figure, say.percent(course.now.value), note)


def _even(say: Speech) -> Look:
    return Look("even", "even-band", {1.0: say("even"), 0.5: say("half")})


def _figure(
    name: str,
    course: Course,
    look: Look,
    title: str,
    say: Speech,
    happenings: Sequence[Happening],
    short: bool = False,
) -> Figure:
    now = say("now_is", now=say.percent(course.now.value))
    description = now
    if course.first is not None:
        first = say.percent(course.first.value)
        description = f"{say('first_was', first=first)} {now}"
    wide, narrow = (
        trend_drawing(
            f"{name}-{kind}",
            course.curve,
            say,
            look,
            title=title,
            description=description,
            width=width,
            height=height,
            happenings=happenings,
        )
        for kind, width, height in (
            ("wide", 500.0 if short else WIDE, 142.0 if short else 234.0),
            ("narrow", NARROW, 190.0 if short else 250.0),
        )
    )
    legend: tuple[str, ...] = ()
    if look.points:
        legend = (say(points_told(course.curve)), say("band"), say("usual_legend"))
    rows = tuple(
        (say.day(one.at.date()), say.percent(one.value), say.percent_span(one.low, one.high))
        for one in table_points(course.curve)
    )
    columns = (say("column_day"), say("column_value"), say("column_interval"))
    return Figure(wide, narrow, legend, Table(title, columns, rows))
