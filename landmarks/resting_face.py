"""The resting face that every later frame is measured against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.flow import SkinFlow
from landmarks.head import RestingHead, turned_to
from landmarks.movement import Movement, Shape, aperture_ratio, skin_movement
from landmarks.patch import Warp, warp_onto
from landmarks.pose import HeadPose, head_pose


@dataclass(frozen=True, eq=False)
class RestingFace:
    """A resting face, as geometry and as a picture.

    Attributes
    ----------
    reference : numpy.ndarray, shape (478, 3)
        Mesh in pixels of the resting picture, turned so that x runs to the person's left along the
        eyes, y up the face and z forward.
    shape : Shape
        Median shape of the resting mesh, on that reference.
    mm_per_px : float
        Scale, frozen.
    held : numpy.ndarray, shape (10, 2)
        Where the landmarks that hold the patch lie in it.
    flow : SkinFlow
        The resting patch, ready to be compared with others.
    head : RestingHead
        The face in space.
    ray : numpy.ndarray, shape (2,)
        Slopes at which the camera saw the middle between the eyes.
    """

    reference: NDArray[np.float64]
    shape: Shape
    mm_per_px: float
    held: NDArray[np.float64]
    flow: SkinFlow
    head: RestingHead
    ray: NDArray[np.float64]

    def warp(self, points_px: NDArray[np.float64]) -> Warp:
        """The warp that lays a later frame's mesh on the resting patch."""
        return warp_onto(points_px, self.held)

    def mesh_turn(self, now: Shape, ray: NDArray[np.float64]) -> NDArray[np.float64]:
        """The head's turn since rest as the mesh's steady landmarks tell it.

        Parameters
        ----------
        now : Shape
            The mesh of now, on the same reference.
        ray : numpy.ndarray, shape (2,)
            Slopes at which the camera sees the middle between the eyes now.
        """
        turn: NDArray[np.float64] = (
            turned_to(ray) @ now.axes @ self.shape.axes.T @ turned_to(self.ray).T
        )
        return turn

    def measure(
        self, patch: NDArray[np.uint8], warp: Warp, now: Shape, ray: NDArray[np.float64]
    ) -> tuple[Movement, HeadPose]:
        """Movement since rest, and where the head points.

        Parameters
        ----------
        patch : numpy.ndarray, shape (320, 320), uint8
            The face of now, cut by `warp`.
        warp : Warp
            As `RestingFace.warp` gives it.
        now : Shape
            The mesh of now, on the same reference.
        ray : numpy.ndarray, shape (2,)
            Slopes at which the camera sees the middle between the eyes now.
        """
        places, trust = self.flow.follow(patch)
        seen_px = warp.to_picture(places)
        motion = self.head.motion(seen_px, trust, self.mesh_turn(now, ray))
        displacement, along, spread = skin_movement(self.head, motion, seen_px, trust)
        ratio = aperture_ratio(self.shape, now)
        movement = Movement(
            displacement_mm=displacement,
            along_mm=along,
            spread_mm=spread,
            aperture_ratio=ratio,
            aperture_lost_mm=(1.0 - ratio) * self.shape.apertures * self.mm_per_px,
        )
        return movement, head_pose(motion.turn @ self.head.turn)
