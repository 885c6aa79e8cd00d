"""The safety pages: all of the text, in every language, within the window."""

import pygame
import pytest

from exercises import library
from exercises.schema import SAFETY_TOPICS
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.keys import Key
from mirrorcoach.live.safety_scene import SafetyScene, safety_views
from mirrorcoach.live.shapes import HEIGHT, WIDTH

LANGUAGES = sorted(library.languages())


class Written(Canvas):
    """Remembers every line and where it ends."""

    def __init__(self, size):
        super().__init__(*size)
        self.written = []

    def text(self, text, x, y, style, colour, room, anchor="left"):
        wide = self.type.width(text, style)
        self.written.append((text, x, y + style.step, wide, room))
        super().text(text, x, y, style, colour, room, anchor)


def drawn(view, size=(WIDTH, HEIGHT)):
    canvas = Written(size)
    canvas.begin(pygame.Surface(size))
    SafetyScene(canvas).draw(view, 0.0)
    return canvas


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_stands_on_a_page_once_and_help_on_the_first(language):
    safety = library.safety(language)
    pages = safety_views(safety)
    cards = [card for page in pages for card in page.cards]
    assert sorted(card.title for card in cards) == sorted(
        safety.text[topic].title for topic in SAFETY_TOPICS
    )
    assert safety.text["call_now"] in pages[0].cards
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]


@pytest.mark.parametrize("size", [(1280, 720), (800, 600)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_fits_above_the_button(language, size):
    for view in safety_views(library.safety(language)):
        canvas = drawn(view, size)
        (button,) = canvas.buttons
        words = " ".join(line for line, *_ in canvas.written).replace("\N{NO-BREAK SPACE}", " ")
        for card in view.cards:
            for line in (card.title, *card.lines):
                assert line.replace("\N{NO-BREAK SPACE}", " ") in words
        told = "".join(card.title + " ".join(card.lines) for card in view.cards)
        for text, _, bottom, wide, room in canvas.written:
            if text in told:
                assert wide <= room + 1, text
                assert bottom <= button.box.y, text


def test_one_button_leads_on():
    for view in safety_views(library.safety()):
        assert [button.key for button in drawn(view).buttons] == [Key.ENTER]
