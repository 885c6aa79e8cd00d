"""No camera at all."""

from __future__ import annotations

from mirrorcoach.capture.nothing import NoPictures
from mirrorcoach.capture.source import LiveSource


def test_nothing_comes_and_nobody_waits_for_long():
    with NoPictures() as nothing:
        assert isinstance(nothing, LiveSource)
        assert nothing.poll(0.001) is None
        assert list(nothing) == []


def test_what_is_not_there_says_so_and_claims_no_size():
    info = NoPictures().info
    assert info.name == "no camera"
    assert (info.width, info.height, info.fps, info.frames) == (0, 0, None, None)
