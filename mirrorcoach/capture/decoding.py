"""One pass over a recording: from its packets to pictures with times that rise."""

from __future__ import annotations

from array import array
from collections.abc import Generator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from mirrorcoach.capture.container import claimed_s, open_container, video_stream
from mirrorcoach.errors import InputError

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["Reading"]

_SHORT_TOLERANCE_S = 0.5
"""A container rounds its length and may count the sound's tail; less than this is not a cut."""


class Reading:
    """One pass over a file, and what was met on the way.

    Parameters
    ----------
    path : pathlib.Path
        The file; it is opened at once.

    Attributes
    ----------
    stream : av.video.stream.VideoStream
        The stream that is read; not to be touched after :meth:`close`.
    claimed_s : float or None
        Length of the video in seconds by the container, None when it does not say.
    times_s : array of float
        Times of the pictures handed out, in seconds from the first.
    damaged_packets, dropped_frames : int
        See :class:`~.videofile.VideoFile`.
    """

    def __init__(self, path: Path) -> None:
        self.times_s = array("d")
        self.damaged_packets = 0
        self.dropped_frames = 0
        self._path = path
        self._container = open_container(path)
        self.stream = video_stream(self._container, path)
        self.claimed_s = claimed_s(self._container, self.stream)
        self._tick_s = self.stream.time_base or Fraction(0)
        self._first_ticks: int | None = None
        self._end_ticks = 0
        self._at_end = False

    def close(self) -> None:
        """Close the file; what was met on the way stays known."""
        self._container.close()

    @property
    def short_by_s(self) -> float | None:
        """Seconds missing at the end, by what the container claims; None when none are."""
        if not self._at_end or self.claimed_s is None:
            return None
        missing_s = self.claimed_s - self._seconds(self._end_ticks)
        return missing_s if missing_s > _SHORT_TOLERANCE_S else None

    def first(self) -> VideoFrame:
        """Return the first picture.

        Raises
        ------
        InputError
            When there is none, with the reason.
        """
        for _, picture in self.pictures():
            return picture
        if self.dropped_frames:
            found = "its pictures carry no times, as with a cover picture or a raw stream"
        else:
            found = f"not one picture can be decoded ({self.damaged_packets} damaged packets)"
        raise InputError(
            f"{self._path} holds a video, but {found}. A recording that a video player plays was "
            "expected. Record it again, or convert it to MP4 with the program that made it."
        )

    def pictures(self) -> Generator[tuple[float, VideoFrame], None, None]:
        """Yield each picture with its time in seconds from the first; the times rise strictly.

        Raises
        ------
        InputError
            When the disk fails on the way.
        """
        clock = _Clock()
        last_ticks = None
        for picture in self._decoded():
            ticks = clock.ticks(picture.pts, picture.dts)
            if ticks is None or (last_ticks is not None and ticks <= last_ticks):
                self.dropped_frames += 1
                continue
            if self._first_ticks is None:
                self._first_ticks = ticks
            last_ticks = ticks
            time_s = self._seconds(ticks)
            self.times_s.append(time_s)
            yield time_s, picture

    def _decoded(self) -> Generator[VideoFrame, None, None]:
        import av

        try:
            for packet in self._container.demux(self.stream):
                try:
                    pictures = self.stream.decode(packet)
                except av.FFmpegError:
                    self.damaged_packets += 1
                    continue
                self.damaged_packets += packet.is_corrupt
                if packet.pts is not None:
                    self._end_ticks = max(self._end_ticks, packet.pts + (packet.duration or 0))
                yield from pictures
        except av.FFmpegError as error:
            raise InputError(
                f"{self._path} could not be read to its end ({error.strerror}). A disk that stays "
                "connected was expected. Copy the file to this computer and try again."
            ) from error
        self._at_end = True

    def _seconds(self, ticks: int) -> float:
        return float((ticks - (self._first_ticks or 0)) * self._tick_s)


class _Clock:
    """Chooses between a picture's two timestamps, as FFmpeg's ``guess_correct_pts`` does.

    The presentation timestamp counts, unless it has run backwards more often than the decoding
    timestamp: H.264 in AVI stores presentation timestamps in the wrong order.
    """

    def __init__(self) -> None:
        self._last_pts: int | None = None
        self._last_dts: int | None = None
        self._wrong_pts = 0
        self._wrong_dts = 0

    def ticks(self, pts: int | None, dts: int | None) -> int | None:
        """Return the timestamp to believe, or None when there is none."""
        if dts is not None:
            self._wrong_dts += self._last_dts is not None and dts <= self._last_dts
            self._last_dts = dts
        if pts is not None:
            self._wrong_pts += self._last_pts is not None and pts <= self._last_pts
            self._last_pts = pts
        if pts is None or (dts is not None and self._wrong_pts > self._wrong_dts):
            return dts
        return pts
