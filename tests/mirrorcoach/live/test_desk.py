"""What the application works with: the person, what is kept of them, and what they hear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from exercises import library
from exercises.events import Said
from mirrorcoach.errors import StoreError, UsageError
from mirrorcoach.live import desk as module
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.theme import THEMES
from mirrorcoach.profile import Profile, Settings
from mirrorcoach.records.deleting import files_kept
from mirrorcoach.records.keeping import Keeping
from mirrorcoach.records.store import Store

KNOWN = Profile(name="Ada", affected="right", informed=True, settings=Settings(language="en"))


class Heard:
    """A loudspeaker that remembers."""

    def __init__(self, *how: Any) -> None:
        self.how, self.told, self.closed = how, [], False
        Heard.made.append(self)

    made: ClassVar[list[Heard]] = []

    def play(self, tone: str) -> None:
        self.told.append(tone)

    def say(self, words: str) -> None:
        self.told.append(words)

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    monkeypatch.setattr(module, "Sounds", Heard)
    monkeypatch.setattr(module, "Voice", Heard)
    Heard.made = []
    yield tmp_path


@pytest.fixture
def known() -> None:
    with Store.open() as store:
        store.keep_profile(KNOWN)


def kept() -> Profile:
    with Store.open() as store:
        return store.profile()


def test_somebody_new_is_a_newcomer_until_they_are_informed() -> None:
    with Desk(True, {}) as desk:
        assert desk.newcomer
        desk.change("affected", "left")
    with Desk(True, {}) as desk:
        assert desk.newcomer
        assert desk.profile.affected == "left"
        desk.change("informed", True)
        assert not desk.newcomer
    with Desk(True, {}) as desk:
        assert not desk.newcomer


def test_a_change_holds_and_is_kept(known: None) -> None:
    with Desk(True, {}) as desk:
        desk.change("language", "fr")
        desk.change("colours", "dark")
        desk.change("affected", "left")
        assert desk.texts.language == "fr"
        assert desk.words == library.words("fr")
        assert desk.look.theme is THEMES["dark"]
        assert kept() == desk.profile
    assert kept().affected == "left"


def test_settings_of_this_run_hold_until_they_are_changed_and_are_not_kept(known: None) -> None:
    with Desk(True, {"sounds": False, "ipd_mm": 61.0}) as desk:
        assert (desk.profile.settings.sounds, desk.profile.settings.ipd_mm) == (False, 61.0)
        desk.change("ipd_mm", 62.0)
        assert (desk.profile.settings.sounds, desk.profile.settings.ipd_mm) == (False, 62.0)
    assert (kept().settings.sounds, kept().settings.ipd_mm) == (True, 62.0)


def test_nothing_is_kept_where_nothing_is_to_be() -> None:
    with Desk(False, {}) as desk:
        assert not desk.newcomer
        desk.change("colours", "dark")
        desk.forget()
        assert desk.look.theme is THEMES["dark"]
        assert (desk.practices, desk.minutes_today) == ([], 0.0)
    assert files_kept() == []


def test_forgetting_leaves_nothing_but_what_is_needed_to_read() -> None:
    read = Settings(language="fr", text_percent=200, colours="dark", less_motion=True)
    own = read.model_copy(update={"ipd_mm": 61.0, "programme": "paresis", "camera": "http://a"})
    with Store.open() as store:
        store.keep_profile(Profile(name="Ada", affected="left", informed=True, settings=own))
        store.end(store.begin("first_steps", {}), "ended", 60.0)
    with Desk(True, {}) as desk:
        assert len(desk.practices) == 1
        desk.forget()
        assert desk.newcomer
        assert desk.profile == Profile(settings=read)
        assert desk.practices == []
    with Store.open() as store:
        assert store.is_new
        assert store.profile() == Profile()


def test_minutes_of_today_are_those_that_were_kept(known: None) -> None:
    with Desk(True, {}) as desk:
        assert desk.store is not None
        desk.store.end(desk.store.begin("first_steps", {}), "ended", 90.0)
        assert desk.minutes_today == 1.5


def test_a_cue_has_its_tone_and_is_spoken(known: None) -> None:
    with Desk(True, {}) as desk:
        cue = desk.words.cue["paused"]
        said = Said(0.0, cue, "paused", "pause")
        desk.sound([said])
        sounds, voice = Heard.made
        assert (sounds.told, voice.told) == (["pause"], [cue.spoken])
    assert sounds.closed
    assert voice.closed


@pytest.mark.parametrize(
    ("name", "value"),
    [("sounds", False), ("voice", True), ("volume_percent", 20), ("language", "fr")],
)
def test_what_is_heard_follows_the_settings_at_once(known: None, name: str, value: Any) -> None:
    with Desk(True, {}) as desk:
        desk.change("colours", "dark")
        assert len(Heard.made) == 2, "not made anew for a change that nobody hears"
        desk.change(name, value)
        first, second, sounds, voice = Heard.made
        assert first.closed
        assert second.closed
        settings = desk.profile.settings
        assert sounds.how == (settings.sounds, settings.volume_percent)
        assert voice.how == (settings.voice, settings.language, settings.volume_percent)


# Several people, other places, a full disk


def test_it_is_turned_to_who_was_named(folder: Path) -> None:
    with Store.open(folder / "clinic") as store:
        store.add(KNOWN)
        store.add(KNOWN.changed(name="Ben"))
    with Desk(True, {}, data=str(folder / "clinic"), who="ben") as desk:
        assert desk.profile.name == "Ben"
        assert desk.place == str(folder / "clinic")
        desk.change("colours", "dark")
    with Store.open(folder / "clinic") as store:
        assert [one.profile.settings.colours for one in store.people()] == ["light", "dark"]


@pytest.mark.parametrize("who", [None, "Cleo"])
def test_who_practises_must_be_clear(folder: Path, who: str | None) -> None:
    with Store.open(folder) as store:
        store.add(KNOWN)
        store.add(KNOWN.changed(name="Ben"))
    with pytest.raises(UsageError, match="There are: 1 Ada, 2 Ben"):
        Desk(True, {}, who=who)


def repetition(index: int) -> dict[str, Any]:
    return {"index": index, "start_s": 0.0, "end_s": 9.0, "reasons": ["x" * 4000]}


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether nothing can be kept."""
    is_full = [False]
    keep = Store.keep

    def kept_if_there_is_room(self: Store, *what: Any) -> None:
        if is_full[0]:
            raise StoreError("No room.")
        keep(self, *what)

    monkeypatch.setattr(Store, "keep", kept_if_there_is_room)
    return is_full


def test_what_could_not_be_written_is_written_when_the_store_is_looked_at_again(
    known: None, full: list[bool]
) -> None:
    with Desk(True, {}) as desk:
        assert desk.store is not None
        keeping = Keeping(desk.store, "first_steps", {})
        desk.look_after(keeping)
        desk.look_after(None)
        full[0] = True
        keeping.keep(repetition(0), None)
        assert "No room." in str(keeping.error)
        assert [one.repetitions for one in desk.practices] == [()]
        full[0] = False
        assert [len(one.repetitions) for one in desk.practices] == [1]
        assert keeping.error is None


def test_what_could_not_be_written_to_the_end_is_said(known: None, full: list[bool]) -> None:
    with pytest.raises(StoreError, match=r"is lost: No room\."), Desk(True, {}) as desk:
        assert desk.store is not None
        keeping = Keeping(desk.store, "first_steps", {})
        desk.look_after(keeping)
        full[0] = True
        keeping.keep(repetition(0), None)


def test_forgetting_brings_nothing_back(known: None, full: list[bool]) -> None:
    with Desk(True, {}) as desk:
        assert desk.store is not None
        keeping = Keeping(desk.store, "first_steps", {})
        desk.look_after(keeping)
        full[0] = True
        keeping.keep(repetition(0), None)
        desk.forget()
        full[0] = False
        assert desk.practices == []


# Who practises is chosen in the window


LARGE = Settings(language="en", text_percent=150, colours="dark")


@pytest.fixture
def family() -> None:
    with Store.open() as store:
        store.add(KNOWN)
        store.end(store.begin("first_steps", {}), "ended", 60.0)
        store.add(KNOWN.changed(name="Ben", settings=LARGE))


def names() -> list[str]:
    with Store.open() as store:
        return [one.profile.name for one in store.people()]


def test_until_somebody_is_chosen_nothing_is_anybodys(family: None) -> None:
    with Desk(True, {}, asks=True) as desk:
        assert desk.undecided
        assert desk.present is None
        assert desk.practices == []
        assert desk.profile.name == ""
        assert desk.profile.settings.text_percent == 150, "all of them can read it"
        desk.change("text_percent", 200)
        assert desk.look.text_percent == 200
        desk.turn_to(1)
        assert not desk.undecided
        assert (desk.present, desk.profile) == (1, KNOWN)
        assert len(desk.practices) == 1
        desk.turn_to(2)
        assert desk.practices == []
        desk.change("colours", "light")
    with Store.open() as store:
        assert [one.profile.settings.text_percent for one in store.people()] == [100, 150]
        assert [one.profile.settings.colours for one in store.people()] == ["light", "light"]


def test_nobody_is_asked_where_one_practises_or_was_named(known: None) -> None:
    with Desk(True, {}, asks=True) as desk:
        assert desk.profile == KNOWN
        desk.begin_anew()
        desk.change("name", "Ben")
    with Desk(True, {}, who="Ben", asks=True) as desk:
        assert desk.profile.name == "Ben"
        assert not desk.undecided


def test_somebody_new_reads_as_before_and_has_nothing_of_anybody_else(family: None) -> None:
    with Desk(True, {}, who="ben", asks=True) as desk:
        desk.begin_anew()
        assert desk.newcomer
        assert desk.profile == Profile(settings=LARGE)
        desk.change("name", "Cleo")
        assert desk.practices == []
    assert names() == ["Ada", "Ben", "Cleo"]


def test_of_somebody_who_answers_nothing_nothing_stays(family: None) -> None:
    with Desk(True, {}, asks=True) as desk:
        desk.begin_anew()
        desk.begin_anew()
        assert len(desk.people) == 3
        desk.step_aside()
        assert desk.undecided
        assert len(desk.people) == 2
        desk.begin_anew()
        desk.turn_to(2)
        assert len(desk.people) == 2
        desk.begin_anew()
    assert names() == ["Ada", "Ben"]


def test_what_waits_to_be_written_becomes_nobody_elses(
    family: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, is_full = Store.begin, [True]

    def begun_if_there_is_room(self: Store, *what: Any) -> int:
        if is_full[0]:
            raise StoreError("No room.")
        return begin(self, *what)

    monkeypatch.setattr(Store, "begin", begun_if_there_is_room)
    with Desk(True, {}, who="1") as desk:
        assert desk.store is not None
        keeping = Keeping(desk.store, "first_steps", {})
        desk.look_after(keeping)
        keeping.keep(repetition(0), None)
        for leave in (desk.begin_anew, desk.step_aside, lambda: desk.turn_to(2)):
            with pytest.raises(StoreError, match=r"No room\."):
                leave()
            assert desk.profile == KNOWN
        is_full[0] = False
        desk.turn_to(2)
        assert desk.practices == []
        desk.turn_to(1)
        assert [len(one.repetitions) for one in desk.practices] == [0, 1]


def test_one_of_several_is_forgotten_and_the_others_are_not(family: None, folder: Path) -> None:
    picture = folder / "photographs" / "1" / "then.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a face")
    with Desk(True, {}, who="1") as desk:
        desk.forget_me()
        assert desk.undecided
        assert [one.profile.name for one in desk.people] == ["Ben"]
        assert desk.practices == []
    assert not picture.exists()
    assert names() == ["Ben"]


def test_what_was_kept_since_the_last_look_is_seen_and_only_ones_own(family: None) -> None:
    with Desk(True, {}, who="1") as desk:
        assert desk.store is not None
        assert [one.felt for one in desk.practices] == [None]
        desk.store.felt(desk.practices[0].number, "light")
        desk.store.begin("three_minutes", {})
        assert [one.felt for one in desk.practices] == ["light", None]
        desk.practices.clear()
        assert len(desk.practices) == 2, "what somebody does with the list is their own affair"
        desk.turn_to(2)
        assert desk.practices == []
        desk.turn_to(1)
        assert [one.programme for one in desk.practices] == ["first_steps", "three_minutes"]


def test_a_practice_of_somebody_forgotten_is_not_missed(family: None, full: list[bool]) -> None:
    with Desk(True, {}, who="2") as desk:
        assert desk.store is not None
        keeping = Keeping(desk.store, "first_steps", {})
        desk.look_after(keeping)
        full[0] = True
        keeping.keep(repetition(0), None)
        desk.forget_me()
    assert names() == ["Ada"]


def test_somebody_who_was_deleted_elsewhere_cannot_be_chosen(family: None) -> None:
    with Desk(True, {}, asks=True) as desk:
        with Store.open() as store:
            store.remove(2)
        with pytest.raises(StoreError, match="another window"):
            desk.turn_to(2)
        assert desk.undecided
