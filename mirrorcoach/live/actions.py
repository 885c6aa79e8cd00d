"""What a person can ask for, whatever they ask it with: keyboard, mouse or touch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

Place = Literal[
    "who",
    "first_start",
    "home",
    "camera_check",
    "practice",
    "result",
    "history",
    "movements",
    "settings",
    "therapist",
    "safety",
    "message",
]
"""A page of the window."""


class Key(str, Enum):
    """What is asked for in the same way on every page."""

    BACK = "back"
    SPACE = "space"
    VIEW = "view"
    DEMONSTRATION = "demonstration"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    SOUND = "sound"
    LARGER = "larger"
    SMALLER = "smaller"
    SAFETY = "safety"
    FULL_SCREEN = "full_screen"
    QUIT = "quit"


@dataclass(frozen=True)
class Go:
    """Show another page; `what` names an exercise or a programme where the page needs one."""

    to: Place
    what: str = ""


@dataclass(frozen=True)
class Change:
    """Give a setting of the person another value; it is kept at once."""

    setting: str
    value: object


@dataclass(frozen=True)
class Press:
    """Something that means something on its own page only."""

    name: str
    value: object = None


Action = Key | Go | Change | Press
