"""A file that somebody wrote: everything that is wrong with it, with line and legal values."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises import library
from exercises.faults import Fault, field_name, lines_of, parse
from exercises.schema import Programme

GOOD = """\
id = "mine"
stage = "synkinesis"

[[steps]]
exercise = "smile_eye_open"
repetitions = 3

[[steps]]
exercise = "pucker_eye_open"
"""


def faults_of(tmp_path: Path, text: str) -> list[Fault]:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(library.LibraryError) as refused:
        library.read_programme(file)
    lines = str(refused.value).splitlines()
    assert lines == [f"{file}, {fault}" for fault in refused.value.faults]
    return refused.value.faults


def written(tmp_path: Path, text: str) -> Programme:
    file = tmp_path / "mine.toml"
    file.write_bytes(text.encode("utf-8"))
    return library.read_programme(file)


def test_a_good_programme_is_read_whole(tmp_path: Path) -> None:
    programme = written(tmp_path, GOOD)
    assert [step.exercise for step in programme.steps] == ["smile_eye_open", "pucker_eye_open"]
    assert programme.steps[0].changes == {"repetitions": 3}


def test_an_editor_s_byte_order_mark_and_line_ends_do_no_harm(tmp_path: Path) -> None:
    assert written(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n")) == written(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "said"),
    [
        ('id = "mine"', 'id = "My own"', 1, "id", 'got "My own"; expected small letters'),
        ('id = "mine"\n', "", 1, "id", "'id' is missing; expected small letters"),
        ('id = "mine"', 'id = "mine"\nname = ""', 2, "name", 'got ""; expected text in quotes'),
        (
            '"synkinesis"',
            '"synkinesi"',
            2,
            "stage",
            "expected 'flaccid', 'paresis', 'synkinesis' or 'maintenance'",
        ),
        ('stage = "synkinesis"\n', "", 1, "stage", "a daily programme needs a 'stage'"),
        (
            "stage",
            'purpose = "assessment"\nstage',
            3,
            "stage",
            "a 'stage' is for daily programmes",
        ),
        (
            "stage",
            'purpose = "weekly"\nstage',
            2,
            "purpose",
            "expected 'daily', 'assessment' or 'photographs'",
        ),
        ("stage", "minutes_cap = 25\nstage", 2, "minutes_cap", "a whole number from 1 to 20"),
        ("stage", "minutes_cap = 2.5\nstage", 2, "minutes_cap", "got 2.5; expected a whole number"),
        ("stage", "minutes_cap = 1\nstage", 2, "minutes_cap", "the steps take 2.1 minutes, more"),
        ("stage", "minute_cap = 5\nstage", 2, "minute_cap", "Did you mean 'minutes_cap'?"),
        ("= 3", "= 50", 6, "steps[1].repetitions", "got 50; expected a whole number from 1 to 10"),
        ("= 3", '= "3"', 6, "steps[1].repetitions", 'got "3"; expected a whole number'),
        ("= 3", "= true", 6, "steps[1].repetitions", "got true; expected a whole number"),
        ("= 3", "= 2024-05-01", 6, "steps[1].repetitions", 'got "2024-05-01"; expected a whole'),
        ("repetitions = 3", "rise_s = nan", 6, "steps[1].rise_s", "expected a number from 1 to 10"),
        (
            "repetitions = 3",
            "effort_cap = 8",
            6,
            "steps[1].effort_cap",
            "expected a whole number from 0 to 3",
        ),
        (
            "repetitions",
            "repetition",
            6,
            "steps[1].repetition",
            "nothing is called 'repetition' here. Did you mean 'repetitions'? There are: exercise,",
        ),
        (
            '"smile_eye_open"',
            '"smile_eyes_open"',
            5,
            "steps[1].exercise",
            "no exercise is called 'smile_eyes_open'. Did you mean 'smile_eye_open'? There are: b",
        ),
        (
            'exercise = "pucker_eye_open"',
            "rest_s = 10.0",
            8,
            "steps[2].exercise",
            "'exercise' is missing",
        ),
        (
            '"pucker_eye_open"',
            '"corner_down"',
            9,
            "steps[2].exercise",
            "'corner_down' is not for stage 'synkinesis'; it is for paresis.",
        ),
        (
            '"pucker_eye_open"',
            '"eye_close_full"',
            9,
            "steps[2].exercise",
            "only measured in assessments, never practised",
        ),
        (
            '"pucker_eye_open"',
            '"massage"\nhold_s = 4.0',
            10,
            "steps[2].hold_s",
            "'hold_s' means nothing for 'massage'; this kind of exercise takes repetitions and",
        ),
        ("[[steps]]", "[[step]]", 4, "step", "Did you mean 'steps'?"),
    ],
)
def test_a_fault_is_told_with_its_line_field_and_legal_values(
    tmp_path: Path, old: str, new: str, line: int, field: str, said: str
) -> None:
    faults = faults_of(tmp_path, GOOD.replace(old, new))
    told = [fault for fault in faults if (fault.line, fault.field) == (line, field)]
    assert told and any(said in fault.message for fault in told), faults
    assert all(fault.message.endswith(".") for fault in faults)


def test_every_fault_is_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = GOOD.replace('"mine"', "3").replace("= 3", "= 0", 2).replace("pucker_eye", "puker_eye")
    faults = faults_of(tmp_path, text)
    assert [(one.line, one.field) for one in faults] == [
        *((1, "id"), (6, "steps[1].repetitions"), (9, "steps[2].exercise"))
    ]


def test_a_list_of_faulty_entries_is_not_called_too_short(tmp_path: Path) -> None:
    text = 'id = "a"\nstage = "paresis"\n[[steps]]\nexercise = "snarl"\nrise_s = inf\n'
    (fault,) = faults_of(tmp_path, text)
    assert (fault.line, fault.field) == (5, "steps[1].rise_s")
    assert fault.message == "got Infinity; expected a number from 1 to 10."


@pytest.mark.parametrize(
    ("stage", "exercise", "fits"),
    [
        ("flaccid", "mirror_imagery", True),
        ("flaccid", "smile_closed", False),
        ("paresis", "smile_closed", True),
        ("paresis", "smile_eye_open", False),
        ("maintenance", "smile_eye_open", True),
        ("maintenance", "corner_down", False),
    ],
)
def test_an_exercise_belongs_to_its_stages(
    tmp_path: Path, stage: str, exercise: str, fits: bool
) -> None:
    text = f'id = "one"\nstage = "{stage}"\n[[steps]]\nexercise = "{exercise}"\n'
    if fits:
        assert written(tmp_path, text).stage == stage
    else:
        (fault,) = faults_of(tmp_path, text)
        assert f"'{exercise}' is not for stage '{stage}'" in fault.message


def test_an_assessment_may_measure_anything(tmp_path: Path) -> None:
    text = 'id = "one"\npurpose = "assessment"\n[[steps]]\nexercise = "eye_close_full"\n'
    assert written(tmp_path, text).stage is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('id = "a"\nstage = \n', 2, "this is not TOML, column 9: invalid value."),
        ('id = "a\n', 1, "column 8"),
        ("id = [1,\n", 1, "at its end"),
        ('id = "a"\nid = "b"\n', 2, "cannot overwrite a value"),
        ('id = "a"\n[[steps]\nexercise = "pucker"\n', 2, "column 8"),
    ],
)
def test_what_is_not_toml_is_told_with_line_and_column(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    (fault,) = faults_of(tmp_path, text)
    assert fault.line == line and said in fault.message and not fault.field


@pytest.mark.parametrize(
    "text",
    ["", "steps = []\n", "steps = 3\n", 'steps = ["snarl"]\n', "steps = [[]]\n", "[steps]\n"],
)
def test_a_programme_of_nothing_is_refused(tmp_path: Path, text: str) -> None:
    faults = faults_of(tmp_path, f'id = "a"\nstage = "paresis"\n{text}')
    assert {fault.field.partition("[")[0] for fault in faults} == {"steps"}


def test_lines_are_those_of_the_file_however_it_is_laid_out() -> None:
    text = (
        '# a note\n\nid = "a"\nname = """\n[[steps]]\nrepetitions = 3\n"""\n'
        'steps = [\n  { exercise = "snarl" },\n  { exercise = "pucker" },\n]\n'
    )
    lines = lines_of(text)
    assert lines == {(): 1, ("id",): 3, ("name",): 4, ("steps",): 8}
    assert lines_of("[a]\nb.c = 1\n[[a.d]]\ne = 1\n[[a.d]]\n[a.d.f]\ng = 2\n") == {
        (): 1,
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "b", "c"): 2,
        ("a", "d"): 3,
        ("a", "d", 0): 3,
        ("a", "d", 0, "e"): 4,
        ("a", "d", 1): 5,
        ("a", "d", 1, "f"): 6,
        ("a", "d", 1, "f", "g"): 7,
    }


def test_a_field_is_named_as_people_count() -> None:
    assert field_name(("steps", 0, "repetitions")) == "steps[1].repetitions"


@given(st.lists(st.sampled_from([*GOOD.splitlines(), '"""', "steps = [", "]", "x = 1"])))
def test_no_mixture_of_lines_is_an_accident(rows: list[str]) -> None:
    """Any file is either a programme with all its steps or is refused with lines that it has."""
    text = "\n".join(rows)
    try:
        programme = library._programme(text, "mine.toml")
    except library.LibraryError as error:
        assert error.faults
        assert all(1 <= fault.line <= max(1, len(rows)) for fault in error.faults)
        return
    content = parse(text)
    assert isinstance(content, dict) and len(programme.steps) == len(content["steps"])
