"""Deleting for good: one person, or everything, and what is left then."""

from __future__ import annotations

from pathlib import Path

from mirrorcoach.errors import StoreError
from mirrorcoach.records.place import Place
from mirrorcoach.records.store import Store


def files_kept(place: Place | None = None) -> list[Path]:
    """Every file on this computer that is ours, copies and photographs included.

    Parameters
    ----------
    place : Place, optional
        Where they are kept; the data folder unless given.
    """
    place = place or Place.of()
    return sorted([*place.folder.glob(f"{place.file.name}*"), *_files(place.photographs)])


def old_copies(place: Place) -> list[Path]:
    """The copies of the file that were made before it was brought forward."""
    return sorted(place.folder.glob(f"{place.file.name}.v*.bak*"))


def photographs_of(place: Place, person: int) -> list[Path]:
    """Every file in the folder with a person's photographs."""
    return sorted(_files(place.photographs / str(person)))


def delete_person(store: Store, person: int) -> bool:
    """Delete somebody: their row and all that hangs on it, their photographs, and the old copies.

    The copies go whole, since everybody of their time is in them.

    Parameters
    ----------
    store : Store
        Where they are.
    person : int
        Their number.

    Returns
    -------
    bool
        As `Store.remove` has it.

    Raises
    ------
    LookupError
        If nobody has this number.
    StoreError
        If something could not be deleted; what is left can be deleted once more.
    """
    place = store.place
    for path in [*photographs_of(place, person), *old_copies(place)]:
        _unlink(path)
    _remove_empty(place.photographs / str(person), place.photographs)
    return store.remove(person)


def delete_all(place: Place | None = None) -> None:
    """Delete every file that is ours, and the folders if nothing is left; and a server's tables.

    Parameters
    ----------
    place : Place, optional
        Where they are kept; the data folder unless given.

    Raises
    ------
    StoreError
        If something cannot be deleted.
    """
    place = place or Place.of()
    if place.address is not None:
        with Store.open(place) as store:
            store.drop()
    for path in files_kept(place):
        _unlink(path)
    _remove_empty(place.photographs, place.folder)


def _files(folder: Path) -> list[Path]:
    """Files below a folder; a link is one, for what it points to is elsewhere and not ours."""
    if folder.is_symlink():
        return [folder]
    return [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path} could not be deleted: {error.strerror}. Close other windows of "
            "mirrorcoach, make its folder writable, and try it once more."
        ) from error


def _remove_empty(folder: Path, above: Path) -> None:
    """Remove a folder and those in it, and the one above, as far as they are empty."""
    below = [path for path in folder.rglob("*") if path.is_dir()]
    for emptied in (*sorted(below, reverse=True), folder, above):
        if emptied.is_dir() and not any(emptied.iterdir()):
            emptied.rmdir()
