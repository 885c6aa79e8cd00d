"""The camera picture as a mirror shows it: turned about, and following the head."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import FOREHEAD_AND_CHIN
from mirrorcoach.live.motion import sine

FACE_HEIGHT = 0.56
"""Forehead to chin as a share of the mirror's height."""

FACE_MIDDLE = 0.47
"""How far down the mirror the middle between forehead and chin lies."""

VISIBLE = 0.9
"""The cue card lies over the rest of the mirror, so no picture is needed there."""

DEAD_ZONE = 0.06
"""The mirror stays where it is until the face is this share of its height away from its place."""

LEAVING = 0.25
"""So far away it follows even while the face is moving, or the face would be lost."""

GLIDE_S = 1.5


@dataclass(frozen=True)
class Aim:
    """What the mirror looks at, in pixels of the camera picture."""

    x: float
    y: float
    face_height: float

    def towards(self, other: Aim, share: float) -> Aim:
        """Go a share of the way to another aim."""
        return Aim(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
            self.face_height + (other.face_height - self.face_height) * share,
        )

    def away(self, other: Aim) -> float:
        """How far apart two aims are, as a share of the face."""
        moved = math.hypot(other.x - self.x, other.y - self.y)
        return max(moved, abs(other.face_height - self.face_height)) / self.face_height


class Mirror:
    """Turns camera pictures into what a mirror shows, from frame to frame.

    Parameters
    ----------
    face_height : float
        Forehead to chin as a share of the mirror's height.
    visible : float
        Share of the mirror's height, from the top, that needs a picture.
    """

    def __init__(self, face_height: float = FACE_HEIGHT, visible: float = VISIBLE) -> None:
        self._face_height, self._visible = face_height, visible
        self._size = (1, 1)
        self._aim: Aim | None = None
        self._from: Aim | None = None
        self._since_s = 0.0
        self._image_size = (0, 0)
        self._zoom, self._left, self._top = 1.0, 0.0, 0.0
        self._mirrored, self._glide_s = True, GLIDE_S

    def show(
        self,
        image: NDArray[np.uint8],
        points_px: NDArray[np.float64] | None,
        size: tuple[int, int],
        now_s: float,
        still: bool,
        *,
        mirrored: bool = True,
        glides: bool = True,
    ) -> NDArray[np.uint8]:
        """Picture in the mirror.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Not mirrored.
        points_px : numpy.ndarray, shape (478, 3), or None
            The face mesh in it.
        size : (int, int)
            Width and height of the mirror in window pixels.
        now_s : float
            Time on the window's clock.
        still : bool
            The face is at rest, so the mirror may follow the head.
        mirrored : bool
            Whether the person's left is on the left; otherwise it is as others see them.
        glides : bool
            Whether it follows the head slowly; otherwise it is there at once.

        Returns
        -------
        numpy.ndarray, shape (mirror height, mirror width, 3), uint8
            A new array.
        """
        image_size = (image.shape[1], image.shape[0])
        self.aim(image_size, points_px, size, now_s, still, mirrored=mirrored, glides=glides)
        reduced = image
        shrunk = 1.0
        while self._zoom / shrunk < 0.5:
            reduced = np.asarray(cv2.pyrDown(reduced), dtype=np.uint8)
            shrunk /= 2
        zoom = self._zoom / shrunk
        # Pixel numbers mean pixel centres here, places on the picture elsewhere.
        across = [zoom, 0.0, -self._left * self._zoom + zoom / 2 - 0.5]
        if mirrored:
            across = [-zoom, 0.0, self._size[0] - 1 - across[2]]
        matrix = np.array([across, [0.0, zoom, -self._top * self._zoom + zoom / 2 - 0.5]])
        shown = cv2.warpAffine(
            reduced, matrix, self._size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(shown, dtype=np.uint8)

    def aim(
        self,
        image_size: tuple[int, int],
        points_px: NDArray[np.float64] | None,
        size: tuple[int, int],
        now_s: float,
        still: bool,
        *,
        mirrored: bool = True,
        glides: bool = True,
    ) -> None:
        """Follow the head without making a picture; `points` then tells where they lie.

        Parameters
        ----------
        image_size : (int, int)
            Width and height of the camera picture; the rest as for `show`.
        """
        self._mirrored, self._glide_s = mirrored, GLIDE_S if glides else 0.0
        if image_size != self._image_size:
            self._image_size, self._aim = image_size, None
        self._size = size
        if points_px is not None:
            self._follow(_aim_at(points_px), now_s, still)
        self._place(self._now(now_s))

    def points(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where camera pixels lie in the mirror.

        Parameters
        ----------
        points_px : numpy.ndarray, shape (n, 2 or more)
            In the picture shown last.

        Returns
        -------
        numpy.ndarray, shape (n, 2)
            Window pixels from the mirror's upper left corner.
        """
        across = (points_px[:, 0] - self._left) * self._zoom
        if self._mirrored:
            across = self._size[0] - across
        return np.stack([across, (points_px[:, 1] - self._top) * self._zoom], axis=1)

    def _follow(self, face: Aim, now_s: float, still: bool) -> None:
        if self._aim is None:
            self._aim = self._from = face
            self._since_s = -math.inf
        elif now_s - self._since_s >= self._glide_s and self._aim.away(face) > (
            DEAD_ZONE if still else LEAVING
        ):
            self._from, self._aim, self._since_s = self._aim, face, now_s

    def _now(self, now_s: float) -> Aim:
        if self._aim is None or self._from is None:
            width, height = self._image_size
            return Aim(width / 2, height * FACE_MIDDLE, height * self._face_height)
        passed_s = now_s - self._since_s
        share = sine(passed_s / self._glide_s) if self._glide_s > 0 else 1.0
        return self._from.towards(self._aim, share)

    def _place(self, aim: Aim) -> None:
        """Choose the piece of the picture to show; none of it lies outside the picture."""
        width, height = self._image_size
        least = max(self._size[0] / width, self._visible * self._size[1] / height)
        self._zoom = max(least, self._face_height * self._size[1] / aim.face_height)
        across, down = self._size[0] / self._zoom, self._size[1] / self._zoom
        self._left = min(max(0.0, aim.x - across / 2), width - across)
        self._top = min(max(0.0, aim.y - down * FACE_MIDDLE), height - down * self._visible)


def _aim_at(points_px: NDArray[np.float64]) -> Aim:
    forehead, chin = points_px[list(FOREHEAD_AND_CHIN), :2]
    middle = (forehead + chin) / 2
    return Aim(float(middle[0]), float(middle[1]), max(1.0, float(np.hypot(*(chin - forehead)))))
