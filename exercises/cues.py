"""What the coach can say, and when it may say something new; the words live in ``words/``."""

from __future__ import annotations

from typing import Literal, get_args

from landmarks.quality import Problem

CueId = (
    Problem
    | Literal[
        "getting_ready",
        "rest",
        "rest_between",
        "together",
        "left_waits",
        "right_waits",
        "eye_narrows",
        "mouth_moves",
        "other_moves",
        "open_eyes",
        "paused",
        "no_picture",
        "done",
    ]
)

CUES: frozenset[str] = frozenset(name for part in get_args(CueId) for name in get_args(part))
"""Every cue that a language must have words for."""

LONGEST_CUE = 40
"""Signs; a longer line cannot be read beside a moving face."""

ADVICE_STAYS_S = 2.5
"""Advice stays this long before anything else is said."""

PHASE_STAYS_S = 1.25
"""The words of a phase may give way to advice sooner: its bar goes on showing it."""
