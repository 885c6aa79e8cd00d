"""Each kernel against a NumPy twin, compiled and not, and the laws it must keep."""

import itertools

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


@pytest.mark.parametrize(
    "call", [_kernels.group_medians, _kernels.group_medians.plain], ids=["numba", "plain"]
)
def test_group_medians_agrees_with_its_numpy_twin(call):
    rows = cloud(5)[:12, :2]
    starts = np.array([0, 1, 5, 12])
    expected = [np.median(rows[a:b], axis=0) for a, b in itertools.pairwise(starts)]
    np.testing.assert_array_equal(call(rows, starts), expected)


DISC = np.argwhere(np.hypot(*np.mgrid[-3:4, -3:4]) <= 3.2) - 3
DISC_CALLS = pytest.mark.parametrize(
    "call", [_kernels.disc_medians, _kernels.disc_medians.plain], ids=["numba", "plain"]
)


def discs_twin(flow, resting, patch, places, disc):
    """The same with whole arrays at once."""
    high, wide = np.array(resting.shape) - 1
    middle = np.rint(places[:, ::-1]).astype(int)
    row, column = np.moveaxis(middle[:, None] + disc[None], -1, 0)
    row, column = row.clip(0, high), column.clip(0, wide)
    medians = np.median(flow[row, column].astype(float), axis=1)
    there_row = np.rint(row + medians[:, 1:]).astype(int).clip(0, high)
    there_column = np.rint(column + medians[:, :1]).astype(int).clip(0, wide)
    was = resting[row, column].astype(float)
    now = patch[there_row, there_column].astype(float)
    levels = [was.mean(axis=1), now.mean(axis=1)]
    was, now = (one - level[:, None] for one, level in zip((was, now), levels, strict=True))
    roughness = [np.abs(one).mean(axis=1) for one in (now - was, was, now)]
    return np.column_stack([medians, roughness[0], *levels, *roughness[1:]])


def pictures(seed, side=40):
    rng = np.random.default_rng(seed)
    resting, patch = rng.integers(0, 200, (2, side, side), dtype=np.uint8)
    flow = rng.normal(size=(side, side, 2)).astype(np.float32) * 4
    places = rng.uniform(-2, side + 2, (25, 2))
    return flow, resting, patch, places


@DISC_CALLS
def test_disc_medians_agrees_with_its_numpy_twin_at_the_edges_too(call):
    flow, resting, patch, places = pictures(4)
    assert ((places < 3) | (places > 36)).any(axis=1).sum() > 3
    twin = discs_twin(flow, resting, patch, places, DISC)
    np.testing.assert_allclose(call(flow, resting, patch, places, DISC), twin, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    right=st.integers(-3, 3),
    down=st.integers(-3, 3),
    brighter=st.integers(0, 55),
)
def test_skin_that_moved_as_the_flow_says_matches_whatever_the_light(seed, right, down, brighter):
    _, resting, _, _ = pictures(seed)
    flow = np.tile(np.float32([right, down]), (*resting.shape, 1))
    patch = np.roll(resting, (down, right), axis=(0, 1)) + np.uint8(brighter)
    places = np.random.default_rng(seed).uniform(8, 31, (10, 2))
    found = _kernels.disc_medians(flow, resting, patch, places, DISC)
    np.testing.assert_allclose(found[:, :3], np.tile([right, down, 0.0], (10, 1)), atol=1e-9)
    np.testing.assert_allclose(found[:, 4] - found[:, 3], brighter, atol=1e-9)
    np.testing.assert_allclose(found[:, 5], found[:, 6], atol=1e-9)


shifts = st.floats(-5, 5, width=32)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), by=st.tuples(shifts, shifts))
def test_a_shift_of_the_whole_flow_shifts_every_median(seed, by):
    flow, resting, patch, places = pictures(seed)
    before = _kernels.disc_medians(flow, resting, patch, places, DISC)
    after = _kernels.disc_medians(flow + np.float32(by), resting, patch, places, DISC)
    np.testing.assert_allclose(after[:, :2] - before[:, :2], np.tile(by, (25, 1)), atol=1e-5)


def test_a_covered_disc_matches_worse_and_the_others_as_before():
    _, resting, _, _ = pictures(9)
    still = np.zeros((*resting.shape, 2), dtype=np.float32)
    places = np.array([[10.0, 10.0], [30.0, 30.0]])
    patch = resting.copy()
    patch[5:16, 5:16] = 120
    covered, free = _kernels.disc_medians(still, resting, patch, places, DISC)[:, 2]
    assert covered > 30.0
    assert free == 0.0


LENS = np.array([900.0, 319.5, 239.5])
ORIGIN = np.array([20.0, -15.0, -600.0])
NO_PRIOR = np.zeros(2)
HEAD_CALLS = pytest.mark.parametrize(
    "call", [_kernels.fit_head, _kernels.fit_head.plain], ids=["numba", "plain"]
)


def head(seed, count=60, fields=2):
    """A bulging cloud of points as wide as a face, and movements of some of them."""
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (count, 3)) * [65.0, 80.0, 8.0]
    points[:, 2] -= 0.006 * (points[:, :2] ** 2).sum(axis=1)
    moved = np.zeros((count, 3, fields))
    for k in range(fields):
        rows = slice(8 * k, 8 * k + 8)
        moved[rows, :, k] = rng.normal(size=(8, 3)) + np.array([6.0, 4.0, 1.0])
    return points, moved


def projected(points, turn, shift):
    x, y, z = (points @ turn.T + ORIGIN + shift).T
    focal, middle_x, middle_y = LENS
    return np.column_stack([middle_x - focal * x / z, middle_y + focal * y / z])


def turned(angles_deg):
    return Rotation.from_euler("xyz", angles_deg, degrees=True).as_matrix()


def head_twin(points, fields, origin, seen, trust, lens, turn, shift, prior, steps):
    """The same Gauss-Newton in whole matrices, its slopes found by trying."""
    count = fields.shape[2]
    begun, sizes = turn, np.zeros(count)

    def off(step):
        body = points + fields @ (sizes + step[6:])
        carried = Rotation.from_rotvec(step[:3]).as_matrix() @ turn
        return (seen - projected(body, carried, shift + step[3:6])).ravel()

    for _ in range(steps):
        tries = 1e-5 * np.eye(6 + count)
        slopes = np.array([(off(-t) - off(t)) / 2e-5 for t in tries]).T
        left = off(np.zeros(6 + count))
        weight = np.repeat(trust / (1 + (left.reshape(-1, 2) ** 2).sum(axis=1)), 2)
        normal = slopes.T @ (weight[:, None] * slopes)
        pull = slopes.T @ (weight * left)
        ridge = np.r_[np.zeros(6), np.full(count, 0.05 * weight[::2].sum())]
        normal += np.diag(ridge)
        pull -= ridge * np.r_[np.zeros(6), sizes]
        known = np.diag(np.linalg.inv(np.linalg.inv(normal)[:2, :2]))
        strayed = Rotation.from_matrix(turn @ begun.T).as_rotvec()
        strayed = strayed[:2] * np.sinc(np.linalg.norm(strayed) / np.pi)
        normal[[0, 1], [0, 1]] += prior * known
        pull[:2] -= prior * known * strayed
        step = np.linalg.solve(normal, pull)
        turn = Rotation.from_rotvec(step[:3]).as_matrix() @ turn
        shift, sizes = shift + step[3:6], sizes + step[6:]
    return turn, shift, sizes


@HEAD_CALLS
@pytest.mark.parametrize("prior", [(0.0, 0.0), (0.7, 2.5)])
def test_fit_head_agrees_with_its_numpy_twin(call, prior):
    points, fields = head(1)
    rng = np.random.default_rng(2)
    seen = projected(points + fields @ [0.6, 0.2], turned((2, -3, 4)), np.array([3.0, -2.0, 5.0]))
    seen += rng.normal(size=seen.shape) * 0.4
    trust = rng.uniform(0.0, 1.0, 60)
    asked = (points, fields, ORIGIN, seen, trust, LENS, turned((1, -2, 0)), np.zeros(3))
    found = call(*asked, np.array(prior), 4)
    for one, twin in zip(found, head_twin(*asked, np.array(prior), 4), strict=True):
        np.testing.assert_allclose(one, twin, atol=2e-5)


small_turns = st.tuples(*[st.floats(-8, 8)] * 3)
small_shifts = st.tuples(*[st.floats(-15, 15)] * 3)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), angles=small_turns, shift=small_shifts)
def test_a_rigid_motion_is_found_exactly(seed, angles, shift):
    points, fields = head(seed, fields=0)
    turn, shift = turned(angles), np.array(shift)
    seen = projected(points, turn, shift)
    found = _kernels.fit_head(
        points, fields, ORIGIN, seen, np.ones(60), LENS, np.eye(3), np.zeros(3), NO_PRIOR, 20
    )
    np.testing.assert_allclose(found[0], turn, atol=1e-7)
    np.testing.assert_allclose(found[1], shift, atol=1e-4)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), angles=small_turns, sizes=st.tuples(*[st.floats(0, 1)] * 2))
def test_known_movements_do_not_pass_for_head_motion(seed, angles, sizes):
    points, fields = head(seed)
    turn = turned(angles)
    seen = projected(points + fields @ np.array(sizes), turn, np.zeros(3))
    asked = (ORIGIN, seen, np.ones(60), LENS, np.eye(3), np.zeros(3), NO_PRIOR, 20)
    found, _, sized = _kernels.fit_head(points, fields, *asked)
    # A full movement is worth tens of pixels, so that the ridge takes hardly anything off it.
    np.testing.assert_allclose(sized, sizes, atol=0.03)
    off = np.degrees(Rotation.from_matrix(found @ turn.T).magnitude())
    assert off < 0.1
    blind, _, _ = _kernels.fit_head(points, fields[:, :, :0], *asked)
    assert off <= np.degrees(Rotation.from_matrix(blind @ turn.T).magnitude()) + 0.02


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), angles=small_turns, far=st.floats(10, 60))
def test_a_fifth_of_the_landmarks_may_be_anywhere(seed, angles, far):
    points, fields = head(seed, fields=0)
    turn = turned(angles)
    seen = projected(points, turn, np.zeros(3))
    rng = np.random.default_rng(seed)
    lost = rng.permutation(60)[:12]
    ways = rng.normal(size=(12, 2))
    seen[lost] += far * ways / np.linalg.norm(ways, axis=1, keepdims=True)
    begin = turned(np.array(angles) + np.array([1.0, -1.0, 0.5]))
    found, shift, _ = _kernels.fit_head(
        points, fields, ORIGIN, seen, np.ones(60), LENS, begin, np.zeros(3), NO_PRIOR, 20
    )
    assert np.degrees(Rotation.from_matrix(found @ turn.T).magnitude()) < 0.3
    assert np.linalg.norm(shift[:2]) < 0.3


def test_what_is_not_trusted_does_not_count():
    points, fields = head(5, fields=0)
    seen = projected(points, np.eye(3), np.zeros(3))
    seen[:30] += 9.0
    trust = np.r_[np.zeros(30), np.ones(30)]
    found, shift, _ = _kernels.fit_head(
        points, fields, ORIGIN, seen, trust, LENS, np.eye(3), np.zeros(3), NO_PRIOR, 5
    )
    np.testing.assert_allclose(found, np.eye(3), atol=1e-9)
    np.testing.assert_allclose(shift, 0.0, atol=1e-6)


def test_nothing_seen_leaves_the_head_where_it_was():
    points, fields = head(6)
    seen = projected(points, turned((3, 3, 3)), np.zeros(3))
    begin, shift = turned((1, 2, 0)), np.array([1.0, 2.0, 3.0])
    found = _kernels.fit_head(
        points, fields, ORIGIN, seen, np.zeros(60), LENS, begin, shift, NO_PRIOR, 5
    )
    np.testing.assert_array_equal(found[0], begin)
    np.testing.assert_array_equal(found[1], shift)
    np.testing.assert_array_equal(found[2], 0.0)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), angles=small_turns, begin=small_turns)
def test_a_huge_prior_holds_pitch_and_yaw(seed, angles, begin):
    points, fields = head(seed, fields=0)
    seen = projected(points, turned(angles), np.zeros(3))
    start = turned((begin[0], begin[1], 0.0))
    asked = (points, fields, ORIGIN, seen, np.ones(60), LENS, start, np.zeros(3), np.full(2, 1e6))
    found, _, _ = _kernels.fit_head(*asked, 20)
    since = Rotation.from_matrix(found @ start.T).as_rotvec(degrees=True)
    np.testing.assert_allclose(since[:2], 0.0, atol=0.01)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), roll=st.floats(-8, 8), shift=small_shifts)
def test_a_huge_prior_leaves_roll_and_shift_free(seed, roll, shift):
    points, fields = head(seed, fields=0)
    start, shift = turned((2.0, -3.0, 0.0)), np.array(shift)
    turn = turned((0.0, 0.0, roll)) @ start
    seen = projected(points, turn, shift)
    asked = (points, fields, ORIGIN, seen, np.ones(60), LENS, start, np.zeros(3), np.full(2, 1e6))
    found, there, _ = _kernels.fit_head(*asked, 20)
    np.testing.assert_allclose(found, turn, atol=1e-4)
    np.testing.assert_allclose(there, shift, atol=0.05)


def test_what_fit_head_is_given_is_not_changed():
    points, fields = head(8)
    begin, shift = np.eye(3), np.zeros(3)
    seen = projected(points, turned((3, 3, 3)), np.array([5.0, 5.0, 5.0]))
    _kernels.fit_head(points, fields, ORIGIN, seen, np.ones(60), LENS, begin, shift, NO_PRIOR, 5)
    np.testing.assert_array_equal(begin, np.eye(3))
    np.testing.assert_array_equal(shift, 0.0)


AMPLITUDE_CALLS = pytest.mark.parametrize(
    "call", [_kernels.side_amplitudes, _kernels.side_amplitudes.plain], ids=["numba", "plain"]
)


def paths(seed, count=20):
    """Pixels that a full movement carries the landmarks of each side: own side, other side."""
    rng = np.random.default_rng(seed)
    own = rng.normal(size=(2, count, 2)) * 2 + np.array([12.0, -8.0])
    other = rng.normal(size=(2, count, 2)) + np.array([2.0, -1.0])
    return own, other


def carried(own, other, left, right):
    sides = np.array([left, right])
    return own * sides[:, None, None] + other * sides[::-1, None, None]


def amplitudes_twin(own, other, off, trust, steps):
    """The same by stacked least squares."""
    count = own.shape[1]
    design = np.concatenate(
        [
            np.stack([own[0].ravel(), other[0].ravel()], axis=1),
            np.stack([other[1].ravel(), own[1].ravel()], axis=1),
        ]
    )
    goal = off.reshape(-1)
    found = np.median((off * own).sum(axis=2) / (own**2).sum(axis=2), axis=1)
    for _ in range(steps):
        left = ((goal - design @ found).reshape(-1, 2) ** 2).sum(axis=1)
        root = np.sqrt(np.repeat(trust.ravel() / (1 + left), 2))
        found = np.linalg.lstsq(design * root[:, None], goal * root, rcond=None)[0]
    alone = ((off - other * found[::-1, None, None]) * own).sum(axis=2) / (own**2).sum(axis=2)
    spreads = 1.4826 * np.median(np.abs(alone - found[:, None]), axis=1)
    return found, spreads, trust.sum(axis=1) / count


@AMPLITUDE_CALLS
def test_side_amplitudes_agrees_with_its_numpy_twin(call):
    own, other = paths(1)
    rng = np.random.default_rng(2)
    off = carried(own, other, 0.8, 0.3) + rng.normal(size=own.shape)
    trust = rng.uniform(0.1, 1.0, (2, 20))
    found = call(own, other, off, trust, 6)
    for one, twin in zip(found, amplitudes_twin(own, other, off, trust, 6), strict=True):
        np.testing.assert_allclose(one, twin, atol=1e-6)


sides = st.floats(-0.3, 1.2)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), left=sides, right=sides)
def test_both_sides_are_found_and_swap_with_the_sides(seed, left, right):
    own, other = paths(seed)
    off, trust = carried(own, other, left, right), np.ones((2, 20))
    found, spreads, shares = _kernels.side_amplitudes(own, other, off, trust, 6)
    np.testing.assert_allclose(found, [left, right], atol=1e-4)
    np.testing.assert_allclose(spreads, 0.0, atol=1e-4)
    np.testing.assert_allclose(shares, 1.0)
    swapped, _, _ = _kernels.side_amplitudes(own[::-1], other[::-1], off[::-1], trust, 6)
    np.testing.assert_allclose(swapped, found[::-1], atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), left=sides, right=sides, far=st.floats(15, 60))
def test_a_few_landmarks_that_went_astray_do_not_count(seed, left, right, far):
    own, other = paths(seed)
    off = carried(own, other, left, right)
    off[:, :4] += far * np.random.default_rng(seed).choice([-1.0, 1.0], (2, 4, 2))
    found, _, _ = _kernels.side_amplitudes(own, other, off, np.ones((2, 20)), 12)
    np.testing.assert_allclose(found, [left, right], atol=0.05)


def test_landmarks_that_disagree_spread():
    own, other = paths(3)
    calm = carried(own, other, 0.7, 0.7)
    rough = calm + np.random.default_rng(3).normal(size=own.shape) * [[[3.0]], [[0.0]]]
    _, spreads, _ = _kernels.side_amplitudes(own, other, rough, np.ones((2, 20)), 6)
    assert spreads[0] > 0.05
    assert spreads[1] < spreads[0] / 4


def test_the_share_is_the_mean_trust_of_a_side():
    own, other = paths(4)
    trust = np.stack([np.full(20, 0.25), np.linspace(0, 1, 20)])
    off = carried(own, other, 0.5, 0.5)
    _, _, shares = _kernels.side_amplitudes(own, other, off, trust, 6)
    np.testing.assert_allclose(shares, [0.25, 0.5])
