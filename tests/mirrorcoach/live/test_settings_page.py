"""Settings: everything about a person can be changed, and is given out at once."""

from __future__ import annotations

from datetime import date

import pytest
from answering import changed, everything, in_view, press
from layouts import LAYOUTS, Draw, Layout

from mirrorcoach.live.actions import Action, Change, Go, Key, Press
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.pictures_page import DELETE_ALL
from mirrorcoach.live.settings_page import (
    CATEGORIES,
    DELETE_EVERYTHING,
    DELETE_ME,
    PICTURES,
    Category,
    SettingsPage,
)
from mirrorcoach.live.who_page import SOMEBODY_NEW
from mirrorcoach.profile import Consents, Event, Profile, Settings

TODAY = date(2026, 3, 31)
ROOMY, SMALL = LAYOUTS[0], LAYOUTS[14]
KEPT_IN = "/home/marie-antoinette/.local/share/a-folder-with-a-name-of-some-length/mirrorcoach"
CAMERAS: dict[int | str, str] = {0: "Integrated Camera", 1: "USB 2.0 Camera"}
PROGRAMMES = ("first_steps", "paresis", "three_minutes")
PROFILE = Profile(
    name="Anna",
    affected="right",
    stage="synkinesis",
    since="2025-09",
    events=(Event(kind="surgery", day=date(2025, 9, 30)),),
    settings=Settings(language="en", ipd_mm=62.5, camera="rtsp://camera/", programme="my.toml"),
)


def page_of(
    category: Category | None = None, profile: Profile = PROFILE, several: bool = False
) -> SettingsPage:
    return SettingsPage(profile, KEPT_IN, CAMERAS, PROGRAMMES, TODAY, category, several=several)


@pytest.mark.parametrize(
    ("category", "several"), [*((one, False) for one in (None, *CATEGORIES)), ("you", True)]
)
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_row_is_readable(
    layout: Layout, category: Category | None, several: bool, drawn: Draw
) -> None:
    page = page_of(category, several=several)
    frame = drawn(page, layout)
    frame.check()
    while DOWN in [touch.action for touch in frame.canvas.touches]:
        page.heed(Key.DOWN)
        frame = drawn(page, layout)
        frame.check()


@pytest.mark.parametrize("layout", [ROOMY, SMALL], ids=str)
def test_every_field_of_the_profile_can_be_changed(layout: Layout) -> None:
    changes: dict[str, set[object]] = {}
    for category in CATEGORIES:
        for action in everything(page_of(category), layout):
            given = page_of(category).heed(action)
            if isinstance(given, Change):
                assert changed(PROFILE, given)
                changes.setdefault(given.setting, set()).add(given.value)
    page = page_of("you")
    press(page, Press("write"))
    typed = press(page, Press("typed", "s"))
    assert typed == Change("name", "Annas")
    changes["name"] = {"Annas"}
    of_its_own = {"settings", "informed"}  # the pages before the first practice answer the second
    wanted = {*Profile.model_fields, *Settings.model_fields} - of_its_own
    assert wanted <= set(changes)
    for field, values in changes.items():
        now = getattr(PROFILE.settings, field, None) if field in Settings.model_fields else None
        now = getattr(PROFILE, field) if field in Profile.model_fields else now
        assert values - {now}, f"{field} keeps its value"


def test_somebody_else_can_practise_here_too() -> None:
    alone, among_others = (everything(page_of("you", several=one), ROOMY) for one in (False, True))
    assert SOMEBODY_NEW in alone
    assert Go("who") not in alone
    assert {SOMEBODY_NEW, Go("who")} <= set(among_others)
    assert page_of("you").heed(SOMEBODY_NEW) == SOMEBODY_NEW


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("what", ["everything", "me"])
def test_among_others_it_is_clear_whose_things_go(layout: Layout, what: str, drawn: Draw) -> None:
    ask, gone = Press("ask_delete", what), {"everything": DELETE_EVERYTHING, "me": DELETE_ME}[what]
    assert (ask in everything(page_of("privacy"), layout)) == (what == "everything")
    page = page_of("privacy", several=True)
    assert gone not in everything(page, layout)
    page = page_of("privacy", several=True)
    assert page.heed(ask) is None
    said, actions = "", set()
    for _ in range(8):
        frame = drawn(page, layout)
        frame.check()
        said += frame.said + " "
        actions |= {touch.action for touch in frame.canvas.touches}
        page.heed(Key.DOWN)
    name = {"everything": "delete_all_what", "me": "delete_me_what"}[what]
    assert frame.canvas.texts(f"settings.{name}") in said
    assert gone in actions
    assert page.heed(gone) == gone
    assert page.heed(Key.BACK) is None, "the first Back only takes the question away"


def test_each_kind_of_consent_can_be_changed() -> None:
    actions = everything(page_of("privacy"), ROOMY)
    given = {page_of("privacy").heed(one) for one in actions if isinstance(one, Press)}
    kinds = {(c.value.results, c.value.photographs) for c in given if isinstance(c, Change)}  # type: ignore[attr-defined]
    assert kinds == {(False, False), (True, True)}


def test_a_switch_keeps_the_focus_when_it_is_pressed() -> None:
    page = page_of("sound")
    switch = Press("switch", "sounds")
    assert press(page, switch) == Change("sounds", False)
    assert switch in in_view(page, ROOMY)
    assert press(page, switch) == Change("sounds", True)


@pytest.mark.parametrize(("volume", "step", "then"), [(70, 1, 80), (5, -1, 0), (95, 1, 100)])
def test_the_volume_stays_between_silent_and_full(volume: int, step: int, then: int) -> None:
    page = page_of("sound", PROFILE.with_setting("volume_percent", volume))
    assert page.heed(Press("volume", step)) == Change("volume_percent", then)


def test_a_silent_volume_has_no_less() -> None:
    page = page_of("sound", PROFILE.with_setting("volume_percent", 0))
    actions = in_view(page, ROOMY)
    assert Press("volume", -1) not in actions and Press("volume", 1) in actions


def test_the_distance_between_the_pupils_may_stay_unknown(drawn: Draw) -> None:
    page = page_of("mirror", PROFILE.with_setting("ipd_mm", None))
    page.heed(Key.DOWN)
    assert page.heed(Press("ipd", -1)) == Change("ipd_mm", 63.0)
    known = page_of("mirror")
    assert Change("ipd_mm", None) in everything(known, ROOMY)
    assert "62.5 mm" in drawn(known, ROOMY).said
    french = LAYOUTS[1]
    assert french.language == "fr"
    assert "62,5 mm" in drawn(known, french).said
    assert known.heed(Press("ipd", 1)) == Change("ipd_mm", 63.0)


def test_a_camera_and_a_programme_of_ones_own_are_shown_as_chosen(drawn: Draw) -> None:
    mirror, pace = page_of("mirror"), page_of("pace")
    assert Change("camera", "rtsp://camera/") in everything(mirror, ROOMY)
    everything(pace, ROOMY)
    assert "my" in [line.text for line in drawn(pace, ROOMY).lines]


def test_pictures_are_mentioned_only_where_there_are_some(drawn: Draw) -> None:
    page = page_of("privacy")
    assert PICTURES not in everything(page, ROOMY)
    page = page_of("privacy")
    page.pictures = 3
    assert PICTURES in everything(page, ROOMY)
    assert page.heed(PICTURES) == PICTURES
    assert "3 pictures are kept" in drawn(page, ROOMY).said


def test_who_allows_no_more_pictures_is_asked_about_those_there_are(drawn: Draw) -> None:
    page = page_of("privacy", PROFILE.changed(consents=Consents(photographs=True)))
    page.pictures = 3
    press(page, Press("consent", "photographs"))
    assert page.profile.consents.photographs is False, "none is taken from now on, whatever follows"
    shown = drawn(page, ROOMY)
    assert "3 pictures are already kept" in shown.said
    keys = {touch.key: touch.action for touch in shown.canvas.touches}
    assert keys["enter"] is Key.BACK, "nothing is deleted by merely going on"
    assert page.heed(Key.BACK) is None
    assert DELETE_ALL not in everything(page, ROOMY)
    press(page, Press("consent", "photographs"))
    press(page, Press("consent", "photographs"))
    assert DELETE_ALL in everything(page, ROOMY)
    assert page.heed(DELETE_ALL) == DELETE_ALL
    assert DELETE_ALL not in everything(page, ROOMY), "it was answered"


def test_without_pictures_nothing_is_asked(drawn: Draw) -> None:
    page = page_of("privacy", PROFILE.changed(consents=Consents(photographs=True)))
    press(page, Press("consent", "photographs"))
    assert page.profile.consents.photographs is False
    assert DELETE_ALL not in everything(page, ROOMY)
    press(page, Press("consent", "photographs"))
    assert page.profile.consents.photographs is True


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_the_question_about_pictures_fits_in_every_layout(layout: Layout, drawn: Draw) -> None:
    page = page_of("privacy", PROFILE.changed(consents=Consents(photographs=True)))
    page.pictures = 12
    drawn(page, layout).check()
    press(page, Press("consent", "photographs"))
    found = []
    for _ in range(20):
        frame = drawn(page, layout)
        frame.check()
        found += [touch.action for touch in frame.canvas.touches]
        if DOWN not in found[-8:]:
            break
        page.heed(Key.DOWN)
    assert DELETE_ALL in found


def test_letters_go_into_the_name_once_it_is_pressed() -> None:
    page = page_of("you")
    assert not page.wants_text
    press(page, Press("write"))
    assert page.wants_text
    press(page, Press("erase"))
    assert page.profile.name == "Ann"
    assert page.heed(Key.BACK) is None
    assert not page.wants_text
    assert page.heed(Key.BACK) is Key.BACK


def test_leaving_a_category_ends_writing() -> None:
    page = page_of("you")
    press(page, Press("write"))
    press(page, Press("category", "sound"))
    assert not page.wants_text


def keys(page: SettingsPage, drawn: Draw) -> dict[str, Action]:
    return {touch.key: touch.action for touch in drawn(page, ROOMY).canvas.touches if touch.key}


def test_everything_is_deleted_only_after_asking_again(drawn: Draw) -> None:
    page = page_of("privacy")
    assert DELETE_EVERYTHING not in in_view(page, ROOMY)
    assert page.heed(Press("ask_delete", "everything")) is None
    assert "cannot be brought back" in drawn(page, ROOMY).said
    assert page.heed(keys(page, drawn)["enter"]) is None  # Enter keeps everything
    assert DELETE_EVERYTHING not in in_view(page, ROOMY)
    page.heed(Press("ask_delete", "everything"))
    assert DELETE_EVERYTHING in in_view(page, ROOMY)
    assert page.heed(DELETE_EVERYTHING) == DELETE_EVERYTHING


def test_what_is_kept_and_where_is_told(drawn: Draw) -> None:
    for layout in (ROOMY, SMALL):
        page = page_of("privacy")
        said = ""
        for _ in range(12):
            said += drawn(page, layout).said.replace(" ", "")
            page.heed(Key.DOWN)
        assert KEPT_IN in said


def test_in_a_small_window_a_category_is_opened_and_left(drawn: Draw) -> None:
    page = page_of()
    drawn(page, SMALL)
    assert {Press("category", one) for one in CATEGORIES} <= set(everything(page, SMALL))
    page.heed(Press("category", "sound"))
    assert Press("switch", "sounds") in in_view(page, SMALL)
    assert page.heed(Key.BACK) is None
    assert Press("category", "sound") in everything(page, SMALL)
    assert page.heed(Key.BACK) is Key.BACK


def test_the_sample_shows_a_cue_at_the_chosen_size(drawn: Draw) -> None:
    assert "Let both corners rise, slowly." in drawn(page_of("reading"), ROOMY).said
