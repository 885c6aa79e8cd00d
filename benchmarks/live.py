"""How soon a picture of the camera is on the screen, and how steadily.

::

    python benchmarks/live.py
    python benchmarks/live.py --view mirror --seconds 30
    python benchmarks/live.py --cold

A practice is led through before a camera of 1280 x 720 that sends 30 pictures a second, on a
virtual screen (Xvfb) that the command starts itself. Everything is the real thing: the camera's
slot for the newest picture, the engine, the window and its practice page; only the device is a
list of pictures in memory, the bundled patient at rest and in a smile. A camera's own exposure and
its cable come on top.

Told are, over the time in which movement is measured: the time from a picture's arrival to the end
of the frame that shows it (after the flip), how many different pictures a second were shown, and
how many of those that came were never shown; and from the start, when the window first drew, when
it first showed the person, and the longest time it stood still meanwhile. ``--cold`` compiles
everything anew, as on a first start.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, get_args

ROOT = Path(__file__).resolve().parent.parent
WIDTH_PX, HEIGHT_PX, FPS = 1280, 720, 30
EACH = 70
"""Pictures kept of each film: with two of them, 390 megabytes."""

MOST_MEDIAN_MS, MOST_P95_MS = 30.0, 45.0
LEAST_FPS, MOST_DROPPED = 29.5, 0.02
MOST_WAIT_S = 1.0


class Pictures:
    """An OpenCV device that hands out pictures at the clock's pace."""

    def __init__(self, images: list[Any]) -> None:
        self._images = images
        self._begun_s = time.perf_counter()
        self._number = 0

    def isOpened(self) -> bool:
        return True

    def get(self, _: int) -> float:
        return float(FPS)

    def read(self) -> tuple[bool, Any]:
        self._number += 1
        due_s = self._begun_s + self._number / FPS
        time.sleep(max(0.0, due_s - time.perf_counter()))
        back_and_forth = self._number % (2 * len(self._images) - 2)
        at = min(back_and_forth, 2 * len(self._images) - 2 - back_and_forth)
        return True, self._images[at].copy()

    def release(self) -> None:
        pass


def pictures() -> list[Any]:
    """The bundled patient at rest and in a smile, 1280 x 720, widened by their own edges."""
    import cv2

    from mirrorcoach.capture.videofile import VideoFile

    images = []
    for name in ("rest", "smile_open"):
        with VideoFile(ROOT / "assets" / "demo" / f"{name}.mp4") as video:
            for frame in islice(video, EACH):
                height, width = frame.image.shape[:2]
                width = min(WIDTH_PX, round(width * HEIGHT_PX / height))
                image = cv2.resize(frame.image, (width, HEIGHT_PX))
                left = (WIDTH_PX - width) // 2
                right = WIDTH_PX - width - left
                images.append(cv2.copyMakeBorder(image, 0, 0, left, right, cv2.BORDER_REPLICATE))
    return images


def screen(whole: ExitStack) -> str:
    """Start a virtual screen, and return its name."""
    read, write = os.pipe()
    size = f"{WIDTH_PX}x{HEIGHT_PX}x24"
    server = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", size],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    whole.callback(server.wait, 10)
    whole.callback(server.terminate)
    os.close(write)
    with os.fdopen(read) as pipe:
        return f":{pipe.readline().strip()}"


def run(view: Any, seconds: float) -> None:
    """Practise for so long, and print the figures; in a process of its own."""
    started_s = time.perf_counter()
    from mirrorcoach.live.application import FRAME_S
    from mirrorcoach.live.loading_page import LoadingPage
    from mirrorcoach.live.window import Window

    drawn: list[float] = []
    with Window() as window:
        loading = LoadingPage("")
        window.draw(loading)
        drawn.append(time.perf_counter())
        with ExitStack() as whole:
            session = _Session(whole, view)
            shown: dict[int, float] = {}
            arrived: dict[int, float] = {}
            first_s = measured_s = None
            last = -1
            while measured_s is None or drawn[-1] - measured_s < seconds:
                now = session.now()
                page = session.page_of(now)
                window.draw(page or loading)
                window.actions()
                drawn.append(time.perf_counter())
                if now is not None and now.frame is not None and page is not None:
                    first_s = first_s or drawn[-1]
                    measuring = now.reading is not None and now.reading.movement is not None
                    if measured_s is None and measuring:
                        measured_s = drawn[-1]
                    if measured_s is not None and now.frame.index != last:
                        last = now.frame.index
                        shown[last] = drawn[-1]
                        arrived[last] = session.first_arrival_s + now.frame.time_s
                session.wait(FRAME_S)
    assert first_s is not None
    assert measured_s is not None
    late_ms = sorted(1000 * (shown[index] - arrived[index]) for index in shown)
    span_s = max(shown.values()) - min(shown.values())
    came = max(shown) - min(shown) + 1
    gaps = [(b - a, a) for a, b in pairwise(drawn)]
    before = max(gap for gap, at in gaps if at < measured_s)
    after = max(gap for gap, at in gaps if at >= measured_s)
    rows = [
        ("arrival to screen, median", late_ms[len(late_ms) // 2], "ms", MOST_MEDIAN_MS),
        ("arrival to screen, 95 %", late_ms[int(0.95 * len(late_ms))], "ms", MOST_P95_MS),
        ("pictures shown a second", (len(shown) - 1) / span_s, "", LEAST_FPS),
        ("of those that came, not shown", 100 * (1 - len(shown) / came), "%", 100 * MOST_DROPPED),
        ("window first drawn", drawn[0] - started_s, "s", MOST_WAIT_S),
        ("person first shown", first_s - started_s, "s", None),
        ("movement first measured", measured_s - started_s, "s", None),
        ("longest standstill before that", 1000 * before, "ms", None),
        ("longest standstill after that", 1000 * after, "ms", None),
        ("frames drawn a second", sum(at >= measured_s for at in drawn) / seconds, "", None),
    ]
    for name, value, unit, goal in rows:
        told = "" if goal is None else f"   goal {goal:g}"
        print(f"{name:32} {value:8.1f} {unit:3}{told}")


class _Session:
    """The engine and the page of a practice; both come in the background, as in the application."""

    def __init__(self, whole: ExitStack, view: Any) -> None:
        import threading

        self._whole, self._view = whole, view
        self._ready = threading.Event()
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self) -> None:
        from exercises import library
        from exercises.schema import Programme, Step
        from mirrorcoach.capture import camera
        from mirrorcoach.capture.steady import SteadyCamera
        from mirrorcoach.live.engine import Engine
        from mirrorcoach.live.practice import Practice
        from mirrorcoach.live.practice_page import PracticePage

        images = pictures()
        camera._open_device = lambda device, backend: Pictures(images)
        self._words = library.words()
        self._camera = SteadyCamera(0)
        self._engine = self._whole.enter_context(Engine())
        programme = Programme(
            id="live", stage="paresis", steps=(Step(exercise="smile_open", repetitions=10),)
        )
        self._engine.practise(Practice(programme, self._camera, words=self._words, attended=True))
        self._page = PracticePage(self._view)
        self._ready.set()

    @property
    def first_arrival_s(self) -> float:
        return self._camera._camera._count._first_s or 0.0

    def now(self) -> Any:
        return self._engine.now() if self._ready.is_set() else None

    def page_of(self, now: Any) -> Any:
        """The practice page at this moment; None while there is nothing to show on it."""
        from mirrorcoach.live.session_view import SessionView

        if now is None or now.snapshot is None or now.frame is None:
            return None
        self._engine.events()
        exercise = now.snapshot.exercise
        self._page.show(
            SessionView(
                snapshot=now.snapshot,
                name=self._words.exercise[exercise.id].name,
                image=now.frame.image,
                points_px=None if now.mesh is None else now.mesh.points_px,
                affected="right",
            )
        )
        return self._page

    def wait(self, timeout_s: float) -> None:
        if self._ready.is_set():
            self._engine.wait(timeout_s)
        else:
            time.sleep(timeout_s)


def main() -> None:
    from mirrorcoach.profile import StandingView

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--view", choices=get_args(StandingView), default="even_face")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--cold", action="store_true", help="compile everything anew")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        run(given.view, given.seconds)
        return
    with ExitStack() as whole:
        env = {**os.environ, "DISPLAY": screen(whole), "SDL_AUDIODRIVER": "dummy"}
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        if given.cold:
            env["NUMBA_CACHE_DIR"] = whole.enter_context(tempfile.TemporaryDirectory())
        command = [sys.executable, __file__, "--inside", "--view", given.view]
        subprocess.run([*command, "--seconds", str(given.seconds)], env=env, check=True)


if __name__ == "__main__":
    main()
