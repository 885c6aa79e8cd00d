"""What is kept of a person as tables for a spreadsheet.

Units are in the names of the columns, an empty cell is what is not known, and no text of a person
can act as a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from exercises.marks import WEIGHTS
from landmarks.regions import SIDES
from mirrorcoach.profile import Profile
from mirrorcoach.records.document import RESTING_MEASURES, KeptPractice
from mirrorcoach.records.practices import Note, Total

Cell = str | int | float | bool | None
Row = Sequence[Cell]

ENCODING = "utf-8-sig"
"""With the mark at the beginning by which spreadsheets know UTF-8; without it accents break."""

_ACTS = re.compile(r"((?:^|[;,|\t\r\n])\s*)([=+\-@＝＋－＠])")
"""What a spreadsheet may take for a formula: at the beginning of a text, and also after a sign by
which it may split one."""

_PRACTICE = {"practice": "number of the practice; the same in all tables"}
_REPETITION = {**_PRACTICE, "index": "place of the repetition in its practice, from 0"}

COLUMNS: dict[str, dict[str, str]] = {
    "person": {"field": "what it is", "value": "what was said; empty if nothing was"},
    "events": {"kind": "surgery or botulinum_toxin", "day": "when, as the person says"},
    "practices": {
        **_PRACTICE,
        "started_at_utc": "when it began",
        "ended_at_utc": "when it was over; empty if it was cut off",
        "programme": "id of the programme",
        "ending": "why it was over",
        "practised_s": "how long was practised",
        "felt": "how the face felt afterwards",
        "repetitions": "how many were finished",
        "usable_ratio": "share of the pictures that could be measured",
        "mm_per_px": "millimetres a pixel at rest",
        "scale_method": "what of known size that was taken from",
        "scoring": "version of the scoring; numbers of the same one can be compared",
        "mirrorcoach": "version of mirrorcoach",
    },
    "resting_face": {
        **_PRACTICE,
        "measure": "differences are the left side less the right, level with the pupils",
        "value_mm": "what was measured at rest",
        "low_mm": "lower end of its interval",
        "high_mm": "upper end of its interval",
    },
    "repetitions": {
        **_REPETITION,
        "exercise": "id of the exercise",
        "start_s": "when the movement began, in seconds of the practice",
        "hold_start_s": "when the hold was reached",
        "hold_end_s": "when the hold was left",
        "end_s": "when the movement had ended",
        "measurable": "yes if the excursion of at least one side is known",
        **{
            f"{side}_{name}": f"{what}, {side} side of the person"
            for side in SIDES
            for name, what in (
                ("excursion_mm", "how far it moved at the hold"),
                ("excursion_low_mm", "lower end of its interval"),
                ("excursion_high_mm", "upper end of its interval"),
                ("onset_s", "when it began to move"),
                ("peak_speed_mm_s", "highest speed"),
                ("hold_spread_mm", "how much it wavered in the hold"),
            )
        },
        "symmetry": "smaller excursion divided by the larger one",
        "symmetry_low": "lower end of its interval",
        "symmetry_high": "upper end of its interval",
        "weaker_side": "side that moved less, if that is certain",
        "path_agreement": "correlation of both sides' courses",
        "onset_lag_s": "onset of the right side minus onset of the left",
        "returned": "share of the movement that was given back",
        **{f"mark_{name}": "a part of the score, 0 to 1" for name in WEIGHTS},
        "score": "0 to 100",
        "manner": "what stands out about how it was done",
        "reasons": "why something is not known",
    },
    "quiet": {
        **_REPETITION,
        "region": "what should stay quiet",
        "side": "side of the person",
        "change_ratio": "of an eye: share of its resting opening that was lost",
        "change_ratio_low": "lower end of its interval",
        "change_ratio_high": "upper end of its interval",
        "change_mm": "of every other region: how far it moved",
        "change_mm_low": "lower end of its interval",
        "change_mm_high": "upper end of its interval",
        "flag": "how much that is, in a word",
    },
    "answers": {
        **_PRACTICE,
        "exercise": "after which exercise",
        "question": "id of the question",
        "answer": "yes or no; empty if it was left open",
    },
    "refused": {
        **_PRACTICE,
        "reason": "why pictures could not be measured",
        "lost_s": "for how long",
    },
    "traces": {
        **_REPETITION,
        "time_s": "seconds of the practice",
        **{f"{side}_mm": f"movement of the {side} side's skin" for side in SIDES},
        **{
            f"{side}_closed_ratio": f"{side} lids: 0 as open as at rest, 1 closed" for side in SIDES
        },
    },
    "outlines": {
        **_PRACTICE,
        "exercise": "at whose hold; empty: at rest",
        "curve": "which contour",
        "point": "place in the contour, from 0",
        "x_mm": "to the person's left",
        "y_mm": "upwards",
    },
    "notes": {"at_utc": "when it was written", "by": "who wrote it", "text": "what"},
    "totals": {"day": "of the questionnaire", "scale": "which", "value": "its total"},
    "columns": {"table": "file", "column": "name of the column", "meaning": "what stands there"},
}
"""What stands in each table, column by column."""


def rows(
    profile: Profile,
    notes: Sequence[Note],
    totals: Sequence[Total],
    practices: Iterable[KeptPractice],
) -> Iterator[tuple[str, Row]]:
    """Every row of every table, with the name of its table.

    Parameters
    ----------
    profile, notes, totals
        Of the person.
    practices : iterable of KeptPractice
        Gone through once, so that they need not all be in memory.
    """
    for field, value in _person_cells(profile):
        yield "person", (field, value)
    for event in profile.events:
        yield "events", (event.kind, event.day.isoformat())
    for note in notes:
        yield "notes", (_utc(note.at), _safe(note.by), _safe(note.text))
    for total in totals:
        yield "totals", (total.day.isoformat(), _safe(total.scale), total.value)
    for kept in practices:
        yield from _practice_rows(kept)
    for table, columns in COLUMNS.items():
        for name, meaning in columns.items():
            yield "columns", (f"{table}.csv", name, meaning)


def _safe(text: str) -> str:
    """A text of a person that no spreadsheet takes for a formula."""
    return _ACTS.sub(r"\1'\2", text.replace("\x00", ""))


def _person_cells(profile: Profile) -> Iterator[tuple[str, Cell]]:
    yield "name", _safe(profile.name)
    yield "affected", profile.affected
    yield "stage", profile.stage
    yield "since", profile.since
    for name, value in profile.settings.model_dump(mode="json").items():
        yield f"settings.{name}", _safe(value) if isinstance(value, str) else _word(value)


def _practice_rows(kept: KeptPractice) -> Iterator[tuple[str, Row]]:
    one = kept.record
    quality, rest = one.quality or {}, one.rest or {}
    scale = rest.get("scale") or {}
    yield (
        "practices",
        (
            one.number,
            _utc(one.started_at),
            None if one.ended_at is None else _utc(one.ended_at),
            _safe(one.programme),
            one.ending,
            one.practised_s,
            one.felt,
            len(one.repetitions),
            quality.get("usable_ratio"),
            scale.get("mm_per_px"),
            scale.get("method"),
            one.scoring,
            one.provenance.get("mirrorcoach"),
        ),
    )
    for refused in quality.get("refused", ()):
        yield "refused", (one.number, refused["reason"], refused["seconds"])
    if (asymmetry := rest.get("asymmetry")) is not None:
        for name in RESTING_MEASURES:
            known = asymmetry[name]
            cells = (None, None, None) if known is None else (known["mm"], *known["interval_mm"])
            yield "resting_face", (one.number, name, *cells)
    for number, repetition in enumerate(one.repetitions):
        index = repetition.get("index", number)
        yield "repetitions", (one.number, index, *_repetition_cells(repetition))
        for quiet in repetition.get("quiet", ()):
            yield "quiet", (one.number, index, *_quiet_cells(quiet))
    for said in one.answers:
        yield "answers", (one.number, said.exercise, said.question, _word(said.answer))
    for number, trace in enumerate(kept.traces):
        index = one.repetitions[number].get("index", number)
        if trace is None:
            continue
        for place, pair in enumerate(zip(trace.left, trace.right, strict=True)):
            at_s = round(trace.start_s + place / trace.rate_hz, 3)
            empty = (None, None)
            cells = (*pair, *empty) if trace.unit == "mm" else (*empty, *pair)
            yield "traces", (one.number, index, at_s, *cells)
    for outline in kept.outlines:
        for curve, points in outline.curves.items():
            for place, (x_mm, y_mm) in enumerate(points):
                yield "outlines", (one.number, outline.exercise, curve, place, x_mm, y_mm)


def _repetition_cells(one: Mapping[str, Any]) -> Iterator[Cell]:
    yield one.get("exercise")
    for name in ("start_s", "hold_start_s", "hold_end_s", "end_s"):
        yield one.get(name)
    yield _word(one.get("measurable"))
    for name in SIDES:
        side = one.get(name, {})
        yield side.get("excursion_mm")
        yield from side.get("excursion_interval_mm") or (None, None)
        for part in ("onset_s", "peak_speed_mm_s", "hold_spread_mm"):
            yield side.get(part)
    yield one.get("symmetry")
    yield from one.get("symmetry_interval") or (None, None)
    for name in ("weaker_side", "path_agreement", "onset_lag_s", "returned"):
        yield one.get(name)
    marks = one.get("marks", {})
    for name in WEIGHTS:
        yield marks.get(name)
    yield one.get("score")
    yield " ".join(one.get("manner", ()))
    yield " ".join(one.get("reasons", ()))


def _quiet_cells(one: Mapping[str, Any]) -> Iterator[Cell]:
    yield one["region"]
    yield one["side"]
    change = (one["change"], *(one["interval"] or (None, None)))
    nothing = (None, None, None)
    yield from (*change, *nothing) if one["unit"] == "ratio" else (*nothing, *change)
    yield one["flag"]


def _word(value: Any) -> Cell:
    """Yes and no in words; a spreadsheet has its own for true."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    cell: Cell = value
    return cell


def _utc(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat()
