"""The window's own words, a file for each page and language.

What is said to the person during an exercise lives with the exercises.
"""

from __future__ import annotations

import functools
import sys
from importlib.resources import files

from exercises import library

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ONE, OTHER = "_one", "_other"
"""Endings of the two forms of a text that counts something."""


class Texts:
    """All words of the window in one language.

    Attributes
    ----------
    language : str
        Its code.
    """

    def __init__(self, language: str, texts: dict[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, name: str, /, **parts: object) -> str:
        """Words by the name of their file and their own, such as ``home.start``."""
        text = self._texts[name]
        return text.format(**parts) if parts else text

    def count(self, name: str, number: int, /, **parts: object) -> str:
        """Words for a number of things; ``{n}`` in them is the number."""
        singular = number in (0, 1) if self.language == "fr" else number == 1
        return self(f"{name}{ONE if singular else OTHER}", n=number, **parts)

    def decimal(self, number: str) -> str:
        """A number in figures, its decimal sign as the language has it."""
        return number.replace(".", ",") if self.language == "fr" else number

    @property
    def names(self) -> frozenset[str]:
        """Every name there is."""
        return frozenset(self._texts)


@functools.cache
def load(language: str = "en") -> Texts:
    """All words of the window in a language.

    Raises
    ------
    LookupError
        If there is no such language.
    """
    if language not in library.languages():
        known = ", ".join(library.languages())
        raise LookupError(f"The window does not speak '{language}'. It speaks: {known}.")
    folder = files(__name__).joinpath(language)
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        page = file.name.removesuffix(".toml")
        if page != file.name:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            texts |= {f"{page}.{name}": text for name, text in content.items()}
    return Texts(language, texts)
