from datetime import date
from pathlib import Path

import pytest

from mirrorcoach.errors import UsageError
from mirrorcoach.records.practices import Total
from mirrorcoach.records.questionnaires import (
    SCALES,
    between,
    changes,
    check_day,
    check_value,
    find_scale,
    told,
)

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def totals(scale, *values):
    """One total a month, noted in this order."""
    days = (MARCH, APRIL, MAY)
    return [Total(n, days[n], scale, value) for n, value in enumerate(values)]


@pytest.mark.parametrize("said", ["FaCE", "face", " FACE "])
def test_a_scale_is_found_however_it_is_written(said):
    assert find_scale(said) is SCALES["FaCE"]


def test_words_may_stand_apart():
    assert find_scale("fdi   Physical").name == "FDI physical"


def test_an_unknown_scale_is_named_with_those_there_are():
    with pytest.raises(UsageError) as said:
        find_scale("Sunybrook")
    assert "Did you mean 'Sunnybrook'?" in str(said.value)
    assert all(name in str(said.value) for name in SCALES)


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [("FaCE", 0, 100), ("FDI social", 0, 100), ("SAQ", 20, 100), ("Sunnybrook", 0, 100)],
)
def test_the_ends_of_a_scale_are_part_of_it_and_beyond_them_is_nothing(scale, low, high):
    for value in (low, high):
        check_value(SCALES[scale], value)
    for value in (low - 0.5, high + 0.5, float("nan"), float("inf")):
        with pytest.raises(UsageError, match=f"from {low} to {high}"):
            check_value(SCALES[scale], value)


def test_the_physical_index_of_somebody_who_does_none_of_it_is_taken():
    five_items_left_undone_for_other_reasons = (0 - 5) / 5 * 100 / 4
    check_value(SCALES["FDI physical"], five_items_left_undone_for_other_reasons)


def test_a_day_ahead_is_refused():
    check_day(MARCH, MARCH)
    with pytest.raises(UsageError, match="2026-04-01 lies ahead"):
        check_day(APRIL, MARCH)


@pytest.mark.parametrize(
    ("scale", "earlier", "later", "verdict"),
    [
        ("FaCE", 43.5, 61.0, "no_certain_change"),
        ("FaCE", 43.5, 61.1, "better"),
        ("FaCE", 61.1, 43.5, "worse"),
        ("FDI physical", 50, 67.5, "no_certain_change"),
        ("FDI physical", 50, 67.6, "better"),
        ("FDI social", 50, 67.6, "no_certain_change"),
        ("SAQ", 80, 52, "no_certain_change"),
        ("SAQ", 80, 51.8, "better"),
        ("SAQ", 51.8, 80, "worse"),
        ("FaCE", 50, 50, "no_certain_change"),
        ("Sunnybrook", 20, 90, "not_known"),
    ],
)
def test_only_a_change_beyond_the_scales_own_spread_is_one(scale, earlier, later, verdict):
    assert between(SCALES[scale], earlier, later) == verdict


def test_every_certain_scale_names_its_source():
    for one in SCALES.values():
        assert (one.smallest_change is None) == (one.source == "")


def test_the_latest_is_compared_with_the_first_and_not_with_the_one_before():
    (change,) = changes(totals("FaCE", 40, 52, 64))
    assert (change.first.value, change.latest.value) == (40, 64)
    assert (change.difference, change.verdict) == (24, "better")


def test_the_order_of_noting_does_not_matter():
    assert changes(reversed(totals("FaCE", 40, 52, 64))) == changes(totals("FaCE", 40, 52, 64))


def test_of_one_day_the_total_noted_last_holds():
    (change,) = changes(
        [Total(1, MARCH, "FaCE", 4), Total(2, MARCH, "FaCE", 40), Total(3, MAY, "FaCE", 45)]
    )
    assert change.first.value == 40 and change.verdict == "no_certain_change"


def test_one_day_alone_is_no_change():
    assert changes([Total(1, MARCH, "FaCE", 4), Total(2, MARCH, "FaCE", 60)]) == ()


def test_scales_do_not_mix_and_come_in_their_usual_order():
    found = changes([*totals("SAQ", 60, 30), *totals("FaCE", 40, 41)])
    assert [(one.scale, one.verdict) for one in found] == [
        ("FaCE", "no_certain_change"),
        ("SAQ", "better"),
    ]


def test_a_scale_of_a_later_version_is_shown_without_a_verdict():
    (change,) = changes(totals("Another", 1, 99))
    assert change.verdict == "not_known" and "not known" in told(change.verdict)


def test_the_page_has_every_scale_as_it_is_here():
    page = (Path(__file__).resolve().parents[3] / "docs" / "exchange.md").read_text("utf-8")
    for one in SCALES.values():
        smallest = "none was found" if one.smallest_change is None else one.smallest_change
        row = f"| {one.name} | {one.low} | {one.high} | {one.better} | {smallest} |"
        assert row in page
