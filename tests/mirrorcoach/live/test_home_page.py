"""Home: the greeting, the one big way to begin, and nothing that shames."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from layouts import LAYOUTS, Draw, Drawn, Layout

from mirrorcoach.live import texts
from mirrorcoach.live.actions import Go, Key
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.home_page import HomePage, HomeView
from mirrorcoach.records.history import PartOfDay

ROOMY = LAYOUTS[0]
PARTS = (
    PartOfDay("morning", "done"),
    PartOfDay("midday", "now"),
    PartOfDay("evening", "later"),
)
VIEW = HomeView(
    hour=15, programme="paresis", movements=5, minutes=7, parts=PARTS, practised=1, name="Anna"
)
VIEWS = [
    VIEW,
    replace(VIEW, name="Marie-Antoinette de la Rochefoucauld-Liane"[:40], week="about_the_same"),
    replace(VIEW, name="W" * 40, back=True, week="less_even"),
    replace(VIEW, name="", hour=20, practised=5, enough=True, week="more_even"),
]


def pages_down(page: HomePage, layout: Layout, drawn: Draw) -> list[Drawn]:
    """All that can be scrolled to."""
    seen = [drawn(page, layout)]
    while DOWN in [touch.action for touch in seen[-1].canvas.touches]:
        page.heed(Key.DOWN)
        seen.append(drawn(page, layout))
    return seen


@pytest.mark.parametrize("view", VIEWS, ids=range(len(VIEWS)))
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_everything_is_readable_and_every_door_is_there(
    layout: Layout, view: HomeView, drawn: Draw
) -> None:
    doors: set[object] = set()
    for frame in pages_down(HomePage(view), layout, drawn):
        frame.check()
        doors |= {touch.action for touch in frame.canvas.touches}
        assert [touch.key for touch in frame.canvas.touches].count("enter") == 1
    wanted = {"movements", "history", "settings", "therapist", "safety"}
    assert wanted <= {door.to for door in doors if isinstance(door, Go)}


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")],
)
def test_the_greeting_follows_the_time_of_day(hour: int, greeting: str, drawn: Draw) -> None:
    said = drawn(HomePage(replace(VIEW, hour=hour)), ROOMY).said
    assert f"Good {greeting}, Anna" in said


def test_without_a_name_there_is_only_the_greeting(drawn: Draw) -> None:
    lines = [line.text for line in drawn(HomePage(replace(VIEW, name=" ")), ROOMY).lines]
    assert "Good afternoon" in lines


def test_after_a_long_while_a_person_is_welcomed_and_starts_small(drawn: Draw) -> None:
    said = drawn(HomePage(replace(VIEW, back=True, practised=0)), ROOMY).said
    assert "Good to see you, Anna" in said
    assert "We start small." in said


def test_the_big_button_begins_the_programme_and_tells_what_it_asks(drawn: Draw) -> None:
    frame = drawn(HomePage(replace(VIEW, movements=1)), ROOMY)
    keys = {touch.key: touch.action for touch in frame.canvas.touches}
    assert keys["enter"] == Go("camera_check", "paresis")
    assert keys["3"] == Go("camera_check", "three_minutes")
    assert "1 movement · about 7 minutes" in frame.said


def test_three_minutes_are_not_offered_twice(drawn: Draw) -> None:
    frame = drawn(HomePage(replace(VIEW, programme="three_minutes")), ROOMY)
    begins = [
        t.action for t in frame.canvas.touches if t.action == Go("camera_check", "three_minutes")
    ]
    assert len(begins) == 1


def test_when_it_is_enough_for_today_nothing_can_be_begun(drawn: Draw) -> None:
    for layout in (ROOMY, LAYOUTS[-1]):
        for frame in pages_down(HomePage(replace(VIEW, enough=True)), layout, drawn):
            places = [t.action.to for t in frame.canvas.touches if isinstance(t.action, Go)]
            assert "camera_check" not in places
            assert "Enough for today" in frame.said
            assert "Now" not in frame.said and "Later" not in frame.said
            actions = [touch.action for touch in frame.canvas.touches]
            assert len(set(actions)) == len(actions), "two places have the same focus"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_practice_that_did_not_happen_is_not_mentioned(language: str, drawn: Draw) -> None:
    parts = (PartOfDay("morning", "open"), PartOfDay("midday", "open"), PartOfDay("evening", "now"))
    layout = replace(ROOMY, language=language)
    lines = [line.text for line in drawn(HomePage(replace(VIEW, parts=parts)), layout).lines]
    said = texts.load(language)
    assert said("home.now") in lines
    assert said("home.done") not in lines
    assert said("home.later") not in lines


def test_no_days_are_counted(drawn: Draw) -> None:
    view = replace(VIEW, practised=7, week="less_even", movements=5, minutes=7)
    said = drawn(HomePage(view), ROOMY).said
    assert re.findall(r"\d+", said) == ["5", "7", "3", "1"]  # movements, minutes, two keys
    assert "A heavier week. Rest is part of practice." in said


def test_too_little_to_tell_of_a_week_is_left_unsaid(drawn: Draw) -> None:
    week = drawn(HomePage(replace(VIEW, week="too_early")), ROOMY).said
    assert week == drawn(HomePage(VIEW), ROOMY).said


def test_the_safety_key_leads_to_safety() -> None:
    assert HomePage(VIEW).heed(Key.SAFETY) == Go("safety")
