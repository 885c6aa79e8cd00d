"""Nothing leaves the machine, watched from the operating system."""

import os
import re
import shutil
import subprocess
import sys

import pytest

import assets

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="needs strace (Debian: strace), which Linux alone has"
)


def watched(tmp_path, *arguments):
    """Run a command of ours under strace; return what it said to the network."""
    log = tmp_path / "calls.txt"
    env = {**os.environ, "MIRRORCOACH_DATA": str(tmp_path / "data"), "SDL_AUDIODRIVER": "dummy"}
    done = subprocess.run(
        ["strace", "-f", "-e", "trace=%network", "-o", str(log), sys.executable, *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    calls = log.read_text(errors="replace")
    return done, [line for line in calls.splitlines() if re.search(r"AF_INET|sin6?_port", line)]


def test_the_watch_sees_a_connection(tmp_path):
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()"
    _, seen = watched(tmp_path, "-c", code)
    assert seen


def test_scoring_opens_no_connection(tmp_path):
    with assets.path("demo/rest.mp4") as film:
        done, seen = watched(
            tmp_path, "-m", "mirrorcoach", "score", str(film), "--exercise", "smile_open",
            "--annotate", "-o", str(tmp_path / "out"),
        )  # fmt: skip
    assert done.returncode in (0, 4), done.stderr
    assert (tmp_path / "out" / "rest" / "score.json").exists()
    assert seen == []


def test_tracker_camera_screen_and_voice_open_no_connection(tmp_path):
    done, seen = watched(tmp_path, "-m", "mirrorcoach", "doctor")
    assert done.returncode == 0, done.stderr
    assert "tracker      ok" in done.stdout
    assert seen == []


def test_a_whole_practice_opens_no_connection(tmp_path):
    done, seen = watched(tmp_path, "-m", "mirrorcoach", "demo", "--headless")
    assert done.returncode == 0, done.stderr
    assert "Open smile" in done.stdout
    assert seen == []
