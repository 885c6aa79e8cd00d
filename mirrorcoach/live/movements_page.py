"""All movements there are: a card for each, and everything about the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from exercises.schema import Exercise, Programme, ProgrammeStage, Words
from mirrorcoach.live.actions import Action, Go, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, Column, height_of, words
from mirrorcoach.live.controls import header
from mirrorcoach.live.demonstration import demonstration, movements
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.line_face import LineFace
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.texts import Texts

_SLOWER, _ALL, _MORE = Press("slower"), Press("all"), Press("more")

SLOWER = 2.0
"""A slow demonstration takes so many times as long."""

_GAP = 16.0
_LEAST_CARD_W = 210.0
_FACE = 176.0
_LEAST_FACE = 132.0
"""A panel with less room than this for the drawing leaves words out."""
_LEAST_HALVED_FACE = 84.0
"""Two rows are shown at once where each drawing keeps at least this much room."""
_LEAST_CARD_FACE = 56.0
"""A card with less room than this for the drawing is words alone."""


@dataclass(frozen=True)
class _Group:
    """Movements under one heading."""

    heading: str
    ids: tuple[str, ...]


class MovementsPage:
    """The library of movements.

    "Try it now" gives back ``Go("camera_check", "exercise:<id>")``; a movement that belongs to
    assessments alone is not offered.

    Parameters
    ----------
    catalogue : mapping of str to Exercise
        Every exercise.
    words : Words
        What they are called and how they are asked for.
    programme : Programme
        The person's own; its movements come first and have its doses.
    stage : str, optional
        The person's stage; its movements come next.
    chosen : str, optional
        Id of the movement to begin with; the first one otherwise.
    """

    def __init__(
        self,
        catalogue: Mapping[str, Exercise],
        words: Words,
        programme: Programme,
        stage: ProgrammeStage | None = None,
        chosen: str = "",
    ) -> None:
        self._words = words
        self._groups = _grouped(catalogue, words, programme, stage)
        self._order = [name for group in self._groups for name in group.ids]
        self._own = {step.exercise for step in programme.steps}
        self._exercises = dict(catalogue)
        for step in programme.steps:
            self._exercises[step.exercise] = step.applied_to(catalogue[step.exercise])
        self._chosen = chosen if chosen in self._order else self._order[0]
        self._grid, self._about = Column(), Column()
        self._whole = False
        self._beside = True
        self._slower = False
        self._began_s: float | None = None
        self._seek = True

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        if self._began_s is None:
            self._began_s = now_s
        passed_s = (now_s - self._began_s) / (SLOWER if self._slower else 1.0)
        faces = _Faces(canvas, self._exercises, passed_s)
        self._beside = not canvas.stacked
        if self._whole:
            self._draw_whole(canvas, faces)
            return
        top = header(canvas, canvas.texts("movements.title"))
        if self._beside:
            self._draw_grid(canvas, faces, Box(40, top + 8, 752, canvas.height - top - 24))
            self._draw_panel(canvas, faces, Box(812, top + 8, 428, canvas.height - top - 44))
            return
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin
        label = self._words.exercise[self._chosen].name
        height = canvas.button_height(label, width)
        place = Box(margin, canvas.height - 16 - height, width, height)
        self._draw_grid(canvas, faces, Box(margin, top, width, place.y - 12 - top))
        hint = canvas.texts("common.key_enter")
        canvas.button(place, _MORE, label, kind="primary", key="enter", hint=hint)

    def heed(self, action: Action) -> Action | None:
        """Choose a movement, look at it closely, play it slower, scroll."""
        if isinstance(action, Press) and action.name == "movement":
            self._choose(str(action.value))
            self._whole = not self._beside
        elif action == _MORE:
            self._whole, self._about = True, Column()
        elif self._whole and action in (_ALL, Key.BACK):
            self._whole, self._seek = False, True
        elif action in (_SLOWER, Key.DEMONSTRATION):
            self._slower, self._began_s = not self._slower, None
        elif action in (Key.LEFT, Key.RIGHT):
            at = self._order.index(self._chosen) + (1 if action == Key.RIGHT else -1)
            self._choose(self._order[min(max(at, 0), len(self._order) - 1)])
            self._seek = True
        elif not (self._about if self._whole else self._grid).heed(action):
            return action
        return None

    def _choose(self, name: str) -> None:
        if name != self._chosen:
            self._chosen, self._began_s, self._about = name, None, Column()

    # -- all of them --------------------------------------------------------------------------

    def _draw_grid(self, canvas: Canvas, faces: _Faces, box: Box) -> None:
        """Draw rows of cards under their headings."""
        inside = box.w - 56
        least = _LEAST_CARD_W * max(1.0, canvas.look.text_percent / 125)
        columns = max(2, int((inside + _GAP) / (least + _GAP)))
        blocks: list[Block] = []
        for group in self._groups:
            heading = canvas.texts(f"movements.{group.heading}")
            rows = [group.ids[n : n + columns] for n in range(0, len(group.ids), columns)]
            for number, ids in enumerate(rows):
                said = heading if number == 0 else ""
                if self._seek and self._chosen in ids:
                    self._grid.first, self._seek = len(blocks), False
                blocks.append(self._row(canvas, faces, ids, columns, box.h, said))
        self._grid.draw(canvas, box, blocks, _GAP)

    def _row(
        self,
        canvas: Canvas,
        faces: _Faces,
        ids: Sequence[str],
        columns: int,
        most: float,
        heading: str,
    ) -> Block:
        """Cards beside each other; the first row of a group has its heading above."""
        style, title = canvas.styles.button, canvas.styles.large_bold
        names = [self._words.exercise[name].name for name in ids]

        def heading_height(width: float) -> float:
            return canvas.text_height(heading, title, width) + 10 if heading else 0.0

        def card_width(width: float) -> float:
            return (width - _GAP * (columns - 1)) / columns

        def label_height(width: float) -> float:
            return max(canvas.text_height(name, style, card_width(width) - 20) for name in names)

        def height(width: float) -> float:
            words_h = heading_height(width) + label_height(width) + 34
            halved = (most - _GAP) / 2 - label_height(width) - 34 - title.step - 10
            face_h = min(_FACE, halved if halved >= _LEAST_HALVED_FACE else most - words_h)
            return words_h + (face_h if face_h >= _LEAST_CARD_FACE else 0.0)

        def draw(box: Box) -> None:
            y = box.y
            if heading:
                y = canvas.paragraph(heading, box.x, y, title, canvas.theme.ink2, box.w) + 10
            width = card_width(box.w)
            for number, (one, name) in enumerate(zip(ids, names, strict=True)):
                card = Box(box.x + number * (width + _GAP), y, width, box.bottom - y)
                self._card(canvas, faces, card, one, name, label_height(box.w))

        return Block(height, draw)

    def _card(
        self, canvas: Canvas, faces: _Faces, box: Box, one: str, name: str, label_h: float
    ) -> None:
        theme, style = canvas.theme, canvas.styles.button
        action = Press("movement", one)
        chosen = one == self._chosen
        canvas.card(box, 24)
        moving = chosen or canvas.is_over(box) or canvas.focus == action
        face = Box(box.x, box.y + 8, box.w, box.h - label_h - 34)
        if face.h >= _LEAST_CARD_FACE:
            faces.draw(face, one, moving)
        y = box.bottom - 14 - label_h
        y += (label_h - canvas.text_height(name, style, box.w - 20)) / 2
        canvas.paragraph(name, box.middle[0], y, style, theme.ink, box.w - 20, "centre")
        if chosen:
            canvas.ring(box.grown(2), 26, 4, theme.primary)
        canvas.touch(box, action, radius=24)

    def _draw_panel(self, canvas: Canvas, faces: _Faces, box: Box) -> None:
        """Draw the chosen one large, with how it is done."""
        theme, styles, texts = canvas.theme, canvas.styles, canvas.texts
        said, room = self._words.exercise[self._chosen], box.w - 64
        canvas.card(box, 28)
        blocks = [
            words(canvas, said.name, styles.card_title, theme.ink),
            words(canvas, said.instruction, styles.body, theme.ink),
        ]
        along = self._along(texts)
        if along:
            blocks.append(_signed(canvas, "quiet", along))
        buttons_h = canvas.button_height(texts("movements.try"), room - 148)
        foot = box.bottom - 20 - buttons_h

        def left_over() -> float:
            return foot - 16 - height_of(blocks, room, 8) - 8 - box.y - 8

        if left_over() < _LEAST_FACE and along:
            blocks.pop()
        faces.draw(Box(box.x, box.y + 8, box.w, left_over()), self._chosen, True)
        if self._slower:
            label = texts("movements.slower_on")
            canvas.text(label, box.x + 24, box.y + 16, styles.label_bold, theme.primary, room)
        y = foot - 16 - height_of(blocks, room, 8)
        for block in blocks:
            height = block.height(room)
            block.draw(Box(box.x + 32, y, room, height))
            y += height + 8
        place = Box(box.x + 32, foot, room - 148, buttons_h)
        hint = texts("common.key_enter")
        if self._trained:
            go = Go("camera_check", f"exercise:{self._chosen}")
            canvas.button(place, go, texts("movements.try"), kind="primary", key="enter", hint=hint)
            small = Box(place.right + 84, foot, 64, buttons_h)
            _small_button(canvas, small, "info", _MORE, "i", False)
        else:
            place = Box(place.x, place.y, room - 76, place.h)
            more = texts("movements.more")
            canvas.button(place, _MORE, more, kind="primary", key="enter", hint=hint)
        small = Box(box.right - 32 - (138 if self._trained else 64), foot, 64, buttons_h)
        _small_button(canvas, small, "play", _SLOWER, "d", self._slower)

    @property
    def _trained(self) -> bool:
        return bool(self._exercises[self._chosen].stages)

    # -- one of them --------------------------------------------------------------------------

    def _draw_whole(self, canvas: Canvas, faces: _Faces) -> None:
        """Draw everything about one movement."""
        texts = canvas.texts
        top = header(canvas, self._words.exercise[self._chosen].name)
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin
        foot = self._buttons(canvas, margin, width)
        box = Box(margin, top, width, foot - 16 - top)
        about = self._everything(canvas)
        if canvas.stacked:
            size = min(box.h, 240.0)
            blocks = [Block(lambda _: size, lambda at: faces.draw(at, self._chosen, True)), *about]
            self._about.draw(canvas, box, blocks, 14)
            return
        card = Box(box.x, box.y, 500, box.h)
        canvas.card(card, 28)
        faces.draw(card.grown(-16), self._chosen, True)
        if self._slower:
            ink, style = canvas.theme.primary, canvas.styles.label_bold
            canvas.text(texts("movements.slower_on"), card.x + 24, card.y + 18, style, ink, 400)
        self._about.draw(canvas, Box(box.x + 540, box.y, box.w - 540, box.h), about, 18)

    def _buttons(self, canvas: Canvas, margin: float, width: float) -> float:
        """Draw the way on and the pace of the drawing; returns where they begin."""
        texts, hint = canvas.texts, canvas.texts("common.key_enter")
        main = texts("movements.try") if self._trained else texts("movements.all")
        pace = texts("movements.usual" if self._slower else "movements.slower")
        worded = canvas.button_width(main) + 12 + canvas.button_width(pace) <= width
        pace_w = canvas.button_width(pace) if worded else 72.0
        main_w = min(width - pace_w - 12, max(320.0, canvas.button_width(main)))
        height = canvas.button_height(main, main_w)
        y = canvas.height - 20 - height
        go: Action = Go("camera_check", f"exercise:{self._chosen}") if self._trained else _ALL
        place = Box(margin, y, main_w, height)
        canvas.button(place, go, main, kind="primary", key="enter", hint=hint)
        room = width - main_w - 12
        if worded:
            icon: Icon | None = "play" if canvas.button_width(pace, icon="play") <= room else None
            place = Box(
                place.right + 12, y, min(room, canvas.button_width(pace, "D", icon)), height
            )
            canvas.button(place, _SLOWER, pace, key="d", hint="D", icon=icon)
        else:
            place = Box(place.right + 12, y, pace_w, height)
            _small_button(canvas, place, "play", _SLOWER, "d", self._slower)
        return y

    def _everything(self, canvas: Canvas) -> list[Block]:
        exercise, said = self._exercises[self._chosen], self._words.exercise[self._chosen]
        texts, theme, styles = canvas.texts, canvas.theme, canvas.styles
        told = [
            ("leave_out", said.discourage or ""),
            ("comes_along", self._along(texts)),
            ("how_often", dose_in_words(exercise, texts)),
            ("when", self._when(texts)),
            ("measured", self._measured(texts)),
        ]
        blocks = [words(canvas, said.instruction, styles.large, theme.ink)]
        for heading, text in told:
            if text:
                blocks += _headed(canvas, texts(f"movements.{heading}"), text)
        return blocks

    def _along(self, texts: Texts) -> str:
        """What may move along unasked; what must stay calm above all comes first."""
        exercise = self._exercises[self._chosen]
        regions = sorted(
            (one.region for one in exercise.quiet), key=lambda one: one != exercise.inhibits
        )
        if not regions:
            return ""
        named = ", ".join(self._words.region[one] for one in dict.fromkeys(regions))
        return texts("movements.along", regions=named)

    def _when(self, texts: Texts) -> str:
        exercise = self._exercises[self._chosen]
        if not exercise.stages:
            return texts("movements.assessment_only")
        own = texts("movements.in_programme") if self._chosen in self._own else ""
        named = ", ".join(
            texts("movements.quoted", name=self._words.programme[stage])
            for stage in exercise.stages
        )
        return " ".join(filter(None, (own, texts("movements.stages", stages=named))))

    def _measured(self, texts: Texts) -> str:
        exercise = self._exercises[self._chosen]
        said = texts(f"movements.scoring_{exercise.scoring}")
        asked = " ".join(self._words.question[one].short for one in exercise.asks)
        return f"{said} {texts('movements.asked', questions=asked)}" if asked else said


def dose_in_words(exercise: Exercise, texts: Texts) -> str:
    """How often, how slowly and with how little effort."""
    dose = exercise.dose

    def number(value: float) -> str:
        return texts.decimal(f"{value:g}")

    if exercise.kind == "rest":
        return texts("movements.dose_rest", seconds=number(exercise.length_s))
    if exercise.kind == "guided":
        once = number(sum(exercise.guide_s))
        return texts.count("movements.dose_guided", dose.repetitions, seconds=once)
    return texts.count(
        "movements.dose",
        dose.repetitions,
        rise=number(dose.rise_s),
        hold=number(dose.hold_s),
        let_go=number(dose.let_go_s),
        rest=number(dose.rest_s),
        effort=dose.effort_cap,
    )


def _grouped(
    catalogue: Mapping[str, Exercise],
    words: Words,
    programme: Programme,
    stage: ProgrammeStage | None,
) -> list[_Group]:
    """The person's own movements, those of their stage, all others, and those of assessments."""
    own = tuple(dict.fromkeys(step.exercise for step in programme.steps))
    others = [name for name in words.exercise if name in catalogue and name not in own]

    def those(fits: Callable[[Exercise], bool]) -> tuple[str, ...]:
        return tuple(name for name in others if fits(catalogue[name]))

    groups = [
        _Group("group_own", own),
        _Group("group_stage", those(lambda one: stage in one.stages)),
        _Group("group_others", those(lambda one: bool(one.stages) and stage not in one.stages)),
        _Group("group_assessment", those(lambda one: not one.stages)),
    ]
    return [group for group in groups if group.ids]


class _Faces:
    """Draws movements, moving or still."""

    def __init__(self, canvas: Canvas, exercises: Mapping[str, Exercise], passed_s: float) -> None:
        self._canvas, self._exercises, self._passed_s = canvas, exercises, passed_s
        self._face = canvas.made("movements face", lambda: LineFace(canvas.theme))

    def draw(self, box: Box, name: str, moving: bool) -> None:
        """Draw one in the middle of a box; a still one shows the movement done."""
        exercise = self._exercises[name]
        size = max(1, round(min(box.w, box.h) * self._canvas.fit.scale))
        if moving:
            less = self._canvas.look.less_motion
            pose = demonstration(exercise, self._passed_s, less_motion=less)
            surface = self._face.surface(size, pose.movement, pose.share)
        else:
            still = next(iter(movements(exercise).values()), ())
            surface = self._face.surface(size, still, 1.0)
        self._canvas.picture(surface, box)


def _headed(canvas: Canvas, heading: str, text: str) -> list[Block]:
    """A few words under a small heading; apart where both may be too high together."""
    styles, theme = canvas.styles, canvas.theme
    apart = [
        words(canvas, heading, styles.body_bold, theme.ink),
        words(canvas, text, styles.body, theme.ink2),
    ]
    if canvas.compact and canvas.large_text:
        return apart

    def draw(box: Box) -> None:
        y = box.y
        for block in apart:
            height = block.height(box.w)
            block.draw(Box(box.x, y, box.w, height))
            y += height + 2

    return [Block(lambda width: height_of(apart, width, 2), draw)]


def _signed(canvas: Canvas, icon: Icon, text: str) -> Block:
    """A line after its sign, in the colour of what comes along unasked."""
    style, theme = canvas.styles.body_bold, canvas.theme

    def draw(box: Box) -> None:
        canvas.icon(icon, (box.x + 14, box.y + style.step / 2), 30, theme.quiet)
        canvas.paragraph(text, box.x + 40, box.y, style, theme.ink2, box.w - 40)

    return Block(lambda width: canvas.text_height(text, style, width - 40), draw)


def _small_button(
    canvas: Canvas, box: Box, icon: Icon, action: Action, key: str, chosen: bool
) -> None:
    """Draw a button with a sign alone."""
    theme = canvas.theme
    canvas.panel(box, 18, theme.soft if canvas.is_over(box) else theme.surface, theme.edge)
    if chosen:
        canvas.ring(box, 18, 3, theme.primary)
    canvas.icon(icon, box.middle, 26, theme.primary)
    canvas.touch(box, action, key)
