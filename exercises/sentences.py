"""Sentences that are said with numbers in them, known again from what was said."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import TypeVar

_Name = TypeVar("_Name", bound=str)


def known_again(said: str, sentences: Mapping[_Name, str]) -> tuple[_Name, dict[str, str]] | None:
    """Which of some sentences was said, and with which parts.

    Parameters
    ----------
    said : str
        A whole sentence.
    sentences : mapping of str to str
        Sentences by their names, their parts in braces; a part is one word or number.

    Returns
    -------
    tuple of str and dict, or None
        The sentence's name, and its parts by theirs; None if it is none of them.
    """
    for name, sentence in sentences.items():
        found = _pattern(sentence).fullmatch(said)
        if found:
            return name, found.groupdict()
    return None


@functools.cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[\\w.]+)", re.escape(sentence)))
