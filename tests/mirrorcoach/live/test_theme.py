"""Colours that can be told apart, and text that is drawn and broken as it should be."""

from __future__ import annotations

import pytest
from layouts import LAYOUTS

from mirrorcoach.live.theme import LIGHT, THEMES, WHITE, Colour, Styles, Theme, Type, mix

STYLES = Styles()


def test_letters_of_both_font_files_are_drawn_in_one_line() -> None:
    kind = Type(1.0)
    plain, accents = "Lacz oczy", "Łącz oczy"
    assert kind.width(accents, STYLES.body) == pytest.approx(
        kind.width(plain, STYLES.body), rel=0.15
    )
    surface = kind.surface(accents, STYLES.body, LIGHT.ink)
    assert surface.get_bounding_rect(min_alpha=100).w > 60
    assert kind.surface(accents, STYLES.body, LIGHT.ink) is surface


def test_text_grows_with_the_window() -> None:
    widths = [
        Type(scale).width("Let your face go soft.", STYLES.cue) for scale in (0.625, 1, 1.5, 3)
    ]
    assert widths == pytest.approx([widths[1]] * 4, rel=0.02)


def test_wrapped_lines_fit_and_say_everything() -> None:
    kind = Type(1.0)
    text = "The right eye was closing along with the smile, and a smaller one lets it stay open."
    for room in (150.0, 300.0, 394.0, 2000.0):
        lines = kind.wrap(text, STYLES.label, room)
        assert " ".join(lines) == text
        assert all(kind.width(line, STYLES.label) <= room for line in lines)
    assert kind.wrap("", STYLES.label, 100) == []


def test_a_path_wider_than_its_room_is_broken_after_separators() -> None:
    kind, path = Type(1.0), "/home/somebody/a-folder-of-some-length/photographs/1:"
    lines = kind.wrap(f"It lies in {path} No more.", STYLES.label, 200)
    assert all(kind.width(line, STYLES.label) <= 200 for line in lines)
    assert "".join(lines).replace(" ", "") == f"Itliesin{path}Nomore."


def test_memory_of_texts_is_bounded() -> None:
    kind = Type(0.5)
    for number in range(2 * Type.MOST_REMEMBERED + 5):
        kind.surface(str(number), STYLES.label, LIGHT.ink)
    assert len(kind._drawn) <= Type.MOST_REMEMBERED


def contrast(one: Colour, other: Colour) -> float:
    def light(colour: Colour) -> float:
        parts = [c / 255 for c in colour]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_can_be_read_and_marks_be_seen(theme: Theme) -> None:
    for ground in (theme.bg, theme.surface):
        for text in (theme.ink, theme.ink2, theme.left, theme.right):
            assert contrast(text, ground) >= 4.5
        for mark in (theme.edge, theme.breath, theme.primary):
            assert contrast(mark, ground) >= 3
    for share in (0.0, 0.06):  # also while pointed at
        button = mix(theme.primary, theme.on_primary, share)
        assert contrast(theme.on_primary, button) >= 4.5
    assert contrast(theme.amber_ink, theme.amber_bg) >= 4.5


def test_marks_on_the_camera_picture_hold_in_every_theme() -> None:
    assert contrast(LIGHT.quiet, WHITE) >= 4.5


def test_a_no_break_space_holds_words_together() -> None:
    canvas = LAYOUTS[0].canvas()
    wrap, style = canvas.type.wrap, canvas.styles.large
    held = "«\N{NO-BREAK SPACE}ou\N{NO-BREAK SPACE}»."
    assert wrap(f"Un petit {held}", style, 1.0) == ["Un", "petit", held]
    assert wrap("  ", style, 1.0) == []
