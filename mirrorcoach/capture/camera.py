"""A live camera as a source of timed frames."""

from __future__ import annotations

import math
import os
import struct
import sys
import threading
import time
from collections.abc import Container, Iterator
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from landmarks.frame import Frame
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.errors import InputError

if TYPE_CHECKING:
    from cv2 import VideoCapture

__all__ = ["SILENCE_S", "Camera", "CameraDarkError", "cameras"]

_WIDTH, _HEIGHT, _FPS = 1280, 720, 30
"""What a camera is asked for, in pixels and pictures per second. It may send something else."""

SILENCE_S = 5.0
"""A camera that sends no picture for so long has stopped."""

_ASKED_BY_FILE = ("linux",)
"""Where a camera is a file that says what it can do."""

_NUMBERS_TRIED = 5
"""Where cameras can only be found by trying: higher numbers are hardly ever given."""

_CLOSE_S = 1.5
"""How long closing waits for the device to give back the picture it is working on."""

_RETRY_S = 0.02
"""Pause after a picture that could not be read, so that a dead device keeps no processor busy."""

_BACKENDS = {
    # DirectShow opens at once. Media Foundation may take twenty seconds, but opens cameras that
    # DirectShow does not.
    "win32": (("DirectShow", "CAP_DSHOW"), ("Media Foundation", "CAP_MSMF")),
    "darwin": (("AVFoundation", "CAP_AVFOUNDATION"),),
    # Left to choose, OpenCV would go on to depth cameras, which only print errors of their own.
    "linux": (("Video4Linux", "CAP_V4L2"),),
}
"""How a camera can be opened on each platform, the best way first."""


class Camera:
    """A live camera as a source of timed frames; a :class:`~.source.FrameSource`.

    A thread of its own reads the device without pause and keeps only the newest picture, so that
    whoever asks gets the present and never a queue of the past. A frame's ``index`` counts every
    picture the camera sent: a jump in it tells how many were passed over. Its time is that of its
    arrival, counted from the first picture.

    Closed and opened again, it goes on counting, and its times go on rising. The size of its
    pictures may change, then or in between.

    Open it on the main thread, or try it again: macOS asks for permission only there. Opening can
    take several seconds, on some Windows machines twenty.

    ::

        with Camera(0) as camera:
            for frame in camera:
                ...

    Parameters
    ----------
    device : int or str
        Number of a camera, from 0, or the address of a stream. The only connection ever made is
        to the address named here.
    mirrored : bool
        True when the device itself delivers mirrored pictures. Each is then flipped left to
        right before it is handed out.
    """

    def __init__(self, device: int | str, *, mirrored: bool = False) -> None:
        self._device = device
        self._mirrored = mirrored
        self._opened: tuple[SourceInfo, _Reader] | None = None
        self._count = _Count()
        self._last_index = -1

    def __enter__(self) -> Camera:
        """Open the device and wait for its first picture.

        Raises
        ------
        InputError
            When no backend gets a picture from the device. The message lists what each said.
        CameraDarkError
            The same, but the device could be opened.
        """
        said, dark = [], False
        for name, backend in _backends(self._device):
            try:
                self._opened = self._open(backend)
            except _Unusable as reason:
                said.append(f"{name}: {reason}")
                dark = dark or reason.dark
            else:
                return self
        raise (CameraDarkError if dark else InputError)(
            f"{_shown(self._device)} cannot be used ({'; '.join(said)}). A camera that sends "
            "pictures was expected. Check that it is connected and switched on, that no other "
            "program is using it, and that this program is allowed to use the camera."
        )

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop the thread and free the device, within two seconds.

        A device that hangs for longer is freed by the thread itself, as soon as it answers.
        """
        if self._opened is not None:
            _, reader = self._opened
            reader.close()

    def __iter__(self) -> Iterator[Frame]:
        """Hand out the newest frame, again and again, until the camera is closed.

        Raises
        ------
        InputError
            As :meth:`poll` does.
        """
        _, reader = self._known()
        while not reader.closed:
            frame = self.poll(SILENCE_S)
            if frame is not None:
                yield frame

    def poll(self, timeout_s: float) -> Frame | None:
        """Wait for a frame newer than the last one handed out.

        Parameters
        ----------
        timeout_s : float
            Longest time to wait, in seconds; 0 does not wait at all.

        Returns
        -------
        Frame or None
            The newest frame; None when none came in time, and once the camera is closed.

        Raises
        ------
        InputError
            When the camera has sent no picture for five seconds, or reading it failed.
        """
        _, reader = self._known()
        patience_s = SILENCE_S - reader.silent_s
        try:
            frame = reader.newer_than(self._last_index, min(timeout_s, patience_s))
        except _Unusable as reason:
            raise InputError(
                f"{_shown(self._device)} could not be read any further ({reason}). A steady "
                "stream of pictures was expected. Connect it again, then start again."
            ) from reason
        if frame is not None:
            self._last_index = frame.index
        elif not reader.closed and reader.silent_s >= SILENCE_S:
            raise InputError(
                f"{_shown(self._device)}: the camera stopped sending pictures "
                f"{SILENCE_S:g} seconds ago. A steady stream of pictures was expected. Check its "
                "cable or connection and that no other program has taken it, then start again."
            )
        return frame

    @property
    def info(self) -> SourceInfo:
        """What is known of the camera; the size is that of its first picture."""
        info, _ = self._known()
        return info

    @property
    def silent_s(self) -> float:
        """Seconds since the last picture came, or since the device was opened."""
        _, reader = self._known()
        return reader.silent_s

    @property
    def refuses(self) -> bool:
        """Whether the device was asked for its next picture and said that there is none."""
        _, reader = self._known()
        return reader.refused

    def _known(self) -> tuple[SourceInfo, _Reader]:
        if self._opened is None:
            raise RuntimeError("open the camera first: with Camera(device) as camera")
        return self._opened

    def _open(self, backend: int) -> tuple[SourceInfo, _Reader]:
        capture = _open_device(self._device, backend)
        fps = capture.get(_cv2().CAP_PROP_FPS)
        reader = _Reader(capture, self._count, mirrored=self._mirrored)
        try:
            first = reader.newer_than(self._last_index, SILENCE_S)
            if first is None:
                raise _Unusable("opened, but sent no picture", dark=True)
        except BaseException:
            reader.close()
            raise
        height, width, _ = first.image.shape
        info = SourceInfo(
            name=_shown(self._device),
            width=width,
            height=height,
            fps=fps if fps > 0 else None,
            duration_s=None,
            rotation_deg=0,
            mirrored=self._mirrored,
            frames=None,
        )
        return info, reader


class CameraDarkError(InputError):
    """A camera is there, but sends no picture: as a rule another program has it."""


class _Count:
    """Numbers and times of the pictures a camera has sent, however often it was opened."""

    def __init__(self) -> None:
        self._first_s: float | None = None
        self._index, self._time_s = -1, -math.inf
        self._lock = threading.Lock()

    def next(self, now_s: float) -> tuple[int, float]:
        """Index and time of a picture that came now; both rise strictly."""
        with self._lock:
            if self._first_s is None:
                self._first_s = now_s
            self._index += 1
            self._time_s = max(now_s - self._first_s, math.nextafter(self._time_s, math.inf))
            return self._index, self._time_s


class _Reader:
    """The thread that reads an open device, and the one-deep slot it leaves its pictures in.

    Only the thread touches the device, and it frees it at its end: OpenCV's devices must not be
    freed while they are being read.
    """

    def __init__(self, capture: VideoCapture, count: _Count, *, mirrored: bool) -> None:
        self._capture, self._count = capture, count
        self.refused = False
        self._mirrored = mirrored
        self._news = threading.Condition()
        self._newest: Frame | None = None
        self._error: Exception | None = None
        self._closing = threading.Event()
        # Not time.monotonic: before Python 3.13 that moves in steps of 16 ms on Windows.
        self._heard_s = time.perf_counter()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    @property
    def closed(self) -> bool:
        return self._closing.is_set()

    @property
    def silent_s(self) -> float:
        """Seconds since the last picture came, or since the start."""
        return time.perf_counter() - self._heard_s

    def newer_than(self, index: int, timeout_s: float) -> Frame | None:
        """Return the newest frame once it is newer than number `index`, or None in the end.

        An exception of the thread comes out here, as :class:`_Unusable`.
        """

        def is_news() -> bool:
            newer = self._newest is not None and self._newest.index > index
            return newer or self._error is not None or self.closed

        with self._news:
            self._news.wait_for(is_news, timeout_s)
            if self._error is not None:
                raise _Unusable(str(self._error).strip()) from self._error
            if self.closed or self._newest is None or self._newest.index <= index:
                return None
            return self._newest

    def close(self) -> None:
        self._closing.set()
        with self._news:
            self._news.notify_all()
        self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        try:
            while not self.closed:
                sent, image = self._capture.read()
                self.refused = not sent
                if sent:
                    self._keep(np.asarray(image, dtype=np.uint8), time.perf_counter())
                else:
                    self._closing.wait(_RETRY_S)
        except Exception as error:
            with self._news:
                self._error = error
                self._news.notify_all()
        finally:
            self._capture.release()

    def _keep(self, image: NDArray[np.uint8], now_s: float) -> None:
        if self._mirrored:
            image = np.asarray(_cv2().flip(image, 1), dtype=np.uint8)
        with self._news:
            index, time_s = self._count.next(now_s)
            self._newest = Frame(index, time_s, np.ascontiguousarray(image))
            self._heard_s = now_s
            self._news.notify_all()


class _Unusable(Exception):
    """A backend's own word on why it cannot use a device."""

    def __init__(self, reason: str, *, dark: bool = False) -> None:
        super().__init__(reason)
        self.dark = dark


def cameras(in_use: Container[int] = ()) -> tuple[int, ...]:
    """Find out which cameras there are; except on Linux that opens each, and takes seconds.

    Parameters
    ----------
    in_use : container of int
        Numbers that this program itself has open. They are taken for cameras, and left alone.

    Returns
    -------
    tuple of int
        Their numbers, rising.
    """
    if sys.platform in _ASKED_BY_FILE:
        found = (path.name.removeprefix("video") for path in Path("/dev").glob("video*"))
        numbers = sorted(int(number) for number in found if number.isdecimal())
        return tuple(n for n in numbers if n in in_use or _films(n))
    return tuple(n for n in range(_NUMBERS_TRIED) if n in in_use or _opens(n))


def _films(number: int) -> bool:
    """Whether a Linux video device takes pictures; it is asked, which disturbs nobody."""
    import fcntl

    told = bytearray(104)  # struct v4l2_capability
    try:
        with Path(f"/dev/video{number}").open("rb", buffering=0) as device:
            fcntl.ioctl(device, 0x80685600, told)  # VIDIOC_QUERYCAP
    except OSError:
        return False
    whole, own = struct.unpack_from("=II", told, 84)
    can = own if whole & 0x80000000 else whole  # V4L2_CAP_DEVICE_CAPS
    return bool(can & 0x00000001)  # V4L2_CAP_VIDEO_CAPTURE


def _opens(number: int) -> bool:
    for _, backend in _backends(number):
        try:
            _open_device(number, backend).release()
        except _Unusable:
            continue
        return True
    return False


def _backends(device: int | str) -> list[tuple[str, int]]:
    """Return name and OpenCV number of each way to open a device, the best first."""
    if isinstance(device, str):
        return [("FFmpeg", _cv2().CAP_FFMPEG)]
    backends = _BACKENDS.get(sys.platform, _BACKENDS["linux"])
    return [(name, getattr(_cv2(), constant)) for name, constant in backends]


def _open_device(device: int | str, backend: int) -> VideoCapture:
    cv2 = _cv2()
    patience_ms = round(1000 * SILENCE_S)
    limits = {
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC: patience_ms,
        cv2.CAP_PROP_READ_TIMEOUT_MSEC: patience_ms,
    }
    # What each backend said goes into one error of ours; OpenCV need not print it as well.
    log_level = cv2.setLogLevel(0)
    try:
        if isinstance(device, str):
            capture: VideoCapture = cv2.VideoCapture(
                device, backend, [value for limit in limits.items() for value in limit]
            )
        else:
            capture = cv2.VideoCapture(device, backend)
    except cv2.error as error:
        raise _Unusable(error.err) from error
    finally:
        cv2.setLogLevel(log_level)
    if not capture.isOpened():
        raise _Unusable("could not open it")
    if isinstance(device, int):
        # Uncompressed pictures of this size do not fit through USB 2 thirty times a second, and
        # DirectShow would fall to ten. A camera without Motion JPEG ignores the wish.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
        capture.set(cv2.CAP_PROP_FPS, _FPS)
    return capture


def _shown(device: int | str) -> str:
    """Name a device for a person; an address loses the password it may carry."""
    if isinstance(device, int):
        return f"Camera {device}"
    address = urlsplit(device)
    return address._replace(netloc=address.netloc.rpartition("@")[2]).geturl()


def _cv2() -> ModuleType:
    # Media Foundation tries hardware transforms for many seconds when a camera is opened. OpenCV
    # reads the switch when it is imported.
    if sys.platform == "win32":
        os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    import cv2

    return cv2
