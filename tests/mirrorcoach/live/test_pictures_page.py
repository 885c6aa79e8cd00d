"""Kept pictures: a list of days, one picture where it is asked for, nothing deleted unasked."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from layouts import LAYOUTS, Draw, Layout

from mirrorcoach.live import texts
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.picture_sheet import Reflected
from mirrorcoach.live.pictures_page import DELETE_ALL, PicturesPage

ROOMY = LAYOUTS[0]
FIRST = datetime(2026, 3, 3, 8, 5)
TAKEN_AT = [FIRST + timedelta(days=40 * n, hours=3 * n) for n in range(3)]
IMAGE = np.full((900, 720, 3), 90, dtype=np.uint8)


def everything(page: PicturesPage, layout: Layout, drawn: Draw) -> tuple[str, list[Action]]:
    said, found = [], []
    for _ in range(40):
        frame = drawn(page, layout)
        frame.check()
        said.append(frame.said)
        actions = [touch.action for touch in frame.canvas.touches]
        found += actions
        if DOWN not in actions:
            break
        page.heed(Key.DOWN)
    return " ".join(said), found


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_picture_is_reached_in_every_layout(layout: Layout, drawn: Draw) -> None:
    said, found = everything(PicturesPage(TAKEN_AT), layout, drawn)
    assert "3 mars 2026" in said if layout.language == "fr" else "3 March 2026" in said
    for number in range(3):
        assert Press("look_at_picture", number) in found
        assert Press("ask_delete_picture", number) in found
    assert Press("ask_delete_picture") in found


def test_the_card_is_no_larger_than_what_it_holds(drawn: Draw) -> None:
    def card(count: int) -> float:
        return max(box.h for box in drawn(PicturesPage(TAKEN_AT[:count]), ROOMY).grounds)

    assert card(0) < card(1) < card(3) < 720 / 2 + 60


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_a_picture_and_both_questions_fit_in_every_layout(layout: Layout, drawn: Draw) -> None:
    t, page = texts.load(layout.language), PicturesPage(TAKEN_AT)
    page.look(1, IMAGE)
    assert "2026" in everything(page, layout, drawn)[0]
    page.heed(Press("ask_delete_picture", 1))
    said, found = everything(page, layout, drawn)
    assert t("pictures.for_good").split()[-1] in said
    assert Press("delete_picture", 1) in found
    page = PicturesPage(TAKEN_AT)
    page.heed(Press("ask_delete_picture"))
    assert DELETE_ALL in everything(page, layout, drawn)[1]
    page = PicturesPage(TAKEN_AT)
    page.look(0, None, "The file /home/marie-antoinette/a.jpg is damaged: a picture was expected.")
    assert "damaged" in everything(page, layout, drawn)[0]
    page.show([], "The pictures in /home/marie-antoinette cannot be listed: Permission denied.")
    assert "Permission" in everything(page, layout, drawn)[0]


def test_no_picture_is_shown_by_itself(drawn: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(Reflected, "draw", lambda self, *rest: shown.append(self))
    page = PicturesPage(TAKEN_AT)
    drawn(page, ROOMY)
    assert page.heed(Press("look_at_picture", 2)) == Press("look_at_picture", 2)
    page.heed(Press("ask_delete_picture", 2))
    drawn(page, ROOMY)
    assert not shown, "not even to be deleted"
    page.heed(Key.BACK)
    page.look(2, IMAGE)
    drawn(page, ROOMY)
    assert shown


def test_deleting_is_asked_and_leaving_it_there_is_what_enter_does(drawn: Draw) -> None:
    page = PicturesPage(TAKEN_AT)
    assert page.heed(Press("ask_delete_picture", 1)) is None
    keys = {touch.key: touch.action for touch in drawn(page, ROOMY).canvas.touches}
    assert page.heed(keys["enter"]) is None
    assert Press("look_at_picture", 1) in everything(page, ROOMY, drawn)[1], "the list again"
    page.heed(Press("ask_delete_picture", 1))
    assert "12 April 2026" in drawn(page, ROOMY).said
    assert page.heed(Press("delete_picture", 1)) == Press("delete_picture", 1)


def test_back_leads_from_the_question_to_the_picture_to_the_list_and_out(drawn: Draw) -> None:
    page = PicturesPage(TAKEN_AT)
    page.look(1, IMAGE)
    page.heed(Press("ask_delete_picture", 1))
    assert page.heed(Key.BACK) is None
    assert "11:05" in drawn(page, ROOMY).said
    assert page.heed(Key.BACK) is None
    assert "3 March 2026" in drawn(page, ROOMY).said
    assert page.heed(Key.BACK) is Key.BACK


def test_an_empty_list_says_so(drawn: Draw) -> None:
    assert "No picture is kept." in drawn(PicturesPage([]), ROOMY).said
