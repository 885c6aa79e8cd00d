"""After a practice: what is known is said calmly; what is not has its reason and no number."""

from __future__ import annotations

import dataclasses

import pygame
import pytest
from layouts import LAYOUTS, Draw, Layout

from exercises import library
from exercises.events import Ending
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.outcome import Beads, ExerciseDetail, Outcome, Scale, SideDetail
from mirrorcoach.live.result_page import KEEP_PICTURE, Picture, ResultPage, _draw_scale
from mirrorcoach.live.shapes import Box
from mirrorcoach.records.history import Measured

ROOMY = LAYOUTS[0]
NARROWEST = Layout((800, 600), "light", 200, "fr")


def outcome(language: str = "en") -> Outcome:
    t, words = texts.load(language), library.words(language)

    def side(name: str, mm: float | None) -> SideDetail:
        if mm is None:
            why = t("outcome.not_measurable", why=t("reason.turned_too_far", deg="12").lower())
            return SideDetail(name, t(f"common.{name}"), why, None, None, None)
        text = t("outcome.side_mm", mm=mm, low=f"{mm - 1:.1f}", high=f"{mm + 1:.1f}")
        return SideDetail(name, t(f"common.{name}"), text, mm, mm - 1, mm + 1)

    def detail(name: str, left: float | None, right: float | None) -> ExerciseDetail:
        sides = side("left", left), side("right", right)
        known = left is not None and right is not None
        return ExerciseDetail(
            name,
            words.exercise[name].name,
            t.count("outcome.repetitions", 5),
            *sides,
            Measured(0.8, 0.66, 0.93) if known else None,
            t("outcome.phrase_nearly") if known else sides[1].text,
        )

    smile = words.exercise["smile_eye_open"].name
    return Outcome(
        title=t("outcome.title"),
        sentence=t("outcome.better", exercise=smile, when=t("outcome.when_morning")),
        beads=(
            Beads("together", t("outcome.together"), 9, t("outcome.together_more")),
            Beads("eye_open", t("outcome.eyes_open"), 7, t("outcome.time_more")),
        ),
        scale=Scale(
            t("outcome.scale_of", exercise=smile),
            0.61,
            0.62,
            0.5,
            0.74,
            t("outcome.first_day"),
            t("outcome.today"),
            t("outcome.even"),
        ),
        scale_title=t("outcome.scale_of", exercise=smile),
        scale_note="",
        details=(
            detail("smile_eye_open", 4.1, 3.5),
            detail("pucker_eye_open", None, None),
            detail("brow_lift", 5.0, None),
            detail("eye_close_gentle", 9.0, 8.0),
            detail("ee_lowerlip", 2.5, 2.4),
        ),
        footnote=t("common.aid"),
    )


def unknown(language: str = "en") -> Outcome:
    t = texts.load(language)
    return dataclasses.replace(
        outcome(language),
        sentence=t("outcome.nothing_measured"),
        beads=(),
        scale=None,
        scale_title="",
        details=(),
    )


def everything(page: ResultPage, layout: Layout, drawn: Draw) -> str:
    """All that is said from the top to the bottom of a view; each part of it is checked."""
    frame = drawn(page, layout)
    frame.check()
    said = [frame.said]
    for _ in range(60):
        if DOWN not in [touch.action for touch in frame.canvas.touches]:
            break
        page.heed(Key.DOWN)
        frame = drawn(page, layout)
        frame.check()
        said.append(frame.said)
    return " ".join(said)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("ending", ["done", "faded"])
def test_everything_is_reached_in_every_layout(layout: Layout, ending: Ending, drawn: Draw) -> None:
    page, t = ResultPage(outcome(layout.language), ending), texts.load(layout.language)
    said = everything(page, layout, drawn)
    for name in ("result.felt_light", "result.felt_as_usual", "result.felt_tired", "common.finish"):
        assert t(name) in said
    assert t("outcome.today") in said


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_details_are_reached_in_every_layout(layout: Layout, drawn: Draw) -> None:
    page = ResultPage(outcome(layout.language))
    page.heed(Press("details"))
    said = everything(page, layout, drawn)
    assert "93" in said
    assert "12" in said


@pytest.mark.parametrize("language", library.languages())
def test_a_movement_is_never_named_without_what_is_said_of_it(language: str, drawn: Draw) -> None:
    layout, t = Layout((800, 600), "light", 100, language), texts.load(language)
    told = outcome(language)
    known = tuple(one for one in told.details if one.left.excursion_mm is not None)
    page = ResultPage(dataclasses.replace(told, details=known))
    page.heed(Press("details"))
    for _ in range(30):
        said = drawn(page, layout).said
        assert said.count(t("common.left")) >= said.count(t.count("outcome.repetitions", 5))
        page.heed(Key.DOWN)


def test_a_scale_has_an_edge_where_colours_are_few() -> None:
    canvas = Layout((1280, 720), "high_contrast", 100, "en").canvas()
    target = pygame.Surface((1280, 720))
    canvas.begin(target)
    _draw_scale(canvas, Box(100, 100, 400, 14), Measured(0.7, 0.6, 0.8))
    column = [tuple(target.get_at((200, y)))[:3] for y in range(90, 125)]
    assert column.count(canvas.theme.line) >= 2


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_nothing_measured_is_said_kindly_in_every_layout(layout: Layout, drawn: Draw) -> None:
    page, t = ResultPage(unknown(layout.language)), texts.load(layout.language)
    said = everything(page, layout, drawn)
    assert t("result.details") not in said
    assert not any(letter.isdigit() for letter in said)


def test_a_wish_to_finish_or_to_see_progress_is_given_back(drawn: Draw) -> None:
    page = ResultPage(outcome())
    keys = {touch.key: touch.action for touch in drawn(page, ROOMY).canvas.touches}
    assert keys["enter"] == Go("home")
    assert keys["p"] == Go("history")
    assert page.heed(Go("home")) == Go("home")
    assert page.heed(Key.BACK) is Key.BACK


def test_how_the_face_feels_is_given_back_and_can_be_changed(drawn: Draw) -> None:
    page = ResultPage(outcome())
    keys = {touch.key: touch.action for touch in drawn(page, ROOMY).canvas.touches}
    assert keys["3"] == Press("felt", "tired")
    assert page.heed(keys["3"]) == Press("felt", "tired")
    assert page.heed(keys["1"]) == Press("felt", "light")


def test_the_chosen_feeling_is_checked(drawn: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    from mirrorcoach.live.canvas import Canvas

    icons: list[tuple[str, float]] = []
    monkeypatch.setattr(
        Canvas, "icon", lambda self, name, middle, *rest: icons.append((name, middle[1]))
    )
    page = ResultPage(outcome(), felt="as_usual")
    frame = drawn(page, ROOMY)
    (box,) = (one.box for one in frame.canvas.touches if one.action == Press("felt", "as_usual"))
    (y,) = {y for name, y in icons if name == "check"}
    assert box.holds((box.middle[0], y))


def test_unknown_beads_are_not_drawn_and_say_why(
    drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mirrorcoach.live.canvas import Canvas

    painted: list[object] = []
    sprite = Canvas.sprite

    def spy(self: Canvas, key: object, box: Box, paint: object) -> None:
        painted.append(key)
        sprite(self, key, box, paint)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "sprite", spy)
    why = "Not measurable: the face was too dark."
    unseen = (Beads("together", "Both sides together", None, why),)
    page = ResultPage(dataclasses.replace(outcome(), beads=unseen))
    assert why in drawn(page, ROOMY).said
    assert not [key for key in painted if isinstance(key, tuple) and key[0] == "beads"]


def test_without_a_first_day_the_scale_says_when_it_comes(drawn: Draw) -> None:
    t = texts.load()
    later = dataclasses.replace(
        outcome(), scale=None, scale_title=t("outcome.scale"), scale_note=t("outcome.scale_later")
    )
    said = drawn(ResultPage(later), ROOMY).said
    assert "second day" in said
    assert t("outcome.even") not in said.split()


@pytest.mark.parametrize("ending", ["ended", "enough", "faded", "tired", "day_full", "nobody"])
def test_what_went_well_is_said_before_why_it_was_over(ending: Ending, drawn: Draw) -> None:
    said = drawn(ResultPage(outcome(), ending), ROOMY).said
    why = texts.load()(f"result.ending_{ending}")
    assert said.index("more evenly") < said.index(why.split()[0])


def test_details_come_and_go(drawn: Draw) -> None:
    page = ResultPage(outcome())
    assert "mm" not in drawn(page, ROOMY).said
    assert page.heed(Key.DEMONSTRATION) is None
    said = drawn(page, ROOMY).said
    assert "4.1 mm" in said
    assert "80 of 100" in said
    assert page.heed(Key.BACK) is None
    assert "mm" not in drawn(page, ROOMY).said


def test_without_exercises_there_are_no_details(drawn: Draw) -> None:
    page = ResultPage(unknown())
    assert page.heed(Key.DEMONSTRATION) is Key.DEMONSTRATION
    assert "How does your face feel?" in drawn(page, ROOMY).said


# A picture of today


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("picture", ["there", "kept"])
def test_a_picture_has_its_place_in_every_layout(
    layout: Layout, picture: Picture, drawn: Draw
) -> None:
    page = ResultPage(outcome(layout.language), "faded", replays=True, picture=picture)
    said, t = everything(page, layout, drawn), texts.load(layout.language)
    way, done = t("result.keep_picture"), t("result.picture_kept")
    assert (way in said, done in said) == (picture == "there", picture == "kept")
    assert t("result.drops") in said


def test_nothing_is_said_of_pictures_where_there_is_none(drawn: Draw) -> None:
    shown = drawn(ResultPage(outcome()), ROOMY)
    assert "picture" not in shown.said
    assert KEEP_PICTURE not in [touch.action for touch in shown.canvas.touches]


def test_a_picture_is_asked_for_with_its_key(drawn: Draw) -> None:
    page = ResultPage(outcome(), picture="there")
    keys = {touch.key: touch.action for touch in drawn(page, ROOMY).canvas.touches}
    assert keys["k"] == KEEP_PICTURE
    assert page.heed(KEEP_PICTURE) == KEEP_PICTURE
