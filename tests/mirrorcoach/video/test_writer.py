"""Writing a video: what goes in comes out, at the same times, or nothing is left behind."""

from __future__ import annotations

import errno
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.codec.codec import UnknownCodecError
from numpy.typing import NDArray

from landmarks.frame import Frame
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.errors import InputError
from mirrorcoach.video.writer import VideoWriter

WIDTH, HEIGHT = 64, 48
EVEN = [number / 30 for number in range(45)]
UNEVEN = [0.0, 0.0333, 0.0601, 0.5, 0.54, 1.2, 1.2334, 1.2336, 4.0]


def picture(number: int = 0, width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.uint8]:
    image = np.full((height, width, 3), (40, 90, 180), np.uint8)
    image[:, : width // 2] = 5 * number % 256
    return image


def write(path: Path, times_s: list[float], width: int = WIDTH, height: int = HEIGHT) -> str | None:
    with VideoWriter(path, width, height, fps_hint=30.0) as writer:
        for number, time_s in enumerate(times_s):
            writer.write(picture(number, width, height), time_s)
    return writer.note


def read(path: Path) -> tuple[VideoFile, list[Frame]]:
    with VideoFile(path) as video:
        return video, list(video)


@pytest.mark.parametrize("times_s", [EVEN, UNEVEN], ids=["even", "uneven"])
def test_plays_back_at_the_same_times(tmp_path: Path, times_s: list[float]) -> None:
    path = tmp_path / "a.mp4"
    note = write(path, times_s)
    video, frames = read(path)
    np.testing.assert_allclose([frame.time_s for frame in frames], times_s, atol=0.001)
    assert video.info.frames == len(times_s)
    assert video.info.duration_s == pytest.approx(times_s[-1] + 1 / 30, abs=0.01)
    assert (video.damaged_packets, video.dropped_frames, video.short_by_s) == (0, 0, None)
    assert note is None
    assert list(tmp_path.iterdir()) == [path]


def test_pictures_and_colours_come_back(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", EVEN)
    _, frames = read(tmp_path / "a.mp4")
    for frame in frames:
        difference = np.abs(frame.image.astype(int) - picture(frame.index))
        assert difference[:, :28].mean() < 4
        assert difference[:, 36:].mean() < 4


def test_time_begins_with_the_first_picture(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", [17.0, 17.1, 17.3])
    _, frames = read(tmp_path / "a.mp4")
    np.testing.assert_allclose([frame.time_s for frame in frames], [0, 0.1, 0.3], atol=0.001)
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert container.streams.video[0].start_time == 0


def test_times_closer_than_a_tick_stay_apart(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", [0.0, 0.000001, 0.000002, 0.1])
    _, frames = read(tmp_path / "a.mp4")
    assert len(frames) == 4
    assert all(a.time_s < b.time_s for a, b in pairwise(frames))


@pytest.mark.parametrize("size", [(65, 48), (64, 49), (65, 49), (3, 3)])
def test_odd_sizes_lose_one_column_or_row(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "a.mp4"
    write(path, EVEN[:3], *size)
    video, _ = read(path)
    assert (video.info.width, video.info.height) == (size[0] // 2 * 2, size[1] // 2 * 2)


def test_any_player_and_browser_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write(path, EVEN)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.pix_fmt == "yuv420p"
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "the index comes first, for the web"


def test_without_h264_it_says_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str, mode: str) -> None:
        raise UnknownCodecError(name)

    monkeypatch.setattr(av, "Codec", missing)
    note = write(tmp_path / "a.mp4", UNEVEN)
    assert note is not None
    assert "libx264" in note
    assert "browsers do not" in note
    _, frames = read(tmp_path / "a.mp4")
    np.testing.assert_allclose([frame.time_s for frame in frames], UNEVEN, atol=0.001)


def test_the_name_is_given_only_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_text("what was here before")
    with VideoWriter(path, WIDTH, HEIGHT, 30.0) as writer:
        writer.write(picture(), 0.0)
        assert path.read_text() == "what was here before"
        assert path.with_name("a.mp4.part").exists()
    assert read(path)[0].measured.frames == 1


def test_an_exception_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with pytest.raises(KeyboardInterrupt), VideoWriter(path, WIDTH, HEIGHT, 30.0) as writer:
        writer.write(picture(), 0.0)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_nothing_written_is_an_error(tmp_path: Path) -> None:
    writer = VideoWriter(tmp_path / "a.mp4", WIDTH, HEIGHT, 30.0)
    with pytest.raises(ValueError, match="no picture was written"), writer:
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_does_not_exist(tmp_path: Path) -> None:
    writer = VideoWriter(tmp_path / "missing" / "a.mp4", WIDTH, HEIGHT, 30.0)
    with pytest.raises(InputError, match=r"cannot be written.*expected.*Choose another"), writer:
        pass


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mp4"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    writer = VideoWriter(path, WIDTH, HEIGHT, 30.0)
    with pytest.raises(InputError, match=r"No space left.*expected.*Free some"), writer:
        writer.write(picture(), 0.0)
        monkeypatch.setattr(Path, "replace", full)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("image", "time_s", "message"),
    [
        pytest.param(picture(width=65), 1.0, "was promised, got", id="size"),
        pytest.param(picture()[:, :, 0], 1.0, "was promised, got", id="gray"),
        pytest.param(picture().astype(np.float32), 1.0, "and float32", id="type"),
        pytest.param(picture(), 0.5, "times must rise", id="same time"),
        pytest.param(picture(), 0.4, "times must rise", id="earlier"),
        pytest.param(picture(), float("nan"), "times must rise", id="no number"),
        pytest.param(picture(), float("inf"), "times must rise", id="infinite"),
    ],
)
def test_bad_pictures_and_times(
    tmp_path: Path, image: NDArray[np.uint8], time_s: float, message: str
) -> None:
    writer = VideoWriter(tmp_path / "a.mp4", WIDTH, HEIGHT, 30.0)
    with pytest.raises(ValueError, match=message), writer:
        writer.write(picture(), 0.5)
        writer.write(image, time_s)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("width", "height", "fps_hint"),
    [(1, 48, 30.0), (64, 0, 30.0), (64, 48, 0.0), (64, 48, float("nan"))],
)
def test_bad_sizes_and_rates(width: int, height: int, fps_hint: float) -> None:
    with pytest.raises(ValueError, match="got"):
        VideoWriter(Path("a.mp4"), width, height, fps_hint)


def test_writing_before_opening() -> None:
    with pytest.raises(RuntimeError, match="open the writer first"):
        VideoWriter(Path("a.mp4"), WIDTH, HEIGHT, 30.0).write(picture(), 0.0)


@pytest.mark.parametrize("fps_hint", [0.5, 7.3, 23.976, 29.97, 60.0, 240.0])
def test_any_rate_is_taken(tmp_path: Path, fps_hint: float) -> None:
    path = tmp_path / "a.mp4"
    with VideoWriter(path, WIDTH, HEIGHT, fps_hint) as writer:
        for number in range(5):
            writer.write(picture(number), number / fps_hint)
    video, frames = read(path)
    assert video.measured.fps == pytest.approx(fps_hint, rel=0.001)
    assert len(frames) == 5
