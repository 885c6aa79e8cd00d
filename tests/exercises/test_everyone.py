"""Every exercise of the catalogue, led through with people who move in their own ways."""

import numpy as np
import pytest
from patients import REST, bump, movement, noisy, reading

from exercises import library
from exercises.coaching import CORRECTIONS
from exercises.effort import KEEPS_JOINING
from exercises.events import Answered, Finished, Phase, PhaseBegan, RepetitionOver, Said
from exercises.repetition import find_repetitions, measure_of
from exercises.schema import Programme, Step
from exercises.score import score_exercise
from exercises.scoring import score_asked
from exercises.session import Session
from landmarks.signals import Signals

CATALOGUE = library.exercises()
STEP_S = 1 / 20
ALL = sorted(CATALOGUE)
MOVED = [name for name in ALL if CATALOGUE[name].wanted is not None]
SEEN = [name for name in MOVED if not CATALOGUE[name].eyes_closed]
CALM = [name for name in MOVED if CATALOGUE[name].quiet]


class Person:
    """Does what is asked to a share of the target on each side, and perhaps something else too."""

    def __init__(self, left=1.0, right=1.0, joins=0.0, noise_mm=0.02):
        self.left, self.right, self.joins, self.noise_mm = left, right, joins, noise_mm
        self.rng = np.random.default_rng(11)

    def at(self, exercise, since_s):
        """How the face stands so long after a movement was asked for."""
        dose = exercise.dose
        size = bump(since_s, 0.3, 0.8 * dose.rise_s, dose.hold_s + 0.2 * dose.rise_s, dose.let_go_s)
        target = exercise.wanted.target_mm if exercise.wanted else 0.0
        eyes, extra = (0.0, 0.0), {}
        if self.joins and exercise.quiet:
            quiet = exercise.quiet[0]
            if quiet.region == "eye":
                eyes = (0.0, self.joins * quiet.marked * size)
            else:
                extra = {quiet.region: (0.0, self.joins * quiet.marked * size)}
        sides = (target * self.left * size, target * self.right * size)
        return noisy(movement(exercise.id, *sides, eyes, extra), self.rng, self.noise_mm)


class Led:
    """One exercise, led from beginning to end."""

    def __init__(self, name, person):
        self.exercise = CATALOGUE[name]
        programme = Programme(id="t", purpose="assessment", steps=(Step(exercise=name),))
        session = Session(programme, CATALOGUE, library.words())
        self.events, self.signals, asked_s, time_s = [], Signals(), -99.0, 0.0
        while not session.done and time_s < 900:
            now = reading(time_s, person.at(self.exercise, time_s - asked_s))
            self.signals.append(now)
            new = session.see(now)
            while session.question is not None:
                new += session.answer(True)
            for event in new:
                if isinstance(event, PhaseBegan) and event.phase is Phase.RISE:
                    asked_s = event.time_s
            self.events += new
            time_s += STEP_S
        self.over = [one for one in self.events if isinstance(one, RepetitionOver)]
        self.said = [one.id for one in self.events if isinstance(one, Said)]
        self.scores = [
            score
            for place, one in enumerate(self.over)
            if one.scored
            for score in score_asked(
                self.signals,
                REST,
                one.exercise,
                one.asked,
                not_before_s=self.over[place - 1].asked.end_s if place else float("-inf"),
            )
        ]

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture(scope="module")
def led():
    known = {}

    def lead(name, kind):
        people = {
            "healthy": lambda: Person(1.0, 0.96),
            "weak": lambda: Person(1.0, 0.4),
            "synkinetic": lambda: Person(1.0, 0.9, joins=1.1),
            "still": lambda: Person(0.0, 0.0),
            "noise": lambda: Person(0.0, 0.0, noise_mm=0.1),
        }
        if (name, kind) not in known:
            known[name, kind] = Led(name, people[kind]())
        return known[name, kind]

    return lead


@pytest.mark.parametrize("kind", ["healthy", "weak", "still", "noise"])
@pytest.mark.parametrize("name", ALL)
def test_everyone_gets_to_the_end_and_is_counted_right(led, name, kind):
    one = led(name, kind)
    (finished,) = one.of(Finished)
    assert finished.complete
    movement_asked = one.exercise.kind == "movement"
    planned = one.exercise.dose.repetitions
    assert [over.number for over in one.over] == list(range(1, planned + 1)) * movement_asked
    assert all(over.repetitions == planned for over in one.over)
    assert [each.question for each in one.of(Answered)] == list(one.exercise.asks)


@pytest.mark.parametrize("name", ALL)
def test_what_is_only_led_through_has_every_step_and_no_score(led, name):
    one = led(name, "healthy")
    steps = [event for event in one.of(PhaseBegan) if event.phase is Phase.GUIDED]
    planned = one.exercise.dose.repetitions * (1 + len(one.exercise.guide_s))
    assert len(steps) == (planned if one.exercise.kind == "guided" else 0)
    if one.exercise.wanted is None:
        assert one.scores == []


@pytest.mark.parametrize("name", MOVED)
def test_a_healthy_face_is_left_in_peace_and_scores_well(led, name):
    one = led(name, "healthy")
    assert not set(one.said) & CORRECTIONS
    assert ("together" in one.said) == (not one.exercise.eyes_closed)
    assert len(one.scores) == one.exercise.dose.repetitions
    for score in one.scores:
        assert score.measurable
        assert score.manner == ()
        if one.exercise.scoring == "measured" and score.symmetry is not None:
            assert score.score > 85
    total = score_exercise(name, one.scores)
    assert (total.score is None) == (one.exercise.scoring == "low_confidence")


@pytest.mark.parametrize("name", MOVED)
def test_movement_alone_counts_what_was_done(led, name):
    one = led(name, "healthy")
    measure = measure_of(one.exercise)
    whole = one.signals.between(-1, 1e9)
    spans = find_repetitions(whole, measure, REST.noise_mm[measure.region])
    assert len(spans) == one.exercise.dose.repetitions


@pytest.mark.parametrize("name", SEEN)
def test_the_strong_side_is_asked_to_wait_and_never_the_weak_one(led, name):
    said = led(name, "weak").said
    assert "left_waits" in said
    assert "right_waits" not in said


@pytest.mark.parametrize("name", CALM)
def test_what_joins_in_is_named_calmed_and_ends_the_set(led, name):
    one = led(name, "synkinetic")
    region = one.exercise.quiet[0].region
    cue = "eye_narrows" if region == "eye" else "other_moves"
    assert ("mouth_moves" if one.exercise.eyes_closed else cue) in one.said
    assert len(one.over) == min(KEEPS_JOINING, one.exercise.dose.repetitions)
    flags = {
        quiet.flag
        for score in one.scores
        for quiet in score.quiet
        if (quiet.region, quiet.side) == (region, "right")
    }
    assert flags == {"marked"}
    healthy = score_exercise(name, led(name, "healthy").scores).score
    synkinetic = score_exercise(name, one.scores).score
    if healthy is not None and synkinetic is not None:
        assert synkinetic < healthy - 10


@pytest.mark.parametrize("kind", ["still", "noise"])
@pytest.mark.parametrize("name", ALL)
def test_nothing_is_scored_from_a_still_face_or_from_noise(led, name, kind):
    one = led(name, kind)
    assert [score.score for score in one.scores] == [None] * len(one.scores)
    assert not [score for score in one.scores if score.measurable]
    assert not set(one.said) & CORRECTIONS
    if one.exercise.wanted is not None and not one.exercise.eyes_closed:
        assert "no_movement" in one.said
