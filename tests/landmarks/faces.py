"""A made-up face mesh that can be moved exactly, for tests that need no pictures."""

import numpy as np

from landmarks import mesh

RNG = np.random.default_rng(7)


def _rest():
    """An even cloud of 478 points in pixels, x right, y down, with the named points in place."""
    points = RNG.normal(size=(mesh.POINTS, 3)) * [40.0, 50.0, 15.0]
    points = (points + points[mesh.MIRROR] * [-1.0, 1.0, 1.0]) / 2
    places = {
        33: (-45, -20, 10), 133: (-16, -18, 5), 168: (0, -20, -2), 6: (0, -10, -8),
        197: (0, 0, -12), 195: (0, 8, -18), 127: (-70, -15, 50), 234: (-72, 10, 55),
        10: (0, -90, 0), 152: (0, 95, 0), 61: (-24, 45, 0),
        159: (-30, -24, 2), 145: (-30, -14, 2), 158: (-26, -24, 2), 153: (-26, -14, 2),
        160: (-34, -23, 3), 144: (-34, -14, 3),
        468: (-30, -19, 0), 469: (-24, -19, 0), 471: (-36, -19, 0),
    }  # fmt: skip
    for point, (x, y, z) in places.items():
        points[point] = (x, y, z)
        points[mesh.MIRROR[point]] = (-x, y, z)
    for point in (168, 6, 197, 195, 10, 152):
        points[point, 0] = 0.0
    return points + np.array([320.0, 240.0, 0.0])


REST = _rest()


def face(shifts=None, closed=(0.0, 0.0), noise=0.0, seed=0):
    """The resting face with points shifted in pixels; `closed` is left, right lid closure."""
    points = REST.copy()
    for point, shift in (shifts or {}).items():
        points[point, : len(shift)] += shift
    lids = {0: mesh.mirrored, 1: tuple}
    for side, pick in lids.items():
        for pair in mesh.RIGHT_LIDS:
            upper, lower = pick(pair)
            points[upper, 1] += closed[side] * (points[lower, 1] - points[upper, 1])
    if noise:
        points += np.random.default_rng(seed).normal(size=points.shape) * noise
    return points
