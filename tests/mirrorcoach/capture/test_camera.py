"""A live camera, played by a stream of JPEG pictures over a local connection."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from itertools import islice, pairwise

import cv2
import numpy as np
import pytest
from picture_server import HEIGHT, LEFT, RIGHT, WIDTH, PictureServer

from landmarks.frame import Frame
from mirrorcoach.capture import camera as camera_module
from mirrorcoach.capture.camera import Camera, CameraDarkError, cameras
from mirrorcoach.capture.source import FrameSource
from mirrorcoach.errors import InputError


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_module, "SILENCE_S", 1.0)


def brightness(frame: Frame) -> tuple[float, float]:
    return float(frame.image[LEFT].mean()), float(frame.image[RIGHT].mean())


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_frames_of_a_live_stream(server: PictureServer) -> None:
    source: FrameSource = Camera(server.url)
    with source as camera:
        assert camera.info.name == server.url
        assert (camera.info.width, camera.info.height) == (WIDTH, HEIGHT)
        assert (camera.info.duration_s, camera.info.frames) == (None, None)
        assert (camera.info.rotation_deg, camera.info.mirrored) == (0, False)
        frames = list(islice(camera, 20))
    assert all(a.time_s < b.time_s and a.index < b.index for a, b in pairwise(frames))
    for frame in frames:
        assert frame.image.shape == (HEIGHT, WIDTH, 3)
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous
        left, right = brightness(frame)
        assert left > 200
        assert right < 50
    assert server.connections == 1


def test_time_is_that_of_arrival(server: PictureServer) -> None:
    with Camera(server.url) as camera:
        first = camera.poll(1)
        time.sleep(0.5)
        second = camera.poll(1)
    assert first is not None
    assert second is not None
    assert 0.4 < second.time_s - first.time_s < 1.5


def test_a_mirrored_camera_is_turned_back(server: PictureServer) -> None:
    with Camera(server.url, mirrored=True) as camera:
        assert camera.info.mirrored
        left, right = brightness(next(iter(camera)))
    assert left < 50
    assert right > 200


def test_only_the_newest_frame_is_kept(server: PictureServer) -> None:
    with Camera(server.url) as camera:
        first = next(iter(camera))
        time.sleep(0.6)
        second = camera.poll(0)
    assert second is not None
    assert second.index > first.index + 5


def test_poll_hands_out_each_frame_once(server: PictureServer, impatient: None) -> None:
    with Camera(server.url) as camera:
        server.sending.clear()
        time.sleep(0.2)
        camera.poll(0)
        before = time.perf_counter()
        assert camera.poll(0) is None
        assert camera.poll(0.1) is None
        assert time.perf_counter() - before < 0.5
        server.sending.set()
        assert camera.poll(0.7) is not None


@pytest.mark.parametrize("end", ["hang up", "fall silent"])
def test_a_camera_that_stops_is_an_error(server: PictureServer, impatient: None, end: str) -> None:
    seen = 0

    def watch() -> None:
        nonlocal seen
        with Camera(server.url) as camera:
            for frame in camera:
                seen = frame.index
                if seen == 10:
                    server.hang_up.set() if end == "hang up" else server.sending.clear()

    started = time.perf_counter()
    with pytest.raises(InputError, match="the camera stopped sending pictures 1 seconds ago") as e:
        watch()
    assert time.perf_counter() - started < 6
    assert seen >= 10
    assert "expected" in str(e.value)
    assert "Check its cable" in str(e.value)


def test_closing_does_not_wait_for_a_silent_camera(server: PictureServer) -> None:
    with Camera(server.url) as camera:
        next(iter(camera))
        server.sending.clear()
        time.sleep(0.1)
        started = time.perf_counter()
    assert time.perf_counter() - started < 2
    server.hang_up.set()
    deadline = time.perf_counter() + 5
    while "camera" in threads() and time.perf_counter() < deadline:
        time.sleep(0.05)
    assert "camera" not in threads(), "the thread frees the device once it answers"


def test_closing_ends_the_loop_and_the_thread(server: PictureServer) -> None:
    with Camera(server.url) as camera:
        frames = iter(camera)
        next(frames)
        assert "camera" in threads()
    assert "camera" not in threads()
    assert next(frames, None) is None
    assert camera.poll(1) is None


def test_an_exception_of_the_thread_reaches_whoever_asks(
    server: PictureServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Camera(server.url, mirrored=True) as camera:
        next(iter(camera))

        def fail(*_: object) -> None:
            raise cv2.error("the driver gave up")

        monkeypatch.setattr(cv2, "flip", fail)
        with pytest.raises(InputError, match=r"any further \(the driver gave up\)"):
            list(camera)


def test_opened_again_it_goes_on_counting(server: PictureServer) -> None:
    camera = Camera(server.url)
    with camera:
        before = next(iter(camera))
    time.sleep(0.3)
    with camera:
        after = next(iter(camera))
    assert after.index > before.index
    assert after.time_s > before.time_s + 0.3


def test_a_camera_in_use_is_listed_without_being_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def refuse(number: int, _: int) -> None:
        tried.append(number)
        raise camera_module._Unusable("could not open it")

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(camera_module, "_open_device", refuse)
    assert cameras(in_use=(1,)) == (1,)
    assert tried == [0, 2, 3, 4]


def test_a_device_that_opens_but_stays_dark_is_refused(
    server: PictureServer, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dark:
        def __init__(self, *_: object) -> None:
            self.released = threading.Event()
            opened.append(self)

        def isOpened(self) -> bool:
            return True

        def get(self, _: int) -> float:
            return 0.0

        def read(self) -> tuple[bool, None]:
            return False, None

        def release(self) -> None:
            self.released.set()

    opened: list[Dark] = []
    monkeypatch.setattr(cv2, "VideoCapture", Dark)
    with (
        pytest.raises(CameraDarkError, match="FFmpeg: opened, but sent no picture"),
        Camera(server.url),
    ):
        pass
    assert opened[0].released.wait(1)


def test_no_such_camera(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError) as caught, Camera(97):
        pass
    message = str(caught.value)
    assert message.startswith("Camera 97 cannot be used (")
    assert "could not open it" in message
    assert "expected" in message
    assert message.endswith("allowed to use the camera.")
    assert capfd.readouterr().err == "", "OpenCV keeps its own words to itself"


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux", "freebsd14"])
def test_every_backend_that_was_tried_is_named(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    names = {"win32": ["DirectShow", "Media Foundation"], "darwin": ["AVFoundation"]}
    with pytest.raises(InputError) as caught, Camera(97):
        pass
    for name in names.get(platform, ["Video4Linux"]):
        assert f"{name}: could not open it" in str(caught.value)


def test_an_address_nobody_answers_does_not_show_its_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(InputError) as caught, Camera(f"http://me:secret@127.0.0.1:{port}/live"):
        pass
    assert f"http://127.0.0.1:{port}/live cannot be used" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_facts_of_a_camera_that_was_never_opened() -> None:
    with pytest.raises(RuntimeError, match="open the camera first"):
        _ = Camera(0).info
    with pytest.raises(RuntimeError, match="open the camera first"):
        Camera(0).poll(0)


def test_importing_the_module_does_not_import_opencv() -> None:
    code = "import sys, mirrorcoach.capture.camera; sys.exit('cv2' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
