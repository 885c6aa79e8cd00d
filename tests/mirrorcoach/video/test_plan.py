"""What was asked for: each way of saying it, and every way of getting it wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from exercises.repetition import Asked
from mirrorcoach.errors import UsageError
from mirrorcoach.video.plan import Plan, make_plan

HEAD = "start_s,end_s,exercise\n"


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "cues.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(**said: object) -> str:
    with pytest.raises(UsageError) as refused:
        make_plan(**said)  # type: ignore[arg-type]
    assert refused.value.exit_code == 2
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "2.5,9,smile_open\n9.5,14,snarl\n",
        HEAD + "9.5,14,snarl\n2.5,9,smile_open\n",
        HEAD + "0,2.5,rest\n2.5,9,smile_open\n9,9.5,rest\n9.5,14,snarl\n14,20,rest_scan\n",
        "\ufeff" + HEAD + "2.5,9,smile_open\r\n9.5,14,snarl\r\n",
        "start_s;end_s;exercise\n2,5;9;smile_open\n9,5;14;snarl\n",
        "start_s;end_s;exercise\n2.5;9;smile_open\n9.5;14;snarl\n",
        "exercise, end_s ,start_s,who\n smile_open , 9 ,2.5,me\n\nsnarl,14,9.5\n",
        HEAD + '"2.5","9","smile_open"\n9.5,14,snarl',
    ],
    ids=["plain", "unsorted", "rests", "bom", "decimal_commas", "semicolons", "columns", "quotes"],
)
def test_cues_are_read_however_a_spreadsheet_writes_them(tmp_path, content):
    path = written(tmp_path, content)
    plan = make_plan(cues=path)
    assert plan.cues == (Asked("smile_open", 2.5, 9.0), Asked("snarl", 9.5, 14.0))
    assert plan.in_order == ()
    assert plan.options == {
        "exercise": None,
        "programme": None,
        "cues_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def test_rest_is_when_nothing_is_asked_for(tmp_path):
    plan = make_plan(cues=written(tmp_path, HEAD + "2,4,snarl\n6,8,snarl\n"))
    resting = [time_s for time_s in range(10) if plan.resting(time_s)]
    assert resting == [0, 1, 4, 5, 8, 9]
    assert make_plan("snarl").resting(3.0)


def test_neighbours_may_touch(tmp_path):
    plan = make_plan(cues=written(tmp_path, HEAD + "2,4,snarl\n4,8,snarl\n"))
    assert plan.cues is not None and len(plan.cues) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ["lacks the column start_s and end_s and exercise", "start_s,end_s,exercise"]),
        ("start_s,exercise\n1,snarl\n", ["lacks the column end_s", "'start_s,exercise'"]),
        ("1,2,snarl\n", ["lacks the column", "'1,2,snarl'"]),
        (HEAD + "1,2,smile_opn\n", ["line 2", "'smile_opn'", "Did you mean 'smile_open'?"]),
        (HEAD + "1,2,xyzzy\n", ["line 2", "'xyzzy'", "'mirrorcoach exercises' shows them all"]),
        (HEAD + "1,2\n", ["line 2", "no exercise is called ''"]),
        (HEAD + "1,2,snarl\n\n8,6,snarl\n", ["line 4", "end_s 6 is not after start_s 8"]),
        (HEAD + "1,1,snarl\n", ["line 2", "end_s 1 is not after start_s 1"]),
        (HEAD + "1,2,rest\n3,1,rest\n", ["line 3", "end_s 1 is not after start_s 3"]),
        (
            HEAD + "5,9,snarl\n1,6,pucker\n",
            ["line 2", "snarl from 5 s begins before pucker ends at 6 s", "may not overlap"],
        ),
        (HEAD + "one,2,snarl\n", ["line 2", "start_s is 'one'", "expected seconds", "12.5"]),
        (HEAD + "1,0:02,snarl\n", ["line 2", "end_s is '0:02'", "expected seconds"]),
        (HEAD + "1,,snarl\n", ["line 2", "end_s is ''"]),
        (HEAD + "-1,2,snarl\n", ["line 2", "start_s is '-1'"]),
        (HEAD + "1,nan,snarl\n", ["line 2", "end_s is 'nan'"]),
        (HEAD + "1,inf,snarl\n", ["line 2", "end_s is 'inf'"]),
        (HEAD + "1,2," + "x" * 200_000, ["line 2", "field larger than", "Expected a CSV file"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["is not text in UTF-8", "Expected a CSV file"]),
        (bytes(2000), ["is not text in UTF-8", "start_s,end_s,exercise"]),
        ("\ufeffstart_s\tend_s".encode("utf-16"), ["is not text in UTF-8"]),
        ("word " * 500, ["lacks the column", "[...]"]),
    ],
)
def test_a_broken_cue_file_says_where_and_what_was_expected(tmp_path, content, said):
    path = written(tmp_path, content)
    sentence = refusal(cues=path)
    assert str(path) in sentence
    for part in said:
        assert part in sentence
    assert len(sentence) < 250 + len(str(path)) and "\n" not in sentence


def test_a_cue_file_that_cannot_be_opened(tmp_path):
    assert "cannot be read" in refusal(cues=tmp_path / "nowhere.csv")
    assert "cannot be read" in refusal(cues=tmp_path)


def test_one_exercise_fills_the_recording():
    plan = make_plan("snarl")
    assert plan == Plan(
        None, ("snarl",), {"exercise": "snarl", "programme": None, "cues_sha256": None}
    )


def test_a_programme_gives_an_order():
    plan = make_plan(programme="sunnybrook")
    assert plan.cues is None
    assert plan.in_order == ("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker")
    assert plan.options["programme"] == "sunnybrook"


def test_nothing_said_is_a_plan_too():
    plan = make_plan()
    assert plan.cues is None and plan.in_order == () and set(plan.options.values()) == {None}


def test_unknown_names_are_refused_with_the_way_to_the_known_ones():
    sentence = refusal(exercise="smile")
    assert "'smile'" in sentence and "'mirrorcoach exercises' shows them all" in sentence
    assert "Did you mean 'sunnybrook'?" in refusal(programme="sunny_brook")
    assert "Did you mean" not in refusal(programme="zzz")


@pytest.mark.parametrize(
    "names", [("exercise", "cues"), ("exercise", "programme"), ("cues", "programme")]
)
def test_only_one_way_of_saying_it(names):
    values = {"exercise": "snarl", "cues": Path("cues.csv"), "programme": "sunnybrook"}
    sentence = refusal(**{name: values[name] for name in names})
    assert sentence.startswith(f"--{names[0]} and --{names[1]} were given together")
    assert refusal(**values).startswith("--exercise and --cues and --programme")
