"""Puts a report where people look for their own documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from mirrorcoach import outfile
from mirrorcoach.errors import InputError, NotMeasurableError, StoreError
from mirrorcoach.records.place import Place
from mirrorcoach.records.report import sources
from mirrorcoach.records.report.composing import compose
from mirrorcoach.records.report.page import html
from mirrorcoach.records.store import Store


def folder_for(place: Place) -> Path:
    """The person's folder of documents; where there is none to write to, that of the practices.

    Parameters
    ----------
    place : Place
        Where practice is kept.
    """
    from platformdirs import user_documents_path

    documents = user_documents_path()
    usable = documents.is_dir() and os.access(documents, os.W_OK)
    return documents if usable else place.folder


def save(place: Place, person: int, made_on: date, folder: Path) -> Path:
    """Write somebody's report under a name with the day; what is there already stays as it is.

    It opens the store for itself, so that any thread may call it.

    Parameters
    ----------
    place : Place
        Where practice is kept.
    person : int
        Number of whose report it is.
    made_on : datetime.date
        Today.
    folder : Path
        Where it goes; made if it is not there.

    Returns
    -------
    Path
        Of the new file.

    Raises
    ------
    NotMeasurableError
        If nothing was practised yet.
    InputError
        If it cannot be written there.
    StoreError
        If what was kept cannot be read, or nobody has this number any more.
    """
    with Store.open(place) as store:
        try:
            store.turn_to(person)
        except LookupError as error:
            raise StoreError(
                f"The person was deleted from {place} in another window of mirrorcoach."
            ) from error
        told = sources.from_store(store, made_on)
        if not told.practices:
            raise NotMeasurableError(
                "No practice is kept yet, so there is nothing to report. After the first one "
                "there will be."
            )
        content = html(compose(told, told.profile.settings.language)).encode("utf-8")
    path = next(one for one in _names(folder, made_on) if not os.path.lexists(one))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be made: {error.strerror or error}. The report was not written."
        ) from error
    outfile.write(path, content)
    return path


def _names(folder: Path, day: date) -> Iterator[Path]:
    yield folder / f"mirrorcoach-report-{day}.html"
    for number in count(2):
        yield folder / f"mirrorcoach-report-{day}-{number}.html"
