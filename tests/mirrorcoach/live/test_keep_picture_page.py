"""Before a picture is kept it is seen, and everything about it is said."""

from __future__ import annotations

import numpy as np
import pytest
from layouts import LAYOUTS, Draw, Layout
from numpy.typing import NDArray

from mirrorcoach.live import texts
from mirrorcoach.live.actions import Key
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.keep_picture_page import KEEP, KeepPicturePage

ROOMY = LAYOUTS[0]
DARK, LIGHT = (60, 20, 40), (240, 190, 220)
"""Red, green, blue: no letter and no card has these colours."""

FAILURE = (
    "The picture could not be kept in /home/marie-antoinette/.local/share/a-folder-with-a-name-of-"
    "some-length/mirrorcoach/photographs/1: No space left on device. Make room there."
)


def picture() -> NDArray[np.uint8]:
    """Dark where the person's right side is, light where the left one is."""
    image = np.empty((900, 720, 3), dtype=np.uint8)
    image[:, :360], image[:, 360:] = DARK[::-1], LIGHT[::-1]
    return image


def everything(page: KeepPicturePage, layout: Layout, drawn: Draw) -> str:
    said = []
    for _ in range(30):
        frame = drawn(page, layout)
        frame.check()
        said.append(frame.said)
        if DOWN not in [touch.action for touch in frame.canvas.touches]:
            break
        page.heed(Key.DOWN)
    return " ".join(said)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_everything_is_reached_in_every_layout(layout: Layout, drawn: Draw) -> None:
    said = everything(KeepPicturePage(picture()), layout, drawn)
    t = texts.load(layout.language)
    for name in ("keep_ask", "as_mirror", "stays", "later", "keep", "not_now"):
        assert t(f"pictures.{name}").split()[-1] in said


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_why_it_could_not_be_kept_is_read_in_every_layout(layout: Layout, drawn: Draw) -> None:
    page = KeepPicturePage(picture())
    page.failure = FAILURE
    said = everything(page, layout, drawn)
    assert "space left" in said
    assert texts.load(layout.language)("pictures.keep") in said, "it can be tried once more"


@pytest.mark.parametrize("layout", [ROOMY, LAYOUTS[-3], LAYOUTS[6]], ids=str)
def test_the_very_picture_is_seen_at_once_as_in_a_mirror(layout: Layout, drawn: Draw) -> None:
    canvas = drawn(KeepPicturePage(picture()), layout).canvas
    pixels = np.stack([canvas.target.get_at((x, y))[:3] for y in range(0, layout.size[1], 9)
                       for x in range(0, layout.size[0], 9)])  # fmt: skip
    grid = pixels.reshape(len(range(0, layout.size[1], 9)), -1, 3)
    light, dark = (np.argwhere((grid == one).all(axis=2))[:, 1] for one in (LIGHT, DARK))
    assert len(light) > 50
    assert len(dark) > 50
    assert light.max() <= dark.min(), "the person's left side is on the left"


@pytest.mark.parametrize(
    "layout",
    [ROOMY, Layout((800, 600), "light", 100, "fr"), Layout((1280, 720), "light", 200, "fr")],
    ids=str,
)
def test_where_it_stays_is_read_beside_the_picture(layout: Layout, drawn: Draw) -> None:
    said = drawn(KeepPicturePage(picture()), layout).said
    assert texts.load(layout.language)("pictures.stays") in said


def test_keeping_and_not_keeping_are_given_back(drawn: Draw) -> None:
    page = KeepPicturePage(picture())
    touches = drawn(page, ROOMY).canvas.touches
    assert {touch.key: touch.action for touch in touches}["enter"] == KEEP
    assert [touch.action for touch in touches] == [KEEP, Key.BACK]
    assert page.heed(KEEP) == KEEP
    assert page.heed(Key.BACK) is Key.BACK
