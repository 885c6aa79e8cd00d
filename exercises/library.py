"""Finds and loads exercises, programmes and words."""

from __future__ import annotations

import functools
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from exercises.schema import Exercise, Programme, Words

if TYPE_CHECKING:
    from importlib.abc import Traversable

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_Model = TypeVar("_Model", bound=BaseModel)


class LibraryError(ValueError):
    """A file says something that cannot be used; the message names file and field."""


def _load(file: Traversable, model: type[_Model]) -> _Model:
    try:
        content: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(f"{file.name} is not valid TOML: {error}") from error
    except ValidationError as error:
        lines = [
            f"{file.name}: {'.'.join(map(str, one['loc']))}: {one['msg']}, got {one['input']!r}"
            for one in error.errors()
        ]
        raise LibraryError("\n".join(lines)) from error


def _folder(name: str, model: type[_Model]) -> dict[str, _Model]:
    entries = sorted(files("exercises").joinpath(name).iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): _load(entry, model)
        for entry in entries
        if entry.name.endswith(".toml")
    }


@functools.cache
def exercises() -> dict[str, Exercise]:
    """All exercises of the catalogue by id.

    Raises
    ------
    LibraryError
        If a file is not valid, or its name is not its exercise's id.
    """
    found = _folder("catalogue", Exercise)
    for name, exercise in found.items():
        if exercise.id != name:
            raise LibraryError(f"{name}.toml: id: expected '{name}', got '{exercise.id}'")
    return found


@functools.cache
def programmes() -> dict[str, Programme]:
    """All programmes by id.

    Raises
    ------
    LibraryError
        If a file is not valid or names an exercise that does not exist.
    """
    found = _folder("programmes", Programme)
    for name, programme in found.items():
        if programme.id != name:
            raise LibraryError(f"{name}.toml: id: expected '{name}', got '{programme.id}'")
        for step in programme.steps:
            if step.exercise not in exercises():
                raise LibraryError(
                    f"{name}.toml: steps: no exercise is called '{step.exercise}'; "
                    f"there are {', '.join(exercises())}"
                )
    return found


@functools.cache
def words(language: str = "en") -> Words:
    """All words of one language.

    Raises
    ------
    LibraryError
        If the file is not valid.
    """
    return _load(files("exercises").joinpath("words").joinpath(f"{language}.toml"), Words)
