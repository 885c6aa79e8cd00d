"""The therapist's page: frozen moments, their numbers, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from layouts import LAYOUTS, Draw, Drawn, Layout
from live_moments import face
from therapist_moments import REST, SMILE, picture, smile

from exercises import library
from landmarks.meter import Reading
from landmarks.rest import Rest
from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Action, Go, Key, Press
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.figures_card import FirstDay
from mirrorcoach.live.pointing import places
from mirrorcoach.live.therapist_page import (
    BEGIN,
    END,
    FREEZE,
    MARK,
    MOVEMENTS,
    NOTES,
    REPLAY,
    SWITCH,
    TherapistPage,
    TherapistView,
)
from mirrorcoach.records.practices import Note

ROOMY = LAYOUTS[0]
COMPACT = Layout((800, 600), "light", 100, "en")
SOME = [LAYOUTS[0], *LAYOUTS[6:8], *LAYOUTS[14:17]]
"""Small and large text, both sizes."""

TIGHT = Note(1, datetime(2026, 3, 3, 9), "Tight after the wind.", "Dr. Lee")

FIRST_DAYS = {"smile_open": FirstDay(7.9, 2.1, 0.27)}


def page(
    language: str = "en",
    made: Sequence[Reading] | None = None,
    cue: str = "",
    rest: Rest | None = REST,
    image: np.ndarray | None = None,
    notes: Sequence[Note] = (),
) -> TherapistPage:
    words = library.words(language)
    choices = [
        (name, words.exercise[name].name)
        for name, exercise in library.exercises().items()
        if exercise.wanted is not None
    ]
    one = TherapistPage(choices, FIRST_DAYS, "left", notes)
    name = words.exercise["smile_open"].name
    image = picture(160, 120) if image is None else image
    for reading in smile(length_s=9.0)[::2] if made is None else made:
        one.show(TherapistView(image, reading, rest, SMILE, name, cue))
    return one


def frozen(language: str = "en", **more: Any) -> TherapistPage:
    one = page(language, **more)
    one.heed(FREEZE)
    start_s, end_s = one._window()
    one.heed(Press("line", ((4.0 - start_s) / (end_s - start_s), 0.5)))
    return one


def actions(frame: Drawn) -> list[Action]:
    return [touch.action for touch in frame.canvas.touches]


def every_line(one: TherapistPage, layout: Layout, drawn: Draw) -> str:
    """What can be read by scrolling down, each frame checked."""
    said = ""
    for _ in range(9):
        frame = drawn(one, layout)
        frame.check()
        said += " " + frame.said
        if DOWN not in actions(frame):
            break
        one.heed(DOWN)
    return said


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_live_nothing_is_cut_or_crowded(layout: Layout, drawn: Draw) -> None:
    cue = library.words(layout.language).exercise["smile_open"].rise.short
    drawn(page(layout.language, cue=cue), layout).check()


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_frozen_every_number_can_be_read_and_none_is_cut(layout: Layout, drawn: Draw) -> None:
    said = every_line(frozen(layout.language), layout, drawn)
    point = "," if layout.language == "fr" else "."
    for number in (f"8{point}0 mm", f"4{point}0 mm", f"7{point}9 mm", "100 %", "27 %"):
        assert number in said, number
    assert "50 %" in said or "49 %" in said


@pytest.mark.parametrize("layout", SOME, ids=str)
def test_what_cannot_be_measured_fits_and_says_why(layout: Layout, drawn: Draw) -> None:
    made = smile(problem=lambda t: "no_rest" if t > 3 else None)[::2]
    said = every_line(frozen(layout.language, made=made), layout, drawn)
    why = "resting face" if layout.language == "en" else "visage au repos"
    assert why in said


@pytest.mark.parametrize("layout", SOME, ids=str)
def test_the_list_of_movements_fits(layout: Layout, drawn: Draw) -> None:
    one = page(layout.language)
    one.heed(MOVEMENTS)
    for _ in range(3):
        drawn(one, layout).check()
        for _ in range(6):
            one.heed(Key.DOWN)


@pytest.mark.parametrize("view", range(1, 4))
@pytest.mark.parametrize("layout", [ROOMY, LAYOUTS[7], COMPACT], ids=str)
def test_other_views_fit(layout: Layout, view: int, drawn: Draw) -> None:
    for one in (page(layout.language), frozen(layout.language)):
        one.heed(SWITCH)
        for _ in range(view):
            one.heed(Key.VIEW)
        drawn(one, layout).check()


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("kind", ["slow", "taken"])
@pytest.mark.parametrize("layout", SOME, ids=str)
def test_what_the_camera_lacks_is_said(
    layout: Layout, kind: WaitingKind, seen: bool, drawn: Draw
) -> None:
    one = page(layout.language, made=None if seen else [])
    one.waiting = kind
    frame = drawn(one, layout)
    frame.check()
    assert texts.load(layout.language)(f"pause.camera_{kind}") in frame.said


def test_live_there_are_no_numbers_and_the_way_to_them_is_told(drawn: Draw) -> None:
    said = drawn(page(), ROOMY).said
    assert "Freeze the picture" in said
    assert "8.0 mm" not in said


def test_a_frozen_page_lets_frames_pass_and_begins_anew(drawn: Draw) -> None:
    one = frozen()
    before = drawn(one, ROOMY).said
    later = [replace(r, time_s=r.time_s + 9.0) for r in smile()[::4]]
    for reading in later:
        one.show(TherapistView(picture(160, 120), reading, REST, SMILE, "Open smile"))
    assert drawn(one, ROOMY).said == before
    one.heed(FREEZE)
    assert not one.frozen
    assert "Freeze the picture" in drawn(one, ROOMY).said
    one.heed(FREEZE)
    assert not one.frozen  # nothing is remembered that could be frozen


def test_the_line_moves_with_the_arrows(drawn: Draw) -> None:
    one = frozen()
    assert "Right moves 50 % of left" in drawn(one, ROOMY).said
    for _ in range(40):
        one.heed(Key.LEFT)
    assert "Neither side moves here." in drawn(one, ROOMY).said
    for _ in range(40):
        one.heed(Key.RIGHT)
    assert "Right moves 50 % of left" in drawn(one, ROOMY).said


def test_the_line_stays_within_what_is_remembered() -> None:
    one = frozen()
    for step in (Key.LEFT, Key.RIGHT):
        for _ in range(200):
            one.heed(step)
        assert one._recent.first_s <= one._line_s <= one._recent.last_s  # type: ignore[operator]


def test_touching_the_courses_freezes_there(drawn: Draw) -> None:
    one = page()
    one.heed(Press("line", (0.9, 0.5)))
    assert one.frozen
    assert "Go on" in drawn(one, ROOMY).said


def test_live_arrows_do_nothing() -> None:
    one = page()
    assert one.heed(Key.LEFT) is Key.LEFT
    assert not one.frozen


def test_a_mark_is_remembered_and_taken_away(drawn: Draw) -> None:
    one = frozen()
    one.heed(MARK)
    assert one._marks_s == pytest.approx([4.0], abs=0.1)
    one.heed(Key.LEFT)
    one.heed(MARK)
    assert not one._marks_s
    drawn(one, ROOMY).check()


def test_a_region_is_chosen_by_number_arrow_row_or_pointing(drawn: Draw) -> None:
    image = picture(640, 480)
    one = frozen(image=image)
    assert "Mouth corner" in drawn(one, ROOMY).said
    one.heed(Press("region", "brow"))
    said = drawn(one, ROOMY).said
    assert "Brow" in said
    assert "7.9 mm" not in said  # the first day's number is of another region
    one.heed(Key.DOWN)
    assert "Eye closing" in drawn(one, ROOMY).said
    one.heed(Press("next_region"))
    assert "Side of the nose" in drawn(one, ROOMY).said
    assert one._points is not None
    x, y = places(one._points)["eye", "left"]
    box = one._face
    one.heed(Press("face", ((x - box.x) / box.w, (y - box.y) / box.h)))
    assert "Eye closing" in drawn(one, ROOMY).said
    frame = drawn(one, ROOMY)
    assert frame.canvas.keys["1"] == Press("region", "brow")
    assert frame.canvas.keys["8"] == Press("region", "chin")


def test_numbers_never_stand_on_the_face(drawn: Draw) -> None:
    one = frozen(image=picture(640, 480))
    frame = drawn(one, ROOMY)
    assert one._points is not None
    low, high = face()[:, :2].min(axis=0), face()[:, :2].max(axis=0)
    assert (high > low).all()
    canvas = frame.canvas
    left, top = one._points.min(axis=0)
    right, bottom = one._points.max(axis=0)
    for line in frame.lines:
        x, y = canvas.fit.back(*line.letters.center)
        if any(letter.isdigit() for letter in line.text):
            assert not (left < x < right and top < y < bottom), line


def test_the_last_repetition_is_played_slowly(drawn: Draw) -> None:
    one = page()
    drawn(one, ROOMY)
    one.heed(REPLAY)
    assert one.frozen
    assert "A quarter as fast" in drawn(one, ROOMY, (100.0, 104.0)).said
    early = one._line_s
    drawn(one, ROOMY, (108.0,))
    assert early is not None and one._line_s is not None
    assert one._line_s - early == pytest.approx(1.0, abs=0.1)
    assert "Frozen" in drawn(one, ROOMY, (200.0,)).said


def test_without_a_repetition_nothing_can_be_played(drawn: Draw) -> None:
    one = frozen(made=smile(length_s=1.5))
    frame = drawn(one, ROOMY)
    assert REPLAY not in actions(frame)
    assert "p" not in frame.canvas.keys


def test_an_exercise_is_chosen_from_the_list(drawn: Draw) -> None:
    one = page()
    assert MOVEMENTS in actions(drawn(one, ROOMY))
    one.heed(MOVEMENTS)
    assert one.heed(Key.UP) is None
    drawn(one, ROOMY)
    assert one.heed(Press("choose_movement")) == Press("exercise", "smile_eye_open")
    assert MOVEMENTS in actions(drawn(one, ROOMY))  # the list has closed
    one.heed(MOVEMENTS)
    assert one.heed(Press("exercise", "brow_lift")) == Press("exercise", "brow_lift")


def test_escape_closes_the_list_first(drawn: Draw) -> None:
    one = page()
    one.heed(MOVEMENTS)
    assert one.heed(Key.BACK) is None
    assert Go("home") in actions(drawn(one, ROOMY))
    assert one.heed(Key.BACK) == Go("home")
    assert one.heed(Key.QUIT) is Key.QUIT


def test_a_repetition_is_begun_and_ended(drawn: Draw) -> None:
    assert BEGIN in actions(drawn(page(), ROOMY))
    led = page(cue="Slowly up.")
    frame = drawn(led, ROOMY)
    assert END in actions(frame)
    assert "Slowly up." in frame.said
    assert led.heed(BEGIN) == BEGIN
    assert led.heed(END) == END


def test_another_exercise_follows_its_own_region(drawn: Draw) -> None:
    one = page()
    one.heed(Press("region", "chin"))
    brow = library.exercises()["brow_lift"]
    reading = replace(smile(length_s=0.1)[0], time_s=20.0)
    one.show(TherapistView(picture(160, 120), reading, REST, brow, "Brow lift"))
    assert "Brow" in drawn(one, ROOMY).said


def test_without_a_known_side_there_is_no_even_face(drawn: Draw) -> None:
    one = TherapistPage([("smile_open", "Open smile")])
    seen = set()
    for _ in range(4):
        seen.add(one._view)
        one.heed(Key.VIEW)
    assert seen == {"mirror", "halves", "others"}
    drawn(one, ROOMY).check()


@pytest.mark.parametrize("layout", [ROOMY, COMPACT, LAYOUTS[7]], ids=str)
def test_before_the_first_frame_it_can_be_left(layout: Layout, drawn: Draw) -> None:
    one = TherapistPage([("smile_open", "Open smile")])
    frame = drawn(one, layout)
    frame.check()
    assert Go("home") in actions(frame)
    assert one.heed(FREEZE) is None
    assert not one.frozen


def test_a_small_window_switches_between_mirror_and_numbers(drawn: Draw) -> None:
    one = frozen()
    assert "8.0 mm" in drawn(one, COMPACT).said
    one.heed(SWITCH)
    assert "8.0 mm" not in drawn(one, COMPACT).said
    one.heed(SWITCH)
    assert "8.0 mm" in drawn(one, COMPACT).said


def test_a_lost_face_is_no_error(drawn: Draw) -> None:
    one = page(made=smile(problem=lambda t: "no_face" if t > 5 else None)[::2])
    drawn(one, ROOMY).check()
    one.heed(FREEZE)
    assert "Not measurable: no face was seen." in drawn(one, ROOMY).said


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_with_notes_nothing_is_cut_or_crowded(layout: Layout, drawn: Draw) -> None:
    for one in (page(layout.language, notes=[TIGHT]), frozen(layout.language, notes=[TIGHT])):
        every_line(one, layout, drawn)
        one.heed(SWITCH)
        frame = drawn(one, layout)
        frame.check()
        assert NOTES in actions(frame)


@pytest.mark.parametrize("layout", [ROOMY, COMPACT, LAYOUTS[7]], ids=str)
def test_notes_are_read_over_the_page_and_closed_again(layout: Layout, drawn: Draw) -> None:
    one = frozen(layout.language, notes=[TIGHT])
    before = drawn(one, layout)
    keys = before.canvas.keys | {touch.key: touch.action for touch in before.canvas.touches}
    assert one.heed(keys["o"]) is None
    said = drawn(one, layout).said
    assert "Dr. Lee" in said
    assert "wind." in said
    assert one.heed(Key.BACK) is None
    assert one.frozen
    assert drawn(one, layout).said == before.said


def test_where_there_are_no_notes_nothing_speaks_of_them(drawn: Draw) -> None:
    frame = drawn(page(), ROOMY)
    assert NOTES not in actions(frame)
    assert "o" not in frame.canvas.keys
