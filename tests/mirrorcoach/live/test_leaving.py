"""Leaving in the middle: what was over of a practice is kept, though nobody measures any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from therapist_moments import REST, bump, readings

from exercises import library
from exercises.events import Phase
from exercises.schema import Programme, Step
from mirrorcoach.capture.steady import SteadyCamera
from mirrorcoach.errors import StoreError
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


@pytest.mark.parametrize("room_again", [True, False])
def test_what_cannot_be_written_is_tried_again_with_what_comes_next(
    room_again: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    keep = Store.keep
    refused: list[object] = []

    def full(self: Store, *what: Any) -> None:
        if not refused or not room_again:
            refused.append(what)
            raise StoreError("The disk is full.")
        keep(self, *what)

    monkeypatch.setattr(Store, "keep", full)
    moved = bump(RISE_S + 0.3, 2.0, 3.5, 2.0)
    with Store.open() as store:
        one = Practice(PROGRAMME, SteadyCamera(0), words=library.words(), store=store)
        one.rest = REST
        for reading in readings(lambda t: 4 * moved(t), lambda t: 3 * moved(t), length_s=17.0):
            one.signals.append(reading)
            one.session.see(reading)
        one.leave()
        assert len(one.repetitions) == 1, "it is known for the result all the same"
        assert (one.unkept is None) == room_again
        (record,) = store.practices()
    assert len(record.repetitions) == room_again
    assert record.ending == ("ended" if room_again else None)
