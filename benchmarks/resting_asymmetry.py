"""Unevenness at rest, measured on rendered people whose resting face is known.

::

    python benchmarks/resting_asymmetry.py ../shared/truth CLIPS --people 20 --first 200
    python benchmarks/resting_asymmetry.py ../shared/truth CLIPS --people 20 --first 0 --fit

Clips of a resting face are rendered into the folder CLIPS once and used again. Person *k* is drawn
at random from seed *k* (identity, skin, beard, light, camera, where the head points) and seen in
two views: *uneven*, with a random mix of droop, a lid that is narrow or wide, a corner of the mouth
that is drawn up, a brow that is low or high, a mouth drawn to the other side; and *even*, with the
same resting face on both sides. Each clip goes through the meter, as every recording does.

The truth is where the renderer's anatomical points lie: level is the line through both pupils.
Prints tables as Markdown; with ``--fit`` the constants of ``landmarks/resting_asymmetry.py`` too,
errors being told with each person left out of the gain.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landmarks import resting_asymmetry as module
from landmarks.meter import FaceMeter, readings
from landmarks.rest import Rest
from landmarks.resting_asymmetry import Known, Spread
from landmarks.scale import BY_IRIS
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.quietly import native_noise_hidden

Array = NDArray[np.float64]

FPS = 20
SECONDS = 1.6
VIEWS = ("uneven", "even")

FISSURE, FISSURES, COMMISSURES, BROWS = (
    "lid opening, either side",
    "lid openings, left less right",
    "corners of the mouth, left less right",
    "brows, left less right",
)
NUMBERS = (FISSURE, FISSURES, COMMISSURES, BROWS)

EVEN_MM = 0.3
"""A face that differs by less than this is even; one that differs by `UNEVEN_MM` is not."""
UNEVEN_MM = 2.0


def script(person: int, view: str) -> dict[str, Any]:
    """One random person at rest, for the renderer; `view` is one of `VIEWS`."""
    rng = np.random.default_rng([20261121, person, VIEWS.index(view), 6])
    look = np.random.default_rng([20261121, person, 5])
    skin = np.array([0.58, 0.33, 0.235]) * look.uniform(0.35, 1.25)
    side, other = ("R", "L") if person % 2 else ("L", "R")
    both = {
        "mouthFrown": rng.uniform(0.0, 0.3),
        "browInnerUp": rng.uniform(-0.2, 0.3),
        "browDown": rng.uniform(0.0, 0.3),
    }
    rest = {f"{shape}_{each}": float(size) for shape, size in both.items() for each in "LR"}
    if view == "uneven":
        brow = rng.uniform(-0.5, 0.4) * (rng.random() < 0.67)
        uneven = {
            f"droop_{side}": rng.choice([0.0, 0.3, 0.6, 1.0]),
            f"eyeBlink_{side}": rng.uniform(-0.2, 0.5) * (rng.random() < 0.67),
            f"mouthSmile_{side}": rng.uniform(0.05, 0.4) * (rng.random() < 0.5),
            f"browInnerUp_{side}": brow,
            f"browOuterUp_{side}": brow,
            f"mouth{'Left' if other == 'L' else 'Right'}": rng.uniform(0.0, 0.3)
            * (rng.random() < 0.33),
        }
        for shape, size in uneven.items():
            rest[shape] = rest.get(shape, 0.0) + float(size)
    fov = float(rng.uniform(30.0, 50.0))
    return {
        "fps": FPS,
        "size": [640, 480],
        "seconds": SECONDS,
        "seed": person,
        "person": {
            "id_seed": 9000 + person,
            "look": {
                "seed": person,
                "skin": skin.tolist(),
                "beard": float(look.choice([0, 0, 0.4])),
                "freckles": int(look.integers(20, 200)),
            },
        },
        "lid_rest": float(rng.uniform(0.0, 0.2)),
        "rest": rest,
        "pose": {
            "yaw": float(rng.uniform(-6, 6)),
            "pitch": float(rng.uniform(-6, 6)),
            "roll": float(rng.uniform(-10, 10)),
            "tx": float(rng.uniform(-3, 3)),
            "ty": float(rng.uniform(-1.5, 1.5)),
        },
        "sway": {"yaw": 1.0, "pitch": 0.6, "roll": 0.5, "tx": 0.2, "ty": 0.1, "tz": 0.3},
        "fov": fov,
        "distance": float(
            52.0 * np.tan(np.radians(19.0)) / np.tan(np.radians(fov / 2)) * rng.uniform(0.9, 1.25)
            - 10.0
        ),
        "light": {
            "az": float(rng.uniform(-45, 45)), "el": 30, "key": 0.85, "fill": 0.32, "ambient": 0.42,
        },
        "camera": {"noise": 2.0, "blur": 0.5, "flicker": 0.01},
        "crf": 20,
    }  # fmt: skip


def render(tool: Path, folder: Path, person: int, view: str) -> None:
    """Render a clip that is not there yet."""
    sys.path.insert(0, str(tool))
    from synthpatient.generate import generate

    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"{view}{person:03d}"
    if not stem.with_suffix(".truth.json").exists():
        print(f"rendering {view} {person}", file=sys.stderr, flush=True)
        generate(script(person, view), str(stem), progress=False)
        stem.with_suffix(".truth.csv").unlink()


@dataclass(frozen=True)
class Case:
    """One number of one clip: what was measured and what is true."""

    view: str
    person: int
    name: str
    known: Known | None
    true_mm: float
    yaw_deg: float

    @property
    def error_mm(self) -> float:
        assert self.known is not None
        return self.known.mm - self.true_mm

    @property
    def inside(self) -> bool:
        assert self.known is not None
        return self.known.interval_mm.low <= self.true_mm <= self.known.interval_mm.high

    @property
    def told(self) -> int:
        """Which way the interval says that the sides differ: 1, -1, or 0 for not certain."""
        assert self.known is not None
        return int(self.known.interval_mm.low > 0) - int(self.known.interval_mm.high < 0)


def true_mm(tool: Path, truth: dict[str, Any]) -> list[tuple[str, float]]:
    """Names and millimetres of a clip's truth: left and right eye, then the differences."""
    sys.path.insert(0, str(tool))
    from synthpatient.rig import Rig
    from synthpatient.script import person

    rig = Rig()
    pupils, _ = rig.eyes(rig.identity(person(truth["meta"]["script"]["person"])["identity"]))
    along = pupils[0, :2] - pupils[1, :2]
    up = np.array([-along[1], along[0]]) / np.linalg.norm(along)
    height = {name: float(np.array(at)[:2] @ up) for name, at in truth["frames"][0]["mm"].items()}
    left, right = (height[f"lid_upper_{side}"] - height[f"lid_lower_{side}"] for side in "LR")
    brows = [
        height[f"brow_{part}_L"] - height[f"brow_{part}_R"] for part in ("inner", "mid", "outer")
    ]
    corners = height["mouth_corner_L"] - height["mouth_corner_R"]
    numbers = (left, right, left - right, corners, float(np.mean(brows)))
    return list(zip((FISSURE, *NUMBERS), numbers, strict=True))


def rest_of(clip: Path) -> Rest | None:
    """The rest that the meter finds in a clip."""
    with native_noise_hidden(), VideoFile(clip) as video, FaceMeter() as meter:
        for _ in readings(video, meter, lambda _: True):
            pass
        return meter.rest


def cases(tool: Path, folder: Path, person: int, view: str) -> list[Case]:
    """Every number of one clip."""
    stem = folder / f"{view}{person:03d}"
    rest = rest_of(stem.with_suffix(".mp4"))
    if rest is None:
        print(f"{stem.name}: no rest was found", file=sys.stderr)
        return []
    found = rest.asymmetry
    differences = (found.fissure_difference, found.commissure_difference, found.brow_difference)
    true = true_mm(tool, json.loads(stem.with_suffix(".truth.json").read_text()))
    return [
        Case(view, person, name, known, mm, rest.pose.yaw_deg)
        for (name, mm), known in zip(true, (*found.fissures, *differences), strict=True)
    ]


def table(found: list[Case]) -> str:
    """Errors and intervals of each number, as Markdown."""
    lines = [
        "| number | faces | n, not told | true spread | error, mean (90 %) | bias "
        "| interval: half-width, holds the truth | differs truly by 2 mm: found "
        "| truly even: invented |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, view in itertools.product(NUMBERS, VIEWS):
        own = [case for case in found if (case.name, case.view) == (name, view)]
        told = [case for case in own if case.known is not None]
        if not told:
            continue
        errors = np.array([case.error_mm for case in told])
        true = np.array([case.true_mm for case in told])
        widths = [case.known.interval_mm.width / 2 for case in told if case.known is not None]
        uneven = [
            case.told == np.sign(case.true_mm) for case in told if abs(case.true_mm) >= UNEVEN_MM
        ]
        even = [case.told != 0 for case in told if abs(case.true_mm) < EVEN_MM]
        compared = name != FISSURE
        cells = (
            name,
            view,
            f"{len(told)}, {len(own) - len(told)}",
            f"{true.std():.2f}",
            f"{np.abs(errors).mean():.2f} ({np.percentile(np.abs(errors), 90):.2f})",
            f"{errors.mean():+.2f}",
            f"{np.mean(widths):.2f}, {100 * np.mean([case.inside for case in told]):.0f} %",
            f"{sum(uneven)} of {len(uneven)}" if compared else "-",
            f"{sum(even)} of {len(even)}" if compared else "-",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def gain(read_mm: Array, true_mm: Array) -> float:
    """True over measured, as measured without a gain; least absolute deviations."""
    weights = np.ones(len(true_mm))
    slope = 1.0
    for _ in range(30):
        slope = float((weights * read_mm) @ true_mm / ((weights * read_mm) @ read_mm))
        weights = 1.0 / np.maximum(np.abs(true_mm - slope * read_mm), 0.05)
    return slope


def spread(sizes_mm: Array, yaws_deg: Array, errors_mm: Array, known_share: float) -> Spread:
    """The likeliest spread of errors; a share of the size is known beforehand."""
    steps = np.arange(0.10, 0.71, 0.05), np.arange(0.0, 0.31, 0.05), np.arange(0.0, 0.081, 0.01)

    def unlikely(fixed: float, share: float, per_deg: float) -> float:
        shares = np.hypot(share, known_share) * sizes_mm
        sigma = np.sqrt(fixed**2 + shares**2 + (per_deg * yaws_deg) ** 2)
        return float((np.log(sigma) + 0.5 * (errors_mm / sigma) ** 2).sum())

    best = min(itertools.product(*steps), key=lambda one: unlikely(*one))
    return Spread(*(round(float(part), 2) for part in best))


def fit(found: list[Case]) -> None:
    """Print the constants, the gain being used on people left out of it."""
    for name in NUMBERS:
        own = [case for case in found if case.name == name and case.known is not None]
        person = np.array([case.person for case in own])
        read = np.array([case.known.mm for case in own if case.known is not None])
        true = np.array([case.true_mm for case in own])
        gains = np.ones(len(own))
        if name == COMMISSURES:
            read = read / module.COMMISSURE_GAIN
            for one in set(person):
                gains[person == one] = gain(read[person != one], true[person != one])
        errors = gains * read - true
        yaws = np.array([case.yaw_deg for case in own])
        likeliest = spread(gains * read, yaws, errors, BY_IRIS.spread if name == FISSURE else 0.0)
        print(
            f"{name}: best gain {gain(read, true):.2f}, used {gains.min():.2f} to "
            f"{gains.max():.2f}, rms {np.sqrt((errors**2).mean()):.2f}, {likeliest}"
        )
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool", type=Path, help="folder of the renderer")
    parser.add_argument("clips", type=Path, help="folder for the rendered clips")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--first", type=int, default=200, help="number of the first person")
    parser.add_argument("--fit", action="store_true", help="print the constants fitted on these")
    options = parser.parse_args()
    found: list[Case] = []
    for person in range(options.first, options.first + options.people):
        for view in VIEWS:
            render(options.tool, options.clips, person, view)
            found += cases(options.tool, options.clips, person, view)
    if options.fit:
        fit(found)
    print(table(found))


if __name__ == "__main__":
    main()
