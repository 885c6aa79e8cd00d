"""The outline view: own contours, what moves told apart, no iris behind closed lids."""

from __future__ import annotations

import numpy as np
import pytest
from live_moments import face

from landmarks.mesh import LIPS_OUTER, MIRROR, RIGHT_EYE, RIGHT_IRIS_MIDDLE, RIGHT_IRIS_RING
from landmarks.regions import REGIONS, Region
from mirrorcoach.live.outline_face import Curve, dashes, draw_outline, outline_face

COLOURS = {
    "face": (120, 120, 120),
    "line": (0, 0, 0),
    "moving": (200, 0, 0),
    "iris": (0, 0, 200),
    "pupil": (0, 80, 0),
}


def with_irises(points: np.ndarray, radius: float = 9.0) -> np.ndarray:
    for turned in (False, True):
        eye = MIRROR[list(RIGHT_EYE)] if turned else list(RIGHT_EYE)
        middle = MIRROR[RIGHT_IRIS_MIDDLE] if turned else RIGHT_IRIS_MIDDLE
        ring = MIRROR[list(RIGHT_IRIS_RING)] if turned else list(RIGHT_IRIS_RING)
        points[middle, :2] = points[eye, :2].mean(axis=0)
        points[ring, :2] = points[middle, :2] + radius * np.array(
            [[1, 0], [0, -1], [-1, 0], [0, 1]]
        )
    return points[:, :2]


def eyes(curves: list[Curve]) -> list[Curve]:
    return [curve for curve in curves if curve.role in ("iris", "pupil")]


def test_curves_pass_through_the_landmarks() -> None:
    points = with_irises(face())
    lips = outline_face(points, None)[-2]
    for number in LIPS_OUTER:
        assert np.hypot(*(lips.points - points[number]).T).min() < 1e-6


@pytest.mark.parametrize("region", REGIONS)
def test_what_moves_is_told_apart(region: Region) -> None:
    points = with_irises(face())
    roles = [curve.role for curve in outline_face(points, region)]
    assert "moving" in roles and "line" in roles and "face" in roles
    assert "moving" not in [curve.role for curve in outline_face(points, None)]


@pytest.mark.parametrize("mirrored", [False, True])
def test_irises_show_only_between_the_lids(mirrored: bool) -> None:
    points = with_irises(face(), radius=14.0)
    if mirrored:
        points = points * (-1, 1) + (640, 0)
    shown = eyes(outline_face(points, None))
    assert len(shown) == 4
    for one in shown:
        numbers = list(RIGHT_EYE)
        if np.hypot(*(one.points.mean(axis=0) - points[numbers].mean(axis=0))) > 30:
            numbers = MIRROR[numbers]
        low, high = points[numbers, 1].min(), points[numbers, 1].max()
        assert one.points[:, 1].min() >= low - 0.5 and one.points[:, 1].max() <= high + 0.5


def test_closed_eyes_show_no_iris() -> None:
    points = with_irises(face())
    for numbers in (list(RIGHT_EYE), list(MIRROR[list(RIGHT_EYE)])):
        points[numbers, 1] = points[numbers, 1].mean()
    assert eyes(outline_face(points, None)) == []


def test_lines_are_drawn_where_they_are_in_their_colours() -> None:
    points = with_irises(face())
    curves = outline_face(points, "mouth_corner")
    picture = np.full((480, 640, 3), 255, dtype=np.uint8)
    draw_outline(picture, curves, COLOURS, 1.0)
    x, y = np.rint(points[61]).astype(int)
    blue, green, red = picture[y, x].tolist()
    assert red > blue + 60 and red > green + 60
    x, y = np.rint(points[RIGHT_IRIS_MIDDLE]).astype(int)
    assert picture[y, x].tolist() == [0, 80, 0]
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 20, "edges are smooth"
    assert (picture[:100] == 255).all()


def test_lines_outside_the_picture_are_left_out() -> None:
    picture = np.full((480, 640, 3), 255, dtype=np.uint8)
    draw_outline(picture, outline_face(with_irises(face(x=2000)), "eye"), COLOURS, 1.0)
    assert (picture == 255).all()


@pytest.mark.parametrize("closed", [False, True])
def test_dashes_lie_on_the_line_and_are_alike(closed: bool) -> None:
    angle = np.linspace(0, 2 * np.pi * (1 if closed else 0.5), 60, endpoint=not closed)
    line = 50 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    pieces = dashes(line, closed, 1.0)
    lengths = [np.hypot(*np.diff(piece, axis=0).T).sum() for piece in pieces]
    assert np.ptp(lengths) < 0.1 and 8 < lengths[0] < 14
    assert 0.5 < sum(lengths) / (50 * angle[-1]) < 0.8
    assert np.abs(np.hypot(*np.concatenate(pieces).T) - 50).max() < 0.5
    if not closed:
        assert pieces[0][0] == pytest.approx(line[0]) and pieces[-1][-1] == pytest.approx(line[-1])
