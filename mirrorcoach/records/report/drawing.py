"""Drawings as plain values: lines, areas, dots and words in a box; the page makes SVG of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Line:
    """A path; `style` is a class of the style sheet."""

    d: str
    style: str


@dataclass(frozen=True)
class Dot:
    """A round mark."""

    x: float
    y: float
    r: float
    style: str


@dataclass(frozen=True)
class Word:
    """Words at a place; their baseline lies at `y`."""

    x: float
    y: float
    text: str
    style: str
    anchor: Anchor = "start"


Mark = Line | Dot | Word


@dataclass(frozen=True)
class Drawing:
    """A picture of lines.

    Attributes
    ----------
    name : str
        Unique on its page.
    title, description : str
        For whoever does not see it; both empty for one that stands beside its own words.
    x, y, width, height : float
        Its box.
    marks : tuple of Mark
        From the back to the front.
    """

    name: str
    title: str
    description: str
    x: float
    y: float
    width: float
    height: float
    marks: tuple[Mark, ...]


def place(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def polyline(points: Sequence[Point], closed: bool = False) -> str:
    """A path through points, straight from each to the next."""
    lead = "M" + "L".join(f"{place(x)} {place(y)}" for x, y in points)
    return f"{lead}Z" if closed else lead


def smooth(points: Sequence[Point], closed: bool = False) -> str:
    """A path that bends through all points (Catmull-Rom, as the window draws its faces)."""
    path = np.asarray(points, dtype=float)
    if len(path) < 3:
        return polyline([(x, y) for x, y in path], closed)
    if closed:
        around = np.concatenate([path[-1:], path, path[:2]])
    else:
        around = np.concatenate([2 * path[:1] - path[1:2], path, 2 * path[-1:] - path[-2:-1]])
    before, start, end, after = around[:-3], around[1:-2], around[2:-1], around[3:]
    first, second = start + (end - before) / 6, end - (after - start) / 6
    return _beziers(start[0], first, second, end) + ("Z" if closed else "")


def course(xs: Sequence[float], ys: Sequence[float]) -> str:
    """A smooth path through values over time that goes no further than the values do."""
    knots, first, second = _course(xs, ys)
    return _beziers(knots[0], first, second, knots[1:])


def band(xs: Sequence[float], highs: Sequence[float], lows: Sequence[float]) -> str:
    """The area between two such paths."""
    knots, first, second = _course(xs, lows)
    back = _beziers(knots[-1], second[::-1], first[::-1], knots[-2::-1])
    return f"{course(xs, highs)}L{back[1:]}Z"


def _course(
    xs: Sequence[float], ys: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Knots of a course, and the two handles between each and the next."""
    x, y = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    slope = PchipInterpolator(x, y).derivative()(x)
    third = np.diff(x) / 3
    first = np.stack([x[:-1] + third, y[:-1] + third * slope[:-1]], axis=1)
    second = np.stack([x[1:] - third, y[1:] - third * slope[1:]], axis=1)
    return np.stack([x, y], axis=1), first, second


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> str:
    """A rectangle, with round corners if wanted."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return f"M{place(x)} {place(y)}h{place(width)}v{place(height)}h{place(-width)}Z"
    arc = f"a{place(r)} {place(r)} 0 0 1 "
    return (
        f"M{place(x + r)} {place(y)}h{place(width - 2 * r)}{arc}{place(r)} {place(r)}"
        f"v{place(height - 2 * r)}{arc}{place(-r)} {place(r)}"
        f"h{place(2 * r - width)}{arc}{place(-r)} {place(-r)}"
        f"v{place(2 * r - height)}{arc}{place(r)} {place(-r)}Z"
    )


def thinned(count: int, most: int) -> list[int]:
    """Places of at most so many of some things, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(n * (count - 1) / (most - 1)) for n in range(most)})


def _beziers(
    start: NDArray[np.float64],
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    ends: NDArray[np.float64],
) -> str:
    pieces = (
        " ".join(place(number) for number in (*a, *b, *c))
        for a, b, c in zip(first, second, ends, strict=True)
    )
    return f"M{place(start[0])} {place(start[1])}C" + " ".join(pieces)
