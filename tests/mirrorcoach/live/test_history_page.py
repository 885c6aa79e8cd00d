"""Progress says no more than is known, and a day without practice looks like paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import numpy as np
import pytest
from layouts import LAYOUTS, Draw, Layout

from exercises import library
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.history_page import SAVE_REPORT, HistoryPage, Photograph
from mirrorcoach.live.remarks import remarks
from mirrorcoach.live.shapes import Box
from mirrorcoach.records.history import trends
from mirrorcoach.records.practices import PracticeRecord

ROOMY = LAYOUTS[0]
TODAY = date(2026, 5, 24)
FEW = ("smile_eye_open", "brow_lift")
MANY = (*FEW, "eye_close_gentle", "pucker", "snarl", "ee_lowerlip", "smile_open")


def repetition(exercise: str, evenness: float | None) -> dict[str, object]:
    side = {"excursion_mm": 3.0, "excursion_interval_mm": [2.0, 4.0]}
    known = evenness is not None
    return {
        "exercise": exercise,
        "symmetry": evenness,
        "symmetry_interval": [evenness - 0.05, min(1.0, evenness + 0.05)] if known else [0.0, 1.0],
        "measurable": known,
        "reasons": [],
        "left": side,
        "right": side,
        "quiet": [],
    }


def practice(day: date, evenness: float | None, exercises: tuple[str, ...] = FEW, number: int = 1):
    return PracticeRecord(
        number=number,
        started_at=datetime(day.year, day.month, day.day, 9, tzinfo=timezone.utc),
        programme="synkinesis",
        repetitions=tuple(repetition(one, evenness) for one in exercises),
        answers=(),
        felt=None,
        ending="done",
        practised_s=300.0,
        provenance={"scoring": 1},
    )


def course(
    days: int, evenness: Callable[[float], float], exercises: tuple[str, ...] = FEW
) -> list[PracticeRecord]:
    """A practice on every second day up to today."""
    return [
        practice(TODAY - timedelta(days=gone), evenness(1 - gone / max(1, days)), exercises, n)
        for n, gone in enumerate(range(days, -1, -2), 1)
    ]


def wavering(share: float) -> float:
    return 0.6 + 0.04 * np.sin(40 * share)


def rising(share: float) -> float:
    return 0.45 + 0.35 * share + 0.01 * np.sin(40 * share)


def photographs() -> tuple[Photograph, Photograph]:
    image = np.full((64, 48, 3), 128, dtype=np.uint8)
    return Photograph(date(2026, 3, 3), image), Photograph(TODAY, image)


SIX_WEEKS = date(2026, 8, 31)
"""The last day of a month that takes six rows."""


def page(
    practices: list[PracticeRecord],
    language: str = "en",
    pictures: bool = False,
    today: date = TODAY,
):
    words = library.words(language)
    return HistoryPage(practices, words, today, photographs() if pictures else None)


def everything(shown: HistoryPage, layout: Layout, drawn: Draw) -> str:
    """All that is said from the top to the bottom; each part of it is checked."""
    frame = drawn(shown, layout, (0.0,))
    frame.check()
    said = [frame.said]
    for _ in range(40):
        if DOWN not in [touch.action for touch in frame.canvas.touches]:
            break
        shown.heed(Key.DOWN)
        frame = drawn(shown, layout, (0.0,))
        frame.check()
        said.append(frame.said)
    return " ".join(said)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("exercises", [FEW, MANY], ids=["few", "many"])
def test_chart_and_month_are_reached_in_every_layout(
    layout: Layout, exercises: tuple[str, ...], drawn: Draw
) -> None:
    t = texts.load(layout.language)
    shown = page(course(80, rising, exercises), layout.language, pictures=True)
    said = everything(shown, layout, drawn)
    for name in ("history.even", "history.half", "history.photographs"):
        assert t(name) in said
    assert "31" in said


def unlike() -> list[PracticeRecord]:
    """Scored by another version at first, far away for a while, and in the evening of late."""
    return [
        replace(
            one,
            started_at=one.started_at.replace(hour=19 if n > 20 else 9),
            provenance={"scoring": 1 if n < 8 else 2},
            rest={"scale": {"mm_per_px": 0.9 if 20 <= n < 23 else 0.4}},
        )
        for n, one in enumerate(course(80, rising))
    ]


@pytest.mark.parametrize("pictures", [False, True], ids=["", "pictures"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_what_is_not_compared_is_said_in_every_layout(
    layout: Layout, pictures: bool, drawn: Draw
) -> None:
    said = everything(page(unlike(), layout.language, pictures), layout, drawn)
    found = trends(unlike())[0]
    told = remarks(found, texts.load(layout.language))
    assert len(told) == 3
    for one in told:
        assert one in said


def test_where_everything_is_alike_nothing_is_said_of_it(drawn: Draw) -> None:
    said = drawn(page(course(80, rising)), ROOMY, (0.0,)).said
    assert "compared" not in said
    assert "time of day" not in said


def test_what_is_not_compared_is_that_of_the_movement_shown(drawn: Draw) -> None:
    old = practice(TODAY - timedelta(days=90), 0.5, ("brow_lift",))
    kept = [replace(old, provenance={"scoring": 0}), *course(80, rising)]
    shown = page(kept)
    shown.heed(Press("exercise", "brow_lift"))
    assert "1 practice was scored by another version (0)" in drawn(shown, ROOMY, (0.0,)).said
    shown.heed(Press("exercise", "smile_eye_open"))
    assert "another version" not in drawn(shown, ROOMY, (0.0,)).said


@pytest.mark.parametrize("pictures", [False, True], ids=["", "pictures"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_a_report_is_reached_beside_the_longest_month(
    layout: Layout, pictures: bool, drawn: Draw
) -> None:
    t = texts.load(layout.language)
    shown = page(course(20, wavering), layout.language, pictures, SIX_WEEKS)
    said = everything(shown, layout, drawn)
    ways = {t("history.report"), t("history.report_short")}
    assert any(one in said for one in ways)
    shown.saving = True
    said = everything(shown, layout, drawn)
    assert not any(one in said for one in ways)


@pytest.mark.parametrize("layout", [ROOMY, LAYOUTS[-4]], ids=str)
def test_a_report_is_saved_with_its_button_or_its_key(layout: Layout, drawn: Draw) -> None:
    shown = page(course(20, wavering))
    canvas = drawn(shown, layout).canvas
    keys = {touch.key: touch.action for touch in canvas.touches} | canvas.keys
    assert keys["r"] == SAVE_REPORT
    assert shown.heed(SAVE_REPORT) == SAVE_REPORT


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_an_empty_history_is_calm_in_every_layout(layout: Layout, drawn: Draw) -> None:
    t = texts.load(layout.language)
    said = everything(page([], layout.language), layout, drawn)
    assert t("history.nothing").split()[0] in said
    assert t("history.half") not in said.split()


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_one_day_and_pictures_fit_in_every_layout(layout: Layout, drawn: Draw) -> None:
    shown = page([practice(TODAY, 0.6)], layout.language, pictures=True)
    everything(shown, layout, drawn)
    shown.heed(Press("photographs"))
    said = everything(shown, layout, drawn)
    assert "2026" in said
    assert "24" in said


@pytest.mark.parametrize(
    ("practices", "sentence"),
    [
        (course(60, rising), "More even than in your first days"),
        (course(60, wavering), "About the same as in your first days"),
        (course(60, lambda share: 1.3 - rising(share)), "Less even than in your first days"),
        (course(8, rising), "A beginning"),
        ([practice(TODAY, 0.6)], "Your first day"),
        ([practice(TODAY, None)], "Time for your face"),
        ([], "Here is room for what comes"),
    ],
)
def test_the_sentence_says_what_is_certain(
    practices: list[PracticeRecord], sentence: str, drawn: Draw
) -> None:
    assert sentence in drawn(page(practices), ROOMY, (0.0,)).said


def test_the_chart_has_words_and_dates_but_no_numbers_of_evenness(drawn: Draw) -> None:
    said = drawn(page(course(80, rising)), ROOMY, (0.0,)).said
    assert "%" not in said
    assert "%" not in drawn(page(unlike()), ROOMY, (0.0,)).said
    assert "0." not in said
    dates = [month for month in ("Mar", "Apr", "May") for _ in range(said.split().count(month))]
    assert "today" in said
    assert len(dates) <= 5  # four dates beside today, and the month's own name


def test_an_exercise_is_chosen_with_a_chip_or_the_arrows(
    drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    charts: list[str] = []
    monkeypatch.setattr(
        "mirrorcoach.live.trend_chart.draw",
        lambda canvas, box, trend, today: charts.append(trend.exercise),
    )
    shown = page(course(30, rising))
    drawn(shown, ROOMY, (0.0,))
    shown.heed(Press("exercise", "smile_eye_open"))
    drawn(shown, ROOMY, (0.0,))
    assert shown.heed(Key.LEFT) is None
    drawn(shown, ROOMY, (0.0,))
    for _ in range(2):  # before the first stands the list of all; before that, nothing
        shown.heed(Key.LEFT)
        assert "Beside its own first days" in drawn(shown, ROOMY, (0.0,)).said
    shown.heed(Key.RIGHT)
    drawn(shown, ROOMY, (0.0,))
    assert charts == ["brow_lift", "smile_eye_open", "brow_lift", "brow_lift"]


def months_of_all() -> list[PracticeRecord]:
    """Two movements get better, one lags behind them, and one was left off in April."""
    better = course(80, rising)
    slow = [
        practice(TODAY - timedelta(days=gone), 0.36 + 0.01 * (gone % 3), ("snarl",), 100 + gone)
        for gone in range(60, -1, -2)
    ]
    left_off = course(80, wavering, ("pucker",))[:20]
    return sorted([*better, *slow, *left_off], key=lambda one: one.started_at)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_each_movement_is_told_in_every_layout(layout: Layout, drawn: Draw) -> None:
    shown = page(months_of_all(), layout.language)
    drawn(shown, layout, (0.0,))
    shown.heed(Key.LEFT)
    said = everything(shown, layout, drawn)
    for exercise in (*FEW, "snarl", "pucker"):
        name = library.words(layout.language).exercise[exercise].name
        assert name.split()[-1] in said
    assert "%" not in said


def test_of_each_movement_it_says_what_is_better_what_lags_and_what_has_rested(drawn: Draw) -> None:
    shown = page(months_of_all())
    shown.heed(Press("exercise", "each"))
    told: dict[str, str] = {}
    for _ in range(4):
        frame = drawn(shown, ROOMY, (0.0,))
        for touch in frame.canvas.touches:
            if isinstance(touch.action, Press) and touch.action.name == "exercise":
                place = frame.canvas.fit.pixels(touch.box)
                lines = [one.text for one in frame.lines if place.contains(one.letters)]
                if lines:  # what has none is a step to the next
                    told.setdefault(str(touch.action.value), " · ".join(lines))
        shown.heed(Key.DOWN)
    assert told["brow_lift"] == "Brow lift · More even than in your first days"
    assert told["snarl"] == (
        "Nose wrinkle · About the same as in your first days · "
        "Asks for more patience than the others"
    )
    assert told["pucker"].startswith("Lip pucker · About the same as in your first days · ")
    assert told["pucker"].endswith("Last on 12 April 2026")


def test_a_row_leads_to_its_chart(drawn: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    charts: list[str] = []
    monkeypatch.setattr(
        "mirrorcoach.live.trend_chart.draw",
        lambda canvas, box, trend, today: charts.append(trend.exercise),
    )
    shown = page(months_of_all())
    shown.heed(Press("exercise", "each"))
    touches = drawn(shown, ROOMY, (0.0,)).canvas.touches
    row = next(one for one in touches if one.action == Press("exercise", "smile_eye_open"))
    assert charts == []
    assert shown.heed(row.action) is None
    drawn(shown, ROOMY, (0.0,))
    assert charts == ["smile_eye_open"]


def test_one_movement_alone_needs_no_list(drawn: Draw) -> None:
    shown = page(course(30, rising, ("pucker",)))
    frame = drawn(shown, ROOMY, (0.0,))
    assert "Each movement" not in frame.said
    shown.heed(Key.LEFT)
    assert "Each movement" not in drawn(shown, ROOMY, (0.0,)).said


def test_months_go_from_the_first_practice_to_today(drawn: Draw) -> None:
    shown = page(course(80, rising))

    def steps() -> set[object]:
        touches = drawn(shown, ROOMY, (0.0,)).canvas.touches
        return {one.action.value for one in touches if getattr(one.action, "name", "") == "month"}

    assert steps() == {-1}
    shown.heed(Press("month", -1))
    assert "April" in drawn(shown, ROOMY, (0.0,)).said
    assert steps() == {-1, 1}
    shown.heed(Press("month", -1))
    assert steps() == {1}
    shown.heed(Press("month", -1))
    assert "March" in drawn(shown, ROOMY, (0.0,)).said


def test_months_have_keys_where_the_page_does_not_scroll(drawn: Draw) -> None:
    shown = page(course(80, rising))
    shown.heed(Press("month", -1))

    def keys(layout: Layout) -> dict[str, object]:
        touches = drawn(shown, layout, (0.0,)).canvas.touches
        return {one.key: one.action for one in touches if one.key.startswith("page")}

    months = {"page up": Press("month", -1), "page down": Press("month", 1)}
    assert keys(Layout((1280, 720), "light", 100, "en")) == months
    assert keys(Layout((800, 600), "light", 100, "en")) == {}


def test_a_day_without_practice_looks_like_paper(
    drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked: list[Box] = []
    panel = Canvas.panel

    def spy(self: Canvas, box: Box, *rest: object) -> None:
        marked.append(box)
        panel(self, box, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "panel", spy)
    shown = page([practice(date(2026, 5, 11), None)])
    drawn(shown, ROOMY, (0.0,))
    tinted = [box for box in marked if box.w < 60 and box.x > 824]
    assert len(tinted) == 1


def test_pictures_are_shown_only_when_asked_for(
    drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(
        "mirrorcoach.live.history_page.Reflected.draw",
        lambda self, canvas, box, radius: made.append(self),
    )
    assert "Then and now" not in drawn(page([]), ROOMY, (0.0,)).said
    shown = page([], pictures=True)
    drawn(shown, ROOMY, (0.0,))
    assert not made
    shown.heed(Press("photographs"))
    assert "3 March 2026" in drawn(shown, ROOMY, (0.0,)).said
    assert len(made) == 2
    assert shown.heed(Key.BACK) is None
    assert "Here is room" in drawn(shown, ROOMY, (0.0,)).said
    assert shown.heed(Key.BACK) is Key.BACK


def test_a_picture_is_shown_as_in_a_mirror(drawn: Draw) -> None:
    image = np.zeros((60, 60, 3), dtype=np.uint8)
    image[:, :30] = (255, 255, 255)
    one = Photograph(TODAY, image)
    shown = HistoryPage([], library.words(), TODAY, (one, one))
    shown.heed(Press("photographs"))
    canvas = drawn(shown, ROOMY, (0.0,)).canvas
    assert canvas.target.get_at((220, 350))[:3] == (0, 0, 0)
    assert canvas.target.get_at((440, 350))[:3] == (255, 255, 255)
