"""What the measurement costs, as a ratio to the bare loop in the same run.

::

    python benchmarks/speed.py VIDEO [--rounds 5]

The bare loop decodes, converts to RGB and runs MediaPipe's attention mesh once a frame. Rounds of
both alternate, so that whatever else the machine does falls on both; the median ratio is to be
trusted, milliseconds are not.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import cv2

from landmarks.meter import FaceMeter, readings
from landmarks.signals import Signals
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.quietly import native_noise_hidden


def bare(path: Path) -> tuple[float, int]:
    """Seconds and frames of the bare loop."""
    from mediapipe.python.solutions import face_mesh

    with VideoFile(path) as video, face_mesh.FaceMesh(refine_landmarks=True) as mesh:
        start = time.perf_counter()
        for frame in video:
            mesh.process(cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB))
        return time.perf_counter() - start, video.frames_read


def whole(path: Path) -> tuple[float, int]:
    """Seconds and frames of the whole measurement."""
    with VideoFile(path) as video, FaceMeter() as meter:
        signals = Signals()
        start = time.perf_counter()
        for reading in readings(video, meter, lambda time_s: True):
            signals.append(reading)
        return time.perf_counter() - start, len(signals)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with native_noise_hidden():
        whole(options.video)  # warms up caches and compiles
        pairs = [(bare(options.video), whole(options.video)) for _ in range(options.rounds)]
    ratios = [after[0] / before[0] for before, after in pairs]
    for name, runs in zip(("bare loop", "measurement"), zip(*pairs, strict=True), strict=True):
        milliseconds = statistics.median(1000 * seconds / frames for seconds, frames in runs)
        print(f"{name:12} {milliseconds:6.1f} ms a frame")
    print(f"ratio        {statistics.median(ratios):6.2f} (median of {len(ratios)} pairs)")


if __name__ == "__main__":
    main()
