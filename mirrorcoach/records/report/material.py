"""What a report is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from exercises import library
from exercises.schema import Programme
from mirrorcoach.profile import Profile
from mirrorcoach.records.practices import Note, Outline, PracticeRecord, Total, Trace
from mirrorcoach.records.questionnaires import SCALES

Traces = Callable[[int], Sequence["Trace | None"]]
Outlines = Callable[[int], Sequence[Outline]]


@dataclass(frozen=True)
class Picture:
    """A photograph that may be shown.

    Attributes
    ----------
    day : datetime.date
        When it was taken.
    data : bytes
        Of its file.
    kind : str
        Its media type, such as ``image/jpeg``.
    """

    day: date
    data: bytes
    kind: str


@dataclass(frozen=True)
class Material:
    """Everything that a report may tell.

    Attributes
    ----------
    profile : Profile
        Who practises.
    practices : tuple of PracticeRecord
        Those of the report's time in which anything was practised, in order of time.
    earlier : tuple of PracticeRecord
        Those before it, from the first day on: what changed is told beside that.
    traces, outlines : callable
        What was kept of a practice, by its number.
    notes, totals : tuple
        In order of time.
    programme : Programme or None
        What the person practises, if it is known.
    made_on : datetime.date
        Today.
    pictures : (Picture, Picture) or None
        Then and now, if they may be shown.
    since, until : datetime.date or None
        If the report was asked for a part of the time.
    recording : str or None
        Name of the file, if the report tells of one recording in place of practices; it has no
        date.
    anonymous : bool
        Whether it says nothing by which the person could be known.
    left_out_notes : int
        How many notes it does not tell for that reason.
    """

    profile: Profile
    practices: tuple[PracticeRecord, ...]
    traces: Traces
    outlines: Outlines
    notes: tuple[Note, ...]
    totals: tuple[Total, ...]
    programme: Programme | None
    made_on: date
    pictures: tuple[Picture, Picture] | None = None
    since: date | None = None
    until: date | None = None
    recording: str | None = None
    anonymous: bool = False
    earlier: tuple[PracticeRecord, ...] = ()
    left_out_notes: int = 0

    @property
    def dated(self) -> bool:
        """Whether it is known when the practices were."""
        return self.recording is None

    @property
    def first_day(self) -> date:
        """Day of the first practice."""
        return self.practices[0].day

    @property
    def last_day(self) -> date:
        """Day of the last practice."""
        return self.practices[-1].day


def within(material: Material, since: date | None, until: date | None) -> Material:
    """The same for a part of the time only.

    Parameters
    ----------
    material : Material
        Of the whole time.
    since, until : datetime.date or None
        The first and the last day of it.
    """

    def inside(day: date) -> bool:
        return (since is None or day >= since) and (until is None or day <= until)

    pictures = material.pictures
    if pictures is not None and not all(inside(one.day) for one in pictures):
        pictures = None
    return replace(
        material,
        practices=tuple(one for one in material.practices if inside(one.day)),
        earlier=tuple(one for one in material.practices if since is not None and one.day < since),
        notes=tuple(one for one in material.notes if inside(one.at.date())),
        totals=tuple(one for one in material.totals if inside(one.day)),
        pictures=pictures,
        since=since,
        until=until,
    )


def anonymous(material: Material) -> Material:
    """The same without anything by which the person could be known.

    Left out are the name, photographs, the person's own contours, notes with their authors, the
    month in which it began, names of files and of programmes that somebody wrote, and totals of
    scales that somebody named. Days are counted
    from the first one when they are told (`speech.Speech`).
    """
    built_in = library.programmes()

    def nameless(practices: Sequence[PracticeRecord]) -> tuple[PracticeRecord, ...]:
        return tuple(
            replace(
                one,
                programme=one.programme if one.programme in built_in else "",
                provenance={name: of for name, of in one.provenance.items() if name != "options"},
            )
            for one in practices
        )

    programme = material.programme
    if programme is not None and programme.id not in built_in:
        programme = programme.model_copy(update={"name": None, "id": "own"})
    return replace(
        material,
        profile=material.profile.changed(name="", since=None),
        practices=nameless(material.practices),
        earlier=nameless(material.earlier),
        outlines=_no_outlines,
        notes=(),
        totals=tuple(one for one in material.totals if one.scale in SCALES),
        pictures=None,
        programme=programme,
        recording=None if material.recording is None else "",
        anonymous=True,
        left_out_notes=len(material.notes),
    )


def quality_of(material: Material) -> tuple[Mapping[str, Any], ...]:
    """The quality of each practice of which it was kept."""
    return tuple(one.quality for one in material.practices if one.quality is not None)


def _no_outlines(_: int) -> Sequence[Outline]:
    return ()
