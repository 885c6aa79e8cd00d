"""A person who moves exactly as told, with a face to draw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from live_moments import face
from numpy.typing import NDArray

from exercises import library
from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import Reading
from landmarks.movement import PATHS, Movement
from landmarks.pose import HeadPose
from landmarks.problems import Problem
from landmarks.regions import REGIONS
from landmarks.rest import Rest
from landmarks.signals import Signals
from landmarks.tracker import FaceMesh

FPS = 30
SMILE = library.exercises()["smile_open"]
STRAIGHT = HeadPose(0.0, 0.0, 0.0)
REST = Rest(0.0, 1.0, 31, STRAIGHT, 0.5, dict.fromkeys(REGIONS, (0.1, 0.1)))
PATH = PATHS.index(("mouth_corner", "out_up"))

Course = Callable[[float], float]


def bump(start_s: float, rise_s: float = 1.0, hold_s: float = 2.0, fall_s: float = 1.0) -> Course:
    """0 to 1 and back, at least jerk."""

    def ramp(u: float) -> float:
        u = min(1.0, max(0.0, u))
        return u**3 * (10 - 15 * u + 6 * u * u)

    return lambda t: ramp((t - start_s) / rise_s) - ramp((t - start_s - rise_s - hold_s) / fall_s)


def readings(
    left_mm: Course,
    right_mm: Course,
    *,
    length_s: float = 9.0,
    eyes: Callable[[float], tuple[float, float]] = lambda t: (1.0, 1.0),
    problem: Callable[[float], Problem | None] = lambda t: None,
    pose: HeadPose = STRAIGHT,
    hidden: Callable[[float], bool] = lambda t: False,
    noise_mm: float = 0.03,
    start_s: float = 0.0,
) -> list[Reading]:
    """Readings of a smile whose mouth corners move by these millimetres."""
    rng = np.random.default_rng(3)
    mesh = FaceMesh(face())
    made = []
    for time_s in np.arange(0.0, length_s, 1.0 / FPS):
        along = np.zeros((len(PATHS), 2))
        along[PATH] = (left_mm(time_s), right_mm(time_s)) + rng.normal(size=2) * noise_mm
        if hidden(time_s):
            along[:, 1] = np.nan
        ratio = np.array(eyes(time_s))
        moved = Movement(
            np.zeros((len(SKIN_REGIONS), 2, 2)), along, np.zeros_like(along), ratio, 7 * (1 - ratio)
        )
        why = problem(time_s)
        made.append(
            Reading(
                len(made),
                float(start_s + time_s),
                why,
                mesh if why != "no_face" else None,
                pose,
                None if why else moved,
            )
        )
    return made


def smile(**more: Any) -> list[Reading]:
    """One smile in which the right side moves half as far as the left one."""
    course = bump(2.0)
    return readings(lambda t: 8 * course(t), lambda t: 4 * course(t), **more)


def signals(made: list[Reading]) -> Signals:
    columns = Signals()
    for one in made:
        columns.append(one)
    return columns


def picture(width: int = 640, height: int = 480) -> NDArray[np.uint8]:
    """A picture in which every place has its own colour."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return np.stack([x % 256, y % 256, (x + y) % 256], axis=2).astype(np.uint8)
