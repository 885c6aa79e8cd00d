import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from mirrorcoach.errors import StoreError
from mirrorcoach.records import store as records
from mirrorcoach.records.store import FILE, Store, delete_all, files_kept


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_store_is_new_until_a_practice_was_kept():
    with Store.open() as store:
        assert store.is_new
        store.begin("first_steps", {})
        assert not store.is_new


def test_what_was_kept_is_there_when_opened_again():
    with Store.open() as store:
        number = store.begin("first_steps", {"mirrorcoach": "0"})
        store.keep(number, {"index": 0, "symmetry": None})
        store.keep(number, {"index": 1, "symmetry": 0.5})
    with Store.open() as store:
        assert store.repetitions(number) == [
            {"index": 0, "symmetry": None},
            {"index": 1, "symmetry": 0.5},
        ]


KILLED = """
import os, signal
from mirrorcoach.records.store import Store
store = Store.open()
number = store.begin("first_steps", {})
for index in range(5):
    store.keep(number, {"index": index})
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_finished_repetitions_survive_being_killed():
    subprocess.run([sys.executable, "-c", KILLED], check=False, timeout=60)
    with Store.open() as store:
        assert [one["index"] for one in store.repetitions(1)] == [0, 1, 2, 3, 4]


def test_a_damaged_store_is_named_and_left_alone(own_folder):
    own_folder.mkdir()
    (own_folder / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match=r"cannot be used.*left as it is"):
        Store.open()
    assert (own_folder / FILE).read_bytes().startswith(b"this is no database")


def test_a_store_of_a_newer_version_is_not_touched(own_folder):
    Store.open().__exit__(None, None, None)
    connection = sqlite3.connect(own_folder / FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer mirrorcoach"):
        Store.open()
    connection = sqlite3.connect(own_folder / FILE)
    assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()


def test_a_folder_that_cannot_be_made_is_named(own_folder, monkeypatch):
    own_folder.write_text("a file, not a folder")
    monkeypatch.setenv("MIRRORCOACH_DATA", str(own_folder / "below"))
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open()


def test_delete_leaves_nothing_of_ours_and_everything_else(own_folder):
    with Store.open() as store:
        store.begin("first_steps", {})
    (own_folder / "notes.txt").write_text("mine")
    assert files_kept()
    delete_all()
    assert files_kept() == []
    assert [path.name for path in own_folder.iterdir()] == ["notes.txt"]


def test_delete_removes_the_empty_folder(own_folder):
    Store.open().__exit__(None, None, None)
    delete_all()
    assert not own_folder.exists()


def test_no_picture_and_no_name_has_a_place_in_the_store():
    columns = {
        column.name for table in records._Base.metadata.tables.values() for column in table.columns
    }
    assert columns == {
        "id", "started_at", "programme", "provenance", "practice_id", "content",
    }  # fmt: skip


def test_the_minutes_of_a_day_are_those_between_first_and_last_repetition(own_folder):
    today = datetime.now().date()
    with Store.open() as store:
        assert store.practised_s(today) == 0.0
        for repetitions in ([(5.0, 9.0), (20.0, 65.0)], [(100.0, 130.0)], []):
            number = store.begin("first_steps", {})
            for start_s, end_s in repetitions:
                store.keep(number, {"start_s": start_s, "end_s": end_s})
        assert store.practised_s(today) == 60.0 + 30.0
        assert store.practised_s(today - timedelta(days=1)) == 0.0
