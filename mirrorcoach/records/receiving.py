"""Taking in what was exported on another computer: once, all of it or nothing.

Whose it is: the person here with whom it has a practice or a note in common; else somebody of whom
nothing was kept yet; else somebody new. Two people of one name are never joined, nor one made two
of, without being told to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from heapq import merge
from pathlib import Path

from mirrorcoach import outfile
from mirrorcoach.errors import StoreError, UsageError
from mirrorcoach.profile import Profile
from mirrorcoach.records.anonymous import OWN
from mirrorcoach.records.document import notes_of, totals_of
from mirrorcoach.records.exchange import Parcel, Picture
from mirrorcoach.records.people import called
from mirrorcoach.records.practices import Note, Person, PracticeRecord, Total
from mirrorcoach.records.store import Store
from mirrorcoach.records.telling import Told, each, untold


@dataclass(frozen=True)
class Received:
    """What came of it.

    Attributes
    ----------
    person : Person
        Whose it is, as they are here now.
    is_new : bool
        Whether they were not here before.
    practices, notes, totals, photographs : int
        How many were taken in.
    there_already : int
        Practices that were here before.
    remarks : tuple of str
        What else a person should know.
    """

    person: Person
    is_new: bool
    practices: int
    notes: int
    totals: int
    photographs: int
    there_already: int
    remarks: tuple[str, ...]


def receive(
    store: Store,
    parcel: Parcel,
    *,
    who: Person | None = None,
    apart: bool = False,
    told: Told = untold,
) -> Received:
    """Take in everything that a parcel has and the store has not.

    Parameters
    ----------
    store : Store
        Where to; it stays turned to the person.
    parcel : Parcel
        What was exported.
    who : Person, optional
        Whose it is; found out unless given.
    apart : bool
        Whether it is somebody new, whoever else is here.
    told : callable
        Told how many practices were put in their place.

    Raises
    ------
    UsageError
        If it cannot be told whose it is, or it is somebody else's.
    StoreError
        If it cannot be kept; nothing of it was then.
    """
    placed: list[Path] = []
    try:
        with store.at_once():
            owner = _owner(store, parcel, who, apart)
            return _take_in(store, parcel, owner, placed, told)
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        for folder in (*store.place.photographs.glob("*"), store.place.photographs):
            with suppress(OSError):  # pictures are in it
                folder.rmdir()
        raise


def _take_in(
    store: Store, parcel: Parcel, owner: Person | None, placed: list[Path], told: Told
) -> Received:
    given, remarks = parcel.person.profile, []
    if owner is None:
        number, profile = store.add(given), given
        store.turn_to(number)
    else:
        number = owner.number
        store.turn_to(number)
        profile = (adopted if _is_blank(store) else joined)(owner.profile, given)
        store.keep_profile(profile)
    programme = profile.settings.programme
    if programme is not None and programme.endswith(".toml") and not Path(programme).is_file():
        remarks.append(
            f"The programme {programme} is not on this computer. Copy it there, or choose another "
            "in the settings."
        )
    new, there_already = _add_practices(store, parcel, told)
    notes, totals = _add_notes(store, parcel), _add_totals(store, parcel)
    pictures: Sequence[Picture] = parcel.pictures
    if pictures and not profile.consents.photographs:
        pictures = ()
        remarks.append(
            f"The photographs ({len(parcel.pictures)}) were left out: this person's settings here "
            "do not allow keeping any. Allow it and import the file once more to have them."
        )
    folder = store.place.photographs / str(number)
    for picture in pictures:
        _place(folder, picture, parcel, placed, remarks)
    return Received(
        person=Person(number, profile),
        is_new=owner is None,
        practices=new,
        notes=notes,
        totals=totals,
        photographs=len(placed),
        there_already=there_already,
        remarks=tuple(remarks),
    )


def adopted(here: Profile, given: Profile) -> Profile:
    """The profile of a person of whom nothing else is here: as it comes, but for the camera.

    Parameters
    ----------
    here, given : Profile
        As it is on this computer, and as it comes.
    """
    camera = {name: getattr(here.settings, name) for name in ("camera", "mirrored_camera")}
    settings = given.settings.model_copy(update=camera)
    return given.changed(name=given.name or here.name, settings=settings)


def joined(here: Profile, given: Profile) -> Profile:
    """The profile of a person who is here already: their own, with what they left open filled in.

    Parameters
    ----------
    here, given : Profile
        As for `adopted`.
    """
    events = {(one.day, one.kind): one for one in (*here.events, *given.events)}
    return here.changed(
        name=here.name or given.name,
        affected=here.affected or given.affected,
        stage=here.stage or given.stage,
        since=here.since or given.since,
        events=tuple(events[key] for key in sorted(events)),
        informed=here.informed or given.informed,
    )


# -- whose it is ------------------------------------------------------------------------------


def _owner(store: Store, parcel: Parcel, who: Person | None, apart: bool) -> Person | None:
    """The person here whose it is; None for somebody new."""
    people = store.people()
    same = _with_something_in_common(store, parcel, people)
    if len(same) > 1 and who is None:
        raise UsageError(
            f"This file has practices of more than one person here: "
            f"{', '.join(map(called, same))}. Say with --who whose it is."
        )
    if who is not None:
        if same and who not in same:
            raise UsageError(
                f"This file is {called(same[0])}'s: their practices are in it. Nothing was taken "
                f"in for {called(who)}; leave --who out."
            )
        return who
    if same:
        if apart:
            raise UsageError(
                f"This file's practices are here already: they are {called(same[0])}'s. Nothing "
                "was taken in; leave --new out to add what is missing."
            )
        return same[0]
    if apart:
        return None
    name = parcel.person.profile.name.strip().casefold()
    if len(people) == 1:
        store.turn_to(people[0].number)
        other = people[0].profile.name.strip().casefold()
        if _is_blank(store) and (not name or not other or name == other):
            return people[0]
    namesakes = [one for one in people if name and one.profile.name.strip().casefold() == name]
    if namesakes:
        raise UsageError(
            f"Somebody of that name is here already, with nothing in common with this file: "
            f"{', '.join(map(called, namesakes))}. If they are the same person, say --who "
            f"{namesakes[0].number}; if not, say --new."
        )
    return None


def _with_something_in_common(
    store: Store, parcel: Parcel, people: Sequence[Person]
) -> list[Person]:
    """Everybody here who has a practice of the parcel; if it has none, its notes or all else."""
    if parcel.records:
        likely = store.began_at(one.started_at for one in parcel.records)
        found = []
        for one in people:
            if one.number in likely:
                store.turn_to(one.number)
                pairs = _pairs(store.practices(), parcel.records)
                if any(other.happened for other in pairs.values()):
                    found.append(one)
        return found
    notes = {_note_key(one) for one in notes_of(parcel.person)}
    totals = {_total_key(one) for one in totals_of(parcel.person)}
    found = []
    for one in people:
        store.turn_to(one.number)
        ours = {_note_key(note) for note in store.notes()}
        all_else = one.profile == parcel.person.profile and not notes
        if notes & ours or (all_else and totals == {_total_key(t) for t in store.totals()}):
            found.append(one)
    return found


def _is_blank(store: Store) -> bool:
    """Whether nothing was kept of the present person but who they are."""
    return store.is_new and not store.notes() and not store.totals()


def _pairs(
    here: Sequence[PracticeRecord], given: Sequence[PracticeRecord]
) -> dict[int, PracticeRecord]:
    """The practices that are in both: that here, by the number of that which is given."""
    at: dict[datetime, list[PracticeRecord]] = {}
    for one in here:
        at.setdefault(one.started_at, []).append(one)
    found = {}
    for one in given:
        likely = at.get(one.started_at, [])
        same = next((other for other in likely if _is_same(other, one)), None)
        if same is not None:
            likely.remove(same)  # a clock that was set back may say the same twice
            found[one.number] = same
    return found


def _is_same(here: PracticeRecord, given: PracticeRecord) -> bool:
    """Whether two that began at once are the same practice, one of them perhaps cut short."""
    fewer, more = sorted((here, given), key=lambda one: len(one.repetitions))
    if fewer.repetitions:
        return more.repetitions[: len(fewer.repetitions)] == fewer.repetitions
    one_programme = here.programme == given.programme or OWN in (here.programme, given.programme)
    if fewer.ending is None:
        return one_programme
    return one_programme and not more.repetitions and here.practised_s == given.practised_s


def _is_fuller(given: PracticeRecord, here: PracticeRecord) -> bool:
    """Whether the same practice went on after what is here was kept."""
    more = len(given.repetitions) - len(here.repetitions)
    return more > 0 or (more == 0 and here.ending is None and given.ending is not None)


# -- what is new ------------------------------------------------------------------------------


def _add_practices(store: Store, parcel: Parcel, told: Told) -> tuple[int, int]:
    """Add the practices that are not here, each in its place; how many are new, and were here.

    The order of their numbers is the order in which they were practised, so that those here that
    come after a new one are kept anew behind it.
    """
    here = store.practices()
    both = _pairs(here, parcel.records)
    given = {one.number: one for one in parcel.records}
    fuller = {
        number: one
        for number, one in both.items()
        if _is_fuller(given[number], one) and not parcel.anonymous  # which has less of it
    }
    replaced = {one.number for one in fuller.values()}
    for number in replaced:
        store.take_back(number)
    stay = [(one, False) for one in here if one.number not in replaced]
    new = [(given[n], True) for n in given if n not in both or n in fuller]
    behind_a_new_one = False
    in_order = list(merge(stay, new, key=lambda pair: pair[0].started_at))
    for one, is_new in each(in_order, "taken in", told):
        if is_new:
            behind_a_new_one = True
            kept = parcel.practice(one.number)
            store.restore(kept.record, kept.traces, kept.outlines)
        elif behind_a_new_one:
            _check_over(one)
            traces, outlines = store.traces(one.number), store.outlines(one.number)
            store.take_back(one.number)
            store.restore(one, traces, outlines)
    return len(new), len(both) - len(fuller)


def _check_over(one: PracticeRecord) -> None:
    """Refuse to move a practice that may still be going on in a window."""
    ago = datetime.now(timezone.utc) - one.started_at
    if one.ending is None and timedelta(0) <= ago < _MAY_LAST:
        until = one.started_at + _MAY_LAST
        raise StoreError(
            f"A practice that began at {one.started_at:%H:%M} is going on. Nothing was taken in. "
            f"End it in its window and import again; if it was cut off, import after {until:%H:%M}."
        )


_MAY_LAST = timedelta(hours=2)
"""No practice lasts longer, pauses included."""


def _add_notes(store: Store, parcel: Parcel) -> int:
    there = {_note_key(one) for one in store.notes()}
    new = [one for one in notes_of(parcel.person) if _note_key(one) not in there]
    for one in new:
        store.add_note(one.text, one.by, one.at)
    return len(new)


def _add_totals(store: Store, parcel: Parcel) -> int:
    there = {_total_key(one) for one in store.totals()}
    new = [one for one in totals_of(parcel.person) if _total_key(one) not in there]
    for one in new:
        store.add_total(one.scale, one.value, one.day)
    return len(new)


def _place(
    folder: Path, picture: Picture, parcel: Parcel, placed: list[Path], remarks: list[str]
) -> None:
    """Put a photograph where the others are, unless it is there."""
    path = folder / picture.name
    try:
        if path.exists():
            if hashlib.sha256(path.read_bytes()).hexdigest() != picture.sha256:
                remarks.append(f"{path} is there already and is another picture; it was left.")
            return
        if folder.is_symlink() or folder.parent.is_symlink():
            raise StoreError(
                f"{folder} leads to another place, where deleting everything would not find the "
                "photographs. Nothing was taken in; put a folder there."
            )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The photographs cannot be kept in {folder}: {error.strerror}. Nothing was taken in; "
            "make the folder writable."
        ) from error
    outfile.write(path, parcel.picture(picture))
    placed.append(path)


def _note_key(one: Note) -> tuple[datetime, str, str]:
    return one.at, one.text, one.by


def _total_key(one: Total) -> tuple[date, str, float]:
    return one.day, one.scale, one.value
