"""Out and in as people type it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from mirrorcoach import cli
from mirrorcoach.profile import Profile
from mirrorcoach.records.store import Store


@pytest.fixture
def anna(tmp_path):
    """A data folder in which something of one person was kept."""
    folder = tmp_path / "anna"
    with Store.open(folder) as store:
        store.turn_to(store.add(Profile(name="Anna")))
        store.end(store.begin("first_steps", {}), "done", 60.0)
        store.add_note("calm today")
    return folder


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command in this process: what came of it."""

    def command(*arguments, cwd=None):
        if cwd is not None:
            monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["mirrorcoach", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.run()
        said = capsys.readouterr()
        return Done(left.value.code or 0, said.out, said.err)

    return command


def test_out_and_in_and_in_again(run, anna, tmp_path):
    out = run("export", "--data", anna, cwd=tmp_path)
    assert out.returncode == 0
    (file,) = tmp_path.glob("mirrorcoach-20*.zip")
    assert f"Wrote {file.name}: 1 practice, 1 note, 0 questionnaires' totals" in out.stdout
    first = run("import", file, "--data", tmp_path / "new")
    assert first.returncode == 0
    assert first.stdout.startswith("Taken in for 1 Anna, new here: 1 practice, 1 note,")
    again = run("import", file, "--data", tmp_path / "new")
    assert again.stdout == "All of it is here already, with 1 Anna.\n"


@pytest.mark.parametrize("form", ["--csv", "--json", "--fhir", "-o"])
def test_each_form_is_written_once(run, anna, tmp_path, form):
    to = tmp_path / "out"
    assert run("export", "--data", anna, form, to).returncode == 0
    assert to.exists()
    again = run("export", "--data", anna, form, to)
    assert again.returncode == 3 and "--force" in again.stderr
    assert run("export", "--data", anna, form, to, "--force").returncode == 0


def test_one_form_at_a_time(run, anna, tmp_path):
    done = run("export", "--data", anna, "--json", tmp_path / "a", "--fhir", tmp_path / "b")
    assert done.returncode == 2 and "One form at a time" in done.stderr


def test_of_several_people_one_is_meant(run, anna, tmp_path):
    with Store.open(anna) as store:
        store.add(Profile(name="Bo"))
    unsaid = run("export", "--data", anna, "-o", tmp_path / "a.zip")
    assert unsaid.returncode == 2 and "--who" in unsaid.stderr
    assert run("export", "--data", anna, "--who", "bo", "--json", tmp_path / "bo").returncode == 0
    content = json.loads((tmp_path / "bo").read_text(encoding="utf-8"))
    assert content["profile"]["name"] == "Bo" and content["practices"] == []


def test_nothing_is_begun_for_a_file_that_is_refused(run, tmp_path):
    (tmp_path / "wrong.zip").write_text("no zip")
    done = run("import", tmp_path / "wrong.zip", "--data", tmp_path / "new")
    assert done.returncode == 3 and "no zip file of 'mirrorcoach export'" in done.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_to_export_is_a_sentence(run, tmp_path):
    done = run("export", "--data", tmp_path / "empty", cwd=tmp_path)
    assert done.returncode == 3 and "Nothing is kept" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_whose_it_is_is_said_in_one_way(run, anna, tmp_path):
    file = tmp_path / "a.zip"
    run("export", "--data", anna, "-o", file)
    both = run("import", file, "--new", "--who", "Anna", "--data", anna)
    assert both.returncode == 2 and "--who" in both.stderr
    nobody = run("import", file, "--who", "Zoe", "--data", anna)
    assert nobody.returncode == 2 and "Nobody is called 'Zoe'" in nobody.stderr


def test_nothing_is_begun_for_somebody_who_cannot_be_there(run, anna, tmp_path):
    file = tmp_path / "a.zip"
    run("export", "--data", anna, "-o", file)
    done = run("import", file, "--who", "Anna", "--data", tmp_path / "new")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nobody practises there yet. Leave --who out" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a folder that cannot be written")
def test_a_folder_that_cannot_be_written_is_a_sentence(run, anna):
    done = run("export", "--data", anna, "-o", "/proc/a.zip")
    assert done.returncode == 3 and "/proc/a.zip cannot be written" in done.stderr


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_out_and_in_open_no_connection(run_cli, anna, tmp_path):
    log = tmp_path / "calls.txt"
    watch = ("strace", "-f", "-e", "trace=%network", "-o", str(log))
    for number, arguments in enumerate(
        (
            ("export", "-o", "a.zip"),
            ("export", "--fhir", "a.json"),
            ("export", "--csv", "tables"),
            ("reminders",),
            ("import", "a.zip"),
        )
    ):
        done = run_cli(*arguments, "--data", anna, cwd=tmp_path, before=watch)
        assert done.returncode == 0, (number, done.stderr)
        assert "AF_INET" not in log.read_text(errors="replace")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def waiting(run, monkeypatch, *arguments):
    """What a person at a terminal sees while they wait."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert run(*arguments).returncode == 0
    return sys.stderr.getvalue()


@pytest.mark.parametrize("form", ["--csv", "--json", "--fhir", "-o"])
def test_a_terminal_is_told_how_far_an_export_is(run, anna, tmp_path, monkeypatch, form):
    assert run("export", "--data", anna, form, tmp_path / "first").stderr == ""
    seen = waiting(run, monkeypatch, "export", "--data", anna, form, tmp_path / "a[b].out")
    assert f"a[b].out: 1 of 1 practices {'checked' if form == '-o' else 'written'}" in seen


def test_a_terminal_is_told_how_far_an_import_is(run, anna, tmp_path, monkeypatch):
    file = tmp_path / "a.zip"
    run("export", "--data", anna, "-o", file)
    assert run("import", file, "--data", tmp_path / "first").stderr == ""
    seen = waiting(run, monkeypatch, "import", file, "--data", tmp_path / "new")
    assert "a.zip: 1 of 1 practices taken in" in seen


KILLED = """
import os, signal, sys
from pathlib import Path
from mirrorcoach.records.exchange import Parcel
from mirrorcoach.records.receiving import receive
from mirrorcoach.records.store import Store
add_note = Store.add_note
def killed(store, *more):
    add_note(store, *more)
    os.kill(os.getpid(), signal.SIGKILL)
Store.add_note = killed
with Parcel.open(Path(sys.argv[1])) as parcel, Store.open(sys.argv[2]) as store:
    receive(store, parcel)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_in_the_middle_nothing_was_taken_in(run, anna, tmp_path):
    file = tmp_path / "a.zip"
    run("export", "--data", anna, "-o", file)
    new = tmp_path / "new"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", KILLED, file, new], check=False, cwd=root)
    assert done.returncode == -9
    with Store.open(new) as store:
        assert store.people() == []
    assert "Taken in" in run("import", file, "--data", new).stdout
