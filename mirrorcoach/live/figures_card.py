"""The card with the numbers of the moment under the line; empty while the courses go on."""

from __future__ import annotations

from dataclasses import dataclass

from landmarks.regions import SIDES
from mirrorcoach.live.actions import Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block
from mirrorcoach.live.figures import Figures, Pair, Why
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Style

REGION = Press("next_region")

_PAD = 32.0
_COLUMN_GAP = 24.0


@dataclass(frozen=True)
class FirstDay:
    """How an exercise went on the first day, None where that is not known.

    Attributes
    ----------
    left_mm, right_mm : float or None
        Movement of each side.
    share : float or None
        The smaller one as a share of the larger one, 0 to 1.
    """

    left_mm: float | None = None
    right_mm: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class Row:
    """One line of the table, in words."""

    label: str
    left: str = ""
    right: str = ""
    off: str = ""
    why: str = ""
    quiet: bool = False


class FiguresCard:
    """Draws the table.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    region : str
        What the region is called.
    figures : Figures or None
        The numbers; None while the courses go on.
    first_day : FirstDay or None
        The first day's, where they belong to the same region.
    """

    def __init__(
        self, canvas: Canvas, region: str, figures: Figures | None, first_day: FirstDay | None
    ) -> None:
        self._canvas = canvas
        self._rows = _rows(canvas, region, figures, first_day)
        self._sentence, self._off = _sentence(canvas, figures)
        texts = canvas.texts
        self._first = ""
        if first_day is not None and first_day.share is not None:
            self._first = texts("therapist.first_day_share", share=round(100 * first_day.share))
        number, label = canvas.styles.card_title, canvas.styles.label
        width = canvas.type.width
        heads = [texts("common.left"), texts("common.right")]
        widest = (
            texts("therapist.mm", n=_decimal(canvas, 10.8, 1)),
            texts("therapist.below_mm", n=_decimal(canvas, 0.8, 1)),
        )
        self._number_w = max(
            *(width(one, number) for one in widest),
            *(width(head, canvas.styles.label_bold) for head in heads),
        )
        self._off_w = width(_decimal(canvas, 0.08, 2), label) + 8

    def height(self, width: float) -> float:
        """How high the table is at a width, at the least."""
        rows = sum(self._row_height(row, width) for row in self._rows)
        return 12 + self._canvas.styles.label.step + rows + 9 + self._end(width)[1] + 8

    def fits(self, width: float, room: float) -> bool:
        """Whether the table can be shown as one card of this width and height."""
        words = [word for row in self._rows for word in row.label.split()]
        widest = max(self._canvas.type.width(word, self._canvas.styles.body) for word in words)
        return widest <= self._label_room(width) and self.height(width) <= room

    def whole(self) -> Block:
        """The table as one card."""
        return Block(self.height, self.draw)

    def rows(self) -> list[Block]:
        """A card for each of its rows, where the whole table does not fit."""
        return [
            *(self._alone(row) for row in self._rows),
            Block(lambda width: self._end(width)[1] + 32, self._draw_end_alone),
        ]

    def _alone(self, row: Row) -> Block:
        first = row is self._rows[0]
        return Block(
            lambda width: self._alone_height(row, width),
            lambda box: self._draw_alone(row, box, first),
        )

    def draw(self, box: Box) -> None:
        """Draw the card; what is left of its height goes between the rows."""
        canvas, theme, texts = self._canvas, self._canvas.theme, self._canvas.texts
        canvas.card(box, 24)
        spare = max(0.0, box.h - self.height(box.w)) / (len(self._rows) + 2)
        bold = canvas.styles.label_bold
        right = box.right - _PAD + 8
        columns = self._columns(box)
        y = box.y + 12
        for name, x in zip(SIDES, columns, strict=True):
            head = texts(f"common.{name}")
            canvas.text(head, x, y, bold, theme.ink2, self._number_w, "right")
        canvas.text("±", right, y, bold, theme.ink2, self._off_w, "right")
        y += bold.step + spare / 2
        for number, row in enumerate(self._rows):
            height = self._row_height(row, box.w) + spare
            self._draw_row(row, Box(box.x, y, box.w, height), columns, right, first=number == 0)
            y += height
        y += spare / 2 + 4
        canvas.bar(Box(box.x + _PAD, y, right - box.x - _PAD, 1.5), theme.line)
        y += 5
        self._draw_end(Box(box.x + _PAD, y, right - box.x - _PAD, box.bottom - 8 - y))

    def _columns(self, box: Box) -> tuple[float, float]:
        right = box.right - _PAD + 8 - self._off_w - _COLUMN_GAP
        return right - self._number_w - _COLUMN_GAP, right

    def _label_room(self, width: float) -> float:
        columns = self._columns(Box(0, 0, width, 0))
        return columns[0] - self._number_w - _PAD - 12

    def _row_height(self, row: Row, width: float) -> float:
        styles = self._canvas.styles
        style = styles.label if row.quiet else styles.body
        label = self._canvas.text_height(row.label, style, self._label_room(width))
        value = styles.body if row.quiet else styles.card_title
        return max(label, value.step) + (0 if row.quiet else 3)

    def _draw_row(
        self, row: Row, box: Box, columns: tuple[float, float], right: float, first: bool
    ) -> None:
        canvas, theme, styles = self._canvas, self._canvas.theme, self._canvas.styles
        style = styles.label if row.quiet else styles.body
        ink = theme.ink2 if row.quiet else theme.ink
        room = self._label_room(box.w)
        top = box.middle[1] - canvas.text_height(row.label, style, room) / 2
        if first:
            width = min(room, canvas.type.width(row.label, style)) + 40
            place = Box(box.x + _PAD - 12, box.middle[1] - 24, width, 48)
            if canvas.is_over(place):
                ink = theme.primary
            canvas.touch(place, REGION, radius=12)
            lines = canvas.type.wrap(row.label, style, room)
            x = box.x + _PAD + canvas.type.width(lines[-1], style) + 16
            canvas.icon("down", (x, place.middle[1] + 1), 18, theme.ink2)
        canvas.paragraph(row.label, box.x + _PAD, top, style, ink, room)
        if row.why:
            y = box.middle[1] - styles.label.step / 2
            width = right - box.x - _PAD - room
            canvas.text(row.why, right, y, styles.label, theme.ink2, width, "right")
            return
        value = styles.body if row.quiet else styles.card_title
        y = box.middle[1] - value.step / 2
        for text, x, colour in zip(
            (row.left, row.right), columns, (theme.left, theme.right), strict=True
        ):
            shade = colour if text != _unknown(canvas) else theme.ink2
            canvas.text(text, x, y, value, shade, self._number_w, "right")
        y = box.middle[1] - styles.label.step / 2
        canvas.text(row.off, right, y, styles.label, theme.ink, self._off_w, "right")

    def _alone_height(self, row: Row, width: float) -> float:
        styles, canvas = self._canvas.styles, self._canvas
        label = canvas.text_height(row.label, styles.body, width - 2 * _PAD)
        if row.why:
            return 28 + label + canvas.text_height(row.why, styles.label, width - 2 * _PAD)
        lines = 1 if self._fits_a_line(width) else 2
        return 28 + label + lines * styles.card_title.step

    def _fits_a_line(self, width: float) -> bool:
        """Whether both sides' numbers and their interval stand beside each other."""
        off = self._canvas.type.width("± 0,00", self._canvas.styles.label)
        return 2 * self._named_w + off + 2 * _COLUMN_GAP <= width - 2 * _PAD

    @property
    def _named_w(self) -> float:
        """Width of a number behind the name of its side."""
        canvas = self._canvas
        names = [canvas.texts(f"common.{name}") for name in SIDES]
        widest = max(canvas.type.width(name, canvas.styles.label_bold) for name in names)
        return widest + 12 + self._number_w

    def _draw_alone(self, row: Row, box: Box, first: bool) -> None:
        """Draw a row as a card of its own, with the sides named in it."""
        canvas, theme, styles = self._canvas, self._canvas.theme, self._canvas.styles
        canvas.card(box, 24)
        if first:
            canvas.touch(box, REGION, radius=24)
        x, room = box.x + _PAD, box.w - 2 * _PAD
        y = canvas.paragraph(row.label, x, box.y + 14, styles.body, theme.ink, room)
        if row.why:
            canvas.paragraph(row.why, x, y, styles.label, theme.ink2, room)
            return
        beside = self._fits_a_line(box.w)
        style, bold = styles.card_title, styles.label_bold
        for name, text, colour in zip(
            SIDES, (row.left, row.right), (theme.left, theme.right), strict=True
        ):
            side = canvas.texts(f"common.{name}")
            down = (style.step - bold.step) / 2
            canvas.text(side, x, y + down, bold, theme.ink2, self._named_w)
            canvas.text(text, x + self._named_w, y, style, colour, self._number_w, "right")
            if beside:
                x += self._named_w + _COLUMN_GAP
            elif name == "left":
                y += style.step
        if row.off:
            off = f"± {row.off}"
            top = box.bottom - 14 - style.step + (style.step - styles.label.step) / 2
            canvas.text(off, box.right - _PAD, top, styles.label, theme.ink, room, "right")

    def _draw_end_alone(self, box: Box) -> None:
        self._canvas.card(box, 24)
        inner = Box(box.x + _PAD, box.y + 16, box.w - 2 * _PAD + 8, box.h - 32)
        self._draw_end(inner)

    def _end(self, width: float) -> tuple[bool, float]:
        """Whether the end stands in one line, and how high it is."""
        canvas, style = self._canvas, self._end_style
        room = width - 2 * _PAD + 8
        parts = [canvas.type.width(self._sentence, style)]
        for text, role in ((self._off, canvas.styles.body), (self._first, canvas.styles.label)):
            parts += [canvas.type.width(text, role)] if text else []
        if sum(parts) + 20 * (len(parts) - 1) <= room:
            return True, style.step + 10
        beside = canvas.type.width(self._off, canvas.styles.body) + 20 if self._off else 0.0
        height = canvas.text_height(self._sentence, style, room - beside)
        return False, height + (canvas.styles.label.step if self._first else 0.0) + 10

    @property
    def _end_style(self) -> Style:
        styles = self._canvas.styles
        return styles.large_bold if self._off else styles.body

    def _draw_end(self, box: Box) -> None:
        canvas, theme, styles = self._canvas, self._canvas.theme, self._canvas.styles
        style = self._end_style
        ink = theme.ink if self._off else theme.ink2
        one_line, height = self._end(box.w + 2 * _PAD - 8)
        y = box.middle[1] - (height - 10) / 2
        off_w = canvas.type.width(self._off, styles.body)
        off_y = y + (style.step - styles.body.step) / 2
        label = styles.label
        if one_line:
            canvas.text(self._sentence, box.x, y, style, ink, box.w)
            x = box.x + canvas.type.width(self._sentence, style) + 20
            canvas.text(self._off, x, off_y, styles.body, theme.ink, off_w + 1)
            down = y + (style.step - label.step) / 2
            canvas.text(self._first, box.right, down, label, theme.ink2, box.w, "right")
            return
        canvas.text(self._off, box.right, off_y, styles.body, theme.ink, off_w + 1, "right")
        room = box.w - (off_w + 20 if self._off else 0.0)
        y = canvas.paragraph(self._sentence, box.x, y, style, ink, room)
        canvas.text(self._first, box.x, y, label, theme.ink2, box.w)


def _unknown(canvas: Canvas) -> str:
    return canvas.texts("therapist.unknown")


def _decimal(canvas: Canvas, number: float, digits: int) -> str:
    """Write a number as its language does."""
    return canvas.texts.decimal(f"{number:.{digits}f}")


def _because(canvas: Canvas, why: Why | None) -> str:
    return canvas.texts(f"therapist.why_{why}") if why is not None else ""


def _rows(
    canvas: Canvas, region: str, figures: Figures | None, first_day: FirstDay | None
) -> list[Row]:
    texts = canvas.texts
    names = [region, texts("therapist.eye_opening"), texts("therapist.later")]
    if figures is None:
        rows = [Row(name) for name in names]
    else:
        moved = figures.moved_mm
        below = [
            "" if one is None else texts("therapist.below_mm", n=_decimal(canvas, one, 1))
            for one in figures.below_mm
        ]
        mm = [
            other or _number(canvas, one, "mm", 1)
            for one, other in zip((moved.left, moved.right), below, strict=True)
        ]
        off = "" if moved.off is None else _decimal(canvas, moved.off, 1)
        rows = [
            Row(names[0], mm[0], mm[1], off),
            _row(canvas, names[1], figures, figures.opening, "percent", 0),
            _row(canvas, names[2], figures, figures.later_s, "seconds", 2),
        ]
    if first_day is not None:
        first = Row(
            texts("therapist.first_day"),
            _number(canvas, first_day.left_mm, "mm", 1),
            _number(canvas, first_day.right_mm, "mm", 1),
            quiet=True,
        )
        rows.insert(1, first)
    return rows


def _row(canvas: Canvas, label: str, figures: Figures, pair: Pair, unit: str, digits: int) -> Row:
    if pair.left is None and pair.right is None and pair.why != figures.share_why:
        return Row(label, why=_because(canvas, pair.why))
    left, right = (_number(canvas, one, unit, digits) for one in (pair.left, pair.right))
    times = 100 if unit == "percent" else 1
    off = "" if pair.off is None else _decimal(canvas, times * pair.off, digits)
    return Row(label, left, right, off)


def _number(canvas: Canvas, number: float | None, unit: str, digits: int) -> str:
    if number is None:
        return _unknown(canvas)
    times = 100 if unit == "percent" else 1
    n = _decimal(canvas, times * number, digits)
    return canvas.texts("therapist.seconds" if unit == "seconds" else f"therapist.{unit}", n=n, s=n)


def _sentence(canvas: Canvas, figures: Figures | None) -> tuple[str, str]:
    """What the two sides say of each other, and its interval; or why nothing is said."""
    texts = canvas.texts
    if figures is None:
        return texts("therapist.freeze_to_read"), ""
    if figures.share_why == "still":
        return texts("therapist.at_rest"), ""
    if figures.share is None:
        return texts("therapist.not_measurable", why=_because(canvas, figures.share_why)), ""
    share = figures.share
    percent, off = round(100 * share.share), round(100 * share.off)
    sentence = texts(f"therapist.{share.side}_share", share=percent)
    return sentence, texts("therapist.off_percent", n=off)
