"""From scores to what the result page says: what is known, in plain words, never shaming."""

from __future__ import annotations

from statistics import median
from typing import Any

from exercises.schema import Words
from exercises.scoring import HEALTHY_SYMMETRY
from mirrorcoach.live.views import ResultRow, ResultView
from mirrorcoach.summary import AID


def result_view(result: dict[str, Any], words: Words) -> ResultView:
    """What to show after a practice.

    Parameters
    ----------
    result : dict
        The entries ``repetitions``, ``exercises`` and ``session`` of a score.
    words : Words
        The language to speak.
    """
    rows = tuple(
        _row(
            words.exercise[one["exercise"]].name,
            [rep for rep in result["repetitions"] if rep["exercise"] == one["exercise"]],
        )
        for one in result["exercises"]
    )
    done = len(result["repetitions"])
    if not rows:
        subtitle = "Nothing was measured this time. It still counts as time for your face."
    else:
        subtitle = f"{done} {'repetition' if done == 1 else 'repetitions'}."
    return ResultView(title=words.cue["done"].short, subtitle=subtitle, rows=rows, footnote=AID)


def _row(name: str, repetitions: list[dict[str, Any]]) -> ResultRow:
    known = [rep for rep in repetitions if rep["symmetry"] is not None]
    high = max((rep["symmetry_interval"][1] for rep in known), default=None)
    symmetry = median(rep["symmetry"] for rep in known) if known else None
    return ResultRow(
        name=name,
        left=_side(repetitions, "left"),
        right=_side(repetitions, "right"),
        evenness=symmetry,
        evenness_low=min((rep["symmetry_interval"][0] for rep in known), default=None),
        evenness_high=high,
        phrase=_phrase(symmetry, high, repetitions),
    )


def _side(repetitions: list[dict[str, Any]], side: str) -> str:
    moved = [
        rep[side]["excursion_mm"] for rep in repetitions if rep[side]["excursion_mm"] is not None
    ]
    return f"{median(moved):.0f} mm" if moved else "too small"


def _phrase(symmetry: float | None, high: float | None, repetitions: list[dict[str, Any]]) -> str:
    if symmetry is None or high is None:
        return next((rep["reasons"][0] for rep in repetitions if rep["reasons"]), "")
    if symmetry >= HEALTHY_SYMMETRY:
        return "even"
    if symmetry >= 0.7:
        return "nearly even"
    return "one side did more" if high < HEALTHY_SYMMETRY else "perhaps one side more"
