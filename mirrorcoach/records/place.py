"""Where practice is kept: a folder of this computer, or the server that a clinic names."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from mirrorcoach.errors import UsageError
from mirrorcoach.folders import VARIABLE, data_folder, is_address

FILE = "practice.sqlite3"

PHOTOGRAPHS = "photographs"
"""Folder with the pictures that a person wanted to keep."""


@dataclass(frozen=True)
class Place:
    """Where practice is kept; as text it says where, without any password.

    Attributes
    ----------
    folder : Path
        On this computer: with the file, and the photographs. Of a server's people only the
        photographs lie here.
    address : URL or None
        The server's; None for a file.
    """

    folder: Path
    address: URL | None = field(default=None, repr=False)

    @classmethod
    def of(cls, named: Path | str | None = None) -> Place:
        """The place that was named: with ``--data``, else in `VARIABLE`, else the system's own.

        Parameters
        ----------
        named : Path or str, optional
            A folder, or an address such as ``postgresql://anna@server/practice``.

        Raises
        ------
        UsageError
            If it is an address of something else, or none that can be understood.
        """
        named = named or os.environ.get(VARIABLE) or data_folder()
        if isinstance(named, Path) or not is_address(named):
            return cls(Path(named).expanduser())
        try:
            address = make_url(named)
        except (ArgumentError, ValueError):
            raise _not_understood() from None  # what it says repeats the address
        if address.drivername != "postgresql" or not address.database:
            raise _not_understood()
        own = re.sub(r"[^\w.-]", "_", f"{address.host or 'local'}-{address.database}")
        return cls(data_folder() / "servers" / own, address)

    @property
    def file(self) -> Path:
        """The file of a place that is no server."""
        return self.folder / FILE

    @property
    def photographs(self) -> Path:
        """The folder with everybody's photographs."""
        return self.folder / PHOTOGRAPHS

    def __str__(self) -> str:
        if self.address is None:
            return str(self.file)
        of = self.address
        shown = URL.create("postgresql", of.username, None, of.host, of.port, of.database)
        return shown.render_as_string()


def _not_understood() -> UsageError:
    return UsageError(
        "The address of the store is not understood; it is not repeated here, since a password may "
        "stand in it. A folder was expected, or an address such as "
        f"postgresql://user@server/database. Change --data or {VARIABLE}."
    )
