"""The session engine: no clock, no camera, whole sessions in milliseconds."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patients import bump, movement, reading

from exercises import library
from exercises.cues import ADVICE_STAYS_S
from exercises.schema import Programme, Step
from exercises.session import (
    Action,
    Finished,
    Phase,
    PhaseBegan,
    RepetitionOver,
    Said,
    Session,
)
from landmarks.quality import PROBLEMS

WORDS = library.words()
CATALOGUE = library.exercises()
STEP_S = 1 / 30


def session(*steps):
    steps = steps or (("smile_open", 2),)
    programme = Programme(
        id="test",
        stage="paresis",
        steps=tuple(Step(exercise=name, repetitions=count) for name, count in steps),
    )
    return Session(programme, CATALOGUE, WORDS)


class Patient:
    """Does what a session asks, a little late, to a given size on each side."""

    def __init__(self, left=1.0, right=1.0, eyes=(0.0, 0.0)):
        self.left, self.right, self.eyes = left, right, eyes
        self.asked_s, self.exercise = -100.0, "smile_open"

    def hear(self, events):
        for event in events:
            if isinstance(event, PhaseBegan) and event.phase is Phase.RISE:
                self.asked_s, self.exercise = event.time_s, event.exercise.id

    def at(self, time_s):
        target = CATALOGUE[self.exercise].wanted.target_mm
        dose = CATALOGUE[self.exercise].dose
        size = bump(time_s, self.asked_s + 0.3, 0.8 * dose.rise_s, dose.hold_s, 0.8 * dose.let_go_s)
        eyes = tuple(share * size for share in self.eyes)
        return movement(self.exercise, target * self.left * size, target * self.right * size, eyes)


def run(one, patient=None, seconds=200.0, problem=lambda t: None, start_s=0.0):
    """Play a session with a patient; returns all events and the time at the end."""
    patient = patient or Patient()
    events, time_s = [], start_s
    while not one.done and time_s < start_s + seconds:
        what = problem(time_s)
        now = reading(time_s, None if what else patient.at(time_s), what)
        new = one.see(now)
        while one.question is not None:
            new += one.answer(False)
        patient.hear(new)
        events += new
        time_s += STEP_S
    return events, time_s


def phases(events):
    return [event.phase for event in events if isinstance(event, PhaseBegan)]


def asked(events):
    return [event.asked for event in events if isinstance(event, RepetitionOver)]


def test_a_whole_session_in_order():
    events, _ = run(session(("smile_open", 2), ("pucker", 1)))
    one = [Phase.RISE, Phase.HOLD, Phase.LET_GO, Phase.BETWEEN]
    asked_after = [Phase.ASKING, Phase.ASKING], [Phase.ASKING]  # neck and chin; chin
    sets = [*one, *one, *asked_after[0], *one, *asked_after[1]]
    assert phases(events) == [Phase.REST, *sets, Phase.DONE]
    assert [each.exercise for each in asked(events)] == ["smile_open", "smile_open", "pucker"]
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.complete and last.why == "done"


def test_stretches_follow_each_other_without_overlap():
    events, _ = run(session(("smile_open", 3)))
    stretches = asked(events)
    for before, after in pairwise(stretches):
        assert before.start_s < before.end_s <= after.start_s


def test_it_waits_for_the_face_and_for_a_rest():
    one = session()
    run(one, problem=lambda t: "no_face", seconds=20)
    assert one.snapshot().phase is Phase.GETTING_READY
    assert one.snapshot().cue == WORDS.cue["no_face"]
    events, _ = run(one, problem=lambda t: "no_rest", seconds=20, start_s=20)
    assert phases(events) == [Phase.REST]
    events, _ = run(one, seconds=2, start_s=40)
    assert Phase.RISE in phases(events)


def test_the_same_events_lead_to_the_same_session():
    first, _ = run(session(("smile_open", 2), ("brow_lift", 1)))
    second, _ = run(session(("smile_open", 2), ("brow_lift", 1)))
    assert first == second


def test_losing_the_face_pauses_and_finding_it_resumes_the_repetition():
    events, _ = run(
        session(("smile_open", 1)), problem=lambda t: "no_face" if 5.2 < t < 12.0 else None
    )
    assert phases(events) == [
        *(Phase.REST, Phase.RISE, Phase.PAUSED),
        *(Phase.RISE, Phase.HOLD, Phase.LET_GO, Phase.BETWEEN),
        *(Phase.ASKING, Phase.ASKING, Phase.DONE),
    ]
    assert len(asked(events)) == 1
    assert WORDS.cue["no_face"] in [event.cue for event in events if isinstance(event, Said)]


def test_a_short_loss_does_not_interrupt():
    events, _ = run(
        session(("smile_open", 1)), problem=lambda t: "head_turned" if 6.0 < t < 7.0 else None
    )
    assert Phase.PAUSED not in phases(events)


def test_a_silent_camera_pauses_too():
    one = session()
    run(one, seconds=6.0)
    assert one.snapshot().phase is Phase.RISE
    for step in range(100):
        one.tick(6.0 + step * STEP_S)
    assert one.snapshot().phase is Phase.PAUSED
    assert one.snapshot().paused_by_itself
    assert one.snapshot().cue == WORDS.cue["no_picture"]


def test_the_person_pauses_and_only_the_person_goes_on():
    one = session()
    run(one, seconds=6.0)
    one.act(Action.PAUSE)
    events, _ = run(one, seconds=10.0, start_s=6.0)
    assert phases(events) == []
    snapshot = one.snapshot()
    assert snapshot.phase is Phase.PAUSED
    assert not snapshot.paused_by_itself
    one.act(Action.GO_ON)
    assert one.snapshot().phase is Phase.RISE


def test_ending_early_is_kind_and_final():
    one = session()
    run(one, seconds=6.0)
    events = one.act(Action.END)
    assert isinstance(events[-1], Finished)
    assert not events[-1].complete
    assert events[-1].why == "ended"
    assert one.snapshot().cue == WORDS.cue["done"]
    assert one.act(Action.GO_ON) == []
    assert one.done


def test_the_leading_side_is_asked_to_wait():
    events, _ = run(session(("smile_open", 1)), Patient(left=1.2, right=0.4))
    said = [event.cue for event in events if isinstance(event, Said)]
    assert WORDS.cue["left_waits"] in said
    assert WORDS.cue["right_waits"] not in said


def test_even_movement_at_the_mark_is_together():
    events, _ = run(session(("smile_open", 1)))
    assert WORDS.cue["together"] in [event.cue for event in events if isinstance(event, Said)]


def test_a_narrowing_eye_is_marked_and_coached_smaller():
    one = session(("smile_open", 1))
    patient = Patient(eyes=(0.0, 0.35))
    marks, events, time_s = set(), [], 0.0
    while not one.done:
        new = one.see(reading(time_s, patient.at(time_s)))
        patient.hear(new)
        events += new
        marks.add(one.snapshot().quiet)
        time_s += STEP_S
    seen = {(mark.region, mark.side) for mark in marks if mark is not None}
    assert seen == {("eye", "right")}
    assert WORDS.cue["eye_narrows"] in [event.cue for event in events if isinstance(event, Said)]


def test_closing_the_eyes_is_not_taken_for_a_narrowing():
    one = session(("eye_close_gentle", 1))
    events, _ = run(one, Patient(left=1.0, right=0.7))
    said = {event.cue for event in events if isinstance(event, Said)}
    assert not said & {WORDS.cue["eye_narrows"], WORDS.cue["left_waits"]}


def test_closed_eyes_are_always_told_to_open():
    one = session(("eye_close_gentle", 1))
    patient, time_s, events = Patient(), 0.0, []
    while not one.done:
        moved = patient.at(time_s)
        if one.snapshot().phase is Phase.HOLD:  # the mouth's corner comes along
            moved = movement("eye_close_gentle", 6.0, 6.0, extra={"mouth_corner": (0.0, 4.0)})
        new = one.see(reading(time_s, moved))
        patient.hear(new)
        events += new
        time_s += STEP_S
    said = [event.cue for event in events if isinstance(event, Said)]
    assert WORDS.cue["mouth_moves"] in said
    assert WORDS.exercise["eye_close_gentle"].let_go in said


def test_live_fill_counts_from_how_the_face_stood_before():
    one = session(("brow_lift", 1))
    time_s = 0.0
    while one.snapshot().phase is not Phase.RISE:
        one.see(reading(time_s, movement("brow_lift", 1.5, -1.0)))
        time_s += STEP_S
    one.see(reading(time_s, movement("brow_lift", 1.5 + 4.0, -1.0 + 2.0)))
    assert one.snapshot().fill == pytest.approx((1.0, 0.5), abs=1e-6)


def test_cues_leave_time_to_follow_them():
    events, _ = run(session(("smile_open", 3)), Patient(left=1.2, right=0.4, eyes=(0.0, 0.3)))
    coached = {WORDS.cue[name] for name in ("left_waits", "right_waits", "eye_narrows", "together")}
    said = [event for event in events if isinstance(event, Said)]
    for first, then in pairwise(said):
        if first.cue in coached and then.cue != WORDS.cue["rest_between"]:
            assert then.time_s - first.time_s >= ADVICE_STAYS_S - 1e-6


def test_progress_and_counts_stay_in_their_range():
    one = session(("smile_open", 2))
    patient, time_s = Patient(), 0.0
    while not one.done:
        patient.hear(one.see(reading(time_s, patient.at(time_s))))
        snapshot = one.snapshot()
        assert 0.0 <= snapshot.progress <= 1.0
        assert 0 <= snapshot.repetition <= snapshot.repetitions
        assert snapshot.cue
        time_s += STEP_S


steps = st.one_of(
    st.tuples(st.just("see"), st.floats(-1.0, 3.0), st.sampled_from([None, *PROBLEMS])),
    st.tuples(st.just("tick"), st.floats(-1.0, 5.0), st.none()),
    st.tuples(st.just("act"), st.just(0.0), st.sampled_from(list(Action))),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=150), st.integers(0, 3))
def test_any_events_with_drops_jumps_and_repeats_never_raise_or_count_twice(moves, size):
    one = session(("smile_open", 2), ("eye_close_gentle", 1))
    time_s, events = 0.0, []
    for kind, by, what in moves:
        time_s += by
        if kind == "see":
            moved = None if what else movement("smile_open", size * 2.0, size * 1.0)
            events += one.see(reading(time_s, moved, what))
        elif kind == "tick":
            events += one.tick(time_s)
        else:
            events += one.act(what)
        one.snapshot()
    stretches = asked(events)
    assert len(stretches) <= 3
    assert all(after.start_s >= before.end_s
               for before, after in pairwise(stretches))  # fmt: skip
    if not one.done:
        # Whatever happened, a patient who comes back gets to the end.
        if one.snapshot().phase is Phase.PAUSED:
            one.act(Action.GO_ON)
        rest, _ = run(one, start_s=max(time_s, one._time_s) + 0.1, seconds=400)
        assert one.done
        assert len(stretches) + len(asked(rest)) == 3
    assert sum(isinstance(event, Finished) for event in events) <= 1
