"""No camera at all: a practice can still be led, with the drawing in place of a mirror."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType

from landmarks.frame import Frame
from mirrorcoach.capture.source import SourceInfo

__all__ = ["NoPictures"]


class NoPictures:
    """Hands out nothing; a :class:`~.source.LiveSource`."""

    def __enter__(self) -> NoPictures:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """There is nothing to close."""

    def __iter__(self) -> Iterator[Frame]:
        return iter(())

    def poll(self, timeout_s: float) -> Frame | None:
        """Wait as a camera would; nothing comes."""
        time.sleep(timeout_s)
        return None

    @property
    def info(self) -> SourceInfo:
        """Nothing is known of what is not there."""
        return SourceInfo(
            name="no camera",
            width=0,
            height=0,
            fps=None,
            duration_s=None,
            rotation_deg=0,
            mirrored=False,
            frames=None,
        )
