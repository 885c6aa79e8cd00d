"""Frame in, reading out: the one path for the webcam and for a recorded file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import TypeVar

from landmarks.frame import Frame
from landmarks.hands import HandWatch
from landmarks.look import look_at
from landmarks.movement import Movement
from landmarks.pose import HeadPose, face_axes, head_pose
from landmarks.problems import Problem
from landmarks.quality import problem_with
from landmarks.rest import Rest, RestFinder
from landmarks.resting_face import RestingFace
from landmarks.scale import Ruler
from landmarks.tracker import FaceMesh, FaceTracker
from landmarks.turning import TurningLeak
from landmarks.warming import warm_up

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Reading:
    """What one frame says.

    Attributes
    ----------
    index : int
        Number of the frame in its source.
    time_s : float
        The source's own time.
    problem : Problem or None
        Why the frame cannot be measured; then `movement` is None.
    mesh : FaceMesh or None
        The tracked face, in pixels of the unmirrored picture.
    pose : HeadPose or None
        Where the head points.
    movement : Movement or None
        Movement since rest.
    """

    index: int
    time_s: float
    problem: Problem | None
    mesh: FaceMesh | None = None
    pose: HeadPose | None = None
    movement: Movement | None = None

    @property
    def faces(self) -> int:
        """How many faces were seen; with several, the one nearest the middle is measured."""
        return 0 if self.mesh is None else self.mesh.faces


class FaceMeter:
    """The instrument: keeps the tracker and the person's rest, and reads frame after frame.

    One meter serves one recording. Should the pictures change in size, the rest is looked for
    anew, and nothing is measured until it is found. The meter only ever looks back, so a live
    camera and a file of the same frames give the same readings. Use it as a context manager.

    Parameters
    ----------
    ipd_mm : float, optional
        Distance between the person's pupils; without it the scale comes from the irises.

    Attributes
    ----------
    rest : Rest or None
        The resting face, once it has been seen.
    """

    def __init__(self, ipd_mm: float | None = None) -> None:
        self._ruler = Ruler(ipd_mm)
        self._tracker = FaceTracker()
        self._hands = HandWatch()
        warm_up()
        self._finder = RestFinder(self._ruler)
        self._leak = TurningLeak()
        self._measured_against: RestingFace | None = None
        self._last_s: float | None = None
        self._size: tuple[int, ...] | None = None

    def __enter__(self) -> FaceMeter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tracker.close()
        self._hands.close()

    @property
    def rest(self) -> Rest | None:
        """The resting face, once it has been seen."""
        return self._finder.rest

    def read(self, frame: Frame, resting: bool = True) -> Reading:
        """`track` and `measure` one frame; parameters and errors as for them."""
        return self.measure(frame, self.track(frame), resting)

    def track(self, frame: Frame) -> FaceMesh | None:
        """Find the face in a frame.

        It knows nothing of what was measured before, so the next frame's face may be looked for
        while this one is measured.

        Parameters
        ----------
        frame : Frame
            The next frame of the recording.

        Raises
        ------
        ValueError
            If the frame's time is not later than the last one's.
        """
        if self._last_s is not None and frame.time_s <= self._last_s:
            raise ValueError(
                f"frames must come in order: frame {frame.index} is at {frame.time_s:.3f} s, "
                f"the one before it was at {self._last_s:.3f} s"
            )
        self._last_s = frame.time_s
        return self._tracker.track(frame.image, frame.time_s)

    def measure(self, frame: Frame, mesh: FaceMesh | None, resting: bool = True) -> Reading:
        """Measure a frame whose face is known.

        Parameters
        ----------
        frame : Frame
            The next frame of the recording.
        mesh : FaceMesh or None
            As `track` found it.
        resting : bool
            Whether the person may be at rest now; False while an exercise has been asked for.
        """
        size, self._size = self._size, frame.image.shape
        if self._size != size:  # pixels of another size, through a lens that is not known
            self._forget_rest()
        if mesh is None:
            self._finder.interrupt()
            return Reading(frame.index, frame.time_s, "no_face")
        if mesh.turned:  # nobody is measured against another person's rest
            self._forget_rest()
        face = self._finder.face
        look = None if face is None else look_at(frame.image, mesh.points_px, face.anchor)
        if face is None or look is None:
            pose = head_pose(face_axes(mesh.points_px))
        else:
            pose = face.mesh_pose(look.shape, look.ray)
        problem = problem_with(frame.image, mesh.points_px, pose)
        if problem is None and self._hands.covers(frame.image, mesh.points_px, frame.time_s):
            problem = "covered"
        if problem is not None:
            self._finder.interrupt()
            return Reading(frame.index, frame.time_s, problem, mesh, pose)
        self._finder.see(frame.time_s, frame.image, mesh.points_px, may_begin=resting)
        if face is None or look is None:
            return Reading(frame.index, frame.time_s, "no_rest", mesh, pose)
        movement, pose = face.measure(look)
        if face is not self._measured_against:
            self._measured_against = face
            self._leak.begin()
        turn_deg = pose.since(face.pose)
        self._leak.learn(frame.time_s, movement, turn_deg)
        movement = self._leak.corrected(movement, turn_deg)
        return Reading(frame.index, frame.time_s, None, mesh, pose, movement)

    def _forget_rest(self) -> None:
        self._finder = RestFinder(self._ruler)
        self._leak = TurningLeak()


def readings(
    frames: Iterable[Frame],
    meter: FaceMeter,
    resting: Callable[[float], bool],
    *,
    ahead: bool = False,
    tracked: Callable[[Frame, FaceMesh | None], None] | None = None,
) -> Iterator[Reading]:
    """Turn timed frames into readings; practice and scoring both come through here.

    Parameters
    ----------
    frames : iterable of Frame
        One recording, or a live source.
    meter : FaceMeter
        A new meter.
    resting : callable
        Says of a time in seconds whether the person may be at rest then.
    ahead : bool
        Fetch the next frame and find its face while this one is measured, in a thread beside: the
        same numbers sooner, for a recording whose frames need not be waited for.
    tracked : callable, optional
        Told of each frame and its face before it is measured, so that it can be drawn meanwhile.

    Yields
    ------
    Reading
        One for each frame.
    """
    found = ((frame, meter.track(frame)) for frame in frames)
    for frame, mesh in _fetched_ahead(found) if ahead else found:
        if tracked is not None:
            tracked(frame, mesh)
        yield meter.measure(frame, mesh, resting(frame.time_s))


def _fetched_ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """The same items, each made in a thread while the one before is used."""
    with ThreadPoolExecutor(1, "ahead") as beside:
        coming = beside.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = beside.submit(next, items, None)
            yield item
