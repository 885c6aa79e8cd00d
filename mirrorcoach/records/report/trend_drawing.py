"""A value over time: its points, smooth course and band, and the usual range of the first days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from mirrorcoach.records.history import Point
from mirrorcoach.records.report.courses import Curve
from mirrorcoach.records.report.drawing import (
    Anchor,
    Dot,
    Drawing,
    Line,
    Mark,
    Word,
    band,
    course,
    place,
    thinned,
)
from mirrorcoach.records.report.speech import Speech

LOWEST = 0.3
"""Where the axis of a share begins, unless something lies below; as in the window."""

DATES = 5
"""Most dates below a chart, ..."""

LEAST_DATE_APART = 86.0
"""... none nearer to the next than this."""

MOST_POINTS = 90
"""More points than this are drawn as one for each day, or for each week."""

MOST_KNOTS = 60
"""Of a smooth line."""

SIGN_W = 9.0
"""Room for a sign of a label."""

_LINES = (1.0, 0.75, 0.5)


@dataclass(frozen=True)
class Happening:
    """Something that was done to the face, to be marked in the chart."""

    day: date
    label: str


@dataclass(frozen=True)
class Look:
    """How a chart is drawn: its kind, words for heights of the axis, and whether points show."""

    line: str
    band: str
    words: Mapping[float, str]
    points: bool = True


def trend_drawing(
    name: str,
    curve: Curve,
    speech: Speech,
    look: Look,
    *,
    title: str,
    description: str,
    width: float,
    height: float,
    happenings: Sequence[Happening] = (),
) -> Drawing:
    """A chart with labels; `curve` has at least one point."""
    label_w = SIGN_W * max(map(len, look.words.values())) + 12
    scale = _Scale(curve, label_w, 12.0, width - label_w - 14, height - 12 - 40)
    marks: list[Mark] = []
    marks += _ground(scale, curve)
    for value, text in look.words.items():
        if value >= scale.low:
            marks.append(Word(scale.x0 - 10, scale.y(value) + 5, text, "label", "end"))
    if curve.first is not None:
        y = scale.y(curve.first.low) + 20
        if y < scale.bottom - 4:
            marks.append(Word(scale.right, y, speech("usual_range"), "label", "end"))
    for one in happenings:
        if scale.begin <= one.day <= scale.end:
            x = scale.x(one.day)
            anchor: Anchor = "end" if x + SIGN_W * len(one.label) > scale.right else "start"
            marks.append(Line(f"M{place(x)} {place(scale.top)}V{place(scale.bottom)}", "happening"))
            marks.append(
                Word(
                    x + (6 if anchor == "start" else -6),
                    scale.top + 18,
                    one.label,
                    "label",
                    anchor,
                )
            )
    for point in _points(curve.points) if look.points else ():
        marks.append(Dot(scale.x(point.at.date()), scale.y(point.value), 3.4, "point"))
    marks += _course(scale, curve, look)
    end = curve.line[-1]
    marks.append(Dot(scale.x(end.at.date()), scale.y(end.value), 8, "now halo"))
    marks.append(Dot(scale.x(end.at.date()), scale.y(end.value), 5.5, f"now {look.line}"))
    marks += _dates(scale, speech)
    return Drawing(name, title, description, 0, 0, width, height, tuple(marks))


def small_trend_drawing(name: str, curve: Curve, look: Look, title: str) -> Drawing:
    """The same for a row of a table, without words: its numbers stand beside it."""
    width, height = 240.0, 58.0
    scale = _Scale(curve, 2.0, 5.0, width - 10, height - 10)
    marks = [*_ground(scale, curve, reading=(1.0,)), *_course(scale, curve, look)]
    end = curve.line[-1]
    marks.append(Dot(scale.x(end.at.date()), scale.y(end.value), 6.5, "now halo"))
    marks.append(Dot(scale.x(end.at.date()), scale.y(end.value), 4.5, f"now {look.line}"))
    return Drawing(name, title, "", 0, 0, width, height, tuple(marks))


class _Scale:
    """Where days and values lie."""

    def __init__(self, curve: Curve, x: float, y: float, width: float, height: float) -> None:
        self.x0, self.top, self.w, self.h = x, y, width, height
        self.right, self.bottom = x + width, y + height
        self.begin, self.end = curve.points[0].at.date(), curve.points[-1].at.date()
        self.days = (self.end - self.begin).days
        lowest = min(
            min(one.low for one in curve.line),
            min(one.value for one in curve.points),
            1.0 if curve.first is None else curve.first.low,
        )
        self.low = LOWEST if lowest >= LOWEST else 0.0

    def x(self, day: date) -> float:
        """A single day lies in the middle."""
        share = (day - self.begin).days / self.days if self.days else 0.5
        return self.x0 + self.w * share

    def y(self, value: float) -> float:
        share = (min(1.0, max(self.low, value)) - self.low) / (1.0 - self.low)
        return self.bottom - self.h * share


def _ground(scale: _Scale, curve: Curve, reading: Sequence[float] = _LINES) -> list[Mark]:
    marks: list[Mark] = []
    left, right = place(scale.x0), place(scale.right)
    if curve.first is not None:
        top, bottom = scale.y(curve.first.high), scale.y(curve.first.low)
        bottom = max(bottom, top + 3)
        marks.append(Line(f"M{left} {place(top)}H{right}V{place(bottom)}H{left}Z", "usual"))
    marks += [Line(f"M{left} {place(scale.y(one))}H{right}", "reading") for one in reading]
    marks.append(Line(f"M{left} {place(scale.bottom)}H{right}", "floor"))
    return marks


def _course(scale: _Scale, curve: Curve, look: Look) -> list[Mark]:
    line = [curve.line[n] for n in thinned(len(curve.line), MOST_KNOTS)]
    marks: list[Mark] = []
    if len(line) < 2:
        (one,) = line
        x = place(scale.x(one.at.date()))
        marks.append(
            Line(
                f"M{x} {place(scale.y(one.low))}V{place(scale.y(one.high))}", f"whisker {look.band}"
            )
        )
    else:
        xs = [scale.x(one.at.date()) for one in line]
        highs, lows = ([scale.y(getattr(one, of)) for one in line] for of in ("high", "low"))
        marks.append(Line(band(xs, highs, lows), look.band))
        marks.append(Line(course(xs, [scale.y(one.value) for one in line]), look.line))
    if curve.first is not None:
        y = scale.y(curve.first.value)
        marks.insert(
            1 if len(line) > 1 else 0,
            Line(f"M{place(scale.x0)} {place(y)}H{place(scale.right)}", "first"),
        )
    return marks


def _points(points: Sequence[Point]) -> list[Point]:
    """At most so many points: those of a day, or of a week, become one."""
    if len(points) <= MOST_POINTS:
        return list(points)
    daily = _joined(points, 1)
    return daily if len(daily) <= MOST_POINTS else _joined(points, 7)


def _joined(points: Sequence[Point], days: int) -> list[Point]:
    groups: dict[int, list[Point]] = defaultdict(list)
    for one in points:
        groups[one.at.date().toordinal() // days].append(one)
    return [
        Point(ones[len(ones) // 2].at, float(median(one.value for one in ones)), 0.0, 0.0)
        for ones in groups.values()
    ]


def _dates(scale: _Scale, speech: Speech) -> list[Mark]:
    y = scale.bottom + 24
    if not scale.days:
        return [Word(scale.x0 + scale.w / 2, y, speech.short_day(scale.begin), "label", "middle")]
    count = max(2, min(DATES, int(scale.w // LEAST_DATE_APART) + 1, scale.days + 1))
    marks: list[Mark] = []
    for n in range(count):
        day = scale.begin + timedelta(days=round(n * scale.days / (count - 1)))
        anchor: Anchor = "start" if n == 0 else "end" if n == count - 1 else "middle"
        marks.append(Word(scale.x(day), y, speech.short_day(day), "label", anchor))
    return marks


def points_told(curve: Curve) -> str:
    """Name of the text that says what a point of the chart stands for."""
    shown = _points(curve.points)
    if len(shown) == len(curve.points):
        return "point_practice"
    return "point_day" if len(shown) == len(_joined(curve.points, 1)) else "point_week"


def table_points(curve: Curve, most: int = 13) -> list[Point]:
    """Some days of the smooth line, for a table that says the same."""
    return [curve.line[n] for n in thinned(len(curve.line), most)]
