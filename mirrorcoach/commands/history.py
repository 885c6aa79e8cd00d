"""``mirrorcoach history``: months of practice beside the first day."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mirrorcoach.commands.options import (
    DataOption,
    OwnLanguageOption,
    WhoOption,
    check_language,
    is_begun,
    named_place,
    opened,
)
from mirrorcoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mirrorcoach.profile import Profile
    from mirrorcoach.records.practices import PracticeRecord


def history(
    exercise: Annotated[
        str | None, typer.Option("--exercise", metavar="ID", help="Tell of this exercise alone.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print one row for each exercise and day.")
    ] = False,
    language: OwnLanguageOption = None,
    who: WhoOption = None,
    data: DataOption = None,
) -> None:
    """See how it went over weeks and months, beside your own first day."""
    import json
    from datetime import datetime

    from exercises import library
    from exercises.faults import did_you_mean
    from mirrorcoach.commands.history_lines import lines
    from mirrorcoach.commands.history_texts import load
    from mirrorcoach.commands.plain import print_lines
    from mirrorcoach.records.history import History
    from mirrorcoach.records.history_file import document, write_csv
    from mirrorcoach.records.overview import overview

    if as_json and as_csv:
        raise UsageError("Both --json and --csv were given; say one of them.")
    check_language(language)
    catalogue = library.exercises()
    if exercise is not None and exercise not in catalogue:
        raise UsageError(
            f"No exercise is called '{exercise}'.{did_you_mean(exercise, catalogue)} 'mirrorcoach "
            "exercises' shows them all."
        )
    practices, profile, place = _kept(data, who)
    kept, today = History(practices), datetime.now().date()
    if as_csv:
        write_csv(kept, [one for one in kept.exercises if exercise in (None, one)], sys.stdout)
        return
    found = overview(kept, profile.affected, exercise)
    if as_json:
        print(json.dumps(document(found, kept, today), indent=1))
        return
    spoken = language or profile.settings.language
    if not any(one.happened for one in practices):
        print_lines([load(spoken)("nothing"), load(spoken)("nothing_note", place=place)])
    else:
        print_lines(lines(found, kept, profile, today, spoken))


def _kept(data: str | None, who: str | None) -> tuple[Sequence[PracticeRecord], Profile, str]:
    """The practices of a person, who they are, and where it is kept; empty without a store."""
    from mirrorcoach.profile import Profile

    place = named_place(data)
    if not is_begun(place) and who is None and (data is None or place.folder.is_dir()):
        return (), Profile(), str(place.folder)
    with opened(data, who) as store:
        return store.practices(), store.profile(), str(store.place)
