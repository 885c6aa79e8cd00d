import numpy as np
import pytest

from landmarks import mesh


def test_mirroring_twice_is_the_same_point():
    assert sorted(mesh.MIRROR) == list(range(mesh.POINTS))
    np.testing.assert_array_equal(mesh.MIRROR[mesh.MIRROR], np.arange(mesh.POINTS))


@pytest.mark.parametrize(
    ("right", "left"),
    [
        (61, 291),
        (33, 263),
        (159, 386),
        (145, 374),
        (105, 334),
        (84, 314),
        (129, 358),
        (468, 473),
        (10, 10),
        (152, 152),
    ],
)
def test_known_pairs(right, left):
    assert mesh.mirrored((right,)) == (left,)


def test_no_region_is_measured_by_the_points_that_hold_the_head_still():
    used = {point for points in mesh.RIGHT_POINTS.values() for point in points}
    used |= set(mesh.mirrored(tuple(used)))
    assert not used & set(mesh.STEADY.tolist())


def test_steady_points_are_even():
    steady = set(mesh.STEADY.tolist())
    assert set(mesh.MIRROR[mesh.STEADY].tolist()) == steady


def test_the_lips_contour_is_even():
    assert set(mesh.mirrored(mesh.LIPS_OUTER)) == set(mesh.LIPS_OUTER)
