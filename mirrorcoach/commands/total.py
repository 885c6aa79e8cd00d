"""``mirrorcoach total``: questionnaires' totals, noted by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.asking import add_delete_command
from mirrorcoach.commands.options import DataOption, WhoOption, opened, read_day

if TYPE_CHECKING:
    from mirrorcoach.records.practices import Total

total_app = typer.Typer(
    help="Note the total of a questionnaire that was filled in on paper.", no_args_is_help=True
)


@total_app.command("add")
def add_total(
    scale: Annotated[
        str,
        typer.Option(
            "--scale", metavar="NAME", help="FaCE, FDI physical, FDI social, SAQ or Sunnybrook."
        ),
    ],
    value: Annotated[float, typer.Option("--value", metavar="N", help="The total.")],
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="When it was filled in; today."),
    ] = None,
    who: WhoOption = None,
    data: DataOption = None,
) -> None:
    """Note a total; the report draws it, with how large a change must be to be certain."""
    from mirrorcoach.records.questionnaires import check_day, check_value, find_scale

    known, today = find_scale(scale), datetime.now().astimezone().date()
    check_value(known, value)
    on = today if day is None else read_day(day, "--date")
    check_day(on, today)
    with opened(data, who) as store:
        number = store.add_total(known.name, value, on)
    print(f"Noted: {number}  {on.isoformat()}  {known.name} {value:g}")


@total_app.command("list")
def list_totals(who: WhoOption = None, data: DataOption = None) -> None:
    """List the totals of a person, and what changed for certain since the first of each."""
    from mirrorcoach.records.questionnaires import SCALES, changes, told

    with opened(data, who) as store:
        totals = store.totals()
    if not totals:
        print("There are no totals.")
    for one in totals:
        print(_line(one))
    for change in changes(totals):
        scale = SCALES.get(change.scale)
        known = (
            f" (less than {scale.smallest_change:g} is within the questionnaire's own spread: "
            f"{scale.source})"
            if scale is not None and scale.smallest_change is not None
            else ""
        )
        print(
            f"{change.scale} since {change.first.day.isoformat()}: {change.difference:+g}, "
            f"{told(change.verdict)}{known}"
        )


def _line(one: Total) -> str:
    return f"{one.number:3} {one.day.isoformat()}  {one.scale} {one.value:g}"


add_delete_command(
    total_app,
    "total",
    lambda store: {one.number: _line(one) for one in store.totals()},
    lambda store, number: store.delete_total(number),
)
