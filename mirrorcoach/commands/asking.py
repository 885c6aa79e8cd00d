"""Asking once more before something is deleted for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.options import DataOption, WhoOption, YesOption, opened
from mirrorcoach.errors import UsageError

if TYPE_CHECKING:
    from mirrorcoach.records.store import Store


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


def add_delete_command(
    app: typer.Typer,
    noun: str,
    lines: Callable[[Store], Mapping[int, str]],
    delete: Callable[[Store, int], None],
) -> None:
    """Let a person delete one of a list for good, once it was shown and they are sure.

    Parameters
    ----------
    app : typer.Typer
        The command called like `noun`, whose ``list`` shows them; it gets a ``delete``.
    noun : str
        What they are.
    lines : callable
        What is told of each of the present person's, by its number.
    delete : callable
        Deletes the one with a number.
    """

    @app.command("delete", help=f"Delete a {noun} for good.")
    def delete_one(
        number: Annotated[int, typer.Argument(metavar="NUMBER", help="As the list has it.")],
        yes: YesOption = False,
        who: WhoOption = None,
        data: DataOption = None,
    ) -> None:
        with opened(data, who) as store:
            line = lines(store).get(number)
            if line is None:
                raise UsageError(
                    f"There is no {noun} with the number {number}. 'mirrorcoach {noun} list' shows "
                    "them."
                )
            print(line)
            if sure(yes, f"Delete this {noun} for ever?"):
                delete(store, number)
                print("Deleted.")
