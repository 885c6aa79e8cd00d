"""The benchmark of accuracy counts honestly: what it calls met was met."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import mirrorcoach


def _load() -> ModuleType:
    """The benchmark as a module; it is run by hand and belongs to no package."""
    path = Path(mirrorcoach.__path__[0]).parent / "benchmarks" / "accuracy.py"
    spec = importlib.util.spec_from_file_location("benchmark_accuracy", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


accuracy = _load()


def quiet_eye(side: str, change: float, flag: str = "none") -> dict[str, Any]:
    interval = [change - 0.1, change + 0.1]
    return {"region": "eye", "side": side, "change": change, "interval": interval, "flag": flag}


def case(
    left_mm: float | None,
    right_mm: float | None,
    true_mm: tuple[float, float] = (10.0, 5.0),
    **changed: Any,
) -> Any:
    """A smile of one person; right is the weak side, and its numbers are shown."""
    known = left_mm is not None and right_mm is not None
    symmetry = min(left_mm, right_mm) / max(left_mm, right_mm) if known else None
    score = {
        "measurable": left_mm is not None or right_mm is not None,
        "reasons": [] if known else ["Because."],
        "left": {"excursion_mm": left_mm, "excursion_interval_mm": [9.0, 11.0]},
        "right": {"excursion_mm": right_mm, "excursion_interval_mm": [4.0, 6.0]},
        "symmetry": symmetry,
        "symmetry_interval": [0.4, 0.6],
        "weaker_side": None,
        "quiet": [],
    }
    about = {"view": "sway", "person": 1, "exercise": "smile_open", "extra": 0}
    narrowing = changed.pop("true_narrowing", (0.0, 0.0))
    about |= {key: changed.pop(key) for key in list(changed) if key in about}
    return accuracy.Case(
        **about, score={**score, **changed}, true_mm=true_mm, true_narrowing=narrowing
    )


def row(found: list[Any], begins: str) -> dict[str, str]:
    """The row of the table whose figure begins so."""
    head, _, *rows = accuracy.must_hold(found).splitlines()
    names = [cell.strip() for cell in head.strip("|").split("|")]
    (one,) = (line for line in rows if line.startswith(f"| {begins}"))
    return dict(zip(names, (cell.strip() for cell in one.strip("|").split("|")), strict=True))


def test_a_weak_side_called_the_stronger_is_an_error_and_not_folded_away():
    one = case(4.0, 5.0, true_mm=(10.0, 8.0))
    assert one.score["symmetry"] == pytest.approx(0.8)
    assert one.error == pytest.approx(1.25 - 0.8)


def test_a_number_that_is_withheld_still_counts():
    found = [case(10.0, 5.0), case(10.0, 9.0, symmetry=None)]
    seen = row(found, "ratio error, frontal: smile")
    assert seen["measured"].startswith("0.200, bias +0.200; those shown 0.000")
    assert seen["n"] == "2 of 2, 1 withheld"
    assert seen["met"] == "no"


@pytest.mark.parametrize(
    ("right_mm", "met"),
    [(5.0, "yes, and the aim"), (5.2, "yes"), (5.4, "no"), (None, "not known")],
)
def test_a_ratio_is_met_by_its_limits(right_mm, met):
    assert row([case(10.0, right_mm)], "ratio error, frontal: smile")["met"] == met


@pytest.mark.parametrize(
    ("right_mm", "measured", "met"),
    [
        (None, "not measurable 1 times", "yes, and the aim"),
        (0.3, "not measurable 0 times; else mean 0.030, worst 0.030", "yes"),
        (0.5, "not measurable 0 times; else mean 0.050, worst 0.050", "no"),
    ],
)
def test_a_still_side_may_be_unknown_or_nearly_nothing(right_mm, measured, met):
    seen = row([case(10.0, right_mm, true_mm=(10.0, 0.1))], "a truly still side")
    assert seen["measured"].startswith(measured)
    assert seen["met"] == met


def test_without_a_still_side_nothing_is_claimed_of_one():
    assert row([case(10.0, 5.0)], "a truly still side")["met"] == "not known"


def test_one_movement_with_a_wrong_gain_is_not_met():
    found = [case(10.0, 5.0), case(8.0, 4.0, exercise="pucker")]
    seen = row(found, "excursion gain")
    assert seen["measured"] == "smile 1.00 (1.00 to 1.00); pucker 0.80 (0.80 to 0.80)"
    assert seen["met"] == "no"


def test_turned_heads_may_not_be_refused_but_for_puckers():
    measured = case(10.0, 5.0, view="yaw10")
    pucker = case(None, None, view="yaw10", exercise="pucker")
    snarl = case(None, None, view="yaw10", exercise="snarl")
    assert row([measured, pucker], "ratio error, recorded")["met"] == "yes, and the aim"
    assert row([measured, snarl], "ratio error, recorded")["met"] == "no, refused more than puckers"


def test_one_uneven_movement_fails_the_healthy():
    even = case(10.0, 10.0, true_mm=(10.0, 10.0), view="healthy")
    uneven = case(10.0, 9.0, true_mm=(10.0, 10.0), view="healthy", exercise="snarl")
    seen = row([even] * 20 + [uneven], "healthy symmetric clip")
    assert "worst 0.90 (snarl)" in seen["measured"]
    assert seen["met"] == "no"


def test_narrowing_is_counted_beyond_the_other_eye():
    eyes = [quiet_eye("left", 0.3), quiet_eye("right", 0.5, "moderate")]
    both = case(10.0, 5.0, quiet=eyes, true_narrowing=(0.3, 0.52))
    alike = case(10.0, 5.0, quiet=eyes, true_narrowing=(0.3, 0.3))
    found = row([both], "narrowing of 15 %")
    assert (found["measured"], found["n"], found["met"]) == ("100 %", "1", "yes")
    invented = row([alike], "no narrowing")
    assert (invented["measured"], invented["n"], invented["met"]) == ("50 %", "2", "no")
    assert row([alike], "narrowing of 15 %")["met"] == "not known"
    assert row([both], "synkinesis")["measured"].startswith("0.010")


def test_intervals_that_hold_everything_are_too_wide():
    seen = row([case(10.0, 5.0)], "90 % intervals contain the truth: ratio")
    assert (seen["measured"], seen["met"]) == ("100 %", "no, too wide")
    found = [case(10.0, 5.0)] * 9 + [case(10.0, 5.0, true_mm=(10.0, 7.0))]
    assert row(found, "90 % intervals contain the truth: ratio")["met"] == "yes"
    assert row(found, "90 % intervals contain the truth: millimetres")["measured"] == "95 %"


def test_refusing_a_clean_clip_is_counted():
    seen = row([case(10.0, 5.0), case(None, None)], "repetitions refused")
    assert (seen["measured"], seen["met"]) == ("50 %", "no")


def test_truth_is_taken_at_the_hold_though_one_side_is_late():
    """Ten frames of rest and ten of hold; the right side arrives four frames after the left."""
    truth = [{"label": "rest", "brow_mm_L": "1", "brow_mm_R": "0"} for _ in range(10)]
    truth += [
        {"label": "brow_raise:hold", "brow_mm_L": "6", "brow_mm_R": "2" if k > 3 else "1"}
        for k in range(10)
    ]
    truth += [{"label": "rest", "brow_mm_L": "1", "brow_mm_R": "0"} for _ in range(3)]
    (one,) = accuracy.stretches(truth)
    assert (one.move, one.start, one.hold_first, one.hold_last, one.end) == (
        *("brow_raise", 10, 10, 19, 20),
    )
    assert accuracy.true_mm(truth, one) == (5.0, 2.0)


@pytest.mark.parametrize("name", ["brow_lift", "smile_open"])
def test_a_clip_is_scored_through_the_command_line(demo_clip, demo_truth, name):
    (one,) = accuracy.cases(demo_clip(name), "sway", 7)
    assert (one.view, one.person, one.exercise, one.extra) == ("sway", 7, name, 0)
    (moved,) = demo_truth[name]["movements"].values()
    assert one.true_mm == pytest.approx((moved["left_mm"], moved["right_mm"]), abs=0.1)
    narrowing = demo_truth[name]["eye_narrowing"]
    assert one.true_narrowing == pytest.approx((narrowing["left"], narrowing["right"]), abs=0.03)
    assert one.score["exercise"] == name and not one.refused
    assert one.ratio == pytest.approx(moved["symmetry"], abs=0.12)
