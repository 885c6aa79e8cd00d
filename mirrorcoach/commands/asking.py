"""Asking once more before something is deleted for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import typer

from mirrorcoach.errors import UsageError


def sure(yes: bool, question: str) -> bool:
    """Whether to go on; if not, it is said that nothing was deleted.

    Parameters
    ----------
    yes : bool
        Whether they said so with the command; then nothing is asked.
    question : str
        What to ask, to be answered with yes or no.

    Raises
    ------
    UsageError
        If nobody can answer, as in a script.
    """
    try:
        if yes or typer.confirm(question):
            return True
    except typer.Abort as left:
        if isinstance(left.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from left
        print()
        raise UsageError(
            "Nobody answered, and nothing was deleted. Say --yes to delete without being asked."
        ) from left
    print("Nothing was deleted.")
    return False


def delete_numbered(
    noun: str, lines: Mapping[int, str], number: int, yes: bool, delete: Callable[[int], None]
) -> None:
    """Delete one of a list for good, once it was shown and they are sure.

    Parameters
    ----------
    noun : str
        What they are: also the command whose ``list`` shows them.
    lines : mapping
        What is told of each, by its number.
    number : int
        Which one.
    yes : bool
        As for `sure`.
    delete : callable
        Deletes the one with this number.

    Raises
    ------
    UsageError
        If there is none with this number.
    """
    if number not in lines:
        raise UsageError(
            f"There is no {noun} with the number {number}. 'mirrorcoach {noun} list' shows them."
        )
    print(lines[number])
    if sure(yes, f"Delete this {noun} for ever?"):
        delete(number)
        print("Deleted.")
