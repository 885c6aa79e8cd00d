"""Accuracy of the measurement against rendered people whose true movement is known.

::

    python benchmarks/accuracy.py ../shared/truth CLIPS --people 10
    python benchmarks/accuracy.py ../shared/truth CLIPS --people 20 --first 0 --fit

Clips are rendered into the folder CLIPS once and used again. Person *k* is drawn at random from
seed *k* (identity, skin, beard, light, resting droop, sway of 2 degrees, synkinesis); odd persons
are weak on the right, even ones on the left. Each does seven movements: both sides once, the weaker
one at a random share of the other, now and then at none.

The table goes to standard output as Markdown; ``docs/accuracy.md`` keeps one. ``--fit`` prints the
two unmixing constants of each movement, and their errors with each person left out in turn.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exercises import library
from exercises.repetition import Asked, measure_of
from exercises.scoring import RepetitionScore, score_asked
from landmarks import movement
from landmarks.meter import FaceMeter, readings
from landmarks.rest import Rest
from landmarks.signals import Signals
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.quietly import native_noise_hidden

FPS = 20
MOVES = {
    "brow_raise": ("brow_lift", "brow_mm", 1.0),
    "eye_close": ("eye_close_gentle", "aperture_mm", -1.0),
    "snarl": ("snarl", "upper_lip_mm", 1.0),
    "smile_open": ("smile_open", None, 1.0),
    "pucker": ("pucker", "corner_dx_mm", -1.0),
    "lower_lip": ("ee_lowerlip", "lower_lip_mm", 1.0),
}
"""For each rendered movement the exercise, and the column and sign of its truth."""


@dataclass(frozen=True)
class Case:
    """One repetition: what was measured, and what was true (left, right)."""

    person: int
    exercise: str
    score: RepetitionScore
    true_mm: NDArray[np.float64]
    true_narrowing: NDArray[np.float64]
    raw_mm: NDArray[np.float64]

    @property
    def weak(self) -> int:
        return int(np.argmin(self.true_mm))

    @property
    def true_ratio(self) -> float:
        return float(self.true_mm.min() / self.true_mm.max())


def script(person: int) -> dict[str, Any]:
    """What one random person does, for the renderer."""
    rng = np.random.default_rng([20261121, person])
    weak, strong = ("right", "left") if person % 2 else ("left", "right")
    side = weak[0].upper()

    def exercise(move: str) -> dict[str, Any]:
        size = float(rng.uniform(0.45, 1.0))
        share = float(rng.choice([0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0]))
        one: dict[str, Any] = {"move": move, "rise": 1.0, "hold": 1.3, "fall": 1.0, "rest": 1.2}
        one[strong], one[weak] = size, size * share
        if move in ("smile_open", "pucker") and rng.random() < 0.6:
            one["synkinesis"] = {f"eyeBlink_{side}": float(rng.uniform(0.2, 0.5))}
        return one

    skin = np.array([0.58, 0.33, 0.235]) * rng.uniform(0.35, 1.25)
    moves = [*MOVES, "smile_open"]
    return {
        "fps": FPS,
        "size": [640, 480],
        "seed": person,
        "person": {
            "id_seed": 9000 + person,
            "look": {
                "seed": person,
                "skin": skin.tolist(),
                "beard": float(rng.choice([0, 0, 0.4])),
                "freckles": int(rng.integers(20, 200)),
            },
        },
        "lead": 2.5,
        "rest": {f"droop_{side}": float(rng.choice([0, 0.4, 0.7]))},
        "exercises": [exercise(move) for move in moves],
        "blinks": [{"t": 0.3}],
        "sway": {"yaw": 2.0, "pitch": 1.2, "roll": 1.0, "tx": 0.4, "ty": 0.2, "tz": 0.6},
        "light": {
            "az": float(rng.uniform(-45, 45)), "el": 30, "key": 0.85, "fill": 0.32, "ambient": 0.42,
        },
        "camera": {"noise": 2.0, "blur": 0.5, "flicker": 0.01},
        "crf": 20,
    }  # fmt: skip


def render(tool: Path, folder: Path, people: range) -> None:
    """Render the clips that are not there yet."""
    sys.path.insert(0, str(tool))
    from synthpatient.generate import generate

    folder.mkdir(parents=True, exist_ok=True)
    for person in people:
        stem = folder / f"person{person:03d}"
        if not stem.with_suffix(".truth.csv").exists():
            print(f"rendering person {person}", file=sys.stderr, flush=True)
            generate(script(person), str(stem), progress=False)
            stem.with_suffix(".truth.json").unlink()


def measure(path: Path) -> tuple[Signals, Rest | None]:
    """Signals and rest of a clip."""
    signals = Signals()
    with native_noise_hidden(), VideoFile(path) as video, FaceMeter() as meter:
        for reading in readings(video, meter, lambda time_s: True):
            signals.append(reading)
        return signals, meter.rest


def stretches(truth: list[dict[str, str]]) -> list[tuple[str, int, int, int, int]]:
    """Movement, first row, first and last row of the hold, and first row after, of each."""
    found, row = [], 0
    labels = [one["label"] for one in truth]
    while row < len(labels):
        move, end = labels[row].split(":")[0], row
        while end < len(labels) and labels[end].split(":")[0] == move:
            end += 1
        if move != "rest":
            hold = [k for k in range(row, end) if labels[k].endswith(":hold")]
            found.append((move, row, hold[0], hold[-1], end))
        row = end
    return found


def true_mm(
    truth: list[dict[str, str]], move: str, rows: tuple[int, int, int]
) -> NDArray[np.float64]:
    """What each side truly did between rest and hold, left then right."""
    start, first, last = rows

    def change(column: str) -> NDArray[np.float64]:
        held, rested = (
            [np.mean([float(one[f"{column}_{side}"]) for one in part]) for side in "LR"]
            for part in (truth[first + 2 : last], truth[start - 6 : start])
        )
        return np.array(held) - np.array(rested)

    _, column, sign = MOVES[move]
    if column is None:
        return np.hypot(change("corner_dx_mm"), change("corner_dy_mm"))
    return sign * change(column)


def cases(folder: Path, person: int) -> list[Case]:
    """Every repetition of a person."""
    stem = folder / f"person{person:03d}"
    signals, rest = measure(stem.with_suffix(".mp4"))
    with stem.with_suffix(".truth.csv").open() as file:
        truth = list(csv.DictReader(file))
    time_s = [float(one["t"]) for one in truth]
    found, rows = [], stretches(truth)
    for k, (move, start, first, last, end) in enumerate(rows):
        exercise = library.exercises()[MOVES[move][0]]
        scores = score_asked(
            signals,
            rest,
            exercise,
            Asked(exercise.id, time_s[start], time_s[end]),
            not_before_s=time_s[rows[k - 1][4]] if k else float("-inf"),
            not_after_s=time_s[rows[k + 1][1]] if k + 1 < len(rows) else float("inf"),
        )
        opening = [
            np.mean([float(one[f"aperture_mm_{side}"]) for one in truth[first + 2 : last]])
            / np.mean([float(one[f"aperture_mm_{side}"]) for one in truth[start - 6 : start]])
            for side in "LR"
        ]
        found.append(
            Case(
                person,
                exercise.id,
                scores[0],
                true_mm(truth, move, (start, first, last)),
                1.0 - np.array(opening),
                _raw_mm(signals, exercise.id, scores[0], time_s[start]),
            )
        )
    return found


def _raw_mm(
    signals: Signals, exercise: str, score: RepetitionScore, start_s: float
) -> NDArray[np.float64]:
    """What the mesh reads on each side before unmixing, for `fit`."""
    one = measure_of(library.exercises()[exercise])
    if one is None or score.hold_start_s is None or score.hold_end_s is None:
        return np.full(2, np.nan)
    kept = movement._UNMIXING.pop((one.region, one.direction), None)
    try:
        rested = signals.between(start_s - 0.6, start_s).wanted_mm(one)
        held = signals.between(score.hold_start_s, score.hold_end_s).wanted_mm(one)
    finally:
        if kept is not None:
            movement._UNMIXING[one.region, one.direction] = kept
    raw: NDArray[np.float64] = np.nanmedian(held, axis=0) - np.nanmedian(rested, axis=0)
    return raw


def table(found: list[Case]) -> str:
    """The accuracy table in Markdown."""
    lines = [
        "| exercise | repetitions | refused | ratio shown | ratio error, mean (90 %) |"
        " ratio inside its interval | millimetres inside | gain |"
        " still side: bound (largest) |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name in library.exercises():
        own = [case for case in found if case.exercise == name]
        if not own:
            continue
        seen = [case for case in own if case.score.measurable]
        shown = [case for case in seen if case.score.symmetry is not None]
        errors = [abs(float(case.score.symmetry or 0) - case.true_ratio) for case in shown]
        inside = [
            case.score.symmetry_interval.low - 1e-9
            <= case.true_ratio
            <= case.score.symmetry_interval.high + 1e-9
            for case in seen
            if case.score.symmetry_interval is not None
        ]
        mm_inside, gains = [], []
        for case in seen:
            for k, side in enumerate((case.score.left, case.score.right)):
                interval = side.excursion_interval_mm
                if interval is not None:
                    mm_inside.append(interval.low - 0.05 <= case.true_mm[k] <= interval.high + 0.05)
                if side.excursion_mm is not None and k != case.weak:
                    gains.append(side.excursion_mm / case.true_mm[k])
        still = [
            case.score.symmetry_interval.high
            for case in seen
            if case.true_ratio < 0.02 and case.score.symmetry_interval is not None
        ]
        error = f"{np.mean(errors):.3f} ({np.percentile(errors, 90):.2f})" if errors else "-"
        lines.append(
            f"| `{name}` | {len(own)} | {len(own) - len(seen)} | {len(shown)} | {error} "
            f"| {_share(inside)} | {_share(mm_inside)} | {np.mean(gains):.2f} "
            f"| {f'{np.mean(still):.2f} ({max(still):.2f})' if still else '-'} |"
        )
    return "\n".join([*lines, "", _eyes(found)])


def _eyes(found: list[Case]) -> str:
    """Narrowing of eyes that should have stayed open."""
    errors, hits, alarms = [], [], []
    for case in found:
        for quiet in case.score.quiet:
            if quiet.region == "eye" and quiet.change is not None:
                k = 0 if quiet.side == "left" else 1
                true = case.true_narrowing[k]
                excess = true - case.true_narrowing[1 - k]
                errors.append(abs(quiet.change - true))
                if excess >= 0.15:
                    hits.append(quiet.flag != "none")
                elif excess < 0.03:
                    alarms.append(quiet.flag != "none")
    return (
        f"Eyes meant to stay open: aperture error {np.mean(errors):.3f} "
        f"(90 % {np.percentile(errors, 90):.2f}); narrowing of 15 % beyond the other eye flagged "
        f"in {_share(hits)}, flagged where there was none in {_share(alarms)}."
    )


def _share(values: list[bool]) -> str:
    return f"{100 * np.mean(values):.0f} % of {len(values)}" if values else "-"


def fit(found: list[Case]) -> str:
    """Constants of the unmixing, and errors with each person left out."""
    lines = ["| exercise | own | other | ratio error, mean | root mean square |", "|" + "---|" * 5]
    by_name: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        if np.isfinite(case.raw_mm).all():
            by_name[case.exercise].append(case)
    for name, own in by_name.items():
        errors = []
        for person in {case.person for case in own}:
            constants = _least_squares([case for case in own if case.person != person])
            for case in (case for case in own if case.person == person):
                sides = constants[0] * case.raw_mm + constants[1] * case.raw_mm[::-1]
                errors.append(sides[case.weak] / sides[1 - case.weak] - case.true_ratio)
        constants = _least_squares(own)
        lines.append(
            f"| `{name}` | {constants[0]:.2f} | {constants[1]:.2f} | {np.mean(np.abs(errors)):.3f} "
            f"| {np.sqrt(np.mean(np.square(errors))):.3f} |"
        )
    return "\n".join(lines)


def _least_squares(own: list[Case]) -> NDArray[np.float64]:
    reads = np.array([(c.raw_mm[k], c.raw_mm[1 - k]) for c in own for k in (0, 1)])
    truths = np.array([c.true_mm[k] for c in own for k in (0, 1)])
    weights = np.array([1.0 / c.true_mm.max() for c in own for _ in (0, 1)])
    constants: NDArray[np.float64] = np.linalg.lstsq(
        reads * weights[:, None], truths * weights, rcond=None
    )[0]
    return constants


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool", type=Path, help="folder of the renderer")
    parser.add_argument("clips", type=Path, help="folder for the rendered clips")
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--first", type=int, default=100, help="number of the first person")
    parser.add_argument("--fit", action="store_true", help="print the unmixing constants too")
    options = parser.parse_args()
    people = range(options.first, options.first + options.people)
    render(options.tool, options.clips, people)
    found = [case for person in people for case in cases(options.clips, person)]
    print(table(found))
    if options.fit:
        print()
        print(fit(found))


if __name__ == "__main__":
    main()
