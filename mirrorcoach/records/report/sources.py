"""Where a report's material comes from: the store, or one recording that was just scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Any

from mirrorcoach.errors import InputError, StoreError, UsageError
from mirrorcoach.profile import Profile, programme_for
from mirrorcoach.programmes import find_programme
from mirrorcoach.records.practices import PracticeRecord, Trace
from mirrorcoach.records.report.material import Material, Picture

if TYPE_CHECKING:
    from exercises.schema import Programme
    from mirrorcoach.records.store import Store

PICTURE_HEIGHT = 640
"""Pictures are embedded no higher than this, in pixels."""


def from_store(store: Store, made_on: date) -> Material:
    """Everything of the present person.

    Parameters
    ----------
    store : Store
        Open for as long as the material is used: courses and contours are read when they are asked
        for.
    made_on : datetime.date
        Today.
    """
    profile = store.profile()
    practices = sorted(
        (one for one in store.practices() if one.happened),
        key=lambda one: (one.started_at, one.number),
    )
    return Material(
        profile=profile,
        practices=tuple(practices),
        traces=store.traces,
        outlines=store.outlines,
        notes=tuple(sorted(store.notes(), key=lambda one: (one.at, one.number))),
        totals=tuple(sorted(store.totals(), key=lambda one: (one.day, one.number))),
        programme=_programme(profile),
        made_on=made_on,
        pictures=_pictures(store) if profile.consents.photographs else None,
    )


def from_score(score: Mapping[str, Any], traces: Sequence[Trace | None]) -> Material:
    """One recording.

    Parameters
    ----------
    score : mapping
        The object of its ``score.json``.
    traces : sequence of Trace or None
        One for each of its repetitions.
    """
    began = datetime(1970, 1, 1, tzinfo=timezone.utc)  # never told: a recording has no date
    rest = score["rest"]
    one = PracticeRecord(
        number=1,
        started_at=began,
        programme=score["provenance"]["options"].get("programme") or "",
        repetitions=tuple(score["repetitions"]),
        answers=(),
        felt=None,
        ending=None,
        practised_s=0.0,
        provenance=score["provenance"],
        quality=score["quality"],
        rest=None if rest is None else {**rest, "scale": score["scale"]},
    )
    return Material(
        profile=Profile(affected=score["affected"]),
        practices=(one,),
        traces=lambda _: traces,
        outlines=lambda _: (),
        notes=(),
        totals=(),
        programme=None,
        made_on=began.date(),
        recording=score["source"]["file"],
    )


def _programme(profile: Profile) -> Programme | None:
    """What the person practises; None if the file that they named is gone or faulty."""
    try:
        return find_programme(programme_for(profile))
    except (InputError, UsageError):
        return None


def _pictures(store: Store) -> tuple[Picture, Picture] | None:
    """The first photograph and the last; None unless there are two that can be read."""
    from mirrorcoach.records.photographs import Photographs

    try:
        kept = Photographs(store.place.folder, store.person).all()
        if len(kept) < 2:
            return None
        first, last = (_embedded(one.taken_at, one.image()) for one in (kept[0], kept[-1]))
    except StoreError:
        return None
    return first, last


def _embedded(taken_at: datetime, image: Any) -> Picture:
    """A picture small enough for a page, without anything that its file says beside it."""
    import cv2

    height, width = image.shape[:2]
    share = min(1.0, PICTURE_HEIGHT / height)
    if share < 1.0:
        size = (round(width * share), PICTURE_HEIGHT)
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    _, content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 88])
    return Picture(taken_at.astimezone().date(), content.tobytes(), "image/jpeg")
