"""The same movement filmed another way gives the same numbers.

A film is scored as it is and then changed in a way that leaves the face's own movement alone, all
through ``mirrorcoach score``. The film that is compared with was encoded in the same way, so that
only the change itself is left.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from mirrorcoach.capture.videofile import VideoFile

Image = np.ndarray
Step = Callable[[Image, float], Image]
"""Changes a picture; the number goes from 0 at the film's start to 1 at its end."""


@dataclass(frozen=True)
class Scene:
    """A smile cut out of a film.

    `path` is in the checkout, or in the folder of recordings beside it if `real`. `smaller` is the
    scale at which the face, measured by its mesh, is still 150 px wide.
    """

    path: str
    start_s: float
    end_s: float
    smaller: float
    real: bool = False


SCENES = {
    "rendered, weak right": Scene("assets/demo/smile_open.mp4", 0.0, 8.0, 0.5),
    "photographs, even": Scene("faces/video/shared_030_sym.mp4", 0.0, 3.8, 0.87, real=True),
    "photographs, half": Scene("faces/video/shared_022_rightweak.mp4", 3.0, 7.0, 0.87, real=True),
}


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be off: of the larger side's millimetres, of symmetry, of the eyes.

    `mm` is a share of the larger side's excursion for both sides, since errors of a small
    excursion come from the same pixels as those of a large one. `symmetry` is its share too, as
    both are ratios of the same millimetres; `eye` is a share of the eye's own opening.
    """

    mm: float
    symmetry: float
    eye: float


MIRRORED = Tolerance(0.02, 0.02, 0.02)
"""The very pixels are measured again, but for the encoder: 2 %, as promised."""

SWAPPED = Tolerance(0.03, 0.03, 0.03)
"""Other pixels for the face mesh and for flow, neither of which is exactly even-handed; what is
left of that after averaging with the mirror image."""

HALF_RATE = Tolerance(0.03, 0.03, 0.03)
"""Medians of the hold and of rest come from half as many pictures."""

SMALLER = Tolerance(0.06, 0.06, 0.05)
"""Fewer pixels: a tenth of one is up to 0.1 mm of flow, and open lids are a dozen apart."""

ROLLED = Tolerance(0.08, 0.05, 0.04)
"""Resampled pictures, and a mesh that the network fits anew in a turned square. The largest
difference seen is .067."""

ZOOMED = Tolerance(0.05, 0.05, 0.04)
"""Rest and hold differ in scale by 8 %, which has to be told from movement within half a percent
of the face's height."""

GAMMA = Tolerance(0.05, 0.05, 0.05)
"""Another contrast, which moves what the network takes for the lids' edge."""

PHOTOGRAPHS = Tolerance(0.16, 0.13, 0.08)
"""All but the mirrored film, on the photographs warped and faded into each other: the flow loses
landmarks of a side that smiles in full (the others disagree by millimetres), and which ones depends
on the pixels. The largest differences seen are .142, .112 and .062."""


def tolerated(name: str, tolerance: Tolerance) -> Tolerance:
    """What a change may do to a scene."""
    return PHOTOGRAPHS if SCENES[name].real else tolerance


def unchanged(image: Image, share: float) -> Image:
    return image


def mirrored(image: Image, share: float) -> Image:
    return image[:, ::-1]


def rolled(image: Image, share: float) -> Image:
    return _warped(image, angle_deg=15.0)


def zoomed(image: Image, share: float) -> Image:
    return _warped(image, scale=1.0 + 0.15 * share)


def _warped(image: Image, angle_deg: float = 0.0, scale: float = 1.0) -> Image:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, scale)
    return cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def scaled(scale: float) -> Step:
    def step(image: Image, share: float) -> Image:
        height, width = (2 * round(scale * size / 2) for size in image.shape[:2])
        return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)

    return step


def with_gamma(gamma: float) -> Step:
    table = np.round(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)

    def step(image: Image, share: float) -> Image:
        return cv2.LUT(image, table)

    return step


def pictures(path: Path, scene: Scene) -> Iterator[tuple[float, Image]]:
    """Times from the scene's start, and pictures in blue, green, red."""
    with VideoFile(path) as video, closing(iter(video)) as frames:
        for frame in frames:
            if frame.time_s >= scene.end_s:
                return
            if frame.time_s >= scene.start_s - 1e-6:
                yield frame.time_s - scene.start_s, frame.image


def change(source: Path, scene: Scene, to: Path, step: Step, every: int) -> None:
    """Write every so-manieth picture of a scene, changed, at high quality and at its own time."""
    tick_s = Fraction(1, 60_000)
    with av.open(str(to), "w") as container:
        stream: Any = None
        for k, (time_s, image) in enumerate(pictures(source, scene)):
            if k % every:
                continue
            changed = np.ascontiguousarray(step(image, time_s / (scene.end_s - scene.start_s)))
            if stream is None:
                options = {"crf": "12", "preset": "veryfast"}
                stream = container.add_stream("libx264", rate=30, options=options)
                stream.height, stream.width = changed.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.codec_context.time_base = tick_s
            picture = av.VideoFrame.from_ndarray(changed, format="bgr24")
            picture.pts, picture.time_base = round(time_s / tick_s), tick_s
            container.mux(stream.encode(picture))
        container.mux(stream.encode())


@pytest.fixture(scope="module")
def repetitions(
    run_cli: Any, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, dict[str, Any]]]:
    """Score a scene in every way at once; returns the one repetition by the change's name."""
    if "libx264" not in av.codecs_available:
        pytest.skip("this PyAV cannot write H.264, which these films are made with")

    @cache
    def of(name: str) -> dict[str, dict[str, Any]]:
        scene = SCENES[name]
        root = request.getfixturevalue("shared") if scene.real else request.config.rootpath
        folder = tmp_path_factory.mktemp("changed")
        steps: dict[str, tuple[Step, int]] = {
            "plain": (unchanged, 2),
            "full_rate": (unchanged, 1),
            "mirrored": (mirrored, 2),
            "smaller": (scaled(scene.smaller), 2),
            "rolled": (rolled, 2),
            "zoomed": (zoomed, 2),
            "brighter": (with_gamma(0.8), 2),
            "darker": (with_gamma(1.25), 2),
        }
        for key, (step, every) in steps.items():
            change(root / scene.path, scene, folder / f"{key}.mp4", step, every)
        films = [folder / f"{key}.mp4" for key in steps]
        flag = ("score", folder / "mirrored.mp4", "--mirrored", "-o", folder / "flag")
        for arguments in (("score", *films, "-o", folder / "out"), flag):
            done = run_cli(*arguments, "--exercise", "smile_open", timeout=300)
            assert done.returncode == 0, done.stderr
        found = {key: folder / "out" / key for key in steps}
        found["said_mirrored"] = folder / "flag" / "mirrored"
        return {key: _only_repetition(path / "score.json") for key, path in found.items()}

    return of


def _only_repetition(path: Path) -> dict[str, Any]:
    (one,) = json.loads(path.read_text(encoding="utf-8"))["repetitions"]
    return dict(one)


def swapped(one: dict[str, Any]) -> dict[str, Any]:
    """The repetition with the names of its sides exchanged."""
    other = {"left": "right", "right": "left", None: None}
    return {
        **one,
        "left": one["right"],
        "right": one["left"],
        "weaker_side": other[one["weaker_side"]],
        "quiet": [{**quiet, "side": other[quiet["side"]]} for quiet in one["quiet"]],
    }


def differences(one: dict[str, Any], base: dict[str, Any]) -> dict[str, float]:
    """How far each number is from the film that was not changed, in the units of `Tolerance`.

    A number that only one of the two has is infinitely far.
    """
    larger_mm = max(base[side]["excursion_mm"] or 0.0 for side in ("left", "right"))
    pairs = {
        f"mm {side}": (one[side]["excursion_mm"], base[side]["excursion_mm"], larger_mm)
        for side in ("left", "right")
    }
    pairs["symmetry"] = (one["symmetry"], base["symmetry"], 1.0)
    eyes, base_eyes = (
        {quiet["side"]: quiet["change"] for quiet in rep["quiet"] if quiet["region"] == "eye"}
        for rep in (one, base)
    )
    pairs |= {f"eye {side}": (eyes[side], base_eyes[side], 1.0) for side in ("left", "right")}
    return {
        name: _difference(value, expected) / unit
        for name, (value, expected, unit) in pairs.items()
        if value is not None or expected is not None
    }


def _difference(value: float | None, expected: float | None) -> float:
    return math.inf if value is None or expected is None else abs(value - expected)


def assert_alike(one: dict[str, Any], base: dict[str, Any], tolerance: Tolerance) -> None:
    assert base["measurable"] and one["measurable"], one["reasons"]
    found = differences(one, base)
    assert {"eye left", "eye right"} < set(found) and any(name.startswith("mm") for name in found)
    beyond = {
        name: f"{value:.3f}"
        for name, value in found.items()
        if value > getattr(tolerance, name.split()[0])
    }
    assert not beyond, f"beyond {tolerance}"


@pytest.mark.parametrize("name", SCENES)
def test_a_mirrored_film_said_to_be_one_gives_the_same_numbers(repetitions, name):
    found = repetitions(name)
    assert_alike(found["said_mirrored"], found["plain"], MIRRORED)


@pytest.mark.parametrize("name", SCENES)
def test_left_and_right_exchanged_gives_the_numbers_exchanged(repetitions, name):
    found = repetitions(name)
    exchanged = swapped(found["mirrored"])
    assert_alike(exchanged, found["plain"], tolerated(name, SWAPPED))
    assert exchanged["weaker_side"] == found["plain"]["weaker_side"]


@pytest.mark.parametrize("name", SCENES)
def test_half_the_frame_rate_gives_the_same_numbers(repetitions, name):
    found = repetitions(name)
    assert_alike(found["plain"], found["full_rate"], tolerated(name, HALF_RATE))


@pytest.mark.parametrize(
    ("key", "tolerance"),
    [
        ("smaller", SMALLER),
        ("rolled", ROLLED),
        ("zoomed", ZOOMED),
        ("brighter", GAMMA),
        ("darker", GAMMA),
    ],
)
@pytest.mark.parametrize("name", SCENES)
def test_another_picture_of_the_same_face_gives_the_same_numbers(repetitions, name, key, tolerance):
    found = repetitions(name)
    assert_alike(found[key], found["plain"], tolerated(name, tolerance))


def test_the_comparison_can_fail(repetitions):
    """A weak right side is not mistaken for a weak left one, nor one number for none."""
    weak = repetitions("rendered, weak right")["plain"]
    assert_alike(weak, weak, Tolerance(0.0, 0.0, 0.0))
    smaller = {**weak["left"], "excursion_mm": 0.9 * weak["left"]["excursion_mm"]}
    for other in (swapped(weak), {**weak, "left": smaller}, {**weak, "symmetry": None}):
        with pytest.raises(AssertionError, match="beyond"):
            assert_alike(other, weak, SMALLER)
