"""The plain words on top: what was practised, what changed, and three facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exercises import library
from landmarks.regions import SIDES, Side
from mirrorcoach.live.outcome import NEARLY_EVEN
from mirrorcoach.records.report.content import Fact
from mirrorcoach.records.report.courses import (
    LEAST_DAYS,
    Course,
    Courses,
    Ends,
)
from mirrorcoach.records.report.material import Material
from mirrorcoach.records.report.speech import Speech

LEAST_WEEKS = 2
"""A shorter time is told in days."""

LEAST_COUNTED = 3
"""Fewer repetitions than this are not counted in a fact."""

_Repetition = Mapping[str, Any]


def title(material: Material, say: Speech) -> str:
    """What the report is called: how long small movements were practised."""
    if not material.dated:
        return say("title_recording")
    days = (material.last_day - material.first_day).days + 1
    if days == 1:
        return say("title_first_day")
    weeks = round(days / 7)
    if weeks < LEAST_WEEKS:
        return say("title_days", number=say.spelt(days))
    return say("title_weeks", number=say.spelt(weeks))


def subtitle(material: Material, say: Speech) -> str:
    """Whose side it is, as they say, and how often was practised."""
    affected = material.profile.affected
    lead = "" if affected is None else say(f"affected_{affected}") + " "
    if not material.dated:
        count = sum(len(one.repetitions) for one in material.practices)
        return lead + say.count("repetitions", count)
    days = len({one.day for one in material.practices})
    practices = say.count("practices", len(material.practices))
    return lead + say.count("on_days", days, practices=practices)


def headline(main: Course | None, material: Material, say: Speech) -> str:
    """The sentence that says most."""
    if main is None:
        return say("headline_none")
    name = say.exercise(main.exercise)
    if main.days == 1:
        return say("headline_now" if material.dated else "headline_recording", exercise=name)
    return say(f"headline_{main.verdict}", exercise=name)


def sentence(main: Course | None, known: Courses, say: Speech) -> str:
    """What the headline means in numbers, and how sure that is."""
    if main is None:
        reason = commonest_reason([rep for one in known.practices for rep in one.repetitions])
        return say("sentence_none") if reason is None else say("why", why=say.sentence(reason))
    ends = known.ends(main.exercise)
    weaker = _weaker(ends)
    parts: dict[str, object] = {
        "now": say.percent(main.now.value),
        "now_span": say.percent_span(main.now.low, main.now.high),
    }
    name = "sentence_now"
    if main.first is not None:
        name = "sentence_change"
        parts["first"] = say.percent(main.first.value)
        parts["first_span"] = say.percent_span(main.first.low, main.first.high)
    if weaker is not None:
        name += f"_{weaker}"
    return f"{say(name, **parts)} {_certainty(main, say)}".strip()


def also(rows: Sequence[Course], say: Speech) -> tuple[str, ...]:
    """What became of the other movements, by what became of them."""
    told = []
    for verdict in ("more", "less", "same"):
        names = [say.exercise(one.exercise) for one in rows if one.verdict == verdict]
        if names:
            told.append(say(f"also_{verdict}", exercises=say.joined(names)))
    return tuple(told)


def verdict(course: Course, say: Speech) -> str:
    """What became of one movement, in a word or three."""
    return "" if course.days == 1 else say(f"verdict_{course.verdict}")


def facts(
    material: Material, known: Courses, rows: Sequence[Course], say: Speech
) -> tuple[Fact, ...]:
    """Three numbers that need no chart."""
    catalogue = library.exercises()
    scored = [one.exercise for one in rows if catalogue[one.exercise].scoring == "measured"]
    ends = {name: known.ends(name) for name in known.exercises}
    asked = [name for name in ends if any(quiet.region == "eye" for quiet in catalogue[name].quiet)]
    affected = material.profile.affected
    sides: list[Side] = [side for side in SIDES if side == affected] or list(SIDES)
    found = [
        _counted("fact_even", [ends[name] for name in scored], nearly_even, material, say),
    ]
    if asked:
        key = "fact_eye" if len(sides) == 1 else "fact_eyes"
        found.append(
            _counted(
                key, [ends[name] for name in asked], lambda one: eye_calm(one, sides), material, say
            )
        )
    found.append(_felt(material, say) if material.dated else _measured(material, say))
    return tuple(one for one in found if one is not None)


def nearly_even(repetition: _Repetition) -> bool | None:
    """Whether both sides did nearly the same; None if that cannot be told."""
    if repetition["symmetry"] is not None:
        return bool(repetition["symmetry"] >= NEARLY_EVEN)
    interval = repetition["symmetry_interval"]
    return False if interval is not None and interval[1] < NEARLY_EVEN else None


def eye_calm(repetition: _Repetition, sides: Sequence[Side]) -> bool | None:
    """Whether no eye of some sides narrowed along; None if that cannot be told."""
    flags = [
        one["flag"]
        for one in repetition["quiet"]
        if one["region"] == "eye" and one["side"] in sides
    ]
    return None if not flags or None in flags else all(one == "none" for one in flags)


def commonest_reason(repetitions: Sequence[_Repetition]) -> str | None:
    """Why most of some repetitions could not be measured."""
    reasons = Counter(reason for one in repetitions for reason in one["reasons"])
    return reasons.most_common(1)[0][0] if reasons else None


def _certainty(main: Course, say: Speech) -> str:
    if main.days == 1:
        return ""
    if main.verdict == "too_early":
        return say("certainty_too_early", days=LEAST_DAYS)
    return say("certainty_none" if main.verdict == "same" else "certainty_clear")


def _weaker(ends: Ends) -> Side | None:
    """The side that did less at both ends, where that is certain of most repetitions."""
    found = {_weaker_of(each) for each in (ends.first, ends.now) if each}
    return next(iter(found)) if len(found) == 1 else None


def _weaker_of(repetitions: Sequence[_Repetition]) -> Side | None:
    compared = [one for one in repetitions if one["symmetry"] is not None]
    for side in SIDES:
        if 2 * sum(one["weaker_side"] == side for one in compared) > len(compared):
            return side
    return None


def _counted(
    name: str,
    ends: Sequence[Ends],
    judge: Callable[[_Repetition], bool | None],
    material: Material,
    say: Speech,
) -> Fact | None:
    """How many repetitions of the latest days were so, and of the first ones.

    None if there are too few to speak of.
    """
    repetitions = [one for each in ends for one in each.now]
    if len(repetitions) < LEAST_COUNTED:
        return None
    now = _tally(repetitions, judge)
    first = _tally([one for each in ends for one in each.first], judge)
    if now is None:
        return Fact(say(name), say("not_measurable"), say("fact_unknown"))
    value = say("of", n=say.whole(now[0]), all=say.whole(now[1]))
    if first is None:
        return Fact(say(name), value, say("fact_repetitions"))
    begun = say("of", n=say.whole(first[0]), all=say.whole(first[1]))
    return Fact(say(name), value, say("fact_at_first", first=begun))


def _tally(
    repetitions: Sequence[_Repetition], judge: Callable[[_Repetition], bool | None]
) -> tuple[int, int] | None:
    """How many are so, of how many; None unless most can be told."""
    told = [one for one in map(judge, repetitions) if one is not None]
    return (sum(told), len(told)) if 2 * len(told) > len(repetitions) else None


def _felt(material: Material, say: Speech) -> Fact:
    felt = [one.felt for one in material.practices if one.felt is not None]
    if not felt:
        return Fact(say("fact_felt"), say("not_said"), say("fact_felt_unknown"))
    light = sum(one != "tired" for one in felt)
    value = say("of", n=say.whole(light), all=say.whole(len(felt)))
    return Fact(say("fact_felt"), value, say("fact_felt_note"))


def _measured(material: Material, say: Speech) -> Fact:
    every = [one for each in material.practices for one in each.repetitions]
    value = say("of", n=sum(one["measurable"] for one in every), all=len(every))
    return Fact(say("fact_measured"), value, say("fact_repetitions"))
