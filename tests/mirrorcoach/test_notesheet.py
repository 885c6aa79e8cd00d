"""The note sheet as a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mirrorcoach.errors import InputError
from mirrorcoach.notesheet import note_sheet_of
from mirrorcoach.summary import AID
from mirrorcoach.video.document import SCHEMA

SCORE = {
    "schema": SCHEMA,
    "source": {"file": "monday.mp4"},
    "affected": "left",
    "rest": None,
    "repetitions": [],
    "quality": {"refused": [], "remarks": []},
}


def written(folder: Path, content: object) -> Path:
    path = folder / "score.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_score_becomes_a_sheet(tmp_path: Path) -> None:
    page = note_sheet_of(written(tmp_path, SCORE))
    assert page.startswith("# Note sheet\n\n- Recording: monday.mp4\n") and page.endswith(AID)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "is not a score"),
        ({}, "is not a score"),
        ("text", "is not a score"),
        ({"schema": "somebody.else/3"}, 'has the schema "somebody.else/3"'),
        ({"schema": SCHEMA}, "is not a score"),
        (SCORE | {"repetitions": [{}]}, "is not a score"),
        (SCORE | {"quality": None}, "is not a score"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, content: object, said: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InputError) as refused:
        note_sheet_of(path)
    assert said in str(refused.value) and "Expected a score.json" in str(refused.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b""])
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "score.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match="is not a score"):
        note_sheet_of(path)


def test_what_score_wrote_is_what_is_printed(scored: Any, run_cli: Any) -> None:
    done = run_cli("notesheet", scored("pucker").folder / "score.json")
    assert done.returncode == 0 and done.stderr == ""
    (row,) = (line for line in done.stdout.splitlines() if "| Lip pucker | left: " in line)
    assert "smaller side by larger side: 0." in row and "1 of 1 repetitions measured" in row
    assert "right eye: aperture changed by -" in done.stdout


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        note_sheet_of(tmp_path / "nowhere.json")
