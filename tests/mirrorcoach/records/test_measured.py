"""Numbers of repetitions as rows: what should be still."""

import numpy as np
import pytest

from mirrorcoach.records.measured import Numbered, quiet_rows


def quiet(region, side, change, seen=True):
    interval = [change - 0.05, change + 0.05] if seen else None
    return {"region": region, "side": side, "change": change, "interval": interval}


def eyes(left, right):
    """Both eyes; one that is None was not seen."""
    both = (("left", left), ("right", right))
    return [quiet("eye", side, lost or 0.0, lost is not None) for side, lost in both]


def rows(*repetitions, beside_other_eye):
    numbered = Numbered()
    for number, one in enumerate(repetitions):
        numbered.add(number, {"quiet": one})
    return quiet_rows(numbered, beside_other_eye)


def test_an_eye_counts_for_what_it_narrows_beyond_the_other():
    found = rows(eyes(0.3, 0.1), eyes(0.2, 0.2), beside_other_eye=True)
    assert found["eye", "left"][:, 1] == pytest.approx([0.2, 0.0])
    assert found["eye", "right"][:, 1] == pytest.approx([0.0, 0.0]), "less than the other is none"


def test_alone_it_counts_for_what_it_narrows():
    found = rows(eyes(0.3, 0.1), eyes(-0.1, 0.2), beside_other_eye=False)
    assert found["eye", "left"][:, 1] == pytest.approx([0.3, 0.0]), "a wider eye does not narrow"
    assert found["eye", "right"][:, 1] == pytest.approx([0.1, 0.2])


@pytest.mark.parametrize(
    "repetitions",
    [
        [eyes(0.5, None), eyes(None, 0.4), eyes(0.3, 0.1)],
        [eyes(0.5, None), eyes(0.3, 0.1)],
        [eyes(None, 0.5), eyes(0.3, 0.1), eyes(None, None)],
    ],
)
def test_eyes_are_compared_where_both_were_seen(repetitions):
    found = rows(*repetitions, beside_other_eye=True)
    practice = float(repetitions.index(eyes(0.3, 0.1)))
    for side, beyond in (("left", 0.2), ("right", 0.0)):
        (row,) = found["eye", side]
        assert row[0] == practice
        assert row[1] == pytest.approx(beyond)


def test_eyes_that_were_never_seen_together_are_not_compared():
    found = rows(eyes(0.5, None), eyes(None, 0.4), beside_other_eye=True)
    assert found == {}


def test_other_regions_are_each_for_themselves():
    found = rows(
        [quiet("brow", "left", 1.5), *eyes(0.1, None)],
        [quiet("brow", "left", None, seen=False)],
        beside_other_eye=True,
    )
    assert list(found) == [("brow", "left")]
    np.testing.assert_allclose(found["brow", "left"], [[0.0, 1.5, 1.45, 1.55]])
