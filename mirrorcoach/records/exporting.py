"""Writes what is kept of a person to files, in the form that was asked for."""

from __future__ import annotations

import csv
import json
import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from mirrorcoach import outfile
from mirrorcoach.errors import InputError, StoreError
from mirrorcoach.records.document import json_pieces, practice_entry
from mirrorcoach.records.exchange import Parcel, write_parcel
from mirrorcoach.records.kept import Kept


def export_whole(kept: Kept, path: Path, made_at: datetime, *, force: bool = False) -> None:
    """Write the file that another computer takes in; it is read back before it is put in place.

    Parameters
    ----------
    kept : Kept
        What to write.
    path : Path
        Where to.
    made_at : datetime
        Now, with its time zone.
    force : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    InputError
        If it cannot be written.
    StoreError
        If something that was kept is not as it should be, and could not be taken in again.
    """
    with outfile.writing(path, force=force) as file:
        write_parcel(
            file,
            kept.person,
            kept.practices(),
            kept.photographs,
            made_at=made_at,
            anonymous=kept.anonymous,
        )
        try:
            Parcel.open(file, kept.told).close()
        except InputError as error:
            raise StoreError(
                f"What was kept could not be taken in again by another computer, so that {path} "
                f"was not written: {error}"
            ) from error


def export_json(kept: Kept, path: Path, made_at: datetime, *, force: bool = False) -> None:
    """Write everything but photographs as one JSON document; as for `export_whole`."""
    with outfile.writing(path, force=force) as file:
        entries = map(practice_entry, kept.practices())
        for piece in json_pieces(kept.person, entries, made_at=made_at, anonymous=kept.anonymous):
            file.write(piece.encode())


def export_fhir(kept: Kept, path: Path, made_at: datetime, *, force: bool = False) -> None:
    """Write what clinics can use as a FHIR R4 bundle; as for `export_whole`."""
    from mirrorcoach.records.fhir import bundle

    outfile.check_free(path, force=force)
    content = bundle(
        kept.profile,
        kept.records,
        kept.totals,
        made_at=made_at,
        anonymous=kept.anonymous,
        told=kept.told,
    )
    outfile.write(path, json.dumps(content, ensure_ascii=False, indent=1).encode(), force=force)


def export_sheets(kept: Kept, folder: Path, *, force: bool = False) -> None:
    """Write everything but photographs as CSV files into a folder.

    Parameters
    ----------
    kept : Kept
        What to write.
    folder : Path
        A new or empty one.
    force : bool
        Whether files of the same names may be replaced.

    Raises
    ------
    InputError
        If they cannot be written; none of them is there then.
    """
    from mirrorcoach.records.sheets import COLUMNS, ENCODING, rows

    with outfile.filling(folder, force=force) as half, ExitStack() as open_files:
        files, tables = [], {}
        for name, columns in COLUMNS.items():
            path = half / f"{name}.csv"
            path.touch(mode=0o600)
            file = open_files.enter_context(path.open("w", encoding=ENCODING, newline=""))
            files.append(file)
            tables[name] = csv.writer(file)
            tables[name].writerow(columns)
        for name, row in rows(kept.profile, kept.notes, kept.totals, kept.practices()):
            tables[name].writerow(row)
        for file in files:
            file.flush()
            os.fsync(file.fileno())
