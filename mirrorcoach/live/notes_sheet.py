"""A sheet over a page: the notes about a person, to read."""

from __future__ import annotations

from collections.abc import Iterable

from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column
from mirrorcoach.live.controls import sheet_over_page
from mirrorcoach.live.dates import day_name
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Style
from mirrorcoach.records.practices import Note

CLOSE = Press("close_notes")

_APART = 26.0
"""Between two notes; a thin line lies in the middle."""


class NotesSheet:
    """Shows every note with its day and who wrote it, the newest first.

    Parameters
    ----------
    notes : iterable of Note
        In any order.
    """

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = sorted(notes, key=lambda one: (one.at, one.number), reverse=True)
        self._column = Column()
        self._laid: tuple[Canvas, Box, list[Block]] | None = None

    def heed(self, action: Action) -> Press | None:
        """Scroll; gives back `CLOSE`."""
        if not self._column.heed(action) and action in (Key.BACK, CLOSE):
            return CLOSE
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the sheet over everything."""
        texts = canvas.texts
        inner = sheet_over_page(canvas, texts("therapist.notes"), 240.0)
        close, enter = texts("common.close"), texts("common.key_enter")
        width = min(inner.w, max(220.0, canvas.button_width(close, enter)))
        height = canvas.button_height(close, width)
        place = Box(inner.right - width, inner.bottom - height, width, height)
        canvas.button(place, CLOSE, close, kind="primary", key="enter", hint=enter)
        box = Box(inner.x, inner.y, inner.w, place.y - 16 - inner.y)
        if self._laid is None or self._laid[0] is not canvas or self._laid[1] != box:
            blocks = [
                one
                for number in range(len(self._notes))
                for one in _blocks(canvas, self._notes[number], box, first=number == 0)
            ]
            self._laid = canvas, box, blocks
        self._column.draw(canvas, box, self._laid[2], 0)


def _blocks(canvas: Canvas, note: Note, box: Box, first: bool) -> list[Block]:
    """A note in blocks of some lines, so that a long one is scrolled through."""
    head, body = canvas.styles.label_bold, canvas.styles.body
    room = box.w - BAR_W
    heading = day_name(canvas.texts, note.at.date())
    if note.by:
        heading = canvas.texts("therapist.note_by", day=heading, by=note.by)
    top = 0.0 if first else _APART
    said = _lines(canvas, heading, head, room)
    told = top + len(said) * head.step + 4
    lines = _lines(canvas, note.text, body, room)
    at_once = max(1, int(box.h / 3 / body.step))

    def block(start: int) -> Block:
        shown = lines[start : start + at_once]
        height = (0.0 if start else told) + len(shown) * body.step

        def draw(place: Box) -> None:
            y, theme = place.y, canvas.theme
            if not start:
                if not first:
                    canvas.bar(Box(place.x, y + _APART / 2, room, 1.5), theme.line)
                y += top
                for line in said:
                    canvas.text(line, place.x, y, head, theme.ink2, room)
                    y += head.step
                y += 4
            for line in shown:
                canvas.text(line, place.x, y, body, theme.ink, room)
                y += body.step

        return Block(lambda _: height, draw)

    return [block(start) for start in range(0, len(lines), at_once)]


def _lines(canvas: Canvas, text: str, style: Style, room: float) -> list[str]:
    """Lines of what somebody typed: as they broke it, and a word without an end anywhere."""
    return [
        fitting
        for paragraph in text.replace("\t", " ").strip().split("\n")
        for line in canvas.type.wrap(paragraph, style, room) or [""]
        for fitting in _broken(canvas, line, style, room)
    ]


def _broken(canvas: Canvas, line: str, style: Style, room: float) -> list[str]:
    if canvas.type.width(line, style) <= room:
        return [line]
    broken = [""]
    for letter in line:
        if canvas.type.width(broken[-1] + letter, style) > room:
            broken.append("")
        broken[-1] += letter
    return broken
