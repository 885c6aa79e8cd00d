"""Nothing leaves the machine, and no picture is kept unasked, watched from the operating system."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import assets

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="needs strace (Debian: strace), which Linux alone has"
)


def traced(tmp_path, calls, *arguments):
    """Run a command of ours under strace; return the system calls of this kind."""
    log = tmp_path / "calls.txt"
    env = {**os.environ, "MIRRORCOACH_DATA": str(tmp_path / "data"), "SDL_AUDIODRIVER": "dummy"}
    done = subprocess.run(
        [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-e",
            f"trace={calls}",
            "-o",
            str(log),
            sys.executable,
            *arguments,
        ],
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return done, log.read_text(errors="replace").splitlines()


def watched(tmp_path, *arguments):
    """Run a command of ours under strace; return what it said to the network."""
    done, calls = traced(tmp_path, "%network", *arguments)
    return done, [line for line in calls if re.search(r"AF_INET|sin6?_port", line)]


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


def test_what_was_kept_is_told_and_taken_along_without_a_connection(tmp_path):
    arguments = [str(RECORDS), str(tmp_path)]
    done, seen = watched(tmp_path, "-c", TELLS, *arguments)
    assert done.returncode == 0, done.stderr
    written = {"page.html", "all.zip", "all.json", "all.fhir.json", "times.ics", "tables", "new"}
    assert written <= {path.name for path in tmp_path.iterdir()}
    assert "Taken in for 1 Anna M" in done.stdout
    assert seen == []


RECORDS = Path(__file__).parent.parent / "mirrorcoach" / "records"

TELLS = """
import os, sys
sys.path.insert(0, sys.argv[1])
os.chdir(sys.argv[2])
from kept_people import ANNA, FULL
from mirrorcoach import cli
from mirrorcoach.records.store import Store

with Store.open() as store:
    store.keep_profile(ANNA.with_setting("programme", None))
    store.restore(FULL.record, FULL.traces, FULL.outlines)

def say(*arguments):
    sys.argv = ["mirrorcoach", *arguments]
    try:
        cli.run()
    except SystemExit as left:
        assert not left.code, arguments

say("note", "add", "calm"), say("total", "add", "--scale", "FaCE", "--value", "61")
say("people"), say("history"), say("history", "--json"), say("history", "--csv")
say("report", "-o", "page.html"), say("reminders", "-o", "times.ics")
say("export", "-o", "all.zip"), say("export", "--csv", "tables")
say("export", "--json", "all.json"), say("export", "--fhir", "all.fhir.json")
say("import", "all.zip", "--data", "new"), say("delete", "--everything", "--yes")
"""
"""Every command that tells of what was kept, one after the other."""


# Pictures

VISITS = Path(__file__).parent.parent / "mirrorcoach" / "live"
PICTURE = re.compile(r'write\w*\(\d+, "(\\377\\330\\377|\\211PNG|GIF8|RIFF|BM)')
"""How files of pictures begin, as strace writes it."""

PRACTISES = """
import os, sys
os.environ["SDL_VIDEODRIVER"] = "dummy"
sys.path.insert(0, sys.argv[1])
allowed, asks = (one == "True" for one in sys.argv[2:])
import visitor
from exercises.schema import Programme, Step
from mirrorcoach.capture import steady
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.live.actions import Go, Key
from mirrorcoach.live.application import Application, Wish
from mirrorcoach.live.keep_picture_page import KEEP
from mirrorcoach.live.result_page import KEEP_PICTURE
from mirrorcoach.profile import Consents, Profile, Settings
from mirrorcoach.records.store import Store

class Camera(steady.SteadyCamera):
    waiting = None

    def __enter__(self):
        self.patient = SimulatedPatient(realtime=False).__enter__()
        self.frames = iter(self.patient)
        return self

    def __exit__(self, *rest):
        self.patient.close()

    def poll(self, timeout_s):
        next(self.frames), next(self.frames)  # ten a second are enough here
        return next(self.frames)

steady.SteadyCamera = Camera
visitor.LONG_S = 280.0
consents = Consents(photographs=allowed)
with Store.open() as store:
    settings = Settings(language="en", sounds=False)
    store.keep_profile(Profile(informed=True, consents=consents, settings=settings))
once = Programme(id="once", stage="paresis", steps=(Step(exercise="smile_open", repetitions=1),))
with visitor.Visitor() as window:
    app = Application(window, Wish(programme=once))
    window.do(Go("camera_check"), lambda: app._engine.now().reading, Go("practice"))
    window.do(window.shows("ResultPage"))
    if asks:
        window.do(KEEP_PICTURE, KEEP)
    window.do(Go("history"), Go("settings"), Go("home"))
    app.run()
with Store.open() as store:
    print(len(store.practices()[0].repetitions), "repetition kept")
"""
"""A whole practice before the window; with `asks` somebody presses what keeps a picture."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("allowed", "asks", "pictures"),
    [(False, True, 0), (True, False, 0), (True, True, 1)],
    ids=["not allowed", "not asked for", "allowed and asked for"],
)
def test_a_practice_writes_a_picture_only_if_allowed_and_asked_for(
    tmp_path, allowed, asks, pictures
):
    known = (str(VISITS), str(allowed), str(asks))
    done, calls = traced(tmp_path, "write,writev,pwrite64", "-c", PRACTISES, *known)
    assert done.returncode == 0, done.stderr
    assert "1 repetition kept" in done.stdout
    data = tmp_path / "data"
    kept = [path for path in data.rglob("*") if path.is_file()]
    folder = data / "photographs" / "1"
    assert len([path for path in kept if path.parent == folder]) == pictures
    assert [one for one in kept if one.parent != folder and one.parent != data] == []
    assert all(one.name.startswith("practice.sqlite3") for one in kept if one.parent == data)
    assert len([line for line in calls if PICTURE.search(line)]) == pictures
