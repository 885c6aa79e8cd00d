"""Finds and loads exercises, programmes, words and safety texts."""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from exercises.faults import Fault, Place, check, did_you_mean, field_name, line_of, lines_of, parse
from exercises.schema import PROGRAMME_STAGES, Exercise, Programme, Safety, Step, Words

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
    lines = lines_of(text)
    faults: list[Fault] = []
    daily, stage = content.get("purpose", "daily") == "daily", content.get("stage")
    if daily and stage is None:
        known = " or ".join(map(repr, PROGRAMME_STAGES))
        said = f"a daily programme needs a 'stage'; expected {known}."
        faults.append(Fault(line_of(lines, ("purpose",)), "stage", said))
    elif stage is not None and content.get("purpose") in ("assessment", "photographs"):
        said = "a 'stage' is for daily programmes; leave it out, or give purpose = \"daily\"."
        faults.append(Fault(line_of(lines, ("stage",)), "stage", said))
    listed = content.get("steps")
    length_s = 0.0
    for number, step in enumerate(listed if isinstance(listed, list) else ()):
        name = step.get("exercise") if isinstance(step, dict) else None
        if not isinstance(name, str):
            continue
        place: Place = ("steps", number, "exercise")
        exercise = exercises().get(name)
        if exercise is None:
            hint = did_you_mean(name, exercises())
            said = f"no exercise is called '{name}'.{hint} There are: {', '.join(exercises())}."
            faults.append(Fault(line_of(lines, place), field_name(place), said))
            continue
        said_of_stage = _stage_fault(exercise, stage) if stage in PROGRAMME_STAGES else None
        if said_of_stage is not None:
            faults.append(Fault(line_of(lines, place), field_name(place), said_of_stage))
        given, _ = check(step, Step, "")
        for part in given.changes if given is not None else ():
            if part not in _DOSE_OF[exercise.kind]:
                place = ("steps", number, part)
                said = (
                    f"'{part}' means nothing for '{name}'; this kind of exercise takes "
                    f"{' and '.join(_DOSE_OF[exercise.kind])}."
                )
                faults.append(Fault(line_of(lines, place), field_name(place), said))
        length_s += (given.applied_to(exercise) if given is not None else exercise).length_s
    cap = content.get("minutes_cap", Programme.model_fields["minutes_cap"].default)
    if isinstance(cap, int) and length_s > 60 * cap:
        said = (
            f"the steps take {length_s / 60:.1f} minutes, more than minutes_cap = {cap}; leave a "
            "step out, or ask for fewer repetitions."
        )
        place = ("minutes_cap",) if ("minutes_cap",) in lines else ("steps",)
        faults.append(Fault(line_of(lines, place), "minutes_cap", said))
    return faults


_DOSE_OF = {
    "movement": ("repetitions", "rise_s", "hold_s", "let_go_s", "rest_s", "effort_cap"),
    "rest": ("repetitions", "hold_s"),
    "guided": ("repetitions", "effort_cap"),
}
"""What of the dose a step may change, by kind of exercise."""


def _stage_fault(exercise: Exercise, stage: str) -> str | None:
    """Why an exercise does not belong in a daily programme of a stage; None if it does.

    Maintenance asks for what is also right with synkinesis: nobody is without the risk of it.
    """
    if ("synkinesis" if stage == "maintenance" else stage) in exercise.stages:
        return None
    if not exercise.stages:
        return f"'{exercise.id}' is only measured in assessments, never practised."
    return f"'{exercise.id}' is not for stage '{stage}'; it is for {', '.join(exercise.stages)}."


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
