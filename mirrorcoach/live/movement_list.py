"""A sheet over a page: movements by name, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column
from mirrorcoach.live.controls import choice_row, choice_row_height, sheet_over_page
from mirrorcoach.live.shapes import Box

CLOSE, CHOOSE = Press("close_movements"), Press("choose_movement")
_GAP = 10.0


class MovementList:
    """Lets an exercise be chosen with the arrows and Enter, the mouse or a finger.

    Parameters
    ----------
    choices : sequence of (str, str)
        Id and name of each exercise.
    chosen : str
        Id of the present one.
    """

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        self._choices = tuple(choices)
        ids = [one for one, _ in self._choices]
        self._row = ids.index(chosen) if chosen in ids else 0
        self._column = Column()
        self._follows = True

    def heed(self, action: Action) -> Press | None:
        """Move up and down; gives back `CLOSE`, or which exercise was chosen."""
        if action in (Key.UP, Key.DOWN):
            step = 1 if action is Key.DOWN else -1
            self._row = min(max(0, self._row + step), len(self._choices) - 1)
            self._follows = True
        elif self._column.heed(action):
            pass
        elif action in (Key.BACK, CLOSE):
            return CLOSE
        elif action == CHOOSE and self._choices:
            return Press("exercise", self._choices[self._row][0])
        elif isinstance(action, Press) and action.name == "exercise":
            return action
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the sheet over everything."""
        texts = canvas.texts
        inner = sheet_over_page(canvas, texts("therapist.choose_movement"), 270.0)
        choose, close = texts("therapist.choose"), texts("common.close")
        enter, escape = texts("common.key_enter"), texts("common.key_escape")
        close_w = canvas.button_width(close, escape)
        choose_w = inner.w - close_w - 12
        height = canvas.button_height(choose, choose_w)
        bottom = inner.bottom - height
        canvas.button(
            Box(inner.x, bottom, choose_w, height),
            CHOOSE,
            choose,
            kind="primary",
            key="enter",
            hint=enter,
        )
        canvas.button(
            Box(inner.right - close_w, bottom, close_w, height),
            CLOSE,
            close,
            key="escape",
            hint=escape,
        )
        self._rows(canvas, Box(inner.x, inner.y, inner.w, bottom - 16 - inner.y))

    def _rows(self, canvas: Canvas, box: Box) -> None:
        """As many as fit; the list follows the arrows."""

        def block(number: int) -> Block:
            name, label = self._choices[number]
            action, chosen = Press("exercise", name), number == self._row
            return Block(
                lambda width: choice_row_height(canvas, label, width),
                lambda place: choice_row(canvas, place, label, action, chosen, ""),
            )

        blocks = [block(number) for number in range(len(self._choices))]
        if self._follows and blocks:
            heights = [one.height(box.w - BAR_W) + _GAP for one in blocks]
            first = min(self._column.first, self._row)
            while sum(heights[first : self._row + 1]) - _GAP > box.h:
                first += 1
            self._column.first, self._follows = first, False
        self._column.draw(canvas, box, blocks, _GAP)
