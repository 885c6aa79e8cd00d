"""The store on a PostgreSQL server whose address a clinic has named.

The tables lie in a schema of their own, and their version in a table of its own.
"""

from __future__ import annotations

import selectors
import time
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.schema import CreateSchema, DropSchema

from mirrorcoach.errors import StoreError
from mirrorcoach.records.place import Place
from mirrorcoach.records.tables import METADATA, VERSION

SCHEMA = "mirrorcoach"

WAIT_S = 10
"""How long a server is waited for that does not answer."""

_LOCK = 0x6D697272
"""Number of the lock that lets one window at a time make the tables."""

_VERSIONS = MetaData()
_VERSION = Table("schema_version", _VERSIONS, Column("version", Integer, nullable=False))


def engine_for(place: Place) -> Engine:
    """An engine for the server of a place; nothing is connected yet.

    Raises
    ------
    StoreError
        If what speaks to such a server is not installed.
    """
    assert place.address is not None
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise StoreError(
            f"{place} is a PostgreSQL server, and what speaks to one is not installed. Install it "
            "with: pip install 'mirrorcoach[clinic]'."
        ) from error
    engine = create_engine(
        place.address.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={
            "application_name": "mirrorcoach",
            "connect_timeout": WAIT_S,
            "tcp_user_timeout": 1000 * WAIT_S,
        },
    ).execution_options(schema_translate_map={None: SCHEMA})
    engine.dialect.do_ping = _answers  # type: ignore[method-assign]
    return engine


def _answers(dbapi_connection: Any) -> bool:
    """Whether the server of an open connection still answers; a silent one is not waited for long.

    SQLAlchemy's own question would wait for ever where the server's computer is there and the
    server is not.
    """
    said = dbapi_connection.pgconn
    until_s = time.monotonic() + WAIT_S
    try:
        said.send_query(b"")
        with selectors.DefaultSelector() as selector:
            selector.register(said.socket, selectors.EVENT_READ)
            while said.is_busy():
                if not selector.select(until_s - time.monotonic()):
                    return False
                said.consume_input()
        while said.get_result() is not None:
            pass
    except dbapi_connection.OperationalError:
        return False
    return not dbapi_connection.closed


def prepare(engine: Engine, place: Place) -> None:
    """Make the tables if need be.

    Raises
    ------
    StoreError
        If they come from a newer version. They are left as they are.
    """
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        if not inspect(connection).has_table(_VERSION.name, schema=SCHEMA):
            connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
            _VERSIONS.create_all(connection)
            METADATA.create_all(connection)
            connection.execute(insert(_VERSION).values(version=VERSION))
        version = connection.scalar(select(_VERSION.c.version))
    if version != VERSION:
        raise StoreError(
            f"{place} was written by a newer mirrorcoach (version {version} of its tables, this "
            f"one knows {VERSION}). Update mirrorcoach; nothing was changed there."
        )


def reading(engine: Engine) -> Engine:
    """The same for reading: everything as it was at one moment."""
    return engine.execution_options(isolation_level="REPEATABLE READ")


def overwrite_deleted(engine: Engine) -> None:
    """Write the tables anew without what was deleted; the server's own logs are the server's."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for table in METADATA.sorted_tables:
            connection.execute(text(f"VACUUM (FULL) {SCHEMA}.{table.name}"))


def drop_all(engine: Engine) -> None:
    """Delete every table, and the schema."""
    with engine.begin() as connection:
        METADATA.drop_all(connection)
        _VERSIONS.drop_all(connection)
        connection.execute(DropSchema(SCHEMA))
