"""Placeholder until the drawings arrive."""

from __future__ import annotations

from mirrorcoach.live.shapes import Painting, Point, disc
from mirrorcoach.live.theme import Colour

Icon = str


def lay(on: Painting, name: Icon, middle: Point, size: float, ink: Colour) -> None:
    """Lay a disc."""
    on.lay(disc(on.x, on.y, middle, size / 3), ink)
