"""The recording again, with what was measured drawn on it."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import cv2
import numpy as np
from numpy.typing import NDArray

from exercises import library
from exercises.repetition import measure_of
from exercises.schema import Exercise
from landmarks.frame import Frame
from landmarks.mesh import LIPS_OUTER, RIGHT_BROW, RIGHT_EYE, mirrored
from landmarks.meter import Reading
from landmarks.problems import REASONS
from landmarks.regions import SIDES
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.video.plan import Plan
from mirrorcoach.video.writer import VideoWriter

_CLOSED = (LIPS_OUTER, RIGHT_EYE, mirrored(RIGHT_EYE))
_OPEN = (RIGHT_BROW, mirrored(RIGHT_BROW))
_WHITE, _DARK = (255, 255, 255), (24, 20, 25)
_FONT, _TEXT_SIZE = cv2.FONT_HERSHEY_SIMPLEX, 0.45
_LEFT, _RIGHT = (181, 108, 44), (18, 79, 173)  # the side colours of the window, blue-green-red


class Annotator:
    """Writes each frame with contours, the exercise and a bar a side.

    The picture is not mirrored: the person's left is on the right of it, and so is its bar.

    Parameters
    ----------
    path : Path
        Where the video goes.
    info : SourceInfo
        Of the recording.
    plan : Plan
        What was asked for.
    """

    def __init__(self, path: Path, info: SourceInfo, plan: Plan) -> None:
        self._writer = VideoWriter(path, info.width, info.height, info.fps or 30.0)
        self._plan = plan
        self._waiting: deque[Frame] = deque()

    @property
    def note(self) -> str | None:
        """A sentence for the person when the file is not what was promised, else None."""
        return self._writer.note

    def __enter__(self) -> Annotator:
        self._writer.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.__exit__(kind, error, trace)

    def watching(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Pass frames on and keep those that `write` has yet to draw on."""
        for frame in frames:
            self._waiting.append(frame)
            yield frame

    def write(self, reading: Reading) -> None:
        """Draw a reading on its frame; one for each frame that passed, in their order."""
        image = self._waiting.popleft().image.copy()
        unit = max(1, round(min(image.shape[:2]) / 360))
        if reading.mesh is not None:
            _contours(image, reading.mesh.points_px, unit)
        name = self._exercise_at(reading.time_s)
        if reading.problem is not None:
            _caption(image, REASONS[reading.problem], unit)
        elif name is not None:
            _caption(image, library.words().exercise[name].name, unit)
            self._bars(image, reading, library.exercises()[name], unit)
        self._writer.write(image, reading.time_s)

    def _bars(
        self, image: NDArray[np.uint8], reading: Reading, exercise: Exercise, unit: int
    ) -> None:
        """A bar a side, full at one and a half times the exercise's comfortable size."""
        measure, moved = measure_of(exercise), reading.movement
        if exercise.wanted is None or measure is None or moved is None:
            return
        sides_mm = measure.sides_mm(moved)
        words = library.words().side
        height, width = image.shape[:2]
        full, wide, margin = int(0.4 * height), 12 * unit, 34 * unit
        bottom = height - 28 * unit
        places = ((width - margin, _LEFT), (margin, _RIGHT))
        for side, mm, (middle, colour) in zip(SIDES, sides_mm.tolist(), places, strict=True):
            seen = math.isfinite(mm)
            share = min(1.0, max(0.0, mm / (1.5 * exercise.wanted.target_mm))) if seen else 0.0
            left, right = middle - wide // 2, middle + wide // 2
            rim = max(1, unit // 2)
            cv2.rectangle(
                image, (left - rim, bottom - full - rim), (right + rim, bottom + rim), _DARK, -1
            )
            cv2.rectangle(image, (left, bottom - full), (right, bottom), _WHITE, -1)
            if share > 0.0:
                top = bottom - round(share * full)
                cv2.rectangle(image, (left, top), (right, bottom), colour, -1)
            _text(image, words[side], middle, bottom - full - 8 * unit, unit)
            told = f"{round(mm, 1) + 0.0:.1f} mm" if seen else "- mm"
            _text(image, told, middle, height - 9 * unit, unit)

    def _exercise_at(self, time_s: float) -> str | None:
        for cue in self._plan.cues or ():
            if cue.start_s <= time_s < cue.end_s:
                return cue.exercise
        if self._plan.cues is None and len(self._plan.in_order) == 1:
            return self._plan.in_order[0]
        return None


def _contours(image: NDArray[np.uint8], points_px: NDArray[np.float64], unit: int) -> None:
    for closed, contours in ((True, _CLOSED), (False, _OPEN)):
        for contour in contours:
            line = np.round(points_px[list(contour), :2] * 8).astype(np.int32)
            for colour, width in ((_DARK, unit + 1), (_WHITE, max(1, unit // 2))):
                cv2.polylines(image, [line], closed, colour, width, cv2.LINE_AA, 3)


def _caption(image: NDArray[np.uint8], text: str, unit: int) -> None:
    """A line at the top, smaller where the picture is too narrow for it."""
    width = image.shape[1]
    (wide, _), _ = cv2.getTextSize(text, _FONT, _TEXT_SIZE * unit, unit)
    shrunk = min(1.0, (width - 20 * unit) / wide)
    _text(image, text, width // 2, 20 * unit, unit, shrunk)


def _text(
    image: NDArray[np.uint8], text: str, middle: int, base: int, unit: int, shrunk: float = 1.0
) -> None:
    """White letters with a dark rim, centred."""
    size = _TEXT_SIZE * unit * shrunk
    (wide, _), _ = cv2.getTextSize(text, _FONT, size, unit)
    for colour, width in ((_DARK, 3 * unit), (_WHITE, unit)):
        cv2.putText(
            image, text, (middle - wide // 2, base), _FONT, size, colour, width, cv2.LINE_AA
        )
