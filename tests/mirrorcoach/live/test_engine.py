"""The engine beside a window that only asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import pytest
from picture_server import PictureServer

import assets
from exercises import library
from exercises.events import Action, Event, Finished, Phase, RepetitionOver
from exercises.schema import Programme, Step
from mirrorcoach.capture import steady
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.steady import SteadyCamera
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.errors import InputError
from mirrorcoach.live.engine import Engine
from mirrorcoach.live.practice import Practice
from mirrorcoach.records.store import Store

WORDS = library.words()
STEP = Step(exercise="smile_open", repetitions=1, rise_s=2.0, hold_s=2.0, let_go_s=3.0)
PROGRAMME = Programme(id="test", stage="paresis", steps=(STEP,))
TWICE = Programme(id="test", stage="paresis", steps=(STEP.model_copy(update={"repetitions": 2}),))
LONG_S = 90.0
"""Longest wait for anything; a first start may compile for many seconds."""


class Watcher:
    """A window: asks for what is new until something is so."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.events: list[Event] = []

    def until(self, condition: Callable[[], Any]) -> Any:
        end = time.monotonic() + LONG_S
        while time.monotonic() < end:
            self.engine.wait(1 / 30)
            self.events += self.engine.events()
            if found := condition():
                return found
        raise AssertionError(f"nothing came of it: {self.engine.now()}")

    def phase(self) -> Phase | None:
        snapshot = self.engine.now().snapshot
        return None if snapshot is None else snapshot.phase


@pytest.fixture
def camera(server: PictureServer, monkeypatch: pytest.MonkeyPatch) -> SteadyCamera:
    """A camera that shows the patient at rest, and is quickly missed."""
    monkeypatch.setattr(steady, "SILENT_AFTER_S", 0.5)
    monkeypatch.setattr(steady, "AGAIN_AFTER_S", 0.2)
    server.show(rest_pictures())
    return SteadyCamera(server.url)


def rest_pictures(width: int = 640, height: int = 480) -> list[Any]:
    with assets.path("demo/rest.mp4") as path, VideoFile(path) as film:
        return [cv2.resize(frame.image, (width, height)) for frame in islice(film, 40)]


def test_a_practice_from_beginning_to_end(tmp_path: Path) -> None:
    patient = SimulatedPatient(realtime=False)
    with Store.open(tmp_path) as store, Engine() as engine:
        window = Watcher(engine)
        practice = Practice(PROGRAMME, patient, words=WORDS, store=store, attended=True)
        engine.practise(practice)
        window.until(lambda: engine.now().state == "over")
        assert isinstance(window.events[-1], Finished)
        assert engine.now().mesh is not None
        assert store.repetitions(1)
        alone = Practice(PROGRAMME, SimulatedPatient(realtime=False), words=WORDS)
        list(alone.run_headless())
    assert practice.result() == alone.result()


def test_keys_reach_a_paused_practice() -> None:
    with Engine() as engine:
        window = Watcher(engine)
        engine.practise(Practice(PROGRAMME, SimulatedPatient(), words=WORDS, attended=True))
        window.until(lambda: window.phase() is Phase.REST)
        engine.act(Action.PAUSE)
        window.until(lambda: window.phase() is Phase.PAUSED)
        engine.act(Action.GO_ON)
        window.until(lambda: window.phase() is Phase.REST)
        engine.act(Action.PAUSE)
        engine.act(Action.END)
        window.until(lambda: engine.now().state == "over")
        assert isinstance(window.events[-1], Finished)


def test_closing_at_once_keeps_every_finished_repetition(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with Engine() as engine:
            window = Watcher(engine)
            patient = SimulatedPatient(realtime=False)
            practice = Practice(TWICE, patient, words=WORDS, store=store, attended=True)
            engine.practise(practice)
            window.until(lambda: any(isinstance(e, RepetitionOver) for e in window.events))
            started = time.monotonic()
        assert time.monotonic() - started < 3.0
        assert practice.session.done
        assert len(store.repetitions(1)) >= 1
    assert "measuring" not in {thread.name for thread in threading.enumerate()}


def test_looking_has_no_session_and_hands_the_camera_on(
    server: PictureServer, camera: SteadyCamera
) -> None:
    with Engine() as engine:
        window = Watcher(engine)
        engine.look(camera)
        assert engine.now().state == "starting"
        window.until(lambda: engine.now().reading is not None)
        now = engine.now()
        assert now.snapshot is None
        assert now.waiting is None
        assert now.mesh is not None
        assert now.frame is not None
        looked_until_s = now.frame.time_s
        window.until(lambda: engine.readings())
        practice = Practice(PROGRAMME, camera, words=WORDS, attended=True)
        engine.practise(practice)
        assert engine.now().frame is not None, "the mirror does not go dark in between"
        assert engine.now().reading is None
        first = window.until(lambda: engine.now().reading)
        assert first.time_s > looked_until_s
        assert window.phase() is not None
    assert server.connections == 1


def test_a_lost_camera_pauses_the_session_and_its_return_goes_on(
    server: PictureServer, camera: SteadyCamera
) -> None:
    with Engine() as engine:
        window = Watcher(engine)
        engine.practise(Practice(TWICE, camera, words=WORDS, attended=True))
        window.until(lambda: window.phase() is Phase.HOLD)
        server.hang_up.set()
        window.until(lambda: engine.now().waiting and engine.now().waiting.kind == "lost")
        window.until(lambda: window.phase() is Phase.PAUSED)
        assert engine.now().snapshot.paused_by_itself
        server.show(rest_pictures(800, 600))  # it comes back with other pictures
        server.hang_up.clear()
        window.until(lambda: engine.now().waiting is None)
        window.until(lambda: window.phase() is Phase.HOLD)
        assert engine.now().frame.image.shape == (600, 800, 3)
        reading = engine.now().reading
        assert reading.movement is not None
        assert abs(reading.movement.displacement_mm).max() < 2.0


def test_what_keeps_it_from_going_on_comes_out_as_a_state(tmp_path: Path) -> None:
    with Engine() as engine:
        window = Watcher(engine)
        engine.look(VideoFile(tmp_path / "none.mp4"))
        window.until(lambda: engine.now().state == "failed")
        assert isinstance(engine.now().error, InputError)
        engine.look(SimulatedPatient())
        assert engine.now().error is None
        window.until(lambda: engine.now().reading is not None)


def test_closing_while_no_camera_answers() -> None:
    with Engine() as engine:
        engine.look(SteadyCamera("http://127.0.0.1:9/none"))
        window = Watcher(engine)
        window.until(lambda: engine.now().waiting is not None)
        started = time.monotonic()
    assert time.monotonic() - started < 6.0
