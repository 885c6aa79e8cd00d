"""How far the skin has moved between two face patches: dense optical flow.

Dense inverse search (Kroeger et al. 2016, ECCV, 471-488) as OpenCV has it, with a finest scale
between its fast and its medium preset: the fast one under-reads by a quarter, the medium one costs
three times as much and sees no more.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks import _kernels

FINEST_SCALE, PATCH_STRIDE, DESCENT_STEPS, REFINEMENT_STEPS = 1, 4, 16, 0

STRIPES = 2
"""Dense inverse search works in as many stripes as there are threads, and its numbers depend on
them. Fixed, so that the same frames give the same numbers on every computer."""

DISC_PX = 3
"""Radius of the disc around a landmark over which the flow's median is taken: 1.8 mm."""

_ROWS, _COLUMNS = np.mgrid[-DISC_PX : DISC_PX + 1, -DISC_PX : DISC_PX + 1]
_DISC = np.argwhere(_ROWS**2 + _COLUMNS**2 <= DISC_PX**2 + 0.5) - DISC_PX

LEVEL_FLOOR = 2.0
"""Grey levels: a patch never matches better than this, whatever the camera's noise."""

SHADE_LEVELS = 20.0
"""Skin may lighten or darken by this much more than the whole face does: the folds of a large smile
do so by 15 (bundled films). Something of another colour in front of it differs by more."""

ROUGHNESS_KEPT = 0.5
"""Skin keeps this share of its own roughness, or of what the whole face keeps when the picture
blurs. Something smooth in front of it has less: it would match smooth skin well enough."""


class SkinFlow:
    """Follows skin from one resting patch into later patches.

    Parameters
    ----------
    resting : numpy.ndarray, shape (320, 320), uint8
        The resting patch.
    places : numpy.ndarray, shape (n, 2)
        Where the landmarks lie in it.
    """

    def __init__(self, resting: NDArray[np.uint8], places: NDArray[np.float64]) -> None:
        self._resting = resting
        self._places = np.ascontiguousarray(places)
        self._search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        self._search.setFinestScale(FINEST_SCALE)
        self._search.setPatchStride(PATCH_STRIDE)
        self._search.setGradientDescentIterations(DESCENT_STEPS)
        self._search.setVariationalRefinementIterations(REFINEMENT_STEPS)

    def follow(self, patch: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find the landmarks' skin in a later patch.

        Parameters
        ----------
        patch : numpy.ndarray, shape (320, 320), uint8
            The same face, laid on the resting patch.

        Returns
        -------
        places : numpy.ndarray, shape (n, 2)
            Where the skin of each landmark lies now, in pixels of the patch.
        trust : numpy.ndarray, shape (n,)
            0 to 1: how well what is there now matches what was there at rest, brightness apart.
            Fingers, teeth and glare match badly, or are of another colour, or too smooth.
        """
        if cv2.getNumThreads() != STRIPES:
            cv2.setNumThreads(STRIPES)
        flow = self._search.calc(self._resting, patch, None)  # type: ignore[call-overload]
        found = _kernels.disc_medians(flow, self._resting, patch, self._places, _DISC)
        mismatch, was, now, rough, rough_now = found[:, 2:].T
        usual = max(LEVEL_FLOOR, float(np.median(mismatch)))
        beyond = np.maximum(mismatch - usual, 0.0) / (2.0 * usual)
        gain = float(np.median(now / np.maximum(was, 1.0)))
        shade = np.maximum(np.abs(now - gain * was) - SHADE_LEVELS, 0.0) / (SHADE_LEVELS / 2.0)
        kept = (rough_now + LEVEL_FLOOR / 4.0) / (rough + LEVEL_FLOOR / 4.0)
        lost = np.maximum(ROUGHNESS_KEPT - kept / float(np.median(kept)), 0.0) / 0.15
        return self._places + found[:, :2], 1.0 / (1.0 + beyond**2 + shade**2 + lost**2)
