import math

import numpy as np
import pytest
from faces import face

from landmarks.scale import Ruler

PUPILS_PX = float(np.linalg.norm(face()[468] - face()[473]))


def test_the_irises_are_taken_when_nothing_is_known():
    assert Ruler().mm_per_px(face()) == pytest.approx(11.7 / 12)
    assert (Ruler().method, Ruler().spread) == ("iris", 0.04)


@pytest.mark.parametrize("ipd_mm", [45.0, 63.0, 80.0])
def test_the_pupils_are_what_they_are_apart(ipd_mm):
    ruler = Ruler(ipd_mm)
    assert ruler.mm_per_px(face()) == pytest.approx(ipd_mm / PUPILS_PX)
    assert ruler.mm_per_px(2 * face()) == pytest.approx(ipd_mm / (2 * PUPILS_PX))
    assert (ruler.method, ruler.spread) == ("ipd", 0.02)


@pytest.mark.parametrize("yaw_deg", [-15.0, 10.0])
def test_a_turned_head_has_pupils_as_far_apart(yaw_deg):
    turn = np.radians(yaw_deg)
    around_y = np.array(
        [[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]]
    )
    assert Ruler(63.0).mm_per_px(face() @ around_y.T) == pytest.approx(63 / PUPILS_PX)


@pytest.mark.parametrize("ipd_mm", [44.9, 80.1, 0.0, -63.0, math.nan, math.inf])
def test_a_distance_that_nobody_has_is_refused(ipd_mm):
    with pytest.raises(ValueError, match="expected a distance between the pupils of 45 to 80 mm"):
        Ruler(ipd_mm)
