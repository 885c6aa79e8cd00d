"""One practice at the desk, beside an engine that only listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from live_moments import snapshot
from therapist_moments import readings

from exercises.events import Action as Asked
from exercises.events import Ending, Event, Finished, Phase
from exercises.schema import Programme, Step
from landmarks.frame import Frame
from mirrorcoach.capture.nothing import NoPictures
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.steady import SteadyCamera, Waiting
from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Engine, Now
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.practice import Practice
from mirrorcoach.profile import Consents

PROGRAMME = Programme(
    id="test", stage="paresis", steps=(Step(exercise="smile_open", repetitions=1, rise_s=2.0),)
)


class Listener:
    """Does nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.practice: Practice | None = None
        self.state = Now()
        self.happened: list[Event] = []
        self.measured: list[Any] = []

    def practise(self, practice: Practice) -> None:
        self.practice = practice

    def now(self) -> Now:
        return self.state

    def readings(self) -> list[Any]:
        measured, self.measured = self.measured, []
        return measured

    def events(self) -> list[Event]:
        happened, self.happened = self.happened, []
        return happened

    def act(self, action: Asked) -> None:
        self.asked.append(action)

    def answer(self, yes: bool | None) -> None:
        self.asked.append(yes)


@pytest.fixture
def engine() -> Listener:
    return Listener()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    with Desk(True, {"sounds": False, "language": "en"}) as desk:
        yield desk


def lesson(desk: Desk, engine: Listener, source: Any = None) -> Lesson:
    return Lesson(desk, cast(Engine, engine), PROGRAMME, source or SimulatedPatient())


@pytest.mark.parametrize(
    ("pressed", "asked"),
    [
        (Press("pause"), Asked.PAUSE),
        (Press("go_on"), Asked.GO_ON),
        (Press("go_on_smaller"), Asked.GO_ON_SMALLER),
        (Press("rest"), Asked.REST),
        (Press("end"), Asked.END),
        (Key.BACK, Asked.PAUSE),
        (Press("answer", True), True),
        (Press("answer", False), False),
        (Press("answer", None), None),
    ],
)
def test_what_is_pressed_reaches_the_session(
    desk: Desk, engine: Listener, pressed: Any, asked: Any
) -> None:
    assert lesson(desk, engine).heed(pressed) is None
    assert engine.asked == [asked]


def test_what_concerns_the_application_is_given_back(desk: Desk, engine: Listener) -> None:
    assert lesson(desk, engine).heed(Key.LARGER) is Key.LARGER
    assert engine.asked == []


def test_the_session_knows_while_the_even_face_is_watched(desk: Desk, engine: Listener) -> None:
    desk.change("affected", "right")
    one = lesson(desk, engine)
    for view in ("mirror", "even_face", "even_face", "outline"):
        one.heed(Press("view", view))
        one.follow()
    assert engine.asked == [Asked.WATCH_EVEN, Asked.WATCH_OWN]


def test_where_no_half_was_chosen_there_is_no_even_face(desk: Desk, engine: Listener) -> None:
    one = lesson(desk, engine)
    one.heed(Press("view", "even_face"))
    one.follow()
    assert engine.asked == []


@pytest.mark.parametrize("why", ["done", "tired"])
def test_once_it_is_over_the_result_comes_and_knows_why(
    desk: Desk, engine: Listener, why: Ending
) -> None:
    one = lesson(desk, engine)
    assert one.follow() is None
    engine.happened = [Finished(9.0, why == "done", why, 4.0)]
    engine.state = Now(state="over")
    assert one.follow() == Go("result")
    assert one.ending == why


def test_a_slow_pace_makes_movements_longer(desk: Desk, engine: Listener) -> None:
    desk.change("slow_pace", True)
    lesson(desk, engine)
    assert engine.practice is not None
    assert engine.practice._programme.steps[0].rise_s == 3.0


def test_only_where_no_camera_is_found_for_a_while_it_goes_on_with_the_drawing(
    desk: Desk, engine: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(now_s=0.0)
    fake = SimpleNamespace(monotonic=lambda: clock.now_s)
    monkeypatch.setattr("mirrorcoach.live.lesson.time", fake)
    one = lesson(desk, engine, SteadyCamera(0))
    first = engine.practice
    for kind in ("none_found", "opening", "none_found"):  # allowed only after a question
        engine.state = Now(waiting=Waiting(kind))  # type: ignore[arg-type]
        for _ in range(40):
            one.follow()
            clock.now_s += 0.1
        assert engine.practice is first
    clock.now_s += 2.0
    one.follow()
    assert engine.practice is not None
    assert isinstance(engine.practice.source, NoPictures)


def test_a_camera_that_was_there_is_waited_for(desk: Desk, engine: Listener) -> None:
    one = lesson(desk, engine, SteadyCamera(0))
    first = engine.practice
    image = np.zeros((4, 4, 3), dtype=np.uint8)
    engine.state = Now(frame=Frame(0, 0.0, image), waiting=Waiting("none_found"))
    for _ in range(3):
        one.follow()
    assert engine.practice is first


@pytest.mark.parametrize(
    ("source", "waiting", "camera"),
    [
        (SimulatedPatient(), None, "open"),
        (SimulatedPatient(), Waiting("lost"), "lost"),
        (NoPictures(), None, "none_found"),
    ],
)
def test_the_page_knows_how_the_camera_is(
    desk: Desk, engine: Listener, source: Any, waiting: Waiting | None, camera: str
) -> None:
    one = lesson(desk, engine, source)
    engine.state = Now(waiting=waiting)
    one.follow()
    assert one.page._now is not None
    assert one.page._now.camera == camera


# The face at rest

ALLOWED = Consents(photographs=True)


def at_rest(one: Lesson, engine: Listener, phase: Phase = Phase.BETWEEN) -> Lesson:
    """The face rests before the camera."""
    image = np.full((480, 640, 3), 128, dtype=np.uint8)
    engine.measured = readings(lambda t: 0.0, lambda t: 0.0, length_s=0.02)
    engine.state = Now(frame=Frame(0, 0.0, image), snapshot=snapshot(phase))
    one.follow()
    return one


def test_without_consent_no_picture_is_held_not_even_in_memory(
    desk: Desk, engine: Listener
) -> None:
    assert at_rest(lesson(desk, engine, SteadyCamera(0)), engine).picture is None
    desk.change("consents", ALLOWED)
    assert at_rest(lesson(desk, engine, SteadyCamera(0)), engine).picture is not None


@pytest.mark.parametrize("phase", [Phase.RISE, Phase.HOLD, Phase.LET_GO])
def test_no_picture_is_held_of_a_movement(desk: Desk, engine: Listener, phase: Phase) -> None:
    desk.change("consents", ALLOWED)
    assert at_rest(lesson(desk, engine, SteadyCamera(0)), engine, phase).picture is None


def test_only_a_camera_sees_what_is_of_today(desk: Desk, engine: Listener) -> None:
    desk.change("consents", ALLOWED)
    assert at_rest(lesson(desk, engine, SimulatedPatient()), engine).picture is None


def test_where_nothing_is_kept_no_picture_is_held(engine: Listener) -> None:
    with Desk(False, {"sounds": False}) as desk:
        desk.change("consents", ALLOWED)
        assert at_rest(lesson(desk, engine, SteadyCamera(0)), engine).picture is None
