"""Home: a greeting, one big way to begin, and doors to everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mirrorcoach.live.actions import Action, Go, Key
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column, height_of, together
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.room import Room
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Style, mix
from mirrorcoach.records.history import PartOfDay, Verdict

THREE_MINUTES = "three_minutes"
"""Programme of the quiet second way."""

RESTING = "rest_scan"
"""Exercise that is shown first to somebody who has done enough for today."""

SAFETY = Go("safety")

EVENING_FROM, AFTERNOON_FROM, MORNING_FROM = 18, 12, 5
"""Hours from which people greet in another way."""

PICTURE = Box(620, 40, 620, 560)
"""Where the drawing of the room hangs."""

COUNTED = 3
"""Practices of a day that have a name: the first, the second, the third."""

_LEFT = Box(56, 44, 524, 636)
_LEAST_GAP, _MOST_GAP = 12.0, 34.0
_START_H, _TIGHT_START_H, _BIG_PAD = 104.0, 88.0, 24.0
_DISC_R, _CARE_R = 30.0, 26.0
_F1, _THREE = "F1", "3"
_PART_R, _NOW_R = 25.0, 28.0
_PART_ICONS: dict[str, Icon] = {"morning": "morning", "midday": "midday", "evening": "evening"}
_DOOR_H, _TIGHT_DOOR_H, _DOOR_GAP = 64.0, 56.0, 16.0
_DOORS: tuple[tuple[str, Go, str, Icon], ...] = (
    ("movements", Go("movements"), "m", "book"),
    ("progress", Go("history"), "p", "chart"),
    ("settings", Go("settings"), "s", "settings"),
    ("therapist", Go("therapist"), "t", "person"),
)


@dataclass(frozen=True)
class HomeView:
    """What home knows of the day.

    Attributes
    ----------
    hour : int
        Of this computer's clock, 0 to 23.
    programme : str
        What the big button begins: id of a programme or path of a file.
    movements, minutes : int
        How many there are in it, and about how long it takes.
    parts : sequence of PartOfDay
        Morning, midday and evening of today.
    practised : int
        How often the person has practised today.
    name : str
        How the person wants to be greeted; may be empty.
    back : bool
        Whether the person comes back after a long while.
    week : Verdict or None
        How the week went; None leaves it unsaid.
    enough : bool
        Whether as much was practised today as is good for a person.
    """

    hour: int
    programme: str
    movements: int
    minutes: int
    parts: Sequence[PartOfDay]
    practised: int = 0
    name: str = ""
    back: bool = False
    week: Verdict | None = None
    enough: bool = False


class HomePage:
    """The first page of every day.

    Parameters
    ----------
    view : HomeView
        What there is to say.
    """

    def __init__(self, view: HomeView) -> None:
        self._view = view
        self._column = Column()

    def heed(self, action: Action) -> Action | None:
        """Scroll; everything else concerns the application."""
        if self._column.heed(action):
            return None
        return SAFETY if action == Key.SAFETY else action

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        if canvas.stacked or not self._draw_beside(canvas):
            self._draw_stacked(canvas)

    # -- layouts ------------------------------------------------------------------------------

    def _draw_beside(self, canvas: Canvas) -> bool:
        """Draw the picture beside the column; returns False where the words are too many."""
        blocks = [
            self._greeting(canvas),
            together([self._start(canvas), *self._short(canvas)], 8),
            self._parts(canvas),
            together(_doors(canvas, _LEFT.w), _DOOR_GAP),
        ]
        spare = (_LEFT.h - height_of(blocks, _LEFT.w, 0)) / (len(blocks) - 1)
        if spare < _LEAST_GAP:
            return False
        self._column.draw(canvas, _LEFT, blocks, min(_MOST_GAP, spare))
        draw_room(canvas, PICTURE, self._view.hour)
        safety = _safety(canvas)
        wide = canvas.button_width(canvas.texts("home.safety"), _F1, "info")
        foot = Box(PICTURE.x, PICTURE.bottom + 16, PICTURE.w, 68)
        care = self._care(canvas)
        high = care.height(foot.w - wide - 16)
        care.draw(Box(foot.x, foot.middle[1] - high / 2, foot.w - wide - 16, high))
        high = safety.height(wide)
        safety.draw(Box(foot.right - wide + 20, foot.middle[1] - high / 2, wide, high))
        return True

    def _draw_stacked(self, canvas: Canvas) -> None:
        """Draw one column that scrolls; the way to begin stays where it is."""
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin
        start = self._start(canvas)
        high = start.height(width)
        button = Box(margin, canvas.height - 20 - high, width, high)
        box = Box(margin, margin, width, button.y - 16 - margin)
        blocks = [
            self._greeting(canvas),
            *self._short(canvas),
            self._parts(canvas),
            *_doors(canvas, width - BAR_W),
            self._care(canvas),
            _safety(canvas),
        ]
        self._column.draw(canvas, box, blocks, 16)
        start.draw(button)

    # -- blocks -------------------------------------------------------------------------------

    def _greeting(self, canvas: Canvas) -> Block:
        """A welcome, which practice of the day it is, and how the week went."""
        theme, styles = canvas.theme, canvas.styles
        said = [(line, styles.large) for line in self._second_line(canvas)]
        week = self._view.week
        if week is not None and week != "too_early":
            said.append((canvas.texts(f"home.week_{week}"), styles.body))

        def height(width: float) -> float:
            title, style = self._title(canvas, width)
            high = canvas.text_height(title, style, width) + (4 if said else 0)
            return high + sum(canvas.text_height(line, role, width) for line, role in said)

        def draw(box: Box) -> None:
            title, style = self._title(canvas, box.w)
            y = canvas.paragraph(title, box.x, box.y, style, theme.ink, box.w) + 4
            for line, role in said:
                y = canvas.paragraph(line, box.x, y, role, theme.ink2, box.w)

        return Block(height, draw)

    def _title(self, canvas: Canvas, room: float) -> tuple[str, Style]:
        """The welcome in the largest type that holds it; a name beyond that is left out."""
        view, texts, styles = self._view, canvas.texts, canvas.styles
        welcome = texts("home.back" if view.back else f"home.{_time_of(view.hour)}")
        name = view.name.strip()
        named = texts("home.named", welcome=welcome, name=name) if name else welcome
        roles: tuple[Style, ...] = (styles.title,)
        if not canvas.stacked:
            roles = (styles.display, styles.display_explained, styles.title)
        for lines in (1, 2):
            for style in roles:
                wrapped = canvas.type.wrap(named, style, room)
                widest = max(canvas.type.width(line, style) for line in wrapped)
                if len(wrapped) <= lines and widest <= room:
                    return named, style
        return welcome, roles[-1]

    def _second_line(self, canvas: Canvas) -> list[str]:
        if self._view.back:
            return [canvas.texts("home.small")]
        if self._view.enough:
            return []
        number = self._view.practised + 1
        return [canvas.texts(f"home.practice_{number if number <= COUNTED else 'more'}")]

    def _start(self, canvas: Canvas) -> Block:
        """The big way to begin; once it is enough for today, it says so and begins nothing."""
        view, texts = self._view, canvas.texts
        if view.enough:
            title, said = texts("home.enough"), texts("home.enough_said")
            return _big(canvas, title, said, "leaf", Go("movements", RESTING))
        said = texts(
            "home.start_said",
            movements=texts.count("home.count_movements", view.movements),
            minutes=texts.count("home.count_minutes", view.minutes),
        )
        start = Go("camera_check", view.programme)
        return _big(canvas, texts("home.start"), said, "play", start)

    def _short(self, canvas: Canvas) -> list[Block]:
        """The quiet second way."""
        if self._view.enough or self._view.programme == THREE_MINUTES:
            return []
        label = canvas.texts("home.three_minutes")

        def draw(box: Box) -> None:
            wide = min(box.w, canvas.button_width(label, _THREE, "pace"))
            canvas.button(
                Box(box.x, box.y, wide, box.h),
                Go("camera_check", THREE_MINUTES),
                label,
                kind="plain",
                key=_THREE,
                hint=_THREE,
                icon="pace",
                align="left",
            )

        return [Block(lambda w: max(48.0, canvas.button_height(label, w, "pace") - 10), draw)]

    def _parts(self, canvas: Canvas) -> Block:
        """Morning, midday and evening; a part that went by without practice says nothing."""
        styles, theme = canvas.styles, canvas.theme
        pad = 14.0

        def draw(box: Box) -> None:
            canvas.panel(box, 24, theme.surface, theme.line)
            wide = box.w / len(self._view.parts)
            for number, one in enumerate(self._view.parts):
                self._draw_part(canvas, Box(box.x + number * wide, box.y + pad, wide, box.h), one)

        high = 2 * _NOW_R + 4 + styles.body_bold.step + styles.label.step + 2 * pad
        return Block(lambda _: high, draw)

    def _draw_part(self, canvas: Canvas, box: Box, one: PartOfDay) -> None:
        theme, styles = canvas.theme, canvas.styles
        middle, icon = (box.middle[0], box.y + _NOW_R), _PART_ICONS[one.part]
        size = canvas.icon_size(26)
        state = "open" if self._view.enough and one.state != "done" else one.state
        if state == "done":
            canvas.disc(middle, _PART_R, theme.primary)
            canvas.icon(icon, middle, size, theme.on_primary)
        elif state == "now":
            canvas.disc(middle, _NOW_R, theme.primary)
            canvas.disc(middle, _NOW_R - 3, theme.surface)
            canvas.icon(icon, middle, size, theme.primary)
        else:
            canvas.disc(middle, _PART_R, theme.line if theme.outlined else theme.sunk)
            if theme.outlined:
                canvas.disc(middle, _PART_R - 2, theme.surface)
            canvas.icon(icon, middle, size, theme.ink2)
        y = box.y + 2 * _NOW_R + 4
        name = canvas.texts(f"home.{one.part}_part")
        canvas.text(name, middle[0], y, styles.body_bold, theme.ink, box.w, "centre")
        if state == "open":
            return
        now = state == "now"
        style, ink = (styles.label_bold, theme.primary) if now else (styles.label, theme.ink2)
        said = canvas.texts(f"home.{state}")
        y += styles.body_bold.step
        canvas.text(said, middle[0], y, style, ink, box.w, "centre")

    def _care(self, canvas: Canvas) -> Block:
        """One line of care."""
        text = canvas.texts(f"home.care_{_time_of(self._view.hour)}")
        style, theme, indent = canvas.styles.body, canvas.theme, 2 * _CARE_R + 16

        def height(width: float) -> float:
            return max(2 * _CARE_R, canvas.text_height(text, style, width - indent))

        def draw(box: Box) -> None:
            middle = (box.x + _CARE_R, box.middle[1])
            canvas.disc(middle, _CARE_R, theme.soft)
            canvas.icon("heart", middle, canvas.icon_size(26), theme.primary)
            room = box.w - indent
            y = box.middle[1] - canvas.text_height(text, style, room) / 2
            canvas.paragraph(text, box.x + indent, y, style, theme.ink, room)

        return Block(height, draw)


def draw_room(canvas: Canvas, box: Box, hour: float) -> None:
    """Draw the room in the light of the hour."""
    room = canvas.made("room", lambda: Room(canvas.theme))
    pixels = canvas.fit.pixels(box)
    canvas.picture(room.surface(pixels.size, hour, canvas.fit.scale), box)


def _time_of(hour: int) -> str:
    """How people greet at an hour."""
    if MORNING_FROM <= hour < AFTERNOON_FROM:
        return "morning"
    return "afternoon" if AFTERNOON_FROM <= hour < EVENING_FROM else "evening"


def _big(canvas: Canvas, title: str, said: str, icon: Icon, action: Action) -> Block:
    """The primary button of the page, with a line that tells what comes of it."""
    theme, styles = canvas.theme, canvas.styles
    hint = canvas.texts("common.key_enter")
    least = _TIGHT_START_H if canvas.compact else _START_H
    x = _BIG_PAD + 2 * _DISC_R + 22

    def words_h(width: float) -> float:
        room = width - x - _BIG_PAD
        high = canvas.text_height(title, styles.card_title, room)
        return high + canvas.text_height(said, styles.body, room)

    def draw(box: Box) -> None:
        over = canvas.is_over(box)
        held = over and canvas.held == action
        ground = mix(theme.primary, theme.ink if held else theme.on_primary, 0.06 * over)
        canvas.panel(box, 20, ground)
        canvas.touch(box, action, "enter", radius=20)
        middle = (box.x + _BIG_PAD + _DISC_R, box.middle[1])
        canvas.disc(middle, _DISC_R, mix(ground, theme.on_primary, 0.2))
        canvas.icon(icon, middle, canvas.icon_size(32), theme.on_primary)
        room, y = box.w - x - _BIG_PAD, box.middle[1] - words_h(box.w) / 2
        y = canvas.paragraph(title, box.x + x, y, styles.card_title, theme.on_primary, room)
        canvas.paragraph(said, box.x + x, y, styles.body, theme.on_primary, room)
        widest = max(
            canvas.type.width(title, styles.card_title), canvas.type.width(said, styles.body)
        )
        if canvas.shows_keys and widest + 16 + canvas.key_hint_width(hint) <= room:
            right = box.right - _BIG_PAD
            canvas.key_hint(hint, right, box.middle[1], theme.on_primary)

    return Block(lambda w: max(least, words_h(w) + 28), draw)


def _doors(canvas: Canvas, width: float) -> list[Block]:
    """Doors to the other pages, two beside each other where they fit."""
    labels = [canvas.texts(f"home.{name}") for name, *_ in _DOORS]
    half = (width - _DOOR_GAP) / 2
    fit = all(canvas.button_width(label, icon="book") <= half for label in labels)
    across = 2 if fit else 1
    wide = half if fit else width
    hints = all(
        canvas.button_width(label, key.upper(), "book") <= wide
        for label, (_, _, key, _) in zip(labels, _DOORS, strict=True)
    )
    rows = [range(first, first + across) for first in range(0, len(_DOORS), across)]
    return [_door_row(canvas, row, labels, hints) for row in rows]


def _door_row(canvas: Canvas, row: range, labels: Sequence[str], hints: bool) -> Block:
    def width(whole: float) -> float:
        return (whole - _DOOR_GAP * (len(row) - 1)) / len(row)

    def height(whole: float) -> float:
        return max(
            _TIGHT_DOOR_H if canvas.compact else _DOOR_H,
            *(canvas.button_height(labels[number], width(whole), "book") for number in row),
        )

    def draw(box: Box) -> None:
        wide = width(box.w)
        for place, number in enumerate(row):
            _, action, key, icon = _DOORS[number]
            canvas.button(
                Box(box.x + place * (wide + _DOOR_GAP), box.y, wide, box.h),
                action,
                labels[number],
                key=key,
                hint=key.upper() if hints else "",
                icon=icon,
                align="left",
            )

    return Block(height, draw)


def _safety(canvas: Canvas) -> Block:
    """What everybody must know, one key away."""
    label = canvas.texts("home.safety")

    def draw(box: Box) -> None:
        canvas.button(
            box, SAFETY, label, kind="plain", key="f1", hint=_F1, icon="info", align="left"
        )

    return Block(lambda w: canvas.button_height(label, w, "info"), draw)
