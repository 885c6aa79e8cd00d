"""What was only felt is seen afterwards, as lines before it is seen as a picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from layouts import LAYOUTS, Draw, Layout
from live_moments import face
from therapist_moments import smile

from landmarks.frame import Frame
from landmarks.meter import Reading
from landmarks.tracker import FaceMesh
from mirrorcoach.live.actions import Key
from mirrorcoach.live.paired import FRAMES_KEPT, Paired
from mirrorcoach.live.recent import Recent
from mirrorcoach.live.replay import Replay
from mirrorcoach.live.replay_page import ReplayPage

RED = np.full((480, 640, 3), (0, 0, 250), dtype=np.uint8)


def page() -> ReplayPage:
    recent = Recent()
    for one in smile(length_s=2.0)[::6]:
        recent.see(RED, replace(one, mesh=FaceMesh(face())))
    return ReplayPage(Replay(recent, 0.0, 2.0), "mouth_corner")


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_it_fits(layout: Layout, drawn: Draw) -> None:
    drawn(page(), layout).check()


def test_lines_come_first_and_the_picture_only_when_it_is_asked_for() -> None:
    def reds(one: ReplayPage) -> float:
        canvas = LAYOUTS[0].canvas()
        target = pygame.Surface(LAYOUTS[0].size)
        canvas.begin(target)
        one.draw(canvas, 0.0)
        pixels = pygame.surfarray.array3d(target).astype(int)
        return float((pixels[..., 0] - pixels[..., 1] > 150).mean())

    one = page()
    assert reds(one) == 0
    assert one.heed(Key.VIEW) is None
    assert reds(one) > 0.2
    assert one.heed(Key.VIEW) is None
    assert reds(one) == 0
    assert one.heed(Key.BACK) is Key.BACK


def test_a_measurement_is_paired_with_its_own_picture_or_left_out() -> None:
    def frame(index: int) -> Frame:
        return Frame(index, index / 30, np.zeros((4, 4, 3), dtype=np.uint8))

    def reading(index: int) -> Reading:
        return Reading(index, index / 30, "no_face")

    one = Paired()
    assert list(one.follow(None, [reading(0)])) == []
    assert list(one.follow(frame(1), [])) == []
    found = list(one.follow(frame(2), [reading(1), reading(2), reading(3)]))
    assert [(frame.index, reading.index) for frame, reading in found] == [(1, 1), (2, 2)]
    list(one.follow(frame(2 + FRAMES_KEPT), []))
    assert list(one.follow(None, [reading(2)])) == []
