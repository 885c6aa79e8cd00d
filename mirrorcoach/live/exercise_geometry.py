"""Where everything on the exercise page stands, for each size of window and of text."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box, Floats, Point, rounded

NameRole = Literal["title", "card_title", "large_bold", "label_bold"]


@dataclass(frozen=True)
class Geometry:
    """Places and lengths in logical pixels.

    Attributes
    ----------
    mirror : Box
        The glass.
    radius : float
        Of its corners.
    arc_w, arc_grown : float
        Width of a side's arc, and how far outside the glass its middle line runs.
    arc_first_deg : float
        Where in the lower corner an arc begins; 0 is straight down.
    ring_rest, ring_reach : float
        How far outside the glass the ring stands at rest, and how much further at its widest.
    card : Box
        The cue card; it grows upwards where its words need it.
    bar_w : float
        Width of the phase bar.
    sides : (Point, Point)
        Right end of the name of the side on the left and left end of the one on the right, at
        half of their height.
    name : Point
        Where the exercise's name begins.
    name_room : float
        Width for it.
    name_role : str
        Its role of text.
    beads_in_a_row : int
        Repetitions beside each other.
    views : Box or None
        Where the list of views may stand; None where a button takes its place.
    view_button : Point or None
        Upper left corner of that button; None where it stands below the name.
    pause : Point
        Upper or lower right corner of the pause button.
    pause_room : float
        Its width at most.
    pause_below : bool
        Whether the corner is the lower one.
    demonstration : Box
        The tile of the demonstration.
    demonstration_first : bool
        Whether it is there without being asked for.
    """

    mirror: Box
    radius: float
    arc_w: float
    arc_grown: float
    arc_first_deg: float
    ring_rest: float
    ring_reach: float
    card: Box
    bar_w: float
    sides: tuple[Point, Point]
    name: Point
    name_room: float
    name_role: NameRole
    beads_in_a_row: int
    views: Box | None
    view_button: Point | None
    pause: Point
    pause_room: float
    pause_below: bool
    demonstration: Box
    demonstration_first: bool

    @property
    def ring_near(self) -> float:
        """How far outside the glass the ring's tint begins."""
        return self.arc_grown + self.arc_w / 2 + 4

    @property
    def middle_x(self) -> float:
        """The line that divides the page into its halves."""
        return self.mirror.middle[0]

    def from_mirror(self, x: Floats, y: Floats) -> Floats:
        """Distance of places from the glass."""
        return rounded(x, y, self.mirror, self.radius)

    def half_width_at(self, y: float) -> float:
        """Half the width of the glass at a height."""
        above, below = self.mirror.y + self.radius, self.mirror.bottom - self.radius
        away = min(self.radius, max(0.0, above - y, y - below))
        return self.mirror.w / 2 - self.radius + math.sqrt(self.radius**2 - away**2)

    def room_left_of_ring(self, x: float, y: float) -> float:
        """Width from a place to the ring at its widest.

        Parameters
        ----------
        x, y : float
            Left end, and the lowest point of what stands there.
        """
        reach = self.ring_rest + self.ring_reach + 6
        up = max(0.0, self.mirror.y + self.radius - y)
        out = math.sqrt(max(0.0, (self.radius + reach) ** 2 - up**2))
        return self.mirror.x + self.radius - out - x


REGULAR = Geometry(
    mirror=Box(378, 68, 524, 562),
    radius=244,
    arc_w=16,
    arc_grown=24,
    arc_first_deg=38,
    ring_rest=40,
    ring_reach=18,
    card=Box(270, 576, 740, 118),
    bar_w=440,
    sides=((336, 556), (944, 556)),
    name=(44, 40),
    name_room=290,
    name_role="title",
    beads_in_a_row=10,
    views=Box(28, 300, 222, 392),
    view_button=None,
    pause=(1244, 682),
    pause_room=224,
    pause_below=True,
    demonstration=Box(1024, 40, 212, 262),
    demonstration_first=True,
)

LARGE_TEXT = Geometry(
    mirror=Box(410, 56, 460, 482),
    radius=214,
    arc_w=14,
    arc_grown=21,
    arc_first_deg=62,
    ring_rest=36,
    ring_reach=10,
    card=Box(40, 534, 1200, 170),
    bar_w=748,
    sides=((349, 487), (931, 487)),
    name=(40, 20),
    name_room=330,
    name_role="large_bold",
    beads_in_a_row=5,
    views=None,
    view_button=None,
    pause=(1240, 18),
    pause_room=250,
    pause_below=False,
    demonstration=Box(984, 122, 256, 306),
    demonstration_first=False,
)

COMPACT = Geometry(
    mirror=Box(210, 66, 380, 424),
    radius=176,
    arc_w=14,
    arc_grown=21,
    arc_first_deg=44,
    ring_rest=36,
    ring_reach=10,
    card=Box(40, 468, 720, 112),
    bar_w=440,
    sides=((160, 440), (640, 440)),
    name=(24, 22),
    name_room=190,
    name_role="card_title",
    beads_in_a_row=5,
    views=None,
    view_button=None,
    pause=(768, 20),
    pause_room=184,
    pause_below=False,
    demonstration=Box(640, 98, 128, 150),
    demonstration_first=True,
)

COMPACT_LARGE_TEXT = Geometry(
    mirror=Box(268, 54, 264, 324),
    radius=122,
    arc_w=12,
    arc_grown=18,
    arc_first_deg=66,
    ring_rest=32,
    ring_reach=8,
    card=Box(20, 362, 760, 226),
    bar_w=560,
    sides=((206, 320), (594, 320)),
    name=(12, 12),
    name_room=212,
    name_role="label_bold",
    beads_in_a_row=5,
    views=None,
    view_button=(588, 100),
    pause=(784, 12),
    pause_room=196,
    pause_below=False,
    demonstration=Box(604, 190, 150, 150),
    demonstration_first=False,
)


def geometry_of(canvas: Canvas) -> Geometry:
    """The layout of a canvas."""
    if canvas.compact:
        return COMPACT_LARGE_TEXT if canvas.large_text else COMPACT
    return LARGE_TEXT if canvas.large_text else REGULAR
