"""Measurements beside the pictures that they were taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from landmarks.frame import Frame
from landmarks.meter import Reading

FRAMES_KEPT = 8
"""A measurement comes a frame or two after its picture."""


class Paired:
    """Remembers the last pictures until their measurement comes."""

    def __init__(self) -> None:
        self._frames: dict[int, Frame] = {}

    def follow(
        self, frame: Frame | None, readings: Iterable[Reading]
    ) -> Iterator[tuple[Frame, Reading]]:
        """Take in the newest picture and measurements.

        Parameters
        ----------
        frame : Frame or None
            The newest picture.
        readings : iterable of Reading
            Everything measured since last asked.

        Yields
        ------
        tuple of Frame and Reading
            Each measurement whose picture was seen, in order.
        """
        if frame is not None:
            self._frames[frame.index] = frame
            for old in [one for one in self._frames if one <= frame.index - FRAMES_KEPT]:
                del self._frames[old]
        for reading in readings:
            if reading.index in self._frames:
                yield self._frames[reading.index], reading
