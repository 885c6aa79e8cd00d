"""A therapist's note sheet: what was measured for each item of a scale, beside an empty box.

The items are those of the Sunnybrook scale (Ross et al. 1996) and of eFACE (Banks et al. 2015). The
sheet gives evidence and no grade: it fills in no item, sums nothing up, and does not say which side
is affected. What a camera cannot tell is named with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from exercises import library
from landmarks.regions import SIDES

BOX = "[    ]"
"""Where a clinician writes."""

SUNNYBROOK = ("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker")
"""The five expressions, in the order of the scale."""

Tell = Callable[[str], str]
"""Says a sentence of ``score.json``, a reason or a remark, in another language."""


@dataclass(frozen=True)
class Item:
    """One item of a scale.

    Attributes
    ----------
    name : str
        As the scale has it.
    evidence : tuple of str
        What was measured, or why nothing could be.
    """

    name: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Items of a scale that belong together."""

    title: str
    items: tuple[Item, ...]


def note_sheet(
    score: Mapping[str, Any], language: str = "en", tell: Tell = str
) -> tuple[Part, ...]:
    """Sort what was measured by the items of the two scales.

    Parameters
    ----------
    score : mapping
        The object of a ``score.json``.
    language : str
        Code of the language to speak.
    tell : callable
        Says the reasons of the score in that language; without it they stay as they are.
    """
    found = _Evidence(score, language, tell)
    part, item, text = found.sheet.part, found.sheet.item, found.sheet.text
    lids = found.at_rest(
        fissure_left=text.fissure_left,
        fissure_right=text.fissure_right,
        fissure_difference=text.fissure_difference,
    )
    mouth = found.at_rest(commissure_difference=text.commissure_difference)
    brows = found.at_rest(brow_difference=text.brow_difference)
    fold, ask = found.not_measured(text.fold), found.not_measured(text.ask)
    return (
        Part(
            part.sunnybrook_rest,
            (
                Item(item.eye, lids),
                Item(item.cheek, found.not_measured(text.cheek)),
                Item(item.mouth, mouth),
            ),
        ),
        Part(
            part.sunnybrook_movement,
            tuple(Item(found.name(one), found.moved(one)) for one in SUNNYBROOK),
        ),
        Part(
            part.sunnybrook_synkinesis,
            tuple(Item(found.name(one), found.came_along(one)) for one in SUNNYBROOK),
        ),
        Part(
            part.eface_static,
            (
                Item(item.brow, brows),
                Item(item.fissure, lids),
                Item(item.fold, fold),
                Item(item.commissure, mouth),
            ),
        ),
        Part(
            part.eface_dynamic,
            (
                Item(item.brow_elevation, found.moved("brow_lift")),
                Item(item.gentle_closure, found.moved("eye_close_gentle")),
                Item(item.full_closure, found.moved("eye_close_full")),
                Item(item.fold_smiling, fold),
                Item(item.commissure_smiling, found.moved("smile_open")),
                Item(item.lower_lip, found.moved("ee_lowerlip")),
            ),
        ),
        Part(
            part.eface_synkinesis,
            (
                Item(item.ocular, found.came_along("pucker", "smile_open", region="eye")),
                Item(
                    item.midfacial,
                    found.came_along("eye_close_gentle", "brow_lift", region="mouth_corner"),
                ),
                Item(item.mentalis, ask),
                Item(item.platysmal, ask),
            ),
        ),
    )


def markdown(score: Mapping[str, Any], language: str = "en", tell: Tell = str) -> str:
    """The note sheet as a page to print.

    Parameters
    ----------
    score : mapping
        The object of a ``score.json``.
    language : str
        Code of the language to speak.
    tell : callable
        Says the reasons and remarks of the score in that language; without it they stay as they
        are.

    Returns
    -------
    str
        Markdown, which also reads well as plain text.
    """
    sheet = library.sheet_words(language)
    text, affected, quality = sheet.text, score["affected"], score["quality"]
    side = text.affected_unsaid if affected is None else library.words(language).side[affected]
    told = [
        text.recording.format(file=score["source"]["file"]),
        text.affected.format(side=side),
        *sheet.remarks,
        *map(tell, quality["remarks"]),
    ]
    for refused in quality["refused"]:
        reason, seconds = tell(refused["reason"]), refused["seconds"]
        if seconds is None:
            told.append(text.refused.format(reason=reason))
        else:
            shown = sheet.number(seconds, ".1f")
            told.append(text.refused_for.format(seconds=shown, reason=reason))
    lines = [f"# {text.title}", "", *(f"- {one}" for one in told)]
    for part in note_sheet(score, language, tell):
        lines += ["", f"## {part.title}", ""]
        lines += [f"| {text.item} | {text.measured} | {text.clinician} |", "|---|---|---|"]
        for item in part.items:
            evidence = "<br>".join(item.evidence).replace("|", "\\|")
            lines.append(f"| {item.name} | {evidence} | {BOX} |")
    return "\n".join(lines) + "\n"


class _Evidence:
    """What a score says of each item, in one language."""

    def __init__(self, score: Mapping[str, Any], language: str, tell: Tell) -> None:
        self.sheet, self._words = library.sheet_words(language), library.words(language)
        self._repetitions: Sequence[Mapping[str, Any]] = score["repetitions"]
        self._resting: Mapping[str, Any] | None = (score["rest"] or {}).get("asymmetry")
        self._text, self._tell = self.sheet.text, tell

    def name(self, exercise: str) -> str:
        return self._words.exercise[exercise].name

    def not_measured(self, why: str) -> tuple[str, ...]:
        return (self._text.not_measured.format(why=why),)

    def at_rest(self, **measures: str) -> tuple[str, ...]:
        """What a resting face shows of an item, in a sentence for each measure, or why nothing."""
        seen = self._resting
        if seen is None:
            return self.not_measured(self._text.no_rest)
        lines = [
            sentence.format(
                mm=self.sheet.number(one["mm"], ".1f"), **self._span(one["interval_mm"])
            )
            for name, sentence in measures.items()
            if (one := seen[name]) is not None
        ]
        return tuple(lines) or (self._text.not_measurable, *map(self._tell, seen["reasons"]))

    def _of(self, exercise: str) -> list[Mapping[str, Any]]:
        return [one for one in self._repetitions if one["exercise"] == exercise]

    def moved(self, exercise: str) -> tuple[str, ...]:
        """How far each side moved, and how evenly."""
        done, text = self._of(exercise), self._text
        if not done:
            return (text.not_asked,)
        seen = [one for one in done if one["measurable"]]
        reasons = map(self._tell, dict.fromkeys(why for one in done for why in one["reasons"]))
        if not seen:
            return (text.tried.format(n=len(done)), *reasons)
        lines = [
            self._excursion(self._words.side[side], [one[side] for one in seen]) for side in SIDES
        ]
        known = [one for one in seen if one["symmetry"] is not None]
        if known:
            ratio = self.sheet.number(median(one["symmetry"] for one in known), ".2f")
            widest = _widest(one["symmetry_interval"] for one in known)
            lines.append(text.ratio.format(ratio=ratio, **self._span(widest, ".2f")))
        lines.append(text.counted.format(n=len(seen), all=len(done)))
        return (*lines, *reasons)

    def came_along(self, *asked: str, region: str | None = None) -> tuple[str, ...]:
        """What moved that should have stayed still, in some exercises or one."""
        lines: list[str] = []
        sentence = self._text.along if len(asked) == 1 else self._text.along_during
        for exercise in asked:
            seen = [one for one in self._of(exercise) if one["measurable"]]
            quiet = [one for repetition in seen for one in repetition["quiet"]]
            kept = list(dict.fromkeys((one["region"], one["side"]) for one in quiet))
            for place, side in kept:
                if region not in (None, place):
                    continue
                own = [one for one in quiet if (one["region"], one["side"]) == (place, side)]
                told = sentence.format(
                    exercise=self.name(exercise),
                    side=self._words.side[side],
                    region=self._words.region[place],
                    change=self._change(own),
                )
                lines.append(told)
        if lines:
            return tuple(lines)
        if any(self._of(exercise) for exercise in asked):
            return (self._text.nothing_seen,)
        return (self._text.not_asked,)

    def _excursion(self, side: str, own: list[Mapping[str, Any]]) -> str:
        known = [one for one in own if one["excursion_mm"] is not None]
        if not known:
            return self._text.excursion_small.format(side=side)
        mm = self.sheet.number(median(one["excursion_mm"] for one in known), ".1f")
        widest = _widest(one["excursion_interval_mm"] for one in known)
        return self._text.excursion.format(side=side, mm=mm, **self._span(widest))

    def _change(self, own: list[Mapping[str, Any]]) -> str:
        """How far a region moved that should have been still; no word for how much that is."""
        seen = [one for one in own if one["interval"] is not None]
        if not seen:
            return self._text.unseen
        known = [one for one in seen if one["change"] is not None]
        if not known:
            return self._text.still
        change = median(one["change"] for one in known)
        low, high = _widest(one["interval"] for one in known)
        if known[0]["unit"] == "mm":
            return self._text.moved.format(
                mm=self.sheet.number(change, ".1f"), **self._span((low, high))
            )
        percent = self.sheet.number(-100 * change, "+.0f")
        span = self._span((-100 * high, -100 * low), "+.0f")
        return self._text.aperture.format(percent=percent, **span)

    def _span(self, interval: Sequence[float], form: str = ".1f") -> dict[str, str]:
        low, high = interval
        return {"low": self.sheet.number(low, form), "high": self.sheet.number(high, form)}


def _widest(intervals: Iterable[Sequence[float]]) -> tuple[float, float]:
    lows, highs = zip(*intervals, strict=True)
    return min(lows), max(highs)
