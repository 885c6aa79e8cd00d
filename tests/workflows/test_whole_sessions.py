"""Whole sessions on film, watched without any cue: none missed, none invented, each in its time.

The films show rendered people whose script is known to the frame: three finished ones, and one that
is rendered here, of a person nobody tuned anything on.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from exercises import library
from exercises.course import Span
from exercises.order import asked_in_order
from exercises.repetition import find_movements, measure_of
from exercises.score import RepetitionScore
from exercises.scoring import score_asked
from landmarks.meter import FaceMeter, readings
from landmarks.rest import Rest
from landmarks.signals import Signals
from mirrorcoach.capture.videofile import VideoFile

pytestmark = pytest.mark.slow

EDGE_S = 0.25
EXERCISE_OF = {
    "brow_raise": "brow_lift",
    "eye_close": "eye_close_gentle",
    "snarl": "snarl",
    "smile": "smile_open",
    "smile_open": "smile_open",
    "pucker": "pucker",
    "lower_lip": "ee_lowerlip",
}
"""What the script of a rendered person calls an exercise."""

CATALOGUE = library.exercises()
MEASURES = tuple(dict.fromkeys(measure_of(CATALOGUE[name]) for name in EXERCISE_OF.values()))

FRESH = {
    "fps": 15,
    "size": [480, 360],
    "seed": 4711,
    "person": {"id_seed": 4711, "look": {"seed": 4711, "beard": 0.3}},
    "lead": 2.0,
    "rest": {"droop_L": 0.4},
    "exercises": [
        {"move": "pucker", "left": 0.6, "right": 0.8, "rise": 1.0, "hold": 1.5, "fall": 1.0}
        | {"rest": 1.3},
        {"move": "smile_open", "left": 0.2, "right": 0.7, "rise": 1.6, "hold": 1.4, "fall": 1.2}
        | {"rest": 1.3, "synkinesis": {"eyeBlink_L": 0.3}},
        {"move": "eye_close", "left": 0.6, "right": 0.9, "rise": 0.8, "hold": 1.5, "fall": 0.8}
        | {"rest": 1.2},
    ],
    "blinks": [{"t": 5.9}],
    "sway": {"yaw": 2.0, "pitch": 1.2, "roll": 1.0, "tx": 0.4, "ty": 0.2, "tz": 0.6},
    "camera": {"noise": 2.0, "blur": 0.5},
}


@dataclass(frozen=True)
class Film:
    """What was measured in a film, and what truly happened in it: exercise, start, end."""

    signals: Signals
    rest: Rest
    script: list[tuple[str, float, float]]


def script_of(truth: Path) -> list[tuple[str, float, float]]:
    """The repetitions in a table of truth."""
    done: list[tuple[str, float, float]] = []
    before = "rest"
    with truth.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name, time_s = row["label"].partition(":")[0], float(row["t"])
            if name != "rest":
                start_s = time_s if before == "rest" else done.pop()[1]
                done.append((EXERCISE_OF[name], start_s, time_s))
            before = name
    return done


def watched(path: Path, *, mirrored: bool = False) -> Film:
    """Measure a film without a word about what is asked for in it."""
    signals = Signals()
    with VideoFile(path, mirrored=mirrored) as video, FaceMeter() as meter:
        for reading in readings(video, meter, lambda time_s: True):
            signals.append(reading)
        assert meter.rest is not None
        return Film(signals, meter.rest, script_of(path.with_suffix(".truth.csv")))


@pytest.fixture(scope="module")
def film(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Film]:
    """A film by its name, rendered if need be, measured only once."""
    known: dict[str, Film] = {}

    def rendered() -> Path:
        if str(shared / "truth") not in sys.path:
            sys.path.append(str(shared / "truth"))
        from synthpatient.generate import generate

        out = tmp_path_factory.mktemp("fresh") / "fresh"
        generate(FRESH, str(out), progress=False)
        return out.with_suffix(".mp4")

    def find(name: str) -> Film:
        if name not in known:
            path = rendered() if name == "fresh" else shared / f"truth/clips/{name}.mp4"
            known[name] = watched(path, mirrored=name == "synkinesis_left")
        return known[name]

    return find


FILMS = ("healthy", "palsy_right", "synkinesis_left", "fresh")


@pytest.mark.parametrize("name", FILMS)
def test_every_repetition_is_found_in_its_time_and_no_other(film, name):
    one = film(name)
    spans: list[Span] = find_movements(
        one.signals.between(float("-inf"), float("inf")), MEASURES, one.rest.noise_mm
    )
    assert len(spans) == len(one.script)
    for span, (exercise, start_s, end_s) in zip(spans, one.script, strict=True):
        assert span.start_s == pytest.approx(start_s, abs=EDGE_S), exercise
        assert span.end_s == pytest.approx(end_s, abs=EDGE_S), exercise


@pytest.mark.parametrize("name", FILMS)
def test_each_is_known_for_what_it_was_where_the_order_is_known(film, name):
    one = film(name)
    order = [CATALOGUE[exercise] for exercise in dict.fromkeys(one_of[0] for one_of in one.script)]
    repetitions: list[RepetitionScore] = []
    asked = asked_in_order(one.signals, one.rest, order)
    for place, stretch in enumerate(asked):
        repetitions += score_asked(
            one.signals,
            one.rest,
            CATALOGUE[stretch.exercise],
            stretch,
            not_before_s=asked[place - 1].end_s if place else float("-inf"),
            not_after_s=asked[place + 1].start_s if place + 1 < len(asked) else float("inf"),
        )
    assert [one_of.exercise for one_of in repetitions] == [one_of[0] for one_of in one.script]
    for repetition, (_, start_s, end_s) in zip(repetitions, one.script, strict=True):
        assert repetition.start_s == pytest.approx(start_s, abs=EDGE_S)
        assert repetition.end_s == pytest.approx(end_s, abs=EDGE_S)
