"""What the mirror's frame shows: sides, targets, pace, outlines and marks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pygame
import pytest
from live_moments import EXERCISES, face, session_view, snapshot

from exercises.session import Phase, QuietMark
from landmarks.regions import REGIONS, SIDES, Region, Side
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.mirror_scene import (
    CARD,
    MIRROR,
    RADIUS,
    ZONE,
    MirrorScene,
    fill_of,
    width_of_ring,
)
from mirrorcoach.live.overlay import OUTLINES
from mirrorcoach.live.shapes import Point, rounded
from mirrorcoach.live.views import SessionView

SIZES = [(1280, 720), (1920, 1080), (800, 600)]
GREY = np.full((480, 640, 3), 128, dtype=np.uint8)


class Drawn:
    """A scene drawn once everything has come to rest."""

    def __init__(self, size: tuple[int, int] = (1280, 720), **known: Any) -> None:
        image, points = known.pop("image", None), known.pop("points", None)
        self.canvas, self.target = Canvas(*size), pygame.Surface(size)
        self.scene = MirrorScene(self.canvas, Mirror())
        view = session_view(snapshot(**known), image, points)
        for now_s in (0.0, 1.0, 5.0):
            self.canvas.begin(self.target)
            self.scene.draw(view, now_s)

    def at(self, point: Point) -> tuple[int, ...]:
        fit = self.canvas.fit
        return tuple(self.target.get_at((int(fit.x(point[0])), int(fit.y(point[1])))))[:3]

    def arc(self, side: Side, share: float) -> tuple[int, ...]:
        return self.at(self.scene._arcs[SIDES.index(side)].at(share))

    def glass(self) -> np.ndarray:
        """How far each channel of the mirror's pixels is from grey, rows first; 0 outside it."""
        fit, box = self.canvas.fit, self.canvas.fit.pixels(MIRROR)
        pixels = pygame.surfarray.array3d(self.target).swapaxes(0, 1)
        inside = pixels[box.top : box.bottom, box.left : box.right].astype(int) - 128
        x, y = fit.grid(box)
        seen = (rounded(x, y, MIRROR, RADIUS) < -10) & (y < CARD.y - 50)
        return inside * seen[..., None]


@pytest.mark.parametrize("size", SIZES)
def test_each_side_has_its_own_arc_on_its_own_side(size: tuple[int, int]) -> None:
    drawn = Drawn(size, fill=(0.9, 0.0))
    theme = drawn.canvas.theme
    assert drawn.scene._arcs[0].at(0.3)[0] < 640 < drawn.scene._arcs[1].at(0.3)[0]
    assert drawn.arc("left", 0.3) == theme.left_soft  # all of it is ahead of the other side
    assert drawn.arc("right", 0.3) == theme.sunk
    drawn = Drawn(size, fill=(0.0, 0.9))
    assert drawn.arc("left", 0.3) == theme.sunk
    assert drawn.arc("right", 0.3) == theme.right_soft


def test_only_what_is_ahead_is_soft() -> None:
    drawn = Drawn(fill=(0.9, 0.45))
    theme = drawn.canvas.theme
    assert drawn.arc("left", 0.25) == theme.left
    assert drawn.arc("left", 0.5) == theme.left_soft
    assert drawn.arc("left", 0.66) == theme.surface
    assert drawn.arc("right", 0.25) == theme.right
    assert drawn.arc("right", 0.5) == theme.sunk


def test_the_target_lies_in_the_zone() -> None:
    low, high = ZONE
    assert low < fill_of(snapshot(fill=(1.0, 1.0)))[0] < high
    drawn = Drawn(fill=(1.0, 1.0))
    assert drawn.arc("left", 0.645) == drawn.canvas.theme.left
    assert drawn.arc("left", 0.69) == drawn.canvas.theme.surface


@pytest.mark.parametrize(
    "fill, expected", [(None, (0, 0)), ((-1, 9), (0, 1)), ((0.75, 1.5), (0.5, 1))]
)
def test_arcs_stay_between_empty_and_full(fill: Any, expected: tuple[float, float]) -> None:
    assert fill_of(snapshot(fill=fill)) == expected


def test_arcs_follow_within_a_moment() -> None:
    drawn = Drawn(fill=(0.0, 0.0))
    view = session_view(snapshot(fill=(1.0, 1.0)))
    for step in range(1, 16):
        drawn.canvas.begin(drawn.target)
        drawn.scene.draw(view, 5.0 + step / 30)
    assert drawn.arc("left", 0.6) == drawn.canvas.theme.left


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
    apart = Drawn(phase=Phase.HOLD, fill=(1.0, 1.0))
    together = Drawn(phase=Phase.HOLD, fill=(1.0, 1.0), together=True)
    theme = apart.canvas.theme
    assert apart.at(top) == theme.breath
    assert together.at(top) == theme.primary
    assert together.at((640.0, MIRROR.y - 56)) == theme.primary
    assert apart.at((640.0, MIRROR.y - 55)) != theme.breath


def test_at_rest_two_lines_meet_at_the_top() -> None:
    top, side = (640.0, MIRROR.y - 38), (MIRROR.x - 38, 300.0)
    theme = Canvas(1280, 720).theme
    for progress, at_side, at_top in (
        (0.0, theme.sunk, theme.sunk),
        (0.6, theme.primary, theme.sunk),
        (1.0, theme.primary, theme.primary),
    ):
        drawn = Drawn(phase=Phase.REST, exercise="rest_scan", progress=progress)
        assert drawn.at(side) == at_side
        assert drawn.at((1280 - side[0] - 1, side[1])) == at_side
        assert drawn.at(top) == at_top


def test_the_picture_is_mirrored() -> None:
    image = GREY.copy()
    image[:, 320:] = (0, 0, 255)
    drawn = Drawn(phase=Phase.BETWEEN, image=image, points=face())
    assert drawn.at((500, 350)) == (255, 0, 0)
    assert drawn.at((780, 350)) == (128, 128, 128)


def changed(drawn: Drawn) -> np.ndarray:
    """Where lines were drawn in a grey mirror."""
    return np.abs(drawn.glass()).max(axis=2) > 8


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
    marked = changed(Drawn(phase=Phase.BETWEEN, image=GREY, points=moved, quiet=mark))
    columns = np.flatnonzero(marked.any(axis=0))
    middle = marked.shape[1] / 2
    assert len(columns) > 20
    assert (columns.mean() < middle) == (side == "left")


@pytest.mark.parametrize(
    "exercise", [name for name, one in EXERCISES.items() if one.wanted is not None]
)
def test_the_moving_part_is_outlined_only_while_it_moves(exercise: str) -> None:
    resting = changed(Drawn(phase=Phase.BETWEEN, exercise=exercise, image=GREY, points=face()))
    moving = changed(Drawn(phase=Phase.HOLD, exercise=exercise, image=GREY, points=face()))
    assert not resting.any()
    assert moving.any()
    assert moving.mean() < 0.05  # a line, never a mask or a mesh
    left, right = moving[:, : moving.shape[1] // 2], moving[:, moving.shape[1] // 2 :]
    assert left.sum() == pytest.approx(right.sum(), rel=0.2)  # both sides of it


def test_every_region_can_be_outlined() -> None:
    assert set(OUTLINES) == set(REGIONS)


def test_no_picture_is_an_empty_mirror() -> None:
    drawn = Drawn(phase=Phase.RISE)
    for place in ((640, 120), (500, 350), (780, 350), (640, 500)):
        assert drawn.at(place) == drawn.canvas.theme.sunk


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("known", [True, False])
def test_every_phase_can_be_drawn_with_and_without_an_exercise(phase: Phase, known: bool) -> None:
    now = snapshot(phase) if known else replace(snapshot(phase), exercise=None)
    canvas, target = Canvas(1280, 720), pygame.Surface((1280, 720))
    canvas.begin(target)
    MirrorScene(canvas, Mirror()).draw(SessionView(now, "", GREY, None), 0.0)
    assert canvas.buttons


def test_a_quiet_mark_comes_slowly_and_stays_a_moment() -> None:
    drawn = Drawn(phase=Phase.BETWEEN, image=GREY, points=face())
    shown = []
    for step in range(90):
        quiet = QuietMark("eye", "left") if step < 6 else None
        drawn.canvas.begin(drawn.target)
        view = session_view(snapshot(Phase.BETWEEN, quiet=quiet), GREY, face())
        drawn.scene.draw(view, 5.0 + step / 30)
        shown.append(np.abs(drawn.glass()).max())
    assert shown[1] < 60  # it does not jump
    assert max(shown) > 80
    assert shown[30] == max(shown)  # still there after a second
    assert shown[-1] == 0
