"""Arrays in, arrays out, compiled on first use.

Each kernel is plain Python that also runs uncompiled (``kernel.plain``), which the tests use as a
second opinion beside an independent NumPy version. Compiled code is cached on disk by numba; where
no place can be written to, it is compiled again in each process.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class _Kernel(Protocol):
    plain: Callable[..., Any]

    def __call__(self, *arrays: Any) -> Any: ...


def _kernel(function: Callable[..., Any]) -> _Kernel:
    """Compile at the first call, so that importing this module loads neither numba nor a file."""

    @functools.cache
    def compiled() -> Callable[..., Any]:
        import numba

        try:
            jitted: Callable[..., Any] = numba.njit(cache=True)(function)
        except RuntimeError:  # numba found no folder for its cache
            jitted = numba.njit(function)
        return jitted

    @functools.wraps(function)
    def call(*arrays: Any) -> Any:
        return compiled()(*arrays)

    call.plain = function  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


@_kernel
def align(
    points: NDArray[np.float64], reference: NDArray[np.float64], steady: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Move `points` by the similarity that lays its steady points on those of `reference`.

    Least squares over translation, rotation and scale: Umeyama 1991, IEEE PAMI 13(4), 376-380.

    Parameters
    ----------
    points, reference : numpy.ndarray, shape (n, 3), C-contiguous
        Any common unit.
    steady : numpy.ndarray, shape (k,)
        Rows to lay on each other, at least three that do not lie on one line.

    Returns
    -------
    moved : numpy.ndarray, shape (n, 3)
        The points in the frame and unit of `reference`.
    turn : numpy.ndarray, shape (3, 3)
        The rotation of that similarity.
    """
    count = steady.shape[0]
    centre = np.zeros(3)
    target = np.zeros(3)
    for row in steady:
        for axis in range(3):
            centre[axis] += points[row, axis] / count
            target[axis] += reference[row, axis] / count
    cross = np.zeros((3, 3))
    spread = 0.0
    for row in steady:
        for i in range(3):
            a = points[row, i] - centre[i]
            spread += a * a
            for j in range(3):
                cross[j, i] += (reference[row, j] - target[j]) * a
    u, singular, vt = np.linalg.svd(cross)
    sign = 1.0
    if np.linalg.det(u) * np.linalg.det(vt) < 0:
        sign = -1.0
    turn = np.zeros((3, 3))
    for j in range(3):
        for i in range(3):
            turn[j, i] = u[j, 0] * vt[0, i] + u[j, 1] * vt[1, i] + sign * u[j, 2] * vt[2, i]
    scale = (singular[0] + singular[1] + sign * singular[2]) / spread
    moved = np.empty_like(points)
    for n in range(points.shape[0]):
        for j in range(3):
            value = 0.0
            for i in range(3):
                value += turn[j, i] * (points[n, i] - centre[i])
            moved[n, j] = scale * value + target[j]
    return moved, turn


@_kernel
def group_means(
    points: NDArray[np.float64], members: NDArray[np.intp], starts: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Mean position of each group of points.

    Parameters
    ----------
    points : numpy.ndarray, shape (n, 3)
        Any unit.
    members : numpy.ndarray, shape (m,)
        Rows of all groups, one group after the other.
    starts : numpy.ndarray, shape (g + 1,)
        Group *i* is ``members[starts[i]:starts[i + 1]]``; no group is empty.

    Returns
    -------
    numpy.ndarray, shape (g, 3)
    """
    means = np.zeros((starts.shape[0] - 1, 3))
    for group in range(means.shape[0]):
        count = starts[group + 1] - starts[group]
        for place in range(starts[group], starts[group + 1]):
            for axis in range(3):
                means[group, axis] += points[members[place], axis] / count
    return means


@_kernel
def lid_profile(
    crop: NDArray[np.uint8],
    gain: NDArray[np.float64],
    eye: NDArray[np.float64],
    skin: NDArray[np.float64],
    skin_light: NDArray[np.float64],
    margins: NDArray[np.float64],
    stations: NDArray[np.float64],
) -> NDArray[np.float64]:
    """How much the picture looks like the inside of an eye, from above its lids to below them.

    Parameters
    ----------
    crop : numpy.ndarray, shape (height, width, 3), uint8
    gain : numpy.ndarray, shape (3,)
        What each channel is multiplied by first.
    eye, skin : numpy.ndarray, shape (k, 3) and (j, 3)
        Colours. Skin may be lighter or darker than its colour by the factors `skin_light`.
    skin_light : numpy.ndarray, shape (2,)
        Least and largest of these factors.
    margins : numpy.ndarray, shape (c, 3)
        Column of the crop, row of the upper margin of the lids, distance to the lower margin.
    stations : numpy.ndarray, shape (s,), rising
        0 at the upper and 1 at the lower margin.

    Returns
    -------
    numpy.ndarray, shape (s,)
        Mean over the columns: 1 where every pixel has a colour of the eye, -1 where all is skin.
    """
    height = crop.shape[0]
    profile = np.zeros(stations.shape[0])
    looks = np.zeros(height)
    pixel = np.zeros(3)
    for c in range(margins.shape[0]):
        x = int(margins[c, 0])
        first = min(max(int(np.floor(margins[c, 1] + stations[0] * margins[c, 2])), 0), height - 2)
        last = margins[c, 1] + stations[-1] * margins[c, 2]
        last_row = min(max(int(np.ceil(last)), first + 1), height - 1)
        for y in range(first, last_row + 1):
            for channel in range(3):
                pixel[channel] = crop[y, x, channel] * gain[channel]
            to_eye = 1e18
            for k in range(eye.shape[0]):
                squared = 0.0
                for channel in range(3):
                    squared += (pixel[channel] - eye[k, channel]) ** 2
                to_eye = min(to_eye, squared)
            to_skin = 1e18
            for k in range(skin.shape[0]):
                dot = 0.0
                size = 1e-9
                for channel in range(3):
                    dot += pixel[channel] * skin[k, channel]
                    size += skin[k, channel] ** 2
                light = min(max(dot / size, skin_light[0]), skin_light[1])
                squared = 0.0
                for channel in range(3):
                    squared += (pixel[channel] - light * skin[k, channel]) ** 2
                to_skin = min(to_skin, squared)
            to_eye, to_skin = np.sqrt(to_eye), np.sqrt(to_skin)
            # 4 is about the noise of a webcam: two distances below it say nothing.
            looks[y] = (to_skin - to_eye) / (to_skin + to_eye + 4.0)
        for s in range(stations.shape[0]):
            place = margins[c, 1] + stations[s] * margins[c, 2]
            place = min(max(place, float(first)), float(last_row))
            row = min(int(place), last_row - 1)
            share = place - row
            value = looks[row] * (1.0 - share) + looks[row + 1] * share
            profile[s] += value / margins.shape[0]
    return profile
