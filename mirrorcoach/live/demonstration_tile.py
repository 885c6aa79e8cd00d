"""The tile that shows the movement on a drawn face."""

from __future__ import annotations

from exercises.schema import Exercise
from mirrorcoach.live.actions import Key
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.demonstration import demonstration, movements
from mirrorcoach.live.drawn_face import Mark
from mirrorcoach.live.line_face import LineFace
from mirrorcoach.live.shapes import Box


def draw_face(
    canvas: Canvas,
    box: Box,
    exercise: Exercise | None = None,
    now_s: float = 0.0,
    step: int | None = None,
    mark: Mark | None = None,
) -> None:
    """Draw a face as large as a box allows, doing an exercise if one is given.

    Parameters
    ----------
    canvas : Canvas
        Of the present frame.
    box : Box
        Where.
    exercise : Exercise, optional
        What it shows; without one it is calm.
    now_s : float
        Seconds since it was first shown.
    step : int, optional
        The guided step that is said just now, from 1.
    mark : Mark, optional
        Where movement came along unasked.
    """
    faces = canvas.made("line face", lambda: LineFace(canvas.theme))
    size_px = max(8, round(min(box.w, box.h) * canvas.fit.scale))
    if exercise is None:
        canvas.picture(faces.surface(size_px, mark=mark), box)
        return
    still = canvas.look.less_motion
    pose = demonstration(exercise, now_s, step=step, less_motion=still)
    canvas.picture(faces.surface(size_px, pose.movement, pose.share, mark=mark), box)


def has_movement(exercise: Exercise | None) -> bool:
    """Whether there is anything to show of an exercise."""
    return exercise is not None and bool(movements(exercise))


def draw_tile(canvas: Canvas, box: Box, exercise: Exercise, now_s: float, step: int | None) -> None:
    """Draw the tile; pressing it hides it."""
    style = canvas.styles.body_bold if not canvas.compact else canvas.styles.label_bold
    label = canvas.texts("practice.like_this")
    canvas.card(box, 24)
    canvas.touch(box, Key.DEMONSTRATION, "d", 24)
    room = box.w - 12
    words_h = canvas.text_height(label, style, room)
    size = min(box.w - 8, box.h - words_h - 10)
    face = Box(box.middle[0] - size / 2, box.y + 4, size, size)
    draw_face(canvas, face, exercise, now_s, step)
    y = (face.bottom + box.bottom) / 2 - words_h / 2
    canvas.paragraph(label, box.middle[0], y, style, canvas.theme.ink, room, "centre")


def draw_tile_button(canvas: Canvas, box: Box) -> None:
    """Draw the button that brings the tile back."""
    label, hint = canvas.texts("practice.like_this"), canvas.texts("practice.key_demonstration")
    width = min(box.w, canvas.button_width(label, hint))
    height = canvas.button_height(label, width)
    place = Box(box.right - width, box.y, width, height)
    canvas.button(place, Key.DEMONSTRATION, label, kind="plain", key="d", hint=hint)
