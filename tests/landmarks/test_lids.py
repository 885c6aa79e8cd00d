"""Lids on painted eyes whose aperture is known, and on the bundled films."""

import cv2
import numpy as np
import pytest
from faces import face

import assets
from landmarks import _kernels, lids
from landmarks.mesh import MIRROR, RIGHT_EYE, mirrored
from landmarks.meter import FaceMeter, readings
from mirrorcoach.capture.videofile import VideoFile

WIDTH, HEIGHT = 320, 240
HALF_PX = (30.0, 9.0)
CENTRES = {0: (215.0, 100.0), 1: (105.0, 100.0)}
SKIN, SCLERA, IRIS, PUPIL = (120, 140, 180), (200, 205, 210), (60, 80, 100), (20, 20, 25)


def painted(open_shares, gaze_px=0.0, light=1.0, noise=0):
    """A picture of two eyes; the upper lids come down, the lower ones stay."""
    scale = 4
    image = np.full((HEIGHT * scale, WIDTH * scale, 3), SKIN, np.uint8)
    rows, columns = np.mgrid[: HEIGHT * scale, : WIDTH * scale] / scale
    for side, (x, y) in CENTRES.items():
        across = np.clip(1.0 - ((columns - x) / HALF_PX[0]) ** 2, 0.0, 1.0)
        upper = y + HALF_PX[1] * across * (1.0 - 2.0 * open_shares[side])
        inside = (rows >= upper) & (rows <= y + HALF_PX[1] * across) & (across > 0)
        radius = np.hypot(columns - x - gaze_px, rows - y)
        image[inside] = SCLERA
        image[inside & (radius < 9)] = IRIS
        image[inside & (radius < 4)] = PUPIL
    image = cv2.resize(image, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(float) * light
    image += np.random.default_rng(noise).normal(size=image.shape) * 2.0
    return np.clip(np.round(image), 0, 255).astype(np.uint8)


def meshed():
    """A mesh with both resting eyes where `painted` puts them."""
    points = face() + np.array([160.0, 118.0, 0.0])
    for side, ring in enumerate((mirrored(RIGHT_EYE), RIGHT_EYE)):
        x, y = CENTRES[side]
        outwards = 1.0 if side == 0 else -1.0
        angles = np.linspace(0.0, 2.0 * np.pi, 17)[:16]
        for point, angle in zip(ring, angles, strict=True):
            across = np.cos(angle)
            bow = np.sign(np.sin(angle)) * (1.0 - across**2)
            points[point, :2] = (x + outwards * HALF_PX[0] * across, y - HALF_PX[1] * bow)
    # The mesh counts from the picture's corner, the painter from the first pixel's middle.
    points[:, :2] += 0.5
    return points


POINTS = meshed()
OPEN = np.ones(2)


@pytest.fixture(scope="module")
def reference():
    pictures = [painted((1.0, 1.0), noise=seed) for seed in range(6)]
    return lids.LidReference.of(
        [lids.eye_crops(picture, POINTS, POINTS) for picture in pictures], [POINTS] * 6
    )


def seen(reference, image, mesh_ratio=OPEN):
    crops = lids.eye_crops(image, POINTS, POINTS)
    return reference.features(crops, np.asarray(mesh_ratio, dtype=float))[:, 1] + 1.0


def apertures(reference, image, mesh_ratio, points=POINTS):
    return reference.apertures(lids.eye_crops(image, points, reference.anchor_px), mesh_ratio)


def test_the_open_share_follows_the_lids(reference):
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        left, right = seen(reference, painted((share, 1.0), noise=9))
        assert left == pytest.approx(share, abs=0.06)
        assert right == pytest.approx(1.0, abs=0.03)


def resting(image):
    return lids.LidReference.of([lids.eye_crops(image, POINTS, POINTS)], [POINTS])


@pytest.mark.parametrize("share", [0.7, 0.85, 1.0])
def test_the_resting_opening_is_what_the_picture_shows_not_what_the_mesh_says(share):
    """The mesh believes both eyes wide open."""
    left, right = resting(painted((1.0, share))).visible
    assert right / left == pytest.approx(share, abs=0.05)


def test_an_eye_as_dark_as_its_lids_has_no_opening():
    dark = painted((1.0, 1.0)).astype(float)
    x, y = CENTRES[1]
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    shade = np.hypot((columns - x) / 45, (rows - y) / 30) < 1
    noise = np.random.default_rng(3).normal(size=dark.shape) * 8.0
    dark[shade] = 0.06 * dark[shade] + 0.94 * np.array(SKIN) + noise[shade]
    left, right = resting(np.clip(dark, 0, 255).astype(np.uint8)).visible
    assert np.isfinite(left)
    assert np.isnan(right)


@pytest.mark.parametrize("gaze_px", [-15.0, -8.0, 8.0, 15.0])
def test_a_look_aside_is_no_narrowing(reference, gaze_px):
    np.testing.assert_allclose(seen(reference, painted((1.0, 1.0), gaze_px)), 1.0, atol=0.05)
    np.testing.assert_allclose(seen(reference, painted((0.5, 0.5), gaze_px)), 0.5, atol=0.08)


@pytest.mark.parametrize("light", [0.75, 1.15])
def test_a_change_of_light_is_no_narrowing(reference, light):
    np.testing.assert_allclose(
        seen(reference, painted((1.0, 0.5), light=light)), [1, 0.5], atol=0.06
    )


def test_at_rest_the_aperture_is_one(reference):
    found = apertures(reference, painted((1.0, 1.0), noise=7), OPEN)
    np.testing.assert_allclose(found.ratio, 1.0, atol=0.02)
    assert (found.sigma < 0.05).all()
    np.testing.assert_array_equal(lids.combined(np.zeros((2, 8)), OPEN).ratio, 1.0)


def test_the_aperture_never_falls_as_an_eye_opens(reference):
    reads = np.array([0.0, 0.3, 0.55, 0.7, 0.82, 0.92, 1.0])
    shares = np.array([0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0])
    ratios = [
        apertures(reference, painted((share, share)), np.full(2, read)).ratio[0]
        for share, read in zip(shares, reads, strict=True)
    ]
    assert (np.diff(ratios) > 0).all()
    assert ratios[0] == pytest.approx(0.0, abs=0.06)
    np.testing.assert_allclose(ratios, shares, atol=0.15)


def test_a_resting_eye_that_the_mesh_draws_too_wide_is_told_by_the_picture(reference):
    """The left eye shows over 0.8 of the opening that the mesh draws, the right over all of it."""
    crops = [lids.eye_crops(painted((0.8, 1.0), noise=k), POINTS, POINTS) for k in range(6)]
    left, right = lids.LidReference.of(crops, [POINTS] * 6).openings
    even = reference.openings
    assert even[0] == pytest.approx(even[1], abs=0.02)
    assert right == pytest.approx(even[1], abs=0.02)
    assert left / right == pytest.approx(0.85, abs=0.06)


def test_without_a_picture_of_the_eye_the_opening_is_the_usual_one():
    skin = np.full((HEIGHT, WIDTH, 3), SKIN, np.uint8)
    unseen = lids.LidReference.of([lids.eye_crops(skin, POINTS, POINTS)] * 6, [POINTS] * 6)
    np.testing.assert_allclose(unseen.openings, 0.92, atol=0.005)


def test_lashes_across_a_closed_eye_do_not_open_it(reference):
    """A thick dark line where the lids meet, which the picture takes for a slit of iris."""
    closed = painted((0.0, 0.0))
    for x, y in CENTRES.values():
        cv2.line(closed, (int(x) - 25, int(y) + 4), (int(x) + 25, int(y) + 4), PUPIL, 6)
    assert (seen(reference, closed) > 0.2).all()
    found = apertures(reference, closed, np.array([0.0, 0.05]))
    assert (found.ratio < 0.1).all()


def test_a_wide_eye_passes_and_nothing_is_negative():
    np.testing.assert_allclose(lids.mesh_aperture(np.array([1.0, 1.2, 1.5])), [1.0, 1.2, 1.5])
    assert (np.diff(lids.mesh_aperture(np.linspace(-0.5, 2.0, 99))) >= 0).all()
    shut = lids.combined(np.full((2, 8), -1.0), np.zeros(2))
    assert (shut.ratio >= 0).all()


def test_where_picture_and_mesh_contradict_each_other_the_mesh_is_believed(reference):
    """Glasses that glare white over a closed eye: the mesh says closed, the picture open."""
    glaring = painted((0.0, 1.0))
    cv2.circle(glaring, (215, 100), 22, SCLERA, -1)
    found = apertures(reference, glaring, np.array([0.0, 1.0]))
    honest = apertures(reference, painted((0.0, 1.0)), np.array([0.0, 1.0]))
    assert found.ratio[0] < 0.15
    assert found.sigma[0] > 3 * honest.sigma[0]
    assert found.sigma[1] == pytest.approx(honest.sigma[1], abs=0.01)


def test_an_eye_without_a_picture_of_its_inside_has_the_mesh_alone():
    shut = [painted((0.02, 1.0), noise=seed) for seed in range(3)]
    reference = lids.LidReference.of(
        [lids.eye_crops(picture, POINTS, POINTS) for picture in shut], [POINTS]
    )
    found = apertures(reference, shut[0], np.array([0.7, 1.0]))
    assert found.ratio[0] == pytest.approx(lids.mesh_aperture(np.array(0.7)))
    assert found.sigma[0] > found.sigma[1]
    assert np.isnan(reference.features(lids.eye_crops(shut[0], POINTS, POINTS), OPEN)[0]).all()


def test_a_mirrored_picture_gives_exchanged_numbers(reference):
    flipped = POINTS[MIRROR] * [-1.0, 1.0, 1.0] + [WIDTH, 0.0, 0.0]
    rest = [np.ascontiguousarray(painted((1.0, 1.0), noise=seed)[:, ::-1]) for seed in range(6)]
    mirrored_reference = lids.LidReference.of(
        [lids.eye_crops(picture, flipped, flipped) for picture in rest], [flipped] * 6
    )
    image, reads = painted((0.4, 0.8), gaze_px=4.0), np.array([0.6, 0.9])
    there = apertures(reference, image, reads).ratio
    turned = np.ascontiguousarray(image[:, ::-1])
    back = apertures(mirrored_reference, turned, reads[::-1], flipped).ratio
    np.testing.assert_allclose(back, there[::-1], atol=0.01)


def test_the_same_pictures_give_the_same_numbers():
    def once():
        crops = [lids.eye_crops(painted((1.0, 1.0), noise=k), POINTS, POINTS) for k in range(3)]
        reference = lids.LidReference.of(crops, [POINTS])
        return apertures(reference, painted((0.6, 0.6)), np.full(2, 0.8))

    np.testing.assert_array_equal(once().ratio, once().ratio)


def test_without_pictures_there_is_no_reference():
    with pytest.raises(ValueError, match="got 0 and 1"):
        lids.LidReference.of([], [POINTS])


def test_profile_kernel_against_numpy():
    rng = np.random.default_rng(4)
    crop = rng.integers(0, 256, (80, 80, 3), dtype=np.uint8)
    gain, eye, skin = (
        rng.uniform(0.8, 1.2, 3),
        rng.uniform(0, 255, (5, 3)),
        rng.uniform(40, 200, (2, 3)),
    )
    light, stations = np.array([0.8, 1.6]), np.linspace(-0.6, 1.5, 20)
    margins = np.array([[20.0, 30.2, 18.0], [21.0, 29.7, 19.5], [50.0, 31.0, 17.1]])
    pixels = crop * gain
    to_eye = np.linalg.norm(pixels[:, :, None] - eye, axis=-1).min(axis=-1)
    factor = np.clip((pixels @ skin.T) / (skin**2).sum(axis=1), *light)
    to_skin = np.linalg.norm(pixels[:, :, None] - factor[..., None] * skin, axis=-1).min(axis=-1)
    looks = (to_skin - to_eye) / (to_skin + to_eye + 4.0)
    wanted = np.mean(
        [
            np.interp(top + stations * height, np.arange(80), looks[:, int(x)])
            for x, top, height in margins
        ],
        axis=0,
    )
    arguments = (crop, gain, eye, skin, light, margins, stations)
    for kernel in (_kernels.lid_profile, _kernels.lid_profile.plain):
        np.testing.assert_allclose(kernel(*arguments), wanted, atol=1e-9)


def test_closure_of_a_rendered_person(demo_truth):
    """The bundled film of a gentle eye closure, against its truth."""
    film = demo_truth["eye_close_gentle"]
    with (
        assets.path("demo/eye_close_gentle.mp4") as path,
        VideoFile(path) as video,
        FaceMeter() as meter,
    ):
        held = [
            one.movement.aperture_ratio
            for one in readings(video, meter, lambda time_s: True)
            if one.movement is not None and film["hold_start_s"] < one.time_s < film["hold_end_s"]
        ]
    lost, true = 1.0 - np.median(held, axis=0), film["eye_narrowing"]
    np.testing.assert_allclose(lost, [true["left"], true["right"]], atol=0.07)
