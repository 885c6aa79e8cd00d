"""Windows without a screen, and what every text on a frame covered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pygame
import pytest
from live_moments import Printed

from mirrorcoach.live.canvas import Canvas


@pytest.fixture(autouse=True)
def invisible(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.font.init()
    yield
    pygame.quit()


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Printed]]:
    """What the last frame said, leaving out what lies under a veil."""
    lines: list[Printed] = []
    line: list[tuple[str, float, float]] = []
    text, blit, veil, begin = Canvas.text, Canvas.blit, Canvas.veil, Canvas.begin

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

    def spy_veil(self: Canvas, opacity: float) -> None:
        lines.clear()
        veil(self, opacity)

    def spy_begin(self: Canvas, target: pygame.Surface) -> None:
        lines.clear()
        begin(self, target)

    monkeypatch.setattr(Canvas, "text", spy_text)
    monkeypatch.setattr(Canvas, "blit", spy_blit)
    monkeypatch.setattr(Canvas, "veil", spy_veil)
    monkeypatch.setattr(Canvas, "begin", spy_begin)
    return lambda: list(lines)
