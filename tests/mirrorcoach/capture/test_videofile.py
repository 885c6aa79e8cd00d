"""Reading recordings: times, turns, damage, and every way a file can be no video."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from landmarks.frame import Frame
from mirrorcoach.capture.source import FrameSource
from mirrorcoach.capture.videofile import VideoFile, find_videos
from mirrorcoach.errors import InputError

WIDTH, HEIGHT, FPS = 64, 48, 30

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that lets ffmpeg write a moving test picture to a file."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed; it makes the recordings for this test")

    def run(
        name: str, *options: str, seconds: float = 1.0, size: str = f"{WIDTH}x{HEIGHT}"
    ) -> Path:
        path = tmp_path / name
        source = f"testsrc2=size={size}:rate={FPS}:duration={seconds}"
        ffmpeg("-f", "lavfi", "-i", source, *options, str(path))
        return path

    return run


def ffmpeg(*arguments: str) -> bytes:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def shown_by_ffmpeg(path: Path, *options: str) -> bytes:
    """Return every picture as ffmpeg shows it, upright, as BGR bytes."""
    return ffmpeg(
        "-i", str(path), "-vsync", "0", *options, "-pix_fmt", "bgr24", "-f", "rawvideo", "-"
    )


def read(path: Path, *, mirrored: bool = False) -> tuple[VideoFile, list[Frame]]:
    with VideoFile(path, mirrored) as video:
        frames = list(video)
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert all(a.time_s < b.time_s for a, b in pairwise(frames))
    assert all(frame.image.flags.c_contiguous for frame in frames)
    assert {frame.image.shape for frame in frames} == {(video.info.height, video.info.width, 3)}
    assert {frame.image.dtype for frame in frames} == {np.dtype(np.uint8)}
    assert video.frames_read == video.measured.frames == len(frames)
    return video, frames


def times(frames: list[Frame]) -> list[float]:
    return [frame.time_s for frame in frames]


def write_video(path: Path, ticks: list[int], time_base: Fraction) -> None:
    """Write a Motion JPEG recording with exactly these timestamps."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuvj420p"
        stream.codec_context.time_base = time_base
        for number, tick in enumerate(ticks):
            image = np.full((HEIGHT, WIDTH, 3), 10 * number % 256, np.uint8)
            picture = av.VideoFrame.from_ndarray(image, format="bgr24")
            picture.pts, picture.time_base = number, time_base
            for packet in stream.encode(picture):
                packet.pts = packet.dts = tick
                container.mux(packet)


def test_video_file_is_a_frame_source(make: Make) -> None:
    source: FrameSource = VideoFile(make("a.mp4"))
    with source as opened:
        assert opened.info.name == "a.mp4"


def test_facts_before_and_after_reading(make: Make) -> None:
    path = make("a.mp4", seconds=2)
    with VideoFile(path) as video:
        assert (video.info.width, video.info.height) == (WIDTH, HEIGHT)
        assert (video.info.fps, video.info.duration_s, video.info.frames) == (30.0, 2.0, 60)
        assert (video.info.rotation_deg, video.info.mirrored) == (0, False)
        assert (video.frames_read, video.measured.fps, video.short_by_s) == (0, None, None)
        for _ in video:
            pass
    assert video.frames_read == video.measured.frames == 60
    assert video.measured.fps == pytest.approx(30.0)
    assert video.measured.duration_s == pytest.approx(2.0)
    assert (video.damaged_packets, video.dropped_frames, video.short_by_s) == (0, 0, None)


def test_one_frame_has_no_rate_and_no_duration(make: Make) -> None:
    video, frames = read(make("a.mp4", "-frames:v", "1"))
    assert times(frames) == [0.0]
    assert (video.measured.fps, video.measured.duration_s) == (None, None)
    assert video.measured.frames == 1


def test_facts_of_a_file_that_was_never_opened() -> None:
    with pytest.raises(RuntimeError, match="open the file first"):
        _ = VideoFile(Path("a.mp4")).info


def test_each_loop_starts_at_the_beginning_and_ends_the_one_before(make: Make) -> None:
    with VideoFile(make("a.mp4")) as video:
        first = iter(video)
        next(first)
        assert [frame.index for frame in video] == list(range(30))
        assert next(first, None) is None
        assert video.frames_read == 30


def test_leaving_ends_a_loop_that_is_still_going_on(make: Make) -> None:
    with VideoFile(make("a.mp4")) as video:
        frames = iter(video)
        next(frames)
    assert next(frames, None) is None
    assert video.short_by_s is None
    assert video.frames_read == 1


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mov", ("-c:v", "libx264")),
        ("a.mkv", ("-c:v", "libx264")),
        ("a.mts", ("-c:v", "libx264", "-f", "mpegts")),
        ("a.webm", ("-c:v", "libvpx")),
        ("a.avi", ("-c:v", "mpeg4", "-bf", "2")),
        ("a.mpg", ("-c:v", "mpeg2video", "-bf", "2")),
        ("a.wmv", ("-c:v", "wmv2")),
        ("with sound.mp4", ("-f", "lavfi", "-i", "sine=d=1", "-shortest")),
        ("a:b %03d.mp4", ()),
    ],
)
def test_containers_keep_their_times(make: Make, name: str, options: tuple[str, ...]) -> None:
    if ":" in name and sys.platform == "win32":
        pytest.skip("Windows allows no colon in a name")
    path = make("a.mp4") if ":" in name else make(name, *options)
    path = path.rename(path.with_name(name))
    _, frames = read(path)
    np.testing.assert_allclose(times(frames), np.arange(30) / FPS, atol=0.001)


def test_gif_with_transparency(make: Make) -> None:
    path = make("a.GIF", "-r", "10", "-vf", "format=rgba,colorchannelmixer=aa=0.5")
    _, frames = read(path)
    assert len(frames) * WIDTH * HEIGHT * 3 == len(shown_by_ffmpeg(path))
    np.testing.assert_allclose(times(frames), np.arange(len(frames)) / 10, atol=0.001)


def test_a_title_in_an_old_encoding(make: Make) -> None:
    path = make("a.mp4", "-metadata", "title=cafXXX")
    path.write_bytes(path.read_bytes().replace(b"cafXXX", b"caf\xe9\xff\xfe"))
    _, frames = read(path)
    assert len(frames) == 30


def test_variable_frame_rate_is_kept(tmp_path: Path) -> None:
    ticks = [500, 533, 571, 590, 1400, 1433]
    write_video(tmp_path / "vfr.mkv", ticks, Fraction(1, 1000))
    video, frames = read(tmp_path / "vfr.mkv")
    np.testing.assert_allclose(times(frames), (np.array(ticks) - 500) / 1000, atol=1e-9)
    assert video.measured.fps == pytest.approx(5 / 0.933)
    assert video.measured.duration_s == pytest.approx(0.933 + 0.033)


def test_times_start_at_the_first_frame_shown(make: Make, tmp_path: Path) -> None:
    whole = make("whole.mp4", seconds=2)
    cut = tmp_path / "cut.mp4"
    ffmpeg("-ss", "1", "-i", str(whole), "-c", "copy", str(cut))
    with av.open(str(cut)) as container:
        assert container.streams.video[0].frames == 60, "the cut hides frames, it keeps them"
    video, frames = read(cut)
    np.testing.assert_allclose(times(frames), np.arange(30) / FPS, atol=0.001)
    assert video.short_by_s is None


def test_frames_with_equal_times_are_dropped_and_counted(tmp_path: Path) -> None:
    write_video(tmp_path / "a.mkv", [0, 33, 33, 67, 100, 100, 100, 133], Fraction(1, 1000))
    video, frames = read(tmp_path / "a.mkv")
    np.testing.assert_allclose(times(frames), [0, 0.033, 0.067, 0.1, 0.133])
    assert video.dropped_frames == 3


def test_frames_that_go_back_in_time_are_dropped_and_counted(make: Make, tmp_path: Path) -> None:
    part = make("part.mts", "-c:v", "mpeg2video", "-f", "mpegts").read_bytes()
    (tmp_path / "joined.mts").write_bytes(part + part)
    video, frames = read(tmp_path / "joined.mts")
    assert len(frames) + video.dropped_frames == 60
    assert len(frames) >= 30


def test_h264_in_avi_keeps_an_even_pace(make: Make) -> None:
    """AVI stores the times of frames predicted from later ones in the wrong order."""
    _, frames = read(make("a.avi", "-c:v", "libx264", "-bf", "2", seconds=2))
    assert len(frames) >= 58
    np.testing.assert_allclose(np.diff(times(frames))[2:], 1 / FPS, atol=0.001)


def test_pictures_without_times_are_refused(make: Make) -> None:
    with pytest.raises(InputError, match="carry no times"):
        read(make("raw.h264", "-c:v", "libx264"))


TURNS = [
    pytest.param((1, 0, 0, 1), 0, id="upright"),
    pytest.param((0, -1, 1, 0), 90, id="quarter"),
    pytest.param((-1, 0, 0, -1), 180, id="half"),
    pytest.param((0, 1, -1, 0), 270, id="three quarters"),
    pytest.param((-1, 0, 0, 1), 0, id="left-right"),
    pytest.param((1, 0, 0, -1), 180, id="top-bottom"),
    pytest.param((0, 1, 1, 0), 270, id="diagonal"),
    pytest.param((0, -1, -1, 0), 90, id="other diagonal"),
]


def turn(path: Path, matrix: tuple[int, int, int, int]) -> None:
    """Write a display matrix into an MP4's track header."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    assert struct.unpack_from(">9i", data, at) == (65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    a, b, c, d = (value << 16 for value in matrix)
    struct.pack_into(">9i", data, at, a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("matrix", "rotation_deg"), TURNS)
def test_turned_as_ffmpeg_turns_it(
    make: Make, matrix: tuple[int, int, int, int], rotation_deg: int, mirrored: bool
) -> None:
    path = make("a.mp4", "-c:v", "libx264rgb", "-crf", "0", seconds=0.2)
    turn(path, matrix)
    video, frames = read(path, mirrored=mirrored)
    expected = np.frombuffer(shown_by_ffmpeg(path), np.uint8)
    expected = expected.reshape(-1, video.info.height, video.info.width, 3)
    if mirrored:
        expected = expected[:, :, ::-1]
    assert video.info.rotation_deg == rotation_deg
    assert video.info.mirrored is mirrored
    assert (video.info.height > video.info.width) == (matrix[0] == 0)
    np.testing.assert_array_equal(np.stack([frame.image for frame in frames]), expected)


@pytest.mark.parametrize(
    ("shape", "size"),
    [("2/1", (128, 48)), ("1/2", (64, 96)), ("12/11", (70, 48)), ("900", (64, 48))],
)
def test_pixels_become_square(make: Make, shape: str, size: tuple[int, int]) -> None:
    video, frames = read(make("a.mp4", "-vf", f"setsar={shape},format=gray", "-c:v", "libx264"))
    assert (video.info.width, video.info.height) == size
    plain = make("plain.mp4", "-vf", "format=gray", "-c:v", "libx264")
    scaled = shown_by_ffmpeg(plain, "-vf", f"scale={size[0]}:{size[1]}:flags=bicubic")
    expected = np.frombuffer(scaled, np.uint8).reshape(-1, size[1], size[0], 3)
    assert np.abs(frames[9].image.astype(int) - expected[9]).mean() < 0.5


def test_square_pixels_and_a_turn_together(make: Make) -> None:
    path = make("a.mp4", "-vf", "setsar=2/1", "-c:v", "libx264")
    turn(path, (0, 1, -1, 0))
    video, _ = read(path)
    assert (video.info.width, video.info.height) == (48, 128)


def test_a_size_that_changes_on_the_way(make: Make, tmp_path: Path) -> None:
    options = ("-c:v", "libx264", "-bf", "0", "-f", "mpegts")
    small = make("small.mts", *options)
    large = make("large.mts", *options, "-output_ts_offset", "1", size="128x96")
    (tmp_path / "both.mts").write_bytes(small.read_bytes() + large.read_bytes())
    video, frames = read(tmp_path / "both.mts")
    assert (video.info.width, video.info.height) == (WIDTH, HEIGHT)
    assert len(frames) == 60


@pytest.mark.parametrize("pixels", ["gray", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le"])
def test_pixel_formats(make: Make, pixels: str) -> None:
    path = make("a.mp4", "-pix_fmt", pixels, "-c:v", "libx264", size="322x242", seconds=0.2)
    _, frames = read(path)
    expected = np.frombuffer(shown_by_ffmpeg(path), np.uint8).reshape(-1, 242, 322, 3)
    difference = np.abs(np.stack([frame.image for frame in frames]).astype(int) - expected)
    # FFmpeg's releases differ in how they scale the colour of ten-bit pictures.
    assert difference.mean() < (3 if "10" in pixels else 0.01)


@pytest.mark.parametrize("matrix", ["bt709", "smpte170m"])
def test_colours_follow_the_files_own_mark(make: Make, matrix: str) -> None:
    scale = f"scale=out_color_matrix={matrix}"
    path = make("a.mp4", "-vf", scale, "-colorspace", matrix, "-c:v", "libx264", seconds=0.1)
    _, frames = read(path)
    expected = np.frombuffer(shown_by_ffmpeg(path), np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    assert np.abs(frames[0].image.astype(int) - expected[0]).mean() < 0.5


def test_damage_in_the_middle_is_skipped_and_counted(make: Make) -> None:
    path = make("a.mp4", "-c:v", "libx264", "-g", "30", seconds=4, size="320x240")
    data = bytearray(path.read_bytes())
    start, size = len(data) // 2, len(data) // 20
    data[start : start + size] = bytes(size)
    path.write_bytes(data)
    video, frames = read(path)
    assert video.damaged_packets > 0
    assert len(frames) == 120 - video.damaged_packets
    assert times(frames)[-1] == pytest.approx(119 / FPS)
    assert video.short_by_s is None


def test_damage_that_the_container_marks_is_counted(make: Make) -> None:
    path = make("a.mts", "-c:v", "libx264", "-f", "mpegts", seconds=4, size="320x240")
    data = path.read_bytes()
    packets = [data[at : at + 188] for at in range(0, len(data), 188)]
    del packets[20::40]
    path.write_bytes(b"".join(packets))
    video, frames = read(path)
    assert video.damaged_packets > 0
    assert times(frames)[-1] == pytest.approx(119 / FPS, abs=0.001)


@pytest.mark.parametrize(
    ("name", "options"),
    [("a.mp4", ("-movflags", "faststart")), ("a.mkv", ()), ("a.mov", ("-movflags", "faststart"))],
)
def test_a_cut_file_tells_how_much_is_missing(
    make: Make, name: str, options: tuple[str, ...]
) -> None:
    path = make(name, "-c:v", "libx264", *options, seconds=4, size="320x240")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    video, frames = read(path)
    assert 30 < len(frames) < 100
    assert video.info.duration_s == pytest.approx(4.0, abs=0.05)
    assert video.short_by_s == pytest.approx(4.0 - len(frames) / FPS, abs=0.15)


def test_a_long_last_frame_is_not_a_cut(make: Make) -> None:
    path = make("a.gif", "-r", "10", "-final_delay", "300")
    video, _ = read(path)
    assert video.info.duration_s == pytest.approx(4, abs=0.2)
    assert video.short_by_s is None


def test_any_damage_gives_frames_or_a_sentence(make: Make) -> None:
    path = make("a.mp4", "-c:v", "libx264", "-g", "10")
    whole = path.read_bytes()
    for seed in range(30):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(10):
            at = chance.randrange(len(data))
            data[at : at + 40] = chance.randbytes(len(data[at : at + 40]))
        path.write_bytes(data)
        try:
            read(path)
        except InputError as error:
            assert str(path) in str(error)


def test_memory_does_not_hold_the_file(make: Make) -> None:
    with VideoFile(make("a.mp4")) as video:
        addresses = [frame.image.ctypes.data for frame in video]
    assert len(set(addresses)) < len(addresses), "a picture's memory is used again once it is gone"


def test_sha256(make: Make) -> None:
    path = make("a.mp4")
    assert VideoFile(path).sha256() == hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(InputError, match="There is no file"):
        VideoFile(path.with_name("b.mp4")).sha256()


def refusal(path: Path) -> str:
    """Return what is said when a file is refused."""
    with pytest.raises(InputError) as caught, VideoFile(path):
        pass
    message = str(caught.value)
    assert path.name in message
    assert "expected" in message
    assert message.endswith(".")
    return message


def test_missing_file(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "a.mp4")


def test_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    assert "is empty (0 bytes)" in refusal(tmp_path / "a.mp4")


def test_name_too_long(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / ("a" * 5000))


def test_text_renamed(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("Dear diary, today I smiled.\n" * 50)
    assert "is not a video" in refusal(tmp_path / "a.mp4")


@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nADDRESS\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile ADDRESS\n",
    ],
)
@pytest.mark.parametrize("name", ["a.mp4", "a.m3u8", "a.ffconcat"])
def test_a_playlist_opens_no_connection(tmp_path: Path, name: str, playlist: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        (tmp_path / name).write_text(playlist.replace("ADDRESS", address))
        assert "is not a video" in refusal(tmp_path / name)
        with pytest.raises(TimeoutError):
            server.accept()


def test_cut_off_before_the_index(make: Make) -> None:
    path = make("a.mp4", "-c:v", "libx264")
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])
    message = refusal(path)
    assert "index (moov) is missing" in message
    assert "cut off" in message


def test_sound_only(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "a.mp4"
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", str(path))
    assert "holds no pictures, only audio" in refusal(path)


def test_cover_picture_is_no_video(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "a.m4a"
    cover = ("-map", "0", "-map", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic")
    inputs = ("-f", "lavfi", "-i", "sine=d=1", "-f", "lavfi", "-i", "testsrc2=d=0.04")
    ffmpeg(*inputs, *cover, "-pix_fmt", "yuvj420p", str(path))
    assert "a cover picture" in refusal(path)


def test_unknown_codec(make: Make) -> None:
    path = make("a.mp4", "-c:v", "libx264")
    path.write_bytes(path.read_bytes().replace(b"avc1\x00", b"zzzz\x00"))
    assert "codec" in refusal(path)


def test_no_picture_can_be_decoded(make: Make) -> None:
    path = make("a.mp4", "-c:v", "libx264")
    data = bytearray(path.read_bytes())
    start, end = data.index(b"mdat") + 4, data.index(b"moov") - 4
    data[start:end] = bytes(end - start)
    path.write_bytes(data)
    assert "not one picture can be decoded (30 damaged packets)" in refusal(path)


def test_no_permission(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make("a.mp4")
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        path.chmod(0)
    else:

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    assert "may not be read by this user" in refusal(path)


def test_find_videos_takes_what_lies_directly_in_a_folder(tmp_path: Path) -> None:
    for name in ("b.MOV", "a.mp4", "c.webm", "d.gif", "._a.mp4", "notes.txt", "sub/e.mp4"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.mp4").mkdir()
    alone, missing, impossible = (tmp_path / name for name in ("notes.txt", "x.mp4", "a" * 5000))
    found = find_videos([alone, tmp_path, missing, impossible])
    inside = [tmp_path / name for name in ("a.mp4", "b.MOV", "c.webm", "d.gif")]
    assert found == [alone, *inside, missing, impossible]


def test_find_videos_knows_every_common_ending(tmp_path: Path) -> None:
    endings = {"mp4", "mov", "m4v", "mkv", "webm", "avi", "mpg", "mpeg", "gif", "mts", "3gp", "wmv"}
    for ending in endings:
        (tmp_path / f"a.{ending}").touch()
    assert {path.suffix[1:] for path in find_videos([tmp_path])} == endings


def test_find_videos_refuses_a_folder_without_any(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(InputError, match=r"holds no video.*expected"):
        find_videos([tmp_path])


def test_find_videos_refuses_a_folder_it_may_not_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InputError, match=r"cannot be listed \(Permission denied\)"):
        find_videos([tmp_path])
