"""Finding a comfortable place before the camera."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pygame
import pytest
from layouts import LAYOUTS, Draw, Layout
from test_comfortable_place import GREY, sitting

from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Change, Go, Key
from mirrorcoach.live.camera_check import (
    HINT_S,
    UNDONE_S,
    CameraCheckPage,
    CheckView,
    next_camera,
)
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.comfortable_place import Hint

USUAL = Layout((1280, 720), "light", 100, "en")
FAR = CheckView(GREY, sitting(height=100), "too_far", 1, cameras=(0, 2))
GOOD = CheckView(GREY, sitting(), None, 1)


def paged(view: CheckView, what: str = "") -> CameraCheckPage:
    page = CameraCheckPage(what)
    page.show(view)
    return page


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_all_of_it_fits(layout: Layout, drawn: Draw) -> None:
    for view in (
        GOOD,
        FAR,
        CheckView(GREY, sitting(), "too_dark", 1, cameras=(0, 1)),
        CheckView(GREY, None, "no_face", 0),
    ):
        drawn(paged(view), layout).check()
    for kind in get_args(WaitingKind):
        drawn(paged(CheckView(waiting=kind)), layout).check()


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_what_is_waited_for_is_said_however_small_the_mirror(layout: Layout, drawn: Draw) -> None:
    lines = drawn(paged(CheckView(waiting="none_found")), layout).said
    for name in ("camera_none_found", "camera_none_found_helps"):
        for word in texts.load(layout.language)(f"pause.{name}").split():
            assert word in lines


def test_every_hint_has_its_words() -> None:
    for language in ("en", "fr"):
        names = texts.load(language).names
        assert {f"check.hint_{hint}" for hint in get_args(Hint)} <= names


def test_one_sentence_at_a_time_and_the_rest_is_checked(drawn: Draw) -> None:
    dark_and_far = CheckView(GREY, sitting(height=100), "too_dark", 1)
    said = drawn(paged(dark_and_far), USUAL).said
    assert "Come a little closer." in said
    assert "window" not in said


def check_marks(view: CheckView) -> int:
    """How many of the three rows have their check, a disc in the colour of the buttons."""
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    page = paged(view)
    canvas.begin(target)
    page.draw(canvas, 5.0)
    column = pygame.surfarray.array2d(target)[1192, 100:560]
    full = column == target.map_rgb(canvas.theme.primary)
    return int((np.diff(full.astype(int)) == 1).sum() > 0) and len(
        np.split(np.flatnonzero(full), np.flatnonzero(np.diff(np.flatnonzero(full)) > 40) + 1)
    )


def test_what_is_right_is_checked_at_once() -> None:
    assert check_marks(GOOD) == 3
    assert check_marks(FAR) == 2
    assert check_marks(CheckView(GREY, None, "no_face", 0)) == 0
    assert check_marks(CheckView(waiting="opening")) == 0


def test_a_check_does_not_flicker_and_a_sentence_can_be_read(drawn: Draw) -> None:
    page = paged(GOOD)
    drawn(page, USUAL, (0.0,))
    page.show(FAR)
    assert "Come a little closer." not in drawn(page, USUAL, (0.5 * UNDONE_S,)).said
    assert "Come a little closer." in drawn(page, USUAL, (2 * UNDONE_S,)).said
    page.show(CheckView(GREY, sitting(x=500, height=100), "too_far", 1))
    assert "oval" not in drawn(page, USUAL, (2 * UNDONE_S + 0.5 * HINT_S,)).said
    assert "oval" in drawn(page, USUAL, (2 * UNDONE_S + 2 * HINT_S,)).said


@pytest.mark.parametrize("view", [GOOD, FAR, CheckView(waiting="none_found"), CheckView()])
def test_going_on_is_always_possible(view: CheckView, drawn: Draw) -> None:
    touches = drawn(paged(view, "three_minutes"), USUAL).canvas.touches
    assert {touch.key: touch.action for touch in touches}["enter"] == Go(
        "practice", "three_minutes"
    )


def test_c_goes_to_the_next_camera_where_there_is_one(drawn: Draw) -> None:
    keys = {touch.key: touch.action for touch in drawn(paged(FAR), USUAL).canvas.touches}
    assert keys["c"] == Change("camera", 2)
    keys = {touch.key: touch.action for touch in drawn(paged(GOOD), USUAL).canvas.touches}
    assert "c" not in keys


@pytest.mark.parametrize(
    "cameras, camera, following",
    [((0, 1), 0, 1), ((0, 1), 1, 0), ((0, 1), "http://door/video", 0), ((3,), 0, 3)],
)
def test_cameras_take_turns(cameras: Any, camera: Any, following: Any) -> None:
    assert next_camera(cameras, camera) == following


@pytest.mark.parametrize(
    "kind, said",
    [
        ("none_found", "No camera found. You can practise with the drawing."),
        ("taken", "Another program is using the camera."),
        ("slow", "takes its time to open"),
        ("lost", "Plug it in again"),
    ],
)
def test_a_camera_that_gives_no_picture_is_told_of(kind: Any, said: str, drawn: Draw) -> None:
    assert said in drawn(paged(CheckView(waiting=kind)), USUAL).said


def test_the_picture_stands_still_so_that_the_face_can_be_brought_into_the_oval() -> None:
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    places = []
    for x in (250, 390):
        image = GREY.copy()
        image[100:380, x - 10 : x + 10] = 255
        page = paged(CheckView(image, sitting(x=x), None, 1))
        for now_s in (0.0, 5.0):
            canvas.begin(target)
            page.draw(canvas, now_s)
        row = pygame.surfarray.array3d(target)[110:640, 300].mean(axis=1)
        places.append(float(np.flatnonzero(row > 240).mean()))
    assert places[0] > places[1] + 100  # mirrored, and not followed


def test_everything_else_is_the_application_s() -> None:
    for action in (Key.BACK, Key.SAFETY, Change("camera", 1)):
        assert paged(GOOD).heed(action) == action
