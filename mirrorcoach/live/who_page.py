"""Who practises, where several do: everybody's name, and a way for somebody new."""

from __future__ import annotations

from collections.abc import Sequence

from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column, height_of, words
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.texts import Texts
from mirrorcoach.records.practices import Person

PRACTISES = "practises"
"""Name of the `Press` that chooses somebody; its value is their number."""

SOMEBODY_NEW = Press("somebody_new")

_SHEET_W = 640.0
_ROW_H, _TIGHT_ROW_H = 92.0, 76.0
_DISC_R = 28.0
_KEYS = "123456789"


class WhoPage:
    """Asks for nothing but a name; nothing of anybody else is shown.

    Parameters
    ----------
    people : sequence of Person
        Everybody who practises here, in the order in which they came.
    present : int, optional
        Number of who practises now; then Back leads to their first page.
    """

    def __init__(self, people: Sequence[Person], present: int | None = None) -> None:
        self._people, self._present = tuple(people), present
        self._column = Column()

    def heed(self, action: Action) -> Action | None:
        """Scroll; who practises concerns the application."""
        return None if self._column.heed(action) else action

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        theme, styles, texts = canvas.theme, canvas.styles, canvas.texts
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin if canvas.stacked else _SHEET_W
        x = (canvas.width - width) / 2
        top = self._draw_way_back(canvas, margin)
        label, hint = texts("who.new"), _NEW_KEY.upper()
        high = max(60.0, canvas.button_height(label, width, "plus"))
        bottom = canvas.height - (20.0 if canvas.stacked else 48.0) - high
        canvas.button(
            Box(x, bottom, width, high), SOMEBODY_NEW, label, key=_NEW_KEY, hint=hint, icon="plus"
        )
        title = words(
            canvas,
            texts("who.title"),
            styles.title if canvas.stacked else styles.display_explained,
            theme.ink,
        )
        room = Box(x, top, width, bottom - 20 - top)
        names = names_of(self._people, texts)
        rows = [
            _row(canvas, name, one.number, one.number == self._present, key)
            for one, name, key in zip(self._people, names, _keys(len(names)), strict=True)
        ]
        blocks = [title, *rows] if canvas.stacked else rows
        if not canvas.stacked:
            high = title.height(canvas.width - 2 * margin)
            spare = room.h - high - 32 - height_of(rows, width, 12)
            y = room.y + max(0.0, 0.4 * spare)
            middle, whole = canvas.width / 2, canvas.width - 2 * margin
            style = styles.display_explained
            y = canvas.paragraph(texts("who.title"), middle, y, style, theme.ink, whole, "centre")
            room = Box(x, y + 32, width, room.bottom - y - 32)
            if spare < 0:  # the buttons that scroll stand beside the names
                room = Box(x, room.y, width + BAR_W, room.h)
        self._column.draw(canvas, room, blocks, 12)
        for one, key in zip(self._people, _keys(len(names)), strict=True):
            if key:  # though it has to be scrolled to
                canvas.keys[key] = Press(PRACTISES, one.number)

    def _draw_way_back(self, canvas: Canvas, margin: float) -> float:
        """Draw the way back if there is one; returns where the page begins."""
        if self._present is None:
            return margin
        label = canvas.texts("common.back")
        width = canvas.button_width(label, icon="chevron_left")
        height = canvas.button_height(label, width)
        place = Box(margin - 8, 16, width, height)
        canvas.button(place, Key.BACK, label, kind="plain", key="escape", icon="chevron_left")
        return place.bottom + 8


_NEW_KEY = "n"


def names_of(people: Sequence[Person], texts: Texts) -> list[str]:
    """What each is called; whoever gave no name, or shares it, also by number."""
    given = [one.profile.name for one in people]
    return [
        texts("who.person", n=one.number)
        if not name
        else texts("who.same_name", name=name, n=one.number)
        if given.count(name) > 1
        else name
        for one, name in zip(people, given, strict=True)
    ]


def _keys(count: int) -> list[str]:
    """The digits, as far as they go."""
    return [*_KEYS[:count], *[""] * (count - len(_KEYS))]


def _row(canvas: Canvas, name: str, number: int, present: bool, key: str) -> Block:
    """One large choice: a disc with a sign, the name, its key."""
    theme, style = canvas.theme, canvas.styles.card_title
    indent = 20 + 2 * _DISC_R + 20
    hint_w = canvas.key_hint_width(key) + 40 if key and canvas.shows_keys else 24.0
    least = _TIGHT_ROW_H if canvas.compact else _ROW_H

    def height(width: float) -> float:
        return max(least, canvas.text_height(name, style, width - indent - hint_w) + 28)

    def draw(box: Box) -> None:
        action = Press(PRACTISES, number)
        canvas.card(box, 24, theme.soft if canvas.is_over(box) else None)
        if present:
            canvas.ring(box, 24, 3, theme.primary)
        canvas.touch(box, action, key, radius=24)
        middle = (box.x + 20 + _DISC_R, box.middle[1])
        canvas.disc(middle, _DISC_R, theme.primary if present else theme.soft)
        ink = theme.on_primary if present else theme.primary
        size = canvas.icon_size(28)
        canvas.icon("check" if present else "person", middle, size, ink)
        room = box.w - indent - hint_w
        y = box.middle[1] - canvas.text_height(name, style, room) / 2
        canvas.paragraph(name, box.x + indent, y, style, theme.ink, room)
        if key:
            canvas.key_hint(key, box.right - 24, box.middle[1], theme.ink2)

    return Block(height, draw)
