"""What all commands share that read or write what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.errors import StoreError, UsageError

if TYPE_CHECKING:
    from mirrorcoach.records.place import Place
    from mirrorcoach.records.store import Store

DataOption = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="DIR|ADDRESS",
        help="Where practice is kept, in place of MIRRORCOACH_DATA or your system's own folder.",
    ),
]

WhoOption = Annotated[
    str | None,
    typer.Option(
        "--who",
        metavar="NAME|NUMBER",
        help="Which person; not needed where only one practises. 'mirrorcoach people' lists them.",
    ),
]

ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace what is there already under that name.")
]

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask again.")]

OwnLanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="en or fr, in place of the person's own."),
]


def check_language(language: str | None) -> None:
    """Refuse a language in which there are no words.

    Raises
    ------
    UsageError
        If it was named and is none of ours.
    """
    from exercises import library

    if language is not None and language not in library.languages():
        raise UsageError(
            f"There are no words for the language '{language}'. There are: "
            f"{', '.join(library.languages())}."
        )


def read_day(given: str, option: str) -> date:
    """A day as it was typed.

    Parameters
    ----------
    given : str
        Such as ``2026-03-02``.
    option : str
        With which it was given, for the sentence.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(
            f"'{given}' is no day. Give year, month and day, such as {option} 2026-03-02."
        ) from error


def named_place(data: str | None) -> Place:
    """The place that was named.

    Raises
    ------
    UsageError
        If it is an address that is not understood.
    StoreError
        If it is a file, or may not be looked into.
    """
    from mirrorcoach.records.place import Place

    place = Place.of(data)
    try:
        is_file = place.folder.is_file()
        place.file.exists()
    except OSError as error:
        raise StoreError(
            f"{place.folder} cannot be looked into: {error.strerror}. Nothing was changed there; "
            "name a folder of your own with --data or MIRRORCOACH_DATA."
        ) from error
    if is_file:
        raise StoreError(
            f"{place.folder} is a file; the folder in which practice is kept was expected. Name it "
            "with --data or MIRRORCOACH_DATA."
        )
    return place


def is_begun(place: Place) -> bool:
    """Whether a store is at a place; of a server that is known once it is connected."""
    return place.address is not None or place.file.exists()


@contextmanager
def opened(data: str | None, who: str | None) -> Iterator[Store]:
    """The store that was named, turned to the person who was named.

    Parameters
    ----------
    data, who : str, optional
        What was given with `DataOption` and `WhoOption`.

    Raises
    ------
    UsageError
        If the place is none, nobody is called so, or several could be meant.
    StoreError
        If nothing is kept there, or it cannot be used.
    """
    from mirrorcoach.records.people import person_named

    with opened_for_all(data) as store:
        person = person_named(store.people(), who)
        if person is not None:
            store.turn_to(person.number)
        yield store


@contextmanager
def opened_for_all(data: str | None, *, begins: bool = False) -> Iterator[Store]:
    """The store that was named, whoever is in it.

    Parameters
    ----------
    data : str, optional
        What was given with `DataOption`.
    begins : bool
        Whether a store is begun where there is none; else a mistyped folder would seem empty.

    Raises
    ------
    UsageError
        If the place is none.
    StoreError
        If nothing is kept there, or it cannot be used.
    """
    from mirrorcoach.records.store import Store

    place = named_place(data)
    if not begins and not is_begun(place):
        raise StoreError(
            f"Nothing is kept in {place.folder} yet. Practise first, or name another place with "
            "--data."
        )
    with Store.open(place) as store:
        yield store
