"""What stands around the numbers: who and when, how it was measured, words, sources, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from exercises.scales import note_sheet
from mirrorcoach.records.report.content import Evidence, Written
from mirrorcoach.records.report.courses import END_DAYS, LEAST_DAYS, Courses
from mirrorcoach.records.report.material import Material
from mirrorcoach.records.report.speech import Speech

DEFINED = (
    *("evenness", "interval", "day_to_day", "certain", "excursion", "agreement", "lag", "returned"),
    *("along", "flags", "outline", "detectable"),
)
"""What is explained at the end, each with its source."""

VERSIONS = ("mirrorcoach", "mediapipe", "opencv", "numba")


def who(material: Material, say: Speech) -> tuple[tuple[str, str], ...]:
    """Who and when; what was not said is not shown."""
    profile = material.profile
    rows: list[tuple[str, str]] = []
    if material.recording:
        rows.append((say("who_recording"), material.recording))
    if profile.name:
        rows.append((say("who_name"), profile.name))
    if material.dated:
        rows.append((say("who_time"), _time(material, say)))
    if profile.affected is not None:
        rows.append((say("who_affected"), say(f"who_affected_{profile.affected}")))
    if profile.stage is not None:
        rows.append((say("who_stage"), say(f"stage_{profile.stage}")))
    if profile.since is not None:
        year, month = profile.since.split("-")
        rows.append((say("who_since"), say.month_of_year(int(year), int(month))))
    names = _programmes(material, say)
    if names:
        rows.append((say("who_programme"), names))
    if material.dated:
        rows += [(say(f"event_{one.kind}"), say.day(one.day)) for one in profile.events]
    return tuple(rows)


def head(material: Material, say: Speech) -> str:
    """What stands at the top of each page."""
    parts = [material.recording or material.profile.name]
    if material.dated:
        parts.append(_time(material, say))
    return " · ".join(one for one in parts if one)


def method(material: Material, say: Speech) -> tuple[str, ...]:
    """How it was measured."""
    told = [say("method")]
    if len({one.day for one in material.practices}) > 1:
        told.append(say("method_change"))
    if material.since is not None or material.until is not None:
        told.append(say("method_part"))
    told.append(say("method_pictures" if material.pictures else "method_no_pictures"))
    if material.anonymous:
        told.append(say("method_anonymous"))
    return tuple(told)


def notes(material: Material, say: Speech) -> tuple[Written, ...]:
    """Notes that were kept."""
    return tuple(
        Written(
            say("note_by", day=say.day(one.at.date()), by=one.by)
            if one.by
            else say.day(one.at.date()),
            one.text,
        )
        for one in material.notes
    )


def evidence(material: Material, known: Courses, say: Speech) -> tuple[Evidence, ...]:
    """The note sheet, of the last day on which each movement was asked for."""
    repetitions: list[Mapping[str, Any]] = []
    for exercise in known.exercises:
        own = known.comparable(exercise)
        repetitions += (
            rep
            for one in own
            if one.day == own[-1].day
            for rep in one.repetitions
            if rep["exercise"] == exercise
        )
    rests = [one.rest for one in known.practices if one.rest is not None]
    score = {
        "repetitions": repetitions,
        "rest": rests[-1] if rests else None,
        "affected": material.profile.affected,
    }
    return tuple(
        Evidence(part.title, tuple((item.name, item.evidence) for item in part.items))
        for part in note_sheet(score, say.language, say.sentence)
    )


def definitions(say: Speech) -> tuple[tuple[str, str], ...]:
    """Words of the report, what they mean, and whose they are."""
    parts = {"ends": END_DAYS, "days": LEAST_DAYS}
    return tuple((say(f"term_{one}"), say(f"means_{one}", **parts)) for one in DEFINED)


def provenance(material: Material, say: Speech) -> tuple[tuple[str, str], ...]:
    """Versions of everything that a number depends on, and when this was made."""
    rows = [(name, _versions(material, name)) for name in VERSIONS if _versions(material, name)]
    scored = [one.scoring for one in material.practices if one.repetitions]
    if scored:
        rows.append((say("scoring"), str(scored[-1])))
    if material.dated and not material.anonymous:
        rows.append((say("made_on"), say.day(material.made_on)))
    return tuple(rows)


def _versions(material: Material, name: str) -> str:
    found = (one.provenance.get(name) for one in material.practices)
    return ", ".join(dict.fromkeys(str(one) for one in found if one))


def _time(material: Material, say: Speech) -> str:
    return say.span_of_days(material.first_day, material.last_day)


def _programmes(material: Material, say: Speech) -> str:
    """What was practised, the most often practised first."""
    counts = Counter(one.programme for one in material.practices if one.programme)
    own = material.programme
    names = []
    for one, _ in counts.most_common():
        named = own.name if own is not None and own.id == one else None
        names.append(say.programme(one) or named or one)
    if material.anonymous and not all(one.programme for one in material.practices):
        names.append(say("own_programme"))
    return say.joined(list(dict.fromkeys(names)))
