"""A month of the calendar: a dot for each practice, and nothing where there was none."""

from __future__ import annotations

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box
from mirrorcoach.records.history import Day, Month

DAYS = 7
_GAP = 6.0
_DOT_R, _DOT_STEP = 4.0, 11.0
_MOST_CELL_W = 44.0


def week_height(canvas: Canvas) -> float:
    """Height of one row of days."""
    return canvas.styles.label.step + 26.0


def draw_weekdays(canvas: Canvas, box: Box) -> None:
    """Draw the first letters of the days, in one line."""
    style, ink = canvas.styles.label_bold, canvas.theme.ink2
    for number, cell in enumerate(_cells(canvas, box)):
        letter = canvas.texts(f"history.weekday_{number + 1}")
        canvas.text(letter, cell.middle[0], box.y, style, ink, cell.w + 1, "centre")


def draw_week(canvas: Canvas, box: Box, week: tuple[Day | None, ...]) -> None:
    """Draw one row of days."""
    for day, cell in zip(week, _cells(canvas, box), strict=True):
        if day is not None:
            _draw_day(canvas, cell, day)


def month_height(canvas: Canvas) -> float:
    """Height of weekdays and six weeks, so that no month is higher than another."""
    return canvas.styles.label_bold.step + 8 + 6 * (week_height(canvas) + _GAP) - _GAP


def draw_month(canvas: Canvas, box: Box, month: Month) -> None:
    """Draw weekdays and weeks below each other."""
    draw_weekdays(canvas, box)
    y, height = box.y + canvas.styles.label_bold.step + 8, week_height(canvas)
    for week in month.weeks:
        draw_week(canvas, Box(box.x, y, box.w, height), week)
        y += height + _GAP


def _cells(canvas: Canvas, box: Box) -> list[Box]:
    step = box.w / DAYS
    width = min(step - _GAP, _MOST_CELL_W * canvas.look.text_percent / 100)
    return [Box(box.x + n * step + (step - width) / 2, box.y, width, box.h) for n in range(DAYS)]


def _draw_day(canvas: Canvas, cell: Box, day: Day) -> None:
    theme, styles = canvas.theme, canvas.styles
    if day.dots:
        canvas.panel(cell, 12, theme.soft)
    if day.is_today:
        canvas.ring(cell, 12, 3, theme.primary)
    style = styles.label_bold if day.is_today else styles.label
    ink = theme.ink if day.dots or day.is_today else theme.ink2
    text = str(day.day.day)
    canvas.text(text, cell.middle[0], cell.y + 3, style, ink, cell.w, "centre")
    x = cell.middle[0] - (day.dots - 1) * _DOT_STEP / 2
    for number in range(day.dots):
        canvas.disc((x + number * _DOT_STEP, cell.bottom - 12), _DOT_R, theme.primary)
