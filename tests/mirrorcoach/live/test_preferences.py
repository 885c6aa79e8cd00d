"""At the settings, kept pictures are looked at and deleted; what fails is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from layouts import LAYOUTS, Draw

from mirrorcoach.errors import StoreError
from mirrorcoach.live.actions import Change, Key, Press
from mirrorcoach.live.pictures_page import DELETE_ALL, PicturesPage
from mirrorcoach.live.preferences import Preferences
from mirrorcoach.live.settings_page import PICTURES, SettingsPage
from mirrorcoach.profile import Consents, Profile, Settings
from mirrorcoach.records.photographs import Photograph, Photographs

ROOMY = LAYOUTS[0]
FIRST = datetime(2026, 3, 3, 12, 0, tzinfo=timezone.utc)
PROFILE = Profile(consents=Consents(photographs=True), settings=Settings(language="en"))


@pytest.fixture
def photographs(tmp_path: Path) -> Photographs:
    kept = Photographs(tmp_path, 1)
    for days in (0, 30, 60):
        kept.keep(np.full((90, 72, 3), 100, dtype=np.uint8), FIRST + timedelta(days=days))
    return kept


def preferences(photographs: Photographs | None) -> Preferences:
    page = SettingsPage(PROFILE, "/data", {0: "1"}, ("paresis",), date(2026, 5, 31), "privacy")
    return Preferences(page, photographs)


def test_the_settings_know_how_many_there_are(photographs: Photographs) -> None:
    shown = preferences(photographs).page
    assert isinstance(shown, SettingsPage)
    assert shown.pictures == 3
    nothing = preferences(None).page
    assert isinstance(nothing, SettingsPage)
    assert nothing.pictures == 0


def test_a_picture_is_shown_when_it_is_asked_for(photographs: Photographs, drawn: Draw) -> None:
    visit = preferences(photographs)
    assert visit.heed(PICTURES) is None
    assert isinstance(visit.page, PicturesPage)
    assert "2 April 2026" in drawn(visit.page, ROOMY).said
    assert visit.heed(Press("look_at_picture", 0)) is None
    assert "as in a mirror" in drawn(visit.page, ROOMY).said
    assert visit.heed(Key.BACK) is None
    assert visit.heed(Key.BACK) is None
    assert isinstance(visit.page, SettingsPage)
    assert visit.heed(Key.BACK) is Key.BACK


def test_one_is_deleted_and_the_list_shows_it(photographs: Photographs, drawn: Draw) -> None:
    visit = preferences(photographs)
    visit.heed(PICTURES)
    visit.heed(Press("ask_delete_picture", 1))
    assert len(photographs.all()) == 3
    assert visit.heed(Press("delete_picture", 1)) is None
    left = [one.taken_at for one in photographs.all()]
    assert left == [FIRST, FIRST + timedelta(days=60)]
    said = drawn(visit.page, ROOMY).said
    assert "3 March 2026" in said
    assert "2 April 2026" not in said
    visit.heed(Key.BACK)
    assert isinstance(visit.page, SettingsPage)
    assert visit.page.pictures == 2


def test_who_allows_no_more_may_have_all_deleted_at_once(
    photographs: Photographs, tmp_path: Path
) -> None:
    visit = preferences(photographs)
    given = visit.heed(Press("consent", "photographs"))
    assert given == Change("consents", Consents(photographs=False))
    visit.changed(PROFILE.changed(consents=Consents(photographs=False)))
    assert len(photographs.all()) == 3, "not without an answer"
    assert visit.heed(DELETE_ALL) is None
    assert photographs.all() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert isinstance(visit.page, SettingsPage)
    assert visit.page.pictures == 0
    assert visit.page.profile.consents.photographs is False


def test_what_could_not_be_deleted_is_said_and_still_listed(
    photographs: Photographs, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Photographs, one: Photograph) -> None:
        raise StoreError("The picture could not be deleted: Permission denied.")

    monkeypatch.setattr(Photographs, "delete", refuse)
    visit = preferences(photographs)
    visit.heed(PICTURES)
    visit.heed(Press("delete_picture", 0))
    said = drawn(visit.page, ROOMY).said
    assert "could not be deleted" in said
    assert "3 March 2026" in said


def test_a_damaged_picture_is_said_and_can_be_deleted(
    photographs: Photographs, drawn: Draw
) -> None:
    photographs.all()[0].path.write_bytes(b"no picture")
    visit = preferences(photographs)
    visit.heed(PICTURES)
    visit.heed(Press("look_at_picture", 0))
    assert "is damaged" in drawn(visit.page, ROOMY).said
    visit.heed(Press("delete_picture", 0))
    assert len(photographs.all()) == 2


def test_a_folder_that_cannot_be_listed_does_not_bar_the_settings(tmp_path: Path) -> None:
    (tmp_path / "photographs").mkdir()
    (tmp_path / "photographs" / "1").touch()
    visit = preferences(Photographs(tmp_path, 1))
    assert isinstance(visit.page, SettingsPage)
    assert visit.heed(PICTURES) is None


def test_other_changes_reach_the_settings_while_pictures_are_shown(
    photographs: Photographs,
) -> None:
    visit = preferences(photographs)
    visit.heed(PICTURES)
    visit.changed(PROFILE.with_setting("text_percent", 200))
    visit.heed(Key.BACK)
    assert isinstance(visit.page, SettingsPage)
    assert visit.page.profile.settings.text_percent == 200
