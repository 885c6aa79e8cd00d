"""The real window on a real (virtual) screen, with real key presses."""

import os
import shutil
import subprocess
import sys
import time

import cv2
import pytest

TOOLS = ("Xvfb", "xdotool", "import")
LACKING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(
    bool(LACKING), reason=f"needs {', '.join(LACKING)} (Debian: xvfb, xdotool, imagemagick)"
)
SIZE = (1280, 720)
LONG_S = 180.0
"""Longest wait for anything; a first start may compile for many seconds."""


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


def test_closing_the_window_leaves_at_once(screen):
    program = subprocess.Popen(
        [sys.executable, "-m", "mirrorcoach", "demo", "--no-sound"], env=screen.env
    )
    try:
        window = screen.window(program)
        screen.run("xdotool", "windowclose", window)
        program.wait(30)
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
