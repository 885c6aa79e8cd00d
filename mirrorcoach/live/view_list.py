"""What can be shown of the face: a list with keys, or one button where there is no room."""

from __future__ import annotations

from mirrorcoach.live.actions import Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.exercise_geometry import Geometry
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.shapes import Box
from mirrorcoach.profile import StandingView

VIEWS: tuple[StandingView, ...] = (
    "mirror",
    "even_face",
    "outline",
    "hidden",
    "both_halves",
    "as_others_see_me",
)
"""In the order of their keys and of the key V."""

ICONS: dict[StandingView, Icon] = {
    "mirror": "mirror",
    "even_face": "even_face",
    "outline": "outline",
    "hidden": "feel",
    "both_halves": "halves",
    "as_others_see_me": "others",
}

_BEFORE, _AFTER = 54.0, 14.0
_KEY_W = 28.0
_LEAST_H, _GAP = 52.0, 6.0


def after(view: StandingView) -> StandingView:
    """The view that the key V goes on to."""
    return VIEWS[(VIEWS.index(view) + 1) % len(VIEWS)]


def draw_views(canvas: Canvas, geometry: Geometry, chosen: StandingView) -> bool:
    """Draw the list if there is room for it; returns whether there was."""
    texts, styles, theme = canvas.texts, canvas.styles, canvas.theme
    if geometry.views is None:
        return False
    labels = [texts(f"practice.view_{view}") for view in VIEWS]
    widest = max(canvas.type.width(label, styles.body_bold) for label in labels)
    room = geometry.views.w - _BEFORE - _AFTER
    row_h = max(_LEAST_H, styles.body.step + 20)
    height = len(VIEWS) * (row_h + _GAP) - _GAP
    heading = styles.label_bold
    if widest > room or heading.step + 6 + height > geometry.views.h:
        return False
    keys = widest + _KEY_W <= room
    x, y = geometry.views.x, geometry.views.bottom - height
    canvas.text(texts("practice.views"), x + 16, y - heading.step - 6, heading, theme.ink2, room)
    for number, (view, label) in enumerate(zip(VIEWS, labels, strict=True), 1):
        box = Box(x, y, geometry.views.w, row_h)
        now = view == chosen
        if now:
            canvas.panel(box, 18, theme.surface)
            canvas.ring(box, 18, 2.5, theme.primary)
        elif canvas.is_over(box):
            canvas.panel(box, 18, theme.soft)
        canvas.touch(box, Press("view", view), str(number))
        middle = box.middle[1]
        ink = theme.ink if now else theme.ink2
        canvas.icon(ICONS[view], (x + 30, middle), 26, theme.primary if now else theme.ink2)
        style = styles.body_bold if now else styles.body
        canvas.text(label, x + _BEFORE, middle - style.step / 2, style, theme.ink, room)
        if keys:
            small = styles.label_bold if now else styles.label
            top = middle - small.step / 2
            canvas.text(str(number), box.right - 18, top, small, ink, _KEY_W, "right")
        y += row_h + _GAP
    return True


def draw_view_button(canvas: Canvas, x: float, y: float, room: float, view: StandingView) -> Box:
    """Draw the button that goes on to the next view; each view keeps its key. Returns its place."""
    for number, one in enumerate(VIEWS, 1):
        canvas.key(str(number), Press("view", one))
    label, hint = canvas.texts("practice.views"), canvas.texts("practice.key_view")
    width = min(room, canvas.button_width(label, hint, ICONS[view]))
    box = Box(x, y, width, canvas.button_height(label, width, ICONS[view]))
    canvas.button(
        box, Key.VIEW, label, kind="plain", key="v", hint=hint, icon=ICONS[view], align="left"
    )
    return box
