from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.today import Today
from mirrorcoach.records.history import (
    LEAST_DAYS,
    LONG_GAP_DAYS,
    gap_days,
    is_back,
    month,
    parts_of_today,
    practised_on,
    reach,
    tiredness,
    trend,
    trends,
    week,
)
from mirrorcoach.records.practices import PracticeRecord

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
TODAY = date(2026, 5, 24)  # a Sunday


def repetition(symmetry, half=0.05, exercise="smile_open", right_mm=3.0):
    known = symmetry is not None
    interval = [max(0.0, symmetry - half), min(1.0, symmetry + half)] if known else [0.0, 0.2]
    return {
        "exercise": exercise,
        "symmetry": symmetry,
        "symmetry_interval": interval,
        "left": {"excursion_mm": 6.0, "excursion_interval_mm": [5.5, 6.5]},
        "right": {
            "excursion_mm": right_mm,
            "excursion_interval_mm": [0.0, 0.5]
            if right_mm is None
            else [right_mm - 0.3, right_mm + 0.3],
        },
    }


def practice(*repetitions, at=BEGAN, number=1, scoring=1, **more):
    record = PracticeRecord(
        number, at, "first_steps", repetitions, (), None, "done", 60.0, {"scoring": scoring}
    )
    return replace(record, **more)


def days_of(values, half=0.05, **more):
    return [
        practice(repetition(value, half, **more), at=BEGAN + timedelta(days=n), number=n)
        for n, value in enumerate(values)
    ]


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.utc)


# -- trends -----------------------------------------------------------------------------------


def verdicts(start, stop, spread, days, half, people=200, seed=0):
    """What is said to people whose evenness goes from one value to another, with chance days."""
    rng = np.random.default_rng(seed)
    courses = np.linspace(start, stop, days) + spread * rng.standard_normal((people, days))
    return [trend(days_of(np.clip(one, 0.01, 1.0), half), "smile_open").verdict for one in courses]


@pytest.mark.parametrize("half", [0.0, 0.05])
@pytest.mark.parametrize("spread", [0.03, 0.06, 0.1])
@pytest.mark.parametrize("days", [10, 20, 40])
def test_hardly_anybody_who_stays_the_same_is_told_of_a_change(half, spread, days):
    said = verdicts(0.6, 0.6, spread, days, half)
    assert sum(one != "about_the_same" for one in said) <= 0.045 * len(said)


@pytest.mark.parametrize(
    ("gain", "spread", "days", "least"),
    [(0.2, 0.03, 20, 0.95), (0.3, 0.06, 20, 0.95), (0.3, 0.06, 40, 0.98), (0.4, 0.1, 40, 0.85)],
)
def test_who_improves_is_told_so_and_never_the_contrary(gain, spread, days, least):
    said = verdicts(0.5, 0.5 + gain, spread, days, 0.04)
    assert said.count("more_even") >= least * len(said)
    assert "less_even" not in said


def test_who_gets_less_even_is_told_so():
    said = verdicts(0.8, 0.5, 0.06, 20, 0.04)
    assert said.count("less_even") >= 0.95 * len(said)


def test_a_change_within_the_measurements_own_spread_is_none():
    assert trend(days_of([0.5] * 6 + [0.6] * 6, half=0.18), "smile_open").verdict == (
        "about_the_same"
    )
    assert trend(days_of([0.5] * 6 + [0.6] * 6, half=0.02), "smile_open").verdict == "more_even"


@pytest.mark.parametrize("days", range(LEAST_DAYS))
def test_a_few_days_say_nothing_of_a_change(days):
    found = trend(days_of(np.linspace(0.2, 0.9, days)), "smile_open")
    assert (found.verdict, found.change) == ("too_early", None)


def test_three_practices_a_day_are_one_day():
    many = [
        practice(repetition(0.3 + 0.02 * n), at=BEGAN + timedelta(hours=4 * n), number=n)
        for n in range(3)
    ]
    found = trend(many, "smile_open")
    assert len(found.points) == 3
    assert len(found.line) == 1
    assert found.latest.value == pytest.approx(0.32)
    assert (found.first, found.verdict) == (None, "too_early")


def test_an_empty_history_works():
    found = trend([], "smile_open")
    assert (found.points, found.line, found.first, found.latest) == ((), (), None, None)
    assert found.verdict == "too_early"
    assert trends([]) == ()
    assert reach([], "smile_open", "left").verdict == "too_early"


EVENNESS = st.one_of(st.none(), st.floats(0.0, 1.0))
RECORDS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(6, 22),
        st.lists(st.tuples(EVENNESS, st.sampled_from(["smile_open", "pucker"])), max_size=4),
    ),
    max_size=25,
)


def from_drawn(drawn):
    return [
        practice(
            *(repetition(value, exercise=name) for value, name in repetitions),
            at=at(BEGAN.date() + timedelta(days=day), hour),
            number=number,
        )
        for number, (day, hour, repetitions) in enumerate(drawn)
    ]


def told(found):
    """All that a trend says."""
    return (found.points, found.line, found.first, found.change, found.verdict, found.aside)


@given(RECORDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_practices_does_not_matter(drawn, random):
    practices = from_drawn(drawn)
    shuffled = list(practices)
    random.shuffle(shuffled)
    for found, same in zip(trends(shuffled), trends(practices), strict=True):
        assert told(found) == told(same)
    assert told(reach(shuffled, "pucker", "right")) == told(reach(practices, "pucker", "right"))
    assert month(shuffled, 2026, 3, TODAY) == month(practices, 2026, 3, TODAY)
    assert gap_days(shuffled, TODAY) == gap_days(practices, TODAY)
    assert tiredness(shuffled, TODAY) == tiredness(practices, TODAY)


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_the_line_stays_among_the_points_and_inside_its_band(drawn):
    for found in trends(from_drawn(drawn)):
        values = [one.value for one in found.points]
        assert [one.at for one in found.line] == sorted({one.at for one in found.line})
        for one in found.line:
            assert min(values) - 1e-9 <= one.value <= max(values) + 1e-9
            assert one.low - 1e-9 <= one.value <= one.high + 1e-9


def test_one_odd_day_does_not_bend_the_line():
    values = [0.5] * 15
    values[7] = 0.95
    line = trend(days_of(values), "smile_open").line
    assert max(one.value for one in line) == pytest.approx(0.5)


def test_only_what_was_measured_is_a_point():
    half_known = practice(repetition(0.9), repetition(None), repetition(None), number=5)
    unseen = repetition(None) | {"symmetry_interval": None}
    mostly = practice(repetition(0.7), repetition(0.8), repetition(None), unseen, number=6)
    found = trend([half_known, mostly], "smile_open")
    assert [one.value for one in found.points] == [0.75]


def test_numbers_of_another_scoring_are_not_compared():
    old = [replace(one, provenance={"scoring": 1}) for one in days_of([0.2] * 12)]
    new = days_of([0.8] * 3)
    later = [
        replace(one, started_at=one.started_at + timedelta(days=20), provenance={"scoring": 2})
        for one in new
    ]
    found = trend([*old, *later], "smile_open")
    assert [one.value for one in found.points] == [0.8] * 3
    assert found.verdict == "too_early"


def test_the_first_day_has_its_usual_range_once_there_is_a_second():
    assert trend(days_of([0.5]), "smile_open").first is None
    first = trend(days_of([0.5, 0.6]), "smile_open").first
    assert (first.value, first.at) == (0.5, BEGAN)
    assert 0.0 <= first.low < 0.5 < first.high <= 1.0


def test_how_far_a_side_goes_is_seen_where_the_ratio_hides_it():
    grown = [
        practice(repetition(0.5, right_mm=mm), at=BEGAN + timedelta(days=n), number=n)
        for n, mm in enumerate(np.linspace(1.5, 4.0, 20))
    ]
    assert reach(grown, "smile_open", "right").verdict == "further"
    assert reach(grown[::-1], "smile_open", "right").verdict == "further"
    assert reach(grown, "smile_open", "left").verdict == "about_the_same"
    assert trend(grown, "smile_open").verdict == "about_the_same"


def test_a_side_that_cannot_be_told_from_rest_has_no_millimetres():
    assert reach(days_of([None] * 12, right_mm=None), "smile_open", "right").points == ()


def test_the_exercise_most_often_practised_comes_first():
    practices = [*days_of([0.5] * 2), *days_of([0.5] * 3, exercise="pucker")]
    assert [one.exercise for one in trends(practices)] == ["pucker", "smile_open"]


# -- calendar ---------------------------------------------------------------------------------


def test_a_month_has_each_of_its_days_once_and_at_most_three_dots():
    practices = [practice(at=at(date(2026, 5, 20), 8 + n), number=n) for n in range(5)]
    practices.append(practice(at=at(date(2026, 5, 21)), number=9))
    practices.append(practice(at=at(date(2026, 5, 22)), number=10, practised_s=0.0))
    shown = month(practices, 2026, 5, TODAY)
    days = [day for one in shown.weeks for day in one if day is not None]
    assert [one.day.day for one in days] == list(range(1, monthrange(2026, 5)[1] + 1))
    assert all(len(one) == 7 for one in shown.weeks)
    assert {one.day.day: one.dots for one in days if one.dots} == {20: 3, 21: 1}
    assert [one.day for one in days if one.is_today] == [TODAY]
    assert [one is None for one in shown.weeks[0]] == [True] * 4 + [False] * 3  # from a Friday


def test_the_week_begins_on_monday_and_holds_today():
    shown = week([practice(at=at(TODAY))], TODAY)
    assert [one.day.weekday() for one in shown] == list(range(7))
    assert [(one.dots, one.is_today) for one in shown] == [(0, False)] * 6 + [(1, True)]


@pytest.mark.parametrize(
    ("hours", "now", "states"),
    [
        ((), 8, ("now", "later", "later")),
        ((8,), 9, ("done", "later", "later")),
        ((8,), 13, ("done", "now", "later")),
        ((), 13, ("open", "now", "later")),
        ((), 20, ("open", "open", "now")),
        ((8, 13, 19), 20, ("done", "done", "done")),
        ((11, 12), 16, ("done", "done", "later")),
    ],
)
def test_the_parts_of_today(hours, now, states):
    practices = [practice(at=at(TODAY, hour)) for hour in hours]
    practices.append(practice(at=at(TODAY - timedelta(days=1), now)))
    shown = parts_of_today(practices, at(TODAY, now))
    assert [one.part for one in shown] == ["morning", "midday", "evening"]
    assert tuple(one.state for one in shown) == states
    assert practised_on(practices, TODAY) == len(hours)


def test_a_practice_in_which_nothing_happened_is_no_practice():
    empty = [practice(at=at(TODAY), practised_s=0.0)]
    assert gap_days(empty, TODAY) is None
    assert not is_back(empty, TODAY)
    assert practised_on(empty, TODAY) == 0
    assert parts_of_today(empty, at(TODAY, 10))[0].state == "now"


@pytest.mark.parametrize(
    ("days", "back"), [(0, False), (2, False), (LONG_GAP_DAYS - 1, False), (LONG_GAP_DAYS, True)]
)
def test_who_was_long_away_is_welcomed_back(days, back):
    practices = [practice(at=at(TODAY - timedelta(days=days))), practice(at=BEGAN)]
    assert gap_days(practices, TODAY) == days
    assert is_back(practices, TODAY) is back


@pytest.mark.parametrize(
    ("ago", "felt", "tired"),
    [
        (0, ["tired"], True),
        (1, ["tired"], True),
        (2, ["tired"], False),
        (1, ["tired", "light"], False),
        (1, ["light", "tired", None], True),
        (0, ["as_usual"], False),
        (0, [], False),
    ],
)
def test_a_tired_face_does_less_today_and_tomorrow(ago, felt, tired):
    day = TODAY - timedelta(days=ago)
    practices = [practice(at=at(day, 8 + n), number=n, felt=how) for n, how in enumerate(felt)]
    found = Today(tiredness=tiredness(practices, TODAY))
    assert found == (Today(tiredness=4) if tired else Today())
