"""One half of a face shown twice: its mirror image laid over the other half.

The mirror plane is the face's own, found in space from the mesh, so that it follows a head that
turns and tilts. A point of the other half shows what lies across that plane; seen by a camera, that
is a shift along one direction by twice the distance from the plane. How far a pixel lies from the
plane depends on how deep the face is there, and only as far as the head is turned: the depth comes
from the mesh of the half that is shown, laid out on a coarse grid.

Light from a side is kept: the mirror image is made as bright and as coloured as the half that it
covers, in a way that changes nothing at the seam, where both are the same skin.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks.average_face import SURFACE, average_face
from landmarks.mesh import (
    FOREHEAD_AND_CHIN,
    MIRROR,
    NOSE_MIDLINE,
    OUTER_CANTHI,
    RIGHT_OVAL,
    STEADY,
    mirrored,
)
from landmarks.regions import Side

YAW_LIMIT_DEG = 18.0
"""Turned further to a side, the half that is turned away is too narrow to be shown twice: beyond
this the nose looks broad and the eye drawn out (seen on people who turn slowly)."""

FEATHER = 20.0 / 315.0
"""Width of the seam, of the height from forehead to chin: 20 logical pixels in the mirror."""

RIM = 0.10
"""How far inside the face's edge the mirror image begins to fade, of the same height."""

_PLANE = np.concatenate([STEADY, np.repeat(NOSE_MIDLINE, 4)])
"""The seam runs along the nose, so that its middle counts for more."""

_BESIDE_MM = 0.1
"""Nearer to the average face's middle a landmark belongs to both halves."""

_GRID = (24, 32)
"""Columns and rows on which depth and light are laid out."""

_DEPTH_SPREADS = (6.0, 2.5, 1.0, 1.0)
"""In steps of the grid: each pass fits what the one before left."""

_HELD = 6
"""On the nose, which is steep, a landmark of the middle counts as so many."""

_THIN = 0.02
"""Below this many landmarks a grid cell a pass says less and less."""

_RIM_STEPS = 6
_RIM_STEP_PX = 4
"""The rim is so smooth that it is worked out in few steps, and for every fourth pixel."""

_LIGHT_ROWS = 48
"""Skin is compared in square patches, so many from forehead to chin."""

_LIGHT_LIMIT = float(np.log(2.5))
"""The mirror image is made brighter or darker by no more than this factor."""

_LIGHT_SPREAD = 0.15
"""Landmarks that differ by this much more than the rest (a log of brightness) count half."""

_LIGHT_STIFFNESS = 1e-4
"""Keeps the light from being fitted to a few landmarks."""

_DARK = 4.0
"""Added to each colour before the logarithm, so that black does not weigh more than skin."""


@dataclass(frozen=True, eq=False)
class MidPlane:
    """The plane that divides a face into its halves, in the mesh's own coordinates.

    Attributes
    ----------
    normal : numpy.ndarray, shape (3,)
        Of unit length, to the person's left.
    offset_px : float
        The plane's points p have ``p @ normal == offset_px``.
    """

    normal: NDArray[np.float64]
    offset_px: float

    @property
    def yaw_deg(self) -> float:
        """How far the head is turned to the person's left."""
        return float(np.degrees(np.arcsin(np.clip(self.normal[2], -1.0, 1.0))))

    def beside_px(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far points, shape (..., 3), lie to the person's left of it."""
        beside: NDArray[np.float64] = points_px @ self.normal - self.offset_px
        return beside

    def reflected(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points, shape (..., 3), on the other side of it."""
        twice = 2.0 * self.beside_px(points_px)[..., None]
        across: NDArray[np.float64] = points_px - twice * self.normal
        return across


def mid_plane(points_px: NDArray[np.float64]) -> MidPlane:
    """Find the plane that divides a face.

    Parameters
    ----------
    points_px : numpy.ndarray, shape (478, 3)
        The face mesh: x right, y down, z away from the camera, all in pixels.

    Returns
    -------
    MidPlane
        Its direction is the one across which steady landmarks lie nearest to their partners, so a
        face pulled to one side by a movement does not turn it; it lies on the middle of the nose.
    """
    here, there = points_px[_PLANE], points_px[MIRROR[_PLANE]]
    middle = (here.mean(axis=0) + there.mean(axis=0)) / 2
    alike = (here - middle).T @ (there - middle)
    normal: NDArray[np.float64] = np.linalg.eigh(alike + alike.T)[1][:, 0]
    right, left = points_px[list(OUTER_CANTHI)]
    if normal @ (left - right) < 0:
        normal = -normal
    return MidPlane(normal, float((points_px[list(NOSE_MIDLINE)] @ normal).mean()))


@dataclass(frozen=True, eq=False)
class _Window:
    """The piece of the picture in which something changes, and a coarse grid on it."""

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def around(
        cls, points_px: NDArray[np.float64], margin_px: float, width: int, height: int
    ) -> _Window | None:
        """Box round points, inside a picture; None if there is nothing of it inside."""
        low = np.floor(points_px.min(axis=0) - margin_px).astype(int)
        high = np.ceil(points_px.max(axis=0) + margin_px).astype(int) + 1
        left, top = np.maximum(low, 0).tolist()
        right, bottom = np.minimum(high, [width, height]).tolist()
        if right - left < _GRID[0] or bottom - top < _GRID[1]:
            return None
        return cls(left, top, right - left, bottom - top)

    @property
    def rows(self) -> slice:
        return slice(self.top, self.top + self.height)

    @property
    def columns(self) -> slice:
        return slice(self.left, self.left + self.width)

    @property
    def columns_px(self) -> NDArray[np.float64]:
        """Places of its columns, shape (1, width); landmarks count from a pixel's edge."""
        across: NDArray[np.float64] = (np.arange(self.width) + 0.5)[None, :]
        return self.left + across

    @property
    def rows_px(self) -> NDArray[np.float64]:
        """Places of its rows, shape (height, 1)."""
        down: NDArray[np.float64] = (np.arange(self.height) + 0.5)[:, None]
        return self.top + down

    @property
    def grid_px(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Middles of the grid's cells: x, shape (1, columns), and y, shape (rows, 1)."""
        x = self.left + (np.arange(_GRID[0]) + 0.5) * self.width / _GRID[0]
        y = self.top + (np.arange(_GRID[1]) + 0.5) * self.height / _GRID[1]
        return x[None, :], y[:, None]

    def fine_px(self, step_px: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Middles of a finer grid's cells, about so many pixels wide: x and y of each."""
        width, height = -(-self.width // step_px), -(-self.height // step_px)
        x = self.left + (np.arange(width) + 0.5) * self.width / width
        y = self.top + (np.arange(height) + 0.5) * self.height / height
        across, down = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
        return across, down

    def filled(self, grid: NDArray[np.float32]) -> NDArray[np.float32]:
        """Values of the grid at every pixel."""
        whole = cv2.resize(grid, (self.width, self.height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(whole, dtype=np.float32)

    def grid_of(
        self, points_px: NDArray[np.float64], values: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """Lay values known at points, shape (n, 2), out smoothly on the grid."""
        across, down = _GRID
        cell = (points_px - (self.left, self.top)) * (across / self.width, down / self.height) - 0.5
        near = ((cell >= 0) & (cell <= (across - 1.001, down - 1.001))).all(axis=1)
        cell, values = cell[near], values[near]
        if not len(values):
            return np.zeros((down, across), dtype=np.float32)
        corner = np.floor(cell).astype(np.intp)
        part = cell - corner
        start = corner[:, 1] * across + corner[:, 0]
        at = np.concatenate([start, start + 1, start + across, start + across + 1])
        right, below = part.T
        share = np.concatenate(
            [(1 - right) * (1 - below), right * (1 - below), (1 - right) * below, right * below]
        )

        def laid(what: NDArray[np.float64]) -> NDArray[np.float64]:
            sums = np.bincount(at, share * np.tile(what, 4), across * down)
            return sums.astype(np.float64).reshape(down, across)

        field = np.full((down, across), values.mean())
        density = laid(np.ones(len(values)))
        for spread in _DEPTH_SPREADS:
            left = values - (field.ravel()[at] * share).reshape(4, -1).sum(axis=0)
            sums, weights = (
                cv2.GaussianBlur(one, (0, 0), spread, borderType=cv2.BORDER_CONSTANT)
                for one in (laid(left), density)
            )
            field += sums / (weights + _THIN)
        return field.astype(np.float32)

    def across(
        self, beyond: NDArray[np.float32], away: NDArray[np.float64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What lies across the plane from each pixel, which is so far beyond it: x and y."""
        x, y = (np.float32(-2.0 * part) * beyond for part in away)
        x += self.columns_px.astype(np.float32)
        y += self.rows_px.astype(np.float32)
        return x, y


class _Inside:
    """How far inside a face's edge places lie: 0 at the edge, 1 from a rim inwards.

    Parameters
    ----------
    oval_px : numpy.ndarray, shape (n, 2)
        The edge.
    rim_px : float
        Width of the rim.
    """

    def __init__(self, oval_px: NDArray[np.float64], rim_px: float) -> None:
        self._shrunk = max(1.0, rim_px / _RIM_STEPS)
        self._corner = oval_px.min(axis=0) - 2 * self._shrunk
        places = (oval_px - self._corner) / self._shrunk
        width, height = (np.ceil(places.max(axis=0)).astype(int) + 2).tolist()
        mask = np.zeros((height, width), dtype=np.uint8)
        cv2.fillPoly(mask, [np.rint((places - 0.5) * 16).astype(np.int32)], (255,), cv2.LINE_AA, 4)
        spread = rim_px / self._shrunk / 2
        soft = cv2.GaussianBlur(
            mask.astype(np.float32), (0, 0), spread, borderType=cv2.BORDER_CONSTANT
        )
        # A polygon is filled half a cell past its edge, so 0 lies a little above one half.
        self._soft = _smooth_step(soft * np.float32(2.2 / 255) - np.float32(1.2))

    def at(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
        """Share at places of the picture, two arrays of one shape."""
        left, top = (self._corner + 0.5 * self._shrunk).astype(np.float32).tolist()
        per_px = np.float32(1 / self._shrunk)
        found = cv2.remap(
            self._soft,
            (x - np.float32(left)) * per_px,
            (y - np.float32(top)) * per_px,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
        )
        return np.asarray(found, dtype=np.float32)


class EvenFace:
    """Shows one half of a face twice.

    Parameters
    ----------
    side : {"left", "right"}
        The person's own side that is shown twice; the other one is covered.
    """

    def __init__(self, side: Side) -> None:
        self.side: Side = side
        right = np.flatnonzero(average_face().points_mm[:, 0] < -_BESIDE_MM)
        shown = right if side == "right" else MIRROR[right]
        self._middle = np.flatnonzero(MIRROR[:SURFACE] == np.arange(SURFACE))
        self._shown = np.concatenate([shown, self._middle])
        self._skin = np.intersect1d(shown, average_face().body_points)
        self._oval = list(RIGHT_OVAL if side == "right" else mirrored(RIGHT_OVAL))
        self._away = -1.0 if side == "left" else 1.0

    def show(
        self, image: NDArray[np.uint8], points_px: NDArray[np.float64]
    ) -> NDArray[np.uint8] | None:
        """Cover one half of the face with the mirror image of the other.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Not mirrored; it is left as it is.
        points_px : numpy.ndarray, shape (478, 3)
            The face mesh in it.

        Returns
        -------
        numpy.ndarray, shape (height, width, 3), uint8, or None
            The same picture but for the covered half of the face; not mirrored. None where the head
            is turned by more than `YAW_LIMIT_DEG`, or the face lies outside the picture.
        """
        plane = mid_plane(points_px)
        if abs(plane.yaw_deg) > YAW_LIMIT_DEG:
            return None
        forehead, chin = points_px[list(FOREHEAD_AND_CHIN)]
        face_px = float(np.linalg.norm(chin - forehead))
        covering = plane.reflected(points_px[self._oval])[:, :2]
        window = _Window.around(
            np.concatenate([covering, points_px[self._middle, :2]]),
            FEATHER * face_px,
            image.shape[1],
            image.shape[0],
        )
        if window is None:
            return None
        beyond = self._beyond(window, plane, points_px)
        x, y = window.across(beyond, self._away * plane.normal[:2])
        half = np.float32(0.5)
        warped = cv2.remap(
            image, x - half, y - half, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        lit = self._light(image, window, plane, points_px, face_px, beyond)
        share = _smooth_step(beyond / np.float32(FEATHER * face_px) + half)
        share *= self._rim(window, points_px, face_px, x, y)
        result = image.copy()
        piece = result[window.rows, window.columns]
        bright = cv2.multiply(warped, lit, dtype=cv2.CV_8U)
        piece[...] = cv2.blendLinear(bright, piece, share, np.float32(1) - share)
        return result

    def _rim(
        self,
        window: _Window,
        points_px: NDArray[np.float64],
        face_px: float,
        x: NDArray[np.float32],
        y: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """1 where a pixel and what lies across from it are both on the face, 0 at its edge."""
        oval = [*self._oval, *MIRROR[self._oval][::-1]]
        inside = _Inside(points_px[oval, :2], RIM * face_px)
        here = window.fine_px(_RIM_STEP_PX)
        size = here[0].shape[::-1]
        there = inside.at(*(np.asarray(cv2.resize(one, size), np.float32) for one in (x, y)))
        return window.filled(np.minimum(inside.at(*here), there))

    def _beyond(
        self, window: _Window, plane: MidPlane, points_px: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """How far each pixel of the window lies beyond the plane, on the half that is covered.

        Shape as the window's. The half that is shown is taken for both.
        """
        shown = points_px[self._shown]
        samples = np.concatenate([plane.reflected(shown), shown])
        known = samples[:, 2] * plane.normal[2]
        # On the middle of the nose the seam is held fast.
        nose = np.repeat(points_px[list(NOSE_MIDLINE)], _HELD, axis=0)[:, :2]
        fast = plane.offset_px - nose @ plane.normal[:2]
        depth = window.grid_of(np.concatenate([samples[:, :2], nose]), np.append(known, fast))
        flat = window.columns_px * plane.normal[0] + window.rows_px * plane.normal[1]
        beside = (flat - plane.offset_px).astype(np.float32) + window.filled(depth)
        beyond: NDArray[np.float32] = beside * np.float32(self._away)
        return beyond

    def _light(
        self,
        image: NDArray[np.uint8],
        window: _Window,
        plane: MidPlane,
        points_px: NDArray[np.float64],
        face_px: float,
        beyond: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """By what the mirror image is multiplied so that the light is that of the covered half."""
        shown, covered = points_px[self._skin], points_px[MIRROR[self._skin]]
        ratio = _log_colours(image, covered[:, :2], shown[:, :2], face_px)
        target = plane.reflected(shown)
        along = np.array([-plane.normal[1], plane.normal[0]])
        nose = points_px[NOSE_MIDLINE[-1], :2]
        far = np.abs(plane.beside_px(target)) / face_px
        terms = _light_terms(far, (target[:, :2] - nose) @ along / face_px)
        weight = np.ones(len(terms))
        for _ in range(2):
            weighted = terms * weight[:, None]
            bent = weighted.T @ terms + _LIGHT_STIFFNESS * len(terms) * np.eye(terms.shape[1])
            factors = np.linalg.solve(bent, weighted.T @ ratio)
            off = np.abs(ratio - terms @ factors).max(axis=1)
            weight = 1.0 / (1.0 + (off / _LIGHT_SPREAD) ** 2)
        x, y = window.grid_px
        far = np.maximum(cv2.resize(beyond, _GRID, interpolation=cv2.INTER_AREA), 0) / face_px
        height = ((x - nose[0]) * along[0] + (y - nose[1]) * along[1]) / face_px
        bright = _light_terms(far.ravel(), height.ravel()) @ factors
        grid = np.exp(np.clip(bright, -_LIGHT_LIMIT, _LIGHT_LIMIT)).reshape(*far.shape, 3)
        return window.filled(grid.astype(np.float32))


def _light_terms(far: NDArray[np.float64], height: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth functions on a half face, shape (n, 6), all 0 at the seam."""
    return np.stack([far, far * height, far * height**2, far**2, far**2 * height, far**3], axis=1)


def _log_colours(
    image: NDArray[np.uint8],
    over_px: NDArray[np.float64],
    under_px: NDArray[np.float64],
    face_px: float,
) -> NDArray[np.float64]:
    """Log of the colours at some places over those at others, shape (n, 3)."""
    both = np.concatenate([over_px, under_px])
    box = _Window.around(both, 1.0, image.shape[1], image.shape[0])
    if box is None:
        return np.zeros((len(over_px), 3))
    shrunk = max(1.0, face_px / _LIGHT_ROWS)
    size = (max(1, round(box.width / shrunk)), max(1, round(box.height / shrunk)))
    small = cv2.resize(image[box.rows, box.columns], size, interpolation=cv2.INTER_AREA)
    scale = (size[0] / box.width, size[1] / box.height)
    at = ((both - (box.left, box.top)) * scale - 0.5).astype(np.float32)
    colours = cv2.remap(
        small, at[:, :1], at[:, 1:], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    logs = np.log(colours[:, 0].astype(np.float64) + _DARK)
    ratio: NDArray[np.float64] = logs[: len(over_px)] - logs[len(over_px) :]
    return ratio


def _smooth_step(share: NDArray[np.float32]) -> NDArray[np.float32]:
    """From 0 to 1 without a corner."""
    kept = np.clip(share, np.float32(0), np.float32(1))
    smooth: NDArray[np.float32] = kept * kept * (np.float32(3) - np.float32(2) * kept)
    return smooth
