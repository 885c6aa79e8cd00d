"""The store: each finished repetition is committed as it ends.

One SQLite file in the data folder, or the tables of a server that was named. It holds scores,
courses, contours, answers, notes and who practises; no pictures.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from mirrorcoach.records import faults, postgresql, sqlite
from mirrorcoach.records.notes_kept import NotesKept
from mirrorcoach.records.people_kept import PeopleKept
from mirrorcoach.records.place import FILE, PHOTOGRAPHS, Place
from mirrorcoach.records.practices_kept import PracticesKept
from mirrorcoach.records.tables import PERSON, VERSION

__all__ = ["FILE", "PHOTOGRAPHS", "VERSION", "Store"]


class Store(PeopleKept, PracticesKept, NotesKept):
    """An open store, turned to one of the people in it; use it as a context manager.

    Whatever is read or kept without a practice's number is the present person's. In a new store
    that is nobody yet: they come to be with the first thing that is kept.

    Attributes
    ----------
    place : Place
        Where it is.

    Raises
    ------
    StoreError
        From everything here: if the store cannot be opened, read or written, is damaged, or comes
        from a newer version. It is left as it is.
    """

    @classmethod
    def open(cls, place: Place | Path | str | None = None, who: int | None = None) -> Store:
        """Open the store of a place, making it if need be.

        Parameters
        ----------
        place : Place, Path or str, optional
            A folder, or a server's address; the data folder unless given.
        who : int, optional
            Number of the person to turn to; the first one unless given.

        Raises
        ------
        UsageError
            If the address cannot be understood.
        LookupError
            If nobody has this number.
        """
        at = place if isinstance(place, Place) else Place.of(place)
        backend = sqlite if at.address is None else postgresql
        store = cls(backend.engine_for(at), at)
        try:
            backend.prepare(store._engine, at)
            if who is None:
                with store._reading() as connection:
                    store._present = connection.scalar(select(func.min(PERSON.c.id)))
            else:
                store.turn_to(who)
        except BaseException as error:
            store.close()
            if isinstance(error, DBAPIError):
                raise faults.fault(at, error) from error
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    def remove(self, number: int) -> bool:
        """Delete a person and everything of theirs here; nothing of it stays in the file.

        Returns
        -------
        bool
            False if something may stay in the file's companions, because another window is open:
            close it, and open and close the store once more.

        Raises
        ------
        LookupError
            If nobody has this number.
        """
        with self._writing() as connection:
            gone = connection.execute(delete(PERSON).where(PERSON.c.id == number)).rowcount
        if not gone:
            raise LookupError(f"nobody has the number {number}")
        if self._present == number:
            self._present = None
        try:
            if self.place.address is None:
                return sqlite.overwrite_deleted(self._engine)
            postgresql.overwrite_deleted(self._engine)
        except DBAPIError as error:
            raise faults.fault(self.place, error) from error
        return True

    def drop(self) -> None:
        """Delete everybody and everything from a server; a file is deleted as such."""
        assert self.place.address is not None
        try:
            postgresql.drop_all(self._engine)
        except DBAPIError as error:
            raise faults.fault(self.place, error) from error
