import numpy as np
import pytest

from landmarks.choice import FaceBox, Rivals, chosen, others_painted_over

WIDTH, HEIGHT = 1000, 500


def at(x, y=250.0, size=100.0):
    return FaceBox(x, y, size, size)


@pytest.mark.parametrize(
    ("places", "last", "expected"),
    [
        ((100, 450, 900), None, 450),
        ((420, 590), None, 420 if abs(420 - 500) < abs(590 - 500) else 590),
        ((420, 570), at(430), 420),  # the other is nearer, but not clearly
        ((350, 540), at(340), 540),  # clearly nearer
        ((420, 570), at(900), 570),  # nobody is where the last one was
    ],
)
def test_the_nearest_is_chosen_and_the_last_one_kept(places, last, expected):
    picked = chosen([at(place) for place in places], WIDTH, HEIGHT, last)
    assert picked.x_px == expected


def test_another_takes_over_only_when_clearly_nearer_and_twice():
    rivals = Rivals()
    here, nearer, a_little_nearer = at(300), at(520), at(620)
    assert not rivals.take_over([here, nearer], here, WIDTH, HEIGHT)
    assert rivals.take_over([here, nearer], here, WIDTH, HEIGHT)
    rivals.forget()
    assert not rivals.take_over([here, nearer], here, WIDTH, HEIGHT)
    for _ in range(5):
        assert not rivals.take_over([here, a_little_nearer, at(305)], here, WIDTH, HEIGHT)


def test_somebody_who_walks_past_changes_nothing():
    rivals = Rivals()
    here = at(300)
    looks = [[here, at(500)], [here, at(900)], [here, at(480)], [here]]
    assert not any(rivals.take_over(seen, here, WIDTH, HEIGHT) for seen in looks)


def test_the_face_itself_seen_a_little_nearer_is_no_other():
    rivals = Rivals()
    followed = FaceBox(200, 250, 400, 400)
    assert not any(rivals.take_over([at(390, size=300)], followed, WIDTH, HEIGHT) for _ in "123")


def test_only_the_others_are_painted_over_and_the_picture_stays():
    image = np.random.default_rng(2).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    before = image.copy()
    kept, close, cut = at(500), at(620), at(5, 5)
    painted = others_painted_over(image, [kept, close, cut], kept)
    np.testing.assert_array_equal(image, before)
    np.testing.assert_array_equal(painted[150:350, 400:600], image[150:350, 400:600])
    assert (painted[250, 620] == 128).all()
    assert (painted[:100, :100] == 128).all()
    np.testing.assert_array_equal(painted[400:], image[400:])
