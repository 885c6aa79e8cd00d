import numpy as np
import pytest
from faces import REST, face

from landmarks.pose import HeadPose
from landmarks.quality import problem_with

STRAIGHT = HeadPose(0.0, 0.0, 0.0)


def picture(grey):
    return np.full((480, 640, 3), grey, dtype=np.uint8)


@pytest.mark.parametrize(
    ("grey", "points", "pose", "expected"),
    [
        (120, REST, STRAIGHT, None),
        (20, REST, STRAIGHT, "too_dark"),
        (250, REST, STRAIGHT, "too_bright"),
        (120, REST, HeadPose(18.0, 0.0, 0.0), "head_turned"),
        (120, REST, HeadPose(0.0, -30.0, 0.0), "head_turned"),
        (120, REST, HeadPose(0.0, 0.0, 45.0), "head_turned"),
        (120, (REST - [320, 240, 0]) * 0.5 + [320, 240, 0], STRAIGHT, "too_far"),
        (120, REST - [300, 0, 0], STRAIGHT, "out_of_picture"),
    ],
)
def test_each_problem_is_named(grey, points, pose, expected):
    assert problem_with(picture(grey), points, pose) == expected


def test_a_dark_room_behind_a_lit_face_is_fine():
    image = picture(5)
    left, top = face()[:, :2].min(axis=0).astype(int)
    right, bottom = face()[:, :2].max(axis=0).astype(int)
    image[top:bottom, left:right] = 120
    assert problem_with(image, face(), STRAIGHT) is None
