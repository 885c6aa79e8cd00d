import pytest

from exercises import library
from exercises.marks import marks_of, score_of
from exercises.score import QuietScore

SMILE = library.exercises()["smile_open"]


def marks(exercise=SMILE, **given):
    best = {
        "symmetry": 0.95,
        "quiet": (),
        "rise_s": 4.0,
        "wavered_share": 0.0,
        "returned": 1.0,
    }
    return marks_of(exercise, **{**best, **given})


def eye(flag):
    return QuietScore("eye", "left", 0.1, "ratio", None, flag)


def test_a_calm_even_unhurried_movement_has_full_marks():
    assert set(marks().values()) == {1.0}
    assert score_of(SMILE, marks()) == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("mark", "given", "expected"),
    [
        ("evenness", {"symmetry": 0.455}, 0.5),
        ("evenness", {"symmetry": 0.0}, 0.0),
        ("calm", {"quiet": (eye("none"), eye("moderate"))}, 0.5),
        ("slowness", {"rise_s": 0.5}, 0.5),
        ("steadiness", {"wavered_share": 0.15}, 0.5),
        ("steadiness", {"wavered_share": 0.9}, 0.0),
        ("rest", {"returned": 0.7}, 0.5),
        ("rest", {"returned": 0.2}, 0.0),
    ],
)
def test_each_part_takes_from_its_own_mark_alone(mark, given, expected):
    found = marks(**given)
    assert found.pop(mark) == pytest.approx(expected)
    assert set(found.values()) == {1.0}


def test_what_could_not_be_seen_has_no_mark_and_the_others_carry_the_score():
    found = marks(quiet=(eye(None),), returned=None)
    assert found["calm"] is found["rest"] is None
    assert score_of(SMILE, found) == pytest.approx(100.0)


def test_without_the_evenness_there_is_no_score():
    assert score_of(SMILE, marks(symmetry=None)) is None


def test_what_is_measured_with_low_confidence_has_no_score():
    blink = library.exercises()["blink_slow"]
    assert score_of(blink, marks(blink)) is None
