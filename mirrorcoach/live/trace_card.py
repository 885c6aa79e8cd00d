"""The card with both sides' courses: movement above, eye opening below."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from exercises.course import LONGEST_GAP_S, runs_above
from exercises.watch import TOGETHER_ZONE
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.plot import Line, Plot, lengths_of
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Colour, Style, mix
from mirrorcoach.live.trace import Trace

LINE = "line"
"""What dragging over the courses presses."""

LEFT_W, RIGHT_W = 4.0, 3.8
_CASING = 2.0
_ROUND, _SQUARE = 9.0, 5.5
_STEP_MM = 2.0
"""The scale grows by whole steps, so that it seldom changes."""

_LEAST_TOP_MM = 4.0
_TOP_OPENING = 1.25
_GAP_S = 0.3
"""A longer time without a reading is shown as a gap of its own."""

_DOT, _DOT_STEP, _DOTS_BELOW = 3.0, 11.0, 14.0
_TICK_S = 5.0
_PAD = 24.0

Part = Literal["moved", "opening"]
BOTH: tuple[Part, ...] = ("moved", "opening")
_HIGH: dict[Part, float] = {"moved": 0.57, "opening": 0.43}
"""How they share the height; alone, one has all of it."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the card shows.

    Attributes
    ----------
    trace : Trace or None
        The courses.
    region : str
        What the upper one is called.
    target_mm : float or None
        The exercise's aim, if it is what is followed.
    start_s, end_s : float
        The time at the left and at the right edge.
    line_s : float or None
        Where the line stands; None while the courses go on.
    marks_s : sequence of float
        Moments to remember.
    """

    trace: Trace | None
    region: str
    target_mm: float | None
    start_s: float
    end_s: float
    line_s: float | None
    marks_s: Sequence[float]


class TraceCard:
    """Draws the courses; it remembers where the dashes were, so that they move with the line."""

    def __init__(self) -> None:
        self._dashes: dict[Part, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}

    @staticmethod
    def least_height(canvas: Canvas, parts: Sequence[Part] = BOTH) -> float:
        """Below this the courses say nothing any more."""
        return (len(parts) + 1) * canvas.styles.label.step + 24 + 66 * len(parts)

    def draw(self, canvas: Canvas, box: Box, shown: Shown, parts: Sequence[Part] = BOTH) -> None:
        """Draw the card.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        box : Box
            Where; at least `least_height` high.
        shown : Shown
            What.
        parts : sequence of str
            Movement, eye opening, or both.
        """
        texts, bold, label = canvas.texts, canvas.styles.label_bold, canvas.styles.label
        canvas.card(box, 24)
        names = {
            name: texts(f"therapist.{name}") for name in ("aim", "still", "eye_rest", "eye_shut")
        }
        gutter = max(canvas.type.width(name, label) for name in names.values()) + 12
        x, w = box.x + _PAD + gutter, box.w - 2 * _PAD - gutter
        legend_x = self._legend(canvas, box, box.y + 12, bold)
        room = box.h - 12 - (len(parts) + 1) * label.step - 20 * len(parts) - 2
        share = sum(_HIGH[part] for part in parts)
        y, places = box.y + 12, {}
        for number, part in enumerate(parts):
            title = shown.region if part == "moved" else texts("therapist.eye_opening")
            end = legend_x - 16 if number == 0 else box.right - _PAD
            left = box.x + _PAD
            canvas.text(title, left, y, bold, canvas.theme.ink, end - left)
            places[part] = Box(x, y + label.step + 8, w, _HIGH[part] / share * room)
            y = places[part].bottom + 12
        scale = _Scale(shown, places)
        self._ground(canvas, shown, scale, names, box.x + _PAD, label)
        whole = scale.whole
        self._times(canvas, shown, whole, whole.bottom + 4, label)
        canvas.drag(whole.grown(6), LINE, radius=12)
        if shown.trace is not None:
            plot = Plot(canvas, whole.grown(12))
            self._courses(canvas, plot, shown.trace, scale)
            self._marks(canvas, plot, shown, scale)
            self._line(canvas, plot, shown, scale)

    def _legend(self, canvas: Canvas, box: Box, top: float, style: Style) -> float:
        """Both sides with their kind of line, from the right; returns where it begins."""
        x = box.right - _PAD
        y = top + style.step / 2
        for name, colour, dashes in (
            ("right", canvas.theme.right, 0.0),
            ("left", canvas.theme.left, None),
        ):
            word = canvas.texts(f"common.{name}")
            width = canvas.type.width(word, style)
            canvas.text(word, x, top, style, colour, width + 1, "right")
            end = x - width - 8
            sample = np.array([[end - 34.0, y], [end - 2.0, y]])
            Plot(canvas, Box(end - 40, y - 6, 44, 12)).line(sample, LEFT_W, colour, dashes)
            x = end - 36 - 20
        return x + 20

    def _ground(
        self,
        canvas: Canvas,
        shown: Shown,
        scale: _Scale,
        names: dict[str, str],
        x: float,
        style: Style,
    ) -> None:
        """What the courses are held against: aim and rest, and the lids' rest and touch."""
        taken: list[float] = []

        def name(word: str, y: float) -> None:
            if any(abs(y - other) < style.step for other in taken):
                return  # there is no room for both
            taken.append(y)
            top = y - style.step / 2
            canvas.text(names[word], x, top, style, canvas.theme.ink2, scale.whole.x - x)

        if "moved" in scale.places:
            self._ground_of_movement(canvas, shown, scale, name)
        if "opening" in scale.places:
            place = scale.places["opening"]
            for opening, word in ((1.0, "eye_rest"), (0.0, "eye_shut")):
                y = float(scale.y("opening", opening))
                canvas.bar(Box(place.x, y - 0.75, place.w, 1.5), canvas.theme.line)
                name(word, y if opening else y - 0.2 * style.step)

    def _ground_of_movement(
        self, canvas: Canvas, shown: Shown, scale: _Scale, name: Callable[[str, float], None]
    ) -> None:
        """The aim, and what cannot be told from rest."""
        theme, place = canvas.theme, scale.places["moved"]
        border = theme.line if theme.outlined else None

        def band(low_mm: float, high_mm: float, least: float, colour: Colour) -> float:
            top, bottom = (float(scale.y("moved", one)) for one in (high_mm, low_mm))
            middle, half = (top + bottom) / 2, max(least, (bottom - top) / 2)
            canvas.panel(Box(place.x, middle - half, place.w, 2 * half), 4, colour, border)
            return middle

        if shown.target_mm is not None:
            low, high = (share * shown.target_mm for share in TOGETHER_ZONE)
            name("aim", band(low, high, 8.0, theme.soft))
        floor = None if shown.trace is None else shown.trace.floor_mm
        if floor is not None:
            band(-max(floor), max(floor), 2.0, theme.sunk)
        name("still", float(scale.y("moved", 0.0)))

    def _times(self, canvas: Canvas, shown: Shown, whole: Box, y: float, style: Style) -> None:
        theme, texts = canvas.theme, canvas.texts
        if shown.line_s is None:
            now = texts("therapist.now")
            canvas.text(now, whole.right, y, style, theme.ink2, whole.w / 2, "right")
            ago = texts("therapist.ago", s=round(shown.end_s - shown.start_s))
            canvas.text(ago, whole.x, y, style, theme.ink2, whole.w / 2)
            return
        length_s = shown.end_s - shown.start_s
        last = texts("therapist.seconds", s=round(length_s))
        least = canvas.type.width(last, style) + 16
        step_s = _TICK_S
        while step_s / length_s * whole.w < least:
            step_s *= 2
        for tick in np.arange(0.0, length_s + 1e-6, step_s):
            x = whole.x + tick / length_s * whole.w
            word = texts("therapist.seconds", s=round(tick))
            half = canvas.type.width(word, style) / 2
            x = min(max(x, whole.x + half), whole.right - half)
            canvas.text(word, x, y, style, theme.ink2, least, "centre")

    def _courses(self, canvas: Canvas, plot: Plot, trace: Trace, scale: _Scale) -> None:
        theme = canvas.theme
        late = np.flatnonzero(np.diff(trace.time_s) > LONGEST_GAP_S) + 1
        for part, place in scale.places.items():
            values = _values(trace, part)
            self._gaps(canvas, plot, trace.time_s, values, scale, place)
            left, right = (
                np.stack([scale.x(trace.time_s), scale.y(part, values[:, k])], axis=1)
                for k in range(2)
            )
            left[late, 1] = right[late, 1] = np.nan
            plot.line(left, LEFT_W, theme.left)
            offset = self._offset(part, trace.time_s, right)
            plot.line(right, RIGHT_W, theme.right, offset)
        if "opening" in scale.places:
            plot.dots(_quiet_dots(trace, scale), _DOT, theme.quiet)

    def _gaps(
        self,
        canvas: Canvas,
        plot: Plot,
        time_s: NDArray[np.float64],
        values: NDArray[np.float64],
        scale: _Scale,
        place: Box,
    ) -> None:
        """Draw times without a reading as pale fields."""
        theme = canvas.theme
        colour = theme.line if theme.outlined else mix(theme.surface, theme.sunk, 0.7)
        unknown = ~np.isfinite(values).all(axis=1)
        for first, last in runs_above(unknown.astype(np.float64), 0.5, 0.5):
            start_s, end_s = time_s[first], time_s[last]
            if end_s - start_s < _GAP_S:
                continue
            a, b = float(scale.x(start_s)), float(scale.x(end_s))
            if theme.outlined:
                for x in (a, b):
                    plot.line(np.array([[x, place.y], [x, place.bottom]]), 1.5, colour)
                continue
            plot.shape([(a, place.y), (b, place.y), (b, place.bottom), (a, place.bottom)], colour)

    def _offset(self, part: Part, time_s: NDArray[np.float64], line: Line) -> float:
        """How much of the dashes' pattern lies before a line whose beginning has passed by."""
        lengths = lengths_of(line)
        before = self._dashes.get(part)
        offset = 0.0
        if before is not None and len(time_s) and before[0][0] <= time_s[0] <= before[0][-1]:
            offset = float(np.interp(time_s[0], *before))
        if len(time_s):
            self._dashes[part] = (time_s, lengths + offset)
        return offset

    def _marks(self, canvas: Canvas, plot: Plot, shown: Shown, scale: _Scale) -> None:
        y = scale.whole.y
        for mark_s in shown.marks_s:
            if shown.start_s <= mark_s <= shown.end_s:
                x = float(scale.x(mark_s))
                low = scale.whole.y + 0.5 * scale.whole.h
                plot.line(np.array([[x, y + 8], [x, low]]), 1.5, canvas.theme.edge)
                plot.shape([(x - 8, y - 4), (x + 8, y - 4), (x, y + 9)], canvas.theme.primary)

    def _line(self, canvas: Canvas, plot: Plot, shown: Shown, scale: _Scale) -> None:
        trace, theme = shown.trace, canvas.theme
        assert trace is not None
        row = None if shown.line_s is None else trace.row(shown.line_s)
        if row is None:
            return
        x = float(scale.x(trace.time_s[row]))
        ends = np.array([[x, scale.whole.y], [x, scale.whole.bottom]])
        plot.line(ends, 2.5, theme.ink)
        for part in scale.places:
            left, right = (float(one) for one in scale.y(part, _values(trace, part)[row]))
            if math.isfinite(left):
                plot.dots(np.array([[x, left]]), _ROUND + _CASING, theme.surface)
                plot.dots(np.array([[x, left]]), _ROUND, theme.left)
            if math.isfinite(right):
                plot.square((x, right), _SQUARE + _CASING, theme.surface)
                plot.square((x, right), _SQUARE, theme.right)


def _values(trace: Trace, part: Part) -> NDArray[np.float64]:
    return trace.moved_mm if part == "moved" else trace.opening


class _Scale:
    """From times, millimetres and lid opening to places on the canvas."""

    def __init__(self, shown: Shown, places: dict[Part, Box]) -> None:
        self.places = places
        boxes = list(places.values())
        top, bottom = boxes[0].y - 6, boxes[-1].bottom
        self.whole = Box(boxes[0].x, top, boxes[0].w, bottom - top)
        self._start_s = shown.start_s
        self._per_s = self.whole.w / max(1e-6, shown.end_s - shown.start_s)
        moved, opening = _range_mm(shown), _TOP_OPENING
        if shown.trace is not None and np.isfinite(shown.trace.opening).any():
            opening = max(_TOP_OPENING, float(np.nanmax(shown.trace.opening)))
        self._range: dict[Part, tuple[float, float]] = {"moved": moved, "opening": (0.0, opening)}

    def x(self, time_s: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Places from left to right."""
        return np.asarray(self.whole.x + (np.asarray(time_s) - self._start_s) * self._per_s)

    def y(self, part: Part, values: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Places from top to bottom."""
        low, high = self._range[part]
        place = self.places[part]
        return np.asarray(place.bottom - (np.asarray(values) - low) / (high - low) * place.h)


def _range_mm(shown: Shown) -> tuple[float, float]:
    """Lowest and highest movement that has a place, in whole steps."""
    high, low = _LEAST_TOP_MM, 0.0
    if shown.target_mm is not None:
        high = max(high, 1.4 * shown.target_mm)
    if shown.trace is not None:
        if np.isfinite(shown.trace.moved_mm).any():
            high = max(high, 1.05 * float(np.nanmax(shown.trace.moved_mm)))
            low = float(np.nanmin(shown.trace.moved_mm))
        if shown.trace.floor_mm is not None:
            low = min(low, -max(shown.trace.floor_mm))
    high = _STEP_MM * math.ceil(high / _STEP_MM)
    return -0.25 * _STEP_MM * math.ceil(-low / (0.25 * _STEP_MM)), high


def _quiet_dots(trace: Trace, scale: _Scale) -> Line:
    """Dots below the eyes' courses wherever an eye narrows."""
    dots: list[tuple[float, float]] = []
    for first, last in runs_above(trace.narrower.any(axis=1).astype(np.float64), 0.5, 0.5):
        start_s, end_s = trace.time_s[first], trace.time_s[last]
        lowest = np.nanmin(trace.opening[first : last + 1], axis=1)
        count = max(2, round(float(scale.x(end_s) - scale.x(start_s)) / _DOT_STEP) + 1)
        for time_s in np.linspace(start_s, end_s, count):
            opening = float(np.interp(time_s, trace.time_s[first : last + 1], lowest))
            y = min(float(scale.y("opening", opening)) + _DOTS_BELOW, scale.whole.bottom)
            dots.append((float(scale.x(time_s)), y))
    return np.array(dots).reshape(-1, 2)
