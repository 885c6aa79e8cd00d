"""The picture of a day: the face at rest and straight ahead, always of the same size and level."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import cv2
import numpy as np
import pytest
from live_moments import face
from numpy.typing import NDArray
from therapist_moments import STRAIGHT, readings, smile

from landmarks.mesh import mirrored
from landmarks.meter import Reading
from landmarks.tracker import FaceMesh
from mirrorcoach.live.resting_picture import (
    BESIDE,
    EYES_APART,
    EYES_DOWN,
    SIZE,
    RestingPicture,
    cut_out,
)

RIGHT_CORNERS = (33, 133)
GREY = np.full((480, 640, 3), 128, dtype=np.uint8)


def still(time_s: float = 1.0, yaw_deg: float = 0.0, points_px: Any = None) -> Reading:
    """A moment of rest."""
    one = readings(lambda t: 0.0, lambda t: 0.0, length_s=0.02)[0]
    pose = dataclasses.replace(STRAIGHT, yaw_deg=yaw_deg)
    mesh = FaceMesh(face() if points_px is None else points_px)
    return dataclasses.replace(one, time_s=time_s, pose=pose, mesh=mesh)


def drawn(points_px: NDArray[np.float64], size: tuple[int, int] = (1280, 960)) -> NDArray[np.uint8]:
    """A face's features as lines, somewhat sharp."""
    image = np.full((size[1], size[0], 3), 200, dtype=np.uint8)
    for number in np.unique(np.nonzero(points_px[:, 0] != points_px[0, 0])[0]):
        x, y = points_px[number, :2]
        cv2.circle(image, (round(float(x)), round(float(y))), 3, (20, 20, 20), -1)
    return image


def moved(
    points_px: NDArray[np.float64], zoom: float, roll_deg: float, middle: tuple[float, float]
) -> NDArray[np.float64]:
    """The same face elsewhere in the picture, nearer or further away, tilted."""
    roll = math.radians(roll_deg)
    turn = zoom * np.array([[math.cos(roll), -math.sin(roll)], [math.sin(roll), math.cos(roll)]])
    other = points_px.copy()
    other[:, :2] = (points_px[:, :2] - points_px[:, :2].mean(axis=0)) @ turn.T + middle
    return other


def blots(image: NDArray[np.uint8], number: int = 2) -> NDArray[np.float64]:
    """Middles of the coloured blots, the person's right eye first."""
    found = []
    for channel in range(number):
        ys, xs = np.nonzero((image[..., channel] > 200) & (image[..., 2] < 90))
        found.append((xs.mean() + 0.5, ys.mean() + 0.5))
    return np.array(found)


@pytest.mark.parametrize(
    ("zoom", "roll_deg", "middle"),
    [
        (1.0, 0.0, (640, 480)),
        (1.6, 9.0, (560, 420)),
        (0.8, -14.0, (800, 600)),
        (8.0, 3.0, (2000, 1600)),
    ],
)
def test_both_eyes_are_always_in_the_same_places(
    zoom: float, roll_deg: float, middle: tuple[float, float]
) -> None:
    points_px = moved(face(), zoom, roll_deg, middle)
    image = np.zeros((3000, 4000, 3), dtype=np.uint8)
    for channel, corners in enumerate((RIGHT_CORNERS, mirrored(RIGHT_CORNERS))):
        x, y = points_px[list(corners), :2].mean(axis=0)
        colour = [0, 0, 0]
        colour[channel] = 255
        at = (round(16 * (x - 0.5)), round(16 * (y - 0.5)))
        cv2.circle(image, at, round(16 * 5 * zoom), colour, -1, shift=4)
    cut = cut_out(image, points_px)
    assert cut.shape == (SIZE[1], SIZE[0], 3)
    apart, down = EYES_APART * SIZE[0], EYES_DOWN * SIZE[1]
    expected = [(SIZE[0] / 2 - apart / 2, down), (SIZE[0] / 2 + apart / 2, down)]
    np.testing.assert_allclose(blots(cut), expected, atol=1.0)


def test_it_is_not_mirrored_and_the_room_is_left_out() -> None:
    points_px = face(320, 240, 120)
    image = np.zeros((480, 640, 3), dtype=np.uint8)
    image[:, :320] = 255
    cut = cut_out(image, points_px)
    assert cut[400, 100].min() > 250, "the person's right stays on the left"
    assert cut[400, 600].max() < 5
    eyes_px = np.ptp(points_px[[*RIGHT_CORNERS, *mirrored(RIGHT_CORNERS)], 0]) / 1.5
    assert SIZE[0] / (EYES_APART * SIZE[0] / eyes_px) < 640 / 2, "most of the room is not in it"


def test_nothing_is_made_up_beside_what_the_camera_saw() -> None:
    cut = cut_out(np.full((480, 640, 3), 255, dtype=np.uint8), face(60, 240, 240))
    assert tuple(cut[450, 2]) == BESIDE
    assert tuple(cut[450, 718]) == (255, 255, 255)


def test_there_is_none_before_the_face_was_seen_at_rest() -> None:
    seen = RestingPicture()
    assert seen.image is None
    for one in readings(lambda t: 0.0, lambda t: 0.0, length_s=1.0, problem=lambda t: "too_dark"):
        seen.see(GREY, one)
    assert seen.image is None


def test_a_face_that_moves_or_blinks_is_not_at_rest() -> None:
    seen = RestingPicture()
    for one in smile():
        if 2.6 < one.time_s < 5.4:
            seen.see(GREY, one)
    for one in readings(lambda t: 0.0, lambda t: 0.0, length_s=1.0, eyes=lambda t: (1.0, 0.7)):
        seen.see(GREY, one)
    assert seen.image is None
    seen.see(GREY, still())
    assert seen.image is not None


def test_a_side_that_could_not_be_seen_does_not_keep_it_away() -> None:
    (one,) = readings(lambda t: 0.0, lambda t: 0.0, length_s=0.02, hidden=lambda t: True)
    seen = RestingPicture()
    seen.see(GREY, one)
    assert seen.image is not None


def test_a_turned_head_would_change_the_size() -> None:
    seen = RestingPicture()
    seen.see(GREY, still(yaw_deg=9.0))
    assert seen.image is None


def test_the_straightest_and_sharpest_is_remembered() -> None:
    points_px = moved(face(), 2.0, 0.0, (640, 480))
    sharp = drawn(points_px)
    blurred = cv2.GaussianBlur(sharp, (0, 0), 5).astype(np.uint8)
    seen = RestingPicture()
    for time_s, image, yaw_deg in (
        (1.0, blurred, 1.0),
        (2.0, sharp, 1.0),
        (3.0, blurred, 1.0),
        (4.0, sharp, 4.0),
    ):
        seen.see(image, still(time_s, yaw_deg, points_px))
        if time_s == 2.0:
            best = seen.image
    assert seen.image is best is not None
    np.testing.assert_array_equal(best, cut_out(sharp, points_px))
