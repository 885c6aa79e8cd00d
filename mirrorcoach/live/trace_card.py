"""The card with both sides' courses: movement above, eye opening below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.course import runs_above
from exercises.watch import QUIET_AFTER_S, TOGETHER_ZONE
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.plot import Line, Plot, lengths_of
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Style, mix
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
        self._dashes: dict[int, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}

    @staticmethod
    def least_height(canvas: Canvas) -> float:
        """Below this the courses say nothing any more."""
        return 3 * canvas.styles.label.step + 120.0

    def draw(self, canvas: Canvas, box: Box, shown: Shown) -> None:
        """Draw the card.

        Parameters
        ----------
        canvas : Canvas
            Of the present frame.
        box : Box
            Where; at least `least_height` high.
        shown : Shown
            What.
        """
        theme, texts = canvas.theme, canvas.texts
        bold, label = canvas.styles.label_bold, canvas.styles.label
        canvas.card(box, 24)
        names = {
            name: texts(f"therapist.{name}") for name in ("aim", "still", "eye_rest", "eye_shut")
        }
        gutter = max(canvas.type.width(name, label) for name in names.values()) + 12
        x, w = box.x + _PAD + gutter, box.w - 2 * _PAD - gutter
        top = box.y + 12
        room = box.h - 12 - 3 * label.step - 36
        upper = Box(x, top + label.step + 8, w, 0.57 * room)
        lower = Box(x, upper.bottom + 12 + label.step + 4, w, 0.43 * room)
        whole = Box(x, upper.y - 6, w, lower.bottom - upper.y + 6)
        legend_x = self._legend(canvas, box, top, bold)
        canvas.text(shown.region, box.x + _PAD, top, bold, theme.ink, legend_x - box.x - _PAD - 16)
        canvas.text(
            texts("therapist.eye_opening"),
            box.x + _PAD,
            lower.y - 4 - label.step,
            bold,
            theme.ink,
            box.w - 2 * _PAD,
        )
        scale = _Scale(shown, upper, lower)
        self._ground(canvas, shown, scale, names, box.x + _PAD, label)
        self._times(canvas, shown, whole, lower.bottom + 4, label)
        canvas.drag(whole.grown(6), LINE, radius=12)
        if shown.trace is not None:
            plot = Plot(canvas, whole.grown(12))
            self._courses(canvas, plot, shown, scale)
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
        theme = canvas.theme
        upper, lower = scale.upper, scale.lower
        taken: list[float] = []

        def name(word: str, y: float) -> None:
            if any(abs(y - other) < style.step for other in taken):
                return  # there is no room for both
            taken.append(y)
            canvas.text(names[word], x, y - style.step / 2, style, theme.ink2, upper.x - x)

        if shown.target_mm is not None:
            low, high = (share * shown.target_mm for share in TOGETHER_ZONE)
            top, bottom = scale.y_mm(high), scale.y_mm(low)
            middle = (top + bottom) / 2
            half = max(8.0, (bottom - top) / 2)
            band = Box(upper.x, middle - half, upper.w, 2 * half)
            canvas.panel(band, 4, theme.soft, theme.line if theme.outlined else None)
            name("aim", middle)
        floor = None if shown.trace is None else shown.trace.floor_mm
        if floor is not None:
            half = scale.y_mm(0) - scale.y_mm(max(floor))
            band = Box(upper.x, scale.y_mm(0) - half, upper.w, 2 * half)
            canvas.panel(band, 4, theme.sunk, theme.line if theme.outlined else None)
        name("still", scale.y_mm(0))
        canvas.bar(Box(lower.x, scale.y_open(1) - 0.75, lower.w, 1.5), theme.line)
        canvas.bar(Box(lower.x, scale.y_open(0) - 0.75, lower.w, 1.5), theme.line)
        name("eye_rest", scale.y_open(1))
        name("eye_shut", scale.y_open(0) - style.step * 0.2)

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

    def _courses(self, canvas: Canvas, plot: Plot, shown: Shown, scale: _Scale) -> None:
        theme, trace = canvas.theme, shown.trace
        assert trace is not None
        self._gaps(canvas, plot, trace, scale)
        for number, (values, y) in enumerate(
            ((trace.moved_mm, scale.y_mm), (trace.opening, scale.y_open))
        ):
            left, right = (
                np.stack([scale.x(trace.time_s), y(values[:, k])], axis=1) for k in range(2)
            )
            plot.line(left, LEFT_W, theme.left)
            offset = self._offset(number, trace.time_s, right)
            plot.line(right, RIGHT_W, theme.right, offset)
        plot.dots(_quiet_dots(trace, scale), _DOT, theme.quiet)

    def _gaps(self, canvas: Canvas, plot: Plot, trace: Trace, scale: _Scale) -> None:
        """Times without a reading, as a pale field that is open to both sides."""
        theme = canvas.theme
        colour = theme.line if theme.outlined else mix(theme.surface, theme.sunk, 0.7)
        for values, within in ((trace.moved_mm, scale.upper), (trace.opening, scale.lower)):
            unknown = ~np.isfinite(values).all(axis=1)
            for first, last in runs_above(unknown.astype(np.float64), 0.5, 0.5):
                start_s, end_s = trace.time_s[first], trace.time_s[last]
                if end_s - start_s < _GAP_S:
                    continue
                a, b = float(scale.x(start_s)), float(scale.x(end_s))
                if theme.outlined:
                    for x in (a, b):
                        plot.line(np.array([[x, within.y], [x, within.bottom]]), 1.5, colour)
                    continue
                corners = [(a, within.y), (b, within.y), (b, within.bottom), (a, within.bottom)]
                plot.shape(corners, colour)

    def _offset(self, number: int, time_s: NDArray[np.float64], line: Line) -> float:
        """How much of the dashes' pattern lies before a line whose beginning has passed by."""
        lengths = lengths_of(line)
        before = self._dashes.get(number)
        offset = 0.0
        if before is not None and len(time_s) and before[0][0] <= time_s[0] <= before[0][-1]:
            offset = float(np.interp(time_s[0], *before))
        if len(time_s):
            self._dashes[number] = (time_s, lengths + offset)
        return offset

    def _marks(self, canvas: Canvas, plot: Plot, shown: Shown, scale: _Scale) -> None:
        y = scale.upper.y - 6
        for mark_s in shown.marks_s:
            if shown.start_s <= mark_s <= shown.end_s:
                x = float(scale.x(mark_s))
                plot.line(np.array([[x, y + 8], [x, scale.y_mm(0)]]), 1.5, canvas.theme.edge)
                plot.shape([(x - 8, y - 4), (x + 8, y - 4), (x, y + 9)], canvas.theme.primary)

    def _line(self, canvas: Canvas, plot: Plot, shown: Shown, scale: _Scale) -> None:
        trace, theme = shown.trace, canvas.theme
        assert trace is not None
        row = None if shown.line_s is None else trace.row(shown.line_s)
        if row is None:
            return
        x = float(scale.x(trace.time_s[row]))
        ends = np.array([[x, scale.upper.y - 6], [x, scale.lower.bottom]])
        plot.line(ends, 2.5, theme.ink)
        for values, y in ((trace.moved_mm, scale.y_mm), (trace.opening, scale.y_open)):
            left, right = (float(one) for one in y(values[row]))
            if math.isfinite(left):
                plot.dots(np.array([[x, left]]), _ROUND + _CASING, theme.surface)
                plot.dots(np.array([[x, left]]), _ROUND, theme.left)
            if math.isfinite(right):
                plot.square((x, right), _SQUARE + _CASING, theme.surface)
                plot.square((x, right), _SQUARE, theme.right)


class _Scale:
    """From times, millimetres and lid opening to places on the canvas."""

    def __init__(self, shown: Shown, upper: Box, lower: Box) -> None:
        self.upper, self.lower = upper, lower
        self._start_s = shown.start_s
        self._per_s = upper.w / max(1e-6, shown.end_s - shown.start_s)
        high, low = _LEAST_TOP_MM, 0.0
        if shown.target_mm is not None:
            high = max(high, 1.4 * shown.target_mm)
        self._top_open = _TOP_OPENING
        if shown.trace is not None:
            moved, opening = shown.trace.moved_mm, shown.trace.opening
            if np.isfinite(moved).any():
                high = max(high, 1.05 * float(np.nanmax(moved)))
                low = float(np.nanmin(moved))
            if np.isfinite(opening).any():
                self._top_open = max(_TOP_OPENING, float(np.nanmax(opening)))
            if shown.trace.floor_mm is not None:
                low = min(low, -max(shown.trace.floor_mm))
        self._high = _STEP_MM * math.ceil(high / _STEP_MM)
        self._low = -0.25 * _STEP_MM * math.ceil(-low / (0.25 * _STEP_MM))

    def x(self, time_s: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Places from left to right."""
        return np.asarray(self.upper.x + (np.asarray(time_s) - self._start_s) * self._per_s)

    def y_mm(self, moved_mm: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Height in the upper courses."""
        share = (np.asarray(moved_mm) - self._low) / (self._high - self._low)
        return np.asarray(self.upper.bottom - share * self.upper.h)

    def y_open(self, opening: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Height in the lower courses."""
        share = np.asarray(opening) / self._top_open
        return np.asarray(self.lower.bottom - share * self.lower.h)


def _quiet_dots(trace: Trace, scale: _Scale) -> Line:
    """Dots below the eyes' courses wherever an eye narrows for longer than a moment."""
    dots: list[tuple[float, float]] = []
    for first, last in runs_above(trace.narrower.astype(np.float64), 0.5, 0.5):
        start_s, end_s = trace.time_s[first], trace.time_s[last]
        if end_s - start_s < QUIET_AFTER_S:
            continue
        lowest = np.nanmin(trace.opening[first : last + 1], axis=1)
        count = max(2, round(float(scale.x(end_s) - scale.x(start_s)) / _DOT_STEP) + 1)
        for time_s in np.linspace(start_s, end_s, count):
            opening = float(np.interp(time_s, trace.time_s[first : last + 1], lowest))
            y = min(float(scale.y_open(opening)) + _DOTS_BELOW, scale.lower.bottom)
            dots.append((float(scale.x(time_s)), y))
    return np.array(dots).reshape(-1, 2)
