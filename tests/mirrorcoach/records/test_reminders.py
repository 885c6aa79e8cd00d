from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from icalendar import Calendar

from exercises import library
from exercises.schema import MINUTES_CAP
from mirrorcoach.errors import UsageError
from mirrorcoach.records.reminders import (
    SUMMARIES,
    WEEKDAYS,
    calendar_file,
    fitting_times,
    make_plan,
    read_times,
)

SUNDAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 21, 17, 0, tzinfo=timezone.utc)


def events_of(content):
    return Calendar.from_ical(content).walk("VEVENT")


def read(plan, person="1", at=NOW):
    return events_of(calendar_file(plan, person, at))


def days_of(event):
    """The days of an entry's rule, worked out here by hand."""
    rule = event["RRULE"]
    names = rule.get("BYDAY", [name[:2].upper() for name in WEEKDAYS])
    day, found = event.start.date(), []
    while len(found) < rule["COUNT"][0]:
        if WEEKDAYS[day.weekday()][:2].upper() in names:
            found.append(day)
        day += timedelta(days=1)
    return found


def test_each_time_is_a_daily_reminder_with_an_end():
    plan = make_plan(260.0, SUNDAY, times=read_times("18:00, 9:05"), weeks=2)
    first, second = read(plan)
    assert (first.start, second.start) == (
        datetime(2026, 11, 22, 9, 5),
        datetime(2026, 11, 22, 18, 0),
    )
    assert days_of(first) == days_of(second) == [SUNDAY + timedelta(days=n) for n in range(14)]
    assert first.duration == timedelta(minutes=5)


def test_times_float_so_that_nine_is_nine_in_summer_and_elsewhere():
    content = calendar_file(make_plan(260.0, SUNDAY), "1", NOW)
    assert b"DTSTART:20261122T090000\r\n" in content
    assert b"TZID" not in content and b"VTIMEZONE" not in content


def test_an_alarm_shows_the_same_words_at_the_time_itself():
    for event in read(make_plan(260.0, SUNDAY)):
        (alarm,) = event.walk("VALARM")
        assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", event["SUMMARY"])
        assert alarm["TRIGGER"].dt == timedelta(0)


@pytest.mark.parametrize("language", SUMMARIES)
def test_nobody_who_sees_the_calendar_learns_of_it(language):
    content = calendar_file(make_plan(260.0, SUNDAY, summary=SUMMARIES[language]), "1 Anna", NOW)
    shown = content.replace(b"PRODID:-//mirrorcoach//", b"").decode().casefold()
    for word in ("mirror", "face", "facial", "palsy", "visage", "exerci", "anna", "practice"):
        assert word not in shown
    assert all(one["CLASS"] == "PRIVATE" for one in events_of(content))


def test_there_are_words_in_every_language():
    assert set(SUMMARIES) == set(library.languages())


def test_own_words_survive_whatever_is_in_them():
    said = "Tea; with Bo, at 10\\ é 🙂"
    assert {str(one["SUMMARY"]) for one in read(make_plan(260.0, SUNDAY, summary=said))} == {said}


def test_words_cannot_smuggle_another_entry_in():
    plan = make_plan(260.0, SUNDAY, summary="Tea\r\nATTENDEE:mailto:a@b.c")
    assert all("ATTENDEE" not in one for one in read(plan))


def test_a_file_made_anew_replaces_the_old_reminders():
    old = read(make_plan(260.0, SUNDAY))
    times = read_times("08:00,12:00,20:00")
    new = read(make_plan(260.0, SUNDAY, times=times), at=NOW + timedelta(minutes=1))
    assert [one["UID"] for one in old] == [one["UID"] for one in new]
    assert all(b["SEQUENCE"] > a["SEQUENCE"] for a, b in zip(old, new, strict=True))


def test_two_people_in_one_calendar_do_not_replace_each_other():
    plan = make_plan(260.0, SUNDAY)
    ids = [one["UID"] for person in ("1", "2") for one in read(plan, person)]
    assert len(set(ids)) == 6


@pytest.mark.parametrize("rest_day", WEEKDAYS)
def test_a_rest_day_has_no_reminder_and_shortens_nothing_else(rest_day):
    (first, *_) = read(make_plan(260.0, SUNDAY, weeks=3, rest_day=rest_day))
    days = days_of(first)
    assert len(days) == 18
    assert all(WEEKDAYS[day.weekday()] != rest_day for day in days)
    assert first.start.date() == days[0]  # a rule whose start breaks it is read in many ways


@pytest.mark.parametrize(
    "given", ["9", "24:00", "09:60", "9.00", "09:00,", "", "nine", "-1:00", "09:00;13:00", "٩:٠٠"]
)
def test_what_is_no_time_is_named(given):
    with pytest.raises(UsageError, match="is no time of the day"):
        read_times(given)


def test_a_time_stands_once_and_there_are_not_too_many():
    with pytest.raises(UsageError, match="twice"):
        read_times("9:00,09:00")
    with pytest.raises(UsageError, match="7 times"):
        read_times(",".join(f"{hour}:00" for hour in range(7)))


def test_no_plan_is_longer_than_is_good():
    with pytest.raises(UsageError, match=r"4 practices of 7\.0 minutes are 28 minutes a day"):
        make_plan(420.0, SUNDAY, times=read_times("8:00,10:00,12:00,14:00"))


@pytest.mark.parametrize("programme", library.programmes().values(), ids=lambda one: one.id)
def test_the_usual_times_fit_every_programme(programme):
    length_s = library.length_s(programme)
    plan = make_plan(length_s, SUNDAY)
    assert 2 <= len(plan.times) <= 3 and len(plan.times) * length_s <= 60 * MINUTES_CAP
    assert plan.minutes * 60 >= length_s


@pytest.mark.parametrize("minutes", [20, 30])
def test_a_long_programme_comes_once_a_day(minutes):
    """At the slow pace a programme may take longer than a day's 20 minutes."""
    assert fitting_times(60.0 * minutes) == (time(9),)


@pytest.mark.parametrize("weeks", [0, -1, 53])
def test_weeks_have_an_end(weeks):
    with pytest.raises(UsageError, match="1 to 52"):
        make_plan(260.0, SUNDAY, weeks=weeks)


@pytest.mark.parametrize("summary", ["", "  ", "x" * 81, "a\x07b"])
def test_words_that_no_calendar_shows_are_refused(summary):
    with pytest.raises(UsageError, match="words for the calendar"):
        make_plan(260.0, SUNDAY, summary=summary)


def test_other_peoples_readers_find_their_lines_folded_and_ended_as_the_standard_says():
    content = calendar_file(make_plan(260.0, SUNDAY, summary="é" * 80), "1", NOW)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and not any(b"\n" in line for line in lines)
