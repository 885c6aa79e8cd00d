"""What the practice page shows of a moment, and what pressing does."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any, get_args

import numpy as np
import pygame
import pytest
from layouts import LAYOUTS, Draw, Drawn, Layout
from live_moments import (
    EXERCISES,
    EYE,
    WORDS,
    every_moment,
    every_pause,
    face,
    session_view,
    snapshot,
)

from exercises import library
from exercises.easing import made_smaller
from exercises.events import Phase
from exercises.schema import Prompt
from exercises.watch import QuietMark
from landmarks.regions import REGIONS, SIDES, Region, Side
from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Go, Key, Press
from mirrorcoach.live.breathing_ring import width_of_ring
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.exercise_geometry import REGULAR, geometry_of
from mirrorcoach.live.meter_arcs import ZONE, arcs, fill_of
from mirrorcoach.live.overlay import OUTLINES
from mirrorcoach.live.practice_page import PracticePage
from mirrorcoach.live.session_view import SessionView
from mirrorcoach.live.shapes import Point, rounded
from mirrorcoach.live.theme import THEMES, Look
from mirrorcoach.live.view_list import VIEWS
from mirrorcoach.profile import StandingView

SIZES = [(1280, 720), (1920, 1080), (800, 600)]
GREY = np.full((480, 640, 3), 128, dtype=np.uint8)
USUAL = Layout((1280, 720), "light", 100, "en")
MIRROR, RADIUS, CARD = REGULAR.mirror, REGULAR.radius, REGULAR.card


class Shown:
    """A moment drawn once everything has come to rest."""

    def __init__(
        self,
        size: tuple[int, int] = (1280, 720),
        view: StandingView = "mirror",
        less_motion: bool = False,
        **known: Any,
    ) -> None:
        image, points = known.pop("image", None), known.pop("points", None)
        self.canvas = Canvas(*size, Look(less_motion=less_motion))
        self.target = pygame.Surface(size)
        self.page = PracticePage(view)
        self.geometry = geometry_of(self.canvas)
        now = session_view(snapshot(**known), image, points, affected="left")
        for now_s in (0.0, 1.0, 5.0):
            self.draw(now, now_s)

    def draw(self, view: SessionView, now_s: float) -> None:
        self.page.show(view)
        self.canvas.begin(self.target)
        self.page.draw(self.canvas, now_s)

    def at(self, point: Point) -> tuple[int, ...]:
        fit = self.canvas.fit
        return tuple(self.target.get_at((int(fit.x(point[0])), int(fit.y(point[1])))))[:3]

    def arc(self, side: Side, share: float) -> tuple[int, ...]:
        return self.at(arcs(self.canvas, self.geometry)[SIDES.index(side)].at(share))

    def glass(self) -> np.ndarray:
        """How far each channel of the mirror's pixels is from grey, rows first; 0 outside it."""
        fit, box = self.canvas.fit, self.canvas.fit.pixels(MIRROR)
        pixels = pygame.surfarray.array3d(self.target).swapaxes(0, 1)
        inside = pixels[box.top : box.bottom, box.left : box.right].astype(int) - 128
        x, y = fit.grid(box)
        seen = (rounded(x, y, MIRROR, RADIUS) < -10) & (y < CARD.y - 60)
        return inside * seen[..., None]


# -- the meter --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_each_side_has_its_own_arc_on_its_own_side(size: tuple[int, int]) -> None:
    shown = Shown(size, fill=(0.9, 0.0))
    theme, middle = shown.canvas.theme, shown.geometry.middle_x
    left, right = arcs(shown.canvas, shown.geometry)
    assert left.at(0.3)[0] < middle < right.at(0.3)[0]
    assert shown.arc("left", 0.3) == theme.left_soft  # all of it is ahead of the other side
    assert shown.arc("right", 0.3) == theme.sunk
    shown = Shown(size, fill=(0.0, 0.9))
    assert shown.arc("left", 0.3) == theme.sunk
    assert shown.arc("right", 0.3) == theme.right_soft


def test_as_others_see_me_the_sides_stay_on_their_side_of_the_picture(drawn: Draw) -> None:
    shown = Shown(view="as_others_see_me", fill=(0.9, 0.9))
    assert shown.arc("left", 0.3) == shown.canvas.theme.right
    assert shown.arc("right", 0.3) == shown.canvas.theme.left
    page = PracticePage("as_others_see_me")
    page.show(session_view(snapshot(fill=(0.9, 0.9))))
    places = {line.text: line.letters.centerx for line in drawn(page, USUAL).lines}
    assert places["Right"] < 640 < places["Left"]


def test_only_what_is_ahead_is_soft() -> None:
    shown = Shown(fill=(0.9, 0.45))
    theme = shown.canvas.theme
    assert shown.arc("left", 0.25) == theme.left
    assert shown.arc("left", 0.5) == theme.left_soft
    assert shown.arc("left", 0.66) == theme.surface
    assert shown.arc("right", 0.25) == theme.right
    assert shown.arc("right", 0.5) == theme.sunk


def test_the_target_lies_in_the_zone() -> None:
    low, high = ZONE
    assert low < fill_of((1.0, 1.0))[0] < high
    shown = Shown(fill=(1.0, 1.0))
    assert shown.arc("left", 0.645) == shown.canvas.theme.left
    assert shown.arc("left", 0.69) == shown.canvas.theme.surface


@pytest.mark.parametrize(
    "fill, expected", [(None, (0, 0)), ((-1, 9), (0, 1)), ((0.75, 1.5), (0.5, 1))]
)
def test_arcs_stay_between_empty_and_full(fill: Any, expected: tuple[float, float]) -> None:
    assert fill_of(fill) == expected


def test_arcs_follow_within_a_moment() -> None:
    shown = Shown(fill=(0.0, 0.0))
    view = session_view(snapshot(fill=(1.0, 1.0)))
    for step in range(1, 16):
        shown.draw(view, 5.0 + step / 30)
    assert shown.arc("left", 0.6) == shown.canvas.theme.left


def test_what_is_felt_is_shown_once_after_letting_go() -> None:
    shown = Shown(view="hidden", phase=Phase.RISE, fill=(1.0, 0.9))
    room = shown.canvas.theme.bg
    assert shown.arc("left", 0.3) == room
    for step, phase in enumerate((Phase.HOLD, Phase.HOLD, Phase.LET_GO, Phase.BETWEEN)):
        fill = None if phase is Phase.BETWEEN else (1.0, 0.9)
        shown.draw(session_view(snapshot(phase, fill=fill)), 6.0 + step)
    assert shown.arc("left", 0.3) == shown.canvas.theme.left
    shown.draw(session_view(snapshot(Phase.RISE, fill=(0.0, 0.0), progress=0.0)), 12.0)
    assert shown.arc("left", 0.3) == room
    # What was not seen is not shown afterwards either.
    shown.draw(session_view(snapshot(Phase.HOLD)), 15.0)
    shown.draw(session_view(snapshot(Phase.BETWEEN)), 18.0)
    assert shown.arc("left", 0.3) == room


def test_nothing_moves_before_closed_eyes() -> None:
    shown = Shown(exercise="eye_close_gentle", phase=Phase.HOLD, fill=(1.0, 1.0))
    assert shown.arc("left", 0.3) == shown.canvas.theme.bg


# -- the ring ---------------------------------------------------------------------------------


def test_the_ring_breathes_the_pace_and_nothing_else() -> None:
    widths = [
        width_of_ring(snapshot(phase, progress=progress))
        for phase in (Phase.RISE, Phase.HOLD, Phase.LET_GO, Phase.BETWEEN)
        for progress in (0.0, 0.5, 1.0)
    ]
    assert widths == pytest.approx([0, 0.5, 1, 1, 1, 1, 1, 0.5, 0, 0, 0.25, 0], abs=1e-9)
    assert width_of_ring(snapshot(fill=(1.5, 0.1))) == width_of_ring(snapshot())


def test_together_is_shown_by_the_ring() -> None:
    top = (640.0, MIRROR.y - 58)
    apart = Shown(phase=Phase.HOLD, fill=(1.0, 1.0))
    together = Shown(phase=Phase.HOLD, fill=(1.0, 1.0), together=True)
    theme = apart.canvas.theme
    assert apart.at(top) == theme.breath
    assert together.at(top) == theme.primary
    assert together.at((640.0, MIRROR.y - 56)) == theme.primary
    assert apart.at((640.0, MIRROR.y - 55)) != theme.breath


def test_with_less_motion_the_ring_stands_and_the_phase_bar_fills() -> None:
    early, late = (Shown(less_motion=True, progress=share) for share in (0.1, 0.9))
    breath = early.canvas.theme.breath
    assert early.at((640.0, MIRROR.y - 58)) == late.at((640.0, MIRROR.y - 58)) == breath
    bar = (505.0, 648.0)
    assert early.at(bar) == early.canvas.theme.sunk
    assert late.at(bar) == late.canvas.theme.primary


def test_with_less_motion_a_cue_is_there_at_once() -> None:
    shown = Shown(less_motion=True)
    shown.draw(session_view(snapshot(cue=WORDS.cue["slower"])), 6.0)
    at_once = pygame.surfarray.array3d(shown.target)
    shown.draw(session_view(snapshot(cue=WORDS.cue["slower"])), 9.0)
    card = np.s_[400:900, 590:640]
    assert (at_once[card] == pygame.surfarray.array3d(shown.target)[card]).all()


def test_at_rest_two_lines_meet_at_the_top() -> None:
    top, side = (640.0, MIRROR.y - 38), (MIRROR.x - 38, 300.0)
    theme = Canvas(1280, 720).theme
    for progress, at_side, at_top in (
        (0.0, theme.sunk, theme.sunk),
        (0.6, theme.primary, theme.sunk),
        (1.0, theme.primary, theme.primary),
    ):
        shown = Shown(phase=Phase.REST, exercise="rest_scan", progress=progress)
        assert shown.at(side) == at_side
        assert shown.at((1280 - side[0] - 1, side[1])) == at_side
        assert shown.at(top) == at_top


def test_at_rest_nothing_divides_the_line_at_the_top() -> None:
    canvas = Layout((1280, 720), "high_contrast", 100, "en").canvas()
    target, page = pygame.Surface((1280, 720)), PracticePage()
    page.show(session_view(snapshot(Phase.REST, "rest_scan", progress=0.3)))
    for now_s in (0.0, 5.0):
        canvas.begin(target)
        page.draw(canvas, now_s)
    columns = [
        [
            tuple(target.get_at((x, y)))[:3]
            for y in range(round(MIRROR.y) - 50, round(MIRROR.y) - 26)
        ]
        for x in (630, 640, 650)
    ]
    assert columns[1] == columns[0] == columns[2]


# -- the mirror -------------------------------------------------------------------------------


def test_the_picture_is_mirrored_unless_asked_for_otherwise() -> None:
    image = GREY.copy()
    image[:, 320:] = (0, 0, 255)
    shown = Shown(phase=Phase.BETWEEN, image=image, points=face())
    assert shown.at((500, 350)) == (255, 0, 0)
    assert shown.at((780, 350)) == (128, 128, 128)
    shown = Shown(view="as_others_see_me", phase=Phase.BETWEEN, image=image, points=face())
    assert shown.at((500, 350)) == (128, 128, 128)
    assert shown.at((780, 350)) == (255, 0, 0)


@pytest.mark.parametrize("view", ["hidden", "outline"])
def test_whoever_does_not_want_to_see_their_face_does_not(view: StandingView) -> None:
    image = np.zeros((480, 640, 3), dtype=np.uint8)
    image[:] = (3, 250, 7)
    for phase in Phase:
        shown = Shown(view=view, phase=phase, image=image, points=face())
        picture = shown.target.map_rgb((7, 250, 3))
        assert not (pygame.surfarray.array2d(shown.target) == picture).any()


def changed(shown: Shown) -> np.ndarray:
    """Where lines were drawn in a grey mirror."""
    return np.abs(shown.glass()).max(axis=2) > 8


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("region", REGIONS)
def test_a_quiet_mark_is_on_its_side(region: Region, side: Side) -> None:
    points = face()
    away = 45 if side == "left" else -45  # the person's left is on the picture's right
    mark = QuietMark(region, side)
    moved = points.copy()
    if region != "eye":
        moved[:, 0] += away * (moved[:, 0] == 320) * (np.abs(moved[:, 1] - 240) < 100)
        moved[[61, 291], 0] = 285, 355
    marked = changed(Shown(phase=Phase.BETWEEN, image=GREY, points=moved, quiet=mark))
    columns = np.flatnonzero(marked.any(axis=0))
    middle = marked.shape[1] / 2
    assert len(columns) > 20
    assert (columns.mean() < middle) == (side == "left")


@pytest.mark.parametrize(
    "exercise", [name for name, one in EXERCISES.items() if one.wanted is not None]
)
def test_the_moving_part_is_outlined_only_while_it_moves(exercise: str) -> None:
    resting = changed(Shown(phase=Phase.BETWEEN, exercise=exercise, image=GREY, points=face()))
    moving = changed(Shown(phase=Phase.HOLD, exercise=exercise, image=GREY, points=face()))
    assert not resting.any()
    assert moving.any()
    assert moving.mean() < 0.05  # a line, never a mask or a mesh
    left, right = moving[:, : moving.shape[1] // 2], moving[:, moving.shape[1] // 2 :]
    assert left.sum() == pytest.approx(right.sum(), rel=0.2)  # both sides of it


def test_every_region_can_be_outlined() -> None:
    assert set(OUTLINES) == set(REGIONS)


@pytest.mark.parametrize("view", ["even_face", "both_halves"])
def test_neither_target_nor_mark_lies_on_halves_shown_twice(
    view: StandingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mirrorcoach.live.even_face.EvenFace.show", lambda self, image, at: image)
    shown = Shown(view=view, phase=Phase.HOLD, image=GREY, points=face(), quiet=EYE)
    pale = changed(shown)
    if view == "both_halves":
        pale[:, pale.shape[1] // 2 - 6 : pale.shape[1] // 2 + 6] = False  # what divides them
    assert not pale.any()


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_the_names_of_both_halves_are_clear_of_the_arcs(
    layout: Layout, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mirrorcoach.live.even_face.EvenFace.show", lambda self, image, at: image)
    page = PracticePage("both_halves")
    frame = see(drawn, session_view(snapshot(Phase.HOLD), GREY, face()), layout, page)
    frame.check()
    canvas, geometry = frame.canvas, geometry_of(frame.canvas)
    told = [canvas.texts(f"practice.halves_{side}") for side in SIDES]
    lines = [one for one in frame.lines if any(one.text in name for name in told)]
    names = [
        min(
            (box for box in frame.grounds if canvas.fit.pixels(box).contains(line.letters)),
            key=lambda box: box.w,
        )
        for line in lines
        if line.text not in map(canvas.texts, ("common.left", "common.right"))
    ]
    assert len(names) % 2 == 0, "both in a line, or both in two"
    assert bool(names) != (canvas.compact and canvas.large_text)
    for box, arc in product(names, arcs(canvas, geometry)):
        for x, y in map(arc.at, np.linspace(0.0, 1.0, 90)):
            across = max(box.x - x, x - box.right, 0.0)
            down = max(box.y - y, y - box.bottom, 0.0)
            assert np.hypot(across, down) > geometry.arc_w / 2 + 2, "clear of the arcs"


def test_no_picture_is_an_empty_mirror() -> None:
    shown = Shown(phase=Phase.RISE)
    for place in ((640, 120), (500, 350), (780, 350), (640, 500)):
        assert shown.at(place) == shown.canvas.theme.sunk


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_before_the_first_picture_the_mirror_says_what_is_waited_for(
    layout: Layout, drawn: Draw
) -> None:
    for camera in get_args(WaitingKind):
        page = PracticePage()
        now = snapshot(Phase.GETTING_READY, "rest_scan", cue=WORDS.cue["getting_ready"])
        page.show(session_view(now, camera=camera))
        frame = drawn(page, layout)
        frame.check()
        told = layout.canvas().texts(f"pause.camera_{camera}").split()[0]
        assert told in frame.said


def test_without_any_camera_the_drawing_shows_the_movement() -> None:
    page, canvas = PracticePage(), Canvas(1280, 720)
    target = pygame.Surface((1280, 720))
    page.show(session_view(snapshot(), camera="none_found"))
    canvas.begin(target)
    page.draw(canvas, 5.0)
    glass = pygame.surfarray.array3d(target)[450:830, 150:500].reshape(-1, 3)
    assert len(np.unique(glass, axis=0)) > 20


@pytest.mark.parametrize(("camera", "measured"), [("none_found", False), ("open", True)])
def test_without_any_camera_nothing_promises_to_measure(
    camera: Any, measured: bool, drawn: Draw
) -> None:
    view = session_view(snapshot(), camera=camera)
    assert ("Left" in see(drawn, view).said) == measured, "the names of the arcs"
    said = see(drawn, view, page=PracticePage("hidden")).said
    assert "The mirror is resting." in said
    assert ("You will see your movement" in said) == measured


@pytest.mark.parametrize("view", get_args(StandingView))
@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("known", [True, False])
def test_every_phase_can_be_drawn_with_and_without_an_exercise(
    view: StandingView, phase: Phase, known: bool
) -> None:
    now = snapshot(phase) if known else replace(snapshot(phase), exercise=None)
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    page = PracticePage(view)
    for points in (face(), None):
        page.show(SessionView(now, "", GREY, points))
        canvas.begin(target)
        page.draw(canvas, 0.0)
        assert canvas.touches


def test_a_quiet_mark_comes_slowly_and_stays_a_moment() -> None:
    shown = Shown(phase=Phase.BETWEEN, image=GREY, points=face())
    seen = []
    for step in range(90):
        quiet = EYE if step < 6 else None
        view = session_view(snapshot(Phase.BETWEEN, quiet=quiet), GREY, face())
        shown.draw(view, 5.0 + step / 30)
        seen.append(np.abs(shown.glass()).max())
    assert seen[1] < 60  # it does not jump
    assert max(seen) > 80
    assert seen[30] == max(seen)  # still there after a second
    assert seen[-1] == 0


# -- words ------------------------------------------------------------------------------------


def see(drawn: Draw, view: SessionView, layout: Layout = USUAL, page: PracticePage | None = None):
    page = page or PracticePage()
    page.show(view)
    return drawn(page, layout)


def clear_of_the_ring(frame: Drawn) -> None:
    """No word lies under the ring or in the mirror but on a card of its own."""
    canvas = frame.canvas
    geometry = geometry_of(canvas)
    grounds = [canvas.fit.pixels(box) for box in frame.grounds]
    for line in frame.lines:
        if any(ground.contains(line.letters) for ground in grounds):
            continue
        for corner in (line.letters.topleft, line.letters.topright, line.letters.bottomleft):
            x, y = canvas.fit.back(*corner)
            away = rounded(np.float32(x), np.float32(y), geometry.mirror, geometry.radius)
            assert away > geometry.ring_rest + geometry.ring_reach + 2, line


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_word_of_a_session_fits(layout: Layout, drawn: Draw) -> None:
    said = library.words(layout.language)
    page, canvas = PracticePage(), layout.canvas()
    for number, view in enumerate(every_moment(said)):
        page.show(view)
        frame = drawn(page, layout, (20.0 * number, 20.0 * number + 9), canvas)
        frame.check()
        if view.snapshot.coming is not None:
            assert view.coming is not None
            assert view.coming.name.split()[0] in frame.said
            continue
        clear_of_the_ring(frame)
        cue = view.snapshot.cue.short.replace(" ", "")
        assert cue in frame.said.replace(" ", "")


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_pause_fits_and_has_three_ways_on(layout: Layout, drawn: Draw) -> None:
    canvas = layout.canvas()
    for view in every_pause(library.words(layout.language)):
        page = PracticePage()
        page.show(view)
        frame = drawn(page, layout, (0.0, 5.0), canvas)
        frame.check()
        pressed = [touch.action for touch in frame.canvas.touches]
        assert {Press("go_on"), Press("go_on_smaller")} & set(pressed)
        if view.snapshot.why != "rest":
            assert {"enter", "r", "e"} <= {touch.key for touch in frame.canvas.touches}
            assert Press("pause") not in pressed  # it lies under the veil


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_view_fits(layout: Layout, drawn: Draw) -> None:
    canvas = layout.canvas()
    for view, affected, turned in product(VIEWS, ("left", "unsure"), (False, True)):
        points = face()
        points[:, 2] = (points[:, 0] - 320) * turned
        page = PracticePage(view)
        page.show(session_view(snapshot(Phase.HOLD), GREY, points, affected=affected))
        drawn(page, layout, (0.0, 5.0), canvas).check()


def test_a_cue_longer_than_agreed_takes_two_lines_in_its_card(drawn: Draw) -> None:
    cue = "A much longer cue from somebody's own file, which nobody ever shortened."
    prompt = Prompt(short=cue, spoken=cue)
    frame = see(drawn, session_view(snapshot(cue=prompt, quiet=EYE)))
    frame.check()
    assert len([line for line in frame.lines if line.text in cue]) == 2


def test_no_number_stands_anywhere_during_a_movement(drawn: Draw) -> None:
    view = session_view(snapshot(fill=(0.97, 0.61)), GREY, face())
    page = PracticePage()
    page.show(view)
    words = [line.text for line in drawn(page, USUAL).lines]
    keys = {touch.key for touch in drawn(page, USUAL).canvas.touches}
    assert [word for word in words if any(map(str.isdigit, word)) and word not in keys] == []


def test_the_set_is_told_where_there_is_more_than_one(drawn: Draw) -> None:
    assert "Set" not in see(drawn, session_view(snapshot(sets=1))).said
    assert "Set 2 of 3" in see(drawn, session_view(snapshot(set_number=2, sets=3))).said


def test_only_the_first_rest_is_a_start(drawn: Draw) -> None:
    first = snapshot(Phase.REST, "rest_scan", sets=2)
    assert "A quiet start" in see(drawn, session_view(first)).said
    last = session_view(replace(first, set_number=2))
    assert "start" not in see(drawn, last).said
    assert "Rest and release" in see(drawn, last).said


def test_what_to_leave_out_is_told_before_the_second_movement_and_then_no_more(
    drawn: Draw,
) -> None:
    discourage = WORDS.exercise["smile_open"].discourage
    assert discourage
    first = session_view(snapshot(Phase.BETWEEN, cue=WORDS.cue["rest_between"], repetition=0))
    assert discourage.split(":")[0] in see(drawn, first).said
    later = replace(first, snapshot=replace(first.snapshot, repetition=1))
    assert discourage.split(":")[0] not in see(drawn, later).said


def test_a_half_shown_twice_says_so(drawn: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mirrorcoach.live.even_face.EvenFace.show", lambda self, image, at: image)
    view = session_view(snapshot(), GREY, face(), affected="left")
    assert "Right half, shown twice" in see(drawn, view, page=PracticePage("even_face")).said


@pytest.mark.parametrize(
    ("view", "affected", "signed"),
    [("even_face", "right", False), ("even_face", None, True), ("mirror", "right", True)],
)
def test_a_half_shown_twice_has_no_sign_of_what_comes_along(
    view: StandingView, affected: Any, signed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = []
    monkeypatch.setattr(
        "mirrorcoach.live.cue_card.draw_quiet_sign", lambda *where: signs.append(where)
    )
    page, canvas = PracticePage(view), Canvas(1280, 720)
    page.show(session_view(snapshot(Phase.HOLD, quiet=EYE), GREY, face(), affected=affected))
    for now_s in (0.0, 1.0):
        canvas.begin(pygame.Surface((1280, 720)))
        page.draw(canvas, now_s)
    assert bool(signs) == signed
    assert page.on_even_face != signed


@pytest.mark.parametrize("affected", ["unsure", "both", None])
def test_without_a_side_the_mirror_is_shown_and_says_why(affected: Any, drawn: Draw) -> None:
    view = session_view(snapshot(), GREY, face(), affected=affected)
    said = see(drawn, view, page=PracticePage("even_face")).said
    assert texts.load()("practice.side_unknown") in said
    assert "twice" not in said


def test_a_head_turned_too_far_has_no_even_face(drawn: Draw) -> None:
    points = face()
    points[:, 2] = points[:, 0] - 320
    view = session_view(snapshot(), GREY, points, affected="left")
    said = see(drawn, view, page=PracticePage("even_face")).said
    assert texts.load()("practice.turned") in said


def test_a_sound_has_a_sign_for_a_moment_where_captions_are_wanted() -> None:
    box = np.s_[284:324, 640:680]
    theme = Canvas(1280, 720).theme
    for captions, at_s, seen in ((True, 6.0, True), (True, 9.0, False), (False, 6.0, False)):
        shown = Shown()
        view = session_view(snapshot(), captions=captions)
        for step in range(12):
            tone = "rise" if step == 0 else None
            shown.draw(replace(view, tone=tone), 5.5 + step / 24)
        shown.draw(view, at_s)
        shown.draw(view, at_s + 0.3)
        shown.draw(view, at_s + 0.4)
        pixels = pygame.surfarray.array2d(shown.target)[box]
        assert (pixels == shown.target.map_rgb(theme.primary)).any() == seen


# -- pauses -----------------------------------------------------------------------------------


def test_a_pause_of_ones_own_is_calm_and_is_told_once(drawn: Draw) -> None:
    now = snapshot(Phase.PAUSED, cue=WORDS.cue["paused"], why="paused")
    lines = [line.text for line in see(drawn, session_view(now)).lines]
    assert lines == [
        "A short pause",
        "Everything is waiting for you.",
        "Go on when you like.",
        *("Go on", "Enter", "Rest a little", "R", "End for today", "E"),
    ]


def test_a_pause_after_movement_came_along_names_it_and_goes_on_smaller(drawn: Draw) -> None:
    page = PracticePage()
    page.show(session_view(snapshot(Phase.HOLD, quiet=QuietMark("eye", "right"))))
    now = snapshot(Phase.PAUSED, cue=WORDS.cue["paused"], why="paused")
    said = see(drawn, session_view(now), page=page).said
    assert "The right eye was closing along with it." in said
    assert "Go on, smaller" in said
    assert page.heed(Key.SPACE) == Press("go_on_smaller")
    assert page.heed(Press("go_on_smaller")) == Press("go_on_smaller")
    resting = session_view(snapshot(Phase.PAUSED, why="rest"))
    page.show(resting)
    assert page.heed(Key.SPACE) == Press("go_on"), "nothing smaller is promised there"
    page.show(session_view(snapshot(Phase.RISE, progress=0.0)))  # a new movement, and a calm one
    assert "Go on, smaller" not in see(drawn, session_view(now), page=page).said


def test_what_came_along_with_one_exercise_is_not_told_of_the_next(drawn: Draw) -> None:
    page = PracticePage()
    page.show(session_view(snapshot(Phase.HOLD, quiet=QuietMark("eye", "right"))))
    page.show(session_view(snapshot(Phase.GUIDED, "massage")))
    now = snapshot(Phase.PAUSED, "massage", cue=WORDS.cue["paused"], why="paused")
    assert "Everything is waiting for you." in see(drawn, session_view(now), page=page).said


def test_a_smaller_target_is_drawn_smaller() -> None:
    """The target's line lies where the exercise of the moment has it."""
    rest = face()
    lines = {}
    for name, exercise in (
        ("usual", EXERCISES["smile_open"]),
        ("smaller", made_smaller(EXERCISES["smile_open"])),
    ):
        shown = Shown()
        now = replace(snapshot(Phase.HOLD), exercise=exercise)
        view = session_view(now, GREY, rest, rest_px=rest, mm_per_px=0.5)
        for now_s in (0.0, 5.0):
            shown.draw(view, now_s)
        lines[name] = changed(shown)
    assert lines["usual"].any() and lines["smaller"].any()
    assert (lines["usual"] != lines["smaller"]).any()


@pytest.mark.parametrize(
    "camera, said",
    [
        ("open", "quiet just now"),
        ("lost", "is unplugged"),
        ("taken", "Another program"),
        ("none_found", "No camera found. You can practise with the drawing."),
    ],
)
def test_a_pause_for_the_camera_says_what_is_with_it(camera: Any, said: str, drawn: Draw) -> None:
    now = snapshot(
        Phase.PAUSED, cue=WORDS.cue["no_picture"], why="no_picture", paused_by_itself=True
    )
    frame = see(drawn, session_view(now, camera=camera))
    assert said in frame.said
    assert "I go on by myself" in frame.said


# -- pressing ---------------------------------------------------------------------------------


def paged(now: Any = None) -> PracticePage:
    page = PracticePage()
    page.show(session_view(now or snapshot()))
    return page


def test_space_pauses_and_goes_on_and_back_never_leaves() -> None:
    assert paged().heed(Key.SPACE) == Press("pause")
    assert paged().heed(Key.BACK) == Press("pause")
    paused = snapshot(Phase.PAUSED, why="paused")
    assert paged(paused).heed(Key.SPACE) == Press("go_on")
    assert paged(paused).heed(Key.BACK) is None


def test_v_and_the_list_change_the_view_and_nothing_else() -> None:
    page = paged()
    seen = []
    for _ in VIEWS:
        assert page.heed(Key.VIEW) is None
        seen.append(page.view)
    assert seen == [*VIEWS[1:], VIEWS[0]]
    assert page.heed(Press("view", "hidden")) is None
    assert page.view == "hidden"


@pytest.mark.parametrize("size, percent", [((1280, 720), 200), ((800, 600), 100)])
def test_every_view_has_its_key_where_there_is_no_room_for_the_list(
    size: tuple[int, int], percent: int, drawn: Draw
) -> None:
    frame = drawn(paged(), Layout(size, "light", percent, "en"))
    keys = {number: Press("view", view) for number, view in enumerate(VIEWS, 1)}
    assert {int(key): action for key, action in frame.canvas.keys.items()} == keys


def test_d_hides_the_demonstration_and_brings_it_back(drawn: Draw) -> None:
    page = paged()
    cards = len(drawn(page, USUAL).grounds)
    assert page.heed(Key.DEMONSTRATION) is None
    assert len(drawn(page, USUAL).grounds) == cards - 1
    assert Key.DEMONSTRATION in [touch.action for touch in drawn(page, USUAL).canvas.touches]
    page.heed(Key.DEMONSTRATION)
    assert len(drawn(page, USUAL).grounds) == cards


def test_a_window_that_grows_has_the_demonstration_of_its_own_layout(drawn: Draw) -> None:
    page = paged()
    cards = len(drawn(page, USUAL).grounds)
    drawn(page, Layout((1280, 720), "light", 200, "en"))
    assert len(drawn(page, USUAL).grounds) == cards


@pytest.mark.parametrize("view, seen", [("mirror", True), ("hidden", False), ("outline", False)])
def test_what_is_imagined_before_the_even_face_shows_it_to_whoever_looks_at_theirs(
    view: StandingView, seen: bool, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mirrorcoach.live.even_face.EvenFace.show", lambda self, image, at: image)
    now = snapshot(Phase.GUIDED, "mirror_imagery")
    page = PracticePage(view)
    page.show(session_view(now, GREY, face(), affected="left"))
    assert ("Right half, shown twice" in drawn(page, USUAL).said) == seen
    page.show(session_view(now, GREY, face(), affected="unsure"))
    assert "twice" not in drawn(page, USUAL).said
    assert page.view == view


def test_questions_are_answered_with_keys_that_mean_nothing_else(drawn: Draw) -> None:
    now = snapshot(Phase.ASKING, cue=WORDS.question["even"])
    keys = {
        touch.key: touch.action
        for touch in see(drawn, session_view(now)).canvas.touches
        if touch.key.isdigit()
    }
    assert keys == {
        "1": Press("answer", True),
        "2": Press("answer", False),
        "3": Press("answer", None),
    }


def test_everything_else_is_the_application_s(drawn: Draw) -> None:
    page = paged()
    for action in (Key.SAFETY, Key.LARGER, Press("answer", True), Press("rest"), Go("home")):
        assert page.heed(action) == action


def test_a_rest_tells_what_comes_and_may_be_ended(drawn: Draw) -> None:
    now = snapshot(Phase.BETWEEN, coming=EXERCISES["pucker"], cue=WORDS.cue["rest_between"])
    frame = see(drawn, session_view(now))
    assert "Lip pucker" in frame.said
    assert "It also goes on by itself." in frame.said
    assert {touch.key: touch.action for touch in frame.canvas.touches} == {"enter": Press("go_on")}


def test_a_rest_that_was_asked_for_does_not_go_on_by_itself(drawn: Draw) -> None:
    now = snapshot(Phase.PAUSED, why="rest", cue=WORDS.cue["rest"])
    frame = see(drawn, session_view(now))
    assert "Ready to go on" in frame.said
    assert "by itself" not in frame.said
    assert frame.canvas.keys["e"] == Press("end")


def test_what_does_not_fit_is_reached_by_going_down(drawn: Draw) -> None:
    layout = Layout((800, 600), "light", 200, "fr")
    said = library.words("fr")
    rest = snapshot(Phase.BETWEEN, coming=EXERCISES["pucker"], cue=said.cue["rest_between"])
    known = {"why": "no_face", "paused_by_itself": True}
    pause = snapshot(Phase.PAUSED, cue=said.cue["no_face"], **known)
    for now, last in ((rest, "mains chaudes"), (pause, "Je reprends")):
        page = PracticePage()
        page.show(session_view(now, said=said))
        assert last not in drawn(page, layout).said
        for _ in range(4):
            assert page.heed(Key.DOWN) is None
            frame = drawn(page, layout)
            frame.check()
        assert last in frame.said


def test_before_the_first_moment_there_is_nothing_to_draw() -> None:
    canvas, target = Canvas(1280, 720, Look(THEMES["dark"])), pygame.Surface((1280, 720))
    canvas.begin(target)
    PracticePage().draw(canvas, 0.0)
    assert canvas.touches == []
