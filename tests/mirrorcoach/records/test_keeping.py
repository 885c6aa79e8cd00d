"""A practice goes on though nothing can be written, and is written when it can be."""

from datetime import datetime, timezone

import pytest
from full_disk import Disk

from mirrorcoach.errors import StoreError
from mirrorcoach.records import keeping as module
from mirrorcoach.records.keeping import Keeping
from mirrorcoach.records.practices import Answer, Outline, Trace
from mirrorcoach.records.store import Store

OUTLINE = Outline("pucker", {"nose": ((0.0, 1.0),)})
TRACE = Trace(0.0, 12.5, "mm", (1.0, 2.0), (0.5, None))


def repetition(index):
    return {"index": index, "start_s": 1.0, "end_s": 9.0, "reasons": ["x" * 4000]}


@pytest.fixture
def disk(monkeypatch):
    return Disk(monkeypatch)


@pytest.fixture
def store(tmp_path, disk):
    with Store.open(tmp_path) as store:
        yield store


def test_what_is_kept_is_on_the_disk_at_once(store):
    keeping = Keeping(store, "first_steps", {"mirrorcoach": "0"})
    assert keeping.number is None
    assert store.is_new, "nothing is begun for nothing"
    keeping.keep(repetition(0), TRACE)
    assert store.repetitions(keeping.number) == [repetition(0)]
    assert store.traces(keeping.number) == [TRACE]
    assert keeping.unsaved is None


def practise(keeping):
    for index in range(8):
        keeping.keep(repetition(index), TRACE)
        keeping.answer("vowels", "neck", index % 2 == 0)
    keeping.end("done", 60.0, {"usable_ratio": 1.0}, None)
    keeping.outline(OUTLINE)
    keeping.felt("light")


def all_is_there(store, keeping):
    (record,) = store.practices()
    assert record.number == keeping.number
    assert record.repetitions == tuple(map(repetition, range(8)))
    assert record.answers == tuple(Answer("vowels", "neck", index % 2 == 0) for index in range(8))
    assert (record.ending, record.practised_s, record.felt) == ("done", 60.0, "light")
    assert record.quality == {"usable_ratio": 1.0}
    assert store.traces(record.number) == [TRACE] * 8
    assert store.outlines(record.number) == [OUTLINE]


@pytest.mark.parametrize("from_the_beginning", [True, False])
def test_a_full_disk_ends_no_practice_and_loses_nothing(store, disk, from_the_beginning):
    keeping = Keeping(store, "first_steps", {})
    if not from_the_beginning:
        keeping.keep(repetition(0), TRACE)
    disk.fill()
    practise(keeping)
    assert "waits in memory" in keeping.unsaved
    assert "no room left" in keeping.unsaved
    assert not keeping.settle()
    disk.fill(False)
    assert keeping.settle()
    assert keeping.unsaved is None
    all_is_there(store, keeping)
    assert keeping.settle(), "once more changes nothing"
    all_is_there(store, keeping)


def test_room_is_found_with_the_next_repetition(store, disk):
    keeping = Keeping(store, "first_steps", {})
    disk.fill()
    for index in range(8):
        keeping.keep(repetition(index), None)
    assert keeping.unsaved
    before = len(store.repetitions(keeping.number)) if keeping.number else 0
    assert before < 8
    disk.fill(False)
    keeping.keep(repetition(8), None)
    assert keeping.unsaved is None
    assert store.repetitions(keeping.number) == [repetition(index) for index in range(9)]


def test_it_began_when_it_began_and_not_when_there_was_room(store, disk, monkeypatch):
    monkeypatch.setattr(module, "_now", lambda: datetime(2025, 5, 1, 12, tzinfo=timezone.utc))
    disk.fill()
    keeping = Keeping(store, "first_steps", {})
    keeping.keep(repetition(0), None)
    disk.fill(False)
    keeping.settle()
    (record,) = store.practices()
    assert record.started_at.year == 2025


def test_what_was_deleted_meanwhile_is_not_brought_back(store, tmp_path):
    keeping = Keeping(store, "first_steps", {})
    keeping.keep(repetition(0), None)
    store.remove(store.person)
    keeping.keep(repetition(1), None)
    keeping.end("done", 9.0, {}, None)
    assert "deleted" in keeping.unsaved
    assert isinstance(keeping.error, StoreError)
    assert store.people() == []
