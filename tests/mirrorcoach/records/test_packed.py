"""Courses and contours in few bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorcoach.records.packed import (
    OUTLINE_STEP_MM,
    STEP,
    NotPacked,
    pack_outline,
    pack_trace,
    unpack_outline,
    unpack_trace,
)
from mirrorcoach.records.practices import Trace

MM = st.none() | st.floats(-200.0, 200.0)


@given(st.lists(st.tuples(MM, MM), max_size=200), st.sampled_from(["mm", "share"]))
def test_a_course_comes_back_within_half_a_step(pairs, unit):
    left, right = (tuple(one[side] for one in pairs) for side in (0, 1))
    found = unpack_trace(pack_trace(Trace(3.25, 12.5, unit, left, right)))
    assert (found.start_s, found.rate_hz, found.unit) == (3.25, 12.5, unit)
    for before, after in zip([*left, *right], [*found.left, *found.right], strict=True):
        assert (before is None) == (after is None)
        if before is not None:
            assert after == pytest.approx(before, abs=STEP[unit] / 2 + 1e-9)
    assert unpack_trace(pack_trace(found)) == found, "packed again it stays as it is"


@given(
    st.dictionaries(
        st.sampled_from(["oval", "nose", "left_eye"]),
        st.lists(st.tuples(st.floats(-150, 150), st.floats(-150, 150)), max_size=40),
    )
)
def test_a_contour_comes_back_within_half_a_step(curves):
    found = unpack_outline("pucker", pack_outline(curves))
    assert found.exercise == "pucker"
    assert found.curves.keys() == curves.keys()
    for name, curve in curves.items():
        for before, after in zip(curve, found.curves[name], strict=True):
            assert after == pytest.approx(before, abs=OUTLINE_STEP_MM / 2 + 1e-9)


def test_sides_of_different_length_are_refused():
    with pytest.raises(ValueError, match="got 1 of the left and 2 of the right"):
        pack_trace(Trace(0.0, 12.5, "mm", (1.0,), (1.0, 2.0)))


@given(st.binary(max_size=60))
def test_other_bytes_are_refused(content):
    with pytest.raises(NotPacked):
        unpack_trace(content)
    with pytest.raises(NotPacked):
        unpack_outline(None, content)


def test_one_is_not_taken_for_the_other():
    with pytest.raises(NotPacked):
        unpack_trace(pack_outline({"oval": [(0.0, 1.0)]}))
    with pytest.raises(NotPacked):
        unpack_outline(None, pack_trace(Trace(0.0, 12.5, "mm", (1.0,), (1.0,))))
