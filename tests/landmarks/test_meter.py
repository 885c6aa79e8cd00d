"""The meter on real pictures: the bundled films of the simulated patient."""

import cv2
import numpy as np
import pytest

import assets
from landmarks import meter, tracker
from landmarks.frame import Frame
from landmarks.mesh import OUTER_CANTHI
from landmarks.meter import FaceMeter, readings
from landmarks.movement import Measure
from landmarks.signals import Signals
from landmarks.turning import TurningLeak
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


# What a turn leaves behind

SWAY_FPS, SWAY_S, PAUSE_S = 15, 6.0, 2.2


def swaying(image, points_px):
    """A resting face that sways, pauses turned aside, so that its rest is renewed, and sways on.

    The picture is drawn anew with each pixel shifted as if it lay on a dome before the ears: that
    is not this person's depth and not the average face's, so that a turn leaves something behind.
    """
    right, left = points_px[list(OUTER_CANTHI), :2]
    canthi_px = np.linalg.norm(left - right)
    across, down = (left + right) / 2 + [0.0, 0.35 * canthi_px]
    y, x = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    off = ((x - across) / canthi_px) ** 2 + ((y - down) / (1.4 * canthi_px)) ** 2
    dome_px = canthi_px * np.exp(-off)
    aside = 2.0 * np.sin(np.pi / 2 * np.arange(SWAY_FPS // 2) / (SWAY_FPS // 2))
    yaw_deg = [
        *np.zeros(SWAY_FPS),
        *3.0 * np.sin(np.pi * np.arange(round(SWAY_S * SWAY_FPS)) / SWAY_FPS),
        *aside,
        *np.full(round(PAUSE_S * SWAY_FPS), 2.0),
        *2.0 * np.cos(np.pi * np.arange(2 * SWAY_FPS) / SWAY_FPS),
    ]
    for index, yaw in enumerate(yaw_deg):
        there = x - (dome_px * np.sin(np.radians(yaw))).astype(np.float32)
        drawn = cv2.remap(image, there, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        yield Frame(index, index / SWAY_FPS, drawn)


class WatchedLeak(TurningLeak):
    """Writes down what the meter tells it, and what it makes of it."""

    told = []  # noqa: RUF012 - there is one meter

    def begin(self):
        self.told.append(("begin", None))
        super().begin()

    def learn(self, time_s, movement, turn_deg):
        self.told.append(("learn", movement))
        super().learn(time_s, movement, turn_deg)

    def corrected(self, movement, turn_deg):
        corrected = super().corrected(movement, turn_deg)
        self.told.append(("corrected", corrected))
        return corrected


@pytest.fixture(scope="module")
def swayed(rest_film, rest_readings):
    """Of each frame of the swaying face its reading, and what its leak was told meanwhile."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meter, "TurningLeak", WatchedLeak)
        with FaceMeter() as one:
            WatchedLeak.told.clear()
            for frame in swaying(rest_film[0].image, rest_readings[0][0].mesh.points_px):
                reading = one.read(frame)
                found.append((reading, tuple(WatchedLeak.told)))
                WatchedLeak.told.clear()
    return found


def learned(told):
    """What the skin read, before anything was taken off."""
    return next(movement for what, movement in told if what == "learn")


def test_swaying_rest_reads_less_movement_once_it_is_known(swayed):
    def root_mean_square(movements):
        return np.sqrt(np.mean([move.along_mm**2 for move in movements]))

    lap, first = 2 * SWAY_FPS, SWAY_FPS
    start = [swayed[k] for k in range(first, first + lap) if swayed[k][0].movement is not None]
    last = swayed[first + 2 * lap : first + 3 * lap]
    after_renewal = swayed[-lap:]
    assert {reading.problem for reading, _ in start + last + after_renewal} == {None}
    assert root_mean_square([reading.movement for reading, _ in start]) > 0.1
    for known in (last, after_renewal):  # a renewed rest starts with what was learned before
        reads = root_mean_square([learned(told) for _, told in known])
        assert reads > 0.1
        assert root_mean_square([reading.movement for reading, _ in known]) < 0.6 * reads


def test_a_frame_teaches_what_the_skin_reads_and_tells_what_is_left_over(swayed):
    measured_frames = [one for one in swayed if one[0].movement is not None]
    assert len(measured_frames) > 120
    for reading, told in measured_frames:
        whats = [what for what, _ in told if what != "corrected"]
        assert whats in (["learn"], ["begin", "learn"])
        assert reading.movement is told[-1][1]
        seen = learned(told)
        np.testing.assert_array_equal(reading.movement.displacement_mm, seen.displacement_mm)
        np.testing.assert_array_equal(reading.movement.aperture_ratio, seen.aperture_ratio)


def test_the_zero_of_a_rest_is_forgotten_when_another_takes_its_place(swayed):
    """While the first rest grows with every frame, and each second of the pause; never else."""
    begun_s = [
        reading.time_s
        for reading, told in swayed
        if reading.movement is not None and told[0][0] == "begin"
    ]
    pause_s = 1.0 + SWAY_S + (SWAY_FPS // 2) / SWAY_FPS
    growing = [time_s for time_s in begun_s if time_s < 1.0]
    np.testing.assert_allclose(np.diff(growing), 1 / SWAY_FPS)
    assert len(growing) > 3
    assert not [time_s for time_s in begun_s if 2.5 < time_s < pause_s]
    assert 1 <= len([time_s for time_s in begun_s if time_s > pause_s]) <= 2


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


def test_pictures_of_another_size_are_measured_from_a_new_rest(rest_film):
    last_s = rest_film[-1].time_s
    other = [
        Frame(100 + f.index, last_s + 0.1 + f.time_s, cv2.resize(f.image, (640, 480)))
        for f in rest_film
    ]
    seen, rest = measured([*rest_film, *other])
    after = seen[len(rest_film) :]
    assert after[0].problem == "no_rest"
    measured_after = [reading for reading in after if reading.movement is not None]
    assert len(measured_after) > 30
    assert max(np.abs(r.movement.displacement_mm).max() for r in measured_after) < 1.5
    assert rest.start_s > last_s
    alone, rest_alone = measured(other)
    assert rest.mm_per_px == pytest.approx(rest_alone.mm_per_px, rel=0.02)
    assert [r.problem for r in after] == [r.problem for r in alone]
