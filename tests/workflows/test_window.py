"""The real window on a real (virtual) screen, with real key presses."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import cv2
import pytest

from exercises import library
from exercises.schema import Programme, Step
from landmarks.meter import FaceMeter
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.live.practice import Practice
from mirrorcoach.records.store import Store
from mirrorcoach.video.plan import make_plan
from mirrorcoach.video.score import score_video
from mirrorcoach.video.writer import VideoWriter

TOOLS = ("Xvfb", "xdotool", "import")
LACKING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(
    bool(LACKING), reason=f"needs {', '.join(LACKING)} (Debian: xvfb, xdotool, imagemagick)"
)
SIZE = (1280, 720)
LONG_S = 180.0
"""Longest wait for anything; a first start may compile for many seconds."""


CLIENT_MESSAGE = 33


class ClientMessage(ctypes.Structure):
    """Xlib's event of that name, as long as its union of all events."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("kind", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    )


class Screen:
    """A virtual screen, and a person at it."""

    def __init__(self, folder):
        self.folder = folder
        read, write = os.pipe()
        self._server = subprocess.Popen(
            # Without -noreset the server starts anew, and turns clients away, whenever its last
            # client leaves; here that is each xdotool before the program's window is there.
            [
                *("Xvfb", "-noreset", "-displayfd", str(write)),
                *("-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"),
            ],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self.env = {
            **os.environ,
            "DISPLAY": self.display,
            "SDL_AUDIODRIVER": "dummy",
            "MIRRORCOACH_DATA": str(folder / "data"),
        }
        self.env.pop("SDL_VIDEODRIVER", None)

    def close(self):
        self._server.terminate()
        self._server.wait(10)

    def run(self, *command):
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()

    def window(self, program):
        """Wait for the program's window, give it the keyboard and return its number."""

        def found():
            assert program.poll() is None, "the program ended before its window was there"
            return self.run("xdotool", "search", "--class", "^mirrorcoach$")

        window = self.until(found).split()[0]

        def focused():  # a window that is not on the screen yet cannot have it
            self.run("xdotool", "windowfocus", window)
            return self.run("xdotool", "getwindowfocus").strip() == window

        self.until(focused)
        return window

    def press(self, *keys):
        for key in keys:
            self.run("xdotool", "key", key)

    def title(self):
        return self.run("xdotool", "search", "--class", "^mirrorcoach$", "getwindowname")

    def until_page(self, name):
        self.until(lambda: self.title() == f"{name} – mirrorcoach")

    def press_through(self, key, name):
        """Press a key as long as a page is there, however many parts it has."""

        def left():
            title = self.title()  # sometimes none is told
            if title and title != f"{name} – mirrorcoach":
                return True
            self.press(key)
            return False

        self.until(left)

    def close_button(self, window):
        """What a window manager sends when the window's close button is pressed."""
        x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        display = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        names = (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        protocols, delete = (x11.XInternAtom(display, name, False) for name in names)
        event = ClientMessage(type=CLIENT_MESSAGE, window=int(window), kind=protocols, format=32)
        event.data[0] = delete
        x11.XSendEvent(display, ctypes.c_ulong(int(window)), False, 0, ctypes.byref(event))
        x11.XCloseDisplay(display)

    def picture(self, name="now"):
        path = self.folder / f"{name}.png"
        self.run("import", "-window", "root", str(path))
        return cv2.imread(str(path))

    @staticmethod
    def until(condition):
        end = time.monotonic() + LONG_S
        while time.monotonic() < end:
            if found := condition():
                return found
            time.sleep(0.2)
        raise AssertionError(f"nothing came of it in {LONG_S:.0f} s")


@pytest.fixture
def screen(tmp_path):
    one = Screen(tmp_path)
    yield one
    one.close()


def shows_a_face(screen):
    """Whether skin fills the middle of the mirror; no page has such a colour."""
    blue, _, red = cv2.split(screen.picture()[180:420, 560:720].astype(int))
    return float(((red - blue > 30) & (red > 90)).mean()) > 0.5


@contextmanager
def started(screen, *arguments):
    """The program as people start it; it does not outlive the test."""
    program = subprocess.Popen(
        [sys.executable, "-m", "mirrorcoach", *map(str, arguments)],
        env=screen.env,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield program
    finally:
        program.kill()
        program.stderr.close()
        program.wait()


def filmed(exercise, repetitions):
    """A step at the pace at which the simulated patient was filmed."""
    return Step(exercise=exercise, repetitions=repetitions, rise_s=2.0, hold_s=2.0, let_go_s=3.0)


PROGRAMME = Programme(id="snarls", stage="paresis", steps=(filmed("snarl", 2),))
"""Nothing of it is asked about, so a film of it can be followed without a person."""


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """The simulated patient's practice of `PROGRAMME`, filmed."""
    path = tmp_path_factory.mktemp("film") / "practice.mp4"
    patient = SimulatedPatient(realtime=False)
    practice = Practice(PROGRAMME, patient, words=library.words())
    with patient, FaceMeter() as meter:
        info = patient.info
        with VideoWriter(path, info.width, info.height, 30.0) as video:
            for moment in practice.moments(meter):
                video.write(moment.frame.image, moment.frame.time_s)
    return path


@pytest.fixture
def programme_file(tmp_path):
    steps = "".join(
        "[[steps]]\n"
        f'exercise = "{one.exercise}"\nrepetitions = {one.repetitions}\n'
        f"rise_s = {one.rise_s}\nhold_s = {one.hold_s}\nlet_go_s = {one.let_go_s}\n"
        for one in PROGRAMME.steps
    )
    path = tmp_path / "snarls.toml"
    path.write_text(f'id = "snarls"\npurpose = "daily"\nstage = "paresis"\n{steps}')
    return path


def kept(screen):
    """What the store holds now, read beside the program that writes it."""
    with Store.open(Path(screen.env["MIRRORCOACH_DATA"])) as store:
        return store.practices()


def test_the_first_start_by_keyboard_leads_home_and_is_not_asked_again(screen):
    with started(screen) as program:
        screen.window(program)
        screen.until_page("Welcome")
        screen.press("Return", "Return")  # welcome, and what this is and is not
        screen.until(lambda: screen.press("2") or kept_side(screen) == "right")
        screen.press_through("Return", "Welcome")
        screen.press_through("Return", "Good to know")
        screen.until_page("Home")
        for key, name in (("m", "Movements"), ("p", "Progress"), ("s", "Settings")):
            screen.press(key)
            screen.until_page(name)
            screen.press("Escape")
            screen.until_page("Home")
        screen.press("F1")
        screen.until_page("Good to know")
        screen.press("Escape")
        screen.until_page("Home")
        screen.close_button(screen.window(program))
        assert program.wait(30) == 0
        assert "Traceback" not in program.stderr.read()
    with started(screen) as program:
        screen.window(program)
        screen.until_page("Home")


def kept_side(screen):
    with Store.open(Path(screen.env["MIRRORCOACH_DATA"])) as store:
        return store.profile().affected


def test_a_practice_by_keyboard_from_start_to_finish(screen):
    with started(screen, "demo", "--no-sound") as program:
        screen.window(program)
        screen.until(lambda: shows_a_face(screen))
        screen.press("space")
        screen.until(lambda: not shows_a_face(screen))
        time.sleep(3.0)
        assert not shows_a_face(screen)  # it stays paused
        screen.press("space")
        screen.until(lambda: shows_a_face(screen))
        screen.press("space")
        screen.until(lambda: not shows_a_face(screen))
        screen.press("e")
        screen.until_page("Done for now")
        assert program.poll() is None  # the result stays until the person leaves it
        screen.press("Return")
        assert program.wait(30) == 0
        assert "Traceback" not in program.stderr.read()
        assert not (screen.folder / "data").exists()  # the demo keeps nothing


def test_a_recorded_practice_is_kept_as_score_scores_it(screen, film, programme_file):
    """Safety, the whole session, the result: by keyboard alone."""
    arguments = ("practice", "--video", film, "--programme", programme_file, "--no-sound")
    with started(screen, *arguments) as program:
        screen.window(program)
        screen.until_page("Good to know")
        screen.press_through("Return", "Good to know")
        screen.until_page("Done for now")
        screen.press("Return")
        assert program.wait(30) == 0
        assert "Traceback" not in program.stderr.read()
    (practice,) = kept(screen)
    assert practice.ending == "done"

    again = Practice(PROGRAMME, VideoFile(film), words=library.words())
    list(again.run_headless())
    cues = screen.folder / "cues.csv"
    rows = [f"{a.start_s!r},{a.end_s!r},{a.exercise}" for a in again.asked]
    cues.write_text("\n".join(["start_s,end_s,exercise", *rows]) + "\n")
    scored = score_video(film, make_plan(cues=cues), screen.folder / "out")
    assert len(scored.document["repetitions"]) == 2
    assert list(practice.repetitions) == scored.document["repetitions"]


def test_closing_the_window_keeps_every_finished_repetition(screen, film, programme_file):
    arguments = ("practice", "--video", film, "--programme", programme_file, "--no-sound")
    with started(screen, *arguments) as program:
        window = screen.window(program)
        screen.until_page("Good to know")
        screen.press_through("Return", "Good to know")
        screen.until(lambda: sum(len(one.repetitions) for one in kept(screen)) == 1)
        screen.close_button(window)
        assert program.wait(30) == 0
    (practice,) = kept(screen)
    assert len(practice.repetitions) == 1
    assert practice.ending == "ended"


def test_safety_is_one_key_away_and_the_practice_waits(screen):
    with started(screen, "demo", "--no-sound") as program:
        screen.window(program)
        screen.until(lambda: shows_a_face(screen))
        screen.press("F1")
        screen.until_page("Good to know")
        screen.press("Escape")
        screen.until_page("Practice")
        screen.until(lambda: not shows_a_face(screen))  # it has paused
        screen.press("Return")
        screen.until(lambda: shows_a_face(screen))


def test_closing_the_window_leaves_at_once(screen):
    with started(screen, "demo", "--no-sound") as program:
        window = screen.window(program)
        screen.close_button(window)
        assert program.wait(30) == 0


def test_without_a_screen_one_sentence_and_a_way_on(tmp_path):
    env = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    env.pop("WAYLAND_DISPLAY", None)
    env.pop("SDL_VIDEODRIVER", None)
    done = subprocess.run(
        [sys.executable, "-m", "mirrorcoach", "demo"],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert "--headless" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_camera_the_window_says_so_and_the_code_is_3(screen):
    with started(screen, "practice", "--camera", "97", "--no-sound") as program:
        screen.window(program)
        screen.until_page("Good to know")
        screen.press_through("Return", "Good to know")
        screen.until_page("Camera")
        time.sleep(5.0)  # it has been looked for by then
        screen.press("Escape")
        assert program.wait(30) == 3
        assert "Camera 97" in program.stderr.read()


def test_without_a_camera_one_can_practise_with_the_drawing(screen):
    with started(screen, "practice", "--camera", "97", "--no-sound") as program:
        screen.window(program)
        screen.until_page("Good to know")
        screen.press_through("Return", "Good to know")
        screen.until_page("Camera")
        time.sleep(5.0)
        screen.press("Return")
        screen.until_page("Practice")
        time.sleep(12.0)  # the first rest is over by then
        assert program.poll() is None
        screen.press("space")
        screen.press_through("e", "Practice")
        screen.until_page("Done for now")
        screen.press("Return")
        program.wait(30)
    (practice,) = kept(screen)
    assert practice.repetitions == ()
    assert practice.practised_s > 5.0
