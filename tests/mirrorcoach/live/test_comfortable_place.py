"""What counts as a comfortable place, and the one thing that would help most."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from live_moments import face
from numpy.typing import NDArray

from landmarks.problems import PROBLEMS
from mirrorcoach.live.comfortable_place import ROWS, place_of

GREY = np.full((480, 640, 3), 128, dtype=np.uint8)


def sitting(x: float = 320, y: float = 240, height: float = 240) -> NDArray[np.float64]:
    """A face whose eyes are as far apart as those of a face of this height."""
    points = face(x, y, height)
    points[33, :2] = x - 0.28 * height, y - 0.1 * height
    points[263, :2] = x + 0.28 * height, y - 0.1 * height
    points[[50, 205], :2] = x - 0.2 * height, y + 0.1 * height
    points[[280, 425], :2] = x + 0.2 * height, y + 0.1 * height
    return points


def test_a_good_place_lacks_nothing() -> None:
    place = place_of(GREY, sitting(), None, 1)
    assert (place.right, place.hint) == (frozenset(ROWS), None)


@pytest.mark.parametrize(
    "points, problem, faces, row, hint",
    [
        (sitting(x=500), None, 1, "middle", "middle"),
        (sitting(y=330), None, 1, "middle", "middle"),
        (sitting(), "out_of_picture", 1, "middle", "middle"),
        (sitting(), "head_turned", 1, "middle", "straight"),
        (sitting(), "covered", 1, "middle", "covered"),
        (sitting(), None, 2, "middle", "more_faces"),
        (sitting(height=100), None, 1, "near", "closer"),
        (sitting(), "too_far", 1, "near", "closer"),
        (sitting(height=430), None, 1, "near", "back"),
        (sitting(), "too_dark", 1, "light", "window"),
        (sitting(), "too_bright", 1, "light", "bright"),
        (sitting(), "too_blurred", 1, "light", "blurred"),
    ],
)
def test_what_is_lacking_is_said_and_the_rest_stays_right(
    points: NDArray[np.float64], problem: Any, faces: int, row: Any, hint: str
) -> None:
    place = place_of(GREY, points, problem, faces)
    assert (place.row, place.hint) == (row, hint)
    assert place.right == frozenset(ROWS) - {row}


@pytest.mark.parametrize("degrees, asked", [(-25, True), (-5, False), (5, False), (25, True)])
def test_a_head_held_to_one_side_is_asked_upright(degrees: float, asked: bool) -> None:
    points = sitting()
    turn = np.radians(degrees)
    points[[33, 263], 1] += np.array([-67, 67]) * np.tan(turn)
    assert (place_of(GREY, points, None, 1).hint == "level") == asked


@pytest.mark.parametrize("dark", [np.s_[:, :320], np.s_[:, 320:]])
def test_light_from_one_side_is_told(dark: Any) -> None:
    image = GREY.copy()
    image[dark] = 40
    assert place_of(image, sitting(), None, 1).hint == "side"
    image[dark] = 100
    assert place_of(image, sitting(), None, 1).hint is None


def test_without_a_face_nothing_is_right() -> None:
    for place in (place_of(GREY, None, "no_face", 0), place_of(GREY, None, None, 0)):
        assert (place.right, place.hint) == (frozenset(), "no_face")
    assert place_of(None, None, None, 0).hint is None  # there is no picture to see one in


@pytest.mark.parametrize("problem", [one for one in PROBLEMS if one != "no_rest"])
def test_every_problem_has_a_sentence(problem: Any) -> None:
    assert place_of(GREY, sitting(), problem, 1).hint is not None


def test_that_no_rest_was_seen_yet_is_nothing_to_sit_otherwise_for() -> None:
    assert place_of(GREY, sitting(), "no_rest", 1).hint is None


def test_a_face_at_the_very_edge_does_no_harm() -> None:
    for x, y in ((-50.0, -50.0), (700.0, 500.0)):
        assert place_of(GREY, sitting(x, y), None, 1).hint == "middle"
