"""What a trend leaves out or takes off, and why: the same sentences for a page and a terminal."""

from __future__ import annotations

from mirrorcoach.live.dates import day_name
from mirrorcoach.live.texts import Texts
from mirrorcoach.records.alike import Aside
from mirrorcoach.records.history import Trend


def remarks(trend: Trend, texts: Texts) -> list[str]:
    """What whoever reads a trend should know; nothing where everything was compared as it is."""
    told = [aside(one, texts) for one in trend.aside]
    return told + time_of_day(trend, texts)


def aside(one: Aside, texts: Texts) -> str:
    """Which practices are not compared, and why."""
    first, last = (day_name(texts, day) for day in (one.first_day, one.last_day))
    when = texts("history.on_day", day=first)
    if one.first_day != one.last_day:
        when = texts("history.from_day", first=first, last=last)
    name = f"history.aside_{one.why}"
    return texts.count(name, one.practices, when=when, scoring=one.scoring)


def time_of_day(trend: Trend, texts: Texts) -> list[str]:
    """What the time of day does to a trend, if there is anything to say of it."""
    if trend.time_of_day == "alike":
        return []
    return [texts(f"history.time_of_day_{trend.time_of_day}")]
