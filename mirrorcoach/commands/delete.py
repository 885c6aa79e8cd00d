"""``mirrorcoach delete``: one person or everything, for good, and what is left then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.asking import sure
from mirrorcoach.commands.options import (
    DataOption,
    YesOption,
    named_place,
    opened,
    opened_for_all,
)
from mirrorcoach.commands.people import print_people
from mirrorcoach.errors import StoreError, UsageError

if TYPE_CHECKING:
    from mirrorcoach.records.place import Place


def delete(
    who: Annotated[
        str | None,
        typer.Option(
            "--who", metavar="NAME|NUMBER", help="This person; 'mirrorcoach people' lists them."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Delete all that mirrorcoach has kept.")
    ] = False,
    yes: YesOption = False,
    data: DataOption = None,
) -> None:
    """Delete a person or everything for good, pictures included, and list what is left."""
    if everything == (who is not None):
        raise UsageError(
            "Say what to delete, and one thing only: --who NAME for a person with all that is "
            "theirs, or --everything. There is no undo."
        )
    if who is None:
        _delete_everything(data, yes)
    else:
        _delete_person(data, who, yes)


def _delete_person(data: str | None, who: str, yes: bool) -> None:
    from mirrorcoach.records.deleting import delete_person, old_copies, photographs_of
    from mirrorcoach.records.people import called, person_named

    with opened(data, who) as store:
        person = person_named(store.people(), who)
        assert person is not None
        files = [*photographs_of(store.place, person.number), *old_copies(store.place)]
        practices = store.counted()[person.number]
        print(f"{called(person)}: practices {practices}, notes {len(store.notes())}, ", end="")
        print(f"questionnaires' totals {len(store.totals())}, files {len(files)}")
        for path in files:
            print(path)
        if not sure(yes, f"Delete {called(person)} and all of this for ever?"):
            return
        whole = delete_person(store, person.number)
        print(f"Deleted {called(person)}. Left in {store.place}:")
        print_people(store)
        _print_files(store.place)
    if not whole:
        raise StoreError(
            f"{called(person)} is deleted, but another window of mirrorcoach is open, so that what "
            f"was deleted may still stand in the files beside {store.place}. Close it: they go "
            "with it."
        )


def _delete_everything(data: str | None, yes: bool) -> None:
    from mirrorcoach.records.deleting import delete_all, files_kept

    place = named_place(data)
    kept = files_kept(place)
    if place.address is not None:
        with opened_for_all(data) as store:
            print_people(store)
    elif not kept:
        print(f"Nothing is kept in {place.folder}.")
        return
    for path in kept:
        print(path)
    what = "all of these files" if place.address is None else f"everything in {place}"
    if not sure(yes, f"Delete {what} for ever?"):
        return
    delete_all(place)
    print("Deleted.")
    _print_files(place)


def _print_files(place: Place) -> None:
    from mirrorcoach.records.deleting import files_kept

    left = files_kept(place)
    print(f"Left in {place.folder}: {len(left)} files.")
    for path in left:
        print(path)
