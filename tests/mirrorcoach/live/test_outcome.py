import pytest

from exercises import library
from mirrorcoach.live.outcome import result_view


def repetition(symmetry, interval, right_mm=3.0, reasons=()):
    return {
        "exercise": "smile_open",
        "left": {"excursion_mm": 6.0},
        "right": {"excursion_mm": right_mm},
        "symmetry": symmetry,
        "symmetry_interval": interval,
        "reasons": list(reasons),
    }


def row(*repetitions):
    result = {"repetitions": list(repetitions), "exercises": [{"exercise": "smile_open"}]}
    (only,) = result_view(result, library.words()).rows
    return only


@pytest.mark.parametrize(
    ("symmetry", "interval", "phrase"),
    [
        (0.95, [0.8, 1.0], "even"),
        (0.8, [0.6, 1.0], "nearly even"),
        (0.4, [0.2, 0.6], "one side did more"),
        (0.6, [0.3, 1.0], "perhaps one side more"),
    ],
)
def test_words_say_no_more_than_is_known(symmetry, interval, phrase):
    assert row(repetition(symmetry, interval)).phrase == phrase


def test_what_is_not_known_has_no_number_and_its_reason():
    one = row(repetition(None, [0.0, 0.2], right_mm=None, reasons=["Too little was seen."]))
    assert one.evenness is None
    assert one.right == "too small"
    assert one.left == "6 mm"
    assert one.phrase == "Too little was seen."


def test_an_empty_practice_is_not_shamed():
    view = result_view({"repetitions": [], "exercises": []}, library.words())
    assert view.rows == ()
    assert "still counts" in view.subtitle


def test_the_page_says_what_it_is_not():
    view = result_view({"repetitions": [], "exercises": []}, library.words())
    assert view.footnote == "A practice aid: it does not diagnose, grade or treat."
