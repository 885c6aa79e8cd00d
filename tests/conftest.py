"""What many tests share: recordings, the command line as people use it, scores made only once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

import mirrorcoach

CHECKOUT = Path(mirrorcoach.__file__).resolve().parent.parent
DEMO = CHECKOUT / "assets" / "demo"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes ten seconds or more")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recordings beside the checkout; they are too many to be part of it."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not on this computer; it holds the recordings for this test")
    return SHARED


@pytest.fixture(scope="session")
def demo_clip() -> Callable[[str], Path]:
    """Return the bundled film of the simulated patient that has this name."""

    def find(name: str) -> Path:
        path = DEMO / f"{name}.mp4"
        assert path.is_file()
        return path

    return find


@pytest.fixture(scope="session")
def demo_truth() -> dict[str, Any]:
    """How the face in each bundled film truly moved, by the film's name."""
    clips: dict[str, Any] = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))["clips"]
    return clips


RunCli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run_cli(tmp_path_factory: pytest.TempPathFactory) -> RunCli:
    """Run ``mirrorcoach`` in a process of its own, as people do.

    Takes the arguments; `env` adds to the environment and a value of None takes away; `before` is
    a command that starts it. A fault that shows a traceback fails the test.
    """
    kept = tmp_path_factory.mktemp("kept")

    def run(
        *arguments: str | Path,
        env: dict[str, str | None] | None = None,
        cwd: Path | None = None,
        before: Sequence[str] = (),
        timeout: float = 120.0,
    ) -> subprocess.CompletedProcess[str]:
        changed: dict[str, str | None] = {
            "PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")]),
            "MIRRORCOACH_DATA": str(kept),
            "MIRRORCOACH_DEBUG": None,
            **(env or {}),
        }
        whole = {**os.environ, **{name: value for name, value in changed.items() if value}}
        for name in (name for name, value in changed.items() if value is None):
            whole.pop(name, None)
        done = subprocess.run(
            [*before, sys.executable, "-m", "mirrorcoach", *map(str, arguments)],
            env=whole,
            cwd=cwd,
            timeout=timeout,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


@dataclass(frozen=True)
class ScoredClip:
    """A recording that was scored: what the command said, and what it wrote."""

    run: subprocess.CompletedProcess[str]
    folder: Path

    @property
    def document(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.text("score.json"))
        return content

    @property
    def repetition(self) -> dict[str, Any]:
        """The only repetition."""
        (one,) = self.document["repetitions"]
        return dict(one)

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


ScoreClip = Callable[[str], ScoredClip]


@pytest.fixture(scope="session")
def scored(
    run_cli: RunCli,
    demo_clip: Callable[[str], Path],
    demo_truth: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> ScoreClip:
    """Score a bundled film by its name as the exercise it shows; each only once a session."""
    out = tmp_path_factory.mktemp("scores")

    @cache
    def score(name: str) -> ScoredClip:
        exercise = demo_truth[name]["exercise"]
        asked = ("--exercise", exercise) if exercise else ()
        done = run_cli("score", demo_clip(name), *asked, "-o", out, "--json")
        return ScoredClip(done, out / name)

    return score


@pytest.fixture(scope="session")
def noise_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of coloured noise: a good video without a face."""
    path = tmp_path_factory.mktemp("noise") / "noise.mp4"
    rng = np.random.default_rng(1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=15)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(15):
            image = rng.integers(0, 256, (240, 320, 3), dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode())
    return path
