"""Reminders, notes and totals as people type them."""

from __future__ import annotations

import io
import sys

import pytest
from icalendar import Calendar

from mirrorcoach import cli
from mirrorcoach.profile import Profile, Settings
from mirrorcoach.records.store import Store


@pytest.fixture
def anna(tmp_path):
    folder = tmp_path / "anna"
    with Store.open(folder) as store:
        settings = Settings(language="fr", programme="maintenance")
        store.add(Profile(name="Anna", settings=settings))
    return folder


@pytest.fixture
def say(anna, monkeypatch, capsys):
    """Run a command in this process; what it prints, or of a refusal what it complains of."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    def run(*arguments, code=0):
        whole = ["mirrorcoach", *map(str, arguments), "--data", str(anna)]
        monkeypatch.setattr(sys, "argv", whole)
        with pytest.raises(SystemExit) as left:
            cli.run()
        said = capsys.readouterr()
        assert (left.value.code or 0) == code, said.err
        return said.err if code else said.out

    return run


# Notes


def test_a_note_is_written_listed_and_deleted(say):
    assert say("note", "add", " calm\ntoday ", "--by", "Bo") == "Noted: 1\n"
    say("note", "add", "and tired")
    listed = say("note", "list")
    assert "Bo: calm\n    today" in listed and "  2 2" in listed
    assert "Deleted." in say("note", "delete", "1", "--yes")
    assert "calm" not in say("note", "list")
    say("note", "delete", "2", "--yes")
    assert say("note", "list") == "There are no notes.\n"


def test_a_note_that_is_not_there_is_named(say):
    assert "no note with the number 7" in say("note", "delete", "7", code=2)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_a_note_has_a_length(say, text):
    assert "1 to 4000 were expected" in say("note", "add", text, code=2)


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\udcffb"])
def test_a_note_can_be_shown(say, text):
    assert "cannot be shown" in say("note", "add", text, code=2)


def test_unless_it_is_confirmed_nothing_is_deleted(say):
    say("note", "add", "calm")
    assert "nothing was deleted" in say("note", "delete", "1", code=2)
    assert "calm" in say("note", "list")


# Totals


def test_a_total_is_noted_and_a_small_change_is_no_certain_one(say):
    add = ("total", "add", "--scale", "face")
    assert say(*add, "--value", "50", "--date", "2026-01-02") == ("Noted: 1  2026-01-02  FaCE 50\n")
    say(*add, "--value", "61.5", "--date", "2026-05-02")
    listed = say("total", "list")
    assert "FaCE since 2026-01-02: +11.5, no certain change" in listed and "Bruins" in listed
    say(*add, "--value", "70", "--date", "2026-06-02")
    assert "+20, better" in say("total", "list")
    say("total", "delete", "3", "--yes")
    assert "+20" not in say("total", "list")


def test_a_scale_without_a_known_spread_says_so(say):
    for value, day in ((40, "2026-01-02"), (60, "2026-05-02")):
        scale = ("--scale", "Sunnybrook")
        say("total", "add", *scale, "--value", str(value), "--date", day)
    assert "+20, how large a change must be is not known" in say("total", "list")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--scale", "SAQ", "--value", "19"), "from 20 to 100"),
        (("--scale", "SAQ", "--value", "nan"), "from 20 to 100"),
        (("--scale", "house", "--value", "3"), "No scale is called 'house'"),
        (("--scale", "SAQ", "--value", "30", "--date", "2.3.2026"), "'2.3.2026' is no day"),
        (("--scale", "SAQ", "--value", "30", "--date", "2999-01-01"), "lies ahead"),
    ],
    ids=str,
)
def test_what_cannot_be_a_total_is_not_noted(say, given, said):
    assert said in say("total", "add", *given, code=2)
    assert say("total", "list") == "There are no totals.\n"


def test_the_lowest_physical_index_can_be_typed(say):
    given = ("--scale", "FDI physical", "--value", "-25", "--date", "2026-01-02")
    assert "FDI physical -25" in say("total", "add", *given)


# Reminders


def test_reminders_follow_the_persons_own_settings(say, tmp_path):
    file = tmp_path / "anna.ics"
    said = say("reminders", "-o", file, "--weeks", "2")
    assert "09:00, 13:00, 18:00, for 2 weeks" in said
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {str(one["SUMMARY"]) for one in events} == {"Quelques minutes calmes"}
    assert "--force" in say("reminders", "-o", file, code=3)
    more = ("--times", "8:00", "--rest-day", "sunday", "--words", "Tea", "--force")
    assert "08:00, for 4 weeks from tomorrow, but for each sunday" in say(
        "reminders", "-o", file, *more
    )
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Tea"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--times", "25:00"), "no time of the day"),
        (("--weeks", "0"), "1 to 52"),
        (("--language", "xx"), "no words for the language 'xx'"),
        (("--times", "8:00,9:00,10:00,11:00,12:00"), "up to 20 are good"),
        (("--rest-day", "someday"), "someday"),
    ],
    ids=str,
)
def test_a_plan_that_cannot_be_is_a_sentence_and_no_file(say, tmp_path, given, said):
    assert said in say("reminders", "-o", tmp_path / "a.ics", *given, code=2)
    assert not (tmp_path / "a.ics").exists()
