"""Ctrl-C ends the work, wherever it strikes, and leaves with its own exit code."""

from __future__ import annotations

import ctypes
import signal
import sys

import numpy as np
import pytest

from landmarks import _kernels
from mirrorcoach import cli
from mirrorcoach.ctrl_c import CtrlC


@pytest.fixture(autouse=True)
def default_handler():
    """Python's own handler, as a command finds it; the tests' is put back."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def in_a_callback(monkeypatch):
    """Call something from C as a compiler calls back: an exception there is told and forgotten."""
    forgotten = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: forgotten.append(told.exc_type))

    def call(something):
        ctypes.CFUNCTYPE(None)(something)()
        return forgotten

    return call


def press():
    signal.raise_signal(signal.SIGINT)


def left_with(monkeypatch, command):
    """Exit code of a command that does this."""
    monkeypatch.setattr(cli, "app", lambda standalone_mode: command())
    with pytest.raises(SystemExit) as left:
        cli.run()
    return left.value.code


def test_it_is_raised_where_it_strikes_and_remembered():
    with CtrlC() as ctrl_c:
        assert not ctrl_c.heard
        ctrl_c.check()
        with pytest.raises(KeyboardInterrupt):
            press()
        assert ctrl_c.heard


def test_one_that_was_lost_is_raised_at_the_next_step(in_a_callback):
    with CtrlC() as ctrl_c:
        assert in_a_callback(press) == [KeyboardInterrupt]
        with pytest.raises(KeyboardInterrupt):
            ctrl_c.check()


def test_each_block_listens_anew_and_puts_the_handler_back(in_a_callback):
    ctrl_c = CtrlC()
    with ctrl_c:
        in_a_callback(press)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with ctrl_c:
        ctrl_c.check()


def test_what_ignores_it_goes_on_ignoring_it():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with CtrlC() as ctrl_c:
        press()
        ctrl_c.check()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_command_that_is_stopped_says_so(monkeypatch, capsys):
    monkeypatch.setattr(cli.sys, "argv", ["mirrorcoach", "exercises"])
    monkeypatch.setattr("exercises.library.exercises", press)
    with pytest.raises(SystemExit) as left:
        cli.run()
    assert left.value.code == cli.STOPPED == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such timer")
def test_one_that_strikes_within_a_kernel_is_no_mistake_of_ours(monkeypatch, capsys):
    """The kernel runs on for its steps, and hands its arrays over with the signal waiting."""
    points = np.random.default_rng(0).normal(size=(60, 3)) * 40.0
    lens, origin = np.array([960.0, 479.5, 359.5]), np.array([0.0, 0.0, -600.0])
    seen = points[:, :2] + 400.0
    still = (np.ones(60), lens, np.eye(3), np.zeros(3), np.zeros(2))

    def fit(steps):
        _kernels.fit_head(points, np.zeros((60, 3, 0)), origin, seen, *still, steps)

    def struck():
        signal.signal(signal.SIGALRM, signal.getsignal(signal.SIGINT))
        signal.setitimer(signal.ITIMER_REAL, 0.02)
        fit(20_000)
        raise AssertionError("the signal came after the kernel")

    fit(1)  # compiled from here on
    try:
        assert left_with(monkeypatch, struck) == cli.STOPPED
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_mistake_of_ours_is_still_one(monkeypatch, capsys):
    monkeypatch.delenv("MIRRORCOACH_DEBUG", raising=False)

    def mistaken():
        raise SystemError("odd")

    assert left_with(monkeypatch, mistaken) == 1
    assert "a mistake of its own (SystemError: odd)" in capsys.readouterr().err
