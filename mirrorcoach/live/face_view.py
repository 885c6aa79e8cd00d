"""What the mirror shows of a face: the standing views, and what is drawn over them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from exercises.events import MOVING, Phase, Snapshot
from exercises.schema import Wanted
from exercises.watch import QuietMark
from landmarks.regions import SIDES
from mirrorcoach.live.both_halves import BothHalves
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.demonstration_tile import draw_face, has_movement
from mirrorcoach.live.even_face import EvenFace
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.framed_picture import FramedPicture, draw_plain
from mirrorcoach.live.ghost import Ghost
from mirrorcoach.live.hidden_face import draw_hidden
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.outline_face import Role, dashes, draw_outline, outline_face
from mirrorcoach.live.overlay import fill_ground, outline, quiet_mark, stroke_line, target_line
from mirrorcoach.live.session_view import SessionView
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Colour, mix
from mirrorcoach.live.waiting_glass import draw_waiting
from mirrorcoach.profile import StandingView

STILL = (
    *(Phase.GETTING_READY, Phase.REST, Phase.BETWEEN, Phase.GUIDED),
    *(Phase.ASKING, Phase.PAUSED),
)
"""Phases in which the mirror may follow the head."""

_SIGN = 22.0
_APART = 8
"""Between the two halves, logical pixels."""

Picture = NDArray[np.uint8]


def follows_head(snapshot: Snapshot, less_motion: bool) -> bool:
    """Whether the mirror may move now: at rest, and with less motion before a set."""
    if not less_motion:
        return snapshot.phase in STILL
    moves = snapshot.exercise is not None and snapshot.exercise.kind == "movement"
    return snapshot.phase in STILL and (not moves or snapshot.coming is not None)


class FaceView:
    """Draws the glass in every view, and remembers where each mirror looks."""

    def __init__(self) -> None:
        self._mirror = Mirror()
        self._halves = Mirror(), Mirror()
        self._both = BothHalves()
        self._even: EvenFace | None = None
        self._ghost: tuple[NDArray[np.float64], Wanted, Ghost] | None = None

    def draw(
        self,
        canvas: Canvas,
        geometry: Geometry,
        view: SessionView,
        shown: StandingView,
        mark: tuple[QuietMark, float] | None,
        now_s: float,
        card_top: float,
    ) -> None:
        """Draw the glass with its frame.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        geometry : Geometry
            Where the mirror hangs.
        view : SessionView
            The present moment.
        shown : StandingView
            What is to be shown; the mirror where that cannot be, and a word that tells why.
        mark : (QuietMark, float) or None
            Where movement came along unasked, and how visible its mark is, 0 to 1.
        now_s : float
            Time on the window's clock.
        card_top : float
            Where the cue card begins.
        """
        if shown == "hidden":
            draw_hidden(canvas, geometry, card_top, seen=view.camera != "none_found")
            return
        if view.image is None:
            self._draw_nobody(canvas, geometry, view, now_s, card_top)
            return
        if shown == "outline":
            lines = self._outlined(canvas, geometry, view, mark, now_s)
            _glass(canvas, geometry).draw(canvas, lines, framed=False)
            return
        picture, chips = self._pictured(canvas, geometry, view, shown, mark, now_s)
        _glass(canvas, geometry).draw(canvas, picture)
        for name, icon, x in chips:
            _draw_chip(canvas, geometry, name, icon, x, card_top)

    # -- pictures -----------------------------------------------------------------------------

    def _pictured(
        self,
        canvas: Canvas,
        geometry: Geometry,
        view: SessionView,
        shown: StandingView,
        mark: tuple[QuietMark, float] | None,
        now_s: float,
    ) -> tuple[Picture, list[tuple[str, Icon, float]]]:
        """The picture in the glass, and what is said over it: its name, sign and middle."""
        assert view.image is not None
        size = _glass(canvas, geometry).size
        glides = not canvas.look.less_motion
        still = follows_head(view.snapshot, canvas.look.less_motion)
        middle = geometry.middle_x
        said: list[tuple[str, Icon, float]] = []
        if shown == "even_face" and view.points_px is not None:
            even = self._even_picture(view)
            if even is not None:
                picture = self._mirror.show(even, view.points_px, size, now_s, still, glides=glides)
                return picture, [(f"twice_{view.healthy}", "even_face", middle)]
            why = "turned" if view.healthy else "side_unknown"
            said.append((why, "mirror", middle))
        if shown == "both_halves" and view.points_px is not None:
            both = self._both.show(view.image, view.points_px)
            if both is not None:
                apart = round(_APART * canvas.fit.scale)
                half = (size[0] - apart) // 2
                widths = half, size[0] - apart - half
                pictures = [
                    mirror.show(one, view.points_px, (width, size[1]), now_s, still, glides=glides)
                    for mirror, one, width in zip(self._halves, both, widths, strict=True)
                ]
                between = _plain((apart, size[1]), canvas.theme.frame)
                reach = geometry.mirror.w / 4
                words: list[tuple[str, Icon, float]] = [
                    (f"halves_{side}", "even_face", middle + way * reach)
                    for side, way in zip(SIDES, (-1, 1), strict=True)
                ]
                return np.hstack([pictures[0], between, pictures[1]]), words
            said.append(("turned", "mirror", middle))
        picture = self._mirror.show(
            view.image,
            view.points_px,
            size,
            now_s,
            still,
            mirrored=shown != "as_others_see_me",
            glides=glides,
        )
        if view.points_px is not None and not said:
            self._draw_lines(canvas, picture, view, mark)
        return picture, said

    def _even_picture(self, view: SessionView) -> Picture | None:
        if view.healthy is None or view.image is None or view.points_px is None:
            return None
        if self._even is None or self._even.side != view.healthy:
            self._even = EvenFace(view.healthy)
        return self._even.show(view.image, view.points_px)

    def _draw_lines(
        self,
        canvas: Canvas,
        picture: Picture,
        view: SessionView,
        mark: tuple[QuietMark, float] | None,
    ) -> None:
        """Draw the target and the mark over the mirror picture."""
        assert view.points_px is not None
        scale, wanted = canvas.fit.scale, _wanted(view)
        points = self._mirror.points(view.points_px)
        if wanted is not None:
            target = self._target(view, wanted)
            if target is None:
                outline(picture, points, wanted.region, scale)
            for line, closed in target or ():
                target_line(picture, self._mirror.points(line), closed, wanted.region, scale)
        if mark is not None:
            quiet_mark(picture, points, mark[0], scale, mark[1])

    def _target(
        self, view: SessionView, wanted: Wanted
    ) -> list[tuple[NDArray[np.float64], bool]] | None:
        """Lines of the exercise's target in the camera's picture; None before rest is known."""
        if view.rest_px is None or view.points_px is None or not math.isfinite(view.mm_per_px):
            return None
        known = self._ghost
        if known is None or known[0] is not view.rest_px or known[1] != wanted:
            known = view.rest_px, wanted, Ghost(view.rest_px, view.mm_per_px, wanted)
            self._ghost = known
        return known[2].lines(view.points_px)

    # -- lines --------------------------------------------------------------------------------

    def _outlined(
        self,
        canvas: Canvas,
        geometry: Geometry,
        view: SessionView,
        mark: tuple[QuietMark, float] | None,
        now_s: float,
    ) -> Picture:
        """The face as lines, without its picture."""
        assert view.image is not None
        theme, scale = canvas.theme, canvas.fit.scale
        size = _glass(canvas, geometry).size
        picture = canvas.made(("ground", size), lambda: _plain(size, theme.surface)).copy()
        points_px = view.points_px
        self._mirror.aim(
            (view.image.shape[1], view.image.shape[0]),
            points_px,
            size,
            now_s,
            follows_head(view.snapshot, canvas.look.less_motion),
            glides=not canvas.look.less_motion,
        )
        if points_px is None:
            return picture
        wanted = _wanted(view)
        points = self._mirror.points(points_px)
        exercise = view.snapshot.exercise
        region = exercise.wanted.region if exercise is not None and exercise.wanted else None
        curves = outline_face(points, region)
        fill_ground(picture, curves[0].points, theme.bg)
        colours: dict[Role, Colour] = {
            "face": mix(theme.surface, theme.ink, 0.55),
            "line": theme.ink,
            "moving": theme.ink,
            "iris": theme.breath,
            "pupil": theme.ink,
        }
        draw_outline(picture, curves, colours, scale)
        if wanted is not None:
            for line, closed in self._target(view, wanted) or ():
                for dash in dashes(self._mirror.points(line), closed, scale):
                    stroke_line(picture, dash, 3.2 * scale, theme.primary)
        if mark is not None:
            quiet_mark(picture, points, mark[0], scale, mark[1])
        return picture

    def _draw_nobody(
        self,
        canvas: Canvas,
        geometry: Geometry,
        view: SessionView,
        now_s: float,
        card_top: float,
    ) -> None:
        """Draw the drawn face where there is no camera to wait for, else what is waited for."""
        theme, mirror = canvas.theme, geometry.mirror
        exercise = view.snapshot.exercise
        drawn = view.camera == "none_found" and has_movement(exercise)
        if view.camera != "open" and not drawn:
            draw_waiting(canvas, mirror, geometry.radius, view.camera, card_top)
            return
        draw_plain(canvas, mirror, geometry.radius, theme.surface if drawn else theme.sunk)
        if drawn:
            size = 0.8 * mirror.w
            box = Box(mirror.middle[0] - size / 2, mirror.y + 0.1 * mirror.h, size, size)
            draw_face(canvas, box, exercise, now_s, view.snapshot.step)


def _glass(canvas: Canvas, geometry: Geometry) -> FramedPicture:
    return canvas.made(
        ("glass", geometry.mirror),
        lambda: FramedPicture(canvas, geometry.mirror, geometry.radius),
    )


def _plain(size: tuple[int, int], colour: Colour) -> Picture:
    """A picture of one colour; width and height."""
    return np.full((size[1], size[0], 3), colour[::-1], dtype=np.uint8)


def _wanted(view: SessionView) -> Wanted | None:
    """What is being moved now."""
    exercise = view.snapshot.exercise
    return exercise.wanted if exercise is not None and view.snapshot.phase in MOVING else None


def _draw_chip(
    canvas: Canvas, geometry: Geometry, name: str, icon: Icon, middle_x: float, card_top: float
) -> None:
    """Draw a short word over the shirt, and a shorter one where that would cover the mouth."""
    theme, style = canvas.theme, canvas.styles.label_bold
    whole = middle_x == geometry.middle_x
    short = canvas.compact and canvas.large_text
    if short and not whole:  # the sides are named beside the mirror
        return
    text = canvas.texts(f"practice.{name}_short" if short else f"practice.{name}")
    before = _SIGN + 8 if whole and not canvas.large_text else 0.0
    apart = geometry.sides[1][0] - geometry.sides[0][0]
    room = (apart - 56 if whole else geometry.mirror.w / 2 - 24) - before
    bottom = card_top - (2 if short else 12)
    edge = geometry.half_width_at(bottom) - 8  # of the glass, which is narrower down there
    if not whole:  # both names in a line, or both in two
        names = [canvas.texts(f"practice.halves_{side}") for side in SIDES]
        widths = [canvas.type.width(one, style) for one in names]
        if max(widths) <= room:
            room = edge - 40
        if max(widths) > room:
            room = min(room, min(widths) - 1)
    lines = canvas.type.wrap(text, style, room)
    width = max(canvas.type.width(line, style) for line in lines) + before + 32
    height = len(lines) * style.step + (4 if short else 14)
    y = bottom - height
    if not whole:
        away = middle_x - geometry.middle_x
        reach = min(abs(away), max(edge - width / 2, width / 2 + 8))
        middle_x = geometry.middle_x + math.copysign(reach, away)
    box = Box(middle_x - width / 2, y, width, height)
    border = theme.line if theme.outlined else None
    canvas.panel(box, min(22.0, height / 2), theme.surface, border)
    if before:
        canvas.icon(icon, (box.x + 16 + _SIGN / 2, box.middle[1]), _SIGN, theme.ink)
    y = box.middle[1] - len(lines) * style.step / 2
    for line in lines:
        x = box.x + (box.w + before) / 2
        canvas.text(line, x, y, style, theme.ink, width, "centre")
        y += style.step
