"""What every source of timed frames has in common, be it a camera or a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, runtime_checkable

from landmarks.frame import Frame


@dataclass(frozen=True)
class SourceInfo:
    """What is known about a source as a whole.

    Attributes
    ----------
    name : str
        What a person would call it: a file's name, a camera's number, an address.
    width : int
        Width of the pictures as they are handed out, upright and with square pixels, in pixels.
    height : int
        Height of the pictures as they are handed out, in pixels.
    fps : float or None
        Pictures per second. None when unknown. Never used to compute a frame's time.
    duration_s : float or None
        Length in seconds. None when unknown, as with a camera.
    rotation_deg : int
        By how much the stored pictures were turned counterclockwise to stand upright:
        0, 90, 180 or 270 degrees.
    mirrored : bool
        True when the source delivers mirrored pictures. They are turned back before they are
        handed out, so a frame is never mirrored.
    frames : int or None
        Number of pictures. None when unknown, as with a camera.
    """

    name: str
    width: int
    height: int
    fps: float | None
    duration_s: float | None
    rotation_deg: int
    mirrored: bool
    frames: int | None


class FrameSource(Protocol):
    """A source of timed frames: open it with ``with``, then loop over it.

    Every frame is a C-contiguous, unmirrored blue-green-red picture, all of one size, and the
    frames' ``time_s`` rises strictly. Whatever keeps a source from being opened or read is
    raised as :class:`mirrorcoach.errors.InputError`. Leaving the ``with`` block frees the file
    or the device.
    """

    @property
    def info(self) -> SourceInfo:
        """What the source says of itself, from the moment it is open."""
        ...

    def __enter__(self) -> FrameSource:
        """Open the source."""
        ...

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the source."""
        ...

    def __iter__(self) -> Iterator[Frame]:
        """Hand out the frames, one by one."""
        ...


@runtime_checkable
class LiveSource(Protocol):
    """What a camera can do besides: it waits for nobody, and only its newest frame is kept."""

    def poll(self, timeout_s: float) -> Frame | None:
        """Return a frame newer than the last one handed out, or None when none came in time."""
        ...
