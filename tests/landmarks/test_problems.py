from landmarks.problems import PROBLEMS, REASONS, REST_PROBLEMS, REST_REASONS


def test_every_problem_has_a_sentence_of_its_own_for_the_person():
    assert set(REASONS) == set(PROBLEMS)
    assert set(REST_REASONS) == set(REST_PROBLEMS)
    said = [*REASONS.values(), *REST_REASONS.values()]
    assert all(reason.endswith(".") for reason in said)
    assert len(set(said)) == len(said)
