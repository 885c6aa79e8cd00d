"""What is kept of one practice: on the disk at once, or held in memory until it can be."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from exercises.schema import Question
from mirrorcoach.errors import StoreError
from mirrorcoach.records.practices import Felt, Outline, Trace
from mirrorcoach.records.store import Store

UNANSWERED_S = 1.0
"""A try that fails after so long was not answered; a full disk says so at once."""

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 60.0, 480.0
"""A place that does not answer is left alone for so long, at first and at most: of a practice of 20
minutes its tries hold up about one."""


class Keeping:
    """Keeps one practice as it goes on.

    A disk that is full, a folder that was taken away or a server that cannot be reached ends no
    practice: what could not be written waits here in its order, and is written with the next thing
    that is kept, or when `settle` is called. A place that does not even answer is left alone for a
    while, each time for longer, so that the practice is not held up again and again; what was kept
    meanwhile is written after that, or at its end. Any thread may call it.

    Parameters
    ----------
    store : Store
        Where to; the practice is begun there with the first thing that is kept.
    programme : str
        Id of its programme.
    provenance : mapping
        Versions of everything that a number depends on.

    Attributes
    ----------
    number : int or None
        Of the practice in the store, once anything of it was kept.
    error : StoreError or None
        Why something of it is not on the disk; None if everything is.
    """

    def __init__(self, store: Store, programme: str, provenance: Mapping[str, Any]) -> None:
        self._store, self._programme, self._provenance = store, programme, provenance
        self._waiting: deque[Callable[[int], None]] = deque()
        self._began_at: datetime | None = None
        self.error: StoreError | None = None
        self._lock = threading.Lock()
        self._left_alone_s = 0.0
        self._not_before_s = float("-inf")
        self.number: int | None = None

    @property
    def unsaved(self) -> str | None:
        """What is not on the disk yet and why, in a sentence; None if everything is."""
        if self.error is None:
            return None
        return (
            "Part of this practice is not kept yet. It waits in memory, and is written as soon as "
            f"that is possible: leave mirrorcoach open. {self.error}"
        )

    def keep(self, repetition: Mapping[str, Any], trace: Trace | None) -> None:
        """Keep a finished repetition; unless `unsaved` then says so, it is on the disk."""
        self._take(lambda number: self._store.keep(number, repetition, trace))

    def answer(self, exercise: str, question: Question, answer: bool | None) -> None:
        """Keep what the person said after a set."""
        self._take(lambda number: self._store.answer(number, exercise, question, answer))

    def outline(self, outline: Outline) -> None:
        """Keep a contour of the face."""
        self._take(lambda number: self._store.keep_outline(number, outline))

    def end(
        self,
        ending: str,
        practised_s: float,
        quality: Mapping[str, Any],
        rest: Mapping[str, Any] | None,
    ) -> None:
        """Keep that the practice is over."""
        ended_at = _now()
        self._take(
            lambda number: self._store.end(
                number, ending, practised_s, quality=quality, rest=rest, ended_at=ended_at
            ),
            at_once=True,
        )

    def felt(self, how: Felt) -> None:
        """Keep how the face felt afterwards, of a practice of which anything was kept."""
        if self._began_at is not None:
            self._take(lambda number: self._store.felt(number, how))

    def settle(self) -> bool:
        """Try once more to write what waits; whether everything is on the disk now."""
        with self._lock:
            began_s = _clock_s()
            try:
                while self._waiting:
                    if self.number is None:
                        self.number = self._store.begin(
                            self._programme, self._provenance, self._began_at
                        )
                    self._waiting[0](self.number)
                    self._waiting.popleft()
            except StoreError as error:
                self.error = error
            except LookupError as error:
                self.error = StoreError(f"The practice was deleted meanwhile ({error}).")
            else:
                self.error = None
            self._leave_alone_after(_clock_s() - began_s)
            return self.error is None

    def _leave_alone_after(self, tried_s: float) -> None:
        """Say when to try again, after a try that took so long."""
        if self.error is None:
            self._left_alone_s = 0.0
        elif tried_s >= UNANSWERED_S:
            longer_s = max(SHORTEST_PAUSE_S, 2.0 * self._left_alone_s)
            self._left_alone_s = min(longer_s, LONGEST_PAUSE_S)
            self._not_before_s = _clock_s() + self._left_alone_s

    def _take(self, write: Callable[[int], None], *, at_once: bool = False) -> None:
        with self._lock:
            self._began_at = self._began_at or _now()
            self._waiting.append(write)
            pausing = self.error is not None and _clock_s() < self._not_before_s
        if at_once or not pausing:
            self.settle()


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _clock_s() -> float:
    return time.monotonic()
