"""Progress: one exercise over time, the month, and pictures of then and now for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from exercises.schema import Words
from mirrorcoach.live import calendar_month, trend_chart
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column, height_of, together, words
from mirrorcoach.live.controls import header, step_button
from mirrorcoach.live.dates import day_name, month_name
from mirrorcoach.live.each_movement import EACH, EachMovement
from mirrorcoach.live.line_face import LineFace
from mirrorcoach.live.picture_sheet import Reflected
from mirrorcoach.live.remarks import remarks
from mirrorcoach.live.shapes import Box, Painting, disc, rounded
from mirrorcoach.live.theme import Colour, Style, mix
from mirrorcoach.records.history import LEAST_DAYS, Day, Month, Trend, month, trends
from mirrorcoach.records.practices import PracticeRecord

SAVE_REPORT = Press("save_report")
"""Asked for with its button or its key."""

_PHOTOGRAPHS = Press("photographs")
_REPORT_KEY = "r"

_CHIP_H, _CHIP_GAP = 44.0, 10.0
_STEP = 56.0
_PAD = 32.0
_SIDE_W = 416.0
"""Of the month beside the chart."""

_MONTH_KEYS = "page up", "page down"
"""The month before and the month after, as in other calendars."""


@dataclass(frozen=True, eq=False)
class Photograph:
    """A picture that the person took on purpose.

    Attributes
    ----------
    day : datetime.date
        When.
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; not mirrored.
    """

    day: date
    image: NDArray[np.uint8]


class HistoryPage:
    """How it went over the weeks.

    Parameters
    ----------
    practices : sequence of PracticeRecord
        All that were kept, in any order.
    words : Words
        What exercises are called.
    today : datetime.date
        Of this computer's calendar.
    photographs : (Photograph, Photograph), optional
        Then and now, if the person allows pictures and there are two; shown only when asked for.

    Attributes
    ----------
    saving : bool
        Whether a report is being written; the visit says so.
    """

    def __init__(
        self,
        practices: Sequence[PracticeRecord],
        words: Words,
        today: date,
        photographs: tuple[Photograph, Photograph] | None = None,
    ) -> None:
        self._practices, self._words, self._today = practices, words, today
        self._photographs = photographs
        self._mirrors = [Reflected(one.image) for one in photographs or ()]
        self._trends = {one.exercise: one for one in trends(practices)}
        self._each = EachMovement(practices, list(self._trends.values()), words)
        self._chosen = next(iter(self._trends), "")
        days = [one.day for one in practices if one.happened]
        self._first = min(days, default=today).replace(day=1)
        self._shown = today.replace(day=1)
        self._column = Column()
        self._looking_back = False
        self.saving = False

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        if self._looking_back and self._photographs is not None:
            _draw_photographs(canvas, self._photographs, self._mirrors)
            return
        top = header(canvas, canvas.texts("history.title"))
        if canvas.stacked:
            self._draw_stacked(canvas, top)
        else:
            self._draw_beside(canvas, top + 8)

    def heed(self, action: Action) -> Action | None:
        """Choose an exercise or a month, look at pictures, scroll."""
        if isinstance(action, Press) and action.name == "exercise":
            self._choose(str(action.value))
        elif isinstance(action, Press) and action.name == "month" and action.value in (-1, 1):
            self._shown = self._month_beside(action.value) or self._shown
        elif action in (Key.LEFT, Key.RIGHT) and self._trends and not self._looking_back:
            self._choose(self._beside(1 if action == Key.RIGHT else -1) or self._chosen)
        elif action == _PHOTOGRAPHS:
            self._looking_back = not self._looking_back
        elif action == Key.BACK and self._looking_back:
            self._looking_back = False
        elif self._looking_back or not self._column.heed(action):
            return action
        return None

    def _choose(self, what: str) -> None:
        self._chosen = what
        self._column.first = 0

    @property
    def _choices(self) -> list[str]:
        """All of them if there are several, and then every exercise."""
        return [EACH, *self._trends] if len(self._trends) > 1 else list(self._trends)

    def _beside(self, step: int) -> str | None:
        """What stands before or after the chosen one."""
        names = self._choices
        at = names.index(self._chosen) + step
        return names[at] if 0 <= at < len(names) else None

    def _month_beside(self, step: int) -> date | None:
        """The month before or after the one shown, from the first practice to today."""
        months = 12 * self._shown.year + self._shown.month - 1 + step
        other = date(months // 12, months % 12 + 1, 1)
        return other if self._first <= other <= self._today else None

    # -- layouts ------------------------------------------------------------------------------

    def _draw_beside(self, canvas: Canvas, top: float) -> None:
        """Draw the chart beside the month."""
        bottom = canvas.height - 40
        report = self._report(canvas)
        height = report.height(_SIDE_W)
        report.draw(Box(824, bottom - height, _SIDE_W, height))
        right = Box(824, top, _SIDE_W, bottom - height - 16 - top)
        left = Box(40, top, 760, bottom - top)
        if self._photographs is not None:
            label = canvas.texts("history.photographs")
            place = Box(left.x, bottom - height, canvas.button_width(label, icon="person"), height)
            canvas.button(place, _PHOTOGRAPHS, label, icon="person")
            left = Box(left.x, left.y, left.w, right.h)
        blocks = self._month_blocks(canvas, whole=True)
        inside = right.w - 2 * _PAD
        if height_of(blocks, inside, 12) > right.h - 32:
            del blocks[1]  # what a dot is; six weeks of large figures need the room
        canvas.card(right, 28)
        y = right.y + 24
        for block in blocks:
            height = block.height(inside)
            block.draw(Box(right.x + _PAD, y, inside, height))
            y += height + 12
        self._draw_chart_card(canvas, left)

    def _draw_chart_card(self, canvas: Canvas, box: Box) -> None:
        canvas.card(box, 28)
        inside = Box(box.x + 36, box.y + 24, box.w - 72, box.h - 48)
        if not self._trends:
            self._draw_nothing(canvas, inside)
            return
        choose = self._chooser(canvas)
        choose_y = inside.bottom - choose.height(inside.w)
        choose.draw(Box(inside.x, choose_y, inside.w, choose.height(inside.w)))
        room = Box(inside.x, inside.y, inside.w, choose_y - 14 - inside.y)
        if self._chosen == EACH:
            self._column.draw(canvas, room, self._each.blocks(canvas), 8)
            return
        sentence, legend = together(self._sentence(canvas), 4), self._legend(canvas)
        remarks, least = self._remarks(canvas), trend_chart.least_height(canvas)
        gap, width = 12.0, room.w
        chart_h = room.h - gap - height_of([sentence, legend, *remarks], width, gap)
        if chart_h < least:  # then remarks are scrolled to
            width -= BAR_W
            chart_h = max(least, room.h - gap - height_of([sentence, legend], width, gap))
        chart = self._chart(canvas, chart_h)
        self._column.draw(canvas, room, [sentence, chart, legend, *remarks], gap)

    def _draw_stacked(self, canvas: Canvas, top: float) -> None:
        """Draw everything below each other."""
        margin = 24.0 if canvas.compact else 40.0
        box = Box(margin, top, canvas.width - 2 * margin, canvas.height - 20 - top)
        blocks: list[Block] = []
        if self._trends:
            height = min(box.h, max(260.0, trend_chart.least_height(canvas)))
            blocks = [self._chooser(canvas)]
            if self._chosen == EACH:
                blocks += self._each.blocks(canvas)
            else:
                blocks += [*self._sentence(canvas), self._chart(canvas, height)]
                blocks += [self._legend(canvas), *self._remarks(canvas)]
        else:
            blocks = [words(canvas, *one) for one in self._nothing(canvas)]
        whole = height_of(self._month_blocks(canvas, whole=True), box.w, 12) <= box.h
        blocks += [*self._month_blocks(canvas, whole=whole), self._report(canvas)]
        canvas.keys[_REPORT_KEY] = SAVE_REPORT  # though it has to be scrolled to
        if self._photographs is not None:
            label = canvas.texts("history.photographs")
            blocks.append(
                Block(
                    lambda width: canvas.button_height(label, width),
                    lambda at: canvas.button(at, _PHOTOGRAPHS, label, icon="person"),
                )
            )
        self._column.draw(canvas, box, blocks, 12)

    def _report(self, canvas: Canvas) -> Block:
        """The way to a report; while one is written, a word."""
        whole, short = canvas.texts("history.report"), canvas.texts("history.report_short")
        in_a_line = canvas.button_width(whole, icon="printer") <= _SIDE_W
        shown = whole if canvas.stacked or in_a_line else short

        def draw(box: Box) -> None:
            if not self.saving:
                hint = _REPORT_KEY.upper()
                canvas.button(box, SAVE_REPORT, shown, key=_REPORT_KEY, hint=hint, icon="printer")
                return
            label = canvas.texts("common.getting_ready")
            style, room = canvas.styles.button, box.w - 48
            y = box.middle[1] - canvas.text_height(label, style, room) / 2
            canvas.paragraph(label, box.middle[0], y, style, canvas.theme.ink2, room, "centre")

        return Block(lambda width: canvas.button_height(shown, width, "printer"), draw)

    # -- one exercise -------------------------------------------------------------------------

    @property
    def _trend(self) -> Trend:
        return self._trends[self._chosen]

    def _sentence(self, canvas: Canvas) -> list[Block]:
        """What the chart means; a change is named only if it is certain."""
        styles, theme, texts = canvas.styles, canvas.theme, canvas.texts
        trend = self._trend
        name = "first_day" if len(trend.line) < 2 else trend.verdict
        note = texts(f"history.{name}_note", days=LEAST_DAYS)
        return [
            words(canvas, texts(f"history.{name}"), styles.card_title, theme.ink),
            words(canvas, note, styles.body, theme.ink2),
        ]

    def _chart(self, canvas: Canvas, height: float) -> Block:
        return Block(
            lambda _: height,
            lambda box: trend_chart.draw(canvas, box, self._trend, self._today),
        )

    def _remarks(self, canvas: Canvas) -> list[Block]:
        """What the chart leaves out or takes off, and why."""
        style, ink = canvas.styles.label, canvas.theme.ink2
        return [words(canvas, one, style, ink) for one in remarks(self._trend, canvas.texts)]

    def _legend(self, canvas: Canvas) -> Block:
        """What the band and the bar are; the bar only where there is one."""
        names = ["band"] if self._trend.first is None else ["band", "usual"]
        style = canvas.styles.label
        said = [(name, canvas.texts(f"history.{name}")) for name in names]

        def lines(width: float) -> list[list[tuple[str, str]]]:
            used = sum(46 + canvas.type.width(text, style) + 32 for _, text in said) - 32
            return [said] if used <= width else [[one] for one in said]

        def height(width: float) -> float:
            rows = lines(width)
            if len(rows) == 1:
                return style.step
            return sum(canvas.text_height(text, style, width - 46) for ((_, text),) in rows)

        def draw(box: Box) -> None:
            y = box.y
            for row in lines(box.w):
                x = box.x
                for name, text in row:
                    _swatch(canvas, name, Box(x, y + style.step / 2 - 10, 34, 20))
                    below = canvas.paragraph(
                        text, x + 46, y, style, canvas.theme.ink2, box.right - x - 46
                    )
                    x += 46 + canvas.type.width(text, style) + 32
                y = below

        return Block(height, draw)

    def _chooser(self, canvas: Canvas) -> Block:
        """The exercises as chips; where they are too many, one name between two steps."""
        style = canvas.styles.label_bold
        names = {
            one: canvas.texts("history.each") if one == EACH else self._words.exercise[one].name
            for one in self._choices
        }
        widths = {one: canvas.type.width(name, style) + 40 for one, name in names.items()}
        high = max(_CHIP_H, style.step + 16)

        def fits(width: float) -> bool:
            return sum(widths.values()) + _CHIP_GAP * (len(widths) - 1) <= width

        def height(width: float) -> float:
            if fits(width):
                return high
            room = width - 2 * _STEP - 24
            return max(52.0, canvas.text_height(names[self._chosen], style, room) + 8)

        def draw(box: Box) -> None:
            if not fits(box.w):
                self._draw_stepper(canvas, box, names[self._chosen])
                return
            x = box.x
            for one, name in names.items():
                _chip(canvas, Box(x, box.y, widths[one], high), one, name, one == self._chosen)
                x += widths[one] + _CHIP_GAP

        return Block(height, draw)

    def _draw_stepper(self, canvas: Canvas, box: Box, name: str) -> None:
        style, ink = canvas.styles.label_bold, canvas.theme.ink
        before, after = self._beside(-1), self._beside(1)
        high = min(box.h, 60.0)
        y = box.middle[1] - high / 2
        if before is not None:
            place = Box(box.x, y, _STEP, high)
            step_button(canvas, place, "chevron_left", Press("exercise", before))
        if after is not None:
            place = Box(box.right - _STEP, y, _STEP, high)
            step_button(canvas, place, "chevron_right", Press("exercise", after))
        room = box.w - 2 * _STEP - 24
        y = box.middle[1] - canvas.text_height(name, style, room) / 2
        canvas.paragraph(name, box.middle[0], y, style, ink, room, "centre")

    # -- nothing yet --------------------------------------------------------------------------

    def _nothing(self, canvas: Canvas) -> tuple[tuple[str, Style, Colour], ...]:
        """What is said while there is no chart."""
        styles, theme, texts = canvas.styles, canvas.theme, canvas.texts
        name = "unmeasured" if any(one.happened for one in self._practices) else "nothing"
        return (
            (texts(f"history.{name}"), styles.card_title, theme.ink),
            (texts(f"history.{name}_note"), styles.body, theme.ink2),
        )

    def _draw_nothing(self, canvas: Canvas, box: Box) -> None:
        """Draw a calm face with a sentence below it."""
        text_h = sum(
            canvas.text_height(text, style, box.w) + 6 for text, style, _ in self._nothing(canvas)
        )
        size = min(360.0, box.h - text_h - 40)
        y = box.y + (box.h - size - 20 - text_h) / 2
        face = canvas.made("history face", lambda: LineFace(canvas.theme))
        surface = face.surface(round(size * canvas.fit.scale))
        canvas.picture(surface, Box(box.x, y, box.w, size))
        y += size + 20
        for text, style, ink in self._nothing(canvas):
            y = 6 + canvas.paragraph(text, box.middle[0], y, style, ink, box.w, "centre")

    # -- the month ----------------------------------------------------------------------------

    def _month_blocks(self, canvas: Canvas, whole: bool) -> list[Block]:
        """The month's name with the ways to others, what a dot means, and the days.

        With `whole` the days stay together; otherwise each week is a block of its own.
        """
        shown = month(self._practices, self._shown.year, self._shown.month, self._today)
        style, ink = canvas.styles.body, canvas.theme.ink2
        blocks = [self._month_heading(canvas, shown)]
        if whole:
            blocks.append(words(canvas, canvas.texts("history.dots"), style, ink))
            blocks.append(
                Block(
                    lambda _: calendar_month.month_height(canvas),
                    lambda box: calendar_month.draw_month(canvas, box, shown),
                )
            )
            return blocks
        blocks.append(words(canvas, canvas.texts("history.dots"), style, ink))
        blocks.append(
            Block(
                lambda _: canvas.styles.label_bold.step,
                lambda box: calendar_month.draw_weekdays(canvas, box),
            )
        )
        for week in shown.weeks:
            blocks.append(_week(canvas, week))
        return blocks

    def _month_heading(self, canvas: Canvas, shown: Month) -> Block:
        style, texts = canvas.styles.card_title, canvas.texts
        name = month_name(texts, shown.month)
        text = name[0].upper() + name[1:]
        if shown.year != self._today.year:
            text = f"{text} {shown.year}"

        keys = ("", "") if canvas.stacked else _MONTH_KEYS  # there they scroll

        def room(width: float) -> float:
            return width - 2 * _STEP - 20

        def height(width: float) -> float:
            return max(48.0, canvas.text_height(text, style, room(width)))

        def draw(box: Box) -> None:
            y = box.middle[1] - canvas.text_height(text, style, room(box.w)) / 2
            canvas.paragraph(text, box.x, y, style, canvas.theme.ink, room(box.w))
            y = box.middle[1] - 24
            if self._month_beside(-1) is not None:
                place = Box(box.right - 2 * _STEP - 8, y, _STEP, 48)
                step_button(canvas, place, "chevron_left", Press("month", -1), keys[0])
            if self._month_beside(1) is not None:
                place = Box(box.right - _STEP, y, _STEP, 48)
                step_button(canvas, place, "chevron_right", Press("month", 1), keys[1])

        return Block(height, draw)


def _week(canvas: Canvas, week: tuple[Day | None, ...]) -> Block:
    return Block(
        lambda _: calendar_month.week_height(canvas),
        lambda box: calendar_month.draw_week(canvas, box, week),
    )


def _chip(canvas: Canvas, box: Box, exercise: str, name: str, chosen: bool) -> None:
    """Draw one of several exercises."""
    theme, style = canvas.theme, canvas.styles.label_bold
    ground = theme.primary if chosen else theme.surface
    if canvas.is_over(box) and not chosen:
        ground = theme.soft
    radius = box.h / 2
    canvas.panel(box, radius, ground, theme.primary if chosen else theme.edge)
    ink = theme.on_primary if chosen else theme.ink
    y = box.middle[1] - style.step / 2
    canvas.text(name, box.middle[0], y, style, ink, box.w - 20, "centre")
    canvas.touch(box, Press("exercise", exercise), radius=radius)


def _swatch(canvas: Canvas, name: str, box: Box) -> None:
    """Draw a sample of the band, or of the first days' bar with its dots."""
    theme = canvas.theme

    def paint(on: Painting) -> None:
        if name == "band":
            on.lay(rounded(on.x, on.y, box, 6), mix(theme.surface, theme.breath, 0.26))
            return
        ground = mix(theme.surface, theme.ink, 0.18) if theme.outlined else theme.sunk
        on.lay(rounded(on.x, on.y, box, 6), ground)
        for number in range(4):
            middle = (box.x + 4 + 9 * number, box.middle[1])
            on.lay(disc(on.x, on.y, middle, 1.5), theme.ink2)

    canvas.sprite(("swatch", name), box, paint)


# -- then and now -----------------------------------------------------------------------------


def _draw_photographs(
    canvas: Canvas, photographs: tuple[Photograph, Photograph], mirrors: Sequence[Reflected]
) -> None:
    """Draw two pictures beside each other, each with its date, as in a mirror."""
    texts, style = canvas.texts, canvas.styles.body_bold
    top = header(canvas, texts("history.photographs"))
    margin = 24.0 if canvas.compact else 40.0
    label, hint = texts("history.chart"), texts("common.key_enter")
    height = canvas.button_height(label, canvas.width - 2 * margin)
    wide = min(canvas.width - 2 * margin, max(300.0, canvas.button_width(label, hint)))
    place = Box(margin, canvas.height - 20 - height, wide, height)
    canvas.button(place, _PHOTOGRAPHS, label, kind="primary", key="enter", hint=hint)
    width = (canvas.width - 2 * margin - 24) / 2
    for number, (one, mirror) in enumerate(zip(photographs, mirrors, strict=True)):
        box = Box(margin + number * (width + 24), top, width, place.y - 16 - top)
        canvas.card(box, 24)
        told = day_name(texts, one.day)
        told_h = canvas.text_height(told, style, box.w - 32)
        y = box.bottom - 12 - told_h
        canvas.paragraph(told, box.middle[0], y, style, canvas.theme.ink, box.w - 32, "centre")
        frame = Box(box.x + 12, box.y + 12, box.w - 24, y - box.y - 20)
        mirror.draw(canvas, frame, 16.0)
