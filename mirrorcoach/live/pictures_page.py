"""The pictures that were kept: a list of days, and each picture for whoever asks to see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column, height_of, words
from mirrorcoach.live.controls import header
from mirrorcoach.live.dates import day_name
from mirrorcoach.live.message_page import Way
from mirrorcoach.live.picture_sheet import Reflected, draw_sheet
from mirrorcoach.live.rows import Flow, Push, Row, row_blocks
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.texts import Texts

DELETE_ALL = Press("delete_pictures")
"""Asked for twice, the second time with what it means in view."""

_LIST, _KEEP = Press("picture_list"), Press("picture_kept")
_PAD, _TIGHT_PAD = 36.0, 20.0


class PicturesPage:
    """Shows no picture by itself.

    Gives back ``Press("look_at_picture", n)`` for the `n`-th picture, and expects `look` to be
    called then; ``Press("delete_picture", n)`` or `DELETE_ALL` once the question was answered,
    and expects `show`; ``Key.BACK``.

    Parameters
    ----------
    taken_at : sequence of datetime
        When each picture was taken, in the person's own time; the earliest first.
    """

    def __init__(self, taken_at: Sequence[datetime]) -> None:
        self._column = Column()
        self.show(taken_at)

    def show(self, taken_at: Sequence[datetime], failure: str = "") -> None:
        """Show the list anew, and why something could not be done, if so."""
        self._taken_at, self._failure = tuple(taken_at), failure
        self._looked_at: int | None = None
        self._picture: Reflected | None = None
        self._asking: Action | None = None
        self._sheet = Column()

    def look(self, number: int, image: NDArray[np.uint8] | None, failure: str = "") -> None:
        """Show one picture, or why it cannot be shown."""
        self._looked_at, self._failure, self._sheet = number, failure, Column()
        self._picture = None if image is None else Reflected(image)

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        if self._asking is not None:
            self._draw_question(canvas, self._asking)
        elif self._looked_at is not None:
            self._draw_picture(canvas, self._looked_at)
        else:
            self._draw_list(canvas)

    def heed(self, action: Action) -> Action | None:
        """Ask before anything is deleted; go back from a picture to the list."""
        inside = self._asking is not None or self._looked_at is not None
        if isinstance(action, Press) and action.name == "ask_delete_picture":
            self._ask(DELETE_ALL if action.value is None else Press("delete_picture", action.value))
        elif action == _KEEP or (action == Key.BACK and self._asking is not None):
            self._asking, self._sheet = None, Column()
        elif action == _LIST or (action == Key.BACK and self._looked_at is not None):
            self.show(self._taken_at)
        elif not (self._sheet if inside else self._column).heed(action):
            return action
        return None

    def _ask(self, then: Action) -> None:
        self._asking, self._sheet = then, Column()

    def _draw_list(self, canvas: Canvas) -> None:
        texts, styles, theme = canvas.texts, canvas.styles, canvas.theme
        top = header(canvas, texts("pictures.title"))
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin if canvas.stacked else 860.0
        pad = _TIGHT_PAD if canvas.stacked else _PAD
        inside = width - 2 * pad
        room = inside - BAR_W
        blocks: list[Block] = []
        if self._failure:
            blocks.append(words(canvas, self._failure, styles.body, theme.ink))
        if not self._taken_at:
            blocks.append(words(canvas, texts("pictures.none"), styles.large, theme.ink2))
        for number, at in enumerate(self._taken_at):
            controls = (
                Push(texts("pictures.look"), Press("look_at_picture", number)),
                Push(texts("pictures.delete_further"), Press("ask_delete_picture", number)),
            )
            row = Row(day_name(texts, at.date()), _time(texts, at), Flow(controls))
            blocks += row_blocks(canvas, row, room, line=True)
        if len(self._taken_at) > 1:
            push = Push(texts("pictures.delete_all_further"), Press("ask_delete_picture"))
            blocks += row_blocks(canvas, Row("", "", push), room, line=False)
        height = min(canvas.height - 24 - top, height_of(blocks, inside, 0) + pad)
        card = Box((canvas.width - width) / 2, top, width, height)
        canvas.card(card, 24 if canvas.compact else 32)
        box = Box(card.x + pad, card.y + pad / 2, inside, card.h - pad)
        self._column.draw(canvas, box, blocks, 0)

    def _draw_picture(self, canvas: Canvas, number: int) -> None:
        texts, at = canvas.texts, self._taken_at[number]
        line = self._failure or texts("pictures.as_mirror")
        ways = [
            Way(texts("pictures.back"), _LIST),
            Way(texts("pictures.delete_further"), Press("ask_delete_picture", number)),
        ]
        title = day_name(texts, at.date())
        draw_sheet(canvas, self._sheet, self._picture, title, [_time(texts, at), line], ways)

    def _draw_question(self, canvas: Canvas, then: Action) -> None:
        """Ask, with the picture in view if it already was."""
        texts = canvas.texts
        if isinstance(then, Press) and isinstance(then.value, int):
            day = day_name(texts, self._taken_at[then.value].date())
            title = texts("pictures.delete_ask", day=day)
            keep, delete = texts("pictures.keep_it"), texts("pictures.delete")
        else:
            title = texts.count("pictures.delete_all_ask", len(self._taken_at))
            keep, delete = texts("pictures.keep_all"), texts("pictures.delete_all")
        ways = [Way(keep, _KEEP), Way(delete, then)]
        lines = [texts("pictures.for_good")]
        draw_sheet(canvas, self._sheet, self._picture, title, lines, ways)


def _time(texts: Texts, at: datetime) -> str:
    return texts("pictures.time", hour=at.hour, minute=at.minute)
