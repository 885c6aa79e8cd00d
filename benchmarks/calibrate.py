"""Write ``landmarks/average_face.json``: the constants of the measurement.

::

    python benchmarks/calibrate.py ../shared/truth CLIPS --people 20

The average face and the path of each movement come from the rig of the rendered people. How many
millimetres the anatomical point moves for a movement read as full is fitted on rendered people
(`benchmarks.accuracy`, seeds from 0; the ones that ``docs/accuracy.md`` reports on start at 200),
and the error of that fit is told with each person left out in turn.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from benchmarks.accuracy import MOVES, render, stretches, true_mm
from exercises import library
from landmarks.average_face import SURFACE, average_face, other_side
from landmarks.mesh import MIRROR, OUTER_CANTHI
from landmarks.meter import FaceMeter, readings
from landmarks.movement import PATHS
from landmarks.signals import Signals
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.quietly import native_noise_hidden

FIELDS = {
    "smile": "smile_open",
    "brow_raise": "brow_raise",
    "pucker": "pucker",
    "snarl": "snarl",
    "lower_lip": "lower_lip",
    "eye_close": "eye_close",
}
"""Our name and the rig's."""

MOVEMENTS = [
    ("brow", "up", "brow_raise", "brow_mm", 1.0),
    ("ala", "up", "snarl", "ala_mm", 1.0),
    ("upper_lip", "up", "snarl", "upper_lip_mm", 1.0),
    ("mouth_corner", "out_up", "smile", "corner_mm", 1.0),
    ("mouth_corner", "in", "pucker", "corner_dx_mm", -1.0),
    ("lower_lip", "down", "lower_lip", "lower_lip_mm", 1.0),
]
"""Region, direction, field, the rig's measure of the anatomical point, and its sign."""

OPEN = {"eyeBlink_L": 0.1, "eyeBlink_R": 0.1}
"""The rig's open eye."""

EDGE_NORMAL = 0.45
"""Skin that faces the camera less than this (cosine) lies at the face's edge."""

LID_MM = 1.0
"""Landmarks that closing the eye moves further than this lie on its lids."""


def geometry(tool: Path) -> dict[str, Any]:
    """Everything that the rig alone tells."""
    sys.path.insert(0, str(tool))
    from synthpatient.generate import metrics
    from synthpatient.rig import Rig
    from synthpatient.script import MOVES

    rig = Rig()
    triangles, weights = rig.mp_attach

    def landmarks_mm(head: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.einsum("nk,nkd->nd", weights, head[rig.tri[triangles]]) * 10

    def moved(name: str) -> NDArray[np.float64]:
        shapes = dict(OPEN)
        for shape, share in MOVES[name].items():
            sided = f"{shape}_L"
            if name == "eye_close":
                shapes[sided] = 1.0
            else:
                shapes[sided] = shapes.get(sided, 0.0) + share
        head: NDArray[np.float64] = rig.deform(rig.neutral, shapes)
        return head

    rested = rig.deform(rig.neutral, OPEN)
    points = landmarks_mm(rested)
    fields = {name: landmarks_mm(moved(shape)) - points for name, shape in FIELDS.items()}
    mirror = MIRROR[:SURFACE]
    even = (points + points[mirror] * np.array([-1, 1, 1])) / 2
    even -= even[list(OUTER_CANTHI)].mean(axis=0)
    facing = _facing(even)
    facing = np.minimum(facing, facing[mirror])
    closing = fields["eye_close"] + other_side(fields["eye_close"])
    on_lids = np.linalg.norm(closing, axis=1) > LID_MM
    rows = []
    for region, direction, field, measure, sign in MOVEMENTS:
        truth = metrics(rig.truth3d(moved(FIELDS[field])), rig.truth3d(rested))
        rows.append(
            {
                "region": region,
                "direction": direction,
                "field": field,
                "own_mm": round(sign * truth[f"{measure}_L"], 3),
                "other_mm": round(sign * truth[f"{measure}_R"], 3),
            }
        )
    return {
        "notice": " ".join(
            (tool / "synthpatient/data/LICENSE-ICT-FaceKit.txt").read_text("utf-8").split()
        ),
        "points_mm": np.round(even, 2).tolist(),
        "edge": np.flatnonzero(facing < EDGE_NORMAL).tolist(),
        "lids": np.flatnonzero(on_lids | on_lids[mirror]).tolist(),
        "fields_mm": {name: np.round(field, 2).tolist() for name, field in fields.items()},
        "movements": rows,
    }


def _facing(points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosine between the skin's normal at each landmark and straight ahead."""
    corners = Delaunay(points_mm[:, :2]).simplices
    a, b, c = (points_mm[corners[:, k]] for k in range(3))
    areas = np.cross(b - a, c - a)
    areas *= np.sign(areas[:, 2:])
    normals = np.zeros_like(points_mm)
    for k in range(3):
        np.add.at(normals, corners[:, k], areas)
    facing: NDArray[np.float64] = normals[:, 2] / np.linalg.norm(normals, axis=1)
    return facing


@dataclass(frozen=True)
class Taken:
    """One movement of one person: amplitudes read off the skin, and what was true (left, right)."""

    person: int
    path: int
    amplitudes: NDArray[np.float64]
    true_mm: NDArray[np.float64]


def taken(folder: Path, person: int) -> list[Taken]:
    """Every movement that is seen of a rendered person, measured with the table as it is."""
    stem = folder / f"sway{person:03d}"
    with stem.with_suffix(".truth.csv").open() as file:
        truth = list(csv.DictReader(file))
    time_s = [float(row["t"]) for row in truth]

    def resting(now_s: float) -> bool:
        row = min(int(np.searchsorted(time_s, now_s - 1e-6)), len(truth) - 1)
        return truth[row]["label"] == "rest"

    signals = Signals()
    with native_noise_hidden(), VideoFile(stem.with_suffix(".mp4")) as video, FaceMeter() as meter:
        for reading in readings(video, meter, resting):
            signals.append(reading)
    course = signals.between(-1.0, 1e9)
    found = []
    for one in stretches(truth):
        wanted = library.exercises()[MOVES[one.move][0]].wanted
        if wanted is None or (wanted.region, wanted.direction) not in PATHS:
            continue
        path = PATHS.index((wanted.region, wanted.direction))
        own, other = average_face().movements[PATHS[path]].mixing

        def median_mm(first: int, last: int, path: int = path) -> NDArray[np.float64]:
            rows = (course.time_s >= time_s[first]) & (course.time_s <= time_s[last])
            return np.asarray(np.nanmedian(course.along_mm[rows, path], axis=0))

        moved = median_mm(one.hold_first + 2, one.hold_last) - median_mm(one.start - 6, one.start)
        if not np.isfinite(moved).all():
            continue
        amplitudes = np.linalg.solve([[own, other], [other, own]], moved)
        found.append(Taken(person, path, amplitudes, np.array(true_mm(truth, one))))
    return found


def fitted(own: list[Taken]) -> NDArray[np.float64]:
    """The two constants of a movement, each repetition counting alike.

    Least absolute deviations, by weights found anew: a pucker with the head turned is far off.
    """
    reads = np.array([(one.amplitudes[k], one.amplitudes[1 - k]) for one in own for k in (0, 1)])
    truths = np.array([one.true_mm[k] for one in own for k in (0, 1)])
    weights = np.array([1.0 / one.true_mm.max() for one in own for _ in (0, 1)])
    constants = np.zeros(2)
    for _ in range(20):
        constants = np.linalg.lstsq(reads * weights[:, None], truths * weights, rcond=None)[0]
        largest = np.array([one.true_mm.max() for one in own for _ in (0, 1)])
        off = np.abs(reads @ constants - truths) / largest
        weights = 1.0 / largest / np.sqrt(np.maximum(off, 0.02))
    return constants


def left_out_errors(own: list[Taken]) -> list[float]:
    """Errors of the weak side's share of the strong one's, its person left out of the fit."""
    errors = []
    for one in own:
        constants = fitted([other for other in own if other.person != one.person])
        mm = constants[0] * one.amplitudes + constants[1] * one.amplitudes[::-1]
        weak = int(np.argmin(one.true_mm))
        true = one.true_mm[weak] / one.true_mm[1 - weak]
        errors.append(abs(float(mm[weak] / mm[1 - weak] - true)))
    return errors


def write(table: dict[str, Any]) -> None:
    """Write the table where the package reads it, and read it anew."""
    target = Path(__file__).parents[1] / "landmarks" / "average_face.json"
    target.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    average_face.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool", type=Path, help="folder of the renderer")
    parser.add_argument("clips", type=Path, help="folder for the rendered clips")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="number of the first person")
    options = parser.parse_args()
    if options.people < 2:
        parser.error(
            f"--people must be 2 or more, since each is left out in turn; got {options.people}"
        )
    people = range(options.first, options.first + options.people)
    table = geometry(options.tool)
    write(table)
    render(options.tool, options.clips, people, "sway")
    found = [one for person in people for one in taken(options.clips, person)]
    print("| path | own mm | other mm | repetitions | ratio error, each person left out |")
    print("|---|---|---|---|---|")
    for row, (region, direction) in enumerate(PATHS):
        own = [one for one in found if one.path == row]
        if not own:
            continue
        constants = fitted(own)
        entry = next(
            one
            for one in table["movements"]
            if (one["region"], one["direction"]) == (region, direction)
        )
        gains = constants[0] / entry["own_mm"]
        for other in table["movements"]:  # what shares a path shares what the flow misses
            if other["field"] == entry["field"]:
                other["own_mm"] = round(other["own_mm"] * float(gains), 3)
                other["other_mm"] = round(other["other_mm"] * float(gains), 3)
        entry["own_mm"], entry["other_mm"] = (round(float(one), 3) for one in constants)
        print(
            f"| {region} {direction} | {constants[0]:.2f} | {constants[1]:.2f} | {len(own)} "
            f"| {np.mean(left_out_errors(own)):.3f} |"
        )
    write(table)


if __name__ == "__main__":
    main()
