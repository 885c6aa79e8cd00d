"""How often the history is right and wrong: simulated patients who improve, and who stay the same.

::

    python benchmarks/progress_errors.py
    python benchmarks/progress_errors.py --people 20

Each patient goes through the same code as a real one's practices. The tables stand in
``docs/history.md``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.simulated_months import BEGAN, Months
from mirrorcoach.records.history import History

PEOPLE = 100
GAIN = 0.2

QUIET_DAYS = Months(day=0.03, practice=0.03, repetition=0.06)
USUAL_DAYS = Months(day=0.06, practice=0.06, repetition=0.10)
RESTLESS_DAYS = Months(day=0.10, practice=0.10, repetition=0.15)

SIX = ("pucker", "smile_open", "brow_lift", "eye_close_gentle", "snarl", "ee_lowerlip")

Verdicts = dict[str, Counter[str]]
"""By what is measured, how often each word was said."""


def verdicts(months: Months, people: int = PEOPLE, first_seed: int = 0) -> Verdicts:
    """What is said to so many patients of a kind."""
    said: Verdicts = {}
    for seed in range(first_seed, first_seed + people):
        for name, word in of_one(History(months.practices(seed)), months.exercises[0]).items():
            said.setdefault(name, Counter())[word] += 1
    return said


def of_one(history: History, exercise: str) -> dict[str, str]:
    """What is said to one patient."""
    said = {"evenness": str(history.evenness(exercise).verdict)}
    for side in ("left", "right"):
        said[f"{side} side"] = str(history.reach(exercise, side).verdict)  # type: ignore[arg-type]
    for one in history.quiet(exercise):
        if one.side == "right":
            region = "eye" if one.quantity.region == "eye" else "mouth corner"
            said[f"quiet {region}"] = str(one.verdict)
    return said


def ever(months: Months, people: int = PEOPLE) -> int:
    """How many who stay the same are told of a change of evenness in any of the weeks."""
    found = 0
    for seed in range(people):
        kept = months.practices(seed)
        said = set()
        for day in range(7, months.days + 1, 7):
            until = [one for one in kept if (one.started_at - BEGAN).days < day]
            said.add(History(until).evenness(months.exercises[0]).verdict)
        found += bool(said - {"too_early", "about_the_same"})
    return found


def changed(said: Counter[str]) -> int:
    """How many were told of any change."""
    return sum(said.values()) - said["about_the_same"] - said["too_early"]


def _percent(count: int, people: int) -> str:
    return f"{100 * count / people:.0f} %"


def _by_days_and_noise(people: int) -> None:
    print("| days | noise of a day | who gains 20 % is told so | who stays is told of a change |")
    print("|---|---|---|---|")
    for days in (14, 28, 60, 90):
        for kind in (QUIET_DAYS, USUAL_DAYS, RESTLESS_DAYS):
            steady = replace(kind, days=days)
            gained = verdicts(replace(steady, gain=GAIN), people)["evenness"]["more_even"]
            false = changed(verdicts(steady, people)["evenness"])
            noise = f"{100 * kind.noise_of_a_day:.0f} %"
            print(f"| {days} | {noise} | {_percent(gained, people)} | {_percent(false, people)} |")


def _by_quantity(people: int) -> None:
    words = {
        "evenness": "more_even",
        "right side": "further",
        "quiet eye": "quieter",
        "quiet mouth corner": "quieter",
    }
    kinds = (QUIET_DAYS, USUAL_DAYS, RESTLESS_DAYS)
    gains = [verdicts(replace(kind, gain=GAIN), people) for kind in kinds]
    steady = [verdicts(kind, people) for kind in kinds]
    head = " | ".join(f"{100 * kind.noise_of_a_day:.0f} %" for kind in kinds)
    print(f"| over 90 days, noise of a day | {head} |\n|---|---|---|---|")
    for name, word in words.items():
        told = " | ".join(_percent(one[name][word], people) for one in gains)
        false = " | ".join(_percent(changed(one[name]), people) for one in steady)
        print(f"| {name}: better by 20 %, told so | {told} |")
        print(f"| {name}: the same, told of a change | {false} |")


def _like_with_like(people: int) -> None:
    moving = replace(USUAL_DAYS, from_mornings_to_evenings=True)
    kinds = {
        "usual days": USUAL_DAYS,
        "good and heavy weeks (neighbouring days correlated by .3)": replace(USUAL_DAYS, alike=0.3),
        "the same, by .6": replace(USUAL_DAYS, alike=0.6),
        "evenings 10 % more even": replace(USUAL_DAYS, evening=0.1),
        "from mornings to evenings, which do not differ": moving,
        "from mornings to evenings, which are 10 % more even": replace(moving, evening=0.1),
        "from mornings to evenings, which are 10 % less even": replace(moving, evening=-0.1),
        "a new camera from the middle on adds 5 %": replace(USUAL_DAYS, shift=0.05),
        "a new camera from the middle on adds 10 %": replace(USUAL_DAYS, shift=0.10),
        "one practice a day": replace(USUAL_DAYS, per_day=1),
    }
    print("| who stays the same (gains 20 %) for 90 days | told of a change | told of the gain |")
    print("|---|---|---|")
    for name, kind in kinds.items():
        false = changed(verdicts(kind, people)["evenness"])
        gained = verdicts(replace(kind, gain=GAIN), people)["evenness"]["more_even"]
        print(f"| {name} | {_percent(false, people)} | {_percent(gained, people)} |")
    told = _percent(ever(USUAL_DAYS, people), people)
    print(f"\nTold of a change in any of 12 weekly looks: {told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE, help="of each kind")
    options = parser.parse_args()
    for table in (_by_days_and_noise, _by_quantity, _like_with_like):
        table(options.people)
        print()


if __name__ == "__main__":
    main()
