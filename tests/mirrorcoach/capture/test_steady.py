"""A camera that comes late, falls silent, goes away and comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest
from picture_server import PictureServer

from mirrorcoach.capture import camera as camera_module
from mirrorcoach.capture import steady
from mirrorcoach.capture.source import LiveSource
from mirrorcoach.capture.steady import SteadyCamera
from mirrorcoach.errors import InputError

LONG_S = 20.0


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (camera_module, steady):
        monkeypatch.setattr(module, "SILENCE_S", 1.5)
    monkeypatch.setattr(steady, "SILENT_AFTER_S", 0.5)
    monkeypatch.setattr(steady, "AGAIN_AFTER_S", 0.2)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.01)


def waits(camera: SteadyCamera, kind: str) -> bool:
    return camera.waiting is not None and camera.waiting.kind == kind


def sees(camera: SteadyCamera) -> bool:
    return camera.poll(0.05) is not None


def test_it_is_a_live_source_with_rising_times(server: PictureServer) -> None:
    with SteadyCamera(server.url) as camera:
        assert isinstance(camera, LiveSource)
        until(lambda: sees(camera))
        frames = [frame for frame in (camera.poll(0.5) for _ in range(10)) if frame is not None]
        assert camera.waiting is None
    times = [frame.time_s for frame in frames]
    assert len(times) > 5
    assert times == sorted(set(times))


def test_one_that_hangs_up_is_lost_and_comes_back(server: PictureServer) -> None:
    with SteadyCamera(server.url) as camera:
        until(lambda: sees(camera))
        before = camera.poll(1.0)
        server.hang_up.set()
        until(lambda: waits(camera, "lost"))
        assert camera.poll(0.01) is None
        server.hang_up.clear()
        until(lambda: sees(camera))
        after = camera.poll(1.0)
        until(lambda: camera.waiting is None)
    assert before is not None
    assert after is not None
    assert after.time_s > before.time_s
    assert after.index > before.index


def test_one_that_falls_silent_is_said_to_and_comes_back(server: PictureServer) -> None:
    with SteadyCamera(server.url) as camera:
        until(lambda: sees(camera))
        server.sending.clear()
        until(lambda: waits(camera, "silent"))
        server.sending.set()
        until(lambda: sees(camera) and camera.waiting is None)


def test_another_size_after_it_came_back(server: PictureServer) -> None:
    with SteadyCamera(server.url) as camera:
        until(lambda: sees(camera))
        server.show([np.zeros((90, 200, 3), np.uint8)])
        server.hang_up.set()
        until(lambda: waits(camera, "lost"))
        server.hang_up.clear()
        sizes = set()

        def has_other() -> bool:
            frame = camera.poll(0.1)
            if frame is not None:
                sizes.add(frame.image.shape[:2])
            return (90, 200) in sizes

        until(has_other)


def test_opening_never_blocks_and_says_when_it_is_slow(
    server: PictureServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_open = threading.Event()
    enter = camera_module.Camera.__enter__

    def slowly(self: camera_module.Camera) -> camera_module.Camera:
        may_open.wait(LONG_S)
        return enter(self)

    monkeypatch.setattr(camera_module.Camera, "__enter__", slowly)
    monkeypatch.setattr(steady, "SLOW_AFTER_S", 0.5)
    with SteadyCamera(server.url) as camera:
        assert waits(camera, "opening")
        assert camera.poll(0.01) is None
        until(lambda: waits(camera, "slow"))
        may_open.set()
        until(lambda: sees(camera))
        assert camera.waiting is None


def test_no_camera_is_told_until_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def refuse(self: camera_module.Camera) -> None:
        tries.append(time.monotonic())
        raise InputError("Camera 97 cannot be used")

    monkeypatch.setattr(camera_module.Camera, "__enter__", refuse)
    with SteadyCamera(97) as camera:
        until(lambda: waits(camera, "none_found"))
        assert camera.waiting is not None
        assert "Camera 97" in camera.waiting.reason
        until(lambda: len(tries) > 2)


def test_one_that_another_program_has_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: camera_module.Camera) -> None:
        raise camera_module.CameraDarkError("opened, but sent no picture")

    monkeypatch.setattr(camera_module.Camera, "__enter__", refuse)
    monkeypatch.setattr(steady.sys, "platform", "win32")
    with SteadyCamera(0) as camera:
        until(lambda: waits(camera, "taken"))


def test_nothing_is_left_behind(server: PictureServer) -> None:
    with SteadyCamera(server.url) as camera:
        until(lambda: sees(camera))
    assert not {"camera", "camera-keeper"} & {thread.name for thread in threading.enumerate()}
    assert camera.poll(0.01) is None
