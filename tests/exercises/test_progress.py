"""The affected side beside its own first day."""

import pytest

from exercises.progress import progress


def day(*repetitions):
    """A score of repetitions, each exercise, and left and right as (mm, low, high)."""
    return {
        "repetitions": [
            {
                "exercise": exercise,
                "left": side(left),
                "right": side(right),
            }
            for exercise, left, right in repetitions
        ]
    }


def side(known):
    if known is None:
        return {"excursion_mm": None, "excursion_interval_mm": None}
    mm, low, high = known
    return {"excursion_mm": mm, "excursion_interval_mm": [low, high]}


STRONG = (8.0, 7.2, 8.8)


def test_a_side_that_gained_is_told_so_though_the_ratio_stayed():
    first = day(("smile_open", STRONG, (2.0, 1.7, 2.3)))
    now = day(("smile_open", (12.0, 11.0, 13.0), (3.0, 2.6, 3.4)))
    (one,) = progress(first, now, "right")
    assert (one.first_mm, one.now_mm, one.change_mm) == (2.0, 3.0, 1.0)
    assert (one.interval_mm.low, one.interval_mm.high) == pytest.approx((0.3, 1.7))
    assert one.certain


def test_a_ratio_that_rose_because_the_strong_side_fell_is_no_progress():
    first = day(("smile_open", STRONG, (2.0, 1.7, 2.3)))
    now = day(("smile_open", (3.0, 2.7, 3.3), (2.1, 1.8, 2.4)))
    (one,) = progress(first, now, "right")
    assert one.change_mm == pytest.approx(0.1)
    assert not one.certain


def test_a_side_that_lost_is_told_as_plainly():
    first = day(("snarl", (4.0, 3.6, 4.4), STRONG))
    now = day(("snarl", (2.0, 1.7, 2.3), STRONG))
    (one,) = progress(first, now, "left")
    assert one.change_mm == -2.0
    assert one.certain


def test_leaving_what_could_not_be_told_from_rest_is_seen():
    first = day(("brow_lift", STRONG, (None, 0.0, 0.6)))
    now = day(("brow_lift", STRONG, (2.0, 1.6, 2.4)))
    (one,) = progress(first, now, "right")
    assert one.first_mm is None
    assert one.change_mm is None
    assert one.interval_mm.low == pytest.approx(1.0)
    assert one.certain


def test_a_day_counts_with_its_median_and_many_repetitions_make_it_no_surer():
    first = day(*[("pucker", STRONG, (mm, mm - 0.5, mm + 0.5)) for mm in (1.0, 2.0, 9.0)])
    (one,) = progress(first, first, "right")
    assert one.first_mm == 2.0
    assert (one.interval_mm.low, one.interval_mm.high) == (-1.0, 1.0)
    assert not one.certain


def test_only_what_was_measured_on_both_days_is_compared():
    first = day(("pucker", STRONG, STRONG), ("snarl", None, None))
    now = day(("snarl", STRONG, STRONG), ("brow_lift", STRONG, STRONG), ("pucker", STRONG, STRONG))
    assert [one.exercise for one in progress(first, now, "left")] == ["pucker"]
