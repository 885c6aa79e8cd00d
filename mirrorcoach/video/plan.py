"""What was asked for in a recording: a file of cues, one exercise, a programme, or nothing."""

from __future__ import annotations

import csv
import hashlib
import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from textwrap import shorten

from exercises import library
from exercises.faults import did_you_mean
from exercises.repetition import Asked
from exercises.schema import Exercise
from mirrorcoach.errors import UsageError
from mirrorcoach.programmes import find_programme

REST_NAMES = ("rest", "rest_scan")
"""Rows of a cue file in which nothing is asked for."""

COLUMNS = ("start_s", "end_s", "exercise")


@dataclass(frozen=True)
class Plan:
    """What the person was asked to do.

    Attributes
    ----------
    cues : tuple of Asked or None
        Stretches in order of time; None if times are not known.
    in_order : tuple of str
        Without cues: ids of the exercises in the order in which they were done, perhaps empty.
    options : dict of str to str or None
        How the plan was given, for the record.
    """

    cues: tuple[Asked, ...] | None
    in_order: tuple[str, ...]
    options: dict[str, str | None]

    def resting(self, time_s: float) -> bool:
        """Whether the person may be at rest at a time: no exercise is asked for."""
        return self.cues is None or not any(cue.start_s <= time_s < cue.end_s for cue in self.cues)


def make_plan(
    exercise: str | None = None, cues: Path | None = None, programme: str | None = None
) -> Plan:
    """Build a plan from at most one of the three ways of saying what was asked.

    Parameters
    ----------
    exercise : str, optional
        Id of the one exercise that fills the recording.
    cues : Path, optional
        A CSV file with the columns ``start_s,end_s,exercise``.
    programme : str, optional
        Id, or file, of a programme whose exercises were done in their order.

    Raises
    ------
    UsageError
        If more than one is given, a name is unknown or the cue file is not valid.
    """
    given = [
        name
        for name, value in (("--exercise", exercise), ("--cues", cues), ("--programme", programme))
        if value is not None
    ]
    if len(given) > 1:
        raise UsageError(
            f"{' and '.join(given)} were given together; a recording is described by one of them."
        )
    options: dict[str, str | None] = {
        "exercise": exercise,
        "programme": programme,
        "cues_sha256": None,
    }
    if cues is not None:
        rows, options["cues_sha256"] = _read_cues(cues)
        return Plan(rows, (), options)
    if exercise is not None:
        _require_exercise(exercise, "--exercise")
        return Plan(None, (exercise,), options)
    if programme is not None:
        found = find_programme(programme)
        options["programme"] = found.id
        return Plan(None, tuple(step.exercise for step in found.steps), options)
    return Plan(None, (), options)


def _require_exercise(name: str, where: str) -> Exercise:
    known = library.exercises()
    if name not in known:
        raise UsageError(
            f"{where}: no exercise is called '{name}'.{did_you_mean(name, known)} 'mirrorcoach "
            "exercises' shows them all."
        )
    return known[name]


def _read_cues(path: Path) -> tuple[tuple[Asked, ...], str]:
    """Rows of a cue file, sorted by time, and the file's SHA-256."""
    text: str | None
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"The cue file {path} cannot be read: {error.strerror}. Expected a CSV file with the "
            f"columns {','.join(COLUMNS)}."
        ) from error
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        raise UsageError(
            f"The cue file {path} is not text in UTF-8. Expected a CSV file with the columns "
            f"{','.join(COLUMNS)}."
        )
    first_line = text.partition("\n")[0].strip()
    semicolons = first_line.count(";") > first_line.count(",")
    table = csv.DictReader(text.splitlines(), delimiter=";" if semicolons else ",")
    try:
        table.fieldnames = heads = [head.strip() for head in table.fieldnames or ()]
        rows = [(table.line_num, row) for row in table]
    except csv.Error as error:
        raise UsageError(
            f"{path}, line {table.reader.line_num}: {error}. Expected a CSV file with the columns "
            f"{','.join(COLUMNS)}."
        ) from error
    lacking = [column for column in COLUMNS if column not in heads]
    if lacking:
        raise UsageError(
            f"The cue file {path} lacks the column {' and '.join(lacking)}; its first line is "
            f"'{shorten(first_line, 60)}'. Expected: {','.join(COLUMNS)}."
        )
    cues: list[tuple[Asked, str]] = []
    for line, row in rows:
        where = f"{path}, line {line}"
        start_s, end_s = (
            _seconds(row[column], column, where, semicolons) for column in COLUMNS[:2]
        )
        if end_s <= start_s:
            raise UsageError(
                f"{where}: end_s {end_s:g} is not after start_s {start_s:g}; give both in seconds "
                "from the start of the recording."
            )
        name = (row["exercise"] or "").strip()
        if name not in REST_NAMES:
            cues.append((Asked(_require_exercise(name, where).id, start_s, end_s), where))
    cues.sort(key=lambda cue: cue[0].start_s)
    for (before, _), (after, where) in pairwise(cues):
        if after.start_s < before.end_s:
            raise UsageError(
                f"{where}: {after.exercise} from {after.start_s:g} s begins before "
                f"{before.exercise} ends at {before.end_s:g} s; rows may not overlap."
            )
    return tuple(cue for cue, _ in cues), hashlib.sha256(content).hexdigest()


def _seconds(value: str | None, column: str, where: str, semicolons: bool) -> float:
    text = (value or "").strip()
    try:
        seconds = float(text.replace(",", ".") if semicolons else text)
    except ValueError:
        seconds = math.nan
    if not math.isfinite(seconds) or seconds < 0:
        raise UsageError(
            f"{where}: {column} is '{text}'; expected seconds from the start of the recording, "
            "such as 12.5."
        )
    return seconds
