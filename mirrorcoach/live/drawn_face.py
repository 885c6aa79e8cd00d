"""The drawn face itself: its lines and areas, part by part, whatever it is drawn for."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from landmarks.regions import Region, Side
from mirrorcoach.live.face_curves import (
    CREASES,
    LIT,
    REST,
    Bent,
    Crease,
    Curve,
    Motion,
    Movement,
    bent,
)
from mirrorcoach.live.pen import Path, Pen, bridged, curve, flipped, half_curve, oval
from mirrorcoach.live.shapes import Point
from mirrorcoach.live.theme import Colour, Theme, mix

_LINE, _FINE = 1.7, 1.05
"""Widths of lines, mm."""
_OUTLINED_BOLDER = 1.35
"""So many times as wide where lines are all there is."""
_LEAST_PX = 0.8
"""A line this thin is drawn no thinner on a small picture."""

_HAIR = half_curve(
    [
        (69, 8), (73.5, -10), (76, -32), (74.5, -56), (66.5, -79), (50, -96), (27, -105.5),
        (0, -108),
    ]
)  # fmt: skip
_CROWN = np.array([(0.0, -90.0), (50.0, -90.0)])
_LOCKS = (
    curve([(64.5, -28), (57, -48), (40, -64), (12, -74)]),
    curve([(67.5, -30), (62, -53), (47, -72), (18, -84)]),
    curve([(71, -26), (68, -54), (55, -77), (26, -93)]),
)
_NECK = curve([(37, 84), (36, 104), (37.5, 117), (46, 126.5), (62, 132)])
_SHOULDER = curve([(40, 121), (52, 129), (78, 136), (101, 150), (110, 190)])
_COLLAR = half_curve([(40, 121), (36, 131), (22, 140), (0, 143.5)])
_CONCHA = curve([(70.5, -3), (74.8, -5), (74.2, 5), (70.6, 13)])
_ARC = curve([(92, -21), (97.5, -11), (99, 2), (97.5, 15), (92, 25)])
_IRIS: Point = (31.2, -0.3)
_PARTED_MM = 0.6
"""Lips this far apart show what is between them."""
_SHUT, _LASHES_FROM = 0.97, 0.75
"""How far lids have closed when nothing of the eye is seen, and when lashes point down."""

_CONTENT: Movement = (Motion("mouth_corner", "out_up", 2.6),)
"""How the face in the mirror looks: at ease."""

_LIT_CREASES: dict[Region, tuple[Crease, ...]] = {
    "brow": ("forehead", "frown"),
    "ala": ("nose",),
    "cheek": ("puff", "hollow"),
    "lower_lip": ("press",),
}

_MARKED: dict[Region, tuple[Point, float, float]] = {
    "brow": ((31, -22), 25, 13),
    "eye": ((31.5, -1), 23, 17),
    "ala": ((14, 34), 13, 13),
    "upper_lip": ((11, 59), 17, 10),
    "mouth_corner": ((24, 64), 14, 13),
    "lower_lip": ((11, 71), 17, 10),
    "cheek": ((46, 38), 18, 16),
    "chin": ((0, 92), 20, 14),
}
"""Where the quiet mark of a region lies: its middle and reach to the side and up, mm."""


@dataclass(frozen=True)
class Mark:
    """A region of one side that came along unasked."""

    region: Region
    side: Side


class DrawnFace:
    """One face, part by part, from the back to the front.

    Parameters
    ----------
    pen : Pen
        Whose (0, 0) lies between the pupils and whose unit is a millimetre of the face.
    scale : float
        Pixels of a millimetre.
    theme : Theme
        Colours.
    shape : Bent
        Where its lines have come to.
    movement : Movement
        What moves; its lines stand out.
    """

    def __init__(
        self, pen: Pen, scale: float, theme: Theme, shape: Bent, movement: Movement
    ) -> None:
        self._pen, self._theme, self._shape = pen, theme, shape
        bolder = _OUTLINED_BOLDER if theme.outlined else 1.0
        self._thicker = bolder * max(1.0, _LEAST_PX / (_FINE * scale))
        self._curves = {
            name: half_curve(points) if points[-1][0] == 0 else curve(points)
            for name, points in shape.curves.items()
            if len(points) > 1
        }
        regions = {motion.region for motion in movement}
        self._lit = {name for region in regions for name in LIT[region]}
        self._lit_creases = {name for region in regions for name in _LIT_CREASES.get(region, ())}
        self._contour = mix(theme.skin, theme.ink, 0.85 if theme.outlined else 0.6)
        self._dark = mix(theme.skin, theme.ink, 0.86)
        self._faint = mix(theme.skin, theme.ink, 0.34)
        lips = mix(mix(theme.blush, theme.right, 0.16), theme.quiet, 0.12)
        self._lips = theme.skin if theme.outlined else lips
        light = max(theme.ink, theme.frame, key=sum)
        self._white = theme.skin if theme.outlined else mix(light, theme.skin, 0.22)
        self._tooth = light if theme.outlined else mix(light, theme.skin, 0.08)

    # -- the head -----------------------------------------------------------------------------

    def neck(self) -> None:
        """Draw the neck with the shadow of the chin."""
        theme = self._theme
        self._pen.area(_closed(_NECK, (0, 150), (0, 84)), theme.skin)
        if not theme.outlined:
            chin = bridged(self._curves["outline"]) + np.array([0, 9])
            with self._pen.inside(_closed(_NECK, (0, 150), (0, 84))):
                self._pen.area(chin, theme.shadow, theme.shadow_opacity)
        self._both(_NECK[4:], (1.0, _LINE, _LINE, 0.9), self._contour)

    def shoulders(self) -> None:
        """Draw what the person wears."""
        theme = self._theme
        cloth = theme.skin if theme.outlined else mix(theme.breath, theme.soft, 0.25)
        outline = np.concatenate([_COLLAR[::-1], _SHOULDER])
        self._pen.area(np.concatenate([outline, flipped(outline)[::-1]]), cloth)
        edge = self._contour if theme.outlined else mix(cloth, theme.ink, 0.4)
        self._across(_COLLAR, (_LINE,), edge)
        self._both(_SHOULDER, (_LINE,), edge)

    def head(self, tinted: Sequence[Side]) -> None:
        """Draw everything above the neck."""
        theme, pen = self._theme, self._pen
        outline = self._curves["outline"]
        ear = self._curves["ear"]
        for flip in (_same, flipped):
            pen.area(flip(ear), theme.skin)
        self._both(ear, (_LINE,), self._contour)
        self._both(_CONCHA, (_FINE,), self._faint)
        pen.area(self._face(), theme.skin)
        for side in tinted:
            half = np.concatenate([_CROWN, outline])
            pen.area(_on(side)(half), theme.left_soft if side == "left" else theme.right_soft)
        if not theme.outlined and not tinted:
            ((x, y),) = self._shape.curves["blush"]
            for middle in ((x, y), (-x, y)):
                pen.glow(middle, 21, 15, theme.blush, 0.85)
        self._across(outline[8:], (0.8, *[_LINE] * 5), self._contour)
        self._creases()
        self._nose()
        self._eyes()
        self._mouth()
        self._hair()
        self._brows()

    def _face(self) -> Path:
        half = np.concatenate([_CROWN, self._curves["outline"]])
        return np.concatenate([half, flipped(half)[::-1]])

    def _hair(self) -> None:
        theme, pen = self._theme, self._pen
        hairline = self._curves["hairline"]
        if theme.outlined:
            pen.area(_whole(_HAIR, hairline), theme.hair)
            self._across(_HAIR, (_LINE,), self._contour)
            self._across(hairline, (_LINE,), self._contour)
            return
        with pen.inside(self._face()):
            lower = hairline * np.array([0.985, 1.0]) + np.array([0, 3.6])
            pen.area(_whole(_HAIR, lower), theme.shadow, theme.shadow_opacity)
        pen.area(_whole(_HAIR, hairline), theme.hair)
        sheen = mix(theme.hair, theme.sun, 0.24)
        for lock in _LOCKS:
            self._both(lock, (0.2, 1.3, 0.2), sheen)

    def _creases(self) -> None:
        for name, depth in self._shape.creases.items():
            lit = name in self._lit_creases
            colour = self._theme.primary if lit else self._contour
            for points in CREASES[name]:
                moved = self._moved_with(name, points)
                path = half_curve(moved) if moved[-1][0] == 0 else curve(moved)
                self._both(path, (0.3, _FINE * 1.1, 0.3), colour, depth)

    def _moved_with(self, name: Crease, points: Sequence[Point]) -> Path:
        """A crease where the parts beside it have come to."""
        path = np.array(points, dtype=np.float64)
        if name in ("forehead", "frown"):
            path += 0.45 * self._gone("brow", 2)
        elif name == "nose":
            path += 0.4 * self._gone("ala", 2)
        elif name in ("fold", "corner", "press"):
            path += np.linspace(0.1, 0.8, len(path))[:, None] * self._gone("upper_lip", 0)
        elif name in ("puff", "hollow"):
            path += 0.4 * self._gone("outline", 4)
        return path

    def _gone(self, name: Curve, point: int) -> Path:
        gone: Path = self._shape.curves[name][point] - np.array(REST[name][point])
        return gone

    def _brows(self) -> None:
        theme = self._theme
        colour = theme.primary if "brow" in self._lit else theme.hair
        if theme.outlined:
            colour = theme.primary if "brow" in self._lit else self._contour
        for flip in (_same, flipped):
            self._pen.line(flip(self._curves["brow"]), (2.9, 4.3, 4.0, 3.0, 0.9), colour)

    def _nose(self) -> None:
        self._both(self._curves["ala"], (0.7, _LINE, _LINE, 0.9), self._ink("ala"))
        self._both(self._curves["nostril"], (0.7, 1.9, 0.8), self._ink("nostril"))
        self._across(self._curves["nose_base"], (0.5, 1.3, 1.5), self._ink("nose_base"))

    # -- eyes ---------------------------------------------------------------------------------

    def _eyes(self) -> None:
        upper, lower = self._curves["upper_lid"], self._curves["lower_lid"]
        shut = self._shape.shut
        if shut < _SHUT:
            for flip in (_same, flipped):
                self._eyeball(flip(np.concatenate([upper, lower[::-1]])), flip)
            lid = self._ink("lower_lid", self._faint)
            self._both(lower[2:], (0.4, 1.0, 1.3, 0.9), lid)
        crease = mix(self._theme.skin, self._theme.ink, 0.42 - 0.15 * shut)
        self._both(self._curves["lid_crease"], (0.4, 1.2, 1.1, 0.4), crease)
        tip = upper[-1:] + np.array([[0.2 + 1.6 * (1 - shut), -0.7 * (1 - shut)]])
        ink = self._ink("upper_lid", self._dark)
        self._both(np.concatenate([upper, tip]), (0.9, 2.2, 2.9, 2.8, 1.0), ink)
        if shut > _LASHES_FROM:
            self._lashes(upper, (shut - _LASHES_FROM) / (1 - _LASHES_FROM), ink)

    def _eyeball(self, opening: Path, flip: Callable[[Path], Path]) -> None:
        theme, pen = self._theme, self._pen
        ((x, y),) = flip(np.array([_IRIS]))
        pen.area(opening, self._white)
        with pen.inside(opening):
            if theme.outlined:
                pen.area(oval((x, y), 6.6, 6.6), theme.ink2)
                pen.area(oval((x, y), 5.4, 5.4), theme.skin)
                pen.area(oval((x, y), 2.3, 2.3), theme.ink)
                return
            iris = mix(theme.breath, theme.ink2, 0.3)
            deep = min(theme.ink, theme.bg, key=sum)
            pen.area(oval((x, y), 6.9, 6.9), mix(iris, deep, 0.55))
            pen.area(oval((x, y), 6.0, 6.0), iris)
            pen.area(oval((x, y), 3.0, 3.0), deep)
            pen.area(
                oval((x + math.copysign(2.0, x), y - 2.2), 1.3, 1.3),
                max(theme.ink, theme.bg, key=sum),
            )

    def _lashes(self, lid: Path, share: float, ink: Colour) -> None:
        for place, lean in ((0.45, 0.05), (0.62, 0.3), (0.79, 0.6)):
            x, y = lid[round(place * (len(lid) - 1))]
            tip = (x + 4.0 * lean * share, y + (4.6 - 1.6 * lean) * share)
            bow = ((x + tip[0]) / 2 - 0.3, (y + tip[1]) / 2 + 0.5)
            self._both(curve([(x, y), bow, tip]), (1.5, 0.5), ink)

    # -- mouth --------------------------------------------------------------------------------

    def _mouth(self) -> None:
        theme, pen = self._theme, self._pen
        upper, lower = self._curves["upper_lip"], self._curves["lower_lip"]
        top, bottom = self._curves["upper_edge"], self._curves["lower_edge"]
        pen.area(_whole(upper, bottom), self._lips)
        pen.area(_whole(top, lower), self._lips)
        if not theme.outlined:
            shine = mix(self._lips, theme.skin, 0.45)
            x, y = (lower[-1] + bottom[-1]) / 2
            pen.glow((x, y), 11, max(0.5, lower[-1][1] - y), shine, 0.8)
            upper_tone = mix(self._lips, theme.quiet, 0.1)
            pen.area(_whole(upper, top), upper_tone)
        gap = float(np.max(bottom[:, 1] - top[:, 1]))
        opening = _whole(top, bottom)
        if gap > _PARTED_MM:
            self._teeth(opening)
        self._across(upper, (0.5, 1.3, 1.2, 1.3, 1.3), self._ink("upper_lip"))
        self._across(lower, (0.5, 1.5, 1.7, 1.7, 1.7), self._ink("lower_lip"))
        parted = gap > _PARTED_MM
        self._across(
            top, (1.2, 1.5, 1.4) if parted else (1.0, 2.3, 2.0), self._ink("upper_edge", self._dark)
        )
        if parted:
            self._across(bottom, (1.3,), self._ink("lower_edge", self._dark))
        chin = self._ink("chin_crease", self._faint)
        self._across(self._curves["chin_crease"], (0.3, 1.3), chin)

    def _teeth(self, opening: Path) -> None:
        theme, pen = self._theme, self._pen
        hollow = (
            theme.skin
            if theme.outlined
            else mix(min(theme.ink, theme.bg, key=sum), self._lips, 0.3)
        )
        jaw = self._shape.jaw_mm
        with pen.inside(opening):
            pen.area(opening, hollow)
            for y, low in ((40.0, 66.2), (67.0 + jaw, 95.0 + jaw)):
                row = np.array([(-40.0, y), (40.0, y), (40.0, low), (-40.0, low)])
                pen.area(row, self._tooth)

    # -- beside the face ----------------------------------------------------------------------

    def arc(self, side: Side) -> None:
        """Draw the arc beside a tinted half."""
        colour = self._theme.left if side == "left" else self._theme.right
        self._pen.line(_on(side)(_ARC), 5.0, colour)

    def mark(self, mark: Mark) -> None:
        """Draw two dotted crescents around a region, on a light casing."""
        theme = self._theme
        middle, wide, high = _MARKED[mark.region]
        flip = _on(mark.side)
        casing = mix(theme.surface, theme.quiet_soft, 0.2)
        crescents = [np.radians(np.linspace(first, first + 132, 60)) for first in (24, 204)]
        for turn in crescents:
            path = np.stack(
                [middle[0] + wide * np.cos(turn), middle[1] + high * np.sin(turn)], axis=1
            )
            self._pen.line(flip(path), 7.4, casing, 0.8)
        for turn in crescents:
            path = np.stack(
                [middle[0] + wide * np.cos(turn), middle[1] + high * np.sin(turn)], axis=1
            )
            for x, y in flip(_evenly(path, 7.0)):
                self._pen.area(oval((x, y), 2.1, 2.1, 20), theme.quiet)

    # -- lines --------------------------------------------------------------------------------

    def _ink(self, name: Curve, otherwise: Colour | None = None) -> Colour:
        if name in self._lit:
            return self._theme.primary
        return self._contour if otherwise is None else otherwise

    def _both(
        self, half: Path, width: Sequence[float], colour: Colour, opacity: float = 1.0
    ) -> None:
        wide = [one * self._thicker for one in width]
        for flip in (_same, flipped):
            self._pen.line(flip(half), wide, colour, opacity)

    def _across(self, half: Path, width: Sequence[float], colour: Colour) -> None:
        """Draw a line from its end over the midline to the end of its mirror image."""
        wide = [one * self._thicker for one in (*width, *width[-2::-1])]
        self._pen.line(bridged(half), wide, colour)


def draw_bust(pen: Pen, scale: float, theme: Theme) -> None:
    """Draw a face at ease with its shoulders, as it looks out of a mirror.

    Parameters
    ----------
    pen : Pen
        Whose (0, 0) lies between the pupils and whose unit is a millimetre of the face.
    scale : float
        Pixels of a millimetre.
    theme : Theme
        Colours.
    """
    drawing = DrawnFace(pen, scale, theme, bent(_CONTENT, 1.0), ())
    drawing.neck()
    drawing.shoulders()
    drawing.head(())


def _same(path: Path) -> Path:
    return path


def _on(side: Side) -> Callable[[Path], Path]:
    return flipped if side == "left" else _same


def _closed(half: Path, *more: Point) -> Path:
    path = np.concatenate([half, np.array(more, dtype=np.float64)])
    return np.concatenate([path, flipped(path)[::-1]])


def _whole(upper: Path, lower: Path) -> Path:
    """Area between two lines across the midline; each runs from its corner to x = 0."""
    return np.concatenate([bridged(upper), bridged(lower)[::-1]])


def _evenly(path: Path, step: float) -> Path:
    """Points of a line at about this distance from each other."""
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    count = max(1, round(lengths[-1] / step))
    at = np.linspace(0, lengths[-1], count + 1)
    return np.stack([np.interp(at, lengths, path[:, axis]) for axis in (0, 1)], axis=1)
