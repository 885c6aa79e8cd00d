"""The meter on real pictures: the bundled films of the simulated patient."""

import cv2
import numpy as np
import pytest

import assets
from landmarks import tracker
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, readings
from landmarks.movement import Measure
from landmarks.signals import Signals
from mirrorcoach.capture.videofile import VideoFile


def film(name, count=None):
    with assets.path(f"demo/{name}.mp4") as path, VideoFile(path) as video:
        frames = []
        for frame in video:
            frames.append(frame)
            if count is not None and len(frames) == count:
                break
        return frames


@pytest.fixture(scope="module")
def rest_film():
    return film("rest", 60)


def measured(frames):
    with FaceMeter() as meter:
        return list(readings(frames, meter, lambda time_s: True)), meter.rest


@pytest.fixture(scope="module")
def rest_readings(rest_film):
    return measured(rest_film)


def test_rest_is_found_and_reads_as_no_movement(rest_readings):
    seen, rest = rest_readings
    assert rest is not None
    assert rest.start_s < 0.5
    moves = [reading.movement for reading in seen if reading.movement is not None]
    assert len(moves) > 40
    assert np.abs([move.displacement_mm for move in moves]).max() < 1.5
    assert np.median([move.aperture_ratio for move in moves]) == pytest.approx(1.0, abs=0.03)


def test_before_rest_there_is_a_reason_and_no_number(rest_readings):
    seen, _ = rest_readings
    assert seen[0].problem == "no_rest"
    assert seen[0].movement is None
    assert seen[0].mesh is not None
    assert seen[0].pose is not None


def test_the_same_frames_give_the_same_readings(rest_film, rest_readings):
    again, _ = measured(rest_film)
    for first, then in zip(rest_readings[0], again, strict=True):
        assert first.problem == then.problem
        if first.movement is not None:
            np.testing.assert_array_equal(
                first.movement.displacement_mm, then.movement.displacement_mm
            )


def test_a_mirrored_picture_is_the_same_face_with_sides_exchanged():
    frames = film("brow_lift", 105)
    straight, _ = measured(frames)
    flipped, _ = measured(
        [Frame(f.index, f.time_s, np.ascontiguousarray(f.image[:, ::-1])) for f in frames]
    )
    brow = Measure("brow", "up")
    courses = []
    for seen in (straight, flipped):
        signals = Signals()
        for reading in seen:
            signals.append(reading)
        courses.append(signals.between(-1, 99).wanted_mm(brow)[-1])
    np.testing.assert_allclose(courses[1], courses[0][::-1], atol=0.15)
    assert courses[0][0] > 3.0


def test_a_picture_without_a_face_says_so_and_the_face_is_found_again(rest_film):
    blank = np.full_like(rest_film[0].image, 128)
    frames = [Frame(f.index, f.time_s, blank if 20 <= f.index < 25 else f.image) for f in rest_film]
    seen, rest = measured(frames)
    assert {reading.problem for reading in seen[20:25]} == {"no_face"}
    assert seen[40].problem is None
    assert rest is not None


@pytest.mark.parametrize(("gain", "problem"), [(0.08, "too_dark"), (1.0, None)])
def test_light(rest_film, gain, problem):
    frames = [
        Frame(f.index, f.time_s, cv2.convertScaleAbs(f.image, alpha=gain)) for f in rest_film[:30]
    ]
    seen, _ = measured(frames)
    problems = {reading.problem for reading in seen} - {"no_rest"}
    assert problems <= {problem, "no_face"} if problem else problems == {None}


def test_a_blurred_film_is_refused(rest_film):
    frames = [
        Frame(f.index, f.time_s, cv2.GaussianBlur(f.image, (0, 0), 10.0)) for f in rest_film[:20]
    ]
    seen, rest = measured(frames)
    assert {reading.problem for reading in seen} == {"too_blurred"}
    assert rest is None


def test_a_far_face_is_refused(rest_film):
    frames = [
        Frame(f.index, f.time_s, cv2.resize(f.image, (240, 180), interpolation=cv2.INTER_AREA))
        for f in rest_film[:20]
    ]
    seen, rest = measured(frames)
    assert {reading.problem for reading in seen} <= {"too_far", "no_face"}
    assert rest is None


def test_time_must_rise(rest_film):
    with FaceMeter() as meter:
        meter.read(rest_film[0])
        with pytest.raises(ValueError, match="frames must come in order"):
            meter.read(rest_film[0])


@pytest.mark.parametrize("image", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32)])
def test_what_is_no_picture_is_named(image):
    with tracker.FaceTracker() as face, pytest.raises(ValueError, match="expected a picture"):
        face.track(image, 0.0)


@pytest.mark.parametrize("version", ["0.10.22", "0.10.35", "1.2.2"])
def test_a_tracker_that_would_go_online_is_refused(version):
    with pytest.raises(tracker.TrackerUnavailableError, match="send usage data"):
        tracker.require_offline_mediapipe(version)


@pytest.mark.parametrize("version", ["0.10.14", "0.10.21"])
def test_a_tracker_that_stays_offline_is_fine(version):
    tracker.require_offline_mediapipe(version)
