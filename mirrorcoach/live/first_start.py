"""The first start: a few questions, one at a time, each of which may be left open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, get_args

from landmarks.regions import Side
from mirrorcoach.live import questions
from mirrorcoach.live.actions import Action, Change, Go, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import BAR_W, Block, Column, height_of, words
from mirrorcoach.live.controls import Segment, choice_card, segments, segments_width
from mirrorcoach.live.home_page import draw_room
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.line_face import LineFace
from mirrorcoach.live.rows import Choices, Control, Row, row_blocks
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Style
from mirrorcoach.profile import AffectedSide, Profile, StageQuestion, next_question, stage_of

Step = Literal["welcome", "about", "side", "stage", "since", "events", "name", "reading"]
STEPS: tuple[Step, ...] = get_args(Step)

NEXT = Press("next")

PICTURE = Box(40, 40, 520, 640)
MORNING = 9.5
"""The hour of the light in the picture."""

_RIGHT_X = 632.0

_BUTTON_W, _BUTTON_H, _TIGHT_BUTTON_H = 300.0, 68.0, 56.0
_QUESTION_W = 760.0
_SHEET_W, _SHEET_PAD = 960.0, 36.0
_ON_SHEET: tuple[Step, ...] = ("about", "events", "reading")
"""Steps whose answers stand on a card of their own."""

_CARD_W, _CARD_H, _CARD_STEP = 266.0, 346.0, 290.0
_DISC_R = 26.0
_SIZE_W, _SIZE_H, _SIZE_STEP = 84.0, 64.0, 96.0
_DOT, _DOT_W, _DOT_STEP = 12.0, 34.0, 24.0

_HALVES: Mapping[AffectedSide, Sequence[Side]] = {
    "left": ("left",),
    "right": ("right",),
    "both": ("left", "right"),
    "unsure": (),
}
"""What the drawing of each answer shows."""

_ABOUT: tuple[tuple[str, Icon], ...] = (
    ("common.aid", "leaf"),
    ("first_start.therapist", "person"),
    ("first_start.leaves_nothing", "lock"),
)
_PROMISES: tuple[tuple[str, Icon], ...] = (
    ("first_start.small", "leaf"),
    ("first_start.stays", "lock"),
    ("first_start.stop", "hand"),
)


class FirstStartPage:
    """Every answer is given out at once; the application puts the new profile in.

    Parameters
    ----------
    profile : Profile
        Of somebody new, or of whoever wants to be asked again.
    today : date
        Nothing that happened lies later.

    Attributes
    ----------
    profile : Profile
        Whose answers are shown.
    """

    def __init__(self, profile: Profile, today: date) -> None:
        self.profile = profile
        self._today = today
        self._at = 0
        self._answers: dict[StageQuestion, bool | None] = {}
        self._column = Column()

    @property
    def wants_text(self) -> bool:
        """Whether letters are written, rather than being keys of buttons."""
        return self._step == "name"

    @property
    def _step(self) -> Step:
        return STEPS[self._at]

    @property
    def _unread(self) -> bool:
        """Whether something of what is kept and what is not was not in view yet."""
        return self._step == "about" and self._column.more

    @property
    def _question(self) -> StageQuestion | None:
        """The question of the stage that is open; none once a stage can be proposed."""
        if not self._answers and self.profile.stage is not None:
            return None
        return next_question(self._answers)

    def heed(self, action: Action) -> Action | None:
        """Go from one question to the next; what is answered concerns the application."""
        if action == NEXT:
            if self._unread:
                self._column.turn()
                return None
            if self._at == len(STEPS) - 1:
                return Go("safety")
            self._turn_to(self._at + 1)
            return None
        if action == Key.BACK and self._at > 0:
            if self._step == "stage" and self._answers:
                self._answers.popitem()
                self._column = Column()
            else:
                self._turn_to(self._at - 1)
            return None
        if self._column.heed(action):
            return None
        if isinstance(action, Press):
            if action.name == "answer":
                return self._answer(action.value)
            return questions.change_of(action, self.profile, self._today)
        return action

    def _turn_to(self, number: int) -> None:
        self._at, self._column = number, Column()

    def _answer(self, value: object) -> Action | None:
        """Remember what was said of the stage; propose one as soon as it can be told."""
        question = self._question
        if question is None:
            return None
        self._answers[question] = value if isinstance(value, bool) else None
        self._column = Column()
        if self._question is not None:
            return None
        return Change("stage", stage_of(self._answers))

    # -- drawing ------------------------------------------------------------------------------

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        bottom = self._draw_ways(canvas)
        if self._step == "welcome":
            self._draw_welcome(canvas, bottom)
        elif canvas.stacked:
            self._draw_stacked(canvas, bottom)
        else:
            self._draw_question(canvas, bottom)

    def _draw_ways(self, canvas: Canvas) -> float:
        """Draw back, on and how far it is; returns where they begin."""
        texts, first = canvas.texts, self._step == "welcome"
        label, hint = texts(self._on_label), texts("common.key_enter")
        back = texts("common.back")
        back_w = canvas.button_width(back, icon="chevron_left")
        margin = 24.0 if canvas.compact else 40.0
        if canvas.stacked:
            x = margin if first else margin + back_w + 8
            width = canvas.width - margin - x
            height = max(_TIGHT_BUTTON_H, canvas.button_height(label, width))
            y = canvas.height - 20 - height
            if not first:
                place = Box(margin - 8, y, back_w, height)
                canvas.button(
                    place, Key.BACK, back, kind="plain", key="escape", icon="chevron_left"
                )
            button = Box(x, y, width, height)
        else:
            width = max(_BUTTON_W, canvas.button_width(label, hint))
            height = max(_BUTTON_H, canvas.button_height(label, width))
            x = _RIGHT_X if first else (canvas.width - width) / 2
            y = canvas.height - (40.0 if first else 56.0) - height
            button = Box(x, y, width, height)
            if not first:
                place = Box(36, 26, back_w, 56)
                canvas.button(
                    place, Key.BACK, back, kind="plain", key="escape", icon="chevron_left"
                )
            self._draw_dots(canvas, button.middle[1])
        canvas.button(button, NEXT, label, kind="primary", key="enter", hint=hint)
        return button.y

    @property
    def _on_label(self) -> str:
        if self._step == "welcome":
            return "first_start.begin"
        if self._unread:
            return "common.more"
        return "common.continue" if self._answered else "first_start.later"

    @property
    def _answered(self) -> bool:
        profile = self.profile
        return {
            "side": profile.affected is not None,
            "stage": self._question is None,
            "since": profile.since is not None,
            "name": bool(profile.name),
        }.get(self._step, True)

    def _draw_dots(self, canvas: Canvas, middle_y: float) -> None:
        theme = canvas.theme
        x = canvas.width - 54 - _DOT_W - _DOT_STEP * (len(STEPS) - 1) + _DOT
        for number in range(len(STEPS)):
            here = number == self._at
            box = Box(x, middle_y - _DOT / 2, _DOT_W if here else _DOT, _DOT)
            if here:
                canvas.bar(box, theme.primary)
            else:
                canvas.ring(box, _DOT / 2, 2, theme.edge)
            x += box.w + _DOT_STEP - _DOT

    def _draw_welcome(self, canvas: Canvas, bottom: float) -> None:
        stacked = canvas.stacked
        margin = 24.0 if canvas.compact else 40.0
        x = margin if stacked else _RIGHT_X
        box = Box(x, margin, canvas.width - margin - x, bottom - 20 - margin)
        if not stacked:
            draw_room(canvas, PICTURE, MORNING)
        title = canvas.styles.title if stacked else canvas.styles.display
        blocks = [
            _languages(canvas, self.profile),
            words(canvas, canvas.texts("first_start.title"), title, canvas.theme.ink),
            *(_promise(canvas, name, icon, canvas.styles.large) for name, icon in _PROMISES),
            _sizes(canvas, self.profile),
        ]
        spare = box.h - height_of(blocks, box.w, 0)
        gap = min(24.0, max(12.0, spare / (len(blocks) - 1)))
        self._column.draw(canvas, box, blocks, gap)

    def _draw_question(self, canvas: Canvas, bottom: float) -> None:
        theme, styles = canvas.theme, canvas.styles
        title, said = self._words(canvas)
        back_w = canvas.button_width(canvas.texts("common.back"), icon="chevron_left")
        middle, room = canvas.width / 2, canvas.width - 2 * (36 + back_w + 24)
        y = canvas.paragraph(title, middle, 68, styles.display_explained, theme.ink, room, "centre")
        if said:
            y = canvas.paragraph(said, middle, y + 8, styles.large, theme.ink2, room, "centre")
        if self._step == "side":
            self._draw_sides(canvas, y + 24, bottom)
            return
        sheet = self._step in _ON_SHEET
        if self._step == "events" and not self.profile.events:
            sheet = False  # two buttons need none
        pad = _SHEET_PAD if sheet else 0.0
        width = (_SHEET_W if sheet else _QUESTION_W) - 2 * pad
        box = Box((canvas.width - width) / 2, y + 24 + pad / 2, width, bottom - y - 48 - pad)
        blocks = self._blocks(canvas, box.w - BAR_W)
        high = min(box.h, height_of(blocks, box.w, 0))
        box = Box(box.x, box.y + 0.4 * (box.h - high), box.w, high)
        if sheet:
            card = box.grown(pad)
            canvas.card(Box(card.x, box.y - pad / 2, card.w, high + pad), 32)
        self._column.draw(canvas, box, blocks, 0)

    def _draw_stacked(self, canvas: Canvas, bottom: float) -> None:
        theme, styles = canvas.theme, canvas.styles
        margin = 24.0 if canvas.compact else 40.0
        title, said = self._words(canvas)
        box = Box(margin, margin, canvas.width - 2 * margin, bottom - 16 - margin)
        blocks = [words(canvas, title, styles.title, theme.ink)]
        if said:
            blocks.append(words(canvas, said, styles.body, theme.ink2))
        blocks.append(_space(12.0 if canvas.large_text else 20.0))
        self._column.draw(canvas, box, blocks + self._blocks(canvas, box.w - BAR_W), 0)

    def _words(self, canvas: Canvas) -> tuple[str, str]:
        """The question, and what helps to answer it."""
        texts, step = canvas.texts, self._step
        if step == "about":
            return texts("first_start.about"), ""
        if step == "stage":
            if self._question is not None:
                return texts(f"first_start.{self._question}"), texts("first_start.stage_why")
            sure = "proposed" if self.profile.stage is not None else "unsure"
            return texts(f"first_start.{sure}"), texts("first_start.change_later")
        if step == "reading":
            return texts("first_start.reading"), texts("first_start.change_later")
        said = f"questions.{step}_said"
        if step == "side":  # where there is room, the drawings show it
            said = "first_start.change_later" if canvas.stacked else "first_start.mirrored"
        return texts(f"questions.{step}"), texts(said)

    def _blocks(self, canvas: Canvas, room: float) -> list[Block]:
        """What the question of this step is answered with."""
        texts, profile, step = canvas.texts, self.profile, self._step
        if step == "about":
            style = canvas.styles.body
            blocks = [_spaced(_promise(canvas, name, icon, style), 12) for name, icon in _ABOUT]
            rows = [
                Row(
                    texts(f"questions.{kind}"),
                    texts(f"questions.{kind}_said"),
                    questions.consent(profile, kind),
                )
                for kind in ("results", "photographs")
            ]
            return [
                _space(0.0 if canvas.stacked else 12.0),
                *blocks,
                *_row_blocks(canvas, rows, room),
            ]
        if step == "stage" and self._question is not None:
            return _row_blocks(canvas, [Row("", "", _said_choices(canvas))], room)
        if step == "events":
            rows = [
                questions.event_row(canvas, number, one, self._today)
                for number, one in enumerate(profile.events)
            ]
            buttons = _centred(canvas, questions.event_buttons(canvas), room)
            return _row_blocks(canvas, rows, room) + buttons
        if step == "reading":
            rows = [
                Row(
                    texts("questions.voice"),
                    texts("questions.voice_said"),
                    questions.switch(profile, "voice"),
                ),
                Row(texts("questions.colours"), "", questions.colour_choices(canvas, profile)),
            ]
            return _row_blocks(canvas, rows, room)
        if step == "name":
            entry = questions.name_entry(canvas, profile, True, Press("write"), "")
            return _centred(canvas, entry, room)
        if step == "since":
            steppers = questions.since_steppers(canvas, profile, self._today)
            return _centred(canvas, steppers, room)
        answers = questions.side_choices if step == "side" else questions.stage_choices
        return _row_blocks(canvas, [Row("", "", answers(canvas, profile))], room)

    def _draw_sides(self, canvas: Canvas, top: float, bottom: float) -> None:
        """The sides beside each other, each on its own drawing."""
        faces = canvas.made("sides", lambda: LineFace(canvas.theme))
        choices = questions.side_choices(canvas, self.profile)
        height = min(_CARD_H, bottom - 28 - top)
        x = (canvas.width - _CARD_STEP * (len(choices.segments) - 1) - _CARD_W) / 2
        for one, key in zip(choices.segments, choices.keys, strict=True):
            place = Box(x, top + 8, _CARD_W, height)
            side = questions.SIDES[int(key) - 1]

            def picture(box: Box, halves: Sequence[Side] = _HALVES[side]) -> None:
                size = min(box.w + 32, box.h + 24)  # there is room around the head
                face = faces.surface(round(size * canvas.fit.scale), tinted=halves)
                canvas.picture(face, box)

            choice_card(canvas, place, one.label, one.action, one.chosen, key, picture)
            x += _CARD_STEP


def _said_choices(canvas: Canvas) -> Choices:
    names = (("common.yes", True), ("common.no", False), ("questions.stage_unsure", None))
    return Choices(
        tuple(Segment(canvas.texts(name), Press("answer", value), False) for name, value in names),
        ("1", "2", "3"),
        rows=True,
    )


def _row_blocks(canvas: Canvas, rows: list[Row], room: float) -> list[Block]:
    blocks: list[Block] = []
    for number, row in enumerate(rows):
        blocks += row_blocks(canvas, row, room, line=number < len(rows) - 1)
    return blocks


def _centred(canvas: Canvas, control: Control, room: float) -> list[Block]:
    """A control in the middle, where it fits in one line."""
    pieces = control.pieces(canvas, room)
    wide = control.width(canvas)
    if canvas.stacked or len(pieces) > 1:
        return [_spaced(piece, 12) for piece in pieces]
    (piece,) = pieces

    def draw(box: Box) -> None:
        piece.draw(Box(box.x + (box.w - wide) / 2, box.y, wide, box.h))

    return [_spaced(Block(piece.height, draw), 12)]


def _space(height: float) -> Block:
    return Block(lambda _: height, lambda _: None)


def _spaced(block: Block, below: float) -> Block:
    def draw(box: Box) -> None:
        block.draw(Box(box.x, box.y, box.w, box.h - below))

    return Block(lambda width: block.height(width) + below, draw)


def _promise(canvas: Canvas, name: str, icon: Icon, style: Style) -> Block:
    """A line with its icon in a disc."""
    text, theme = canvas.texts(name), canvas.theme
    indent = 2 * _DISC_R + 20

    def height(width: float) -> float:
        return max(2 * _DISC_R, canvas.text_height(text, style, width - indent))

    def draw(box: Box) -> None:
        middle = (box.x + _DISC_R, box.middle[1])
        canvas.disc(middle, _DISC_R, theme.soft)
        canvas.icon(icon, middle, canvas.icon_size(26), theme.primary)
        y = box.middle[1] - canvas.text_height(text, style, box.w - indent) / 2
        canvas.paragraph(text, box.x + indent, y, style, theme.ink, box.w - indent)

    return Block(height, draw)


def _languages(canvas: Canvas, profile: Profile) -> Block:
    choices = questions.language_choices(profile)
    height: Callable[[float], float] = choices.pieces(canvas, canvas.width)[0].height

    def draw(box: Box) -> None:
        wide = max(segments_width(canvas, choices.segments), 260.0)
        x = box.x if canvas.stacked else box.right - wide
        segments(canvas, Box(x, box.y, wide, box.h), choices.segments)

    return Block(height, draw)


def _sizes(canvas: Canvas, profile: Profile) -> Block:
    """Text sizes as letters of these sizes."""
    styles, theme = canvas.styles, canvas.theme
    label = canvas.texts("questions.text_size")

    def draw(box: Box) -> None:
        y = canvas.paragraph(label, box.x, box.y, styles.body_bold, theme.ink, box.w) + 10
        for number, one in enumerate(questions.size_choices(profile).segments):
            place = Box(box.x + number * _SIZE_STEP, y, _SIZE_W, _SIZE_H)
            style = one.style or styles.button
            canvas.panel(place, 18, theme.surface if one.chosen else theme.bg, theme.edge)
            if one.chosen:
                canvas.ring(place, 18, 3, theme.primary)
            canvas.touch(place, one.action)
            at = place.middle[1] - style.step / 2
            canvas.text(one.label, place.middle[0], at, style, theme.ink, place.w, "centre")

    return Block(lambda w: canvas.text_height(label, styles.body_bold, w) + 10 + _SIZE_H, draw)
