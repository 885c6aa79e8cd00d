"""The sign of the program: a mirror between the colours of the two sides."""

from __future__ import annotations

import math

import numpy as np
import pygame

from mirrorcoach.live.shapes import (
    Box,
    Fit,
    Floats,
    Painting,
    mirrored,
    rounded,
    stroke,
)
from mirrorcoach.live.theme import LIGHT

_TILE = Box(0, 0, 1280, 1280)
_WIDE, _HIGH = 320.0, 440.0
"""Half the mirror, left to right and top to bottom."""

_RIM = 42.0
_ARC_AWAY, _ARC_W = 152.0, 112.0
_ARC_REACH_DEG = 50


def icon(size: int) -> pygame.Surface:
    """Draw the sign.

    Parameters
    ----------
    size : int
        Width and height in pixels.

    Returns
    -------
    pygame.Surface
        With opacity; its corners are round.
    """
    fit = Fit(size, size, (_TILE.w, _TILE.h))
    on = Painting(fit, _TILE)
    on.lay(rounded(on.x, on.y, _TILE, 290), LIGHT.bg)
    mirror = _oval(on, _WIDE, _HIGH)
    on.lay(mirror, LIGHT.edge)
    on.lay(mirror + np.float32(_RIM), LIGHT.soft)
    right = [
        (
            _TILE.middle[0] + (_WIDE + _ARC_AWAY) * math.cos(math.radians(angle)),
            _TILE.middle[1] + (_HIGH + _ARC_AWAY) * math.sin(math.radians(angle)),
        )
        for angle in range(-_ARC_REACH_DEG, _ARC_REACH_DEG + 1, 4)
    ]
    for path, colour in ((mirrored(right, _TILE.middle[0]), LIGHT.left), (right, LIGHT.right)):
        on.lay(stroke(on.x, on.y, path, _ARC_W), colour)
    return on.sprite().surface


def _oval(on: Painting, wide: float, high: float) -> Floats:
    """Distance from an ellipse in the middle, true near its outline."""
    x, y = on.x - _TILE.middle[0], on.y - _TILE.middle[1]
    inside = np.hypot(x / wide, y / high)
    steep = np.hypot(x / wide**2, y / high**2) / np.maximum(inside, 1e-6)
    distance: Floats = ((inside - 1) / np.maximum(steep, 1e-6)).astype(np.float32)
    return distance
