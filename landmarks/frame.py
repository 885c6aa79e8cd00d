"""One picture and the moment it was taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Frame:
    """A picture with its source's own time.

    Attributes
    ----------
    index : int
        Number of the frame in its source, from 0.
    time_s : float
        The source's own time in seconds. Within one source it rises strictly; it is never
        computed as ``index / fps``.
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red. Never mirrored: the person's left lies on the right of the picture.
    """

    index: int
    time_s: float
    image: NDArray[np.uint8]
