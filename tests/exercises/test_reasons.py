import pytest

from exercises.reasons import SENTENCES, reason_of, sentence

PARTS = {
    "turned_since_rest": {"deg": "12"},
    "turned_too_far": {"deg": "21"},
    "one_side_too_small": {"side": "left", "mm": "0.5"},
}


@pytest.mark.parametrize("why", SENTENCES)
def test_every_sentence_is_known_again_with_its_parts(why):
    parts = PARTS.get(why, {})
    said = sentence(why, **parts)
    assert "{" not in said
    assert reason_of(said) == (why, parts)


@pytest.mark.parametrize("said", ["", "No face was seen", "The  side moved less than the  mm."])
def test_a_sentence_of_another_version_is_not_guessed_at(said):
    assert reason_of(said) is None
