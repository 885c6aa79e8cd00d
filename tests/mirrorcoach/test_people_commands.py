"""What people type to see, name, add and delete people, and where things are kept."""

import io
import json
import sys

import pytest

from mirrorcoach import cli
from mirrorcoach.profile import Profile
from mirrorcoach.records.place import FILE
from mirrorcoach.records.store import Store


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def type_(monkeypatch, capsys):
    """Type a command: its exit code, what it says, and what it complains of."""

    def typed(*arguments, answer=None):
        monkeypatch.setattr(sys, "argv", ["mirrorcoach", *map(str, arguments)])
        if answer is not None:
            monkeypatch.setattr("typer.confirm", lambda question: answer)
        with pytest.raises(SystemExit) as left:
            cli.run()
        shown = capsys.readouterr()
        return left.value.code or 0, shown.out, shown.err

    return typed


@pytest.fixture
def family(folder):
    with Store.open(folder) as store:
        for name in ("Ada", "Ben"):
            store.turn_to(store.add(Profile(name=name)))
            store.begin("first_steps", {})
            (folder / "photographs" / str(store.person)).mkdir(parents=True)
            (folder / "photographs" / str(store.person) / "first.jpg").write_bytes(b"a picture")
        store.begin("first_steps", {})
    return folder


def test_people_are_added_listed_and_renamed(type_):
    assert type_("people", "add", "Ada") == (0, "Added: 1 Ada\n", "")
    assert type_("people", "add", "Ben") == (0, "Added: 2 Ben\n", "")
    assert type_("people", "rename", "ada", "Zoé") == (0, "1 Ada is called 1 Zoé now.\n", "")
    assert type_("people") == (0, "1 Zoé: 0 practices\n2 Ben: 0 practices\n", "")
    assert type_("people", "list")[1] == type_("people")[1]


def test_whom_to_rename_is_said_as_the_command_takes_it(type_, family):
    code, said, complaint = type_("people", "rename", "Cleo", "Zoé")
    assert (code, said) == (2, "")
    assert "Nobody is called 'Cleo'. There are: 1 Ada, 2 Ben. " in complaint
    assert "by a name or a number" in complaint and "--who" not in complaint
    type_("delete", "--who", "Ada", "--yes")
    type_("delete", "--who", "Ben", "--yes")
    complaint = type_("people", "rename", "Cleo", "Zoé")[2]
    assert "mirrorcoach people add NAME" in complaint and "--who" not in complaint


def test_the_list_as_json_counts_practices(type_, family):
    code, said, _ = type_("people", "list", "--json")
    assert (code, json.loads(said)) == (
        0,
        [
            {"number": 1, "name": "Ada", "practices": 1},
            {"number": 2, "name": "Ben", "practices": 2},
        ],
    )


def test_data_names_another_place_for_every_command(type_, tmp_path, folder):
    other = tmp_path / "other"
    type_("people", "add", "Cleo", "--data", other)
    assert type_("people", "--data", other)[1] == "1 Cleo: 0 practices\n"
    assert not folder.exists()
    assert type_("delete", "--everything", "--yes", "--data", other)[0] == 0
    assert not other.exists()


def test_a_place_in_which_nothing_is_kept_is_told_and_not_made(type_, folder):
    code, said, complaint = type_("people")
    assert (code, said) == (3, "")
    assert f"Nothing is kept in {folder} yet" in complaint
    assert not folder.exists()


@pytest.mark.parametrize(
    "command", [["people"], ["people", "add", "Ada"], ["delete", "--everything"], ["history"]]
)
def test_a_file_in_place_of_the_folder_is_named_and_left(type_, tmp_path, command):
    (tmp_path / "letter.txt").write_text("Dear Ada")
    code, said, complaint = type_(*command, "--data", tmp_path / "letter.txt")
    assert (code, said) == (3, "")
    assert f"{tmp_path / 'letter.txt'} is a file; the folder" in complaint
    assert (tmp_path / "letter.txt").read_text() == "Dear Ada"


@pytest.mark.skipif(sys.platform == "win32", reason="says it in other words")
@pytest.mark.parametrize("command", [["people"], ["delete", "--everything"], ["history"]])
def test_a_folder_that_cannot_be_looked_into_is_named(type_, tmp_path, command):
    code, said, complaint = type_(*command, "--data", tmp_path / ("x" * 300))
    assert (code, said, complaint.count("\n")) == (3, "", 1)
    assert "cannot be looked into: File name too long" in complaint


def test_a_name_is_told_where_only_some_letters_can_be_written(type_, folder, monkeypatch):
    type_("people", "add", "Zoé")
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert type_("people")[0] == 0
    out.flush()
    assert out.buffer.getvalue().splitlines() == [b"1 Zo?: 0 practices"]


def test_nobody_to_answer_deletes_nothing(type_, family, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, _, complaint = type_("delete", "--who", "Ben")
    assert (code, complaint.splitlines()[-1]) == (
        2,
        "Nobody answered, and nothing was deleted. Say --yes to delete without being asked.",
    )
    assert "2 Ben" in type_("people")[1]


def test_ctrl_c_where_it_is_asked_stops(type_, family, monkeypatch):
    class Pressed(io.StringIO):
        def readline(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Pressed())
    code, _, complaint = type_("delete", "--who", "Ben")
    assert code == 130 and "Stopped." in complaint
    assert "2 Ben" in type_("people")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "x", "people"],
        ["--who", "Ada", "people"],
        ["people", "--data", "x", "list"],
        ["delete"],
        ["delete", "--who", "Ada", "--everything"],
        ["delete", "--who", "Cleo"],
        ["people", "rename", "Cleo", "Ada"],
        ["people", "add", "x" * 41],
        ["people", "--data", "mysql://anna:hunter2@clinic/practice"],
    ],
)
def test_what_is_not_clear_ends_with_two_and_one_sentence(type_, family, arguments):
    code, said, complaint = type_(*arguments)
    assert (code, said, complaint.count("\n")) == (2, "", 1)
    assert "hunter2" not in complaint


def test_a_server_that_cannot_be_reached_ends_with_three_and_without_its_password(type_):
    pytest.importorskip("psycopg")
    address = "postgresql://anna:hunter2@127.0.0.1:9/practice"
    for arguments in (["people"], ["delete", "--everything", "--yes"], ["delete", "--who", "1"]):
        code, said, complaint = type_(*arguments, "--data", address)
        assert (code, said) == (3, "")
        assert "postgresql://anna@127.0.0.1:9/practice" in complaint
        assert "hunter2" not in complaint


def test_deleting_a_person_lists_what_goes_and_what_is_left(type_, family):
    (family / f"{FILE}.v2.bak").write_bytes(b"Ada and Ben")
    code, said, complaint = type_("delete", "--who", "ben", "--yes")
    assert (code, complaint) == (0, "")
    goes, left = said.split("Deleted 2 Ben. ")
    assert "2 Ben: practices 2, notes 0, questionnaires' totals 0, files 2" in goes
    assert str(family / "photographs" / "2" / "first.jpg") in goes
    assert f"{FILE}.v2.bak" in goes
    assert "1 Ada: 1 practice\n" in left
    assert "Ben" not in left and f"{family / 'photographs' / '2'}" not in left
    assert str(family / "photographs" / "1" / "first.jpg") in left
    kept = b"".join(one.read_bytes() for one in family.rglob("*") if one.is_file())
    assert b"Ada" in kept and b"Ben" not in kept


def test_nothing_is_deleted_before_it_was_confirmed(type_, family):
    for arguments in (["--who", "Ben"], ["--everything"]):
        code, said, _ = type_("delete", *arguments, answer=False)
        assert (code, said.splitlines()[-1]) == (0, "Nothing was deleted.")
    assert len(type_("people")[1].splitlines()) == 2
    assert type_("delete", "--who", "Ben", answer=True)[0] == 0
    assert len(type_("people")[1].splitlines()) == 1


def test_deleting_everything_leaves_nothing(type_, family):
    code, said, _ = type_("delete", "--everything", "--yes")
    assert code == 0
    assert str(family / FILE) in said
    assert f"Left in {family}: 0 files." in said
    assert not family.exists()
    assert type_("delete", "--everything") == (0, f"Nothing is kept in {family}.\n", "")


def test_what_another_window_still_holds_is_told(type_, family, monkeypatch):
    import sqlite3

    from mirrorcoach.records import sqlite

    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)
    other = sqlite3.connect(family / FILE)
    other.isolation_level = None
    other.execute("BEGIN")
    other.execute("SELECT * FROM person").fetchall()
    code, said, complaint = type_("delete", "--who", "Ben", "--yes")
    other.close()
    assert code == 3
    assert "Deleted 2 Ben." in said
    assert "another window of mirrorcoach is open" in complaint
