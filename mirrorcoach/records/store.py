"""The store: each finished repetition is committed as it ends.

One SQLite file in the data folder. It holds scores, times, answers and the profile, no pictures.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Float, ForeignKey, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from exercises.schema import Question
from mirrorcoach.errors import StoreError
from mirrorcoach.folders import data_folder
from mirrorcoach.profile import Profile
from mirrorcoach.records.practices import Answer, Felt, PracticeRecord

FILE = "practice.sqlite3"

PHOTOGRAPHS = "photographs"
"""Folder beside the file, with the pictures that a person wanted to keep."""

VERSION = 2
"""Version of the tables, kept in the file itself (``PRAGMA user_version``)."""

MIGRATIONS = {
    1: (
        "ALTER TABLE practice ADD COLUMN ended_at VARCHAR",
        "ALTER TABLE practice ADD COLUMN ending VARCHAR",
        "ALTER TABLE practice ADD COLUMN practised_s FLOAT",
        "ALTER TABLE practice ADD COLUMN felt VARCHAR",
        "CREATE TABLE answer (id INTEGER NOT NULL PRIMARY KEY, practice_id INTEGER NOT NULL "
        "REFERENCES practice (id), exercise VARCHAR NOT NULL, question VARCHAR NOT NULL, "
        "answer BOOLEAN)",
        "CREATE INDEX ix_answer_practice_id ON answer (practice_id)",
        "CREATE TABLE profile (id INTEGER NOT NULL PRIMARY KEY, content VARCHAR NOT NULL)",
    ),
}
"""What makes the next version of each older one."""


class _Base(DeclarativeBase):
    pass


class Practice(_Base):
    """One practice session."""

    __tablename__ = "practice"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[str]
    """UTC, ISO 8601."""
    programme: Mapped[str]
    provenance: Mapped[str]
    """JSON, as in ``score.json``, with the version of the scoring."""
    ended_at: Mapped[str | None]
    """UTC, ISO 8601; none while it goes on, and for ever if it was cut off."""
    ending: Mapped[str | None]
    """Why it was over, as `exercises.session.Finished` has it."""
    practised_s: Mapped[float | None] = mapped_column(Float)
    felt: Mapped[str | None]
    """How the face felt afterwards."""


class Repetition(_Base):
    """One finished repetition."""

    __tablename__ = "repetition"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    content: Mapped[str]
    """JSON, as in ``score.json``."""


class Answered(_Base):
    """What the person said after a set."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    exercise: Mapped[str]
    question: Mapped[str]
    answer: Mapped[bool | None]


class ProfileRow(_Base):
    """Who practises; there is one."""

    __tablename__ = "profile"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str]
    """JSON of a `Profile`."""


_Row = TypeVar("_Row", Practice, Repetition, Answered)


class Store:
    """An open store; use it as a context manager.

    Raises
    ------
    StoreError
        If the file cannot be opened or written, is damaged, or comes from a newer version. It is
        left as it is.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine, self._path = engine, path

    @classmethod
    def open(cls, folder: Path | None = None) -> Store:
        """Open the store in a folder, making both if need be.

        Parameters
        ----------
        folder : Path, optional
            The data folder unless given.
        """
        path = (folder or data_folder()) / FILE
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The data folder {path.parent} cannot be made: {error.strerror}. Set "
                "MIRRORCOACH_DATA to a folder that can be written."
            ) from error
        engine = create_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _keep_safe)
        event.listen(engine, "begin", _begin)
        store = cls(engine, path)
        try:
            store._prepare()
        except BaseException:
            engine.dispose()
            raise
        return store

    def _prepare(self) -> None:
        """Make the tables, or bring those of an older version forward, all of it or nothing."""
        try:
            with self._engine.begin() as connection:
                version = connection.execute(text("PRAGMA user_version")).scalar_one()
                if version > VERSION:
                    raise StoreError(
                        f"{self._path} was written by a newer mirrorcoach (version {version} of "
                        f"its tables, this one knows {VERSION}). Update mirrorcoach; the file was "
                        "not touched."
                    )
                if version == 0:
                    _Base.metadata.create_all(connection)
                elif version < VERSION:
                    self._migrate(connection, version)
                if version < VERSION:
                    connection.execute(text(f"PRAGMA user_version = {VERSION}"))
        except DBAPIError as error:
            raise self._unusable(error) from error

    def _migrate(self, connection: Connection, version: int) -> None:
        if connection.execute(select(Practice.id).limit(1)).first() is not None:
            self._copy(self._path.with_name(f"{FILE}.v{version}.bak"))
        for older in range(version, VERSION):
            for statement in MIGRATIONS[older]:
                connection.execute(text(statement))

    def _copy(self, path: Path) -> None:
        """Keep the file as it is beside itself, with what lies in its companions."""
        half = path.with_name(f"{path.name}.half")
        try:
            half.unlink(missing_ok=True)
            with closing(sqlite3.connect(self._path)) as old, closing(sqlite3.connect(half)) as new:
                old.backup(new)
            half.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{self._path} comes from an older mirrorcoach and could not be copied to {path} "
                f"before it is brought up to date: {error}. It was left as it is; make room, or "
                "set MIRRORCOACH_DATA to another folder."
            ) from error

    def _unusable(self, error: DBAPIError) -> StoreError:
        return self._refused(f"The store {self._path} cannot be used: {error.orig}.")

    def _refused(self, what: str) -> StoreError:
        return StoreError(
            f"{what} It was left as it is; move it away to begin a new one, or set "
            "MIRRORCOACH_DATA to another folder."
        )

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.dispose()

    @property
    def is_new(self) -> bool:
        """Whether no practice has been kept yet."""
        with Session(self._engine) as session:
            return session.scalar(select(Practice.id).limit(1)) is None

    def profile(self) -> Profile:
        """Who practises; a newcomer's profile if none was kept.

        Raises
        ------
        StoreError
            If what was kept is damaged.
        """
        with Session(self._engine) as session:
            row = session.get(ProfileRow, _ONLY)
        if row is None:
            return Profile()
        try:
            return Profile.model_validate_json(row.content)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "its JSON"
            raise self._refused(
                f"The profile in {self._path} is damaged ({place}: {first['msg']})."
            ) from error

    def keep_profile(self, profile: Profile) -> None:
        """Keep who practises, in place of what was kept before."""
        row = ProfileRow(id=_ONLY, content=profile.model_dump_json())
        try:
            with Session(self._engine) as session:
                session.merge(row)
                session.commit()
        except DBAPIError as error:
            raise self._unusable(error) from error

    def begin(self, programme: str, provenance: dict[str, Any]) -> int:
        """Begin a practice session.

        Returns
        -------
        int
            Its number, for `keep` and all that follows.
        """
        from exercises.scoring import VERSION as SCORING

        practice = Practice(
            started_at=_now(),
            programme=programme,
            provenance=json.dumps({**provenance, "scoring": SCORING}),
        )
        return self._add(practice)

    def keep(self, practice: int, repetition: dict[str, Any]) -> None:
        """Keep a finished repetition for good; on return it is on the disk.

        Parameters
        ----------
        practice : int
            From `begin`.
        repetition : dict
            As in ``score.json``.
        """
        self._add(Repetition(practice_id=practice, content=json.dumps(repetition)))

    def answer(self, practice: int, exercise: str, question: Question, answer: bool | None) -> None:
        """Keep what the person said after a set; None if the question was left open."""
        self._add(
            Answered(practice_id=practice, exercise=exercise, question=question, answer=answer)
        )

    def end(self, practice: int, ending: str, practised_s: float) -> None:
        """Say that a practice is over.

        Parameters
        ----------
        practice : int
            From `begin`.
        ending : str
            Why, as `exercises.session.Finished` has it.
        practised_s : float
            How long was practised; it counts toward the minutes of the day.

        Raises
        ------
        LookupError
            If no practice has this number.
        """
        self._change(practice, ended_at=_now(), ending=ending, practised_s=practised_s)

    def felt(self, practice: int, how: Felt) -> None:
        """Keep how the face felt after a practice.

        Raises
        ------
        LookupError
            If no practice has this number.
        """
        self._change(practice, felt=how)

    def repetitions(self, practice: int) -> list[dict[str, Any]]:
        """The repetitions kept of a practice session, in their order."""
        with Session(self._engine) as session:
            found = session.scalars(
                select(Repetition).where(Repetition.practice_id == practice).order_by(Repetition.id)
            )
            return [self._read(one.content) for one in found]

    def practices(self) -> list[PracticeRecord]:
        """All practices that were kept, the oldest first.

        Raises
        ------
        StoreError
            If one of them is damaged.
        """
        with Session(self._engine) as session:
            repetitions: dict[int, list[dict[str, Any]]] = defaultdict(list)
            for one in session.scalars(select(Repetition).order_by(Repetition.id)):
                repetitions[one.practice_id].append(self._read(one.content))
            answers: dict[int, list[Answer]] = defaultdict(list)
            for said in session.scalars(select(Answered).order_by(Answered.id)):
                question = cast(Question, said.question)
                answers[said.practice_id].append(Answer(said.exercise, question, said.answer))
            return [
                PracticeRecord(
                    number=row.id,
                    started_at=datetime.fromisoformat(row.started_at).astimezone(),
                    programme=row.programme,
                    repetitions=tuple(repetitions[row.id]),
                    answers=tuple(answers[row.id]),
                    felt=cast("Felt | None", row.felt),
                    ending=row.ending,
                    practised_s=_practised_s(row, repetitions[row.id]),
                    provenance=self._read(row.provenance),
                )
                for row in session.scalars(select(Practice).order_by(Practice.id))
            ]

    def practised_s(self, day: date) -> float:
        """How long was practised on a day of this computer's calendar.

        A practice that was cut off, or kept before its length was, counts from its first
        repetition to its last, pauses included.
        """
        return sum(one.practised_s for one in self.practices() if one.day == day)

    def _read(self, content: str) -> dict[str, Any]:
        try:
            return cast("dict[str, Any]", json.loads(content))
        except ValueError as error:
            raise self._refused(f"A practice in {self._path} is damaged ({error}).") from error

    def _change(self, practice: int, **values: str | float) -> None:
        try:
            with Session(self._engine) as session:
                row = session.get(Practice, practice)
                if row is None:
                    raise LookupError(f"no practice has the number {practice}")
                for name, value in values.items():
                    setattr(row, name, value)
                session.commit()
        except DBAPIError as error:
            raise self._unusable(error) from error

    def _add(self, row: _Row) -> int:
        try:
            with Session(self._engine) as session:
                session.add(row)
                session.commit()
                return row.id
        except DBAPIError as error:
            raise self._unusable(error) from error


_ONLY = 1
"""Number of the one profile."""


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _practised_s(row: Practice, repetitions: Sequence[dict[str, Any]]) -> float:
    if row.practised_s is not None:
        return row.practised_s
    if not repetitions:
        return 0.0
    first_s = min(float(one["start_s"]) for one in repetitions)
    return max(float(one["end_s"]) for one in repetitions) - first_s


def _keep_safe(connection: Any, _record: object) -> None:
    """Make every commit survive a crash and a power cut."""
    connection.isolation_level = None  # this module begins its transactions, tables included
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def files_kept() -> list[Path]:
    """Every file in the data folder that is ours, copies and photographs included."""
    folder = data_folder()
    pictures = folder / PHOTOGRAPHS
    found = [*folder.glob(f"{FILE}*"), *([pictures] if pictures.is_symlink() else ())]
    if not pictures.is_symlink():  # what it points to is elsewhere, and not ours
        found += pictures.rglob("*")
    return sorted(path for path in found if path.is_symlink() or path.is_file())


def delete_all() -> None:
    """Delete every file in the data folder that is ours, and the folders if nothing is left.

    Raises
    ------
    StoreError
        If a file cannot be deleted.
    """
    for path in files_kept():
        try:
            path.unlink()
        except OSError as error:
            raise StoreError(
                f"{path} could not be deleted: {error.strerror}. Close other windows of "
                "mirrorcoach and try it once more."
            ) from error
    folder = data_folder()
    below = [path for path in (folder / PHOTOGRAPHS).rglob("*") if path.is_dir()]
    for emptied in (*sorted(below, reverse=True), folder / PHOTOGRAPHS, folder):
        if emptied.is_dir() and not any(emptied.iterdir()):
            emptied.rmdir()
