"""Cards are scrolled by whole cards, and each of them can be reached."""

from __future__ import annotations

import pytest
from layouts import LAYOUTS, Draw, Layout

from mirrorcoach.live.actions import Action, Key
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.column import DOWN, Block, Column
from mirrorcoach.live.shapes import Box


class Cards:
    """A page of cards."""

    def __init__(self, count: int) -> None:
        self.column, self._count = Column(), count

    def draw(self, canvas: Canvas, now_s: float) -> None:
        style = canvas.styles.large

        def block(number: int) -> Block:
            text = f"Card {number} has a few words."

            def draw(box: Box) -> None:
                canvas.card(box, 24)
                canvas.paragraph(text, box.x + 20, box.y + 20, style, (0, 0, 0), box.w - 40)

            return Block(lambda w: canvas.text_height(text, style, w - 40) + 40, draw)

        box = Box(40, 40, canvas.width - 80, canvas.height - 80)
        self.column.draw(canvas, box, [block(number) for number in range(self._count)])

    def heed(self, action: Action) -> Action | None:
        return None if self.column.heed(action) else action


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_card_is_reached_by_going_down(layout: Layout, drawn: Draw) -> None:
    page = Cards(12)
    seen: set[str] = set()
    for _ in range(12):
        frame = drawn(page, layout)
        frame.check()
        seen |= {str(number) for number in range(12) if f"Card {number} " in frame.said}
        page.heed(Key.DOWN)
    assert seen == {str(number) for number in range(12)}
    assert DOWN not in [touch.action for touch in frame.canvas.touches]


def test_cards_that_fit_have_no_bar(drawn: Draw) -> None:
    assert not drawn(Cards(2), LAYOUTS[0]).canvas.touches


def test_at_the_end_there_is_nothing_further_down(drawn: Draw) -> None:
    page = Cards(12)
    drawn(page, LAYOUTS[0])
    for _ in range(40):
        page.heed(Key.DOWN)
        drawn(page, LAYOUTS[0])
    assert "Card 11 " in drawn(page, LAYOUTS[0]).said
    page.heed(Key.UP)
    assert "Card 11 " not in drawn(page, LAYOUTS[0]).said
