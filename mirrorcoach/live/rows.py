"""A question or a setting in a row: its words, and beside or below them what answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from mirrorcoach.live import controls
from mirrorcoach.live.actions import Action
from mirrorcoach.live.canvas import Canvas, Kind
from mirrorcoach.live.column import Block, together
from mirrorcoach.live.controls import SWITCH_W, Segment
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.shapes import Box

_PAD, _TIGHT_PAD = 16.0, 12.0
_LEAST_H, _TIGHT_LEAST_H = 92.0, 72.0
_GAP = 12.0
_SEGMENT_W = 100.0
_WORDS_SHARE = 0.25
"""Words keep at least this share of a row's width, or their control goes below them."""


class Control(Protocol):
    """What answers a question."""

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        ...

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block where it fits in one line, else several below each other."""
        ...


@dataclass(frozen=True)
class Choices:
    """One of several answers: beside each other, or rows where they do not fit.

    Attributes
    ----------
    segments : tuple of Segment
        The answers.
    keys : tuple of str
        The key of each, if any has one.
    rows : bool
        Always below each other.
    """

    segments: tuple[Segment, ...]
    keys: tuple[str, ...] = ()
    rows: bool = False

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        if self.rows:
            return float("inf")
        return max(controls.segments_width(canvas, self.segments), _SEGMENT_W * len(self.segments))

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block where it fits in one line, else one for each answer."""
        if self.width(canvas) <= width:
            high = _line_height(canvas)
            return [Block(lambda _: high, lambda box: self._draw(canvas, box))]
        keys = self.keys or ("",) * len(self.segments)
        return [_choice(canvas, one, key) for one, key in zip(self.segments, keys, strict=True)]

    def _draw(self, canvas: Canvas, box: Box) -> None:
        width = min(box.w, self.width(canvas))
        controls.segments(canvas, Box(box.x, box.y, width, box.h), self.segments)


def _choice(canvas: Canvas, one: Segment, key: str) -> Block:
    return Block(
        lambda width: controls.choice_row_height(canvas, one.label, width),
        lambda box: controls.choice_row(canvas, box, one.label, one.action, one.chosen, key),
    )


@dataclass(frozen=True)
class Switch:
    """On or off."""

    on: bool
    action: Action

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        return SWITCH_W + 8

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block."""

        def draw(box: Box) -> None:
            place = Box(box.x, box.y, self.width(canvas) - 4, box.h)
            controls.switch(canvas, place, self.on, self.action)

        return [Block(lambda _: 52.0, draw)]


@dataclass(frozen=True)
class Stepper:
    """A value between two buttons; a button without an action does nothing."""

    text: str
    less: Action | None
    more: Action | None
    longest: str = ""

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        style = canvas.styles.body_bold
        text = max(canvas.type.width(one, style) for one in (self.text, self.longest, "0"))
        return text + 2 * _GAP + 2 * _step_width(canvas)

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block."""
        high = _line_height(canvas)

        def draw(box: Box) -> None:
            place = Box(box.x, box.y, min(box.w, self.width(canvas)), box.h)
            self._draw(canvas, place)

        return [Block(lambda _: high, draw)]

    def _draw(self, canvas: Canvas, box: Box) -> None:
        theme, style, wide = canvas.theme, canvas.styles.body_bold, _step_width(canvas)
        room = box.w - 2 * wide
        canvas.panel(box, 18, theme.sunk, theme.line if theme.outlined else None)
        controls.step_button(canvas, Box(box.x, box.y, wide, box.h), "minus", self.less)
        y = box.middle[1] - style.step / 2
        canvas.text(self.text, box.middle[0], y, style, theme.ink, room, "centre")
        controls.step_button(canvas, Box(box.right - wide, box.y, wide, box.h), "plus", self.more)


@dataclass(frozen=True)
class Push:
    """A button."""

    label: str
    action: Action
    icon: Icon | None = None
    kind: Kind = "secondary"
    key: str = ""

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        return canvas.button_width(self.label, icon=self.icon)

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block, whose label breaks where it has to."""
        wide = min(width, self.width(canvas))

        def draw(box: Box) -> None:
            place = Box(box.x, box.y, min(box.w, wide), box.h)
            canvas.button(
                place, self.action, self.label, kind=self.kind, key=self.key, icon=self.icon
            )

        return [Block(lambda _: canvas.button_height(self.label, wide, self.icon), draw)]


@dataclass(frozen=True)
class Entry:
    """A line to write in; the caret shows whether it is being written in.

    Attributes
    ----------
    text, empty : str
        What is written, and what stands there while nothing is.
    writing : bool
        Whether letters go here.
    action : Action
        Begins or ends writing.
    key : str
        The key for that.
    """

    text: str
    empty: str
    writing: bool
    action: Action
    key: str = ""

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        return min(420.0, canvas.width / 2)

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block."""
        style = canvas.styles.large
        return [Block(lambda _: max(60.0, style.step + 24), lambda box: self._draw(canvas, box))]

    def _draw(self, canvas: Canvas, box: Box) -> None:
        theme, style = canvas.theme, canvas.styles.large
        canvas.panel(box, 18, theme.surface, theme.edge)
        if self.writing:
            canvas.ring(box, 18, 3, theme.primary)
        canvas.touch(box, self.action, self.key)
        room = box.w - 40 - 8
        shown = self.text
        while canvas.type.width(shown, style) > room:  # the end of a long name is what is written
            shown = shown[1:]
        y = box.middle[1] - style.step / 2
        if shown:
            canvas.text(shown, box.x + 20, y, style, theme.ink, room)
        elif canvas.type.width(self.empty, style) <= room:
            canvas.text(self.empty, box.x + 20 + 8, y, style, theme.ink2, room)
        if self.writing:
            x = box.x + 22 + (canvas.type.width(shown, style) if shown else 0.0)
            canvas.bar(Box(x, y + 3, 2.5, style.step - 6), theme.primary)


@dataclass(frozen=True)
class Written:
    """The path of a folder, broken where it has to be; there is nothing to press."""

    text: str

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        return canvas.type.width(self.text, canvas.styles.label_bold)

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block."""
        style = canvas.styles.label_bold

        def draw(box: Box) -> None:
            y = box.y
            for line in self._lines(canvas, box.w):
                canvas.text(line, box.x, y, style, canvas.theme.ink, box.w)
                y += style.step

        return [Block(lambda w: len(self._lines(canvas, w)) * style.step, draw)]

    def _lines(self, canvas: Canvas, room: float) -> list[str]:
        lines = [""]
        for part in re.findall(r"[^/\\]*[/\\]?", self.text):
            if canvas.type.width(lines[-1] + part, canvas.styles.label_bold) > room:
                lines.append("")
            for letter in part:
                if canvas.type.width(lines[-1] + letter, canvas.styles.label_bold) > room:
                    lines.append("")
                lines[-1] += letter
        return [line for line in lines if line]


@dataclass(frozen=True)
class Flow:
    """Several controls beside each other, or below each other where they do not fit."""

    controls: tuple[Control, ...]

    def width(self, canvas: Canvas) -> float:
        """Least width in one line."""
        wide = sum(one.width(canvas) for one in self.controls)
        return wide + _GAP * (len(self.controls) - 1)

    def pieces(self, canvas: Canvas, width: float) -> list[Block]:
        """One block where all of it fits in one line, else one for each line."""
        if len(self.controls) == 1:
            return self.controls[0].pieces(canvas, width)
        if self.width(canvas) <= width:
            inside = [one.pieces(canvas, one.width(canvas))[0] for one in self.controls]
            wide = [one.width(canvas) for one in self.controls]
            high = max(block.height(w) for block, w in zip(inside, wide, strict=True))

            def draw(box: Box) -> None:
                x = box.x
                for block, w in zip(inside, wide, strict=True):
                    h = block.height(w)
                    block.draw(Box(x, box.middle[1] - h / 2, w, h))
                    x += w + _GAP

            return [Block(lambda _: high, draw)]
        fitting = 1
        while Flow(self.controls[: fitting + 1]).width(canvas) <= width:
            fitting += 1
        return [
            *Flow(self.controls[:fitting]).pieces(canvas, width),
            *Flow(self.controls[fitting:]).pieces(canvas, width),
        ]


@dataclass(frozen=True)
class Row:
    """A question, what helps to answer it, and the control."""

    label: str
    said: str = ""
    control: Control | None = None


def row_blocks(canvas: Canvas, row: Row, room: float, *, line: bool) -> list[Block]:
    """Lay a row out.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    row : Row
        What stands in it.
    room : float
        Width that it certainly has.
    line : bool
        Whether a hairline ends it.

    Returns
    -------
    list of Block
        For a column without gaps; one where everything fits beside or below each other.
    """
    pad = _TIGHT_PAD if canvas.compact else _PAD
    least = _TIGHT_LEAST_H if canvas.compact else _LEAST_H
    control = row.control
    if control is None:
        return [_ended(canvas, _words(canvas, row), pad, pad, line)]
    wide, said = control.width(canvas), _words(canvas, row)
    if wide + 24 <= room * (1 - _WORDS_SHARE) and (
        said.height(room - wide - 24) <= said.height(room) + canvas.styles.large_bold.step
    ):
        block = _beside(canvas, row, control, wide, least)
        return [_ended(canvas, block, 0, 0, line)]
    pieces = control.pieces(canvas, room)
    if len(pieces) == 1:
        return [_ended(canvas, together([said, *pieces], _GAP), pad, pad, line)]
    if row.label:  # a question never stands apart from its first answer
        pieces = [together([said, pieces[0]], _GAP), *pieces[1:]]
    blocks = []
    for number, piece in enumerate(pieces):
        end = number == len(pieces) - 1
        above = pad if row.label and number == 0 else 0.0
        blocks.append(_ended(canvas, piece, above, pad if end else _GAP, line and end))
    return blocks


def _words(canvas: Canvas, row: Row) -> Block:
    """The question, and what helps under it."""
    styles, theme = canvas.styles, canvas.theme

    def height(width: float) -> float:
        high = canvas.text_height(row.label, styles.large_bold, width)
        return high + canvas.text_height(row.said, styles.label, width)

    def draw(box: Box) -> None:
        y = canvas.paragraph(row.label, box.x, box.y, styles.large_bold, theme.ink, box.w)
        canvas.paragraph(row.said, box.x, y, styles.label, theme.ink2, box.w)

    return Block(height, draw)


def _beside(canvas: Canvas, row: Row, control: Control, wide: float, least: float) -> Block:
    words, piece = _words(canvas, row), control.pieces(canvas, wide)[0]
    high = piece.height(wide)

    def height(width: float) -> float:
        return max(least, max(words.height(width - wide - 24), high) + 2 * _TIGHT_PAD)

    def draw(box: Box) -> None:
        words_h = words.height(box.w - wide - 24)
        words.draw(Box(box.x, box.middle[1] - words_h / 2, box.w - wide - 24, words_h))
        piece.draw(Box(box.right - wide, box.middle[1] - high / 2, wide, high))

    return Block(height, draw)


def _ended(canvas: Canvas, block: Block, above: float, below: float, line: bool) -> Block:
    """A block with room above and below, and a hairline at its end."""

    def draw(box: Box) -> None:
        block.draw(Box(box.x, box.y + above, box.w, box.h - above - below))
        if line:
            canvas.bar(Box(box.x, box.bottom - 1.5, box.w, 1.5), canvas.theme.line)

    return Block(lambda width: block.height(width) + above + below, draw)


def _line_height(canvas: Canvas) -> float:
    return max(52.0 if canvas.compact else 56.0, canvas.styles.body_bold.step + 20)


def _step_width(canvas: Canvas) -> float:
    return 52.0 if canvas.compact else 56.0
