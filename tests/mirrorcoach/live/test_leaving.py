"""Leaving in the middle: what was over of a practice is kept, though nobody measures any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from therapist_moments import REST, bump, readings

from exercises import library
from exercises.schema import Programme, Step
from exercises.session import Phase
from mirrorcoach.capture.steady import SteadyCamera
from mirrorcoach.live.practice import Practice
from mirrorcoach.records.store import Store

PROGRAMME = Programme(
    id="test", stage="paresis", steps=(Step(exercise="smile_open", repetitions=3),)
)
RISE_S, LET_GO_ENDS_S = 5.0, 14.0
"""The session begins with five seconds of rest; then out, hold and back of three seconds each."""


@pytest.mark.parametrize(("left_s", "kept"), [(10.0, 0), (14.5, 0), (16.5, 1), (18.5, 1)])
def test_a_movement_that_is_over_is_kept_whenever_the_window_is_closed(
    left_s: float, kept: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    moved = bump(RISE_S + 0.3, 2.0, 3.5, 2.0)
    with Store.open() as store:
        one = Practice(PROGRAMME, SteadyCamera(0), words=library.words(), store=store)
        one.rest = REST
        for reading in readings(lambda t: 4 * moved(t), lambda t: 3 * moved(t), length_s=left_s):
            one.signals.append(reading)
            one.session.see(reading)
        between = one.session.snapshot().phase is Phase.BETWEEN
        assert between == (left_s > LET_GO_ENDS_S)
        one.leave()
        assert len(one.repetitions) == kept
        (record,) = store.practices()
    assert len(record.repetitions) == kept
    assert record.ending == "ended"
    assert all(repetition["measurable"] for repetition in record.repetitions)
