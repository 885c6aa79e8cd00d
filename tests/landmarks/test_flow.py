"""Optical flow of made-up skin whose movement is known."""

import cv2
import numpy as np
import pytest

from landmarks.flow import DISC_PX, SkinFlow
from landmarks.patch import PATCH_PX

PLACES = np.stack(np.meshgrid(np.arange(50.0, 271, 20), np.arange(50.0, 271, 20)), -1)
PLACES = PLACES.reshape(-1, 2)


def skin(seed=0):
    """Blotches, pores and shading, as a camera sees them."""
    rng = np.random.default_rng(seed)
    layers = [(14, 3.0), (40, 1.3), (6, 1.0)]
    grey = np.full((PATCH_PX, PATCH_PX), 0.0)
    for blur, strength in layers:
        layer = cv2.GaussianBlur(rng.normal(size=grey.shape), (0, 0), blur / 4)
        grey += strength * layer / layer.std()
    return np.clip(130 + 9 * grey, 0, 255)


def grey(image):
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


def shifted(image, right, down):
    matrix = np.array([[1.0, 0.0, right], [0.0, 1.0, down]])
    return cv2.warpAffine(image, matrix, image.shape[::-1], borderMode=cv2.BORDER_REFLECT)


RESTING = skin()


def follow(patch):
    return SkinFlow(grey(RESTING), PLACES).follow(grey(patch))


def test_still_skin_stays_and_is_trusted():
    places, trust = follow(RESTING)
    np.testing.assert_allclose(places, PLACES, atol=0.01)
    np.testing.assert_allclose(trust, 1.0)


@pytest.mark.parametrize("by", [(0.5, 0.0), (0.0, -3.0), (4.0, 2.0), (-8.0, 5.0)])
def test_shifted_skin_is_found_where_it_went(by):
    places, trust = follow(shifted(RESTING, *by))
    np.testing.assert_allclose(places - PLACES, np.tile(by, (len(PLACES), 1)), atol=0.25)
    assert trust.min() > 0.6
    assert np.median(trust) > 0.95


def test_one_side_that_moved_does_not_carry_the_other():
    patch = RESTING.copy()
    patch[:, 160:] = shifted(RESTING, 3.0, -2.0)[:, 160:]
    places, _ = follow(patch)
    off = places - PLACES
    left, right = PLACES[:, 0] > 200, PLACES[:, 0] < 120
    np.testing.assert_allclose(np.median(off[left], axis=0), [3.0, -2.0], atol=0.2)
    np.testing.assert_allclose(off[right], 0.0, atol=0.1)


@pytest.mark.parametrize(("gain", "offset"), [(1.0, 30), (1.2, 0), (0.8, 10)])
def test_light_is_not_movement(gain, offset):
    places, trust = follow(gain * RESTING + offset)
    assert np.abs(places - PLACES).max() < 0.5
    assert np.abs(places - PLACES).mean() < 0.1
    assert trust.min() > 0.6
    assert np.median(trust) > 0.95


def test_noise_is_hardly_movement():
    patch = RESTING + np.random.default_rng(3).normal(size=RESTING.shape) * 4
    places, trust = follow(patch)
    assert np.abs(places - PLACES).mean() < 0.15
    assert np.median(trust) > 0.9


def test_what_is_covered_is_not_trusted_and_the_rest_is():
    patch = RESTING.copy()
    patch[60:160, 180:300] = skin(seed=5)[60:160, 180:300] * 1.2
    _, trust = follow(patch)
    x, y = PLACES.T
    covered = (x > 190) & (x < 290) & (y > 70) & (y < 150)
    far = (x < 150) | (y > 200)
    assert trust[covered].mean() < 0.4
    assert trust[far].min() > 0.8


def test_the_same_patch_gives_the_same_numbers_on_any_number_of_threads():
    patch = shifted(RESTING, 2.3, -1.1)
    places, trust = follow(patch)
    before = cv2.getNumThreads()
    try:
        for threads in (1, 4):
            cv2.setNumThreads(threads)
            again, trust_again = follow(patch)
            np.testing.assert_array_equal(places, again)
            np.testing.assert_array_equal(trust, trust_again)
    finally:
        cv2.setNumThreads(before)


def test_one_flow_follows_patch_after_patch_without_remembering():
    flow = SkinFlow(grey(RESTING), PLACES)
    first, _ = flow.follow(grey(shifted(RESTING, 3.0, 0.0)))
    flow.follow(grey(shifted(RESTING, -6.0, 4.0)))
    again, _ = flow.follow(grey(shifted(RESTING, 3.0, 0.0)))
    np.testing.assert_array_equal(first, again)


def test_a_place_at_the_edge_of_the_patch_is_read_from_what_is_there():
    places = np.array([[0.0, 0.0], [PATCH_PX - 1.0, 160.0], [-DISC_PX - 9.0, 50.0]])
    there, trust = SkinFlow(grey(RESTING), places).follow(grey(RESTING))
    np.testing.assert_allclose(there, places, atol=0.05)
    assert np.isfinite(trust).all()


@pytest.mark.parametrize("grey_level", [60, 110, 130, 200])
def test_something_flat_in_front_is_not_trusted_though_skin_is_smooth(grey_level):
    smooth = 130 + 0.25 * (RESTING - 130)
    patch = smooth.copy()
    patch[60:160, 180:300] = grey_level
    _, trust = SkinFlow(grey(smooth), PLACES).follow(grey(patch))
    x, y = PLACES.T
    covered = (x > 190) & (x < 290) & (y > 70) & (y < 150)
    far = (x < 150) | (y > 200)
    assert trust[covered].mean() < 0.4
    assert trust[far].min() > 0.6


def test_a_picture_that_blurs_as_a_whole_is_still_trusted():
    _, trust = follow(cv2.GaussianBlur(RESTING, (0, 0), 2.5))
    assert np.median(trust) > 0.8


def test_light_from_the_other_side_is_still_trusted():
    slope = np.linspace(-15, 15, PATCH_PX)[None, :]
    places, trust = follow(RESTING + slope)
    assert np.median(trust) > 0.9
    assert np.abs(places - PLACES).mean() < 0.15
