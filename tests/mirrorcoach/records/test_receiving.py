"""Two computers: what was kept on one and is taken in on the other."""

from __future__ import annotations

import errno
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import kept_people
import pytest

from mirrorcoach import outfile
from mirrorcoach.errors import InputError, StoreError, UsageError
from mirrorcoach.profile import Consents, Event, Profile, Settings
from mirrorcoach.records.exchange import Parcel
from mirrorcoach.records.exporting import export_whole
from mirrorcoach.records.kept import Kept
from mirrorcoach.records.practices import Person
from mirrorcoach.records.receiving import receive
from mirrorcoach.records.store import FILE, Store

JPEG = b"\xff\xd8\xff\xe0 a picture"
PICTURE = "20260302T073000.000000Z.jpg"
DAY = timedelta(days=1)


def keep(store, practices=kept_people.PRACTICES):
    for kept in practices:
        store.restore(kept.record, kept.traces, kept.outlines)


def anna(folder, practices=kept_people.PRACTICES, *, notes=True, pictures=True, profile=None):
    """A store of one person of whom everything was kept."""
    with Store.open(folder) as store:
        number = store.add(profile or kept_people.ANNA)
        store.turn_to(number)
        keep(store, practices)
        if notes:
            for note in kept_people.NOTES:
                store.add_note(note.text, note.by, note.at)
            for total in kept_people.TOTALS:
                store.add_total(total.scale, total.value, total.day)
        if pictures:
            own = store.place.photographs / str(number)
            own.mkdir(parents=True)
            (own / PICTURE).write_bytes(JPEG)
    return folder


def exported(folder, path, who=None, **more):
    with Store.open(folder, who) as store:
        export_whole(Kept(store, **more), path, kept_people.NOW, force=True)
    return path


def take(path, folder, **more):
    with Parcel.open(path) as parcel, Store.open(folder) as store:
        return receive(store, parcel, **more)


def everything(folder, who=None):
    """All that can be read of a person, but for numbers that each store gives by itself."""
    with Store.open(folder, who) as store:
        pictures = store.place.photographs / str(store.person)
        return {
            "profile": store.profile(),
            "practices": [
                (
                    replace(one, number=0),
                    store.traces(one.number),
                    store.outlines(one.number),
                )
                for one in store.practices()
            ],
            "notes": [replace(one, number=0) for one in store.notes()],
            "totals": [replace(one, number=0) for one in store.totals()],
            "pictures": {one.name: one.read_bytes() for one in pictures.glob("*")},
        }


def moved(kept, by, number=9):
    """The same kind of practice at another time."""
    record = kept.record
    return replace(
        kept,
        record=replace(
            record,
            number=number,
            started_at=record.started_at + by,
            ended_at=record.ended_at and record.ended_at + by,
        ),
    )


@pytest.fixture
def here(tmp_path):
    return tmp_path / "here"


@pytest.fixture
def file(tmp_path):
    return exported(anna(tmp_path / "there"), tmp_path / "anna.zip")


def test_whoever_waits_is_told_of_each_practice(here, file):
    told = []
    with Parcel.open(file, lambda *how_far: told.append(how_far)) as parcel:
        assert told == [("checked", count, 3) for count in (1, 2, 3)]
        with Store.open(here) as store:
            receive(store, parcel, told=lambda *how_far: told.append(how_far))
    assert told[3:] == [("taken in", count, 3) for count in (1, 2, 3)]


def test_everything_is_equal_on_the_other_computer(tmp_path, here, file):
    done = take(file, here)
    assert everything(here) == everything(tmp_path / "there")
    assert (done.is_new, done.practices, done.notes, done.totals, done.photographs) == (
        *(True, 3, 2, 2, 1),
    )
    own = here / "photographs" / "1"
    if sys.platform != "win32":
        assert stat.S_IMODE(own.stat().st_mode) == 0o700
        assert stat.S_IMODE((own / PICTURE).stat().st_mode) == 0o600


def test_and_on_a_third_one_that_has_it_from_the_second(tmp_path, here, file):
    take(file, here)
    take(exported(here, tmp_path / "again.zip"), tmp_path / "third")
    assert everything(tmp_path / "third") == everything(tmp_path / "there")


def test_twice_is_as_good_as_once(here, file):
    take(file, here)
    before = everything(here)
    with Store.open(here) as store:
        numbers = [one.number for one in store.practices()]
    done = take(file, here)
    assert everything(here) == before
    assert not done.is_new and done.there_already == 3
    assert (done.practices, done.notes, done.totals, done.photographs) == (0, 0, 0, 0)
    with Store.open(here) as store:
        assert [one.number for one in store.practices()] == numbers
        assert len(store.people()) == 1


@pytest.mark.parametrize(
    "what",
    [
        {"practices": ()},
        {"practices": (), "notes": False},
        {"practices": (), "notes": False, "profile": Profile()},
        {"practices": (kept_people.LED,), "notes": False},
    ],
    ids=["notes", "profile", "newcomer", "led"],
)
def test_twice_is_once_whatever_little_there_is(tmp_path, here, what):
    file = exported(anna(tmp_path / "there", pictures=False, **what), tmp_path / "little.zip")
    bo = [moved(kept_people.FULL, -9 * DAY)]
    anna(here, bo, profile=Profile(name="Bo"), notes=False)
    take(file, here)
    done = take(file, here)
    assert (done.is_new, done.practices, done.notes, done.totals) == (False, 0, 0, 0)
    with Store.open(here) as store:
        assert len(store.people()) == 2


def test_totals_alone_of_somebody_without_a_name_are_known_again(tmp_path, here):
    with Store.open(tmp_path / "there") as store:
        store.add_total("FaCE", 61, kept_people.NOW.date())
    file = exported(tmp_path / "there", tmp_path / "totals.zip")
    anna(here, pictures=False)
    assert take(file, here).is_new
    assert not take(file, here).is_new


def test_practices_of_two_computers_come_together_in_their_order(tmp_path, here, file):
    """A month here and there in turns: the first day stays the first, each with its traces."""
    take(file, here)
    with Store.open(here) as store:
        keep(store, [moved(kept_people.FULL, 10 * DAY), moved(kept_people.CUT_OFF, 30 * DAY)])
    with Store.open(tmp_path / "there") as store:
        keep(store, [moved(kept_people.FULL, 20 * DAY)])
    done = take(exported(tmp_path / "there", file), here)
    assert (done.practices, done.there_already) == (1, 3)
    with Store.open(here) as store:
        found = store.practices()
        assert [one.started_at for one in found] == sorted(one.started_at for one in found)
        assert len(found) == 6
        numbers = [one.number for one in found]
        assert numbers == sorted(numbers)
        for one, kept in zip(
            found,
            [
                *kept_people.PRACTICES,
                moved(kept_people.FULL, 10 * DAY),
                moved(kept_people.FULL, 20 * DAY),
                moved(kept_people.CUT_OFF, 30 * DAY),
            ],
            strict=True,
        ):
            assert replace(one, number=0) == replace(kept.record, number=0)
            assert tuple(store.traces(one.number)) == kept.traces
            assert tuple(store.outlines(one.number)) == kept.outlines


def test_both_ways_both_computers_have_the_same(tmp_path, here, file):
    take(file, here)
    with Store.open(here) as store:
        keep(store, [moved(kept_people.FULL, 10 * DAY)])
    with Store.open(tmp_path / "there") as store:
        keep(store, [moved(kept_people.FULL, 20 * DAY)])
    take(exported(tmp_path / "there", tmp_path / "a.zip"), here)
    take(exported(here, tmp_path / "b.zip"), tmp_path / "there")
    assert everything(here) == everything(tmp_path / "there")


def test_a_practice_that_went_on_after_the_first_export_is_completed(tmp_path, here):
    whole = kept_people.FULL
    half = replace(
        whole,
        record=replace(
            whole.record, repetitions=whole.record.repetitions[:2], ending=None, ended_at=None
        ),
        traces=whole.traces[:2],
        outlines=(),
    )
    take(exported(anna(tmp_path / "then", [half]), tmp_path / "half.zip"), here)
    full = exported(anna(tmp_path / "there", [whole, kept_people.LED]), tmp_path / "full.zip")
    done = take(full, here)
    assert (done.practices, done.there_already) == (2, 0)
    assert everything(here) == everything(tmp_path / "there")
    take(tmp_path / "half.zip", here)  # and never goes back
    assert everything(here) == everything(tmp_path / "there")


def test_notes_and_totals_of_both_stay(tmp_path, here, file):
    take(file, here)
    with Store.open(here) as store:
        store.add_note("mine", at=kept_people.NOW)
        store.add_total("SAQ", 40, kept_people.NOW.date())
    take(file, here)
    found = everything(here)
    assert [one.text for one in found["notes"]][-1] == "mine" and len(found["notes"]) == 3
    assert len(found["totals"]) == 3


def test_a_practice_that_is_going_on_is_not_moved_away_under_it(here, file):
    """Its window would find it gone; what is still to come of it would be lost."""
    anna(here, [moved(kept_people.FULL, -9 * DAY)], notes=False, pictures=False)
    me = Person(1, kept_people.ANNA)
    with Store.open(here) as store:
        going_on = store.begin("first_steps", {})
        with pytest.raises(StoreError, match=r"is going on.*End it"):
            take(file, here, who=me)
        store.keep(going_on, kept_people.repetition(0))
        store.end(going_on, "done", 60.0)
    assert take(file, here, who=me).practices == 3


# Whose it is


def test_whoever_has_just_begun_here_gets_their_own_profile_back(here, file):
    with Store.open(here) as store:
        store.keep_profile(Profile(name="anna müller", settings=Settings(camera=2)))
    done = take(file, here)
    assert not done.is_new
    profile = everything(here)["profile"]
    assert profile.affected == "right" and profile.settings.language == "fr"
    assert profile.settings.camera == 2  # that of this computer
    assert profile.name == "Anna Müller"


def test_somebody_else_who_has_just_begun_here_stays_who_they_are(here, file):
    with Store.open(here) as store:
        store.keep_profile(Profile(name="Bo"))
    assert take(file, here).is_new
    with Store.open(here) as store:
        assert [one.profile.name for one in store.people()] == ["Bo", "Anna Müller"]


def test_two_of_one_name_are_neither_joined_nor_doubled_unasked(here, file):
    anna(here, [moved(kept_people.FULL, -9 * DAY)], notes=False, pictures=False)
    before = everything(here)
    with pytest.raises(UsageError, match=r"nothing in common.*--who 1.*--new"):
        take(file, here)
    assert everything(here) == before
    assert take(file, here, apart=True).is_new
    assert everything(here) == before
    assert everything(here, 2)["notes"]


def test_told_whose_it_is_it_is_theirs(here, file):
    anna(here, [moved(kept_people.FULL, -9 * DAY)], notes=False, pictures=False)
    done = take(file, here, who=Person(1, kept_people.ANNA))
    assert (done.is_new, done.practices) == (False, 3)
    assert len(everything(here)["practices"]) == 4


def test_what_is_one_persons_is_not_given_to_another(here, file):
    take(file, here)
    with Store.open(here) as store:
        bo = Person(store.add(Profile(name="Bo")), Profile(name="Bo"))
    with pytest.raises(UsageError, match="1 Anna Müller's: their practices are in it"):
        take(file, here, who=bo)
    with pytest.raises(UsageError, match="leave --new out"):
        take(file, here, apart=True)
    assert everything(here, bo.number)["practices"] == []


def test_who_began_in_the_same_second_is_not_the_same_person(here, file):
    other = replace(
        kept_people.FULL,
        record=replace(
            kept_people.FULL.record, repetitions=(kept_people.repetition(0, right_mm=1.0),)
        ),
        traces=(),
    )
    anna(here, [other], profile=Profile(name="Bo"), notes=False, pictures=False)
    assert take(file, here).is_new


def test_everybody_else_here_stays_as_they_are(here, file):
    anna(here, [moved(kept_people.FULL, -9 * DAY)], profile=Profile(name="Bo"))
    before = everything(here)
    take(file, here)
    assert everything(here) == before


def test_a_profile_here_is_filled_in_and_not_overwritten(tmp_path, here, file):
    take(file, here)
    mine = Event(kind="botulinum_toxin", day=kept_people.NOW.date())
    with Store.open(here) as store:
        store.keep_profile(
            Profile(name="Anna", affected="left", events=(mine,), settings=Settings(voice=True))
        )
    take(file, here)
    profile = everything(here)["profile"]
    assert (profile.name, profile.affected, profile.settings.voice) == ("Anna", "left", True)
    assert (profile.stage, profile.since) == ("synkinesis", "2025-11")
    assert profile.events == (*kept_people.ANNA.events, mine)
    assert not profile.consents.photographs  # that was taken back here


# What is left out, and said


def test_photographs_are_not_kept_where_that_is_not_allowed(here, file):
    take(file, here)
    (here / "photographs" / "1" / PICTURE).unlink()
    with Store.open(here) as store:
        store.keep_profile(kept_people.ANNA.changed(consents=Consents(photographs=False)))
    done = take(file, here)
    assert done.photographs == 0 and not list((here / "photographs").rglob("*.jpg"))
    assert any("do not allow" in one for one in done.remarks)


def test_another_picture_of_the_same_moment_is_left_alone(here, file):
    take(file, here)
    path = here / "photographs" / "1" / PICTURE
    path.write_bytes(b"\xff\xd8\xff\xe0 another")
    done = take(file, here)
    assert path.read_bytes().endswith(b"another")
    assert any("another picture" in one for one in done.remarks)


def test_a_programme_that_stayed_behind_is_named(here, file):
    assert any(
        "/home/anna/anna.toml is not on this computer" in one for one in take(file, here).remarks
    )


def test_an_anonymous_export_has_nobodys_name_and_can_be_taken_in(tmp_path, here):
    file = exported(anna(tmp_path / "there"), tmp_path / "anonymous.zip", anonymous=True)
    done = take(file, here)
    found = everything(here)
    assert (done.notes, done.photographs) == (0, 0)
    assert found["profile"].name == "" and len(found["practices"]) == 3


def test_an_anonymous_export_of_somebody_who_is_here_is_known_as_theirs(tmp_path, here, file):
    take(file, here)
    before = everything(here)
    done = take(exported(tmp_path / "there", tmp_path / "plain.zip", anonymous=True), here)
    assert (done.is_new, done.practices, done.there_already) == (False, 0, 3)
    assert everything(here) == before


def test_two_practices_of_one_second_are_both_taken_in_once(tmp_path, here):
    """As after a clock was set back."""
    again = replace(
        kept_people.FULL,
        record=replace(kept_people.FULL.record, repetitions=(kept_people.repetition(0, "snarl"),)),
        traces=(),
    )
    file = exported(anna(tmp_path / "there", [kept_people.FULL, again]), tmp_path / "two.zip")
    anna(here, [kept_people.FULL])
    assert (take(file, here).practices, take(file, here).practices) == (1, 0)
    assert len(everything(here)["practices"]) == 2


# All or nothing


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_failure_between_two_practices_leaves_nothing(here, file, monkeypatch, after):
    anna(here, [moved(kept_people.FULL, DAY / 2)], profile=Profile(name="Bo"))
    before = everything(here)
    restore, done = Store.restore, []

    def failing(store, *arguments):
        if len(done) == after:
            raise StoreError("full")
        done.append(restore(store, *arguments))
        return done[-1]

    monkeypatch.setattr(Store, "restore", failing)
    with pytest.raises(StoreError, match="full"):
        take(file, here)
    monkeypatch.undo()
    with Store.open(here) as store:
        assert len(store.people()) == 1
    assert everything(here) == before
    assert take(file, here).practices == 3


def test_a_full_disk_at_the_second_photograph_leaves_none_and_no_practice(
    tmp_path, here, monkeypatch
):
    there = anna(tmp_path / "there")
    (there / "photographs" / "1" / "20260303T073000.000000Z.jpg").write_bytes(JPEG)
    file = exported(there, tmp_path / "two.zip")
    write, written = outfile.write, []

    def full(path, content):
        if written:
            raise InputError(f"{path} cannot be written: {errno.ENOSPC}")
        written.append(write(path, content))

    monkeypatch.setattr(outfile, "write", full)
    with pytest.raises(InputError, match="cannot be written"):
        take(file, here)
    with Store.open(here) as store:
        assert store.people() == []
    assert not (here / "photographs").exists()


def test_a_failure_to_commit_takes_the_photographs_away_again(here, file, monkeypatch):
    at_once = Store.at_once

    def failing(store):
        class Failing:
            def __enter__(self):
                self.whole = at_once(store)
                self.whole.__enter__()

            def __exit__(self, *error):
                assert list((here / "photographs").rglob("*.jpg"))
                fault = StoreError("no room left")
                assert not self.whole.__exit__(StoreError, fault, None)
                raise fault

        return Failing()

    monkeypatch.setattr(Store, "at_once", failing)
    with pytest.raises(StoreError, match="no room left"):
        take(file, here)
    monkeypatch.undo()
    assert not (here / "photographs").exists()
    with Store.open(here) as store:
        assert store.people() == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_photographs_never_go_where_a_link_leads(tmp_path, here, file):
    (tmp_path / "elsewhere").mkdir()
    here.mkdir()
    (here / "photographs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="leads to another place"):
        take(file, here)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    with Store.open(here) as store:
        assert store.people() == []


def test_a_file_and_a_server_take_in_the_same(tmp_path, place, file, monkeypatch):
    take(file, place)
    assert everything(place) == everything(tmp_path / "there")
    with Store.open(place) as store:
        keep(store, [moved(kept_people.FULL, 30 * DAY)])
    with Store.open(tmp_path / "there") as store:
        keep(store, [moved(kept_people.FULL, 20 * DAY)])
    exported(tmp_path / "there", file)
    before = everything(place)
    with monkeypatch.context() as broken:
        broken.setattr(Store, "totals", None)
        with pytest.raises(TypeError):
            take(file, place)
    assert everything(place) == before
    assert take(file, place).practices == 1
    with Store.open(place) as store:
        found = store.practices()
    assert [one.started_at for one in found] == sorted(one.started_at for one in found)
    exported(place, file)
    take(file, tmp_path / "there")
    assert everything(place) == everything(tmp_path / "there")


@pytest.mark.parametrize("version", [1, 2])
def test_what_an_old_version_kept_goes_along(tmp_path, here, version):
    script = Path(__file__).with_name(f"practice_v{version}.sql").read_text(encoding="utf-8")
    (tmp_path / "there").mkdir()
    with closing(sqlite3.connect(tmp_path / "there" / FILE)) as old:
        old.executescript(script)
    take(exported(tmp_path / "there", tmp_path / "old.zip"), here)
    assert everything(here) == everything(tmp_path / "there")
    assert len(everything(here)["practices"]) >= 3
