"""Accuracy of the measurement against rendered people whose true movement is known.

::

    python benchmarks/accuracy.py ../shared/truth CLIPS --people 8 --first 200
    python benchmarks/accuracy.py ../shared/truth CLIPS --first 20 --views sway,healthy --json FILE

Clips are rendered into the folder CLIPS once and used again. Person *k* is drawn at random from
seed *k* (identity, skin, beard, light, resting droop, sway of 2 degrees, synkinesis, blinks); odd
persons are weak on the right, even ones on the left. Each does seven movements: both sides once,
the weaker one at a random share of the other, now and then at none and late. Persons are seen in
four views (`VIEWS`).

Each clip is scored as a person would score it: ``mirrorcoach score CLIP --cues FILE`` in a process
of its own, with a cue for each movement; only ``score.json`` is read. The tables go to standard
output as Markdown, the first one being the one that ``docs/accuracy.md`` keeps; ``--json`` keeps
every repetition, as it was scored, beside its truth.

How things are counted
----------------------
- **True** millimetres are the median over the rendered hold less the median over the 0.3 s before
  the movement; so a late side or a blink in the hold changes nothing.
- A **ratio** is the excursion of the side that is truly the weaker over that of the other, so a
  side called stronger than the healthy one is an error and not hidden by folding at 1. It counts
  wherever both excursions are in the score, also where no symmetry is shown (*withheld*): a tool
  cannot pass by keeping its worst numbers to itself.
- A **still** side has a true ratio below `STILL`. What it *reads* is its millimetres over the
  other's; where the score has no millimetres for it, it is *not measurable*, which is right.
- An eye **narrows** by the share of its own opening that is lost; *beyond the other eye* is the
  difference of the two.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
FPS = 20
VIEWS = ("sway", "yaw10", "turn6", "healthy")
"""Frontal; turned by 10 degrees throughout; turned by 6 with each movement; both sides alike."""

MOVES = {
    "brow_raise": ("brow_lift", "brow_mm", 1.0),
    "eye_close": ("eye_close_gentle", "aperture_mm", -1.0),
    "snarl": ("snarl", "ala_mm", 1.0),
    "smile_open": ("smile_open", None, 1.0),
    "pucker": ("pucker", "corner_dx_mm", -1.0),
    "lower_lip": ("ee_lowerlip", "lower_lip_mm", 1.0),
}
"""For each rendered movement the exercise, and the column and sign of its truth; a smile's is the
length of the corner's way in the frontal plane."""

NAMES = {
    "smile_open": "smile",
    "brow_lift": "brow",
    "snarl": "snarl",
    "ee_lowerlip": "lower lip",
    "pucker": "pucker",
    "eye_close_gentle": "eye closure",
}
"""What the tables call an exercise, in the tables' order."""

RATIO_LIMITS = {
    "smile_open": (0.03, 0.015),
    "brow_lift": (0.03, 0.015),
    "snarl": (0.03, 0.015),
    "ee_lowerlip": (0.04, 0.02),
    "pucker": (0.06, 0.03),
    "eye_close_gentle": (0.06, 0.03),
}
"""Mean absolute error of the ratio, frontal: what must be reached, and what is aimed at."""

SIDES = ("left", "right")

STILL = 0.02
"""A side is truly still below this share of the other."""

NARROWED, NOT_NARROWED = 0.15, 0.03
"""Narrowing beyond the other eye that must be found; below this nothing may be said."""

SYNKINETIC = 0.05
"""An eye that truly narrows by less is no test of how well narrowing is measured."""

REST_ROWS = 6
"""Frames before a movement that are its rest: 0.3 s, clear of every blink."""

ROUNDING_MM, ROUNDING_RATIO = 0.005, 0.0005
"""Half of the last digit of ``score.json``."""


@dataclass(frozen=True)
class Case:
    """One movement that was asked for: what was scored, and what was true.

    Attributes
    ----------
    view : str
        One of `VIEWS`.
    person : int
        Its seed.
    exercise : str
        Id of the exercise.
    score : dict
        The repetition in ``score.json`` that shares most time with the movement.
    extra : int
        Further repetitions that were found in the same movement.
    true_mm : tuple of float
        Movement at the hold, millimetres, left and right.
    true_narrowing : tuple of float
        Share of the lid opening lost at the hold, left and right; negative = wider.
    """

    view: str
    person: int
    exercise: str
    score: dict[str, Any]
    extra: int
    true_mm: tuple[float, float]
    true_narrowing: tuple[float, float]

    @property
    def weak(self) -> int:
        """0 if the left side truly moved less, else 1."""
        return int(np.argmin(self.true_mm))

    @property
    def true_ratio(self) -> float:
        return self.true_mm[self.weak] / self.true_mm[1 - self.weak]

    @property
    def still(self) -> bool:
        return self.true_ratio < STILL

    @property
    def refused(self) -> bool:
        return not self.score["measurable"]

    @property
    def shown(self) -> bool:
        return self.score["symmetry"] is not None

    @property
    def mm(self) -> tuple[float | None, float | None]:
        """Measured millimetres, left and right; None where the score has none."""
        return self.score["left"]["excursion_mm"], self.score["right"]["excursion_mm"]

    @property
    def ratio(self) -> float | None:
        """Measured ratio, true weak side over true strong side; None if a side is unknown."""
        weak, strong = self.mm[self.weak], self.mm[1 - self.weak]
        return None if weak is None or strong is None else weak / strong

    @property
    def error(self) -> float | None:
        """Measured less true ratio; positive flatters the weak side."""
        return None if self.ratio is None else self.ratio - self.true_ratio

    @property
    def gain(self) -> float | None:
        """Measured over true millimetres of the stronger side."""
        strong = self.mm[1 - self.weak]
        return None if strong is None else strong / self.true_mm[1 - self.weak]

    @property
    def ratio_inside(self) -> bool | None:
        """Whether the interval of the symmetry holds the truth; None if there is none."""
        return _inside(self.true_ratio, self.score["symmetry_interval"], ROUNDING_RATIO)

    @property
    def mm_inside(self) -> list[bool]:
        """For each side with an interval, whether it holds the truth."""
        found = (
            _inside(max(0.0, true), self.score[side]["excursion_interval_mm"], ROUNDING_MM)
            for side, true in zip(SIDES, self.true_mm, strict=True)
        )
        return [one for one in found if one is not None]

    @property
    def eyes(self) -> list[Eye]:
        """Eyes that were meant to stay as they are."""
        return [
            Eye(quiet, self.true_narrowing[k], self.true_narrowing[1 - k])
            for quiet in self.score["quiet"]
            if quiet["region"] == "eye" and quiet["change"] is not None
            for k in (SIDES.index(quiet["side"]),)
        ]


@dataclass(frozen=True)
class Eye:
    """One eye in a movement that should leave it alone: the score's entry, and what was true."""

    quiet: dict[str, Any]
    true: float
    true_other: float

    @property
    def error(self) -> float:
        """Absolute error of the share of opening lost."""
        return abs(float(self.quiet["change"]) - self.true)

    @property
    def beyond(self) -> float:
        """Narrowing beyond the other eye."""
        return self.true - self.true_other

    @property
    def flagged(self) -> bool:
        return self.quiet["flag"] != "none"

    @property
    def inside(self) -> bool | None:
        return _inside(self.true, self.quiet["interval"], ROUNDING_RATIO)


def _inside(true: float, interval: Sequence[float] | None, rounding: float) -> bool | None:
    if interval is None:
        return None
    low, high = interval
    return low - rounding <= true <= high + rounding


def script(person: int, view: str = "sway") -> dict[str, Any]:
    """What one random person does, for the renderer; `view` is one of `VIEWS`."""
    rng = np.random.default_rng([20261121, person])
    weak, strong = ("right", "left") if person % 2 else ("left", "right")
    side = weak[0].upper()
    healthy = view == "healthy"

    def exercise(move: str) -> dict[str, Any]:
        size = float(rng.uniform(0.45, 1.0))
        share = float(rng.choice([0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0]))
        one: dict[str, Any] = {"move": move, "rise": 1.0, "hold": 1.2, "fall": 0.9, "rest": 1.2}
        one[strong], one[weak] = size, size if healthy else size * share
        if not healthy:
            one["lag"] = {side: float(rng.choice([0.0, 0.1, 0.25]))}
            if move in ("smile_open", "pucker") and rng.random() < 0.6:
                one["synkinesis"] = {f"eyeBlink_{side}": float(rng.uniform(0.2, 0.5))}
        return one

    skin = np.array([0.58, 0.33, 0.235]) * rng.uniform(0.35, 1.25)
    exercises = [exercise(move) for move in [*MOVES, "smile_open"]]
    look = {
        "seed": person,
        "skin": skin.tolist(),
        "beard": float(rng.choice([0, 0, 0.4])),
        "freckles": int(rng.integers(20, 200)),
    }
    droop = 0.0 if healthy else float(rng.choice([0, 0.4, 0.7]))
    turned_deg = float(rng.choice([-1.0, 1.0]))
    lead_s, period_s = 2.5, 4.3
    starts = [lead_s + k * period_s for k in range(len(exercises))]
    pose: dict[str, Any] = {}
    if view == "yaw10":
        pose = {"yaw": 10.0 * turned_deg}
    elif view == "turn6":
        keys = [
            [start + after_s, 6.0 * turned_deg * sign * turn]
            for k, start in enumerate(starts)
            for sign in ((-1) ** k,)
            for after_s, turn in ((0.0, 0.0), (0.9, 1.0), (2.3, 1.0), (3.1, 0.0))
        ]
        pose = {"yaw": keys}
    return {
        "fps": FPS,
        "size": [640, 480],
        "seed": person,
        "person": {"id_seed": 9000 + person, "look": look},
        "lead": lead_s,
        "rest": {f"droop_{side}": droop},
        "exercises": exercises,
        "blinks": [{"t": 0.3}, {"t": starts[2] + 3.4}, {"t": starts[5] + 1.5}],
        "pose": pose,
        "sway": {"yaw": 2.0, "pitch": 1.2, "roll": 1.0, "tx": 0.4, "ty": 0.2, "tz": 0.6},
        "light": {
            "az": float(rng.uniform(-45, 45)), "el": 30, "key": 0.85, "fill": 0.32, "ambient": 0.42,
        },
        "camera": {"noise": 2.0, "blur": 0.5, "flicker": 0.01},
        "crf": 20,
    }  # fmt: skip


def render(tool: Path, folder: Path, people: range, view: str) -> None:
    """Render the clips that are not there yet."""
    sys.path.insert(0, str(tool))
    from synthpatient.generate import generate

    folder.mkdir(parents=True, exist_ok=True)
    for person in people:
        stem = folder / f"{view}{person:03d}"
        if not stem.with_suffix(".truth.csv").exists():
            print(f"rendering {view} {person}", file=sys.stderr, flush=True)
            generate(script(person, view), str(stem), progress=False)
            stem.with_suffix(".truth.json").unlink()


@dataclass(frozen=True)
class Stretch:
    """One rendered movement, in rows of its truth table; `end` is the first row after."""

    move: str
    start: int
    hold_first: int
    hold_last: int
    end: int


def stretches(truth: list[dict[str, str]]) -> list[Stretch]:
    """The movements of a clip in order of time, from the labels of its truth table."""
    labels = [one["label"] for one in truth]
    found, row = [], 0
    while row < len(labels):
        move, end = labels[row].split(":")[0], row
        while end < len(labels) and labels[end].split(":")[0] == move:
            end += 1
        if move != "rest":
            hold = [k for k in range(row, end) if labels[k].endswith(":hold")]
            found.append(Stretch(move, row, hold[0], hold[-1], end))
        row = end
    return found


def _held_and_rested(
    truth: list[dict[str, str]], one: Stretch, column: str
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Medians of a column at the hold and at the rest before, each left and right."""
    parts = truth[one.hold_first : one.hold_last + 1], truth[one.start - REST_ROWS : one.start]
    held, rested = (
        [float(np.median([float(row[f"{column}_{side}"]) for row in part])) for side in "LR"]
        for part in parts
    )
    return (held[0], held[1]), (rested[0], rested[1])


def true_mm(truth: list[dict[str, str]], one: Stretch) -> tuple[float, float]:
    """What each side truly did between rest and hold, left and right."""

    def change(column: str) -> tuple[float, float]:
        held, rested = _held_and_rested(truth, one, column)
        return held[0] - rested[0], held[1] - rested[1]

    _, column, sign = MOVES[one.move]
    if column is not None:
        left, right = change(column)
        return sign * left, sign * right
    across, along = change("corner_dx_mm"), change("corner_dy_mm")
    return float(np.hypot(across[0], along[0])), float(np.hypot(across[1], along[1]))


def true_narrowing(truth: list[dict[str, str]], one: Stretch) -> tuple[float, float]:
    """Share of lid opening that each eye truly lost, left and right."""
    held, rested = _held_and_rested(truth, one, "aperture_mm")
    return 1.0 - held[0] / rested[0], 1.0 - held[1] / rested[1]


def score(clip: Path, cues: Sequence[tuple[float, float, str]]) -> dict[str, Any]:
    """Score a clip through the command line and read its ``score.json``.

    Parameters
    ----------
    clip : Path
        The recording.
    cues : sequence of (float, float, str)
        Start and end in seconds, and the exercise asked for.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "cues.csv"
        lines = [f"{start:.4f},{end:.4f},{exercise}" for start, end, exercise in cues]
        asked.write_text("\n".join(["start_s,end_s,exercise", *lines, ""]))
        command = [sys.executable, "-m", "mirrorcoach", "score", str(clip.resolve())]
        done = subprocess.run(
            [*command, "--cues", str(asked), "-o", folder],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        written = Path(folder) / clip.stem / "score.json"
        if not written.exists():
            raise RuntimeError(f"{clip.name} was not scored: {done.stderr.strip()}")
        content: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
        return content


def cases(clip: Path, view: str, person: int) -> list[Case]:
    """Every movement of a clip, scored and true."""
    with clip.with_suffix(".truth.csv").open() as file:
        truth = list(csv.DictReader(file))
    asked = stretches(truth)
    times = [(float(truth[one.start]["t"]), float(truth[one.end]["t"])) for one in asked]
    cues = [
        (start, end, MOVES[one.move][0]) for one, (start, end) in zip(asked, times, strict=True)
    ]
    repetitions = score(clip, cues)["repetitions"]
    found = []
    for one, (start, end, exercise) in zip(asked, cues, strict=True):

        def shared_s(rep: dict[str, Any], start: float = start, end: float = end) -> float:
            return float(min(rep["end_s"], end) - max(rep["start_s"], start))

        own = [rep for rep in repetitions if rep["exercise"] == exercise and shared_s(rep) > 0]
        if not own:
            raise RuntimeError(f"{clip.name}: nothing is said of {exercise} at {start:.1f} s")
        found.append(
            Case(
                view=view,
                person=person,
                exercise=exercise,
                score=max(own, key=shared_s),
                extra=len(own) - 1,
                true_mm=true_mm(truth, one),
                true_narrowing=true_narrowing(truth, one),
            )
        )
    return found


@dataclass(frozen=True)
class Row:
    """One figure of the table."""

    figure: str
    must: str
    aim: str
    measured: str
    n: str
    met: str


def must_hold(found: Sequence[Case]) -> str:
    """The figures that must hold, beside their limits, as a Markdown table.

    Figures of views that were not scored are left out.
    """
    of = {view: [case for case in found if case.view == view] for view in VIEWS}
    sway, healthy = of["sway"], of["healthy"]
    rows: list[Row] = []
    if sway:
        rows += [_ratio_row(name, _of(sway, name)) for name in NAMES]
        rows += [_still_row(sway), _gain_row(sway)]
    if of["yaw10"]:
        rows.append(_turned_row("ratio error, recorded at 10° of yaw", of["yaw10"], 0.05, 0.02))
    if of["turn6"]:
        rows.append(_turned_row("ratio error, head turned 6° since rest", of["turn6"], 0.06, 0.03))
    if healthy:
        rows.append(_healthy_row(healthy))
    if sway:
        rows += [*_eye_rows(sway, healthy), *_interval_rows(sway)]
    if sway or healthy:
        rows.append(_refused_row([*sway, *healthy]))
    heads = ("figure", "must reach", "aim", "measured", "n", "met")
    lines = [heads, ("---",) * len(heads)]
    lines += [(one.figure, one.must, one.aim, one.measured, one.n, one.met) for one in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _of(found: Iterable[Case], exercise: str) -> list[Case]:
    return [case for case in found if case.exercise == exercise]


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _met(value: float, must: float, aim: float) -> str:
    """Of a figure that should be small."""
    if not np.isfinite(value):
        return "not known"
    return "no" if value > must else "yes, and the aim" if value <= aim else "yes"


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _mae(found: Iterable[Case]) -> float:
    return _mean([abs(error) for error in _known(case.error for case in found)])


def _number(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}" if np.isfinite(value) else "-"


def _ratio_row(exercise: str, own: Sequence[Case]) -> Row:
    must, aim = RATIO_LIMITS[exercise]
    known = [case for case in own if case.ratio is not None]
    shown = [case for case in known if case.shown]
    error, bias = _mae(known), _mean(_known(case.error for case in known))
    measured = f"{_number(error)}, bias {bias:+.3f}"
    if len(shown) < len(known):
        measured += f"; those shown {_number(_mae(shown))}"
    return Row(
        f"ratio error, frontal: {NAMES[exercise]}",
        f"{must:g}",
        f"{aim:g}",
        measured,
        f"{len(known)} of {len(own)}, {len(known) - len(shown)} withheld",
        _met(error, must, aim),
    )


def _still_row(found: Sequence[Case]) -> Row:
    still = [case for case in found if case.still and not case.refused]
    reads = _known(case.ratio for case in still)
    unknown = len(still) - len(reads)
    bounds = [
        case.score["symmetry_interval"][1] for case in still if case.score["symmetry_interval"]
    ]
    worst = max(reads, default=0.0)
    measured = f"not measurable {unknown} times"
    if reads:
        measured += f"; else mean {_mean(reads):.3f}, worst {worst:.3f}"
    measured += f" (bound shown: mean {_number(_mean(bounds), 2)})"
    met = _met(worst, 0.04, 0.02) if still else "not known"
    return Row("a truly still side reads at most", "0.04", "0.02", measured, str(len(still)), met)


def _gain_row(found: Sequence[Case]) -> Row:
    parts, means, counted = [], [], 0
    for name, told in NAMES.items():
        by_person = _by_person(_of(found, name), lambda case: case.gain)
        if not by_person:
            continue
        means.append(_mean(by_person))
        counted += len(_known(case.gain for case in _of(found, name)))
        low, high = min(by_person), max(by_person)
        parts.append(f"{told} {means[-1]:.2f} ({low:.2f} to {high:.2f})")
    off = max((abs(mean - 1.0) for mean in means), default=float("nan"))
    figure = "excursion gain of the stronger side (range over people)"
    met = _met(off, 0.08, 0.03)
    return Row(figure, "0.92 to 1.08", "0.97 to 1.03", "; ".join(parts), str(counted), met)


def _by_person(found: Sequence[Case], value: Callable[[Case], float | None]) -> list[float]:
    """Mean of a value over the repetitions of each person who has any."""
    means = []
    for person in sorted({case.person for case in found}):
        own = _known(value(case) for case in found if case.person == person)
        if own:
            means.append(_mean(own))
    return means


def _turned_row(figure: str, found: Sequence[Case], must: float, aim: float) -> Row:
    """Every movement must reach the limit, and hardly any but a pucker be refused."""
    parts, errors = [], []
    for name, told in NAMES.items():
        own = _of(found, name)
        error, refused = _mae(own), sum(case.refused for case in own)
        part = f"{told} {_number(error)}"
        withheld = sum(case.ratio is not None and not case.shown for case in own)
        notes = [f"{refused} refused"] if refused else []
        notes += [f"{withheld} withheld"] if withheld else []
        parts.append(f"{part} ({', '.join(notes)})" if notes else part)
        if np.isfinite(error):
            errors.append(error)
    known = len(_known(case.ratio for case in found))
    met = _met(max(errors, default=float("nan")), must, aim)
    if _mean([case.refused for case in found if case.exercise != "pucker"]) >= 0.05:
        met = "no, refused more than puckers"
    return Row(
        f"{figure} (pucker: or refused)",
        f"{must:g}",
        f"{aim:g}",
        "; ".join(parts),
        f"{known} of {len(found)}",
        met,
    )


def _healthy_row(found: Sequence[Case]) -> Row:
    """Symmetry as it is shown: the smaller side over the larger."""
    known = [
        (min(left, right) / max(left, right), case)
        for case in found
        for left, right in (case.mm,)
        if left is not None and right is not None
    ]
    worst, where = min(known, key=lambda one: one[0], default=(float("nan"), None))
    means = [
        f"{told} {_number(_mean([value for value, case in known if case.exercise == name]), 2)}"
        for name, told in NAMES.items()
    ]
    measured = f"mean {_number(_mean([value for value, _ in known]))}"
    if where is not None:
        measured += f", worst {worst:.2f} ({NAMES[where.exercise]}); {', '.join(means)}"
    withheld = sum(not case.shown for _, case in known)
    return Row(
        "healthy symmetric clip: symmetry of every movement",
        "0.94",
        "0.98",
        measured,
        f"{len(known)} of {len(found)}, {withheld} withheld",
        _met(1.0 - worst, 0.06, 0.02),
    )


def _eye_rows(sway: Sequence[Case], healthy: Sequence[Case]) -> list[Row]:
    eyes = [eye for case in sway for eye in case.eyes]
    narrowing = [eye.error for eye in eyes if eye.true >= SYNKINETIC]
    every = _mean([eye.error for eye in eyes])
    hits = [eye.flagged for eye in eyes if eye.beyond >= NARROWED]
    both = [*eyes, *(eye for case in healthy for eye in case.eyes)]
    right = [not eye.flagged for eye in both if eye.beyond < NOT_NARROWED]
    error = _mean(narrowing)
    return [
        Row(
            "synkinesis: aperture change error, eyes that narrow",
            "0.04",
            "0.02",
            f"{_number(error)} (all quiet eyes {_number(every)})",
            f"{len(narrowing)} (all {len(eyes)})",
            _met(error, 0.04, 0.02),
        ),
        Row(
            "narrowing of 15 % or more beyond the other eye found",
            "95 %",
            "",
            _percent(hits),
            str(len(hits)),
            _at_least(hits, 0.95),
        ),
        Row(
            "no narrowing (below 3 %): none invented",
            "95 %",
            "",
            _percent(right),
            str(len(right)),
            _at_least(right, 0.95),
        ),
    ]


def _interval_rows(found: Sequence[Case]) -> list[Row]:
    kinds = {
        "millimetres": [one for case in found for one in case.mm_inside],
        "ratio": [case.ratio_inside for case in found if case.ratio_inside is not None],
    }
    rows = []
    for kind, inside in kinds.items():
        share = _mean(inside)
        met = "yes" if 0.86 <= share <= 0.96 else "no, too wide" if share > 0.96 else "no"
        figure = f"90 % intervals contain the truth: {kind}"
        rows.append(Row(figure, "86 to 96 %", "", _percent(inside), str(len(inside)), met))
    return rows


def _refused_row(found: Sequence[Case]) -> Row:
    refused = [case.refused for case in found]
    met = "yes" if _mean(refused) < 0.05 else "no"
    figure = "repetitions refused on clean clips"
    return Row(figure, "under 5 %", "", _percent(refused), str(len(refused)), met)


def _percent(values: Sequence[bool]) -> str:
    return f"{100 * np.mean(values):.0f} %" if len(values) else "-"


def _at_least(values: Sequence[bool], share: float) -> str:
    if not len(values):
        return "not known"
    return "yes" if np.mean(values) >= share else "no"


def details(found: Sequence[Case]) -> str:
    """A Markdown table for each view, a row for each exercise; then its eyes and its refusals."""
    parts = []
    for view in VIEWS:
        seen = [case for case in found if case.view == view]
        if seen:
            lines = [f"### `{view}`", "", *_detail(seen), "", _eye_line(seen), *_refusals(seen)]
            parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _detail(found: Sequence[Case]) -> list[str]:
    lines = [
        "| exercise | repetitions | refused | counted twice | ratio shown |"
        " ratio error, mean (90 %) | bias | ratio inside | millimetres inside |"
        " gain, strong side | half-width of the ratio's interval | wrong side named weaker |",
        "|" + "---|" * 12,
    ]
    for name in NAMES:
        own = _of(found, name)
        if not own:
            continue
        errors = _known(case.error for case in own)
        widths = [
            (high - low) / 2
            for case in own
            if case.score["symmetry_interval"]
            for low, high in (case.score["symmetry_interval"],)
        ]
        wrong = sum(case.score["weaker_side"] == SIDES[1 - case.weak] for case in own)
        largest = np.percentile(np.abs(errors), 90) if errors else float("nan")
        cells = [
            f"`{name}`",
            str(len(own)),
            str(sum(case.refused for case in own)),
            str(sum(case.extra for case in own)),
            str(sum(case.shown for case in own)),
            f"{_number(_mean(np.abs(errors).tolist()))} ({_number(float(largest), 2)})",
            _number(_mean(errors)),
            _percent([case.ratio_inside for case in own if case.ratio_inside is not None]),
            _percent([one for case in own for one in case.mm_inside]),
            _number(_mean(_known(case.gain for case in own)), 2),
            _number(_mean(widths), 2),
            str(wrong),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _eye_line(found: Sequence[Case]) -> str:
    eyes = [eye for case in found for eye in case.eyes]
    if not eyes:
        return "No eye was measured that was meant to stay open."
    errors = [eye.error for eye in eyes]
    hits = [eye.flagged for eye in eyes if eye.beyond >= NARROWED]
    alarms = [eye.flagged for eye in eyes if eye.beyond < NOT_NARROWED]
    inside = [eye.inside for eye in eyes if eye.inside is not None]
    return (
        f"Eyes meant to stay open: aperture error {_mean(errors):.3f} (90 % "
        f"{np.percentile(errors, 90):.2f}) of {len(eyes)}, {_percent(inside)} inside the interval; "
        f"narrowing of 15 % beyond the other eye flagged in {_percent(hits)} of {len(hits)}, "
        f"flagged where there was none in {_percent(alarms)} of {len(alarms)}."
    )


def _refusals(found: Sequence[Case]) -> list[str]:
    """Why something was refused or withheld, and how often, in the words of the score."""
    reasons = Counter(
        ("refused" if case.refused else "withheld", re.sub(r"\d+(\.\d+)?", "#", reason))
        for case in found
        for reason in case.score["reasons"]
    )
    if not reasons:
        return []
    told = [f"- {kind} {n} times: {reason}" for (kind, reason), n in reasons.most_common()]
    return ["", *told]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool", type=Path, help="folder of the renderer")
    parser.add_argument("clips", type=Path, help="folder for the rendered clips")
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--first", type=int, default=200, help="number of the first person")
    parser.add_argument("--views", default=",".join(VIEWS), help="some of them, with commas")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every repetition here")
    parser.add_argument(
        "--rendered", action="store_true", help="take the clips that are there, render none"
    )
    options = parser.parse_args()
    views = options.views.split(",")
    if unknown := set(views) - set(VIEWS):
        parser.error(f"no view is called {', '.join(sorted(unknown))}; there are {VIEWS}")
    people = range(options.first, options.first + options.people)
    found: list[Case] = []
    for view in views:
        if not options.rendered:
            render(options.tool, options.clips, people, view)
        for person in people:
            clip = options.clips / f"{view}{person:03d}.mp4"
            if clip.with_suffix(".truth.csv").exists():
                print(f"scoring {clip.name}", file=sys.stderr, flush=True)
                found += cases(clip, view, person)
    if not found:
        parser.error(f"{options.clips} holds no clip of these people and views")
    if options.json:
        options.json.write_text(json.dumps([asdict(case) for case in found], indent=1) + "\n")
    print(f"Clips scored: {len({(case.view, case.person) for case in found})}.\n")
    print(must_hold(found))
    print()
    print(details(found))


if __name__ == "__main__":
    main()
