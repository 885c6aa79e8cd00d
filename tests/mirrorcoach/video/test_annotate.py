"""The annotated recording: a bar a side, and none for what was not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from landmarks.frame import Frame
from landmarks.meter import Reading
from landmarks.movement import AT_REST, PATHS
from landmarks.pose import HeadPose
from mirrorcoach.capture.source import SourceInfo
from mirrorcoach.video import annotate
from mirrorcoach.video.plan import Plan

Draw = Callable[[float, float], tuple[Any, list[str]]]
LEFT_COLOUR, RIGHT_COLOUR = annotate._LEFT, annotate._RIGHT


@pytest.fixture
def draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Draw]:
    """Draw a smile of so many millimetres a side: the picture, and what was written on it."""
    info = SourceInfo("made up", 480, 360, 30.0, None, 0, False, None)
    pictures: list[Any] = []
    said: list[str] = []

    def one(left_mm: float, right_mm: float) -> tuple[Any, list[str]]:
        along = np.zeros_like(AT_REST.along_mm)
        along[PATHS.index(("mouth_corner", "out_up"))] = (left_mm, right_mm)
        frame = Frame(0, 0.0, np.zeros((360, 480, 3), np.uint8))
        writer = annotate.Annotator(
            tmp_path / "out.mp4", info, Plan(None, ("smile_open",), {"exercise": "smile_open"})
        )
        monkeypatch.setattr(writer._writer, "write", lambda image, time_s: pictures.append(image))
        monkeypatch.setattr(annotate, "_text", lambda image, text, *more: said.append(text))
        list(writer.watching(iter([frame])))
        moved = replace(AT_REST, along_mm=along)
        writer.write(Reading(0, 0.0, None, None, HeadPose(0.0, 0.0, 0.0), moved))
        return pictures[-1], said

    yield one


def rows_of(image: Any, colour: tuple[int, int, int]) -> int:
    return int((image == np.array(colour, np.uint8)).all(axis=2).any(axis=1).sum())


def test_a_longer_bar_for_the_side_that_moved_further(draw: Draw) -> None:
    image, said = draw(6.0, 3.0)
    left, right = rows_of(image, LEFT_COLOUR), rows_of(image, RIGHT_COLOUR)
    assert left == pytest.approx(2 * right, abs=2)
    assert right > 20
    assert {"6.0 mm", "3.0 mm"} <= set(said)


def test_a_side_that_was_not_seen_has_no_bar_and_no_number(draw: Draw) -> None:
    image, said = draw(6.0, float("nan"))
    assert rows_of(image, LEFT_COLOUR) > 20
    assert rows_of(image, RIGHT_COLOUR) == 0
    assert not [text for text in said if "nan" in text]
    assert "- mm" in said
