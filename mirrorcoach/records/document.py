"""What is kept of a person as JSON: for other programs, and for another computer.

The contract is ``docs/records.schema.json``, which is made from the models here: units are in the
names, times are UTC, and what is not known is ``null``, never 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone
from itertools import pairwise
from typing import Annotated, Any, Literal, cast

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    model_validator,
)

from exercises.schema import Question
from landmarks.regions import Side
from mirrorcoach.profile import Profile
from mirrorcoach.records.practices import (
    Answer,
    Felt,
    Note,
    Outline,
    PracticeRecord,
    Total,
    Trace,
)

SCHEMA = "mirrorcoach.records/1"


@dataclass(frozen=True)
class KeptPractice:
    """A practice with all that was kept beside its scores.

    Attributes
    ----------
    record : PracticeRecord
        Its scores and answers.
    traces : tuple of Trace or None
        One for each of its repetitions.
    outlines : tuple of Outline
        The contours of the face in it.
    """

    record: PracticeRecord
    traces: tuple[Trace | None, ...] = ()
    outlines: tuple[Outline, ...] = ()


class _Strict(BaseModel):
    """An entry in which an unknown field is an error, never ignored."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


class _Open(BaseModel):
    """An entry of which only a part is looked at; the rest is kept as it is."""

    model_config = ConfigDict(extra="allow", strict=True, allow_inf_nan=False)


def _utc(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat()


Instant = Annotated[AwareDatetime, PlainSerializer(_utc, return_type=str)]
Content = dict[str, JsonValue]
_Low_High = tuple[float, float]


class _SideContent(_Open):
    excursion_mm: float | None
    excursion_interval_mm: _Low_High | None


class _QuietContent(_Open):
    region: str
    side: Side
    change: float | None
    unit: Literal["ratio", "mm"]
    interval: _Low_High | None
    flag: str | None


class _RepetitionContent(_Open):
    """What every version has kept of a repetition; ``score.schema.json`` describes all of it."""

    index: Annotated[int, Field(ge=0, lt=10_000)]
    exercise: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    start_s: float
    end_s: float
    measurable: bool
    reasons: tuple[str, ...]
    left: _SideContent
    right: _SideContent
    symmetry: float | None
    symmetry_interval: _Low_High | None
    quiet: tuple[_QuietContent, ...]
    score: float | None


class _ProvenanceContent(_Open):
    scoring: int = 1
    mirrorcoach: str | None = None


class _RefusedContent(_Open):
    reason: str
    seconds: float | None


class _QualityContent(_Open):
    usable_ratio: float | None = None
    refused: tuple[_RefusedContent, ...] = ()


class _ScaleContent(_Open):
    mm_per_px: float
    method: str


class _KnownContent(_Open):
    mm: float
    interval_mm: _Low_High


class _AsymmetryContent(_Open):
    fissure_left: _KnownContent | None
    fissure_right: _KnownContent | None
    fissure_difference: _KnownContent | None
    commissure_difference: _KnownContent | None
    brow_difference: _KnownContent | None
    reasons: tuple[str, ...]


RESTING_MEASURES = tuple(name for name in _AsymmetryContent.model_fields if name != "reasons")
"""What is measured of a face at rest, as ``rest.asymmetry`` names it."""


class _RestContent(_Open):
    """What is relied on of a rest; older versions kept less."""

    scale: _ScaleContent | None = None
    asymmetry: _AsymmetryContent | None = None


def _is(model: type[BaseModel]) -> AfterValidator:
    """Whether content fits what others rely on; it is kept as it came."""

    def check(content: dict[str, Any]) -> dict[str, Any]:
        model.model_validate_json(json.dumps(content, allow_nan=False))
        return content

    return AfterValidator(check)


class AnswerEntry(_Strict):
    """What the person said after a set."""

    exercise: str
    question: Question
    answer: bool | None
    """``null`` if the question was left open."""


class TraceEntry(_Strict):
    """The course of one repetition."""

    start_s: float
    """Of its first value, in seconds of the practice."""
    rate_hz: Annotated[float, Field(gt=0)]
    """Values a second."""
    unit: Literal["mm", "share"]
    """Millimetres of skin; of lids the share of the resting opening, 0 open and 1 closed."""
    left: tuple[float | None, ...]
    right: tuple[float | None, ...]

    @model_validator(mode="after")
    def _check_sides(self) -> TraceEntry:
        if len(self.left) != len(self.right):
            raise ValueError(
                f"both sides have as many values, got {len(self.left)} and {len(self.right)}"
            )
        return self


class OutlineEntry(_Strict):
    """The contours of the face, in millimetres: x to the person's left, y up."""

    exercise: str | None
    """``null``: at rest."""
    curves_mm: dict[str, tuple[tuple[float, float], ...]]


class NoteEntry(_Strict):
    """What somebody wrote down."""

    at: Instant
    text: str
    by: str
    """Who wrote it, as they said; may be empty."""


class TotalEntry(_Strict):
    """A questionnaire's total."""

    day: date
    scale: str
    value: float


class PracticeEntry(_Strict):
    """One practice."""

    started_at: Instant
    ended_at: Instant | None
    """``null`` if it was cut off."""
    programme: str
    """Id of a programme; ``own`` in place of a person's own, where names are left out."""
    ending: str | None
    """Why it was over."""
    practised_s: Annotated[float, Field(ge=0)]
    felt: Felt | None
    """How the face felt afterwards."""
    provenance: Annotated[Content, _is(_ProvenanceContent)]
    """Versions of everything that a number depends on; numbers of the same ``scoring`` compare."""
    quality: Annotated[Content, _is(_QualityContent)] | None
    """As ``quality`` in ``score.schema.json``."""
    rest: Annotated[Content, _is(_RestContent)] | None
    """As ``rest`` in ``score.schema.json``, with its ``scale``."""
    repetitions: tuple[Annotated[Content, _is(_RepetitionContent)], ...]
    """As ``repetitions`` in ``score.schema.json``."""
    traces: tuple[TraceEntry | None, ...]
    """One for each repetition, or none at all."""
    answers: tuple[AnswerEntry, ...]
    outlines: tuple[OutlineEntry, ...]

    @model_validator(mode="after")
    def _check_repetitions(self) -> PracticeEntry:
        if self.traces and len(self.traces) != len(self.repetitions):
            raise ValueError(
                f"one trace for each of the {len(self.repetitions)} repetitions or none, got "
                f"{len(self.traces)}"
            )
        places = [cast(int, one["index"]) for one in self.repetitions]
        if any(later <= earlier for earlier, later in pairwise(places)):
            raise ValueError("the index of each repetition is higher than that of the one before")
        return self


class CoursesEntry(BaseModel):
    """What is large of a `PracticeEntry`; all else in it was read before, and is left out."""

    model_config = ConfigDict(extra="ignore", strict=True, allow_inf_nan=False)

    traces: tuple[TraceEntry | None, ...]
    outlines: tuple[OutlineEntry, ...]


class PersonEntry(_Strict):
    """A person, apart from their practices."""

    profile: Profile
    notes: tuple[NoteEntry, ...]
    totals: tuple[TotalEntry, ...]


class RecordsDocument(PersonEntry):
    """Everything that mirrorcoach keeps of one person, but for photographs.

    Left and right are the person's own sides. A practice aid: nothing here diagnoses, grades or
    treats.
    """

    format: Annotated[Literal["mirrorcoach.records/1"], Field(alias="schema")]
    """Name and version of this contract."""
    mirrorcoach: str
    """The version that wrote it."""
    made_at: Instant
    anonymous: bool
    """Whether names, notes and contours of the face were left out."""
    practices: tuple[PracticeEntry, ...]
    """In the order in which they were practised."""


def schema() -> dict[str, Any]:
    """The JSON Schema of the whole document, as ``docs/records.schema.json`` has it."""
    made = RecordsDocument.model_json_schema(mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:mirrorcoach:records:1",
        **made,
        "title": SCHEMA,
    }


def person_entry(profile: Profile, notes: Sequence[Note], totals: Sequence[Total]) -> PersonEntry:
    """A person as an entry."""
    return PersonEntry(
        profile=profile,
        notes=tuple(NoteEntry(at=one.at, text=one.text, by=one.by) for one in notes),
        totals=tuple(
            TotalEntry(day=one.day, scale=one.scale, value=float(one.value)) for one in totals
        ),
    )


def practice_entry(kept: KeptPractice) -> PracticeEntry:
    """A practice as an entry; what was kept is not checked again."""
    one = kept.record
    return PracticeEntry.model_construct(
        started_at=one.started_at,
        ended_at=one.ended_at,
        programme=one.programme,
        ending=one.ending,
        practised_s=one.practised_s,
        felt=one.felt,
        provenance=dict(one.provenance),
        quality=None if one.quality is None else dict(one.quality),
        rest=None if one.rest is None else dict(one.rest),
        repetitions=tuple(dict(rep) for rep in one.repetitions),
        traces=tuple(trace and _trace_entry(trace) for trace in kept.traces),
        answers=tuple(
            AnswerEntry(exercise=said.exercise, question=said.question, answer=said.answer)
            for said in one.answers
        ),
        outlines=tuple(
            OutlineEntry.model_construct(exercise=out.exercise, curves_mm=dict(out.curves))
            for out in kept.outlines
        ),
    )


def practice_record(entry: PracticeEntry, number: int) -> PracticeRecord:
    """The scores and answers of a practice again.

    Parameters
    ----------
    entry : PracticeEntry
        One that was checked.
    number : int
        Its number.
    """
    return PracticeRecord(
        number=number,
        started_at=entry.started_at.astimezone(),
        programme=entry.programme,
        repetitions=entry.repetitions,
        answers=tuple(Answer(one.exercise, one.question, one.answer) for one in entry.answers),
        felt=entry.felt,
        ending=entry.ending,
        practised_s=entry.practised_s,
        provenance=entry.provenance,
        quality=entry.quality,
        rest=entry.rest,
        ended_at=None if entry.ended_at is None else entry.ended_at.astimezone(),
    )


def kept_practice(record: PracticeRecord, courses: CoursesEntry) -> KeptPractice:
    """A practice again, with its traces and contours."""
    traces = tuple(
        None if one is None else Trace(one.start_s, one.rate_hz, one.unit, one.left, one.right)
        for one in courses.traces
    )
    outlines = tuple(Outline(one.exercise, one.curves_mm) for one in courses.outlines)
    return KeptPractice(record, traces, outlines)


def notes_of(entry: PersonEntry) -> list[Note]:
    """The notes again, numbered from 1."""
    return [
        Note(number, one.at.astimezone(), one.text, one.by)
        for number, one in enumerate(entry.notes, 1)
    ]


def totals_of(entry: PersonEntry) -> list[Total]:
    """The totals again, numbered from 1."""
    return [
        Total(number, one.day, one.scale, one.value) for number, one in enumerate(entry.totals, 1)
    ]


def json_pieces(
    person: PersonEntry,
    practices: Iterator[PracticeEntry],
    *,
    made_at: datetime,
    anonymous: bool,
) -> Iterator[str]:
    """The whole document piece by piece, a practice a line, however many there are."""
    from mirrorcoach import __version__

    head: Mapping[str, Any] = {
        "schema": SCHEMA,
        "mirrorcoach": __version__,
        "made_at": _utc(made_at),
        "anonymous": anonymous,
        **person.model_dump(mode="json"),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "practices": ['
    between = "\n"
    for one in practices:
        yield between + one.model_dump_json()
        between = ",\n"
    yield "\n]}\n"


def _trace_entry(trace: Trace) -> TraceEntry:
    return TraceEntry.model_construct(
        start_s=trace.start_s,
        rate_hz=trace.rate_hz,
        unit=trace.unit,
        left=trace.left,
        right=trace.right,
    )
