"""A practice goes on though nothing can be written, and is written when it can be."""

from contextlib import contextmanager
from datetime import datetime, timezone
from itertools import pairwise

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


class Silent:
    """A server that lets every writing wait for ten seconds, and then fails; its own clock."""

    def __init__(self, monkeypatch):
        self.now_s, self.tries, self.answers = 1000.0, [], False
        monkeypatch.setattr(module, "_clock_s", lambda: self.now_s)
        writing = Store._writing

        @contextmanager
        def waited(store):
            if not self.answers:
                self.tries.append(self.now_s)
                self.now_s += 10.0
                raise StoreError("No answer.")
            with writing(store) as connection:
                yield connection

        monkeypatch.setattr(Store, "_writing", waited)


@pytest.fixture
def silent(store, monkeypatch):
    return Silent(monkeypatch)


def test_a_server_that_is_silent_holds_up_a_practice_a_few_times_only(store, silent):
    keeping = Keeping(store, "first_steps", {})
    for index in range(8):
        keeping.keep(repetition(index), TRACE)
        keeping.answer("vowels", "neck", index % 2 == 0)
        silent.now_s += 150.0
    assert len(silent.tries) < 6, "of sixteen"
    between = [later - earlier for earlier, later in pairwise(silent.tries)]
    assert between == sorted(between) and between[0] < between[-1]
    assert keeping.unsaved is not None
    silent.answers = True
    keeping.end("done", 60.0, {"usable_ratio": 1.0}, None)
    assert keeping.unsaved is None, "the end is written at once, whenever the last try was"
    keeping.outline(OUTLINE)
    keeping.felt("light")
    all_is_there(store, keeping)


def test_a_server_that_answers_again_gets_all_that_waits(store, silent):
    keeping = Keeping(store, "first_steps", {})
    keeping.keep(repetition(0), None)
    silent.answers = True
    keeping.keep(repetition(1), None)
    assert store.is_new, "it is left alone"
    silent.now_s += 100.0
    keeping.keep(repetition(2), None)
    assert keeping.unsaved is None
    assert store.repetitions(keeping.number) == list(map(repetition, range(3)))
    keeping.keep(repetition(3), None)
    assert len(store.repetitions(keeping.number)) == 4, "at once, as before"


def test_what_was_deleted_meanwhile_is_not_brought_back(store, tmp_path):
    keeping = Keeping(store, "first_steps", {})
    keeping.keep(repetition(0), None)
    store.remove(store.person)
    keeping.keep(repetition(1), None)
    keeping.end("done", 9.0, {}, None)
    assert "deleted" in keeping.unsaved
    assert isinstance(keeping.error, StoreError)
    assert store.people() == []
