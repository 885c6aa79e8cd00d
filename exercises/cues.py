"""The names of everything the coach can say; the words themselves live in ``words/``."""

from __future__ import annotations

from typing import Literal, get_args

CueId = Literal[
    "getting_ready",
    "rest",
    "rest_between",
    "rise",
    "hold",
    "let_go",
    "together",
    "left_waits",
    "right_waits",
    "eye_narrows",
    "mouth_moves",
    "other_moves",
    "open_eyes",
    "paused",
    "face_lost",
    "too_dark",
    "too_bright",
    "too_far",
    "too_near",
    "head_turned",
    "out_of_picture",
    "done",
]

CUES: tuple[CueId, ...] = get_args(CueId)

FORBIDDEN_WORDS = (
    "harder",
    "bigger",
    "stronger",
    "push",
    "maximum",
    "wrong",
    "fail",
    "bad",
    "lazy",
    "weak",
    "should",
    "must",
    "try again",
    "missed",
    "streak",
    "normal",
)
"""Words that no cue may hold, in any language; a test reads every file of words."""
