"""``mirrorcoach report``: what the practices say, as a page for the person and the therapist."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.options import (
    DataOption,
    ForceOption,
    OwnLanguageOption,
    WhoOption,
    check_language,
    opened,
    read_day,
)
from mirrorcoach.errors import NotMeasurableError, UsageError

if TYPE_CHECKING:
    from mirrorcoach.records.report.material import Material


def report(
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Where the page goes.")
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option(
            "--anonymous", help="Leave out name, dates, pictures, contours of the face and notes."
        ),
    ] = False,
    language: OwnLanguageOption = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="From this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Up to this day.")
    ] = None,
    force: ForceOption = False,
    who: WhoOption = None,
    data: DataOption = None,
) -> None:
    """Write a page for your therapist: one HTML file that prints well and sends nothing."""
    from mirrorcoach import outfile
    from mirrorcoach.records.report import material, page, sources
    from mirrorcoach.records.report.composing import compose

    first = None if since is None else read_day(since, "--since")
    last = None if until is None else read_day(until, "--until")
    if first is not None and last is not None and first > last:
        raise UsageError(
            f"--since {first} lies after --until {last}. Give the earlier day with --since."
        )
    check_language(language)
    today = datetime.now().astimezone().date()
    with opened(data, who) as store:
        whole = sources.from_store(store, today)
        part = material.within(whole, first, last)
        _refuse_nothing(whole, part, first, last)
        told = material.anonymous(part) if anonymous else part
        content = page.html(compose(told, language or whole.profile.settings.language))
    name = "anonymous" if anonymous else today.isoformat()
    path = out or Path(f"mirrorcoach-report-{name}.html")
    outfile.write(path, content.encode("utf-8"), force=force)
    print(f"Wrote {path}. Open it in a browser, and print it from there.")


def _refuse_nothing(
    whole: Material, part: Material, since: date | None, until: date | None
) -> None:
    """Say kindly that there is nothing to tell."""
    if not whole.practices:
        raise NotMeasurableError(
            "No practice is kept yet, so there is nothing to report. After the first one there "
            "will be."
        )
    if not part.practices:
        raise NotMeasurableError(
            f"No practice was kept {_between(since, until)}. The practices go from "
            f"{whole.first_day} to {whole.last_day}."
        )


def _between(since: date | None, until: date | None) -> str:
    if since is None:
        return f"up to {until}"
    return f"from {since} on" if until is None else f"from {since} to {until}"
