"""A recording on disk as a source of timed frames."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landmarks.frame import Frame
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.errors import InputError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["VideoFile", "find_videos"]

_ENDINGS = frozenset(
    {".3g2", ".3gp", ".asf", ".avi", ".flv", ".gif", ".m2ts", ".m4v", ".mkv"}
    | {".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv", ".webm", ".wmv"}
)
"""What a video file in a folder may end in, in lower case."""

_SHORT_TOLERANCE_S = 0.5
"""A container rounds its length and may count the sound's tail; less than this is not a cut."""

_WIDEST_PIXEL = 4
"""A pixel shape beyond this, either way, is a mistake in the file and is ignored."""


class VideoFile:
    """A video file as a source of timed frames; a :class:`~.source.FrameSource`.

    Times are the file's own: a frame's presentation timestamp relative to the first frame shown,
    so that a variable frame rate, pauses and lost frames keep their place. Rotation marks and
    pixels that are not square are put right. Packets that cannot be decoded are skipped and
    counted. Each loop over the file reads it from its start, one frame at a time.

    ::

        with VideoFile(path) as video:
            for frame in video:
                ...
            print(video.measured, video.short_by_s)

    Parameters
    ----------
    path : pathlib.Path
        The file. Sound in it is ignored.
    mirrored : bool
        True when the file, as a player shows it, is mirrored as a selfie often is. Each frame is
        then flipped left to right before it is handed out.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    mirrored : bool
        Whether the file is mirrored.
    """

    def __init__(self, path: Path, mirrored: bool = False) -> None:
        self.path = path
        self.mirrored = mirrored
        self._opened: tuple[SourceInfo, _Layout] | None = None
        self._reading: _Reading | None = None
        self._frames: Generator[Frame, None, None] | None = None

    def __enter__(self) -> VideoFile:
        """Open the file and decode its first picture.

        Raises
        ------
        InputError
            When there is no such file, or it is not a video with at least one picture.
        """
        with closing(_Reading(self.path)) as reading:
            picture = reading.first()
            layout = _Layout.of(picture, reading.stream, mirrored=self.mirrored)
            info = SourceInfo(
                name=self.path.name,
                width=layout.width,
                height=layout.height,
                fps=float(reading.stream.average_rate or 0) or None,
                duration_s=reading.claimed_s,
                rotation_deg=layout.rotation_deg,
                mirrored=self.mirrored,
                frames=reading.stream.frames or None,
            )
        self._opened = info, layout
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file. What was found out about it stays known."""
        self._end_loop()

    def __iter__(self) -> Iterator[Frame]:
        """Read the file from its start; a loop that is still going on ends.

        Raises
        ------
        InputError
            When the file cannot be opened again, or the disk fails while it is being read.
        """
        _, layout = self._known()
        self._end_loop()
        self._reading = _Reading(self.path)
        self._frames = _frames(self._reading, layout)
        return self._frames

    @property
    def info(self) -> SourceInfo:
        """What the container says of itself; it may be wrong. :attr:`measured` is not."""
        info, _ = self._known()
        return info

    @property
    def measured(self) -> SourceInfo:
        """What was found by reading; complete once a loop over the file has ended.

        ``frames`` counts the frames handed out. ``fps`` is their average rate by their own
        times, ``(frames - 1) / (last - first)``. ``duration_s`` is ``last - first`` plus the
        median interval, for the time the last frame is shown. Both are None below two frames.
        """
        times_s = self._reading.times_s if self._reading else array("d")
        fps = duration_s = None
        if len(times_s) > 1:
            span_s = times_s[-1] - times_s[0]
            fps = (len(times_s) - 1) / span_s
            duration_s = span_s + float(np.median(np.diff(times_s)))
        return replace(self.info, fps=fps, duration_s=duration_s, frames=len(times_s))

    @property
    def frames_read(self) -> int:
        """Frames handed out since the last loop over the file began."""
        return len(self._reading.times_s) if self._reading else 0

    @property
    def damaged_packets(self) -> int:
        """Damaged packets met since the last loop began.

        Those that could not be decoded are missing from the frames. After one, the pictures up
        to the next complete one may be smeared. A container that finds its own way past damage
        (Matroska) does not tell, and leaves only a gap in the times.
        """
        return self._reading.damaged_packets if self._reading else 0

    @property
    def dropped_frames(self) -> int:
        """Frames left out since the last loop began: no time, or one that does not rise."""
        return self._reading.dropped_frames if self._reading else 0

    @property
    def short_by_s(self) -> float | None:
        """Seconds missing at the end, by what the container claims; None when none are.

        Known once a loop has reached the end. A container that claims no length is never short.
        """
        return self._reading.short_by_s if self._reading else None

    def sha256(self) -> str:
        """Return the file's SHA-256 in hexadecimal.

        Raises
        ------
        InputError
            When the file cannot be read.
        """
        _require_readable(self.path)
        digest = hashlib.sha256()
        with self.path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()

    def _end_loop(self) -> None:
        # The generator first: going on with one whose container is closed would crash in C.
        if self._frames is not None:
            self._frames.close()
        if self._reading is not None:
            self._reading.close()

    def _known(self) -> tuple[SourceInfo, _Layout]:
        if self._opened is None:
            raise RuntimeError("open the file first: with VideoFile(path) as video")
        return self._opened


def _frames(reading: _Reading, layout: _Layout) -> Generator[Frame, None, None]:
    with closing(reading), closing(reading.pictures()) as pictures:
        for index, (time_s, picture) in enumerate(pictures):
            yield Frame(index, time_s, layout.image(picture))


def find_videos(paths: Sequence[Path]) -> list[Path]:
    """Replace each folder by the video files directly inside it.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        Files and folders. A file stays as it is, whatever it ends in; so does a path that does
        not exist, which is refused when it is opened.

    Returns
    -------
    list of pathlib.Path
        In the order given; the files of a folder sorted by name, hidden ones left out.

    Raises
    ------
    InputError
        When a folder holds no video file or cannot be listed.
    """
    found: list[Path] = []
    for path in paths:
        found.extend(_videos_in(path) if _is_folder(path) else [path])
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _videos_in(folder: Path) -> list[Path]:
    try:
        videos = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _ENDINGS and not path.name.startswith(".") and path.is_file()
        )
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be listed ({error.strerror}). A folder you may read was "
            "expected. Change its permissions, or copy the videos to a folder of your own."
        ) from error
    if not videos:
        raise InputError(
            f"The folder {folder} holds no video. At least one file directly inside it was "
            "expected to end in .mp4, .mov, .mkv, .webm, .avi or the like. Name another folder, "
            "or name the files themselves."
        )
    return videos


@dataclass(frozen=True)
class _Layout:
    """How a stored picture becomes an upright, unmirrored one with square pixels.

    Attributes
    ----------
    columns, rows : int
        Size the stored picture is scaled to, in pixels, before it is turned.
    rotation_deg : int
        By how much it is then turned counterclockwise: 0, 90, 180 or 270 degrees.
    flipped : bool
        Whether left and right then change places.
    """

    columns: int
    rows: int
    rotation_deg: int
    flipped: bool

    @classmethod
    def of(cls, picture: VideoFrame, stream: VideoStream, *, mirrored: bool) -> _Layout:
        """Read the layout off a file's first picture."""
        shape = float(stream.sample_aspect_ratio or 1)
        if not 1 / _WIDEST_PIXEL <= shape <= _WIDEST_PIXEL:
            shape = 1.0
        a, b, c, d = _display_matrix(picture)
        # A matrix that reflects is a turn with left and right changing places after it.
        reflects = a * d < b * c
        towards_x = -a if reflects else a
        return cls(
            # Always enlarged, so that nothing of the picture is lost.
            columns=round(picture.width * max(shape, 1.0)),
            rows=round(picture.height / min(shape, 1.0)),
            rotation_deg=round(math.degrees(-math.atan2(b, towards_x)) / 90) % 4 * 90,
            flipped=reflects != mirrored,
        )

    @property
    def width(self) -> int:
        return self.rows if self.rotation_deg in {90, 270} else self.columns

    @property
    def height(self) -> int:
        return self.columns if self.rotation_deg in {90, 270} else self.rows

    def image(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """Return the picture as a C-contiguous array, shape (height, width, 3), uint8, BGR."""
        import cv2

        # A stream may change its size on the way; every picture gets the first one's.
        image = np.asarray(
            picture.to_ndarray(
                format="bgr24", width=self.columns, height=self.rows, interpolation="BICUBIC"
            ),
            dtype=np.uint8,
        )
        if self.rotation_deg:
            turns = {
                90: cv2.ROTATE_90_COUNTERCLOCKWISE,
                180: cv2.ROTATE_180,
                270: cv2.ROTATE_90_CLOCKWISE,
            }
            image = np.asarray(cv2.rotate(image, turns[self.rotation_deg]), dtype=np.uint8)
        if self.flipped:
            image = np.asarray(cv2.flip(image, 1), dtype=np.uint8)
        return np.ascontiguousarray(image)


def _display_matrix(picture: VideoFrame) -> tuple[int, int, int, int]:
    """Return a, b, c, d of the turn a player applies: x' = a x + c y, y' = b x + d y, y down."""
    from av.sidedata.sidedata import SideData

    matrix = picture.side_data.get("DISPLAYMATRIX")
    if not isinstance(matrix, SideData):
        return 1, 0, 0, 1
    a, b, _, c, d, *_ = np.frombuffer(bytes(matrix), dtype=np.int32).tolist()
    return a, b, c, d


class _Reading:
    """One pass over a file, and what was met on the way.

    Attributes
    ----------
    stream : av.video.stream.VideoStream
        The stream that is read; not to be touched after :meth:`close`.
    claimed_s : float or None
        Length of the video in seconds by the container, None when it does not say.
    times_s : array of float
        Times of the pictures handed out, in seconds from the first.
    damaged_packets, dropped_frames : int
        See :class:`VideoFile`.
    """

    def __init__(self, path: Path) -> None:
        self.times_s = array("d")
        self.damaged_packets = 0
        self.dropped_frames = 0
        self._path = path
        self._container = _open(path)
        self.stream = _video_stream(self._container, path)
        self.claimed_s = _claimed_s(self._container, self.stream)
        self._tick_s = self.stream.time_base or Fraction(0)
        self._first_ticks: int | None = None
        self._end_ticks = 0
        self._at_end = False

    def close(self) -> None:
        self._container.close()

    @property
    def short_by_s(self) -> float | None:
        if not self._at_end or self.claimed_s is None:
            return None
        missing_s = self.claimed_s - self._seconds(self._end_ticks)
        return missing_s if missing_s > _SHORT_TOLERANCE_S else None

    def first(self) -> VideoFrame:
        """Return the first picture; without one, say why."""
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
        """Yield each picture with its time in seconds from the first; the times rise strictly."""
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


def _require_readable(path: Path) -> None:
    """Refuse what is not a file with something in it, in words a person can act on."""
    advice = "Check the name and the folder, and try again."
    try:
        if path.is_dir():
            raise InputError(
                f"{path} is a folder. A single video file was expected. Name a file inside it."
            )
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}. A video file was expected. {advice}") from error
    except PermissionError as error:
        raise InputError(
            f"{path} may not be read by this user. A file you have permission to read was "
            "expected. Change its permissions, or copy it to a folder of your own."
        ) from error
    except OSError as error:
        raise InputError(
            f"{path} cannot be opened ({error.strerror}). A video file was expected. {advice}"
        ) from error
    if empty:
        raise InputError(
            f"{path} is empty (0 bytes). A video file was expected. The recording or the copy "
            "probably failed: copy or record it again."
        )


def _open(path: Path) -> InputContainer:
    import av

    _require_readable(path)
    try:
        # "file:" keeps a colon in a name from being taken for an address. FFmpeg lets nothing
        # opened so, not even a playlist, go on to the network.
        return _open_whatever_its_title(f"file:{path}")
    except av.FFmpegError as error:
        raise InputError(_why_not_a_video(path)) from error


def _open_whatever_its_title(address: str) -> InputContainer:
    import av

    try:
        return av.open(address)
    except UnicodeDecodeError:
        # PyAV before 19 stops at a title in an old encoding unless told otherwise. From 19 on it
        # does not stop, and no longer knows the option.
        forgiving: dict[str, Any] = {"metadata_errors": "ignore"}
        container: InputContainer = av.open(address, **forgiving)
        return container


def _why_not_a_video(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(8)
    if head[4:] in {b"ftyp", b"mdat", b"wide"}:
        return (
            f"{path} begins as an MP4 or MOV recording, but its index (moov) is missing. A "
            "complete recording was expected; this one was cut off before it was finished. Copy "
            "it again from where it was recorded, or record it again."
        )
    return (
        f"{path} is not a video: its content is in no known video format, whatever its name says. "
        "An MP4, MOV, MKV, WebM or AVI file was expected. Check that it is the right file, or "
        "convert it to MP4."
    )


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    from av.video.stream import VideoStream

    stream = container.streams.best("video")
    if not isinstance(stream, VideoStream):
        kinds = " and ".join(sorted({stream.type for stream in container.streams}))
        container.close()
        raise InputError(
            f"{path} holds no pictures, only {kinds or 'nothing at all'}. A file with a video "
            "stream was expected. Check that it is the right file."
        )
    if not stream.codec_context:
        container.close()
        raise InputError(
            f"The pictures in {path} are stored in an unknown way (codec). H.264, HEVC, VP9 or "
            "another common codec was expected. Convert the file to MP4 with H.264."
        )
    # Frame threads are faster, but deadlock on a damaged file once anybody sets PyAV's log level.
    stream.thread_type = "SLICE"
    return stream


def _claimed_s(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None:
        return container.duration / 1e6
    return None
