"""Words of the history in the terminal, a file for each language."""

from __future__ import annotations

import functools
import sys
from importlib.resources import files

from mirrorcoach.live.texts import Texts

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@functools.cache
def load(language: str) -> Texts:
    """All of them in a language that the window speaks as well."""
    file = files(__name__).joinpath(f"{language}.toml")
    return Texts(language, tomllib.loads(file.read_text(encoding="utf-8")))
