"""Whoever practises finds their name, and nothing of anybody else."""

from __future__ import annotations

import pytest
from layouts import LAYOUTS, Draw, Layout, draw

from mirrorcoach.live import texts
from mirrorcoach.live.actions import Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.shapes import Point
from mirrorcoach.live.theme import Colour
from mirrorcoach.live.who_page import PRACTISES, SOMEBODY_NEW, WhoPage, names_of
from mirrorcoach.profile import Profile
from mirrorcoach.records.practices import Person

ROOMY = LAYOUTS[0]
LONG = "Anna-Katharina Elisabeth von Hohenstein"


def people(*names: str) -> list[Person]:
    return [Person(number, Profile(name=name)) for number, name in enumerate(names, 2)]


FAMILY = people("Anna", "", LONG)
CLINIC = people(*(f"Patient {number}" for number in range(14)))


@pytest.mark.parametrize("present", [None, 3])
@pytest.mark.parametrize("who", [FAMILY, CLINIC], ids=["family", "clinic"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_everybody_is_reached_in_every_layout(
    layout: Layout, who: list[Person], present: int | None, drawn: Draw
) -> None:
    page, seen = WhoPage(who, present), set()
    while True:
        frame = drawn(page, layout)
        frame.check()
        actions = [touch.action for touch in frame.canvas.touches]
        assert SOMEBODY_NEW in actions
        assert (Key.BACK in actions) == (present is not None)
        seen |= {one.value for one in actions if isinstance(one, Press) and one.name == PRACTISES}
        if DOWN not in actions:
            break
        assert page.heed(Key.DOWN) is None
    assert seen == {one.number for one in who}


@pytest.mark.parametrize("layout", [ROOMY, LAYOUTS[-3]], ids=str)
def test_the_digits_choose_the_first_nine_even_where_the_page_scrolls(
    layout: Layout, drawn: Draw
) -> None:
    canvas = drawn(WhoPage(CLINIC), layout).canvas
    keys = canvas.keys | {touch.key: touch.action for touch in canvas.touches if touch.key}
    for place in range(9):
        assert keys[str(place + 1)] == Press(PRACTISES, CLINIC[place].number)
    assert keys["n"] == SOMEBODY_NEW


def test_nobody_is_chosen_with_enter(drawn: Draw) -> None:
    keys = {touch.key for touch in drawn(WhoPage(FAMILY), ROOMY).canvas.touches}
    assert "enter" not in keys


def test_whoever_gave_no_name_or_shares_it_has_their_number() -> None:
    named = names_of(people("Anna", "", "Ben", "Anna"), texts.load("en"))
    assert named == ["Anna (2)", "Person 3", "Ben", "Anna (5)"]
    assert names_of(FAMILY, texts.load("fr"))[1] == "Personne 3"


def test_who_it_is_concerns_the_application() -> None:
    page = WhoPage(FAMILY)
    for action in (Press(PRACTISES, 2), SOMEBODY_NEW, Key.BACK):
        assert page.heed(action) == action


@pytest.mark.parametrize("large", [125, 150, 200])
def test_signs_grow_with_the_text(large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[float] = []
    icon = Canvas.icon

    def spy(self: Canvas, name: Icon, middle: Point, size: float, ink: Colour) -> None:
        sizes.append(size)
        icon(self, name, middle, size, ink)

    monkeypatch.setattr(Canvas, "icon", spy)
    seen = {}
    for percent in (100, large):
        sizes.clear()
        draw(WhoPage(people("Anna", "Ben")), Layout((1280, 720), "light", percent, "en"))
        seen[percent] = list(sizes)
    share = min(1.5, large / 100)
    assert seen[large] == pytest.approx([share * one for one in seen[100]])
