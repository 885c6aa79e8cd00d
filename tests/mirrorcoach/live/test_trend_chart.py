"""The chart of the weeks: where its points lie."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import numpy as np
import pygame
import pytest
from scipy import ndimage

from mirrorcoach.live import trend_chart
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Box
from mirrorcoach.records.history import trends
from mirrorcoach.records.practices import PracticeRecord

FIRST = date(2026, 3, 2)
BOX = Box(40, 40, 700, 420)


def practice(number: int, evenness: float) -> PracticeRecord:
    day = FIRST + timedelta(days=10 * number)
    return PracticeRecord(
        number=number,
        started_at=datetime(day.year, day.month, day.day, 9, tzinfo=timezone.utc),
        programme="synkinesis",
        repetitions=(
            {
                "exercise": "pucker",
                "symmetry": evenness,
                "symmetry_interval": [evenness - 0.05, evenness + 0.05],
                "measurable": True,
                "reasons": [],
                "left": {"excursion_mm": 3.0, "excursion_interval_mm": [2.0, 4.0]},
                "right": {"excursion_mm": 3.0, "excursion_interval_mm": [2.0, 4.0]},
                "quiet": [],
            },
        ),
        answers=(),
        felt=None,
        ending="done",
        practised_s=300.0,
        provenance={"scoring": 1},
    )


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1000, 720)])
def test_each_practice_is_a_point_at_its_day_and_height(size: tuple[int, int]) -> None:
    worth = (0.9, 0.4, 0.85, 0.35, 0.8)
    (trend,) = trends([practice(number, one) for number, one in enumerate(worth)])
    canvas, target = Canvas(*size), pygame.Surface(size)
    canvas.begin(target)
    target.fill(canvas.theme.surface)
    today = FIRST + timedelta(days=10 * len(worth))
    trend_chart.draw(canvas, BOX, trend, today)
    pixels = pygame.surfarray.array3d(target)  # x, y
    ring = (np.abs(pixels - np.array(canvas.theme.breath, dtype=int)) <= 2).all(axis=2)
    labels, _ = ndimage.label(ndimage.binary_closing(ring, np.ones((5, 5))))
    found = [np.argwhere(labels == one) for one in range(1, labels.max() + 1)]
    points = [(one.min(axis=0) + one.max(axis=0)) / 2 for one in found if len(one) > 20]
    points.sort(key=lambda place: place[0])
    free = worth[:-1]  # the disc of today lies on the last
    x, y = np.array(points[: len(free)]).T
    assert np.ptp(np.diff(x)) < 1.5, "ten days are as wide everywhere"
    per_worth = np.polyfit(free, y, 1)
    assert per_worth[0] < 0, "more even is higher"
    assert np.abs(np.polyval(per_worth, free) - y).max() < 1.0
