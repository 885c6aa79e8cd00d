"""A camera that may come late, fall silent, go away and come back, while whoever looks goes on."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from landmarks.frame import Frame
from mirrorcoach.capture.camera import SILENCE_S, Camera, CameraDarkError
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.errors import InputError

__all__ = ["SteadyCamera", "Waiting", "WaitingKind"]

WaitingKind = Literal["loading", "opening", "slow", "silent", "lost", "taken", "none_found"]
"""Why there is nothing to measure: the program still loads (not the camera's doing); the camera is
being opened; that takes long; it is open but sends nothing; it was there and is gone; it is there
but cannot be used, as a rule because another program has it; there is none."""

SLOW_AFTER_S = 3.0
"""Opening takes a second as a rule, and twenty on some Windows machines."""

SILENT_AFTER_S = 1.0
"""A camera in poor light may send only five pictures a second."""

AGAIN_AFTER_S = 2.0
"""How long to wait before trying to open a camera once more."""

LOOK_EVERY_S = 0.1
CLOSE_S = 2.0


@dataclass(frozen=True)
class Waiting:
    """What is being waited for.

    Attributes
    ----------
    kind : WaitingKind
        What it is, for words on the screen.
    reason : str
        What was found out, in English, for somebody who looks into it; empty when nothing was.
    """

    kind: WaitingKind
    reason: str = ""


class SteadyCamera:
    """A camera that is opened, and opened again, in the background; a :class:`~.source.LiveSource`.

    Opening it takes no time and never fails: `waiting` says what is lacking, and frames come as
    soon as there are any. One that stops sending is opened again about every two seconds until it
    is back. Times go on rising across all of it; the size of the pictures may change.

    On macOS, OpenCV asks for permission from any thread, but only the main thread can bring the
    question up, which it does while it sees to a window. The attempt that asked fails, and a
    later one succeeds once permission was given.

    Parameters
    ----------
    device : int or str
        As for :class:`.camera.Camera`.
    mirrored : bool
        As for :class:`.camera.Camera`.
    """

    def __init__(self, device: int | str, *, mirrored: bool = False) -> None:
        self.device = device
        self._camera = Camera(device, mirrored=mirrored)
        self._open = threading.Event()
        self._closing = threading.Event()
        self._was_open = False
        self._tried_s = 0.0
        self._lacking = Waiting("opening")
        self._thread: threading.Thread | None = None

    def __enter__(self) -> SteadyCamera:
        """Begin to open the device."""
        self._closing = threading.Event()
        self._tried_s = time.perf_counter()
        self._thread = threading.Thread(
            target=self._keep_open, args=(self._closing,), name="camera-keeper", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Free the device, within about two seconds; one that hangs is freed when it answers."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(CLOSE_S)

    def __iter__(self) -> Iterator[Frame]:
        """Hand out the newest frame, again and again, until the camera is closed."""
        while not self._closing.is_set():
            frame = self.poll(SILENCE_S)
            if frame is not None:
                yield frame

    @property
    def info(self) -> SourceInfo:
        """What is known of the camera, once it has been open."""
        return self._camera.info

    @property
    def waiting(self) -> Waiting | None:
        """What keeps pictures from coming; None while they come."""
        if self._open.is_set():
            return Waiting("silent") if self._camera.silent_s >= SILENT_AFTER_S else None
        lacking = self._lacking
        if lacking.kind == "opening" and time.perf_counter() - self._tried_s >= SLOW_AFTER_S:
            return Waiting("slow")
        return lacking

    def poll(self, timeout_s: float) -> Frame | None:
        """Wait for a frame newer than the last one handed out.

        Parameters
        ----------
        timeout_s : float
            Longest time to wait, in seconds.

        Returns
        -------
        Frame or None
            None when none came in time, for whatever reason: `waiting` knows it.
        """
        if not self._open.wait(timeout_s):
            return None
        try:
            return self._camera.poll(timeout_s)
        except InputError:
            return None  # the keeper sees it as well, and opens it again

    def _keep_open(self, closing: threading.Event) -> None:
        while not closing.is_set():
            try:
                with self._camera:
                    self._was_open = True
                    self._open.set()
                    while not closing.wait(LOOK_EVERY_S) and not self._has_stopped():
                        pass
                    self._open.clear()
                    self._lacking = Waiting("lost" if self._is_gone() else "silent")
            except InputError as error:
                self._lacking = Waiting(self._kind(error), str(error))
                closing.wait(AGAIN_AFTER_S)

    def _has_stopped(self) -> bool:
        silent_s = self._camera.silent_s
        return silent_s >= SILENCE_S or (self._camera.refuses and silent_s >= SILENT_AFTER_S)

    def _is_gone(self) -> bool:
        return self._camera.refuses or _node_is_missing(self.device)

    def _kind(self, error: InputError) -> WaitingKind:
        """What a failed attempt to open means."""
        there = isinstance(error, CameraDarkError)
        if isinstance(self.device, int) and sys.platform == "linux":
            there = not _node_is_missing(self.device)
        if there:
            return "taken" if isinstance(self.device, int) else "silent"
        return "lost" if self._was_open else "none_found"


def _node_is_missing(device: int | str) -> bool:
    """Whether Linux has no such device any more; elsewhere that cannot be told."""
    if not isinstance(device, int) or sys.platform != "linux":
        return False
    return not Path(f"/dev/video{device}").exists()
