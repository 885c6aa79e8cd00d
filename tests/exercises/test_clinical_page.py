"""``docs/clinical.md`` says of each exercise what its file says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exercises import library

PAGE = Path(__file__).resolve().parent.parent.parent / "docs/clinical.md"
STAGES = {"flaccid": "F", "paresis": "P", "synkinesis": "S"}
JUDGED = {"measured": "measured", "low_confidence": "low confidence", "never": "never"}


def rows() -> dict[str, list[str]]:
    text = PAGE.read_text(encoding="utf-8").partition("## Which exercises")[2].partition("\n- ")[0]
    found = [re.split(r"\s*\|\s*", line.strip("| ")) for line in text.splitlines() if "| `" in line]
    return {cells[0].strip("`"): cells[1:] for cells in found}


def test_the_page_lists_every_exercise_once() -> None:
    assert sorted(rows()) == sorted(library.exercises())


@pytest.mark.parametrize("name", sorted(library.exercises()))
def test_a_row_says_what_the_file_says(name: str) -> None:
    exercise, words = library.exercises()[name], library.words()
    muscles, branches, stages, moves, quiet, judged, asked = rows()[name]
    assert muscles == (", ".join(exercise.muscles) or "-")
    assert branches == (" ".join(one[0].upper() for one in exercise.branches) or "-")
    assert stages == (" ".join(STAGES[one] for one in exercise.stages) or "-")
    assert judged == JUDGED[exercise.scoring]
    assert asked == (", ".join(exercise.asks) or "-")
    still = dict.fromkeys(words.region[one.region] for one in exercise.quiet)
    assert quiet == (", ".join(still) or "-")
    if exercise.wanted is not None:
        way = exercise.wanted.direction.replace("_", " and ")
        size = f"{exercise.wanted.target_mm:g} mm"
        assert moves == f"{words.region[exercise.wanted.region]} {way}, {size}"
