"""Names shared by everything that speaks of a face: regions, sides, directions."""

from __future__ import annotations

from typing import Literal, get_args

Side = Literal["left", "right"]
Region = Literal["brow", "eye", "ala", "upper_lip", "mouth_corner", "lower_lip", "cheek", "chin"]
Direction = Literal["up", "down", "in", "out_up", "close"]

SIDES: tuple[Side, Side] = get_args(Side)
"""The person's own sides, in the order of every array axis called *side*."""

REGIONS: tuple[Region, ...] = get_args(Region)
"""The measured regions, in the order of every array axis called *region*."""
