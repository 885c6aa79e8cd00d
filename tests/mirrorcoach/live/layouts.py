"""Every way a page may be laid out, and what must hold of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import pygame

from exercises import library
from mirrorcoach.live import texts
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.page import Page
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import THEMES, Look
from mirrorcoach.profile import Colours

LEAST_TOUCH = 42.0
"""Nothing smaller can be pressed with a thumb, in logical pixels."""


@dataclass(frozen=True)
class Layout:
    """A window's size, look and language."""

    size: tuple[int, int]
    colours: Colours
    percent: int
    language: str

    def __str__(self) -> str:
        return f"{self.size[0]}x{self.size[1]}-{self.colours}-{self.percent}-{self.language}"

    def canvas(self, less_motion: bool = True) -> Canvas:
        look = Look(THEMES[self.colours], self.percent, less_motion)
        return Canvas(*self.size, look, texts.load(self.language))


SIZES = ((1280, 720), (800, 600))

BETWEEN = (125, 150)
"""Text sizes between the smallest and the largest: tried in the language with the longest words."""

LAYOUTS = [
    Layout(size, "light", percent, language)
    for size, percent, language in product(SIZES, (100, *BETWEEN, 200), library.languages())
    if language == "fr" or percent not in BETWEEN
] + [
    Layout((2560, 1440), "dark", 100, "fr"),
    Layout((1280, 720), "high_contrast", 200, "fr"),
    Layout((1000, 1000), "dark", 150, "fr"),
    Layout((2560, 1080), "light", 200, "en"),
]
"""Every size with every language and text size; themes change no layout, so a few of them do."""


@dataclass(frozen=True)
class Printed:
    """A line of text, the pixels its letters cover, and the room it had."""

    text: str
    letters: pygame.Rect
    width: float
    room: float


@dataclass(frozen=True)
class Drawn:
    """What a frame showed: its lines, and the cards and buttons they stand on."""

    canvas: Canvas
    lines: Sequence[Printed]
    grounds: Sequence[Box]

    @property
    def said(self) -> str:
        return " ".join(line.text for line in self.lines)

    def check(self) -> None:
        """Nothing is cut off, printed over, out of its card, or too small to press."""
        canvas = self.canvas
        window = pygame.Rect((0, 0), canvas.fit.size)
        assert self.lines, "the page says nothing"
        for line in self.lines:
            assert line.width <= line.room + 0.5, f"too wide for its room: {line}"
            assert window.contains(line.letters), f"out of the window: {line}"
        for one, other in combinations(self.lines, 2):
            assert not one.letters.colliderect(other.letters), f"printed over: {one} {other}"
        grounds = [canvas.fit.pixels(box) for box in self.grounds]
        touched = [canvas.fit.pixels(one.box) for one in canvas.touches if not one.drags]
        for line in self.lines:
            for ground in (*grounds, *touched):
                if ground.collidepoint(line.letters.center):
                    assert ground.contains(line.letters), f"out of its card {ground}: {line}"
        for touch in canvas.touches:
            assert window.contains(canvas.fit.pixels(touch.box)), f"out of the window: {touch}"
            assert min(touch.box.w, touch.box.h) >= LEAST_TOUCH, f"too small: {touch}"
        for touch, other in combinations(canvas.touches, 2):
            apart = touch.box.grown(-0.5), other.box.grown(-0.5)
            assert not _overlap(*apart), f"on top of each other: {touch} {other}"


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


Draw = Callable[..., Drawn]
"""Draws a page in a layout, at some times one after the other; tells of the last frame."""


def draw(
    page: Page,
    layout: Layout,
    at_s: Sequence[float] = (0.0, 5.0),
    canvas: Canvas | None = None,
) -> Canvas:
    """Draw on a canvas that was drawn on before, or on a new one."""
    canvas = canvas or layout.canvas()
    target = pygame.Surface(layout.size)
    for now_s in at_s:
        canvas.begin(target)
        page.draw(canvas, now_s)
    return canvas
