from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import kept_people
import pytest

from mirrorcoach.records.sheets import COLUMNS, rows


def tables(practices=kept_people.PRACTICES, **more):
    """Every table as a spreadsheet reads it."""
    profile = more.get("profile", kept_people.ANNA)
    notes = more.get("notes", kept_people.NOTES)
    totals = more.get("totals", kept_people.TOTALS)
    files = {name: io.StringIO(newline="") for name in COLUMNS}
    for name, file in files.items():
        csv.writer(file).writerow(COLUMNS[name])
    for name, row in rows(profile, notes, totals, practices):
        csv.writer(files[name]).writerow(row)
    return {
        name: list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
        for name, file in files.items()
    }


def test_every_row_is_as_wide_as_its_table():
    for table, row in rows(
        kept_people.ANNA, kept_people.NOTES, kept_people.TOTALS, kept_people.PRACTICES
    ):
        assert len(row) == len(COLUMNS[table]), table


def test_every_table_has_something_of_somebody_of_whom_all_was_kept():
    assert all(tables().values())


def test_a_repetition_has_its_numbers_in_named_columns():
    first, _, third, last, _ = tables()["repetitions"]
    assert (first["practice"], first["index"], first["exercise"]) == ("1", "0", "smile_closed")
    assert (first["left_excursion_mm"], first["right_excursion_mm"]) == ("6.0", "3.0")
    assert (first["right_excursion_low_mm"], first["right_excursion_high_mm"]) == ("2.6", "3.4")
    assert first["symmetry"] == "0.5" and first["onset_lag_s"] == "-0.1"
    assert first["measurable"] == "yes" and first["mark_steadiness"] == "0.9"
    assert third["score"] == "80.0"
    assert last["right_excursion_mm"] == "" and last["symmetry"] == ""
    assert last["reasons"] == kept_people.TOO_SMALL


def test_what_an_older_version_did_not_keep_is_empty():
    old = kept_people.repetition(0)
    for name in ("marks", "manner", "returned"):
        del old[name]
    record = replace(kept_people.LED.record, repetitions=(old,))
    (row,) = tables([replace(kept_people.LED, record=record)])["repetitions"]
    assert row["mark_calm"] == "" and row["manner"] == "" and row["returned"] == ""
    assert row["left_excursion_mm"] == "6.0"


def test_a_change_stands_under_its_unit():
    eye, chin, *_ = tables()["quiet"]
    assert (eye["region"], eye["change_ratio"], eye["change_mm"]) == ("eye", "0.1", "")
    assert (chin["region"], chin["change_ratio"], chin["change_mm"]) == ("chin", "", "0.8")
    unknown = tables()["quiet"][6]
    assert unknown["change_ratio"] == unknown["change_ratio_low"] == unknown["flag"] == ""


def test_a_trace_has_a_row_for_each_moment_under_its_unit():
    found = tables()["traces"]
    skin = [one for one in found if one["index"] == "1"]
    assert [one["time_s"] for one in skin] == ["26.0", "26.1", "26.2", "26.3"]
    assert [one["left_mm"] for one in skin] == ["0.0", "0.51", "", "1.0"]
    assert all(one["left_closed_ratio"] == "" for one in skin)
    lids = [one for one in found if one["index"] == "3"]
    assert [one["right_closed_ratio"] for one in lids] == ["0.0", "0.25", "", "0.5"]
    assert not any(one["index"] == "2" for one in found)


def test_the_face_at_rest_has_a_row_for_each_measure():
    found = tables()["resting_face"]
    corner = found[3]
    assert (corner["measure"], corner["value_mm"]) == ("commissure_difference", "-2.0")
    assert (found[4]["measure"], found[4]["value_mm"]) == ("brow_difference", "")
    assert len(found) == 5


def test_a_practice_that_was_cut_off_has_empty_cells():
    cut_off = tables()["practices"][1]
    assert cut_off["ended_at_utc"] == cut_off["usable_ratio"] == cut_off["mm_per_px"] == ""
    assert cut_off["started_at_utc"] == "2026-03-02T12:30:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "  =1+1",
        "\r=1+1",
        "＝1+1",
        "a;=1+1",
        "a,=1+1",
        "a\t=1+1",
        "two lines\n=1+1",
        "x;  @y",
        "a|=cmd",
        "\x00=1+1",
    ],
)
def test_no_text_of_a_person_acts_as_a_formula(text):
    note = replace(kept_people.NOTES[0], text=text, by=text)
    total = replace(kept_people.TOTALS[0], scale=text)
    named = kept_people.ANNA.changed(name=text)
    record = replace(kept_people.LED.record, programme=text)
    found = tables(
        [replace(kept_people.LED, record=record)], profile=named, notes=[note], totals=[total]
    )
    cells = [
        found["notes"][0]["text"],
        found["notes"][0]["by"],
        found["totals"][0]["scale"],
        found["person"][0]["value"],
        found["practices"][0]["programme"],
    ]
    for cell in cells:
        for part in cell.replace("\r", "\n").replace("\n", ";").replace("\t", ";").split(";"):
            for piece in part.replace("|", ",").split(","):
                assert piece.strip()[:1] not in ("=", "+", "-", "@", "＝"), cell


def test_harmless_text_and_numbers_below_nought_stay_as_they_are():
    note = replace(kept_people.NOTES[0], text="3 - 2 = 1, a@b, C++", by="Zoë")
    total = replace(kept_people.TOTALS[0], scale="FDI physical", value=-25.0)
    found = tables(notes=[note], totals=[total])
    assert found["notes"][0]["text"] == "3 - 2 = 1, a@b, C++"
    assert found["totals"][0]["value"] == "-25.0"


def test_every_column_is_explained_in_a_table_of_its_own():
    explained = {(one["table"], one["column"]) for one in tables()["columns"] if one["meaning"]}
    assert explained == {
        (f"{table}.csv", name) for table, names in COLUMNS.items() for name in names
    }


def test_the_page_names_every_table():
    page = (Path(__file__).resolve().parents[3] / "docs" / "exchange.md").read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}.csv`" not in page] == []
