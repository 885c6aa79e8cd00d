"""The practice itself: the mirror, what frames it, the cue card and the pause sheet."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from exercises.session import MOVING, Phase, Snapshot
from exercises.watch import QuietMark
from mirrorcoach.live import labels
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.keys import Key
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.motion import Fade, LowPass, minimum_jerk
from mirrorcoach.live.overlay import outline, quiet_mark
from mirrorcoach.live.shapes import (
    Box,
    Fill,
    Fit,
    Floats,
    Painting,
    Point,
    Ripple,
    Tube,
    around,
    coverage,
    disc,
    mirrored,
    rounded,
    shared_surface,
    stroke,
)
from mirrorcoach.live.theme import (
    BODY,
    BODY_BOLD,
    CUE,
    CUE_TWO_LINES,
    LABEL,
    LABEL_BOLD,
    LARGE,
    PAUSE_TITLE,
    TITLE,
    Colour,
    mix,
)
from mirrorcoach.live.views import SessionView

MIRROR, RADIUS = Box(378, 68, 524, 562), 244.0
CARD = Box(270, 576, 740, 118)
SHEET = Box(290, 124, 700, 464)
PAUSE_BUTTON = Box(1024, 622, 212, 60)
YES_BUTTON, NO_BUTTON = Box(470, 634, 160, 50), Box(650, 634, 160, 50)

FULL = 1.5
"""The top of an arc is this many times the target."""

ZONE = (0.605, 0.715)
"""Where the target lies on an arc."""

AHEAD = 0.02
"""From this share of an arc on, one side being ahead of the other is drawn."""

_ARC_GROWN, _ARC_W = 24.0, 16.0
_REST_GROWN, _REST_W = 38.0, 10.0
_RING_NEAR, _RING_REST, _RING_REACH = 36.0, 40.0, 18.0
_RING_W = (3.0, 6.0)

_BEFORE_CUE = 40.0 + 14.0

STILL = (
    *(Phase.GETTING_READY, Phase.REST, Phase.BETWEEN, Phase.GUIDED),
    *(Phase.ASKING, Phase.PAUSED),
)
"""Phases in which the mirror may follow the head."""


def fill_of(snapshot: Snapshot) -> tuple[float, float]:
    """How high the left and the right arc stand, 0 to 1."""
    if snapshot.fill is None:
        return 0.0, 0.0
    left, right = (min(1.0, max(0.0, side / FULL)) for side in snapshot.fill)
    return left, right


def width_of_ring(snapshot: Snapshot) -> float:
    """How wide the breathing ring is, 0 to 1: the pace, never the quality."""
    if snapshot.phase is Phase.RISE:
        return minimum_jerk(snapshot.progress)
    if snapshot.phase is Phase.HOLD:
        return 1.0
    if snapshot.phase is Phase.LET_GO:
        return 1.0 - minimum_jerk(snapshot.progress)
    if snapshot.phase is Phase.BETWEEN:
        return 0.25 * math.sin(math.pi * snapshot.progress) ** 2
    return 0.0


class MirrorScene:
    """Draws every moment of a session.

    Parameters
    ----------
    canvas : Canvas
        Of the window's present size.
    mirror : Mirror
        What follows the head; it outlives a change of the window's size.
    """

    def __init__(self, canvas: Canvas, mirror: Mirror) -> None:
        self._canvas = canvas
        self._mirror = mirror
        fit, theme = canvas.fit, canvas.theme

        self._glass_place = fit.pixels(MIRROR)
        glass = rounded(*fit.grid(self._glass_place), MIRROR, RADIUS)
        self._glass: NDArray[np.uint8] = np.zeros((*glass.shape, 4), dtype=np.uint8)
        self._glass[..., 3] = np.rint(coverage(glass, fit.scale) * 255)
        self._glass_surface = shared_surface(self._glass)

        def from_mirror(x: Floats, y: Floats) -> Floats:
            return rounded(x, y, MIRROR, RADIUS)

        far = _RING_REST + _RING_REACH + _RING_W[1] / 2 + 1
        self._ring = Ripple(fit, MIRROR.grown(far), from_mirror, _RING_NEAR - 2, far)

        right = around(MIRROR.grown(_ARC_GROWN), RADIUS + _ARC_GROWN, 38, 128)
        zone = (*ZONE, theme.surface)
        self._arcs = [
            Tube(fit, path, _ARC_W, theme.sunk, zone) for path in (mirrored(right), right)
        ]
        up = around(MIRROR.grown(_REST_GROWN), RADIUS + _REST_GROWN, 40, 180)
        up.append((640.0, up[-1][1]))
        self._rest_lines = [Tube(fit, path, _REST_W, theme.sunk) for path in (mirrored(up), up)]
        self._bars: dict[tuple[float, float], Tube] = {}

        self._levels = LowPass(0.12), LowPass(0.12)
        self._ring_width = LowPass(0.12)
        self._together = Fade(0.3, 0.3)
        self._mark_fade = Fade(0.4, 0.6, 1.2)
        self._mark: QuietMark | None = None
        self._mark_share = 0.0
        self._quiet_icon = _quiet_icon(fit, theme.quiet)
        self._sheet_fade = Fade(0.25, 0.001)
        self._cue, self._cue_before, self._cue_s = "", "", -math.inf

    def draw(self, view: SessionView, now_s: float) -> None:
        """Draw one frame."""
        snapshot = view.snapshot
        exercise, asks = snapshot.exercise, snapshot.phase is Phase.ASKING
        moves = exercise is not None and exercise.kind == "movement" and not asks
        measured = moves and exercise is not None and exercise.wanted is not None
        if moves:
            self._draw_ring(snapshot, now_s)
        else:
            self._draw_rest_lines(snapshot)
        self._draw_mirror(view, now_s)
        if measured:
            self._draw_arcs(snapshot, now_s)
        self._draw_frame(ticks=measured)
        self._draw_card(snapshot, moves, now_s)
        self._draw_corner(view, moves)
        box = PAUSE_BUTTON
        self._canvas.button(
            box, Key.PAUSE_OR_GO_ON, "secondary", labels.PAUSE, labels.PAUSE_KEY, "pause"
        )
        shown = self._sheet_fade.follow(snapshot.phase is Phase.PAUSED, now_s)
        if snapshot.phase is Phase.PAUSED:
            self._draw_sheet(snapshot, shown)

    # -- round the mirror ---------------------------------------------------------------------

    def _draw_ring(self, snapshot: Snapshot, now_s: float) -> None:
        theme = self._canvas.theme
        width = self._ring_width.follow(width_of_ring(snapshot), now_s)
        together = self._together.follow(snapshot.together, now_s)
        line = _RING_REST + _RING_REACH * width
        half = (_RING_W[0] + (_RING_W[1] - _RING_W[0]) * together) / 2
        self._ring.draw(
            self._canvas.target,
            theme.bg,
            [
                (_RING_NEAR, line, mix(theme.ring_fill, theme.ring_fill_together, together)),
                (line - half, line + half, mix(theme.breath, theme.primary, together)),
            ],
        )

    def _draw_rest_lines(self, snapshot: Snapshot) -> None:
        share = snapshot.progress if snapshot.phase in (Phase.REST, Phase.GUIDED) else 0.0
        for line in self._rest_lines:
            line.draw(self._canvas.target, [Fill(share, _REST_W, self._canvas.theme.primary)])

    def _draw_arcs(self, snapshot: Snapshot, now_s: float) -> None:
        theme = self._canvas.theme
        levels = fill_of(snapshot)
        left, right = (
            level.follow(height, now_s) for level, height in zip(self._levels, levels, strict=True)
        )
        both = min(left, right)
        for tube, height, full, soft in (
            (self._arcs[0], left, theme.left, theme.left_soft),
            (self._arcs[1], right, theme.right, theme.right_soft),
        ):
            fills = [Fill(height, _ARC_W, full)]
            if height > both + AHEAD:
                fills += [Fill(height, 11, soft), Fill(both, _ARC_W, full)]
            tube.draw(self._canvas.target, fills)
        canvas = self._canvas
        y = 559 - BODY_BOLD.step / 2
        canvas.text(labels.LEFT, 314, y, BODY_BOLD, theme.left, 200, "right")
        canvas.text(labels.RIGHT, 966, y, BODY_BOLD, theme.right, 200)

    def _draw_frame(self, ticks: bool) -> None:
        """Draw the mirror's white frame and hairline, and the marks where the target lies."""
        theme = self._canvas.theme

        def paint(on: Painting) -> None:
            outside = rounded(on.x, on.y, MIRROR, RADIUS)
            on.lay(outside - np.float32(4.75), theme.line)
            on.lay(outside - np.float32(3.5), theme.frame)
            on.cut(outside + np.float32(3.5))
            for tube in self._arcs if ticks else ():
                for share in ZONE:
                    on.lay(stroke(on.x, on.y, tube.across(share, 12), 2.5), theme.ink)

        self._canvas.sprite(("frame", ticks), MIRROR.grown(40 if ticks else 6), paint)

    # -- the mirror ---------------------------------------------------------------------------

    def _draw_mirror(self, view: SessionView, now_s: float) -> None:
        snapshot = view.snapshot
        self._mark_share = self._mark_fade.follow(snapshot.quiet is not None, now_s)
        self._mark = snapshot.quiet or self._mark
        if view.image is None:
            self._glass[..., :3] = self._canvas.theme.sunk[::-1]
        else:
            size = (self._glass_place.w, self._glass_place.h)
            still = snapshot.phase in STILL
            shown = self._mirror.show(view.image, view.points_px, size, now_s, still)
            if view.points_px is not None:
                self._draw_lines(shown, self._mirror.points(view.points_px), snapshot)
            cv2.mixChannels([shown], [self._glass], [0, 0, 1, 1, 2, 2])
        self._canvas.target.blit(self._glass_surface, self._glass_place)

    def _draw_lines(
        self,
        shown: NDArray[np.uint8],
        points: NDArray[np.float64],
        snapshot: Snapshot,
    ) -> None:
        exercise, scale = snapshot.exercise, self._canvas.fit.scale
        if exercise is not None and exercise.wanted is not None and snapshot.phase in MOVING:
            outline(shown, points, exercise.wanted.region, scale)
        if self._mark is not None and self._mark_share > 0:
            quiet_mark(shown, points, self._mark, scale, self._mark_share)

    # -- words --------------------------------------------------------------------------------

    def _draw_card(self, snapshot: Snapshot, moves: bool, now_s: float) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        canvas.card(CARD, 32)
        if snapshot.cue.short != self._cue:
            self._cue_before, self._cue, self._cue_s = self._cue, snapshot.cue.short, now_s
        second = snapshot.phase in (Phase.REST, Phase.ASKING)
        y = 613.0 if moves or second else CARD.middle[1]
        share = min(1.0, max(0.0, (now_s - self._cue_s) / 0.25))
        paused = snapshot.phase is Phase.PAUSED
        for cue, opacity in ((self._cue_before, 1 - share), (self._cue, share)):
            if cue and opacity > 0 and not paused:
                canvas.opacity = opacity
                self._draw_cue(cue, y)
        canvas.opacity = 1.0
        if moves:
            self._draw_phases(snapshot)
        elif snapshot.phase is Phase.ASKING:
            canvas.button(YES_BUTTON, Key.YES, "secondary", labels.YES, labels.YES_KEY)
            canvas.button(NO_BUTTON, Key.NO, "secondary", labels.NO, labels.NO_KEY)
        elif second:
            canvas.text(labels.REST_HOW, 640, 642, BODY, theme.ink2, CARD.w - 80, "centre")

    def _draw_cue(self, cue: str, y: float) -> None:
        """Draw the cue in the middle; it makes room slowly for the sign of a quiet mark."""
        canvas = self._canvas
        room = CARD.w - 48 - (_BEFORE_CUE if self._mark_share > 0 else 0)
        style = CUE if canvas.type.width(cue, CUE) <= room else CUE_TWO_LINES
        lines = canvas.type.wrap(cue, style, room)
        x = 640 + _BEFORE_CUE * self._mark_share / 2
        top = y - len(lines) * style.step / 2
        canvas.paragraph(cue, x, top, style, canvas.theme.ink, room, "centre")
        if self._mark_share > 0:
            widest = max(canvas.type.width(line, style) for line in lines)
            canvas.opacity *= self._mark_share
            self._place_quiet_icon((x - widest / 2 - _BEFORE_CUE + 20, y))

    def _place_quiet_icon(self, middle: Point) -> None:
        surface, fit = self._quiet_icon, self._canvas.fit
        left = fit.x(middle[0]) - surface.get_width() / 2
        top = fit.y(middle[1]) - surface.get_height() / 2
        self._canvas.blit(surface, (round(left), round(top)))

    def _draw_phases(self, snapshot: Snapshot) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        assert snapshot.exercise is not None
        dose = snapshot.exercise.dose
        parts = (
            (Phase.RISE, labels.RISE, dose.rise_s),
            (Phase.HOLD, labels.HOLD, dose.hold_s),
            (Phase.LET_GO, labels.LET_GO, dose.let_go_s),
        )
        x = 420.0
        for (phase, label, _), width in zip(
            parts, _shared_out(420.0, [seconds for *_, seconds in parts]), strict=True
        ):
            now = snapshot.phase is phase
            done = snapshot.phase in MOVING and MOVING.index(snapshot.phase) > MOVING.index(phase)
            share = 1.0 if done else snapshot.progress if now else 0.0
            self._bar(x, width).draw(canvas.target, [Fill(share, 6, theme.primary)])
            style, colour = (LABEL_BOLD, theme.ink) if now else (LABEL, theme.ink2)
            canvas.text(label, x + width / 2, 659, style, colour, width, "centre")
            x += width + 10

    def _bar(self, x: float, width: float) -> Tube:
        if (x, width) not in self._bars:
            ends = [(x + 3, 651.0), (x + width - 3, 651.0)]
            self._bars[x, width] = Tube(self._canvas.fit, ends, 6, self._canvas.theme.sunk)
        return self._bars[x, width]

    def _draw_corner(self, view: SessionView, moves: bool) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        snapshot = view.snapshot
        y = canvas.paragraph(view.name, 44, 40, TITLE, theme.ink, 290)
        if not moves:
            if snapshot.exercise is None or snapshot.exercise.kind != "rest":
                return
            canvas.paragraph(labels.REST_CALM, 44, y + 6, BODY, theme.ink2, 200)
            return
        for number in range(snapshot.repetitions):
            middle = (52.0 + 30 * number, y + 26)
            if number < snapshot.repetition:
                canvas.disc(middle, 8, theme.primary)
            else:
                present = number == snapshot.repetition
                self._circle(middle, theme.primary if present else theme.edge, present)

    def _circle(self, middle: Point, colour: Colour, present: bool) -> None:
        theme = self._canvas.theme
        radius, inside = (8.5, 5.9) if present else (8.0, 6.0)
        ground = theme.surface if present else theme.bg

        def paint(on: Painting) -> None:
            on.lay(disc(on.x, on.y, middle, radius), colour)
            on.lay(disc(on.x, on.y, middle, inside), ground)

        box = Box(middle[0] - 10, middle[1] - 10, 20, 20)
        self._canvas.sprite(("circle", colour), box, paint)

    # -- pause --------------------------------------------------------------------------------

    def _draw_sheet(self, snapshot: Snapshot, shown: float) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        canvas.opacity = shown
        canvas.veil(0.9)
        canvas.card(SHEET, 36)
        middle = (426.0, 254.0)

        def paint(on: Painting) -> None:
            for radius, share in ((96, 0.35), (76, 0.65), (56, 1.0)):
                on.lay(disc(on.x, on.y, middle, radius), mix(theme.surface, theme.soft, share))
            for side in (-11, 11):
                x = middle[0] + side
                line = [(x, middle[1] - 17), (x, middle[1] + 17)]
                on.lay(stroke(on.x, on.y, line, 7), theme.primary)

        canvas.sprite("calm", Box(middle[0] - 98, middle[1] - 98, 196, 196), paint)
        seen = snapshot.cue.short.removeprefix(f"{labels.PAUSED}.").strip()
        helps = labels.RESUMES if snapshot.paused_by_itself else ""
        lines = [len(canvas.type.wrap(text, LARGE, 394)) for text in (seen, helps)]
        height = PAUSE_TITLE.step + 10 + sum(lines) * LARGE.step + (20 if helps else 0)
        y = middle[1] - height / 2
        y = canvas.paragraph(labels.PAUSED, 556, y, PAUSE_TITLE, theme.ink, 394) + 10
        y = canvas.paragraph(seen, 556, y, LARGE, theme.ink, 394)
        canvas.paragraph(helps, 556, y + 20, LARGE, theme.ink2, 394)
        go_on, end = Box(330, 392, 620, 72), Box(330, 484, 620, 64)
        canvas.button(go_on, Key.PAUSE_OR_GO_ON, "primary", labels.GO_ON, labels.GO_ON_KEY, "go_on")
        canvas.button(end, Key.END, "secondary", labels.END, labels.END_KEY)
        canvas.opacity = 1.0


def _shared_out(width: float, seconds: list[float]) -> list[float]:
    """Divide a width by time, leaving each part wide enough for its word."""
    least = 76.0
    spare = width - least * len(seconds)
    extra = [max(0.0, width * s / sum(seconds) - least) for s in seconds]
    total = sum(extra) or 1.0
    return [least + spare * part / total for part in extra]


def _quiet_icon(fit: Fit, colour: Colour) -> pygame.Surface:
    """Draw two dotted crescents and a dot: movement that came along."""
    on = Painting(fit, Box(620, 340, 40, 40))
    on.lay(disc(on.x, on.y, (640, 360), 3.4), colour)
    for below in (1, -1):
        for step in range(6):
            angle = math.radians(23 + 134 * step / 5)
            dot = (640 + 16.5 * math.cos(angle), 360 + below * 13 * math.sin(angle))
            on.lay(disc(on.x, on.y, dot, 2.0), colour)
    return on.sprite().surface
