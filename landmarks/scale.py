"""What of known size turns pixels into millimetres: the irises, or the distance between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from landmarks.mesh import RIGHT_IRIS_MIDDLE, mirrored
from landmarks.pose import IRIS_SPREAD, iris_mm_per_px

LEAST_IPD_MM, MOST_IPD_MM = 45.0, 80.0
"""Between these lie the pupils' distances of nearly all adults (Dodgson 2004, Proc. SPIE 5291)."""

IPD_SPREAD = 0.02
"""Half-width of the scale's interval, as a share, when the distance of the pupils was typed in. An
optician's figure is for looking far away. At a camera half a metre off each eye turns in by 3.5
degrees, which brings the pupils nearer to each other by about 1.2 mm of 63."""


@dataclass(frozen=True)
class Ruler:
    """A length in the face that is known in millimetres.

    Attributes
    ----------
    ipd_mm : float or None
        Distance between the pupils, as the person says; None takes the irises, 11.7 mm across.

    Raises
    ------
    ValueError
        If the distance is not a person's.
    """

    ipd_mm: float | None = None

    def __post_init__(self) -> None:
        if self.ipd_mm is not None and not LEAST_IPD_MM <= self.ipd_mm <= MOST_IPD_MM:
            raise ValueError(
                f"expected a distance between the pupils of {LEAST_IPD_MM:g} to {MOST_IPD_MM:g} "
                f"mm, got {self.ipd_mm:g} mm"
            )

    @property
    def method(self) -> Literal["iris", "ipd"]:
        """What is taken for the known length."""
        return "iris" if self.ipd_mm is None else "ipd"

    @property
    def spread(self) -> float:
        """Half-width of the scale's interval, as a share of it."""
        return IRIS_SPREAD if self.ipd_mm is None else IPD_SPREAD

    def mm_per_px(self, points_px: NDArray[np.float64]) -> float:
        """Millimetres a pixel in one picture.

        Parameters
        ----------
        points_px : numpy.ndarray, shape (478, 3)
            A mesh in picture coordinates, both eyes open.
        """
        if self.ipd_mm is None:
            return iris_mm_per_px(points_px)
        right, left = RIGHT_IRIS_MIDDLE, mirrored((RIGHT_IRIS_MIDDLE,))[0]
        return self.ipd_mm / float(np.linalg.norm(points_px[left] - points_px[right]))


BY_IRIS = Ruler()
"""The ruler for when nothing is known of the person."""
