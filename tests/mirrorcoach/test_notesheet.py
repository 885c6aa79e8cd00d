"""The note sheet as a command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from english import english_in, everything, pattern_of
from whole_score import known, whole_score

from exercises import library
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


def pages(folder: Path, language: str) -> str:
    """The sheets of a score with everything in it, of one with nothing, and of a resting face."""
    whole = whole_score()
    at_rest = {name: known(1.5) for name in whole["rest"]["asymmetry"]} | {"reasons": []}
    scores = (whole, SCORE | {"affected": None}, SCORE | {"rest": {"asymmetry": at_rest}})
    return "\n".join(note_sheet_of(written(folder, one), language) for one in scores)


@pytest.mark.parametrize("language", library.languages())
def test_a_sheet_speaks_one_language(tmp_path: Path, language: str) -> None:
    page = pages(tmp_path, language)
    assert "{" not in page
    if language == "en":
        assert len(english_in(page, "fr")) > 90
    else:
        assert english_in(page, language) == []
        strayed = page + "The head was turned: look straight into the mirror."
        assert "The head was turned: look straight into the mirror." in english_in(
            strayed, language
        )


@pytest.mark.parametrize("language", library.languages())
def test_everything_that_a_sheet_can_say_is_said_somewhere(tmp_path: Path, language: str) -> None:
    page = " ".join(pages(tmp_path, language).split())
    own = {name: text for name, text in everything(language).items() if ".sheet." in name}
    own = {name: text for name, text in own.items() if pattern_of(text)}
    assert len(own) > 45
    assert [name for name, text in own.items() if not re.search(pattern_of(text), page)] == []


def test_the_sheet_ends_with_what_it_is_not_in_its_language(tmp_path: Path) -> None:
    page = note_sheet_of(written(tmp_path, SCORE), "fr")
    assert page.startswith("# Feuille de notes\n\n- Enregistrement\u00a0: monday.mp4\n")
    assert page.endswith("elle ne diagnostique pas, ne note pas et ne soigne pas.")


def test_a_sentence_of_another_version_stays_as_it_is(tmp_path: Path) -> None:
    unknown = SCORE | {"quality": {"refused": [], "remarks": ["Something new."]}}
    assert "\n- Something new.\n" in note_sheet_of(written(tmp_path, unknown), "fr")


def test_the_command_asks_for_a_language_as_others_do(tmp_path: Path, run_cli: Any) -> None:
    path = written(tmp_path, whole_score())
    done = run_cli("notesheet", path, "--language", "fr", env={"PYTHONIOENCODING": "utf-8"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == note_sheet_of(path, "fr") + "\n"
    plain = run_cli("notesheet", path, "--language", "fr", env={"PYTHONIOENCODING": "ascii"})
    assert plain.stdout.isascii() and "?" not in plain.stdout
    assert "ouverture modifiee de -30 % (-34 a -26)" in plain.stdout
    refused = run_cli("notesheet", path, "--language", "xx")
    assert refused.returncode == 2 and refused.stdout == ""
    assert "no words for the language 'xx'. There are: en, fr." in refused.stderr


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
