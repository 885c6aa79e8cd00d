"""The bundle against a reader of FHIR, and against the rules of R4 themselves.

The reader knows R4B, which for these resources has the elements of R4; what they differ in (other
resources, and types that only those use) is not used here, and `ELEMENTS` says so.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import kept_people
import pytest
from fhir.resources.R4B.bundle import Bundle

from exercises import library
from landmarks.regions import SIDES
from mirrorcoach.profile import Profile
from mirrorcoach.records import fhir, fhir_codes
from mirrorcoach.records.practices import Total
from mirrorcoach.records.questionnaires import SCALES

RECORDS = [kept.record for kept in kept_people.PRACTICES]

ELEMENTS = {
    "Patient": {"name"},
    "Device": {"status", "deviceName", "type", "version", "note"},
    "Observation": {
        *("status", "category", "code", "subject", "effectiveDateTime", "performer"),
        *("valueQuantity", "valueCodeableConcept", "note", "method", "device", "hasMember"),
        "component",
    },
    "Procedure": {"status", "code", "subject", "performedDateTime", "asserter"},
    "Provenance": {"target", "recorded", "agent"},
    "CodeSystem": {
        *("url", "version", "name", "title", "status", "experimental", "caseSensitive"),
        *("content", "concept"),
    },
}
"""Elements of R4 (4.0.1) that are used, by resource; each was looked up in its definition."""

VALUES = {"valueQuantity", "valueCodeableConcept", "valueString", "valueInteger", "valueRange"}
DATE_TIME = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?"


def made(profile=kept_people.ANNA, records=RECORDS, totals=kept_people.TOTALS, **more):
    more.setdefault("made_at", kept_people.NOW)
    return fhir.bundle(profile, records, totals, **more)


def resources(content, kind):
    found = [one["resource"] for one in content["entry"]]
    return [one for one in found if one["resourceType"] == kind]


def observations(content, code):
    return [
        one
        for one in resources(content, "Observation")
        if any(coding["code"] == code for coding in one["code"].get("coding", ()))
    ]


def component(observation, code):
    (found,) = (one for one in observation["component"] if one["code"]["coding"][0]["code"] == code)
    return found


def every(content):
    """Every object within, with the name under which it stands."""
    if isinstance(content, dict):
        for name, value in content.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    yield name, one
                    yield from every(one)


def kinds():
    return {
        "whole": made(),
        "anonymous": made(anonymous=True),
        "newcomer": made(Profile(), [], []),
        "only_totals": made(Profile(), [], kept_people.TOTALS),
        "many": made(records=[replace(one, number=n) for n, one in enumerate(RECORDS * 4)]),
    }


@pytest.mark.parametrize("name", ["whole", "anonymous", "newcomer", "only_totals"])
def test_another_reader_takes_it_and_finds_the_same(name):
    content = kinds()[name]
    read = Bundle.model_validate(content)
    assert json.loads(read.model_dump_json()) == json.loads(json.dumps(content))


@pytest.mark.parametrize("name", ["whole", "anonymous", "newcomer", "only_totals"])
class TestRulesOfR4:
    def test_only_elements_of_r4_are_used(self, name):
        for one in kinds()[name]["entry"]:
            resource = one["resource"]
            used = set(resource) - {"resourceType", "id"}
            assert used <= ELEMENTS[resource["resourceType"]]

    def test_a_collection_has_whole_entries_and_no_requests(self, name):
        content = kinds()[name]
        assert content["type"] == "collection" and "total" not in content
        urls = [one["fullUrl"] for one in content["entry"]]
        assert len(set(urls)) == len(urls)
        for one in content["entry"]:
            assert set(one) == {"fullUrl", "resource"}
            assert one["fullUrl"] == f"urn:uuid:{one['resource']['id']}"
            assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", one["resource"]["id"])

    def test_every_reference_leads_to_an_entry_of_the_right_kind(self, name):
        content = kinds()[name]
        there = {one["fullUrl"]: one["resource"]["resourceType"] for one in content["entry"]}
        right = {
            "subject": {"Patient"},
            "performer": {"Patient"},
            "asserter": {"Patient"},
            "device": {"Device"},
            "who": {"Device"},
            "hasMember": {"Observation"},
            "target": {"Observation"},
        }
        for place, one in every(content):
            if "reference" in one:
                assert there[one["reference"]] in right[place]

    def test_nothing_is_empty_or_null(self, name):
        def walk(value):
            assert value is not None and value != {} and value != [] and value != ""
            for one in (
                value.values()
                if isinstance(value, dict)
                else value
                if isinstance(value, list)
                else ()
            ):
                walk(one)

        walk(kinds()[name])

    def test_an_observation_says_what_when_not_twice_and_why_not(self, name):
        for one in resources(kinds()[name], "Observation"):
            assert one["status"] == "final" and (one["code"].get("text"))
            own = {coding["code"] for coding in one["code"].get("coding", ())}
            parts = one.get("component", [])
            values = VALUES & set(one)
            assert len(values) + len(parts) + len(one.get("hasMember", ())) > 0
            for part in parts:
                said = (VALUES & set(part)) | ({"dataAbsentReason"} & set(part))
                assert len(said) == 1, part  # obs-6
                assert not own & {c["code"] for c in part["code"].get("coding", ())}  # obs-7
            if "effectiveDateTime" in one:
                assert re.fullmatch(DATE_TIME, one["effectiveDateTime"])

    def test_every_code_of_ours_is_defined_in_the_bundle(self, name):
        content = kinds()[name]
        (system,) = resources(content, "CodeSystem")
        defined = {one["code"]: one["display"] for one in system["concept"]}
        assert len(defined) == len(system["concept"])
        assert all(one["definition"] for one in system["concept"])
        for _, one in every(content):
            if one.get("system") == fhir_codes.SYSTEM:
                assert one["display"] == defined[one["code"]]

    def test_no_code_of_others_is_claimed_but_these(self, name):
        allowed = {
            fhir.UCUM: {"mm", "s", "1", "{score}"},
            fhir.CATEGORY: {"therapy", "survey"},
            fhir.ABSENT: {"unknown"},
            fhir.PARTICIPANT: {"assembler"},
        }
        for _, one in every(kinds()[name]):
            if "system" in one and one["system"] != fhir_codes.SYSTEM:
                assert one["code"] in allowed[one["system"]]

    def test_a_range_has_ends_in_order_and_of_one_unit(self, name):
        for place, one in every(kinds()[name]):
            if place == "valueRange":
                assert one["low"]["value"] <= one["high"]["value"]
                assert one["low"]["code"] == one["high"]["code"]


def test_both_sides_of_a_smile_are_there_in_millimetres():
    (smile,) = observations(made(), "smile_closed")
    left, right = (component(smile, f"excursion-{side}")["valueQuantity"] for side in SIDES)
    assert (left["value"], left["code"], left["system"]) == (6.0, "mm", fhir.UCUM)
    assert right["value"] == 3.2  # the median of 3.0, 3.4 and 3.2
    where = component(smile, "excursion-right-interval")["valueRange"]
    assert where["low"]["value"] < 3.2 < where["high"]["value"]
    ratio = component(smile, "symmetry")["valueQuantity"]
    assert ratio == {"value": 0.533, "unit": "1", "system": fhir.UCUM, "code": "1"}
    assert component(smile, "repetitions")["valueInteger"] == 3
    assert (
        datetime.fromisoformat(smile["effectiveDateTime"].replace("Z", "+00:00"))
        == RECORDS[0].started_at
    )


def test_an_eye_that_narrowed_is_a_share_and_a_chin_millimetres():
    (smile,) = observations(made(), "smile_closed")
    eye = component(smile, "quiet-eye-right")["valueQuantity"]
    assert (eye["value"], eye["code"]) == (0.12, "1")
    assert component(smile, "quiet-chin-left")["valueQuantity"]["code"] == "mm"


def test_what_could_not_be_measured_is_no_number_and_says_why():
    (pucker,) = observations(made(), "pucker")
    for code in ("excursion-right", "symmetry", "score"):
        part = component(pucker, code)
        assert part["dataAbsentReason"]["text"] == kept_people.TOO_SMALL
        assert part["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert component(pucker, "excursion-left")["valueQuantity"]["value"] == 6.0
    told = {one["code"]["coding"][0]["code"] for one in pucker["component"]}
    assert "excursion-right-interval" not in told
    assert "dataAbsentReason" in component(pucker, "quiet-eye-right")


def test_low_confidence_is_said_with_the_numbers():
    record = replace(
        kept_people.CUT_OFF.record,
        repetitions=({**kept_people.repetition(0, "corner_down"), "score": None},),
    )
    assert library.exercises()["corner_down"].scoring == "low_confidence"
    (flare,) = observations(made(records=[record]), "corner_down")
    assert "low confidence" in flare["note"][0]["text"]
    assert "low confidence" in component(flare, "score")["dataAbsentReason"]["text"]
    (smile,) = observations(made(), "smile_closed")
    assert "note" not in smile


def test_a_practice_holds_its_exercises_and_how_the_face_felt():
    content = made()
    full, _, led = observations(content, "practice")
    members = [one["reference"].removeprefix("urn:uuid:") for one in full["hasMember"]]
    smile, pucker = observations(content, "smile_closed"), observations(content, "pucker")
    resting = observations(content, "resting-face")
    assert members == [smile[0]["id"], pucker[0]["id"], resting[0]["id"]]
    assert component(full, "practised-time")["valueQuantity"]["value"] == 251.5
    felt = component(full, "felt")["valueCodeableConcept"]
    assert felt["coding"][0]["code"] == "felt-tired"
    assert "hasMember" not in led


def test_the_face_at_rest_is_measured_in_millimetres_or_says_why_not():
    (resting,) = observations(made(), "resting-face")
    corner = component(resting, "rest-commissure-difference")["valueQuantity"]
    assert (corner["value"], corner["code"]) == (-2.0, "mm")
    where = component(resting, "rest-commissure-difference-interval")["valueRange"]
    assert (where["low"]["value"], where["high"]["value"]) == (-2.6, -1.4)
    brow = component(resting, "rest-brow-difference")["dataAbsentReason"]
    assert brow["text"] == "The brows were hidden."


def test_rests_of_older_versions_have_no_such_observation():
    old = {name: value for name, value in kept_people.REST.items() if name != "asymmetry"}
    assert observations(made(records=[replace(RECORDS[0], rest=old)]), "resting-face") == []


def test_a_practice_of_nothing_is_left_out():
    nothing = replace(RECORDS[2], practised_s=0.0)
    assert observations(made(records=[nothing]), "practice") == []


def test_totals_are_surveys_with_their_day():
    first, second = observations(made(), "total-face")
    assert first["valueQuantity"]["value"] == 43.0
    assert second["effectiveDateTime"] == "2026-06-01"
    assert first["category"][0]["coding"][0]["code"] == "survey"


def test_a_scale_that_is_not_ours_is_named_without_a_code():
    content = made(totals=[Total(1, kept_people.TOTALS[0].day, "Another", 5.0)])
    (found,) = [
        one for one in resources(content, "Observation") if one["code"]["text"] == "Another"
    ]
    assert "coding" not in found["code"]


def test_every_scale_and_exercise_has_a_code():
    (system,) = resources(made(), "CodeSystem")
    codes = {one["code"] for one in system["concept"]}
    assert set(library.exercises()) <= codes
    assert {fhir_codes.scale_code(name) for name in SCALES} <= codes


def test_the_side_is_what_the_person_says_and_no_diagnosis():
    content = made()
    (said,) = observations(content, "affected-side")
    assert said["valueCodeableConcept"]["coding"][0]["code"] == "side-right"
    assert said["performer"] == [said["subject"]] and "effectiveDateTime" not in said
    assert resources(content, "Condition") == []
    assert observations(made(Profile()), "affected-side") == []


def test_what_was_done_to_the_face_is_there_and_what_is_planned_is_not_done():
    early = kept_people.NOW.replace(month=3)
    surgery, botulinum = resources(made(made_at=early), "Procedure")
    assert (surgery["status"], surgery["performedDateTime"]) == ("completed", "2025-11-20")
    assert botulinum["status"] == "preparation"


def test_numbers_of_other_versions_come_from_another_device():
    newer = {**RECORDS[1].provenance, "scoring": 3}
    content = made(records=[RECORDS[0], replace(RECORDS[1], provenance=newer), RECORDS[2]])
    old, new = resources(content, "Device")
    versions = [
        {one["type"]["text"]: one["value"] for one in device["version"]} for device in (old, new)
    ]
    assert [one["scoring"] for one in versions] == ["2", "3"]
    assert versions[0]["mediapipe"] == "0.10.21" and "options" not in versions[0]
    targets = [len(one["target"]) for one in resources(content, "Provenance")]
    assert targets == [5, 2]


def test_the_same_things_have_the_same_ids_so_that_a_second_bundle_doubles_nothing():
    earlier = made(records=RECORDS[:2])
    later = made(made_at=kept_people.NOW.replace(year=2027))
    ids = {
        one["resource"]["id"]
        for one in earlier["entry"]
        if one["resource"]["resourceType"] != "Provenance"
    }
    assert ids <= {one["resource"]["id"] for one in later["entry"]}
    assert earlier["id"] != later["id"]


def test_another_time_zone_changes_how_a_time_is_written_and_no_id():
    there = timezone(timedelta(hours=-5))
    moved = [replace(one, started_at=one.started_at.astimezone(there)) for one in RECORDS]
    here, far = made(), made(records=moved)
    assert observations(far, "smile_closed")[0]["effectiveDateTime"].endswith("T02:30:00-05:00")
    assert [one["fullUrl"] for one in here["entry"]] == [one["fullUrl"] for one in far["entry"]]


def test_two_people_never_share_an_id():
    other = [replace(RECORDS[0], repetitions=(kept_people.repetition(0, right_mm=2.9),))]
    a, b, c, d = (
        resources(content, "Patient")[0]["id"]
        for content in (made(), made(records=other), made(records=[]), made(Profile(), [], []))
    )
    assert len({a, b, c, d}) == 4
    assert resources(made(Profile(), [], []), "Patient")[0]["id"] != d


def test_anonymous_has_no_name_and_cannot_be_joined_by_its_ids():
    named, plain, again = made(), made(anonymous=True), made(anonymous=True)
    assert resources(named, "Patient")[0]["name"] == [{"use": "usual", "text": "Anna Müller"}]
    assert "name" not in resources(plain, "Patient")[0]
    ids = [{one["fullUrl"] for one in content["entry"]} for content in (named, plain, again)]
    assert not ids[0] & ids[1] and not ids[1] & ids[2]


def test_two_practices_of_one_second_are_two():
    content = kinds()["many"]
    urls = [one["fullUrl"] for one in content["entry"]]
    assert len(set(urls)) == len(urls)


def test_the_page_explains_every_kind_of_resource_and_number():
    page = (Path(__file__).resolve().parents[3] / "docs" / "fhir.md").read_text("utf-8")
    content = made()
    kinds_used = {one["resource"]["resourceType"] for one in content["entry"]}
    assert [kind for kind in kinds_used if f"`{kind}`" not in page] == []
    for code in ("excursion-left", "symmetry", "score", "repetitions-measurable", "affected-side"):
        assert code in fhir_codes.CODES and f"`{code}`" in page
