"""A ``score.json``, read back."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mirrorcoach.errors import InputError
from mirrorcoach.video.document import SCHEMA


@contextlib.contextmanager
def read_score(path: Path) -> Iterator[dict[str, Any]]:
    """Read a score and use it; what turns out to be missing in it meanwhile is told of the file.

    Parameters
    ----------
    path : Path
        A ``score.json``.

    Yields
    ------
    dict
        Its object.

    Raises
    ------
    InputError
        If it cannot be read, or is something else.
    """
    expected = f"Expected a score.json that 'mirrorcoach score' wrote, with schema '{SCHEMA}'."
    try:
        score = json.loads(path.read_text(encoding="utf-8"))
        if score["schema"] != SCHEMA:
            schema = json.dumps(score["schema"])
            raise InputError(f"{path} has the schema {schema}. {expected}")
        yield score
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}. {expected}") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is not a score. {expected}") from error
