"""Who improves is told so, and who does not is not: a hundred simulated patients of each kind."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import mirrorcoach


def _load() -> ModuleType:
    """The benchmark as a module; it is run by hand and belongs to no package."""
    path = Path(mirrorcoach.__path__[0]).parent / "benchmarks" / "progress_errors.py"
    spec = importlib.util.spec_from_file_location("benchmark_progress_errors", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


errors = _load()


@pytest.fixture(scope="module")
def improved() -> Any:
    return errors.verdicts(replace(errors.USUAL_DAYS, gain=errors.GAIN))


@pytest.fixture(scope="module")
def steady() -> Any:
    return errors.verdicts(errors.USUAL_DAYS)


@pytest.mark.parametrize(
    ("name", "word", "contrary", "least"),
    [
        ("evenness", "more_even", "less_even", 97),
        ("right side", "further", "less_far", 93),
        ("quiet mouth corner", "quieter", "less_quiet", 84),
    ],
)
def test_of_a_hundred_who_gain_a_fifth_nearly_all_are_told_so(
    improved: Any, name: str, word: str, contrary: str, least: int
) -> None:
    assert improved[name][word] >= least
    assert improved[name][contrary] == 0


@pytest.mark.parametrize(
    "name", ["evenness", "left side", "right side", "quiet eye", "quiet mouth corner"]
)
def test_of_a_hundred_who_stay_the_same_hardly_any_is_told_of_a_change(
    steady: Any, name: str
) -> None:
    assert steady[name]["too_early"] == 0
    assert errors.changed(steady[name]) <= 5


def test_the_side_that_did_not_change_is_not_praised_for_the_other(improved: Any) -> None:
    assert errors.changed(improved["left side"]) <= 5


def test_a_change_within_the_measurement_itself_stays_unsaid_until_it_is_larger(
    improved: Any,
) -> None:
    assert improved["quiet eye"]["about_the_same"] > 50
    larger = errors.verdicts(replace(errors.USUAL_DAYS, gain=0.4), people=30)
    assert larger["quiet eye"]["quieter"] >= 28


def test_good_and_heavy_weeks_are_no_change() -> None:
    weeks = errors.verdicts(replace(errors.USUAL_DAYS, alike=0.5), people=50)
    assert errors.changed(weeks["evenness"]) <= 4
