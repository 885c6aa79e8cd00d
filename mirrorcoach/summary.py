"""Scores in words."""

from __future__ import annotations

from typing import Any

AID = "A practice aid: it does not diagnose, grade or treat."
"""Said wherever a number is shown."""


def summary_lines(content: dict[str, Any]) -> list[str]:
    """One line an exercise, in words that need no table."""
    from exercises import library

    words = library.words()
    lines = []
    for one in content["exercises"]:
        name = words.exercise[one["exercise"]].name
        own = [rep for rep in content["repetitions"] if rep["exercise"] == one["exercise"]]
        if one["symmetry_median"] is not None:
            lows, highs = zip(
                *(rep["symmetry_interval"] for rep in own if rep["symmetry"] is not None),
                strict=True,
            )
            told = (
                f"symmetry {one['symmetry_median']:.2f} "
                f"(between {min(lows):.2f} and {max(highs):.2f}), "
                + ("no score" if one["score"] is None else f"score {one['score']:.0f}")
            )
        else:
            told = "no symmetry: " + next(reason for rep in own for reason in rep["reasons"])
        lines.append(f"  {name}: {one['measurable']} of {one['repetitions']} measured, {told}")
    return lines
