"""Text is broken between words, and at no other place."""

from __future__ import annotations

from layouts import LAYOUTS


def test_a_no_break_space_holds_words_together() -> None:
    canvas = LAYOUTS[0].canvas()
    wrap, style = canvas.type.wrap, canvas.styles.large
    held = "«\N{NO-BREAK SPACE}ou\N{NO-BREAK SPACE}»."
    assert wrap(f"Un petit {held}", style, 1.0) == ["Un", "petit", held]
    assert wrap("  ", style, 1.0) == []
