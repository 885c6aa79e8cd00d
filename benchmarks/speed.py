"""What the measurement costs a frame, beside the bare loop in the same run.

::

    python benchmarks/speed.py
    python benchmarks/speed.py VIDEO --rounds 2

The bare loop decodes, converts to RGB and runs MediaPipe's attention mesh once a frame; the
measurement is what `mirrorcoach score` does with each frame before it writes. Both go through the
same film side by side, a short chunk of each in turn, so that whatever else the machine does falls
on both. Medians over chunks are told; the ratio is the median of the ratios of neighbouring chunks.
Frames before the first rest, of which nothing can be measured, are left out of both.

Each is run twice: with one core (the whole process kept on it, OpenCV with one thread), and with
all. Without VIDEO the film is the bundled patient at rest and in a smile, 1280 x 720.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
WIDTH_PX, HEIGHT_PX = 1280, 720
CHUNK_FRAMES = 45
"""The measurement fetches one frame ahead, which then falls on the bare loop: a 45th of it."""

MOST_MS = 25.0
"""What a frame may cost with one core, so that a live view keeps 30 a second."""

MOST_TIMES = 2.0
"""What scoring may cost, in bare loops."""


def film(path: Path) -> None:
    """Write the bundled patient at rest and in a smile as a film of 1280 x 720.

    The pictures are scaled to its height and widened by their own edges.
    """
    from mirrorcoach.capture.videofile import VideoFile
    from mirrorcoach.video.writer import VideoWriter

    begin_s = 0.0
    with VideoWriter(path, WIDTH_PX, HEIGHT_PX, 30.0) as writer:
        for name in ("rest", "smile_open"):
            with VideoFile(ROOT / "assets" / "demo" / f"{name}.mp4") as video:
                for frame in video:
                    height, width = frame.image.shape[:2]
                    width = min(WIDTH_PX, round(width * HEIGHT_PX / height))
                    image = cv2.resize(frame.image, (width, HEIGHT_PX))
                    left = (WIDTH_PX - width) // 2
                    right = WIDTH_PX - width - left
                    image = cv2.copyMakeBorder(image, 0, 0, left, right, cv2.BORDER_REPLICATE)
                    writer.write(np.asarray(image, dtype=np.uint8), begin_s + frame.time_s)
                begin_s += frame.time_s + 1 / 30


def bare(path: Path) -> Iterator[tuple[float, bool]]:
    """The bare loop; for each frame its seconds, and True."""
    from mediapipe.python.solutions import face_mesh

    from mirrorcoach.capture.videofile import VideoFile

    with VideoFile(path) as video, face_mesh.FaceMesh(refine_landmarks=True) as mesh:
        frames = iter(video)
        while True:
            start_s = time.perf_counter()
            frame = next(frames, None)
            if frame is None:
                return
            mesh.process(cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB))
            yield time.perf_counter() - start_s, True


def whole(path: Path) -> Iterator[tuple[float, bool]]:
    """The measurement as scoring does it; for each frame its seconds, and if rest was known."""
    from landmarks.meter import FaceMeter, readings
    from landmarks.signals import Signals
    from mirrorcoach.capture.videofile import VideoFile

    with VideoFile(path) as video, FaceMeter() as meter:
        signals, measured = Signals(), readings(video, meter, lambda time_s: True, ahead=True)
        while True:
            rested = meter.rest is not None
            start_s = time.perf_counter()
            reading = next(measured, None)
            if reading is None:
                return
            signals.append(reading)
            yield time.perf_counter() - start_s, rested


def paired(path: Path) -> tuple[list[float], list[float]]:
    """Chunks of the bare loop and of the measurement, in turn over one film: ms a frame."""
    loops = bare(path), whole(path)
    chunks: tuple[list[float], list[float]] = ([], [])
    while True:
        taken = []
        for loop in loops:
            frames = list(islice(loop, CHUNK_FRAMES))
            if len(frames) < CHUNK_FRAMES:
                return chunks
            took_ms = 1000 * statistics.mean(took_s for took_s, _ in frames)
            taken.append((took_ms, all(measured for _, measured in frames)))
        if all(measured for _, measured in taken):
            for kept, (took_ms, _) in zip(chunks, taken, strict=True):
                kept.append(took_ms)


def run(path: Path, rounds: int) -> None:
    """Print the chunks of some rounds as JSON; the first round only warms up."""
    from mirrorcoach.quietly import native_noise_hidden

    chunks: tuple[list[float], list[float]] = ([], [])
    with native_noise_hidden():
        for round_ in range(rounds + 1):
            for kept, new in zip(chunks, paired(path), strict=True):
                kept.extend(new if round_ else [])
    print(json.dumps(chunks))


def run_apart(path: Path, rounds: int, one_core: bool) -> tuple[list[float], list[float]]:
    """`run` in a process of its own, so that every thread of it keeps to the cores it may use."""
    command = [sys.executable, __file__, str(path), "--rounds", str(rounds)]
    done = subprocess.run(
        [*command, "--run", "one" if one_core else "all"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    before, after = json.loads(done.stdout)
    if not before:
        raise SystemExit(f"{path.name}: no rest was found, so there is nothing to measure.")
    return before, after


def table(before: list[float], after: list[float]) -> list[str]:
    """The costs in words."""
    times = [two / one for one, two in zip(before, after, strict=True)]
    return [
        f"  bare loop            {statistics.median(before):6.1f} ms a frame",
        f"  measurement          {statistics.median(after):6.1f} ms",
        f"  measurement / bare   {statistics.median(times):6.2f} (median of {len(times)} pairs of "
        f"chunks, {min(times):.2f} to {max(times):.2f})",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", type=Path, nargs="?", help="a film that begins at rest")
    parser.add_argument("--rounds", type=int, default=3, help="times the film is gone through")
    parser.add_argument("--run", choices=("one", "all"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run == "one":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        cv2.setNumThreads(1)
    if options.run:
        run(options.video, options.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.video or Path(folder) / "film.mp4"
        if options.video is None:
            film(path)
        if hasattr(os, "sched_setaffinity"):
            print(f"One core; the measurement must stay below {MOST_MS:g} ms of a 720p frame:")
            print("\n".join(table(*run_apart(path, options.rounds, one_core=True))), flush=True)
        else:
            print("One core: this system cannot keep a process on one core.")
        print(f"All {os.cpu_count()} cores; at most {MOST_TIMES:g} times the bare loop:")
        print("\n".join(table(*run_apart(path, options.rounds, one_core=False))))


if __name__ == "__main__":
    main()
