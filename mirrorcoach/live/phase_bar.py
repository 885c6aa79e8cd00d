"""How far a movement has come: rise, hold and let go as three bars."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.events import MOVING, Phase, Snapshot
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.shapes import Fill, Tube

GAP = 10.0

_PARTS = ((Phase.RISE, "rise"), (Phase.HOLD, "hold"), (Phase.LET_GO, "let_go"))


def bar_height(canvas: Canvas) -> float:
    """Height of the bars: 6 at the usual size of text, 10 at the largest."""
    return 6 + 4 * (canvas.look.text_percent - 100) / 100


def draw_phases(
    canvas: Canvas, snapshot: Snapshot, x: float, y: float, width: float, words_y: float | None
) -> None:
    """Draw the bars, and their words if there is room.

    Parameters
    ----------
    snapshot : Snapshot
        With the exercise whose seconds are drawn.
    x, y, width : float
        Left, top and width of the bars.
    words_y : float or None
        Top of the line of words; None for none.
    """
    theme, styles = canvas.theme, canvas.styles
    assert snapshot.exercise is not None
    dose = snapshot.exercise.dose
    seconds = (dose.rise_s, dose.hold_s, dose.let_go_s)
    words = [canvas.texts(f"practice.{name}") for _, name in _PARTS]
    least = [canvas.type.width(word, styles.label_bold) + 4 for word in words]
    height = bar_height(canvas)
    for (phase, _), word, part_w in zip(
        _PARTS, words, shared_out(width - 2 * GAP, seconds, least), strict=True
    ):
        now = snapshot.phase is phase
        done = snapshot.phase in MOVING and MOVING.index(snapshot.phase) > MOVING.index(phase)
        share = 1.0 if done else snapshot.progress if now else 0.0
        bar = _bar(canvas, x, y, part_w, height)
        bar.draw(canvas.target, [Fill(share, height, theme.primary)] if share else [])
        if words_y is not None:
            style, ink = (styles.label_bold, theme.ink) if now else (styles.label, theme.ink2)
            canvas.text(word, x + part_w / 2, words_y, style, ink, part_w, "centre")
        x += part_w + GAP


def shared_out(width: float, seconds: Sequence[float], least: Sequence[float]) -> list[float]:
    """Divide a width by time, leaving each part wide enough for its word.

    Parameters
    ----------
    width : float
        Of all parts.
    seconds : sequence of float
        Length of each.
    least : sequence of float
        Width of each word; all of them together fit.
    """
    extra = [
        max(0.0, width * part / sum(seconds) - word)
        for part, word in zip(seconds, least, strict=True)
    ]
    spare, total = width - sum(least), sum(extra) or 1.0
    return [word + spare * part / total for word, part in zip(least, extra, strict=True)]


def _bar(canvas: Canvas, x: float, y: float, width: float, height: float) -> Tube:
    theme = canvas.theme
    middle = y + height / 2
    ends = [(x + height / 2, middle), (x + width - height / 2, middle)]
    border = (1.5, theme.edge) if theme.dark else None
    return canvas.made(
        ("phase bar", x, y, width),
        lambda: Tube(canvas.fit, ends, height, theme.sunk, border=border),
    )
