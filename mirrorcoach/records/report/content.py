"""What a report says, as plain values: everything is worded, nothing is laid out."""

from __future__ import annotations

from dataclasses import dataclass

from mirrorcoach.records.report.drawing import Drawing
from mirrorcoach.records.report.material import Picture


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A drawing for paper and wide screens, one for a phone, and a table that says the same."""

    wide: Drawing
    narrow: Drawing
    legend: tuple[str, ...]
    table: Table


@dataclass(frozen=True)
class Face:
    """A drawn face, or a photograph of one, with what stands below it."""

    label: str
    drawing: Drawing | None = None
    picture: Picture | None = None
    alt: str = ""


@dataclass(frozen=True)
class Fact:
    """One number in a card."""

    title: str
    value: str
    note: str


@dataclass(frozen=True)
class Movement:
    """One row of the table of movements; numbers are empty where there is nothing to compare."""

    name: str
    verdict: str
    certain: bool
    face: Drawing
    trend: Drawing | None
    first: str
    now: str
    spread: str


@dataclass(frozen=True)
class Along:
    """Movement that comes along."""

    sentence: str
    figure: Figure | None
    now: str
    note: str


@dataclass(frozen=True)
class Heading:
    """One of the five headings of a facial therapist."""

    title: str
    meaning: str
    tables: tuple[Table, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Typical:
    """Typical repetitions of one movement."""

    name: str
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True)
class Questionnaire:
    """The totals of one questionnaire."""

    name: str
    sentence: str
    drawing: Drawing
    table: Table


@dataclass(frozen=True)
class Evidence:
    """One part of the therapist's note sheet: items, what was measured, and an empty box."""

    title: str
    items: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Written:
    """A note and who wrote it when."""

    head: str
    text: str


@dataclass(frozen=True)
class Report:
    """A whole report; what is empty is not shown."""

    language: str
    head: str
    title: str
    subtitle: str
    who: tuple[tuple[str, str], ...]
    headline: str
    sentence: str
    also: tuple[str, ...]
    main_title: str
    main: Figure | None
    faces_title: str
    faces: tuple[Face, ...]
    facts: tuple[Fact, ...]
    movements_sentence: str
    movements: tuple[Movement, ...]
    along: tuple[Along, ...]
    calendar: tuple[Drawing, ...]
    calendar_sentence: str
    calendar_table: Table | None
    notes: tuple[Written, ...]
    notes_remark: str
    method: tuple[str, ...]
    headings: tuple[Heading, ...]
    courses: tuple[Typical, ...]
    courses_sentence: str
    dose: Table | None
    dose_sentences: tuple[str, ...]
    quality: Table | None
    quality_sentences: tuple[str, ...]
    unmeasured: Table | None
    questionnaires: tuple[Questionnaire, ...]
    evidence: tuple[Evidence, ...]
    evidence_sentence: str
    definitions: tuple[tuple[str, str], ...]
    provenance: tuple[tuple[str, str], ...]
    aid: str
