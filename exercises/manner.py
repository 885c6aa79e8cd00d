"""How a repetition was done, in a word or two; whether it counts is decided elsewhere.

None of these words is a reproach, and none takes marks away by itself. All numbers are proposals,
unproven (``docs/scoring.md``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from exercises.course import Span
    from exercises.schema import Dose

Manner = Literal["partial", "too_fast", "too_big", "doubled", "abandoned"]

MANNERS: tuple[Manner, ...] = get_args(Manner)

COMFORTABLE = (0.5, 1.5)
"""Smaller than this share of a comfortable movement is partial, larger is too big."""

UNHURRIED_S = 1.0
"""A rise to the hold that takes less is too fast, unless a quick one was asked for: ..."""

UNHURRIED_SHARE = 0.5
"""... then less than this share of the time that was asked for."""

HELD_SHARE = 0.5
"""Let go before this share of the hold that was asked for: abandoned."""


def unhurried_s(dose: Dose) -> float:
    """Least time for a rise to the hold that is not too fast."""
    return min(UNHURRIED_S, UNHURRIED_SHARE * dose.rise_s)


def manner_of(
    span: Span, size_mm: float | None, comfortable_mm: float, dose: Dose
) -> tuple[Manner, ...]:
    """What stands out about a repetition.

    Parameters
    ----------
    span : Span
        When it happened.
    size_mm : float or None
        Movement of the side that moved further; None where it is not known.
    comfortable_mm : float
        A comfortable movement: the person's own, or the exercise's target.
    dose : Dose
        What was asked for.

    Returns
    -------
    tuple of Manner
        In the order of `MANNERS`; empty for a repetition as it was meant.
    """
    least, most = COMFORTABLE
    held_s = span.hold_end_s - span.hold_start_s
    seen: dict[Manner, bool] = {
        "partial": size_mm is not None and size_mm < least * comfortable_mm,
        "too_fast": span.hold_start_s - span.start_s < unhurried_s(dose),
        "too_big": size_mm is not None and size_mm > most * comfortable_mm,
        "doubled": span.peaks > 1,
        "abandoned": span.let_go and span.peaks == 1 and held_s < HELD_SHARE * dose.hold_s,
    }
    return tuple(manner for manner in MANNERS if seen[manner])
