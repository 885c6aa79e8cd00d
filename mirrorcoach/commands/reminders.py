"""``mirrorcoach reminders``: the plan, for the calendar that a person already has."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from mirrorcoach.commands.options import (
    DataOption,
    ForceOption,
    OwnLanguageOption,
    WhoOption,
    check_language,
    opened,
)


class Weekday(str, Enum):
    """A day of the week."""

    monday = "monday"
    tuesday = "tuesday"
    wednesday = "wednesday"
    thursday = "thursday"
    friday = "friday"
    saturday = "saturday"
    sunday = "sunday"


def reminders(
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Where the file goes.")
    ] = Path("reminders.ics"),
    times: Annotated[
        str | None,
        typer.Option("--times", metavar="HH:MM,...", help="When; usually 09:00,13:00,18:00."),
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", metavar="N", help="For how long.")] = 4,
    rest_day: Annotated[
        Weekday | None, typer.Option("--rest-day", help="A day of the week without reminders.")
    ] = None,
    words: Annotated[
        str | None,
        typer.Option("--words", metavar="TEXT", help="What stands there, in your own words."),
    ] = None,
    language: OwnLanguageOption = None,
    force: ForceOption = False,
    who: WhoOption = None,
    data: DataOption = None,
) -> None:
    """Write a calendar file with the times of practice; it says nothing of health."""
    from exercises import library
    from exercises.programme import at_pace
    from mirrorcoach import outfile
    from mirrorcoach.profile import programme_for
    from mirrorcoach.programmes import find_programme
    from mirrorcoach.records.reminders import SUMMARIES, calendar_file, make_plan, read_times

    check_language(language)
    chosen = None if times is None else read_times(times)
    with opened(data, who) as store:
        profile, number = store.profile(), store.person
    programme = find_programme(programme_for(profile))
    paced = at_pace(programme, library.exercises(), profile.settings.pace)
    now = datetime.now().astimezone()
    plan = make_plan(
        library.length_s(paced),
        now.date() + timedelta(days=1),
        times=chosen,
        weeks=weeks,
        rest_day=None if rest_day is None else rest_day.value,
        summary=SUMMARIES[language or profile.settings.language] if words is None else words,
    )
    outfile.write(out, calendar_file(plan, f"{number} {profile.name}", now), force=force)
    at = ", ".join(f"{one:%H:%M}" for one in plan.times)
    but = "" if plan.rest_day is None else f", but for each {plan.rest_day}"
    print(
        f"Wrote {out}: {at}, for {weeks} {'week' if weeks == 1 else 'weeks'} from tomorrow{but}. "
        f"Open it with your calendar, where it says '{plan.summary}'. A file made anew replaces "
        "these times there."
    )
