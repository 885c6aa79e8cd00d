"""Finds and loads exercises, programmes, words, safety texts and the note sheet's words."""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from exercises.faults import Fault, Place, check, did_you_mean, field_name, line_of, lines_of, parse
from exercises.schema import (
    PROGRAMME_STAGES,
    Exercise,
    Programme,
    Safety,
    SheetWords,
    Step,
    Words,
)

if TYPE_CHECKING:
    from importlib.abc import Traversable

_Model = TypeVar("_Model", bound=BaseModel)


class LibraryError(ValueError):
    """A file says something that cannot be used; the message names file, line and field.

    Attributes
    ----------
    faults : list of Fault
        Everything that is wrong with the file, in order of lines.
    """

    def __init__(self, name: str, faults: list[Fault]) -> None:
        super().__init__("\n".join(f"{name}, {fault}" for fault in faults))
        self.faults = faults


def _load(file: Traversable, model: type[_Model]) -> _Model:
    text = file.read_text(encoding="utf-8")
    content = parse(text)
    if isinstance(content, Fault):
        raise LibraryError(file.name, [content])
    loaded, faults = check(_with_usual(content), model, text)
    if loaded is None:
        raise LibraryError(file.name, faults)
    return loaded


def _with_usual(content: dict[str, Any]) -> dict[str, Any]:
    """A language's words with its usual prompts filled in where an exercise has none of its own."""
    usual = content.pop("usual", {})
    for one in content.get("exercise", {}).values():
        one.update({name: prompt for name, prompt in usual.items() if name not in one})
    return content


def _folder(name: str, model: type[_Model]) -> dict[str, _Model]:
    folder = files("exercises").joinpath(name)
    return {one: _load(folder.joinpath(f"{one}.toml"), model) for one in _named(name)}


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
        _same_name(name, exercise.id)
    return found


def _same_name(name: str, said: str) -> None:
    if said != name:
        raise LibraryError(f"{name}.toml", [Fault(1, "id", f"got '{said}'; expected '{name}'.")])


@functools.cache
def programmes() -> dict[str, Programme]:
    """All built-in programmes by id.

    Raises
    ------
    LibraryError
        If a file is not valid or asks for what cannot be done.
    """
    folder = files("exercises").joinpath("programmes")
    found = {
        name: _programme(folder.joinpath(f"{name}.toml").read_text("utf-8"), f"{name}.toml")
        for name in _named("programmes")
    }
    for name, programme in found.items():
        _same_name(name, programme.id)
    return found


def read_programme(path: Path) -> Programme:
    """Read a programme that somebody wrote.

    Parameters
    ----------
    path : Path
        A TOML file.

    Raises
    ------
    LibraryError
        If anything in it is wrong; every fault is named at once.
    OSError, UnicodeDecodeError
        If it cannot be read as text.
    """
    return _programme(path.read_text(encoding="utf-8-sig"), str(path))


def _programme(text: str, name: str) -> Programme:
    content = parse(text)
    if isinstance(content, Fault):
        raise LibraryError(name, [content])
    programme, faults = check(content, Programme, text)
    faults += _misfits(content, text)
    if programme is None or faults:
        raise LibraryError(name, sorted(faults, key=lambda fault: fault.line))
    return programme


def _misfits(content: dict[str, Any], text: str) -> list[Fault]:
    """What no field shows by itself: unknown exercises, the wrong stage, too long a practice.

    Read from the raw content, so that these are named together with the faults of single fields.
    """
    found: list[tuple[Place, str]] = []
    stage, purpose = content.get("stage"), content.get("purpose", "daily")
    if stage is None and purpose == "daily":
        known = " or ".join(map(repr, PROGRAMME_STAGES))
        found.append((("stage",), f"a daily programme needs a 'stage'; expected {known}."))
    elif stage is not None and purpose in ("assessment", "photographs"):
        said = "a 'stage' is for daily programmes; leave it out, or give purpose = \"daily\"."
        found.append((("stage",), said))
    steps, seconds = content.get("steps"), 0.0
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, dict) and isinstance(step.get("exercise"), str):
            misfits, step_s = _misfits_of(step, stage)
            found += [(("steps", number, part), said) for part, said in misfits]
            seconds += step_s
    cap = content.get("minutes_cap", Programme.model_fields["minutes_cap"].default)
    if isinstance(cap, int) and seconds > 60 * cap:
        said = (
            f"the steps take {seconds / 60:.1f} minutes, more than minutes_cap = {cap}; leave a "
            "step out, or ask for fewer repetitions."
        )
        found.append((("minutes_cap",), said))
    lines = lines_of(text)
    return [Fault(line_of(lines, place), field_name(place), said) for place, said in found]


def _misfits_of(step: dict[str, Any], stage: Any) -> tuple[list[tuple[str, str]], float]:
    """What is wrong with one step, by its parts; and how long it takes in seconds."""
    catalogue, name = exercises(), step["exercise"]
    if name not in catalogue:
        hint = did_you_mean(name, catalogue)
        said = f"no exercise is called '{name}'.{hint} There are: {', '.join(catalogue)}."
        return [("exercise", said)], 0.0
    exercise, found = catalogue[name], []
    # Maintenance asks for what is also right with synkinesis: nobody is without the risk of it.
    needed = "synkinesis" if stage == "maintenance" else stage
    if stage in PROGRAMME_STAGES and needed not in exercise.stages:
        said = f"is not for stage '{stage}'; it is for {', '.join(exercise.stages)}."
        if not exercise.stages:
            said = "is only measured in assessments, never practised."
        found.append(("exercise", f"'{name}' {said}"))
    given, _ = check(step, Step, "")
    if given is None:
        return found, exercise.length_s
    known = _DOSE_OF[exercise.kind]
    found += [
        (
            part,
            f"'{part}' means nothing for '{name}'; this kind of exercise takes "
            f"{' and '.join(known)}.",
        )
        for part in given.changes
        if part not in known
    ]
    return found, given.applied_to(exercise).length_s


_DOSE_OF = {
    "movement": ("repetitions", "rise_s", "hold_s", "let_go_s", "rest_s", "effort_cap"),
    "rest": ("repetitions", "hold_s"),
    "guided": ("repetitions", "effort_cap"),
}
"""What of the dose a step may change, by kind of exercise."""


def length_s(programme: Programme) -> float:
    """How long a programme's steps take, without what people add by themselves.

    Parameters
    ----------
    programme : Programme
        One whose exercises exist.
    """
    catalogue = exercises()
    return sum(step.applied_to(catalogue[step.exercise]).length_s for step in programme.steps)


def languages() -> tuple[str, ...]:
    """Codes of the languages that have words, such as ``en``, in order."""
    return _named("words")


def _named(folder: str) -> tuple[str, ...]:
    names = (entry.name for entry in files("exercises").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _in_language(folder: str, language: str, model: type[_Model]) -> _Model:
    if language not in _named(folder):
        raise LookupError(
            f"exercises/{folder} does not have the language '{language}'. There are: "
            f"{', '.join(_named(folder))}."
        )
    return _load(files("exercises").joinpath(folder).joinpath(f"{language}.toml"), model)


@functools.cache
def words(language: str = "en") -> Words:
    """All words of one language.

    Raises
    ------
    LookupError
        If there is no such language.
    LibraryError
        If its file is not valid.
    """
    return _in_language("words", language, Words)


@functools.cache
def safety(language: str = "en") -> Safety:
    """What everybody must know before they practise.

    Raises
    ------
    LookupError, LibraryError
        As for `words`.
    """
    return _in_language("safety", language, Safety)


@functools.cache
def sheet_words(language: str = "en") -> SheetWords:
    """The words of the therapist's note sheet.

    Raises
    ------
    LookupError, LibraryError
        As for `words`.
    """
    return _in_language("notesheet", language, SheetWords)
