"""The tables of the store: the same in a file of SQLite and on a PostgreSQL server.

Everything that belongs to a person hangs on their row, and goes with it.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

VERSION = 3
"""Version of the tables; `migrations` brings older ones forward."""

METADATA = MetaData()


def _of(table: str) -> Column[int]:
    """What hangs on a row of another table, and is deleted with it."""
    whole = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(f"{table}_id", Integer, whole, nullable=False, index=True)


PERSON = Table(
    "person",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("content", String, nullable=False),
    sqlite_autoincrement=True,
)
"""Who practises: JSON of a `mirrorcoach.profile.Profile`. No number is ever given twice."""

PRACTICE = Table(
    "practice",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of("person"),
    Column("started_at", String, nullable=False),
    Column("programme", String, nullable=False),
    Column("provenance", String, nullable=False),
    Column("ended_at", String),
    Column("ending", String),
    Column("practised_s", Float),
    Column("felt", String),
    Column("quality", String),
    Column("rest", String),
    sqlite_autoincrement=True,
)
"""One practice. Times are UTC, ISO 8601; provenance, quality and rest are JSON. What follows
`provenance` is empty while it goes on, and for ever if it was cut off."""

REPETITION = Table(
    "repetition",
    METADATA,
    Column(
        "practice_id",
        Integer,
        ForeignKey("practice.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("content", String, nullable=False),
)
"""A finished repetition: its place in the practice, so that none can be there twice, and JSON as in
``score.json``."""

TRACE = Table(
    "trace",
    METADATA,
    Column("practice_id", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["practice_id", "ordinal"],
        ["repetition.practice_id", "repetition.ordinal"],
        ondelete="CASCADE",
    ),
)
"""The course of a repetition, as `packed` has it; apart, so that scores are read without it."""

ANSWER = Table(
    "answer",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of("practice"),
    Column("exercise", String, nullable=False),
    Column("question", String, nullable=False),
    Column("answer", Boolean),
)
"""What the person said after a set; no answer if the question was left open."""

OUTLINE = Table(
    "outline",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of("practice"),
    Column("exercise", String),
    Column("content", LargeBinary, nullable=False),
)
"""The contours of the face, as `packed` has them, at rest if there is no exercise."""

NOTE = Table(
    "note",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of("person"),
    Column("at", String, nullable=False),
    Column("text", String, nullable=False),
    Column("author", String, nullable=False),
)
"""What somebody wrote down; `at` is UTC, ISO 8601."""

TOTAL = Table(
    "total",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of("person"),
    Column("day", String, nullable=False),
    Column("scale", String, nullable=False),
    Column("value", Float, nullable=False),
)
"""A questionnaire's total; `day` is ISO 8601."""
