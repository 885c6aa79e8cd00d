"""mirrorcoach history: kind, exact, and readable wherever it is printed."""

import csv
import io
import json
import re
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import mirrorcoach
from exercises import library
from mirrorcoach import cli
from mirrorcoach.commands import history_texts
from mirrorcoach.live.texts import Texts
from mirrorcoach.profile import Profile
from mirrorcoach.records.practices import PracticeRecord
from mirrorcoach.records.store import Store

SCHEMA = json.loads(
    (Path(mirrorcoach.__path__[0]).parent / "docs" / "history.schema.json").read_text("utf-8")
)
PUSHING = {
    "en": r"harder|bigger|wrong|fail\w*|bad|lazy|weak\w*|must|missed|streaks?|normal|should",
    "fr": r"plus (fort|grand)|faux|échou\w*|échec|mauvais\w*|paresseu\w*|faible\w*|devez|raté",
}


def repetition(exercise="pucker", even=0.6, right=3.0, narrow=0.2):
    known = even is not None
    return {
        "exercise": exercise,
        "measurable": known,
        "start_s": 0.0,
        "end_s": 9.0,
        "reasons": [] if known else ["No face was seen."],
        "symmetry": even,
        "symmetry_interval": [even - 0.05, even + 0.05] if known else None,
        "left": side(6.0 if known else None),
        "right": side(right if known else None),
        "quiet": [
            {
                "region": "eye",
                "side": "right",
                "change": narrow,
                "unit": "ratio",
                "interval": [narrow - 0.08, narrow + 0.08],
                "flag": "mild",
            }
        ]
        if known
        else [],
    }


def side(mm):
    interval = None if mm is None else [mm - 0.3, mm + 0.3]
    return {"excursion_mm": mm, "excursion_interval_mm": interval}


def practice(gone, *repetitions, scoring=1):
    """A practice so many days ago."""
    return PracticeRecord(
        number=1,
        started_at=datetime.now().astimezone().replace(hour=9) - timedelta(days=gone),
        programme="synkinesis",
        repetitions=repetitions,
        answers=(),
        felt=None,
        ending="done",
        practised_s=120.0,
        provenance={"scoring": scoring},
    )


def course(days=40, exercise="pucker", gain=0.2):
    rng = np.random.default_rng(1)
    shares = np.linspace(0, gain, days) + 0.01 * rng.standard_normal(days)
    return [
        practice(days - 1 - n, repetition(exercise, 0.5 + one, 3 + 5 * one, 0.3 - one / 2))
        for n, one in enumerate(shares)
    ]


@pytest.fixture
def kept(tmp_path):
    """Keeps practices, and says where."""

    def keep(*practices, **profile):
        with Store.open(tmp_path) as store:
            store.keep_profile(Profile(**profile))
            for one in sorted(practices, key=lambda one: one.started_at):
                store.restore(one)
        return tmp_path

    return keep


@pytest.fixture
def said(monkeypatch, capsys):
    """What the command prints, and its exit code."""

    def say(*arguments, code=0):
        monkeypatch.setattr(sys, "argv", ["mirrorcoach", "history", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.run()
        out, err = capsys.readouterr()
        assert left.value.code == code, err
        return out if code == 0 else err

    return say


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_before_the_first_practice_there_is_room_for_what_comes(said, tmp_path, kept):
    assert "Here is room for what comes." in said("--data", tmp_path, "--language", "en")
    assert json.loads(said("--data", tmp_path, "--json"))["exercises"] == []
    assert said("--data", tmp_path, "--csv").count("\n") == 1
    folder = kept(name="Anna")
    assert "Ici, il y a de la place" in said("--data", folder, "--language", "fr")


def test_a_mistyped_folder_is_not_taken_for_an_empty_one(said, tmp_path):
    assert "Nothing is kept in" in said("--data", tmp_path / "nowhere", code=3)


def test_each_exercise_has_its_sentence_beside_the_first_day(said, kept):
    folder = kept(*course(), *course(6, "snarl", 0.0), name="Anna", affected="right")
    text = words(said("--data", folder, "--language", "en"))
    assert text.startswith("Progress of Anna First day: ")
    assert "your first complete practice." in text
    assert "Lip pucker: more even than in your first days" in text
    assert re.search(
        r"Both sides together: 5\d % at first, 6\d % now; more even \(\+1\d points", text
    )
    assert re.search(r"Right side: 3.\d mm at first, 3.\d mm now; goes further", text)
    assert "Left side" not in text
    assert "too early to say (6 of 10 days)" in text
    assert "Better than at first, for certain" in text
    assert "A day of rest breaks nothing." in text


def test_without_a_named_side_both_are_told_and_neither_is_praised(said, kept):
    text = words(said("--data", kept(*course()), "--language", "en"))
    assert "Left side: 6.0 mm at first, 6.0 mm now; no certain change" in text
    assert "Right side" in text
    better = text.partition("Better than at first")[2]
    assert "together, more even" in better and "goes further" not in better


def test_what_lags_has_rested_or_could_not_be_measured_is_said_kindly(said, kept):
    even = {"smile_open": 0.8, "brow_lift": 0.82, "snarl": 0.4}
    practices = [
        practice(day, *(repetition(name, value + 0.01 * (day % 3)) for name, value in even.items()))
        for day in range(20)
    ]
    practices += [practice(20, repetition("ee_lowerlip")), practice(1, repetition("pucker", None))]
    text = words(said("--data", kept(*practices), "--language", "en"))
    assert re.search(r"more patience than the others -+ Nose wrinkle", text)
    assert re.search(r"Has rested for a while -+ .*last on \d+ [A-Z]\w+ \d{4}", text)
    assert "1 of 1 repetitions could not be compared. No face was seen." in text


def test_another_scoring_is_named_with_its_first_day(said, kept):
    old = [practice(30 - n, repetition(even=0.3), scoring=0) for n in range(5)]
    text = words(said("--data", kept(*old, *course(12)), "--language", "en"))
    assert "your first complete practice. Another version did its scoring (0)." in text
    assert ", 5 practices were scored by another version (0). They are not compared." in text
    assert "The first of these days: 30 %, between 25 % and 35 %." in text


def test_the_week_and_the_month_have_a_dot_for_each_practice(said, kept):
    text = said("--data", kept(*[practice(0, repetition())] * 4), "--language", "en")
    today = [line for line in text.splitlines() if ">" in line]
    assert len(today) == 2
    assert all(f">{datetime.now().day:>2} •••" in line and "••••" not in line for line in today)
    assert all(len(line) <= 79 for line in text.splitlines())


def test_nothing_is_counted_against_anybody(said, kept):
    text = said("--data", kept(*course(10), *[practice(80, repetition())]), "--language", "en")
    before_numbers = text.partition("Beside your first day")[0]
    assert "%" not in before_numbers
    assert not re.search(r"streak|in a row|missed|without practice|gap", text)


def test_json_says_what_its_schema_says(said, kept):
    rest = {
        "scale": {"mm_per_px": 0.4},
        "asymmetry": {"fissure_difference": {"mm": -1.5, "interval_mm": [-2.0, -1.0]}},
    }
    practices = [replace(one, rest=rest) for one in course()] + [
        practice(60, repetition(), scoring=0),
        practice(1, repetition("snarl", None)),
    ]
    found = json.loads(said("--data", kept(*practices, affected="right"), "--json"))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    pucker = next(one for one in found["exercises"] if one["exercise"] == "pucker")
    assert (pucker["evenness"]["unit"], pucker["evenness"]["verdict"]) == ("ratio", "more_even")
    low, high = pucker["evenness"]["change_interval"]
    assert 0 < low < pucker["evenness"]["change"] < high
    assert pucker["evenness"]["not_compared"][0]["why"] == "scoring"
    assert pucker["quiet"][0]["side"] == "right"
    assert [one["measure"] for one in found["rest"]] == ["fissure"]
    assert found["not_measured"][0]["exercise"] == "snarl"
    assert {"kind": "reach", "exercise": "pucker", "side": "right", "region": None} in found[
        "better"
    ]


def test_csv_has_one_row_for_each_exercise_and_day(said, kept):
    same_day = [practice(0, repetition(even=0.4)), practice(0, repetition(even=0.6))]
    folder = kept(*same_day, practice(3, repetition(), repetition("snarl", None)))
    rows = list(csv.DictReader(io.StringIO(said("--data", folder, "--csv"))))
    assert [row["exercise"] for row in rows] == ["pucker", "snarl", "pucker"]
    assert (rows[2]["practices"], rows[2]["evenness_ratio"]) == ("2", "0.5")
    assert (rows[2]["right_excursion_mm"], rows[2]["quiet_eye_right_ratio"]) == ("3.0", "0.2")
    assert (rows[1]["measurable"], rows[1]["evenness_ratio"]) == ("0", "")
    only = list(csv.DictReader(io.StringIO(said("--data", folder, "--csv", "--exercise", "snarl"))))
    assert [row["exercise"] for row in only] == ["snarl"]


def test_one_exercise_alone(said, kept):
    folder = kept(*course(), *course(20, "snarl"))
    text = said("--data", folder, "--exercise", "snarl", "--language", "en")
    assert "Nose wrinkle" in text and "Lip pucker" not in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--exercise", "puker"), "Did you mean"),
        (("--language", "xx"), "There are: en, fr."),
        (("--json", "--csv"), "say one of them"),
    ],
)
def test_what_is_not_understood_is_said(said, tmp_path, arguments, told):
    assert told in said("--data", tmp_path, *arguments, code=2)


def test_a_pipe_that_knows_only_ascii_is_readable(run_cli, kept):
    folder = kept(*course(12), name="Zoë")
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = run_cli("history", "--data", str(folder), "--language", "fr", env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    assert "Progres de Zoe" in done.stdout and " o" in done.stdout and "?" not in done.stdout


# -- words ------------------------------------------------------------------------------------


def texts_of(texts: Texts):
    return {name: texts._texts[name] for name in texts.names}


@pytest.mark.parametrize("language", library.languages())
def test_every_language_says_the_same_and_none_pushes(language):
    english, other = texts_of(history_texts.load("en")), texts_of(history_texts.load(language))
    assert other.keys() == english.keys()
    for name, text in other.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", english[name])), name
        assert "!" not in text
        assert not re.search(rf"\b({PUSHING[language]})\b", text.lower()), text
