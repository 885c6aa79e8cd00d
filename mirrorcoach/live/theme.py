"""Colours and type: the only place that knows either."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Literal

import pygame

import assets
from mirrorcoach.profile import Colours

Colour = tuple[int, int, int]
Weight = Literal[400, 600]


def _hex(digits: str) -> Colour:
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


@dataclass(frozen=True)
class Theme:
    """Colour tokens; `left` and `right` are the person's sides, everywhere and always."""

    bg: Colour
    surface: Colour
    sunk: Colour
    line: Colour
    edge: Colour
    ink: Colour
    ink2: Colour
    primary: Colour
    on_primary: Colour
    soft: Colour
    left: Colour
    right: Colour
    left_soft: Colour
    right_soft: Colour
    quiet: Colour
    quiet_soft: Colour
    breath: Colour
    ring_fill: Colour
    ring_fill_together: Colour
    frame: Colour
    amber_bg: Colour
    amber_ink: Colour
    focus: Colour
    skin: Colour
    hair: Colour
    sun: Colour
    blush: Colour
    shadow: Colour
    shadow_opacity: float
    outlined: bool = False
    """Cards have a border in place of a shadow, and faces are drawn as lines only."""

    @property
    def dark(self) -> bool:
        """Whether it is light on dark: then an empty track does not stand out by itself."""
        return sum(self.bg) < sum(self.ink)


LIGHT = Theme(
    bg=_hex("F6F0E7"),
    surface=_hex("FFFCF7"),
    sunk=_hex("ECE3D6"),
    line=_hex("DCCFBE"),
    edge=_hex("8F8272"),
    ink=_hex("2B2830"),
    ink2=_hex("5E5660"),
    primary=_hex("1C5C5A"),
    on_primary=_hex("FFFFFF"),
    soft=_hex("DCE9E4"),
    left=_hex("2C6CB5"),
    right=_hex("AD4F12"),
    left_soft=_hex("BCD0E6"),
    right_soft=_hex("EFCFB3"),
    quiet=_hex("571B5E"),
    quiet_soft=_hex("EFE2F1"),
    breath=_hex("5B9088"),
    ring_fill=_hex("DDE1D8"),
    ring_fill_together=_hex("C8D3CB"),
    frame=_hex("FFFDF9"),
    amber_bg=_hex("F8E6CF"),
    amber_ink=_hex("7A4708"),
    focus=_hex("1B4FD1"),
    skin=_hex("FAE9D8"),
    hair=_hex("7D6A5E"),
    sun=_hex("F6D9BC"),
    blush=_hex("F2BFA0"),
    shadow=_hex("4A341C"),
    shadow_opacity=0.13,
)

DARK = Theme(
    bg=_hex("1B1A1F"),
    surface=_hex("26242B"),
    sunk=_hex("131216"),
    line=_hex("3D3A44"),
    edge=_hex("8E8794"),
    ink=_hex("F3EDE4"),
    ink2=_hex("BDB5B8"),
    primary=_hex("8FD0C2"),
    on_primary=_hex("10302D"),
    soft=_hex("22393A"),
    left=_hex("6AA5E8"),
    right=_hex("F0A868"),
    left_soft=_hex("2F4763"),
    right_soft=_hex("5C4128"),
    quiet=_hex("F6DDFA"),
    quiet_soft=_hex("43324C"),
    breath=_hex("4F8A82"),
    ring_fill=_hex("232C2F"),
    ring_fill_together=_hex("2C4240"),
    frame=_hex("3D3A44"),
    amber_bg=_hex("3E3122"),
    amber_ink=_hex("F0C58A"),
    focus=_hex("FFD977"),
    skin=_hex("3A322E"),
    hair=_hex("A08E80"),
    sun=_hex("4A3A2E"),
    blush=_hex("6A4636"),
    shadow=_hex("000000"),
    shadow_opacity=0.45,
)

HIGH_CONTRAST = Theme(
    bg=_hex("000000"),
    surface=_hex("000000"),
    sunk=_hex("000000"),
    line=_hex("FFFFFF"),
    edge=_hex("FFFFFF"),
    ink=_hex("FFFFFF"),
    ink2=_hex("FFFFFF"),
    primary=_hex("FFFFFF"),
    on_primary=_hex("000000"),
    soft=_hex("1C1C1C"),
    left=_hex("59A9FF"),
    right=_hex("FFB454"),
    left_soft=_hex("23435C"),
    right_soft=_hex("5A3D14"),
    quiet=_hex("FFD9FB"),
    quiet_soft=_hex("3A0F36"),
    breath=_hex("FFFFFF"),
    ring_fill=_hex("000000"),
    ring_fill_together=_hex("000000"),
    frame=_hex("FFFFFF"),
    amber_bg=_hex("000000"),
    amber_ink=_hex("FFFFFF"),
    focus=_hex("FFE14D"),
    skin=_hex("000000"),
    hair=_hex("000000"),
    sun=_hex("000000"),
    blush=_hex("000000"),
    shadow=_hex("000000"),
    shadow_opacity=0.0,
    outlined=True,
)

THEMES: dict[Colours, Theme] = {"light": LIGHT, "dark": DARK, "high_contrast": HIGH_CONTRAST}

CASING = _hex("191418")
"""Under every light line on the camera picture; the picture has no theme."""

WHITE = _hex("FFFFFF")


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Colour that is `share` of the way from `one` to `other`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Style:
    """A role of text: size in logical pixels, weight, and line height in sizes."""

    px: float
    weight: Weight
    line: float = 1.28

    @property
    def step(self) -> float:
        """From one line to the next, in logical pixels."""
        return self.px * self.line


@dataclass(frozen=True)
class Styles:
    """Every role of text at one text size."""

    display: Style = Style(44, 600)
    display_explained: Style = Style(38, 600)
    sheet_title: Style = Style(34, 600)
    cue: Style = Style(32, 600)
    cue_two_lines: Style = Style(24, 600, 1.25)
    title: Style = Style(30, 600)
    card_title: Style = Style(26, 600)
    button: Style = Style(22, 600)
    large: Style = Style(22, 400, 1.3)
    large_bold: Style = Style(22, 600, 1.3)
    body: Style = Style(20, 400, 1.3)
    body_bold: Style = Style(20, 600, 1.3)
    label: Style = Style(18, 400, 1.3)
    label_bold: Style = Style(18, 600, 1.3)
    key_hint: Style = Style(15, 600)

    @classmethod
    def at(cls, percent: int) -> Styles:
        """All roles, this many hundredths of their size."""
        usual = cls()
        return cls(
            **{
                role.name: replace(one, px=one.px * percent / 100)
                for role in fields(cls)
                if isinstance(one := getattr(usual, role.name), Style)
            }
        )


@dataclass(frozen=True)
class Look:
    """How a person wants the window to look.

    Attributes
    ----------
    theme : Theme
        Colours.
    text_percent : int
        Size of the text, 100 to 200.
    less_motion : bool
        Whether nothing moves by itself.
    """

    theme: Theme = LIGHT
    text_percent: int = 100
    less_motion: bool = False


@lru_cache
def _font_file(subset: str, weight: Weight) -> bytes:
    name = f"fonts/atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2"
    with assets.path(name) as file:
        return file.read_bytes()


def _subset(letter: str) -> str:
    """File that draws a letter: Latin is split in two, as for the web."""
    code = ord(letter)
    extended = 0x100 <= code <= 0x2BA or 0x1E00 <= code <= 0x1EFF
    return "latin-ext" if extended and code not in (0x131, 0x152, 0x153) else "latin"


class Type:
    """Text at one scale, remembered once drawn.

    Parameters
    ----------
    scale : float
        Window pixels in a logical pixel.
    """

    MOST_REMEMBERED = 400
    FINER = 4
    """Letters are drawn this much larger and averaged: even spacing at any size, no hinting."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._fonts: dict[tuple[str, int, Weight], pygame.font.Font] = {}
        self._drawn: dict[tuple[str, Style, Colour], pygame.Surface] = {}
        self._wrapped: dict[tuple[str, Style, float], list[str]] = {}

    def width(self, text: str, style: Style) -> float:
        """Width of a line in logical pixels."""
        return sum(font.size(run)[0] for run, font in self._runs(text, style)) / (
            self.FINER * self._scale
        )

    def surface(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        """One line, drawn."""
        key = (text, style, colour)
        if key not in self._drawn:
            if len(self._drawn) >= self.MOST_REMEMBERED:
                self._drawn.clear()
            self._drawn[key] = self._draw(text, style, colour)
        return self._drawn[key]

    def wrap(self, text: str, style: Style, room: float) -> list[str]:
        """Break a text into the fewest lines that fit, of about the same length.

        Parameters
        ----------
        text : str
            Words; one wider than the room, such as a path, is broken after its separators.
        style : Style
            Its role.
        room : float
            Width of the longest line in logical pixels.
        """
        key = (text, style, room)
        if key not in self._wrapped:
            if len(self._wrapped) >= self.MOST_REMEMBERED:
                self._wrapped.clear()
            self._wrapped[key] = self._wrap(text, style, room)
        return self._wrapped[key]

    def _wrap(self, text: str, style: Style, room: float) -> list[str]:
        pieces = self._pieces(text, style, room)
        best = self._fill(pieces, style, room)
        narrow, wide = room / 2, room
        while len(best) > 1 and wide - narrow > 4:
            middle = (narrow + wide) / 2
            tried = self._fill(pieces, style, middle)
            if len(tried) == len(best) and all(self.width(t, style) <= middle for t in tried):
                best, wide = tried, middle
            else:
                narrow = middle
        return best

    def _pieces(self, text: str, style: Style, room: float) -> list[tuple[str, str]]:
        """What is never broken, each with what stands before it on the same line."""
        pieces: list[tuple[str, str]] = []
        for word in re.findall(r"[^ \n]+", text):  # a no-break space holds words together
            wide = self.width(word, style) > room
            first, *more = re.findall(r"[^/\\_-]*[/\\_-]|[^/\\_-]+", word) if wide else [word]
            pieces += [(" ", first), *(("", one) for one in more)]
        return pieces

    def _fill(self, pieces: Sequence[tuple[str, str]], style: Style, room: float) -> list[str]:
        lines: list[str] = []
        for before, piece in pieces:
            longer = f"{lines[-1]}{before}{piece}" if lines else piece
            if lines and self.width(longer, style) <= room + 1e-6:
                lines[-1] = longer
            else:
                lines.append(piece)
        return lines

    def _draw(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        runs = [(font.render(run, True, colour), font) for run, font in self._runs(text, style)]
        ascent = max(font.get_ascent() for _, font in runs)
        above = -ascent % self.FINER
        width = sum(run.get_width() for run, _ in runs)
        height = above + max(run.get_height() for run, _ in runs)
        size = (-(-width // self.FINER), -(-height // self.FINER))
        large = pygame.Surface((size[0] * self.FINER, size[1] * self.FINER), pygame.SRCALPHA)
        large.fill((*colour, 0))
        x = 0
        for run, _ in runs:
            large.blit(run, (x, above), special_flags=pygame.BLEND_RGBA_MAX)
            x += run.get_width()
        return pygame.transform.smoothscale(large, size)

    def _runs(self, text: str, style: Style) -> list[tuple[str, pygame.font.Font]]:
        runs: list[tuple[str, str]] = []
        for letter in text:
            subset = _subset(letter)
            if runs and runs[-1][1] == subset:
                runs[-1] = (runs[-1][0] + letter, subset)
            else:
                runs.append((letter, subset))
        return [(run, self._font(subset, style)) for run, subset in runs]

    def _font(self, subset: str, style: Style) -> pygame.font.Font:
        px = max(1, round(style.px * self._scale * self.FINER))
        key = (subset, px, style.weight)
        if key not in self._fonts:
            self._fonts[key] = pygame.font.Font(io.BytesIO(_font_file(subset, style.weight)), px)
        return self._fonts[key]
