"""What can be in the way of measuring a frame, or a resting face."""

from __future__ import annotations

from typing import Literal, get_args

Problem = Literal[
    "no_face",
    "out_of_picture",
    "too_far",
    "head_turned",
    "too_dark",
    "too_bright",
    "too_blurred",
    "covered",
    "no_rest",
]

PROBLEMS: tuple[Problem, ...] = get_args(Problem)

REASONS: dict[Problem, str] = {
    "no_face": "No face was seen.",
    "out_of_picture": "The face was partly outside the picture.",
    "too_far": "The face was too small in the picture: come closer to the camera.",
    "head_turned": "The head was turned: look straight into the mirror.",
    "too_dark": "The face was too dark: turn towards a window or a lamp.",
    "too_bright": "The face was too bright: turn a little away from the light.",
    "too_blurred": "The picture was blurred: wipe the lens, add light, or keep still.",
    "covered": "Something was in front of the face: take your hand away.",
    "no_rest": "No resting face had been seen yet: begin with two still seconds.",
}
"""What a person is told."""

RestProblem = Literal["turned_at_rest", "lids_unclear"]

REST_PROBLEMS: tuple[RestProblem, ...] = get_args(RestProblem)

REST_REASONS: dict[RestProblem, str] = {
    "turned_at_rest": "The head was turned at rest: look straight into the mirror.",
    "lids_unclear": (
        "The lids could not be told from the eye: more light, from the front, may help."
    ),
}
"""Why the two sides of a resting face were not compared."""
