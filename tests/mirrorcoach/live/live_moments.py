"""A face that nobody has, and moments of a session to draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from exercises import library
from exercises.events import Phase, Snapshot
from exercises.schema import Words
from exercises.watch import QuietMark
from landmarks.mesh import LIPS_OUTER, RIGHT_BROW, RIGHT_EYE, mirrored
from landmarks.problems import PROBLEMS
from landmarks.regions import REGIONS
from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.live.session_view import SessionView

EYE = QuietMark("eye", "left")
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
        "set_number": 1,
        "sets": 1,
        "step": None,
        "coming": None,
        "cue": WORDS.exercise["smile_open"].rise,
        "fill": None,
        "together": False,
        "quiet": None,
        "paused_by_itself": False,
        "why": None,
    }
    return Snapshot(phase=phase, exercise=EXERCISES[exercise], **(values | known))


def session_view(
    now: Snapshot,
    image: NDArray[np.uint8] | None = None,
    points_px: NDArray[np.float64] | None = None,
    said: Words = WORDS,
    **known: Any,
) -> SessionView:
    assert now.exercise is not None
    words = said.exercise[now.exercise.id]
    known.setdefault("discourage", words.discourage or "")
    if now.coming is not None:
        known["coming"] = said.exercise[now.coming.id]
    return SessionView(now, words.name, image, points_px, **known)


def every_moment(said: Words) -> Iterator[SessionView]:
    """Every exercise and every cue that it may show, in every phase."""
    for name, exercise in EXERCISES.items():
        words = said.exercise[name]
        if exercise.kind != "movement":
            cues = said.cue.values() if exercise.kind == "rest" else (words.rise, *words.guide)
            during = Phase.REST if exercise.kind == "rest" else Phase.GUIDED
            for cue in cues:
                yield session_view(snapshot(during, name, cue=cue), said=said)
            continue
        now = snapshot(Phase.RISE, name, cue=words.rise, repetitions=10, sets=3)
        yield session_view(now, said=said)
        yield session_view(snapshot(Phase.HOLD, name, cue=words.hold, quiet=EYE), said=said)
        first = snapshot(Phase.BETWEEN, name, cue=said.cue["rest_between"], repetition=0)
        yield session_view(first, said=said)
        rest = snapshot(Phase.BETWEEN, coming=exercise, cue=said.cue["rest_between"])
        yield session_view(rest, said=said)
    for question in said.question.values():
        yield session_view(snapshot(Phase.ASKING, cue=question), said=said)
    for cue in said.cue.values():
        yield session_view(snapshot(Phase.HOLD, cue=cue, quiet=EYE), said=said)


def every_pause(said: Words) -> Iterator[SessionView]:
    """Every reason to pause."""
    for problem in PROBLEMS:
        known = {"why": problem, "paused_by_itself": True}
        yield session_view(snapshot(Phase.PAUSED, cue=said.cue[problem], **known), said=said)
    for camera in ("open", *get_args(WaitingKind)):
        known = {"why": "no_picture", "paused_by_itself": True}
        now = snapshot(Phase.PAUSED, cue=said.cue["no_picture"], **known)
        yield session_view(now, said=said, camera=camera)
    for region in REGIONS:
        now = snapshot(
            Phase.PAUSED,
            cue=said.cue["paused"],
            why="paused",
            quiet=QuietMark(region, "right"),
        )
        yield session_view(now, said=said)
    for why in ("paused", "rest"):
        yield session_view(snapshot(Phase.PAUSED, cue=said.cue[why], why=why), said=said)
