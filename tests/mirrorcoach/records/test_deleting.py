"""Deleting a person, or everything, and proving it."""

import sys

import pytest

from mirrorcoach.profile import Profile
from mirrorcoach.records.deleting import (
    delete_all,
    delete_person,
    files_kept,
    old_copies,
    photographs_of,
)
from mirrorcoach.records.place import FILE, Place
from mirrorcoach.records.store import Store


@pytest.fixture
def family(place):
    """Ada and Ben, each with a picture, and an old copy of the file they were both in."""
    with Store.open(place) as store:
        for name in ("Ada", "Ben"):
            store.turn_to(store.add(Profile(name=name)))
            store.begin("first_steps", {})
            pictures = place.photographs / str(store.person)
            pictures.mkdir(parents=True)
            (pictures / "first.jpg").write_bytes(b"a picture")
    (place.folder / f"{FILE}.v2.bak").write_bytes(b"Ada and Ben")
    return place


def test_a_person_goes_with_their_pictures_and_the_old_copies(family):
    with Store.open(family, who=2) as store:
        assert len(photographs_of(family, 2)) == len(old_copies(family)) == 1
        assert delete_person(store, 2)
        assert [one.profile.name for one in store.people()] == ["Ada"]
    left = [one.name for one in files_kept(family)]
    assert left == (["first.jpg"] if family.address else ["first.jpg", FILE])
    assert photographs_of(family, 1) != []
    assert not (family.photographs / "2").exists()


def test_everything_goes(family):
    delete_all(family)
    assert files_kept(family) == []
    assert not family.folder.exists()
    with Store.open(family) as store:
        assert store.people() == []


def test_delete_leaves_everything_that_is_not_ours(own_folder):
    Store.open().close()
    (own_folder / "notes.txt").write_text("mine")
    (own_folder / f"{FILE}-wal").write_bytes(b"left by a crash")
    assert [one.name for one in files_kept()] == [FILE, f"{FILE}-wal"]
    delete_all()
    assert files_kept() == []
    assert [path.name for path in own_folder.iterdir()] == ["notes.txt"]


def test_nothing_is_deleted_where_nothing_is(own_folder):
    delete_all()
    assert files_kept() == []
    assert not own_folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for rights to make links")
@pytest.mark.parametrize("below", ["photographs", "photographs/1"])
def test_delete_does_not_follow_a_link_out_of_the_folder(own_folder, tmp_path, below):
    elsewhere = tmp_path / "Pictures"
    elsewhere.mkdir()
    (elsewhere / "holiday.png").write_bytes(b"mine")
    with Store.open() as store:
        store.keep_profile(Profile(name="Ada"))
        (own_folder / below).parent.mkdir(exist_ok=True)
        (own_folder / below).symlink_to(elsewhere)
        delete_person(store, 1)
        assert (elsewhere / "holiday.png").exists()
    delete_all()
    assert (elsewhere / "holiday.png").exists()
    assert not own_folder.exists()


def test_the_pictures_of_a_servers_people_lie_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    places = [
        Place.of(),
        Place.of("postgresql://anna@one/practice"),
        Place.of("postgresql://anna@two/practice"),
    ]
    assert len({one.photographs for one in places}) == 3
    assert all(one.folder.is_relative_to(tmp_path) for one in places)
