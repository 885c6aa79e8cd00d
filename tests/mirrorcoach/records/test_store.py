import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from exercises import scoring
from mirrorcoach.errors import StoreError
from mirrorcoach.profile import Profile
from mirrorcoach.records import migrations, tables
from mirrorcoach.records.deleting import delete_all, files_kept
from mirrorcoach.records.practices import Answer
from mirrorcoach.records.store import FILE, VERSION, Store

OLD = Path(__file__).with_name("practice_v1.sql").read_text(encoding="utf-8")


def sql(path, *statements):
    """Run statements outside the store; the rows of the last one."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
    return rows


def old_store(folder, script=OLD):
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript(script)
    return folder / FILE


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
    with pytest.raises(StoreError, match=r"is damaged.*left as it is"):
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


def test_no_picture_has_a_place_in_the_store_and_a_name_only_in_the_profile():
    columns = {
        f"{table.name}.{column.name}"
        for table in tables.METADATA.tables.values()
        for column in table.columns
    }
    assert columns == {
        "person.id", "person.content",
        "practice.id", "practice.person_id", "practice.started_at", "practice.programme",
        "practice.provenance", "practice.ended_at", "practice.ending", "practice.practised_s",
        "practice.felt", "practice.quality", "practice.rest",
        "repetition.practice_id", "repetition.ordinal", "repetition.content",
        "trace.practice_id", "trace.ordinal", "trace.content",
        "answer.id", "answer.practice_id", "answer.exercise", "answer.question", "answer.answer",
        "outline.id", "outline.practice_id", "outline.exercise", "outline.content",
        "note.id", "note.person_id", "note.at", "note.text", "note.author",
        "total.id", "total.person_id", "total.day", "total.scale", "total.value",
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


def test_a_practice_that_was_only_led_counts_toward_the_minutes_of_the_day():
    today = datetime.now().date()
    with Store.open() as store:
        led, scored = store.begin("flaccid", {}), store.begin("first_steps", {})
        store.end(led, "done", 240.0)
        store.keep(scored, {"start_s": 5.0, "end_s": 65.0})
        assert store.practised_s(today) == 240.0 + 60.0
        store.end(scored, "ended", 45.0)
        assert store.practised_s(today) == 240.0 + 45.0


def test_all_that_was_said_and_done_in_a_practice_comes_back():
    before = datetime.now().astimezone().replace(microsecond=0)
    with Store.open() as store:
        number = store.begin("synkinesis", {"mirrorcoach": "0"})
        store.keep(number, {"index": 0, "start_s": 1.0, "end_s": 2.0})
        store.answer(number, "cheek_puff", "even", True)
        store.answer(number, "vowels", "neck", None)
        store.end(number, "tired", 61.5)
        store.felt(number, "light")
        store.felt(number, "tired")
        store.begin("flaccid", {})
    with Store.open() as store:
        first, second = store.practices()
    assert first.number == number
    assert before <= first.started_at <= datetime.now().astimezone()
    assert first.started_at.utcoffset() == before.utcoffset()
    assert first.programme == "synkinesis"
    assert first.repetitions == ({"index": 0, "start_s": 1.0, "end_s": 2.0},)
    assert first.answers == (
        Answer("cheek_puff", "even", True),
        Answer("vowels", "neck", None),
    )
    assert (first.felt, first.ending, first.practised_s) == ("tired", "tired", 61.5)
    assert first.provenance["mirrorcoach"] == "0"
    assert first.scoring == scoring.VERSION
    assert (second.repetitions, second.answers, second.felt, second.ending) == ((), (), None, None)
    assert second.practised_s == 0.0 and not second.happened


def test_a_practice_that_was_never_begun_cannot_end():
    with Store.open() as store, pytest.raises(LookupError, match="7"):
        store.end(7, "done", 1.0)


def test_there_is_no_profile_until_one_is_kept_and_then_the_latest():
    with Store.open() as store:
        assert store.profile() == Profile()
        store.keep_profile(Profile(name="Zoé", affected="left"))
        store.keep_profile(store.profile().with_setting("text_percent", 200))
        assert store.is_new
    with Store.open() as store:
        assert store.profile() == Profile(name="Zoé", affected="left").with_setting(
            "text_percent", 200
        )


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("{", "JSON"),
        (json.dumps({"affected": "north"}), "affected"),
        (json.dumps({"settings": {"volume_percent": "loud"}}), "settings.volume_percent"),
        (json.dumps({"height": 1}), "height"),
    ],
)
def test_a_damaged_profile_is_named_and_left_as_it_is(own_folder, content, named):
    with Store.open() as store:
        store.keep_profile(Profile(name="Anna"))
    sql(own_folder / FILE, f"UPDATE person SET content = '{content}'")
    with Store.open() as store, pytest.raises(StoreError, match=rf"{named}.*left as it is"):
        store.profile()
    assert sql(own_folder / FILE, "SELECT content FROM person") == [(content,)]


def test_a_damaged_practice_is_named_and_left_as_it_is(own_folder):
    with Store.open() as store:
        store.keep(store.begin("first_steps", {}), {"start_s": 1.0, "end_s": 2.0})
    sql(own_folder / FILE, "UPDATE repetition SET content = '{'")
    with Store.open() as store, pytest.raises(StoreError, match=r"damaged.*left as it is"):
        store.practices()


def test_a_store_of_version_1_is_brought_forward_and_reads_the_same(own_folder):
    path = old_store(own_folder)
    kept = [json.loads(one) for (one,) in sql(path, "SELECT content FROM repetition ORDER BY id")]
    with Store.open() as store:
        first, empty, last = store.practices()
        assert store.repetitions(1) == kept[:3]
        assert not store.is_new
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


def test_the_file_of_version_1_is_kept_beside_it_once_and_goes_with_the_rest(own_folder):
    path = old_store(own_folder)
    before = sql(path, "SELECT * FROM practice")
    for _ in range(2):
        Store.open().__exit__(None, None, None)
    copy = own_folder / f"{FILE}.v1.bak"
    assert sql(copy, "PRAGMA user_version") == [(1,)]
    assert sql(copy, "SELECT * FROM practice") == before
    assert copy in files_kept()
    delete_all()
    assert not own_folder.exists()


def test_an_empty_file_of_version_1_needs_no_copy(own_folder):
    lines = [line for line in OLD.splitlines() if not line.startswith("INSERT")]
    old_store(own_folder, "\n".join(lines))
    with Store.open() as store:
        assert store.practices() == []
    assert not list(own_folder.glob("*.bak*"))


def test_what_is_brought_forward_has_the_tables_of_a_new_store(own_folder, tmp_path):
    def tables(path):
        names = [name for (name,) in sql(path, "SELECT name FROM sqlite_master ORDER BY name")]
        return {
            name: sorted(row[1:5] for row in sql(path, f"PRAGMA table_info({name})"))
            for name in names
        }

    old = old_store(own_folder)
    Store.open().__exit__(None, None, None)
    Store.open(tmp_path / "new").__exit__(None, None, None)
    assert tables(old) == tables(tmp_path / "new" / FILE)


def test_a_step_forward_that_breaks_off_leaves_the_old_file(own_folder, monkeypatch):
    path = old_store(own_folder)
    steps = (*migrations.STEPS[1][:3], "ALTER TABLE nowhere ADD COLUMN x")
    monkeypatch.setitem(migrations.STEPS, 1, steps)
    with pytest.raises(StoreError, match="left as it is"):
        Store.open()
    assert sql(path, "PRAGMA user_version") == [(1,)]
    assert [row[1] for row in sql(path, "PRAGMA table_info(practice)")] == [
        "id", "started_at", "programme", "provenance",
    ]  # fmt: skip
    monkeypatch.undo()
    monkeypatch.setenv("MIRRORCOACH_DATA", str(own_folder))
    with Store.open() as store:
        assert len(store.practices()) == 3


def test_a_store_that_cannot_be_copied_is_not_brought_forward(own_folder):
    path = old_store(own_folder)
    (own_folder / f"{FILE}.v1.bak.half").mkdir()
    with pytest.raises(StoreError, match=r"could not be copied.*left as it is"):
        Store.open()
    assert sql(path, "PRAGMA user_version") == [(1,)]


def test_delete_takes_the_photographs_with_it(own_folder):
    Store.open().__exit__(None, None, None)
    picture = own_folder / "photographs" / "2026" / "first.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")
    assert picture in files_kept()
    delete_all()
    assert not own_folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for rights to make links")
def test_delete_does_not_follow_a_link_out_of_the_folder(own_folder, tmp_path):
    Store.open().__exit__(None, None, None)
    elsewhere = tmp_path / "Pictures"
    elsewhere.mkdir()
    (elsewhere / "holiday.png").write_bytes(b"mine")
    (own_folder / "photographs").symlink_to(elsewhere)
    delete_all()
    assert not own_folder.exists()
    assert (elsewhere / "holiday.png").exists()


def test_two_windows_can_keep_at_once():
    with Store.open() as one, Store.open() as other:
        first, second = one.begin("first_steps", {}), other.begin("flaccid", {})
        one.keep(first, {"start_s": 0.0, "end_s": 5.0})
        other.keep_profile(Profile(name="Anna"))
        one.end(first, "done", 5.0)
        assert [done.number for done in other.practices()] == [first, second]
        assert one.profile().name == "Anna"
