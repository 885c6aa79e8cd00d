import numpy as np
import pytest
from faces import face, picture

from landmarks.look import look_at
from landmarks.mesh import SKIN_REGIONS
from landmarks.movement import PATHS, Movement
from landmarks.problems import REST_REASONS
from landmarks.regions import REGIONS
from landmarks.rest import LEAST_NOISE_MM, OPEN_MM, RENEWED_AFTER_S, RestFinder, _noise
from landmarks.resting_asymmetry import COMMISSURE_GAIN
from landmarks.scale import Ruler

FPS = 30
SKIN = picture()


def watch(finder, frames, start_s=0.0, may_begin=True, image=SKIN):
    for number, points in enumerate(frames):
        finder.see(start_s + number / FPS, image, points, may_begin)


def still(count, noise=0.15, seed=0):
    return [face(noise=noise, seed=seed + k) for k in range(count)]


def test_a_still_second_is_a_rest():
    finder = RestFinder()
    watch(finder, still(31))
    assert finder.rest is not None
    assert finder.rest.frames == 31
    assert finder.rest.start_s == 0.0
    assert finder.rest.end_s == pytest.approx(1.0)
    assert set(finder.rest.noise_mm) == set(REGIONS)
    assert all(
        LEAST_NOISE_MM <= noise < 0.5 for both in finder.rest.noise_mm.values() for noise in both
    )


def test_a_moment_is_not_enough():
    finder = RestFinder()
    watch(finder, still(10))
    assert finder.rest is None


def test_a_rest_tells_how_uneven_the_face_is():
    finder = RestFinder()
    watch(finder, [face({61: (0.0, 4.0)}, noise=0.1, seed=k) for k in range(31)])
    found = finder.rest.asymmetry
    lower_mm = 4.0 * finder.rest.mm_per_px * COMMISSURE_GAIN
    assert found.commissure_difference.mm == pytest.approx(lower_mm, abs=0.4)
    assert found.brow_difference.mm == pytest.approx(0.0, abs=0.4)
    assert found.fissures == (None, None)  # mottled skin all over: no eye is seen
    assert found.reasons == (REST_REASONS["lids_unclear"],)


def test_few_frames_a_second_are_not_enough_however_long():
    finder = RestFinder()
    for number, points in enumerate(still(5)):
        finder.see(number / 2, SKIN, points)
    assert finder.rest is None


def test_a_moving_mouth_is_no_rest():
    finder = RestFinder()
    watch(finder, [face({291: (k, 0.0), 61: (-k, 0.0)}, noise=0.1, seed=k) for k in range(60)])
    assert finder.rest is None


def test_a_blink_breaks_the_run_and_the_rest_comes_after_it():
    finder = RestFinder()
    blink = [face(closed=(c, c)) for c in (0.5, 1.0, 0.5)]
    watch(finder, [*still(10), *blink, *still(40, seed=50)])
    assert finder.rest is not None
    assert finder.rest.start_s >= 13 / FPS - 1e-9


def test_the_first_rest_stays():
    finder = RestFinder()
    watch(finder, still(20))
    first = finder.rest
    finder.interrupt()
    watch(finder, still(90, seed=99), start_s=5.0)
    assert finder.rest is first


def test_it_grows_to_two_seconds_and_no_further():
    finder = RestFinder()
    watch(finder, still(150))
    assert finder.rest is not None
    assert finder.rest.end_s - finder.rest.start_s == pytest.approx(2.0, abs=0.05)


def test_scale_belongs_to_where_the_resting_face_stands_when_it_came_closer():
    finder = RestFinder()
    frames = [face(noise=0.05, seed=k) * (1 + 0.001 * k) for k in range(31)]
    watch(finder, frames)
    assert finder.rest is not None
    assert finder.face is not None
    # That is where the first frame had the face; its iris is 12 px across.
    assert finder.rest.mm_per_px == pytest.approx(11.7 / 12, rel=0.01)
    assert finder.face.mm_per_px == finder.rest.mm_per_px


def test_a_distance_between_the_pupils_takes_the_irises_place():
    by_iris, by_ipd = RestFinder(), RestFinder(Ruler(63.0))
    frames = still(31)
    for finder in (by_iris, by_ipd):
        watch(finder, frames)
        assert finder.rest is not None
    apart_px = np.linalg.norm(face()[468] - face()[473])
    assert by_ipd.rest.mm_per_px == pytest.approx(63 / apart_px, rel=0.01)
    assert by_ipd.rest.ruler.method == "ipd"
    assert by_iris.rest.ruler.method == "iris"
    larger = by_ipd.rest.mm_per_px / by_iris.rest.mm_per_px
    for region, sides in by_ipd.rest.noise_mm.items():
        assert sides == pytest.approx(
            [max(LEAST_NOISE_MM, larger * one) for one in by_iris.rest.noise_mm[region]], rel=0.05
        )


def test_shape_is_the_median_so_one_odd_frame_does_not_count():
    clean, odd = RestFinder(), RestFinder()
    frames = [face() for _ in range(31)]
    watch(clean, frames)
    frames[15] = face({291: (0.6, 0.0)})
    watch(odd, frames)
    assert clean.face is not None
    assert odd.face is not None
    np.testing.assert_allclose(odd.face.shape.regions, clean.face.shape.regions)


def test_closed_eyes_are_no_rest():
    finder = RestFinder()
    watch(finder, [face(closed=(1.0, 1.0), noise=0.1, seed=k) for k in range(60)])
    assert finder.rest is None
    assert finder.face is None


def one_eye_shut(count):
    return [face(closed=(0.0, 1.0), noise=0.05, seed=k) for k in range(count)]


def test_one_closed_eye_may_be_how_a_person_rests():
    finder = RestFinder()
    watch(finder, one_eye_shut(40))
    assert finder.face is not None
    assert np.isfinite(finder.face.shape.apertures).all()
    assert finder.face.shape.apertures[1] * finder.face.mm_per_px == pytest.approx(OPEN_MM)


def test_a_rest_that_began_may_go_on_into_an_exercise_but_none_begins_there():
    finder = RestFinder()
    for number, points in enumerate(still(31)):
        finder.see(number / FPS, SKIN, points, may_begin=number < 10)
    assert finder.rest is not None
    finder = RestFinder()
    watch(finder, still(31), may_begin=False)
    assert finder.rest is None


def skin_mm(finder, points, image=SKIN):
    """Largest movement that the finder's face reads off a picture, in the plane of the face."""
    resting = finder.face
    moved, _ = resting.measure(look_at(image, points, resting.anchor))
    return float(np.abs(moved.displacement_mm).max())


def test_the_resting_face_reads_itself_as_no_movement():
    finder = RestFinder()
    watch(finder, still(40))
    assert skin_mm(finder, face()) < 0.15
    assert skin_mm(finder, face(noise=0.3, seed=7)) < 0.4


RESTED_S = 2.5


@pytest.fixture
def rested():
    """A finder that has its first rest, grown to its end."""
    finder = RestFinder()
    watch(finder, still(round(RESTED_S * FPS)))
    return finder


def held(count, start=300, **how):
    return [face(noise=0.1, seed=start + k, **how) for k in range(count)]


def test_a_later_still_second_renews_the_face_and_not_what_is_told(rested):
    face_before, rest_before = rested.face, rested.rest
    rested.interrupt()
    watch(rested, held(round(RENEWED_AFTER_S * FPS)), start_s=20.0)
    assert rested.face is face_before  # not yet a second
    rested.interrupt()
    watch(rested, held(round(RENEWED_AFTER_S * FPS) + 2), start_s=30.0)
    assert rested.face is not face_before
    assert rested.rest is rest_before


def test_light_that_drifted_is_no_movement_once_the_face_is_renewed(rested):
    other_light = np.clip(SKIN * np.linspace(0.6, 1.3, 640)[None, :, None], 0, 255).astype(np.uint8)
    before = skin_mm(rested, face(), other_light)
    watch(rested, held(40), start_s=20.0, image=other_light)
    assert skin_mm(rested, face(), other_light) < min(0.15, before)


def test_a_face_that_came_closer_keeps_its_millimetres(rested):
    before = rested.face.mm_per_px
    closer = [np.array([320, 240, 0]) + (f - [320, 240, 0]) * 1.1 for f in held(40)]
    watch(rested, closer, start_s=20.0)
    assert rested.face.mm_per_px == pytest.approx(before / 1.1, rel=0.005)


@pytest.mark.parametrize(
    "how",
    [
        {"shifts": {291: (3.0, -2.5)}},
        {"shifts": dict.fromkeys((70, 63, 105, 66, 107), (0.0, -3.0))},
        {"closed": (0.3, 0.0)},
        {"closed": (-0.3, -0.3)},
    ],
    ids=["smile of one side", "raised brow", "narrowed eye", "widened eyes"],
)
def test_a_face_held_in_a_movement_is_not_taken_for_rest(rested, how):
    before = rested.face
    watch(rested, held(100, **how), start_s=20.0)
    assert rested.face is before


@pytest.mark.parametrize("smiles", [True, False], ids=["mouth", "eyes"])
def test_a_face_still_on_its_way_back_is_not_taken_for_rest(rested, smiles):
    before = rested.face
    for number in range(60):
        share = 1.0 - number / 60
        points = face({291: (1.4 * share, 0.0)}) if smiles else face(closed=(0.19 * share,) * 2)
        rested.see(20.0 + number / FPS, SKIN, points)
    assert rested.face is before
    watch(rested, held(70), start_s=22.0)
    assert rested.face is not before


def test_a_person_who_rests_with_one_eye_shut_is_renewed_too():
    finder = RestFinder()
    watch(finder, one_eye_shut(75))
    before = finder.face
    assert before is not None
    watch(finder, one_eye_shut(60), start_s=20.0)
    assert finder.face is not before


def test_a_renewal_does_not_open_the_door_to_creeping(rested):
    """Each renewal is held against the first rest, not against the one before it."""
    for step in range(1, 8):
        by = 0.5 * step
        watch(rested, held(40, start=50 * step, shifts={291: (by, 0.0)}), start_s=20.0 + 9 * step)
        rested.interrupt()
    corner = rested.face.shape.regions[SKIN_REGIONS.index("mouth_corner"), 0]
    first = rested._first.shape.regions[SKIN_REGIONS.index("mouth_corner"), 0]
    assert 0.3 < np.abs(corner - first).max() * rested.face.mm_per_px < 1.0


def test_a_noise_floor_is_of_the_frames_in_which_the_side_was_seen():
    rng = np.random.default_rng(4)
    moves = []
    for k in range(40):
        along = rng.normal(size=(len(PATHS), 2)) * 0.4
        if k % 4 == 0:
            along[:, 1] = np.nan
        moves.append(
            Movement(np.zeros((7, 2, 2)), along, np.zeros_like(along), np.ones(2), np.zeros(2))
        )
    for left, right in (_noise(moves)[region] for region in ("brow", "lower_lip")):
        assert left == pytest.approx(0.4, rel=0.5)
        assert right == pytest.approx(0.4, rel=0.5)
