"""The command line around the work: what it costs to ask, what it refuses and how it says so."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from exercises import library
from mirrorcoach import __version__, cli
from mirrorcoach.errors import InputError, MirrorcoachError, SomeFailedError, StoreError, UsageError
from mirrorcoach.summary import AID, summary_lines

HEAVY = ("mediapipe", "numba", "cv2", "pygame", "av", "scipy", "sqlalchemy")


def leaves_with(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command in this process; its exit code."""
    monkeypatch.setattr(sys, "argv", ["mirrorcoach", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.run()
    code = left.value.code
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["exercises"], ["exercises", "snarl", "--json"]]
)
def test_asking_loads_nothing_heavy(run_cli, arguments):
    done = run_cli(*arguments, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0 and done.stdout
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.split("\n")}
    assert "typer" in loaded
    assert not loaded & set(HEAVY)


def test_help_names_every_command_and_what_this_is_not(monkeypatch, capsys):
    assert leaves_with(monkeypatch, "--help") == 0
    said = " ".join(capsys.readouterr().out.split())
    for command in ("score", "exercises", "practice", "demo", "doctor"):
        assert command in said
    assert AID in said


def test_version(monkeypatch, capsys):
    assert leaves_with(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"mirrorcoach {__version__}\n"


# Exercises


def test_exercises_lists_each_with_its_name(monkeypatch, capsys):
    assert leaves_with(monkeypatch, "exercises") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(library.exercises())
    assert "smile_open        Open smile" in lines


def test_exercises_as_json_is_what_the_files_say(monkeypatch, capsys):
    assert leaves_with(monkeypatch, "exercises", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in listed] == list(library.exercises())
    smile = next(one for one in listed if one["id"] == "smile_open")
    assert smile["wanted"] == {"region": "mouth_corner", "direction": "out_up", "target_mm": 5.0}
    assert smile["words"]["name"] == "Open smile"


def test_one_exercise_in_full(monkeypatch, capsys):
    assert leaves_with(monkeypatch, "exercises", "pucker") == 0
    said = capsys.readouterr().out
    assert said.startswith("Lip pucker (pucker)\n")
    assert "Moves: " in said and "Stays quiet: " in said and "Dose: 5 times" in said and AID in said
    assert leaves_with(monkeypatch, "exercises", "pucker", "--json") == 0
    assert json.loads(capsys.readouterr().out)["id"] == "pucker"


def test_an_exercise_in_which_nothing_moves(monkeypatch, capsys):
    assert leaves_with(monkeypatch, "exercises", "rest_scan") == 0
    assert "Moves:" not in capsys.readouterr().out


# The window


@pytest.fixture
def wished(monkeypatch):
    """What the window is asked for, in place of opening one."""
    from mirrorcoach.live import application, window

    asked = []

    class Closed:
        def __enter__(self):
            return self

        def __exit__(self, *rest):
            pass

    class Asked:
        def __init__(self, window, wish):
            asked.append(wish)

        def run(self):
            pass

    monkeypatch.setattr(window, "Window", Closed)
    monkeypatch.setattr(application, "Application", Asked)
    return asked


def test_without_a_command_the_window_opens_at_home(monkeypatch, wished):
    assert leaves_with(monkeypatch) == 0
    (wish,) = wished
    assert (wish.first, wish.keeps, wish.source, dict(wish.settings)) == ("home", True, None, {})


@pytest.mark.parametrize("command", [[], ["practice"]])
def test_the_window_is_told_where_and_whose(monkeypatch, wished, command):
    assert leaves_with(monkeypatch, *command, "--data", "kept", "--who", "Ada") == 0
    assert leaves_with(monkeypatch, *command) == 0
    named, usual = wished
    assert (named.data, named.who) == ("kept", "Ada")
    assert (usual.data, usual.who) == (None, None)


def test_a_practice_is_as_the_person_likes_it_unless_they_say_otherwise(monkeypatch, wished):
    assert leaves_with(monkeypatch, "practice") == 0
    options = ("--camera", "1", "--no-sound", "--voice", "--ipd-mm", "63", "--mirrored")
    assert leaves_with(monkeypatch, "practice", *options, "--tired", "6") == 0
    own, said = wished
    assert own.first == said.first == "camera_check"
    assert (own.programme, own.tired, dict(own.settings)) == (None, None, {})
    assert said.tired == 6
    assert said.settings == {
        "camera": 1,
        "sounds": False,
        "voice": True,
        "ipd_mm": 63.0,
        "mirrored_camera": True,
    }


def test_a_recording_stands_in_for_the_camera(monkeypatch, wished):
    assert leaves_with(monkeypatch, "practice", "--video", "a.mp4", "--programme", "paresis") == 0
    (wish,) = wished
    assert wish.first == "practice"
    assert wish.source is not None
    assert wish.programme.id == "paresis"


def test_the_demo_keeps_nothing(monkeypatch, wished):
    assert leaves_with(monkeypatch, "demo") == 0
    (wish,) = wished
    assert (wish.first, wish.keeps, wish.programme.id) == ("practice", False, "demo")
    assert wish.person.affected == "right", "so that the even face can be shown"


# What is not understood


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exercises", "grin"], "No exercise is called 'grin'. 'mirrorcoach exercises' shows"),
        (["score", "a.mp4", "--exercise", "smile_opne"], "Did you mean 'smile_open'?"),
        (["score", "a.mp4", "--programme", "sunnybrok"], "Did you mean 'sunnybrook'?"),
        (
            ["score", "a.mp4", "--exercise", "snarl", "--programme", "sunnybrook"],
            "--exercise and --programme were given together",
        ),
        (
            ["score", "a.mp4", "--exercise", "snarl", "--cues", "c.csv"],
            "--exercise and --cues were given together",
        ),
        (["score", "a.mp4", "--cues", "nowhere.csv"], "nowhere.csv cannot be read"),
        (["score", "a.mp4", "--ipd-mm", "6.3"], "between the pupils of 6.3 mm was given; 45 to 80"),
        (["score", "a.mp4", "--ipd-mm", "nan"], "between the pupils of nan mm was given"),
        (["practice", "--ipd-mm", "81"], "between the pupils of 81 mm was given; 45 to 80 mm"),
        (["practice", "--programme", "none"], "No programme is called 'none'"),
        (["delete"], "--everything"),
    ],
)
def test_usage_errors_end_with_two_and_one_sentence(monkeypatch, capsys, arguments, said):
    assert leaves_with(monkeypatch, *arguments) == UsageError.exit_code == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == "" and shown.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["score"],
        ["score", "a.mp4", "--affected", "both"],
        ["score", "a.mp4", "--fast"],
        ["sccore", "a.mp4"],
    ],
)
def test_a_command_line_that_makes_no_sense_ends_with_two(monkeypatch, capsys, arguments):
    assert leaves_with(monkeypatch, *arguments) == 2
    assert capsys.readouterr().out == ""


def test_a_cue_file_error_reaches_the_person(run_cli, noise_video, tmp_path):
    cues = tmp_path / "cues.csv"
    cues.write_text("start_s,end_s,exercise\n1,2,smile_opn\n", encoding="utf-8")
    done = run_cli("score", noise_video, "--cues", cues)
    assert done.returncode == 2
    assert "line 2" in done.stderr and "Did you mean 'smile_open'?" in done.stderr
    assert done.stdout == "" and done.stderr.count("\n") == 1


# Leaving


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("A."), 2),
        (InputError("A."), 3),
        (StoreError("A."), 3),
        (SomeFailedError("A."), 5),
        (MirrorcoachError("A."), 1),
    ],
)
def test_an_error_leaves_with_its_sentence_and_its_code(monkeypatch, capsys, error, code):
    def fails() -> None:
        raise error

    monkeypatch.setattr(library, "exercises", fails)
    assert leaves_with(monkeypatch, "exercises") == code
    assert capsys.readouterr().err == "A.\n"


def test_a_fault_of_our_own_says_so_and_asks_for_a_report(monkeypatch, capsys):
    def fails() -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.delenv("MIRRORCOACH_DEBUG", raising=False)
    monkeypatch.setattr(library, "exercises", fails)
    assert leaves_with(monkeypatch, "exercises") == 1
    said = capsys.readouterr().err
    assert "a mistake of its own (ZeroDivisionError: by zero)" in said
    assert "mirrorcoach doctor" in said and "MIRRORCOACH_DEBUG" in said
    assert said.count("\n") == 1


def test_who_asks_for_details_gets_them(monkeypatch):
    def fails() -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setenv("MIRRORCOACH_DEBUG", "1")
    monkeypatch.setattr(library, "exercises", fails)
    monkeypatch.setattr(sys, "argv", ["mirrorcoach", "exercises"])
    with pytest.raises(ZeroDivisionError):
        cli.run()


# Folders


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["x/a.mp4", "x/b.mp4"], ["a", "b"]),
        (["x/a.mp4", "x/a.mov"], ["a.mp4", "a.mov"]),
        (["x/a.mp4", "y/a.mp4"], ["a.mp4", "a.mp4-2"]),
        (["x/a.mp4", "x/A.MP4"], ["a.mp4", "A.MP4-2"]),
        (["x/a.mp4", "x/a.mov", "x/a.mp4.mkv"], ["a.mp4", "a.mov", "a.mp4.mkv-2"]),
        (["x/a.mp4", "x/a.mp4", "x/a.mp4"], ["a.mp4", "a.mp4-2", "a.mp4-3"]),
        ([], []),
    ],
)
def test_no_two_videos_share_a_folder(paths, expected):
    folders = cli._folders([Path(path) for path in paths], Path("out"))
    assert folders == [Path("out") / name for name in expected]


def test_results_lie_beside_each_video():
    folders = cli._folders([Path("x/a.mp4"), Path("y/a.mp4")], None)
    assert folders == [Path(f"{place}/mirrorcoach-scores/a") for place in "xy"]


# Words


def repetition(symmetry: float | None, reasons: list[str]) -> dict[str, object]:
    interval = None if symmetry is None else [symmetry - 0.1, symmetry + 0.1]
    return {
        "exercise": "snarl",
        "symmetry": symmetry,
        "symmetry_interval": interval,
        "reasons": reasons,
    }


def test_a_summary_says_what_was_found_or_why_not():
    one = {"exercise": "snarl", "repetitions": 2, "measurable": 2}
    found = {
        "exercises": [{**one, "symmetry_median": 0.55, "score": 71.4}],
        "repetitions": [repetition(0.5, []), repetition(0.6, [])],
    }
    assert summary_lines(found) == [
        "  Nose wrinkle: 2 of 2 measured, symmetry 0.55 (between 0.40 and 0.70), score 71"
    ]
    lost = {
        "exercises": [{**one, "measurable": 0, "symmetry_median": None, "score": None}],
        "repetitions": [repetition(None, ["No face was seen."]), repetition(None, ["Too dark."])],
    }
    assert summary_lines(lost) == [
        "  Nose wrinkle: 0 of 2 measured, no symmetry: No face was seen."
    ]
