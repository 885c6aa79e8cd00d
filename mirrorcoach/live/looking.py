"""Looking: frames of a source, measured, with no session to lead through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exercises.events import Event, Snapshot
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, Reading, readings
from landmarks.rest import Rest
from landmarks.tracker import FaceMesh
from mirrorcoach.capture.source import FrameSource, LiveSource

__all__ = ["IDLE_S", "Idle", "Looking", "Moment", "Tracked", "frames_of"]

IDLE_S = 0.03
"""How long to wait for a picture before seeing to everything else again."""

Idle = Callable[[tuple[Event, ...]], None]
"""Called while no picture comes, with what happened meanwhile."""

Tracked = Callable[[Frame, FaceMesh | None], None]
"""Called with each frame and its face, before the frame is measured."""


@dataclass(frozen=True, eq=False)
class Moment:
    """One measured frame and what the session made of it; there may be no session."""

    frame: Frame
    reading: Reading
    snapshot: Snapshot | None
    events: tuple[Event, ...]


class Looking:
    """Measured frames without a programme: camera check, free mirror, therapist's view.

    Parameters
    ----------
    source : FrameSource
        An open source; of a live one the newest frame, of any other each.
    ipd_mm : float, optional
        Distance between the person's pupils; without it the scale comes from the irises.

    Attributes
    ----------
    rest : Rest or None
        The person's rest, once it was seen.
    """

    def __init__(self, source: FrameSource, *, ipd_mm: float | None = None) -> None:
        self.source, self.ipd_mm = source, ipd_mm
        self.rest: Rest | None = None

    def moments(
        self, meter: FaceMeter, idle: Idle | None = None, tracked: Tracked | None = None
    ) -> Iterator[Moment]:
        """Measure frame by frame; parameters as for :meth:`.practice.Practice.moments`.

        Yields
        ------
        Moment
            Without a snapshot and without events, until the source ends.
        """
        shown: list[Frame] = []

        def frames() -> Iterator[Frame]:
            for frame in frames_of(self.source):
                if frame is not None:
                    shown[:] = [frame]
                    yield frame
                elif idle is not None:
                    idle(())

        for reading in readings(frames(), meter, lambda time_s: True, tracked=tracked):
            self.rest = meter.rest
            yield Moment(shown[0], reading, None, ())


def frames_of(source: FrameSource) -> Iterator[Frame | None]:
    """Frames of an open source; None now and then while a live one sends nothing."""
    if isinstance(source, LiveSource):
        while True:
            yield source.poll(IDLE_S)
    yield from source
