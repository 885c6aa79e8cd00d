"""What is kept comes back: the same in a file and on a server."""

import json
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json
from sqlalchemy import event

from exercises.score import VERSION
from mirrorcoach.errors import StoreError
from mirrorcoach.profile import Profile
from mirrorcoach.records import practices_kept, tables
from mirrorcoach.records.practices import Answer, Note, Outline, Person, Total, Trace
from mirrorcoach.records.store import Store

TRACE = Trace(11.5, 12.5, "mm", (0.0, 1.25, None, 6.04), (0.0, -0.1, 0.5, 3.11))
LIDS = Trace(20.0, 12.5, "share", (0.0, 0.5, 1.0), (None, 0.25, 0.999))
REST = Outline(None, {"oval": ((0.0, 60.1), (-64.9, 0.0)), "nose": ((0.0, -10.0),)})
SMILE = Outline("smile_open", {"lips_outer": ((-24.0, -58.1),)})


@pytest.fixture
def store(place):
    with Store.open(place) as store:
        yield store


def repetition(index, start_s=0.0, end_s=9.0):
    return {"index": index, "exercise": "pucker", "start_s": start_s, "end_s": end_s}


# Practices


def test_a_store_is_new_until_a_practice_was_kept(store):
    assert store.is_new
    store.begin("first_steps", {})
    assert not store.is_new


def test_all_that_was_said_and_done_in_a_practice_comes_back(place):
    before = datetime.now().astimezone().replace(microsecond=0)
    rest = {"frames": 60, "scale": {"method": "iris"}}
    with Store.open(place) as store:
        number = store.begin("synkinesis", {"mirrorcoach": "0"})
        store.keep(number, {"index": 0, "start_s": 1.0, "end_s": 2.0, "symmetry": None})
        store.answer(number, "cheek_puff", "even", True)
        store.answer(number, "vowels", "neck", None)
        store.end(number, "tired", 61.5, quality={"usable_ratio": 0.9}, rest=rest)
        store.felt(number, "light")
        store.felt(number, "tired")
        store.begin("flaccid", {})
    with Store.open(place) as store:
        first, second = store.practices()
    assert first.number == number
    assert before <= first.started_at <= datetime.now().astimezone()
    assert first.started_at.utcoffset() == before.utcoffset()
    assert first.programme == "synkinesis"
    assert first.repetitions == ({"index": 0, "start_s": 1.0, "end_s": 2.0, "symmetry": None},)
    assert first.answers == (
        Answer("cheek_puff", "even", True),
        Answer("vowels", "neck", None),
    )
    assert (first.felt, first.ending, first.practised_s) == ("tired", "tired", 61.5)
    assert (first.quality, first.rest) == ({"usable_ratio": 0.9}, rest)
    assert first.provenance["mirrorcoach"] == "0"
    assert first.scoring == VERSION
    assert (second.repetitions, second.answers, second.felt, second.ending) == ((), (), None, None)
    assert (second.quality, second.rest) == (None, None)
    assert second.practised_s == 0.0 and not second.happened


def test_a_repetition_is_there_once_however_often_it_is_kept(store):
    number, other = store.begin("first_steps", {}), store.begin("first_steps", {})
    for _ in range(3):
        store.keep(number, repetition(0), TRACE)
    store.keep(number, repetition(1))
    store.keep(other, repetition(0))
    assert store.repetitions(number) == [repetition(0), repetition(1)]
    assert store.traces(number) == [TRACE, None]
    with pytest.raises(ValueError, match="another repetition with the index 1"):
        store.keep(number, repetition(1, end_s=5.0))
    assert store.repetitions(number) == [repetition(0), repetition(1)]


def test_repetitions_without_an_index_follow_each_other(store):
    number = store.begin("first_steps", {})
    for end_s in (3.0, 5.0, 4.0):
        store.keep(number, {"end_s": end_s})
    assert [one["end_s"] for one in store.repetitions(number)] == [3.0, 5.0, 4.0]


def test_courses_and_contours_come_back(place):
    with Store.open(place) as store:
        number = store.begin("first_steps", {})
        for index, trace in enumerate((TRACE, None, LIDS)):
            store.keep(number, repetition(index), trace)
        store.keep_outline(number, SMILE)
        store.keep_outline(number, REST)
        store.keep_outline(number, SMILE)
    with Store.open(place) as store:
        assert store.traces(number) == [TRACE, None, LIDS]
        assert store.outlines(number) == [REST, SMILE]
        assert store.traces(number + 1) == []
        assert store.outlines(number + 1) == []


def test_a_practice_that_was_never_begun_cannot_be_changed(store):
    with pytest.raises(LookupError, match="7"):
        store.end(7, "done", 1.0)
    with pytest.raises(StoreError, match="does not belong to anybody"):
        store.keep(7, repetition(0))


def test_the_minutes_of_a_day_are_those_between_first_and_last_repetition(store):
    today = datetime.now().date()
    assert store.practised_s(today) == 0.0
    for repetitions in ([(5.0, 9.0), (20.0, 65.0)], [(100.0, 130.0)], []):
        number = store.begin("first_steps", {})
        for index, (start_s, end_s) in enumerate(repetitions):
            store.keep(number, repetition(index, start_s, end_s))
    assert store.practised_s(today) == 60.0 + 30.0
    assert store.practised_s(today - timedelta(days=1)) == 0.0
    assert store.practised_s(today + timedelta(days=1)) == 0.0


def test_a_practice_that_was_only_led_counts_toward_the_minutes_of_the_day(store):
    today = datetime.now().date()
    led, scored = store.begin("flaccid", {}), store.begin("first_steps", {})
    store.end(led, "done", 240.0)
    store.keep(scored, repetition(0, 5.0, 65.0))
    assert store.practised_s(today) == 240.0 + 60.0
    store.end(scored, "ended", 45.0)
    assert store.practised_s(today) == 240.0 + 45.0


def test_a_day_begins_and_ends_at_midnight_of_this_computer(store):
    day = date(2026, 3, 29)  # the clocks of Europe go forward
    midnight = datetime(2026, 3, 29).astimezone()
    for at, minutes in (
        (midnight - timedelta(seconds=1), 1.0),
        (midnight, 2.0),
        (datetime(2026, 3, 29, 23, 59, 59).astimezone(), 4.0),
        (datetime(2026, 3, 30).astimezone(), 8.0),
    ):
        store.end(store.begin("flaccid", {}, at), "done", minutes)
    assert store.practised_s(day) == 6.0
    assert [one.day == day for one in store.practices()] == [False, True, True, False]


def test_a_clock_that_was_set_back_loses_and_reorders_nothing(store, monkeypatch):
    clock = iter(
        datetime(2026, 5, 10, 8, tzinfo=timezone.utc) + timedelta(days=days)
        for days in (0, 0, -3000, -3001, 1, 1)
    )
    monkeypatch.setattr(practices_kept, "now", lambda: next(clock))
    for index in range(3):
        number = store.begin("first_steps", {})
        store.keep(number, repetition(index))
        store.end(number, "done", 60.0)
    found = store.practices()
    assert [one.repetitions[0]["index"] for one in found] == [0, 1, 2], "as they were done"
    assert [one.number for one in found] == sorted(one.number for one in found)
    assert [one.day.year for one in found] == [2026, 2018, 2026], "the day that the clock told"
    assert [one.practised_s for one in found] == [60.0] * 3
    assert store.practised_s(found[1].day) == 60.0


CHANGES = {
    "begun": lambda store, number: store.begin("flaccid", {}),
    "kept": lambda store, number: store.keep(number, repetition(7)),
    "answered": lambda store, number: store.answer(number, "vowels", "neck", None),
    "over": lambda store, number: store.end(number, "done", 61.5, quality={"usable_ratio": 0.9}),
    "felt": lambda store, number: store.felt(number, "light"),
    "taken back": lambda store, number: store.take_back(number),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_since_it_was_read_is_read_anew_and_nothing_else(place, change):
    with Store.open(place) as store:
        long_over = store.begin("first_steps", {})
        store.keep(long_over, repetition(0))
        store.end(long_over, "done", 60.0)
        going_on = store.begin("first_steps", {})
        store.keep(going_on, repetition(0))
        known = store.practices()
        with Store.open(place) as other_window:
            CHANGES[change](other_window, going_on)
        found = store.practices(known)
        assert found == store.practices() != known
        assert found[0] is known[0]


def test_what_was_read_of_one_person_is_nobody_elses(place):
    with Store.open(place) as store:
        ada, ben = store.add(Profile(name="Ada")), store.add(Profile(name="Ben"))
        for number in (ada, ben):
            store.turn_to(number)
            store.keep(store.begin("first_steps", {}), repetition(number))
        of_ben = store.practices()
        store.turn_to(ada)
        assert store.practices(of_ben) == store.practices()
        assert [one.repetitions[0]["index"] for one in store.practices(of_ben)] == [ada]


def test_a_practice_kept_elsewhere_is_restored_as_it_was(store, tmp_path):
    with Store.open(tmp_path / "elsewhere") as elsewhere:
        for _ in range(2):
            number = elsewhere.begin("synkinesis", {}, datetime(2025, 1, 2, tzinfo=timezone.utc))
        elsewhere.keep(number, repetition(0), TRACE)
        elsewhere.answer(number, "vowels", "neck", False)
        elsewhere.end(number, "done", 33.0, quality={"usable_ratio": 1.0})
        elsewhere.felt(number, "light")
        elsewhere.keep_outline(number, REST)
        record = elsewhere.practices()[-1]
        traces, outlines = elsewhere.traces(number), elsewhere.outlines(number)
    here = store.restore(record, traces, outlines)
    (found,) = store.practices()
    assert found.number == here
    assert vars(found) | {"number": number} == vars(record)
    assert (store.traces(here), store.outlines(here)) == (traces, outlines)


def test_a_long_practice_is_restored_with_as_few_statements_as_a_short_one(store):
    said = []
    event.listen(store._engine, "before_cursor_execute", lambda *more: said.append(more[2]))

    def restored(count):
        number = store.begin("first_steps", {})
        for index in range(count):
            store.keep(number, repetition(index), TRACE)
            store.answer(number, "vowels", "neck", None)
        record = store.practices()[-1]
        said.clear()
        store.restore(record, [TRACE] * count, [REST, SMILE])
        return list(said)

    assert restored(2) == restored(9)


def test_of_two_contours_of_an_exercise_the_latter_is_restored(store):
    store.begin("first_steps", {})
    here = store.restore(store.practices()[0], (), [SMILE, REST, Outline("smile_open", {})])
    assert store.outlines(here) == [REST, Outline("smile_open", {})]


def test_a_practice_that_cannot_be_restored_whole_is_not_there_at_all(store):
    number = store.begin("first_steps", {})
    store.keep(number, repetition(0))
    (record,) = store.practices()
    with pytest.raises(ValueError):
        store.restore(record, [TRACE, TRACE])
    assert len(store.practices()) == 1


# People


def test_there_is_nobody_until_something_is_kept(place):
    with Store.open(place) as store:
        assert store.people() == []
        assert store.profile() == Profile()
        assert store.practices() == store.notes() == store.totals() == []
        store.begin("first_steps", {})
        assert store.people() == [Person(store.person, Profile())]


def test_there_is_no_profile_until_one_is_kept_and_then_the_latest(place):
    with Store.open(place) as store:
        assert store.profile() == Profile()
        store.keep_profile(Profile(name="Zoé", affected="left"))
        store.keep_profile(store.profile().with_setting("text_percent", 200))
        assert store.is_new
    with Store.open(place) as store:
        assert store.profile() == Profile(name="Zoé", affected="left").with_setting(
            "text_percent", 200
        )


def test_everything_belongs_to_one_person(place):
    with Store.open(place) as store:
        ada, ben = store.add(Profile(name="Ada")), store.add(Profile(name="Ben"))
    for number, minutes in ((ada, 60.0), (ben, 90.0)):
        with Store.open(place, number) as store:
            assert store.is_new
            practice = store.begin("first_steps", {})
            store.keep(practice, repetition(number))
            store.end(practice, "done", minutes)
            store.add_note(f"of {number}")
            store.add_total("FaCE", float(number), date(2026, 5, 1))
    with Store.open(place) as store:
        assert store.person == ada, "the first one"
        for number, name, minutes in ((ada, "Ada", 60.0), (ben, "Ben", 90.0)):
            store.turn_to(number)
            assert store.person == number
            assert store.profile().name == name
            (record,) = store.practices()
            assert record.repetitions == (repetition(number),)
            assert store.practised_s(record.day) == minutes
            assert [one.text for one in store.notes()] == [f"of {number}"]
            assert [one.value for one in store.totals()] == [float(number)]
        assert store.counted() == {ada: 1, ben: 1}
        store.keep_profile(Profile(name="Benjamin"))
        assert [one.profile.name for one in store.people()] == ["Ada", "Benjamin"]


def test_nobody_can_be_turned_to_who_is_not_there(place):
    with Store.open(place) as store:
        store.keep_profile(Profile(name="Ada"))
        with pytest.raises(LookupError, match="9"):
            store.turn_to(9)
        assert store.profile().name == "Ada"
    with pytest.raises(LookupError, match="9"):
        Store.open(place, who=9)


def test_a_person_who_is_removed_leaves_nothing_and_their_number_is_not_given_again(store):
    ada, ben = store.add(Profile(name="Ada")), store.add(Profile(name="Ben"))
    for number in (ada, ben):
        store.turn_to(number)
        practice = store.begin("first_steps", {})
        store.keep(practice, repetition(0), TRACE)
        store.answer(practice, "vowels", "neck", True)
        store.keep_outline(practice, REST)
        store.add_note("a note")
        store.add_total("FaCE", 60.0, date(2026, 5, 1))
    assert store.remove(ben)
    assert [one.number for one in store.people()] == [ada]
    assert store.practices() == []
    with store._reading() as connection:
        for table in tables.METADATA.sorted_tables:
            assert len(connection.execute(table.select()).all()) == 1, table.name
    assert store.add(Profile(name="Cleo")) > ben
    with pytest.raises(LookupError):
        store.remove(ben)


def test_who_was_deleted_in_another_window_is_not_brought_back(place):
    with Store.open(place) as one:
        one.keep_profile(Profile(name="Ada"))
        with Store.open(place) as other:
            number = other.begin("first_steps", {})
            one.remove(one.person)
            with pytest.raises(StoreError, match="deleted"):
                other.keep_profile(Profile(name="Ada"))
            with pytest.raises(StoreError, match="deleted"):
                other.keep(number, repetition(0))
            with pytest.raises(StoreError, match="deleted"):
                other.begin("first_steps", {})
        assert one.people() == []


# Notes and totals


def test_notes_come_back_in_their_order_until_they_are_deleted(store):
    before = datetime.now().astimezone().replace(microsecond=0)
    first = store.add_note("Botulinum toxin soon.", by="Dr Ilse Óg")
    second = store.add_note("Slept badly.")
    found = store.notes()
    assert found[0] == Note(first, found[0].at, "Botulinum toxin soon.", "Dr Ilse Óg")
    assert (found[1].number, found[1].by) == (second, "")
    assert before <= found[0].at <= datetime.now().astimezone()
    store.delete_note(first)
    assert [one.number for one in store.notes()] == [second]
    with pytest.raises(LookupError, match=str(first)):
        store.delete_note(first)


def test_totals_come_back_by_day_until_they_are_deleted(store):
    late = store.add_total("FaCE", 61.5, date(2026, 6, 1))
    early = store.add_total("FDI physical", 70.0, date(2026, 1, 1))
    assert store.totals() == [
        Total(early, date(2026, 1, 1), "FDI physical", 70.0),
        Total(late, date(2026, 6, 1), "FaCE", 61.5),
    ]
    store.delete_total(late)
    assert [one.number for one in store.totals()] == [early]


def test_nobody_deletes_what_is_anothers(store):
    note, total = store.add_note("mine"), store.add_total("SAQ", 30.0, date(2026, 1, 1))
    store.turn_to(store.add(Profile(name="Ben")))
    with pytest.raises(LookupError):
        store.delete_note(note)
    with pytest.raises(LookupError):
        store.delete_total(total)


# Both


def test_two_windows_can_keep_at_once(place):
    with Store.open(place) as one, Store.open(place) as other:
        first, second = one.begin("first_steps", {}), other.begin("flaccid", {})
        one.keep(first, repetition(0, 0.0, 5.0))
        other.keep_profile(Profile(name="Anna"))
        one.end(first, "done", 5.0)
        assert [done.number for done in other.practices()] == [first, second]
        assert one.profile().name == "Anna"


def test_no_picture_has_a_place_in_the_store_and_a_name_only_where_a_person_is():
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


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_the_fast_reader_reads_what_the_usual_one_wrote(value):
    assert from_json(json.dumps(value)) == json.loads(json.dumps(value)) == value
