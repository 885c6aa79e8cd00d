"""A made-up face mesh that can be moved exactly, for tests that need no pictures."""

import cv2
import numpy as np

from landmarks import mesh
from landmarks.average_face import SURFACE, average_face


def _rest():
    """The average face with irises, in pixels, x right, y down, z away; outer canthi 90 apart."""
    average = average_face().points_mm
    points = np.zeros((mesh.POINTS, 3))
    points[:SURFACE] = average * np.array([1.0, -1.0, -1.0]) * 45.0 / average[263, 0]
    pupil = points[list(mesh.RIGHT_LIDS[0])].mean(axis=0)
    for point, (x, y) in {
        468: (0, 0),
        469: (6, 0),
        470: (0, -6),
        471: (-6, 0),
        472: (0, 6),
    }.items():
        points[point] = pupil + np.array([x, y, 0.0])
        points[mesh.MIRROR[point]] = points[point] * np.array([-1.0, 1.0, 1.0])
    return points + np.array([320.0, 240.0, 0.0])


REST = _rest()


def face(shifts=None, closed=(0.0, 0.0), noise=0.0, seed=0):
    """The resting face with points shifted in pixels; `closed` is left, right lid closure."""
    points = REST.copy()
    for point, shift in (shifts or {}).items():
        points[point, : len(shift)] += shift
    lids = {0: mesh.mirrored, 1: tuple}
    for side, pick in lids.items():
        for pair in mesh.RIGHT_LIDS:
            upper, lower = pick(pair)
            points[upper, 1] += closed[side] * (points[lower, 1] - points[upper, 1])
    if noise:
        points += np.random.default_rng(seed).normal(size=points.shape) * noise
    return points


def picture(seed=3):
    """Mottled skin all over a picture of 640 x 480, on which a made-up face may lie."""
    rng = np.random.default_rng(seed)
    grey = np.full((480, 640), 130.0)
    for blur in (1.5, 4.0, 12.0):
        layer = cv2.GaussianBlur(rng.normal(size=grey.shape), (0, 0), blur)
        grey += 12 * layer / layer.std()
    return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
