"""A recording handed out no faster than it was filmed, as if it were a camera."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType

from landmarks.frame import Frame
from mirrorcoach.capture.source import FrameSource, SourceInfo


class Paced:
    """Another source at the clock's pace; a :class:`~.source.FrameSource`.

    No frame is skipped: a consumer that is slow, or that pauses, makes the recording wait.

    Parameters
    ----------
    source : FrameSource
        Where the frames come from.
    """

    def __init__(self, source: FrameSource) -> None:
        self._source = source

    @property
    def info(self) -> SourceInfo:
        """What the source says of itself."""
        return self._source.info

    def __enter__(self) -> Paced:
        self._source.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._source.__exit__(kind, error, trace)

    def __iter__(self) -> Iterator[Frame]:
        shown_s, time_s = time.monotonic(), 0.0
        for frame in self._source:
            due_s = shown_s + (frame.time_s - time_s)
            time.sleep(max(0.0, due_s - time.monotonic()))
            # Counted from when it was due, so that small delays are caught up; from now, where the
            # consumer took longer than a frame.
            shown_s, time_s = max(due_s, time.monotonic() - 0.1), frame.time_s
            yield frame
