"""A rendered person who does the exercises they are asked for, in place of the webcam.

Their right side is weak, and their right eye narrows when the mouth moves. How far each side
truly moves stands in ``assets/demo/truth.json``.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

import assets
from landmarks.frame import Frame
from landmarks.regions import Side
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.errors import InputError

__all__ = ["AFFECTED", "SimulatedPatient"]

AFFECTED: Side = "right"
"""The patient's weak side."""

_REST = "rest"
_FADE = 5
"""Frames over which one clip turns into the next."""


@cache
def _book() -> dict[str, Any]:
    """Return what is true of the films: ``fps``, and by name the ``clips``."""
    try:
        with assets.path("demo/truth.json") as file:
            book: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _incomplete(error) from error
    return book


def _incomplete(found: object) -> InputError:
    return InputError(
        f"The simulated patient is not complete: {found}. The films that come with mirrorcoach "
        "were expected. Install mirrorcoach again, or use a camera."
    )


class _Clip:
    """One bundled film, decoded as it is played; a loop starts again without a gap."""

    def __init__(self, name: str, *, loop: bool = False) -> None:
        self.name = name
        self.next_frame = 0
        self._loop = loop
        self._last: NDArray[np.uint8] | None = None
        self._open()

    def _open(self) -> None:
        self.next_frame = 0
        with ExitStack() as stack:
            try:
                file = stack.enter_context(assets.path(f"demo/{self.name}.mp4"))
            except FileNotFoundError as error:
                raise _incomplete(error) from error
            video = stack.enter_context(VideoFile(file))
            self.info = video.info
            self._frames = iter(video)
            self._held = stack.pop_all()

    def read(self) -> NDArray[np.uint8] | None:
        """Return the next picture, or None at the end of a clip that does not loop."""
        frame = next(self._frames, None)
        if frame is None and self._loop:
            self.close()
            self._open()
            frame = next(self._frames, None)
        if frame is None:
            return None
        self.next_frame += 1
        self._last = frame.image
        return frame.image

    def read_or_last(self) -> NDArray[np.uint8] | None:
        """Return the next picture, or the last one once more after the end."""
        image = self.read()
        return self._last if image is None else image

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()


class SimulatedPatient:
    """A face at rest that does what it is asked; a :class:`~.source.FrameSource`.

    The patient was filmed doing six exercises and, for two of them, a calmer version: smaller,
    more even, and with almost no narrowing of the eye. Asked for anything else they simply go on
    resting, as somebody does who did not understand.

    A repetition takes as long as it was filmed: half a second of rest, two seconds of rise, two
    of hold, three of letting go and one of rest. :meth:`ask` may be called at any time and from
    any thread. What is asked for during a repetition begins when its movement is over; the newest
    request counts.

    ::

        with SimulatedPatient() as patient:
            for frame in patient:
                if frame.index == 60:
                    patient.ask("smile_open")

    Parameters
    ----------
    realtime : bool
        Hand out frames at the clock's pace, as a webcam would. A slow consumer makes the patient
        wait: no frame is skipped, and the time of a frame follows the frames, not the clock. With
        ``False``, frames come as fast as they are read.

    Notes
    -----
    A frame's ``time_s`` is the patient's own time: 1/30 s from frame to frame across all clips,
    for as long as the source is open. A second loop goes on where the first one stopped, as with
    a camera. The frames never end by themselves; they end when the source is closed, also when
    another thread closes it.
    """

    def __init__(self, *, realtime: bool = True) -> None:
        self._realtime = realtime
        self._fps = 30.0
        self._info: SourceInfo | None = None
        self._asked: deque[str | None] = deque(maxlen=1)
        self._reading = threading.Lock()
        self._closed = threading.Event()
        self._now: _Clip | None = None
        self._before: _Clip | None = None
        self._faded = _FADE
        self._index = 0
        self._due: float | None = None

    def __enter__(self) -> SimulatedPatient:
        """Open the bundled films.

        Raises
        ------
        InputError
            When the films are missing or cannot be read: the installation is incomplete.
        """
        rest = _Clip(_REST, loop=True)
        self._fps = float(_book()["fps"])
        self._info = SourceInfo(
            name="simulated patient",
            width=rest.info.width,
            height=rest.info.height,
            fps=self._fps,
            duration_s=None,
            rotation_deg=0,
            mirrored=False,
            frames=None,
        )
        self._now, self._before, self._faded = rest, None, _FADE
        self._index, self._due = 0, None
        self._asked.clear()
        self._closed.clear()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the films."""
        self.close()

    @property
    def info(self) -> SourceInfo:
        """What the source says of itself; like a camera, it has no length."""
        if self._info is None:
            raise RuntimeError("open the patient first: with SimulatedPatient() as patient")
        return self._info

    @property
    def playing(self) -> str:
        """Name of the clip that is on: ``"rest"``, ``"smile_open"``, ``"smile_open_calm"``."""
        now = self._now
        return _REST if now is None else now.name

    def knows(self, exercise_id: str) -> bool:
        """Whether the patient was filmed doing this exercise."""
        return any(clip["exercise"] == exercise_id for clip in _book()["clips"].values())

    def ask(self, exercise_id: str, calmer: bool = False) -> None:
        """Ask for one repetition.

        Parameters
        ----------
        exercise_id : str
            An exercise of the catalogue. One the patient was not filmed doing is answered by
            resting, and takes the place of an earlier request that has not begun.
        calmer : bool
            Smaller and more even, where there is such a clip; else the usual one.
        """
        name: str | None = None
        if self.knows(exercise_id):
            calm = f"{exercise_id}_calm"
            name = calm if calmer and calm in _book()["clips"] else exercise_id
        self._asked.append(name)

    def close(self) -> None:
        """End the frames and let go of the files. May be called twice, and from any thread."""
        self._closed.set()
        with self._reading:
            for clip in (self._now, self._before):
                if clip is not None:
                    clip.close()
            self._now = self._before = None

    def __iter__(self) -> Iterator[Frame]:
        """Hand out frames until the source is closed."""
        if self._info is None:
            raise RuntimeError("open the patient first: with SimulatedPatient() as patient")
        while True:
            with self._reading:
                if self._closed.is_set() or self._now is None:
                    return
                frame = Frame(self._index, self._index / self._fps, self._picture(self._now))
                self._index += 1
            if self._realtime:
                self._wait()
            if self._closed.is_set():
                return
            yield frame

    def _wait(self) -> None:
        now, step_s = time.perf_counter(), 1 / self._fps
        if self._due is None or now - self._due > step_s:
            self._due = now  # The first frame, or the consumer was slow: do not hurry after it.
        elif self._due > now:
            self._closed.wait(self._due - now)
        self._due += step_s

    def _picture(self, now: _Clip) -> NDArray[np.uint8]:
        if self._asked and self._faded == _FADE and self._may_begin(now):
            asked = self._asked.pop()
            if asked is not None:
                now = self._turn_to(_Clip(asked))
        image = now.read()
        if image is None:
            now = self._turn_to(_Clip(_REST, loop=True))
            image = now.read()
        old = None
        if self._faded < _FADE and self._before is not None:
            old = self._before.read_or_last()
            self._faded += 1
            if self._faded == _FADE:
                self._before.close()
                self._before = None
        if image is None:
            raise _incomplete(f"the film {now.name!r} holds no picture")
        return image if old is None else _mix(old, image, self._faded / (_FADE + 1))

    def _turn_to(self, clip: _Clip) -> _Clip:
        if self._before is not None:
            self._before.close()
        self._before, self._now, self._faded = self._now, clip, 0
        return clip

    def _may_begin(self, now: _Clip) -> bool:
        """Whether the face is at rest and stays so while it turns into the next clip."""
        about = _book()["clips"][now.name]
        first_s = now.next_frame / self._fps
        if now.name != _REST:
            return bool(first_s >= about["let_go_end_s"])
        last_s = first_s + _FADE / self._fps
        return bool(last_s <= about["blink_start_s"] or first_s >= about["blink_end_s"])


def _mix(old: NDArray[np.uint8], new: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    import cv2

    return np.asarray(cv2.addWeighted(new, share, old, 1 - share, 0), dtype=np.uint8)
