"""The surface that scenes draw on: cards, words and buttons at places of the 1280x720 canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pygame

from mirrorcoach.live.keys import Key
from mirrorcoach.live.shapes import (
    Box,
    Fit,
    Painting,
    Point,
    Sprite,
    disc,
    rounded,
    stroke,
)
from mirrorcoach.live.theme import (
    BUTTON,
    KEY_HINT,
    LIGHT,
    Colour,
    Style,
    Theme,
    Type,
    mix,
)

Anchor = Literal["left", "centre", "right"]
Kind = Literal["primary", "secondary"]
Icon = Literal["pause", "go_on"]

_ICON = 24
_AFTER_ICON, _BEFORE_HINT = 16, 14
_HINT_H, _HINT_PADDING = 24, 9.0
_SHADOW_REACH = 48


@dataclass(frozen=True)
class Button:
    """A place that can be pressed, and what pressing it means."""

    box: Box
    key: Key


class Canvas:
    """Draws on a window of one size; another size needs a new canvas.

    Parameters
    ----------
    width, height : int
        Of the window in its pixels.
    theme : Theme
        Colours.

    Attributes
    ----------
    buttons : list of Button
        Those of the present frame.
    pointer : (float, float) or None
        Where the mouse is.
    held : Key or None
        The button that is held down.
    opacity : float
        Of everything drawn from now on.
    """

    def __init__(self, width: int, height: int, theme: Theme = LIGHT) -> None:
        self.fit = Fit(width, height)
        self.theme = theme
        self.type = Type(self.fit.scale)
        self.buttons: list[Button] = []
        self.pointer: Point | None = None
        self.held: Key | None = None
        self.opacity = 1.0
        self._sprites: dict[object, Sprite] = {}
        self._target: pygame.Surface | None = None

    def begin(self, target: pygame.Surface) -> None:
        """Start a new frame on an empty room."""
        self._target = target
        self.buttons = []
        self.opacity = 1.0
        target.fill(self.theme.bg)

    @property
    def target(self) -> pygame.Surface:
        """Where the present frame is drawn."""
        if self._target is None:
            raise RuntimeError("begin() starts a frame; nothing can be drawn before")
        return self._target

    # -- shapes -------------------------------------------------------------------------------

    def sprite(self, key: object, box: Box, paint: Callable[[Painting], None]) -> None:
        """Draw a shape that is painted once for each key.

        Parameters
        ----------
        key : object
            Tells sprites apart; everything that `paint` depends on.
        box : Box
            What it covers.
        paint : callable
            Lays the shape on a painting.
        """
        if (key, box) not in self._sprites:
            painting = Painting(self.fit, box)
            paint(painting)
            self._sprites[key, box] = painting.sprite()
        sprite = self._sprites[key, box]
        self.blit(sprite.surface, sprite.place)

    def blit(self, surface: pygame.Surface, place: tuple[int, int]) -> None:
        """Draw a finished picture at a window pixel."""
        if self.opacity >= 1:
            self.target.blit(surface, place)
        elif self.opacity > 0:
            surface.set_alpha(round(self.opacity * 255))
            self.target.blit(surface, place)
            surface.set_alpha(255)

    def card(self, box: Box, radius: float) -> None:
        """Draw a card with its shadow."""
        theme = self.theme

        def paint(on: Painting) -> None:
            on.shadow(box, radius, theme.shadow, theme.shadow_opacity)
            on.lay(rounded(on.x, on.y, box, radius), theme.surface)

        self.sprite(("card", radius), box.grown(_SHADOW_REACH), paint)

    def disc(self, middle: Point, radius: float, colour: Colour) -> None:
        """Draw a disc."""
        box = Box(middle[0] - radius, middle[1] - radius, 2 * radius, 2 * radius)
        self.sprite(
            ("disc", colour),
            box.grown(1),
            lambda on: on.lay(disc(on.x, on.y, middle, radius), colour),
        )

    def bar(self, box: Box, colour: Colour) -> None:
        """Draw a level bar with round ends."""
        self.sprite(
            ("bar", colour),
            box.grown(1),
            lambda on: on.lay(rounded(on.x, on.y, box, box.h / 2), colour),
        )

    def veil(self, opacity: float) -> None:
        """Draw the room's colour over everything so far; nothing under it can be pressed."""
        self.buttons = []
        layer = pygame.Surface(self.fit.size)
        layer.fill(self.theme.bg)
        layer.set_alpha(round(opacity * self.opacity * 255))
        self.target.blit(layer, (0, 0))

    # -- words --------------------------------------------------------------------------------

    def text(
        self,
        text: str,
        x: float,
        y: float,
        style: Style,
        colour: Colour,
        room: float,
        anchor: Anchor = "left",
    ) -> None:
        """Draw one line.

        Parameters
        ----------
        text : str
            Words.
        x, y : float
            Left end, middle or right end, after `anchor`; top of the line.
        style : Style
            Its role.
        colour : tuple
            Of the letters.
        room : float
            Width that it may take. It is never made smaller; `paragraph` breaks a longer text.
        anchor : str
            What `x` means.
        """
        if not text:
            return
        surface = self.type.surface(text, style, colour)
        left = self.fit.x(x)
        if anchor == "centre":
            left -= surface.get_width() / 2
        elif anchor == "right":
            left -= surface.get_width()
        top = self.fit.y(y) + (style.step * self.fit.scale - surface.get_height()) / 2
        self.blit(surface, (round(left), round(top)))

    def paragraph(
        self,
        text: str,
        x: float,
        y: float,
        style: Style,
        colour: Colour,
        room: float,
        anchor: Anchor = "left",
    ) -> float:
        """Draw a text in as many lines as it needs; returns where the next one begins."""
        for line in self.type.wrap(text, style, room):
            self.text(line, x, y, style, colour, room, anchor)
            y += style.step
        return y

    # -- buttons ------------------------------------------------------------------------------

    def button(
        self, box: Box, key: Key, kind: Kind, label: str, hint: str, icon: Icon | None = None
    ) -> None:
        """Draw a button and remember where it is."""
        self.buttons.append(Button(box, key))
        theme = self.theme
        over = self.pointer is not None and box.holds(self.pointer)
        held = over and self.held is key
        ground = theme.primary if kind == "primary" else theme.surface
        ink = theme.on_primary if kind == "primary" else theme.ink
        if held:
            ground = mix(ground, theme.ink, 0.06)
        elif over:
            ground = mix(ground, theme.on_primary, 0.06) if kind == "primary" else theme.bg

        def paint(on: Painting) -> None:
            if kind == "secondary":
                on.lay(rounded(on.x, on.y, box, 18), theme.edge)
                on.lay(rounded(on.x, on.y, box.grown(-2), 16), ground)
            else:
                on.lay(rounded(on.x, on.y, box, 18), ground)

        self.sprite(("button", kind, ground), box.grown(1), paint)

        label_w = self.type.width(label, BUTTON)
        hint_w = self.type.width(hint, KEY_HINT) + 2 * _HINT_PADDING
        icon_w = _ICON + _AFTER_ICON if icon else 0
        middle = box.middle
        x = middle[0] - (icon_w + label_w + _BEFORE_HINT + hint_w) / 2
        if icon:
            self._icon(icon, (x + _ICON / 2, middle[1]), ink)
            x += icon_w
        self.text(label, x, middle[1] - BUTTON.step / 2, BUTTON, ink, box.right - x)
        x += label_w + _BEFORE_HINT
        self._hint(hint, Box(x, middle[1] - _HINT_H / 2, hint_w, _HINT_H), ink, ground)

    def _hint(self, text: str, box: Box, ink: Colour, ground: Colour) -> None:
        def paint(on: Painting) -> None:
            on.lay(rounded(on.x, on.y, box, 8), ink)
            on.lay(rounded(on.x, on.y, box.grown(-1.5), 6.5), ground)

        self.sprite(("hint", ink, ground), box.grown(1), paint)
        middle = box.middle
        y = middle[1] - KEY_HINT.step / 2
        self.text(text, middle[0], y, KEY_HINT, ink, box.w, "centre")

    def _icon(self, icon: Icon, middle: Point, ink: Colour) -> None:
        x, y = middle

        def paint(on: Painting) -> None:
            if icon == "pause":
                for side in (-4.0, 4.0):
                    line = [(x + side, y - 6.5), (x + side, y + 6.5)]
                    on.lay(stroke(on.x, on.y, line, 1.9), ink)
            else:
                triangle = [(x - 5, y - 7), (x + 7, y), (x - 5, y + 7), (x - 5, y - 7)]
                on.lay(stroke(on.x, on.y, triangle, 1.9), ink)

        self.sprite(("icon", icon, ink), Box(x - 14, y - 14, 28, 28), paint)
