"""After a practice: how the face feels is kept, and what was only felt can be seen once more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from layouts import LAYOUTS, Draw
from test_lesson import Listener, lesson
from therapist_moments import bump, readings

from exercises import library
from exercises.repetition import Asked
from exercises.session import Finished, RepetitionOver
from landmarks.frame import Frame
from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.after import After
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Now
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.replay_page import ReplayPage
from mirrorcoach.live.result_page import REPLAY, ResultPage

FELT = Press("felt", "tired")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    with Desk(True, {"sounds": False, "language": "en"}) as desk:
        yield desk


def over(desk: Desk, *, why: Any = "done", kept: bool = True) -> Lesson:
    """A practice that is over, of which something was kept unless nothing was."""
    engine = Listener()
    one = lesson(desk, engine)
    assert engine.practice is not None
    if kept:
        assert engine.practice.keeping is not None
        engine.practice.keeping.end(why, 4.0, {}, None)
    engine.happened = [Finished(9.0, why == "done", why, 4.0)]
    engine.state = Now(state="over")
    one.follow()
    return one


@pytest.mark.parametrize("how", ["light", "as_usual", "tired"])
def test_how_the_face_feels_is_kept(desk: Desk, how: str) -> None:
    assert After(over(desk)).heed(Press("felt", how)) is None
    (kept,) = desk.practices
    assert kept.felt == how


def test_the_last_answer_counts(desk: Desk) -> None:
    after = After(over(desk))
    for how in ("light", "tired", "as_usual"):
        after.heed(Press("felt", how))
    (kept,) = desk.practices
    assert kept.felt == "as_usual"


def test_of_a_practice_that_was_not_kept_nothing_else_is(desk: Desk) -> None:
    assert After(over(desk, kept=False)).heed(FELT) is None
    assert desk.practices == []


def test_the_ways_on_concern_the_application(desk: Desk) -> None:
    after = After(over(desk))
    assert after.heed(Go("home")) == Go("home")
    assert after.heed(Key.LARGER) is Key.LARGER
    assert not after.measures


def test_what_ended_early_is_told_kindly(desk: Desk, drawn: Draw) -> None:
    said = drawn(After(over(desk, why="ended")).page, LAYOUTS[0]).said
    assert "Stopping when it suits you is part of practice." in said


def test_where_everything_was_seen_there_is_nothing_to_show_once_more(desk: Desk) -> None:
    after = After(over(desk))
    assert after.heed(REPLAY) == REPLAY
    assert isinstance(after.page, ResultPage)


def test_what_was_only_felt_is_shown_once_more_and_leads_back(desk: Desk) -> None:
    engine = Listener()
    one = lesson(desk, engine)
    one.heed(Press("view", "hidden"))
    moved = bump(2.0)
    image = np.zeros((48, 64, 3), dtype=np.uint8)
    for reading in readings(lambda t: 4 * moved(t), lambda t: 4 * moved(t)):
        engine.readings = lambda reading=reading: [reading]  # type: ignore[method-assign]
        engine.state = Now("going", Frame(reading.index, reading.time_s, image))
        one.follow()
    smile = library.exercises()["smile_open"]
    engine.readings = list  # type: ignore[method-assign]
    engine.happened = [
        RepetitionOver(Asked("smile_open", 1.0, 8.0), smile, 1, 1, True),
        Finished(9.0, True, "done", 9.0),
    ]
    engine.state = Now(state="over")
    one.follow()
    after = After(one)
    result = after.page
    assert after.heed(REPLAY) is None
    assert isinstance(after.page, ReplayPage)
    assert after.heed(Key.BACK) is None, "back to the result, not home"
    assert after.page is result
    assert after.heed(Key.BACK) is Key.BACK
