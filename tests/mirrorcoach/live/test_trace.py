"""Courses start from the person's rest, have gaps where nothing was seen, and find what moved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from therapist_moments import REST, SMILE, bump, readings, signals, smile

from exercises import library
from landmarks.movement import Measure
from landmarks.regions import REGIONS, Region
from mirrorcoach.live.trace import Trace, measure_for

CORNER = Measure("mouth_corner", "out_up")


def trace(made: Any, region: Region = "mouth_corner") -> Trace:
    return Trace.of(signals(made).between(-1.0, 99.0), measure_for(region, SMILE), REST, SMILE)


def test_movement_counts_from_rest() -> None:
    course = bump(2.0)
    found = trace(readings(lambda t: 0.7 + 8 * course(t), lambda t: -0.4 + 4 * course(t)))
    still = found.time_s < 1.5
    held = (found.time_s > 3.2) & (found.time_s < 4.8)
    assert np.abs(found.moved_mm[still]).max() < 0.2
    assert np.median(found.moved_mm[held], axis=0) == pytest.approx([8.0, 4.0], abs=0.1)


def test_a_region_beside_starts_from_the_same_rest() -> None:
    """While the mouth is held, the face is not at rest, whichever region is followed."""
    held = bump(1.2, 0.8, 6.0, 0.8)
    found = trace(
        readings(
            lambda t: 8 * held(t),
            lambda t: 8 * held(t),
            eyes=lambda t: (1.0, 1.0 - 0.4 * held(t)),
        ),
        "brow",
    )
    still = found.time_s < 1.0
    assert not found.narrower[still].any()
    held_rows = (found.time_s > 3) & (found.time_s < 6)
    assert found.narrower[held_rows, 1].all()
    assert not found.narrower[:, 0].any()
    assert (found.narrow_eye(0.5), found.narrow_eye(5.0)) == (None, "right")
    assert not found.spans
    assert len(found.repetitions) == 1


def test_what_was_not_measured_is_a_gap() -> None:
    found = trace(smile(problem=lambda t: "covered" if 6.0 <= t < 7.0 else None))
    gap = (found.time_s >= 6.0) & (found.time_s < 7.0)
    assert np.isnan(found.moved_mm[gap]).all()
    assert np.isnan(found.opening[gap]).all()
    assert np.isfinite(found.moved_mm[~gap]).all()


def test_a_hidden_side_is_a_gap_of_its_own() -> None:
    found = trace(smile(hidden=lambda t: t > 7.0))
    late = found.time_s > 7.0
    assert np.isnan(found.moved_mm[late, 1]).all()
    assert np.isfinite(found.moved_mm[late, 0]).all()


def test_before_rest_was_seen_nothing_is_found() -> None:
    found = Trace.of(signals(smile()).between(-1.0, 99.0), CORNER, None, SMILE)
    assert found.floor_mm is None
    assert not found.spans


def test_the_floor_is_the_person_s_own() -> None:
    assert trace(smile()).floor_mm == pytest.approx((0.5, 0.5))


def test_a_blink_is_no_narrowing() -> None:
    shut = bump(6.5, 0.1, 0.1, 0.1)
    found = trace(smile(eyes=lambda t: (1.0, 1.0 - 0.95 * shut(t))))
    assert not found.narrower.any()


def test_no_rows_have_no_course() -> None:
    found = trace([])
    assert found.row(1.0) is None
    assert found.narrow_eye(1.0) is None
    assert found.span_at(1.0) is None


@pytest.mark.parametrize("name", sorted(library.exercises()))
def test_an_exercise_s_own_way_is_followed(name: str) -> None:
    exercise = library.exercises()[name]
    for region in REGIONS:
        measure = measure_for(region, exercise)
        assert measure.region == region
        if exercise.wanted is not None and exercise.wanted.region == region:
            assert measure.direction == exercise.wanted.direction
