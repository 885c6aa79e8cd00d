"""A chart of one exercise over time: points, their smooth course, and how sure it is."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pygame
from scipy.interpolate import PchipInterpolator

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box, Floats, Painting, Sprite, disc, rounded, stroke
from mirrorcoach.live.texts import Texts
from mirrorcoach.live.theme import Colour, mix
from mirrorcoach.records.history import Trend

LOWEST = 0.3
"""Where the axis begins, unless something lies below."""

DATES = 5
"""Most dates below the chart."""

LONG_DAYS = 300
"""Over more days than this a date is told by its month and year."""

_WORDS = ((1.0, "even"), (0.5, "half"))
_LINES = (1.0, 0.75, 0.5)
_POINT_R, _SMALL_POINT_R, _MANY = 5.0, 3.5, 60
_TODAY_R = 9.0
_LINE = 4.5
_BAND = 0.26
"""Opacity of the band."""
_DOT_STEP = 9.0


def least_height(canvas: Canvas) -> float:
    """What a chart of any use needs."""
    return 120.0 + canvas.styles.label.step


def draw(canvas: Canvas, box: Box, trend: Trend, today: date) -> None:
    """Draw a chart.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    box : Box
        Of the chart with its labels.
    trend : Trend
        With at least one point.
    today : date
        Where the chart ends.
    """
    theme, style, texts = canvas.theme, canvas.styles.label, canvas.texts
    label_w = max(canvas.type.width(texts(f"history.{name}"), style) for _, name in _WORDS)
    plot = Box(
        box.x + label_w + 12,
        box.y + style.step / 2,
        box.w - label_w - 12 - _TODAY_R - 3,
        box.h - 1.5 * style.step - 10,
    )
    scale = _Scale(plot, trend, today)
    whole = box.grown(8)
    canvas.sprite(("trend ground", trend, today), whole, lambda on: _lay_ground(on, canvas, scale))
    points = canvas.made(
        ("trend points", trend, today, whole), lambda: _stamped(canvas, whole, scale)
    )
    canvas.blit(points.surface, points.place)
    if len(trend.line) > 1:
        canvas.sprite(("trend line", trend, today), whole, lambda on: _lay_line(on, canvas, scale))
    end = trend.line[-1]
    middle = (scale.x(end.at.date()), scale.y(end.value))
    canvas.disc(middle, _TODAY_R + 3, theme.surface)
    canvas.disc(middle, _TODAY_R, theme.primary)
    for value, name in _WORDS:
        y = scale.y(value) - style.step / 2
        canvas.text(texts(f"history.{name}"), plot.x - 12, y, style, theme.ink2, label_w, "right")
    _draw_dates(canvas, Box(box.x, plot.bottom + 10, box.w, style.step), scale)


class _Scale:
    """Where days and values lie."""

    def __init__(self, plot: Box, trend: Trend, today: date) -> None:
        self.plot, self.trend, self.today = plot, trend, today
        self.begin = trend.points[0].at.date()
        self.days = max(1, (today - self.begin).days)
        self._low = LOWEST if min(one.low for one in trend.line) >= LOWEST else 0.0
        if min(one.value for one in trend.points) < self._low:
            self._low = 0.0

    def x(self, day: date) -> float:
        """A single day lies at the right end, where today is."""
        gone = (day - self.begin).days if self.today > self.begin else self.days
        return self.plot.x + self.plot.w * gone / self.days

    def y(self, value: float) -> float:
        share = (min(1.0, max(self._low, value)) - self._low) / (1 - self._low)
        return self.plot.bottom - self.plot.h * share


def _lay_ground(on: Painting, canvas: Canvas, scale: _Scale) -> None:
    """Lay what stands behind the points: lines to read by, the first days and the band."""
    theme, plot, trend = canvas.theme, scale.plot, scale.trend
    if trend.first is not None:
        top, bottom = scale.y(trend.first.high), scale.y(trend.first.low)
        usual = Box(plot.x, top, plot.w, max(4.0, bottom - top))
        ground = mix(theme.surface, theme.ink, 0.18) if theme.outlined else theme.sunk
        on.lay(rounded(on.x, on.y, usual, 0), ground)
    for share in _LINES:
        y = scale.y(share)
        on.lay(stroke(on.x, on.y, [(plot.x, y), (plot.right, y)], 1), _reading(canvas))
    floor = [(plot.x, plot.bottom), (plot.right, plot.bottom)]
    on.lay(stroke(on.x, on.y, floor, 1.5), theme.edge)
    if trend.first is not None:
        _dotted(on, plot, scale.y(trend.first.value), theme.ink2)
    if len(trend.line) < 2:
        (one,) = trend.line
        x = scale.x(one.at.date())
        ends = [(x, scale.y(one.high)), (x, scale.y(one.low))]
        on.lay(stroke(on.x, on.y, ends, 12), theme.breath, _BAND)
        return
    low, _ = _course(on, scale, "low")
    high, outside = _course(on, scale, "high")
    band: Floats = np.maximum(np.maximum(high - on.y, on.y - low), outside - np.float32(0.5))
    on.lay(band, theme.breath, _BAND)


def _lay_line(on: Painting, canvas: Canvas, scale: _Scale) -> None:
    """Lay the smooth course; many points hide nothing of it."""
    value, outside = _course(on, scale, "value")
    slope = np.gradient(value, axis=1) / np.gradient(on.x, axis=1)
    upright = np.abs(on.y - value) / np.hypot(1, slope)
    on.lay(np.hypot(upright, outside) - np.float32(_LINE / 2), canvas.theme.primary)


def _course(on: Painting, scale: _Scale, name: str) -> tuple[Floats, Floats]:
    """Heights of a smooth line through each day's value, and how far each pixel is beyond it.

    Monotone between two days, so that the line goes no further than the values do.
    """
    line = scale.trend.line
    days = np.array([scale.x(one.at.date()) for one in line])
    across = np.clip(on.x, days[0], days[-1])
    heights = PchipInterpolator(days, [scale.y(getattr(one, name)) for one in line])(across)
    return np.asarray(heights, dtype=np.float32), np.abs(on.x - across)


def _reading(canvas: Canvas) -> Colour:
    """Colour of lines that only help to read."""
    theme = canvas.theme
    return mix(theme.surface, theme.line, 0.5) if theme.outlined else theme.line


def _dotted(on: Painting, plot: Box, y: float, ink: Colour) -> None:
    count = int(plot.w // _DOT_STEP)
    nearest = np.round((on.x - np.float32(plot.x)) / _DOT_STEP).clip(0, count)
    away = np.hypot(on.x - np.float32(plot.x) - nearest * _DOT_STEP, on.y - np.float32(y))
    on.lay(away.astype(np.float32) - np.float32(1.5), ink)


def _stamped(canvas: Canvas, whole: Box, scale: _Scale) -> Sprite:
    """A hollow point for each practice, on whole pixels: a year has a thousand of them."""
    theme, points, fit = canvas.theme, scale.trend.points, canvas.fit
    radius = _POINT_R if len(points) <= _MANY else _SMALL_POINT_R
    painting = Painting(fit, Box(whole.x, whole.y, 2 * radius + 2, 2 * radius + 2))
    middle = (whole.x + radius + 1, whole.y + radius + 1)
    painting.lay(disc(painting.x, painting.y, middle, radius), theme.breath)
    hole = mix(theme.surface, theme.breath, 0.1)
    painting.lay(disc(painting.x, painting.y, middle, radius - 2), hole)
    stamp, place = painting.sprite().surface, fit.pixels(whole)
    surface = pygame.Surface(place.size, pygame.SRCALPHA)
    surface.fblits(
        (
            stamp,
            (
                round((scale.x(one.at.date()) - middle[0]) * fit.scale),
                round((scale.y(one.value) - middle[1]) * fit.scale),
            ),
        )
        for one in points
    )
    return Sprite(surface, place.topleft)


def _draw_dates(canvas: Canvas, box: Box, scale: _Scale) -> None:
    """Draw at most five dates, the last of them today, none over another."""
    style, ink, texts = canvas.styles.label, canvas.theme.ink2, canvas.texts
    long = scale.days > LONG_DAYS
    if scale.today == scale.begin:
        days = [scale.today]
    else:
        longest = max(
            canvas.type.width(_told(date(2026, month, 28), texts, long), style)
            for month in range(1, 13)
        )
        fit = int((scale.plot.w + longest) / (longest + 24))
        count = max(2, min(DATES, fit, scale.days + 1))
        steps = [round(n * scale.days / (count - 1)) for n in range(count)]
        days = [scale.begin + timedelta(days=step) for step in steps]
    free = box.right
    for day in reversed(days):
        text = texts("history.today") if day == scale.today else _told(day, texts, long)
        width = canvas.type.width(text, style)
        x = min(max(scale.x(day) - width / 2, box.x), box.right - width)
        if x + width <= free:
            canvas.text(text, x, box.y, style, ink, width + 1)
            free = x - 16


def _told(day: date, texts: Texts, long: bool) -> str:
    month = texts(f"history.short_{day.month}")
    if long:
        return texts("history.month_of_year", month=month, year=day.year)
    return texts("history.day_of_month", month=month, day=day.day)
