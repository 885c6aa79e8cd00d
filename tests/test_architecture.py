"""The one-way rule, and what importing costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "landmarks": {"exercises", "mirrorcoach", "assets", "pygame", "av", "sqlalchemy"},
    "exercises": {"mirrorcoach", "assets", "pygame", "cv2", "mediapipe", "av", "sqlalchemy"},
    "assets": {"landmarks", "exercises", "mirrorcoach"},
}
HEAVY = ("mediapipe", "numba", "cv2", "pygame", "av", "scipy", "sqlalchemy", "numpy")


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


@pytest.mark.parametrize(
    "file",
    [file for room in FORBIDDEN for file in sorted((ROOT / room).rglob("*.py"))],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_imports_point_left_only(file):
    room = file.relative_to(ROOT).parts[0]
    tops = {name.partition(".")[0] for name in imported(file)}
    assert not tops & FORBIDDEN[room]


def test_only_two_modules_know_mediapipe():
    users = [
        str(file.relative_to(ROOT))
        for room in ("landmarks", "exercises", "mirrorcoach", "assets")
        for file in (ROOT / room).rglob("*.py")
        if any(name.split(".")[0] == "mediapipe" for name in imported(file))
    ]
    assert sorted(users) == [str(Path("landmarks/hands.py")), str(Path("landmarks/tracker.py"))]


def in_a_fresh_process(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


IMPORT_ALL = """
import pkgutil, sys, importlib
opened = []
def watch(event, args):
    if event == "open" and isinstance(args[0], str):
        if not args[0].endswith((".py", ".pyc")) and "__pycache__" not in args[0]:
            opened.append(args[0])
    if event.startswith("socket."):
        opened.append(event)
# What other libraries open for themselves is their own affair.
import cv2, numpy, numpy.typing, pydantic, scipy.ndimage
pydantic.create_model("First", x=(int, 1))
sys.addaudithook(watch)
import {room}
for module in pkgutil.walk_packages({room}.__path__, "{room}."):
    importlib.import_module(module.name)
print(*opened)
assert "pygame" not in sys.modules
assert "mediapipe" not in sys.modules
assert "numba" not in sys.modules
"""


@pytest.mark.parametrize("room", ["landmarks", "exercises"])
def test_importing_a_room_opens_no_file_and_no_window(room):
    assert in_a_fresh_process(IMPORT_ALL.format(room=room)) == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["score", "--help"]])
def test_help_answers_without_loading_anything_heavy(arguments):
    code = (
        "import sys\n"
        f"sys.argv = ['mirrorcoach', *{arguments!r}]\n"
        "from mirrorcoach.cli import run\n"
        "try:\n    run()\nexcept SystemExit as done:\n    assert not done.code\n"
        f"print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    words = in_a_fresh_process(code)
    assert words[words.index("LOADED") + 1 :] == []


def test_months_of_practice_are_told_without_loading_what_measures():
    code = (
        "import sys\n"
        "import mirrorcoach.commands.history_lines, mirrorcoach.records.history_file\n"
        "import mirrorcoach.records.store\n"
        "print(*[name for name in ('cv2', 'numba', 'mediapipe', 'pygame', 'av', 'scipy.ndimage') "
        "if name in sys.modules])\n"
    )
    assert in_a_fresh_process(code) == []
