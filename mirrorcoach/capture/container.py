"""A video file's container: opening it, or saying in plain words why that is not possible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mirrorcoach.errors import InputError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["claimed_s", "open_container", "require_readable", "video_stream"]


def require_readable(path: Path) -> None:
    """Refuse what is not a file with something in it, in words a person can act on.

    Raises
    ------
    InputError
        When there is no such file, it may not be read, or it is empty.
    """
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


def open_container(path: Path) -> InputContainer:
    """Open a video file, and nothing beyond it.

    Raises
    ------
    InputError
        When it cannot be read or is not a video.
    """
    import av

    require_readable(path)
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


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """Return the stream of pictures to read.

    Raises
    ------
    InputError
        When there is none that can be decoded. The container is closed then.
    """
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


def claimed_s(container: InputContainer, stream: VideoStream) -> float | None:
    """Return the video's length in seconds by the container, None when it does not say."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None:
        return container.duration / 1e6
    return None
