"""``mirrorcoach people``: who practises here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.options import DataOption, opened_for_all
from mirrorcoach.errors import UsageError

if TYPE_CHECKING:
    from mirrorcoach.records.store import Store

people_app = typer.Typer(
    help="Who practises here: a family, or a clinic's patients. Without a command, the list; "
    "'mirrorcoach delete --who NAME' deletes somebody.",
    invoke_without_command=True,
)

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="What they want to be greeted with.")
]


@people_app.callback()
def people(context: typer.Context, data: DataOption = None) -> None:
    """Who practises here; without a command, the list."""
    if context.invoked_subcommand is None:
        list_people(data)
    elif data is not None:
        raise UsageError(
            f"Say --data after the command: mirrorcoach people {context.invoked_subcommand} ... "
            "--data DIR."
        )


@people_app.command("list")
def list_people(
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List everybody, and how often they practised."""
    with opened_for_all(data) as store:
        print_people(store, as_json)


@people_app.command("add")
def add_person(name: NameArgument, data: DataOption = None) -> None:
    """Add somebody; the window asks them the rest: mirrorcoach --who NAME."""
    from mirrorcoach.profile import Profile
    from mirrorcoach.records.people import called, named
    from mirrorcoach.records.practices import Person

    with opened_for_all(data, begins=True) as store:
        profile = named(Profile(), name)
        print(f"Added: {called(Person(store.add(profile), profile))}")


@people_app.command("rename")
def rename_person(
    who: Annotated[str, typer.Argument(metavar="NAME|NUMBER", help="Whom.")],
    name: NameArgument,
    data: DataOption = None,
) -> None:
    """Give somebody another name."""
    from mirrorcoach.records.people import called, named, person_named
    from mirrorcoach.records.practices import Person

    with opened_for_all(data) as store:
        before = person_named(store.people(), who, option=None)
        assert before is not None
        now = Person(before.number, named(before.profile, name))
        store.turn_to(now.number)
        store.keep_profile(now.profile)
        print(f"{called(before)} is called {called(now)} now.")


def print_people(store: Store, as_json: bool = False) -> None:
    """Everybody in a store, and how many practices are kept of each."""
    from mirrorcoach.records.people import called

    counted = store.counted()
    people = store.people()
    if as_json:
        listed = [
            {"number": one.number, "name": one.profile.name, "practices": counted[one.number]}
            for one in people
        ]
        print(json.dumps(listed, indent=1))
    elif not people:
        print(f"Nobody practises in {store.place} yet.")
    else:
        for one in people:
            count = counted[one.number]
            print(f"{called(one)}: {count} {'practice' if count == 1 else 'practices'}")
