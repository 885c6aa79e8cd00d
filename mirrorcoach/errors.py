"""Every way mirrorcoach can say no, and the exit code each one leaves with.

::

    MirrorcoachError                1   our own fault
    ├── UsageError                  2   the command was not understood
    ├── InputError                  3   a file, folder or camera cannot be read
    ├── NotMeasurableError          4   it was read, but nothing in it can be measured
    ├── SomeFailedError             5   several were given and some of them failed
    └── StoreError                  3   the place where practice is kept cannot be used

A message says what happened, what was expected and what to do.
"""

from __future__ import annotations


class MirrorcoachError(Exception):
    """Base of every error that mirrorcoach raises on purpose."""

    exit_code = 1


class UsageError(MirrorcoachError):
    """The command, an option or a file of options was not understood."""

    exit_code = 2


class InputError(MirrorcoachError):
    """A video, folder or camera cannot be read."""

    exit_code = 3


class NotMeasurableError(MirrorcoachError):
    """The input was read, but nothing in it can be measured."""

    exit_code = 4


class SomeFailedError(MirrorcoachError):
    """Several inputs were given and some of them failed."""

    exit_code = 5


class StoreError(MirrorcoachError):
    """The place where practice is kept cannot be opened or written."""

    exit_code = 3
