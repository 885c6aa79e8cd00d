"""What settings and questions are answered with: segments, switches and rows to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mirrorcoach.live.actions import Action, Go, Key
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.shapes import Box, Painting, rounded
from mirrorcoach.live.theme import Style

HEADER_H = 96.0
"""From the top of the window to where a page begins under its header."""


@dataclass(frozen=True)
class Segment:
    """One of several answers beside each other; a style shows the letter A of that size."""

    label: str
    action: Action
    chosen: bool
    style: Style | None = None


def header(canvas: Canvas, title: str) -> float:
    """Draw a page's title between the way home and the way back; returns where the page begins."""
    texts, styles = canvas.texts, canvas.styles
    home, close = texts("common.home"), texts("common.close")
    margin = 24.0 if canvas.compact else 32.0
    height = 52.0 if canvas.compact else 56.0
    room = canvas.width - 2 * margin
    home_w = canvas.button_width(home, icon="chevron_left")
    hint = texts("common.key_escape")
    close_w = canvas.button_width(close, hint)
    canvas.button(
        Box(margin - 8, 20, home_w, height), Go("home"), home, kind="plain", icon="chevron_left"
    )
    canvas.button(
        Box(canvas.width - margin + 8 - close_w, 20, close_w, height),
        Key.BACK,
        close,
        kind="plain",
        key="escape",
        hint=hint,
    )
    style = styles.sheet_title
    between = room - 2 * max(home_w, close_w)
    if canvas.type.width(title, style) <= between:
        y = 20 + height / 2 - style.step / 2
        canvas.text(title, canvas.width / 2, y, style, canvas.theme.ink, between, "centre")
        return HEADER_H
    y = 20 + height + 4
    y = canvas.paragraph(title, canvas.width / 2, y, style, canvas.theme.ink, room, "centre")
    return y + 12


def sheet_over_page(canvas: Canvas, title: str, across: float) -> Box:
    """Draw a sheet with a title over everything; returns the room below the title.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    title : str
        What it is.
    across : float
        From either side of a roomy window to the sheet.
    """
    canvas.veil(0.9)
    across, down = (40.0, 28.0) if canvas.stacked else (across, 56.0)
    sheet = Box(across, down, canvas.width - 2 * across, canvas.height - 2 * down)
    canvas.card(sheet, 32)
    inner = Box(sheet.x + 32, sheet.y + 22, sheet.w - 64, sheet.h - 44)
    style, ink = canvas.styles.card_title, canvas.theme.ink
    y = canvas.paragraph(title, inner.x, inner.y, style, ink, inner.w) + 12
    return Box(inner.x, y, inner.w, inner.bottom - y)


def segments_width(canvas: Canvas, choices: Sequence[Segment]) -> float:
    """Least width of a segmented control."""
    style = canvas.styles.body_bold
    widest = max(canvas.type.width(one.label, one.style or style) for one in choices)
    return len(choices) * (widest + 36)


def segments(canvas: Canvas, box: Box, choices: Sequence[Segment]) -> None:
    """Draw answers beside each other in one trough, the chosen one raised."""
    theme = canvas.theme
    canvas.panel(box, 18, theme.sunk, theme.line if theme.outlined else None)
    width = box.w / len(choices)
    for number, one in enumerate(choices):
        place = Box(box.x + number * width + 4, box.y + 4, width - 8, box.h - 8)
        style = one.style or (canvas.styles.body_bold if one.chosen else canvas.styles.body)
        if one.chosen:
            canvas.panel(place, 14, theme.surface)
            canvas.ring(place, 14, 3, theme.primary)
        canvas.touch(place, one.action, radius=14)
        y = place.middle[1] - style.step / 2
        ink = theme.ink if one.chosen or canvas.is_over(place) else theme.ink2
        canvas.text(one.label, place.middle[0], y, style, ink, place.w - 8, "centre")


SWITCH_W, SWITCH_H = 76.0, 44.0


def switch(canvas: Canvas, box: Box, on: bool, action: Action) -> None:
    """Draw a switch in the middle of a box, all of which presses it."""
    theme = canvas.theme
    x, y = box.right - SWITCH_W, box.middle[1] - SWITCH_H / 2
    track = Box(x, y, SWITCH_W, SWITCH_H)

    def paint(painting: Painting) -> None:
        ground = theme.primary if on else theme.edge
        painting.lay(rounded(painting.x, painting.y, track, SWITCH_H / 2), ground)
        if not on:
            inside = track.grown(-2)
            painting.lay(rounded(painting.x, painting.y, inside, SWITCH_H / 2 - 2), theme.sunk)

    canvas.sprite(("switch", on), track.grown(1), paint)
    middle = (x + SWITCH_W - 22 if on else x + 22, y + SWITCH_H / 2)
    canvas.disc(middle, 17, theme.on_primary if on else theme.edge)
    if on:
        canvas.icon("check", middle, 22, theme.primary)
    canvas.touch(track, action, radius=SWITCH_H / 2)


def choice_row(
    canvas: Canvas, box: Box, label: str, action: Action, chosen: bool, key: str
) -> None:
    """Draw one of several answers below each other; a check tells the chosen one."""
    theme, style = canvas.theme, canvas.styles.button
    over = canvas.is_over(box)
    ground = theme.soft if chosen or over else theme.surface
    canvas.panel(box, 18, ground, theme.edge)
    if chosen:
        canvas.ring(box, 18, 3, theme.primary)
    canvas.touch(box, action, key)
    room = box.w - 40 - 44
    lines = canvas.type.wrap(label, style, room)
    y = box.middle[1] - len(lines) * style.step / 2
    for line in lines:
        canvas.text(line, box.x + 20, y, style, theme.ink, room)
        y += style.step
    if chosen:
        size = canvas.icon_size(28)
        canvas.icon("check", (box.right - 34, box.middle[1]), size, theme.primary)


def choice_row_height(canvas: Canvas, label: str, width: float) -> float:
    """Least height of a `choice_row` of this width."""
    style = canvas.styles.button
    return max(60.0, canvas.text_height(label, style, width - 84) + 24)


_CHECK_R = 22.0


def choice_card(
    canvas: Canvas,
    box: Box,
    label: str,
    action: Action,
    chosen: bool,
    key: str,
    picture: Callable[[Box], None],
) -> None:
    """Draw one of several answers beside each other, each with its picture.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    box : Box
        Of the card; the ring and the check of the chosen one reach a little beyond it.
    label : str
        Under the picture.
    action : Action
        What choosing it means.
    chosen : bool
        Whether it is the present answer.
    key : str
        The key that chooses it.
    picture : callable
        Draws the picture in the box that it is given.
    """
    theme, style = canvas.theme, canvas.styles.button
    canvas.card(box, 24, theme.soft if canvas.is_over(box) and not chosen else None)
    lines = canvas.type.wrap(label, style, box.w - 24)
    hint_h = 44.0 if canvas.shows_keys else 16.0
    y = box.bottom - hint_h - len(lines) * style.step
    picture(Box(box.x + 24, box.y + 16, box.w - 48, y - box.y - 28))
    canvas.paragraph(label, box.middle[0], y, style, theme.ink, box.w - 24, "centre")
    if canvas.shows_keys:
        right = box.middle[0] + canvas.key_hint_width(key) / 2
        canvas.key_hint(key, right, box.bottom - 26, theme.ink2)
    if chosen:
        canvas.ring(box.grown(4), 28, 4, theme.primary)
        corner = (box.right - 18, box.y + 8)
        canvas.disc(corner, _CHECK_R, theme.primary)
        canvas.icon("check", corner, 26, theme.on_primary)
    canvas.touch(box, action, key, radius=24)


def step_button(canvas: Canvas, box: Box, icon: Icon, action: Action | None, key: str = "") -> None:
    """Draw a small button with an icon; without an action it is pale and does nothing."""
    theme = canvas.theme
    possible = action is not None
    ground = theme.soft if possible and canvas.is_over(box) else theme.surface
    canvas.panel(box, 18, ground, theme.edge if possible else theme.line)
    if action is not None:
        canvas.touch(box, action, key)
        canvas.icon(icon, box.middle, 24, theme.primary)
