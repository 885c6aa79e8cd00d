"""From a picture to the 478 points of a face; with `hands` the only module that knows MediaPipe.

The network is run twice, on the picture and on its mirror image, and the two meshes are averaged
after exchanging left and right. One run alone has a left/right bias of its own (12 to 17 % at the
brows, 20 % for a pucker on rendered faces of known movement); the average has next to none, and
a mirrored recording gives mirrored numbers by construction.

A mesh follows whichever face it first finds. So while none is followed, and once a second after,
a face detector looks at the whole picture; where it sees several, the meshes are put on the one
nearest the middle by showing them, for one picture, no other.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.choice import FaceBox, Rivals, chosen, others_painted_over
from landmarks.mesh import MIRROR, OUTER_CANTHI, POINTS

NEWEST_OFFLINE_MEDIAPIPE = (0, 10, 21)
"""Later releases carry no model, or open network connections of their own."""

LOOK_AROUND_S = 1.0
"""How often other faces are looked for while one is followed; a look costs 1.5 ms."""

SAME_FACE = 0.5
"""The two meshes lie on the same face if their middles are no farther apart than this share of the
distance between the outer canthi; two people's are at least twice that distance apart."""

_WRITTEN = np.dtype(
    {"names": ["x", "y", "z"], "formats": ["<f4"] * 3, "offsets": [3, 8, 13], "itemsize": 17}
)
"""A landmark as protocol buffers write it: asking for its numbers one by one takes ten times as
long. One with a number left out is shorter; then they are asked for."""


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
    faces : int
        How many faces the last look around saw; this is the one nearest the middle of the picture.
    turned : bool
        Whether the tracker has just turned to this face from another one that is still there.
    """

    points_px: NDArray[np.float64]
    faces: int = 1
    turned: bool = False


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
    """Follows one face through the frames of one recording: the one nearest the middle.

    A face that is followed is kept until it is lost, or until another one has been clearly nearer
    the middle at two looks in a row. A tracker remembers the last frame, so each recording needs
    its own; then the same frames give the same points, bit for bit. Use it as a context manager.

    Raises
    ------
    TrackerUnavailableError
        If MediaPipe is missing its model or is a release that opens connections.
    """

    def __init__(self) -> None:
        require_offline_mediapipe(mediapipe_version())
        from mediapipe.python.solutions import face_detection, face_mesh

        self._detector = face_detection.FaceDetection(model_selection=0)
        self._straight, self._mirrored = (
            face_mesh.FaceMesh(max_num_faces=1, refine_landmarks=True) for _ in range(2)
        )
        # MediaPipe lets go of Python's lock while it works, so the two runs share two cores.
        self._beside = ThreadPoolExecutor(1, "mirrored-mesh")
        self._rivals = Rivals()
        self._seen: list[FaceBox] = []
        self._looked_s = float("-inf")
        self._following = False
        self._last: FaceBox | None = None
        self._size: tuple[int, ...] | None = None

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
        for graph in (self._straight, self._mirrored, self._detector):
            graph.close()

    def track(self, image: NDArray[np.uint8], time_s: float) -> FaceMesh | None:
        """Find the face in the next picture.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red; not mirrored.
        time_s : float
            When it was taken; it alone says when to look around, so that the same recording gives
            the same points on any machine.

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
        size, self._size = self._size, image.shape
        if size is not None and self._size != size:  # where the face was is no longer its place
            self._let_go()
            self._last, self._looked_s = None, float("-inf")
        rgb = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8)
        before = self._last
        if not self._following or time_s - self._looked_s >= LOOK_AROUND_S:
            self._look_around(rgb, time_s)
        points = self._points(rgb)
        self._following = points is not None
        if points is None:
            self._rivals.forget()
            return None
        low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
        self._last = FaceBox(*((low + high) / 2), *(high - low))
        turned = before is not None and self._turned(before, self._last)
        return FaceMesh(points, max(1, len(self._seen)), turned)

    def _look_around(self, rgb: NDArray[np.uint8], time_s: float) -> None:
        """See which faces there are, and let go of the one followed if another is the nearest."""
        height, width = rgb.shape[:2]
        self._looked_s = time_s
        self._seen = _boxes(self._detector.process(rgb), width, height)
        if not self._following or self._last is None:
            return
        if self._rivals.take_over(self._seen, self._last, width, height):
            self._let_go()

    def _turned(self, before: FaceBox, now: FaceBox) -> bool:
        """Whether the face now followed is another one, the one before being there as well."""
        return (
            len(self._seen) > 1
            and not before.covers(now)
            and any(before.covers(face) for face in self._seen)
        )

    def _let_go(self) -> None:
        """Make both meshes look for a face anew."""
        self._following = False
        self._rivals.forget()
        for graph in (self._straight, self._mirrored):
            graph.reset()

    def _points(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Both meshes averaged, in pixels, shape (478, 3); None unless both see the same face."""
        height, width = rgb.shape[:2]
        if not self._following and len(self._seen) > 1:
            kept = chosen(self._seen, width, height, self._last)
            rgb = others_painted_over(rgb, self._seen, kept)
        mirrored = self._beside.submit(self._mirrored.process, cv2.flip(rgb, 1))
        straight = _normalised(self._straight.process(rgb))
        flipped = _normalised(mirrored.result())
        if straight is None or flipped is None:
            return None
        back = flipped[MIRROR]
        back[:, 0] = 1.0 - back[:, 0]
        size = np.array([width, height, width], dtype=np.float64)
        if not _on_one_face(straight * size, back * size):
            self._let_go()
            return None
        return (straight + back) / 2 * size


def _on_one_face(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether two meshes in pixels, shape (478, 3), lie on the same face."""
    right, left = OUTER_CANTHI
    apart = np.linalg.norm((one - other)[:, :2].mean(axis=0))
    canthi = max(np.linalg.norm((points[right] - points[left])[:2]) for points in (one, other))
    return bool(apart <= SAME_FACE * canthi)


def _boxes(result: Any, width: int, height: int) -> list[FaceBox]:
    """Faces of a MediaPipe detection."""
    boxes = (found.location_data.relative_bounding_box for found in result.detections or ())
    return [
        FaceBox(
            (box.xmin + box.width / 2) * width,
            (box.ymin + box.height / 2) * height,
            box.width * width,
            box.height * height,
        )
        for box in boxes
    ]


def _normalised(result: Any) -> NDArray[np.float64] | None:
    """Normalised points of the first face of a MediaPipe result, shape (478, 3)."""
    if not result.multi_face_landmarks:
        return None
    landmarks = result.multi_face_landmarks[0]
    if len(landmarks.landmark) != POINTS:
        raise TrackerUnavailableError(
            f"the face mesh has {len(landmarks.landmark)} points, expected {POINTS}: MediaPipe's "
            "attention model is missing; install MediaPipe again"
        )
    written = landmarks.SerializeToString()
    if len(written) == POINTS * _WRITTEN.itemsize:
        rows = np.frombuffer(written, _WRITTEN)
        return np.column_stack([rows[axis] for axis in "xyz"]).astype(np.float64)
    return np.array([(p.x, p.y, p.z) for p in landmarks.landmark], dtype=np.float64)
