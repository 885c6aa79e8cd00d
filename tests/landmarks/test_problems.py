from landmarks.problems import PROBLEMS, REASONS


def test_every_problem_has_a_sentence_for_the_person():
    assert set(REASONS) == set(PROBLEMS)
    assert all(reason.endswith(".") for reason in REASONS.values())
