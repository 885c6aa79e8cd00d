"""The commands with which a therapist writes a programme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exercises import library
from mirrorcoach import cli
from mirrorcoach.errors import InputError, UsageError
from mirrorcoach.programmes import find_programme
from mirrorcoach.video.plan import make_plan

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command: its exit code, and what it said on either channel."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["mirrorcoach", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.run()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


def test_a_new_programme_is_accepted_as_it_stands(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "anna.toml"
    code, said, _ = command("programme", "new", file)
    assert code == 0 and f"mirrorcoach programme check {file}" in said
    code, said, wrong = command("programme", "check", file)
    assert (code, wrong) == (0, "")
    assert said.splitlines() == [
        "My programme (anna): daily, paresis.",
        "  1. Rest and release: 5 s.",
        "  2. Small smile: 3 times 3 s out, 3 s hold, 3 s back, 5 s rest; effort up to 2 of 10.",
        "  3. Lip pucker: 5 times 3 s out, 3 s hold, 3 s back, 5 s rest; effort up to 3 of 10.",
        "  4. Rest and release: 5 s.",
        "Together 4 steps, 8 repetitions, about 2.0 minutes; at most 10.",
    ]


def test_the_new_programme_names_every_exercise(command: Command, tmp_path: Path) -> None:
    command("programme", "new", tmp_path / "mine.toml")
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    assert all(f"#   {name} " in text for name in library.exercises())


@pytest.mark.parametrize(
    ("stem", "name"), [("Plan für Anna", "plan_f_r_anna"), ("2024", "my_programme")]
)
def test_any_file_name_gives_a_legal_id(
    command: Command, tmp_path: Path, stem: str, name: str
) -> None:
    file = tmp_path / f"{stem}.toml"
    assert command("programme", "new", file)[0] == 0
    assert library.read_programme(file).id == name


def test_a_programme_is_never_overwritten(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("weeks of work", encoding="utf-8")
    code, _, wrong = command("programme", "new", file)
    assert code == InputError.exit_code and "is there already and was left as it is" in wrong
    assert file.read_text(encoding="utf-8") == "weeks of work"


def test_a_programme_that_cannot_be_written(command: Command, tmp_path: Path) -> None:
    code, _, wrong = command("programme", "new", tmp_path / "nowhere" / "mine.toml")
    assert code == InputError.exit_code and "cannot be written: No such file" in wrong


def test_every_fault_has_a_line_of_its_own(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    command("programme", "new", file)
    text = file.read_text(encoding="utf-8")
    text = text.replace("repetitions = 3", "repetition = 3").replace("minutes_cap = 10", "a = 1")
    file.write_text(text.replace('"pucker"', '"pukcer"'), encoding="utf-8")
    code, said, wrong = command("programme", "check", file)
    assert (code, said) == (UsageError.exit_code, "")
    first, second, third = wrong.splitlines()
    assert first.startswith(f"{file}, line 9, a: nothing is called 'a' here.")
    assert second.startswith(f"{file}, line 19, steps[2].repetition: ")
    assert "Did you mean 'repetitions'? There are: exercise, repetitions, rise_s," in second
    assert "no exercise is called 'pukcer'. Did you mean 'pucker'? There are: " in third


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read: No such file"), (b"\xff\xfeid", "is not text in UTF-8")],
)
def test_what_cannot_be_read_is_another_exit_code(
    command: Command, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "mine.toml"
    if content is not None:
        file.write_bytes(content)
    code, _, wrong = command("programme", "check", file)
    assert code == InputError.exit_code
    assert said in wrong and "'mirrorcoach programme new FILE' writes one" in wrong


def test_the_list_names_each_programme_with_its_length(command: Command) -> None:
    code, said, _ = command("programme", "list")
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == list(library.programmes())
    assert "Three minutes (daily, maintenance, 2.7 minutes)" in said
    assert "Five expressions (assessment, 3.5 minutes)" in said


@pytest.mark.parametrize("name", list(library.programmes()))
def test_each_programme_can_be_shown(command: Command, name: str) -> None:
    code, said, _ = command("programme", "show", name)
    assert code == 0 and f"({name}): " in said
    assert len(said.splitlines()) >= len(library.programmes()[name].steps) + 2
    assert ("The affected side is not scored" in said) == (name == "flaccid")


def test_a_file_serves_wherever_a_name_does(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    command("programme", "new", file)
    assert find_programme(str(file)).name == "My programme"
    plan = make_plan(programme=str(file))
    assert plan.in_order == ("rest_scan", "smile_closed", "pucker", "rest_scan")
    assert plan.options["programme"] == "mine"
    assert command("programme", "show", file)[0] == 0


@pytest.mark.parametrize("arguments", [("programme", "show"), ("practice", "--programme")])
def test_an_unknown_name_points_to_the_list(
    command: Command, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    code, _, wrong = command(*arguments, "synkinesia")
    assert code == UsageError.exit_code
    assert "Did you mean 'synkinesis'? 'mirrorcoach programme list' shows them all" in wrong


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Call for emergency help now"), ("fr", "Appelez les secours")]
)
def test_safety_is_one_command_away(command: Command, language: str, said: str) -> None:
    code, text, _ = command("safety", "--language", language)
    assert code == 0 and said in text
    for card in library.safety(language).text.values():
        assert card.title in text and all(f"  - {line}" in text for line in card.lines)


@pytest.mark.parametrize("arguments", [("safety",), ("exercises",), ("exercises", "snarl")])
def test_a_language_that_nobody_has_written(command: Command, arguments: tuple[str, ...]) -> None:
    code, said, wrong = command(*arguments, "--language", "xx")
    assert (code, said) == (UsageError.exit_code, "")
    assert wrong == "There are no words for the language 'xx'. There are: en, fr.\n"


def test_exercises_in_french(command: Command) -> None:
    _, said, _ = command("exercises", "smile_eye_open", "--language", "fr")
    assert said.startswith("Sourire, yeux ouverts (smile_eye_open)")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("snarl", "Measured and scored."),
        ("brow_draw", "Measured with low confidence: shown, not scored."),
        ("cheek_puff", "Not measured: you are asked how it went."),
        ("eye_close_full", "For: assessments only."),
        ("smile_eye_open", "Its aim: the movement without the eye."),
        ("massage", "Dose: once 200 s, led step by step."),
    ],
)
def test_an_exercise_says_how_it_is_judged(command: Command, name: str, said: str) -> None:
    assert said in command("exercises", name)[1]
