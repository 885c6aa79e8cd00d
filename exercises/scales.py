"""A therapist's note sheet: what was measured for each item of a scale, beside an empty box.

The items are those of the Sunnybrook scale (Ross et al. 1996) and of eFACE (Banks et al. 2015). The
sheet gives evidence and no grade: it fills in no item, sums nothing up, and does not say which side
is affected. What a camera cannot tell is named with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from exercises import library
from exercises.schema import Words
from landmarks.regions import SIDES

BOX = "[    ]"
"""Where a clinician writes."""

_NO_REST = "no resting face was seen"
_CHEEK = "how a cheek hangs cannot be told from its light"
_FOLD = "a fold of the skin cannot be told from its light"
_ASKED = "a camera cannot tell; look, and ask the person"

SUNNYBROOK = ("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker")
"""The five expressions, in the order of the scale."""


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


def note_sheet(score: Mapping[str, Any]) -> tuple[Part, ...]:
    """Sort what was measured by the items of the two scales.

    Parameters
    ----------
    score : mapping
        The object of a ``score.json``.
    """
    found = _Evidence(score["repetitions"], library.words())
    rest = score["rest"] or {}
    lids = _at_rest(rest, "fissure_left", "fissure_right", "fissure_difference")
    mouth, brows = _at_rest(rest, "commissure_difference"), _at_rest(rest, "brow_difference")
    return (
        Part(
            "Sunnybrook-style: rest",
            (Item("Eye", lids), Item("Cheek", _not_measured(_CHEEK)), Item("Mouth", mouth)),
        ),
        Part(
            "Sunnybrook-style: voluntary movement",
            tuple(Item(found.name(one), found.moved(one)) for one in SUNNYBROOK),
        ),
        Part(
            "Sunnybrook-style: synkinesis",
            tuple(Item(found.name(one), found.came_along(one)) for one in SUNNYBROOK),
        ),
        Part(
            "eFACE-style: static",
            (
                Item("Brow", brows),
                Item("Palpebral fissure", lids),
                Item("Nasolabial fold", _not_measured(_FOLD)),
                Item("Oral commissure", mouth),
            ),
        ),
        Part(
            "eFACE-style: dynamic",
            (
                Item("Brow elevation", found.moved("brow_lift")),
                Item("Gentle eye closure", found.moved("eye_close_gentle")),
                Item("Full eye closure", found.moved("eye_close_full")),
                Item("Nasolabial fold with smile", _not_measured(_FOLD)),
                Item("Oral commissure with smile", found.moved("smile_open")),
                Item('Lower lip with "ee"', found.moved("ee_lowerlip")),
            ),
        ),
        Part(
            "eFACE-style: synkinesis",
            (
                Item("Ocular", found.came_along("pucker", "smile_open", region="eye")),
                Item(
                    "Midfacial",
                    found.came_along("eye_close_gentle", "brow_lift", region="mouth_corner"),
                ),
                Item("Mentalis", _not_measured(_ASKED)),
                Item("Platysmal", _not_measured(_ASKED)),
            ),
        ),
    )


def markdown(score: Mapping[str, Any]) -> str:
    """The note sheet as a page to print.

    Parameters
    ----------
    score : mapping
        The object of a ``score.json``.

    Returns
    -------
    str
        Markdown, which also reads well as plain text.
    """
    quality = score["quality"]
    lines = [
        "# Note sheet",
        "",
        f"- Recording: {score['source']['file']}",
        f"- Affected side, as the person says: {score['affected'] or 'not said'}",
        "- Sides are the person's own. Ranges hold about 90 %. Medians over the repetitions.",
        "- Evidence, no grade: every box is the clinician's.",
        "- For comparison, healthy people: sides alike to 0.91 to 0.93 (OSCAR 1999, n = 20); lid "
        "aperture -22 % in a smile, -2 % in a pucker (sources: docs/clinical.md).",
    ]
    lines += [f"- {remark}" for remark in quality["remarks"]]
    for refused in quality["refused"]:
        for_s = "" if refused["seconds"] is None else f" ({refused['seconds']:.1f} s)"
        lines.append(f"- Not measured for a while{for_s}: {refused['reason']}")
    for part in note_sheet(score):
        lines += ["", f"## {part.title}", "", "| item | what was measured | clinician |"]
        lines.append("|---|---|---|")
        for item in part.items:
            told = "<br>".join(item.evidence).replace("|", "\\|")
            lines.append(f"| {item.name} | {told} | {BOX} |")
    return "\n".join(lines) + "\n"


def _not_measured(reason: str) -> tuple[str, ...]:
    return (f"Not measured: {reason}.",)


_MEASURES = {
    "fissure_left": "left opening",
    "fissure_right": "right opening",
    "fissure_difference": "openings, left less right",
    "commissure_difference": "height of the corners, left less right",
    "brow_difference": "height of the brows, left less right",
}


def _at_rest(rest: Mapping[str, Any], *measures: str) -> tuple[str, ...]:
    """What a resting face shows of an item, or why it shows nothing."""
    seen = rest.get("asymmetry")
    if seen is None:
        return _not_measured(_NO_REST)
    lines = [
        f"{_MEASURES[name]}: {seen[name]['mm']:.1f} mm{_span(seen[name]['interval_mm'], '.1f')}"
        for name in measures
        if seen[name] is not None
    ]
    return tuple(lines) or ("Not measurable.", *seen["reasons"])


class _Evidence:
    """What the repetitions of a score say about each exercise."""

    def __init__(self, repetitions: Sequence[Mapping[str, Any]], words: Words) -> None:
        self._repetitions, self._words = repetitions, words

    def name(self, exercise: str) -> str:
        return self._words.exercise[exercise].name

    def _of(self, exercise: str) -> list[Mapping[str, Any]]:
        return [one for one in self._repetitions if one["exercise"] == exercise]

    def moved(self, exercise: str) -> tuple[str, ...]:
        """How far each side moved, and how evenly."""
        done = self._of(exercise)
        if not done:
            return ("Not asked for in this recording.",)
        seen = [one for one in done if one["measurable"]]
        reasons = tuple(dict.fromkeys(reason for one in done for reason in one["reasons"]))
        if not seen:
            return (f"Not measurable, {len(done)} tried.", *reasons)
        lines = [f"{side}: {_excursion([one[side] for one in seen])}" for side in SIDES]
        known = [one for one in seen if one["symmetry"] is not None]
        if known:
            ratio = median(one["symmetry"] for one in known)
            widest = _widest(one["symmetry_interval"] for one in known)
            lines.append(f"smaller side by larger side: {ratio:.2f}{_span(widest, '.2f')}")
        lines.append(f"{len(seen)} of {len(done)} repetitions measured")
        return (*lines, *reasons)

    def came_along(self, *asked: str, region: str | None = None) -> tuple[str, ...]:
        """What moved that should have stayed still, in some exercises or one."""
        lines: list[str] = []
        for exercise in asked:
            seen = [one for one in self._of(exercise) if one["measurable"]]
            quiet = [one for repetition in seen for one in repetition["quiet"]]
            kept = list(dict.fromkeys((one["region"], one["side"]) for one in quiet))
            for place, side in kept:
                if region not in (None, place):
                    continue
                own = [one for one in quiet if (one["region"], one["side"]) == (place, side)]
                where = f"{self._words.side[side]} {self._words.region[place]}"
                lead = f"{self.name(exercise)}: " if len(asked) > 1 else ""
                lines.append(f"{lead}{where}: {_change(own)}")
        if lines:
            return tuple(lines)
        if any(self._of(exercise) for exercise in asked):
            return ("Not measurable here.",)
        return ("Not asked for in this recording.",)


def _excursion(sides: list[Mapping[str, Any]]) -> str:
    known = [one for one in sides if one["excursion_mm"] is not None]
    if not known:
        return "less than can be told from rest"
    widest = _widest(one["excursion_interval_mm"] for one in known)
    return f"{median(one['excursion_mm'] for one in known):.1f} mm{_span(widest, '.1f')}"


def _change(own: list[Mapping[str, Any]]) -> str:
    """How far a region moved that should have been still; no word for how much that is."""
    seen = [one for one in own if one["interval"] is not None]
    if not seen:
        return "could not be seen"
    known = [one for one in seen if one["change"] is not None]
    if not known:
        return "nothing above what a still face shows"
    change = median(one["change"] for one in known)
    widest = _widest(one["interval"] for one in known)
    if known[0]["unit"] == "mm":
        return f"moved {change:.1f} mm{_span(widest, '.1f')}"
    shares = (100 * widest[0], 100 * widest[1])
    return f"aperture changed by {-100 * change:+.0f} %{_span((-shares[1], -shares[0]), '+.0f')}"


def _widest(intervals: Iterable[Sequence[float]]) -> tuple[float, float]:
    lows, highs = zip(*intervals, strict=True)
    return min(lows), max(highs)


def _span(interval: Sequence[float], form: str) -> str:
    return f" ({interval[0]:{form}} to {interval[1]:{form}})"
