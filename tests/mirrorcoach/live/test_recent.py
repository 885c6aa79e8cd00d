"""The last seconds are remembered, and never more than was promised."""

from __future__ import annotations

import numpy as np
from therapist_moments import picture, smile

from mirrorcoach.live.recent import Recent


def filled(recent: Recent, length_s: float = 9.0) -> Recent:
    image = picture()
    for one in smile(length_s=length_s):
        recent.see(image, one)
    return recent


def test_only_the_last_seconds_are_remembered() -> None:
    recent = filled(Recent(kept_s=3.0))
    assert recent.last_s - recent.first_s <= 3.0
    assert recent.last_s > 8.9
    assert len(recent) == 91
    early, late = recent.at(0.0), recent.at(99.0)
    assert early is not None and late is not None
    assert (early.time_s, late.time_s) == (recent.first_s, recent.last_s)


def test_pictures_take_no_more_memory_than_promised() -> None:
    one = filled(Recent(), length_s=0.02).picture_bytes
    recent = filled(Recent(most_bytes=10 * one))
    assert recent.picture_bytes <= 10 * one
    assert 5 <= len(recent) <= 11
    assert recent.last_s > 8.9


def test_what_was_measured_is_that_of_the_remembered_frames() -> None:
    recent = filled(Recent(kept_s=2.0), length_s=15.0)
    times = recent.excerpt().time_s
    assert len(times) == len(recent)
    assert times[0] == recent.first_s
    assert times[-1] == recent.last_s


def test_a_picture_comes_back_as_large_as_it_was() -> None:
    for size in ((640, 480), (1920, 1080)):
        recent, image = Recent(), picture(*size)
        image[:] = (40, 90, 200)
        recent.see(image, smile(length_s=0.02)[0])
        kept = recent.at(0.0)
        assert kept is not None
        assert kept.image().shape == image.shape
        assert np.abs(kept.image().astype(int) - image).max() < 6
        assert kept.points_px is not None


def test_another_source_begins_anew() -> None:
    recent = filled(Recent())
    recent.see(picture(), smile(length_s=0.02)[0])
    assert len(recent) == 1
    assert len(recent.excerpt().time_s) == 1


def test_nothing_is_remembered_after_forgetting() -> None:
    recent = filled(Recent())
    recent.forget()
    assert (len(recent), recent.picture_bytes, recent.at(1.0)) == (0, 0, None)
    assert not len(recent.excerpt().time_s)
