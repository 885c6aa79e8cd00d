"""Accuracy against cost for the flow's preset and the face patch's size.

::

    python benchmarks/flow_choice.py CLIPS --people 4

CLIPS holds rendered people of `benchmarks.accuracy` (view ``sway``). Each variant measures them in
a process of its own; its two constants a movement are fitted anew with each person left out, so
that a variant is not judged by constants of another. Times are of one core and of this run: compare
them with each other.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

VARIANTS = {
    "192 px": (192, 1, 4, 16, 0),
    "256 px": (256, 1, 4, 16, 0),
    "**320 px** (the default)": (320, 1, 4, 16, 0),
    "400 px": (400, 1, 4, 16, 0),
    "320 px, OpenCV's fast": (320, 2, 4, 16, 5),
    "320 px, OpenCV's medium": (320, 1, 3, 25, 5),
}
"""Patch size, finest scale, patch stride, descent steps, refinement steps."""


def measure(clips: Path, people: range, variant: tuple[int, int, int, int, int]) -> None:
    """Print errors by movement, and milliseconds of one flow, as JSON."""
    from landmarks import patch

    patch.PATCH_PX = variant[0]
    from landmarks import flow

    flow.FINEST_SCALE, flow.PATCH_STRIDE, flow.DESCENT_STEPS, flow.REFINEMENT_STEPS = variant[1:]
    import time

    import cv2
    import numpy as np

    from benchmarks.calibrate import left_out_errors, taken
    from landmarks.movement import PATHS

    found = [one for person in people for one in taken(clips, person)]
    errors = {
        " ".join(path): float(np.mean(left_out_errors(own)))
        for row, path in enumerate(PATHS)
        for own in ([one for one in found if one.path == row],)
        if own
    }
    flow.STRIPES = 1
    cv2.setNumThreads(1)
    noise = np.random.default_rng(0).normal(128, 40, (variant[0], variant[0])).astype(np.float32)
    skin = cv2.GaussianBlur(noise, (0, 0), 2).clip(0, 255).astype(np.uint8)
    follower = flow.SkinFlow(skin, np.full((468, 2), variant[0] / 2))
    moved = np.roll(skin, 3, axis=1)
    times_s = []
    for _ in range(60):
        begin_s = time.perf_counter()
        follower.follow(moved)
        times_s.append(time.perf_counter() - begin_s)
    print(json.dumps({"errors": errors, "ms": 1e3 * float(np.median(times_s))}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", type=Path, help="folder of rendered clips")
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--first", type=int, default=0, help="number of the first person")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        people = range(options.first, options.first + options.people)
        measure(options.clips, people, VARIANTS[options.only])
        return
    header = None
    for name in VARIANTS:
        command = [sys.executable, __file__, str(options.clips), "--only", name]
        command += ["--people", str(options.people), "--first", str(options.first)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout.strip().splitlines()[-1])
        if header is None:
            header = list(found["errors"])
            print(f"| variant | ms | {' | '.join(header)} |")
            print("|---" * (len(header) + 2) + "|")
        numbers = " | ".join(f"{found['errors'][path]:.3f}" for path in header)
        print(f"| {name} | {found['ms']:.1f} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
