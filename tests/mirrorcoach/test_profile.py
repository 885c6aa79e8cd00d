import locale
from datetime import date
from itertools import product
from typing import get_args

import pytest
from pydantic import ValidationError

from exercises import library
from mirrorcoach.profile import (
    STAGE_QUESTIONS,
    Consents,
    Event,
    Language,
    Profile,
    Settings,
    next_question,
    programme_for,
    stage_of,
    system_language,
)
from mirrorcoach.programmes import find_programme


def test_a_newcomer_is_nobody_in_particular_and_nothing_is_guessed():
    new = Profile()
    assert (new.name, new.affected, new.stage, new.since, new.events) == ("", None, None, None, ())


def test_photographs_are_not_kept_unless_they_were_allowed():
    assert Profile().consents.photographs is False
    allowed = Profile().changed(consents=Consents(photographs=True))
    assert allowed.consents.photographs and allowed.consents.results


def test_a_newcomer_reads_captions_and_hears_no_voice():
    settings = Settings()
    assert settings.captions and settings.sounds and not settings.voice


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("fr_FR", "fr"),
        ("fr_CA", "fr"),
        ("French_France", "fr"),
        ("fr", "fr"),
        ("en_GB", "en"),
        ("frr_DE", "en"),
        ("de_DE", "en"),
        (None, "en"),
    ],
)
def test_the_language_is_the_computers_where_there_are_words_in_it(monkeypatch, name, language):
    monkeypatch.setattr(locale, "getlocale", lambda: (name, "UTF-8"))
    assert system_language() == language
    assert Profile().settings.language == language


def test_the_languages_are_those_that_have_words():
    assert get_args(Language) == library.languages()


def test_a_change_makes_a_new_profile_and_leaves_the_old_one():
    old = Profile(name="Anna")
    new = old.with_setting("text_percent", 150).changed(affected="left")
    assert (new.settings.text_percent, new.affected, new.name) == (150, "left", "Anna")
    assert (old.settings.text_percent, old.affected) == (100, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text_percent", 110),
        ("colours", "red"),
        ("volume_percent", 101),
        ("volume_percent", "50"),
        ("view", "beauty"),
        ("language", "de"),
        ("camera", -1),
        ("camera", ""),
        ("ipd_mm", 20.0),
        ("ipd_mm", float("nan")),
        ("sounds", 1),
        ("tempo", "slow"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(name, value):
    with pytest.raises(ValidationError, match=name):
        Profile().with_setting(name, value)


@pytest.mark.parametrize(
    "change",
    [
        {"affected": "upper"},
        {"stage": "recovered"},
        {"since": "March"},
        {"since": "2026-13"},
        {"nickname": "A"},
        {"events": ({"kind": "surgery"},)},
    ],
)
def test_a_change_that_cannot_be_is_refused(change):
    with pytest.raises(ValidationError):
        Profile().changed(**change)


def test_a_profile_comes_back_from_json_as_it_was():
    profile = Profile(
        name="Zoé",
        affected="both",
        stage="synkinesis",
        since="2025-11",
        events=(Event(kind="botulinum_toxin", day=date(2026, 1, 31)),),
        consents=Consents(photographs=True),
        settings=Settings(camera="http://here/", ipd_mm=63.0, view="hidden", language="fr"),
    )
    assert Profile.model_validate_json(profile.model_dump_json()) == profile


@pytest.mark.parametrize(
    ("answers", "stage"),
    [
        ({"moves": False}, "flaccid"),
        ({"moves": True, "joins": True}, "synkinesis"),
        ({"moves": True, "joins": False, "tight": True}, "synkinesis"),
        ({"moves": True, "joins": False, "tight": False, "steady": True}, "maintenance"),
        ({"moves": True, "joins": False, "tight": False, "steady": False}, "paresis"),
        ({"moves": None}, None),
        ({"moves": True, "joins": None}, None),
        ({}, None),
    ],
)
def test_the_stage_is_what_the_answers_say(answers, stage):
    assert stage_of(answers) == stage


def test_only_what_is_needed_is_asked_and_then_there_is_an_answer():
    for said in product([True, False, None], repeat=len(STAGE_QUESTIONS)):
        everything, answers = dict(zip(STAGE_QUESTIONS, said, strict=True)), {}
        while (question := next_question(answers)) is not None:
            answers[question] = everything[question]
        assert stage_of(answers) == stage_of(everything)
        needed = [stage_of(answers | {one: None}) for one in answers]
        assert None in (stage_of(answers), *needed)
        assert len(answers) == 4 or list(answers.values())[-1] is None or stage_of(answers)


def test_movement_is_never_asked_of_a_face_that_has_none_or_tightness_trained():
    for said in product([True, False, None], repeat=len(STAGE_QUESTIONS)):
        answers = dict(zip(STAGE_QUESTIONS, said, strict=True))
        stage = stage_of(answers)
        if answers["moves"] is not True:
            assert stage in ("flaccid", None)
        if answers["joins"] is not False or answers["tight"] is not False:
            assert stage not in ("paresis", "maintenance")


@pytest.mark.parametrize("stage", [None, "flaccid", "paresis", "synkinesis", "maintenance"])
def test_every_stage_has_a_programme_of_its_own(stage):
    programme = find_programme(programme_for(Profile(stage=stage)))
    assert programme.stage == (stage or find_programme("first_steps").stage)


def test_a_programme_that_was_chosen_comes_before_the_stage():
    chosen = Profile(stage="paresis").with_setting("programme", "three_minutes")
    assert programme_for(chosen) == "three_minutes"
