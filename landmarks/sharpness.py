"""How sharp a face is, from how wide its own edges are."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import LIPS_OUTER, OUTER_CANTHI, RIGHT_BROW, mirrored

CANTHI_PX = 64.0
"""Faces are looked at in this size, the distance of the outer canthi, whatever their own: finer
detail says nothing about sharpness that matters, and skin is smooth."""

GRAIN_PX = 0.7
"""Noise below this is smoothed away first."""

BLUR_PX = 2.5
"""Width of the blur that the face is compared with: 4 % of the distance of the canthi."""

MARGIN = 0.15
"""What is looked at around brows, eyes and lips, as a share of the distance of the canthi."""

_LEVEL = [*OUTER_CANTHI, *RIGHT_BROW, *mirrored(RIGHT_BROW), *LIPS_OUTER]
_LEAST_ENERGY = 0.001


def edge_width(image: NDArray[np.uint8], points_px: NDArray[np.float64]) -> float:
    """Width of the edges of brows, eyes and lips, in the direction in which they are wider.

    An edge blurred by a Gaussian of width *s* has a gradient whose energy falls with 1 / *s*. What
    a further blur takes away from that energy therefore tells *s*, whatever the contrast, the light
    and the number of edges. Skin has no say in it, since it has hardly any energy.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red, with the whole face in it.
    points_px : numpy.ndarray, shape (478, 3)
        Its mesh, in pixels.

    Returns
    -------
    float
        As a share of the distance of the outer canthi. It is exact for single edges; those of a
        face stand close together and blur into each other, so that it reads 0.008 to 0.018 in a
        usable picture and 0.022 or more with a blur of width 0.04 added. 0 where there is no edge.
    """
    right, left = (points_px[point, :2] for point in OUTER_CANTHI)
    canthi_px = float(np.linalg.norm(right - left))
    margin_px = MARGIN * canthi_px
    low = np.maximum(points_px[_LEVEL, :2].min(axis=0) - margin_px, 0).astype(int)
    high = (points_px[_LEVEL, :2].max(axis=0) + margin_px).astype(int)
    face = cv2.cvtColor(image[low[1] : high[1], low[0] : high[0]], cv2.COLOR_BGR2GRAY)
    size = tuple(max(8, round(side * CANTHI_PX / canthi_px)) for side in face.shape[::-1])
    face = cv2.resize(face, size, interpolation=cv2.INTER_AREA)
    plain = cv2.GaussianBlur(np.asarray(face, dtype=np.float32), (0, 0), GRAIN_PX)
    blurred = cv2.GaussianBlur(plain, (0, 0), BLUR_PX)
    return max(_width_px(plain, blurred, axis) for axis in (0, 1)) / CANTHI_PX


def _width_px(plain: NDArray[Any], blurred: NDArray[Any], axis: int) -> float:
    """Width of the edges across one axis, from what is left of their energy after the blur."""
    before, after = (float(np.square(np.diff(one, axis=axis)).mean()) for one in (plain, blurred))
    if before < _LEAST_ENERGY:
        return 0.0
    left = min(after / before, 0.99)
    return BLUR_PX * left / float(np.sqrt(1 - left**2))
