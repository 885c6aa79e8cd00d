from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import kept_people
import pytest
from pydantic import ValidationError

from mirrorcoach.records.document import (
    CoursesEntry,
    KeptPractice,
    PersonEntry,
    PracticeEntry,
    json_pieces,
    kept_practice,
    notes_of,
    person_entry,
    practice_entry,
    practice_record,
    schema,
    totals_of,
)

DOCS = Path(__file__).resolve().parents[3] / "docs"


def whole(practices=kept_people.PRACTICES):
    person = person_entry(kept_people.ANNA, kept_people.NOTES, kept_people.TOTALS)
    pieces = json_pieces(
        person, map(practice_entry, practices), made_at=kept_people.NOW, anonymous=False
    )
    return json.loads("".join(pieces))


def read(content):
    return PracticeEntry.model_validate_json(json.dumps(content))


def entry(kept=kept_people.FULL):
    return json.loads(practice_entry(kept).model_dump_json())


@pytest.mark.parametrize("kept", kept_people.PRACTICES, ids=lambda one: one.record.programme)
def test_a_practice_comes_back_the_same(kept):
    written = practice_entry(kept).model_dump_json()
    record = practice_record(PracticeEntry.model_validate_json(written), kept.record.number)
    for name, value in vars(kept.record).items():
        assert getattr(record, name) == value, name
    again = kept_practice(record, CoursesEntry.model_validate_json(written))
    assert again.traces == kept.traces and again.outlines == kept.outlines


def test_a_person_comes_back_the_same():
    given = person_entry(kept_people.ANNA, kept_people.NOTES, kept_people.TOTALS)
    again = PersonEntry.model_validate_json(given.model_dump_json())
    assert again.profile == kept_people.ANNA
    assert notes_of(again) == list(kept_people.NOTES)
    assert totals_of(again) == list(kept_people.TOTALS)


def test_the_document_fits_the_schema_in_the_docs():
    described = json.loads((DOCS / "records.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(whole(), described, format_checker=jsonschema.FormatChecker())
    jsonschema.validate(whole([]), described)
    assert described == schema()


def test_repetitions_are_as_score_json_has_them():
    score = json.loads((DOCS / "score.schema.json").read_text(encoding="utf-8"))
    described = {**score["$defs"]["repetition"], "$defs": score["$defs"]}
    for one in whole()["practices"]:
        for repetition in one["repetitions"]:
            jsonschema.validate(repetition, described)


def test_times_are_utc_and_what_is_not_known_is_null():
    first, cut_off, _ = whole()["practices"]
    assert first["started_at"] == "2026-03-02T07:30:00+00:00"
    assert cut_off["ended_at"] is None and cut_off["rest"] is None
    assert first["traces"][2] is None


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": "2026-03-02T07:30:00"},
        {"started_at": 1.0},
        {"practised_s": -1.0},
        {"felt": "great"},
        {"surprise": 1},
        {"provenance": "x"},
        {"provenance": {"scoring": "two"}},
        {"quality": {"refused": [{"seconds": 1}]}},
        {"rest": {"scale": {}}},
        {"rest": {"asymmetry": {"reasons": []}}},
        {"traces": [None]},
        {"repetitions": [{"exercise": "smile_closed"}], "traces": []},
        {"outlines": [{"exercise": None, "curves_mm": {"oval": [[1.0]]}}]},
        {"answers": [{"exercise": "pucker", "question": "why", "answer": True}]},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(change):
    with pytest.raises(ValidationError):
        read({**entry(), **change})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exercise", "Smile!"),
        ("index", 1),
        ("index", "0"),
        ("index", -1),
        ("start_s", "12"),
        ("left", None),
        ("symmetry_interval", [0.1]),
        ("quiet", [{"region": "eye"}]),
        ("reasons", "because"),
    ],
)
def test_a_repetition_that_would_break_the_history_is_refused(name, value):
    content = entry()
    content["repetitions"][0][name] = value
    with pytest.raises(ValidationError):
        read(content)


def test_what_a_later_score_adds_is_kept():
    more = {**kept_people.repetition(0), "later": {"x": [1, None]}}
    kept = KeptPractice(replace(kept_people.LED.record, repetitions=(more,)))
    assert practice_record(read(entry(kept)), 3).repetitions == (more,)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_what_is_no_number_is_no_number_here(number):
    text = json.dumps(entry()).replace('"path_agreement": 0.98', f'"path_agreement": {number}')
    assert number in text
    with pytest.raises(ValidationError):
        PracticeEntry.model_validate_json(text)


def test_a_trace_with_one_side_longer_is_refused():
    content = entry()
    content["traces"][0]["left"].append(1.0)
    with pytest.raises(ValidationError, match="as many values"):
        read(content)
