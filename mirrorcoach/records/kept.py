"""Everything that is kept of the person to whom a store is turned, with or without names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mirrorcoach.errors import StoreError
from mirrorcoach.profile import Profile
from mirrorcoach.records.anonymous import anonymous_practice, anonymous_profile
from mirrorcoach.records.deleting import photographs_of
from mirrorcoach.records.document import KeptPractice, PersonEntry, person_entry
from mirrorcoach.records.exchange import is_picture_name
from mirrorcoach.records.practices import Note, PracticeRecord, Total
from mirrorcoach.records.store import Store
from mirrorcoach.records.telling import Told, each, untold


class Kept:
    """What a store has of its present person.

    Parameters
    ----------
    store : Store
        An open one.
    anonymous : bool
        Whether to leave out what tells others who it is (`mirrorcoach.records.anonymous`).
    told : callable
        Told how many practices were written, and checked.

    Raises
    ------
    StoreError
        If nobody practises there yet, or what was kept cannot be read.

    Attributes
    ----------
    anonymous, told
        As given.
    profile : Profile
        Of the person.
    notes, totals : list
        Theirs.
    photographs : list of Path
        Files; none where names are left out.
    records : list of PracticeRecord
        Every practice without traces and contours, in their order.
    """

    def __init__(self, store: Store, *, anonymous: bool = False, told: Told = untold) -> None:
        if not store.people():
            raise StoreError(f"Nobody practises in {store.place} yet: there is nothing to export.")
        self._store, self.anonymous, self.told = store, anonymous, told
        self.profile: Profile = store.profile()
        self.notes: list[Note] = store.notes()
        self.totals: list[Total] = store.totals()
        self.photographs: list[Path] = [
            path for path in photographs_of(store.place, store.person) if is_picture_name(path.name)
        ]
        self.records: list[PracticeRecord] = store.practices()
        if anonymous:
            self.profile = anonymous_profile(self.profile)
            self.notes, self.photographs = [], []
            self.records = [anonymous_practice(KeptPractice(one)).record for one in self.records]

    @property
    def person(self) -> PersonEntry:
        """Profile, notes and totals as an entry."""
        return person_entry(self.profile, self.notes, self.totals)

    def practices(self) -> Iterator[KeptPractice]:
        """Every practice with its traces and contours, in their order, read one by one."""
        for one in each(self.records, "written", self.told):
            outlines = () if self.anonymous else tuple(self._store.outlines(one.number))
            yield KeptPractice(one, tuple(self._store.traces(one.number)), outlines)
