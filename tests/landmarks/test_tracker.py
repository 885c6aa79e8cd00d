"""The tracker with several people in the picture: pictures made of two or three faces."""

import cv2
import numpy as np
import pytest

import assets
from landmarks.frame import Frame
from landmarks.meter import FaceMeter
from landmarks.tracker import LOOK_AROUND_S, FaceTracker
from mirrorcoach.capture.videofile import VideoFile

WIDTH, HEIGHT = 1280, 480
STEP_S = 0.2
A_FEW_S = 3 * LOOK_AROUND_S
"""Another face takes over after two looks at most."""


def first_picture(path):
    with VideoFile(path) as video:
        return next(iter(video)).image


@pytest.fixture(scope="module")
def people():
    """Two faces of 400 x 400, each in the middle of its picture."""
    pictures = []
    for name in ("rest", "smile_open"):
        with assets.path(f"demo/{name}.mp4") as path:
            image = first_picture(path)
        height, width = image.shape[:2]
        side = int(min(height, width) * 0.85)
        top, left = (height - side) // 2, (width - side) // 2
        square = image[top : top + side, left : left + side]
        pictures.append(cv2.resize(square, (400, 400), interpolation=cv2.INTER_AREA))
    return pictures


def scene(*placed):
    """A room with faces in it: pairs of picture and the x of its middle."""
    room = np.full((HEIGHT, WIDTH, 3), 90, dtype=np.uint8)
    for picture, x in placed:
        height, width = picture.shape[:2]
        room[40 : 40 + height, x - width // 2 : x - width // 2 + width] = picture
    return room


def times(duration_s, start_s=0.0):
    return np.arange(start_s, start_s + duration_s - 1e-9, STEP_S)


def middle_x(mesh):
    return None if mesh is None else float(mesh.points_px[:, 0].mean())


@pytest.mark.parametrize(("left_x", "right_x"), [(330, 780), (500, 950)])
def test_the_face_nearest_the_middle_is_followed(people, left_x, right_x):
    nearest = min(left_x, right_x, key=lambda x: abs(x - WIDTH / 2))
    image = scene((people[0], left_x), (people[1], right_x))
    with FaceTracker() as tracker:
        meshes = [tracker.track(image, time_s) for time_s in times(A_FEW_S)]
    for mesh in meshes:
        assert middle_x(mesh) == pytest.approx(nearest, abs=60)
        assert mesh.faces == 2
        assert not mesh.turned


def test_the_points_are_those_of_the_face_alone(people):
    both = scene((people[0], 700), (people[1], 200))
    alone = scene((people[0], 700))
    with FaceTracker() as tracker, FaceTracker() as other:
        for time_s in times(1.0):
            followed, single = tracker.track(both, time_s), other.track(alone, time_s)
    assert single.faces == 1
    np.testing.assert_allclose(followed.points_px, single.points_px, atol=0.5)


def test_when_another_comes_to_sit_in_the_middle_the_tracker_turns_to_them_once(people):
    before = scene((people[0], 560), (people[1], 1050))
    after = scene((people[0], 240), (people[1], 700))
    with FaceTracker() as tracker:
        for time_s in times(1.0):
            assert middle_x(tracker.track(before, time_s)) == pytest.approx(560, abs=60)
        # They move over at once, faster than a tracker could follow; it then knows nobody.
        later = [tracker.track(after, time_s) for time_s in times(2 * A_FEW_S, 1.0)]
    settled = [mesh for mesh, at_s in zip(later, times(2 * A_FEW_S), strict=True) if at_s > A_FEW_S]
    assert all(middle_x(mesh) == pytest.approx(700, abs=60) for mesh in settled)
    assert sum(mesh.turned for mesh in later if mesh is not None) <= 1


def test_a_face_that_was_followed_is_let_go_for_one_clearly_nearer(people):
    with FaceTracker() as tracker:
        alone = [tracker.track(scene((people[0], 240)), time_s) for time_s in times(1.0)]
        joined = scene((people[0], 240), (people[1], 690))
        later = [tracker.track(joined, time_s) for time_s in times(A_FEW_S, 1.0)]
    assert all(middle_x(mesh) == pytest.approx(240, abs=60) for mesh in alone)
    assert middle_x(later[0]) == pytest.approx(240, abs=60)  # not at the first look
    assert middle_x(later[-1]) == pytest.approx(690, abs=60)
    assert [mesh.turned for mesh in later].count(True) == 1
    assert later[-1].faces == 2


def test_two_people_about_equally_near_are_not_measured_in_turns(people):
    with FaceTracker() as tracker:
        for count, time_s in enumerate(times(3 * A_FEW_S)):
            sway = 30 if count % 2 else -30
            image = scene((people[0], 400 + sway), (people[1], 880 + sway))
            mesh = tracker.track(image, time_s)
            if count == 0:
                first = middle_x(mesh)
            assert middle_x(mesh) == pytest.approx(first, abs=130)
            assert not mesh.turned


def test_one_who_leaves_and_comes_back_is_found_again_beside_another(people):
    together = scene((people[0], 600), (people[1], 1060))
    left_alone = scene((people[1], 1060))
    with FaceTracker() as tracker:
        for time_s in times(1.0):
            assert middle_x(tracker.track(together, time_s)) == pytest.approx(600, abs=60)
        for time_s in times(2.0, 1.0):
            remaining = tracker.track(left_alone, time_s)
        back = [tracker.track(together, time_s) for time_s in times(A_FEW_S, 3.0)]
    assert middle_x(remaining) == pytest.approx(1060, abs=60)
    assert middle_x(back[-1]) == pytest.approx(600, abs=60)


def test_an_empty_room_has_no_face(people):
    with FaceTracker() as tracker:
        assert tracker.track(scene(), 0.0) is None
        assert tracker.track(scene((people[0], 640)), 0.1).faces == 1


def test_nobody_is_measured_against_another_persons_rest(people):
    alone = scene((people[0], 240))
    joined = scene((people[0], 240), (people[1], 690))
    moments_s = np.arange(0.0, 6.0, 0.1)
    with FaceMeter() as meter:
        readings = [
            meter.read(Frame(index, float(time_s), alone if time_s < 1.5 else joined))
            for index, time_s in enumerate(moments_s)
        ]
    (turn,) = (index for index, one in enumerate(readings) if one.mesh and one.mesh.turned)
    assert readings[turn - 1].movement is not None
    assert readings[turn].problem == "no_rest"
    assert readings[-1].movement is not None
    assert np.abs(readings[-1].movement.displacement_mm).max() < 1.0
    assert {one.faces for one in readings[:10]} == {1}
    assert readings[-1].faces == 2


def test_real_faces_side_by_side(shared):
    images = [
        cv2.imread(str(shared / f"faces/image/london_{n}_neutral.jpg")) for n in ("001", "022")
    ]
    small = [
        cv2.resize(image, (320, round(320 * image.shape[0] / image.shape[1]))) for image in images
    ]
    height = max(image.shape[0] for image in small)
    room = np.full((height, 960, 3), 200, dtype=np.uint8)
    for image, x in zip(small, (0, 400), strict=True):
        room[: image.shape[0], x : x + 320] = image
    with FaceTracker() as tracker:
        for time_s in times(A_FEW_S):
            mesh = tracker.track(room, time_s)
            assert mesh.faces == 2
            assert middle_x(mesh) == pytest.approx(560, abs=60)
