"""From a picture to the 478 points of a face; the only module that knows MediaPipe.

The network is run twice, on the picture and on its mirror image, and the two meshes are averaged
after exchanging left and right. One run alone has a left/right bias of its own (12 to 17 % at the
brows, 20 % for a pucker on rendered faces of known movement); the average has next to none, and
a mirrored recording gives mirrored numbers by construction.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import MIRROR, POINTS

NEWEST_OFFLINE_MEDIAPIPE = (0, 10, 21)
"""Later releases carry no model, or open network connections of their own."""


class TrackerUnavailableError(RuntimeError):
    """The installed tracker cannot be used, and the message says why."""


@dataclass(frozen=True)
class FaceMesh:
    """A tracked face.

    Attributes
    ----------
    points_px : numpy.ndarray, shape (478, 3), float64
        x to the right and y down in pixels of the unmirrored picture; z in the same unit, smaller
        towards the camera.
    """

    points_px: NDArray[np.float64]


def mediapipe_version() -> str:
    """Version of the installed MediaPipe, found without importing it."""
    from importlib.metadata import version

    return version("mediapipe")


def require_offline_mediapipe(version: str) -> None:
    """Refuse a MediaPipe that would open network connections.

    Parameters
    ----------
    version : str
        Such as ``"0.10.21"``.

    Raises
    ------
    TrackerUnavailableError
        If the release is newer than the last one known to stay offline.
    """
    numbers = tuple(int(part) for part in version.split(".")[:3] if part.isdigit())
    if numbers > NEWEST_OFFLINE_MEDIAPIPE:
        newest = ".".join(map(str, NEWEST_OFFLINE_MEDIAPIPE))
        raise TrackerUnavailableError(
            f"MediaPipe {version} is installed; mirrorcoach uses {newest} or older, because newer "
            "releases send usage data over the network. Install it again with the project's lock "
            "file: pip install --require-hashes -r requirements.lock"
        )


class FaceTracker:
    """Follows one face through the frames of one recording.

    A tracker remembers the last frame, so each recording needs its own; then the same frames give
    the same points, bit for bit. Use it as a context manager.

    Raises
    ------
    TrackerUnavailableError
        If MediaPipe is missing its model or is a release that opens connections.
    """

    def __init__(self) -> None:
        require_offline_mediapipe(mediapipe_version())
        from mediapipe.python.solutions import face_mesh

        self._straight, self._mirrored = (
            face_mesh.FaceMesh(max_num_faces=1, refine_landmarks=True) for _ in range(2)
        )
        # MediaPipe lets go of Python's lock while it works, so the two runs share two cores.
        self._beside = ThreadPoolExecutor(1, "mirrored-mesh")

    def __enter__(self) -> FaceTracker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the networks."""
        self._beside.shutdown()
        for graph in (self._straight, self._mirrored):
            graph.close()

    def track(self, image: NDArray[np.uint8]) -> FaceMesh | None:
        """Find the face in the next picture.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red; not mirrored.

        Returns
        -------
        FaceMesh or None
            None where no face is seen in the picture or in its mirror image.
        """
        if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
            raise ValueError(
                f"expected a picture of shape (height, width, 3) and type uint8, got shape "
                f"{image.shape} and type {image.dtype}"
            )
        height, width = image.shape[:2]
        rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        mirrored = self._beside.submit(self._mirrored.process, cv2.flip(rgb, 1))
        straight = _points(self._straight.process(rgb))
        flipped = _points(mirrored.result())
        if straight is None or flipped is None:
            return None
        back = flipped[MIRROR]
        back[:, 0] = 1.0 - back[:, 0]
        size = np.array([width, height, width], dtype=np.float64)
        return FaceMesh((straight + back) / 2 * size)


def _points(result: Any) -> NDArray[np.float64] | None:
    """Normalised points of the first face of a MediaPipe result, shape (478, 3)."""
    if not result.multi_face_landmarks:
        return None
    landmarks = result.multi_face_landmarks[0].landmark
    if len(landmarks) != POINTS:
        raise TrackerUnavailableError(
            f"the face mesh has {len(landmarks)} points, expected {POINTS}: MediaPipe's attention "
            "model is missing; install MediaPipe again"
        )
    return np.array([(p.x, p.y, p.z) for p in landmarks], dtype=np.float64)
