"""The mirror: turned about, centred on the face, calm, and never past the picture's edge."""

from __future__ import annotations

import numpy as np
import pytest
from live_moments import face

from mirrorcoach.live.mirror import FACE_HEIGHT, FACE_MIDDLE, GLIDE_S, VISIBLE, Mirror

SIZE = (524, 562)


def picture(width: int = 640, height: int = 480) -> np.ndarray:
    return np.zeros((height, width, 3), dtype=np.uint8)


def test_the_person_s_left_is_on_the_left() -> None:
    image = picture()
    image[:, 320:] = (0, 0, 255)  # their left is on the right of an unmirrored picture
    shown = Mirror().show(image, face(), SIZE, 0.0, True)
    assert shown.shape == (562, 524, 3)
    assert (shown[:, :250] == (0, 0, 255)).all()
    assert (shown[:, 275:] == 0).all()


@pytest.mark.parametrize("size", [SIZE, (328, 351), (1572, 1686)])
@pytest.mark.parametrize("width, height", [(640, 480), (1920, 1080), (3840, 2160)])
def test_points_lie_where_the_picture_shows_them(
    size: tuple[int, int], width: int, height: int
) -> None:
    image = picture(width, height)
    spot = np.array([[0.55 * width, 0.4 * height, 0.0]])
    reach = width // 160
    x, y = spot[0, :2].astype(int)
    image[y - reach : y + reach, x - reach : x + reach] = 255
    mirror = Mirror()
    shown = mirror.show(image, face(width / 2, height / 2, height / 2), size, 0.0, True)
    weights = shown[..., 0].astype(float)
    rows, columns = np.indices(weights.shape) + 0.5
    seen = np.array([(columns * weights).sum(), (rows * weights).sum()]) / weights.sum()
    assert mirror.points(spot)[0] == pytest.approx(seen, abs=0.6)


def test_the_face_has_its_size_and_place() -> None:
    mirror = Mirror()
    mirror.show(picture(), face(300, 230, 200), SIZE, 0.0, True)
    forehead, chin = mirror.points(face(300, 230, 200))[[10, 152]]
    assert chin[1] - forehead[1] == pytest.approx(FACE_HEIGHT * 562)
    assert (chin[1] + forehead[1]) / 2 == pytest.approx(FACE_MIDDLE * 562)
    assert forehead[0] == pytest.approx(262)


@pytest.mark.parametrize("x, y, height", [(40, 60, 150), (600, 470, 150), (320, 240, 460)])
def test_only_the_picture_is_shown(x: float, y: float, height: float) -> None:
    mirror = Mirror()
    mirror.show(picture(), face(x, y, height), SIZE, 0.0, True)
    corners = mirror.points(np.array([[0.0, 0.0, 0.0], [640.0, 480.0, 0.0]]))
    assert corners[0, 0] >= 524 - 1e-6
    assert corners[1, 0] <= 1e-6
    assert corners[0, 1] <= 1e-6
    assert corners[1, 1] >= VISIBLE * 562 - 1e-6


def place(mirror: Mirror, now_s: float, x: float, still: bool) -> float:
    mirror.show(picture(), face(x, 240, 200), SIZE, now_s, still)
    return float(mirror.points(np.array([[320.0, 240.0, 0.0]]))[0, 0])


def test_it_stays_while_the_head_only_sways() -> None:
    mirror = Mirror()
    at = place(mirror, 0.0, 320, True)
    assert place(mirror, 1.0, 328, True) == at
    assert place(mirror, 9.0, 312, True) == at


def test_it_glides_after_the_head_at_rest_and_waits_during_a_movement() -> None:
    mirror = Mirror()
    at = place(mirror, 0.0, 320, True)
    assert place(mirror, 1.0, 350, False) == at
    assert place(mirror, 9.0, 350, False) == at
    assert place(mirror, 10.0, 350, True) == at
    half = place(mirror, 10.0 + GLIDE_S / 2, 350, True)
    there = place(mirror, 10.0 + GLIDE_S, 350, True)
    assert half == pytest.approx((at + there) / 2)
    # Thirty camera pixels, and the mirrored picture moves the other way.
    assert there - at == pytest.approx(30 * FACE_HEIGHT * 562 / 200)


def test_a_face_about_to_leave_is_followed_even_during_a_movement() -> None:
    mirror = Mirror()
    at = place(mirror, 0.0, 320, False)
    place(mirror, 1.0, 380, False)
    assert place(mirror, 3.0, 380, False) != at


def test_without_a_face_the_whole_picture_is_shown() -> None:
    mirror = Mirror()
    mirror.show(picture(), None, SIZE, 0.0, True)
    middle = mirror.points(np.array([[320.0, 240.0, 0.0]]))[0]
    assert middle[0] == pytest.approx(262)


def test_another_camera_starts_anew() -> None:
    mirror = Mirror()
    mirror.show(picture(), face(), SIZE, 0.0, True)
    mirror.show(picture(1280, 720), face(900, 360, 300), SIZE, 0.1, False)
    forehead = mirror.points(face(900, 360, 300))[10]
    assert forehead[0] == pytest.approx(262)


def test_as_others_see_me_is_the_camera_s_own_way_round() -> None:
    image = picture()
    image[:, 320:] = (0, 0, 255)
    mirror = Mirror()
    shown = mirror.show(image, face(), SIZE, 0.0, True, mirrored=False)
    assert (shown[:, 275:] == (0, 0, 255)).all()
    assert (shown[:, :250] == 0).all()
    left, right = mirror.points(np.array([[300.0, 240.0, 0.0], [340.0, 240.0, 0.0]]))
    assert left[0] < right[0]


def test_with_less_motion_the_mirror_is_there_at_once() -> None:
    mirror = Mirror()
    mirror.show(picture(), face(320, 240, 200), SIZE, 0.0, True, glides=False)
    mirror.show(picture(), face(350, 240, 200), SIZE, 1.0, True, glides=False)
    assert mirror.points(face(350, 240, 200))[10, 0] == pytest.approx(262)


def test_points_are_told_without_a_picture() -> None:
    looking, aiming = Mirror(), Mirror()
    looking.show(picture(), face(300, 230, 200), SIZE, 0.0, True)
    aiming.aim((640, 480), face(300, 230, 200), SIZE, 0.0, True)
    assert aiming.points(face()) == pytest.approx(looking.points(face()))
