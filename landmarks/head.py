"""The head as a solid body before a pinhole camera: what of the picture's motion is only the head.

Frame of reference: the camera's. x to the right of the picture, y up, z towards the camera, so that
everything seen has a negative z; millimetres. Depth is that of an average face: the mesh's own is
off by 5.5 mm, the average face's by 1 to 2.5 (``METHOD.md``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks import _kernels
from landmarks.average_face import SURFACE, average_face
from landmarks.patch import HELD

FLOW_TURN_DEG = np.array([0.35, 0.30])
FLOW_TURN_SHARE = np.array([0.10, 0.18])
MESH_TURN_DEG = np.array([0.9, 0.6])
"""Standard deviation of the head's turn since rest, pitch and yaw, as the skin tells it (a fixed
part, and a share of the turn, for the average face is not the person's) and as the mesh's steady
landmarks tell it. Rendered people of known pose, ``docs/accuracy.md``."""

STEPS = 5
STEPS_SETTLING = 4
SETTLED = np.array([1e6, 1e6])


@dataclass(frozen=True)
class Lens:
    """A camera without distortion.

    Attributes
    ----------
    focal_px : float
        Taken for the picture's longer side; half or double of it changes nothing that matters.
    centre_px : (float, float)
        Where its axis meets the picture.
    """

    focal_px: float
    centre_px: tuple[float, float]

    def ray(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Slopes (right, up) at which the camera sees points, shape (n, 2) both."""
        slopes: NDArray[np.float64] = (
            (points_px - np.array(self.centre_px)) / self.focal_px * np.array([1.0, -1.0])
        )
        return slopes


def lens_of(image: NDArray[np.uint8]) -> Lens:
    """The lens assumed for a picture, shape (height, width, 3)."""
    height, width = image.shape[:2]
    return Lens(float(max(height, width)), ((width - 1) / 2, (height - 1) / 2))


def turned_to(slopes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rotation that carries the camera's axis on to a ray.

    A mesh is as it were seen from straight ahead; a face beside the picture's middle is seen from
    the side, and is turned by this much more.

    Parameters
    ----------
    slopes : numpy.ndarray, shape (2,)
        Slopes (right, up) of the ray.
    """
    axis = np.array([slopes[1], -slopes[0], 0.0])
    size = float(np.hypot(*slopes))
    if size == 0.0:
        return np.eye(3)
    angle = float(np.arctan(size))
    return rotation(axis / size * angle)


def rotation(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rotation about a vector by its length in radians (Rodrigues), shape (3,) to (3, 3)."""
    angle = float(np.linalg.norm(vector))
    if angle == 0.0:
        return np.eye(3)
    x, y, z = vector / angle
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn: NDArray[np.float64] = (
        np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    )
    return turn


@dataclass(frozen=True, eq=False)
class Motion:
    """How a head has moved since rest.

    Attributes
    ----------
    turn : numpy.ndarray, shape (3, 3)
        Rotation about the head's origin.
    shift_mm : numpy.ndarray, shape (3,)
        Shift of that origin.
    """

    turn: NDArray[np.float64]
    shift_mm: NDArray[np.float64]


class RestingHead:
    """A resting face in space.

    Parameters
    ----------
    seen_px : numpy.ndarray, shape (468, 2)
        Where the landmarks are seen at rest.
    turn : numpy.ndarray, shape (3, 3)
        Rotation from the average face's axes to the camera's.
    mm_per_px : float
        Millimetres a pixel at the eyes.
    lens : Lens
        Of the camera.
    """

    def __init__(
        self,
        seen_px: NDArray[np.float64],
        turn: NDArray[np.float64],
        mm_per_px: float,
        lens: Lens,
    ) -> None:
        average = average_face()
        self.turn = turn
        self._lens = np.array([lens.focal_px, *lens.centre_px])
        away_mm = lens.focal_px * mm_per_px - (average.points_mm @ turn.T)[:, 2]
        points = np.column_stack([lens.ray(seen_px) * away_mm[:, None], -away_mm])
        self._origin_mm = points[HELD].mean(axis=0)
        self._points_mm = points - self._origin_mm
        self._body = average.body_points
        self._body_mm = np.ascontiguousarray(self._points_mm[self._body])
        self._fields_mm = np.ascontiguousarray(
            np.einsum("ij,njk->nik", turn, average.fields_mm[self._body])
        )

    def motion(
        self,
        seen_px: NDArray[np.float64],
        trust: NDArray[np.float64],
        mesh_turn: NDArray[np.float64],
    ) -> Motion:
        """Head motion since rest, whatever the face does meanwhile.

        The six movements of the average face are fitted along, so that they do not pass for head
        motion. For pitch and yaw the skin and the mesh are both heard, each by what it is known to
        err.

        Parameters
        ----------
        seen_px : numpy.ndarray, shape (468, 2)
            Where the skin of each landmark is now.
        trust : numpy.ndarray, shape (468,)
            How sure that is, 0 to 1.
        mesh_turn : numpy.ndarray, shape (3, 3)
            The turn since rest as the mesh tells it.
        """
        pitch_deg = abs(float(np.degrees(mesh_turn[2, 1])))
        yaw_deg = abs(float(np.degrees(mesh_turn[2, 0])))
        spread = np.hypot(FLOW_TURN_DEG, FLOW_TURN_SHARE * np.array([pitch_deg + yaw_deg, yaw_deg]))
        turn, shift, _ = _kernels.fit_head(
            self._body_mm,
            self._fields_mm,
            self._origin_mm,
            seen_px[self._body],
            trust[self._body],
            self._lens,
            mesh_turn,
            np.zeros(3),
            (spread / MESH_TURN_DEG) ** 2,
            STEPS,
        )
        return Motion(turn, shift)

    def settled(
        self,
        motion: Motion,
        seen_px: NDArray[np.float64],
        trust: NDArray[np.float64],
        still: NDArray[np.intp],
    ) -> Motion:
        """The motion, its shift and roll found anew on landmarks that are known to be still.

        Parameters
        ----------
        motion : Motion
            As `motion` found it; its pitch and yaw are kept.
        seen_px, trust : numpy.ndarray
            As for `motion`.
        still : numpy.ndarray, shape (k,)
            Landmarks; if there are none the motion is kept as it is.
        """
        if len(still) == 0:
            return motion
        turn, shift, _ = _kernels.fit_head(
            np.ascontiguousarray(self._points_mm[still]),
            np.zeros((len(still), 3, 0)),
            self._origin_mm,
            seen_px[still],
            trust[still],
            self._lens,
            motion.turn,
            motion.shift_mm,
            SETTLED,
            STEPS_SETTLING,
        )
        return Motion(turn, shift)

    def expected_px(self, motion: Motion) -> NDArray[np.float64]:
        """Where the landmarks of a face at rest would be seen now, shape (468, 2)."""
        x, y, z = self._now_mm(motion).T
        focal, centre_x, centre_y = self._lens
        return np.column_stack([centre_x - focal * x / z, centre_y + focal * y / z])

    def px_per_mm(self, motion: Motion) -> NDArray[np.float64]:
        """Pixels that a millimetre along the average face's axes carries each landmark.

        Returns
        -------
        numpy.ndarray, shape (468, 2, 3)
            Picture axis (right, down), face axis (left, up, forward).
        """
        x, y, z = self._now_mm(motion).T
        focal = self._lens[0]
        slopes = np.zeros((SURFACE, 2, 3))
        slopes[:, 0, 0] = -focal / z
        slopes[:, 0, 2] = focal * x / z**2
        slopes[:, 1, 1] = focal / z
        slopes[:, 1, 2] = -focal * y / z**2
        along: NDArray[np.float64] = slopes @ (motion.turn @ self.turn)
        return along

    def face_mm(
        self, seen_px: NDArray[np.float64], depth_of: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Where in the resting face something lies that was seen at rest.

        Parameters
        ----------
        seen_px : numpy.ndarray, shape (k, 2)
            Where it was seen.
        depth_of : numpy.ndarray, shape (k,)
            The landmarks that lie as deep.

        Returns
        -------
        numpy.ndarray, shape (k, 3)
            Along the face's own axes (left, up, forward), from the middle of the held landmarks.
        """
        z = self._points_mm[depth_of, 2] + self._origin_mm[2]
        focal, centre_x, centre_y = self._lens
        right, down = ((seen_px - [centre_x, centre_y]) / focal).T
        places: NDArray[np.float64] = (
            np.column_stack([-right * z, down * z, z]) - self._origin_mm
        ) @ self.turn
        return places

    def _now_mm(self, motion: Motion) -> NDArray[np.float64]:
        now: NDArray[np.float64] = (
            self._points_mm @ motion.turn.T + self._origin_mm + motion.shift_mm
        )
        return now
