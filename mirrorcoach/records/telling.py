"""How far something long has come, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Told = Callable[[str, int, int], None]
"""Told what was done, such as ``checked``, with how many practices, and of how many."""

_Thing = TypeVar("_Thing")


def untold(done: str, count: int, of: int) -> None:
    """For when nobody waits."""


def each(things: Sequence[_Thing], done: str, told: Told) -> Iterator[_Thing]:
    """Go through things, and tell when each is done with."""
    for count, one in enumerate(things, 1):
        yield one
        told(done, count, len(things))
