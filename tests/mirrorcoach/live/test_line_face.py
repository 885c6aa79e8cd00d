"""The drawn face does what an exercise asks for, on both sides alike, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from exercises.library import exercises
from landmarks.regions import REGIONS, Region
from mirrorcoach.live import line_face
from mirrorcoach.live.demonstration import CHANGE_S, STILL_S, demonstration, movements
from mirrorcoach.live.drawn_face import Mark
from mirrorcoach.live.face_curves import Motion, Movement, bent
from mirrorcoach.live.line_face import STEPS, LineFace
from mirrorcoach.live.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES, Theme

SIZE = 242
"""A pixel is a millimetre of the face, and the eyes lie at the height 114.5."""
EYES = 114.5

BANDS: dict[Region, tuple[float, float]] = {
    "brow": (-60, -8),
    "eye": (-14, 16),
    "ala": (2, 68),
    "upper_lip": (48, 70),
    "mouth_corner": (16, 84),
    "lower_lip": (54, 86),
    "cheek": (25, 95),
    "chin": (54, 120),
}
"""Between which heights, mm below the eyes, a face is expected to change."""

MOVED: list[tuple[str, int, Movement]] = [
    (name, step, movement)
    for name, exercise in sorted(exercises().items())
    for step, movement in movements(exercise).items()
]
moved = pytest.mark.parametrize(
    "movement", [one[2] for one in MOVED], ids=[f"{name}-{step}" for name, step, _ in MOVED]
)


def colours(surface: pygame.Surface) -> NDArray[np.float64]:
    """Pixels on black, shape (height, width, 3)."""
    seen = pygame.surfarray.array3d(surface).astype(float)
    opacity = pygame.surfarray.array_alpha(surface)[..., None] / 255
    return (seen * opacity).swapaxes(0, 1)


def changed(movement: Movement) -> NDArray[np.float64]:
    """How much each row changes from rest to the whole movement."""
    face = LineFace(LIGHT)
    before, after = (colours(face.surface(SIZE, movement, share)) for share in (0.0, 1.0))
    rows: NDArray[np.float64] = abs(after - before).sum(axis=(1, 2))
    return rows


@moved
@pytest.mark.parametrize("share", [0.0, 0.35, 1.0])
def test_both_sides_move_alike(movement: Movement, share: float) -> None:
    drawn = colours(LineFace(LIGHT).surface(SIZE, movement, share))
    # An edge may fall on the other fine pixel of its mirror image, never further.
    assert abs(drawn - drawn[:, ::-1]).max() < 120
    assert abs(drawn - drawn[:, ::-1]).mean() < 0.4


@moved
def test_what_is_asked_for_moves_and_the_rest_stays(movement: Movement) -> None:
    rows = changed(movement)
    low = min(BANDS[motion.region][0] for motion in movement)
    high = max(BANDS[motion.region][1] for motion in movement)
    inside = rows[int(EYES + low) : int(EYES + high)].sum()
    assert inside > 2000
    assert inside > 0.8 * rows.sum()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@moved
def test_every_movement_can_be_seen_and_stays_in_the_picture(
    movement: Movement, theme: Theme
) -> None:
    face = LineFace(theme)
    rest, full = face.surface(128, movement, 0.0), face.surface(128, movement, 1.0)
    assert abs(colours(full) - colours(rest)).max() > 40
    for surface in (rest, full):
        assert surface.get_size() == (128, 128)
        drawn = surface.get_bounding_rect(min_alpha=128)
        assert drawn.left > 0 and drawn.top > 0 and drawn.right < 128 and drawn.bottom < 128


def test_every_exercise_that_is_measured_is_drawn_as_it_is_wanted() -> None:
    for exercise in exercises().values():
        if exercise.wanted is not None:
            wanted = exercise.wanted
            motion = Motion(wanted.region, wanted.direction, wanted.target_mm)
            assert movements(exercise) == {0: (motion,)}


@pytest.mark.parametrize("name", ["rest_scan", "massage", "eye_care", "one_side"])
def test_where_nothing_is_to_be_shown_the_face_is_calm(name: str) -> None:
    pose = demonstration(exercises()[name], 5.0)
    assert pose.movement == () and pose.share == 0


def of(region: Region, way: str, size_mm: float) -> Movement:
    return (Motion(region, way, size_mm),)  # type: ignore[arg-type]


def test_a_smile_takes_the_corners_out_and_up() -> None:
    rest, full = bent((), 0).curves, bent(of("mouth_corner", "out_up", 3), 1).curves
    across, down = full["upper_edge"][0] - rest["upper_edge"][0]
    assert across > 2 and down < -2
    assert (
        full["upper_edge"][-1] == rest["upper_edge"][-1] + (0, full["upper_edge"][-1][1] - 65)
    ).all()


@pytest.mark.parametrize(
    ("movement", "parted"),
    [
        (of("mouth_corner", "out_up", 3), False),
        (of("mouth_corner", "out_up", 5), True),
        (of("lower_lip", "down", 4), True),
        (of("upper_lip", "up", 2.5), True),
        (of("mouth_corner", "in", 3), False),
        (of("lower_lip", "up", 1.5), False),
        (of("brow", "up", 4), False),
    ],
)
def test_teeth_show_where_lips_part(movement: Movement, parted: bool) -> None:
    curves = bent(movement, 1).curves
    gap = (curves["lower_edge"] - curves["upper_edge"])[:, 1]
    assert (gap >= 0).all()
    assert bool(gap.max() > 2) is parted


def test_lids_meet_only_where_the_eyes_are_asked_to_close() -> None:
    shut, narrow = bent(of("eye", "close", 6), 1), bent(of("eye", "close", 1), 1)
    rest = bent((), 0)
    assert abs(shut.curves["upper_lid"] - shut.curves["lower_lid"]).max() < 1e-9
    opening = [(b.curves["lower_lid"] - b.curves["upper_lid"])[2, 1] for b in (rest, narrow)]
    assert 0.5 * opening[0] < opening[1] < 0.9 * opening[0]
    for region in set(REGIONS) - {"eye", "brow"}:
        other = bent(of(region, "up", 4), 1).curves
        for lid in ("upper_lid", "lower_lid"):
            assert (other[lid] == rest.curves[lid]).all()  # type: ignore[index]


@moved
def test_nothing_appears_or_vanishes_at_once(movement: Movement) -> None:
    steps = [bent(movement, share) for share in np.linspace(0, 1, 101)]
    for before, after in pairwise(steps):
        for name, points in before.curves.items():
            assert abs(after.curves[name] - points).max() < 0.5
        for crease in before.creases.keys() | after.creases.keys():
            assert abs(after.creases.get(crease, 0) - before.creases.get(crease, 0)) < 0.06


def test_a_pucker_narrows_the_mouth_and_keeps_its_points_in_order() -> None:
    curves = bent(of("mouth_corner", "in", 3), 1).curves
    assert curves["upper_lip"][0, 0] < 20
    for name in ("upper_lip", "upper_edge", "lower_edge", "lower_lip"):
        assert (np.diff(curves[name][:, 0]) < 0).all()  # type: ignore[index]


def test_the_moving_part_is_in_the_primary_colour_and_a_calm_face_has_none() -> None:
    def teal(movement: Movement) -> int:
        pixels = pygame.surfarray.array3d(LineFace(LIGHT).surface(400, movement, 0.0))
        return int((abs(pixels.astype(int) - LIGHT.primary).max(axis=2) < 12).sum())

    assert teal(of("brow", "up", 4)) > 200
    assert teal(()) < 20


def test_a_picture_is_made_once_and_steps_are_shared() -> None:
    face, smile = LineFace(LIGHT), of("mouth_corner", "out_up", 3)
    once = face.surface(128, smile, 0.5)
    assert face.surface(128, smile, 0.5 + 0.4 / STEPS) is once
    assert face.surface(128, smile, 0.5 + 1.0 / STEPS) is not once
    assert face.surface(128, smile, 7.0) is face.surface(128, smile, 1.0)
    assert face.surface(64, smile, 0.5) is not once


def test_pictures_are_forgotten_before_they_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_face, "PIXELS_REMEMBERED", 3 * 50**2)
    face, smile = LineFace(LIGHT), of("mouth_corner", "out_up", 3)
    first, second = face.surface(50, smile, 0.0), face.surface(50, smile, 0.5)
    assert face.surface(50, smile, 0.0) is first
    face.surface(50, smile, 0.8)
    face.surface(50, smile, 1.0)
    assert face.surface(50, smile, 0.0) is first
    assert face.surface(50, smile, 0.5) is not second


def test_a_movement_can_be_made_one_picture_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    face, smile = LineFace(LIGHT), of("mouth_corner", "out_up", 3)
    assert [face.make_ahead(40, smile) for _ in range(STEPS + 2)] == [True] * (STEPS + 1) + [False]

    def none(*_: object) -> pygame.Surface:
        raise AssertionError("every picture was made ahead")

    monkeypatch.setattr(LineFace, "_draw", none)
    for step in range(STEPS + 1):
        face.surface(40, smile, step / STEPS)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_side_is_tinted_where_a_mirror_shows_it(theme: Theme) -> None:
    face = LineFace(theme)
    left, right = face.surface(400, tinted=("left",)), face.surface(400, tinted=("right",))
    both = face.surface(400, tinted=("left", "right"))
    left_cheek, right_cheek = (140, 240), (260, 240)
    assert tuple(left.get_at(left_cheek))[:3] == theme.left_soft
    assert tuple(left.get_at(right_cheek))[:3] == theme.skin
    assert tuple(right.get_at(right_cheek))[:3] == theme.right_soft
    assert tuple(both.get_at(left_cheek))[:3] == theme.left_soft
    assert tuple(both.get_at(right_cheek))[:3] == theme.right_soft
    for surface, colour, half in ((left, theme.left, 0), (right, theme.right, 200)):
        pixels = pygame.surfarray.array3d(surface).astype(int)
        arc = np.argwhere(abs(pixels - colour).max(axis=2) < 4)
        assert len(arc) > 200
        assert ((arc[:, 0] >= half) & (arc[:, 0] < half + 200)).all()


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=list(THEMES))
@pytest.mark.parametrize("region", REGIONS)
def test_a_mark_lies_on_its_side_and_region(region: Region, theme: Theme) -> None:
    face = LineFace(theme)
    plain = colours(face.surface(SIZE))
    marked = abs(colours(face.surface(SIZE, mark=Mark(region, "left"))) - plain).sum(axis=2)
    rows, columns = np.nonzero(marked > 20)
    low, high = BANDS[region]
    assert len(rows) > 50
    assert low - 12 < rows.mean() - EYES < high + 12
    assert columns.mean() < (SIZE / 2 + 2 if region == "chin" else SIZE / 2 - 8)


# -- in time --------------------------------------------------------------------------------------


def test_it_moves_in_the_exercises_own_times_with_a_still_moment() -> None:
    smile = exercises()["smile_closed"]
    dose = smile.dose
    once_s = STILL_S + dose.rise_s + dose.hold_s + dose.let_go_s
    for begin in (0.0, once_s, 7 * once_s):
        for at_s, share in (
            (0.0, 0.0),
            (STILL_S - 0.01, 0.0),
            (STILL_S + dose.rise_s / 2, 0.5),
            (STILL_S + dose.rise_s, 1.0),
            (STILL_S + dose.rise_s + dose.hold_s, 1.0),
            (once_s - dose.let_go_s / 2, 0.5),
        ):
            pose = demonstration(smile, begin + at_s)
            assert pose.share == pytest.approx(share, abs=1e-6)
            assert pose.movement == movements(smile)[0]


def test_it_never_jumps() -> None:
    for exercise in exercises().values():
        shares = [demonstration(exercise, t / 30).share for t in range(30 * 60)]
        assert max(abs(a - b) for a, b in pairwise(shares)) < 0.1


def test_less_motion_shows_two_stills() -> None:
    smile = exercises()["smile_closed"]
    shares = [demonstration(smile, t, less_motion=True).share for t in np.arange(0, 12, 0.5)]
    assert shares == [0.0 if t % (2 * CHANGE_S) < CHANGE_S else 1.0 for t in np.arange(0, 12, 0.5)]


def test_the_movements_of_a_guided_exercise_take_turns() -> None:
    emotion = exercises()["emotion"]
    shown = []
    for t in range(300):
        movement = demonstration(emotion, t / 2).movement
        if not shown or shown[-1] != movement:
            shown.append(movement)
    assert shown[:3] == list(movements(emotion).values())
    assert shown[3] == shown[0]


def test_only_the_step_that_is_said_is_shown() -> None:
    emotion = exercises()["emotion"]
    assert demonstration(emotion, 20.0, step=3).movement == movements(emotion)[3]
    assert demonstration(emotion, 20.0, step=2).movement == ()
