"""The last repetition again: slowly, in a picture or in lines; a still one without motion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from live_moments import face
from therapist_moments import smile

from landmarks.tracker import FaceMesh
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.recent import Recent
from mirrorcoach.live.replay import SPEED, Replay
from mirrorcoach.live.replay_card import STILL_S, ReplayCard
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.theme import LIGHT, Look

BOX = Box(100, 100, 400, 440)
LENGTH_S = 2.0


def card(outlined: bool) -> ReplayCard:
    """A picture that turns from black to red while the lips open."""
    recent = Recent()
    for one in smile(length_s=LENGTH_S)[::3]:
        image = np.zeros((480, 640, 3), dtype=np.uint8)
        image[..., 2] = round(250 * one.time_s / LENGTH_S)
        points = face()
        points[17, 1] += 15 * one.time_s / LENGTH_S
        recent.see(image, replace(one, mesh=FaceMesh(points)))
    return ReplayCard(Replay(recent, 0.0, LENGTH_S), "mouth_corner", outlined)


def shown(one: ReplayCard, at_s: float, less_motion: bool = False) -> np.ndarray:
    canvas, target = Canvas(1280, 720, Look(LIGHT, 100, less_motion)), pygame.Surface((1280, 720))
    canvas.begin(target)
    one.draw(canvas, BOX, at_s)
    place = canvas.fit.pixels(BOX.grown(-30))
    return pygame.surfarray.array3d(target.subsurface(place)).astype(int)


def red(picture: np.ndarray) -> float:
    return float(np.median(picture[..., 0]))


def test_the_picture_is_shown_slowly_and_again() -> None:
    one = card(outlined=False)
    begin, middle = shown(one, 10.0), shown(one, 10.0 + 0.5 * LENGTH_S / SPEED)
    end = shown(one, 10.0 + LENGTH_S / SPEED)
    assert red(begin) < 20
    assert red(middle) == pytest.approx(125, abs=20)
    assert red(end) > 225
    still = shown(one, 10.0 + LENGTH_S / SPEED + 0.5 * STILL_S)
    assert red(still) > 225
    shown(one, 10.0 + LENGTH_S / SPEED + 2 * STILL_S)
    assert red(shown(one, 10.1 + LENGTH_S / SPEED + 2 * STILL_S)) < 30


def test_with_less_motion_one_moment_stands_still() -> None:
    one = card(outlined=False)
    first, later = shown(one, 10.0, less_motion=True), shown(one, 15.0, less_motion=True)
    assert (first == later).all()
    assert red(first) == pytest.approx(125, abs=20)


def test_lines_move_and_show_nothing_of_the_picture() -> None:
    one = card(outlined=True)
    first, last = shown(one, 10.0), shown(one, 10.0 + LENGTH_S / SPEED)
    assert (np.median(first, axis=(0, 1)) == LIGHT.surface).all()
    assert (np.median(last, axis=(0, 1)) == LIGHT.surface).all()
    reddish = (last[..., 0] > 200) & (last[..., 1] < 60)
    assert not reddish.any()
    assert (np.abs(first - last).max(axis=2) > 60).any()


def test_without_anything_remembered_the_glass_is_empty() -> None:
    one = ReplayCard(Replay(Recent(), 0.0, 1.0), None, outlined=False)
    assert (shown(one, 0.0) == LIGHT.sunk).all()
