"""Small signs beside words: lines with round ends on a grid of 24."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from mirrorcoach.live.pen import curve
from mirrorcoach.live.shapes import Floats, Painting, Point, disc, stroke
from mirrorcoach.live.theme import Colour

Icon = Literal[
    "arrow_left",
    "arrow_right",
    "book",
    "camera",
    "caption",
    "chart",
    "check",
    "chevron_left",
    "chevron_right",
    "close",
    "distance",
    "document",
    "down",
    "drop",
    "evening",
    "even_face",
    "face",
    "feel",
    "freeze",
    "halves",
    "hand",
    "heart",
    "info",
    "leaf",
    "light",
    "lock",
    "mark",
    "midday",
    "minus",
    "mirror",
    "morning",
    "others",
    "outline",
    "pace",
    "pause",
    "person",
    "phone",
    "play",
    "plus",
    "printer",
    "quiet",
    "replay",
    "settings",
    "speaker",
    "speaker_off",
    "text",
    "up",
    "warm_hands",
]
"""Names of the signs, so that a misspelt one is found before it is drawn."""

GRID = 24
LINE = 1.9
"""Width of every line, on the grid."""

_DOT = 1.25
"""Radius of a point that stands alone."""

_Line = Sequence[Point]


def lay(on: Painting, name: Icon, middle: Point, size: float, ink: Colour) -> None:
    """Paint a sign.

    Parameters
    ----------
    on : Painting
        Of what it belongs to.
    name : Icon
        Which one.
    middle : (float, float)
        Where its middle lies, in the lengths of the painting.
    size : float
        Width and height of the grid in the same lengths; 24 to 30 is usual.
    ink : tuple
        Colour of its lines.
    """
    unit = size / GRID
    left, top = middle[0] - size / 2, middle[1] - size / 2
    nearest: Floats | None = None
    for line in LINES[name]:
        points = [(left + x * unit, top + y * unit) for x, y in line]
        if len(points) == 1:
            away = disc(on.x, on.y, points[0], _DOT * unit)
        else:
            away = stroke(on.x, on.y, points, LINE * unit)
        nearest = away if nearest is None else np.minimum(nearest, away)
    if nearest is not None:
        on.lay(nearest, ink)


def _smooth(*points: Point) -> _Line:
    return [(float(x), float(y)) for x, y in curve(points, 6)]


def _loop(*points: Point) -> _Line:
    path = [(float(x), float(y)) for x, y in curve(points, 6, closed=True)]
    return [*path, path[0]]


def _arc(x: float, y: float, wide: float, first: float, last: float, high: float = 0) -> _Line:
    """Part of an oval; 0 degrees is to the right, 90 is down."""
    steps = max(4, 2 * round(abs(last - first) / 22))
    turns = [math.radians(first + (last - first) * step / steps) for step in range(steps + 1)]
    return [(x + wide * math.cos(turn), y + (high or wide) * math.sin(turn)) for turn in turns]


def _oval(x: float, y: float, wide: float, high: float = 0) -> _Line:
    return _arc(x, y, wide, 0, 360, high)


def _box(x: float, y: float, right: float, bottom: float, radius: float) -> _Line:
    corners = (
        (right - radius, bottom - radius, 0),
        (x + radius, bottom - radius, 90),
        (x + radius, y + radius, 180),
        (right - radius, y + radius, 270),
    )
    path = [p for cx, cy, turn in corners for p in _arc(cx, cy, radius, turn, turn + 90)]
    return [*path, path[0]]


def _rays(x: float, y: float, inner: float, outer: float, degrees: Sequence[float]) -> list[_Line]:
    return [
        [
            (x + far * math.cos(math.radians(a)), y + far * math.sin(math.radians(a)))
            for far in (inner, outer)
        ]
        for a in degrees
    ]


def _dots(line: _Line) -> list[_Line]:
    return [[point] for point in line]


_SPEAKER: list[_Line] = [
    [(4, 9.6), (7.4, 9.6), (11.6, 6), (11.6, 18), (7.4, 14.4), (4, 14.4), (4, 9.6)]
]
_OVAL = _oval(12, 12, 6.6, 8.6)

LINES: Mapping[Icon, Sequence[_Line]] = {
    "arrow_left": ([(19, 12), (5, 12)], [(10.5, 6.5), (5, 12), (10.5, 17.5)]),
    "arrow_right": ([(5, 12), (19, 12)], [(13.5, 6.5), (19, 12), (13.5, 17.5)]),
    "book": (
        _smooth((12, 7), (9.5, 5.5), (6.5, 5), (3.5, 5.2)),
        _smooth((12, 19.4), (9.5, 18), (6.5, 17.4), (3.5, 17.6)),
        _smooth((12, 7), (14.5, 5.5), (17.5, 5), (20.5, 5.2)),
        _smooth((12, 19.4), (14.5, 18), (17.5, 17.4), (20.5, 17.6)),
        [(3.5, 5.2), (3.5, 17.6)],
        [(20.5, 5.2), (20.5, 17.6)],
        [(12, 7), (12, 19.4)],
    ),
    "camera": (
        _box(2.8, 6.2, 15.6, 17.8, 2.8),
        [(15.6, 10.6), (21, 7.8), (21, 16.2), (15.6, 13.4)],
    ),
    "caption": (
        _box(3, 5, 21, 19, 3),
        [(6.8, 11), (13, 11)],
        [(16.4, 11), (17.2, 11)],
        [(6.8, 15), (17.2, 15)],
    ),
    "chart": ([(3.5, 20), (20.5, 20)], [(4.5, 15.2), (9, 10.6), (12.6, 13.6), (19.4, 5.6)]),
    "check": ([(5, 12.8), (9.8, 17.4), (19, 7)],),
    "chevron_left": ([(14.5, 5.5), (8, 12), (14.5, 18.5)],),
    "chevron_right": ([(9.5, 5.5), (16, 12), (9.5, 18.5)],),
    "minus": ([(5, 12), (19, 12)],),
    "plus": ([(5, 12), (19, 12)], [(12, 5), (12, 19)]),
    "printer": (
        [(7.4, 8.6), (7.4, 3.8), (16.6, 3.8), (16.6, 8.6)],
        [
            (7.4, 16.8),
            *_arc(5.4, 14.8, 2, 90, 180),
            *_arc(5.4, 10.6, 2, 180, 270),
            *_arc(18.6, 10.6, 2, 270, 360),
            *_arc(18.6, 14.8, 2, 0, 90),
            (16.6, 16.8),
        ],
        _box(7.4, 13.2, 16.6, 20.2, 0.8),
    ),
    "close": ([(6, 6), (18, 18)], [(18, 6), (6, 18)]),
    "distance": (
        [(3, 12), (21, 12)],
        [(6.6, 8.4), (3, 12), (6.6, 15.6)],
        [(17.4, 8.4), (21, 12), (17.4, 15.6)],
        [(12, 8.6), (12, 15.4)],
    ),
    "document": (
        [(13.6, 3.4), (6, 3.4), (6, 20.6), (18, 20.6), (18, 7.8), (13.6, 3.4)],
        [(13.6, 3.4), (13.6, 7.8), (18, 7.8)],
        [(9.2, 12.4), (14.8, 12.4)],
        [(9.2, 16.4), (14.8, 16.4)],
    ),
    "down": ([(5.5, 9), (12, 15.5), (18.5, 9)],),
    "drop": (
        [
            *_smooth((12, 3.6), (9.4, 7), (6.9, 10.8), (6, 14.4)),
            *_arc(12, 14.4, 6, 180, 0),
            *_smooth((18, 14.4), (17.1, 10.8), (14.6, 7), (12, 3.6)),
        ],
    ),
    "evening": ([*_arc(11.6, 12.4, 8.2, 20, 280), *_arc(16.1, 9.8, 6.3, 240, 60)],),
    "even_face": (_OVAL, [(12, 3.4), (12, 20.6)]),
    "face": (
        [(3.4, 8), (3.4, 3.4), (8, 3.4)],
        [(16, 3.4), (20.6, 3.4), (20.6, 8)],
        [(3.4, 16), (3.4, 20.6), (8, 20.6)],
        [(16, 20.6), (20.6, 20.6), (20.6, 16)],
        _oval(12, 12, 4, 5),
    ),
    "feel": (
        _smooth((3, 9.4), (7, 12.8), (12, 14), (17, 12.8), (21, 9.4)),
        [(12, 14.4), (12, 17.6)],
        [(7.2, 13.2), (5.6, 16)],
        [(16.8, 13.2), (18.4, 16)],
    ),
    "freeze": tuple(
        line
        for turn in (30, 90, 150, 210, 270, 330)
        for line in (
            *_rays(12, 12, 0, 9, (turn,)),
            [
                (12 + far * math.cos(math.radians(a)), 12 + far * math.sin(math.radians(a)))
                for far, a in ((8.2, turn - 22), (5.4, turn), (8.2, turn + 22))
            ],
        )
    ),
    "halves": (
        [(10, 3.6), *_arc(10, 12, 6.4, 270, 90, 8.4), (10, 3.6)],
        [(14, 3.6), *_arc(14, 12, 6.4, -90, 90, 8.4), (14, 3.6)],
    ),
    "hand": (
        [(8.6, 13.4), (8.6, 6.6)],
        [(11.4, 11.6), (11.4, 4)],
        [(14.2, 11.6), (14.2, 4.8)],
        _smooth(
            (17, 7.6), (17, 11), (17, 14.6), (15.6, 18.6), (12, 20.4), (8.8, 18.8), (6.4, 15.4),
            (4.4, 12.2), (6, 11), (8.6, 13.4),
        ),
    ),
    "heart": tuple(
        _smooth(
            (12, 19.8), (12 - 5.6 * side, 15.2), (12 - 8.4 * side, 10.8), (12 - 7.4 * side, 7),
            (12 - 4 * side, 5.2), (12 - side, 6.6), (12, 8.6),
        )
        for side in (-1, 1)
    ),
    "info": (_oval(12, 12, 8.6), [(12, 11.4), (12, 16.2)], [(12, 7.9)]),
    "leaf": (
        [
            *_smooth((20, 4), (13.6, 4.2), (8.2, 6.4), (5.2, 10.6), (5.4, 16.4), (6.4, 17.8)),
            *_smooth((6.4, 17.8), (10.6, 18.6), (15.6, 16.8), (18.6, 12.4), (19.8, 7.6), (20, 4)),
        ],
        _smooth((3.6, 20.8), (6.4, 17.4), (9.4, 13.6), (13.6, 10.2)),
    ),
    "light": (
        [(8.6, 21), (15.4, 21)],
        [*_smooth((9.2, 17.6), (8.6, 15.4), (6.6, 13.2), (5.9, 9.4), (7.6, 5.6), (12, 3.6)),
         *_smooth((12, 3.6), (16.4, 5.6), (18.1, 9.4), (17.4, 13.2), (15.4, 15.4), (14.8, 17.6)),
         (9.2, 17.6)],
    ),
    "lock": (_box(5, 10.6, 19, 20.4, 2.2), [(8, 10.6), *_arc(12, 7.6, 4, 180, 360), (16, 10.6)]),
    "mark": ([(6, 21), (6, 3.6)], [(6, 4.4), (18.6, 4.4), (15.4, 8.6), (18.6, 12.8), (6, 12.8)]),
    "midday": (_oval(12, 12, 3.9), *_rays(12, 12, 7, 9, range(0, 360, 45))),
    "mirror": (_OVAL, _arc(12, 12, 3.6, 190, 255, 5.4)),
    "morning": (
        _arc(12, 15.4, 4.4, 180, 360),
        [(3, 19.2), (21, 19.2)],
        *_rays(12, 15.4, 7.6, 9.6, (196, 229, 270, 311, 344)),
    ),
    "others": (
        _loop((2.8, 12), (7, 7.6), (12, 6), (17, 7.6), (21.2, 12), (17, 16.4), (12, 18), (7, 16.4)),
        _oval(12, 12, 2.9),
    ),
    "outline": (
        _smooth((3.8, 8.8), (6.2, 7.2), (9, 8.4)),
        _smooth((20.2, 8.8), (17.8, 7.2), (15, 8.4)),
        _smooth((5.8, 14.2), (8.6, 16.8), (12, 17.7), (15.4, 16.8), (18.2, 14.2)),
    ),
    "pace": tuple(
        _smooth(
            (3, y), (6, y - 2.2), (9, y - 1.2), (12, y), (15, y + 1.2), (18, y + 0.4), (21, y - 1.6)
        )
        for y in (7, 13, 19)
    ),
    "pause": ([(8.4, 5.6), (8.4, 18.4)], [(15.6, 5.6), (15.6, 18.4)]),
    "person": (_oval(12, 7.6, 3.9), [*_arc(12, 20.6, 7.4, 180, 360, 6.2)]),
    "phone": (
        _loop(
            (5.2, 4.6), (8.4, 4), (10, 7.8), (8.4, 10.2), (10.6, 13.4), (13.8, 15.6), (16.2, 14),
            (20, 15.6), (19.4, 18.8), (17, 20.2), (11.2, 17.9), (6.1, 12.8), (3.8, 7),
        ),
    ),
    "play": ([(7.6, 5), (18.6, 12), (7.6, 19), (7.6, 5)],),
    "quiet": (
        *_dots(_arc(12, 12, 8.8, 204, 336, 7.6)[::2]),
        *_dots(_arc(12, 12, 8.8, 24, 156, 7.6)[::2]),
        [(12, 12)],
    ),
    "replay": (_arc(12, 12.6, 7.4, 225, 515), [(11.4, 7.4), (6.8, 7.4), (6.8, 2.8)]),
    "settings": (
        [(3.4, 8), (12.4, 8)],
        [(18, 8), (20.6, 8)],
        _oval(15.2, 8, 2.6),
        [(3.4, 16), (6, 16)],
        [(11.6, 16), (20.6, 16)],
        _oval(8.8, 16, 2.6),
    ),
    "speaker": (*_SPEAKER, _arc(12.4, 12, 3.8, -48, 48), _arc(12.4, 12, 7.6, -48, 48)),
    "speaker_off": (*_SPEAKER, [(15.4, 9.6), (20.2, 14.4)], [(20.2, 9.6), (15.4, 14.4)]),
    "text": (
        [(2.6, 18.4), (7.6, 5.6), (12.6, 18.4)],
        [(4.5, 13.8), (10.7, 13.8)],
        _oval(17.8, 15, 3.3, 3.4),
        [(21.1, 11.6), (21.1, 18.4)],
    ),
    "up": ([(5.5, 15), (12, 8.5), (18.5, 15)],),
    "warm_hands": (
        _smooth((3, 14.4), (5.2, 18.2), (9, 20.4), (15, 20.4), (18.8, 18.2), (21, 14.4)),
        _smooth((3, 14.4), (6.4, 14.6), (9, 16.6)),
        _smooth((21, 14.4), (17.6, 14.6), (15, 16.6)),
        *(
            _smooth((x, 12.4), (x - 1, 10), (x + 1, 7.2), (x, 4.8)) for x in (8, 12, 16)
        ),
    ),
}  # fmt: skip
"""Lines of each sign on the grid; a line of one point is a dot."""
