"""The average face before a camera, as seen exactly: turned, shifted, moving."""

import numpy as np
from scipy.spatial.transform import Rotation

from landmarks.average_face import SURFACE, average_face
from landmarks.head import Lens, RestingHead
from landmarks.patch import HELD

FACE = average_face()
LENS = Lens(960.0, (479.5, 359.5))
MM_PER_PX = 0.6
ALL_SURE = np.ones(SURFACE)
AWAY = np.array([0.0, 0.0, -LENS.focal_px * MM_PER_PX])


def turned(pitch=0.0, yaw=0.0, roll=0.0):
    """Turns about the camera's axes (right, up, towards the camera), degrees."""
    return Rotation.from_euler("xyz", (pitch, yaw, roll), degrees=True).as_matrix()


def seen(turn=None, shift=(0.0, 0.0, 0.0), moved_mm=0.0):
    """Where the average face's landmarks are seen; it turns about the held landmarks' middle."""
    points = FACE.points_mm + moved_mm - middle()
    x, y, z = (points @ (np.eye(3) if turn is None else turn).T + middle() + AWAY + shift).T
    focal, (right, down) = LENS.focal_px, LENS.centre_px
    return np.column_stack([right - focal * x / z, down + focal * y / z])


def middle():
    return FACE.points_mm[HELD].mean(axis=0)


def resting_head():
    """The average face itself at rest, straight before the camera."""
    return RestingHead(seen(), np.eye(3), MM_PER_PX, LENS)


def full(path, left=1.0, right=0.0):
    """What a known movement does to all landmarks, in mm."""
    known = FACE.movements[path]
    for k in range(0, FACE.fields_mm.shape[2], 2):
        if np.array_equal(FACE.fields_mm[known.left_points, :, k], known.own_mm):
            return left * FACE.fields_mm[:, :, k] + right * FACE.fields_mm[:, :, k + 1]
    raise LookupError(path)
