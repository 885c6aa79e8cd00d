"""An open store's transactions: all that is done in one is kept, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any, cast

from pydantic_core import from_json
from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from mirrorcoach.records import faults, postgresql, sqlite
from mirrorcoach.records.packed import NotPacked
from mirrorcoach.records.place import Place
from mirrorcoach.records.tables import PERSON


class Transactions:
    """Reads and writes a place for the person to whom it is turned; `Store` has the rest.

    Parameters
    ----------
    engine : Engine
        Connected to the place.
    place : Place
        Where it is.
    """

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine, self.place = engine, place
        backend = sqlite if place.address is None else postgresql
        self._reads = backend.reading(engine)
        self._writes = sqlite.writing(engine) if place.address is None else engine
        self._present: int | None = None
        self._whole: Connection | None = None

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Everything that is done within is kept together, or nothing of it."""
        with self._writing() as connection:
            self._whole = connection
            try:
                yield
            finally:
                self._whole = None

    def _somebody(self, connection: Connection) -> int:
        """The present person; if there was nobody yet, whoever came meanwhile, or somebody new."""
        if self._present is None:
            self._present = connection.scalar(select(func.min(PERSON.c.id)))
        if self._present is None:
            self._present = added(connection, PERSON, content="{}")
        return self._present

    def _delete(self, table: Table, number: int, what: str) -> None:
        with self._writing() as connection:
            own = delete(table).where(self._own(table) & (table.c.id == number))
            if not connection.execute(own).rowcount:
                raise LookupError(f"no {what} has the number {number}")

    def _own(self, table: Table) -> ColumnElement[bool]:
        """What belongs to the present person; nothing does as long as there is nobody."""
        return table.c.person_id == (self._present or 0)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._whole is not None:
            yield self._whole
            return
        try:
            with self._reads.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise faults.fault(self.place, error) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction: all that is done in it is kept, or nothing."""
        if self._whole is not None:
            yield self._whole
            return
        before = self._present
        try:
            with self._writes.begin() as connection:
                yield connection
        except BaseException as error:
            self._present = before
            if isinstance(error, DBAPIError):
                raise faults.fault(self.place, error) from error
            raise

    @contextmanager
    def _damage_told(self, what: str) -> Iterator[None]:
        try:
            yield
        except (NotPacked, ValueError, TypeError) as error:
            raise faults.damaged(
                self.place, f"A {what} in {self.place} is damaged ({error})."
            ) from error

    def _read(self, content: str) -> dict[str, Any]:
        try:
            return cast("dict[str, Any]", from_json(content))
        except (ValueError, TypeError) as error:
            raise faults.damaged(
                self.place, f"A practice in {self.place} is damaged ({error})."
            ) from error

    def _moment(self, kept: str) -> datetime:
        """A moment in the time of this computer's clock."""
        with self._damage_told("time"):
            return datetime.fromisoformat(kept).astimezone()


def added(connection: Connection, table: Table, **values: object) -> int:
    """Add a row; its number."""
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def now() -> datetime:
    """The moment, with its time zone."""
    return datetime.now(timezone.utc)


def utc_text(moment: datetime) -> str:
    """A moment as it is kept; one without a time zone is in the time of this computer's clock."""
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")
