"""The therapist's note sheet of one score."""

from __future__ import annotations

import json
from pathlib import Path

from exercises.scales import markdown
from mirrorcoach.errors import InputError
from mirrorcoach.summary import AID
from mirrorcoach.video.document import SCHEMA


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
    expected = f"Expected a score.json that 'mirrorcoach score' wrote, with schema '{SCHEMA}'."
    try:
        score = json.loads(path.read_text(encoding="utf-8"))
        if score["schema"] == SCHEMA:
            return f"{markdown(score)}\n{AID}"
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}. {expected}") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is not a score. {expected}") from error
    raise InputError(f"{path} has the schema {json.dumps(score['schema'])}. {expected}")
