"""A message says what is the matter, what helps, and leads on."""

from __future__ import annotations

import pytest
from layouts import LAYOUTS, Draw, Layout

from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.message_page import MessagePage, Way

TITLE = "No camera was found on this computer"
LINES = [
    "Plug one in, or let other programs go of it.",
    "You can practise with the drawing: it asks for the same movements.",
    "Nothing that was kept is lost.",
]
WAYS = (
    Way("Look again", Go("camera_check")),
    Way("Practise with the drawing", Press("drawing")),
    Way("Home", Go("home")),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_all_of_it_can_be_read_with_the_ways_on_in_view(layout: Layout, drawn: Draw) -> None:
    page = MessagePage(TITLE, "\n".join(LINES), WAYS)
    said = ""
    for _ in range(6):
        frame = drawn(page, layout)
        frame.check()
        said += frame.said + " "
        actions = [touch.action for touch in frame.canvas.touches]
        assert {way.action for way in WAYS} <= set(actions)
        page.heed(Key.DOWN)
    assert all(line in said for line in (TITLE, *LINES))
    assert DOWN not in actions


def test_enter_takes_the_first_way_and_escape_the_last(drawn: Draw) -> None:
    frame = drawn(MessagePage(TITLE, LINES[0], WAYS), LAYOUTS[0])
    keys = {touch.key: touch.action for touch in frame.canvas.touches}
    assert (keys["enter"], keys["escape"]) == (WAYS[0].action, WAYS[2].action)


def test_a_single_way_is_enough(drawn: Draw) -> None:
    frame = drawn(MessagePage(TITLE, LINES[0], WAYS[:1]), LAYOUTS[0])
    assert [touch.action for touch in frame.canvas.touches] == [WAYS[0].action]


def test_the_ways_on_concern_the_application() -> None:
    page = MessagePage(TITLE, LINES[0], WAYS)
    assert page.heed(Go("home")) == Go("home")
    assert page.heed(Key.BACK) is Key.BACK
