"""What a person can press, whatever they press it with."""

from __future__ import annotations

from enum import Enum


class Key(str, Enum):
    """A key, or the button on the screen that does the same.

    The space bar both pauses and goes on: what it means now is for the practice to say.
    """

    PAUSE_OR_GO_ON = "pause_or_go_on"
    BACK = "back"
    ENTER = "enter"
    END = "end"
    YES = "yes"
    NO = "no"
    SAFETY = "safety"
    QUIT = "quit"
