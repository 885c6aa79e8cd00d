"""The resting face that every later frame is measured against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.flow import SkinFlow
from landmarks.head import RestingHead, turned_to
from landmarks.lids import LOST_GAIN, LidReference
from landmarks.look import Anchor, Look
from landmarks.movement import Movement, Shape, skin_movement
from landmarks.pose import HeadPose, head_pose


@dataclass(frozen=True, eq=False)
class RestingFace:
    """A resting face, as geometry and as a picture.

    Attributes
    ----------
    anchor : Anchor
        What later frames are laid on.
    shape : Shape
        Median shape of the resting mesh, on the anchor's reference.
    ray : numpy.ndarray, shape (2,)
        Slopes at which the camera saw the middle between the eyes.
    mm_per_px : float
        Scale, frozen.
    flow : SkinFlow
        The resting patch, ready to be compared with others.
    head : RestingHead
        The face in space.
    lids : LidReference
        The resting eyes.
    """

    anchor: Anchor
    shape: Shape
    ray: NDArray[np.float64]
    mm_per_px: float
    flow: SkinFlow
    head: RestingHead
    lids: LidReference

    def mesh_turn(self, shape: Shape, ray: NDArray[np.float64]) -> NDArray[np.float64]:
        """The head's turn since rest as the mesh's steady landmarks tell it.

        Parameters
        ----------
        shape : Shape
            The mesh of now, on the anchor's reference.
        ray : numpy.ndarray, shape (2,)
            Slopes at which the camera sees the middle between the eyes now.
        """
        turn: NDArray[np.float64] = (
            turned_to(ray) @ shape.axes @ self.shape.axes.T @ turned_to(self.ray).T
        )
        return turn

    def mesh_pose(self, shape: Shape, ray: NDArray[np.float64]) -> HeadPose:
        """Where the head points as the mesh alone tells it; parameters as for `mesh_turn`."""
        return self._pose(self.mesh_turn(shape, ray), ray)

    @property
    def pose(self) -> HeadPose:
        """Where the head pointed."""
        return self._pose(np.eye(3), self.ray)

    def _pose(self, turn: NDArray[np.float64], ray: NDArray[np.float64]) -> HeadPose:
        """Pose after a turn since rest, as seen along a ray."""
        return head_pose(turned_to(ray).T @ turn @ self.head.turn)

    def measure(self, look: Look) -> tuple[Movement, HeadPose]:
        """Movement since rest, and where the head points.

        Parameters
        ----------
        look : Look
            The frame's face, laid on `anchor`.
        """
        places, trust = self.flow.follow(look.patch)
        seen_px = look.warp.to_picture(places)
        motion = self.head.motion(seen_px, trust, self.mesh_turn(look.shape, look.ray))
        displacement, along, spread = skin_movement(self.head, motion, seen_px, trust)
        reads = look.shape.apertures / self.shape.apertures
        ratio = self.lids.apertures(look.eyes, reads).ratio
        opening_mm = self.shape.apertures * self.mm_per_px * self.lids.openings
        movement = Movement(
            displacement_mm=displacement,
            along_mm=along,
            spread_mm=spread,
            aperture_ratio=ratio,
            aperture_lost_mm=(1.0 - ratio) * opening_mm * LOST_GAIN,
        )
        return movement, self._pose(motion.turn, look.ray)
