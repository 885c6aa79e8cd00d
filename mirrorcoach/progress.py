"""The affected side beside its own first day, in words."""

from __future__ import annotations

from pathlib import Path

from exercises import library
from exercises.progress import Progress, progress
from landmarks.regions import Side
from mirrorcoach.errors import UsageError
from mirrorcoach.scorefile import read_score


def progress_lines(first: Path, now: Path, side: Side | None = None) -> list[str]:
    """What became of the affected side since the first day, one line an exercise.

    Parameters
    ----------
    first, now : Path
        Two ``score.json``.
    side : {"left", "right"}, optional
        The affected side; without it the one that was given when they were scored.

    Raises
    ------
    InputError
        If one of them is not a score.
    UsageError
        If the side is not known.
    """
    words = library.words()

    def line(one: Progress) -> str:
        first_day, today = (
            "too little to tell from rest" if mm is None else f"{mm:.1f} mm"
            for mm in (one.first_mm, one.now_mm)
        )
        low, high = one.interval_mm.low, one.interval_mm.high
        change = "changed" if one.certain else "no change that can be told"
        return (
            f"  {words.exercise[one.exercise].name}: {first_day} on the first day, {today} now; "
            f"{change}, between {low:+.1f} and {high:+.1f} mm"
        )

    with read_score(first) as before, read_score(now) as after:
        said = {before["affected"], after["affected"]} - {None}
        chosen: Side | None = side or (said.pop() if len(said) == 1 else None)
        if chosen is None:
            raise UsageError(
                "Which side is affected was not said when these were scored, or not alike. Say it "
                "with --side left or --side right."
            )
        lines = [line(one) for one in progress(before, after, chosen)]
    if not lines:
        return [f"No exercise was measured on the {chosen} side in both."]
    return [f"The {chosen} side, compared with its own first day:", *lines]
