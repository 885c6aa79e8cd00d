from __future__ import annotations

import json

import kept_people
import pytest

from exercises import library
from mirrorcoach.profile import Settings
from mirrorcoach.records.anonymous import OWN, anonymous_practice, anonymous_profile
from mirrorcoach.records.document import practice_entry


def test_nothing_of_a_profile_tells_who_it_is():
    said = anonymous_profile(kept_people.ANNA).model_dump_json()
    for word in ("Anna", "anna", "Müller", "secret", "10.0.0.2", "home"):
        assert word not in said


def test_what_is_of_use_stays():
    plain = anonymous_profile(kept_people.ANNA)
    assert (plain.affected, plain.stage, plain.since) == ("right", "synkinesis", "2025-11")
    assert plain.events == kept_people.ANNA.events
    assert plain.settings.ipd_mm == 63.0 and plain.settings.language == "fr"


@pytest.mark.parametrize("programme", ["sunnybrook", None])
def test_a_programme_that_everybody_has_stays(programme):
    profile = kept_people.ANNA.changed(settings=Settings(programme=programme, camera=1))
    settings = anonymous_profile(profile).settings
    assert (settings.programme, settings.camera) == (programme, 1)


def test_a_practice_keeps_its_numbers_and_loses_its_face_and_name():
    plain = anonymous_practice(kept_people.FULL)
    assert plain.record.repetitions == kept_people.FULL.record.repetitions
    assert plain.traces == kept_people.FULL.traces
    assert plain.outlines == ()
    assert plain.record.programme == OWN
    assert "anna" not in practice_entry(plain).model_dump_json()
    assert kept_people.FULL.record.provenance["options"] == {"programme": "anna"}  # untouched


@pytest.mark.parametrize("name", ["first_steps", "pucker"])
def test_programmes_and_exercises_of_everybody_keep_their_name(name):
    assert name in {**library.programmes(), **library.exercises()}
    kept = kept_people.KeptPractice(
        kept_people.practice(1, kept_people.BEGAN, kept_people.repetition(0), programme=name)
    )
    record = anonymous_practice(kept).record
    assert record.programme == name
    assert json.loads(json.dumps(record.provenance))["options"]["programme"] == name
