import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmarks.movement import PATHS, Measure
from landmarks.symmetry import SKIN_MM, Side, path_agreement, sigma_mm, symmetry, symmetry_interval

millimetres = st.floats(-2.0, 15.0)
sigmas = st.floats(0.01, 3.0)


def side(mm, sigma=0.2, floor=0.6):
    return Side(mm, sigma, floor)


def test_smaller_over_larger_whichever_side():
    assert symmetry(side(4.0), side(10.0)) == pytest.approx(0.4)
    assert symmetry(side(10.0), side(4.0)) == pytest.approx(0.4)
    assert symmetry(side(5.0), side(5.0)) == 1.0


def test_a_side_below_its_floor_has_no_number_but_a_bound():
    left, right = side(8.0), side(0.3)
    assert right.excursion_mm is None
    assert right.interval_mm.low == 0.0
    assert symmetry(left, right) is None
    interval = symmetry_interval(left, right)
    assert interval is not None
    assert interval.low == 0.0
    assert 0.0 < interval.high < 0.15


def test_two_still_sides_say_nothing():
    assert symmetry(side(0.1), side(0.2)) is None
    assert symmetry_interval(side(0.1), side(0.2)) is None


def test_a_ratio_that_could_be_anything_is_not_shown():
    assert symmetry(side(5.0, sigma=2.5), side(3.0, sigma=2.5)) is None


@given(a=millimetres, b=millimetres, s=sigmas, t=sigmas)
def test_laws_of_the_interval(a, b, s, t):
    left, right = side(a, s), side(b, t)
    interval, ratio = symmetry_interval(left, right), symmetry(left, right)
    assert interval == symmetry_interval(right, left)
    if interval is None:
        assert ratio is None
        return
    assert 0.0 <= interval.low <= interval.high <= 1.0
    if ratio is not None:
        assert interval.low <= ratio <= interval.high


@given(a=st.floats(1.0, 15.0), s=st.floats(0.05, 0.5), more=st.floats(1.1, 3.0))
def test_less_certain_sides_give_a_wider_interval(a, s, more):
    narrow = symmetry_interval(side(a, s), side(a / 2, s))
    wide = symmetry_interval(side(a, s * more), side(a / 2, s * more))
    assert narrow is not None
    assert wide is not None
    assert wide.width >= narrow.width - 1e-12


def test_path_agreement_of_alike_opposed_and_still_courses():
    course = np.sin(np.linspace(0, 3, 40))
    assert path_agreement(course, 0.3 * course + 1) == pytest.approx(1.0)
    assert path_agreement(course, -course) == pytest.approx(-1.0)
    assert path_agreement(course, np.zeros(40)) is None
    assert path_agreement(course[:4], course[:4]) is None


def test_path_agreement_ignores_moments_that_were_not_measured():
    course = np.sin(np.linspace(0, 3, 40))
    holed = course.copy()
    holed[10:14] = np.nan
    assert path_agreement(course, holed) == pytest.approx(1.0)


SMILE, PUCKER = Measure("mouth_corner", "out_up"), Measure("mouth_corner", "in")
skin_measures = pytest.mark.parametrize("measure", [Measure(*path) for path in PATHS], ids=str)


@skin_measures
def test_a_still_calm_side_errs_by_the_fixed_part(measure):
    assert sigma_mm(measure, 0.0, 8.0, 0.0, 0.0, 0.0) == SKIN_MM


@skin_measures
@given(
    size=st.floats(0.0, 12.0),
    spread=st.floats(0.0, 3.0),
    turned=st.floats(0.0, 6.0),
    more=st.floats(0.1, 3.0),
)
def test_larger_rougher_and_further_turned_is_less_certain(measure, size, spread, turned, more):
    sigma = sigma_mm(measure, size, 12.0, spread, turned, 0.0)
    assert sigma_mm(measure, size + more, 12.0, spread, turned, 0.0) > sigma
    assert sigma_mm(measure, size, 12.0, spread + more, turned, 0.0) > sigma
    assert sigma_mm(measure, size, 12.0, spread, turned + more, 0.0) > sigma


@skin_measures
def test_the_wrong_way_is_no_more_certain(measure):
    assert sigma_mm(measure, -3.0, 8.0, 0.2, 1.0, 0.0) == sigma_mm(measure, 3.0, 8.0, 0.2, 1.0, 0.0)


def test_a_turned_head_spoils_a_pucker_most():
    straight = [sigma_mm(one, 3.0, 3.0, 0.3, 0.0, 0.0) for one in (SMILE, PUCKER)]
    assert straight[0] == straight[1]
    smile, pucker = (sigma_mm(one, 3.0, 3.0, 0.3, 4.0, 0.0) for one in (SMILE, PUCKER))
    assert pucker > smile > straight[0]


def test_an_eye_errs_by_a_share_of_the_larger_closure():
    eye = Measure("eye", "close")
    sigma = sigma_mm(eye, 2.0, 8.0, 0.0, 3.0, 0.0)
    assert 0.1 < sigma < 0.8
    assert sigma_mm(eye, 2.0, -8.0, 0.0, 0.0, 0.0) == pytest.approx(sigma)
    assert sigma_mm(eye, 2.0, 16.0, 0.0, 0.0, 0.0) == pytest.approx(2.0 * sigma)


def test_an_eye_seen_from_the_side_errs_more():
    eye = Measure("eye", "close")
    assert sigma_mm(eye, 8.0, 8.0, 0.0, 0.0, 10.0) > 1.5 * sigma_mm(eye, 8.0, 8.0, 0.0, 0.0, 0.0)


def test_a_movement_of_unknown_path_is_less_certain_than_a_known_one():
    unknown = Measure("cheek", "up")
    assert sigma_mm(unknown, 4.0, 8.0, 0.0, 0.0, 0.0) > 2 * sigma_mm(SMILE, 4.0, 8.0, 0.0, 0.0, 0.0)
    assert sigma_mm(unknown, 4.0, 8.0, 0.0, 0.0, 0.0) < sigma_mm(unknown, 4.0, 12.0, 0.0, 0.0, 0.0)
