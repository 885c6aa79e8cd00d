"""What one frame shows of a face: its mesh as a shape, its skin, its eyes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landmarks.head import lens_of
from landmarks.lids import eye_crops
from landmarks.mesh import OUTER_CANTHI
from landmarks.movement import Shape, shape_of
from landmarks.patch import HELD, Warp, first_warp, warp_onto
from landmarks.pose import face_axes, upright


@dataclass(frozen=True, eq=False)
class Anchor:
    """The frame on which all others of a run are laid: its first.

    Attributes
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        Its mesh in picture coordinates.
    reference : numpy.ndarray, shape (478, 3)
        The mesh turned so that x runs to the person's left along the eyes, y up the face and z
        forward.
    held : numpy.ndarray, shape (10, 2)
        Where the landmarks that hold the face patch lie in it.
    """

    points_px: NDArray[np.float64]
    reference: NDArray[np.float64]
    held: NDArray[np.float64]

    @classmethod
    def at(cls, points_px: NDArray[np.float64]) -> Anchor:
        """Take a frame's mesh, shape (478, 3), for the anchor."""
        return cls(
            points_px,
            np.ascontiguousarray(upright(points_px) @ face_axes(points_px)),
            first_warp(points_px).to_patch(points_px[HELD, :2]),
        )

    @property
    def canthi_px(self) -> float:
        """Distance of its outer canthi."""
        right, left = OUTER_CANTHI
        return float(np.linalg.norm(self.points_px[left] - self.points_px[right]))


@dataclass(frozen=True, eq=False)
class Look:
    """A frame's face, laid on an anchor.

    Attributes
    ----------
    shape : Shape
        Its mesh, on the anchor's reference.
    ray : numpy.ndarray, shape (2,)
        Slopes at which the camera sees the middle between the outer canthi.
    warp : Warp
        From the picture to the face patch.
    patch : numpy.ndarray, shape (320, 320), uint8
        The face patch.
    eyes : numpy.ndarray, shape (2, 80, 80, 3), uint8
        Crops of both eyes.
    """

    shape: Shape
    ray: NDArray[np.float64]
    warp: Warp
    patch: NDArray[np.uint8]
    eyes: NDArray[np.uint8]


def look_at(image: NDArray[np.uint8], points_px: NDArray[np.float64], anchor: Anchor) -> Look:
    """Take from a picture what the measurement needs.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; not mirrored.
    points_px : numpy.ndarray, shape (478, 3)
        Its mesh.
    anchor : Anchor
        What it is laid on.
    """
    warp = warp_onto(points_px, anchor.held)
    return Look(
        shape=shape_of(upright(points_px), anchor.reference),
        ray=eyes_ray(image, points_px),
        warp=warp,
        patch=warp.cut(image),
        eyes=eye_crops(image, points_px, anchor.points_px),
    )


def eyes_ray(image: NDArray[np.uint8], points_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slopes (right, up) at which a camera sees the middle between the outer canthi.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        The picture.
    points_px : numpy.ndarray, shape (478, 3)
        Its mesh.
    """
    middle = points_px[list(OUTER_CANTHI), :2].mean(axis=0)
    slopes: NDArray[np.float64] = lens_of(image).ray(middle[None])[0]
    return slopes
