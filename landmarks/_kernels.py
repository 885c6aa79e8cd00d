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
def group_medians(rows: NDArray[np.float64], starts: NDArray[np.intp]) -> NDArray[np.float64]:
    """Median of each group of rows, number by number.

    Parameters
    ----------
    rows : numpy.ndarray, shape (m, k)
        Rows of all groups, one group after the other.
    starts : numpy.ndarray, shape (g + 1,)
        Group *i* is ``rows[starts[i]:starts[i + 1]]``; no group is empty.

    Returns
    -------
    numpy.ndarray, shape (g, k)
    """
    medians = np.zeros((starts.shape[0] - 1, rows.shape[1]))
    for group in range(medians.shape[0]):
        for column in range(rows.shape[1]):
            medians[group, column] = np.median(rows[starts[group] : starts[group + 1], column])
    return medians


@_kernel
def disc_medians(
    flow: NDArray[np.float32],
    resting: NDArray[np.uint8],
    patch: NDArray[np.uint8],
    places: NDArray[np.float64],
    disc: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Median flow over a disc around each place, and how the two pictures compare there.

    Parameters
    ----------
    flow : numpy.ndarray, shape (height, width, 2), float32
        Pixels to the right and down, from `resting` to `patch`.
    resting, patch : numpy.ndarray, shape (height, width), uint8
        Two grey pictures.
    places : numpy.ndarray, shape (n, 2)
        x and y in pixels; a disc that reaches over the edge is cut there.
    disc : numpy.ndarray, shape (k, 2)
        Offsets (row, column) of the disc's pixels.

    Returns
    -------
    numpy.ndarray, shape (n, 7)
        Median x, median y, and mean absolute grey difference after the mean one is taken off;
        then of the resting and of the later disc: both mean grey levels, both mean absolute
        deviations from them.
    """
    height, width = resting.shape
    count = disc.shape[0]
    found = np.zeros((places.shape[0], 7))
    right, down, before, after = np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count)
    for n in range(places.shape[0]):
        row0, column0 = int(np.rint(places[n, 1])), int(np.rint(places[n, 0]))
        for k in range(count):
            row = min(max(row0 + disc[k, 0], 0), height - 1)
            column = min(max(column0 + disc[k, 1], 0), width - 1)
            right[k] = flow[row, column, 0]
            down[k] = flow[row, column, 1]
        found[n, 0] = np.median(right)
        found[n, 1] = np.median(down)
        for k in range(count):
            row = min(max(row0 + disc[k, 0], 0), height - 1)
            column = min(max(column0 + disc[k, 1], 0), width - 1)
            there_row = min(max(int(np.rint(row + found[n, 1])), 0), height - 1)
            there_column = min(max(int(np.rint(column + found[n, 0])), 0), width - 1)
            before[k] = float(resting[row, column])
            after[k] = float(patch[there_row, there_column])
            found[n, 3] += before[k] / count
            found[n, 4] += after[k] / count
        for k in range(count):
            was, is_now = before[k] - found[n, 3], after[k] - found[n, 4]
            found[n, 2] += abs(is_now - was) / count
            found[n, 5] += abs(was) / count
            found[n, 6] += abs(is_now) / count
    return found


@_kernel
def fit_head(
    points_mm: NDArray[np.float64],
    fields_mm: NDArray[np.float64],
    origin_mm: NDArray[np.float64],
    seen_px: NDArray[np.float64],
    trust: NDArray[np.float64],
    lens: NDArray[np.float64],
    turn: NDArray[np.float64],
    shift_mm: NDArray[np.float64],
    prior: NDArray[np.float64],
    steps: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Find the head's motion, and rough sizes of known movements, from where landmarks are seen.

    Gauss-Newton on a pinhole camera with Cauchy weights of 1 pixel (Holland & Welsch 1977,
    Commun. Stat. A6, 813-827). Camera frame: x right, y up, the camera looks along -z.

    Parameters
    ----------
    points_mm : numpy.ndarray, shape (n, 3)
        Resting landmarks, from `origin_mm`.
    fields_mm : numpy.ndarray, shape (n, 3, k)
        Displacement of each landmark by each of k known movements at rest's pose; k may be 0.
    origin_mm : numpy.ndarray, shape (3,)
        Point about which the head turns, in the camera frame.
    seen_px : numpy.ndarray, shape (n, 2)
        Where the landmarks are seen; x right, y down.
    trust : numpy.ndarray, shape (n,)
        Weight of each.
    lens : numpy.ndarray, shape (3,)
        Focal length and principal point (x, y), pixels.
    turn, shift_mm : numpy.ndarray, shapes (3, 3) and (3,)
        Where to begin; `turn` is also what the prior holds to.
    prior : numpy.ndarray, shape (2,)
        Weight of `turn` about x and about y, in units of what the landmarks themselves know.
    steps : int
        Gauss-Newton steps.

    Returns
    -------
    turn : numpy.ndarray, shape (3, 3)
    shift_mm : numpy.ndarray, shape (3,)
    sizes : numpy.ndarray, shape (k,)
    """
    count, fields = points_mm.shape[0], fields_mm.shape[2]
    size = 6 + fields
    focal, centre_x, centre_y = lens[0], lens[1], lens[2]
    begun = turn.copy()
    turn, shift_mm = turn.copy(), shift_mm.copy()
    sizes = np.zeros(fields)
    row = np.zeros((2, size))
    field = np.zeros((3, fields))
    for _ in range(steps):
        normal = np.zeros((size, size))
        pull = np.zeros(size)
        total = 0.0
        for n in range(count):
            if trust[n] <= 0.0:
                continue
            for k in range(fields):
                for i in range(3):
                    field[i, k] = (
                        turn[i, 0] * fields_mm[n, 0, k]
                        + turn[i, 1] * fields_mm[n, 1, k]
                        + turn[i, 2] * fields_mm[n, 2, k]
                    )
            arm = np.zeros(3)
            for i in range(3):
                arm[i] = (
                    turn[i, 0] * points_mm[n, 0]
                    + turn[i, 1] * points_mm[n, 1]
                    + turn[i, 2] * points_mm[n, 2]
                )
                for k in range(fields):
                    arm[i] += field[i, k] * sizes[k]
            x = arm[0] + origin_mm[0] + shift_mm[0]
            y = arm[1] + origin_mm[1] + shift_mm[1]
            z = arm[2] + origin_mm[2] + shift_mm[2]
            off_x = seen_px[n, 0] - (centre_x - focal * x / z)
            off_y = seen_px[n, 1] - (centre_y + focal * y / z)
            # Pixels a millimetre along the three axes of the camera.
            level, level_z = -focal / z, focal * x / (z * z)
            down, down_z = focal / z, -focal * y / (z * z)
            row[0, 0], row[1, 0] = level_z * arm[1], down_z * arm[1] - down * arm[2]
            row[0, 1], row[1, 1] = level * arm[2] - level_z * arm[0], -down_z * arm[0]
            row[0, 2], row[1, 2] = -level * arm[1], down * arm[0]
            row[0, 3], row[1, 3] = level, 0.0
            row[0, 4], row[1, 4] = 0.0, down
            row[0, 5], row[1, 5] = level_z, down_z
            for k in range(fields):
                row[0, 6 + k] = level * field[0, k] + level_z * field[2, k]
                row[1, 6 + k] = down * field[1, k] + down_z * field[2, k]
            weight = trust[n] / (1.0 + off_x * off_x + off_y * off_y)
            total += weight
            for i in range(size):
                pull[i] += weight * (row[0, i] * off_x + row[1, i] * off_y)
                for j in range(i + 1):
                    normal[i, j] += weight * (row[0, i] * row[0, j] + row[1, i] * row[1, j])
        for i in range(size):
            normal[i, i] += 1e-9
            for j in range(i):
                normal[j, i] = normal[i, j]
        for k in range(6, size):
            normal[k, k] += 0.05 * total
            pull[k] -= 0.05 * total * sizes[k - 6]
        # What the landmarks know of the turn once everything else is free (Schur complement).
        rest = np.ascontiguousarray(normal[2:, 2:])
        cross = np.ascontiguousarray(normal[:2, 2:])
        known = normal[:2, :2] - cross @ np.linalg.solve(rest, np.ascontiguousarray(cross.T))
        since = turn @ begun.T
        strayed = (0.5 * (since[2, 1] - since[1, 2]), 0.5 * (since[0, 2] - since[2, 0]))
        for axis in range(2):
            normal[axis, axis] += prior[axis] * known[axis, axis]
            pull[axis] -= prior[axis] * known[axis, axis] * strayed[axis]
        step = np.linalg.solve(normal, pull)
        for i in range(3):
            shift_mm[i] += step[3 + i]
        for k in range(fields):
            sizes[k] += step[6 + k]
        angle = np.sqrt(step[0] ** 2 + step[1] ** 2 + step[2] ** 2)
        if angle > 0.0:
            a, b, c = step[0] / angle, step[1] / angle, step[2] / angle
            sine, bent = np.sin(angle), 1.0 - np.cos(angle)
            small = np.array(
                [
                    [1 - bent * (b * b + c * c), -sine * c + bent * a * b, sine * b + bent * a * c],
                    [sine * c + bent * a * b, 1 - bent * (a * a + c * c), -sine * a + bent * b * c],
                    [-sine * b + bent * a * c, sine * a + bent * b * c, 1 - bent * (a * a + b * b)],
                ]
            )
            turn = small @ turn
    return turn, shift_mm, sizes


@_kernel
def side_amplitudes(
    own: NDArray[np.float64],
    other: NDArray[np.float64],
    off_px: NDArray[np.float64],
    trust: NDArray[np.float64],
    steps: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """How much of a known movement each side makes, both solved together.

    Robust least squares with Cauchy weights of 1 pixel, begun at the median of the landmarks: begun
    at zero, it would stay with landmarks that were lost and seem still.

    Parameters
    ----------
    own, other : numpy.ndarray, shape (2, k, 2)
        Pixels that a full movement of a landmark's own side, and of the other side, would carry
        each of k landmarks of the left (first axis 0) and of the right side.
    off_px : numpy.ndarray, shape (2, k, 2)
        Pixels by which it has moved.
    trust : numpy.ndarray, shape (2, k)
        Weight of each.
    steps : int
        Times the weights are found anew.

    Returns
    -------
    amplitudes : numpy.ndarray, shape (2,)
        Left and right, 1 = a full movement.
    spreads : numpy.ndarray, shape (2,)
        1.4826 times the median deviation of the single landmarks' amplitudes.
    shares : numpy.ndarray, shape (2,)
        Mean trust on each side.
    """
    count = own.shape[1]
    amplitudes = np.zeros(2)
    single = np.zeros(count)
    for side in range(2):
        for n in range(count):
            mine_x, mine_y = own[side, n, 0], own[side, n, 1]
            along = mine_x * off_px[side, n, 0] + mine_y * off_px[side, n, 1]
            single[n] = along / (mine_x * mine_x + mine_y * mine_y)
        amplitudes[side] = np.median(single)
    for _ in range(steps):
        normal = np.zeros((2, 2))
        pull = np.zeros(2)
        for side in range(2):
            for n in range(count):
                mine_x, mine_y = own[side, n, 0], own[side, n, 1]
                theirs_x, theirs_y = other[side, n, 0], other[side, n, 1]
                x, y = off_px[side, n, 0], off_px[side, n, 1]
                left_x = x - amplitudes[side] * mine_x - amplitudes[1 - side] * theirs_x
                left_y = y - amplitudes[side] * mine_y - amplitudes[1 - side] * theirs_y
                weight = trust[side, n] / (1.0 + left_x * left_x + left_y * left_y)
                normal[side, side] += weight * (mine_x * mine_x + mine_y * mine_y)
                normal[1 - side, 1 - side] += weight * (theirs_x * theirs_x + theirs_y * theirs_y)
                both = weight * (mine_x * theirs_x + mine_y * theirs_y)
                normal[0, 1] += both
                normal[1, 0] += both
                pull[side] += weight * (mine_x * x + mine_y * y)
                pull[1 - side] += weight * (theirs_x * x + theirs_y * y)
        normal[0, 0] += 1e-6
        normal[1, 1] += 1e-6
        found = normal[0, 0] * normal[1, 1] - normal[0, 1] * normal[1, 0]
        first = (normal[1, 1] * pull[0] - normal[0, 1] * pull[1]) / found
        second = (normal[0, 0] * pull[1] - normal[1, 0] * pull[0]) / found
        amplitudes[0], amplitudes[1] = first, second
    spreads, shares = np.zeros(2), np.zeros(2)
    for side in range(2):
        for n in range(count):
            mine_x, mine_y = own[side, n, 0], own[side, n, 1]
            x = off_px[side, n, 0] - amplitudes[1 - side] * other[side, n, 0]
            y = off_px[side, n, 1] - amplitudes[1 - side] * other[side, n, 1]
            alone = (mine_x * x + mine_y * y) / (mine_x * mine_x + mine_y * mine_y)
            single[n] = abs(alone - amplitudes[side])
            shares[side] += trust[side, n] / count
        spreads[side] = 1.4826 * np.median(single)
    return amplitudes, spreads, shares


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
