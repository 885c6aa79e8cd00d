"""``mirrorcoach export`` and ``mirrorcoach import``: what was kept, out and in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.options import (
    DataOption,
    ForceOption,
    WhoOption,
    is_begun,
    named_place,
    opened,
    opened_for_all,
)
from mirrorcoach.commands.progress_line import progress_line
from mirrorcoach.errors import UsageError

if TYPE_CHECKING:
    from mirrorcoach.records.telling import Told


def export(
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="Everything, for another computer."),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="DIR", help="Tables for a spreadsheet, in a new folder."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="JSON for other programs.")
    ] = None,
    fhir: Annotated[
        Path | None, typer.Option("--fhir", metavar="FILE", help="FHIR R4, for clinics.")
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option(
            "--anonymous", help="Leave out name, notes, photographs and contours of the face."
        ),
    ] = False,
    force: ForceOption = False,
    who: WhoOption = None,
    data: DataOption = None,
) -> None:
    """Write everything that was kept of a person to a file; it stays on this computer."""
    from mirrorcoach.records import exporting
    from mirrorcoach.records.kept import Kept

    asked = [one for one in (out, csv, json, fhir) if one is not None]
    if len(asked) > 1:
        raise UsageError(
            "One form at a time was expected: -o FILE, --csv DIR, --json FILE or --fhir FILE. Run "
            "it once for each."
        )
    made_at = datetime.now().astimezone()
    path = asked[0] if asked else Path(f"mirrorcoach-{made_at.date().isoformat()}.zip")
    with opened(data, who) as store, _told(path) as told:
        kept = Kept(store, anonymous=anonymous, told=told)
        if csv is not None:
            exporting.export_sheets(kept, path, force=force)
        elif json is not None:
            exporting.export_json(kept, path, made_at, force=force)
        elif fhir is not None:
            exporting.export_fhir(kept, path, made_at, force=force)
        else:
            exporting.export_whole(kept, path, made_at, force=force)
    held = [
        _counted(len(kept.records), "practice"),
        *([] if fhir is not None else [_counted(len(kept.notes), "note")]),
        _counted(len(kept.totals), "questionnaire's total", "questionnaires' totals"),
        *([] if asked and out is None else [_counted(len(kept.photographs), "photograph")]),
    ]
    print(f"Wrote {path}: {', '.join(held)}. Whoever has it can read it.")


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The zip file that 'mirrorcoach export' wrote.")
    ],
    new: Annotated[bool, typer.Option("--new", help="It is somebody who is not here yet.")] = False,
    who: Annotated[
        str | None,
        typer.Option(
            "--who",
            metavar="NAME|NUMBER",
            help="It is this person; mostly the file tells by itself.",
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Take in what was exported on another computer; what is here already stays as it is."""
    from mirrorcoach.records.exchange import Parcel
    from mirrorcoach.records.people import called, person_named
    from mirrorcoach.records.receiving import receive

    if new and who is not None:
        raise UsageError("Say --who for somebody who is here, or --new for somebody who is not.")
    if who is not None and not is_begun(named_place(data)):
        person_named((), who)  # refuses it: no store is begun for that
    with (
        _told(file) as told,
        Parcel.open(file, told) as parcel,
        opened_for_all(data, begins=True) as store,
    ):
        owner = None if who is None else person_named(store.people(), who)
        done = receive(store, parcel, who=owner, apart=new, told=told)
    taken = [
        _counted(done.practices, "practice"),
        _counted(done.notes, "note"),
        _counted(done.totals, "questionnaire's total", "questionnaires' totals"),
        _counted(done.photographs, "photograph"),
    ]
    whose = f"{called(done.person)}, new here" if done.is_new else called(done.person)
    if not (done.is_new or done.practices or done.notes or done.totals or done.photographs):
        print(f"All of it is here already, with {whose}.")
    else:
        print(f"Taken in for {whose}: {', '.join(taken)}.")
        if done.there_already:
            there = _counted(done.there_already, "practice")
            print(f"Here already, and left as it was: {there}.")
    for remark in done.remarks:
        print(remark)


@contextmanager
def _told(path: Path) -> Iterator[Told]:
    """On a terminal, a line with how many practices were seen to so far."""
    with progress_line(path.name) as say:
        yield lambda done, count, of: say(f"{count} of {of} practices {done}")


def _counted(number: int, noun: str, several: str = "") -> str:
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"
