"""Drawn faces: the line-drawn face of each movement, and the person's own contours.

Both are drawn as in a mirror: the person's left is on the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from exercises import library
from landmarks.regions import SIDES
from mirrorcoach.live.demonstration import movements
from mirrorcoach.live.face_curves import LIT, Bent, Curve, bent
from mirrorcoach.records.practices import Outline
from mirrorcoach.records.report.drawing import Dot, Drawing, Line, Mark, smooth

_HAIR = (
    (69, 8), (73.5, -10), (76, -32), (74.5, -56), (66.5, -79), (50, -96), (27, -105.5), (0, -108),
)  # fmt: skip

_SHUT = 0.97
"""How far lids have closed when nothing of the eye is seen."""

MARGIN_MM = 4.0

_Points = NDArray[np.float64]


def movement_drawing(name: str, exercise: str) -> Drawing:
    """The face in the middle of a movement; its name stands beside it."""
    found = next(iter(movements(library.exercises()[exercise]).values()), ())
    shape = bent(found, 1.0)
    lit = {curve for motion in found for curve in LIT[motion.region]}
    return Drawing(name, "", "", -86, -113, 172, 228, tuple(_face(shape, lit, name)))


def frame_of(outlines: Sequence[Outline]) -> tuple[float, float, float, float]:
    """A box in which some contours of a person have room, so that they are drawn alike large."""
    every = -np.array([point for one in outlines for line in one.curves.values() for point in line])
    low, high = every.min(axis=0) - MARGIN_MM, every.max(axis=0) + MARGIN_MM
    return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])


def contour_drawing(
    name: str,
    outline: Outline,
    frame: tuple[float, float, float, float],
    title: str,
    description: str,
) -> Drawing:
    """A person's own contours in a box."""
    curves: dict[str, _Points] = {
        of: -np.array(points, dtype=np.float64) for of, points in outline.curves.items() if points
    }
    marks: list[Mark] = []
    if "oval" in curves:
        marks.append(Line(_closed(curves["oval"]), "contour-face"))
    for side in SIDES:
        if f"{side}_brow" in curves:
            marks.append(Line(smooth(_pairs(curves[f"{side}_brow"])), "contour-brow"))
        if f"{side}_eye" in curves:
            marks += _own_eye(curves[f"{side}_eye"])
    if "nose" in curves:
        marks.append(Line(smooth(_pairs(curves["nose"])), "contour-nose"))
    if "lips_outer" in curves:
        marks.append(Line(_closed(curves["lips_outer"]), "contour-lips"))
    if "lips_inner" in curves:
        marks.append(Line(_closed(curves["lips_inner"]), "contour-mouth"))
    return Drawing(name, title, description, *frame, tuple(marks))


def _own_eye(points: _Points) -> list[Mark]:
    """An eye's opening with its upper lid bold, and an iris as far as it shows."""
    corners = points[[points[:, 0].argmin(), points[:, 0].argmax()]]
    middle_x = float(corners[:, 0].mean())
    along = np.interp(points[:, 0], *corners[corners[:, 0].argsort()].T)
    upper = points[points[:, 1] <= along + 1e-6]
    upper = upper[upper[:, 0].argsort()]
    lower = points[points[:, 1] >= along - 1e-6]
    lower = lower[lower[:, 0].argsort()]
    marks: list[Mark] = [Line(_closed(points), "contour-eye")]
    radius = 0.19 * float(np.ptp(corners[:, 0]))
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    x = middle_x + radius * np.cos(angle)
    middle_y = float(corners[:, 1].mean()) - 0.15 * radius
    y = np.clip(
        middle_y + radius * np.sin(angle),
        np.interp(x, *upper.T),
        np.maximum(np.interp(x, *upper.T), np.interp(x, *lower.T)),
    )
    if np.ptp(y) > 0.3 * radius:
        marks.append(Line(_closed(np.stack([x, y], axis=1)), "contour-iris"))
    marks.append(Line(smooth(_pairs(upper)), "contour-lid"))
    return marks


def _pairs(points: _Points) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in points]


def _closed(points: _Points) -> str:
    if np.allclose(points[0], points[-1]):
        points = points[:-1]
    return smooth(_pairs(points), closed=True)


# -- the line-drawn face ----------------------------------------------------------------------


def _face(shape: Bent, lit: set[Curve], name: str) -> list[Mark]:
    curves = {of: np.asarray(points) for of, points in shape.curves.items()}

    def ink(of: Curve, otherwise: str) -> str:
        return "face-moves" if of in lit else otherwise

    ear = _pairs(curves["ear"])
    marks: list[Mark] = [Line(smooth(ear), "face-skin"), Line(smooth(_other(ear)), "face-skin")]
    crown = np.array([(0.0, -90.0), (50.0, -90.0)])
    whole = _across(np.concatenate([crown, curves["outline"]]))
    marks += [Line(smooth(whole, closed=True), "face-skin")]
    blush = curves["blush"][0]
    marks += [Dot(sign * float(blush[0]), float(blush[1]), 11, "face-blush") for sign in (-1, 1)]
    for of in ("ala", "nostril"):
        marks += _both(curves[of], ink(of, "face-line"))
    marks.append(Line(smooth(_spread(curves["nose_base"])), ink("nose_base", "face-line")))
    marks += _eyes(curves, shape.shut, ink("upper_lid", "face-lid"))
    marks += _mouth(curves, "face-moves" if lit & {"upper_lip", "lower_lip"} else "face-line")
    if shape.creases:
        marks.append(Line(smooth(_spread(curves["chin_crease"])), ink("chin_crease", "face-fine")))
    hair = _spread(np.array(_HAIR, dtype=float))
    hairline = _spread(curves["hairline"])
    marks.append(Line(f"{smooth(hair)}L{smooth(hairline[::-1])[1:]}Z", "face-hair"))
    marks += _both(curves["brow"], ink("brow", "face-line") + " bold")
    return marks


def _eyes(curves: Mapping[Curve, _Points], shut: float, style: str) -> list[Mark]:
    marks: list[Mark] = []
    upper, lower = curves["upper_lid"], curves["lower_lid"]
    if shut < _SHUT:
        for sign in (-1, 1):
            opening = np.concatenate([upper, lower[-2:0:-1]]) * (sign, 1)
            lids = [smooth(_pairs(one * (sign, 1))) for one in (upper, lower[::-1])]
            marks.append(Line(f"{lids[0]}L{lids[1][1:]}Z", "face-eye"))
            top = float(opening[:, 1].min()) + 1.2
            marks.append(Dot(sign * 31.2, max(-0.3, top + 4.6), 5.2, "face-iris"))
        marks += _both(lower, "face-fine")
    marks += _both(upper, f"{style} lid")
    return marks


def _mouth(curves: Mapping[Curve, _Points], style: str) -> list[Mark]:
    upper, lower = _spread(curves["upper_lip"]), _spread(curves["lower_lip"])
    top, bottom = _spread(curves["upper_edge"]), _spread(curves["lower_edge"])
    lips = f"{smooth(upper)}L{smooth(lower[::-1])[1:]}Z"
    marks: list[Mark] = [Line(lips, "face-lips"), Line(lips, f"{style} open")]
    marks.append(Line(f"{smooth(top)}L{smooth(bottom[::-1])[1:]}Z", "face-teeth"))
    return marks


def _both(points: _Points, style: str) -> list[Mark]:
    own = _pairs(points)
    return [Line(smooth(own), style), Line(smooth(_other(own)), style)]


def _other(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(-x, y) for x, y in points]


def _spread(half: _Points) -> list[tuple[float, float]]:
    """A line across the face, from a half that ends in the middle."""
    own = _pairs(half)
    return [*own, *_other(own[:-1])[::-1]]


def _across(half: _Points) -> list[tuple[float, float]]:
    """An outline, from a half that begins and ends in the middle."""
    own = _pairs(half)
    return [*own, *_other(own[1:-1])[::-1]]
