"""Whether a hand is in front of the face.

Together with the tracker the only module that knows MediaPipe: its hand detector finds a hand by
its palm and then its joints. What is no hand, or shows fingers alone, it does not find.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import OUTER_CANTHI, RIGHT_LIDS, RIGHT_POINTS, mirrored

LOOK_EVERY_S = 1 / 2
"""How often a hand is looked for; a look costs as much as four face meshes."""

LEAST_COVERED = 3
"""So many measured landmarks must lie behind the hand: a single one can be the hand's own error."""

LEAST_SIZE = 0.45
"""Area of a hand's outline, by the square of the distance of the outer canthi: about 40 square
centimetres, less than a fist. Hands held to a face have .7 or more; what the network takes for a
hand in a bare face, an ear or a cheek, has .35 at most."""


def _measured() -> list[int]:
    """All landmarks of both sides whose movement is measured."""
    lids = tuple(point for pair in RIGHT_LIDS for point in pair)
    right = tuple(point for points in RIGHT_POINTS.values() for point in points) + lids
    return [*right, *mirrored(right)]


_MEASURED = _measured()


class HandWatch:
    """Looks for hands in front of the face, twice a second of the recording's own time.

    Each look stands for itself, goes on in a thread beside, and is the answer from the next
    picture on, until the next look; so the same frames give the same answers, and none of them
    waits for long. Close it after use.
    """

    def __init__(self) -> None:
        from mediapipe.python.solutions import hands

        self._hands = hands.Hands(static_image_mode=True, max_num_hands=2, model_complexity=0)
        self._beside = ThreadPoolExecutor(1, "hands")
        self._looking: Future[bool] | None = None
        self._looked_s = float("-inf")
        self._covered = False

    def close(self) -> None:
        """Let go of the networks."""
        self._beside.shutdown()
        self._hands.close()

    def covers(
        self, image: NDArray[np.uint8], points_px: NDArray[np.float64], time_s: float
    ) -> bool:
        """Whether a hand lies over some of what is measured.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red.
        points_px : numpy.ndarray, shape (478, 3)
            The face's mesh, in pixels.
        time_s : float
            When the picture was taken.
        """
        if self._looking is not None:
            self._covered, self._looking = self._looking.result(), None
        if time_s - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = time_s
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            self._looking = self._beside.submit(self._look, rgb, points_px)
        return self._covered

    def _look(self, rgb: cv2.typing.MatLike, points_px: NDArray[np.float64]) -> bool:
        found = self._hands.process(rgb)
        return any(covered(hand, points_px) for hand in _joints_px(found, rgb.shape[:2]))


def covered(hand_px: NDArray[np.float32], points_px: NDArray[np.float64]) -> bool:
    """Whether a hand hides what is measured in a face.

    Parameters
    ----------
    hand_px : numpy.ndarray, shape (joints, 2), float32
        Places in the hand, in pixels; all that lies between them is hand.
    points_px : numpy.ndarray, shape (478, 3)
        The face's mesh, in pixels.
    """
    outline = cv2.convexHull(hand_px)
    right, left = OUTER_CANTHI
    square_px = float(np.sum((points_px[left, :2] - points_px[right, :2]) ** 2))
    if cv2.contourArea(outline) < LEAST_SIZE * square_px:
        return False
    behind = (
        cv2.pointPolygonTest(outline, (float(x), float(y)), False) >= 0
        for x, y in points_px[_MEASURED, :2]
    )
    return sum(behind) >= LEAST_COVERED


def _joints_px(found: Any, size: tuple[int, ...]) -> list[NDArray[np.float32]]:
    """Joints of every hand in a MediaPipe result, each of shape (21, 2)."""
    height, width = size
    return [
        np.array([(joint.x * width, joint.y * height) for joint in hand.landmark], np.float32)
        for hand in found.multi_hand_landmarks or ()
    ]
