"""What a database complains of, as a sentence: what happened, what became of it, what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from mirrorcoach.errors import StoreError
from mirrorcoach.folders import VARIABLE
from mirrorcoach.records.place import Place

ELSEWHERE = f"name another folder with --data or {VARIABLE}"

_FULL = ("database or disk is full", "no space left", "could not extend file")
_UNWRITTEN = ("disk i/o error",)
_BUSY = ("database is locked", "lock timeout")
_READ_ONLY = ("readonly database", "read-only", "unable to open database file", "permission denied")
_DAMAGED = ("malformed", "not a database", "invalid page", "could not read block")
_GONE = ("foreign key constraint", "violates foreign key")


def fault(place: Place, error: DBAPIError) -> StoreError:
    """The sentence for an error of the database.

    Parameters
    ----------
    place : Place
        Where it happened.
    error : DBAPIError
        As SQLAlchemy raises it. Only the first line of the database's own words is repeated: what
        follows may hold what was to be kept.
    """
    said = without_password(place, str(error.orig).partition("\n")[0].strip())
    low = said.lower()
    if any(one in low for one in _FULL):
        return StoreError(
            f"{place} cannot be written: there is no room left on its disk ({said}). What was kept "
            "before is whole. Make room, and go on."
        )
    if any(one in low for one in _UNWRITTEN):
        return StoreError(
            f"{place} could not be read or written ({said}): its disk is full, was taken away, or "
            "fails. What was kept before was left as it is. Make room or put the disk back, and go "
            "on; if it stays so, copy the folder to another disk."
        )
    if any(one in low for one in _BUSY):
        return StoreError(
            f"{place} is being written by another window of mirrorcoach and did not become free. "
            "Nothing was lost; close the other window, and try again."
        )
    if any(one in low for one in _READ_ONLY):
        return StoreError(
            f"{place} cannot be opened for writing ({said}). It was left as it is; make the file "
            f"and its folder writable, or {ELSEWHERE}."
        )
    if any(one in low for one in _DAMAGED):
        return damaged(place, f"{place} is damaged ({said}).")
    if any(one in low for one in _GONE):
        return StoreError(
            f"This does not belong to anybody in {place} any more: it was deleted in another "
            "window of mirrorcoach. Close this one, and begin anew."
        )
    return refused(place, f"The store {place} cannot be used: {said}.")


def damaged(place: Place, what: str) -> StoreError:
    """What to do about a store that is damaged.

    Parameters
    ----------
    place : Place
        Where it is.
    what : str
        What is damaged, in a sentence.
    """
    if place.address is not None:
        return StoreError(f"{what} It was left as it is; ask who looks after the server.")
    return StoreError(
        f"{what} It was left as it is. To go on, move it and what lies beside it with the same "
        f"beginning ({place.file.name}...) to another folder; a new one is begun then, and a "
        "backup can be put in its place. 'sqlite3 FILE .recover' reads what is still whole in it."
    )


def refused(place: Place, what: str) -> StoreError:
    """What to do about a store that cannot be used for another reason."""
    if place.address is not None:
        return StoreError(
            f"{what} Nothing was changed there; look at the address, and ask who looks after the "
            "server."
        )
    return StoreError(
        f"{what} It was left as it is; move it away to begin a new one, or {ELSEWHERE}."
    )


def without_password(place: Place, text: str) -> str:
    """A text in which the password of the address does not stand."""
    if place.address is not None:
        for secret in (place.address.password, place.address.query.get("password")):
            if secret:
                text = text.replace(str(secret), "...")
    return text
