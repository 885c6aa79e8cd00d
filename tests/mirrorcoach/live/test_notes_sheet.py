"""Notes are read: every word, the newest first, with the day and who wrote it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from layouts import LAYOUTS, Draw, Drawn, Layout

from mirrorcoach.live.actions import Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import DOWN, UP
from mirrorcoach.live.notes_sheet import CLOSE, NotesSheet
from mirrorcoach.records.practices import Note

ROOMY = LAYOUTS[0]
MARCH = datetime(2026, 3, 3, 9, 30)
LONG = " ".join(f"word{number}" for number in range(400))


class Alone:
    """A sheet over an empty page."""

    def __init__(self, *notes: Note) -> None:
        self.sheet = NotesSheet(notes)

    def draw(self, canvas: Canvas, now_s: float) -> None:
        self.sheet.draw(canvas)


def note(number: int, text: str, by: str = "", days: int = 0) -> Note:
    return Note(number, MARCH + timedelta(days=days), text, by)


def read(page: Alone, layout: Layout, drawn: Draw) -> list[Drawn]:
    """Every frame from the top to the bottom, each checked."""
    frames = []
    for _ in range(400):
        frame = drawn(page, layout)
        frame.check()
        frames.append(frame)
        if DOWN not in [touch.action for touch in frame.canvas.touches]:
            return frames
        page.sheet.heed(DOWN)
    raise AssertionError("it never ends")


FOUR = (
    note(1, "Begin with small smiles.", "Dr. Claire Lefebvre-Montgomery, Strasbourg"),
    note(2, "Tight after the wind.", days=30),
    note(3, "Toxin on the right.\n\nNo closing for two weeks.", "Dr. Lee", days=44),
    note(4, LONG[:900], "Anna", days=61),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_word_is_reached_and_none_is_cut(layout: Layout, drawn: Draw) -> None:
    said = " ".join(frame.said for frame in read(Alone(*FOUR), layout, drawn))
    for word in " ".join(f"{one.text} {one.by}" for one in FOUR).split():
        assert word in said, word
    assert ("3 mars 2026" if layout.language == "fr" else "3 March 2026") in said


def test_the_newest_comes_first_whatever_order_they_are_given_in(drawn: Draw) -> None:
    said = drawn(Alone(FOUR[1], FOUR[0], FOUR[2]), ROOMY).said
    places = [said.index(one) for one in ("16 April 2026, Dr. Lee", "2 April 2026", "3 March 2026")]
    assert places == sorted(places)


def test_of_one_moment_the_note_written_last_comes_first(drawn: Draw) -> None:
    said = drawn(Alone(note(1, "Earlier."), note(2, "Later.")), ROOMY).said
    assert said.index("Later.") < said.index("Earlier.")


def test_who_wrote_it_is_said_only_where_it_is_known(drawn: Draw) -> None:
    assert "3 March 2026 Tight." in drawn(Alone(note(1, "Tight.")), ROOMY).said
    assert "3 March 2026, Anna Tight." in drawn(Alone(note(1, "Tight.", "Anna")), ROOMY).said


def test_lines_stay_as_they_were_typed(drawn: Draw) -> None:
    lines = [line.text for line in drawn(Alone(note(1, "Smile\n\n- small\tand even")), ROOMY).lines]
    assert "Smile" in lines
    assert "- small and even" in lines


@pytest.mark.parametrize("layout", [ROOMY, Layout((800, 600), "light", 200, "fr")], ids=str)
def test_a_word_without_an_end_is_broken_and_not_cut(layout: Layout, drawn: Draw) -> None:
    letters = "".join(chr(0x4E00 + number) for number in range(200))
    said = " ".join(one.said for one in read(Alone(note(1, letters, "W" * 40)), layout, drawn))
    assert set(letters) <= set(said)
    assert "WWWWW" in said


def test_it_scrolls_down_and_up_again(drawn: Draw) -> None:
    page = Alone(note(1, LONG), note(2, "Newer.", days=1))
    before = drawn(page, ROOMY).said
    page.sheet.heed(Key.DOWN)
    after = drawn(page, ROOMY).said
    assert "Newer." in before
    assert "Newer." not in after
    page.sheet.heed(UP)
    assert drawn(page, ROOMY).said == before


def test_a_larger_text_lays_it_out_anew(drawn: Draw) -> None:
    page = Alone(note(1, "Tight.", "Anna"))
    for percent in (100, 200, 100):
        frame = drawn(page, Layout((1280, 720), "light", percent, "en"))
        frame.check()
        assert "Tight." in frame.said


def test_escape_and_close_close_it_and_nothing_else_does() -> None:
    sheet = NotesSheet(FOUR)
    assert sheet.heed(Key.BACK) == CLOSE
    assert sheet.heed(CLOSE) == CLOSE
    assert sheet.heed(Key.DOWN) is None
    assert sheet.heed(Press("freeze")) is None
