"""The plan as an iCalendar file, for the calendar that a person already has.

A calendar is seen by others: its entries say nothing of health unless the person words them so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from uuid import UUID, uuid5

from exercises.schema import MINUTES_CAP
from mirrorcoach.errors import UsageError

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

USUAL_TIMES = (time(9), time(13), time(18))
"""Two to three practices a day (proposed, unproven: ``docs/clinical.md``)."""

MOST_TIMES = 6
MOST_WEEKS = 52

SUMMARIES = {"en": "A few quiet minutes", "fr": "Quelques minutes calmes"}
"""What stands in the calendar, by language: nothing that tells others of a face or of health."""

LONGEST_SUMMARY = 80

_OURS = UUID("5b7c1f0e-52a1-4c51-9f0e-3f5c6d0a9b11")
"""The namespace of the ids of reminders; drawn by chance, once."""


@dataclass(frozen=True)
class Plan:
    """When to be reminded, and for how long.

    Attributes
    ----------
    times : tuple of time
        Of every day, on the clock of wherever the person is.
    minutes : int
        How long each is.
    first_day : date
        The first day that may have reminders.
    weeks : int
        For how many weeks from it.
    rest_day : str or None
        A `Weekday` without any.
    summary : str
        What stands in the calendar.
    """

    times: tuple[time, ...]
    minutes: int
    first_day: date
    weeks: int
    rest_day: Weekday | None
    summary: str


def read_times(given: str) -> tuple[time, ...]:
    """Times of the day as people write them, such as ``9:00,13:00,18:30``.

    Raises
    ------
    UsageError
        If one is no time, or stands there twice, or there are too many.
    """
    found = []
    for one in given.split(","):
        parts = re.fullmatch(r"\s*([0-9]{1,2}):([0-9]{2})\s*", one)
        if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
            raise UsageError(
                f"'{one.strip()}' is no time of the day. Give hours and minutes from 00:00 to "
                "23:59, with commas between, such as --times 09:00,13:00,18:00."
            )
        found.append(time(int(parts[1]), int(parts[2])))
    if len(set(found)) < len(found):
        raise UsageError(f"A time stands twice in '{given}'. Give each once.")
    if len(found) > MOST_TIMES:
        raise UsageError(
            f"{len(found)} times a day were given; up to {MOST_TIMES} were expected. Short "
            "practices, with rest between, do more than many."
        )
    return tuple(sorted(found))


def fitting_times(length_s: float) -> tuple[time, ...]:
    """The usual times, as many of them as a day has room for.

    Parameters
    ----------
    length_s : float
        How long one practice takes.
    """
    room = max(1, int(60 * MINUTES_CAP // length_s))
    return {1: USUAL_TIMES[:1], 2: (USUAL_TIMES[0], USUAL_TIMES[2])}.get(room, USUAL_TIMES)


def make_plan(
    length_s: float,
    first_day: date,
    *,
    times: Sequence[time] | None = None,
    weeks: int = 4,
    rest_day: Weekday | None = None,
    summary: str = SUMMARIES["en"],
) -> Plan:
    """A plan that asks for no more than is good.

    Parameters
    ----------
    length_s : float
        How long one practice takes.
    first_day, weeks, rest_day, summary
        As in `Plan`.
    times : sequence of time, optional
        In place of the usual ones.

    Raises
    ------
    UsageError
        If it were more than 20 minutes a day, or a part of it cannot be.
    """
    chosen = tuple(times) if times is not None else fitting_times(length_s)
    asked_s = len(chosen) * length_s
    if times is not None and asked_s > 60 * MINUTES_CAP:
        raise UsageError(
            f"{len(chosen)} practices of {length_s / 60:.1f} minutes are {asked_s / 60:.0f} "
            f"minutes a day; up to {MINUTES_CAP} are good for a face. Give fewer times, or choose "
            "a shorter programme."
        )
    if not 1 <= weeks <= MOST_WEEKS:
        raise UsageError(
            f"{weeks} weeks were given; 1 to {MOST_WEEKS} were expected. The file can be made anew "
            "at any time."
        )
    said = " ".join(summary.split())
    if not said or len(said) > LONGEST_SUMMARY or not said.isprintable():
        raise UsageError(
            f"The words for the calendar have {len(said)} letters; 1 to {LONGEST_SUMMARY} that can "
            "be printed were expected."
        )
    minutes = 5 * math.ceil(length_s / 300)
    return Plan(chosen, minutes, first_day, weeks, rest_day, said)


def calendar_file(plan: Plan, person: str, made_at: datetime) -> bytes:
    """The plan as an iCalendar file (RFC 5545).

    Times float: nine o'clock is nine o'clock wherever the person is, in summer and in winter. The
    first, second, ... reminder of the day keeps its id, so that a file made anew replaces it.

    Parameters
    ----------
    plan : Plan
        What to remind of.
    person : str
        Tells people apart whose reminders share a calendar; it cannot be read in the file.
    made_at : datetime
        Now, with its time zone.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//mirrorcoach//reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    first_day = plan.first_day
    rule: dict[str, object] = {"freq": "DAILY", "count": 7 * plan.weeks}
    if plan.rest_day is not None:
        resting = WEEKDAYS.index(plan.rest_day)
        if first_day.weekday() == resting:
            first_day += timedelta(days=1)
        days = [name[:2].upper() for name in WEEKDAYS if name != plan.rest_day]
        rule = {"freq": "WEEKLY", "count": 6 * plan.weeks, "byday": days}
    for number, at in enumerate(plan.times):
        event = Event()
        event.add("uid", str(uuid5(_OURS, f"{person}/{number}")))
        event.add("dtstamp", made_at)
        event.add("last-modified", made_at)
        event.add("sequence", int(made_at.timestamp()) // 60)  # the newer file counts
        event.add("dtstart", datetime.combine(first_day, at))
        event.add("duration", timedelta(minutes=plan.minutes))
        event.add("rrule", rule)
        event.add("summary", plan.summary)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")  # nobody is kept from inviting this person
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(0))
        alarm.add("description", plan.summary)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
