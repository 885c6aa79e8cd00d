import time

import numpy as np
import pytest

from landmarks.frame import Frame
from mirrorcoach.capture.paced import Paced
from mirrorcoach.capture.source import SourceInfo

IMAGE = np.zeros((2, 2, 3), np.uint8)


class Film:
    info = SourceInfo("film", 2, 2, 50.0, 0.2, 0, False, 11)

    def __init__(self):
        self.open = False

    def __enter__(self):
        self.open = True
        return self

    def __exit__(self, *error):
        self.open = False

    def __iter__(self):
        return iter([Frame(k, k * 0.02, IMAGE) for k in range(11)])


def test_frames_come_no_faster_than_they_were_filmed():
    start = time.monotonic()
    times = [(frame.time_s, time.monotonic() - start) for frame in Paced(Film())]
    assert len(times) == 11
    assert all(came >= filmed - 1e-3 for filmed, came in times)


def test_a_pause_is_not_hurried_after():
    frames = iter(Paced(Film()))
    next(frames)
    time.sleep(0.4)
    start = time.monotonic()
    assert len(list(frames)) == 10
    assert time.monotonic() - start >= 0.05


def test_it_opens_closes_and_describes_its_source():
    film = Film()
    with Paced(film) as paced:
        assert film.open
        assert paced.info is film.info
    assert not film.open


def test_errors_of_the_source_come_through():
    class Torn(Film):
        def __iter__(self):
            yield Frame(0, 0.0, IMAGE)
            raise OSError("torn")

    with pytest.raises(OSError, match="torn"):
        list(Paced(Torn()))
