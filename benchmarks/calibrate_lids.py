"""Fit the constants of ``landmarks/lids.py`` to rendered people whose lids are known.

::

    python benchmarks/calibrate_lids.py CLIPS [CLIPS ...] --meshes FOLDER

Each folder holds clips of the renderer with their ``.truth.csv``; the last three digits of a clip's
name are the person's number, and people from 100 on are left alone, since accuracy is told on them.
Meshes are tracked once and kept in FOLDER. Prints the curve of the mesh, the weights, the sigmas
and, by kind of clip, the errors on people left out of the fit, as Markdown.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from landmarks import lids
from landmarks.look import look_at
from landmarks.rest import RestFinder
from landmarks.tracker import FaceTracker
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.quietly import native_noise_hidden

FIRST_HELD_OUT = 100
RIDGE = 1e-4
"""Share of the mean squared feature that is added to each, so that no weight runs away."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Clip:
    """Every frame of a clip after its rest was found; sides are left and right.

    `true` is the aperture as a share of the resting rows' own, `reads` what the mesh says of it,
    `features` as in `LidReference.features`. `opened` is the true resting opening as a share of the
    mesh's, `heights` what the picture says of it.
    """

    kind: str
    person: int
    time_s: Array
    labels: list[str]
    true_mm: Array
    true: Array
    reads: Array
    features: Array
    opened: Array
    heights: Array

    def movements(self) -> list[tuple[str, NDArray[np.intp], NDArray[np.intp]]]:
        """Name, rows of the rest before it and rows of the hold, of each movement."""
        found, row = [], 0
        while row < len(self.labels):
            name, end = self.labels[row].split(":")[0], row
            while end < len(self.labels) and self.labels[end].split(":")[0] == name:
                end += 1
            held = [k for k in range(row, end) if self.labels[k].endswith(":hold")][2:-1]
            if name != "rest" and held and row >= 4:
                found.append((name, np.arange(max(row - 6, 0), row), np.array(held)))
            row = end
        return found


def meshes(path: Path, folder: Path) -> tuple[Array, Array]:
    """Times and meshes of a clip, tracked once."""
    kept = folder / f"{path.stem}.npz"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        points, times = [], []
        with native_noise_hidden(), VideoFile(path) as video, FaceTracker() as tracker:
            for frame in video:
                mesh = tracker.track(frame.image, frame.time_s)
                points.append(np.full((478, 3), np.nan) if mesh is None else mesh.points_px)
                times.append(frame.time_s)
        np.savez(kept, points=np.array(points, np.float32), t=np.array(times))
    with np.load(kept) as data:
        return data["t"].astype(float), data["points"].astype(float)


def read(path: Path, folder: Path) -> Clip | None:
    """Measure a clip; None where no rest is seen in it."""
    times, points = meshes(path, folder)
    with path.with_suffix(".truth.csv").open() as file:
        truth = list(csv.DictReader(file))
    finder, rows, reads, features = RestFinder(), [], [], []
    with VideoFile(path) as video:
        for row, frame in enumerate(video):
            mesh = points[row]
            if np.isnan(mesh).any():
                finder.interrupt()
                continue
            face = finder.face
            finder.see(frame.time_s, frame.image, mesh)
            if face is None:
                continue
            look = look_at(frame.image, mesh, face.anchor)
            rows.append(row)
            reads.append(look.shape.apertures / face.shape.apertures)
            features.append(face.lids.features(look.eyes, reads[-1]))
    rest, face = finder.rest, finder.face
    if rest is None or face is None:
        return None
    millimetres = np.array([[float(one[f"aperture_mm_{s}"]) for s in "LR"] for one in truth])
    resting = np.median(millimetres[(times >= rest.start_s) & (times <= rest.end_s)], axis=0)
    return Clip(
        kind=path.stem.rstrip("0123456789") or path.stem,
        person=int(path.stem[-3:]),
        time_s=times[rows],
        labels=[truth[row]["label"] for row in rows],
        true_mm=millimetres[rows],
        true=millimetres[rows] / resting,
        reads=np.array(reads),
        features=np.array(features),
        opened=resting / (face.shape.apertures * face.mm_per_px),
        heights=np.array([np.nan if eye is None else eye.height for eye in face.lids._eyes]),
    )


def mesh_curve(clips: list[Clip]) -> tuple[Array, Array]:
    """The mesh's curve: medians of the truth near each knot, rising, through rest."""
    reads = np.concatenate([clip.reads.ravel() for clip in clips])
    true = np.concatenate([clip.true.ravel() for clip in clips])
    knots = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    met, heights = [], []
    for knot in knots[:-1]:
        near = np.abs(reads - knot) < 0.05
        if near.any():
            met.append(knot)
            heights.append(float(np.median(true[near])))
    rising = np.minimum(np.maximum.accumulate([*heights, 1.0]), 1.0)
    return knots, np.interp(knots, [*met, 1.0], rising)


def _set_curve(clips: list[Clip]) -> None:
    lids._MESH_READS, lids._MESH_TRUE = mesh_curve(clips)


def _features(clip: Clip) -> Array:
    """The clip's features with the mesh's word by the present curve."""
    changed = clip.features.copy()
    p, mesh = changed[..., 1] + 1.0, lids.mesh_aperture(clip.reads)
    changed[..., 0] = mesh - 1.0
    changed[..., 3] = mesh * p - 1.0
    return changed


def _sampled(clip: Clip) -> NDArray[np.intp]:
    """Every second frame of the movements, every tenth at rest."""
    moving = np.array([label != "rest" for label in clip.labels])
    return np.sort(np.concatenate([np.flatnonzero(moving)[::2], np.flatnonzero(~moving)[::10]]))


def weights(clips: list[Clip]) -> Array:
    """Least squares, with seldom apertures counting more than their number."""
    rows = [(_features(clip)[_sampled(clip)], clip.true[_sampled(clip)] - 1.0) for clip in clips]
    features = np.concatenate([one[0].reshape(-1, one[0].shape[-1]) for one in rows])
    change = np.concatenate([one[1].ravel() for one in rows])
    known = np.isfinite(features).all(axis=1)
    features, change = features[known], change[known]
    bins = np.clip(((change + 1.0) * 10).astype(int), 0, 11)
    count = np.sqrt(np.bincount(bins, minlength=12)[bins] + len(change) / 50)
    scaled = features / count[:, None]
    square = scaled.T @ scaled
    ridge = RIDGE * np.trace(square) / len(square) * np.eye(len(square))
    solved: Array = np.linalg.solve(square + ridge, scaled.T @ (change / count))
    return solved


def apertures(clip: Clip) -> lids.LidApertures:
    """A clip's apertures with the constants that `lids` has now."""
    return lids.combined(_features(clip), lids.mesh_aperture(clip.reads))


def left_out(clips: list[Clip]) -> list[lids.LidApertures]:
    """Apertures of each clip, fitted on all other people."""
    kept = lids._WEIGHTS, lids._MESH_READS, lids._MESH_TRUE
    found = []
    for clip in clips:
        others = [one for one in clips if one.person != clip.person]
        _set_curve(others)
        lids._WEIGHTS = weights(others)
        found.append(apertures(clip))
    lids._WEIGHTS, lids._MESH_READS, lids._MESH_TRUE = kept
    return found


def height_fit(clips: list[Clip]) -> Array:
    """Constant and slope of the true resting opening over the height that the picture shows."""
    heights = np.concatenate([clip.heights for clip in clips])
    opened = np.concatenate([clip.opened for clip in clips])
    known = np.isfinite(heights)
    line = np.stack([np.ones(int(known.sum())), heights[known]], axis=-1)
    solved: Array = np.linalg.lstsq(line, opened[known], rcond=None)[0]
    return solved


def left_over_right(clips: list[Clip]) -> tuple[float, float]:
    """Mean error of the left opening against the right: the mesh's, and with the picture."""
    errors: list[tuple[float, float]] = []
    for clip in clips:
        fit = height_fit([one for one in clips if one.person != clip.person])
        told = fit[0] + fit[1] * clip.heights
        if np.isfinite(told).all():
            errors.append(
                tuple(
                    abs(float(np.diff(np.log(one))[0])) for one in (clip.opened, clip.opened / told)
                )
            )
    mesh, both = np.mean(errors, axis=0)
    return float(mesh), float(both)


def sigmas(clips: list[Clip], found: list[lids.LidApertures]) -> Array:
    """Sigma at rest, its growth with lost aperture and with mesh and picture apart."""
    squares, columns = [], []
    for clip, one in zip(clips, found, strict=True):
        rows = _sampled(clip)
        lost = np.clip(1.0 - one.ratio[rows], 0.0, 1.0)
        apart = np.abs(one.ratio - lids.mesh_aperture(clip.reads))[rows]
        squares.append(np.clip(np.abs(one.ratio - clip.true)[rows], 0.0, 0.3).ravel() ** 2)
        columns.append(np.stack([np.ones_like(lost), lost**2, apart**2], -1).reshape(-1, 3))
    table, target = np.concatenate(columns), np.concatenate(squares)
    expected = 0.03**2 + (0.06 * np.sqrt(table[:, 1])) ** 2
    solved: Array = np.sqrt(nnls(table / expected[:, None], target / expected)[0])
    return solved


def table(clips: list[Clip], found: list[lids.LidApertures]) -> str:
    """Errors by kind of clip, in Markdown."""
    lines = [
        "| clips | movements | aperture | closure ratio | even closure |"
        " narrowing, smile and pucker | 15 % beyond the other eye: found |"
        " none: flagged | inside 90 % |",
        "|" + "---|" * 9,
    ]
    for kind in sorted({clip.kind for clip in clips}):
        errors: dict[str, list[float]] = defaultdict(list)
        for clip, one in zip(clips, found, strict=True):
            if clip.kind == kind:
                _judge(clip, one, errors)
        lines.append(
            f"| {kind} | {len(errors['aperture']) // 2} | "
            + " | ".join(
                [
                    *(_mean(errors[name]) for name in ("aperture", "closure")),
                    f"{min(errors['even']):.2f} to {max(errors['even']):.2f}"
                    if errors["even"]
                    else "-",
                    _mean(errors["narrowing"]),
                    *(_share(errors[name]) for name in ("found", "invented", "inside")),
                ]
            )
            + " |"
        )
    return "\n".join(lines)


def _judge(clip: Clip, found: lids.LidApertures, errors: dict[str, list[float]]) -> None:
    inside = np.abs(found.ratio - clip.true) <= 1.645 * found.sigma
    errors["inside"] += inside[_sampled(clip)].ravel().tolist()
    for name, base, hold in clip.movements():
        rested, held = np.median(found.ratio[base], axis=0), np.median(found.ratio[hold], axis=0)
        true_rested, true_held = (np.median(clip.true[rows], axis=0) for rows in (base, hold))
        errors["aperture"] += np.abs(held - true_held).tolist()
        if name == "eye_close":
            scale = np.median(clip.true_mm[base], axis=0) / true_rested
            true_mm, read_mm = (true_rested - true_held) * scale, (rested - held) * scale
            weak = int(np.argmin(true_mm))
            true_ratio, read_ratio = (one[weak] / one[1 - weak] for one in (true_mm, read_mm))
            errors["closure"].append(abs(read_ratio - true_ratio))
            if true_ratio > 0.97:
                errors["even"].append(min(read_ratio, 1.0 / read_ratio))
        elif name != "eye_wide":
            true_lost, lost = 1.0 - true_held / true_rested, 1.0 - held / rested
            if name in ("smile_open", "pucker"):
                errors["narrowing"] += np.abs(lost - true_lost).tolist()
            for k in (0, 1):
                beyond = true_lost[k] - true_lost[1 - k]
                if beyond >= 0.15:
                    errors["found"].append(lost[k] - lost[1 - k] >= 0.10)
                elif beyond < 0.03:
                    errors["invented"].append(lost[k] - lost[1 - k] >= 0.10)


def _mean(values: list[float]) -> str:
    if not values:
        return "-"
    return f"{np.mean(values):.3f} ({np.percentile(values, 90):.2f}), n {len(values)}"


def _share(values: list[float]) -> str:
    return f"{100 * np.mean(values):.1f} % of {len(values)}" if values else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", type=Path, nargs="+", help="folders of clips with truth")
    parser.add_argument("--meshes", type=Path, required=True, help="folder to keep meshes in")
    options = parser.parse_args()
    paths = [
        path
        for folder in options.clips
        for path in sorted(folder.glob("*.mp4"))
        if path.with_suffix(".truth.csv").exists()
        and path.stem[-3:].isdigit()
        and int(path.stem[-3:]) < FIRST_HELD_OUT
    ]
    clips = [clip for path in paths if (clip := read(path, options.meshes)) is not None]
    people = {clip.person for clip in clips}
    if len(people) < 2:
        parser.error(f"clips of 2 people or more were expected, got {len(people)}")
    found = left_out(clips)
    _set_curve(clips)
    lids._WEIGHTS = weights(clips)
    for name in ("_MESH_READS", "_MESH_TRUE", "_WEIGHTS"):
        print(f"{name} = np.array({np.round(getattr(lids, name), 3).tolist()})")
    print("_SIGMA_REST, _SIGMA_LOST, _SIGMA_APART =", sigmas(clips, found).round(3).tolist())
    print("_HEIGHT_FIT =", height_fit(clips).round(3).tolist())
    print(
        "left opening over right, error of the mesh and with the picture:", left_over_right(clips)
    )
    apart = np.concatenate(
        [
            np.abs(1.0 + _features(clip) @ lids._WEIGHTS - lids.mesh_aperture(clip.reads)).ravel()
            for clip in clips
        ]
    )
    alone = np.concatenate(
        [(lids.mesh_aperture(clip.reads) - clip.true)[_sampled(clip)].ravel() for clip in clips]
    )
    print("apart, 99 and 99.9 %:", np.nanpercentile(apart, [99, 99.9]).round(2).tolist())
    print("mesh alone, root mean square:", np.sqrt(np.mean(alone**2)).round(3))
    print()
    print(table(clips, found))


if __name__ == "__main__":
    main()
