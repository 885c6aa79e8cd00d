"""How a set goes is judged from what was seen of it, moment by moment."""

import pytest

from exercises.effort import FADED_REPETITIONS, FADED_SHARE, KEEPS_JOINING, Effort


def repeat(effort, largest, joins=False, eased=False):
    """One repetition that rises to a share of the target and falls again; None: not seen."""
    effort.begin()
    for part in (0.0, 0.5, 1.0, 0.5, 0.0):
        moved = None if largest is None else (part * largest, 0.4 * part * largest)
        effort.see(moved, joins and part == 1.0)
    effort.end(eased)


def test_nothing_is_said_of_a_set_that_has_just_begun():
    effort = Effort()
    assert not effort.keeps_joining
    assert not effort.fades


def test_what_comes_along_keeps_coming_only_in_repetitions_one_after_the_other():
    effort = Effort()
    for _ in range(KEEPS_JOINING - 1):
        repeat(effort, 1.0, joins=True)
    assert not effort.keeps_joining
    repeat(effort, 1.0)
    for _ in range(KEEPS_JOINING - 1):
        repeat(effort, 1.0, joins=True)
    assert not effort.keeps_joining, "a calm one lay between"
    repeat(effort, 1.0, joins=True)
    assert effort.keeps_joining


def test_what_comes_along_counts_though_the_movement_itself_was_not_seen():
    effort = Effort()
    for _ in range(KEEPS_JOINING):
        repeat(effort, None, joins=True)
    assert effort.keeps_joining


@pytest.mark.parametrize(("share", "fades"), [(FADED_SHARE - 0.01, True), (FADED_SHARE, False)])
def test_a_movement_fades_below_a_share_of_the_sets_first(share, fades):
    effort = Effort()
    repeat(effort, 0.9)
    for number in range(FADED_REPETITIONS):
        assert not effort.fades, f"after {number}"
        repeat(effort, 0.9 * share)
    assert effort.fades is fades


def test_the_larger_side_counts_and_only_at_its_largest():
    effort = Effort()
    repeat(effort, 1.0)
    for _ in range(FADED_REPETITIONS):
        effort.begin()
        effort.see((0.1, 0.9), False)
        effort.see((0.2, 0.0), False)
        effort.end(eased=False)
    assert not effort.fades


def test_one_as_large_as_before_starts_the_count_anew():
    effort = Effort()
    repeat(effort, 1.0)
    for _ in range(3):
        for _ in range(FADED_REPETITIONS - 1):
            repeat(effort, 0.3)
        repeat(effort, 1.0)
    assert not effort.fades


def test_doing_less_as_asked_is_no_fading():
    effort = Effort()
    repeat(effort, 1.0)
    for _ in range(2 * FADED_REPETITIONS):
        repeat(effort, 0.2, eased=True)
    assert not effort.fades


def test_a_set_that_began_small_has_nothing_to_fade_from():
    effort = Effort()
    repeat(effort, FADED_SHARE - 0.01)
    for _ in range(FADED_REPETITIONS):
        repeat(effort, 0.1)
    assert not effort.fades


def test_a_repetition_that_was_not_seen_neither_fades_nor_recovers():
    effort = Effort()
    repeat(effort, None)
    repeat(effort, 1.0)
    for _ in range(FADED_REPETITIONS - 1):
        repeat(effort, 0.3)
    repeat(effort, None)
    assert not effort.fades
    repeat(effort, 0.3)
    assert effort.fades


def test_a_smaller_target_makes_earlier_shares_meaningless():
    effort = Effort()
    repeat(effort, 2.0)
    repeat(effort, 0.9)
    effort.made_smaller()
    repeat(effort, 1.1)
    repeat(effort, 1.0)
    assert not effort.fades


def test_every_set_is_judged_by_itself():
    effort = Effort()
    repeat(effort, 1.0, joins=True)
    for _ in range(KEEPS_JOINING):
        repeat(effort, 0.3, joins=True)
    assert effort.fades and effort.keeps_joining
    effort.begin_set()
    assert not effort.fades
    assert not effort.keeps_joining
    repeat(effort, 0.7, joins=True)
    repeat(effort, 0.6)
    assert not effort.fades, "beside its own first movement it is not small"
