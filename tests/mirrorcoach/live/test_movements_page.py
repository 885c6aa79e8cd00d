"""Every movement is found, seen and explained; only what is trained is offered."""

from __future__ import annotations

import pygame
import pytest
from layouts import LAYOUTS, Draw, Layout

from exercises import library
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.demonstration import Pose
from mirrorcoach.live.line_face import LineFace
from mirrorcoach.live.movements_page import MovementsPage, dose_in_words

ROOMY = LAYOUTS[0]
SMALL = Layout((800, 600), "light", 100, "en")


@pytest.fixture(autouse=True)
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces without a line: how they are drawn is tested elsewhere, and takes its time."""
    monkeypatch.setattr(LineFace, "surface", lambda self, size, *rest: pygame.Surface((size, size)))


def page(language: str = "en", programme: str = "synkinesis", chosen: str = "") -> MovementsPage:
    words = library.words(language)
    asked = library.programmes()[programme]
    return MovementsPage(library.exercises(), words, asked, asked.stage, chosen)


def everything(shown: MovementsPage, layout: Layout, drawn: Draw) -> str:
    """All that is said from the top to the bottom of a view; each part of it is checked."""
    frame = drawn(shown, layout, (0.0,))
    frame.check()
    said = [frame.said]
    for _ in range(60):
        if DOWN not in [touch.action for touch in frame.canvas.touches]:
            break
        shown.heed(Key.DOWN)
        frame = drawn(shown, layout, (0.0,))
        frame.check()
        said.append(frame.said)
    return " ".join(said)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_movement_is_reached_in_every_layout(layout: Layout, drawn: Draw) -> None:
    said = everything(page(layout.language), layout, drawn)
    words = library.words(layout.language)
    for name in library.exercises():
        for word in words.exercise[name].name.split(" "):
            assert word in said


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("chosen", ["smile_eye_open", "eye_close_full", "massage"])
def test_all_about_one_is_reached_in_every_layout(layout: Layout, chosen: str, drawn: Draw) -> None:
    shown = page(layout.language, chosen=chosen)
    shown.heed(Press("more"))
    said = everything(shown, layout, drawn)
    instruction = library.words(layout.language).exercise[chosen].instruction
    assert instruction.split()[0] in said
    assert texts.load(layout.language)("movements.measured") in said


@pytest.mark.parametrize("chosen", ["massage", "ee_lowerlip", "smile_closed"])
def test_the_panel_holds_long_words(chosen: str, drawn: Draw) -> None:
    layout = Layout((1280, 720), "light", 125, "fr")
    drawn(page("fr", chosen=chosen), layout, (0.0,)).check()


def test_the_persons_own_movements_come_first(drawn: Draw) -> None:
    said = drawn(page(), ROOMY, (0.0,)).said
    words = library.words()
    assert said.index("In your practice") < said.index(words.exercise["smile_eye_open"].name)
    assert words.exercise["snarl"].name not in said


def test_trying_begins_with_the_chosen_movement(drawn: Draw) -> None:
    shown = page()
    assert shown.heed(Press("movement", "brow_lift")) is None
    keys = {touch.key: touch.action for touch in drawn(shown, ROOMY, (0.0,)).canvas.touches}
    assert keys["enter"] == Go("camera_check", "exercise:brow_lift")
    assert shown.heed(keys["enter"]) == keys["enter"]


@pytest.mark.parametrize("closely", [False, True])
def test_what_belongs_to_assessments_is_not_offered(closely: bool, drawn: Draw) -> None:
    shown = page(chosen="eye_close_full")
    if closely:
        shown.heed(Press("more"))
    frame = drawn(shown, ROOMY, (0.0,))
    assert not [one for one in frame.canvas.touches if isinstance(one.action, Go) and one.key]
    assert "Try it now" not in frame.said
    assert ("is not for training" in frame.said) == closely


def test_left_and_right_choose_and_bring_the_movement_into_sight(drawn: Draw) -> None:
    shown = page()
    drawn(shown, ROOMY, (0.0,))
    for _ in library.exercises():
        assert shown.heed(Key.RIGHT) is None
    said = drawn(shown, ROOMY, (0.0,)).said
    last = library.words().exercise["eye_close_full"].name
    assert said.count(last) == 2
    shown.heed(Key.LEFT)
    assert drawn(shown, ROOMY, (0.0,)).said.count(last) == 1


def test_in_a_small_window_a_card_opens_and_back_returns(drawn: Draw) -> None:
    shown = page()
    drawn(shown, SMALL, (0.0,))
    shown.heed(Press("movement", "brow_lift"))
    frame = drawn(shown, SMALL, (0.0,))
    assert Go("camera_check", "exercise:brow_lift") in [one.action for one in frame.canvas.touches]
    assert shown.heed(Key.BACK) is None
    assert "Movements" in drawn(shown, SMALL, (0.0,)).said
    assert shown.heed(Key.BACK) is Key.BACK


def test_the_chosen_movement_is_shown_and_can_be_slowed(
    drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[float] = []

    def spy(exercise: object, now_s: float, **rest: object) -> Pose:
        passed.append(now_s)
        return Pose((), 0.0)

    monkeypatch.setattr("mirrorcoach.live.movements_page.demonstration", spy)
    shown = page()
    drawn(shown, ROOMY, (10.0, 14.0))
    assert max(passed) == 4.0
    passed.clear()
    assert shown.heed(Key.DEMONSTRATION) is None
    assert "Slower" in drawn(shown, ROOMY, (20.0, 24.0)).said
    assert max(passed) == 2.0


def test_only_the_movement_that_is_looked_at_moves(
    drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[float] = []
    surface = LineFace.surface

    def spy(self: LineFace, size: int, movement: tuple = (), share: float = 0.0) -> object:
        shares.append(share)
        return surface(self, size, movement, share)

    monkeypatch.setattr(LineFace, "surface", spy)
    drawn(page(chosen="brow_lift"), ROOMY, (0.0,))
    assert shares.count(0.0) == 2  # its card and the large drawing are still at rest


def test_doses_are_those_of_the_persons_programme() -> None:
    catalogue, t = library.exercises(), texts.load()
    programme = library.programmes()["three_minutes"]
    (step, *_) = [
        one for one in programme.steps if one.repetitions and catalogue[one.exercise].wanted
    ]
    said = dose_in_words(step.applied_to(catalogue[step.exercise]), t)
    assert said.startswith((f"{step.repetitions} times", "Once"))


def test_every_dose_can_be_said_in_every_language() -> None:
    for language in library.languages():
        for exercise in library.exercises().values():
            assert "{" not in dose_in_words(exercise, texts.load(language))
