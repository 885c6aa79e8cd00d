"""The page after a practice: how it went, how the face feels, and every side for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exercises.events import Ending
from landmarks.regions import SIDES, Side
from mirrorcoach.live.actions import Action, Go, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column, height_of, together, words
from mirrorcoach.live.controls import header
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.line_face import LineFace
from mirrorcoach.live.outcome import BEADS, Beads, ExerciseDetail, Outcome, Scale, SideDetail
from mirrorcoach.live.shapes import Box, Painting, disc, rounded, stroke
from mirrorcoach.live.theme import mix
from mirrorcoach.records.history import Measured
from mirrorcoach.records.practices import FELT, Felt

Picture = Literal["there", "kept"]

_DETAILS = Press("details")
REPLAY = Press("replay")
KEEP_PICTURE = Press("picture")

_ICONS: dict[Felt, Icon] = {"light": "leaf", "as_usual": "mirror", "tired": "evening"}

_NOTED: frozenset[Ending] = frozenset({"ended", "enough", "faded", "tired", "day_full", "nobody"})
"""Endings that are explained; a practice that was done needs no reason."""

_BEAD_R, _BEAD_STEP = 12.0, 30.0
_BAR_H = 20.0
_TICK_H = 40.0
_PAD = 24.0


class ResultPage:
    """How a practice went.

    Pressing how the face feels gives back ``Press("felt", ...)`` with one of `FELT`; it can be
    changed as long as the page is shown.

    Parameters
    ----------
    outcome : Outcome
        What to say.
    ending : str
        Why the practice was over.
    felt : str, optional
        How the face felt, if that was said already.
    replays : bool
        Whether a movement that was only felt can be seen: then `REPLAY` is given back too.
    picture : str, optional
        "there" if a picture of today can be kept: then `KEEP_PICTURE` is given back too. "kept"
        once it was. It is not shown here.

    Attributes
    ----------
    picture : str or None
        As given; whoever keeps it says so here.
    """

    def __init__(
        self,
        outcome: Outcome,
        ending: Ending = "done",
        felt: Felt | None = None,
        replays: bool = False,
        picture: Picture | None = None,
    ) -> None:
        self._outcome, self._replays = outcome, replays
        self.picture: Picture | None = picture
        self._ending: Ending = ending
        self._felt = felt
        self._detailed = False
        self._column, self._table = Column(), Column()

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        if self._detailed:
            _Details(canvas, self._outcome, self._table).draw()
        else:
            _Summary(
                canvas,
                self._outcome,
                self._ending,
                self._felt,
                self._column,
                self._replays,
                self.picture,
            ).draw()

    def heed(self, action: Action) -> Action | None:
        """Note how the face feels, show or leave the details, scroll."""
        if isinstance(action, Press) and action.name == "felt":
            self._felt = next(one for one in FELT if one == action.value)
            return action
        if action in (_DETAILS, Key.DEMONSTRATION) and self._outcome.details:
            self._detailed = not self._detailed
            self._table = Column()
            return None
        if self._detailed and action == Key.BACK:
            self._detailed = False
            return None
        column = self._table if self._detailed else self._column
        return None if column.heed(action) else action


class _Summary:
    """The first view: what went well, how the face feels, and the way on."""

    def __init__(
        self,
        canvas: Canvas,
        outcome: Outcome,
        ending: Ending,
        felt: Felt | None,
        column: Column,
        replays: bool,
        picture: Picture | None,
    ) -> None:
        self._canvas, self._outcome, self._column = canvas, outcome, column
        self._felt, self._replays, self._picture = felt, replays, picture
        self._note = canvas.texts(f"result.ending_{ending}") if ending in _NOTED else ""

    def draw(self) -> None:
        if self._canvas.stacked:
            self._draw_stacked()
        else:
            self._draw_beside()

    def _draw_beside(self) -> None:
        canvas, styles, theme = self._canvas, self._canvas.styles, self._canvas.theme
        texts, title = canvas.texts, self._outcome.title
        one_line = canvas.type.width(title, styles.display) <= 740
        style = styles.display if one_line else styles.display_explained
        y = canvas.paragraph(title, 56, 40, style, theme.ink, 740)
        said = " ".join(filter(None, (self._outcome.sentence, self._note)))
        y = canvas.paragraph(said, 56, y + 8, styles.large, theme.ink2, 740)
        room = canvas.width - 2 * 56 if self._picture is None else 740.0
        foot = canvas.height - 18 - canvas.text_height(self._outcome.footnote, styles.label, room)
        canvas.paragraph(self._outcome.footnote, 56, foot, styles.label, theme.ink2, room)
        drops = texts("result.drops")
        button_h = max(
            canvas.button_height(texts("common.finish"), 320) + 8,
            canvas.text_height(drops, styles.body_bold, 364),
        )
        top = foot - 12 - button_h
        self._buttons(Box(56, top, 740, button_h), 300)
        bottom = self._card(Box(56, y + 24, 740, top - 24 - y - 24))
        beside = top
        if self._picture is not None:
            drops_h = canvas.text_height(drops, styles.body_bold, 364) + 12
            picture_h = self._picture_height(408)
            beside = min(top, canvas.height - 16 - picture_h - drops_h)
            button_h = drops_h
            self._draw_picture(Box(832, canvas.height - 16 - picture_h, 408, picture_h))
        self._ask(Box(832, 48, 408, beside - 24 - 48), bottom)
        _line_with_icon(canvas, Box(832, beside, 408, button_h), "drop", drops)

    def _draw_stacked(self) -> None:
        canvas, styles, theme = self._canvas, self._canvas.styles, self._canvas.theme
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin
        heights = self._buttons_height(width)
        top = canvas.height - 20 - heights
        self._buttons(Box(margin, top, width, heights), 0)
        texts = canvas.texts
        said = [one for one in (self._outcome.sentence, self._note) if one]
        blocks = [
            words(canvas, self._outcome.title, styles.sheet_title, theme.ink),
            *(words(canvas, one, styles.body, theme.ink2) for one in said),
            words(canvas, texts("result.feel"), styles.card_title, theme.ink),
            *(self._felt_block(number, one) for number, one in enumerate(FELT, 1)),
            words(canvas, texts("result.less"), styles.body, theme.ink2),
            *(_boxed(canvas, one) for one in self._rows()),
            *([] if self._picture is None else [Block(self._picture_height, self._draw_picture)]),
            words(canvas, texts("result.drops"), styles.body, theme.ink),
            words(canvas, self._outcome.footnote, styles.label, theme.ink2),
        ]
        self._column.draw(canvas, Box(margin, 20, width, top - 36), blocks, 14)

    # -- how it went --------------------------------------------------------------------------

    def _card(self, box: Box) -> float:
        """Draw beads and scale below each other; returns where their card ends."""
        canvas = self._canvas
        rows = self._rows()
        inside = Box(box.x + 36, box.y + 24, box.w - 72, box.h - 44)
        if not rows:
            canvas.card(box, 28)
            face = canvas.made("result face", lambda: LineFace(canvas.theme))
            size = round((box.h - 24) * canvas.fit.scale)
            side = Box(box.x + 24, box.y + 12, box.h - 24, box.h - 24)
            canvas.picture(face.surface(size), side)
            room = box.right - side.right - 60
            style, text = canvas.styles.large, canvas.texts("result.no_numbers")
            y = box.middle[1] - canvas.text_height(text, style, room) / 2
            canvas.paragraph(text, side.right + 24, y, style, canvas.theme.ink, room)
            return box.bottom
        used = height_of(rows, inside.w, 0)
        gap = 0.0
        if len(rows) > 1:
            gap = min(44.0, max(16.0, (inside.h - used) / (len(rows) - 1)))
        whole = used + gap * (len(rows) - 1)
        if whole > inside.h + 1e-6:
            canvas.card(box, 28)
            self._column.draw(canvas, inside, rows, 20)
            return box.bottom
        card = Box(box.x, box.y, box.w, min(box.h, whole + 52))
        canvas.card(card, 28)
        y = inside.y
        for number, one in enumerate(rows):
            if number:
                _rule(canvas, inside.x, y - gap / 2, inside.w)
            height = one.height(inside.w)
            one.draw(Box(inside.x, y, inside.w, height))
            y += height + gap
        return card.bottom

    def _rows(self) -> list[Block]:
        canvas, outcome = self._canvas, self._outcome
        rows = [_beads(canvas, one) for one in outcome.beads]
        if outcome.scale is not None:
            rows.append(_scale(canvas, outcome.scale))
        elif outcome.scale_note:
            rows.append(_titled(canvas, outcome.scale_title, outcome.scale_note))
        return rows

    # -- how the face feels -------------------------------------------------------------------

    def _ask(self, room: Box, beside: float) -> None:
        """Draw the question on a card that ends where the one beside it does, if it can."""
        canvas, styles, theme = self._canvas, self._canvas.styles, self._canvas.theme
        title, less = canvas.texts("result.feel"), canvas.texts("result.less")
        width = room.w - 2 * _PAD
        title_h = canvas.text_height(title, styles.card_title, width)
        less_h = canvas.text_height(less, styles.body, width)
        used = 28 + title_h + 20 + len(FELT) * 16 + less_h + 28
        height = min(room.h, max(used + len(FELT) * 76 + 24, beside - room.y))
        box = Box(room.x, room.y, room.w, height)
        each = min(76.0, (height - used) / len(FELT))
        canvas.card(box, 28)
        y = canvas.paragraph(
            title, box.middle[0], box.y + 28, styles.card_title, theme.ink, width, "centre"
        )
        y += 20
        for number, one in enumerate(FELT, 1):
            self._felt_row(Box(box.x + _PAD, y, width, each), number, one)
            y += each + 16
        y = (y + box.bottom - 12 - less_h) / 2
        canvas.paragraph(less, box.middle[0], y, styles.body, theme.ink2, width, "centre")

    def _felt_block(self, number: int, felt: Felt) -> Block:
        canvas = self._canvas

        def height(width: float) -> float:
            text = canvas.texts(f"result.felt_{felt}")
            lines = canvas.text_height(text, canvas.styles.button, width - 120)
            return max(56.0, lines + 20)

        return Block(height, lambda box: self._felt_row(box, number, felt))

    def _felt_row(self, box: Box, number: int, felt: Felt) -> None:
        canvas, theme, style = self._canvas, self._canvas.theme, self._canvas.styles.button
        chosen, action = self._felt == felt, Press("felt", felt)
        over = canvas.is_over(box)
        canvas.panel(box, 20, theme.soft if chosen or over else theme.surface, theme.edge)
        if chosen:
            canvas.ring(box, 20, 3, theme.primary)
        size = canvas.icon_size(28)
        canvas.icon(_ICONS[felt], (box.x + 36, box.middle[1]), size, theme.primary)
        room = box.w - 120
        text = canvas.texts(f"result.felt_{felt}")
        y = box.middle[1] - canvas.text_height(text, style, room) / 2
        canvas.paragraph(text, box.x + 48 + size / 2, y, style, theme.ink, room)
        if chosen:
            canvas.icon("check", (box.right - 30, box.middle[1]), size, theme.primary)
        canvas.touch(box, action, str(number), radius=20)

    # -- a picture of today -------------------------------------------------------------------

    def _picture_height(self, width: float) -> float:
        text = self._canvas.texts("result.keep_picture")
        return self._canvas.button_height(text, width, "camera")

    def _draw_picture(self, box: Box) -> None:
        """Draw the way to keep a picture, or that it is kept; never the picture."""
        canvas, text = self._canvas, self._canvas.texts("result.keep_picture")
        if self._picture == "kept":
            _line_with_icon(canvas, box, "check", canvas.texts("result.picture_kept"))
            return
        hint = "K" if canvas.button_width(text, "K", "camera") <= box.w else ""
        canvas.button(box, KEEP_PICTURE, text, kind="plain", key="k", hint=hint, icon="camera")

    # -- the way on ---------------------------------------------------------------------------

    def _further(self) -> list[tuple[str, Action, str, Icon]]:
        texts = self._canvas.texts
        ways: list[tuple[str, Action, str, Icon]] = [
            (texts("result.progress"), Go("history"), "p", "chart")
        ]
        if self._outcome.details:
            ways.append((texts("result.details"), _DETAILS, "d", "document"))
        if self._replays:
            ways.append((texts("result.replay"), REPLAY, "r", "replay"))
        return ways

    def _buttons_height(self, width: float) -> float:
        canvas = self._canvas
        finish_h = canvas.button_height(canvas.texts("common.finish"), width)
        needed = canvas.button_width(canvas.texts("common.finish")) + sum(
            canvas.button_width(label) + 12 for label, *_ in self._further()
        )
        return finish_h if needed <= width else 2 * finish_h + 8

    def _buttons(self, box: Box, least: float) -> None:
        """Finish, and beside it (above it where that is too narrow) the other ways on."""
        canvas, texts = self._canvas, self._canvas.texts
        finish, hint = texts("common.finish"), texts("common.key_enter")
        ways = self._further()
        both_rows = box.h > 2 * canvas.button_height(finish, box.w)
        height = (box.h - 8) / 2 if both_rows else box.h
        others = Box(box.x, box.y, box.w, height)
        if both_rows:
            place = Box(box.x, box.bottom - height, box.w, height)
        else:
            rest = sum(canvas.button_width(label) + 12 for label, *_ in ways)
            width = min(max(least, canvas.button_width(finish, hint)), box.w - rest)
            place = Box(box.x, box.y, width, height)
            others = Box(place.right + 12, box.y, box.right - place.right - 12, height)
        canvas.button(place, Go("home"), finish, kind="primary", key="enter", hint=hint)
        with_icons = sum(canvas.button_width(w[0], icon=w[3]) + 12 for w in ways) - 12 <= others.w
        x = others.x
        for label, action, key, icon in ways:
            shown = icon if with_icons else None
            width = canvas.button_width(label, icon=shown)
            spare = others.right - x - width
            hint = key.upper()
            hinted = canvas.button_width(label, hint, shown)
            later = sum(canvas.button_width(w[0], w[2].upper(), w[3]) + 12 for w in ways)
            if with_icons and later - 12 <= others.w and hinted - width <= spare:
                width = hinted
            place = Box(x, box.y, width, height)
            canvas.button(place, action, label, kind="plain", key=key, hint=hint, icon=shown)
            x = place.right + 12


@dataclass(frozen=True)
class _Details:
    """The second view: each exercise and side in full."""

    canvas: Canvas
    outcome: Outcome
    column: Column

    def draw(self) -> None:
        canvas, texts = self.canvas, self.canvas.texts
        top = header(canvas, texts("result.details"))
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin
        label, hint = texts("result.back"), texts("common.key_enter")
        height = canvas.button_height(label, width)
        place = Box(
            margin,
            canvas.height - 20 - height,
            min(width, max(300.0, canvas.button_width(label, hint))),
            height,
        )
        canvas.button(place, _DETAILS, label, kind="primary", key="enter", hint=hint)
        box = Box(margin, top, width, place.y - 16 - top)
        if canvas.stacked:
            room = (box.w - BAR_W, box.h)
            blocks = [block for one in self.outcome.details for block in self._pieces(one, room)]
            blocks.append(self._footnote())
            self.column.draw(canvas, box, blocks, 12)
            return
        names_h = canvas.styles.body_bold.step + 16
        table = Box(box.x, box.y + names_h, box.w, box.h - names_h)
        rows = [*(self._row(one) for one in self.outcome.details), self._footnote()]
        fits = height_of(rows, table.w, 12) <= table.h
        self._names(Box(box.x, box.y, box.w if fits else box.w - BAR_W, names_h))
        self.column.draw(canvas, table, rows, 12)

    def _footnote(self) -> Block:
        style = self.canvas.styles.label
        return words(self.canvas, self.outcome.footnote, style, self.canvas.theme.ink2)

    # -- one row for each exercise ------------------------------------------------------------

    @staticmethod
    def _columns(box: Box) -> list[Box]:
        """Name, left, right, evenness."""
        inside = box.w - 48 - 3 * 24
        x, boxes = box.x + 24, []
        for share in (0.26, 0.245, 0.245, 0.25):
            boxes.append(Box(x, box.y, inside * share, box.h))
            x += inside * share + 24
        return boxes

    def _names(self, box: Box) -> None:
        canvas, style = self.canvas, self.canvas.styles.body_bold
        _, left, right, evenness = self._columns(box)
        for side, place in zip(SIDES, (left, right), strict=True):
            _side_name(canvas, side, place.x, place.y)
        text = canvas.texts("result.evenness")
        canvas.text(text, evenness.x, evenness.y, style, canvas.theme.ink, evenness.w)

    def _row(self, one: ExerciseDetail) -> Block:
        canvas, styles, theme = self.canvas, self.canvas.styles, self.canvas.theme

        def parts(box: Box) -> list[tuple[Box, list[Block]]]:
            name, *others = self._columns(box)
            said = [
                [words(canvas, one.left.text, styles.body, theme.ink)],
                [words(canvas, one.right.text, styles.body, theme.ink)],
                self._evenness(one),
            ]
            title = [
                words(canvas, one.name, styles.body_bold, theme.ink),
                words(canvas, one.repetitions, styles.label, theme.ink2),
            ]
            if one.evenness is None and one.left.text == one.right.text == one.phrase:
                whole = Box(others[0].x, box.y, others[2].right - others[0].x, box.h)
                return [(name, title), (whole, said[0])]
            return [(name, title), *zip(others, said, strict=True)]

        def height(width: float) -> float:
            tall = (height_of(blocks, at.w, 4) for at, blocks in parts(Box(0, 0, width, 0)))
            return max(tall) + 32

        def draw(box: Box) -> None:
            canvas.panel(box, 20, theme.surface, theme.line)
            for at, blocks in parts(box):
                together(blocks, 4).draw(Box(at.x, box.y + 16, at.w, box.h - 32))

        return Block(height, draw)

    def _evenness(self, one: ExerciseDetail) -> list[Block]:
        canvas, styles, theme = self.canvas, self.canvas.styles, self.canvas.theme
        blocks = [words(canvas, one.phrase, styles.body, theme.ink)]
        if one.evenness is not None:
            blocks.append(_interval(canvas, one.evenness))
            value, low, high = (round(100 * share) for share in one.evenness)
            text = canvas.texts("result.of_hundred", value=value, low=low, high=high)
            blocks.append(words(canvas, text, styles.label, theme.ink2))
        return blocks

    # -- or below each other ------------------------------------------------------------------

    def _pieces(self, one: ExerciseDetail, room: tuple[float, float]) -> list[Block]:
        """The name with what comes first, if a room of this width and height holds both."""
        canvas, styles, theme = self.canvas, self.canvas.styles, self.canvas.theme
        title = [
            words(canvas, one.name, styles.card_title, theme.ink),
            words(canvas, one.repetitions, styles.label, theme.ink2),
        ]
        if one.evenness is None and one.left.text == one.right.text == one.phrase:
            first, others = words(canvas, one.phrase, styles.body, theme.ink), []
        else:
            first, right = (self._side(side) for side in (one.left, one.right))
            heading = words(canvas, canvas.texts("result.evenness"), styles.body_bold, theme.ink)
            others = [right, together([heading, *self._evenness(one)], 4)]
        beginning = together([together(title, 4), first], 12)
        if beginning.height(room[0]) <= room[1]:
            return [beginning, *others]
        return [together(title, 4), first, *others]

    def _side(self, one: SideDetail) -> Block:
        canvas, style = self.canvas, self.canvas.styles.body
        name_h = canvas.styles.body_bold.step

        def draw(box: Box) -> None:
            _side_name(canvas, one.side, box.x, box.y)
            canvas.paragraph(one.text, box.x, box.y + name_h, style, canvas.theme.ink, box.w)

        return Block(lambda width: name_h + canvas.text_height(one.text, style, width), draw)


# -- pieces -----------------------------------------------------------------------------------


def _boxed(canvas: Canvas, block: Block) -> Block:
    """A block on a card of its own."""

    def draw(box: Box) -> None:
        canvas.panel(box, 20, canvas.theme.surface, canvas.theme.line)
        block.draw(Box(box.x + 20, box.y + 16, box.w - 40, box.h - 32))

    return Block(lambda width: block.height(width - 40) + 32, draw)


def _titled(canvas: Canvas, title: str, text: str) -> Block:
    styles, theme = canvas.styles, canvas.theme
    return together(
        [
            words(canvas, title, styles.large_bold, theme.ink),
            words(canvas, text, styles.body, theme.ink2),
        ],
        4,
    )


def _beads(canvas: Canvas, beads: Beads) -> Block:
    """Twelve beads; what they mean stands beside them, else beside the title, else below."""
    if beads.filled is None:
        return _titled(canvas, beads.title, beads.phrase)
    filled, styles, theme = beads.filled, canvas.styles, canvas.theme
    string_w = (BEADS - 1) * _BEAD_STEP + 2 * _BEAD_R
    string_h = max(2 * _BEAD_R, styles.body.step)
    title_w = canvas.type.width(beads.title, styles.large_bold)
    phrase_w = canvas.type.width(beads.phrase, styles.body)

    def height(width: float) -> float:
        used = canvas.text_height(beads.title, styles.large_bold, width) + 10
        if string_w + 24 + phrase_w <= width:
            return used + string_h
        if title_w + 24 + phrase_w <= width:
            return used + 2 * _BEAD_R
        return used + 2 * _BEAD_R + 8 + canvas.text_height(beads.phrase, styles.body, width)

    def draw(box: Box) -> None:
        y = canvas.paragraph(beads.title, box.x, box.y, styles.large_bold, theme.ink, box.w) + 10
        beside = string_w + 24 + phrase_w <= box.w
        middle_y = y + (string_h / 2 if beside else _BEAD_R)
        if not beside and title_w + 24 + phrase_w > box.w:
            below = middle_y + _BEAD_R + 8
            canvas.paragraph(beads.phrase, box.x, below, styles.body, theme.ink2, box.w)
        else:
            title_y = box.y + styles.large_bold.step / 2
            at = (middle_y if beside else title_y) - styles.body.step / 2
            canvas.text(beads.phrase, box.right, at, styles.body, theme.ink2, phrase_w + 1, "right")
        _string(canvas, Box(box.x, middle_y - _BEAD_R, string_w, 2 * _BEAD_R), filled)

    return Block(height, draw)


def _string(canvas: Canvas, box: Box, filled: int) -> None:
    """Draw the beads."""
    theme = canvas.theme

    def paint(on: Painting) -> None:
        for number in range(BEADS):
            middle = (box.x + _BEAD_R + number * _BEAD_STEP, box.middle[1])
            if number < filled:
                on.lay(disc(on.x, on.y, middle, _BEAD_R), theme.primary)
                continue
            on.lay(disc(on.x, on.y, middle, _BEAD_R - 0.5), theme.edge)
            on.lay(disc(on.x, on.y, middle, _BEAD_R - 2.5), theme.surface)

    canvas.sprite(("beads", filled), box.grown(1), paint)


def _scale(canvas: Canvas, scale: Scale) -> Block:
    """Today beside the first day; the first day stands above, so that they never meet."""
    styles, theme = canvas.styles, canvas.theme
    title = words(canvas, scale.title, styles.large_bold, theme.ink)
    step = styles.label.step

    def draw(box: Box) -> None:
        bar = Box(box.x + 12, box.y + step + (_TICK_H - _BAR_H) / 2, box.w - 24, _BAR_H)
        _draw_scale(canvas, bar, Measured(scale.today, scale.low, scale.high), scale.first)
        x = bar.x + bar.w * min(1.0, scale.first)
        _between(canvas, scale.first_label, x, box.y, box.x, box.right, False)
        below = bar.bottom + (_TICK_H - _BAR_H) / 2 - 2
        even_w = canvas.type.width(scale.even_label, styles.label)
        canvas.text(scale.even_label, box.right, below, styles.label, theme.ink2, even_w, "right")
        x = bar.x + bar.w * min(1.0, scale.today)
        _between(canvas, scale.today_label, x, below, box.x, box.right - even_w - 16, True)

    return together([title, Block(lambda _: 2 * step + _TICK_H - 2, draw)], 2)


def _between(
    canvas: Canvas, text: str, x: float, y: float, left: float, right: float, bold: bool
) -> None:
    """Draw a label below a place, as far as its bounds allow."""
    style = canvas.styles.label_bold if bold else canvas.styles.label
    width = canvas.type.width(text, style)
    start = max(left, min(x - width / 2, right - width))
    canvas.text(text, start, y, style, canvas.theme.ink, right - start)


def _draw_scale(canvas: Canvas, bar: Box, value: Measured, first: float | None = None) -> None:
    """Draw a bar from nothing to even, where a value lies on it, and its interval."""
    theme, middle_y = canvas.theme, bar.middle[1]
    trough = mix(theme.surface, theme.ink, 0.18) if theme.outlined else theme.sunk
    band = mix(trough, theme.breath, 0.45)

    def x(share: float) -> float:
        return bar.x + bar.w * min(1.0, max(0.0, share))

    def paint(on: Painting) -> None:
        if theme.outlined:
            on.lay(rounded(on.x, on.y, bar.grown(2), bar.h / 2 + 2), theme.line)
        on.lay(rounded(on.x, on.y, bar, bar.h / 2), trough)
        inner = Box(x(value.low), bar.y, max(bar.h, x(value.high) - x(value.low)), bar.h)
        on.lay(rounded(on.x, on.y, inner, bar.h / 2), band)
        if first is not None:
            ends = [(x(first), middle_y - _TICK_H / 2 + 2), (x(first), middle_y + _TICK_H / 2 - 2)]
            on.lay(stroke(on.x, on.y, ends, 3), theme.ink)
        radius = 0.62 * bar.h
        on.lay(disc(on.x, on.y, (x(value.value), middle_y), radius + 3), theme.surface)
        on.lay(disc(on.x, on.y, (x(value.value), middle_y), radius), theme.primary)

    canvas.sprite(("scale", value, first), bar.grown(16), paint)


def _interval(canvas: Canvas, value: Measured) -> Block:
    """A small bar from nothing to even."""
    return Block(
        lambda _: 24.0,
        lambda box: _draw_scale(canvas, Box(box.x + 6, box.y + 6, box.w - 12, 12), value),
    )


def _side_name(canvas: Canvas, side: Side, x: float, y: float) -> None:
    """Draw a side's name after its line: left solid with a disc, right dashed with a square."""
    theme, style = canvas.theme, canvas.styles.body_bold
    ink = theme.left if side == "left" else theme.right
    line = Box(x, y, 44, style.step)
    middle_x, middle_y = line.middle

    def paint(on: Painting) -> None:
        if side == "left":
            on.lay(stroke(on.x, on.y, [(x + 2, middle_y), (x + 42, middle_y)], 3), ink)
            on.lay(disc(on.x, on.y, (middle_x, middle_y), 7), ink)
            return
        for begin in (x + 2, x + 33):
            on.lay(stroke(on.x, on.y, [(begin, middle_y), (begin + 9, middle_y)], 3), ink)
        on.lay(rounded(on.x, on.y, Box(middle_x - 6.5, middle_y - 6.5, 13, 13), 1.5), ink)

    canvas.sprite(("side line", side), line, paint)
    text = canvas.texts(f"common.{side}")
    canvas.text(text, x + 56, y, style, ink, canvas.type.width(text, style) + 1)


def _rule(canvas: Canvas, x: float, y: float, width: float) -> None:
    canvas.bar(Box(x, y - 0.75, width, 1.5), canvas.theme.line)


def _line_with_icon(canvas: Canvas, box: Box, icon: Icon, text: str) -> None:
    """Draw a centred line of care with its sign."""
    theme, style = canvas.theme, canvas.styles.body_bold
    room = box.w - 44
    lines = canvas.type.wrap(text, style, room)
    width = max(canvas.type.width(line, style) for line in lines)
    x = box.middle[0] - (width + 44) / 2
    canvas.icon(icon, (x + 14, box.middle[1]), 28, theme.primary)
    y = box.middle[1] - len(lines) * style.step / 2
    canvas.paragraph(text, x + 44, y, style, theme.ink2, room)
