"""The session engine: no clock, no camera, whole sessions in milliseconds."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patients import bump, movement, reading

from exercises import library
from exercises.coaching import CORRECTIONS, JOINS
from exercises.cues import ADVICE_APART_S, ADVICE_STAYS_S
from exercises.events import Action, Answered, Finished, Phase, PhaseBegan, RepetitionOver, Said
from exercises.repetition import MARGIN_S
from exercises.schema import Programme, Step
from exercises.session import LEAST_REST_S, LOST_AFTER_S, SET_REST_S, Session
from exercises.today import Today
from landmarks.problems import PROBLEMS

WORDS = library.words()
CATALOGUE = library.exercises()
STEP_S = 1 / 30


def session(*steps, today=None):
    steps = steps or (("smile_open", 2),)
    programme = Programme(
        id="test",
        stage="paresis",
        steps=tuple(Step(exercise=name, repetitions=count) for name, count in steps),
    )
    return Session(programme, CATALOGUE, WORDS, today)


class Patient:
    """Does what a session asks, a little late, to a given size on each side."""

    def __init__(self, left=1.0, right=1.0, eyes=(0.0, 0.0)):
        self.left, self.right, self.eyes = left, right, eyes
        self.asked_s, self.exercise = -100.0, "smile_open"
        self.begun = []

    def hear(self, events):
        for event in events:
            if isinstance(event, PhaseBegan) and event.phase is Phase.RISE:
                self.asked_s, self.exercise = event.time_s, event.exercise.id
                self.begun.append(event)

    def at(self, time_s):
        wanted = CATALOGUE[self.exercise].wanted
        target = wanted.target_mm if wanted else 0.0
        dose = CATALOGUE[self.exercise].dose
        size = bump(time_s, self.asked_s + 0.3, 0.8 * dose.rise_s, dose.hold_s, 0.8 * dose.let_go_s)
        eyes = tuple(share * size for share in self.eyes)
        return movement(self.exercise, target * self.left * size, target * self.right * size, eyes)


def run(one, patient=None, seconds=900.0, problem=lambda t: None, start_s=0.0, goes_on=False):
    """Play a session with a patient; returns all events and the time at the end.

    `goes_on` presses the key after a pause of the person's own.
    """
    patient = patient or Patient()
    events, time_s = [], start_s
    while not one.done and time_s < start_s + seconds:
        what = problem(time_s)
        now = reading(time_s, None if what else patient.at(time_s), what)
        new = one.see(now)
        while one.question is not None:
            new += one.answer(False)
        if goes_on and one.snapshot().phase is Phase.PAUSED:
            new += one.act(Action.GO_ON)
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


def until(one, begins, patient=None):
    """Play on until a phase has begun; returns the time."""
    patient, time_s = patient or Patient(), 0.0
    while one.snapshot().phase is not begins:
        patient.hear(one.see(reading(time_s, patient.at(time_s))))
        time_s += STEP_S
    return time_s


def test_a_pause_tells_what_is_in_the_way_now():
    one = session()
    time_s = until(one, Phase.RISE)
    assert one.snapshot().why is None
    for problem in ("no_face", "too_dark"):
        for _ in range(round((LOST_AFTER_S + ADVICE_STAYS_S + 0.2) / STEP_S)):
            one.see(reading(time_s, None, problem))
            time_s += STEP_S
        assert one.snapshot().why == problem
        assert one.snapshot().cue == WORDS.cue[problem]
    one.act(Action.GO_ON)
    assert one.snapshot().why is None
    one.act(Action.PAUSE)
    assert one.snapshot().why == "paused"


def test_a_rest_that_was_asked_for_lasts_until_the_person_goes_on():
    one = session()
    time_s = until(one, Phase.RISE)
    for _ in range(round((LOST_AFTER_S + 0.2) / STEP_S)):
        one.see(reading(time_s, None, "no_face"))
        time_s += STEP_S
    assert one.snapshot().paused_by_itself
    assert one.act(Action.REST)
    assert one.act(Action.REST) == []
    assert one.snapshot().why == "rest"
    for _ in range(300):  # the face is back, and nobody is hurried
        one.see(reading(time_s, Patient().at(time_s)))
        time_s += STEP_S
    assert one.snapshot().phase is Phase.PAUSED
    one.act(Action.GO_ON)
    assert one.snapshot().phase is Phase.RISE


def test_sets_of_the_same_exercise_are_counted():
    one = session(("smile_open", 1), ("brow_lift", 1), ("smile_open", 1))
    seen, time_s, patient = [], 0.0, Patient()
    while not one.done:
        patient.hear(one.see(reading(time_s, patient.at(time_s))))
        one.answer(False)
        now = one.snapshot()
        seen.append((now.exercise.id, now.set_number, now.sets))
        time_s += STEP_S
    assert list(dict.fromkeys(seen)) == [
        ("rest_scan", 1, 1),
        ("smile_open", 1, 2),
        ("brow_lift", 1, 1),
        ("smile_open", 2, 2),
    ]


def test_the_last_rest_of_a_set_tells_what_comes_and_may_be_ended():
    one = session(("smile_open", 2), ("brow_lift", 1))
    patient, time_s, coming, rest_s = Patient(), 0.0, [], 0.0
    while not one.done:
        patient.hear(one.see(reading(time_s, patient.at(time_s))))
        one.answer(False)
        now = one.snapshot()
        if now.coming is not None:
            assert (now.phase, now.repetition) == (Phase.BETWEEN, 1)
            coming.append(now.coming.id)
            rest_s += STEP_S
            one.act(Action.GO_ON)
        time_s += STEP_S
    assert set(coming) == {"brow_lift"}  # once, and nothing comes after the last set
    assert rest_s == pytest.approx(LEAST_REST_S, abs=3 * STEP_S)


def rests_s(events):
    """How long each rest after a movement was."""
    begun = [event for event in events if isinstance(event, PhaseBegan)]
    return [
        after.time_s - rest.time_s for rest, after in pairwise(begun) if rest.phase is Phase.BETWEEN
    ]


def test_before_another_set_there_is_time_to_breathe_in_and_out():
    events, _ = run(session(("smile_open", 3), ("pucker", 1), ("snarl", 3)))
    own_s = CATALOGUE["smile_open"].dose.rest_s
    expected = [own_s, own_s, SET_REST_S, own_s, own_s, own_s, own_s]
    assert rests_s(events) == pytest.approx(expected, abs=2 * STEP_S)
    assert own_s < SET_REST_S


def test_what_a_face_does_in_a_long_rest_belongs_to_no_repetition():
    events, _ = run(session(("smile_open", 3), ("pucker", 1)))
    begun = [event for event in events if isinstance(event, PhaseBegan)]
    rest_s = [event.time_s for event in begun if event.phase is Phase.BETWEEN][2]
    last = asked(events)[2]
    own_s = CATALOGUE["smile_open"].dose.rest_s
    assert last.end_s == pytest.approx(rest_s + own_s - MARGIN_S)


def rested_for(seconds):
    """A session so long into the rest after its first movement, its patient, and the time."""
    one, patient, time_s, rest_s = session(("smile_open", 2)), Patient(), 0.0, None
    while rest_s is None or time_s - rest_s < seconds:
        patient.hear(one.see(reading(time_s, patient.at(time_s))))
        if rest_s is None and one.snapshot().phase is Phase.BETWEEN:
            rest_s = time_s
        time_s += STEP_S
    return one, patient, time_s


@pytest.mark.parametrize("why", [Action.PAUSE, Action.REST])
def test_a_movement_whose_rest_is_cut_short_by_a_pause_counts(why):
    one, patient, time_s = rested_for(LEAST_REST_S + 0.5)
    events = one.act(why)
    (over,) = [event for event in events if isinstance(event, RepetitionOver)]
    assert over.number == 1 and over.asked.end_s <= time_s - MARGIN_S
    patient.hear(one.act(Action.GO_ON))
    events, _ = run(one, patient, start_s=time_s)
    left = [event.number for event in events if isinstance(event, RepetitionOver)]
    assert left == [2], "it is not asked for once more"
    assert finished(events).complete


def test_a_movement_whose_rest_is_cut_short_by_ending_counts():
    one, _, _ = rested_for(LEAST_REST_S + 0.5)
    events = one.act(Action.END)
    assert len(asked(events)) == 1
    assert isinstance(events[-1], Finished)
    paused, _, _ = rested_for(LEAST_REST_S + 0.5)
    first = paused.act(Action.PAUSE)
    assert len(asked(first + paused.act(Action.END))) == 1, "once"


def test_a_movement_whose_end_was_not_seen_is_asked_for_anew():
    one, patient, time_s = rested_for(LEAST_REST_S - 0.5)
    assert asked(one.act(Action.PAUSE)) == []
    patient.hear(one.act(Action.GO_ON))
    events, _ = run(one, patient, start_s=time_s)
    assert len(asked(events)) == 2


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


def test_on_an_even_face_nothing_is_said_of_one_side_or_of_what_comes_along():
    uneven = Patient(left=1.2, right=0.4, eyes=(0.0, 0.35))
    one = session(("smile_open", 2))
    one.act(Action.WATCH_EVEN)
    events, _ = run(one, uneven)
    heard = said(events)
    assert not set(heard) & CORRECTIONS
    assert heard.count("even_face") == 2, "once in each repetition"
    # Seen all the same, so that what keeps coming along ends the practice there as well.
    one = session(("smile_open", 6))
    one.act(Action.WATCH_EVEN)
    events, _ = run(one, uneven)
    assert "set_ends" in said(events)


def test_on_an_even_face_a_movement_far_too_large_still_hears_of_a_smaller_one():
    one = session(("smile_open", 1))
    one.act(Action.WATCH_EVEN)
    events, _ = run(one, Patient(left=2.5, right=2.5))
    assert [one for one in said(events) if one in {"even_face", "smaller"}] == [
        "even_face",
        "smaller",
    ]


def test_closed_eyes_see_no_even_face():
    one = session(("eye_close_gentle", 1))
    one.act(Action.WATCH_EVEN)
    events, _ = run(one)
    assert "even_face" not in said(events)


def test_turning_to_the_even_face_takes_back_what_is_not_seen_there():
    one, patient, time_s = session(("smile_open", 1)), Patient(eyes=(0.0, 0.35)), 0.0
    while one.snapshot().cue != WORDS.cue["eye_narrows"]:
        patient.hear(one.see(reading(time_s, patient.at(time_s))))
        time_s += STEP_S
    one.act(Action.WATCH_EVEN)
    assert one.snapshot().cue in (
        WORDS.exercise["smile_open"].rise,
        WORDS.exercise["smile_open"].hold,
    )
    one.act(Action.WATCH_OWN)
    events, _ = run(one, patient, start_s=time_s)
    assert "freeze" in said(events), "the own face shows it again"


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


def test_corrections_come_every_six_seconds_and_what_joins_in_waits_for_none_of_them():
    events, _ = run(session(("smile_open", 3)), Patient(left=1.9, right=0.4, eyes=(0.0, 0.3)))
    given = [event for event in events if isinstance(event, Said) and event.id in CORRECTIONS]
    assert "eye_narrows" in {event.id for event in given}
    assert len({event.id for event in given}) >= 2
    for before, after in pairwise(given):
        apart_s = ADVICE_STAYS_S if after.id in JOINS | {"freeze"} else ADVICE_APART_S
        assert after.time_s - before.time_s >= apart_s
    low = [event.time_s for event in given if event.tone == "comes_along"]
    assert all(after - before >= ADVICE_APART_S for before, after in pairwise(low))


def test_an_eye_that_joins_in_is_told_of_though_a_side_was_just_asked_to_wait():
    class Late(Patient):
        def at(self, time_s):
            self.eyes = (0.0, 0.35 if time_s > self.asked_s + 3.0 else 0.0)
            return super().at(time_s)

    events, _ = run(session(("smile_open", 1)), Late(left=1.2, right=0.4))
    heard = [one for one in said(events) if one in CORRECTIONS]
    assert heard[:2] == ["left_waits", "eye_narrows"]


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


# How much is good for a person


def finished(events):
    (one,) = [event for event in events if isinstance(event, Finished)]
    return one


def said(events):
    return [event.id for event in events if isinstance(event, Said)]


def test_the_tired_do_shorter_sets():
    events, _ = run(session(("smile_open", 5), today=Today(tiredness=5)))
    assert len(asked(events)) == 3
    assert finished(events).complete


def test_the_very_tired_rest_and_are_told_that_it_counts():
    events, _ = run(session(("smile_open", 5), ("pucker", 5), today=Today(tiredness=9)))
    assert asked(events) == []
    assert Phase.REST in phases(events)
    assert finished(events).why == "tired"
    assert said(events)[-1] == "tired"


def test_a_full_day_begins_no_practice():
    one = session(today=Today(minutes=20.0))
    events, _ = run(one, problem=lambda t: "no_face", seconds=1.0)
    assert finished(events).why == "day_full"
    assert said(events) == ["day_full"]


@pytest.mark.parametrize("minutes", [18.5, 19.0, 19.7])
def test_a_day_is_never_fuller_than_twenty_minutes_and_no_movement_is_cut_off(minutes):
    events, _ = run(session(("smile_open", 10), today=Today(minutes=minutes)))
    last = finished(events)
    assert last.why == "day_full"
    assert last.practised_s <= 60.0 * (20.0 - minutes) + STEP_S
    over = len(asked(events))
    assert phases(events).count(Phase.RISE) == over


def test_time_that_was_paused_is_no_practice():
    calm, _ = run(session(("smile_open", 1)))
    events, _ = run(
        session(("smile_open", 1)), problem=lambda t: "no_face" if 9.0 < t < 60.0 else None
    )
    assert finished(events).practised_s < finished(calm).practised_s + 10.0


def test_unwanted_movement_that_keeps_coming_ends_the_set_and_then_the_session():
    patient = Patient(eyes=(0.0, 0.35))
    events, _ = run(session(("smile_open", 5), ("pucker", 5), ("brow_lift", 5)), patient)
    assert [one.exercise for one in asked(events)] == ["smile_open"] * 3 + ["pucker"] * 3
    assert "set_ends" in said(events)
    assert finished(events).why == "enough"
    assert not finished(events).complete
    assert said(events)[-1] == "enough"


def test_a_calm_repetition_between_starts_the_count_anew():
    class Learning(Patient):
        def hear(self, events):
            super().hear(events)
            self.eyes = (0.0, 0.0 if len(self.begun) % 3 == 0 else 0.35)

    patient = Learning(eyes=(0.0, 0.35))
    events, _ = run(session(("smile_open", 5)), patient)
    assert len(asked(events)) == 5


def test_a_movement_that_fades_by_itself_ends_the_session_kindly():
    class Fading(Patient):
        def hear(self, events):
            super().hear(events)
            self.left = self.right = 1.0 if len(self.begun) <= 2 else 0.4

    events, _ = run(session(("smile_open", 5), ("pucker", 2)), Fading())
    assert len(asked(events)) == 4
    assert finished(events).why == "faded"


def test_a_movement_made_smaller_as_asked_has_not_faded():
    class Heeding(Patient):
        def hear(self, events):
            super().hear(events)
            if "eye_narrows" in said(events):
                self.left = self.right = 0.4
                self.eyes = (0.0, 0.0)

    events, _ = run(session(("smile_open", 5)), Heeding(eyes=(0.0, 0.35)))
    assert "eye_narrows" in said(events)
    assert len(asked(events)) == 5
    assert finished(events).complete


def paused_in_a_smile(*steps):
    """A session in the middle of its first movement, its patient, and the time."""
    one, patient, time_s = session(*steps), Patient(), 0.0
    while one.snapshot().phase is not Phase.HOLD:
        patient.hear(one.see(reading(time_s, patient.at(time_s))))
        time_s += STEP_S
    one.act(Action.PAUSE)
    return one, patient, time_s


def target_mm(one):
    return one.snapshot().exercise.wanted.target_mm


def test_going_on_smaller_asks_for_a_smaller_movement_until_the_practice_ends():
    one, patient, time_s = paused_in_a_smile(("smile_open", 2), ("pucker", 1), ("smile_open", 1))
    agreed_mm = target_mm(one)
    patient.hear(one.act(Action.GO_ON_SMALLER))
    assert one.snapshot().phase is Phase.RISE
    smaller_mm = target_mm(one)
    assert 0.5 * agreed_mm < smaller_mm < agreed_mm
    patient.left = patient.right = smaller_mm / agreed_mm
    patient.asked_s = time_s
    events, _ = run(one, patient, start_s=time_s)
    over = [event for event in events if isinstance(event, RepetitionOver)]
    sizes_mm = [(event.exercise.id, event.exercise.wanted.target_mm) for event in over]
    pucker = ("pucker", CATALOGUE["pucker"].wanted.target_mm)
    smile = ("smile_open", smaller_mm)
    assert sizes_mm == [smile, smile, pucker, smile], "each is judged by what was asked for"
    assert "together" in said(events), "the smaller movement reaches the target"
    assert finished(events).complete


def test_a_movement_that_goes_on_smaller_has_not_faded():
    one, patient, time_s = paused_in_a_smile(("smile_open", 4))
    one.act(Action.GO_ON)
    events, time_s = run(one, patient, seconds=20.0, start_s=time_s)
    one.act(Action.PAUSE)
    one.act(Action.GO_ON_SMALLER)
    patient.left = patient.right = 0.3
    events, _ = run(one, patient, start_s=time_s)
    assert finished(events).complete


def test_going_on_smaller_needs_a_pause():
    one, _, _ = paused_in_a_smile(("smile_open", 1))
    one.act(Action.GO_ON)
    agreed_mm = target_mm(one)
    one.act(Action.GO_ON_SMALLER)
    assert target_mm(one) == agreed_mm


def test_a_session_that_nobody_comes_back_to_is_over():
    one = session()
    run(one, seconds=8.0)
    events = []
    for step in range(400):
        events += one.tick(8.0 + 2.0 * step)
    assert finished(events).why == "nobody"
    events, _ = run(session(), problem=lambda t: "no_face", seconds=700)
    assert finished(events).why == "nobody"


# Guided steps, and what the person is asked


def test_massage_needs_no_face():
    """Hands lie on it."""
    events, _ = run(session(("massage", 1)), problem=lambda t: "covered", seconds=300)
    steps = [event for event in events if isinstance(event, PhaseBegan)]
    assert [one.phase for one in steps[:7]] == [Phase.GUIDED] * 7
    assert Phase.PAUSED not in phases(events)
    words = WORDS.exercise["massage"]
    heard = [event.cue for event in events if isinstance(event, Said)]
    assert heard[:7] == [words.rise, *words.guide]
    assert finished(events).complete


def test_while_nothing_moves_nothing_of_a_face_is_watched_or_scored():
    one = Session(library.programmes()["flaccid"], CATALOGUE, WORDS)
    time_s, events = 0.0, []
    while not one.done:
        events += one.see(reading(time_s, movement("smile_open", 5.0, 0.0)))
        assert one.snapshot().fill is None
        assert one.snapshot().quiet is None
        time_s += STEP_S
    assert asked(events) == []
    assert not CORRECTIONS & set(said(events))


def test_where_nobody_can_answer_nothing_is_asked():
    programme = Programme(id="here", stage="paresis", steps=(Step(exercise="smile_open"),))
    one = Session(programme, CATALOGUE, WORDS, questions=False)
    events, _ = run(one)
    assert Phase.ASKING not in phases(events)
    assert one.done


def test_the_person_says_what_no_camera_sees():
    one = session(("smile_open", 1))
    patient, time_s, events = Patient(), 0.0, []
    while one.question is None:
        new = one.see(reading(time_s, patient.at(time_s)))
        patient.hear(new)
        time_s += STEP_S
    assert one.snapshot().cue == WORDS.question["neck"]
    events += one.answer(True)
    assert one.question == "chin"
    while not one.done:
        events += one.tick(time_s)
        time_s += STEP_S
    answered = [(event.question, event.answer) for event in events if isinstance(event, Answered)]
    assert answered == [("neck", True), ("chin", None)]
    assert one.answer(True) == []


def test_a_pause_while_a_question_is_open_asks_it_again_and_only_once():
    one = session(("smile_open", 1))
    patient, time_s, events = Patient(), 0.0, []
    while one.question is None:
        new = one.see(reading(time_s, patient.at(time_s)))
        patient.hear(new)
        time_s += STEP_S
    one.answer(False)
    one.act(Action.PAUSE)
    assert one.question is None
    events += one.act(Action.GO_ON)
    assert one.question == "chin"
    events += one.answer(False)
    assert len(asked(events)) == 0
    assert finished(events).complete


# Sounds


def test_every_phase_has_its_sound_and_every_sound_is_seen():
    events, _ = run(session(("smile_open", 1), ("one_side", 1), ("eye_close_gentle", 1)))
    began = [event for event in events if isinstance(event, PhaseBegan)]
    assert all(event.tone for event in began)
    tones = {
        event.phase: {one.tone for one in began if one.phase is event.phase} for event in began
    }
    assert tones[Phase.LET_GO] == {"let_go", "open_eyes"}
    assert tones[Phase.RISE] == {"rise"}


def test_closed_eyes_are_opened_by_a_tone_of_their_own_whatever_happens():
    for end in (Action.PAUSE, Action.END):
        one = session(("eye_close_gentle", 1))
        run(one, seconds=9.0)
        assert one.snapshot().phase is Phase.HOLD
        (began,) = [event for event in one.act(end) if isinstance(event, PhaseBegan)]
        assert began.tone == "open_eyes"
    events, _ = run(
        session(("eye_close_gentle", 1)), problem=lambda t: "no_face" if 8.5 < t < 12.0 else None
    )
    (paused,) = [one for one in events if isinstance(one, PhaseBegan) and one.phase is Phase.PAUSED]
    assert paused.tone == "open_eyes"
    assert paused.why == "no_face"


def test_advice_is_heard_as_well_as_read():
    events, _ = run(session(("smile_open", 2)), Patient(left=1.0, right=0.5))
    heard = {event.id: event.tone for event in events if isinstance(event, Said) and event.tone}
    assert heard == {"left_waits": "ease"}


# Anything that can happen

MOMENTS = st.one_of(
    st.tuples(
        st.just("see"),
        st.floats(-1.0, 3.0) | st.sampled_from([0.0, 400.0, 1e9, float("nan"), float("inf")]),
        st.tuples(
            st.sampled_from([None, None, *PROBLEMS]),
            st.floats(-3.0, 15.0),
            st.floats(-3.0, 15.0),
            st.floats(0.0, 1.0),
        ),
    ),
    st.tuples(st.just("tick"), st.floats(-1.0, 5.0) | st.just(1e6), st.none()),
    st.tuples(st.just("act"), st.just(0.0), st.sampled_from(list(Action))),
    st.tuples(st.just("answer"), st.just(0.0), st.sampled_from([True, False, None])),
)
PLANS = st.lists(
    st.tuples(st.sampled_from(sorted(CATALOGUE)), st.integers(1, 3)), min_size=1, max_size=4
)
DAYS = st.builds(Today, st.floats(0.0, 25.0), st.none() | st.integers(0, 10))


def happen(one, kind, time_s, what):
    """Let one thing happen to a session."""
    if kind == "act":
        return one.act(what)
    if kind == "answer":
        return one.answer(what)
    if kind == "tick":
        return one.tick(time_s)
    problem, left, right, lost = what
    exercise = one.snapshot().exercise
    moved = None if problem else movement(exercise.id, left, right, (0.0, lost))
    return one.see(reading(time_s, moved, problem))


@settings(max_examples=150, deadline=None)
@given(PLANS, DAYS, st.lists(MOMENTS, max_size=120))
def test_any_events_with_drops_jumps_and_repeats_never_raise_or_count_twice(plan, today, moments):
    one = session(*plan, today=today)
    time_s, events = 50.0, []
    for kind, by_s, what in moments:
        events += happen(one, kind, time_s + by_s, what)
        time_s = time_s + by_s if by_s < 1e6 else time_s
        snapshot = one.snapshot()
        assert 0.0 <= snapshot.progress <= 1.0
        assert 0 <= snapshot.repetition <= snapshot.repetitions
        if one.done:
            assert one.see(reading(time_s, movement("smile_open", 1.0, 1.0))) == []
    came_back, _ = run(one, start_s=max(time_s, one._time_s) + 0.1, seconds=3000, goes_on=True)
    events += came_back
    assert one.done
    last = finished(events)
    assert last.practised_s <= today.seconds_left + LOST_AFTER_S
    counted = [event for event in events if isinstance(event, RepetitionOver)]
    planned = [Step(exercise=name, repetitions=n).applied_to(CATALOGUE[name]) for name, n in plan]
    most = sum(today.repetitions_of(one) for one in planned if one.kind == "movement")
    assert len(counted) <= most
    stretches = [event.asked for event in counted]
    assert all(after.start_s >= before.end_s for before, after in pairwise(stretches))
    for before, after in pairwise(counted):
        assert after.number in (1, before.number + 1)


@settings(max_examples=50, deadline=None)
@given(PLANS, st.lists(MOMENTS, max_size=60))
def test_a_session_left_alone_always_ends(plan, moments):
    one = session(*plan)
    time_s = 0.0
    for kind, by_s, what in moments:
        time_s = time_s + by_s if by_s < 1e6 else time_s
        happen(one, kind, time_s, what)
    events = []
    for _ in range(3000):
        if one.done:
            break
        time_s = max(time_s, one._time_s) + 1.0
        events += one.tick(time_s)
    assert one.done


@settings(max_examples=50, deadline=None)
@given(PLANS, DAYS, st.lists(MOMENTS, max_size=120))
def test_a_session_replays_exactly(plan, today, moments):
    first, second = session(*plan, today=today), session(*plan, today=today)
    time_s = 0.0
    for kind, by_s, what in moments:
        time_s = time_s + by_s if by_s < 1e6 else time_s
        assert happen(first, kind, time_s, what) == happen(second, kind, time_s, what)
        assert first.snapshot() == second.snapshot()


def test_without_a_camera_time_alone_leads_through_everything_and_nothing_is_scored():
    programme = Programme(
        id="test",
        stage="paresis",
        steps=(
            Step(exercise="rest_scan"),
            Step(exercise="brow_draw", repetitions=2),
            Step(exercise="snarl", repetitions=1),
        ),
    )
    one = Session(programme, CATALOGUE, WORDS, watched=False)
    events, time_s = [], 100.0
    while not one.done and time_s < 400.0:
        events += one.tick(time_s)
        time_s += STEP_S
    (finished,) = (event for event in events if isinstance(event, Finished))
    assert finished.why == "done"
    over = [event for event in events if isinstance(event, RepetitionOver)]
    asked = [event.exercise.id for event in over if event.exercise.kind == "movement"]
    assert asked == ["brow_draw", "brow_draw", "snarl"]
    assert not any(event.scored for event in over)
    assert Phase.PAUSED not in {event.phase for event in events if isinstance(event, PhaseBegan)}
    said = {event.id for event in events if isinstance(event, Said)}
    assert not said & {"no_picture", "no_face", "no_movement", *CORRECTIONS}
