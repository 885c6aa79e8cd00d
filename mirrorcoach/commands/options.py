"""What all commands share that read or write what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.errors import StoreError

if TYPE_CHECKING:
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
    from mirrorcoach.records.place import Place
    from mirrorcoach.records.store import Store

    place = Place.of(data)
    if place.address is None and not begins and not place.file.exists():
        raise StoreError(
            f"Nothing is kept in {place.folder} yet. Practise first, or name another place with "
            "--data."
        )
    with Store.open(place) as store:
        yield store
