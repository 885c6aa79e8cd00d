"""What each picture in the mirror costs a frame, beside the plain mirror in the same run.

::

    python benchmarks/mirror_views.py
    python benchmarks/mirror_views.py VIDEO --rounds 10

Every view is drawn for each of some frames with a face, all views in turn, so that whatever else
the machine does falls on all of them. The mirror is that of a window of 1280 x 720. Tracking and
blitting to the window are in none of them; what a view draws before or after the plain mirror is in
its own. Medians over frames are told; a ratio is the median of each frame's own ratios.

One core: the whole process kept on it, OpenCV with one thread. Without VIDEO the film is the
bundled patient at rest and in a smile, 1280 x 720.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from exercises import library
from exercises.schema import Wanted
from landmarks.mesh import FOREHEAD_AND_CHIN
from landmarks.pose import iris_mm_per_px
from landmarks.tracker import FaceTracker
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.live.both_halves import BothHalves
from mirrorcoach.live.even_face import EvenFace
from mirrorcoach.live.ghost import Ghost
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.outline_face import Role, dashes, draw_outline, outline_face
from mirrorcoach.live.overlay import outline, stroke_line
from mirrorcoach.live.theme import CASING, LIGHT, WHITE, Colour
from mirrorcoach.quietly import native_noise_hidden

SIZE = (524, 562)
EVERY, MOST_FRAMES = 8, 30

EVEN_FACE_MS = 5.0
"""What the even face may cost more than a plain mirror, for a face 300 to 400 px high."""

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]
View = Callable[[Picture, Points], object]

COLOURS: dict[Role, Colour] = {
    "face": LIGHT.edge,
    "line": LIGHT.ink,
    "moving": LIGHT.primary,
    "iris": LIGHT.breath,
    "pupil": LIGHT.ink,
}


def frames(path: Path) -> list[tuple[Picture, Points]]:
    """Some pictures with a face, and its mesh."""
    found: list[tuple[Picture, Points]] = []
    with native_noise_hidden(), VideoFile(path) as video, FaceTracker() as tracker:
        for frame in video:
            mesh = tracker.track(frame.image, frame.time_s)
            if mesh is not None and frame.index % EVERY == 0:
                found.append((frame.image.copy(), mesh.points_px))
            if len(found) == MOST_FRAMES:
                break
    if not found:
        raise SystemExit(f"{path.name}: no face was found, so there is nothing to draw.")
    return found


def views(rest_px: Points) -> dict[str, View]:
    """Every view by its name, the plain mirror first."""
    wanted = library.exercises()["smile_open"].wanted
    assert isinstance(wanted, Wanted)
    ghost = Ghost(rest_px, iris_mm_per_px(rest_px), wanted)
    mirror, even, both = Mirror(), EvenFace("left"), BothHalves()

    def plain(image: Picture, points: Points) -> Picture:
        return mirror.show(image, points, SIZE, 0.0, True)

    def contour(image: Picture, points: Points) -> None:
        shown = plain(image, points)
        outline(shown, mirror.points(points), wanted.region, 1.0)

    def target(image: Picture, points: Points) -> None:
        shown = plain(image, points)
        for line, closed in ghost.lines(points):
            there = mirror.points(line)
            stroke_line(shown, there, 6.5, CASING, closed)
            stroke_line(shown, there, 3.2, WHITE, closed)

    def even_face(image: Picture, points: Points) -> None:
        shown = even.show(image, points)
        plain(image if shown is None else shown, points)

    def both_halves(image: Picture, points: Points) -> None:
        for shown in both.show(image, points) or ():
            plain(shown, points)

    def lines(image: Picture, points: Points) -> None:
        picture = np.empty((SIZE[1], SIZE[0], 3), dtype=np.uint8)
        picture[:] = LIGHT.surface[::-1]
        there = mirror.points(points)
        draw_outline(picture, outline_face(there, wanted.region), COLOURS, 1.0)
        for line, closed in ghost.lines(points):
            for dash in dashes(mirror.points(line), closed, 1.0):
                stroke_line(picture, dash, 3.2, LIGHT.primary)

    return {
        "plain mirror": plain,
        "with own contour": contour,
        "with target": target,
        "even face": even_face,
        "both halves": both_halves,
        "outline and target": lines,
    }


def measured(path: Path, rounds: int) -> None:
    """Print the table."""
    shown = frames(path)
    all_views = views(shown[0][1])
    costs: dict[str, list[float]] = {name: [] for name in all_views}
    for round_ in range(rounds + 1):  # the first one only warms up
        for image, points in shown:
            for name, view in all_views.items():
                start_s = time.perf_counter()
                view(image, points)
                if round_:
                    costs[name].append(1000 * (time.perf_counter() - start_s))
    forehead, chin = FOREHEAD_AND_CHIN
    height = statistics.median(float(np.hypot(*(p[chin] - p[forehead])[:2])) for _, p in shown)
    size = "{1} x {0}".format(*shown[0][0].shape)
    print(f"{len(shown)} frames of {size}, faces {height:.0f} px from forehead to chin, one core")
    print(f"  {'':20}{'ms a frame':>12}{'of plain':>12}")
    for name, cost in costs.items():
        ratios = [one / base for one, base in zip(cost, costs["plain mirror"], strict=True)]
        print(f"  {name:20}{statistics.median(cost):12.2f}{statistics.median(ratios):12.1f}")
    more = statistics.median(costs["even face"]) - statistics.median(costs["plain mirror"])
    print(f"The even face costs {more:.1f} ms more than the plain mirror (goal {EVEN_FACE_MS:g}).")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", type=Path, nargs="?", help="a film with a face")
    parser.add_argument("--rounds", type=int, default=5, help="times the frames are gone through")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        path = options.video or Path(folder) / "film.mp4"
        if options.video is None:
            from benchmarks.speed import film

            film(path)
        measured(path, options.rounds)


if __name__ == "__main__":
    main()
