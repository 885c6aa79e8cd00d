"""The real window on a real (virtual) screen, with real key presses."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

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
        self.run("xdotool", "windowfocus", window)
        return window

    def press(self, key):
        self.run("xdotool", "key", key)

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


def test_a_practice_by_keyboard_from_start_to_finish(screen):
    program = subprocess.Popen(
        [sys.executable, "-m", "mirrorcoach", "demo", "--no-sound"],
        env=screen.env,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        screen.window(program)
        screen.until(lambda: shows_a_face(screen))
        screen.press("space")
        screen.until(lambda: not shows_a_face(screen))
        time.sleep(3.0)
        assert not shows_a_face(screen)  # it stays paused
        screen.press("Return")
        screen.until(lambda: shows_a_face(screen))
        screen.press("e")
        screen.until(lambda: not shows_a_face(screen))
        assert program.poll() is None  # the result stays until the person leaves it
        screen.press("Return")
        assert program.wait(30) == 0
        assert "Traceback" not in program.stderr.read()
        assert not (screen.folder / "data").exists()  # the demo keeps nothing
    finally:
        program.kill()
        program.stderr.close()
        program.wait()


def test_safety_comes_first_and_is_always_one_key_away(screen):
    film = Path(__file__).parents[2] / "assets" / "demo" / "rest.mp4"
    program = subprocess.Popen(
        [sys.executable, "-m", "mirrorcoach", "practice", "--video", str(film), "--no-sound"],
        env=screen.env,
    )

    def shows_safety():
        """Whether a card lies where the mirror's picture would be, from edge to edge."""
        row = screen.picture()[140, 80:1200].astype(int)
        return (np.abs(row - np.array([247, 252, 255])).max(axis=1) <= 2).mean() > 0.6

    try:
        screen.window(program)
        screen.until(shows_safety)
        for _ in range(3):
            assert not shows_a_face(screen)
            screen.press("Return")
            time.sleep(0.5)
        screen.until(lambda: shows_a_face(screen))
        screen.press("F1")
        screen.until(shows_safety)
        for _ in range(3):
            screen.press("Return")
            time.sleep(0.5)
        screen.press("Return")  # the practice had paused
        screen.until(lambda: shows_a_face(screen))
    finally:
        program.kill()
        program.wait()


def test_closing_the_window_leaves_at_once(screen):
    program = subprocess.Popen(
        [sys.executable, "-m", "mirrorcoach", "demo", "--no-sound"], env=screen.env
    )
    try:
        window = screen.window(program)
        screen.close_button(window)
        assert program.wait(30) == 0
    finally:
        program.kill()
        program.wait()


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
    program = subprocess.Popen(
        [sys.executable, "-m", "mirrorcoach", "practice", "--camera", "97", "--no-sound"],
        env=screen.env,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        screen.window(program)
        deadline = time.monotonic() + LONG_S
        while program.poll() is None and time.monotonic() < deadline:
            screen.press("Escape")
            time.sleep(0.5)
        assert program.returncode == 3
        assert "Camera 97" in program.stderr.read()
    finally:
        program.kill()
        program.stderr.close()
        program.wait()
