"""What the coach can say and sound, and how often; the words live in ``words/``."""

from __future__ import annotations

from typing import Literal, get_args

from landmarks.problems import Problem

CueId = (
    Problem
    | Literal[
        "getting_ready",
        "rest",
        "rest_between",
        "together",
        "left_waits",
        "right_waits",
        "ends_together",
        "eye_narrows",
        "mouth_moves",
        "other_moves",
        "freeze",
        "go_on",
        "smaller",
        "slower",
        "no_movement",
        "even_face",
        "open_eyes",
        "paused",
        "no_picture",
        "set_ends",
        "enough",
        "faded",
        "tired",
        "day_full",
        "nobody",
        "done",
    ]
)

CUES: frozenset[str] = frozenset(name for part in get_args(CueId) for name in get_args(part))
"""Every cue that a language must have words for."""

Tone = Literal[
    "rise",
    "hold",
    "let_go",
    "rest",
    "together",
    "ease",
    "comes_along",
    "set_done",
    "pause",
    "open_eyes",
    "asked",
]
"""Every sound; each belongs to an event that is seen as well."""

LONGEST_CUE = 40
"""Signs; a longer line cannot be read beside a moving face."""

ADVICE_STAYS_S = 2.5
"""Advice stays this long before anything else is said."""

ADVICE_APART_S = 6.0
"""A new correction is given at most this often: each wants to be heard, done and felt. What belongs
to the same one (staying there, going on), and movement that joins in, may follow as soon as the
last has been read."""

PHASE_STAYS_S = 1.25
"""The words of a phase may give way to advice sooner: its bar goes on showing it."""
