"""One practice at the desk, beside an engine that only listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from exercises.schema import Programme, Step
from exercises.session import Action as Asked
from exercises.session import Ending, Event, Finished
from mirrorcoach.capture.nothing import NoPictures
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.steady import Waiting
from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Engine, Now
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.practice import Practice

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

    def practise(self, practice: Practice) -> None:
        self.practice = practice

    def now(self) -> Now:
        return self.state

    def readings(self) -> list[Any]:
        return []

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
