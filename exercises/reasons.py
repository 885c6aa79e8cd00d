"""Why something could not be measured: each reason's name, and the sentence in ``score.json``."""

from __future__ import annotations

from typing import Literal

from exercises.sentences import known_again
from landmarks.problems import PROBLEMS, REASONS, REST_PROBLEMS, REST_REASONS, Problem, RestProblem

Why = (
    Problem
    | RestProblem
    | Literal[
        "hidden",
        "recording_ended",
        "too_few_pictures",
        "no_movement",
        "not_let_go",
        "turned_since_rest",
        "turned_too_far",
        "too_small",
        "one_side_too_small",
        "not_comparable",
        "low_confidence",
    ]
)

_OF_FRAMES: dict[Why, str] = {problem: REASONS[problem] for problem in PROBLEMS}
_OF_REST: dict[Why, str] = {problem: REST_REASONS[problem] for problem in REST_PROBLEMS}

SENTENCES: dict[Why, str] = {
    **_OF_FRAMES,
    **_OF_REST,
    "hidden": "A side of the face could not be seen: keep hands and hair away from it.",
    "recording_ended": "The recording ends before this.",
    "too_few_pictures": "The recording has too few pictures here.",
    "no_movement": "No movement was seen beyond what a resting face does by itself.",
    "not_let_go": "The recording ends before the movement was let go.",
    "turned_since_rest": (
        "The head turned by {deg} degrees after rest: look straight into the mirror."
    ),
    "turned_too_far": (
        "The head was turned by {deg} degrees, too far for this movement: look straight into the "
        "mirror."
    ),
    "too_small": "The movement was smaller than what can be told from a resting face.",
    "one_side_too_small": "The {side} side moved less than the {mm} mm that can be told from rest.",
    "not_comparable": "The two sides cannot be compared well enough here.",
    "low_confidence": (
        "This movement is measured with low confidence, so that it is part of no score."
    ),
}
"""What a person is told, in English; other languages say it after the reason's name."""


def sentence(why: Why, **parts: str) -> str:
    """A reason in words.

    Parameters
    ----------
    why : str
        Its name.
    **parts : str
        What stands in braces in its sentence.
    """
    return SENTENCES[why].format(**parts)


def reason_of(said: str) -> tuple[Why, dict[str, str]] | None:
    """The name of a reason and its parts, from the sentence in ``score.json``.

    Parameters
    ----------
    said : str
        One of ``reasons``.

    Returns
    -------
    tuple of str and dict, or None
        None for a sentence that this version does not say.
    """
    return known_again(said, SENTENCES)
