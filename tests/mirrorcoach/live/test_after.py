"""After a practice: how the face feels is kept, what was only felt is seen, a picture asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from layouts import LAYOUTS, Draw
from test_lesson import Listener, lesson
from test_result_page import outcome
from therapist_moments import bump, readings

from exercises import library
from exercises.events import Finished, RepetitionOver
from exercises.repetition import Asked
from landmarks.frame import Frame
from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.after import After
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Now
from mirrorcoach.live.keep_picture_page import KEEP, KeepPicturePage
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.replay_page import ReplayPage
from mirrorcoach.live.result_page import KEEP_PICTURE, REPLAY, ResultPage
from mirrorcoach.records.photographs import Photographs

IMAGE = np.full((900, 720, 3), 128, dtype=np.uint8)
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


# A picture of today


@pytest.fixture
def photographs(tmp_path: Path) -> Iterator[Photographs]:
    yield Photographs(tmp_path, 1)


def with_picture(picture: Any = IMAGE) -> Lesson:
    """A practice that is over."""
    known = {"outcome": outcome, "ending": "done", "unseen": None, "picture": picture}
    return cast(Lesson, SimpleNamespace(**known))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def offered(after: After) -> str | None:
    assert isinstance(after.page, ResultPage)
    return after.page.picture


def test_it_is_offered_only_where_there_is_a_picture_and_a_place(photographs: Photographs) -> None:
    assert offered(After(with_picture(), photographs)) == "there"
    assert offered(After(with_picture(None), photographs)) is None
    assert offered(After(with_picture())) is None
    nothing = After(with_picture(None), photographs)
    assert nothing.heed(KEEP_PICTURE) == KEEP_PICTURE
    assert isinstance(nothing.page, ResultPage)


def test_it_is_seen_before_anything_is_written(photographs: Photographs, tmp_path: Path) -> None:
    after = After(with_picture(), photographs)
    assert after.heed(KEEP_PICTURE) is None
    assert isinstance(after.page, KeepPicturePage)
    assert files(tmp_path) == []
    assert after.heed(Key.BACK) is None
    assert offered(after) == "there"
    assert files(tmp_path) == []


def test_keep_keeps_that_very_picture_with_todays_date(photographs: Photographs) -> None:
    after = After(with_picture(), photographs)
    after.heed(KEEP_PICTURE)
    assert after.heed(KEEP) is None
    assert offered(after) == "kept"
    (one,) = photographs.all()
    assert np.abs(one.image().astype(int) - IMAGE).max() <= 2
    assert abs(datetime.now(timezone.utc) - one.taken_at) < timedelta(minutes=5)
    after.heed(KEEP)
    assert len(photographs.all()) == 1, "once, however often it is pressed"


def test_what_keeps_it_from_being_kept_is_said_and_can_be_tried_again(
    photographs: Photographs, tmp_path: Path
) -> None:
    (tmp_path / "photographs").touch()
    after = After(with_picture(), photographs)
    after.heed(KEEP_PICTURE)
    assert after.heed(KEEP) is None
    assert isinstance(after.page, KeepPicturePage)
    assert "could not be kept" in after.page.failure
    (tmp_path / "photographs").unlink()
    after.heed(KEEP)
    assert offered(after) == "kept"
    assert len(photographs.all()) == 1
