"""A face as curves, and how a movement bends them.

Lengths are millimetres of an adult's face: the origin lies between the pupils, x grows to one side
of the midline and y downwards. Only one half is described; the other is its mirror image. How far
something moves is drawn larger than it is asked for, so that a small movement can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from landmarks.regions import Direction, Region

if TYPE_CHECKING:  # a face has a shape without a window as well
    from mirrorcoach.live.pen import Path
    from mirrorcoach.live.shapes import Point

Way = Direction | Literal["out"]

Curve = Literal[
    "outline",
    "ear",
    "hairline",
    "brow",
    "upper_lid",
    "lower_lid",
    "lid_crease",
    "ala",
    "nostril",
    "nose_base",
    "upper_lip",
    "upper_edge",
    "lower_edge",
    "lower_lip",
    "chin_crease",
    "blush",
]

Crease = Literal[
    "forehead", "frown", "nose", "fold", "crow", "corner", "press", "hollow", "puff", "dimple"
]


LIT: dict[Region, tuple[Curve, ...]] = {
    "brow": ("brow",),
    "eye": ("upper_lid", "lower_lid"),
    "ala": ("ala", "nostril", "nose_base"),
    "upper_lip": ("upper_lip", "upper_edge"),
    "mouth_corner": ("upper_lip", "upper_edge", "lower_edge", "lower_lip"),
    "lower_lip": ("lower_edge", "lower_lip"),
    "cheek": (),
    "chin": ("chin_crease", "lower_edge", "lower_lip"),
}
"""The lines that stand out while a region moves."""


@dataclass(frozen=True)
class Motion:
    """One region that moves, which way, and how far.

    Parameters
    ----------
    region : Region
        What moves.
    way : Way
        Where to.
    size_mm : float
        How far a face would move.
    """

    region: Region
    way: Way
    size_mm: float


Movement = tuple[Motion, ...]
"""What moves at the same time."""

REST: Mapping[Curve, Sequence[Point]] = {
    "outline": (
        (65, -46), (68, -24), (68, 4), (65.5, 30), (59.8, 55), (50, 77), (35.5, 95), (18, 106.5),
        (0, 110),
    ),
    "ear": ((67.5, -9), (73, -14.5), (78.5, -9), (78.5, 4), (74.5, 19), (69.5, 27), (66, 27)),
    "hairline": (
        (69, 8), (66.5, -10), (62.5, -26), (54, -41), (41, -52.5), (26, -60), (12, -64), (0, -66.5),
    ),
    "brow": ((12.5, -22.4), (20, -24.9), (30, -26.8), (40, -25.6), (50, -18.5)),
    "upper_lid": ((16, 3), (20.8, -2.4), (30.5, -6.5), (40, -5.2), (47.5, -0.6)),
    "lower_lid": ((16, 3), (22, 5.2), (30.5, 6.8), (40, 5.2), (47.5, -0.6)),
    "lid_crease": ((18.5, -6), (24.5, -11), (32.5, -13), (41, -11), (48.5, -5)),
    "ala": ((13.2, 27), (16.6, 30.2), (17.6, 35), (15.4, 39.4), (11.6, 40.3)),
    "nostril": ((11.2, 40.2), (8.6, 38.7), (5.6, 39.6)),
    "nose_base": ((5.6, 40.6), (3.6, 42.6), (0, 43.6)),
    "upper_lip": ((25, 63.6), (17.5, 60.4), (9.5, 57.2), (4.6, 56.2), (0, 58)),
    "upper_edge": ((25, 63.6), (17, 64.4), (9, 64.9), (4.5, 64.5), (0, 65)),
    "lower_edge": ((25, 63.6), (17, 64.5), (9, 65), (4.5, 64.6), (0, 65.1)),
    "lower_lip": ((25, 63.6), (18.5, 68.9), (11, 72.6), (5, 74), (0, 74.3)),
    "chin_crease": ((8.5, 81.6), (4.5, 82.6), (0, 82.9)),
    "blush": ((45, 34),),
}  # fmt: skip

CREASES: Mapping[Crease, Sequence[Sequence[Point]]] = {
    "forehead": (
        ((34, -43), (20, -44.5), (8, -43.5), (0, -43)),
        ((26, -51), (14, -52), (0, -51)),
    ),
    "frown": (((4, -26), (5.2, -20), (4.4, -13)),),
    "nose": (((12, 7), (9, 10.5), (7.6, 15)), ((13.5, 14), (10.5, 17.5), (9.4, 21.5))),
    "fold": (((19.5, 35), (26, 43), (31, 51), (33.5, 60)),),
    "crow": (((22.5, 10.5), (31, 12.2), (39, 10)),),
    "corner": (((27.5, 66), (29.5, 71), (29, 77)),),
    "press": (((28, 59.5), (29.4, 63.5), (28.2, 67.5)),),
    "hollow": (((53, 38), (46, 50), (42.5, 64)), ((57, 46), (51, 56), (48, 67))),
    "puff": (
        ((33, 51), (38.5, 45), (46.5, 42.5), (55, 46)),
        ((33, 70), (37.5, 76), (45, 78.5), (51.5, 76)),
    ),
    "dimple": (((5, 92), (6, 94)), ((11.5, 90.5), (12.5, 92.5)), ((8, 97), (9.3, 98.6))),
}
"""Fine lines that only come with a movement."""

_BEARING: Mapping[Way, Point] = {
    "up": (0, -1),
    "down": (0, 1),
    "in": (-1, 0),
    "out": (1, 0),
    "out_up": (0.66, -0.75),
    "close": (0, 0),
}

SHUT_MM = 5.0
"""Lids that travel so far meet; the eye is drawn as wide as most are (10 mm, both lids)."""

PARTED_MM = 3.0
"""Corners of the mouth that travel further part the lips."""


@dataclass(frozen=True)
class _Place:
    """Where a region lies: what is pulled along around it, and how much larger it is drawn."""

    at: Point
    reach_mm: float
    drawn_larger: float
    curves: tuple[Curve, ...]


_LIPS: tuple[Curve, ...] = ("upper_lip", "upper_edge", "lower_edge", "lower_lip")
_UPPER: tuple[Curve, ...] = ("upper_lip", "upper_edge")
_LOWER: tuple[Curve, ...] = ("lower_edge", "lower_lip")

_PLACE: Mapping[Region, _Place] = {
    "brow": _Place((30, -22), 34, 2.1, ("brow",)),
    "eye": _Place((31, 0), 14, 1.0, ("upper_lid", "lower_lid")),
    "ala": _Place((15, 35), 11, 1.3, ("ala", "nostril")),
    "upper_lip": _Place((9, 58), 10, 1.8, _UPPER),
    "mouth_corner": _Place((25, 63.6), 12, 2.3, _LIPS),
    "lower_lip": _Place((8, 72), 13, 1.7, _LOWER),
    "cheek": _Place((63, 54), 22, 1.5, ("outline",)),
    "chin": _Place((0, 108), 34, 1.3, ("outline", "chin_crease")),
}


@dataclass(frozen=True)
class _Pull:
    """What comes along with a region, for each millimetre of it."""

    curves: tuple[Curve, ...]
    at: Point
    reach_mm: float
    by: Point


_ALONG: Mapping[tuple[Region, Way], tuple[_Pull, ...]] = {
    ("brow", "up"): (_Pull(("lid_crease", "upper_lid"), (31, -10), 14, (0, -0.25)),),
    ("brow", "down"): (
        _Pull(("brow",), (10, -20), 13, (-2.2, 0.6)),
        _Pull(("brow",), (44, -22), 15, (-0.7, -1.2)),
    ),
    ("ala", "up"): (
        _Pull(_UPPER, (12, 60), 9, (0, -0.9)),
        _Pull(("nose_base",), (0, 43), 6, (0, -0.5)),
        _Pull(("brow",), (12, -18), 10, (-0.2, 0.5)),
        _Pull(("blush",), (45, 34), 14, (0, -0.6)),
    ),
    ("ala", "out"): (
        _Pull(("ala",), (17, 34), 9, (1.2, -0.3)),
        _Pull(("nostril",), (11, 40), 4, (1.4, 0)),
    ),
    ("mouth_corner", "out_up"): (
        _Pull(("blush",), (45, 34), 14, (0.2, -1.1)),
        _Pull(("outline",), (62, 52), 18, (0.4, -0.1)),
        _Pull(("lower_lip",), (14, 71), 9, (0.3, -0.25)),
    ),
    ("mouth_corner", "in"): (
        _Pull(("upper_lip",), (0, 57), 10, (0, -0.8)),
        _Pull(("lower_lip",), (4, 73), 14, (0, 0.8)),
        _Pull(_LIPS, (16, 64), 9, (-0.5, 0)),
        _Pull(("outline",), (62, 56), 18, (-0.5, 0)),
        _Pull(("chin_crease",), (0, 82), 12, (0, 0.8)),
    ),
    ("mouth_corner", "down"): (_Pull(("lower_lip",), (16, 70), 9, (0, 0.7)),),
    ("upper_lip", "up"): (_Pull(("nose_base", "nostril"), (0, 42), 8, (0, -0.2)),),
    ("lower_lip", "down"): (
        _Pull(_LIPS, (25, 63.6), 7, (0.3, 0.45)),
        _Pull(("chin_crease",), (0, 82), 14, (0, 1.2)),
    ),
    ("lower_lip", "up"): (
        _Pull(("lower_edge",), (8, 66), 13, (0, 1.7)),
        _Pull(("upper_lip",), (6, 57), 13, (0, 1.3)),
        _Pull(("chin_crease",), (0, 82), 12, (0, -0.8)),
    ),
    ("cheek", "out"): (
        _Pull(("blush",), (45, 34), 14, (0.5, 0.8)),
        _Pull(_LIPS, (25, 63.6), 10, (-0.35, 0)),
    ),
    ("cheek", "in"): (
        _Pull(("outline",), (61, 60), 16, (-0.6, 0)),
        _Pull(_LIPS, (25, 63.6), 12, (-0.9, 0)),
        _Pull(("upper_lip",), (0, 57), 9, (0, -0.35)),
        _Pull(("lower_lip",), (0, 74), 9, (0, 0.35)),
    ),
    ("chin", "up"): (
        _Pull(("lower_lip",), (0, 74), 12, (0, -0.6)),
        _Pull(("lower_edge", "upper_edge"), (0, 65), 12, (0, -1.1)),
        _Pull(("upper_lip",), (0, 57), 12, (0, -0.5)),
        _Pull(("chin_crease",), (0, 82), 12, (0, -0.7)),
    ),
    ("chin", "down"): (
        _Pull(_LOWER, (0, 70), 15, (0, 1.35)),
        _Pull(("chin_crease",), (0, 82), 14, (0, 0.3)),
        _Pull(_LIPS, (25, 63.6), 9, (-0.25, 0.3)),
    ),
}

_PARTING: Mapping[Curve, float] = {
    "upper_lip": 0.1,
    "upper_edge": -0.7,
    "lower_edge": 2.0,
    "lower_lip": 1.1,
}
"""How far down the middle of each line of the lips goes for each millimetre that parts them."""

_FOLDS: Mapping[tuple[Region, Way], Mapping[Crease, float]] = {
    ("brow", "up"): {"forehead": 0.25},
    ("brow", "down"): {"frown": 0.6},
    ("ala", "up"): {"nose": 0.25, "fold": 0.15},
    ("mouth_corner", "out_up"): {"fold": 0.2},
    ("mouth_corner", "down"): {"corner": 0.4},
    ("upper_lip", "up"): {"fold": 0.15},
    ("lower_lip", "up"): {"press": 0.7},
    ("cheek", "out"): {"puff": 0.3},
    ("cheek", "in"): {"hollow": 0.4},
    ("chin", "up"): {"dimple": 0.4},
}
"""How far each fine line comes for each millimetre; it is all there at 1."""


@dataclass(frozen=True)
class Bent:
    """The curves at one moment.

    Attributes
    ----------
    curves : mapping
        Points of each curve, shape (n, 2), mm.
    creases : mapping
        How far each fine line has come, 0 to 1; only those that show.
    shut : float
        How far the lids have closed, 0 to 1.
    jaw_mm : float
        How far the lower teeth have gone down.
    """

    curves: Mapping[Curve, Path]
    creases: Mapping[Crease, float]
    shut: float
    jaw_mm: float


def bent(movement: Movement, share: float) -> Bent:
    """Bend the resting face.

    Parameters
    ----------
    movement : Movement
        What moves; nothing for a face at rest.
    share : float
        How much of it has been done, 0 to 1.
    """
    rest = {name: np.array(points, dtype=np.float64) for name, points in REST.items()}
    curves = {name: points.copy() for name, points in rest.items()}
    creases: dict[Crease, float] = {}
    shut = jaw_mm = 0.0
    for motion in movement:
        way_mm = motion.size_mm * share
        for pull in _pulls(motion):
            for name in pull.curves:
                away = np.hypot(*(rest[name] - np.array(pull.at)).T)[:, None]
                soft = np.exp(-0.5 * (away / pull.reach_mm) ** 2)
                gone = soft * np.array(pull.by) * way_mm
                gone[rest[name][:, 0] == 0, 0] = 0  # the midline stays in the middle
                curves[name] += gone
        for crease, depth in _FOLDS.get((motion.region, motion.way), {}).items():
            creases[crease] = min(1.0, max(creases.get(crease, 0.0), depth * way_mm))
        if motion.way == "close":
            shut = min(1.0, way_mm / SHUT_MM)
        if motion.region == "chin" and motion.way == "down":
            jaw_mm += _PLACE["chin"].drawn_larger * way_mm
        if motion.region == "mouth_corner" and motion.way == "out_up":
            _part(curves, rest, max(0.0, motion.size_mm - PARTED_MM) * share)
    _close(curves, shut)
    creases["crow"] = min(1.0, 4 * shut) * (1 - shut) ** 2
    curves["lower_edge"][:, 1] = np.maximum(curves["lower_edge"][:, 1], curves["upper_edge"][:, 1])
    return Bent(curves, {name: depth for name, depth in creases.items() if depth > 0}, shut, jaw_mm)


def _pulls(motion: Motion) -> tuple[_Pull, ...]:
    place = _PLACE[motion.region]
    x, y = _BEARING[motion.way]
    by = (x * place.drawn_larger, y * place.drawn_larger)
    itself = _Pull(place.curves, place.at, place.reach_mm, by)
    return (itself, *_ALONG.get((motion.region, motion.way), ()))


def _part(curves: dict[Curve, Path], rest: dict[Curve, Path], way_mm: float) -> None:
    """Part the lips of a wide smile: the upper one tightens, the lower one follows the jaw."""
    for name, by in _PARTING.items():
        middle = 1 - (rest[name][:, 0] / 25) ** 4
        curves[name][:, 1] += by * way_mm * middle


def _close(curves: dict[Curve, Path], shut: float) -> None:
    """Bring the lids together: first the lower one rises, then the upper one comes down to it."""
    upper, lower = curves["upper_lid"], curves["lower_lid"]
    bow = np.sin(np.linspace(0, np.pi, len(upper)))
    lower[:, 1] -= 1.7 * bow * min(1.0, 4 * shut) * (1 - shut) + 0.3 * bow * shut
    meet = lower + np.stack([0 * bow, 0.9 * bow], axis=1)
    upper += (meet - upper) * shut
    lower += (meet - lower) * shut
    curves["lid_crease"][:, 1] += 2.2 * shut
