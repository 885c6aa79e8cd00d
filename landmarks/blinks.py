"""Blinks: rows of a recording in which the lids are shut for a moment and mean nothing by it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

LONGEST_S = 0.5
"""Lids that stay down for longer were closed, not blinking: a blink lasts 0.1 to 0.4 s."""

SHUT_SHARE = 0.5
"""In a blink an aperture falls below this share of what it was just before and after."""

OPEN_SHARE = 0.85
"""A blink begins and ends where the aperture passes this share, ..."""

FLANK_S = 0.25
"""... at most so long before and after the lids are shut."""

LEVEL_S = 1.5
"""What an eye's aperture is just before and after: its median over so long a time. A dip that
lasts a third of it does not change it."""


def blink_rows(
    time_s: NDArray[np.float64],
    aperture_ratio: NDArray[np.float64],
    usable: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Find the rows to leave out because an eye blinks in them.

    Parameters
    ----------
    time_s : numpy.ndarray, shape (n,)
        Strictly rising.
    aperture_ratio : numpy.ndarray, shape (n, 2)
        Lid apertures of the left and right eye as shares of rest; ignored where not usable.
    usable : numpy.ndarray, shape (n,), bool
        Whether each row was measured.

    Returns
    -------
    numpy.ndarray, shape (n,), bool
        True from the fall of the lids to their rise, of one eye or of both. A closure that lasts
        half a second or more is none.
    """
    if not (time_s.ndim == 1 and aperture_ratio.shape == (len(time_s), 2)):
        raise ValueError(
            f"expected times of shape (n,) and apertures of shape (n, 2), got {time_s.shape} and "
            f"{aperture_ratio.shape}"
        )
    blinks = np.zeros(len(time_s), dtype=bool)
    rows = np.flatnonzero(usable)
    if len(rows) < 3:
        return blinks
    times = time_s[rows]
    step_s = float(np.median(np.diff(times)))
    window = 2 * round(LEVEL_S / 2 / step_s) + 1
    for opened in aperture_ratio[rows].T:
        level = median_filter(opened, window, mode="reflect")
        shut = opened < SHUT_SHARE * level
        for first, last in _runs(shut):
            if times[last] - times[first] + step_s < LONGEST_S:
                blinks[rows[_with_flanks(times, opened >= OPEN_SHARE * level, first, last)]] = True
    return blinks


def _runs(rows: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last row of each unbroken stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]]).astype(np.int8)))
    return [(int(first), int(end) - 1) for first, end in edges.reshape(-1, 2)]


def _with_flanks(
    times: NDArray[np.float64], is_open: NDArray[np.bool_], first: int, last: int
) -> slice:
    """Widen a dip until the eye is open on both sides."""
    begin, end = first, last
    while begin > 0 and not is_open[begin - 1] and times[first] - times[begin - 1] <= FLANK_S:
        begin -= 1
    while end + 1 < len(times) and not is_open[end + 1] and times[end + 1] - times[last] <= FLANK_S:
        end += 1
    return slice(begin, end + 1)
