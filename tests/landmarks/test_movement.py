from itertools import pairwise

import numpy as np
import pytest
from faces import REST, face
from scipy.spatial.transform import Rotation

from landmarks.mesh import SKIN_REGIONS
from landmarks.movement import Measure, movement_since, shape_of
from landmarks.pose import face_axes, upright

REFERENCE = np.ascontiguousarray(upright(REST) @ face_axes(REST))
AT_REST = shape_of(upright(REST), REFERENCE)
CORNER = SKIN_REGIONS.index("mouth_corner")


def moved(points, mm_per_px=0.5):
    return movement_since(AT_REST, shape_of(upright(points), REFERENCE), mm_per_px)


def test_a_resting_face_has_not_moved():
    movement = moved(REST)
    np.testing.assert_allclose(movement.displacement_mm, 0.0, atol=1e-9)
    np.testing.assert_allclose(movement.aperture_ratio, 1.0)
    np.testing.assert_allclose(movement.aperture_lost_mm, 0.0, atol=1e-9)


def test_sides_are_the_persons_own_and_out_is_away_from_the_midline():
    # 291, the left corner, lies on the right of the picture: +x is outwards, -y is up.
    movement = moved(face({291: (4.0, -2.0)}))
    np.testing.assert_allclose(movement.displacement_mm[CORNER, 0], [2.0, 1.0], atol=1e-9)
    np.testing.assert_allclose(movement.displacement_mm[CORNER, 1], [0.0, 0.0], atol=1e-9)
    movement = moved(face({61: (-4.0, -2.0)}))
    np.testing.assert_allclose(movement.displacement_mm[CORNER, 1], [2.0, 1.0], atol=1e-9)


@pytest.mark.parametrize("angles", [(0, 8, 0), (5, 0, 0), (0, 0, 20), (4, -6, 10)])
def test_head_movement_is_taken_off(angles):
    turned = Rotation.from_euler("xyz", angles, degrees=True).apply(face({291: (4.0, 0.0)}))
    movement = moved(1.3 * turned + [50.0, -20.0, 9.0])
    np.testing.assert_allclose(movement.displacement_mm[CORNER, 0], [2.0, 0.0], atol=1e-6)
    np.testing.assert_allclose(movement.displacement_mm[CORNER, 1], [0.0, 0.0], atol=1e-6)


def test_a_closed_eye_has_lost_its_aperture_and_the_other_has_not():
    movement = moved(face(closed=(1.0, 0.0)), mm_per_px=1.0)
    assert movement.aperture_ratio[0] < 0.05
    assert movement.aperture_ratio[1] == pytest.approx(1.0)
    assert movement.aperture_lost_mm[0] == pytest.approx(AT_REST.apertures[0], rel=0.05)
    assert movement.aperture_lost_mm[1] == pytest.approx(0.0, abs=1e-9)


def test_lid_curve_never_falls():
    closures = np.linspace(-0.3, 1.05, 60)
    ratios = [moved(face(closed=(c, c))).aperture_ratio[0] for c in closures]
    assert all(b <= a + 1e-12 for a, b in pairwise(ratios))
    assert min(ratios) >= 0.0


@pytest.mark.parametrize(
    ("region", "direction"),
    [("eye", "up"), ("brow", "close"), ("mouth_corner", "close")],
)
def test_only_the_eye_closes(region, direction):
    with pytest.raises(ValueError, match="'close' belongs to the eye"):
        Measure(region, direction)


@pytest.mark.parametrize("region", SKIN_REGIONS)
def test_swapped_sides_give_swapped_numbers(region):
    measure = Measure(region, "up")
    displacement = np.random.default_rng(3).normal(size=(5, len(SKIN_REGIONS), 2, 2))
    lost = np.zeros((5, 2))
    there = measure.sides_mm(displacement, lost)
    swapped = measure.sides_mm(displacement[:, :, ::-1], lost)
    np.testing.assert_allclose(swapped, there[:, ::-1])


def test_the_other_way_is_negative():
    displacement = np.zeros((len(SKIN_REGIONS), 2, 2))
    displacement[CORNER, :, 0] = -3.0
    assert (Measure("mouth_corner", "out_up").sides_mm(displacement, np.zeros(2)) < 0).all()
    assert (Measure("mouth_corner", "in").sides_mm(displacement, np.zeros(2)) > 0).all()
