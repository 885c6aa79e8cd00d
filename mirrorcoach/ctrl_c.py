"""Ctrl-C, so that it is not lost on its way.

Python raises KeyboardInterrupt wherever it happens to be. While numba compiles, that may be in a
callback of its compiler, where an exception is printed and forgotten; while a compiled kernel hands
its arrays over, a SystemError is made of it. So it is remembered here as well.
"""

from __future__ import annotations

import signal
from types import FrameType, TracebackType


class CtrlC:
    """Hears Ctrl-C while its block runs, and remembers it. To be used in the main thread.

    Attributes
    ----------
    heard : bool
        Whether it was pressed since the block began.
    """

    def __init__(self) -> None:
        self.heard = False
        self._ours = False

    def __enter__(self) -> CtrlC:
        self.heard = False
        # What was started to go on without a terminal ignores it, and shall.
        self._ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._ours:
            signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.heard = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """Raise it again if it was lost: to be called between one step of long work and the next.

        Raises
        ------
        KeyboardInterrupt
            If Ctrl-C was pressed.
        """
        if self.heard:
            raise KeyboardInterrupt
