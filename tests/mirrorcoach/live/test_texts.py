"""Every language says everything, and nothing is said that no page uses."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import mirrorcoach.live
from exercises import library
from mirrorcoach.live import texts

LIVE = Path(mirrorcoach.live.__file__).parent
FORBIDDEN = {
    "en": r"harder|bigger|wrong|fail\w*|bad|lazy|weak\w*|must|try again|missed|streaks?|normal",
    "fr": r"plus (fort|grand)|faux|échou\w*|échec|mauvais\w*|paresseu\w*|faible\w*|devez|raté",
}
"""Words that push or blame (the design's list; French ones alike)."""


def parts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def used() -> set[str]:
    """Every text that is asked for in the code, by name or by the beginning of its name."""
    found: set[str] = set()
    for file in LIVE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


@pytest.mark.parametrize("language", library.languages())
def test_every_language_says_the_same_things_with_the_same_parts(language: str) -> None:
    english, other = texts.load("en"), texts.load(language)
    assert other.names == english.names
    for name in english.names:
        assert parts_of(other._texts[name]) == parts_of(english._texts[name]), name


@pytest.mark.parametrize("language", library.languages())
def test_no_text_pushes_blames_or_shouts(language: str) -> None:
    for name in texts.load(language).names:
        text = texts.load(language)._texts[name]
        assert "!" not in text, (name, text)
        assert not re.search(rf"\b({FORBIDDEN[language]})\b", text.lower()), (name, text)


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    known, asked = texts.load("en").names, used()
    pages = {name.partition(".")[0] for name in known}
    pattern = re.compile(rf"({'|'.join(sorted(pages))})\.[a-z0-9_]+")
    for name in asked:
        if pattern.fullmatch(name):
            assert (
                name in known
                or f"{name}{texts.ONE}" in known
                or any(one.startswith(f"{name}") for one in known)
            ), f"{name} is asked for and not there"
    begins = tuple(name for name in asked if "." in name and len(name) > 2)
    for name in known:
        whole = re.sub(rf"({texts.ONE}|{texts.OTHER})$", "", name)
        assert whole in asked or name.startswith(begins), f"{name} is never said"


def test_a_number_has_its_form() -> None:
    english = texts.Texts("en", {"a.b_one": "{n} day", "a.b_other": "{n} days"})
    french = texts.Texts("fr", {"a.b_one": "{n} jour", "a.b_other": "{n} jours"})
    assert [english.count("a.b", n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [french.count("a.b", n) for n in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]


def test_a_language_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match=r"does not speak 'xx'\. It speaks: en, fr"):
        texts.load("xx")
