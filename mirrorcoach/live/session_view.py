"""One moment of a practice as plain values: made by the practice, drawn by its page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from exercises.cues import Tone
from exercises.events import Snapshot
from exercises.schema import ExerciseWords
from landmarks.regions import Side
from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.profile import AffectedSide

CameraState = Literal["open"] | WaitingKind
"""Giving pictures, or what is being waited for."""


@dataclass(frozen=True, eq=False)
class SessionView:
    """One moment of a practice.

    Attributes
    ----------
    snapshot : Snapshot
        Where the session stands.
    name : str
        What the present exercise is called.
    image : numpy.ndarray, shape (height, width, 3), uint8, or None
        Blue, green, red; not mirrored. None while the camera is silent.
    points_px : numpy.ndarray, shape (478, 3), or None
        The face mesh in the same picture, in its pixels. None where no face is seen.
    rest_px : numpy.ndarray, shape (478, 3), or None
        The person's mesh at rest, as it was tracked. None while unknown.
    mm_per_px : float
        Scale at that rest; not a number while unknown.
    affected : AffectedSide or None
        The side that needs more patience, as the person says.
    discourage : str
        What the present exercise leaves out; empty where there is nothing.
    coming : ExerciseWords or None
        Words of the exercise of the next set, during the last rest of this one.
    tone : Tone or None
        The sound that has begun since the last moment.
    captions : bool
        Whether sounds are shown as well.
    camera : CameraState
        How the camera is.
    """

    snapshot: Snapshot
    name: str
    image: NDArray[np.uint8] | None
    points_px: NDArray[np.float64] | None
    rest_px: NDArray[np.float64] | None = None
    mm_per_px: float = math.nan
    affected: AffectedSide | None = None
    discourage: str = ""
    coming: ExerciseWords | None = None
    tone: Tone | None = None
    captions: bool = True
    camera: CameraState = "open"

    @property
    def healthy(self) -> Side | None:
        """The half to show twice; None unless the person named one side."""
        if self.affected == "left":
            return "right"
        return "left" if self.affected == "right" else None
