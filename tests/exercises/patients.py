"""Simulated readings: people who move exactly as told, without pictures."""

from dataclasses import replace

import numpy as np

from exercises import library
from exercises.repetition import measure_of
from landmarks.mesh import SKIN_REGIONS
from landmarks.meter import Reading
from landmarks.movement import PATHS, Movement
from landmarks.pose import HeadPose
from landmarks.regions import REGIONS
from landmarks.rest import Rest
from landmarks.signals import Signals

FPS = 30
STRAIGHT = HeadPose(0.0, 0.0, 0.0)

REST = Rest(
    start_s=0.0,
    end_s=1.0,
    frames=31,
    pose=STRAIGHT,
    mm_per_px=0.5,
    noise_mm=dict.fromkeys(REGIONS, (0.1, 0.1)),
)


def ramp(u):
    u = np.clip(u, 0.0, 1.0)
    return u**3 * (10 - 15 * u + 6 * u * u)


def bump(time_s, start_s, rise_s=1.0, hold_s=2.0, fall_s=1.0):
    """0 to 1 and back, at least jerk."""
    up = ramp((time_s - start_s) / rise_s)
    return up - ramp((time_s - start_s - rise_s - hold_s) / fall_s)


def carried(measure, sides_mm):
    """Displacement, path and lid readings of a face that a measure reads as these millimetres."""
    displacement = np.zeros((len(SKIN_REGIONS), 2, 2))
    along, lost = np.zeros((len(PATHS), 2)), np.zeros(2)
    if measure.region == "eye":
        lost += sides_mm
    elif measure.path is not None:
        along[measure.path] += sides_mm
    else:
        row = SKIN_REGIONS.index(measure.region)
        for axis in (0, 1):
            unit = np.zeros_like(displacement)
            unit[row, :, axis] = 1.0
            one = Movement(unit, along, np.zeros_like(along), np.ones(2), lost)
            displacement[row, :, axis] += measure.sides_mm(one) * np.array(sides_mm)
    return displacement, along, lost


def movement(exercise_id, left_mm, right_mm, eyes=(0.0, 0.0), extra=None):
    """A movement that the exercise's measure reads as these millimetres.

    `eyes` is the share of aperture lost, left and right; `extra` moves regions up, in mm.
    """
    measure = measure_of(library.exercises()[exercise_id])
    displacement = np.zeros((len(SKIN_REGIONS), 2, 2))
    along = np.zeros((len(PATHS), 2))
    lost = 10.0 * np.array(eyes)
    if measure is not None:
        own, along, shut = carried(measure, (left_mm, right_mm))
        displacement, lost = displacement + own, shut if measure.region == "eye" else lost
    for region, (left, right) in (extra or {}).items():
        displacement[SKIN_REGIONS.index(region), :, 1] += (left, right)
    return Movement(displacement, along, np.zeros_like(along), 1.0 - lost / 10.0, lost)


def noisy(moved, rng, noise_mm):
    """The same moment as a camera would have it."""
    lost = moved.aperture_lost_mm + rng.normal(size=2) * noise_mm
    return Movement(
        moved.displacement_mm + rng.normal(size=moved.displacement_mm.shape) * noise_mm,
        moved.along_mm + rng.normal(size=moved.along_mm.shape) * noise_mm,
        moved.spread_mm,
        np.maximum(0.0, 1.0 - lost / 10.0),
        lost,
    )


def without_right(moved):
    """The same movement, seen with something in front of the right side's skin."""
    displacement, along = moved.displacement_mm.copy(), moved.along_mm.copy()
    displacement[:, 1] = along[:, 1] = np.nan
    return replace(moved, displacement_mm=displacement, along_mm=along)


def reading(time_s, moved=None, problem=None, pose=STRAIGHT):
    if problem is not None:
        return Reading(0, float(time_s), problem)
    return Reading(0, float(time_s), None, None, pose, moved)


def play(*done, length_s, noise_mm=0.05, sway_mm=0.0, fps=FPS):
    """Signals of a recording in which several exercises were done.

    Each of `done` is exercise id, start, (left, right) millimetres, and seconds of rise, hold and
    fall. `sway_mm` is the size of a slow drift in all that is read.
    """
    rng = np.random.default_rng(7)
    signals = Signals()
    for time_s in np.arange(0.0, length_s, 1.0 / fps):
        drift = sway_mm * np.sin(2 * np.pi * time_s / 7.0)
        displacement = np.zeros((len(SKIN_REGIONS), 2, 2))
        along = drift + rng.normal(size=(len(PATHS), 2)) * noise_mm
        lost = rng.normal(size=2) * noise_mm
        for exercise_id, start_s, sides_mm, *seconds in done:
            measure = measure_of(library.exercises()[exercise_id])
            parts = carried(measure, np.array(sides_mm) * bump(time_s, start_s, *seconds))
            displacement, along, lost = displacement + parts[0], along + parts[1], lost + parts[2]
        ratio = np.maximum(0.0, 1.0 - lost / 10.0)
        now = Movement(displacement, along, np.zeros_like(along), ratio, lost)
        signals.append(reading(time_s, now))
    return signals


def record(exercise_id, left_mm, right_mm, *, length_s=8.0, noise_mm=0.05, fps=FPS, **more):
    """Signals of a recording; `left_mm` and `right_mm` are functions of time.

    `eyes` may be a function of time giving a pair, `problem` one giving a problem or None, `pose`
    one giving a pose, `hidden` one saying whether the right side's skin is hidden.
    """
    rng = np.random.default_rng(5)
    signals = Signals()
    for time_s in np.arange(0.0, length_s, 1.0 / fps):
        problem = more["problem"](time_s) if "problem" in more else None
        pose = more["pose"](time_s) if "pose" in more else STRAIGHT
        eyes = more["eyes"](time_s) if "eyes" in more else (0.0, 0.0)
        jitter = rng.normal(size=2) * noise_mm
        moved = movement(
            exercise_id, left_mm(time_s) + jitter[0], right_mm(time_s) + jitter[1], eyes
        )
        if "hidden" in more and more["hidden"](time_s):
            moved = without_right(moved)
        signals.append(reading(time_s, moved, problem, pose))
    return signals
