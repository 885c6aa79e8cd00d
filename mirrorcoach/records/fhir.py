"""What is kept of a person as a FHIR R4 bundle, for clinics that take it.

What each entry means stands in ``docs/fhir.md``. No code of LOINC or SNOMED is claimed: there is
none for most of this, and a near one would say something else. The codes are our own, and their
definitions travel in the bundle. No extension is used.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID, uuid4, uuid5

from exercises import library
from landmarks.regions import SIDES
from mirrorcoach import __version__
from mirrorcoach.profile import Profile
from mirrorcoach.records.fhir_codes import CODES, RESTING, SYSTEM, concepts, scale_code
from mirrorcoach.records.history import Measured, evenness_of, excursion_of
from mirrorcoach.records.practices import PracticeRecord, Total
from mirrorcoach.records.questionnaires import SCALES
from mirrorcoach.records.telling import Told, each, untold
from mirrorcoach.summary import AID

Resource = dict[str, Any]

UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"

_OURS = UUID("0d0e3c0e-5a0f-4b44-8f0c-0f3f5b1f6a92")
"""The namespace of the ids of people; drawn by chance, once."""


def bundle(
    profile: Profile,
    practices: Sequence[PracticeRecord],
    totals: Sequence[Total],
    *,
    made_at: datetime,
    anonymous: bool = False,
    told: Told = untold,
) -> Resource:
    """A collection of everything that clinics can use, as a FHIR resource.

    Parameters
    ----------
    profile : Profile
        Of the person.
    practices : sequence of PracticeRecord
        Theirs, in order.
    totals : sequence of Total
        Theirs.
    made_at : datetime
        Now, with its time zone.
    anonymous : bool
        Whether the name is left out. Ids are then drawn anew each time, so that two bundles cannot
        be joined by them; otherwise the same things have the same ids in each bundle.
    told : callable
        Told how many practices were written.
    """
    writer = _Writer(uuid4() if anonymous else _namespace(profile, practices, totals))
    writer.person(profile, anonymous)
    for one in each(practices, "written", told):
        if one.happened:
            writer.practice(one)
    for number, total in enumerate(totals):
        writer.total(total, number)
    writer.events(profile, made_at)
    writer.provenance(made_at)
    return {
        "resourceType": "Bundle",
        "id": str(writer.id("bundle", made_at.isoformat())),
        "type": "collection",
        "timestamp": _instant(made_at),
        "entry": [
            {"fullUrl": f"urn:uuid:{one['id']}", "resource": one}
            for one in (*writer.resources, _code_system(writer.id("codes", __version__)))
        ],
    }


class _Writer:
    """Collects resources that point to each other."""

    def __init__(self, namespace: UUID) -> None:
        self._namespace = namespace
        self.resources: list[Resource] = []
        self._patient = self._reference("patient")
        self._devices: dict[str, list[dict[str, str]]] = {}
        self._practices: Counter[tuple[float, str]] = Counter()

    def id(self, *parts: object) -> UUID:
        """The id of a thing, the same in each bundle of this person."""
        return uuid5(self._namespace, json.dumps([str(part) for part in parts]))

    def _reference(self, *parts: object) -> dict[str, str]:
        return {"reference": f"urn:uuid:{self.id(*parts)}"}

    def person(self, profile: Profile, anonymous: bool) -> None:
        """The person, and the side that they name."""
        patient: Resource = {"resourceType": "Patient", "id": str(self.id("patient"))}
        if profile.name.strip() and not anonymous:
            patient["name"] = [{"use": "usual", "text": profile.name.strip()}]
        self.resources.append(patient)
        if profile.affected is not None:
            self.resources.append(
                {
                    **self._observation("survey", _own("affected-side"), "affected"),
                    "performer": [self._patient],
                    "valueCodeableConcept": _own(f"side-{profile.affected}"),
                }
            )

    def practice(self, one: PracticeRecord) -> None:
        """A practice, and each of its exercises."""
        at, key = _instant(one.started_at), (one.started_at.timestamp(), one.programme)
        self._practices[key] += 1  # a clock that was set back may say the same twice
        which = ("practice", *key, self._practices[key])
        device = self._device(one)
        whole = {
            **self._observation("therapy", _own("practice"), *which),
            "effectiveDateTime": at,
            "device": device,
            "component": list(_practice_components(one)),
        }
        members = []
        for exercise in dict.fromkeys(rep["exercise"] for rep in one.repetitions):
            own = [rep for rep in one.repetitions if rep["exercise"] == exercise]
            resource = {
                **self._observation("therapy", _exercise(exercise), *which, exercise),
                "effectiveDateTime": at,
                **_remark(exercise),
                "method": _own("camera"),
                "device": device,
                "component": list(_exercise_components(own)),
            }
            members.append(resource)
            self._devices[device["reference"]].append(_to(resource))
        asymmetry = (one.rest or {}).get("asymmetry")
        if asymmetry is not None:
            resting = {
                **self._observation("therapy", _own("resting-face"), *which, "rest"),
                "effectiveDateTime": at,
                "method": _own("camera"),
                "device": device,
                "component": list(_resting_components(asymmetry)),
            }
            members.append(resting)
            self._devices[device["reference"]].append(_to(resting))
        if members:
            whole["hasMember"] = [_to(member) for member in members]
        self._devices[device["reference"]].append(_to(whole))
        self.resources += [whole, *members]

    def total(self, total: Total, number: int) -> None:
        """A questionnaire's total; `number` tells two of one day apart."""
        code: Resource = {"text": total.scale}
        if total.scale in SCALES:
            code = {"coding": [_coding(scale_code(total.scale), total.scale)], "text": total.scale}
        day = total.day.isoformat()
        self.resources.append(
            {
                **self._observation("survey", code, "total", day, total.scale, number),
                "effectiveDateTime": day,
                "valueQuantity": _quantity(total.value, "{score}"),
                "method": _own("total-by-hand"),
            }
        )

    def events(self, profile: Profile, made_at: datetime) -> None:
        """What was done to the face: why a trend may have jumped."""
        for number, event in enumerate(profile.events):
            ahead = event.day > made_at.date()
            self.resources.append(
                {
                    "resourceType": "Procedure",
                    "id": str(self.id("event", event.kind, event.day, number)),
                    "status": "preparation" if ahead else "completed",
                    "code": _own(event.kind),
                    "subject": self._patient,
                    "performedDateTime": event.day.isoformat(),
                    "asserter": self._patient,
                }
            )

    def provenance(self, made_at: datetime) -> None:
        """Which software each number comes from."""
        for device, targets in self._devices.items():
            self.resources.append(
                {
                    "resourceType": "Provenance",
                    "id": str(self.id("provenance", device)),
                    "target": targets,
                    "recorded": _instant(made_at),
                    "agent": [
                        {
                            "type": {"coding": [{"system": PARTICIPANT, "code": "assembler"}]},
                            "who": {"reference": device},
                        }
                    ],
                }
            )

    def _observation(self, category: str, code: Resource, *parts: object) -> Resource:
        return {
            "resourceType": "Observation",
            "id": str(self.id("observation", *parts)),
            "status": "final",
            "category": [
                {
                    "coding": [
                        {"system": CATEGORY, "code": category, "display": category.capitalize()}
                    ]
                }
            ],
            "code": code,
            "subject": self._patient,
        }

    def _device(self, one: PracticeRecord) -> dict[str, str]:
        """The software as it was at this practice."""
        versions = {
            name: str(value)
            for name, value in one.provenance.items()
            if isinstance(value, str | int | float) and str(value).strip()
        }
        key = json.dumps(versions, sort_keys=True)
        reference = self._reference("device", key)
        if reference["reference"] not in self._devices:
            self._devices[reference["reference"]] = []
            device: Resource = {
                "resourceType": "Device",
                "id": str(self.id("device", key)),
                "status": "active",
                "deviceName": [{"name": "mirrorcoach", "type": "user-friendly-name"}],
                "type": {"text": "Software that measures facial movement in a camera's pictures"},
                "note": [{"text": AID}],
            }
            if versions:
                device["version"] = [
                    {"type": {"text": name}, "value": value} for name, value in versions.items()
                ]
            self.resources.append(device)
        return reference


def _practice_components(one: PracticeRecord) -> Iterator[Resource]:
    yield {"code": _own("programme"), "valueString": one.programme}
    yield {"code": _own("practised-time"), "valueQuantity": _quantity(one.practised_s, "s")}
    yield {"code": _own("repetitions"), "valueInteger": len(one.repetitions)}
    if one.quality is not None:
        share = one.quality.get("usable_ratio")
        yield _component("usable-share", share, "1", "No picture was taken.")
    if one.felt is not None:
        yield {"code": _own("felt"), "valueCodeableConcept": _own(f"felt-{one.felt}")}


def _exercise_components(own: Sequence[Mapping[str, Any]]) -> Iterator[Resource]:
    """What is known of one exercise in one practice; what is not has its reason."""
    measurable = [one for one in own if one["measurable"]]
    yield {"code": _own("repetitions"), "valueInteger": len(own)}
    yield {"code": _own("repetitions-measurable"), "valueInteger": len(measurable)}
    reasons = dict.fromkeys(reason for one in own for reason in one["reasons"])
    why = " ".join(reasons) or "Too few of the repetitions could be measured."
    for side in SIDES:
        yield from _measured(f"excursion-{side}", excursion_of(own, side), "mm", why)
    yield from _measured("symmetry", evenness_of(own), "1", why)
    if _low_confidence(own[0]["exercise"]):
        why = _LOW
    scores = [one["score"] for one in own if one["score"] is not None]
    yield _component("score", median(scores) if scores else None, "{score}", why)
    quiet: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for one in own:
        for part in one["quiet"]:
            quiet.setdefault((part["region"], part["side"], part["unit"]), []).append(part)
    for (region, moved, ratio_or_mm), parts in quiet.items():
        unit = "1" if ratio_or_mm == "ratio" else ratio_or_mm
        known = [part for part in parts if part["change"] is not None and part["interval"]]
        change = None
        if known:
            low, high = (median(part["interval"][end] for part in known) for end in (0, 1))
            change = Measured(median(part["change"] for part in known), low, high)
        yield from _measured(
            f"quiet-{region}-{moved}", change, unit, "It cannot be told from rest."
        )


def _resting_components(asymmetry: Mapping[str, Any]) -> Iterator[Resource]:
    why = " ".join(asymmetry["reasons"]) or "It could not be measured."
    for name in RESTING:
        known, value = asymmetry.get(name), None
        if known is not None:
            value = Measured(known["mm"], *known["interval_mm"])
        yield from _measured(f"rest-{name.replace('_', '-')}", value, "mm", why)


def _measured(code: str, value: Measured | None, unit: str, why: str) -> Iterator[Resource]:
    """A number and where it lies, or why there is none."""
    yield _component(code, None if value is None else value.value, unit, why)
    if value is not None:
        ends = {"low": _quantity(value.low, unit), "high": _quantity(value.high, unit)}
        yield {"code": _own(f"{code}-interval"), "valueRange": ends}


def _component(code: str, value: float | None, unit: str, why: str) -> Resource:
    if value is not None:
        return {"code": _own(code), "valueQuantity": _quantity(value, unit)}
    absent = {"coding": [{"system": ABSENT, "code": "unknown", "display": "Unknown"}], "text": why}
    return {"code": _own(code), "dataAbsentReason": absent}


def _quantity(value: float, unit: str) -> Resource:
    shown = "score" if unit == "{score}" else unit
    return {"value": round(value, 4), "unit": shown, "system": UCUM, "code": unit}


def _coding(code: str, display: str) -> dict[str, str]:
    return {"system": SYSTEM, "code": code, "display": display}


def _own(code: str) -> Resource:
    if code not in CODES:  # a region that this version does not know
        return {"text": code}
    display = CODES[code][0]
    return {"coding": [_coding(code, display)], "text": display}


def _exercise(exercise: str) -> Resource:
    words = library.words("en").exercise.get(exercise)
    if words is None:  # of a catalogue that is not this one
        return {"text": exercise}
    return {"coding": [_coding(exercise, words.name)], "text": words.name}


def _remark(exercise: str) -> Resource:
    """What has to be known with an exercise's numbers."""
    return {"note": [{"text": _LOW}]} if _low_confidence(exercise) else {}


_LOW = "Measured with low confidence: shown, not scored."


def _low_confidence(exercise: str) -> bool:
    known = library.exercises().get(exercise)
    return known is not None and known.scoring == "low_confidence"


def _to(resource: Resource) -> dict[str, str]:
    return {"reference": f"urn:uuid:{resource['id']}"}


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _code_system(number: UUID) -> Resource:
    """What every code of ours means."""
    return {
        "resourceType": "CodeSystem",
        "id": str(number),
        "url": SYSTEM,
        "version": __version__,
        "name": "MirrorcoachCodes",
        "title": "Codes of mirrorcoach",
        "status": "active",
        "experimental": False,
        "caseSensitive": True,
        "content": "complete",
        "concept": [
            {"code": code, "display": display, "definition": definition}
            for code, display, definition in concepts()
        ],
    }


def _namespace(
    profile: Profile, practices: Iterable[PracticeRecord], totals: Iterable[Total]
) -> UUID:
    """What tells this person from every other: the first things that were kept of them."""
    for one in practices:
        return uuid5(
            _OURS,
            json.dumps([one.started_at.timestamp(), one.programme, *one.repetitions], default=str),
        )
    for total in totals:
        return uuid5(_OURS, json.dumps([profile.name, profile.since, str(total)]))
    return uuid4()
