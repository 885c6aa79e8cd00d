"""A disk that is full, and has room again, for stores that are opened meanwhile."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from mirrorcoach.records import sqlite

NEVER_FULL = 1 << 30


class Disk:
    """Limits the files of SQLite as a full disk does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._full = False
        self._files: list[sqlite3.Connection] = []
        keep_safe = sqlite._keep_safe

        def connected(connection: Any, record: object) -> None:
            keep_safe(connection, record)
            self._files.append(connection)
            self._limit(connection)

        monkeypatch.setattr(sqlite, "_keep_safe", connected)

    def fill(self, full: bool = True) -> None:
        """Leave no room, or enough."""
        self._full = full
        for one in self._files:
            self._limit(one)

    def _limit(self, connection: sqlite3.Connection) -> None:
        limit = 1 if self._full else NEVER_FULL  # never less than the file has already
        connection.execute(f"PRAGMA max_page_count = {limit}").fetchall()
