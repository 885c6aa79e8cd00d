"""The object in score.json and the rows beside it: rounding, unknowns, sums of seconds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from exercises.score import ExerciseScore, QuietScore, RepetitionScore, SideScore
from landmarks.interval import Interval
from landmarks.meter import Reading
from landmarks.movement import PATHS, Movement
from landmarks.pose import HeadPose
from landmarks.problems import REASONS
from landmarks.resting_asymmetry import Known, RestingAsymmetry
from landmarks.signals import Signals
from mirrorcoach.video import document

UNKNOWN = SideScore(None, None, None, None, None)


def repetition(**changes: object) -> RepetitionScore:
    known: dict[str, object] = {
        "index": 0,
        "exercise": "snarl",
        "start_s": 1.00049,
        "hold_start_s": 2.0,
        "hold_end_s": 3.0,
        "end_s": 4.0,
        "measurable": True,
        "reasons": (),
        "left": SideScore(4.00449, Interval(3.00449, 5.00551), 1.23456, 6.66666, 0.12345),
        "right": SideScore(2.0, Interval(1.0, 3.0), 1.3, 3.0, 0.2),
        "symmetry": 0.49944,
        "symmetry_interval": Interval(0.31239, 0.71251),
        "weaker_side": "right",
        "path_agreement": 0.98765,
        "onset_lag_s": -0.00001,
        "returned": 0.97654,
        "quiet": (QuietScore("brow", "left", None, "mm", Interval(0.0, 0.5), "none"),),
        "manner": ("too_fast",),
        "marks": {"evenness": 0.54321, "rest": None},
        "score": 71.449,
    }
    return RepetitionScore(**{**known, **changes})  # type: ignore[arg-type]


def signals(*rows: tuple[float, str | None]) -> Signals:
    filled = Signals()
    for index, (time_s, problem) in enumerate(rows):
        filled.append(Reading(index, time_s, problem))  # type: ignore[arg-type]
    return filled


def test_numbers_are_rounded_to_what_they_can_mean():
    one = document.repetition_object(repetition())
    assert one["start_s"] == 1.0
    assert one["left"] == {
        "excursion_mm": 4.0,
        "excursion_interval_mm": [3.0, 5.01],
        "onset_s": 1.235,
        "peak_speed_mm_s": 6.67,
        "hold_spread_mm": 0.12,
    }
    assert one["symmetry"] == 0.499
    assert one["symmetry_interval"] == [0.312, 0.713]
    assert one["score"] == 71.4


def test_there_is_no_negative_zero():
    lag_s = document.repetition_object(repetition())["onset_lag_s"]
    assert lag_s == 0.0 and math.copysign(1.0, lag_s) == 1.0


def test_unknown_stays_none_and_becomes_an_empty_cell():
    one = document.repetition_object(
        repetition(
            measurable=False,
            reasons=("No face was seen.", "Really."),
            left=UNKNOWN,
            right=UNKNOWN,
            hold_start_s=None,
            symmetry=None,
            symmetry_interval=None,
            weaker_side=None,
            quiet=(),
            score=None,
        )
    )
    assert set(one["left"].values()) == {None}
    assert one["symmetry"] is one["symmetry_interval"] is one["score"] is None
    row = dict(zip(document.REPETITION_COLUMNS, document.repetition_row(one), strict=True))
    assert row["measurable"] == "no"
    assert row["reasons"] == "No face was seen. Really."
    for name in ("hold_start_s", "left_excursion_mm", "symmetry", "symmetry_low", "score"):
        assert row[name] is None


def test_a_row_of_a_repetition_says_the_same_as_its_object():
    one = document.repetition_object(repetition())
    row = dict(zip(document.REPETITION_COLUMNS, document.repetition_row(one), strict=True))
    assert row["measurable"] == "yes" and row["reasons"] == ""
    assert (row["left_excursion_mm"], row["right_excursion_mm"]) == (4.0, 2.0)
    assert [row["symmetry_low"], row["symmetry_high"]] == one["symmetry_interval"]


def test_quality_counts_seconds_by_the_frames_own_times():
    """A frame lasts until the next one; the last as long as frames usually do."""
    quality = document.quality_object(
        signals((0.0, "no_face"), (0.1, None), (0.2, "too_dark"), (1.2, "no_face"), (1.3, None))
    )
    assert quality == {
        "usable_ratio": 0.4,
        "refused": [
            {"reason": REASONS["no_face"], "seconds": 0.2},
            {"reason": REASONS["too_dark"], "seconds": 1.0},
        ],
        "remarks": [],
    }


def test_quality_of_a_single_picture_has_no_seconds():
    quality = document.quality_object(signals((0.0, "no_face")))
    assert quality == {
        "usable_ratio": 0.0,
        "refused": [{"reason": REASONS["no_face"], "seconds": None}],
        "remarks": [],
    }


def test_quality_of_nothing_is_not_known():
    assert document.quality_object(Signals()) == {
        "usable_ratio": None,
        "refused": [],
        "remarks": [],
    }


def test_remarks_are_passed_on():
    assert document.quality_object(Signals(), ("Cut short.",))["remarks"] == ["Cut short."]


def test_nothing_is_known_without_a_rest():
    assert document.scale_object(None) is None
    assert document.rest_object(None) is None


def test_unevenness_is_rounded_and_what_is_not_known_is_null():
    known = Known(-1.23456, Interval(-2.00001, -0.00001))
    found = RestingAsymmetry(fissures=(None, known), brow_difference=known, reasons=("Why.",))
    assert document.asymmetry_object(found) == {
        "fissure_left": None,
        "fissure_right": {"mm": -1.23, "interval_mm": [-2.0, 0.0]},
        "fissure_difference": None,
        "commissure_difference": None,
        "brow_difference": {"mm": -1.23, "interval_mm": [-2.0, 0.0]},
        "reasons": ["Why."],
    }


def test_a_signal_row_has_a_cell_for_every_column():
    row = document.signal_row(Reading(7, 0.23333333, "no_face"))
    assert len(row) == len(document.SIGNAL_COLUMNS)
    assert row[:3] == [7, 0.2333, "no_face"]
    assert set(row[3:]) == {None}


def moved() -> Movement:
    along = np.arange(12.0).reshape(6, 2) / 3
    displacement = np.full((7, 2, 2), 0.12345)
    displacement[:, 1] = along[3, 1] = np.nan
    return Movement(displacement, along, np.zeros((6, 2)), np.array([1.0, 0.5]), np.zeros(2))


def test_what_a_side_did_along_its_path_is_told_and_a_hidden_side_is_an_empty_cell():
    row = document.signal_row(Reading(7, 0.2, None, None, HeadPose(1.0, 2.0, 3.0), moved()))
    cells = dict(zip(document.SIGNAL_COLUMNS, row, strict=True))
    assert cells["brow_up_left_along_mm"] == 0.0
    assert cells["brow_up_right_along_mm"] == 0.333
    assert cells["mouth_corner_out_up_left_along_mm"] == 2.0
    assert cells["mouth_corner_out_up_right_along_mm"] is None
    assert cells["lower_lip_down_right_along_mm"] == 3.667
    assert cells["cheek_left_out_mm"] == 0.123
    assert cells["cheek_right_up_mm"] is None
    assert cells["eye_right_aperture_ratio"] == 0.5


def test_every_known_path_has_a_column_a_side_and_no_two_columns_are_alike():
    along = [name for name in document.SIGNAL_COLUMNS if name.endswith("_along_mm")]
    assert len(along) == 2 * len(PATHS)
    assert len(set(document.SIGNAL_COLUMNS)) == len(document.SIGNAL_COLUMNS)


def test_a_quiet_region_that_was_hidden_is_unknown_altogether():
    hidden = QuietScore("brow", "right", None, "mm", None, None)
    (quiet,) = document.repetition_object(repetition(quiet=(hidden,)))["quiet"]
    assert quiet["change"] is quiet["interval"] is quiet["flag"] is None


@pytest.mark.parametrize("score", [None, 71.449])
def test_a_session_sums_up_its_exercises(score):
    listed, session = document.session_object(
        [ExerciseScore("snarl", 3, 2, 0.54321, 4.567, None, score)], score
    )
    rounded = None if score is None else 71.4
    assert listed == [
        {
            "exercise": "snarl",
            "repetitions": 3,
            "measurable": 2,
            "symmetry_median": 0.543,
            "left_excursion_mm": 4.57,
            "right_excursion_mm": None,
            "score": rounded,
        }
    ]
    assert session == {"score": rounded}
