"""After a practice: a picture is kept only when it was seen and asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from test_result_page import outcome

from mirrorcoach.live.actions import Key
from mirrorcoach.live.after import After
from mirrorcoach.live.keep_picture_page import KEEP, KeepPicturePage
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.result_page import KEEP_PICTURE, ResultPage
from mirrorcoach.records.photographs import Photographs

IMAGE = np.full((900, 720, 3), 128, dtype=np.uint8)


@pytest.fixture
def photographs(tmp_path: Path) -> Iterator[Photographs]:
    yield Photographs(tmp_path, 1)


def lesson(picture: Any = IMAGE) -> Lesson:
    """A practice that is over."""
    known = {"outcome": outcome, "ending": "done", "unseen": None, "picture": picture}
    return cast(Lesson, SimpleNamespace(**known))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def offered(after: After) -> str | None:
    assert isinstance(after.page, ResultPage)
    return after.page.picture


def test_it_is_offered_only_where_there_is_a_picture_and_a_place(photographs: Photographs) -> None:
    assert offered(After(lesson(), photographs)) == "there"
    assert offered(After(lesson(None), photographs)) is None
    assert offered(After(lesson())) is None
    nothing = After(lesson(None), photographs)
    assert nothing.heed(KEEP_PICTURE) == KEEP_PICTURE
    assert isinstance(nothing.page, ResultPage)


def test_it_is_seen_before_anything_is_written(photographs: Photographs, tmp_path: Path) -> None:
    after = After(lesson(), photographs)
    assert after.heed(KEEP_PICTURE) is None
    assert isinstance(after.page, KeepPicturePage)
    assert files(tmp_path) == []
    assert after.heed(Key.BACK) is None
    assert offered(after) == "there"
    assert files(tmp_path) == []


def test_keep_keeps_that_very_picture_with_todays_date(photographs: Photographs) -> None:
    after = After(lesson(), photographs)
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
    after = After(lesson(), photographs)
    after.heed(KEEP_PICTURE)
    assert after.heed(KEEP) is None
    assert isinstance(after.page, KeepPicturePage)
    assert "could not be kept" in after.page.failure
    (tmp_path / "photographs").unlink()
    after.heed(KEEP)
    assert offered(after) == "kept"
    assert len(photographs.all()) == 1
