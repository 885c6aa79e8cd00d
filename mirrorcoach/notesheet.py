"""The therapist's note sheet of one score."""

from __future__ import annotations

from pathlib import Path

from exercises.scales import markdown
from mirrorcoach.records.report.speech import Speech
from mirrorcoach.scorefile import read_score


def note_sheet_of(path: Path, language: str = "en") -> str:
    """Markdown of the note sheet.

    Parameters
    ----------
    path : Path
        A ``score.json``.
    language : str
        Code of a language that there are words for.

    Raises
    ------
    InputError
        If it cannot be read, or is something else.
    """
    say = Speech(language)
    with read_score(path) as score:
        return f"{markdown(score, language, say.sentence)}\n{say.aid}"
