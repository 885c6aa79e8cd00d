"""The surface that pages draw on: cards, words, and what can be pressed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, cast

import pygame

from mirrorcoach.live import icons
from mirrorcoach.live.actions import Action, Press
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.shapes import Box, Fit, Painting, Point, Sprite, disc, rounded
from mirrorcoach.live.texts import Texts
from mirrorcoach.live.texts import load as texts_in
from mirrorcoach.live.theme import Colour, Look, Style, Styles, Type, mix

Anchor = Literal["left", "centre", "right"]
Kind = Literal["primary", "secondary", "plain", "chosen"]

LARGE_TEXT_FROM = 125
"""Above this text size pages give way: one column, no pictures beside."""

BUTTON_H, LEAST_BUTTON_H = 60.0, 52.0

_ICON = 26.0
_AFTER_ICON, _BEFORE_HINT = 14.0, 14.0
_HINT_H, _HINT_PADDING = 24.0, 9.0
_SHADOW_REACH = 48
_INSIDE = 20.0
"""Room between a button's edge and its label."""

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Touch:
    """A place that can be pressed, the key that does the same, and what comes of it."""

    box: Box
    action: Action
    key: str
    radius: float
    drags: bool = False
    """Pressed and held, it tells where: see `Canvas.drag`."""


class Canvas:
    """Draws on a window of one size in one look; another needs a new canvas.

    Parameters
    ----------
    width, height : int
        Of the window in its pixels.
    look : Look
        Colours and size of the text.
    texts : Texts
        The window's own words.

    Attributes
    ----------
    fit : Fit
        Where the canvas lies in the window.
    width, height : float
        Of the canvas in logical pixels: 1280x720, or 800x600 in a small window.
    styles : Styles
        Roles of text at the size that was chosen.
    touches : list of Touch
        What can be pressed in the present frame, in reading order.
    keys : dict of str to Action
        Keys that mean something here without a place of their own.
    pointer : (float, float) or None
        Where the mouse is.
    held : Action or None
        What is held down.
    focus : Action or None
        What Enter does next, once a key has moved there.
    opacity : float
        Of everything drawn from now on.
    """

    def __init__(
        self, width: int, height: int, look: Look | None = None, texts: Texts | None = None
    ) -> None:
        self.fit = Fit(width, height)
        self.width, self.height = self.fit.width, self.fit.height
        self.look = look or Look()
        self.theme = self.look.theme
        self.styles = Styles.at(self.look.text_percent)
        self.texts = texts or texts_in()
        self.type = Type(self.fit.scale)
        self.touches: list[Touch] = []
        self.keys: dict[str, Action] = {}
        self.pointer: Point | None = None
        self.held: Action | None = None
        self.focus: Action | None = None
        self.opacity = 1.0
        self._sprites: dict[object, Sprite] = {}
        self._made: dict[Hashable, object] = {}
        self._target: pygame.Surface | None = None

    @property
    def compact(self) -> bool:
        """Whether the window is small."""
        return self.fit.compact

    @property
    def large_text(self) -> bool:
        """Whether the text is so large that pages give way to it."""
        return self.look.text_percent > LARGE_TEXT_FROM

    @property
    def stacked(self) -> bool:
        """Whether two columns become one."""
        return self.compact or self.large_text

    @property
    def shows_keys(self) -> bool:
        """Whether buttons tell their key: the first thing to give way."""
        return not (self.compact and self.large_text)

    def begin(self, target: pygame.Surface) -> None:
        """Start a new frame on an empty room."""
        self._target = target
        self.touches, self.keys = [], {}
        self.opacity = 1.0
        target.fill(self.theme.bg)

    @property
    def target(self) -> pygame.Surface:
        """Where the present frame is drawn."""
        if self._target is None:
            raise RuntimeError("begin() starts a frame; nothing can be drawn before")
        return self._target

    def made(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Something that is made once for this canvas, such as a shape that changes.

        Parameters
        ----------
        key : hashable
            Everything that `make` depends on.
        make : callable
            Makes it.
        """
        if key not in self._made:
            self._made[key] = make()
        return cast(_Made, self._made[key])

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

    def picture(self, surface: pygame.Surface, box: Box) -> None:
        """Draw a finished picture in the middle of a box; it has window pixels already."""
        x, y = self.fit.x(box.middle[0]), self.fit.y(box.middle[1])
        place = (round(x - surface.get_width() / 2), round(y - surface.get_height() / 2))
        self.blit(surface, place)

    def card(self, box: Box, radius: float, ground: Colour | None = None) -> None:
        """Draw a card with its shadow, or with a border where colours are few."""
        theme = self.theme
        ground = ground or theme.surface

        def paint(on: Painting) -> None:
            if theme.outlined:
                on.lay(rounded(on.x, on.y, box, radius), theme.line)
                on.lay(rounded(on.x, on.y, box.grown(-2), radius - 2), ground)
                return
            on.shadow(box, radius, theme.shadow, theme.shadow_opacity)
            on.lay(rounded(on.x, on.y, box, radius), ground)

        self.sprite(("card", radius, ground), box.grown(_SHADOW_REACH), paint)

    def panel(self, box: Box, radius: float, ground: Colour, border: Colour | None = None) -> None:
        """Draw a flat piece of one colour, with a thin border if it has one."""

        def paint(on: Painting) -> None:
            if border is None:
                on.lay(rounded(on.x, on.y, box, radius), ground)
                return
            on.lay(rounded(on.x, on.y, box, radius), border)
            on.lay(rounded(on.x, on.y, box.grown(-2), max(0.0, radius - 2)), ground)

        self.sprite(("panel", radius, ground, border), box.grown(1), paint)

    def ring(self, box: Box, radius: float, width: float, colour: Colour) -> None:
        """Draw a border that lies inside a box's edge; what it surrounds stays as it is."""

        def paint(on: Painting) -> None:
            on.lay(rounded(on.x, on.y, box, radius), colour)
            on.cut(rounded(on.x, on.y, box.grown(-width), max(0.0, radius - width)))

        self.sprite(("ring", radius, width, colour), box.grown(1), paint)

    def disc(self, middle: Point, radius: float, colour: Colour) -> None:
        """Draw a disc."""
        box = Box(middle[0] - radius, middle[1] - radius, 2 * radius, 2 * radius)
        self.sprite(
            ("disc", colour),
            box.grown(1),
            lambda on: on.lay(disc(on.x, on.y, middle, radius), colour),
        )

    def bar(self, box: Box, colour: Colour) -> None:
        """Draw a bar with round ends."""
        self.sprite(
            ("bar", colour),
            box.grown(1),
            lambda on: on.lay(
                rounded(on.x, on.y, box, min(box.w, box.h) / 2),
                colour,
            ),
        )

    def icon(self, name: Icon, middle: Point, size: float, ink: Colour) -> None:
        """Draw an icon round a point."""
        box = Box(middle[0] - size / 2, middle[1] - size / 2, size, size)
        self.sprite(
            ("icon", name, ink), box.grown(2), lambda on: icons.lay(on, name, middle, size, ink)
        )

    def veil(self, opacity: float) -> None:
        """Draw the room's colour over everything so far; nothing under it can be pressed."""
        self.touches, self.keys = [], {}
        layer = self.made("veil", lambda: pygame.Surface(self.fit.size))
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
            Its role, from `styles`.
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

    def text_height(self, text: str, style: Style, room: float) -> float:
        """How high `paragraph` would draw a text."""
        return len(self.type.wrap(text, style, room)) * style.step

    # -- what can be pressed ------------------------------------------------------------------

    def touch(self, box: Box, action: Action, key: str = "", radius: float = 18.0) -> None:
        """Make a place press something, and draw the focus round it if it has it.

        Parameters
        ----------
        box : Box
            The place.
        action : Action
            What pressing it means.
        key : str
            The key that does the same, as `Window` names keys: ``enter``, ``m``, ``1``; none
            if empty. Tab and the arrows reach every place.
        radius : float
            Of its corners.
        """
        self.touches.append(Touch(box, action, key, radius))
        if self.focus == action:
            self.ring(box.grown(7), radius + 7, 3, self.theme.focus)

    def drag(self, box: Box, name: str, radius: float = 18.0) -> None:
        """Make a place tell where it is pressed, again and again while it is held.

        What comes of it is ``Press(name, (across, down))``, shares of the box from 0 to 1, also
        where the pointer has left it. With the focus on it, left and right reach the page.

        Parameters
        ----------
        box : Box
            The place.
        name : str
            Of what it presses.
        radius : float
            Of its corners.
        """
        self.touch(box, Press(name), radius=radius)
        self.touches[-1] = replace(self.touches[-1], drags=True)

    def key(self, name: str, action: Action) -> None:
        """Make a key mean something that no place on the page does, or that another key does."""
        self.keys[name] = action

    def is_over(self, box: Box) -> bool:
        """Whether the mouse is there."""
        return self.pointer is not None and box.holds(self.pointer)

    def button_width(self, label: str, hint: str = "", icon: Icon | None = None) -> float:
        """Least width of a button that shows all of this in one line."""
        width = self.type.width(label, self.styles.button) + 2 * _INSIDE
        width += self.icon_size(_ICON) + _AFTER_ICON if icon else 0.0
        return width + self._hint_width(hint)

    def button_height(self, label: str, width: float, icon: Icon | None = None) -> float:
        """Least height of a button of this width, which may break its label."""
        room = width - 2 * _INSIDE - (self.icon_size(_ICON) + _AFTER_ICON if icon else 0.0)
        lines = len(self.type.wrap(label, self.styles.button, room))
        least = LEAST_BUTTON_H if self.compact else BUTTON_H
        return max(least, lines * self.styles.button.step + 22)

    def button(
        self,
        box: Box,
        action: Action,
        label: str,
        *,
        kind: Kind = "secondary",
        key: str = "",
        hint: str = "",
        icon: Icon | None = None,
        align: Anchor = "centre",
    ) -> None:
        """Draw a button and make it press something.

        Parameters
        ----------
        box : Box
            Where; `button_width` and `button_height` tell how much it needs.
        action : Action
            What pressing it means.
        label : str
            Its words; broken where they do not fit in one line.
        kind : str
            One primary button a page; ``plain`` has no border; ``chosen`` is one of several views.
        key : str
            The key that does the same.
        hint : str
            How that key is shown; left out where there is no room for it.
        icon : Icon, optional
            Before the label.
        align : str
            Where the label stands.
        """
        theme, style = self.theme, self.styles.button
        over = self.is_over(box)
        held = over and self.held == action
        ground: Colour = theme.primary if kind == "primary" else theme.surface
        if kind == "plain":
            ground = theme.bg
        ink = theme.on_primary if kind == "primary" else theme.ink
        ink = theme.primary if kind == "plain" else ink
        if held:
            ground = mix(ground, theme.ink, 0.06)
        elif over:
            ground = mix(ground, theme.on_primary if kind == "primary" else theme.soft, 0.06)

        def paint(on: Painting) -> None:
            border = {"secondary": (2, theme.edge), "chosen": (3, theme.primary)}.get(kind)
            if border is not None:
                on.lay(rounded(on.x, on.y, box, 18), border[1])
                on.lay(rounded(on.x, on.y, box.grown(-border[0]), 18 - border[0]), ground)
            elif kind == "primary" or over:
                on.lay(rounded(on.x, on.y, box, 18), ground)

        self.sprite(("button", kind, ground, over), box.grown(1), paint)
        self.touch(box, action, key)

        icon_w = self.icon_size(_ICON) + _AFTER_ICON if icon else 0.0
        room = box.w - 2 * _INSIDE - icon_w
        hint_w = self._hint_width(hint)
        if self.type.width(label, style) + hint_w > room + 1e-6:
            hint_w = 0.0
        lines = self.type.wrap(label, style, room)
        label_w = max((self.type.width(line, style) for line in lines), default=0.0)
        x = box.x + _INSIDE
        if align != "left":
            x = box.middle[0] - (icon_w + label_w + hint_w) / 2
        if icon:
            middle = (x + self.icon_size(_ICON) / 2, box.middle[1])
            self.icon(
                icon, middle, self.icon_size(_ICON), theme.primary if kind != "primary" else ink
            )
            x += icon_w
        y = box.middle[1] - len(lines) * style.step / 2
        for line in lines:
            self.text(line, x, y, style, ink, box.right - x)
            y += style.step
        if hint_w:
            right = box.right - _INSIDE if align == "left" else x + label_w + hint_w
            self._hint(hint, right, box.middle[1], ink)

    def key_hint_width(self, hint: str) -> float:
        """Width of the name of a key in its border."""
        return self.type.width(hint, self.styles.key_hint) + 2 * _HINT_PADDING

    def key_hint(self, hint: str, right: float, middle_y: float, ink: Colour) -> None:
        """Draw the name of a key, if there is room for such things."""
        if self._hint_width(hint):
            self._hint(hint, right, middle_y, ink)

    def icon_size(self, size: float) -> float:
        """Size of a sign beside text: it grows with it, up to half as large again."""
        return size * min(1.5, self.look.text_percent / 100)

    def _hint_width(self, hint: str) -> float:
        """With the room before it; nothing where hints give way."""
        if not hint or not self.shows_keys:
            return 0.0
        return self.key_hint_width(hint) + _BEFORE_HINT

    def _hint(self, text: str, right: float, middle_y: float, ink: Colour) -> None:
        style = self.styles.key_hint
        width = self.key_hint_width(text)
        height = _HINT_H * self.look.text_percent / 100
        box = Box(right - width, middle_y - height / 2, width, height)
        self.ring(box, 8, 1.5, ink)
        y = middle_y - style.step / 2
        self.text(text, box.middle[0], y, style, ink, box.w, "centre")
