"""``mirrorcoach note``: what a person or a therapist wants to remember."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.asking import add_delete_command
from mirrorcoach.commands.options import DataOption, WhoOption, opened
from mirrorcoach.errors import UsageError

if TYPE_CHECKING:
    from mirrorcoach.records.practices import Note

note_app = typer.Typer(help="Note something, for yourself or the therapist.", no_args_is_help=True)

LONGEST = 4000


@note_app.command("add")
def add_note(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who writes it.")] = "",
    who: WhoOption = None,
    data: DataOption = None,
) -> None:
    """Write a note about a person; it stands in their report."""
    from mirrorcoach.records.practices import can_be_shown

    text, by = text.strip(), " ".join(by.split())
    if not 0 < len(text) <= LONGEST:
        raise UsageError(f"A note of {len(text)} letters was given; 1 to {LONGEST} were expected.")
    if not can_be_shown(text):
        raise UsageError("The note holds signs that cannot be shown. Write it without them.")
    if len(by) > 40 or not can_be_shown(by):
        raise UsageError("A name of up to 40 letters was expected with --by.")
    with opened(data, who) as store:
        print(f"Noted: {store.add_note(text, by)}")


@note_app.command("list")
def list_notes(who: WhoOption = None, data: DataOption = None) -> None:
    """List the notes about a person, each with its number."""
    with opened(data, who) as store:
        notes = store.notes()
    if not notes:
        print("There are no notes.")
    for one in notes:
        print(_told(one))


def _told(one: Note) -> str:
    by = f"{one.by}: " if one.by else ""
    text = one.text.replace("\n", "\n    ")
    return f"{one.number:3} {one.at:%Y-%m-%d %H:%M}  {by}{text}"


add_delete_command(
    note_app,
    "note",
    lambda store: {one.number: _told(one) for one in store.notes()},
    lambda store, number: store.delete_note(number),
)
