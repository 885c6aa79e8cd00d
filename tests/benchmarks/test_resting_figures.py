"""Gains, spreads and tables of the benchmark of unevenness, on cases that are known."""

import numpy as np
import pytest

from benchmarks.resting_asymmetry import (
    BROWS,
    COMMISSURES,
    FISSURE,
    VIEWS,
    Case,
    gain,
    script,
    spread,
    table,
)
from landmarks.interval import Interval
from landmarks.resting_asymmetry import Known


def case(true_mm, mm=None, half=0.5, view="uneven", name=COMMISSURES):
    known = None if mm is None else Known(mm, Interval(mm - half, mm + half))
    return Case(view, 1, name, known, true_mm, 0.0)


def test_a_known_gain_is_found_whatever_one_odd_face_says():
    read = np.linspace(-4.0, 4.0, 21)
    true = 1.25 * read
    true[3] += 5.0
    assert gain(read, true) == pytest.approx(1.25, abs=0.01)


def test_a_known_spread_is_found():
    rng = np.random.default_rng(5)
    sizes, yaws = rng.normal(size=4000) * 3.0, rng.uniform(-8, 8, 4000)
    sigma = np.sqrt(0.3**2 + (0.2 * sizes) ** 2 + (0.05 * yaws) ** 2)
    found = spread(sizes, yaws, sigma * rng.normal(size=4000), 0.0)
    assert found.fixed_mm == pytest.approx(0.3, abs=0.05)
    assert found.share == pytest.approx(0.2, abs=0.05)
    assert found.per_deg == pytest.approx(0.05, abs=0.01)
    known = spread(sizes, yaws, sigma * rng.normal(size=4000), 0.2)
    assert known.share == pytest.approx(0.0, abs=0.05)


def test_the_table_counts_what_was_found_invented_and_not_told():
    cells = [
        [part.strip() for part in line.split("|")[1:-1]]
        for line in table(
            [
                case(3.0, 2.5),  # found
                case(-2.5, 2.0),  # found the other way: not found
                case(0.1, 0.9),  # invented
                case(0.0, 0.2),
                case(1.0),
                case(0.0, 0.1, view="even"),
                case(8.0, 9.0, name=FISSURE),
            ]
        ).splitlines()[2:]
    ]
    eyes, uneven, even = cells
    assert (uneven[0], uneven[1], uneven[2]) == (COMMISSURES, "uneven", "4, 1")
    assert uneven[-2:] == ["1 of 2", "1 of 2"]
    assert "50 %" in uneven[-3]
    assert even[-2:] == ["0 of 0", "0 of 1"]
    assert eyes[-2:] == ["-", "-"]
    assert BROWS not in {row[0] for row in cells}


@pytest.mark.parametrize("person", [4, 5])
def test_even_people_rest_alike_on_both_sides_and_the_same_person_is_the_same_face(person):
    uneven, even = (script(person, view) for view in VIEWS)
    rest = even["rest"]
    assert all(size == rest[f"{name[:-1]}R"] for name, size in rest.items() if name.endswith("_L"))
    assert not any(name.startswith("droop") for name in rest)
    assert uneven["person"] == even["person"]
    assert script(person, "uneven") == uneven
