"""The store: each finished repetition is committed as it ends.

One SQLite file in the data folder. It holds scores and times, no pictures and no names.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, ForeignKey, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from mirrorcoach.errors import StoreError
from mirrorcoach.folders import data_folder

FILE = "practice.sqlite3"

VERSION = 1
"""Version of the tables, kept in the file itself (``PRAGMA user_version``)."""


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
    """JSON, as in ``score.json``."""


class Repetition(_Base):
    """One finished repetition."""

    __tablename__ = "repetition"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    content: Mapped[str]
    """JSON, as in ``score.json``."""


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
        store = cls(engine, path)
        try:
            store._prepare()
        except BaseException:
            engine.dispose()
            raise
        return store

    def _prepare(self) -> None:
        try:
            with self._engine.begin() as connection:
                version = connection.execute(text("PRAGMA user_version")).scalar_one()
                if version > VERSION:
                    raise StoreError(
                        f"{self._path} was written by a newer mirrorcoach (version {version} of "
                        f"its tables, this one knows {VERSION}). Update mirrorcoach; the file was "
                        "not touched."
                    )
                _Base.metadata.create_all(connection)
                connection.execute(text(f"PRAGMA user_version = {VERSION}"))
        except DBAPIError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: DBAPIError) -> StoreError:
        return StoreError(
            f"The store {self._path} cannot be used: {error.orig}. It was left as it is; move it "
            "away to begin a new one, or set MIRRORCOACH_DATA to another folder."
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

    def begin(self, programme: str, provenance: dict[str, Any]) -> int:
        """Begin a practice session.

        Returns
        -------
        int
            Its number, for `keep`.
        """
        practice = Practice(
            started_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
            programme=programme,
            provenance=json.dumps(provenance),
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

    def repetitions(self, practice: int) -> list[dict[str, Any]]:
        """The repetitions kept of a practice session, in their order."""
        with Session(self._engine) as session:
            found = session.scalars(
                select(Repetition.content)
                .where(Repetition.practice_id == practice)
                .order_by(Repetition.id)
            )
            return [json.loads(content) for content in found]

    def practised_s(self, day: date) -> float:
        """How long was practised on a day of this computer's calendar.

        Each practice counts from its first repetition to its last, pauses included.
        """
        total_s = 0.0
        with Session(self._engine) as session:
            for number, started_at in session.execute(select(Practice.id, Practice.started_at)):
                if datetime.fromisoformat(started_at).astimezone().date() != day:
                    continue
                done = self.repetitions(number)
                if done:
                    first_s = min(one["start_s"] for one in done)
                    total_s += max(one["end_s"] for one in done) - first_s
        return total_s

    def _add(self, row: Practice | Repetition) -> int:
        try:
            with Session(self._engine) as session:
                session.add(row)
                session.commit()
                return row.id
        except DBAPIError as error:
            raise self._unusable(error) from error


def _keep_safe(connection: Any, _record: object) -> None:
    """Make every commit survive a crash and a power cut."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def files_kept() -> list[Path]:
    """Every file in the data folder that is ours."""
    return sorted(path for path in data_folder().glob(f"{FILE}*") if path.is_file())


def delete_all() -> None:
    """Delete every file in the data folder that is ours, and the folder if nothing is left.

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
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
