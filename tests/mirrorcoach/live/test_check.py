"""Before a practice: what the camera sees, and which cameras there are to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pygame
import pytest
from layouts import LAYOUTS, Draw
from live_moments import face

from landmarks.frame import Frame
from landmarks.meter import Reading
from landmarks.tracker import FaceMesh
from mirrorcoach.capture.steady import SteadyCamera, Waiting
from mirrorcoach.live.actions import Action, Change, Go
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.check import Check
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Engine, Now


class Looker:
    """Looks where it is told, and finds the cameras that there are once it was asked to."""

    def __init__(self, *there: int) -> None:
        self._there = there
        self.cameras: tuple[int, ...] | None = None
        self.looks: list[tuple[Any, float | None]] = []
        self.searches = 0
        self.state = Now()

    def look(self, source: Any, *, ipd_mm: float | None = None) -> None:
        self.looks.append((source, ipd_mm))

    def look_for_cameras(self) -> None:
        self.searches += 1

    def find(self) -> None:
        self.cameras = self._there

    def now(self) -> Now:
        return self.state


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    with Desk(True, {"sounds": False, "language": "en"}) as desk:
        yield desk


def check(desk: Desk, looker: Looker, what: str = "") -> Check:
    return Check(desk, cast(Engine, looker), SteadyCamera(0), what)


def pressed(one: Check, key: str) -> Action | None:
    """What a key does on the page as it is shown now; None if it has nothing to do."""
    canvas = Canvas(1280, 720)
    one.follow()
    for now_s in (0.0, 3.0):
        canvas.begin(pygame.Surface((1280, 720)))
        one.page.draw(canvas, now_s)
    found = [touch.action for touch in canvas.touches if touch.key == key]
    return one.heed(found[0]) if found else None


def seen(problem: Any = None) -> Now:
    frame = Frame(0, 0.0, np.full((480, 640, 3), 128, dtype=np.uint8))
    return Now("going", frame, FaceMesh(face()), Reading(0, 0.0, problem))


def test_it_looks_through_the_camera_at_once_with_the_distance_that_was_given(desk: Desk) -> None:
    desk.change("ipd_mm", 61.5)
    looker = Looker()
    one = Check(desk, cast(Engine, looker), camera := SteadyCamera(0), "")
    assert looker.looks == [(camera, 61.5)]
    assert one.measures


def test_cameras_are_looked_for_once(desk: Desk) -> None:
    looker = Looker(0, 1)
    check(desk, looker)
    looker.find()
    check(desk, looker)
    assert looker.searches == 1


def test_there_is_nothing_to_choose_before_another_camera_is_found(desk: Desk) -> None:
    looker = Looker(0)
    looker.state = seen()
    one = check(desk, looker)
    assert pressed(one, "c") is None
    looker.find()
    assert pressed(one, "c") is None, "the only one is in use"


def test_each_press_takes_the_next_camera_and_then_the_first_again(desk: Desk) -> None:
    looker = Looker(0, 2, 3)
    looker.state = seen()
    one, taken = check(desk, looker), []
    looker.find()
    for _ in range(4):
        action = pressed(one, "c")
        assert isinstance(action, Change)
        desk.change(action.setting, action.value)
        taken.append(desk.profile.settings.camera)
    assert taken == [2, 3, 0, 2]


def test_a_camera_that_went_away_gives_way_to_one_that_is_there(desk: Desk) -> None:
    desk.change("camera", 4)
    looker = Looker(1)
    looker.state = Now("starting", waiting=Waiting("none_found"))
    one = check(desk, looker)
    looker.find()
    assert pressed(one, "c") == Change("camera", 1)


@pytest.mark.parametrize(
    "now",
    [Now(), Now("starting", waiting=Waiting("slow")), seen(), seen("too_dark")],
    ids=["nothing yet", "slow", "well", "dark"],
)
def test_one_may_always_go_on_to_what_was_chosen(desk: Desk, now: Now) -> None:
    looker = Looker(0)
    looker.state = now
    assert pressed(check(desk, looker, "exercise:pucker"), "enter") == Go(
        "practice", "exercise:pucker"
    )


def test_what_keeps_it_from_being_measured_reaches_the_page(desk: Desk, drawn: Draw) -> None:
    looker = Looker(0)
    looker.state = seen("too_dark")
    one = check(desk, looker)
    one.follow()
    assert "Turn a little towards the window." in drawn(one.page, LAYOUTS[0]).said
    looker.state = Now("starting", waiting=Waiting("taken"))
    one.follow()
    assert "Another program is using the camera." in drawn(one.page, LAYOUTS[0]).said
