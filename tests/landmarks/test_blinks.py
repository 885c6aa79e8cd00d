import numpy as np
import pytest

from landmarks.blinks import blink_rows


def course(dips, *, length_s=8.0, fps=30.0, level=1.0, sides=(0, 1)):
    """Times and apertures; each dip is (start, seconds shut, depth), with flanks of 0.1 s."""
    time_s = np.arange(0.0, length_s, 1.0 / fps)
    opened = np.full((len(time_s), 2), level)
    for start_s, shut_s, depth in dips:
        down = np.interp(
            time_s, [start_s - 0.1, start_s, start_s + shut_s, start_s + shut_s + 0.1], [0, 1, 1, 0]
        )
        for side in sides:
            opened[:, side] *= 1.0 - depth * down
    return time_s, opened


def found(time_s, opened, usable=None):
    usable = np.ones(len(time_s), dtype=bool) if usable is None else usable
    return blink_rows(time_s, opened, usable)


@pytest.mark.parametrize("fps", [10.0, 20.0, 30.0, 60.0])
@pytest.mark.parametrize("sides", [(0,), (1,), (0, 1)])
def test_a_blink_is_found_from_fall_to_rise(fps, sides):
    time_s, opened = course([(3.0, 0.15, 1.0)], fps=fps, sides=sides)
    rows = found(time_s, opened)
    narrowed = opened.min(axis=1) < 0.85
    np.testing.assert_array_equal(rows, narrowed)
    assert rows.any()


@pytest.mark.parametrize("shut_s", [0.6, 1.0, 2.0, 5.0])
def test_a_closure_is_no_blink(shut_s):
    assert not found(*course([(2.0, shut_s, 1.0)])).any()


def test_a_narrowing_is_no_blink():
    assert not found(*course([(3.0, 0.2, 0.4)])).any()


def test_an_eye_that_is_narrow_already_blinks_too():
    """A synkinetic eye at 45 % of its rest that shuts within the hold."""
    assert found(*course([(2.0, 3.0, 0.55), (3.4, 0.15, 0.9)]))[102:107].all()
    assert not found(*course([(2.0, 3.0, 0.55)])).any()


def test_blinks_one_after_the_other_and_at_the_ends():
    time_s, opened = course([(0.1, 0.1, 1.0), (3.0, 0.1, 1.0), (3.6, 0.1, 1.0), (7.8, 0.1, 1.0)])
    rows = found(time_s, opened)
    for moment in (0.15, 3.05, 3.65, 7.85):
        assert rows[np.searchsorted(time_s, moment)]
    assert not rows[np.searchsorted(time_s, 3.35)]


def test_what_was_not_measured_is_not_looked_at():
    time_s, opened = course([(3.0, 0.15, 1.0)])
    usable = np.ones(len(time_s), dtype=bool)
    usable[80:100] = False
    opened[~usable] = np.nan
    assert not found(time_s, opened, usable).any()
    assert not found(time_s, opened, np.zeros_like(usable)).any()


def test_wrong_shapes_are_named():
    with pytest.raises(ValueError, match=r"got \(5,\) and \(5, 3\)"):
        blink_rows(np.arange(5.0), np.ones((5, 3)), np.ones(5, dtype=bool))


def test_an_eye_that_is_shut_altogether_for_long_makes_no_fuss():
    """A blink beside a full closure: the level about it is nothing at all."""
    time_s = np.arange(0.0, 8.0, 1 / 30)
    opened = np.where((time_s > 2.0) & (time_s < 6.0), 0.0, 1.0)
    opened[(time_s > 1.6) & (time_s < 1.8)] = 0.1
    blinks = blink_rows(time_s, np.column_stack([opened, opened]), np.ones(len(time_s), dtype=bool))
    assert blinks[(time_s > 1.61) & (time_s < 1.79)].all()
    assert not blinks[(time_s > 2.5) & (time_s < 5.5)].any()
