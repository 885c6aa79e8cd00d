"""The words of a report in one language: sentences, numbers and days."""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from exercises import library
from exercises.schema import Words
from landmarks.regions import Region, Side
from mirrorcoach.live import texts as window_texts
from mirrorcoach.live.outcome import reason_text
from mirrorcoach.live.texts import Texts
from mirrorcoach.video.remarks import remark_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SPACE = "\u00a0"
"""Keeps a number and its unit on one line."""

MINUS = "\u2212"

SPELT = 12
"""Up to here a number in a title is spelt."""

TENTHS_MM = 1


@functools.cache
def _own(language: str) -> Texts:
    file = files(__package__).joinpath("texts").joinpath(f"{language}.toml")
    return Texts(language, tomllib.loads(file.read_text(encoding="utf-8")))


class Speech:
    """Says everything of one report.

    Parameters
    ----------
    language : str
        Its code.
    origin : datetime.date, optional
        If given, a day is told as the number of days since then, the first being day 1, and no
        date is said.

    Attributes
    ----------
    language : str
        As given.
    words : Words
        What exercises and regions are called.
    """

    def __init__(self, language: str, origin: date | None = None) -> None:
        self.language, self._origin = language, origin
        self.words: Words = library.words(language)
        self._texts, self._window = _own(language), window_texts.load(language)

    def __call__(self, name: str, /, **parts: object) -> str:
        """A text by its name."""
        return self._texts(name, **parts)

    def count(self, name: str, number: int, /, **parts: object) -> str:
        """A text for a number of things."""
        singular = number in (0, 1) if self.language == "fr" else number == 1
        return self(f"{name}_one" if singular else f"{name}_other", n=self.whole(number), **parts)

    # -- numbers ------------------------------------------------------------------------------

    def number(self, value: float, digits: int) -> str:
        """A number with so many digits after the point, and no negative zero."""
        shown = f"{round(value, digits) + 0.0:.{digits}f}"
        return self._texts.decimal(shown.replace("-", MINUS))

    def whole(self, number: int) -> str:
        """A count; its thousands stand apart."""
        return f"{number:,}".replace(",", SPACE if self.language == "fr" else ",")

    def spelt(self, number: int) -> str:
        """A small number as a word that begins a title, a larger one in digits."""
        return self(f"number_{number}") if 1 <= number <= SPELT else self.whole(number)

    def percent(self, share: float) -> str:
        """A share of 1 as whole percent."""
        return f"{self.number(100 * share, 0)}{SPACE}%"

    def percent_span(self, low: float, high: float) -> str:
        """From where to where a share lies."""
        lower, upper = self.number(100 * low, 0), self.number(100 * high, 0)
        return self.span(lower, f"{upper}{SPACE}%")

    def mm(self, value: float) -> str:
        """Millimetres."""
        return f"{self.number(value, TENTHS_MM)}{SPACE}mm"

    def mm_span(self, low: float, high: float) -> str:
        """From where to where millimetres lie."""
        return self.span(self.number(low, TENTHS_MM), self.mm(high))

    def span(self, low: str, high: str) -> str:
        """From where to where, as numbers that are told already."""
        return self("span", low=low, high=high).replace(" ", SPACE)

    def duration(self, seconds: float) -> str:
        """Seconds, minutes or hours, whichever reads best."""
        if seconds < 60:
            return f"{self.number(seconds, 0)}{SPACE}s"
        minutes = round(seconds / 60)
        if minutes < 120:
            return f"{self.whole(minutes)}{SPACE}min"
        return f"{self.number(seconds / 3600, 0)}{SPACE}h"

    # -- days ---------------------------------------------------------------------------------

    def day(self, day: date) -> str:
        """A day in full, or how many days after the first."""
        if self._origin is not None:
            gone = (day - self._origin).days
            return self("day_number", n=gone + 1) if gone >= 0 else self.count("days_before", -gone)
        month = self._window(f"dates.month_{day.month}")
        return self("date", day=self._day_of_month(day), month=month, year=day.year)

    def short_day(self, day: date) -> str:
        """The same for below a chart."""
        if self._origin is not None:
            return self.day(day)
        month = self._window(f"history.short_{day.month}")
        return self("short_date", day=self._day_of_month(day), month=month)

    def month_of_year(self, year: int, month: int) -> str:
        """A month in full."""
        return self("month_of_year", month=self._window(f"dates.month_{month}"), year=year)

    def month(self, day: date) -> str:
        """The month of a day, short; empty where no date is said."""
        return "" if self._origin is not None else self._window(f"history.short_{day.month}")

    def span_of_days(self, first: date, last: date) -> str:
        """From which day to which."""
        if first == last:
            return self.day(first)
        begin = self.day(first)
        if self._origin is None and first.year == last.year:
            month = self._window(f"dates.month_{first.month}")
            begin = self("short_date", day=self._day_of_month(first), month=month)
        return self("days_span", first=begin, last=self.day(last))

    def _day_of_month(self, day: date) -> str:
        return "1er" if self.language == "fr" and day.day == 1 else str(day.day)

    # -- names --------------------------------------------------------------------------------

    def exercise(self, name: str) -> str:
        """What an exercise is called."""
        return self.words.exercise[name].name

    def region(self, region: Region, side: Side) -> str:
        """A region of one side."""
        return self("region_of", region=self.words.region[region], side=self.words.side[side])

    def side(self, side: Side) -> str:
        """A side as a label."""
        return self._window(f"common.{side}")

    def sentence(self, said: str) -> str:
        """A sentence of ``score.json``, a reason or a remark, in this language.

        One that this version does not know stays as it is.
        """
        found = remark_of(said)
        if found is None:
            return reason_text(said, self._window)
        remark, parts = found
        told = {name: self._texts.decimal(number) for name, number in parts.items()}
        return self(f"remark_{remark}", **told)

    def programme(self, name: str) -> str | None:
        """A built-in programme's name; None for one that somebody wrote."""
        return self.words.programme.get(name)

    @property
    def aid(self) -> str:
        """What this is not."""
        return self._window("common.aid")

    def joined(self, names: Sequence[str]) -> str:
        """Some names in a row; names that hold a comma stand in quotation marks."""
        quoted = any("," in one for one in names)
        return ", ".join(self("quoted", text=one) if quoted else one for one in names)
