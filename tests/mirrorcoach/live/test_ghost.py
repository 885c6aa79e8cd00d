"""The target's outline: even, as far from rest as was agreed, and steady on the head."""

from __future__ import annotations

import numpy as np
import pytest
from test_even_face import head

from exercises import library
from exercises.schema import Wanted
from landmarks.mesh import LIPS_OUTER, MIRROR, RIGHT_BROW, RIGHT_EYE
from mirrorcoach.live.even_face import mid_plane
from mirrorcoach.live.ghost import OUTSIDE, Ghost

PX_PER_MM = 1.7
ALL = {
    (one.wanted.region, one.wanted.direction): one.wanted
    for one in library.exercises().values()
    if one.wanted is not None
}


def wanted(region: str, direction: str, target_mm: float) -> Wanted:
    return Wanted.model_validate({"region": region, "direction": direction, "target_mm": target_mm})


def resting(yaw_deg: float = 0.0, roll_deg: float = 0.0) -> np.ndarray:
    points = head(yaw_deg, roll_deg)
    points[468:] = points[168]
    return points


def ghost(one: Wanted, rest: np.ndarray | None = None) -> Ghost:
    return Ghost(resting() if rest is None else rest, 1 / PX_PER_MM, one)


def at_landmarks(line: np.ndarray, count: int) -> np.ndarray:
    """The landmarks of a smooth line, its 5 per cent taken off."""
    points = line[::6][:count]
    middle = points.mean(axis=0)
    return middle + (points - middle) / OUTSIDE


@pytest.mark.parametrize("asked", ALL, ids="-".join)
def test_every_exercise_has_an_even_target(asked: tuple[str, str]) -> None:
    rest = resting(roll_deg=10)
    uneven = rest.copy()
    uneven[61, :2] += (4, 9)  # a mouth corner that hangs
    uneven[list(RIGHT_BROW), 1] += 6
    plane = mid_plane(rest)
    whole = np.concatenate([line for line, _ in ghost(ALL[asked], uneven).lines(uneven)])
    across = plane.reflected(np.column_stack([whole, np.zeros(len(whole))]))[:, :2]
    apart = np.hypot(*(whole[:, None] - across[None]).transpose(2, 0, 1)).min(axis=1)
    assert apart.max() < 3.0, "each point of the line has a partner, but for where it is sampled"
    assert np.median(apart) < 0.7


def test_the_corners_go_as_far_as_agreed() -> None:
    rest = resting()
    ((line, closed),) = ghost(wanted("mouth_corner", "out_up", 5.0)).lines(rest)
    assert closed
    lips = at_landmarks(line, len(LIPS_OUTER))
    move = (lips - rest[list(LIPS_OUTER), :2]) / PX_PER_MM
    right, left = move[0], move[LIPS_OUTER.index(291)]
    out_up = np.array([np.cos(np.radians(40)), -np.sin(np.radians(40))])
    assert left @ out_up == pytest.approx(5.0, abs=1.0)
    assert right @ (out_up * (-1, 1)) == pytest.approx(5.0, abs=1.0)


def test_the_brows_go_up_as_far_as_agreed() -> None:
    rest = resting()
    lines = ghost(wanted("brow", "up", 4.0)).lines(rest)
    assert [closed for _, closed in lines] == [False, False]
    for (line, _), numbers in zip(lines, (RIGHT_BROW, MIRROR[list(RIGHT_BROW)]), strict=True):
        up = rest[list(numbers), 1].mean() - at_landmarks(line, 5)[:, 1].mean()
        assert up / PX_PER_MM == pytest.approx(4.0, abs=1.2)


@pytest.mark.parametrize("target_mm", [2.0, 12.0])
def test_lids_come_nearer_and_never_cross(target_mm: float) -> None:
    rest = resting()
    lines = ghost(wanted("eye", "close", target_mm)).lines(rest)
    opening = np.ptp(rest[list(RIGHT_EYE), 1])
    for line, closed in lines:
        assert closed
        eye = at_landmarks(line, len(RIGHT_EYE))
        upper, lower = eye[1:8, 1], eye[:8:-1, 1]
        assert (upper <= lower + 1e-6).all()
        assert (lower - upper).max() < opening - 1.5 * PX_PER_MM
        if target_mm == 12.0:
            assert (lower - upper).max() < 0.01


@pytest.mark.parametrize("yaw_deg, roll_deg", [(0, 25), (12, 0), (-8, -15)])
def test_the_target_follows_the_head(yaw_deg: float, roll_deg: float) -> None:
    one = ghost(wanted("mouth_corner", "out_up", 4.0))
    turned = resting(yaw_deg, roll_deg)
    ((line, _),) = one.lines(turned)
    ((there, _),) = ghost(wanted("mouth_corner", "out_up", 4.0), turned).lines(turned)
    assert np.hypot(*(line - there).T).max() < 0.5


def test_a_moving_face_does_not_move_the_target() -> None:
    rest = resting()
    one = ghost(wanted("mouth_corner", "out_up", 4.0))
    smiling = rest.copy()
    smiling[list(LIPS_OUTER), :2] += (0, -12)
    ((before, _),), ((after, _),) = one.lines(rest), one.lines(smiling)
    assert after == pytest.approx(before)
