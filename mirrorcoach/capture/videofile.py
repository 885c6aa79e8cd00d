"""A recording on disk as a source of timed frames."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import numpy as np

from landmarks.frame import Frame
from mirrorcoach.capture.container import require_readable
from mirrorcoach.capture.decoding import Reading
from mirrorcoach.capture.layout import Layout
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.errors import InputError

__all__ = ["VideoFile", "find_videos"]

_ENDINGS = frozenset(
    {".3g2", ".3gp", ".asf", ".avi", ".flv", ".gif", ".m2ts", ".m4v", ".mkv"}
    | {".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv", ".webm", ".wmv"}
)
"""What a video file in a folder may end in, in lower case."""


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
        self._opened: tuple[SourceInfo, Layout] | None = None
        self._reading: Reading | None = None
        self._frames: Generator[Frame, None, None] | None = None

    def __enter__(self) -> VideoFile:
        """Open the file and decode its first picture.

        Raises
        ------
        InputError
            When there is no such file, or it is not a video with at least one picture.
        """
        with closing(Reading(self.path)) as reading:
            picture = reading.first()
            layout = Layout.of(picture, reading.stream, mirrored=self.mirrored)
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
        self._reading = Reading(self.path)
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
        require_readable(self.path)
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

    def _known(self) -> tuple[SourceInfo, Layout]:
        if self._opened is None:
            raise RuntimeError("open the file first: with VideoFile(path) as video")
        return self._opened


def _frames(reading: Reading, layout: Layout) -> Generator[Frame, None, None]:
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
