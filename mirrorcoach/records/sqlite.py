"""The store as one file: opened so that what was committed survives, and brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from mirrorcoach.errors import StoreError
from mirrorcoach.records import faults, migrations
from mirrorcoach.records.place import Place
from mirrorcoach.records.tables import METADATA, VERSION

BUSY_S = 10.0
"""How long another window's writing is waited for; each takes a few milliseconds."""

BEGIN = "mirrorcoach_begin"
"""Execution option: the statement that begins a transaction; empty for none at all."""


def engine_for(place: Place) -> Engine:
    """An engine for the file of a place, whose folder is made if need be.

    Raises
    ------
    StoreError
        If the folder cannot be made.
    """
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The data folder {place.folder} cannot be made: {error.strerror}. Choose one that can "
            f"be written: {faults.ELSEWHERE}."
        ) from error
    engine = create_engine(
        URL.create("sqlite", database=str(place.file)), connect_args={"timeout": BUSY_S}
    )
    event.listen(engine, "connect", _keep_safe)
    event.listen(engine, "begin", _begin)
    return engine


def prepare(engine: Engine, place: Place) -> None:
    """Make the tables, or bring those of an older version forward, all of it or nothing.

    Raises
    ------
    StoreError
        If the file is damaged, is none of ours, or comes from a newer version. It is left as it is.
    """
    with reading(engine).begin() as connection:
        version = _version(connection, place)
    if version == VERSION:
        return
    if version == 0:
        _write_ahead(engine)
    with writing(engine).begin() as connection:
        version = _version(connection, place)  # another window may have been faster
        if version == 0:
            METADATA.create_all(connection)
        for older in range(version or VERSION, VERSION):
            if older == version:
                _keep_old(connection, place, version)
            for statement in migrations.STEPS[older]:
                connection.execute(text(statement))
        connection.execute(text(f"PRAGMA user_version = {VERSION}"))
    _write_ahead(engine)


def reading(engine: Engine) -> Engine:
    """The same for reading: many windows can at once, while one writes."""
    return engine.execution_options(**{BEGIN: "BEGIN"})


def writing(engine: Engine) -> Engine:
    """The same for writing: one window after the other."""
    return engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})


def overwrite_deleted(engine: Engine) -> bool:
    """Leave nothing of what was deleted in the file or in its companions.

    Returns
    -------
    bool
        False if another window still reads what was there before: close it, and call this again.
    """
    with engine.execution_options(**{BEGIN: ""}).connect() as connection:
        connection.execute(text("VACUUM"))
        busy, _, _ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
    return not busy


def _write_ahead(engine: Engine) -> None:
    """Let one window write while others read; the file remembers it."""
    with engine.execution_options(**{BEGIN: ""}).connect() as connection:
        connection.execute(text("PRAGMA journal_mode = WAL"))


def _version(connection: Connection, place: Place) -> int:
    """Version of the tables; 0 if there are none yet."""
    version: int = connection.execute(text("PRAGMA user_version")).scalar_one()
    found = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if version > VERSION:
        raise StoreError(
            f"{place} was written by a newer mirrorcoach (version {version} of its tables, this "
            f"one knows {VERSION}). Update mirrorcoach; the file was not touched."
        )
    if version < 0 or (version == 0 and found):
        raise faults.refused(place, f"{place} is a database, but none of mirrorcoach.")
    lost = set(METADATA.tables) - found
    if version == VERSION and lost:
        raise faults.damaged(place, f"{place} is damaged (no table {', '.join(sorted(lost))}).")
    return version


def _keep_old(connection: Connection, place: Place, version: int) -> None:
    """Keep a file with practices in it as it is, beside itself; refuse a damaged one."""
    said: str = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    wrong = said.splitlines()[-1]
    if wrong != "ok":
        raise faults.damaged(place, f"{place} is damaged ({wrong}).")
    if connection.execute(text("SELECT 1 FROM practice LIMIT 1")).first() is not None:
        _copy(place.file, version)


def _copy(file: Path, version: int) -> None:
    """Copy the file, with what lies in its companions."""
    path, number = file.with_name(f"{file.name}.v{version}.bak"), 1
    while path.exists():
        number += 1
        path = file.with_name(f"{file.name}.v{version}-{number}.bak")
    half = path.with_name(f"{path.name}.half")
    try:
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(half)) as new:
            old.backup(new)
        half.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{file} comes from an older mirrorcoach and could not be copied to {path} before it "
            f"is brought up to date: {error}. It was left as it is; make room, or "
            f"{faults.ELSEWHERE}."
        ) from error


def _keep_safe(connection: Any, _record: object) -> None:
    """Make every commit survive a crash and a power cut, and overwrite what is deleted."""
    connection.isolation_level = None  # transactions begin where this module says, tables included
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: Connection) -> None:
    if begin := connection.get_execution_options()[BEGIN]:
        connection.exec_driver_sql(begin)
