"""Keeps the chatter of native libraries off the screen."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator

DEBUG_VARIABLE = "MIRRORCOACH_DEBUG"
"""Set to show what native libraries print, and the traceback of our own faults."""


def debugging() -> bool:
    """Whether the person asked for every detail."""
    return bool(os.environ.get(DEBUG_VARIABLE))


@contextlib.contextmanager
def native_noise_hidden() -> Iterator[None]:
    """Send what native code writes to standard error nowhere; Python's own still gets through.

    MediaPipe's logging has no switch that silences it fully, so the file descriptor is replaced.
    """
    if debugging() or not isinstance(sys.stderr, io.TextIOWrapper):
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    before = sys.stderr
    sys.stderr = open(  # noqa: SIM115 - closed below
        kept, "w", encoding=before.encoding, errors="backslashreplace", buffering=1, closefd=False
    )
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        sys.stderr = before
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
