"""The corner that names the exercise: its set, and a bead for each repetition."""

from __future__ import annotations

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.shapes import Box, Painting, Point, disc
from mirrorcoach.live.theme import Colour, Style

BEAD_STEP = 30.0


def draw_name(canvas: Canvas, geometry: Geometry, name: str, line: str = "") -> float:
    """Draw the name and a line under it; returns where the next thing begins."""
    theme, styles = canvas.theme, canvas.styles
    style: Style = getattr(styles, geometry.name_role)
    x, y = geometry.name
    y = canvas.paragraph(name, x, y, style, theme.ink, geometry.name_room)
    if line:
        small = styles.body if canvas.text_height(line, styles.body, 1e4) else styles.label
        y = canvas.paragraph(line, x, y + 4, small, theme.ink2, geometry.name_room)
    return y


def draw_beads(
    canvas: Canvas, geometry: Geometry, y: float, repetition: int, repetitions: int
) -> float:
    """Draw a bead for each repetition; returns where the next thing begins.

    Parameters
    ----------
    y : float
        Top of the first row.
    repetition, repetitions : int
        How many are over, and how many there will be.
    """
    theme = canvas.theme
    in_a_row = geometry.beads_in_a_row
    for number in range(repetitions):
        row, column = divmod(number, in_a_row)
        middle = (geometry.name[0] + 9 + BEAD_STEP * column, y + 9 + BEAD_STEP * row)
        if number < repetition:
            canvas.disc(middle, 8, theme.primary)
        elif number == repetition:
            _draw_open(canvas, middle, 8.5, 5.9, theme.primary, theme.surface)
        else:
            _draw_open(canvas, middle, 8.0, 6.0, theme.edge, theme.bg)
    return y + 18 + BEAD_STEP * ((repetitions - 1) // in_a_row)


def _draw_open(
    canvas: Canvas, middle: Point, radius: float, inside: float, edge: Colour, ground: Colour
) -> None:
    def paint(on: Painting) -> None:
        on.lay(disc(on.x, on.y, middle, radius), edge)
        on.lay(disc(on.x, on.y, middle, inside), ground)

    box = Box(middle[0] - 10, middle[1] - 10, 20, 20)
    canvas.sprite(("bead", radius), box, paint)
