"""Nothing that is said is cut off, crowded or printed over, at any size."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pygame
import pytest
from live_moments import WORDS, Printed, every_moment, session_view, snapshot

from exercises import library
from exercises.schema import Prompt
from exercises.session import Phase
from exercises.watch import QuietMark
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.mirror_scene import CARD, SHEET, MirrorScene
from mirrorcoach.live.scenes import LoadingScene, MessageScene, ResultScene
from mirrorcoach.live.theme import LARGE
from mirrorcoach.live.views import LoadingView, MessageView, ResultRow, ResultView

SIZES = [(1280, 720), (1920, 1080), (800, 600), (1000, 1000), (2560, 1080)]
NAMES = [
    "Open smile",
    'Show lower teeth, "ee"',
    "Gentle eye closure",
    "Nose wrinkle",
    "Lip pucker",
    "Brow lift",
    "Rest and release",
]

Lines = Callable[[], list[Printed]]


def check(lines: list[Printed], canvas: Canvas) -> None:
    window = pygame.Rect((0, 0), canvas.fit.size)
    assert lines
    for line in lines:
        assert line.width <= line.room, line
        assert window.contains(line.letters), line
    for one, other in combinations(lines, 2):
        assert not one.letters.colliderect(other.letters), (one, other)


@pytest.mark.parametrize("language", library.languages())
@pytest.mark.parametrize("size", SIZES)
def test_every_word_of_a_session_fits(size: tuple[int, int], language: str, printed: Lines) -> None:
    canvas, target = Canvas(*size), pygame.Surface(size)
    scene = MirrorScene(canvas, Mirror())
    card, sheet = canvas.fit.pixels(CARD), canvas.fit.pixels(SHEET)
    for number, view in enumerate(every_moment(library.words(language))):
        for late in (0.0, 5.0):
            canvas.begin(target)
            scene.draw(view, 10.0 * number + late)
        lines = printed()
        check(lines, canvas)
        if view.snapshot.phase is Phase.PAUSED:
            assert all(sheet.contains(line.letters) for line in lines)
            assert any(line.text == "A short pause" for line in lines)
        else:
            said = view.snapshot.cue.short
            cue = [
                line
                for line in lines
                if line.text and line.text in said and card.collidepoint(line.letters.center)
            ]
            assert "".join(line.text for line in cue).replace(" ", "") == said.replace(" ", "")
            assert all(card.contains(line.letters) for line in cue)


def test_a_cue_longer_than_agreed_takes_two_lines_in_its_card(printed: Lines) -> None:
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    scene = MirrorScene(canvas, Mirror())
    cue = "A much longer cue from somebody's own file, which nobody ever shortened."
    prompt = Prompt(short=cue, spoken=cue)
    for now_s in (0.0, 5.0):
        canvas.begin(target)
        scene.draw(session_view(snapshot(cue=prompt, quiet=QuietMark("eye", "left"))), now_s)
    check(printed(), canvas)
    lines = [line for line in printed() if line.text in cue]
    assert len(lines) == 2
    assert all(canvas.fit.pixels(CARD).contains(line.letters) for line in lines)


def test_the_pause_sheet_does_not_say_it_twice(printed: Lines) -> None:
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    scene = MirrorScene(canvas, Mirror())
    view = session_view(snapshot(Phase.PAUSED, cue=WORDS.cue["paused"]))
    for now_s in (0.0, 5.0):
        canvas.begin(target)
        scene.draw(view, now_s)
    said = [line.text for line in printed()]
    assert said == ["A short pause", "Go on when you like.", "Go on", "Enter", "End for today", "E"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", range(8))
def test_results_of_no_to_seven_exercises_fit(
    size: tuple[int, int], count: int, printed: Lines
) -> None:
    rows = tuple(
        ResultRow(
            name,
            f"Left {10 + number} mm",
            "Right: rest",
            None if number == 1 else 0.3 + 0.1 * number,
            None if number == 1 else 0.2 + 0.1 * number,
            None if number == 1 else 0.4 + 0.1 * number,
            "not measurable: the head had turned a little while it was asked for"
            if number == 1
            else "about half as far on the right",
        )
        for number, name in enumerate(NAMES[:count])
    )
    view = ResultView(
        "Done for now. Thank you.",
        "Nothing was measured this time. It still counts as time for your face.",
        rows,
        "A practice aid: it does not diagnose, grade or treat.",
    )
    canvas, target = Canvas(*size), pygame.Surface(size)
    canvas.begin(target)
    ResultScene(canvas).draw(view, 0.0)
    check(printed(), canvas)
    said = " ".join(line.text for line in printed())
    assert all(row.name in said for row in rows)
    assert view.footnote in said


def test_an_evenness_that_is_not_known_is_said_and_not_drawn(printed: Lines) -> None:
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    canvas.begin(target)
    row = ResultRow("Open smile", "", "", None, None, None, "")
    ResultScene(canvas).draw(ResultView("Done", "", (row,), "Aid"), 0.0)
    assert "not measurable yet" in [line.text for line in printed()]
    pixels = pygame.surfarray.array2d(target)
    bar = target.map_rgb(canvas.theme.sunk)
    assert not (pixels == bar).any()


def test_more_exercises_than_fit_are_counted(printed: Lines) -> None:
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    canvas.begin(target)
    rows = tuple(ResultRow(f"Row {n}", "", "", 0.5, 0.4, 0.6, "") for n in range(9))
    ResultScene(canvas).draw(ResultView("Done", "", rows, "Aid"), 0.0)
    said = [line.text for line in printed()]
    assert "Row 5" in said
    assert "Row 6" not in said
    assert "and 3 more" in said


@pytest.mark.parametrize("size", SIZES)
def test_waiting_and_messages_fit(size: tuple[int, int], printed: Lines) -> None:
    canvas, target = Canvas(*size), pygame.Surface(size)
    canvas.begin(target)
    LoadingScene(canvas).draw(LoadingView("One moment, please."), 3.0)
    check(printed(), canvas)
    canvas.begin(target)
    text = "Plug one in, or let other programs go of it, and start again. " * 4
    MessageScene(canvas).draw(MessageView("No camera was found on this computer", text), 0.0)
    check(printed(), canvas)


def test_a_no_break_space_holds_words_together() -> None:
    wrap = Canvas(1280, 720).type.wrap
    assert wrap("Un petit « ou ».", LARGE, 1.0) == ["Un", "petit", "« ou »."]
    assert wrap("  ", LARGE, 1.0) == []
