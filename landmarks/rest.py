"""The person's own resting face: what every movement is measured from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import SKIN_REGIONS
from landmarks.movement import Shape, movement_since, shape_of
from landmarks.pose import HeadPose, face_axes, upright
from landmarks.regions import REGIONS, Region
from landmarks.scale import BY_IRIS, Ruler

LEAST_S = 0.5
"""A rest may be used from here on; it grows while the face stays still."""

LONGEST_S = 2.0
"""No more is gained by a longer one."""

LEAST_FRAMES = 8

STILL_MM = 0.8
"""A region that leaves the run's mean by more than this is moving: six times the landmarks' own
noise of 0.13 mm (``RESULTS.md``)."""

STILL_APERTURE = 0.15
"""The same for the lids, as a share of the wider eye; a blink breaks the run."""

STILL_DEG = 2.0
"""The same for the head."""

OPEN_MM = 2.0
"""With both lids closer than this the eyes are closed, and that is no rest. One eye alone may be
(a sewn or heavy lid): its aperture is then taken for this, so that it reads as an eye that stays
still and not as a share of nothing."""

LEAST_NOISE_MM = 0.05
"""A noise floor is never taken for smaller than this, however still a short rest was."""


@dataclass(frozen=True)
class Rest:
    """A resting face.

    Attributes
    ----------
    start_s, end_s : float
        When it was seen.
    frames : int
        How many frames it is made of.
    reference : numpy.ndarray, shape (478, 3)
        Mesh in pixels of the resting picture, turned so that x runs to the person's left along the
        eyes, y up the face and z forward.
    shape : Shape
        Median shape of the run, in the reference's pixels.
    pose : HeadPose
        Mean pose.
    mm_per_px : float
        Scale of the reference, from both eyes.
    ruler : Ruler
        What the scale was taken from.
    noise_mm : dict of Region to (left, right)
        Standard deviation of each region's reading while nothing moved (1.48 MAD).
    """

    start_s: float
    end_s: float
    frames: int
    reference: NDArray[np.float64]
    shape: Shape
    pose: HeadPose
    mm_per_px: float
    noise_mm: dict[Region, tuple[float, float]]
    ruler: Ruler = BY_IRIS


class RestFinder:
    """Watches for the first still half second and keeps it, growing to two while it lasts.

    Frames that cannot be measured, blinks and head movements start the search anew. Once a rest
    has been found and its run has ended, it stays.

    Parameters
    ----------
    ruler : Ruler
        What the scale is taken from.
    """

    def __init__(self, ruler: Ruler = BY_IRIS) -> None:
        self._ruler = ruler
        self.rest: Rest | None = None
        self._ended = False
        self._forget()

    def _forget(self) -> None:
        self._times: list[float] = []
        self._points: list[NDArray[np.float64]] = []
        self._shapes: list[Shape] = []
        self._poses: list[HeadPose] = []
        self._reference: NDArray[np.float64] | None = None

    def interrupt(self) -> None:
        """Tell of a frame that cannot be measured."""
        if self.rest is not None:
            self._ended = True
        self._forget()

    def see(
        self,
        time_s: float,
        points_px: NDArray[np.float64],
        pose: HeadPose,
        may_begin: bool = True,
    ) -> None:
        """Take in a measurable frame.

        Parameters
        ----------
        time_s : float
            Its time.
        points_px : numpy.ndarray, shape (478, 3)
            Its mesh in pixels.
        pose : HeadPose
            Its pose.
        may_begin : bool
            Whether a rest may begin here. One that began before goes on while the face is still:
            people need a moment before they do what they are asked.
        """
        if self._ended or not (self._times or may_begin):
            return
        if self._reference is None:
            points = upright(points_px)
            self._reference = np.ascontiguousarray(points @ face_axes(points_px))
        shape = shape_of(upright(points_px), self._reference)
        mm_per_px = self._ruler.mm_per_px(points_px)
        if shape.apertures.max() * mm_per_px < OPEN_MM:
            self.interrupt()
            return
        if self._times and not self._is_still(shape, pose, mm_per_px):
            self.interrupt()
            self.see(time_s, points_px, pose, may_begin)
            return
        self._times.append(time_s)
        self._points.append(points_px)
        self._shapes.append(shape)
        self._poses.append(pose)
        lasted_s = time_s - self._times[0]
        if lasted_s >= LEAST_S and len(self._times) >= LEAST_FRAMES:
            self.rest = self._sum_up()
        if lasted_s >= LONGEST_S:
            self._ended = True
            self._forget()

    def _is_still(self, shape: Shape, pose: HeadPose, mm_per_px: float) -> bool:
        count = len(self._shapes)
        middle = np.mean([s.regions for s in self._shapes], axis=0)
        apertures = np.mean([s.apertures for s in self._shapes], axis=0)
        yaw = sum(p.yaw_deg for p in self._poses) / count
        pitch = sum(p.pitch_deg for p in self._poses) / count
        return bool(
            np.abs(shape.regions - middle).max() * mm_per_px <= STILL_MM
            and (np.abs(shape.apertures - apertures) <= STILL_APERTURE * apertures.max()).all()
            and pose.turned_from(HeadPose(yaw, pitch, 0.0)) <= STILL_DEG
        )

    def _sum_up(self) -> Rest:
        assert self._reference is not None
        scale = float(np.median([self._ruler.mm_per_px(p) for p in self._points]))
        # The reference carries the pixels of the run's first frame; bring the scale to it.
        canthi = [float(np.linalg.norm(p[33] - p[263])) for p in self._points]
        scale *= float(np.median(canthi)) / canthi[0]
        shape = Shape(
            np.median([s.regions for s in self._shapes], axis=0),
            np.maximum(np.median([s.apertures for s in self._shapes], axis=0), OPEN_MM / scale),
            np.median([s.axes for s in self._shapes], axis=0),
        )
        moves = [movement_since(shape, s, scale) for s in self._shapes]
        skin = _spread(np.array([m.displacement_mm for m in moves])).max(axis=-1)
        lids = _spread(np.array([m.aperture_lost_mm for m in moves]))
        noise: dict[Region, tuple[float, float]] = {}
        for region in REGIONS:
            sides = lids if region == "eye" else skin[SKIN_REGIONS.index(region)]
            noise[region] = (
                max(LEAST_NOISE_MM, float(sides[0])),
                max(LEAST_NOISE_MM, float(sides[1])),
            )
        return Rest(
            start_s=self._times[0],
            end_s=self._times[-1],
            frames=len(self._times),
            reference=self._reference,
            shape=shape,
            pose=HeadPose(
                float(np.mean([p.yaw_deg for p in self._poses])),
                float(np.mean([p.pitch_deg for p in self._poses])),
                float(np.mean([p.roll_deg for p in self._poses])),
            ),
            mm_per_px=scale,
            noise_mm=noise,
            ruler=self._ruler,
        )


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Robust standard deviation along the first axis (1.4826 times the median deviation)."""
    deviations: NDArray[np.float64] = np.median(np.abs(values - np.median(values, axis=0)), axis=0)
    return 1.4826 * deviations
