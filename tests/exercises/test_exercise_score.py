from dataclasses import replace

import pytest

from exercises.score import RepetitionScore, SideScore, score_exercise, score_session

UNKNOWN = SideScore(None, None, None, None, None)
REFUSED = RepetitionScore(
    index=0,
    exercise="smile_open",
    start_s=1.0,
    hold_start_s=None,
    hold_end_s=None,
    end_s=9.0,
    measurable=False,
    reasons=("No face was seen.",),
    left=UNKNOWN,
    right=UNKNOWN,
    symmetry=None,
    symmetry_interval=None,
    weaker_side=None,
    path_agreement=None,
    onset_lag_s=None,
    returned=None,
    quiet=(),
    manner=(),
    marks={},
    score=None,
)


def repetition(left_mm, right_mm, score):
    left, right = (replace(UNKNOWN, excursion_mm=mm) for mm in (left_mm, right_mm))
    ratio = min(left_mm, right_mm) / max(left_mm, right_mm)
    known = replace(REFUSED, measurable=True, reasons=(), left=left, right=right)
    return replace(known, symmetry=ratio, score=score)


def test_an_exercise_is_summed_up_by_its_medians():
    three = [
        repetition(6.0, 3.0, 60.0),
        repetition(6.2, 3.1, 62.0),
        repetition(9.0, 8.1, 90.0),
    ]
    total = score_exercise("smile_open", three)
    assert (total.exercise, total.repetitions, total.measurable) == ("smile_open", 3, 3)
    assert (total.left_excursion_mm, total.right_excursion_mm) == (6.2, 3.1)
    assert (total.symmetry_median, total.score) == (0.5, 62.0)


def test_between_two_the_middle_is_taken():
    total = score_exercise("smile_open", [repetition(6.0, 3.0, 60.0), repetition(7.0, 4.0, 70.0)])
    assert (total.left_excursion_mm, total.score) == (6.5, 65.0)


def test_what_was_not_measured_counts_as_done_and_in_no_number():
    total = score_exercise("smile_open", [REFUSED, repetition(6.0, 3.0, 60.0)])
    assert (total.repetitions, total.measurable) == (2, 1)
    assert (total.symmetry_median, total.score) == (0.5, 60.0)


def test_without_anything_measured_nothing_is_known():
    total = score_exercise("smile_open", [REFUSED])
    assert total.symmetry_median is total.score is total.left_excursion_mm is None
    assert score_session([total]) is None
    assert score_session([]) is None


def test_each_scored_exercise_counts_once_in_a_session():
    much = score_exercise("smile_open", [repetition(6.0, 6.0, 90.0)] * 9)
    little = score_exercise("pucker", [repetition(3.0, 1.5, 60.0)])
    nothing = score_exercise("snarl", [REFUSED])
    assert score_session([much, little, nothing]) == pytest.approx(75.0)
