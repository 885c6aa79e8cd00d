"""Tones: soft, distinct, and allowed to be missing."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import numpy as np
import pytest

from mirrorcoach.live.sound import FADE_IN_S, LOUDNESS, RATE_HZ, TONES, Sounds, Tone, wave

NAMES = get_args(Tone)


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_begins_and_ends_in_silence(name: Tone) -> None:
    tone = wave(name)
    assert len(tone) / RATE_HZ == pytest.approx(sum(length for _, length in TONES[name]), abs=1e-3)
    assert abs(tone[0]) < 1e-3
    assert abs(tone[-50:]).max() < 1e-3
    assert abs(np.diff(tone)).max() < 0.03  # no click anywhere
    assert 0.5 * LOUDNESS < abs(tone).max() < 1.3 * LOUDNESS
    early = tone[: int(FADE_IN_S / 8 * RATE_HZ)]
    assert abs(early).max() < 0.1 * LOUDNESS


@pytest.mark.parametrize("name", NAMES)
def test_pitches_are_those_of_the_design(name: Tone) -> None:
    pitch, length = TONES[name][0]
    first = wave(name)[: round(length * RATE_HZ)]
    spectrum = abs(np.fft.rfft(first, 8 * RATE_HZ))
    assert np.argmax(spectrum) / 8 == pytest.approx(pitch, abs=2)
    second = spectrum[round(16 * pitch)] / spectrum.max()
    assert 20 * np.log10(second) == pytest.approx(-12, abs=1)
    assert all(196 <= hertz <= 440 for hertz, _ in TONES[name])


def test_no_two_tones_sound_alike() -> None:
    for one, other in combinations(NAMES, 2):
        assert [pitch for pitch, _ in TONES[one]] != [pitch for pitch, _ in TONES[other]]


def test_sounds_play_to_both_ears() -> None:
    with Sounds(True) as sounds:
        assert sounds.audible
        for name in NAMES:
            sounds.play(name)
        import pygame

        samples = pygame.sndarray.array(sounds._sounds["rise"])
        assert (samples[:, 0] == samples[:, 1]).all()


def test_tones_are_as_loud_as_was_chosen() -> None:
    for percent in (0, 30, 100):
        with Sounds(True, percent) as sounds:
            assert sounds._sounds["rise"].get_volume() == pytest.approx(percent / 100, abs=0.01)


def test_off_is_silent() -> None:
    with Sounds(False) as sounds:
        assert not sounds.audible
        sounds.play("rise")


def test_a_computer_without_sound_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    with Sounds(True) as sounds:
        assert not sounds.audible
        sounds.play("open_eyes")
    sounds.close()
