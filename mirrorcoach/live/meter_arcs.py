"""The mirror's frame as a meter: an arc for each side, with the place of the target."""

from __future__ import annotations

from exercises.events import Phase, Snapshot
from mirrorcoach.live.canvas import Anchor, Canvas
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.motion import LowPass
from mirrorcoach.live.shapes import Box, Fill, Painting, Point, Tube, around, mirrored, stroke

FULL = 1.5
"""The top of an arc is this many times the target."""

ZONE = (0.605, 0.715)
"""Where the target lies on an arc."""

AHEAD = 0.02
"""From this share of an arc on, one side being ahead of the other is drawn."""

LAST_DEG = 128.0
"""Where in the upper corner an arc ends; 180 is straight up."""

_TICK = 24.0

_SOFT_W = 5.0
"""How much narrower the core of what is ahead is."""


def fill_of(fill: tuple[float, float] | None) -> tuple[float, float]:
    """How high the left and the right arc stand, 0 to 1.

    Parameters
    ----------
    fill : (float, float) or None
        Movement of the left and right side as a share of the target.
    """
    if fill is None:
        return 0.0, 0.0
    left, right = (min(1.0, max(0.0, side / FULL)) for side in fill)
    return left, right


class MeterArcs:
    """Follows both sides, and remembers where they were held."""

    def __init__(self) -> None:
        self._levels = LowPass(0.12), LowPass(0.12)
        self._held: tuple[float, float] | None = None

    def follow(self, snapshot: Snapshot, now_s: float) -> tuple[float, float]:
        """Heights of the left and right side now, a little smoothed.

        Parameters
        ----------
        snapshot : Snapshot
            Of the present moment.
        now_s : float
            Time on the window's clock.
        """
        left, right = (
            level.follow(height, now_s)
            for level, height in zip(self._levels, fill_of(snapshot.fill), strict=True)
        )
        if snapshot.phase is Phase.RISE:
            self._held = None
        elif snapshot.phase is Phase.HOLD and snapshot.fill is not None:
            self._held = left, right
        return left, right

    @property
    def held(self) -> tuple[float, float] | None:
        """Where both sides were at the end of the last hold; None if they were not seen."""
        return self._held

    def draw(
        self,
        canvas: Canvas,
        geometry: Geometry,
        heights: tuple[float, float],
        swapped: bool = False,
    ) -> None:
        """Draw both arcs with the names of their sides.

        Parameters
        ----------
        heights : (float, float)
            Of the person's left and right side.
        swapped : bool
            Whether the picture shows the person's left on the right, as others see it.
        """
        theme, texts = canvas.theme, canvas.texts
        both = min(heights)
        sides = [
            (heights[0], theme.left, theme.left_soft, texts("common.left")),
            (heights[1], theme.right, theme.right_soft, texts("common.right")),
        ]
        anchors: tuple[Anchor, Anchor] = ("right", "left")
        style = canvas.styles.body_bold
        for tube, (height, full, soft, name), (x, y), anchor in zip(
            arcs(canvas, geometry),
            reversed(sides) if swapped else sides,
            geometry.sides,
            anchors,
            strict=True,
        ):
            fills = [Fill(height, geometry.arc_w, full)]
            if height > both + AHEAD:
                fills += [
                    Fill(height, geometry.arc_w - _SOFT_W, soft),
                    Fill(both, geometry.arc_w, full),
                ]
            tube.draw(canvas.target, fills)
            room = x if anchor == "right" else canvas.width - x
            canvas.text(name, x, y - style.step / 2, style, full, room, anchor)
        _draw_ticks(canvas, geometry)


def arcs(canvas: Canvas, geometry: Geometry) -> tuple[Tube, Tube]:
    """The arc on the left of the page and the one on the right."""
    theme = canvas.theme

    def make() -> tuple[Tube, Tube]:
        grown = geometry.arc_grown
        right = around(
            geometry.mirror.grown(grown), geometry.radius + grown, geometry.arc_first_deg, LAST_DEG
        )
        zone = (*ZONE, theme.line if theme.dark else theme.surface)
        border = (1.5, theme.line) if theme.dark else None
        one, other = (
            Tube(canvas.fit, path, geometry.arc_w, theme.sunk, zone, border)
            for path in (mirrored(right, geometry.middle_x), right)
        )
        return one, other

    return canvas.made(("arcs", geometry.mirror), make)


def _draw_ticks(canvas: Canvas, geometry: Geometry) -> None:
    for tube in arcs(canvas, geometry):
        ticks = [tube.across(share, _TICK / 2) for share in ZONE]
        xs, ys = zip(*(point for tick in ticks for point in tick), strict=True)
        box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

        def paint(on: Painting, ticks: list[tuple[Point, Point]] = ticks) -> None:
            for tick in ticks:
                on.lay(stroke(on.x, on.y, tick, 2.5), canvas.theme.ink)

        canvas.sprite("ticks", box.grown(3), paint)
