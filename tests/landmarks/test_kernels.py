"""Each kernel against a NumPy twin, compiled and not, and the laws it must keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from landmarks import _kernels

STEADY = np.arange(8)


def umeyama(points, reference, steady):
    """The same least squares in plain NumPy."""
    source, target = points[steady], reference[steady]
    centre, goal = source.mean(0), target.mean(0)
    covariance = (target - goal).T @ (source - centre) / len(steady)
    u, singular, vt = np.linalg.svd(covariance)
    signs = np.array([1.0, 1.0, np.sign(np.linalg.det(u) * np.linalg.det(vt))])
    turn = u @ np.diag(signs) @ vt
    scale = (singular * signs).sum() / ((source - centre) ** 2).sum() * len(steady)
    return scale * (points - centre) @ turn.T + goal, turn


def cloud(seed, count=30):
    return np.random.default_rng(seed).normal(size=(count, 3)) * 40.0


@pytest.mark.parametrize("call", [_kernels.align, _kernels.align.plain], ids=["numba", "plain"])
def test_align_agrees_with_its_numpy_twin(call):
    points, reference = cloud(1), cloud(2)
    moved, turn = call(points, reference, STEADY)
    twin_moved, twin_turn = umeyama(points, reference, STEADY)
    np.testing.assert_allclose(moved, twin_moved, atol=1e-9)
    np.testing.assert_allclose(turn, twin_turn, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    angles=st.tuples(*[st.floats(-180, 180)] * 3),
    scale=st.floats(0.2, 5.0),
    shift=st.tuples(*[st.floats(-500, 500)] * 3),
)
def test_align_undoes_any_similarity(seed, angles, scale, shift):
    reference = cloud(seed)
    rotation = Rotation.from_euler("xyz", angles, degrees=True)
    points = np.ascontiguousarray(scale * rotation.apply(reference) + np.array(shift))
    moved, turn = _kernels.align(points, reference, STEADY)
    np.testing.assert_allclose(moved, reference, atol=1e-6)
    np.testing.assert_allclose(turn, rotation.inv().as_matrix(), atol=1e-8)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_align_never_turns_a_face_inside_out(seed):
    points = cloud(seed)
    mirrored = np.ascontiguousarray(points * np.array([-1.0, 1.0, 1.0]))
    _, turn = _kernels.align(mirrored, points, STEADY)
    assert np.linalg.det(turn) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "call", [_kernels.group_means, _kernels.group_means.plain], ids=["numba", "plain"]
)
def test_group_means_agrees_with_its_numpy_twin(call):
    points = cloud(3)
    groups = [[0, 5, 7], [2], [9, 9, 4, 1]]
    members = np.concatenate(groups)
    starts = np.cumsum([0, *map(len, groups)])
    expected = [points[group].mean(axis=0) for group in groups]
    np.testing.assert_allclose(call(points, members, starts), expected)
