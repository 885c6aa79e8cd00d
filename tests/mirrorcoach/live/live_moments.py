"""A face that nobody has, and moments of a session to draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from exercises import library
from exercises.schema import Words
from exercises.session import Phase, Snapshot
from exercises.watch import QuietMark
from landmarks.mesh import LIPS_OUTER, RIGHT_BROW, RIGHT_EYE, mirrored
from mirrorcoach.live.views import SessionView

EXERCISES = library.exercises()
WORDS = library.words()


def face(x: float = 320, y: float = 240, height: float = 240) -> NDArray[np.float64]:
    """A face without depth, whose right side lies on the left of the picture."""
    points = np.zeros((478, 3))
    points[:, :2] = (x, y)
    unit = height / 240

    def ring(numbers: tuple[int, ...], dx: float, dy: float, w: float, h: float) -> None:
        for step, number in enumerate(numbers):
            angle = np.pi + 2 * np.pi * step / len(numbers)
            points[number, :2] = (
                x + unit * (dx + w * np.cos(angle)),
                y + unit * (dy + h * np.sin(angle)),
            )

    points[10, 1], points[152, 1] = y - height / 2, y + height / 2
    ring(LIPS_OUTER, 0, 60, 35, 14)
    ring(RIGHT_EYE, -40, -25, 20, 8)
    ring(RIGHT_BROW, -40, -50, 26, 6)
    for numbers in (RIGHT_EYE, RIGHT_BROW):
        for right, left in zip(numbers, mirrored(numbers), strict=True):
            points[left, :2] = (2 * x - points[right, 0], points[right, 1])
    return points


def snapshot(phase: Phase = Phase.RISE, exercise: str = "smile_open", **known: Any) -> Snapshot:
    values: dict[str, Any] = {
        "progress": 0.5,
        "repetition": 1,
        "repetitions": 5,
        "cue": WORDS.exercise["smile_open"].rise,
        "fill": None,
        "together": False,
        "quiet": None,
        "paused_by_itself": False,
    }
    return Snapshot(phase=phase, exercise=EXERCISES[exercise], **(values | known))


def session_view(
    now: Snapshot,
    image: NDArray[np.uint8] | None = None,
    points_px: NDArray[np.float64] | None = None,
    said: Words = WORDS,
) -> SessionView:
    assert now.exercise is not None
    return SessionView(now, said.exercise[now.exercise.id].name, image, points_px)


def every_moment(said: Words) -> Iterator[SessionView]:
    """Every exercise with every cue that it may show, in every phase."""
    for name, exercise in EXERCISES.items():
        words = said.exercise[name]
        if exercise.kind != "movement":
            cues = said.cue.values() if exercise.kind == "rest" else (words.rise, *words.guide)
            during = Phase.REST if exercise.kind == "rest" else Phase.GUIDED
            for phase in (Phase.GETTING_READY, during):
                for cue in cues:
                    yield session_view(snapshot(phase, name, cue=cue), said=said)
            continue
        for phase, cue in (
            (Phase.RISE, words.rise),
            (Phase.HOLD, words.hold),
            (Phase.LET_GO, words.let_go),
        ):
            yield session_view(snapshot(phase, name, cue=cue, repetitions=10), said=said)
            mark = QuietMark("eye", "left")
            yield session_view(snapshot(phase, name, cue=cue, quiet=mark), said=said)
    for question in said.question.values():
        yield session_view(snapshot(Phase.ASKING, cue=question))
    for cue in said.cue.values():
        yield session_view(snapshot(Phase.BETWEEN, cue=cue))
        yield session_view(snapshot(Phase.HOLD, cue=cue, quiet=QuietMark("eye", "left")))
        yield session_view(snapshot(Phase.PAUSED, cue=cue, paused_by_itself=True))


@dataclass(frozen=True)
class Printed:
    """A line of text, the pixels its letters cover, and the room it had."""

    text: str
    letters: pygame.Rect
    width: float
    room: float
