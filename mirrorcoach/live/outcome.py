"""From scores to what the result page says: what is known, in plain words, never shaming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from exercises import library
from exercises.marks import HEALTHY_SYMMETRY
from exercises.reasons import reason_of
from exercises.schema import Words
from exercises.score import VERSION
from landmarks.regions import SIDES, Side
from mirrorcoach.live.texts import Texts
from mirrorcoach.profile import AffectedSide
from mirrorcoach.records.history import (
    PARTS,
    VARIATIONS,
    History,
    Measured,
    Trend,
    evenness_of,
    excursion_of,
    part_of,
    trend,
)
from mirrorcoach.records.practices import PracticeRecord

BEADS = 12
"""Beads of a row."""

NEARLY_EVEN = 0.7
"""From here on the sides are called nearly even."""

_WAY = (
    (1.0, "together_all"),
    (0.8, "together_most"),
    (0.6, "together_more"),
    (0.4, "together_half"),
    (0.15, "together_some"),
    (0.0, "together_begin"),
)
_TIME = (
    (1.0, "time_all"),
    (0.9, "time_nearly"),
    (0.65, "time_most"),
    (0.5, "time_more"),
    (0.25, "time_some"),
    (1e-9, "time_few"),
    (0.0, "time_none"),
)
"""From which share on which words."""

_Repetitions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Beads:
    """One row of twelve beads.

    Attributes
    ----------
    kind : {"together", "eye_open"}
        How far the smaller side went along with the larger one, as a share of the way that it goes
        in healthy faces, each exercise that could be compared counting once; or the share of the
        repetitions in which the eye did not narrow along with another movement.
    title : str
        The same in words.
    filled : int or None
        Beads to fill, of `BEADS`; None where it is not known: then no bead is drawn.
    phrase : str
        What it means, or why it is not known.
    """

    kind: Literal["together", "eye_open"]
    title: str
    filled: int | None
    phrase: str


@dataclass(frozen=True)
class Scale:
    """Today beside the first day, as evenness: 0 at the left end, 1 is even.

    Attributes
    ----------
    title : str
        Names the exercise.
    first : float
        The first day.
    today, low, high : float
        Today, and where it lies.
    first_label, today_label, even_label : str
        What stands below.
    """

    title: str
    first: float
    today: float
    low: float
    high: float
    first_label: str
    today_label: str
    even_label: str


@dataclass(frozen=True)
class SideDetail:
    """How far one side went in one exercise; None where it is not known, and `text` says why."""

    side: Side
    name: str
    text: str
    excursion_mm: float | None
    low_mm: float | None
    high_mm: float | None


@dataclass(frozen=True)
class ExerciseDetail:
    """One exercise in full, for whoever asks for more.

    Attributes
    ----------
    exercise, name : str
        Its id, and what it is called.
    repetitions : str
        How many, in words.
    left, right : SideDetail
        Each side.
    evenness : Measured or None
        Smaller side as a share of the larger one.
    phrase : str
        The same in words, or why it is not known.
    """

    exercise: str
    name: str
    repetitions: str
    left: SideDetail
    right: SideDetail
    evenness: Measured | None
    phrase: str


@dataclass(frozen=True)
class Outcome:
    """A practice that is over.

    Attributes
    ----------
    title, sentence : str
        Thanks; and how it went beside the last practice of the same exercises.
    beads : tuple of Beads
        None, one or two rows: only what was asked of the person.
    scale : Scale or None
        None while there is no first day to stand beside, or today is not known.
    scale_title, scale_note : str
        The scale's title and, where there is no scale, why; both empty if nothing was measured.
    details : tuple of ExerciseDetail
        In the order of the practice.
    footnote : str
        What this is not.
    """

    title: str
    sentence: str
    beads: tuple[Beads, ...]
    scale: Scale | None
    scale_title: str
    scale_note: str
    details: tuple[ExerciseDetail, ...]
    footnote: str


def outcome(
    result: Mapping[str, Any],
    words: Words,
    texts: Texts,
    *,
    now: datetime,
    earlier: Sequence[PracticeRecord] = (),
    affected: AffectedSide | None = None,
) -> Outcome:
    """What to show after a practice.

    Parameters
    ----------
    result : mapping
        With the entry ``repetitions`` of a score.
    words, texts
        The language to speak.
    now : datetime
        The time of this computer's clock, with its zone.
    earlier : sequence of PracticeRecord
        The practices before this one, in any order.
    affected : str, optional
        The side that the person named: its eye is the one that is spoken of.
    """
    return _Page(result["repetitions"], words, texts, now, earlier, affected).made()


def reason_text(said: str, texts: Texts) -> str:
    """A reason of ``score.json`` in the person's language.

    Parameters
    ----------
    said : str
        One of ``reasons``. One that this version does not know stays as it is.
    texts : Texts
        The language.
    """
    found = reason_of(said)
    if found is None:
        return said
    why, parts = found
    told = {name: texts.decimal(text) for name, text in parts.items()}
    if "side" in parts:
        told["side"] = texts(f"reason.side_{parts['side']}")
    return texts(f"reason.{why}", **told)


class _Page:
    """One practice, and what it is compared with."""

    def __init__(
        self,
        repetitions: _Repetitions,
        words: Words,
        texts: Texts,
        now: datetime,
        earlier: Sequence[PracticeRecord],
        affected: AffectedSide | None,
    ) -> None:
        self._repetitions, self._words, self._texts = repetitions, words, texts
        self._now, self._earlier = now, earlier
        self._history = History(earlier)
        self._affected = affected
        self._own = {
            name: [one for one in repetitions if one["exercise"] == name]
            for name in dict.fromkeys(one["exercise"] for one in repetitions)
        }
        self._evenness = {name: evenness_of(own) for name, own in self._own.items()}

    def made(self) -> Outcome:
        t = self._texts
        scale, title, note = self._scale()
        return Outcome(
            title=t("outcome.title"),
            sentence=self._sentence(),
            beads=(*self._together(), *self._eye_open()),
            scale=scale,
            scale_title=title,
            scale_note=note,
            details=tuple(self._detail(name, own) for name, own in self._own.items()),
            footnote=t("common.aid"),
        )

    # -- the sentence -------------------------------------------------------------------------

    def _sentence(self) -> str:
        """What went well first; a difference counts only beyond its intervals and usual days."""
        t = self._texts
        if not any(self._evenness.values()):
            measured = any(one["measurable"] for one in self._repetitions)
            return t("outcome.not_compared" if measured else "outcome.nothing_measured")
        compared = [
            (name, found, last)
            for name, measured in self._evenness.items()
            if measured is not None and (last := self._last(name)) is not None
            for found in [self._difference(name, measured, last[1])]
        ]
        if not compared:
            return t("outcome.first_time")
        better = [one for one in compared if one[1] > 0.0]
        if better:
            name, _, (record, _) = max(better, key=lambda one: one[1])
            called = self._words.exercise[name].name
            key = "outcome.better_of_two" if "," in called else "outcome.better"
            return t(key, exercise=called, when=self._when(record.started_at))
        if 2 * sum(found < 0.0 for _, found, _ in compared) > len(compared):
            return t("outcome.heavier")
        latest = max(record.started_at for _, _, (record, _) in compared)
        return t("outcome.same", when=self._when(latest))

    def _last(self, name: str) -> tuple[PracticeRecord, Measured] | None:
        """The last practice in which an exercise was measured, with its evenness."""
        for record in sorted(
            self._earlier, key=lambda one: (one.started_at, one.number), reverse=True
        ):
            own = [one for one in record.repetitions if one["exercise"] == name]
            measured = evenness_of(own)
            if record.scoring == VERSION and measured is not None:
                return record, measured
        return None

    def _difference(self, name: str, now: Measured, last: Measured) -> float:
        """How much more even it was than last time; 0 unless that is certain."""
        change = now.value - last.value
        usual = VARIATIONS * (self._history.evenness(name).day_to_day or 0.0)
        apart = now.low > last.high or now.high < last.low
        return change if apart and abs(change) > usual else 0.0

    def _when(self, then: datetime) -> str:
        t, then = self._texts, then.astimezone(self._now.tzinfo)
        if then.date() == self._now.date():
            morning = part_of(then) == PARTS[0] != part_of(self._now)
            return t("outcome.when_morning" if morning else "outcome.when_earlier")
        if then.date() == self._now.date() - timedelta(days=1):
            return t("outcome.when_yesterday")
        return t("outcome.when_last")

    # -- rows ---------------------------------------------------------------------------------

    def _together(self) -> tuple[Beads, ...]:
        catalogue = library.exercises()
        scored = [name for name in self._own if catalogue[name].scoring == "measured"]
        if not scored:
            return ()
        known = [
            min(1.0, one.value / HEALTHY_SYMMETRY)
            for name in scored
            if (one := self._evenness[name]) is not None
        ]
        repetitions = [one for name in scored for one in self._own[name]]
        share = sum(known) / len(known) if 2 * len(known) > len(scored) else None
        return (self._beads("together", "outcome.together", share, _WAY, repetitions),)

    def _eye_open(self) -> tuple[Beads, ...]:
        asked = [
            one
            for one in self._repetitions
            if any(quiet.region == "eye" for quiet in library.exercises()[one["exercise"]].quiet)
        ]
        if not asked:
            return ()
        sides = [side for side in SIDES if self._affected == side] or list(SIDES)
        calm = [
            all(flag == "none" for flag in flags)
            for one in asked
            if (flags := _eye_flags(one, sides)) and None not in flags
        ]
        share = sum(calm) / len(calm) if 2 * len(calm) > len(asked) else None
        title = "outcome.eye_open" if len(sides) == 1 else "outcome.eyes_open"
        return (self._beads("eye_open", title, share, _TIME, asked),)

    def _beads(
        self,
        kind: Literal["together", "eye_open"],
        title: str,
        share: float | None,
        phrases: Sequence[tuple[float, str]],
        repetitions: _Repetitions,
    ) -> Beads:
        t = self._texts
        if share is None:
            return Beads(kind, t(title), None, self._why(repetitions))
        phrase = next(key for least, key in phrases if share >= least)
        return Beads(kind, t(title), round(BEADS * share), t(f"outcome.{phrase}"))

    def _why(self, repetitions: _Repetitions) -> str:
        """The commonest reason for which something is not known."""
        reasons = Counter(reason for one in repetitions for reason in one["reasons"])
        if not reasons:
            return self._texts("outcome.not_known")
        said = reason_text(reasons.most_common(1)[0][0], self._texts)
        return self._texts("outcome.not_measurable", why=said[0].lower() + said[1:])

    # -- beside the first day -----------------------------------------------------------------

    def _scale(self) -> tuple[Scale | None, str, str]:
        """The exercise of today that was practised most often, beside its own first day."""
        t = self._texts
        if not self._own:
            return None, "", ""
        title = t("outcome.scale")
        measured = {name: one for name, one in self._evenness.items() if one is not None}
        if not measured:
            return None, title, t("outcome.scale_unknown")
        name, course = max(
            ((name, self._course(name)) for name in measured), key=lambda one: len(one[1].points)
        )
        if course.first is None:
            return None, title, t("outcome.scale_later")
        today = measured[name]
        scale = Scale(
            title=t("outcome.scale_of", exercise=self._words.exercise[name].name),
            first=course.first.value,
            today=today.value,
            low=today.low,
            high=today.high,
            first_label=t("outcome.first_day"),
            today_label=t("outcome.today"),
            even_label=t("outcome.even"),
        )
        return scale, scale.title, ""

    def _course(self, name: str) -> Trend:
        """An exercise over time, this practice included."""
        this = PracticeRecord(
            number=1 + max((one.number for one in self._earlier), default=0),
            started_at=self._now,
            programme="",
            repetitions=tuple(self._own[name]),
            answers=(),
            felt=None,
            ending=None,
            practised_s=0.0,
            provenance={"scoring": VERSION},
        )
        return trend((*self._earlier, this), name)

    # -- in full ------------------------------------------------------------------------------

    def _detail(self, name: str, own: _Repetitions) -> ExerciseDetail:
        left, right = (self._side(own, side) for side in SIDES)
        evenness = self._evenness[name]
        return ExerciseDetail(
            exercise=name,
            name=self._words.exercise[name].name,
            repetitions=self._texts.count("outcome.repetitions", len(own)),
            left=left,
            right=right,
            evenness=evenness,
            phrase=self._why(own) if evenness is None else self._texts(_phrase(evenness)),
        )

    def _side(self, own: _Repetitions, side: Side) -> SideDetail:
        t, name = self._texts, self._texts(f"common.{side}")
        moved = excursion_of(own, side)
        if moved is not None:
            mm, low, high = (t.decimal(f"{one:.1f}") for one in moved)
            return SideDetail(side, name, t("outcome.side_mm", mm=mm, low=low, high=high), *moved)
        seen = [one[side]["excursion_interval_mm"] for one in own]
        highs = [interval[1] for interval in seen if interval is not None]
        if not highs:
            return SideDetail(side, name, self._why(own), None, None, None)
        high_mm = float(max(highs))
        text = t("outcome.side_small", high=t.decimal(f"{high_mm:.1f}"))
        return SideDetail(side, name, text, None, None, high_mm)


def _eye_flags(repetition: Mapping[str, Any], sides: Sequence[Side]) -> list[str | None]:
    return [
        one["flag"]
        for one in repetition["quiet"]
        if one["region"] == "eye" and one["side"] in sides
    ]


def _phrase(evenness: Measured) -> str:
    if evenness.value >= HEALTHY_SYMMETRY:
        return "outcome.phrase_even"
    if evenness.value >= NEARLY_EVEN:
        return "outcome.phrase_nearly"
    certain = evenness.high < HEALTHY_SYMMETRY
    return "outcome.phrase_one_side" if certain else "outcome.phrase_perhaps"
