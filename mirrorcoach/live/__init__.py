"""The window: a quiet room with one oval mirror.

`views` says what can be shown, and needs no screen. Everything else here may import pygame;
nothing outside this folder does.
"""

from __future__ import annotations

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
