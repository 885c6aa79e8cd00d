"""The person's own resting face: what every movement is measured from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.average_face import SURFACE
from landmarks.flow import SkinFlow
from landmarks.head import RestingHead, lens_of, turned_to
from landmarks.lids import CROPS_KEPT, LidReference
from landmarks.look import Anchor, Look, look_at
from landmarks.mesh import OUTER_CANTHI, SKIN_REGIONS
from landmarks.movement import PATHS, Movement, Shape, median_seen, shape_of
from landmarks.patch import PATCH_PX
from landmarks.pose import HeadPose, face_axes, head_pose, upright
from landmarks.regions import REGIONS, Region
from landmarks.resting_asymmetry import UNKNOWN, RestingAsymmetry, resting_asymmetry
from landmarks.resting_face import RestingFace
from landmarks.scale import BY_IRIS, Ruler

LEAST_S = 0.45
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


RENEWED_AFTER_S = 1.0
"""A later rest takes the place of the one before once it has lasted this long, ..."""

RENEWED_EVERY_S = 0.09
"""... looked at so often, since frames in between tell the same, ..."""

RENEWED_WITHIN_MM = 0.8
"""... if no region lies further than this from where it lay before (as the mesh has it), ..."""

RENEWED_WITHIN_APERTURE = 0.15
"""... and no eye is opened or closed by more than this share: a face held in a movement is not at
rest, however still it is."""

RENEWED_DRIFT_MM = 0.4
RENEWED_DRIFT_APERTURE = 0.05
"""Nor is one that is still on its way back to rest, so slowly that each moment is near the mean of
those before: from the first to the last quarter of the run no region may go further than this, and
no lid by more than this share."""


@dataclass(frozen=True)
class Rest:
    """A person at rest, as first seen.

    Attributes
    ----------
    start_s, end_s : float
        When it was seen.
    frames : int
        How many frames it is made of.
    pose : HeadPose
        Where the head pointed.
    mm_per_px : float
        Scale of the picture at the eyes.
    ruler : Ruler
        What the scale was taken from.
    noise_mm : dict of Region to (left, right)
        Standard deviation of each region's reading while nothing moved (1.48 MAD).
    asymmetry : RestingAsymmetry
        How uneven the face was.
    """

    start_s: float
    end_s: float
    frames: int
    pose: HeadPose
    mm_per_px: float
    noise_mm: dict[Region, tuple[float, float]]
    ruler: Ruler = BY_IRIS
    asymmetry: RestingAsymmetry = UNKNOWN


@dataclass(frozen=True, eq=False)
class _Still:
    """One frame of a still run."""

    time_s: float
    points_px: NDArray[np.float64]
    axes: NDArray[np.float64]
    look: Look

    @property
    def pose(self) -> HeadPose:
        return head_pose(self.look.shape.axes)

    @property
    def canthi_px(self) -> float:
        right, left = OUTER_CANTHI
        return float(np.linalg.norm(self.points_px[left] - self.points_px[right]))


class RestFinder:
    """Watches for the first still half second and keeps it, growing to two while it lasts.

    Frames that cannot be measured, blinks and head movements start the search anew. Later a still
    second that looks like the first rest takes its place, so that light and posture may drift.

    Parameters
    ----------
    ruler : Ruler
        What the scale is taken from.

    Attributes
    ----------
    rest : Rest or None
        What is told of the resting person.
    face : RestingFace or None
        What later frames are measured against.
    """

    def __init__(self, ruler: Ruler = BY_IRIS) -> None:
        self._ruler = ruler
        self.rest: Rest | None = None
        self.face: RestingFace | None = None
        self._first: RestingFace | None = None
        self._canthi_mm = 0.0
        self._growing = True
        self._forget()

    def _forget(self) -> None:
        self._run: list[_Still] = []
        self._moves: list[Movement] = []
        self._patches = np.zeros((PATCH_PX, PATCH_PX), dtype=np.float32)
        self._anchor: Anchor | None = None
        self._lids: LidReference | None = None
        self._lids_learnt_s = -np.inf

    def interrupt(self) -> None:
        """Tell of a frame that cannot be measured."""
        if self.rest is not None:
            self._growing = False
        self._forget()

    def see(
        self,
        time_s: float,
        image: NDArray[np.uint8],
        points_px: NDArray[np.float64],
        may_begin: bool = True,
    ) -> None:
        """Take in a measurable frame.

        Parameters
        ----------
        time_s : float
            Its time.
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red.
        points_px : numpy.ndarray, shape (478, 3)
            Its mesh in pixels.
        may_begin : bool
            Whether the first rest may begin here; a later one may begin anywhere, since a guided
            session and a recording scored by cues must find the same. One that began before goes
            on while the face is still: people need a moment before they do what they are asked.
        """
        if self._growing and not (self._run or may_begin):
            return
        if not self._growing and self._run and time_s - self._run[-1].time_s < RENEWED_EVERY_S:
            return
        if self._anchor is None:
            self._anchor = Anchor.at(points_px)
        look = look_at(image, points_px, self._anchor)
        mm_per_px = self._ruler.mm_per_px(points_px)
        if look.shape.apertures.max() * mm_per_px < OPEN_MM:
            self.interrupt()
            return
        now = _Still(time_s, points_px, face_axes(points_px), look)
        if self._run and not self._is_still(now, mm_per_px):
            self.interrupt()
            self.see(time_s, image, points_px, may_begin)
            return
        self._run.append(now)
        self._patches += look.patch
        lasted_s = time_s - self._run[0].time_s
        if self._growing:
            if lasted_s >= LEAST_S and len(self._run) >= LEAST_FRAMES:
                self._keep(image)
            if lasted_s >= LONGEST_S:
                self.interrupt()
        elif lasted_s >= RENEWED_AFTER_S and len(self._run) >= LEAST_FRAMES:
            if self._is_the_same_rest():
                self._keep(image)
            self._forget()

    def _is_still(self, now: _Still, mm_per_px: float) -> bool:
        middle = np.mean([s.look.shape.regions for s in self._run], axis=0)
        apertures = np.mean([s.look.shape.apertures for s in self._run], axis=0)
        poses = [s.pose for s in self._run]
        yaw, pitch = np.mean([(pose.yaw_deg, pose.pitch_deg) for pose in poses], axis=0)
        shape = now.look.shape
        return bool(
            np.abs(shape.regions - middle).max() * mm_per_px <= STILL_MM
            and (np.abs(shape.apertures - apertures) <= STILL_APERTURE * apertures.max()).all()
            and now.pose.turned_from(HeadPose(float(yaw), float(pitch), 0.0)) <= STILL_DEG
        )

    def _is_the_same_rest(self) -> bool:
        """Whether the run looks like the first rest, laid on the same reference."""
        assert self._first is not None
        shapes = [shape_of(upright(s.points_px), self._first.anchor.reference) for s in self._run]
        regions = np.median([s.regions for s in shapes], axis=0)
        shut = OPEN_MM / self._first.mm_per_px
        apertures = np.maximum(np.median([s.apertures for s in shapes], axis=0), shut)
        strayed_mm = np.abs(regions - self._first.shape.regions).max() * self._first.mm_per_px
        opened = np.abs(apertures / self._first.shape.apertures - 1.0).max()
        quarter = max(1, len(shapes) // 4)
        early, late = shapes[:quarter], shapes[-quarter:]
        drifted_mm = self._first.mm_per_px * np.abs(
            np.median([s.regions for s in late], axis=0)
            - np.median([s.regions for s in early], axis=0)
        )
        closing = np.abs(
            np.median([s.apertures for s in late], axis=0)
            - np.median([s.apertures for s in early], axis=0)
        )
        return bool(
            strayed_mm <= RENEWED_WITHIN_MM
            and opened <= RENEWED_WITHIN_APERTURE
            and drifted_mm.max() <= RENEWED_DRIFT_MM
            and closing.max() <= RENEWED_DRIFT_APERTURE * self._first.shape.apertures.max()
        )

    def _keep(self, image: NDArray[np.uint8]) -> None:
        """Make the run the rest; where its first frame had the face, the resting face stands."""
        assert self._anchor is not None
        run = self._run
        if self._growing:
            mm_per_px = float(np.median([self._ruler.mm_per_px(s.points_px) for s in run]))
            self._canthi_mm = mm_per_px * float(np.median([s.canthi_px for s in run]))
        scale = self._canthi_mm / self._anchor.canthi_px
        shapes = [s.look.shape for s in run]
        shape = Shape(
            np.median([s.regions for s in shapes], axis=0),
            np.maximum(np.median([s.apertures for s in shapes], axis=0), OPEN_MM / scale),
            _mean_rotation([s.axes for s in shapes]),
        )
        ray = np.mean([s.look.ray for s in run], axis=0)
        laid = np.mean([s.look.warp.to_patch(s.points_px[:, :2]) for s in run], axis=0)
        places = laid[:SURFACE]
        patch = np.rint(self._patches / len(run)).astype(np.uint8)
        turn = turned_to(ray) @ _mean_rotation([s.axes for s in run])
        first_px = run[0].look.warp.to_picture(laid)
        face = RestingFace(
            anchor=self._anchor,
            shape=shape,
            ray=ray,
            mm_per_px=scale,
            flow=SkinFlow(patch, places),
            head=RestingHead(first_px[:SURFACE], turn, scale, lens_of(image)),
            lids=self._lids_of(run),
        )
        self.face = face
        if self._growing:
            self._first = face
            self._moves += [face.measure(s.look)[0] for s in run[len(self._moves) :]]
            self.rest = Rest(
                start_s=run[0].time_s,
                end_s=run[-1].time_s,
                frames=len(run),
                pose=face.pose,
                mm_per_px=scale,
                noise_mm=_noise(self._moves),
                ruler=self._ruler,
                asymmetry=resting_asymmetry(
                    face.head,
                    first_px,
                    face.lids.visible,
                    face.pose,
                    self._ruler.spread,
                ),
            )

    def _lids_of(self, run: list[_Still]) -> LidReference:
        """The resting eyes, learnt anew only now and then: that takes longer than a frame."""
        if self._lids is None or run[-1].time_s - self._lids_learnt_s >= LEAST_S:
            every = -(-len(run) // CROPS_KEPT)
            crops = [s.look.eyes for s in run[::every]]
            self._lids = LidReference.of(crops, [s.points_px for s in run])
            self._lids_learnt_s = run[-1].time_s
        return self._lids


def _noise(moves: list[Movement]) -> dict[Region, tuple[float, float]]:
    """Noise floor of each region: the worst of everything that is read off it."""
    skin = _spread(np.array([m.displacement_mm for m in moves])).max(axis=-1)
    paths = _spread(np.array([m.along_mm for m in moves]))
    lids = _spread(np.array([m.aperture_lost_mm for m in moves]))
    noise: dict[Region, tuple[float, float]] = {}
    for region in REGIONS:
        if region == "eye":
            sides = lids
        else:
            own = [paths[row] for row, path in enumerate(PATHS) if path[0] == region]
            sides = np.max([skin[SKIN_REGIONS.index(region)], *own], axis=0)
        left, right = np.maximum(LEAST_NOISE_MM, np.nan_to_num(sides, nan=LEAST_NOISE_MM))
        noise[region] = (float(left), float(right))
    return noise


def _mean_rotation(rotations: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The rotation nearest to the mean of several that differ little."""
    u, _, vt = np.linalg.svd(np.mean(rotations, axis=0))
    mean: NDArray[np.float64] = u @ vt
    return mean


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """1.4826 times the median deviation along the first axis, of what was seen."""
    return 1.4826 * median_seen(np.abs(values - median_seen(values)))
