"""The voice: one cue after the other, the newest first, and allowed to be missing or to hang."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from mirrorcoach import cli
from mirrorcoach.live import voice
from mirrorcoach.live.application import Application
from mirrorcoach.live.voice import Voice

SOON_S = 5.0


class FakeEngine:
    """Stands for pyttsx3's; `at` may hang or raise in any of its methods, by name."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.begun: list[str] = []
        self.threads: set[int] = set()
        self.properties: dict[str, Any] = {}
        self.voices = [
            SimpleNamespace(id="gmw/en", languages=["en-gb"]),
            SimpleNamespace(id="roa/fr-be", languages=["fr-be"]),
            SimpleNamespace(id="roa/fr", languages=[b"\x05fr-fr"]),
        ]
        self.at: dict[str, Callable[[], Any]] = {}
        self.proxy = SimpleNamespace(setBusy=self._set_busy)
        self._busy = True
        self._heard: dict[str, Callable[..., None]] = {}
        self._waiting: list[str] = []

    def connect(self, topic: str, heard: Callable[..., None]) -> None:
        self._called("connect")
        self._heard[topic] = heard

    def setProperty(self, name: str, value: Any) -> None:
        self._called("setProperty")
        self.properties[name] = value

    def getProperty(self, name: str) -> Any:
        return {"voices": self.voices, "voice": "gmw/en"}[name]

    def say(self, text: str) -> None:
        self._called("say")
        assert self._busy, "it would be cut off by the loop, as in pyttsx3 2.99"
        self._waiting.append(text)

    def runAndWait(self) -> None:
        self.begun += self._waiting
        self._called("runAndWait")
        self.said += self._waiting
        self._waiting.clear()
        self._busy = False
        self._heard["finished-utterance"](name=None, completed=True)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy

    def _called(self, name: str) -> None:
        self.threads.add(threading.get_ident())
        if name in self.at:
            self.at[name]()


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    one = FakeEngine()
    module = ModuleType("pyttsx3")

    def init() -> FakeEngine:
        one._called("init")
        return one

    module.init = init  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyttsx3", module)
    monkeypatch.setattr(voice, "SPEAKS_HERE", True)
    return one


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What a hanging engine waits for; open at the end of the test."""
    one = threading.Event()
    yield one
    one.set()


def until(condition: Callable[[], Any]) -> None:
    end = time.monotonic() + SOON_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def fail() -> None:
    raise RuntimeError("run loop already started")


def test_cues_are_spoken_in_their_order_a_little_slowly(engine: FakeEngine) -> None:
    with Voice(True) as one:
        until(lambda: one.audible)
        for number, cue in enumerate(("Rise.", "Hold.", "Let go.", "Rest."), 1):
            one.say(cue)
            until(lambda number=number: len(engine.said) == number)  # type: ignore[misc]
    assert engine.said == ["Rise.", "Hold.", "Let go.", "Rest."]
    assert engine.properties["rate"] == round(0.9 * voice.NATURAL_WPM)


def test_the_voice_speaks_the_language_at_the_loudness_that_was_chosen(engine: FakeEngine) -> None:
    with Voice(True, "fr", 40) as one:
        until(lambda: one.audible)
    assert engine.properties["voice"] == "roa/fr"
    assert engine.properties["volume"] == pytest.approx(0.4)
    with Voice(True, "en") as one:
        until(lambda: one.audible)
    assert engine.properties["voice"] == "gmw/en"


def test_no_voice_for_a_language_is_silence_and_not_another_language(engine: FakeEngine) -> None:
    engine.voices = engine.voices[:1]
    with Voice(True, "fr") as one:
        one.say("Restez là.")
        assert one._thread is not None
        one._thread.join(SOON_S)
        assert not one.audible
    assert engine.said == []


def test_the_newest_cue_takes_the_place_of_one_not_yet_begun(
    engine: FakeEngine, gate: threading.Event
) -> None:
    engine.at["runAndWait"] = gate.wait
    with Voice(True) as one:
        one.say("Rise.")
        until(lambda: engine.begun == ["Rise."])
        one.say("Hold.")
        one.say("Let go.")
        assert engine.said == []
        gate.set()
        until(lambda: len(engine.said) == 2)
    assert engine.said == ["Rise.", "Let go."]


def test_a_cue_is_waited_for_though_the_engine_returns_at_once(
    engine: FakeEngine, gate: threading.Event
) -> None:
    """As on Linux, where sound is made in a thread of its own."""
    over: list[Callable[..., None]] = []

    def later(topic: str, heard: Callable[..., None]) -> None:
        engine._heard[topic] = lambda **about: over.append(heard)

    engine.connect = later  # type: ignore[method-assign]
    with Voice(True) as one:
        one.say("Rise.")
        until(lambda: len(over) == 1)
        one.say("Hold.")
        time.sleep(0.2)
        assert engine.begun == ["Rise."]
        over[0](name=None, completed=True)
        until(lambda: len(over) == 2)
        over[1](name=None, completed=True)
    assert engine.said == ["Rise.", "Hold."]


def test_one_thread_makes_and_uses_the_engine(engine: FakeEngine) -> None:
    with Voice(True) as one:
        for number in (1, 2):
            one.say("Rise.")
            until(lambda number=number: len(engine.said) == number)  # type: ignore[misc]
    assert len(engine.threads) == 1
    assert threading.get_ident() not in engine.threads


@pytest.mark.parametrize("where", ["init", "connect", "setProperty", "say", "runAndWait"])
def test_an_engine_that_fails_is_silent(engine: FakeEngine, where: str) -> None:
    engine.at[where] = fail
    with Voice(True) as one:
        one.say("Rise.")
        assert one._thread is not None
        one._thread.join(SOON_S)
        assert not one._thread.is_alive()
        assert not one.audible
        one.say("Hold.")
    assert engine.said == []


def test_a_computer_without_a_voice_is_silent(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyttsx3", None)  # importing it now fails
    with Voice(True) as one:
        one.say("Rise.")
        assert one._thread is not None
        one._thread.join(SOON_S)
        assert not one.audible


@pytest.mark.parametrize("where", ["init", "say", "runAndWait"])
def test_closing_does_not_wait_for_an_engine_that_hangs(
    engine: FakeEngine, gate: threading.Event, where: str
) -> None:
    reached = threading.Event()

    def hang() -> None:
        reached.set()
        gate.wait()

    engine.at[where] = hang
    one = Voice(True)
    one.say("Rise.")
    assert reached.wait(SOON_S)
    begin = time.monotonic()
    one.say("Hold.")
    assert time.monotonic() - begin < 0.5
    one.close()
    assert time.monotonic() - begin < 2.0
    assert not one.audible
    gate.set()
    assert one._thread is not None
    one._thread.join(SOON_S)
    assert "Hold." not in engine.begun  # nothing is spoken after the end
    assert not one.audible


def test_closing_lets_the_present_cue_end(engine: FakeEngine) -> None:
    engine.at["runAndWait"] = lambda: time.sleep(0.3)
    with Voice(True) as one:
        one.say("That is all for today.")
        until(lambda: engine.begun)
    assert engine.said == ["That is all for today."]
    one.close()


def test_nothing_to_say_is_not_said(engine: FakeEngine) -> None:
    with Voice(True) as one:
        one.say(" ")
        one.say("Rise.")
        until(lambda: engine.said)
    assert engine.said == ["Rise."]


@pytest.mark.parametrize("enabled, here", [(False, True), (True, False)])
def test_without_a_voice_pyttsx3_is_never_imported(
    monkeypatch: pytest.MonkeyPatch, enabled: bool, here: bool
) -> None:
    monkeypatch.delitem(sys.modules, "pyttsx3", raising=False)
    monkeypatch.setattr(voice, "SPEAKS_HERE", here)
    before = threading.active_count()
    with Voice(enabled) as one:
        one.say("Rise.")
        assert not one.audible
        assert threading.active_count() == before
    assert "pyttsx3" not in sys.modules


@pytest.mark.parametrize("command", ["demo", "practice"])
@pytest.mark.parametrize("option, expected", [((), False), (("--voice",), True)])
def test_it_speaks_only_when_asked(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    option: tuple[str, ...],
    expected: bool,
) -> None:
    asked: list[bool] = []
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(
        Application, "run", lambda self: asked.append(self._wish.settings.get("voice", False))
    )
    done = CliRunner().invoke(cli.app, [command, *option])
    assert done.exit_code == 0, done.output
    assert asked == [expected]


SPEAK = """
import time
from mirrorcoach.live.voice import Voice
with Voice(True) as one:
    for cue in ("Slowly begin.", "Hold it gently.", "Let go.", "Rest.", "That is all."):
        one.say(cue)
        while one._cue is not None:
            time.sleep(0.02)
assert not one._thread.is_alive()
"""


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("espeak-ng") is None, reason="needs espeak-ng"
)
def test_every_cue_comes_out_of_the_real_engine_whole(tmp_path: Path) -> None:
    player = tmp_path / "aplay"
    player.write_text(f'#!/bin/sh\ncp "$1" "{tmp_path}/$(date +%s%N).wav"\nsleep 0.4\n')
    player.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-c", SPEAK], env=env, check=True, timeout=60)
    lengths_s = []
    for path in sorted(tmp_path.glob("*.wav")):
        with wave.open(str(path)) as sound:
            lengths_s.append(sound.getnframes() / sound.getframerate())
    assert len(lengths_s) == 5
    assert min(lengths_s) > 0.4


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("espeak-ng") is None, reason="needs espeak-ng"
)
def test_the_real_engine_without_a_loudspeaker_goes_on(tmp_path: Path) -> None:
    player = tmp_path / "aplay"
    player.write_text("#!/bin/sh\nexit 1\n")
    player.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-c", SPEAK], env=env, check=True, timeout=60)
