"""The last twenty seconds, in memory only: pictures, the face in them, and what was measured.

Nothing of it is ever written anywhere; it is gone once twenty seconds have passed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.meter import Reading
from landmarks.signals import Excerpt, Signals

KEPT_S = 20.0
"""Two unhurried repetitions with the rest between them."""

MOST_WIDTH = 960
"""Wider pictures are kept at half their size: a face is not shown larger than that."""

MOST_BYTES = 64 * 2**20
"""Pictures take no more memory than this; the oldest go first. Twenty seconds of a webcam take 20
to 50 MB, the meshes and readings beside them 10 MB."""

_QUALITY = 88
_EXTRA_ROWS = 256
"""Signals only grow, so they are begun anew when so many of their rows are too old."""


@dataclass(frozen=True, eq=False)
class Kept:
    """One frame: its reading, and its picture made small.

    Attributes
    ----------
    reading : Reading
        What it says, mesh included, in pixels of the picture as it was.
    picture : bytes
        The picture as a JPEG file.
    size : (int, int)
        Width and height of the picture as it was.
    """

    reading: Reading
    picture: bytes
    size: tuple[int, int]

    @property
    def time_s(self) -> float:
        """The source's own time."""
        return self.reading.time_s

    @property
    def points_px(self) -> NDArray[np.float64] | None:
        """The face mesh, shape (478, 3), in pixels of `image`; None where no face was seen."""
        return None if self.reading.mesh is None else self.reading.mesh.points_px

    def image(self) -> NDArray[np.uint8]:
        """Blue, green, red, as large as it was, so that the mesh lies on it."""
        small = cv2.imdecode(np.frombuffer(self.picture, dtype=np.uint8), cv2.IMREAD_COLOR)
        return np.asarray(cv2.resize(small, self.size), dtype=np.uint8)


class Recent:
    """Remembers the latest frames of one source.

    Parameters
    ----------
    kept_s : float
        How far back.
    most_bytes : int
        Most memory for pictures.
    """

    def __init__(self, kept_s: float = KEPT_S, most_bytes: int = MOST_BYTES) -> None:
        self._kept_s, self._most_bytes = kept_s, most_bytes
        self._moments: deque[Kept] = deque()
        self._signals = Signals()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._moments)

    @property
    def picture_bytes(self) -> int:
        """Memory that the pictures take."""
        return self._bytes

    @property
    def first_s(self) -> float:
        """Time of the oldest frame; 0 without one."""
        return self._moments[0].time_s if self._moments else 0.0

    @property
    def last_s(self) -> float:
        """Time of the newest frame; 0 without one."""
        return self._moments[-1].time_s if self._moments else 0.0

    def see(self, image: NDArray[np.uint8], reading: Reading) -> None:
        """Take in the next frame; one that is not later than the last begins a new source.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red; not mirrored. It is not kept.
        reading : Reading
            What it says.
        """
        if self._moments and reading.time_s <= self.last_s:
            self.forget()
        moment = Kept(reading, _small(image), (image.shape[1], image.shape[0]))
        self._moments.append(moment)
        self._bytes += len(moment.picture)
        while len(self) > 1 and (
            self.last_s - self.first_s > self._kept_s or self._bytes > self._most_bytes
        ):
            self._bytes -= len(self._moments.popleft().picture)
        self._signals.append(reading)
        if len(self._signals) > 2 * len(self) + _EXTRA_ROWS:
            self._signals = Signals()
            for one in self._moments:
                self._signals.append(one.reading)

    def forget(self) -> None:
        """Remember nothing."""
        self._moments.clear()
        self._signals = Signals()
        self._bytes = 0

    def at(self, time_s: float) -> Kept | None:
        """The frame nearest to a time; None without any."""
        return min(self._moments, key=lambda one: abs(one.time_s - time_s), default=None)

    def excerpt(self) -> Excerpt:
        """What was measured in all of them, as columns."""
        return self.signals.between(self.first_s, np.inf)

    @property
    def signals(self) -> Signals:
        """The same as scoring takes it; its first rows may be older than the pictures."""
        return self._signals


def _small(image: NDArray[np.uint8]) -> bytes:
    if image.shape[1] > MOST_WIDTH:
        image = np.asarray(
            cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8
        )
    _, file = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return file.tobytes()
