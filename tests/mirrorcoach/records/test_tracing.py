"""The course of a repetition: what its score is of, thinned out, with gaps where it was unseen."""

import numpy as np
import pytest

from exercises import library
from exercises.repetition import Asked
from exercises.scoring import score_asked
from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import Reading
from landmarks.movement import PATHS, Movement
from landmarks.pose import HeadPose
from landmarks.regions import REGIONS
from landmarks.rest import Rest
from landmarks.signals import Signals
from mirrorcoach.records.tracing import RATE_HZ, trace_of

STRAIGHT = HeadPose(0.0, 0.0, 0.0)
REST = Rest(0.0, 1.0, 31, STRAIGHT, 0.5, dict.fromkeys(REGIONS, (0.1, 0.1)))
CORNER = PATHS.index(("mouth_corner", "out_up"))
EYE_MM = 10.0


def bump(time_s):
    """From rest at 2 s to 1 between 3 and 5 s, and back at 6 s."""
    return float(np.clip(min(time_s - 2.0, 6.0 - time_s), 0.0, 1.0))


def recorded(exercise_id, left, right, *, unseen=(0.0, 0.0), fps=30.0, rest_mm=0.4):
    """Signals of a repetition and its score; each side as a share of 8 mm, or of the eye's 10."""
    signals = Signals()
    for time_s in np.arange(0.0, 9.0, 1.0 / fps):
        if unseen[0] <= time_s < unseen[1]:
            signals.append(Reading(0, float(time_s), "covered"))
            continue
        sides = np.array([left, right]) * bump(time_s)
        along, lost = np.zeros((len(PATHS), 2)), np.zeros(2)
        if exercise_id == "smile_open":
            along[CORNER] = rest_mm + 8.0 * sides
        else:
            lost = EYE_MM * sides
        ratio = np.maximum(0.0, 1.0 - lost / EYE_MM)
        skin = np.zeros((len(SKIN_REGIONS), 2, 2))
        moved = Movement(skin, along, np.zeros_like(along), ratio, lost)
        signals.append(Reading(0, float(time_s), None, None, STRAIGHT, moved))
    exercise = library.exercises()[exercise_id]
    (score,) = score_asked(signals, REST, exercise, Asked(exercise_id, 1.5, 7.0))
    return trace_of(signals, exercise, score), score


def times(trace):
    return trace.start_s + np.arange(len(trace.left)) / trace.rate_hz


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_it_counts_from_rest_in_the_millimetres_of_the_score(fps):
    trace, score = recorded("smile_open", 1.0, 0.5, fps=fps)
    assert (trace.unit, trace.rate_hz) == ("mm", RATE_HZ)
    assert 10.0 <= trace.rate_hz <= 15.0
    held = (times(trace) > 3.2) & (times(trace) < 4.8)
    still = (times(trace) < 1.8) | (times(trace) > 6.2)
    assert np.array(trace.left)[held] == pytest.approx(score.left.excursion_mm, abs=0.05)
    assert np.array(trace.right)[held] == pytest.approx(score.right.excursion_mm, abs=0.05)
    assert np.array(trace.left)[still] == pytest.approx(0.0, abs=0.05)
    assert trace.start_s == pytest.approx(score.start_s - 1.0, abs=0.1)
    assert times(trace)[-1] == pytest.approx(score.end_s + 1.0, abs=0.1)


def test_of_lids_it_is_the_share_that_is_closed():
    trace, _ = recorded("eye_close_gentle", 1.0, 0.6)
    held = (times(trace) > 3.2) & (times(trace) < 4.8)
    assert trace.unit == "share"
    assert np.array(trace.left)[held] == pytest.approx(1.0, abs=0.01)
    assert np.array(trace.right)[held] == pytest.approx(0.6, abs=0.01)


def test_what_was_not_seen_is_a_gap_and_a_blink_of_the_camera_is_none():
    trace, _ = recorded("smile_open", 1.0, 0.5, unseen=(6.3, 6.9))
    at = times(trace)
    for side in (trace.left, trace.right):
        gap = np.array([one is None for one in side])
        assert gap[(at > 6.35) & (at < 6.85)].all()
        assert not gap[(at < 6.25) | (at > 6.95)].any()
    trace, _ = recorded("smile_open", 1.0, 0.5, unseen=(6.3, 6.45))
    assert None not in trace.left


def test_what_could_not_be_measured_has_no_course():
    trace, score = recorded("smile_open", 0.0, 0.0)
    assert not score.measurable
    assert trace is None
