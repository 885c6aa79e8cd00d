"""The cues, spoken by the computer's own offline voice; it can always be missing."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any

SPEAKS_HERE = sys.platform != "darwin"
"""False on a Mac; `Voice` says why."""

RATE = 0.9
"""A little slower than the voice speaks by itself."""

NATURAL_WPM = 157 if sys.platform == "win32" else 175
"""How fast a voice speaks by itself, in words a minute, as pyttsx3 counts them.

Its own default is 200 for every voice, which is faster than any of them is meant to be; and what
it reports on Linux is sometimes one number and sometimes the other.
"""

LONGEST_CUE_S = 15.0
"""Longest wait for word that a cue is over."""

BETWEEN_CUES_S = 0.05
"""On Linux the engine is still tidying up in a thread of its own when it says that it is done."""

CLOSING_S = 1.5
"""Longest wait for the cue that is being spoken at the end."""


class Voice:
    """Speaks cues in the background, or is silent. Use it as a context manager.

    A cue waits while the one before it is being spoken; a newer one then takes its place, so that
    nothing is said that is long over.

    There is no voice on a Mac. pyttsx3 speaks there through AppKit, which reports the end of each
    cue to the main thread. A second thread then waits for ever, and pyttsx3, taking the main
    thread's loop for its own, asks the whole application to quit (issues 7 of RapidWareTech/pyttsx
    and 130 of nateshmbhat/pyttsx3). A silent practice is better than one that ends by itself.

    On Linux a voice needs espeak-ng, and `aplay`, which pyttsx3 has play a temporary file.

    Parameters
    ----------
    enabled : bool
        False for silence. Without an engine, or once it fails, it is silent as well.
    language : str
        What the cues are written in. Without a voice for it there is silence: another's would not
        be understood.
    volume_percent : int
        Loudness, 0 to 100.
    """

    def __init__(self, enabled: bool, language: str = "en", volume_percent: int = 100) -> None:
        self._language, self._volume = language, volume_percent / 100
        self._changed = threading.Condition()
        self._cue: str | None = None
        self._closed = False
        self._audible = False
        self._thread: threading.Thread | None = None
        if enabled and SPEAKS_HERE:
            self._thread = threading.Thread(target=self._speak, name="voice", daemon=True)
            self._thread.start()

    def __enter__(self) -> Voice:
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
        """Whether an engine was found and has not failed; False for a moment after the start.

        No engine tells whether a loudspeaker is connected.
        """
        return self._audible

    def say(self, text: str) -> None:
        """Speak a cue as soon as the one before it is over; returns at once."""
        with self._changed:
            if text.strip():
                self._cue = text
                self._changed.notify()

    def close(self) -> None:
        """Let the present cue end, but wait no longer than `CLOSING_S`; again does no harm."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(CLOSING_S)
        self._audible = False

    def _speak(self) -> None:
        """Make the engine and use it, all in this one thread, as Windows demands."""
        with contextlib.suppress(Exception):  # no fault of a voice is worth a practice
            engine = _Engine(self._language, self._volume)
            self._audible = True
            while (cue := self._next()) is not None:
                engine.say(cue)
        self._audible = False

    def _next(self) -> str | None:
        """Wait for a cue; None when there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._cue is not None)
            cue, self._cue = self._cue, None
            return None if self._closed else cue


class _Engine:
    """pyttsx3, made to say every cue and to wait for its end.

    Raises
    ------
    LookupError
        If no voice speaks the language.
    """

    def __init__(self, language: str, volume: float) -> None:
        import pyttsx3

        self._engine = pyttsx3.init()
        self._over = threading.Event()
        for topic in ("finished-utterance", "error"):
            self._engine.connect(topic, lambda **about: self._over.set())
        self._engine.setProperty("rate", round(RATE * NATURAL_WPM))
        self._engine.setProperty("volume", volume)
        voice = _voice_for(
            language, self._engine.getProperty("voices"), self._engine.getProperty("voice")
        )
        self._engine.setProperty("voice", voice)

    def say(self, text: str) -> None:
        """Speak; returns when it is over.

        pyttsx3 2.99 leaves an engine idle after the first cue. It then begins the second before
        its loop runs, and the loop, as its first act, cuts it off. An engine that is busy, as a new
        one is, keeps the cue for the loop. A new engine for each cue is no way out: on Linux the
        old one can be gone while espeak-ng still calls it, which ends the process.

        On Linux `runAndWait` also returns while the cue is still being spoken, and another cue
        would then be lost; hence the wait for its end.
        """
        self._over.clear()
        self._engine.proxy.setBusy(True)
        self._engine.say(text)
        self._engine.runAndWait()
        self._over.wait(LONGEST_CUE_S)
        time.sleep(BETWEEN_CUES_S)


def _voice_for(language: str, voices: Iterable[Any], present: str | None) -> str:
    """The id of the voice to use: the computer's own choice if it speaks the language.

    Otherwise the one of the country that gave the language its name, where there is one.
    """
    spoken = {str(one.id): [_code(name) for name in one.languages] for one in voices}
    fitting = [
        name for name, codes in spoken.items() if any(code[:2] == language for code in codes)
    ]
    if not fitting:
        raise LookupError(f"no voice speaks '{language}'")
    if present in fitting:
        return str(present)
    return min(fitting, key=lambda name: f"{language}-{language}" not in spoken[name])


def _code(name: object) -> str:
    """A language's code as engines give it: text, or bytes after a number."""
    text = name.decode("latin-1") if isinstance(name, bytes) else str(name)
    return text.lstrip("\x00\x01\x02\x03\x04\x05").lower().replace("_", "-")
