"""Soft tones, each the twin of something seen; all of them can be missing."""

from __future__ import annotations

from types import TracebackType
from typing import get_args

import numpy as np
import pygame
from numpy.typing import NDArray

from exercises.cues import Tone

RATE_HZ = 44100
LOUDNESS = 0.17
"""Peak of the fundamental at full volume; at the usual one it is about 18 dB below speech."""

SECOND_PARTIAL = 10 ** (-12 / 20)
FADE_IN_S = 0.04

TONES: dict[Tone, tuple[tuple[float, float], ...]] = {
    "rise": ((294, 0.35),),
    "hold": ((370, 0.35),),
    "let_go": ((370, 0.25), (294, 0.25)),
    "rest": ((220, 0.35),),
    "together": ((440, 0.6),),
    "ease": ((247, 0.35),),
    "comes_along": ((196, 0.4),),
    "set_done": ((294, 0.2), (370, 0.2), (440, 0.2)),
    "pause": ((262, 0.5),),
    "asked": ((294, 0.2), (330, 0.3)),
    # Heard with closed eyes, so like no other: low, high, and high again.
    "open_eyes": ((220, 0.3), (440, 0.4), (440, 0.7)),
}
"""Pitch in hertz and length in seconds, one after the other."""


def wave(name: Tone) -> NDArray[np.float64]:
    """Make a tone's samples, -1 to 1, at `RATE_HZ`."""
    return np.concatenate([_note(pitch, length) for pitch, length in TONES[name]])


def _note(pitch_hz: float, length_s: float) -> NDArray[np.float64]:
    time_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    phase = 2 * np.pi * pitch_hz * time_s
    rising = np.sin(np.pi / 2 * np.minimum(1, time_s / FADE_IN_S)) ** 2
    falling = np.cos(np.pi / 2 * np.maximum(0, time_s - FADE_IN_S) / (length_s - FADE_IN_S)) ** 2
    both = np.sin(phase) + SECOND_PARTIAL * np.sin(2 * phase)
    note: NDArray[np.float64] = LOUDNESS * both * rising * falling
    return note


class Sounds:
    """Plays the tones, or is silent. Use it as a context manager.

    Parameters
    ----------
    enabled : bool
        False for silence. Without a sound device it is silent as well; nothing depends on sound.
    volume_percent : int
        Loudness, 0 to 100; the same in both ears.
    """

    def __init__(self, enabled: bool, volume_percent: int = 70) -> None:
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        if not enabled:
            return
        try:
            pygame.mixer.init(RATE_HZ, -16, 2, 512, allowedchanges=0)
            for name in get_args(Tone):
                samples = np.rint(wave(name) * 32767).astype(np.int16)
                both_ears = np.repeat(samples[:, None], 2, axis=1)
                self._sounds[name] = pygame.mixer.Sound(buffer=both_ears.tobytes())
                self._sounds[name].set_volume(volume_percent / 100)
        except (pygame.error, NotImplementedError):
            self._sounds = {}

    def __enter__(self) -> Sounds:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def audible(self) -> bool:
        """Whether anything can be heard."""
        return bool(self._sounds)

    def play(self, name: Tone) -> None:
        """Begin a tone; returns at once."""
        if name in self._sounds:
            self._sounds[name].play()

    def close(self) -> None:
        """Let go of the sound device; more than once does no harm."""
        if self._sounds:
            self._sounds = {}
            pygame.mixer.quit()
