"""Programmes that people name or write: finding, checking, showing, and one to begin with."""

from __future__ import annotations

import re
from pathlib import Path

from exercises import library
from exercises.faults import did_you_mean
from exercises.schema import EFFORT_CAP, MINUTES_CAP, Exercise, Programme
from mirrorcoach.errors import InputError, UsageError

_HEAD = """\
# A programme for mirrorcoach. What follows a # is a note and changes nothing.
#   mirrorcoach programme check {file}
#   mirrorcoach practice --programme {file}

id = "{id}"  # small letters, digits and _
name = "My programme"  # what people read
purpose = "daily"  # "daily", "assessment" or "photographs"
stage = "paresis"  # of a daily one: "flaccid", "paresis", "synkinesis" or "maintenance"
minutes_cap = 10  # 1 to {minutes_cap}; the check refuses steps that take longer

# One [[steps]] for each exercise, in the order in which they are asked for. Without a line of its
# own, an exercise keeps the dose of the catalogue.

[[steps]]
exercise = "rest_scan"

[[steps]]
exercise = "smile_closed"
repetitions = 3  # 1 to 10
rise_s = 3.0  # seconds out, 1 to 10
hold_s = 3.0  # seconds held, 1 to 10
let_go_s = 3.0  # seconds back, 1 to 10
rest_s = 5.0  # seconds of rest after each, 2 to 60
effort_cap = 2  # of 10; 0 to {effort_cap}

[[steps]]
exercise = "pucker"

[[steps]]
exercise = "rest_scan"

# The exercises there are, and the stages in which each is practised:
"""


def find_programme(given: str) -> Programme:
    """The programme that somebody names.

    Parameters
    ----------
    given : str
        Id of a built-in programme, or the path of a file, which ends in ``.toml``.

    Raises
    ------
    UsageError
        If there is no such programme, or something in the file is wrong.
    InputError
        If the file cannot be read.
    """
    if given.endswith(".toml"):
        return read_programme(Path(given))
    known = library.programmes()
    if given not in known:
        raise UsageError(
            f"No programme is called '{given}'.{did_you_mean(given, known)} 'mirrorcoach programme "
            "list' shows them all; a file of your own ends in .toml."
        )
    return known[given]


def read_programme(path: Path) -> Programme:
    """The programme in a file.

    Raises
    ------
    UsageError
        If anything in it is wrong; every fault is named at once.
    InputError
        If it cannot be read.
    """
    expected = "Expected a TOML file; 'mirrorcoach programme new FILE' writes one to begin with."
    try:
        return library.read_programme(path)
    except library.LibraryError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}. {expected}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not text in UTF-8. {expected}") from error


def write_template(path: Path) -> None:
    """Write a programme with notes, which can be practised as it stands.

    Parameters
    ----------
    path : Path
        A new file.

    Raises
    ------
    InputError
        If the file is there already or cannot be written.
    """
    words = library.words()
    name = re.sub(r"[^a-z0-9_]+", "_", path.stem.lower()).strip("_")
    head = _HEAD.format(
        file=path.name,
        id=name if re.match("[a-z]", name) else "my_programme",
        minutes_cap=MINUTES_CAP,
        effort_cap=EFFORT_CAP,
    )
    lines = [
        f"#   {one.id:16}  {words.exercise[one.id].name} "
        f"({', '.join(one.stages) or 'in assessments'})"
        for one in library.exercises().values()
    ]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(head + "\n".join(lines) + "\n")
    except FileExistsError as error:
        raise InputError(
            f"{path} is there already and was left as it is. Choose another name."
        ) from error
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error


def purpose_of(programme: Programme) -> str:
    """What a programme is for, in a few words."""
    return f"daily, {programme.stage}" if programme.stage else programme.purpose


def name_of(programme: Programme) -> str:
    """What a programme is called."""
    return programme.name or library.words().programme.get(programme.id, programme.id)


def told(programme: Programme) -> list[str]:
    """What a programme asks for, line by line, and how long it takes."""
    catalogue, words = library.exercises(), library.words()
    asked = [step.applied_to(catalogue[step.exercise]) for step in programme.steps]
    lines = [f"{name_of(programme)} ({programme.id}): {purpose_of(programme)}."]
    for number, one in enumerate(asked, 1):
        judged = _JUDGED[one.scoring] if one.kind == "movement" else ""
        lines.append(f"{number:3}. {words.exercise[one.id].name}: {dose_of(one)}{judged}")
    repetitions = sum(one.dose.repetitions for one in asked if one.kind == "movement")
    lines.append(
        f"Together {_counted(len(asked), 'step')}, {_counted(repetitions, 'repetition')}, about "
        f"{library.length_s(programme) / 60:.1f} minutes; at most {programme.minutes_cap}."
    )
    if not programme.scores_affected_side:
        lines.append("The affected side is not scored: there is nothing to ask of it yet.")
    return lines


_JUDGED = {"measured": "", "low_confidence": " Shown, not scored.", "never": " Not measured."}


def dose_of(exercise: Exercise) -> str:
    """How often and how slowly, in words."""
    dose = exercise.dose
    if exercise.kind == "rest":
        return f"{dose.hold_s:g} s."
    times = "once" if dose.repetitions == 1 else f"{dose.repetitions} times"
    if exercise.kind == "guided":
        return f"{times} {sum(exercise.guide_s):g} s, led step by step."
    return (
        f"{times} {dose.rise_s:g} s out, {dose.hold_s:g} s hold, {dose.let_go_s:g} s back, "
        f"{dose.rest_s:g} s rest; effort up to {dose.effort_cap} of 10."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
