"""A score in which there is something of everything: each kind of number, reason and remark."""

from exercises import library
from exercises.reasons import SENTENCES, sentence
from exercises.scales import SUNNYBROOK
from landmarks.problems import REASONS, REST_REASONS
from landmarks.regions import SIDES
from mirrorcoach.video import remarks
from mirrorcoach.video.document import SCHEMA

EXERCISES = (*SUNNYBROOK, "eye_close_full", "ee_lowerlip", "smile_eye_open")
PARTS = {"deg": "12.5", "side": "left", "mm": "0.5"}
REMARK_PARTS = {"n": 3, "seconds": "1.5"}
OF_REPETITIONS = [sentence(why, **PARTS) for why in SENTENCES if why not in REST_REASONS]
REMARKS = [remarks.sentence(one, **REMARK_PARTS) for one in remarks.SENTENCES]


def known(mm):
    return {"mm": mm, "interval_mm": [mm - 0.75, mm + 0.75]}


def side(mm):
    seen = mm is not None
    return {
        "excursion_mm": mm,
        "excursion_interval_mm": [mm - 0.5, mm + 0.5] if seen else [0.0, 0.6],
        "onset_s": 1.0 if seen else None,
        "peak_speed_mm_s": 4.0 if seen else None,
        "hold_spread_mm": 0.1 if seen else None,
    }


def quiet(exercise):
    """Of what should stay still: eyes, which always have a number, and skin in each of its ways."""
    ways = ((2.5, [2.1, 2.9]), (None, [0.0, 0.5]), (None, None))
    found = []
    for one in library.exercises()[exercise].quiet:
        for name in SIDES:
            eye = one.region == "eye"
            change, interval = (0.3, [0.26, 0.34]) if eye else ways[len(found) % len(ways)]
            found.append(
                {
                    "region": one.region,
                    "side": name,
                    "change": change,
                    "unit": "ratio" if eye else "mm",
                    "interval": interval,
                    "flag": None if interval is None else "none" if change is None else "marked",
                }
            )
    return found


def repetition(index, exercise, left, right, reasons=()):
    """One repetition; None where a side could not be told from rest."""
    both = left is not None and right is not None
    return {
        "index": index,
        "exercise": exercise,
        "start_s": 10.0 * index,
        "hold_start_s": 10.0 * index + 3,
        "hold_end_s": 10.0 * index + 6,
        "end_s": 10.0 * index + 9,
        "measurable": left is not None or right is not None,
        "reasons": list(reasons),
        "left": side(left),
        "right": side(right),
        "symmetry": round(right / left, 3) if both else None,
        "symmetry_interval": [0.4, 0.9] if both else None,
        "weaker_side": "right" if both else None,
        "path_agreement": 0.8 if both else None,
        "onset_lag_s": 0.2 if both else None,
        "returned": 0.9 if both else None,
        "quiet": quiet(exercise) if both else [],
        "manner": [],
        "marks": {},
        "score": 60.0 if both else None,
    }


def whole_score():
    """The object of a ``score.json``."""
    best = {"snarl": (None, None), "eye_close_full": (5.0, None)}
    repetitions = []
    for place, name in enumerate(EXERCISES):
        why = OF_REPETITIONS[place :: len(EXERCISES)]
        number = len(repetitions)
        repetitions += [
            repetition(number, name, *best.get(name, (5.0, 3.25))),
            repetition(number + 1, name, *best.get(name, (5.0, None)), why[:1]),
            repetition(number + 2, name, None, None, why),
        ]
    return {
        "schema": SCHEMA,
        "source": {"file": "lundi.mp4"},
        "provenance": {"mirrorcoach": "0.1.0", "options": {}, "scoring": 1},
        "affected": "right",
        "scale": {
            "mm_per_px": 0.4,
            "interval_mm_per_px": [0.38, 0.42],
            "method": "iris",
            "ipd_mm": None,
        },
        "rest": {
            "start_s": 1.0,
            "end_s": 3.0,
            "frames": 60,
            "noise_mm": {},
            "asymmetry": {
                "fissure_left": known(9.84),
                "fissure_right": None,
                "fissure_difference": None,
                "commissure_difference": known(-1.62),
                "brow_difference": None,
                "reasons": list(REST_REASONS.values()),
            },
        },
        "repetitions": repetitions,
        "quality": {
            "usable_ratio": 0.9,
            "refused": [
                {"reason": reason, "seconds": None if place % 2 else 2.04}
                for place, reason in enumerate(REASONS.values())
            ],
            "remarks": REMARKS,
        },
    }
