import numpy as np
import pytest

from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import Reading
from landmarks.movement import PATHS, Measure, Movement
from landmarks.pose import HeadPose
from landmarks.signals import Signals


def movement(k):
    along = np.full((len(PATHS), 2), 2.0 * k)
    along[:, 1] += 1.0
    return Movement(
        displacement_mm=np.full((len(SKIN_REGIONS), 2, 2), float(k)),
        along_mm=along,
        spread_mm=np.full((len(PATHS), 2), k / 100),
        aperture_ratio=np.full(2, 1.0),
        aperture_lost_mm=np.full(2, -float(k)),
    )


def reading(k, problem=None, moved=None):
    if problem is None and moved is None:
        moved = movement(k)
    return Reading(k, k / 10, problem, None, HeadPose(float(k), 0.0, 0.0), moved)


@pytest.fixture
def signals():
    table = Signals()
    for k in range(2500):  # grows twice on the way
        table.append(reading(k, "no_face" if k % 10 == 3 else None))
    return table


def test_rows_come_back_as_they_went_in(signals):
    assert len(signals) == 2500
    rows = signals.between(100.0, 101.0)
    np.testing.assert_allclose(rows.time_s, np.arange(1000, 1010) / 10)
    np.testing.assert_array_equal(rows.aperture_lost_mm[0], [-1000.0, -1000.0])
    np.testing.assert_array_equal(rows.displacement_mm[9], np.full((7, 2, 2), 1009.0))
    np.testing.assert_array_equal(rows.along_mm[9], [[2018.0, 2019.0]] * len(PATHS))
    np.testing.assert_array_equal(rows.spread_mm[9], np.full((len(PATHS), 2), 10.09))
    np.testing.assert_array_equal(rows.pose_deg[4], [1004.0, 0.0, 0.0])


def test_what_was_not_measured_is_not_a_number(signals):
    rows = signals.between(100.0, 101.0)
    assert rows.problems[3] == "no_face"
    np.testing.assert_array_equal(np.flatnonzero(~rows.usable), [3])
    assert np.isnan(rows.displacement_mm[3]).all()
    assert np.isnan(rows.along_mm[3]).all()
    assert np.isnan(rows.wanted_mm(Measure("brow", "up"))[3]).all()


def test_the_end_is_left_out_and_nothing_is_an_empty_excerpt(signals):
    assert len(signals.between(5.0, 5.0).time_s) == 0
    assert len(signals.between(900.0, 999.0).time_s) == 0
    assert len(Signals().between(0.0, 1.0).usable) == 0
    assert len(signals.between(-1.0, 1e9).time_s) == 2500


def test_an_excerpt_is_a_copy(signals):
    rows = signals.between(0.0, 1.0)
    rows.displacement_mm[:] = 99.0
    assert signals.between(0.0, 1.0).displacement_mm[0].max() == 0.0


def test_medians_over_chosen_rows(signals):
    rows = signals.between(0.0, 1.0)
    chosen = np.isin(np.arange(10), [4, 5, 6])
    median = rows.median(chosen)
    assert median.aperture_lost_mm[0] == -5.0
    assert median.displacement_mm[2, 0, 1] == 5.0
    np.testing.assert_array_equal(median.along_mm[3], [10.0, 11.0])
    assert median.spread_mm[3, 0] == 0.05
    assert rows.median_pose(chosen).yaw_deg == 5.0


@pytest.fixture
def half_hidden():
    """Ten rows; the right side's mouth was hidden in rows 4 and 5, no face was seen in row 7."""
    table = Signals()
    hidden = PATHS.index(("mouth_corner", "out_up"))
    for k in range(10):
        moved = movement(k)
        if k in (4, 5):
            moved.along_mm[hidden, 1] = np.nan
        table.append(reading(k, "no_face") if k == 7 else reading(k, moved=moved))
    return table.between(0.0, 1.0)


def test_a_measure_is_seen_where_both_sides_of_it_are(half_hidden):
    smile, brow = Measure("mouth_corner", "out_up"), Measure("brow", "up")
    np.testing.assert_array_equal(np.flatnonzero(~half_hidden.seen(smile)), [4, 5, 7])
    np.testing.assert_array_equal(np.flatnonzero(~half_hidden.seen(brow)), [7])
    np.testing.assert_array_equal(np.flatnonzero(~half_hidden.usable), [7])


def test_a_median_is_taken_of_what_was_seen(half_hidden):
    row = PATHS.index(("mouth_corner", "out_up"))
    chosen = np.isin(np.arange(10), [3, 4, 5, 6])
    np.testing.assert_array_equal(half_hidden.median(chosen).along_mm[row], [9.0, 10.0])
    nothing = np.isin(np.arange(10), [4, 5])
    median = half_hidden.median(nothing).along_mm[row]
    assert median[0] == 9.0
    assert np.isnan(median[1])
