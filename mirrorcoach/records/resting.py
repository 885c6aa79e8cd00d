"""How unlike both sides are at rest, as it was kept with each practice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mirrorcoach.records.measured import Rows
from mirrorcoach.records.practices import PracticeRecord

MEASURES = ("fissure", "commissure", "brow")
"""Openings of the eyes, corners of the mouth, and brows: ``rest.asymmetry`` of ``score.json`` has
the difference of both sides of each."""


def rest_rows(practices: Sequence[PracticeRecord]) -> dict[str, Rows]:
    """Difference of both sides at rest, without its sign, in each respect that was measured.

    Parameters
    ----------
    practices : sequence of PracticeRecord
        In order of time. Those without a measurement of the resting face say nothing.

    Returns
    -------
    dict
        By `MEASURES`, those that were measured at all; millimetres.
    """
    found: dict[str, list[float]] = {}
    for number, record in enumerate(practices):
        asymmetry = (record.rest or {}).get("asymmetry") or {}
        for name in MEASURES:
            one = asymmetry.get(f"{name}_difference")
            if one is not None:
                low, high = one["interval_mm"]
                value, half = abs(one["mm"]), (high - low) / 2.0
                row = (number, value, max(0.0, value - half), value + half)
                found.setdefault(name, []).extend(row)
    return {name: np.array(flat).reshape(-1, 4) for name, flat in found.items()}
