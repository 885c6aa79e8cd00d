"""The rest between two sets, or whenever it is asked for: breathe out, and see what comes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from exercises.schema import Exercise
from mirrorcoach.live.actions import Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, Column
from mirrorcoach.live.demonstration import STILL_S
from mirrorcoach.live.demonstration_tile import draw_face, has_movement
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.motion import sine
from mirrorcoach.live.shapes import Band, Box, Fill, Painting, Point, Ripple, Tube, disc
from mirrorcoach.live.theme import mix

ADVICE: tuple[Icon, ...] = ("warm_hands", "person", "drop")
"""Signs of what does a face good in a rest; one of them at a time."""

BREATH_S = 10.0
"""In and out once, unhurried."""

_DISC, _RINGS = 150.0, (190.0, 236.0, 282.0)
_ARC_W = 10.0
_MIDDLE: Point = (470.0, 360.0)


@dataclass(frozen=True)
class Coming:
    """What comes after the rest: an exercise, its name, and what it leaves out."""

    exercise: Exercise
    name: str
    discourage: str = ""


class BreathRest:
    """Draws a rest; each has the next advice.

    Attributes
    ----------
    column : Column
        How far its cards have been scrolled where they stand below each other.
    """

    def __init__(self) -> None:
        self.column = Column()
        self._advice = -1
        self._resting = False

    def over(self) -> None:
        """Say that no rest is shown now."""
        self._resting = False
        self.column.first = 0

    def draw(
        self,
        canvas: Canvas,
        now_s: float,
        coming: Coming | None,
        progress: float | None,
    ) -> None:
        """Draw the whole page.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        now_s : float
            Time on the window's clock.
        coming : Coming or None
            What comes next.
        progress : float or None
            How much of the rest is over, 0 to 1; None if it lasts as long as the person likes.
        """
        if not self._resting:
            self._resting, self._advice = True, self._advice + 1
        styles, theme = canvas.styles, canvas.theme
        if canvas.stacked:
            self._draw_stacked(canvas, now_s, coming, progress)
            return
        canvas.text(canvas.texts("practice.rest"), 44, 40, styles.title, theme.ink, 290)
        _draw_breath(canvas, _MIDDLE, 1.0, now_s, progress)
        _draw_words(canvas, _MIDDLE, 2 * _DISC - 40)
        box = Box(836, 0, 400, 0)
        cards = self._cards(canvas, coming)
        heights = [card.height(box.w) for card in cards]
        button_h = max(68.0, canvas.button_height(canvas.texts("practice.ready"), box.w))
        small = canvas.text_height(canvas.texts("practice.by_itself"), styles.label, box.w)
        whole = sum(heights) + 24 * len(heights) + 16 + button_h + 18 + small
        y = 360 - whole / 2
        for card, height in zip(cards, heights, strict=True):
            card.draw(Box(box.x, y, box.w, height))
            y += height + 24
        _draw_go_on(canvas, Box(box.x, y + 16, box.w, button_h))
        y += 16 + button_h + 18
        if progress is not None:
            text = canvas.texts("practice.by_itself")
            canvas.paragraph(text, box.middle[0], y, styles.label, theme.ink2, box.w, "centre")

    def _draw_stacked(
        self,
        canvas: Canvas,
        now_s: float,
        coming: Coming | None,
        progress: float | None,
    ) -> None:
        margin = 24.0 if canvas.compact else 40.0
        width = canvas.width - 2 * margin
        height = canvas.button_height(canvas.texts("practice.ready"), width)
        button = Box(margin, canvas.height - margin - height, width, height)

        def draw_breath(box: Box) -> None:
            if canvas.large_text:
                _draw_words(canvas, box.middle, box.w)
                return
            middle = (box.x + box.h / 2 + 40, box.middle[1])
            _draw_breath(canvas, middle, box.h / (2 * _RINGS[-1] + 8), now_s, progress)
            _draw_words(canvas, (box.middle[0] + box.h / 2, middle[1]), box.w - box.h - 40)

        breath_h = _words_height(canvas) if canvas.large_text else 160.0
        blocks = [Block(lambda w: breath_h, draw_breath), *reversed(self._cards(canvas, coming))]
        self.column.draw(canvas, Box(margin, margin, width, button.y - margin - 16), blocks)
        _draw_go_on(canvas, button)

    def _cards(self, canvas: Canvas, coming: Coming | None) -> list[Block]:
        number = self._advice % len(ADVICE)
        cards = [_advice_card(canvas, number)]
        if coming is not None:
            cards.append(_coming_card(canvas, coming))
        return cards


def _draw_go_on(canvas: Canvas, box: Box) -> None:
    texts = canvas.texts
    canvas.button(
        box,
        Press("go_on"),
        texts("practice.ready"),
        kind="primary",
        key="enter",
        hint=texts("common.key_enter"),
    )


def _draw_breath(
    canvas: Canvas, middle: Point, scale: float, now_s: float, progress: float | None
) -> None:
    """Draw discs that breathe, and how much of the rest is over."""
    theme = canvas.theme
    turn = 0.5 if canvas.look.less_motion else (now_s % BREATH_S) / BREATH_S
    breath = 1.0 if canvas.look.less_motion else sine(2 * min(turn, 1 - turn))
    radius = _DISC * scale
    reach = _RINGS[-1] * scale
    box = Box(middle[0] - reach - 4, middle[1] - reach - 4, 2 * reach + 8, 2 * reach + 8)
    ripple = canvas.made(
        ("breath", middle, scale),
        lambda: Ripple(canvas.fit, box, lambda x, y: disc(x, y, middle, 0), radius - 2, reach + 3),
    )
    bands: list[Band] = []
    for ring, share in zip(reversed(_RINGS), (0.09, 0.22, 0.38), strict=True):
        outer = radius + (ring * scale - radius) * (0.55 + 0.45 * breath)
        if theme.outlined:
            bands += [(0.0, outer, theme.line), (0.0, outer - 1.5, theme.bg)]
        else:
            bands.append((0.0, outer, mix(theme.bg, theme.breath, share)))
    ripple.draw(canvas.target, theme.bg, [*bands, (0.0, radius, theme.surface)])

    def paint(on: Painting) -> None:
        step = 2 * math.pi / round(0.42 * reach)
        turn = np.arctan2(on.y - middle[1], on.x - middle[0])
        along = reach * np.abs(turn - step * np.rint(turn / step))
        away = np.hypot(along, disc(on.x, on.y, middle, reach))
        on.lay((away - 1.7).astype(np.float32), theme.breath)

    canvas.sprite("breath edge", box, paint)
    if progress is not None:
        path_r = radius - _ARC_W * scale / 2
        path = [
            (middle[0] + path_r * math.sin(a), middle[1] - path_r * math.cos(a))
            for a in (2 * math.pi * step / 180 for step in range(181))
        ]
        border = (1.5, theme.line) if theme.outlined else None
        tube = canvas.made(
            ("rest time", middle, scale),
            lambda: Tube(canvas.fit, path, _ARC_W * scale, theme.sunk, border=border),
        )
        tube.draw(canvas.target, [Fill(progress, _ARC_W * scale, theme.primary)])


def _words_height(canvas: Canvas) -> float:
    return canvas.styles.display_explained.step + canvas.styles.large.step


def _draw_words(canvas: Canvas, middle: Point, room: float) -> None:
    texts, styles, theme = canvas.texts, canvas.styles, canvas.theme
    y = middle[1] - _words_height(canvas) / 2
    style = styles.display_explained
    canvas.text(texts("practice.breathe"), middle[0], y, style, theme.ink, room, "centre")
    y += style.step
    after = texts("practice.breathe_after")
    canvas.text(after, middle[0], y, styles.large, theme.ink2, room, "centre")


def _advice_card(canvas: Canvas, number: int) -> Block:
    texts, styles, theme = canvas.texts, canvas.styles, canvas.theme
    title, text = texts(f"practice.advice_{number + 1}"), texts(f"practice.advice_{number + 1}_how")
    before = 28 + 60 + 20

    def height(width: float) -> float:
        room = width - before - 24
        return max(
            112.0,
            canvas.text_height(title, styles.large_bold, room)
            + 4
            + canvas.text_height(text, styles.body, room)
            + 48,
        )

    def draw(box: Box) -> None:
        canvas.card(box, 28)
        middle = (box.x + 28 + 30, box.middle[1])
        canvas.disc(middle, 30, theme.amber_bg)
        canvas.icon(ADVICE[number], middle, 30, theme.amber_ink)
        room = box.w - before - 24
        y = box.middle[1] - (height(box.w) - 48) / 2
        y = canvas.paragraph(title, box.x + before, y, styles.large_bold, theme.ink, room) + 4
        canvas.paragraph(text, box.x + before, y, styles.body, theme.ink2, room)

    return Block(height, draw)


def _coming_card(canvas: Canvas, coming: Coming) -> Block:
    texts, styles, theme = canvas.texts, canvas.styles, canvas.theme
    pictured = not canvas.large_text and has_movement(coming.exercise)
    face = 140.0
    before = 16 + face + 16 if pictured else 28.0
    parts = [
        (texts("practice.coming"), styles.label, theme.ink2),
        (coming.name, styles.large_bold, theme.ink),
    ]
    if not (canvas.compact and canvas.large_text):
        parts.append((coming.discourage, styles.label, theme.ink2))
    parts = [part for part in parts if part[0]]

    def words(width: float) -> float:
        room = width - before - 20
        return sum(canvas.text_height(text, style, room) + 4 for text, style, _ in parts)

    def height(width: float) -> float:
        return max(face + 30 if pictured else 0.0, words(width) + 36)

    def draw(box: Box) -> None:
        canvas.card(box, 28)
        if pictured:
            place = Box(box.x + 16, box.middle[1] - face / 2, face, face)
            dose = coming.exercise.dose
            held_s = STILL_S + dose.rise_s + dose.hold_s / 2
            draw_face(canvas, place, coming.exercise, held_s)
        y = box.middle[1] - words(box.w) / 2
        for text, style, ink in parts:
            room = box.w - before - 20
            y = canvas.paragraph(text, box.x + before, y, style, ink, room) + 4

    return Block(height, draw)
