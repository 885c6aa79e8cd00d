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
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from landmarks.average_face import SURFACE, other_side
from landmarks.mesh import MIRROR, OUTER_CANTHI

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool", type=Path, help="folder of the renderer")
    options = parser.parse_args()
    table = geometry(options.tool)
    target = Path(__file__).parents[1] / "landmarks" / "average_face.json"
    target.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
