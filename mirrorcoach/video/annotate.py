"""The recording again, with what was measured drawn on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import cv2
import numpy as np
from numpy.typing import NDArray

from exercises import library
from exercises.repetition import measure_of
from landmarks.frame import Frame
from landmarks.mesh import LIPS_OUTER, RIGHT_BROW, RIGHT_EYE, mirrored
from landmarks.meter import Reading
from landmarks.quality import REASONS
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.video.plan import Plan
from mirrorcoach.video.writer import VideoWriter

_CLOSED = (LIPS_OUTER, RIGHT_EYE, mirrored(RIGHT_EYE))
_OPEN = (RIGHT_BROW, mirrored(RIGHT_BROW))
_WHITE, _DARK = (255, 255, 255), (24, 20, 25)
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
        self._frame: Frame | None = None

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
        """Pass frames on and keep the last one, so that `write` can draw on it."""
        for frame in frames:
            self._frame = frame
            yield frame

    def write(self, reading: Reading) -> None:
        """Draw the reading of the last frame that passed."""
        assert self._frame is not None
        image = self._frame.image.copy()
        unit = max(1, round(image.shape[0] / 360))
        if reading.mesh is not None:
            _contours(image, reading.mesh.points_px, unit)
        self._caption(image, reading, unit)
        self._writer.write(image, reading.time_s)

    def _caption(self, image: NDArray[np.uint8], reading: Reading, unit: int) -> None:
        name = self._exercise_at(reading.time_s)
        text = library.words().exercise[name].name if name else ""
        if reading.problem is not None:
            text = REASONS[reading.problem]
        if text:
            _text(image, text, (10 * unit, 20 * unit), unit)
        exercise = library.exercises()[name] if name else None
        measure = measure_of(exercise) if exercise else None
        moved = reading.movement
        if exercise is None or exercise.wanted is None or measure is None or moved is None:
            return
        sides = measure.sides_mm(moved.displacement_mm, moved.aperture_lost_mm)
        height, width = image.shape[:2]
        for mm, x, colour in (
            (float(sides[0]), width - 24 * unit, _LEFT),
            (float(sides[1]), 12 * unit, _RIGHT),
        ):
            length = int(0.4 * height * min(1.0, max(0.0, mm / (1.5 * exercise.wanted.target_mm))))
            bottom = height - 28 * unit
            track = (x + 12 * unit, bottom - int(0.4 * height))
            cv2.rectangle(image, (x, bottom), track, _WHITE, -1)
            cv2.rectangle(image, (x, bottom), (x + 12 * unit, bottom - length), colour, -1)
            _text(image, f"{mm:.1f}", (x - 6 * unit, height - 8 * unit), unit)

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
            for colour, width in ((_DARK, 3 * unit), (_WHITE, unit)):
                cv2.polylines(image, [line], closed, colour, width, cv2.LINE_AA, 3)


def _text(image: NDArray[np.uint8], text: str, place: tuple[int, int], unit: int) -> None:
    for colour, width in ((_DARK, 3 * unit), (_WHITE, unit)):
        cv2.putText(
            image, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.45 * unit, colour, width, cv2.LINE_AA
        )
