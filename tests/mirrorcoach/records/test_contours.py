"""Contours: the face as it was, straight and in millimetres, however the head was held."""

from dataclasses import dataclass

import numpy as np
import pytest

import assets
from landmarks.meter import FaceMeter
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.records.contours import CURVES, Contours, FaceFrame


@dataclass
class Done:
    """What is read of a repetition's score."""

    exercise: str
    hold_start_s: float | None
    hold_end_s: float | None
    measurable: bool = True


@pytest.fixture(scope="module")
def face():
    """The mesh of the simulated patient at rest, and the scale of the picture."""
    with assets.path("demo/rest.mp4") as path, VideoFile(path) as film, FaceMeter() as meter:
        for frame in film:
            reading = meter.read(frame)
            if meter.rest is not None:
                return FaceFrame(reading.mesh.points_px, meter.rest.mm_per_px)


def turned(points_px, roll_deg=0.0, larger=1.0, by_px=(0.0, 0.0, 0.0)):
    """The same face, held otherwise."""
    angle = np.radians(roll_deg)
    turn = np.array(
        [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    return larger * points_px @ turn.T + np.array(by_px)


def smiling(face, mm):
    """The left corner of the mouth carried out by so many millimetres."""
    points = face.points_px.copy()
    points[291, 0] += mm / face.mm_per_px
    return points


def test_it_is_in_millimetres_with_the_persons_left_at_the_right(face):
    rest = face.outline()
    assert rest.exercise is None
    assert list(rest.curves) == list(CURVES)
    (left_x, left_y), (right_x, right_y) = (
        np.mean(rest.curves[name], axis=0) for name in ("left_eye", "right_eye")
    )
    assert 50.0 < left_x - right_x < 75.0, "eyes are about 6 cm apart"
    assert abs(left_x + right_x) < 4.0
    assert abs(left_y - right_y) < 4.0
    assert np.mean(rest.curves["left_brow"], axis=0)[1] > left_y + 8.0
    assert np.mean(rest.curves["lips_outer"], axis=0)[1] < -40.0
    across, down = np.ptp(rest.curves["oval"], axis=0)
    assert 110.0 < across < 175.0
    assert 130.0 < down < 220.0


def test_the_way_the_head_is_held_is_taken_off(face):
    straight = face.placed_mm(face.points_px)
    for held in (
        turned(face.points_px, roll_deg=12.0),
        turned(face.points_px, larger=1.3, by_px=(40.0, -25.0, 10.0)),
    ):
        assert np.abs(face.placed_mm(held) - straight).max() < 0.1


def test_it_is_the_middle_repetition_of_each_exercise(face):
    contours = Contours()
    for second in range(60):
        contours.see(float(second), smiling(face, mm=float(second)))
    found = [
        contours.hold(face, Done("smile_open", mm - 2.0, mm + 2.0))
        for mm in (10.0, 20.0, 30.0, 40.0)
    ]
    assert found.pop(2) is None, "of three the second is the middle one, as of two"
    found.append(contours.hold(face, Done("pucker", 5.0, 5.0)))
    assert contours.hold(face, Done("snarl", None, None, measurable=False)) is None
    assert contours.hold(face, Done("brow_lift", 100.0, 101.0)) is None
    corner, rest = CURVES["lips_outer"].index(291), face.outline().curves["lips_outer"]
    for outline, (exercise, mm) in zip(
        found,
        (("smile_open", 10.0), ("smile_open", 20.0), ("smile_open", 30.0), ("pucker", 5.0)),
        strict=True,
    ):
        assert outline.exercise == exercise
        moved = np.subtract(outline.curves["lips_outer"], rest)
        assert moved[corner] == pytest.approx((mm, 0.0), abs=0.1 * mm)
        assert np.abs(np.delete(moved, corner, axis=0)).max() < 0.1


def test_faces_of_long_ago_are_forgotten(face):
    contours = Contours()
    for tenth in range(3000):
        contours.see(tenth / 10.0, face.points_px)
        contours.see(tenth / 10.0 + 0.03, face.points_px)
    assert len(contours._faces) < 620
