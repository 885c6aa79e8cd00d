"""The history in plain words, line by line, for a terminal."""

from __future__ import annotations

import math
import textwrap
from datetime import date, timedelta

from exercises import library
from mirrorcoach.commands import history_texts
from mirrorcoach.live import texts as window
from mirrorcoach.live.dates import day_name
from mirrorcoach.live.outcome import reason_text
from mirrorcoach.live.remarks import aside, time_of_day
from mirrorcoach.profile import Profile
from mirrorcoach.programmes import find_programme, name_of
from mirrorcoach.records.alike import Aside
from mirrorcoach.records.days import Day, month, week
from mirrorcoach.records.history import LEAST_DAYS, History, Trend
from mirrorcoach.records.overview import LATELY_DAYS, OneExercise, Overview

WIDTH = 79
"""A plain terminal has eighty columns."""

DOT = "•"
"""One for each practice of a day."""


def lines(
    found: Overview, history: History, profile: Profile, today: date, language: str
) -> list[str]:
    """Everything there is to say.

    Parameters
    ----------
    found : Overview
        What became of the practices.
    history : History
        The practices themselves.
    profile : Profile
        Whose they are: the name, and the side they named.
    today : datetime.date
        Of this computer's calendar.
    language : str
        Such as ``en``.
    """
    return _Page(found, history, profile, today, language).made()


class _Page:
    def __init__(
        self, found: Overview, history: History, profile: Profile, today: date, language: str
    ) -> None:
        self._found, self._history, self._today = found, history, today
        self._profile = profile
        self._say = history_texts.load(language)
        self._window = window.load(language)
        self._words = library.words(language)
        self._lines: list[str] = []

    def made(self) -> list[str]:
        say, name = self._say, self._profile.name
        self._lines = [say("title_of", name=name) if name else say("title")]
        self._first_day()
        self._calendar()
        self._against_first_day()
        self._at_rest()
        self._what_stands_out()
        self._lines += ["", self._window("common.aid")]
        return self._lines

    # -- days ---------------------------------------------------------------------------------

    def _first_day(self) -> None:
        say, reference = self._say, self._found.reference
        if reference is None:
            self._paragraph(say("first_unknown"))
            return
        what = say("first_begun")
        if reference.is_assessment:
            programme = find_programme(reference.practice.programme)
            called = self._words.programme.get(programme.id, name_of(programme))
            what = say("first_assessment", programme=called)
        elif reference.is_complete:
            what = say("first_practice")
        told = say("first_day", day=self._day(reference.day), what=what)
        scoring = reference.practice.scoring
        if scoring != self._history.practices[-1].scoring:
            told = f"{told} {say('first_scoring', scoring=scoring)}"
        self._paragraph(told)

    def _calendar(self) -> None:
        say, today, practices = self._say, self._today, self._history.practices
        shown = month(practices, today.year, today.month, today)
        self._heading(say("week"))
        self._lines += [self._letters(), self._week(week(practices, today))]
        self._heading(f"{self._window(f'dates.month_{today.month}')} {today.year}".capitalize())
        self._lines += [self._letters(), *map(self._week, shown.weeks), ""]
        self._paragraph(say("dots"))
        since = today - timedelta(days=LATELY_DAYS)
        lately = [one.day for one in practices if one.happened and since < one.day <= today]
        if lately:
            self._paragraph(
                say(
                    "lately",
                    practices=say.count("practices", len(lately)),
                    days=say.count("days", len(set(lately))),
                )
            )

    def _letters(self) -> str:
        letters = [self._window(f"history.weekday_{number}") for number in range(1, 8)]
        return "".join(f"  {letter:>2}     " for letter in letters).rstrip()

    def _week(self, days: tuple[Day | None, ...]) -> str:
        cells = (
            " " * 9
            if one is None
            else f" {'>' if one.is_today else ' '}{one.day.day:>2} {DOT * one.dots:<4}"
            for one in days
        )
        return "".join(cells).rstrip()

    # -- one exercise after the other ---------------------------------------------------------

    def _against_first_day(self) -> None:
        if not self._found.courses:
            return
        self._heading(self._say("against"))
        self._paragraph(self._say("against_note"))
        for one in self._found.courses:
            self._lines.append("")
            said = self._window(f"history.{one.evenness.verdict}")
            self._lines.append(self._sentence(one.exercise, said[0].lower() + said[1:]))
            for trend in self._worth_telling(one):
                self._item(self._say("item", label=self._label(trend), told=self._told(trend)))
            for remark in self._remarks(one.evenness):
                self._item(remark)

    def _worth_telling(self, course: OneExercise) -> list[Trend]:
        """Evenness always; the side the person named, else both; what moves along if it does."""
        affected = self._profile.affected
        sides = [
            one
            for one in course.sides
            if one.days and (affected not in ("left", "right") or one.side == affected)
        ]
        known = library.exercises().get(course.exercise)
        mild: dict[str | None, float] = {}
        if known is not None:
            mild = {one.region: one.mild for one in known.quiet}
        along = [
            one
            for one in course.quiet
            if one.is_certain
            or max(one.now or 0.0, one.first.value if one.first else 0.0)
            >= mild.get(one.quantity.region, math.inf)
        ]
        return [course.evenness, *sides, *along]

    def _told(self, trend: Trend) -> str:
        """Then and now, and what may be said of it."""
        say = self._say
        verdict = say(trend.verdict, days=trend.days, least=LEAST_DAYS)
        change, half = trend.change, trend.change_half
        if change is not None and half is not None:
            low, high = (
                self._amount(trend, one, signed=True) for one in (change - half, change + half)
            )
            between = say(
                "between", change=self._amount(trend, change, signed=True), low=low, high=high
            )
            verdict = f"{verdict} ({between})"
        first = None if trend.first is None else trend.first.value
        ends = (first, trend.first_at_most), (trend.now, trend.latest_at_most)
        if any(value is None and most is None for value, most in ends):
            return verdict
        then, now = (
            self._amount(trend, value)
            if value is not None
            else say("at_most", value=self._amount(trend, most or 0.0))
            for value, most in ends
        )
        return f"{say('then_and_now', first=then, now=now)}; {verdict}"

    def _remarks(self, trend: Trend) -> list[str]:
        told = [
            " ".join((aside(one, self._window), *self._first_aside(trend, one)))
            for one in trend.aside
        ]
        return told + time_of_day(trend, self._window)

    def _first_aside(self, trend: Trend, one: Aside) -> list[str]:
        """What the first of some days showed that another version scored."""
        if one.why != "scoring":
            return []
        value, low, high = (self._amount(trend, number) for number in one.first)
        return [self._say("first_aside", value=value, low=low, high=high)]

    def _at_rest(self) -> None:
        if not self._found.rest:
            return
        self._heading(self._say("rest"))
        self._paragraph(self._say("rest_note"))
        for trend in self._found.rest:
            self._item(self._say("item", label=self._label(trend), told=self._told(trend)))

    # -- what stands out ----------------------------------------------------------------------

    def _what_stands_out(self) -> None:
        say, found = self._say, self._found
        better: dict[str, list[str]] = {}
        for trend in found.better:
            label = self._label(trend)
            told = f"{label[0].lower()}{label[1:]}, {say(trend.verdict)}"
            better.setdefault(trend.exercise, []).append(told)
        judged = any(one.evenness.verdict != "too_early" for one in found.courses)
        if better or judged:
            items = [self._sentence(name, "; ".join(ones)) for name, ones in better.items()]
            self._list("better", items or [say("better_none")])
        self._list("patience", [self._name(one) for one in found.patience])
        self._list(
            "rested",
            [
                say("rested_since", exercise=self._name(one.exercise), day=self._day(one.last_day))
                for one in found.rested
            ],
        )
        self._list(
            "unmeasured",
            [
                say(
                    "unmeasured_of",
                    exercise=self._name(one.exercise),
                    unknown=one.unknown,
                    all=one.repetitions,
                    reason=reason_text(one.reason, self._window) if one.reason else "",
                ).rstrip()
                for one in found.unmeasured
            ],
        )

    # -- words --------------------------------------------------------------------------------

    def _label(self, trend: Trend) -> str:
        quantity = trend.quantity
        if quantity.kind == "evenness":
            return self._say("together")
        if quantity.kind == "reach":
            return self._say(f"side_{trend.side}")
        if quantity.kind == "rest":
            return self._say(str(quantity.region))
        names = self._words.region.items()
        region = next(name for one, name in names if one == quantity.region)
        return self._say(f"along_{trend.side}", region=region)

    def _amount(self, trend: Trend, value: float, signed: bool = False) -> str:
        sign = "+" if signed else ""
        if trend.quantity.unit == "ratio":
            return self._say("points" if signed else "percent", number=f"{100 * value:{sign}.0f}")
        return self._say("mm", number=self._say.decimal(f"{value:{sign}.1f}"))

    def _sentence(self, exercise: str, told: str) -> str:
        """The exercise, or the resting face, and what is said of it."""
        name = self._name(exercise) if exercise else self._say("rest")
        return self._say("sentence", exercise=name, told=told)

    def _name(self, exercise: str) -> str:
        known = self._words.exercise.get(exercise)
        return known.name if known else exercise

    def _day(self, day: date) -> str:
        return day_name(self._window, day)

    # -- layout -------------------------------------------------------------------------------

    def _heading(self, text: str) -> None:
        self._lines += ["", text, "-" * len(text)]

    def _paragraph(self, text: str) -> None:
        self._lines += textwrap.wrap(text, WIDTH)

    def _item(self, text: str) -> None:
        self._lines += textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")

    def _list(self, heading: str, items: list[str]) -> None:
        if items:
            self._heading(self._say(heading))
            for one in items:
                self._item(one)
