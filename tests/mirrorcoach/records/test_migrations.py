"""Files of every released version are brought forward and read the same."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from mirrorcoach.errors import StoreError
from mirrorcoach.profile import Profile
from mirrorcoach.records import migrations
from mirrorcoach.records.deleting import delete_all, files_kept
from mirrorcoach.records.place import FILE, Place
from mirrorcoach.records.practices import Answer
from mirrorcoach.records.store import VERSION, Store

OLD = {
    version: Path(__file__).with_name(f"practice_v{version}.sql").read_text(encoding="utf-8")
    for version in range(1, VERSION)
}


def sql(path, *statements):
    """Run statements outside the store; the rows of the last one."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
    return rows


def old_store(folder, script):
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript(script)
    return folder / FILE


def without_rows(script):
    lines = [line for line in script.splitlines() if not line.startswith("INSERT")]
    return "\n".join(lines)


def layout(path):
    """Tables with their columns, keys and references, and indexes."""
    names = sql(path, "SELECT type, name FROM sqlite_master ORDER BY name")
    return {
        name: (
            kind,
            sorted(row[1:6] for row in sql(path, f"PRAGMA table_info({name})")),
            sorted(row[2:7] for row in sql(path, f"PRAGMA foreign_key_list({name})")),
            [row[2] for row in sql(path, f"PRAGMA index_info({name})")],
        )
        for kind, name in names
    }


def test_version_1_reads_the_same(own_folder):
    path = old_store(own_folder, OLD[1])
    kept = [json.loads(one) for (one,) in sql(path, "SELECT content FROM repetition ORDER BY id")]
    with Store.open() as store:
        first, empty, last = store.practices()
        assert store.repetitions(1) == kept[:3]
        assert not store.is_new
        assert [one.profile for one in store.people()] == [Profile()]
        store.felt(store.begin("first_steps", {}), "light")
    assert [*first.repetitions, *empty.repetitions, *last.repetitions] == kept
    assert [one.programme for one in (first, empty, last)] == [
        "first_steps", "flaccid", "first_steps",
    ]  # fmt: skip
    assert first.started_at == datetime.fromisoformat("2026-03-02T07:30:00+00:00")
    assert [one.practised_s for one in (first, empty, last)] == [37.0, 0.0, 9.0]
    assert {one.ending for one in (first, empty, last)} == {None}
    assert first.scoring == 1
    assert sql(path, "PRAGMA user_version") == [(VERSION,)]


def test_version_2_reads_the_same(own_folder):
    path = old_store(own_folder, OLD[2])
    kept = [json.loads(one) for (one,) in sql(path, "SELECT content FROM repetition ORDER BY id")]
    (profile,) = sql(path, "SELECT content FROM profile")
    with Store.open() as store:
        assert store.profile() == Profile.model_validate_json(profile[0])
        assert store.profile().name == "Zoé"
        assert [one.number for one in store.people()] == [1]
        done, cut_off, led = store.practices()
        assert store.traces(1) == [None] * 3
        assert store.outlines(1) == store.notes() == store.totals() == []
    assert [one.number for one in (done, cut_off, led)] == [1, 2, 3]
    assert done.repetitions == tuple(kept[:3])
    assert done.answers == (
        Answer("cheek_puff", "even", True),
        Answer("vowels", "neck", None),
    )
    assert (done.felt, done.ending, done.practised_s) == ("tired", "done", 570.0)
    assert (done.quality, done.rest) == (None, None)
    assert cut_off.repetitions == tuple(kept[3:])
    assert (cut_off.felt, cut_off.ending, cut_off.practised_s) == (None, None, 9.0)
    assert led.answers == (Answer("vowels", "neck", False),)
    assert (led.felt, led.ending, led.practised_s) == ("light", "ended", 240.0)
    assert led.started_at == datetime.fromisoformat("2026-05-05T07:12:00+00:00")


@pytest.mark.parametrize("version", OLD)
def test_the_old_file_is_kept_beside_it_once_and_goes_with_the_rest(own_folder, version):
    path = old_store(own_folder, OLD[version])
    before = sql(path, "SELECT * FROM practice"), sql(path, "SELECT * FROM repetition")
    for _ in range(2):
        Store.open().close()
    copy = own_folder / f"{FILE}.v{version}.bak"
    assert sql(copy, "PRAGMA user_version") == [(version,)]
    assert (sql(copy, "SELECT * FROM practice"), sql(copy, "SELECT * FROM repetition")) == before
    assert files_kept() == [path, copy]
    delete_all()
    assert not own_folder.exists()


def test_a_copy_is_never_written_over(own_folder):
    path = old_store(own_folder, OLD[2])
    Store.open().close()
    first = (own_folder / f"{FILE}.v2.bak").read_bytes()
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD[2].replace("Zoé", "Ben"))
    Store.open().close()
    assert (own_folder / f"{FILE}.v2.bak").read_bytes() == first
    assert b"Ben" in (own_folder / f"{FILE}.v2-2.bak").read_bytes()


@pytest.mark.parametrize("version", OLD)
def test_an_empty_file_needs_no_copy(own_folder, version):
    old_store(own_folder, without_rows(OLD[version]))
    with Store.open() as store:
        assert store.practices() == store.people() == []
    assert not list(own_folder.glob("*.bak*"))


@pytest.mark.parametrize("version", OLD)
def test_what_is_brought_forward_has_the_tables_of_a_new_store(own_folder, tmp_path, version):
    old = old_store(own_folder, OLD[version])
    Store.open().close()
    Store.open(tmp_path / "new").close()
    assert layout(old) == layout(tmp_path / "new" / FILE)
    assert sql(old, "PRAGMA foreign_key_check") == []
    assert sql(old, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("version", OLD)
@pytest.mark.parametrize("after", [0, 3, -1])
def test_a_step_forward_that_breaks_off_leaves_the_old_file(
    own_folder, monkeypatch, version, after
):
    path = old_store(own_folder, OLD[version])
    before = layout(path), sql(path, "SELECT * FROM practice")
    steps = (*migrations.STEPS[version][:after], "ALTER TABLE nowhere ADD COLUMN x")
    monkeypatch.setitem(migrations.STEPS, version, steps)
    with pytest.raises(StoreError, match="left as it is"):
        Store.open()
    assert sql(path, "PRAGMA user_version") == [(version,)]
    assert (layout(path), sql(path, "SELECT * FROM practice")) == before
    monkeypatch.undo()
    with Store.open(own_folder) as store:
        assert len(store.practices()) == 3


def test_a_file_that_cannot_be_copied_is_not_brought_forward(own_folder):
    path = old_store(own_folder, OLD[1])
    (own_folder / f"{FILE}.v1.bak.half").mkdir()
    with pytest.raises(StoreError, match=r"could not be copied.*left as it is"):
        Store.open()
    assert sql(path, "PRAGMA user_version") == [(1,)]


def test_a_damaged_file_is_not_brought_forward(own_folder):
    path = old_store(own_folder, OLD[2])
    content = path.read_bytes()
    root = sql(path, "SELECT rootpage FROM sqlite_master WHERE name = 'repetition'")[0][0]
    page = 4096 * (root - 1)
    path.write_bytes(content[:page] + b"\x0d\xff\xff\xff\xff" + content[page + 5 :])
    broken = path.read_bytes()
    with pytest.raises(StoreError, match=r"is damaged.*left as it is"):
        Store.open()
    assert path.read_bytes() == broken
    assert not list(own_folder.glob("*.bak*"))


def test_a_server_and_a_new_file_have_the_same_version(on_server, tmp_path):
    with Store.open(on_server) as store, Store.open(Place(tmp_path)) as other:
        assert store.people() == other.people() == []
    assert sql(tmp_path / FILE, "PRAGMA user_version") == [(VERSION,)]
