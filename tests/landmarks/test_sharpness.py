import cv2
import numpy as np
import pytest
from faces import REST

import assets
from landmarks.quality import MOST_EDGE_WIDTH
from landmarks.sharpness import edge_width
from landmarks.tracker import FaceTracker
from mirrorcoach.capture.videofile import VideoFile

CANTHI_PX = 90.0
"""In the made-up face."""


@pytest.fixture(scope="module", params=["rest", "eye_close_gentle", "smile_open"])
def film(request):
    """A few pictures of a bundled film, with their meshes."""
    with assets.path(f"demo/{request.param}.mp4") as path, VideoFile(path) as video:
        frames = [frame for frame in video if frame.index % 30 == 0]
    with FaceTracker() as tracker:
        return [(one.image, tracker.track(one.image, one.time_s).points_px) for one in frames]


def widths(film, change):
    """Edge widths after a change that is given the picture and the distance of the canthi."""
    found = []
    for image, points in film:
        canthi_px = float(np.linalg.norm(points[33, :2] - points[263, :2]))
        found.append(edge_width(np.ascontiguousarray(change(image, canthi_px)), points))
    return np.array(found)


def blurred(share):
    return lambda image, canthi_px: cv2.GaussianBlur(image, (0, 0), share * canthi_px)


def noisy(image, sd):
    noise = np.random.default_rng(3).normal(0, sd, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def compressed(image, quality):
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


@pytest.mark.parametrize(
    "change",
    [
        lambda image, canthi_px: image,
        lambda image, canthi_px: noisy(image, 8),
        lambda image, canthi_px: compressed(image, 10),
        lambda image, canthi_px: cv2.convertScaleAbs(image, alpha=0.35),
        lambda image, canthi_px: cv2.convertScaleAbs(image, alpha=0.3, beta=110),
        blurred(0.01),
    ],
    ids=["as it is", "noisy", "compressed", "dark", "hazy", "a little soft"],
)
def test_a_usable_picture_is_sharp(film, change):
    assert widths(film, change).max() < MOST_EDGE_WIDTH


@pytest.mark.parametrize("share", [0.04, 0.06, 0.12])
def test_a_useless_picture_is_blurred(film, share):
    assert widths(film, blurred(share)).min() > MOST_EDGE_WIDTH
    assert widths(film, lambda *one: noisy(blurred(share)(*one), 6)).min() > MOST_EDGE_WIDTH
    assert widths(film, lambda *one: compressed(blurred(share)(*one), 30)).min() > MOST_EDGE_WIDTH


@pytest.mark.parametrize("along", ["across", "down"])
def test_a_moving_head_is_blurred_in_one_direction(film, along):
    def smear(image, canthi_px):
        length = round(0.18 * canthi_px)
        size = (length, 1) if along == "across" else (1, length)
        return cv2.blur(image, size)

    assert widths(film, smear).min() > MOST_EDGE_WIDTH


def test_a_small_face_is_as_sharp_as_a_large_one(film):
    for image, points in film:
        canthi_px = float(np.linalg.norm(points[33, :2] - points[263, :2]))
        half = 75.0 / canthi_px
        small = cv2.resize(image, None, fx=half, fy=half, interpolation=cv2.INTER_AREA)
        assert edge_width(small, points * half) < MOST_EDGE_WIDTH


def test_the_width_is_that_of_the_edge():
    stripes = np.zeros((480, 640), dtype=np.float32)
    stripes[:] = 255.0 * (np.arange(640) // 60 % 2)
    found = []
    for share in (0.03, 0.05):
        image = cv2.GaussianBlur(stripes, (0, 0), share * CANTHI_PX).astype(np.uint8)
        found.append(edge_width(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), REST))
    assert found == pytest.approx([0.03, 0.05], rel=0.2)


def test_a_picture_without_any_edge_says_nothing():
    assert edge_width(np.full((480, 640, 3), 120, dtype=np.uint8), REST) == 0.0


@pytest.mark.parametrize("name", ["single_face.mp4", "shared_030_sym.mp4", "lbax4n.mpg"])
def test_real_faces_are_sharp_enough(shared, name):
    with VideoFile(shared / "faces/video" / name) as video, FaceTracker() as tracker:
        for frame in video:
            mesh = tracker.track(frame.image, frame.time_s)
            assert edge_width(frame.image, mesh.points_px) < MOST_EDGE_WIDTH
