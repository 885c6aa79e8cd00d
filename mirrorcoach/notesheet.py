"""The therapist's note sheet of one score."""

from __future__ import annotations

from pathlib import Path

from exercises.scales import markdown
from mirrorcoach.scorefile import read_score
from mirrorcoach.summary import AID


def note_sheet_of(path: Path) -> str:
    """Markdown of the note sheet.

    Parameters
    ----------
    path : Path
        A ``score.json``.

    Raises
    ------
    InputError
        If it cannot be read, or is something else.
    """
    with read_score(path) as score:
        return f"{markdown(score)}\n{AID}"
