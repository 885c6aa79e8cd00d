from __future__ import annotations

import csv
import json
import stat
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import jsonschema
import kept_people
import pytest
from test_receiving import PICTURE, anna

from mirrorcoach import outfile
from mirrorcoach.errors import InputError, StoreError
from mirrorcoach.records.exporting import export_fhir, export_json, export_sheets, export_whole
from mirrorcoach.records.kept import Kept
from mirrorcoach.records.sheets import COLUMNS
from mirrorcoach.records.store import Store

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    return anna(tmp_path_factory.mktemp("kept") / "there")


@pytest.fixture
def store(there):
    with Store.open(there) as store:
        yield store


def private(path):
    return sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_json_of_everything_fits_its_schema(store, tmp_path):
    path = tmp_path / "anna.json"
    export_json(Kept(store), path, kept_people.NOW)
    content = json.loads(path.read_text(encoding="utf-8"))
    described = json.loads((DOCS / "records.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(content, described)
    assert content["profile"]["name"] == "Anna Müller"
    assert [len(one["repetitions"]) for one in content["practices"]] == [4, 1, 0]
    assert private(path)


def test_csv_of_everything_is_a_folder_of_tables(store, tmp_path):
    export_sheets(Kept(store), tmp_path / "anna")
    found = {}
    for path in (tmp_path / "anna").iterdir():
        assert private(path)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # how spreadsheets know accents
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    assert set(found) == set(COLUMNS)
    assert len(found["repetitions"]) == 5 and len(found["columns"]) > 90
    assert found["notes"][0]["text"].startswith("'=")
    assert found["notes"][1]["text"] == "Deux lignes\nen français 🙂; '-2 mm"
    assert private(tmp_path / "anna")
    assert [one.name for one in tmp_path.iterdir()] == ["anna"]


def test_fhir_is_one_bundle(store, tmp_path):
    export_fhir(Kept(store), tmp_path / "anna.fhir.json", kept_people.NOW)
    content = json.loads((tmp_path / "anna.fhir.json").read_text(encoding="utf-8"))
    assert content["resourceType"] == "Bundle" and private(tmp_path / "anna.fhir.json")


def test_anonymous_leaves_the_same_out_of_every_form(store, tmp_path):
    kept = Kept(store, anonymous=True)
    export_json(kept, tmp_path / "a.json", kept_people.NOW)
    export_fhir(kept, tmp_path / "a.fhir", kept_people.NOW)
    export_whole(kept, tmp_path / "a.zip", kept_people.NOW)
    export_sheets(kept, tmp_path / "tables")
    written = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(written) == 3 + len(COLUMNS)
    for path in written:
        content = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                content = b"".join([one.encode() + archive.read(one) for one in archive.namelist()])
        for word in ("Anna", "anna", "Müller", "@Bo", "HYPERLINK", "secret", PICTURE):
            assert word.encode() not in content, (path.name, word)
    assert len((tmp_path / "tables" / "outlines.csv").read_text().splitlines()) == 1
    assert len((tmp_path / "tables" / "totals.csv").read_text().splitlines()) == 3


@pytest.mark.parametrize("export", [export_json, export_fhir, export_whole])
def test_no_form_replaces_a_file_unasked_or_leaves_half_of_one(
    store, tmp_path, monkeypatch, export
):
    path = tmp_path / "anna"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="there already"):
        export(Kept(store), path, kept_people.NOW)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outfile.os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        export(Kept(store), path, kept_people.NOW, force=True)
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1
    monkeypatch.undo()
    export(Kept(store), path, kept_people.NOW, force=True)
    assert path.read_bytes() != b"old"


def test_tables_are_all_there_or_none(store, tmp_path, monkeypatch):
    folder = tmp_path / "anna"
    folder.mkdir()
    (folder / "notes.csv").write_text("mine")
    with pytest.raises(InputError, match="holds files already"):
        export_sheets(Kept(store), folder)

    def full(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(outfile.os, "fsync", full)
        for to in (folder, tmp_path / "new"):
            with pytest.raises(InputError, match="No space left"):
                export_sheets(Kept(store), to, force=True)
    assert (folder / "notes.csv").read_text() == "mine"
    assert [one.name for one in tmp_path.rglob("*")] == ["anna", "notes.csv"]
    export_sheets(Kept(store), folder, force=True)
    assert len(list(folder.iterdir())) == len(COLUMNS)
    with pytest.raises(InputError, match="is a file"):
        export_sheets(Kept(store), folder / "notes.csv")
    with pytest.raises(InputError, match="cannot be written"):
        export_sheets(Kept(store), tmp_path / "nowhere" / "anna")


def test_what_another_computer_could_not_take_in_is_said_before_it_is_needed(store, tmp_path):
    kept = Kept(store)
    broken = {**kept_people.repetition(0), "left": None}
    kept.records = [replace(kept.records[2], repetitions=(broken,))]
    with pytest.raises(StoreError, match=r"could not be taken in again.*left"):
        export_whole(kept, tmp_path / "a.zip", kept_people.NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_nobody_has_nothing_to_export_and_stays_one(tmp_path):
    with Store.open(tmp_path) as store:
        with pytest.raises(StoreError, match="nothing to export"):
            Kept(store)
        assert store.people() == []


def test_what_else_lies_beside_the_photographs_stays_there(there, store):
    stray = there / "photographs" / "1" / "notes.txt"
    stray.write_text("mine")
    assert [one.name for one in Kept(store).photographs] == [PICTURE]
    stray.unlink()
