"""Progress is given pictures of then and now only if they are allowed and can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from mirrorcoach.live import rooms
from mirrorcoach.live.desk import Desk
from mirrorcoach.profile import Consents

FIRST = datetime(2026, 3, 3, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    with Desk(True, {"sounds": False, "language": "en"}) as desk:
        desk.change("consents", Consents(photographs=True))
        yield desk


def keep(desk: Desk, *days: int) -> None:
    assert desk.photographs is not None
    for number in days:
        image = np.full((90, 72, 3), 2 * number, dtype=np.uint8)
        desk.photographs.keep(image, FIRST + timedelta(days=number))


def shown(desk: Desk) -> list[int] | None:
    """Days after the first, if two pictures are shown; and they are those very pictures."""
    pair = rooms.then_and_now(desk)
    if pair is None:
        return None
    days = [(one.day - FIRST.date()).days for one in pair]
    for one, number in zip(pair, days, strict=True):
        assert abs(int(one.image.mean()) - 2 * number) <= 2
    return days


def test_the_first_and_the_latest_are_shown(desk: Desk) -> None:
    keep(desk, 20, 0, 60)
    assert shown(desk) == [0, 60]


def test_one_day_is_not_compared_with_itself(desk: Desk) -> None:
    assert shown(desk) is None
    keep(desk, 0, 0)
    assert shown(desk) is None


def test_nothing_is_shown_once_it_is_not_allowed_any_more(desk: Desk) -> None:
    keep(desk, 0, 60)
    desk.change("consents", Consents(photographs=False))
    assert shown(desk) is None
    desk.change("consents", Consents(photographs=True))
    assert shown(desk) == [0, 60]


def test_damaged_pictures_are_passed_over(desk: Desk) -> None:
    keep(desk, 0, 20, 40, 60)
    assert desk.photographs is not None
    first, _, _, last = desk.photographs.all()
    for one in (first, last):
        one.path.write_bytes(b"no picture")
    assert shown(desk) == [20, 40]


def test_a_folder_that_cannot_be_listed_does_not_bar_progress(desk: Desk) -> None:
    keep(desk, 0, 60)
    assert desk.photographs is not None
    folder = desk.photographs.folder
    folder.rename(folder.with_name("elsewhere"))
    folder.touch()
    assert shown(desk) is None
    assert rooms.progress(desk) is not None
