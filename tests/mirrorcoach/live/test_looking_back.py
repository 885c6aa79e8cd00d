"""A report from the window: written in the background, told in a sentence, opened on request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from layouts import LAYOUTS, Draw, Layout

from mirrorcoach.errors import StoreError
from mirrorcoach.live import looking_back, rooms, texts
from mirrorcoach.live.actions import Key
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.history_page import SAVE_REPORT, HistoryPage
from mirrorcoach.live.looking_back import OPEN, LookingBack
from mirrorcoach.live.message_page import MessagePage
from mirrorcoach.profile import Profile, Settings
from mirrorcoach.records.report import saving
from mirrorcoach.records.store import Store

LONG_S = 60.0
ROOMY = LAYOUTS[0]
NOTHING = dict.fromkeys(
    ("excursion_mm", "excursion_interval_mm", "onset_s", "peak_speed_mm_s", "hold_spread_mm")
)
UNKNOWN = {
    "index": 0,
    "exercise": "smile_open",
    "programme_step": None,
    "start_s": 0.0,
    "end_s": 9.0,
    "measurable": False,
    "confidence": "normal",
    "reasons": ["No face was seen."],
    "lost_ratio": 1.0,
    "head_offset_deg": None,
    "left": NOTHING,
    "right": NOTHING,
    "symmetry": None,
    "symmetry_interval": None,
    "path_agreement": None,
    "onset_lag_s": None,
    "returned": None,
    "quiet": [],
    "score": None,
}
"""A repetition of which nothing could be measured."""


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The person's folder of documents; theirs has one practice."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "kept"))
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: folder)
    with Store.open() as store:
        profile = Profile(name="Ada", informed=True, settings=Settings(language="en"))
        store.keep_profile(profile)
        number = store.begin("first_steps", {})
        store.keep(number, UNKNOWN)
        store.end(number, "ended", 60.0)
    return folder


def until(condition: Callable[[], object], visit: LookingBack) -> None:
    end_s = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < end_s, "waited in vain"
        visit.follow()
        time.sleep(0.005)


def stay(desk: Desk) -> LookingBack:
    return LookingBack(desk, rooms.progress(desk))


def asked(desk: Desk) -> LookingBack:
    """A stay on which a report was asked for, and came."""
    visit = stay(desk)
    assert visit.heed(SAVE_REPORT) is None
    until(lambda: isinstance(visit.page, MessagePage), visit)
    return visit


def said(visit: LookingBack, drawn: Draw, layout: Layout = ROOMY) -> str:
    frame = drawn(visit.page, layout)
    frame.check()
    return frame.said


def test_it_lies_with_the_documents_and_is_not_replaced(documents: Path, drawn: Draw) -> None:
    with Desk(True, {}) as desk:
        told = [said(asked(desk), drawn) for _ in range(2)]
    first, second = sorted(documents.iterdir(), key=lambda one: len(one.name))
    assert "Ada" in first.read_text(encoding="utf-8")
    assert second.stem == f"{first.stem}-2"
    for sentence, path in zip(told, (first, second), strict=True):
        assert "Your report is saved" in sentence
        assert path.name in sentence.replace(" ", "")


def test_the_window_goes_on_meanwhile(
    documents: Path, monkeypatch: pytest.MonkeyPatch, drawn: Draw
) -> None:
    going_on, made = threading.Event(), saving.compose

    def slow(*what: object) -> object:
        going_on.wait(LONG_S)
        return made(*what)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "compose", slow)
    with Desk(True, {}) as desk:
        visit = stay(desk)
        visit.heed(SAVE_REPORT)
        visit.heed(SAVE_REPORT)
        visit.follow()
        frame = drawn(visit.page, ROOMY)
        assert "One moment, please." in frame.said
        assert SAVE_REPORT not in [touch.action for touch in frame.canvas.touches]
        later = stay(desk)
        going_on.set()
        until(lambda: isinstance(later.page, MessagePage), later)
        assert later.heed(Key.BACK) is None
        assert SAVE_REPORT in [one.action for one in drawn(later.page, ROOMY).canvas.touches]
    assert len(list(documents.iterdir())) == 1


def test_it_is_opened_only_when_asked_for(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        looking_back.webbrowser, "open", lambda address: bool(opened.append(address)) or True
    )
    with Desk(True, {}) as desk:
        visit = asked(desk)
        assert opened == []
        assert visit.heed(OPEN) is None
        until(lambda: opened, visit)
        (path,) = documents.iterdir()
        assert opened == [path.as_uri()]
        assert visit.heed(Key.BACK) is None
        assert isinstance(visit.page, HistoryPage)
        assert visit.heed(Key.BACK) is Key.BACK


def test_without_a_browser_it_says_where_it_lies(
    documents: Path, monkeypatch: pytest.MonkeyPatch, drawn: Draw
) -> None:
    monkeypatch.setattr(looking_back.webbrowser, "open", lambda address: False)
    with Desk(True, {}) as desk:
        visit = asked(desk)
        visit.heed(OPEN)
        before = visit.page
        until(lambda: visit.page is not before, visit)
        assert "No browser answered." in said(visit, drawn)


def test_without_documents_it_lies_with_the_practices(documents: Path, tmp_path: Path) -> None:
    documents.rmdir()
    with Desk(True, {}) as desk:
        asked(desk)
    assert len(list((tmp_path / "kept").glob("mirrorcoach-report-*.html"))) == 1


def test_nothing_practised_is_said_kindly(documents: Path, drawn: Draw) -> None:
    with Store.open() as store:
        number = store.add(Profile(name="Ben", informed=True, settings=Settings(language="en")))
    with Desk(True, {}, who=str(number)) as desk:
        assert "Nothing to tell yet" in said(asked(desk), drawn)
    assert list(documents.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(
    documents: Path, monkeypatch: pytest.MonkeyPatch, drawn: Draw
) -> None:
    def full(*what: object, **how: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mirrorcoach.outfile.tempfile.mkstemp", full)
    with Desk(True, {}) as desk:
        sentence = said(asked(desk), drawn)
    assert "The report is not saved" in sentence
    assert "No space left on device" in sentence
    assert "Documents" in sentence


def test_a_store_that_cannot_be_read_is_said(
    documents: Path, monkeypatch: pytest.MonkeyPatch, drawn: Draw
) -> None:
    def broken(*what: object) -> None:
        raise StoreError("The file is damaged.")

    monkeypatch.setattr(saving.sources, "from_store", broken)
    with Desk(True, {}) as desk:
        assert "The file is damaged." in said(asked(desk), drawn)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_where_it_lies_can_be_read_in_every_layout(layout: Layout, drawn: Draw) -> None:
    t = texts.load(layout.language)
    path = "/home/marie-antoinette/Documents de famille/mirrorcoach-report-2026-05-24-12.html"
    ways = [
        looking_back.Way(t("history.report_open"), OPEN),
        looking_back.Way(t("common.close"), Key.BACK),
    ]
    page = MessagePage(t("history.report_saved"), t("history.report_saved_how"), ways, path)
    seen = ""
    for _ in range(4):
        frame = drawn(page, layout)
        frame.check()
        seen += frame.said
        page.heed(Key.DOWN)
    assert path.replace(" ", "") in seen.replace(" ", "")
