"""Finds English in a page that speaks another language."""

import re
from collections.abc import Iterator

from exercises import library
from mirrorcoach.live import texts as window
from mirrorcoach.records.report import speech

COMMON = r"\b(the|of|and|was|were|is|not|with|than|from|by|side|left|right|measured)\b"
"""Words in nearly every English sentence that are no words of another language we speak."""


def leaves(of, name="") -> Iterator[tuple[str, str]]:
    """Every text below a model, a mapping or a list, by where it stands."""
    if isinstance(of, str):
        yield name, of
    elif hasattr(of, "model_dump"):
        yield from leaves(of.model_dump(), name)
    elif isinstance(of, dict):
        for key, one in of.items():
            yield from leaves(one, f"{name}.{key}")
    elif isinstance(of, list | tuple):
        for place, one in enumerate(of):
            yield from leaves(one, f"{name}.{place}")


def everything(language) -> dict[str, str]:
    """Every text that a report or a note sheet may say in a language."""
    return dict(
        leaves(
            {
                "words": library.words(language),
                "sheet": library.sheet_words(language),
                "window": window.load(language)._texts,
                "report": speech._own(language)._texts,
            }
        )
    )


def english_in(page: str, language: str) -> list[str]:
    """What of a page is English: our own sentences, told from their translation, and words.

    Parameters
    ----------
    page : str
        Its text; kinds of blanks do not matter.
    language : str
        Which it should speak.
    """
    seen, theirs = " ".join(page.split()), everything(language)
    ours = [one for name, one in everything("en").items() if one != theirs.get(name)]
    return [
        *(one for one in dict.fromkeys(ours) if is_said(one, seen)),
        *dict.fromkeys(re.findall(COMMON, seen, re.IGNORECASE)),
    ]


def is_said(text: str, page: str) -> bool:
    """Whether a text stands in a page."""
    pattern = pattern_of(text)
    return bool(pattern) and re.search(pattern, page) is not None


def pattern_of(text: str) -> str:
    """A pattern for a text with whatever stands in its braces; empty if it has hardly a letter."""
    pieces = re.split(r"\{\w+\}", re.sub(r"\s", " ", text))
    if len(re.findall(r"[^\W\d_]", "".join(pieces))) < 4:
        return ""
    pattern = r".{1,60}?".join(map(re.escape, pieces))
    return rf"(?<!\w){pattern}(?!\w)"
