"""How things move: slowly, and never on their own."""

from __future__ import annotations

import math


def minimum_jerk(share: float) -> float:
    """Path of an unhurried hand movement, 0 to 1.

    Parameters
    ----------
    share : float
        Share of the time that has passed; beyond 0 to 1 it stands still.
    """
    u = min(1.0, max(0.0, share))
    return u**3 * (10 - 15 * u + 6 * u**2)


def sine(share: float) -> float:
    """Half a wave from 0 to 1; beyond 0 to 1 it stands still."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))


class LowPass:
    """Follows a number with a lag of `lag_s`; the first number is taken as it is."""

    def __init__(self, lag_s: float) -> None:
        self._lag_s = lag_s
        self._last: tuple[float, float] | None = None

    def follow(self, number: float, now_s: float) -> float:
        """Smoothed number at the time `now_s`."""
        if self._last is not None:
            before, then_s = self._last
            share = 1 - math.exp(-max(0.0, now_s - then_s) / self._lag_s)
            number = before + (number - before) * share
        self._last = (number, now_s)
        return number

    def forget(self) -> None:
        """Start anew with the next number."""
        self._last = None


class Fade:
    """Comes and goes as a sine.

    Parameters
    ----------
    in_s, out_s : float
        How long coming and going take.
    least_s : float
        How long it stays at least.
    """

    def __init__(self, in_s: float, out_s: float, least_s: float = 0.0) -> None:
        self._in_s, self._out_s, self._least_s = in_s, out_s, least_s
        self._came_s = -math.inf
        self._share = 0.0
        self._then_s: float | None = None

    def follow(self, wanted: bool, now_s: float, at_once: bool = False) -> float:
        """How visible it is at a time.

        Parameters
        ----------
        wanted : bool
            Whether it is to be seen.
        now_s : float
            The time.
        at_once : bool
            It comes and goes without a fade; it still stays its least time.

        Returns
        -------
        float
            0 to 1.
        """
        passed = 0.0 if self._then_s is None else max(0.0, now_s - self._then_s)
        self._then_s = now_s
        if wanted and self._share == 0.0:
            self._came_s = now_s
        if wanted or (self._share > 0.0 and now_s - self._came_s < self._least_s):
            self._share = 1.0 if at_once else min(1.0, self._share + passed / self._in_s)
        else:
            self._share = 0.0 if at_once else max(0.0, self._share - passed / self._out_s)
        return sine(self._share)
