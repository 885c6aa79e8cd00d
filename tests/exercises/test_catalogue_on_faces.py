"""The catalogue's directions, on a rendered face whose movement is known."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from exercises import library
from exercises.repetition import measure_of
from landmarks.frame import Frame
from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import FaceMeter, readings
from landmarks.movement import Movement, median_movement

FPS = 10
REST_S, RISE_S, HOLD_S, GAP_S = 1.5, 0.2, 0.4, 0.3

MOVES = {
    "brow_lift": "brow_raise",
    "brow_draw": "brow_frown",
    "eye_close_gentle": "eye_close",
    "eye_close_full": "eye_close_tight",
    "eye_squint": "eyeSquint",
    "snarl": "snarl",
    "smile_closed": "smile",
    "smile_open": "smile_open",
    "pucker": "pucker",
    "ee_lowerlip": "lower_lip",
    "upper_lip_lift": "mouthUpperUp",
    "corner_down": "mouth_frown",
}
"""What the rendered person does for each exercise, in the renderer's own names."""

WAYS = {"up": (0, 1), "down": (0, -1), "in": (-1, 0), "out_up": (0.7, 0.7)}
"""Out from the midline, up to the forehead."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def held(shared: Path) -> dict[str, Movement]:
    """The full movement of each exercise, measured on one rendered person."""
    sys.path.insert(0, str(shared / "truth"))
    try:
        from synthpatient.generate import Patient
    finally:
        sys.path.pop(0)
    step_s = 2 * RISE_S + HOLD_S + GAP_S
    starts = {name: REST_S + step_s * place for place, name in enumerate(MOVES)}
    patient = Patient(
        {
            "fps": FPS,
            "size": [640, 480],
            "seed": 3,
            "person": "C",
            "supersample": 1,
            "camera": {"noise": 2.0},
            "seconds": REST_S + step_s * len(MOVES),
            "exercises": [
                {
                    "move": move,
                    "start": starts[name],
                    "rise": RISE_S,
                    "hold": HOLD_S,
                    "fall": RISE_S,
                }
                for name, move in MOVES.items()
            ],
        }
    )
    frames = (Frame(index, index / FPS, image) for index, image, *_ in patient)
    with FaceMeter() as meter:
        seen = list(readings(frames, meter, lambda time_s: time_s < REST_S))
    assert not [one.problem for one in seen if one.problem not in (None, "no_rest")]
    return {
        name: median_movement(
            [
                one.movement
                for one in seen
                if one.movement is not None and -1e-6 <= one.time_s - start_s - RISE_S < HOLD_S
            ]
        )
        for name, start_s in starts.items()
    }


@pytest.mark.parametrize("name", MOVES)
def test_what_the_catalogue_asks_for_is_what_is_measured(
    held: dict[str, Movement], name: str
) -> None:
    exercise, moved = library.exercises()[name], held[name]
    measure = measure_of(exercise)
    assert exercise.wanted is not None and measure is not None
    # Narrow eyes are shut a little before the mark.
    assert measure.sides_mm(moved).min() > 0.75 * exercise.wanted.target_mm
    if exercise.wanted.region == "eye":
        return
    for side in moved.displacement_mm[SKIN_REGIONS.index(exercise.wanted.region)]:
        if np.isfinite(side).all():  # teeth may hide a lip's own points
            way = np.array(WAYS[exercise.wanted.direction])
            assert side @ way > 0.75 * np.linalg.norm(side) * np.linalg.norm(way)


def test_every_direction_of_the_catalogue_is_looked_at() -> None:
    asked = {
        (one.wanted.region, one.wanted.direction)
        for one in library.exercises().values()
        if one.wanted is not None
    }
    looked_at = {library.exercises()[name].wanted for name in MOVES}
    assert asked == {(one.region, one.direction) for one in looked_at if one is not None}


def test_a_movement_is_not_taken_for_its_opposite(held: dict[str, Movement]) -> None:
    smile, sad = (measure_of(library.exercises()[name]) for name in ("smile_open", "corner_down"))
    assert smile is not None and sad is not None
    assert sad.sides_mm(held["smile_open"]).max() < 0 < sad.sides_mm(held["corner_down"]).min()
    assert (
        smile.sides_mm(held["corner_down"]).max() < 0.5 * smile.sides_mm(held["smile_open"]).min()
    )
