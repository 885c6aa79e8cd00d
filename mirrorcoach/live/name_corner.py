"""The corner that names the exercise: its set, and a bead for each repetition."""

from __future__ import annotations

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.shapes import Box, Painting, Point, disc
from mirrorcoach.live.theme import Colour, Style

BEAD_STEP = 30.0
_BEFORE_BEADS = 14.0


def draw_corner(
    canvas: Canvas,
    geometry: Geometry,
    name: str,
    line: str = "",
    beads: tuple[int, int] | None = None,
) -> float:
    """Draw the name, a line under it, and beads, as far as there is room.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    geometry : Geometry
        Where the corner is.
    name : str
        Of the exercise.
    line : str
        Under it; nothing if empty.
    beads : (int, int) or None
        Repetitions that are over, and how many there will be.

    Returns
    -------
    float
        Where the next thing begins.
    """
    theme, styles = canvas.theme, canvas.styles
    name_style: Style = getattr(styles, geometry.name_role)
    x, y = geometry.name
    room = geometry.name_room
    rows = 0 if beads is None else 1 + (beads[1] - 1) // geometry.beads_in_a_row
    beads_h = _BEFORE_BEADS + 18 + BEAD_STEP * (rows - 1) if rows else 0.0
    left = geometry.sides[0][1] - styles.body_bold.step / 2 - y
    left -= canvas.text_height(name, name_style, room)
    y = canvas.paragraph(name, x, y, name_style, theme.ink, room)
    below = y + 4 + canvas.text_height(line, styles.body, room)
    line_room = min(room, geometry.room_beside(x, below))
    line_h = 4 + canvas.text_height(line, styles.body, line_room) if line else 0.0
    if line and line_h <= left:
        y = canvas.paragraph(line, x, y + 4, styles.body, theme.ink2, line_room)
        left -= line_h
    if beads is not None and beads_h <= left:
        _draw_beads(canvas, geometry, y + _BEFORE_BEADS, *beads)
        y += beads_h
    return y


def _draw_beads(
    canvas: Canvas, geometry: Geometry, y: float, repetition: int, repetitions: int
) -> None:
    """Draw a bead for each repetition, `y` being the top of the first row."""
    theme = canvas.theme
    for number in range(repetitions):
        row, column = divmod(number, geometry.beads_in_a_row)
        middle = (geometry.name[0] + 9 + BEAD_STEP * column, y + 9 + BEAD_STEP * row)
        if number < repetition:
            canvas.disc(middle, 8, theme.primary)
        elif number == repetition:
            _draw_open(canvas, middle, 8.5, 5.9, theme.primary, theme.surface)
        else:
            _draw_open(canvas, middle, 8.0, 6.0, theme.edge, theme.bg)


def _draw_open(
    canvas: Canvas, middle: Point, radius: float, inside: float, edge: Colour, ground: Colour
) -> None:
    def paint(on: Painting) -> None:
        on.lay(disc(on.x, on.y, middle, radius), edge)
        on.lay(disc(on.x, on.y, middle, inside), ground)

    box = Box(middle[0] - 10, middle[1] - 10, 20, 20)
    canvas.sprite(("bead", radius), box, paint)
