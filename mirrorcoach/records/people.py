"""Whom a person means by a name or a number."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from mirrorcoach.errors import UsageError
from mirrorcoach.profile import Profile
from mirrorcoach.records.practices import Person, can_be_shown


def called(person: Person) -> str:
    """What a person is listed as: their number, and their name if they gave one."""
    return f"{person.number} {person.profile.name or '(no name)'}"


def person_named(
    people: Sequence[Person], who: str | None, option: str | None = "--who"
) -> Person | None:
    """The person who is meant.

    Parameters
    ----------
    people : sequence of Person
        Everybody who practises there.
    who : str or None
        A number, or a name in capital or small letters; None if nobody was named.
    option : str or None
        With which they are named, for the sentence; None where the name stands by itself.

    Returns
    -------
    Person or None
        None only if there is nobody, and nobody was named.

    Raises
    ------
    UsageError
        If nobody is called so, or more than one could be meant.
    """
    if who is None:
        found = list(people)
    else:
        wanted = who.strip()
        found = [one for one in people if str(one.number) == wanted]
        if not found:
            key = wanted.casefold()
            found = [one for one in people if one.profile.name.casefold() == key]
    if len(found) == 1:
        return found[0]
    if not people and who is None:
        return None
    if not people:
        add = f"Leave {option} out, or add" if option else "Add"
        raise UsageError(
            f"Nobody is called '{who}': nobody practises there yet. {add} them first with "
            "'mirrorcoach people add NAME'."
        )
    listed = ", ".join(map(called, people))
    if who is None:
        what = "More than one person practises there, and it was not said who is meant."
    elif found:
        what = f"More than one person is called '{who}'."
    else:
        what = f"Nobody is called '{who}'."
    how = f"with {option} and" if option else "by"
    raise UsageError(f"{what} There are: {listed}. Say who {how} a name or a number.")


def named(profile: Profile, name: str) -> Profile:
    """A profile with another name.

    Raises
    ------
    UsageError
        If nobody can be called so.
    """
    if not can_be_shown(name) or "\n" in name or "\t" in name:
        raise UsageError("The name holds signs that cannot be shown. Give it without them.")
    try:
        return profile.changed(name=name.strip())
    except ValidationError as error:
        raise UsageError(
            f"A name of {len(name.strip())} letters was given; at most 40 are shown. Give a "
            "shorter one: it is what they are greeted with."
        ) from error
