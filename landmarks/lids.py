"""How far the lids are open, from the mesh and from the picture together.

The mesh alone reads lid closure along an S: a narrowing by a quarter is half lost in it. The
picture knows better. A small crop of each eye is held still by points that do not move with the
lids, and each of its pixels is nearer either to the colours inside the person's own resting eye or
to the skin of their lids; that goes for any of the eye's colours, so that a look aside is no
narrowing. Where along the resting opening the eye still shows says how far it is open. Both are
combined by a fitted line (``benchmarks/calibrate_lids.py``); where they contradict each other
grossly, the mesh is believed.

The right eye is handled as a mirrored left one throughout, so that a mirrored picture gives the
same numbers for exchanged sides. Nothing here is random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from landmarks import _kernels
from landmarks.mesh import RIGHT_EYE, STEADY, mirrored

_RIGHT_CANTHI = (133, 33)
_CANTHI = np.array([mirrored(_RIGHT_CANTHI), _RIGHT_CANTHI], dtype=np.intp)
"""Inner and outer canthus of the left and of the right eye."""

_RINGS = np.array([mirrored(RIGHT_EYE), RIGHT_EYE], dtype=np.intp)
"""Lid margins: from the outer canthus along the upper lid, and back along the lower one."""

_ANCHORS = np.array([point for point in STEADY if point not in _CANTHI[:, 1]], dtype=np.intp)
"""Points that stay when the lids close. The mesh's outer canthi do not: they sink by 8 to 12 % of
the eye's width with the lids (twenty rendered people)."""

LOST_GAIN = 0.967
"""True over measured share lost in a closure (twenty-two rendered people)."""

CROP_PX = 80
"""Height and width of a crop."""

_BETWEEN_PX, _LEFT_PX, _ABOVE_PX = 64, 8, 44
"""The canthi lie so far apart, so far from the crop's edge, and so far below its top."""

_COLUMNS = np.arange(_LEFT_PX + _BETWEEN_PX // 4, _LEFT_PX + 3 * _BETWEEN_PX // 4 + 1)
"""The middle half of the eye: the lids move most there, and the lashes hide least."""

_CANTHUS_PX = 6
"""Colours are not taken from so near to the canthi, where pink and lashes are."""

_LID_SKIN_PX, _LOWER_SKIN_PX = (6, 16), (8, 18)
"""Rows of skin: so far above the resting upper margin, and so far below the lower one."""

_COLOURS = 6
"""Colours of an eye: pupil, dark and light iris, sclera in light and in shade, and what lies
between them. Four confuse brown eyes with brown skin."""

_ROUNDS = 12
"""Rounds of refining these colours; they hardly change after eight."""

_SKIN_LIGHT = np.array([0.88, 1.6])
"""The lids may become so much darker or lighter as they unfold, without changing colour. Below .88
brown irises begin to pass for shaded skin, above it shaded lids for eye (rendered people)."""

_GAIN_LIMITS = (0.5, 2.0)
"""Drift of brightness that is made up for; it is read off the skin below the eye."""

_STATIONS = np.linspace(-0.6, 1.5, 43)
_OPENING = (_STATIONS >= 0.0) & (_STATIONS <= 1.0)
_STATION = 0.05
"""They lie this share of the resting opening apart."""

_BANDS = np.split(
    np.arange(len(_STATIONS)), np.searchsorted(_STATIONS, (-0.15, 0.283, 0.717, 1.15))
)[:4]
"""Above the resting upper margin, and the resting opening in thirds."""

_SHARPNESS = 3.0
"""From how much a row looks like an eye (-1 to 1) to the share of it that is eye: a step with soft
edges, so that the share changes smoothly."""

_LEAST_OPENING_PX = 5.0
"""An eye whose resting opening is lower (about 2 mm) has no picture of its inside: mesh only."""

_LEAST_CONTRAST = 0.6
"""At rest at least this share of the opening must look like eye, or the mesh is alone: skin alone
has half by chance, rendered eyes .68 to .95."""

CROPS_KEPT = 12
"""Resting crops kept; a longer rest is thinned evenly. More do not change the result."""

_HEIGHT_FIT = (0.216, 0.677)
_HEIGHTS = (0.8, 1.2)
"""The true resting opening, as a share of what the mesh draws, is the first number plus the second
times the height over which the picture shows eye, as a share of the same. The mesh draws narrow
eyes too wide; with the picture the left eye's opening against the right's is known to .018 instead
of .032, each person left out (twenty-four rendered people, whose heights lay between these)."""

_MOST_DOUBT = 0.03
"""Each station of a resting eye is eye or skin; one that is a third of each is in doubt by a third.
Where they are in more doubt than this on average, the resting opening cannot be told from the
picture: dark irises in dark or shaded skin. Of eighty rendered eyes eleven, whose openings would
be off by 1.1 mm instead of .34."""

_VISIBLE_GAIN = 0.905
"""True resting opening for one over which the picture shows eye: it shows the margins' own
thickness as well (twenty rendered people; .87 to .93 with each left out)."""

_HEIGHT_UNSEEN = 1.04
"""Their mean; taken where the picture cannot tell."""

_MESH_READS = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
_MESH_TRUE = np.array([0.0, 0.043, 0.082, 0.212, 0.267, 0.344, 0.412, 0.511, 0.635, 0.872, 1.0])
"""True aperture for what the averaged attention mesh reads, both as shares of rest. These and the
next are printed by ``benchmarks/calibrate_lids.py``: 40 rendered people, 48 films."""

_WEIGHTS = np.array([0.179, 0.210, 0.077, 0.101, 0.458, 0.270, 0.233, -0.028])
"""Weights of `LidReference.features` in the aperture."""

_SIGMA_REST, _SIGMA_LOST, _SIGMA_APART = 0.025, 0.045, 0.348
"""Standard deviation of one frame's aperture at rest, its growth with the share of aperture lost,
and with the distance between the mesh's word and the combined one."""

_SIGMA_MESH = 0.08
"""Standard deviation where the mesh is alone (root mean square .064 on the same films, which have
neither glasses nor tears)."""

_APART = (0.25, 0.45)
"""Where the combination is farther from the mesh than this, it gives way to it, wholly from the
second number on. In 99.9 % of the frames of those films it stays below the first."""

_LASHES = 0.15
"""Where the mesh says less than this the picture counts less and less: real lashes lie across a
closed eye and look like its dark colours, while the mesh knows a closed eye well."""


@dataclass(frozen=True)
class LidApertures:
    """How far both eyes are open.

    Attributes
    ----------
    ratio : numpy.ndarray, shape (2,)
        Aperture of the left and right eye as a share of the same eye's rest; never negative.
    sigma : numpy.ndarray, shape (2,)
        Standard deviation of its error.
    """

    ratio: NDArray[np.float64]
    sigma: NDArray[np.float64]


def mesh_aperture(reads: NDArray[np.float64]) -> NDArray[np.float64]:
    """True aperture for what the mesh reads, without a picture.

    Parameters
    ----------
    reads : numpy.ndarray
        Lid aperture of the averaged mesh as a share of the same eye's rest.

    Returns
    -------
    numpy.ndarray
        The same shape; never negative, and rising one to one beyond rest.
    """
    beyond = np.maximum(reads - _MESH_READS[-1], 0.0)
    true: NDArray[np.float64] = np.interp(reads, _MESH_READS, _MESH_TRUE) + beyond
    return true


def laid_on(points_px: NDArray[np.float64], now_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay one mesh on another by the points that stay when the lids close.

    Parameters
    ----------
    points_px, now_px : numpy.ndarray, shape (478, 3)
        Meshes of the same face.

    Returns
    -------
    numpy.ndarray, shape (478, 3)
        The first in the place of the second.
    """
    moved: NDArray[np.float64] = _kernels.align(
        np.ascontiguousarray(points_px), np.ascontiguousarray(now_px), _ANCHORS
    )[0]
    return moved


def eye_crops(
    image: NDArray[np.uint8], points_px: NDArray[np.float64], anchor_px: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """Cut out both eyes, held still whatever the lids do.

    Parameters
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; not mirrored.
    points_px : numpy.ndarray, shape (478, 3)
        Its mesh.
    anchor_px : numpy.ndarray, shape (478, 3)
        Mesh of a resting picture of the same face: always the same one.

    Returns
    -------
    numpy.ndarray, shape (2, 80, 80, 3), uint8
        Left eye, and the right one mirrored: the inner canthus lies on the left of both.
    """
    laid = laid_on(anchor_px, points_px)
    return np.stack(
        [
            cv2.warpAffine(
                image,
                _crop_to_picture(laid, side),
                (CROP_PX, CROP_PX),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )
            for side in (0, 1)
        ]
    )


def _crop_to_picture(points_px: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Affine map (2, 3) from places in a crop to places in the picture it is cut from."""
    # The mesh counts from the picture's corner, OpenCV from the middle of its first pixel.
    inner, outer = points_px[_CANTHI[side], :2] - 0.5
    across = (outer - inner) / _BETWEEN_PX
    down = np.array([-across[1], across[0]]) * (1.0 if side == 0 else -1.0)
    return np.column_stack([across, down, inner - across * _LEFT_PX - down * _ABOVE_PX])


@dataclass(frozen=True)
class _RestingEye:
    """Colours and margins of one resting eye, in its crop."""

    margins: NDArray[np.float64]
    eye: NDArray[np.float64]
    skin: NDArray[np.float64]
    below: NDArray[np.intp]
    below_colour: NDArray[np.float64]
    shares: NDArray[np.float64]

    @classmethod
    def seen(
        cls, crops: Sequence[NDArray[np.uint8]], ring: NDArray[np.float64]
    ) -> _RestingEye | None:
        """Learn an eye from its resting crops; `ring` (16, 2) are its lid margins in them.

        None where its inside cannot be told from skin.
        """
        mean = np.mean(np.stack(crops), axis=0, dtype=np.float64)
        upper, lower = _margins(ring)
        rows = np.arange(CROP_PX)[:, None]
        columns = np.arange(CROP_PX)[None, :]
        inside = np.abs(columns - _LEFT_PX - _BETWEEN_PX / 2) < _BETWEEN_PX / 2 - _CANTHUS_PX
        middle = (columns >= _COLUMNS[0]) & (columns <= _COLUMNS[-1])
        opening = (rows >= upper) & (rows <= lower) & inside
        near, far = _LID_SKIN_PX
        lid = (rows <= upper - near) & (rows >= upper - far) & middle
        near, far = _LOWER_SKIN_PX
        below = (rows >= lower + near) & (rows <= lower + far) & middle
        heights = (lower - upper)[_COLUMNS]
        if heights.mean() < _LEAST_OPENING_PX or not (lid.any() and below.any()):
            return None
        resting = cls(
            margins=np.column_stack([_COLUMNS, upper[_COLUMNS], heights]),
            eye=_colours(mean[opening]),
            skin=np.stack([mean[lid].mean(axis=0), mean[below].mean(axis=0)]),
            below=np.flatnonzero(below),
            below_colour=mean[below].mean(axis=0),
            shares=np.zeros(len(_STATIONS)),
        )
        shares = np.median([resting.shares_in(crop) for crop in crops], axis=0)
        if shares[_OPENING].mean() < _LEAST_CONTRAST:
            return None
        return replace(resting, shares=shares)

    @property
    def height(self) -> float:
        """Height over which the eye shows, as a share of the opening that the mesh draws."""
        return float(np.clip(self.shares.sum() * _STATION, *_HEIGHTS))

    @property
    def visible(self) -> float:
        """The opening that the picture shows, as a share of the mesh's; NaN where in doubt."""
        doubt = float(np.minimum(self.shares, 1.0 - self.shares).mean())
        if doubt > _MOST_DOUBT:
            return float("nan")
        return _VISIBLE_GAIN * float(self.shares.sum()) * _STATION

    def shares_in(self, crop: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Share of eye at each station, 0 to 1."""
        seen = crop.reshape(-1, 3)[self.below].mean(axis=0)
        gain = np.clip(self.below_colour / np.maximum(seen, 1.0), *_GAIN_LIMITS)
        looks = _kernels.lid_profile(
            crop, gain, self.eye, self.skin, _SKIN_LIGHT, self.margins, _STATIONS
        )
        shares: NDArray[np.float64] = np.clip(0.5 + _SHARPNESS * looks, 0.0, 1.0)
        return shares

    def picture(self, crop: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Open share of the resting opening (1 at rest), then the change of share in each band."""
        shares = self.shares_in(crop)
        opened = shares[_OPENING].mean() / self.shares[_OPENING].mean()
        change = shares - self.shares
        return np.array([opened, *(change[rows].mean() for rows in _BANDS)])


def _margins(ring: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rows of the upper and the lower margin at each column of a crop."""
    half = len(ring) // 2
    upper, lower = ring[: half + 1][::-1], np.vstack([ring[half:], ring[:1]])
    columns = np.arange(CROP_PX)
    rows = []
    for margin in (upper, lower):
        order = np.argsort(margin[:, 0], kind="stable")
        rows.append(np.interp(columns, margin[order, 0], margin[order, 1]))
    return rows[0], rows[1]


def _colours(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Main colours of some pixels, shape (6, 3): k-means from groups of equal brightness."""
    order = np.argsort(pixels.sum(axis=1), kind="stable")
    colours = np.array([pixels[part].mean(axis=0) for part in np.array_split(order, _COLOURS)])
    for _ in range(_ROUNDS):
        nearest = ((pixels[:, None] - colours) ** 2).sum(axis=-1).argmin(axis=1)
        colours = np.array(
            [
                pixels[nearest == k].mean(axis=0) if (nearest == k).any() else colours[k]
                for k in range(_COLOURS)
            ]
        )
    return colours


@dataclass(frozen=True)
class LidReference:
    """Both resting eyes: what lid apertures are measured against.

    Attributes
    ----------
    anchor_px : numpy.ndarray, shape (478, 3)
        The mesh that the crops are laid out by.
    """

    anchor_px: NDArray[np.float64]
    _eyes: tuple[_RestingEye | None, _RestingEye | None]

    @classmethod
    def of(
        cls, crops: Sequence[NDArray[np.uint8]], points_px: Sequence[NDArray[np.float64]]
    ) -> LidReference:
        """Learn a person's resting eyes.

        Parameters
        ----------
        crops : sequence of numpy.ndarray, shape (2, 80, 80, 3), uint8
            As `eye_crops` cuts them while the face is at rest, all with the anchor
            ``points_px[0]``; at least one.
        points_px : sequence of numpy.ndarray, shape (478, 3)
            Meshes of the resting frames; not only those of the crops.
        """
        if not crops or not points_px:
            raise ValueError(
                f"expected resting crops and meshes, got {len(crops)} and {len(points_px)}"
            )
        anchor = np.ascontiguousarray(points_px[0])
        mean = np.mean([laid_on(points, anchor) for points in points_px], axis=0)
        eyes = []
        for side in (0, 1):
            to_picture = _crop_to_picture(anchor, side)
            ring = (mean[_RINGS[side], :2] - 0.5 - to_picture[:, 2]) @ np.linalg.inv(
                to_picture[:, :2]
            ).T
            eyes.append(_RestingEye.seen([crop[side] for crop in crops], ring))
        return cls(anchor, (eyes[0], eyes[1]))

    @property
    def openings(self) -> NDArray[np.float64]:
        """True resting opening of the left and right eye as a share of the mesh's, shape (2,)."""
        heights = [_HEIGHT_UNSEEN if eye is None else eye.height for eye in self._eyes]
        return _HEIGHT_FIT[0] + _HEIGHT_FIT[1] * np.array(heights)

    @property
    def visible(self) -> NDArray[np.float64]:
        """Resting opening of the left and right eye as the picture alone shows it, shape (2,).

        A share of the mesh's opening; NaN where eye and skin cannot be told apart.
        """
        return np.array([np.nan if eye is None else eye.visible for eye in self._eyes])

    def features(
        self, crops: NDArray[np.uint8], mesh_ratio: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """What the aperture is a weighted sum of; all zero at rest.

        Parameters
        ----------
        crops, mesh_ratio
            As in `apertures`.

        Returns
        -------
        numpy.ndarray, shape (2, 8)
            Left and right; NaN for an eye that has no picture of its rest. With m the mesh's word
            (`mesh_aperture`) and p the open share of the resting opening: m - 1, p - 1, p^2 - 1,
            m p - 1, then the change of the eye's share above the resting opening and in
            its thirds.
        """
        rows = np.full((2, len(_WEIGHTS)), np.nan)
        for side, resting in enumerate(self._eyes):
            if resting is not None:
                m = float(mesh_aperture(mesh_ratio[side]))
                p, *bands = resting.picture(crops[side])
                rows[side] = (m - 1.0, p - 1.0, p * p - 1.0, m * p - 1.0, *bands)
        return rows

    def apertures(self, crops: NDArray[np.uint8], mesh_ratio: NDArray[np.float64]) -> LidApertures:
        """Measure both eyes.

        Parameters
        ----------
        crops : numpy.ndarray, shape (2, 80, 80, 3), uint8
            As `eye_crops` cuts them with `anchor_px`.
        mesh_ratio : numpy.ndarray, shape (2,)
            Lid aperture of the mesh as a share of the same eye's rest, left and right.
        """
        return combined(self.features(crops, mesh_ratio), mesh_aperture(mesh_ratio))


def combined(features: NDArray[np.float64], mesh: NDArray[np.float64]) -> LidApertures:
    """Apertures from what mesh and picture say.

    Parameters
    ----------
    features : numpy.ndarray, shape (..., 8)
        As `LidReference.features` gives them.
    mesh : numpy.ndarray, shape (...)
        What the mesh says, as `mesh_aperture` gives it.
    """
    both = 1.0 + np.nan_to_num(features) @ _WEIGHTS
    apart = np.where(np.isnan(features).any(axis=-1), np.inf, np.abs(both - mesh))
    trust = np.clip((_APART[1] - apart) / (_APART[1] - _APART[0]), 0.0, 1.0)
    trust = trust * np.clip(mesh / _LASHES, 0.0, 1.0)
    ratio = np.maximum(mesh + trust * (both - mesh), 0.0)
    lost = np.clip(1.0 - ratio, 0.0, 1.0)
    sigma = np.sqrt(
        _SIGMA_REST**2 + (_SIGMA_LOST * lost) ** 2 + (_SIGMA_APART * np.minimum(apart, 1.0)) ** 2
    )
    return LidApertures(ratio, np.where(np.isfinite(apart), sigma, _SIGMA_MESH))
