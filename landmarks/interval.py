"""What is known of a number: between what it lies."""

from __future__ import annotations

from dataclasses import dataclass

Z_90 = 1.645
"""Half-width of a 90 % interval in standard deviations."""


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, about 90 % sure."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """``high - low``."""
        return self.high - self.low
