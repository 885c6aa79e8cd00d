"""How much was practised, and how much of it could be measured."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from statistics import median
from typing import Any

from exercises import library
from exercises.schema import Programme
from mirrorcoach.records.report.content import Table
from mirrorcoach.records.report.material import Material, quality_of
from mirrorcoach.records.report.speech import Speech


def dose(material: Material, say: Speech) -> tuple[Table | None, tuple[str, ...]]:
    """Repetitions done beside those of the programmes, and how long the practices were."""
    planned: dict[str, int] = defaultdict(int)
    done: dict[str, int] = defaultdict(int)
    asked: dict[str, str] = {}
    plans = {name: _steps(one, say) for name, one in _programmes(material).items()}
    unknown = 0
    for practice in material.practices:
        plan = plans.get(practice.programme)
        unknown += plan is None
        if plan is None:
            continue
        for name, repetitions, told in plan:
            planned[name] += repetitions
            asked[name] = told
        for one in practice.repetitions:
            done[one["exercise"]] += 1
    rows = tuple(
        (
            say.exercise(name),
            asked[name],
            say.whole(planned[name]),
            say.whole(done[name]),
            say.percent(min(1.0, done[name] / planned[name])),
        )
        for name in planned
    )
    sentences = []
    if material.dated:
        minutes = [one.practised_s for one in material.practices if one.practised_s > 0]
        if minutes:
            length, whole = say.duration(median(minutes)), say.duration(sum(minutes))
            sentences.append(say("dose_time", typical=length, whole=whole))
    if unknown and material.dated:
        sentences.append(say.count("dose_unknown", unknown))
    if not rows:
        return None, (*sentences, say("dose_none"))
    columns = tuple(say(f"dose_{one}") for one in ("movement", "asked", "planned", "done", "share"))
    return Table(say("dose_caption"), columns, rows), (*sentences, say("dose_note"))


def _programmes(material: Material) -> Mapping[str, Programme]:
    """Every programme whose plan is known, by its id."""
    own = {} if material.programme is None else {material.programme.id: material.programme}
    return {**own, **library.programmes()}


def _steps(programme: Programme, say: Speech) -> list[tuple[str, int, str]]:
    """Exercises of a programme that are counted, how often each is asked for, and how slowly."""
    catalogue = library.exercises()
    found = []
    for step in programme.steps:
        one = step.applied_to(catalogue[step.exercise])
        if one.wanted is None:
            continue
        told = say(
            "dose_times",
            n=one.dose.repetitions,
            rise=say.number(one.dose.rise_s, 0),
            hold=say.number(one.dose.hold_s, 0),
            back=say.number(one.dose.let_go_s, 0),
        )
        found.append((one.id, one.dose.repetitions, told))
    return found


def quality(material: Material, say: Speech) -> tuple[Table | None, tuple[str, ...]]:
    """How much of the time could be measured, and what kept the rest from it."""
    kept = quality_of(material)
    refused: dict[str, float] = defaultdict(float)
    for one in kept:
        for each in one["refused"]:
            refused[each["reason"]] += each["seconds"] or 0.0
    sentences = []
    shares = [one["usable_ratio"] for one in kept if one["usable_ratio"] is not None]
    if shares:
        sentences.append(
            say(
                "quality_share" if material.dated else "quality_pictures",
                share=say.percent(median(shares)),
            )
        )
    missing = len(material.practices) - len(kept)
    if missing:
        sentences.append(say("quality_none") if not kept else say.count("quality_missing", missing))
    every = [rep for one in material.practices for rep in one.repetitions]
    measured = sum(one["measurable"] for one in every)
    if every:
        sentences.append(
            say("quality_repetitions", n=say.whole(measured), all=say.whole(len(every)))
        )
    remarks = dict.fromkeys(text for one in kept for text in one["remarks"])
    if not material.anonymous:
        sentences += map(say.sentence, remarks)
    rows = tuple(
        (say.sentence(reason), say.duration(seconds))
        for reason, seconds in sorted(refused.items(), key=lambda one: -one[1])
    )
    columns = (say("quality_reason"), say("quality_time"))
    return (Table(say("quality_caption"), columns, rows) if rows else None), tuple(sentences)


def unmeasured(material: Material, say: Speech) -> Table | None:
    """What could not be told, of which movement, and why."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    counts: Counter[str] = Counter()
    for one in _repetitions(material):
        counts[one["exercise"]] += 1
        if one["symmetry"] is None:
            found[one["exercise"]].update(one["reasons"])
    rows = tuple(
        (
            say.exercise(name),
            say.sentence(reason),
            say("of", n=say.whole(often), all=say.whole(counts[name])),
        )
        for name, reasons in found.items()
        for reason, often in _said_once(reasons, say)
    )
    columns = tuple(say(f"unmeasured_{one}") for one in ("movement", "reason", "often"))
    return Table(say("unmeasured_caption"), columns, rows) if rows else None


def _said_once(reasons: Counter[str], say: Speech) -> list[tuple[str, int]]:
    """The commonest three, those that differ in a number told as one."""
    from exercises.reasons import reason_of

    joined: Counter[str] = Counter()
    example: dict[str, str] = {}
    for said, often in reasons.most_common():
        found = reason_of(said)
        kind = said if found is None else f"{found[0]} {found[1].get('side', '')}"
        joined[kind] += often
        example.setdefault(kind, said)
    return [(example[kind], often) for kind, often in joined.most_common(3)]


def _repetitions(material: Material) -> list[Mapping[str, Any]]:
    return [rep for one in material.practices for rep in one.repetitions]
