"""What is wrong with a file that a person wrote: line, field, what it says, what it may say."""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_Model = TypeVar("_Model", bound=BaseModel)
Place = tuple[str | int, ...]
"""The way to an entry from the top of the file: names of fields and numbers of list items."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where.

    Attributes
    ----------
    line : int
        Counted from 1.
    field : str
        Such as ``steps[2].repetitions``, list items counted from 1; empty for the file itself.
    message : str
        What it says and what was expected, as a sentence.
    """

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """Say line, field and message."""
        field = f", {self.field}" if self.field else ""
        return f"line {self.line}{field}: {self.message}"


def parse(text: str) -> dict[str, Any] | Fault:
    """Read TOML, or say where it stops being TOML.

    Parameters
    ----------
    text : str
        The file's content.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, where = str(error).partition(" (at ")
        found = re.match(r"line (\d+), column (\d+)", where)
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        column = f", column {found[2]}" if found else ", at its end"
        return Fault(line, "", f"this is not TOML{column}: {said[0].lower()}{said[1:]}.")


def check(
    content: dict[str, Any], model: type[_Model], text: str
) -> tuple[_Model | None, list[Fault]]:
    """Hold a file's content against a model.

    Parameters
    ----------
    content : dict
        What was read from the file.
    model : type of BaseModel
        What it should be.
    text : str
        The file itself, for the lines.

    Returns
    -------
    model or None, list of Fault
        The model if nothing is wrong; every fault otherwise, in order of lines.
    """
    try:
        # TOML knows lists and no tuples, and dates, which nothing here is made of.
        return model.model_validate_json(json.dumps(content, default=str)), []
    except ValidationError as error:
        lines, schema = lines_of(text), model.model_json_schema()
        faults, errors = [], error.errors()
        for one in errors:
            place = tuple(part for part in one["loc"] if part != "[key]")
            inner = any(other["loc"][: len(place)] == place != other["loc"] for other in errors)
            if one["type"] == "too_short" and inner:
                continue  # the list is not short: its entries are wrong
            said = _message(one["type"], one["msg"], one["input"], place, schema)
            faults.append(Fault(line_of(lines, place), field_name(place), said))
        return None, sorted(faults, key=lambda fault: fault.line)


def field_name(place: Place) -> str:
    """A place as a person reads it: ``steps[2].repetitions``."""
    name = ""
    for part in place:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


def lines_of(text: str) -> dict[Place, int]:
    """The line on which each entry of a TOML file begins.

    A statement is the shortest run of lines that is TOML by itself, so that the reader of TOML
    itself decides where strings and lists end.

    Parameters
    ----------
    text : str
        A file that is TOML.
    """
    found: dict[Place, int] = {(): 1}
    counts: dict[Place, int] = {}
    table: Place = ()
    rows = text.splitlines()
    start = 0
    while start < len(rows):
        end = start + 1
        while (statement := _parsed("\n".join(rows[start:end]))) is None and end < len(rows):
            end += 1
        if statement:
            header = rows[start].lstrip().startswith("[")
            names = _names(statement, header)
            if header:
                table = ()
                for name in names:
                    table = (*table, name)
                    if table in counts:  # later headers speak of the list's latest item
                        table = (*table, counts[table] - 1)
                if rows[start].lstrip().startswith("[["):
                    if isinstance(table[-1], int):
                        table = table[:-1]
                    found.setdefault(table, start + 1)
                    counts[table] = counts.get(table, 0) + 1
                    table = (*table, counts[table] - 1)
                found.setdefault(table, start + 1)
            else:
                for depth in range(1, len(names) + 1):
                    found.setdefault((*table, *names[:depth]), start + 1)
        start = end
    return found


def line_of(lines: dict[Place, int], place: Place) -> int:
    """The line of an entry, or of the nearest entry around it that is there."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _names(statement: dict[str, Any], header: bool) -> list[str]:
    """The dotted name that one statement speaks of."""
    names: list[str] = []
    inner: Any = statement
    while isinstance(inner, dict) and len(inner) == 1:
        ((name, inner),) = inner.items()
        names.append(name)
        if header and isinstance(inner, list):
            inner = inner[0]
    return names


def _message(kind: str, said: str, got: Any, place: Place, schema: dict[str, Any]) -> str:
    if kind == "missing":
        return f"'{place[-1]}' is missing; expected {_legal(_entry(schema, place), schema)}."
    if kind == "value_error":
        return f"{said.removeprefix('Value error, ')}."
    if kind == "extra_forbidden":
        known = list(_entry(schema, place[:-1]).get("properties", ()))
        hint = did_you_mean(str(place[-1]), known)
        return f"nothing is called '{place[-1]}' here.{hint} There are: {', '.join(known)}."
    shown = json.dumps(got, ensure_ascii=False)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return f"got {shown}; expected {_legal(_entry(schema, place), schema)}."


def _entry(schema: dict[str, Any], place: Place) -> dict[str, Any]:
    """The part of a JSON schema that describes one place."""
    entry = schema
    for part in place:
        entry = entry["items"] if isinstance(part, int) else _named(entry, part)
        entry = next((one for one in entry.get("anyOf", ()) if one.get("type") != "null"), entry)
        if "$ref" in entry:
            entry = schema["$defs"][entry["$ref"].rpartition("/")[2]]
    return entry


def _named(entry: dict[str, Any], name: str) -> dict[str, Any]:
    if name in entry.get("properties", ()):
        found: dict[str, Any] = entry["properties"][name]
        return found
    # An entry of a table whose names are legal values themselves.
    return {**entry.get("additionalProperties", {}), **entry.get("propertyNames", {})}


def _legal(entry: dict[str, Any], schema: dict[str, Any]) -> str:
    """The legal values of an entry, in words."""
    kind = entry.get("type")
    if "enum" in entry:
        names = [f"'{name}'" for name in entry["enum"]]
        return " or ".join([", ".join(names[:-1]), names[-1]])
    if kind in ("integer", "number"):
        noun = "a whole number" if kind == "integer" else "a number"
        if "minimum" in entry:
            return f"{noun} from {entry['minimum']:g} to {entry['maximum']:g}"
        above = f"{noun} above {entry['exclusiveMinimum']:g}"
        return f"{above}, up to {entry['maximum']:g}" if "maximum" in entry else above
    if kind == "array":
        items = _entry(entry, (0,)) if "$ref" not in entry["items"] else {"type": "object"}
        least = " with at least one entry" if entry.get("minItems") else ""
        return f"a list{least}, each {_legal(items, schema)}"
    if kind == "string":
        return "small letters, digits and _ in quotes" if "pattern" in entry else "text in quotes"
    return {"boolean": "true or false"}.get(str(kind), "a table")
