"""Movement read off the bundled films of a simulated patient, against how their face truly moved.

``assets/demo/README.md`` says what the films show; every film begins with half a second of rest.
"""

import json
from functools import cache

import cv2
import numpy as np
import pytest

import assets
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, readings
from landmarks.movement import PATHS
from landmarks.signals import Signals
from landmarks.symmetry import LEAST_FLOOR_MM
from landmarks.tracker import FaceTracker
from mirrorcoach.capture.videofile import VideoFile

HOLD_S = (85 / 30, 99.5 / 30)

SMILE, PUCKER = ("mouth_corner", "out_up"), ("mouth_corner", "in")
SHOWN = {
    "brow_lift": (("brow", "up"), "brow_mm"),
    "smile_open": (SMILE, "corner_mm"),
    "smile_open_calm": (SMILE, "corner_mm"),
    "snarl": (("ala", "up"), "ala_mm"),
    "pucker": (PUCKER, "corner_inward_mm"),
    "pucker_calm": (PUCKER, "corner_inward_mm"),
    "ee_lowerlip": (("lower_lip", "down"), "lower_lip_mm"),
}
"""The path that each film shows, and what ``truth.json`` calls it."""

films = pytest.mark.parametrize("name", SHOWN)


@cache
def film(name):
    """The first 100 frames: rest, rise, and part of the hold."""
    with assets.path(f"demo/{name}.mp4") as path, VideoFile(path) as video:
        return tuple(frame for frame, _ in zip(video, range(100), strict=False))


def truth_mm(name):
    with assets.path("demo/truth.json") as path:
        clips = json.loads(path.read_text(encoding="utf-8"))["clips"]
    one = clips[name]["movements"][SHOWN[name][1]]
    return np.array([one["left_mm"], one["right_mm"]])


def held(frames):
    """Median movement in the hold, and the rest."""
    signals = Signals()
    with FaceMeter() as meter:
        for reading in readings(frames, meter, lambda time_s: time_s < 0.6):
            signals.append(reading)
        rest = meter.rest
    rows = signals.between(*HOLD_S)
    assert rows.usable.all()
    return rows.median(rows.usable), rest


@cache
def clear(name):
    return held(film(name))


def along(movement, name):
    return movement.along_mm[PATHS.index(SHOWN[name][0])]


def changed(frames, picture, from_s=1.0):
    """The film with what `picture` makes of each image from some time on."""
    return [
        Frame(f.index, f.time_s, picture(f.image, f.time_s) if f.time_s >= from_s else f.image)
        for f in frames
    ]


@films
def test_both_sides_read_what_they_did(name):
    mm, true = along(clear(name)[0], name), truth_mm(name)
    np.testing.assert_allclose(mm, true, rtol=0.2, atol=0.3)
    error = 0.07 if name.startswith("pucker") else 0.05  # it comes towards the camera
    assert mm.min() / mm.max() == pytest.approx(true.min() / true.max(), abs=error)


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("brow_lift", [("ala", "up"), ("upper_lip", "up"), PUCKER, ("lower_lip", "down")]),
        ("pucker", [("ala", "up"), ("upper_lip", "up"), SMILE]),
        ("ee_lowerlip", [("ala", "up"), ("upper_lip", "up"), SMILE]),
    ],
)
def test_what_stays_still_stays_below_what_counts_as_movement(name, paths):
    movement, _ = clear(name)
    for path in paths:
        assert movement.along_mm[PATHS.index(path)].max() < LEAST_FLOOR_MM, path


@pytest.mark.parametrize("name", ["smile_open", "ee_lowerlip"])
def test_a_mouth_that_moves_does_not_move_the_brows_out_or_up(name):
    movement, _ = clear(name)
    assert np.linalg.norm(movement.displacement_mm[0], axis=-1).max() < 1.5


@pytest.mark.parametrize("name", ["smile_open", "brow_lift"])
def test_a_mirrored_film_gives_exchanged_numbers(name):
    flipped = changed(film(name), lambda image, _: np.ascontiguousarray(image[:, ::-1]), 0.0)
    movement, _ = held(flipped)
    np.testing.assert_allclose(along(movement, name), along(clear(name)[0], name)[::-1], atol=0.3)


@pytest.mark.parametrize("name", ["smile_open", "brow_lift", "rest"])
def test_light_that_grows_after_rest_is_not_movement(name):
    def brighter(image, time_s):
        return cv2.convertScaleAbs(image, alpha=1.0 + 0.2 * min(1.0, (time_s - 0.6) / 2.0))

    movement, _ = held(changed(film(name), brighter, 0.6))
    np.testing.assert_allclose(movement.along_mm, clear(name)[0].along_mm, atol=0.7)


@cache
def box(name, side, upper):
    """Left, top, right and bottom of one side of the face, its brow or all below the eyes."""
    with FaceTracker() as tracker:
        points = tracker.track(film(name)[0].image, 0.0).points_px
    x, y, middle = points[:, 0], points[:, 1], points[1, 0]
    left, right = (middle + 15, x.max() + 20) if side == "left" else (x.min() - 20, middle - 15)
    top, bottom = points[[33, 263], 1].mean() + 25, y.max() + 10
    if upper:
        top, bottom = y.min(), points[[159, 386], 1].mean() - 12
    return int(left), int(top), int(right), int(bottom)


@cache
def covered(name, side, grey=120):
    left, top, right, bottom = box(name, side, SHOWN[name][0][0] == "brow")

    def paint(image, _):
        image = image.copy()
        image[top:bottom, left:right] = grey
        return image

    return held(changed(film(name), paint))[0]


@pytest.mark.parametrize("name", ["smile_open", "brow_lift", "pucker"])
@pytest.mark.parametrize(("side", "other"), [("left", 1), ("right", 0)])
def test_a_covered_side_invents_no_movement_of_the_other(name, side, other):
    movement = covered(name, side)
    expected = along(clear(name)[0], name)[other]
    # Half of what holds the head still is covered too.
    assert along(movement, name)[other] == pytest.approx(expected, abs=0.7)


@pytest.mark.parametrize("name", ["smile_open", "brow_lift", "snarl", "pucker"])
@pytest.mark.parametrize(("side", "row"), [("left", 0), ("right", 1)])
def test_a_covered_side_is_not_a_number(name, side, row):
    assert np.isnan(along(covered(name, side), name)[row])
