"""Text for a terminal or a pipe that knows only some letters."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable

_INSTEAD = str.maketrans(
    {"•": "o", "’": "'", "«": '"', "»": '"', "œ": "oe", "Œ": "Oe", "−": "-", "\u00a0": " "}
)


def print_lines(lines: Iterable[str]) -> None:
    """Print, in a pipe that takes only some letters as well."""
    for line in lines:
        print(written(line, sys.stdout.encoding or "ascii"))


def written(text: str, encoding: str) -> str:
    """The same text with what an encoding cannot say told in its letters.

    Parameters
    ----------
    text : str
        With any letters.
    encoding : str
        Of where it goes, such as ``ascii``.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        simple = unicodedata.normalize("NFKD", text.translate(_INSTEAD))
        without_marks = "".join(one for one in simple if not unicodedata.combining(one))
        return without_marks.encode(encoding, "replace").decode(encoding)
    return text
