"""The page on which a person finds a comfortable place before the camera."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.problems import Problem
from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.live.actions import Action, Change, Go
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import Block, Column
from mirrorcoach.live.comfortable_place import ROWS, Place, Row, place_of
from mirrorcoach.live.framed_picture import FramedPicture
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.shapes import Box, Painting, Point, disc
from mirrorcoach.live.theme import CASING, WHITE
from mirrorcoach.live.waiting_glass import draw_waiting

UNDONE_S = 0.6
"""What was right stays so until it has been otherwise for so long; it is right at once."""

HINT_S = 1.5
"""A sentence stays at least so long."""

SHOWN = 0.85
"""Share of the camera's picture that the mirror shows: its middle."""

_ICONS: dict[Row, Icon] = {"middle": "mirror", "near": "distance", "light": "light"}
_CARD_PAD, _BEFORE_ROW, _AFTER_ROW = 12.0, 108.0, 84.0
_OVAL = 158 / 560, 203 / 592
"""Half width and half height of the dotted oval, as shares of the mirror."""


@dataclass(frozen=True, eq=False)
class CheckView:
    """What the camera sees now.

    Attributes
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8, or None
        Blue, green, red; not mirrored. None while there is none.
    points_px : numpy.ndarray, shape (478, 3), or None
        The face mesh in it.
    problem : Problem or None
        What keeps it from being measured.
    faces : int
        How many faces are seen.
    waiting : WaitingKind or None
        What is being waited for, while no pictures come.
    cameras : sequence of int or str
        Cameras to choose from.
    camera : int or str
        The one that is used.
    """

    image: NDArray[np.uint8] | None = None
    points_px: NDArray[np.float64] | None = None
    problem: Problem | None = None
    faces: int = 0
    waiting: WaitingKind | None = None
    cameras: Sequence[int | str] = ()
    camera: int | str = 0


@dataclass(frozen=True)
class _Hung:
    """Where the mirror hangs, and where the words and the buttons stand."""

    mirror: Box
    radius: float
    words: Box
    buttons: Box


class CameraCheckPage:
    """Shows what the camera sees and says what would help; `show` gives it the next picture.

    It gives back ``Go("practice", what)``, whatever the picture is like, and
    ``Change("camera", ...)`` for the next camera.

    Parameters
    ----------
    what : str
        What is to be practised afterwards.
    """

    def __init__(self, what: str = "") -> None:
        self._what = what
        self._now = CheckView()
        self._place = Place(frozenset())
        self._mirror, self._column = Mirror(), Column()
        self._right_s: dict[Row, float] = {}
        self._hinted: tuple[Row, str] | None = None
        self._hinted_s = -math.inf

    def show(self, view: CheckView) -> None:
        """Take what the camera sees now."""
        self._now = view
        self._place = place_of(view.image, view.points_px, view.problem, view.faces)

    def heed(self, action: Action) -> Action | None:
        """Scroll; everything else concerns the application."""
        return None if self._column.heed(action) else action

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw what is seen, and what would help."""
        self._follow(now_s)
        waits = self._now.image is None or self._now.waiting is not None
        hung = _hung(canvas, waits)
        if waits:
            mirror = hung.mirror
            waiting = self._now.waiting or "opening"
            draw_waiting(canvas, mirror, hung.radius, waiting, mirror.bottom)
        else:
            self._draw_mirror(canvas, hung, now_s)
        rows = [_row(canvas, row, row in self._right(now_s), self._said(row)) for row in ROWS]
        blocks = [_title(canvas), *(rows if canvas.large_text else [_card(canvas, rows)])]
        if not canvas.large_text:
            blocks.append(_remark(canvas))
        self._column.draw(canvas, hung.words, blocks, gap=14 if canvas.stacked else 22)
        self._draw_buttons(canvas, hung.buttons)

    # -- what is right ------------------------------------------------------------------------

    def _follow(self, now_s: float) -> None:
        for row in self._place.right:
            self._right_s[row] = now_s
        right, place = self._right(now_s), self._place
        if place.hint is None or place.row is None or place.row in right:
            return
        hint = place.row, place.hint
        read = now_s - self._hinted_s >= HINT_S
        if hint != self._hinted and (read or self._hinted is None or self._hinted[0] in right):
            self._hinted, self._hinted_s = hint, now_s

    def _right(self, now_s: float) -> frozenset[Row]:
        """What is right, or was a moment ago."""
        if self._now.image is None or self._now.waiting is not None:
            return frozenset()
        return frozenset(
            row for row in ROWS if now_s - self._right_s.get(row, -math.inf) <= UNDONE_S
        )

    def _said(self, row: Row) -> str:
        """Name of the sentence that belongs to a row now; empty for none."""
        return self._hinted[1] if self._hinted is not None and self._hinted[0] == row else ""

    # -- drawing ------------------------------------------------------------------------------

    def _draw_mirror(self, canvas: Canvas, hung: _Hung, now_s: float) -> None:
        image = self._now.image
        assert image is not None
        height, width = image.shape[:2]
        top, left = (round(side * (1 - SHOWN) / 2) for side in (height, width))
        middle = image[top : height - top, left : width - left]
        glass = canvas.made(
            ("glass", hung.mirror), lambda: FramedPicture(canvas, hung.mirror, hung.radius)
        )
        glass.draw(canvas, self._mirror.show(middle, None, glass.size, now_s, False))
        _draw_oval(canvas, hung.mirror)

    def _draw_buttons(self, canvas: Canvas, box: Box) -> None:
        texts, view = canvas.texts, self._now
        width = box.w
        if any(camera != view.camera for camera in view.cameras):
            label, hint = texts("check.camera"), texts("check.key_camera")
            next_w = max(196.0, canvas.button_width(label, hint, "camera"))
            canvas.button(
                Box(box.right - next_w, box.y, next_w, box.h),
                Change("camera", next_camera(view.cameras, view.camera)),
                label,
                key="c",
                hint=hint,
                icon="camera",
            )
            width -= next_w + 16
        canvas.button(
            Box(box.x, box.y, width, box.h),
            Go("practice", self._what),
            texts("check.fine" if view.image is not None else "check.anyway"),
            kind="primary",
            key="enter",
            hint=texts("common.key_enter"),
        )


def next_camera(cameras: Sequence[int | str], camera: int | str) -> int | str:
    """The camera after the present one; the first, if that one is not known."""
    if camera not in cameras:
        return cameras[0]
    return cameras[(list(cameras).index(camera) + 1) % len(cameras)]


def _hung(canvas: Canvas, waiting: bool) -> _Hung:
    """The layout of a canvas; where the mirror waits it has room for words."""
    height = max(60.0 if canvas.compact else 68.0, canvas.styles.button.step + 22)
    if not canvas.stacked:
        words = Box(728, 60, 512, 596 - height)
        return _Hung(Box(96, 64, 560, 592), 250, words, Box(728, 680 - height, 512, height))
    if not canvas.compact:
        words = Box(500, 40, 740, 620 - height)
        return _Hung(Box(40, 40, 420, 444), 188, words, Box(40, 680 - height, 1200, height))
    wide = 210.0 if canvas.large_text else 320.0
    mirror = Box(24, 24 if canvas.large_text else 96, wide, 1.06 * wide)
    if waiting and canvas.large_text:
        mirror = Box(24, 24, 270, 430)
    x = mirror.right + 20
    words = Box(x, 20, 784 - x, 548 - height)
    return _Hung(mirror, 0.45 * mirror.w, words, Box(24, 584 - height, 752, height))


def _draw_oval(canvas: Canvas, mirror: Box) -> None:
    """Draw where the face is to be: dots on a dark casing, which hold on any picture."""
    wide, high = _OVAL[0] * mirror.w, _OVAL[1] * mirror.h
    x, y = mirror.middle
    box = Box(x - wide, y - high, 2 * wide, 2 * high)

    def paint(on: Painting) -> None:
        turn = np.arctan2((on.y - y) / high, (on.x - x) / wide)
        from_middle = np.hypot((on.x - x) / wide, (on.y - y) / high)
        edge = np.hypot(wide * np.cos(turn), high * np.sin(turn))
        away = (from_middle - 1) * edge
        on.lay((np.abs(away) - 3.2).astype(np.float32), CASING, 0.5)
        step = 2 * math.pi / max(24, round((wide + high) * math.pi / 13))
        along = edge * np.abs(turn - step * np.rint(turn / step))
        on.lay((np.hypot(along, away) - 1.9).astype(np.float32), WHITE)

    canvas.sprite("check oval", box.grown(6), paint)


def _title(canvas: Canvas) -> Block:
    texts, styles = canvas.texts, canvas.styles
    title, text = texts("check.title"), texts("check.like_a_mirror")
    style = styles.sheet_title if canvas.compact else styles.display_explained
    if canvas.large_text:
        style, text = styles.large_bold, ""

    def height(width: float) -> float:
        room = width - 16
        after = 4 + canvas.text_height(text, styles.large, room) if text else 0.0
        return canvas.text_height(title, style, room) + after

    def draw(box: Box) -> None:
        room = box.w - 16
        y = canvas.paragraph(title, box.x + 16, box.y, style, canvas.theme.ink, room)
        canvas.paragraph(text, box.x + 16, y + 4, styles.large, canvas.theme.ink2, room)

    return Block(height, draw)


def _remark(canvas: Canvas) -> Block:
    text, style = canvas.texts("check.glasses"), canvas.styles.label

    def draw(box: Box) -> None:
        canvas.paragraph(text, box.x + 16, box.y, style, canvas.theme.ink2, box.w - 32)

    return Block(lambda width: canvas.text_height(text, style, width - 32), draw)


def _card(canvas: Canvas, rows: Sequence[Block]) -> Block:
    """All rows in one card, divided by thin lines."""

    def draw(box: Box) -> None:
        canvas.card(box, 28)
        y = box.y + _CARD_PAD
        for number, row in enumerate(rows):
            height = row.height(box.w)
            row.draw(Box(box.x, y, box.w, height))
            y += height
            if number + 1 < len(rows):
                line = Box(box.x + _BEFORE_ROW, y - 0.75, box.w - _BEFORE_ROW - 28, 1.5)
                canvas.bar(line, canvas.theme.line)

    return Block(lambda width: sum(row.height(width) for row in rows) + 2 * _CARD_PAD, draw)


def _row(canvas: Canvas, row: Row, right: bool, said: str) -> Block:
    """One thing that matters: its sign, its name, what would help, and a check once it is right."""
    texts, styles, theme = canvas.texts, canvas.styles, canvas.theme
    name = texts(f"check.{row}")
    hint = texts(f"check.hint_{said}") if said and not right else ""
    least = 76.0 if canvas.stacked else 98.0
    signed = not (canvas.compact and canvas.large_text)
    before = _BEFORE_ROW if signed else 16.0

    def words(width: float) -> float:
        room = width - before - _AFTER_ROW
        height = canvas.text_height(name, styles.large_bold, room)
        return height + canvas.text_height(hint, styles.body, room)

    def draw(box: Box) -> None:
        asked = bool(hint)
        ground, ink = (theme.amber_bg, theme.amber_ink) if asked else (theme.soft, theme.primary)
        if signed:
            middle = (box.x + 54, box.middle[1])
            canvas.disc(middle, min(30.0, box.h / 2 - 6), ground)
            canvas.icon(_ICONS[row], middle, canvas.icon_size(28), ink)
        x, room = box.x + before, box.w - before - _AFTER_ROW
        y = box.middle[1] - words(box.w) / 2
        y = canvas.paragraph(name, x, y, styles.large_bold, theme.ink, room)
        canvas.paragraph(hint, x, y, styles.body, theme.ink2, room)
        _draw_check(canvas, (box.right - 48, box.middle[1]), right)

    return Block(lambda width: max(least, words(width) + 24), draw)


def _draw_check(canvas: Canvas, middle: Point, right: bool) -> None:
    """Draw a check in a disc, or the dashed place for it."""
    theme = canvas.theme
    if right:
        canvas.disc(middle, 20, theme.primary)
        canvas.icon("check", middle, 24, theme.on_primary)
        return

    def paint(on: Painting) -> None:
        step = 2 * math.pi / 14
        turn = np.arctan2(on.y - middle[1], on.x - middle[0])
        along = 18.5 * np.abs(turn - step * np.rint(turn / step))
        away = np.abs(disc(on.x, on.y, middle, 18.5))
        on.lay((np.hypot(np.maximum(0, along - 2.2), away) - 1.3).astype(np.float32), theme.edge)

    canvas.sprite("unchecked", Box(middle[0] - 21, middle[1] - 21, 42, 42), paint)
