"""How unlike both sides are at rest, as it was kept with each practice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mirrorcoach.records.measured import Rows
from mirrorcoach.records.practices import PracticeRecord


def rest_rows(practices: Sequence[PracticeRecord]) -> dict[str, Rows]:
    """Difference of both sides at rest, without its sign, in each respect that was measured.

    Parameters
    ----------
    practices : sequence of PracticeRecord
        In order of time. Those without a measurement of the resting face say nothing.

    Returns
    -------
    dict
        By the name of the measure, as in ``rest.asymmetry`` of ``score.json``.
    """
    found: dict[str, list[float]] = {}
    for number, record in enumerate(practices):
        for name, one in ((record.rest or {}).get("asymmetry") or {}).items():
            if one is None or one["difference_mm"] is None:
                continue
            low, high = one["interval_mm"]
            value, half = abs(one["difference_mm"]), (high - low) / 2.0
            found.setdefault(name, []).extend((number, value, max(0.0, value - half), value + half))
    return {name: np.array(flat).reshape(-1, 4) for name, flat in found.items()}
