"""What the window can show: plain values, made by the practice, drawn by the scenes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.schema import SafetyText
from exercises.session import Snapshot


@dataclass(frozen=True)
class LoadingView:
    """A short wait."""

    text: str


@dataclass(frozen=True)
class MessageView:
    """Something stands in the way: what it is, and what helps."""

    title: str
    text: str


@dataclass(frozen=True)
class SafetyView:
    """One page of what everybody must know before they practise."""

    cards: tuple[SafetyText, ...]
    last: bool


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
    """

    snapshot: Snapshot
    name: str
    image: NDArray[np.uint8] | None
    points_px: NDArray[np.float64] | None


@dataclass(frozen=True)
class ResultRow:
    """How one exercise went.

    Attributes
    ----------
    name : str
        The exercise.
    left, right : str
        How far each side moved, in words or with its unit.
    evenness : float or None
        Smaller side as a share of the larger one, 0 to 1; None where it cannot be told.
    evenness_low, evenness_high : float or None
        Ends of its interval.
    phrase : str
        The same in words.
    """

    name: str
    left: str
    right: str
    evenness: float | None
    evenness_low: float | None
    evenness_high: float | None
    phrase: str


@dataclass(frozen=True)
class ResultView:
    """A practice that is over; one to seven rows stay readable."""

    title: str
    subtitle: str
    rows: tuple[ResultRow, ...]
    footnote: str


View = LoadingView | MessageView | SafetyView | SessionView | ResultView
