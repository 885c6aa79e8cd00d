"""The safety page: all of the text, in every language and at every size."""

from __future__ import annotations

import pytest
from layouts import LAYOUTS, Draw, Drawn, Layout

from exercises import library
from exercises.schema import SAFETY_TOPICS
from mirrorcoach.live.actions import Action, Key
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.safety_page import ROWS, UNDERSTOOD, SafetyPage
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import Colour

NO_BREAK = "\N{NO-BREAK SPACE}"


def primary(frame: Drawn) -> Action:
    (action,) = (touch.action for touch in frame.canvas.touches if touch.key == "enter")
    return action


def read(page: SafetyPage, layout: Layout, drawn: Draw) -> tuple[list[Drawn], Action]:
    """Press Enter to the end; what was shown, and what the last one gave."""
    frames = [drawn(page, layout)]
    while (given := page.heed(primary(frames[-1]))) is None:
        frames.append(drawn(page, layout))
        assert len(frames) < 60, "it does not end"
    return frames, given


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_enter_leads_past_every_line(layout: Layout, first: bool, drawn: Draw) -> None:
    safety = library.safety(layout.language)
    frames, given = read(SafetyPage(safety, first), layout, drawn)
    for frame in frames:
        frame.check()
    said = " ".join(frame.said for frame in frames).replace(NO_BREAK, " ")
    for topic in SAFETY_TOPICS:
        text = safety.text[topic]
        for line in text.lines if topic == "aid" else (text.title, *text.lines):
            assert line.replace(NO_BREAK, " ") in said, topic
    assert given == (UNDERSTOOD if first else Key.BACK)


def test_the_call_for_help_has_a_full_border_where_colours_are_few(
    drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    borders: list[object] = []
    panel = Canvas.panel

    def spy(self: Canvas, box: Box, radius: float, ground: Colour, border: object = None) -> None:
        borders.append(border)
        panel(self, box, radius, ground, border)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "panel", spy)
    layout = Layout((1280, 720), "high_contrast", 100, "en")
    drawn(SafetyPage(library.safety("en"), True), layout)
    assert borders[0] == layout.canvas().theme.line


def test_the_call_for_help_comes_first() -> None:
    assert ROWS[0] == ("call_now",)
    assert {topic for row in ROWS for topic in row} | {"aid"} == set(SAFETY_TOPICS)


@pytest.mark.parametrize("layout", LAYOUTS[:4], ids=str)
def test_the_first_time_there_is_no_way_round_it(layout: Layout, drawn: Draw) -> None:
    frame = drawn(SafetyPage(library.safety(layout.language), True), layout)
    keys = {touch.key for touch in frame.canvas.touches}
    assert "escape" not in keys
    frame = drawn(SafetyPage(library.safety(layout.language), False), layout)
    assert "escape" in {touch.key for touch in frame.canvas.touches}


def test_it_is_understood_when_all_of_it_was_shown(drawn: Draw) -> None:
    page = SafetyPage(library.safety("en"), True)
    frames, _ = read(page, LAYOUTS[0], drawn)
    assert len(frames) > 1
    assert all("I understand" not in frame.said for frame in frames[:-1])
    assert "I understand" in frames[-1].said
