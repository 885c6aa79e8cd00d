"""The file: what happens to it when things go wrong, and what is said then."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from full_disk import Disk

from mirrorcoach.errors import StoreError
from mirrorcoach.profile import Profile
from mirrorcoach.records import sqlite
from mirrorcoach.records.place import FILE
from mirrorcoach.records.store import Store


def repetition(index):
    return {"index": index, "start_s": 1.0, "end_s": 9.0, "reasons": ["x" * 400]}


@pytest.fixture
def kept(tmp_path):
    """A store with some practices in it."""
    with Store.open(tmp_path) as store:
        store.keep_profile(Profile(name="Anna"))
        for _ in range(4):
            number = store.begin("first_steps", {})
            for index in range(40):
                store.keep(number, repetition(index))
    return tmp_path / FILE


def sql(path, *statements):
    """Run statements outside the store; the rows of the last one."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
    return rows


def everything(folder):
    with Store.open(folder) as store:
        return store.people(), store.practices()


# Damage


def not_a_database(content):
    return b"this is no database" * 100


def damaged_header(content):
    return b"\xff" * 40 + content[40:]


def damaged_pages(content):
    return content[: 12 * 4096] + os.urandom(len(content) - 12 * 4096)


def truncated(content):
    return content[: len(content) // 2]


def cut_within_a_page(content):
    return content[:5000]


@pytest.mark.parametrize(
    "damage", [not_a_database, damaged_header, damaged_pages, truncated, cut_within_a_page]
)
def test_a_damaged_file_is_named_with_what_to_do_and_left_as_it_is(kept, damage):
    broken = damage(kept.read_bytes())
    kept.write_bytes(broken)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"is damaged.*left as it is.*move it") as error:
            everything(kept.parent)
        assert str(kept) in str(error.value)
    assert kept.read_bytes() == broken


def test_after_it_was_moved_away_a_new_one_is_begun_beside_it(kept):
    kept.write_bytes(not_a_database(b""))
    kept.rename(kept.with_name("damaged"))
    assert everything(kept.parent) == ([], [])
    assert kept.with_name("damaged").read_bytes() == not_a_database(b"")


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE repetition SET content = '{' WHERE practice_id = 2", "A practice"),
        ("UPDATE repetition SET content = x'00ff00' WHERE practice_id = 2", "A practice"),
        ("UPDATE practice SET provenance = '' WHERE id = 2", "A practice"),
        ("UPDATE practice SET started_at = 'yesterday' WHERE id = 2", "A time"),
        ("UPDATE person SET content = '{'", "The profile"),
        ('UPDATE person SET content = \'{"affected": "north"}\'', "The profile.*affected"),
        ("UPDATE person SET content = '{\"height\": 1}'", "The profile.*height"),
        ("DROP TABLE repetition", "no table repetition"),
    ],
)
def test_damage_inside_is_told_and_left_as_it_is(kept, statement, named):
    sql(kept, statement)
    before = kept.read_bytes()
    with pytest.raises(StoreError, match=rf"{named}.*left as it is"):
        everything(kept.parent)
    assert kept.read_bytes() == before


def test_a_damaged_course_or_contour_is_told(kept):
    with Store.open(kept.parent) as store:
        sql(
            kept,
            "INSERT INTO trace (practice_id, ordinal, content) VALUES (1, 0, x'00')",
            "INSERT INTO outline (practice_id, content) VALUES (1, x'00')",
        )
        with pytest.raises(StoreError, match=r"course of a repetition .* is damaged"):
            store.traces(1)
        with pytest.raises(StoreError, match=r"contour .* is damaged"):
            store.outlines(1)
        assert len(store.practices()) == 4, "the rest can be read"


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_newer_version_is_refused_and_not_touched(kept, mode):
    sql(kept, f"PRAGMA journal_mode = {mode}", "PRAGMA user_version = 99")
    before = kept.read_bytes()
    with pytest.raises(StoreError, match=r"newer mirrorcoach.*Update mirrorcoach"):
        Store.open(kept.parent)
    assert kept.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path):
    sql(tmp_path / FILE, "CREATE TABLE bookmarks (id INTEGER)")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreError, match="none of mirrorcoach"):
        Store.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


# Places that cannot be written


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("a file, not a folder")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(tmp_path / "file" / "below")


READ_ONLY = """
import os, sys
from mirrorcoach.errors import StoreError
from mirrorcoach.records.store import Store
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with Store.open(sys.argv[1]) as store:
        store.begin("first_steps", {})
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="rights of folders as on Linux and macOS")
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_is_read_only_is_named_and_left_as_it_is(kept, there):
    folder = Path(tempfile.mkdtemp(prefix="mirrorcoach-"))  # others may look into this one
    try:
        if there:
            shutil.copy(kept, folder)
            (folder / FILE).chmod(0o444)
        folder.chmod(0o555)
        before = {one.name: one.read_bytes() for one in folder.iterdir()}
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder)],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        assert "cannot be opened for writing" in done.stdout
        assert "left as it is; make the file and its folder writable" in done.stdout
        assert str(folder / FILE) in done.stdout
        assert {one.name: one.read_bytes() for one in folder.iterdir()} == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_disk_is_told_and_loses_nothing(tmp_path, monkeypatch):
    disk = Disk(monkeypatch)
    with Store.open(tmp_path) as store:
        number = store.begin("first_steps", {})
        store.keep(number, repetition(0))
        disk.fill()
        with pytest.raises(StoreError, match=r"no room left.*What was kept before is whole"):
            for index in range(1, 100):
                store.keep(number, repetition(index))
        kept = len(store.repetitions(number))
        assert store.repetitions(number) == [repetition(one) for one in range(kept)]
        disk.fill(False)
        store.keep(number, repetition(kept))
        assert len(store.repetitions(number)) == kept + 1


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made as on Linux")
def test_a_disk_that_is_really_full_loses_nothing(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)]
    if os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be made here: that takes the rights of root")
    try:
        (small / "filler").write_bytes(bytes(40_000))
        with Store.open(small) as store:
            number = store.begin("first_steps", {})
            with pytest.raises(StoreError, match="no room left"):
                for index in range(1000):
                    store.keep(number, repetition(index))
            assert store.repetitions(number) == [repetition(one) for one in range(index)]
            (small / "filler").unlink()
            store.keep(number, repetition(index))
        with Store.open(small) as store:
            assert len(store.repetitions(number)) == index + 1 > 1
    finally:
        subprocess.run(["umount", str(small)], check=True)


# Several windows


WRITES = """
import sys
from mirrorcoach.records.store import Store
sys.stdin.readline()
with Store.open(sys.argv[1]) as store:
    number = store.begin(sys.argv[2], {})
    for index in range(60):
        store.keep(number, {"index": index, "start_s": 0.0, "end_s": 1.0})
"""


def test_windows_that_begin_and_write_at_the_same_time_lose_nothing(tmp_path):
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", WRITES, str(tmp_path / "new"), str(one)],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for one in range(3)
    ]  # fmt: skip
    for one in windows:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in windows:
        assert one.communicate(timeout=120)[1] == ""
    with Store.open(tmp_path / "new") as store:
        assert len(store.people()) == 1
        found = store.practices()
    assert sorted(one.programme for one in found) == ["0", "1", "2"]
    for one in found:
        assert [each["index"] for each in one.repetitions] == list(range(60))


def test_a_window_that_writes_for_too_long_is_told_of_and_reading_goes_on(kept, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)
    with Store.open(kept.parent) as store, closing(sqlite3.connect(kept)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another window of mirrorcoach"):
            store.begin("first_steps", {})
        assert len(store.practices()) == 4
        other.execute("ROLLBACK")
        store.begin("first_steps", {})
        assert len(store.practices()) == 5


# Deleting


def test_what_was_deleted_cannot_be_found_in_the_files(kept):
    def found(*words):
        content = b"".join(one.read_bytes() for one in kept.parent.iterdir())
        return [word for word in words if word.encode() in content]

    with Store.open(kept.parent) as store:
        store.turn_to(store.add(Profile(name="Quintessa")))
        number = store.begin("first_steps", {})
        for index in range(30):
            store.keep(number, {"index": index, "start_s": 0.0, "end_s": 1.0, "word": "velvety"})
        store.add_note("unmistakable")
        assert found("Quintessa", "velvety", "unmistakable")
        assert store.remove(store.person)
        assert found("Quintessa", "velvety", "unmistakable") == []
        store.turn_to(1)
        store.keep_profile(Profile(name="Bo"))
    assert found("Anna") == [], "a name that was changed is gone with the window"
    assert len(everything(kept.parent)[1]) == 4


def test_what_another_window_still_reads_is_told_of(kept, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)
    with Store.open(kept.parent) as store, closing(sqlite3.connect(kept)) as other:
        other.isolation_level = None
        other.execute("BEGIN")
        other.execute("SELECT * FROM person").fetchall()
        assert not store.remove(1)
        other.execute("ROLLBACK")
        assert store.people() == []
    assert b"Anna" not in b"".join(one.read_bytes() for one in kept.parent.iterdir())
