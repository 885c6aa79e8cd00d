"""Pointing at a face finds the region that is there."""

from __future__ import annotations

import numpy as np
import pytest

from landmarks.average_face import average_face
from landmarks.regions import REGIONS, SIDES, Region, Side
from mirrorcoach.live.pointing import places, pointed_at

FACE = np.zeros((478, 2))
FACE[: len(average_face().points_mm)] = average_face().points_mm[:, :2] * (3.0, -3.0) + (300, 300)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("region", REGIONS)
def test_each_region_is_found_at_its_own_place(region: Region, side: Side) -> None:
    assert pointed_at(FACE, places(FACE)[region, side]) == region


def test_beside_the_face_there_is_nothing() -> None:
    assert pointed_at(FACE, (300.0, -200.0)) is None
    assert pointed_at(FACE, (900.0, 300.0)) is None
