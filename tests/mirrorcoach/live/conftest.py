"""Windows without a screen, and what every text on a frame covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import layouts
import pygame
import pytest
from layouts import Draw, Drawn, Layout, Printed

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.page import Page
from mirrorcoach.live.shapes import Box


@pytest.fixture(autouse=True)
def invisible(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.font.init()
    yield
    pygame.quit()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draws a page; what lies under a veil is left out."""
    lines: list[Printed] = []
    grounds: list[Box] = []
    line: list[tuple[str, float, float]] = []
    text, blit, veil, begin = Canvas.text, Canvas.blit, Canvas.veil, Canvas.begin
    card, panel = Canvas.card, Canvas.panel

    def spy_text(
        self: Canvas,
        words: str,
        x: float,
        y: float,
        style: Any,
        colour: Any,
        room: float,
        anchor: Any = "left",
    ) -> None:
        line.append((words, self.type.width(words, style), room))
        text(self, words, x, y, style, colour, room, anchor)
        line.pop()

    def spy_blit(self: Canvas, surface: pygame.Surface, place: tuple[int, int]) -> None:
        if line and self.opacity > 0:
            letters = surface.get_bounding_rect(min_alpha=40).move(place)
            words, width, room = line[-1]
            lines.append(Printed(words, letters, width, room))
        blit(self, surface, place)

    def spy_card(self: Canvas, box: Box, *rest: Any) -> None:
        grounds.append(box)
        card(self, box, *rest)

    def spy_panel(self: Canvas, box: Box, *rest: Any) -> None:
        grounds.append(box)
        panel(self, box, *rest)

    def clear() -> None:
        lines.clear()
        grounds.clear()

    def spy_veil(self: Canvas, opacity: float) -> None:
        clear()
        veil(self, opacity)

    def spy_begin(self: Canvas, target: pygame.Surface) -> None:
        clear()
        begin(self, target)

    for name, spy in (
        ("text", spy_text),
        ("blit", spy_blit),
        ("card", spy_card),
        ("panel", spy_panel),
        ("veil", spy_veil),
        ("begin", spy_begin),
    ):
        monkeypatch.setattr(Canvas, name, spy)

    def see(
        page: Page,
        layout: Layout,
        at_s: Sequence[float] = (0.0, 5.0),
        canvas: Canvas | None = None,
    ) -> Drawn:
        canvas = layouts.draw(page, layout, at_s, canvas)
        return Drawn(canvas, list(lines), list(grounds))

    return see
