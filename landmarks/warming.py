"""Compiling ahead of time what is compiled on first use."""

from __future__ import annotations

import numpy as np

from landmarks.average_face import SURFACE, average_face
from landmarks.flow import SkinFlow
from landmarks.head import Lens, RestingHead
from landmarks.mesh import POINTS
from landmarks.movement import shape_of, skin_movement
from landmarks.patch import PATCH_PX


def warm_up() -> None:
    """Compile what needs compiling, which takes seconds the first time on a machine."""
    points = np.random.default_rng(0).normal(size=(POINTS, 3))
    shape_of(points, points)
    patch = np.zeros((PATCH_PX, PATCH_PX), dtype=np.uint8)
    SkinFlow(patch, np.zeros((SURFACE, 2))).follow(patch)
    seen_px = average_face().points_mm[:, :2] * [1.0, -1.0] + 160.0
    head = RestingHead(seen_px, np.eye(3), 1.0, Lens(320.0, (160.0, 160.0)))
    trust = np.ones(SURFACE)
    skin_movement(head, head.motion(seen_px, trust, np.eye(3)), seen_px, trust)
