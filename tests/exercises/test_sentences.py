import pytest

from exercises.sentences import known_again

SENTENCES = {
    "plain": "It is (very) dark.",
    "counted": "It ends {seconds} s early, {n} times.",
}


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("It is (very) dark.", ("plain", {})),
        ("It ends 1.5 s early, 3 times.", ("counted", {"seconds": "1.5", "n": "3"})),
        ("It is very dark.", None),
        ("It is (very) dark. Really.", None),
        ("It ends 1.5 s early, many many times.", None),
        ("It ends {seconds} s early, {n} times.", None),
        ("", None),
    ],
)
def test_a_sentence_is_known_by_all_of_its_words(said, known):
    assert known_again(said, SENTENCES) == known
