"""Writing a video that any player and browser shows, with each picture at its own time."""

from __future__ import annotations

import math
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from mirrorcoach.errors import InputError

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["VideoWriter"]

_TICK_S = Fraction(1, 60_000)
"""Exact for 24, 25, 30, 50 and 60 frames a second and their NTSC sisters, and the finest round
number that MPEG-4 Part 2 allows."""

_H264, _MPEG4 = "libx264", "mpeg4"
_OPTIONS = {_H264: {"preset": "veryfast", "crf": "20"}, _MPEG4: {"b": "6M"}}
"""How each encoder is to trade size for quality."""

_PIXELS = "yuv420p"
"""The only layout of pixels that every player knows."""

_BT709 = 1
"""Number of ITU-R BT.709 in FFmpeg's lists of matrices, primaries and transfer curves."""

_LIMITED_RANGE = 1
"""Number in FFmpeg's list of ranges of brightness from 16 to 235, as players expect."""


class VideoWriter:
    """Writes an MP4, H.264 if this computer can, with a timestamp for each picture.

    The file grows under its name with ``.part`` added and gets its name, replacing a file that
    had it, only once it is complete. When the block is left by an exception nothing is left
    behind.

    ::

        with VideoWriter(path, width=1280, height=720, fps_hint=30.0) as writer:
            for frame in frames:
                writer.write(frame.image, frame.time_s)

    Parameters
    ----------
    path : pathlib.Path
        Where the video goes.
    width, height : int
        Size of the pictures in pixels, at least 2. H.264 has no odd sizes: of an odd one, the
        last column or row is left out.
    fps_hint : float
        About how many pictures a second to expect. It guides the compression and how long the
        last picture stays; the pictures' times come from :meth:`write` alone.

    Attributes
    ----------
    path : pathlib.Path
        Where the video goes.
    """

    def __init__(self, path: Path, width: int, height: int, fps_hint: float) -> None:
        if width < 2 or height < 2:
            raise ValueError(f"a video is at least 2 x 2 pixels, got {width} x {height}")
        if not 0 < fps_hint < math.inf:
            raise ValueError(f"fps_hint must be a positive number, got {fps_hint}")
        self.path = path
        self._size = width, height
        self._fps = Fraction(fps_hint).limit_denominator(1001)
        self._codec = _best_codec()
        self._part = path.with_name(path.name + ".part")
        self._output: tuple[OutputContainer, VideoStream] | None = None
        self._first_s: float | None = None
        self._last_s = -math.inf
        self._last_tick = -1

    @property
    def note(self) -> str | None:
        """A sentence for the person when the file is not what was promised, else None."""
        if self._codec == _H264:
            return None
        return (
            f"The H.264 encoder ({_H264}) is missing from this computer's PyAV, so the video is "
            "written as MPEG-4 Part 2. Most players show it; browsers do not."
        )

    def __enter__(self) -> VideoWriter:
        """Create the file under its ``.part`` name.

        Raises
        ------
        InputError
            When the file cannot be created there.
        """
        import av

        # "file:" keeps a colon in a name from being taken for an address.
        container = av.open(
            f"file:{self._part}", "w", format="mp4", options={"movflags": "+faststart"}
        )
        stream = self._add_stream(container)
        try:
            container.start_encoding()
        except OSError as error:
            raise InputError(
                f"{self.path} cannot be written ({error.strerror}). A place in an existing folder "
                "you may write to was expected. Choose another folder."
            ) from error
        self._output = container, stream
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Complete the file and give it its name, or remove it after an exception.

        Raises
        ------
        ValueError
            When nothing was written.
        InputError
            When the disk fails or is full.
        """
        import av

        container, stream = self._open_output()
        try:
            if exc_type is None:
                self._finish(container, stream)
        finally:
            # After a success neither has anything left to do.
            with suppress(av.FFmpegError):
                container.close()
            self._part.unlink(missing_ok=True)

    def write(self, image_bgr: NDArray[np.uint8], time_s: float) -> None:
        """Add a picture.

        Parameters
        ----------
        image_bgr : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red.
        time_s : float
            When it is shown, in seconds, later than the one before. The video begins with its
            first picture, whatever that one's time.

        Raises
        ------
        ValueError
            When the picture has another size or type, or the time does not rise.
        InputError
            When the disk fails or is full.
        """
        from av.video.frame import VideoFrame

        container, stream = self._open_output()
        width, height = self._size
        if image_bgr.shape != (height, width, 3) or image_bgr.dtype != np.uint8:
            raise ValueError(
                f"a picture of shape {(height, width, 3)} and type uint8 was promised, "
                f"got {image_bgr.shape} and {image_bgr.dtype}"
            )
        if not self._last_s < time_s < math.inf:
            raise ValueError(f"times must rise, got {time_s} s after {self._last_s} s")
        if self._first_s is None:
            self._first_s = time_s
        self._last_s = time_s
        tick = max(round((time_s - self._first_s) / _TICK_S), self._last_tick + 1)
        self._last_tick = tick

        even = np.ascontiguousarray(image_bgr[: height - height % 2, : width - width % 2])
        picture = VideoFrame.from_ndarray(even, format="bgr24").reformat(
            format=_PIXELS, dst_colorspace="ITU709", dst_color_range="MPEG"
        )
        picture.pts, picture.time_base = tick, _TICK_S
        self._encode(container, stream, picture)

    def _open_output(self) -> tuple[OutputContainer, VideoStream]:
        if self._output is None:
            raise RuntimeError("open the writer first: with VideoWriter(...) as writer")
        return self._output

    def _add_stream(self, container: OutputContainer) -> VideoStream:
        width, height = self._size
        stream = cast(
            "VideoStream",
            container.add_stream(self._codec, rate=self._fps, options=_OPTIONS[self._codec]),
        )
        stream.width, stream.height = width - width % 2, height - height % 2
        stream.pix_fmt = _PIXELS
        context = stream.codec_context
        context.time_base = _TICK_S
        # Frames predicted from later ones would make the file claim a wrong length when times are
        # uneven, and players would stop before its end.
        context.max_b_frames = 0
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = _LIMITED_RANGE
        return stream

    def _finish(self, container: OutputContainer, stream: VideoStream) -> None:
        if self._first_s is None:
            raise ValueError(f"no picture was written to {self.path}")
        self._encode(container, stream, None)
        try:
            container.close()
            self._part.replace(self.path)
        except OSError as error:
            raise self._disk_failure(error) from error

    def _encode(
        self, container: OutputContainer, stream: VideoStream, picture: VideoFrame | None
    ) -> None:
        try:
            container.mux(stream.encode(picture))
        except OSError as error:
            raise self._disk_failure(error) from error

    def _disk_failure(self, error: OSError) -> InputError:
        return InputError(
            f"{self.path} could not be completed ({error.strerror}). A place with room for the "
            "whole video was expected. Free some space, or choose another folder or name."
        )


def _best_codec() -> str:
    import av
    from av.codec.codec import UnknownCodecError

    try:
        return av.Codec(_H264, "w").name
    except UnknownCodecError:
        return _MPEG4
