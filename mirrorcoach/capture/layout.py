"""How a decoded picture is turned upright, given square pixels and un-mirrored."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["Layout"]

_WIDEST_PIXEL = 4
"""A pixel shape beyond this, either way, is a mistake in the file and is ignored."""


@dataclass(frozen=True)
class Layout:
    """How a stored picture becomes an upright, unmirrored one with square pixels.

    Attributes
    ----------
    columns, rows : int
        Size the stored picture is scaled to, in pixels, before it is turned.
    rotation_deg : int
        By how much it is then turned counterclockwise: 0, 90, 180 or 270 degrees.
    flipped : bool
        Whether left and right then change places.
    """

    columns: int
    rows: int
    rotation_deg: int
    flipped: bool

    @classmethod
    def of(cls, picture: VideoFrame, stream: VideoStream, *, mirrored: bool) -> Layout:
        """Read the layout off a file's first picture."""
        shape = float(stream.sample_aspect_ratio or 1)
        if not 1 / _WIDEST_PIXEL <= shape <= _WIDEST_PIXEL:
            shape = 1.0
        a, b, c, d = _display_matrix(picture)
        # A matrix that reflects is a turn with left and right changing places after it.
        reflects = a * d < b * c
        towards_x = -a if reflects else a
        return cls(
            # Always enlarged, so that nothing of the picture is lost.
            columns=round(picture.width * max(shape, 1.0)),
            rows=round(picture.height / min(shape, 1.0)),
            rotation_deg=round(math.degrees(-math.atan2(b, towards_x)) / 90) % 4 * 90,
            flipped=reflects != mirrored,
        )

    @property
    def width(self) -> int:
        """Width of the upright picture in pixels."""
        return self.rows if self.rotation_deg in {90, 270} else self.columns

    @property
    def height(self) -> int:
        """Height of the upright picture in pixels."""
        return self.columns if self.rotation_deg in {90, 270} else self.rows

    def image(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """Return the picture as a C-contiguous array, shape (height, width, 3), uint8, BGR."""
        import cv2

        # A stream may change its size on the way; every picture gets the first one's.
        image = np.asarray(
            picture.to_ndarray(
                format="bgr24", width=self.columns, height=self.rows, interpolation="BICUBIC"
            ),
            dtype=np.uint8,
        )
        if self.rotation_deg:
            turns = {
                90: cv2.ROTATE_90_COUNTERCLOCKWISE,
                180: cv2.ROTATE_180,
                270: cv2.ROTATE_90_CLOCKWISE,
            }
            image = np.asarray(cv2.rotate(image, turns[self.rotation_deg]), dtype=np.uint8)
        if self.flipped:
            image = np.asarray(cv2.flip(image, 1), dtype=np.uint8)
        return np.ascontiguousarray(image)


def _display_matrix(picture: VideoFrame) -> tuple[int, int, int, int]:
    """Return a, b, c, d of the turn a player applies: x' = a x + c y, y' = b x + d y, y down."""
    from av.sidedata.sidedata import SideData

    matrix = picture.side_data.get("DISPLAYMATRIX")
    if not isinstance(matrix, SideData):
        return 1, 0, 0, 1
    a, b, _, c, d, *_ = np.frombuffer(bytes(matrix), dtype=np.int32).tolist()
    return a, b, c, d
