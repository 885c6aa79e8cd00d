"""A whole practice, kept as what came in, leads to the same session and the same scores again."""

import pickle

import numpy as np
from patients import REST, bump, movement, noisy, reading

from exercises import library
from exercises.events import Action, Phase, PhaseBegan, RepetitionOver
from exercises.scoring import score_asked
from exercises.session import Session
from exercises.today import Today
from landmarks.signals import Signals

CATALOGUE = library.exercises()


def begun():
    return Session(
        library.programmes()["synkinesis"], CATALOGUE, library.words(), Today(5.0, tiredness=4)
    )


def led():
    """Everything that came in during a practice, and everything that came out.

    The person sways, blinks, loses the picture, pauses, answers, and has an eye that joins in.
    """
    rng = np.random.default_rng(3)
    one, came_in, came_out = begun(), [], []
    time_s, asked_s, exercise = 0.0, -99.0, "smile_eye_open"
    paused = False
    while not one.done:
        time_s += float(rng.choice([0.03, 0.04, 0.05, 0.2]))
        size = bump(time_s, asked_s + 0.4, 2.0, 4.0, 2.0)
        moved = noisy(movement(exercise, 3 * size, 2 * size, (0.0, 0.12 * size)), rng, 0.05)
        problem = "head_turned" if 60.0 < time_s < 64.0 else None
        came_in.append(("see", reading(time_s, None if problem else moved, problem)))
        if one.question is not None:
            came_in.append(("answer", bool(rng.random() < 0.5)))
        if time_s > 100.0 and not paused:
            paused = True
            came_in += [("act", Action.PAUSE), ("tick", time_s + 5.0), ("act", Action.GO_ON)]
        for what, value in came_in[len(came_out) :]:
            new = getattr(one, what)(value)
            came_out.append(new)
            for event in new:
                if isinstance(event, PhaseBegan) and event.phase is Phase.RISE:
                    asked_s, exercise = event.time_s, event.exercise.id
    return came_in, came_out


def scores(came_in, came_out):
    signals, found = Signals(), []
    for (what, value), events in zip(came_in, came_out, strict=True):
        if what == "see":
            signals.append(value)
        for event in events:
            if isinstance(event, RepetitionOver) and event.scored:
                found += score_asked(signals, REST, event.exercise, event.asked)
    return found


def test_a_whole_practice_replays_exactly():
    came_in, came_out = led()
    kept = pickle.loads(pickle.dumps(came_in))
    one = begun()
    again = [getattr(one, what)(value) for what, value in kept]
    assert again == came_out
    before, after = scores(came_in, came_out), scores(kept, again)
    assert after == before
    assert len(before) >= 10
    assert any(score.measurable for score in before)
