"""The average face made uneven by known millimetres, and the bundled film of a drooping face."""

import csv
import json
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from heads import FACE, LENS, MM_PER_PX, turned
from hypothesis import given
from hypothesis import strategies as st

import assets
from landmarks.average_face import SURFACE
from landmarks.frame import Frame
from landmarks.head import RestingHead
from landmarks.mesh import MIRROR, POINTS, RIGHT_BROW, RIGHT_IRIS_MIDDLE, RIGHT_LIDS, mirrored
from landmarks.meter import FaceMeter, readings
from landmarks.pose import HeadPose
from landmarks.problems import REST_REASONS
from landmarks.resting_asymmetry import (
    COMMISSURE_GAIN,
    MOST_PITCH_DEG,
    MOST_YAW_DEG,
    UNKNOWN,
    resting_asymmetry,
)
from mirrorcoach.capture.videofile import VideoFile

LEFT_BROW = mirrored(RIGHT_BROW)
LEFT_UPPER_LIDS = mirrored(tuple(upper for upper, _ in RIGHT_LIDS))
STRAIGHT = HeadPose(0.0, 0.0, 0.0)
OPEN = np.ones(2)
SCALE_SPREAD = 0.04


def seen_px(higher_mm=None, turn=None, shift=(0.0, 0.0, 0.0)):
    """The average face with pupils, some landmarks moved up the face by so many millimetres."""
    points = np.zeros((POINTS, 3))
    points[:SURFACE] = FACE.points_mm
    for iris, (upper, lower) in (
        (RIGHT_IRIS_MIDDLE, RIGHT_LIDS[0]),
        (MIRROR[RIGHT_IRIS_MIDDLE], mirrored(RIGHT_LIDS[0])),
    ):
        points[iris] = (points[upper] + points[lower]) / 2
        points[iris, 2] = points[upper, 2]
    for landmark, mm in (higher_mm or {}).items():
        points[landmark, 1] += mm
    away = np.array([0.0, 0.0, -LENS.focal_px * MM_PER_PX])
    x, y, z = (points @ (np.eye(3) if turn is None else turn).T + away + shift).T
    right, down = LENS.centre_px
    return np.column_stack([right - LENS.focal_px * x / z, down + LENS.focal_px * y / z])


def compared(places_px, turn=None, visible=OPEN, pose=STRAIGHT):
    axes = np.eye(3) if turn is None else turn
    head = RestingHead(places_px[:SURFACE], axes, MM_PER_PX, LENS)
    return resting_asymmetry(head, places_px, visible, pose, SCALE_SPREAD)


EVEN = compared(seen_px())
TURNS = {"pitch": st.floats(-8, 8), "yaw": st.floats(-9, 9), "roll": st.floats(-20, 20)}


def differences(found):
    known = (found.fissure_difference, found.commissure_difference, found.brow_difference)
    return np.array([one.mm for one in known])


@given(**TURNS)
def test_an_even_face_is_even_however_the_head_is_held(pitch, yaw, roll):
    turn = turned(pitch, yaw, roll)
    found = compared(seen_px(turn=turn), turn)
    np.testing.assert_allclose(differences(found), 0.0, atol=0.05)
    assert found.fissures[0].mm == pytest.approx(EVEN.fissures[1].mm, abs=0.05)
    assert found.reasons == ()


@given(**TURNS)
def test_each_difference_is_of_its_own_region_and_left_less_right(pitch, yaw, roll):
    turn = turned(pitch, yaw, roll)
    higher = {291: -3.0, **dict.fromkeys(LEFT_BROW, 2.0), **dict.fromkeys(LEFT_UPPER_LIDS, -1.5)}
    found = compared(seen_px(higher, turn), turn)
    np.testing.assert_allclose(differences(found), [-1.5, -3.0 * COMMISSURE_GAIN, 2.0], atol=0.2)
    left, right = found.fissures
    assert left.mm == pytest.approx(right.mm - 1.5, abs=0.1)


def test_a_face_seen_from_nearby_is_as_uneven_as_from_afar():
    near = compared(seen_px({61: 2.0}, shift=(0.0, 30.0, 0.0)))
    np.testing.assert_allclose(
        differences(near), differences(compared(seen_px({61: 2.0}))), atol=1e-6
    )


def mirror_px(places_px):
    """As the mirror image of the picture shows the face, with the landmarks' own names."""
    flipped = places_px[MIRROR].copy()
    flipped[:, 0] = 2 * LENS.centre_px[0] - flipped[:, 0]
    return flipped


def test_a_mirrored_picture_has_the_numbers_mirrored():
    turn, mirrored_turn = turned(3, 6, -9), turned(3, -6, 9)
    uneven = seen_px({291: -3.0, 334: 2.0, 386: -1.0}, turn)
    visible = np.array([0.9, 1.1])
    one = compared(uneven, turn, visible)
    other = compared(mirror_px(uneven), mirrored_turn, visible[::-1])
    np.testing.assert_allclose(differences(one), -differences(other), atol=1e-9)
    assert one.fissures[0].mm == pytest.approx(other.fissures[1].mm)
    for which in ("commissure_difference", "brow_difference", "fissure_difference"):
        here, there = getattr(one, which).interval_mm, getattr(other, which).interval_mm
        assert (here.low, here.high) == pytest.approx((-there.high, -there.low))


def test_an_opening_is_what_the_picture_shows_of_the_meshs():
    narrow = compared(seen_px(), visible=np.array([1.0, 0.7]))
    left, right = narrow.fissures
    assert right.mm == pytest.approx(0.7 * left.mm)
    assert narrow.fissure_difference.mm == pytest.approx(0.3 * left.mm)


@pytest.mark.parametrize("unseen", [0, 1])
@pytest.mark.parametrize("share", [np.nan, 0.15], ids=["in doubt", "all but closed"])
def test_an_eye_that_cannot_be_told_takes_no_other_number_with_it(unseen, share):
    visible = OPEN.copy()
    visible[unseen] = share
    found = compared(seen_px({291: -3.0}), visible=visible)
    assert found.fissures[unseen] is None
    assert found.fissures[1 - unseen].mm == EVEN.fissures[1 - unseen].mm
    assert found.fissure_difference is None
    assert found.commissure_difference.mm == pytest.approx(-3.0 * COMMISSURE_GAIN)
    assert found.reasons == (REST_REASONS["lids_unclear"],)


@pytest.mark.parametrize(
    "pose",
    [
        HeadPose(MOST_YAW_DEG + 0.1, 0.0, 0.0),
        HeadPose(-MOST_YAW_DEG - 0.1, 0.0, 0.0),
        HeadPose(0.0, MOST_PITCH_DEG + 0.1, 0.0),
        HeadPose(0.0, -MOST_PITCH_DEG - 0.1, 0.0),
    ],
)
def test_nothing_is_told_of_a_head_that_is_turned_and_it_says_why(pose):
    assert compared(seen_px(), pose=pose) == replace(
        UNKNOWN, reasons=(REST_REASONS["turned_at_rest"],)
    )


def widths(found):
    known = (*found.fissures, found.fissure_difference)
    known += (found.commissure_difference, found.brow_difference)
    return np.array([one.interval_mm.width for one in known])


def test_intervals_lie_around_their_numbers_and_grow_with_turn_and_size():
    turned_aside = compared(seen_px(), pose=HeadPose(-8.0, 0.0, 0.0))
    assert (widths(turned_aside) >= widths(EVEN)).all()
    assert (widths(turned_aside)[[0, 1, 3, 4]] > widths(EVEN)[[0, 1, 3, 4]]).all()
    uneven = compared(seen_px({291: -5.0, **dict.fromkeys(LEFT_BROW, 4.0)}))
    assert (widths(uneven)[3:] > 1.2 * widths(EVEN)[3:]).all()
    brow = uneven.brow_difference
    assert (brow.interval_mm.low + brow.interval_mm.high) / 2 == pytest.approx(brow.mm)
    assert brow.interval_mm.low > 0.0


def test_an_uncertain_scale_widens_openings_and_no_difference_that_is_nothing():
    head = RestingHead(seen_px()[:SURFACE], np.eye(3), MM_PER_PX, LENS)
    exact = resting_asymmetry(head, seen_px(), OPEN, STRAIGHT, 0.0)
    assert (widths(EVEN)[:2] > 1.1 * widths(exact)[:2]).all()
    np.testing.assert_allclose(widths(EVEN)[2:], widths(exact)[2:])


# The bundled film: the right corner of the mouth and the right brow hang a little


@cache
def film():
    with assets.path("demo/rest.mp4") as path, VideoFile(path) as video:
        return tuple(frame for frame, _ in zip(video, range(30), strict=False))


def measured(picture=lambda image: image):
    frames = [Frame(f.index, f.time_s, picture(f.image)) for f in film()]
    with FaceMeter() as meter:
        for _ in readings(frames, meter, lambda _: True):
            pass
        return meter.rest.asymmetry


@cache
def plain():
    return measured()


def truth():
    """Openings, left less right, corners and brows, mm; the latter from a face without droop."""
    with assets.path("demo/truth.json") as path:
        opened = json.loads(path.read_text(encoding="utf-8"))["clips"]["rest"]["rest_aperture_mm"]
    with assets.path("demo/rest.truth.csv") as path, path.open(encoding="utf-8") as table:
        row = next(csv.DictReader(table))
    corner, brow = (
        float(row[f"{name}_mm_L"]) - float(row[f"{name}_mm_R"]) for name in ("corner_dy", "brow")
    )
    return opened["left"], opened["right"], opened["left"] - opened["right"], corner, brow


def test_every_interval_holds_the_truth_of_the_bundled_face():
    found = plain()
    known = (*found.fissures, found.fissure_difference)
    known += (found.commissure_difference, found.brow_difference)
    for one, true in zip(known, truth(), strict=True):
        assert one.interval_mm.low < true < one.interval_mm.high
        assert one.interval_mm.width < 2.5
    assert found.commissure_difference.interval_mm.low > 0.0


def test_the_same_film_gives_the_same_numbers():
    assert measured() == plain()


def test_a_mirrored_film_gives_the_numbers_mirrored():
    found = measured(lambda image: np.ascontiguousarray(image[:, ::-1]))
    np.testing.assert_allclose(differences(found), -differences(plain()), atol=0.15)
    for side in (0, 1):
        assert found.fissures[side].mm == pytest.approx(plain().fissures[1 - side].mm, abs=0.15)


@pytest.mark.parametrize("tilt_deg", [-12.0, 12.0])
def test_a_tilted_film_is_as_uneven_as_an_upright_one(tilt_deg):
    def tilted(image):
        height, width = image.shape[:2]
        about = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), tilt_deg, 1.0)
        return cv2.warpAffine(image, about, (width, height), borderMode=cv2.BORDER_REPLICATE)

    within = widths(plain())[2:] / 2  # the brow is seen a little differently at every tilt
    assert (np.abs(differences(measured(tilted)) - differences(plain())) < within).all()
