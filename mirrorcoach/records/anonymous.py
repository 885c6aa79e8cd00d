"""What is kept of a person without what tells others who they are.

Left out: the name, notes, contours of the face, photographs, and what of the settings or of the
name of a programme is the person's own. Dates stay: somebody who knows when this person practised
or was operated on can still tell who it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from exercises import library
from mirrorcoach.profile import Profile
from mirrorcoach.records.document import KeptPractice

OWN = "own"
"""In place of the id of a person's own programme, which may be their name."""


def anonymous_profile(profile: Profile) -> Profile:
    """A profile without a name, an address of a camera, or the path of a file."""
    settings = profile.settings
    changes: dict[str, Any] = {}
    if settings.programme is not None and settings.programme not in library.programmes():
        changes["programme"] = None
    if isinstance(settings.camera, str):
        changes["camera"] = 0
    return profile.model_copy(update={"name": "", "settings": settings.model_copy(update=changes)})


def anonymous_practice(kept: KeptPractice) -> KeptPractice:
    """A practice without contours of the face and without the name of an own programme."""
    record = kept.record
    options = record.provenance.get("options")
    provenance: Mapping[str, Any] = record.provenance
    if isinstance(options, Mapping) and isinstance(options.get("programme"), str):
        provenance = {
            **provenance,
            "options": {**options, "programme": _programme(options["programme"])},
        }
    record = replace(record, programme=_programme(record.programme), provenance=provenance)
    return replace(kept, record=record, outlines=())


def _programme(name: str) -> str:
    """A programme that everybody has; one exercise alone is called like the exercise."""
    known = name in library.programmes() or name in library.exercises()
    return name if known else OWN
