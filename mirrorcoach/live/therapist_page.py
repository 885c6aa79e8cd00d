"""The therapist's view: mirror, both sides' courses, and the numbers of a frozen moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from exercises.schema import Exercise
from exercises.watch import QuietMark
from landmarks.meter import Reading
from landmarks.regions import REGIONS, SIDES, Region, Side
from landmarks.rest import Rest
from mirrorcoach.capture.steady import WaitingKind
from mirrorcoach.live.actions import Action, Go, Key, Press
from mirrorcoach.live.both_halves import BothHalves
from mirrorcoach.live.canvas import Canvas, Kind
from mirrorcoach.live.column import BAR_W, Block, Column
from mirrorcoach.live.even_face import EvenFace
from mirrorcoach.live.figures import Figures
from mirrorcoach.live.figures_card import REGION, FiguresCard, FirstDay
from mirrorcoach.live.framed_picture import FramedPicture
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.mirror import Mirror
from mirrorcoach.live.movement_list import CLOSE, MovementList
from mirrorcoach.live.notes_sheet import CLOSE as CLOSE_NOTES
from mirrorcoach.live.notes_sheet import NotesSheet
from mirrorcoach.live.overlay import quiet_mark
from mirrorcoach.live.plot import Plot
from mirrorcoach.live.pointing import draw_midline, draw_region, pointed_at
from mirrorcoach.live.recent import KEPT_S, Recent
from mirrorcoach.live.replay import Replay, last_repetition
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.trace import Trace, measure_for
from mirrorcoach.live.trace_card import BOTH, LINE, Part, Shown, TraceCard
from mirrorcoach.records.practices import Note

FREEZE, MARK, REPLAY = Press("freeze"), Press("mark"), Press("replay")
MOVEMENTS, NOTES, SWITCH = Press("movements"), Press("notes"), Press("switch")
BEGIN, END = Press("begin"), Press("end")
FACE = "face"
"""What pointing at the frozen face presses."""

STEP_S = 0.1
"""How far an arrow moves the line."""

SAME_MARK_S = 0.15
"""A mark so near to another takes it away."""

MIRROR, RADIUS = Box(40, 100, 600, 580), 48.0
TRACES, NUMBERS = Box(672, 100, 568, 320), Box(672, 440, 568, 240)

FACE_HEIGHT = 0.62
"""Nothing lies over this mirror's picture, so that the face may be larger than in practice."""

ROOMY_UP_TO = 100
"""Per cent of text size; larger numbers need a wider card than half the window."""

HALF_FACE_HEIGHT = 0.46
"""So that a whole face lies in half the width."""

View = Literal["mirror", "even", "halves", "others"]

_ICONS: dict[View, Icon] = {
    "mirror": "mirror",
    "even": "even_face",
    "halves": "halves",
    "others": "others",
}


@dataclass(frozen=True, eq=False)
class TherapistView:
    """One measured frame.

    Attributes
    ----------
    image : numpy.ndarray, shape (height, width, 3), uint8
        Blue, green, red; not mirrored.
    reading : Reading
        What it says.
    rest : Rest or None
        The person's rest, once it was seen.
    exercise : Exercise
        What is followed, and led if it is.
    name : str
        What it is called.
    cue : str
        What is said to the person now, while a repetition is led; else empty.
    """

    image: NDArray[np.uint8]
    reading: Reading
    rest: Rest | None
    exercise: Exercise
    name: str
    cue: str = ""


@dataclass(frozen=True)
class _Button:
    """A button before it has a place."""

    action: Action
    label: str
    key: str
    hint: str
    icon: Icon | None = None
    kind: Kind = "secondary"


class TherapistPage:
    """Shows what is measured, live and frozen.

    Gives back ``Go("home")``, ``Press("exercise", id)``, ``Press("begin")`` and ``Press("end")``.

    Parameters
    ----------
    choices : sequence of (str, str)
        Id and name of each exercise that can be followed.
    first_days : mapping of str to FirstDay
        How each exercise, by its id, went on the first day; those that are not known are left out.
    even_side : {"left", "right"}, optional
        The half that the even face shows twice; without it that view is left out.
    notes : sequence of Note
        About the person; where there are none, nothing speaks of them.

    Attributes
    ----------
    waiting : WaitingKind or None
        What is being waited for, while no pictures come.
    """

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        first_days: Mapping[str, FirstDay] | None = None,
        even_side: Side | None = None,
        notes: Sequence[Note] = (),
    ) -> None:
        self._choices, self._notes = tuple(choices), tuple(notes)
        self._first_days = dict(first_days or {})
        self.waiting: WaitingKind | None = None
        self._recent = Recent()
        self._mirror = Mirror(FACE_HEIGHT, 1.0)
        self._half_mirror = Mirror(HALF_FACE_HEIGHT, 1.0)
        self._views: tuple[View, ...] = ("mirror", "halves", "others")
        if even_side is not None:
            self._views = ("mirror", "even", "halves", "others")
        self._even = None if even_side is None else EvenFace(even_side)
        self._halves = BothHalves()
        self._view: View = "mirror"
        self._now: TherapistView | None = None
        self._region: Region | None = None
        self._line_s: float | None = None
        self._marks_s: list[float] = []
        self._replay: Replay | None = None
        self._card = TraceCard()
        self._column = Column()
        self._sheet: MovementList | NotesSheet | None = None
        self._mirror_only = False
        self._stacked = False
        self._points: NDArray[np.float64] | None = None
        self._face = Box(0, 0, 1, 1)
        self._traced: tuple[object, Trace | None] = (None, None)
        self._kept_image: tuple[float, NDArray[np.uint8]] | None = None

    # -- what comes in ------------------------------------------------------------------------

    def show(self, view: TherapistView) -> None:
        """Take in the next measured frame; a frozen page lets it pass.

        Parameters
        ----------
        view : TherapistView
            Each frame once, in order.
        """
        if self._now is not None and view.exercise.id != self._now.exercise.id:
            self._region = None
        self._now = view
        if self._line_s is None:
            self._recent.see(view.image, view.reading)
            self._marks_s = [one for one in self._marks_s if one >= self._recent.first_s]

    @property
    def frozen(self) -> bool:
        """Whether a moment is held still."""
        return self._line_s is not None

    def heed(self, action: Action) -> Action | None:
        """Do what concerns this page; give back the rest."""
        if self._sheet is not None:
            return self._heed_sheet(action)
        if isinstance(action, Press) and action.name in (LINE, FACE):
            self._heed_place(action)
        elif isinstance(action, Press) and action.name == "region":
            self._region = action.value if action.value in REGIONS else None
        elif action == FREEZE:
            self._go_on() if self.frozen else self._freeze()
        elif action == MARK:
            self._mark()
        elif action == REPLAY:
            self._play()
        elif action == REGION:
            self._step_region(1)
        elif action == MOVEMENTS:
            self._sheet = MovementList(self._choices, self._now.exercise.id if self._now else "")
        elif action == NOTES:
            self._sheet = NotesSheet(self._notes)
        elif action == SWITCH:
            self._mirror_only = not self._mirror_only
        elif action in (Key.VIEW, Press("view")):
            at = self._views.index(self._view)
            self._view = self._views[(at + 1) % len(self._views)]
        elif action in (Key.LEFT, Key.RIGHT) and self.frozen:
            self._move_line(STEP_S if action is Key.RIGHT else -STEP_S)
        elif self._stacked and self._column.heed(action):
            pass
        elif action in (Key.UP, Key.DOWN) and not self._stacked:
            self._step_region(1 if action is Key.DOWN else -1)
        elif action is Key.BACK:
            return Go("home")
        else:
            return action
        return None

    def _heed_sheet(self, action: Action) -> Action | None:
        assert self._sheet is not None
        answer = self._sheet.heed(action)
        if answer is None:
            return action if action in (Key.QUIT, Key.FULL_SCREEN) else None
        self._sheet = None
        return None if answer in (CLOSE, CLOSE_NOTES) else answer

    def _heed_place(self, action: Press) -> None:
        if not isinstance(action.value, tuple):
            return
        across, down = action.value
        if action.name == FACE:
            if self._points is not None and self.frozen:
                x = self._face.x + across * self._face.w
                y = self._face.y + down * self._face.h
                self._region = pointed_at(self._points, (x, y)) or self._region
            return
        if not self.frozen:
            self._freeze()
        self._replay = None
        start_s, end_s = self._window()
        self._put_line(start_s + across * (end_s - start_s))

    # -- the frozen moment --------------------------------------------------------------------

    def _freeze(self) -> None:
        if len(self._recent):
            self._line_s = self._recent.last_s

    def _go_on(self) -> None:
        """Begin anew: what happened meanwhile was not seen."""
        self._line_s, self._replay = None, None
        self._recent.forget()
        self._marks_s = []

    def _put_line(self, time_s: float) -> None:
        kept = self._recent.at(time_s)
        if kept is not None:
            self._line_s = kept.time_s

    def _move_line(self, by_s: float) -> None:
        self._replay = None
        assert self._line_s is not None
        before = self._line_s
        self._put_line(before + by_s)

    def _mark(self) -> None:
        at_s = self._recent.last_s if self._line_s is None else self._line_s
        near = [one for one in self._marks_s if abs(one - at_s) <= SAME_MARK_S]
        if near:
            self._marks_s = [one for one in self._marks_s if one not in near]
        elif len(self._recent):
            self._marks_s.append(at_s)

    def _play(self) -> None:
        trace = self._trace()
        span = None if trace is None else last_repetition(trace)
        if span is not None:
            if not self.frozen:
                self._freeze()
            self._replay = Replay.of(self._recent, span)

    def _step_region(self, step: int) -> None:
        region = self._followed
        self._region = REGIONS[(REGIONS.index(region) + step) % len(REGIONS)]

    @property
    def _followed(self) -> Region:
        """The region that the courses and numbers are of."""
        if self._region is not None:
            return self._region
        wanted = None if self._now is None else self._now.exercise.wanted
        return "mouth_corner" if wanted is None else wanted.region

    def _window(self) -> tuple[float, float]:
        """Times at the left and the right edge of the courses."""
        end_s = max(self._recent.last_s, self._recent.first_s + KEPT_S)
        if not self.frozen:
            end_s = self._recent.last_s
        return end_s - KEPT_S, end_s

    def _trace(self) -> Trace | None:
        if self._now is None or not len(self._recent):
            return None
        region, exercise, rest = self._followed, self._now.exercise, self._now.rest
        key = (len(self._recent), self._recent.last_s, region, exercise.id, rest is None)
        if self._traced[0] != key:
            measure = measure_for(region, exercise)
            self._traced = (key, Trace.of(self._recent.excerpt(), measure, rest, exercise))
        return self._traced[1]

    # -- drawing ------------------------------------------------------------------------------

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw one frame."""
        self._stacked = canvas.stacked or canvas.look.text_percent > ROOMY_UP_TO
        if self._replay is not None:
            self._put_line(self._replay.time_s(now_s))
            if self._replay.over(now_s):
                self._replay = None
        trace = self._trace()
        for number, region in enumerate(REGIONS, 1):
            canvas.key(str(number), Press("region", region))
        canvas.key("f", FREEZE)
        if self._notes:
            canvas.key("o", NOTES)
        if trace is not None and last_repetition(trace) is not None:
            canvas.key("p", REPLAY)
        if self._stacked:
            self._draw_stacked(canvas, trace, now_s)
        else:
            self._draw_roomy(canvas, trace, now_s)
        if self._sheet is not None:
            self._sheet.draw(canvas)

    def _draw_roomy(self, canvas: Canvas, trace: Trace | None, now_s: float) -> None:
        mark, leave = self._moment_buttons(canvas)
        buttons = [self._freeze_button(canvas), mark, *self._notes_button(canvas), leave]
        left = self._left_of(canvas, buttons, canvas.width - 40)
        self._draw_title(canvas, Box(40, 28, left - 52, 52))
        self._draw_from(canvas, buttons, left, 28)
        self._draw_mirror(canvas, MIRROR, now_s, 84)
        self._draw_on_mirror(canvas, MIRROR, trace)
        table = self._table(canvas, trace)
        height = max(NUMBERS.h, table.height(NUMBERS.w))
        whole = NUMBERS.bottom - TRACES.y
        traces = Box(TRACES.x, TRACES.y, TRACES.w, whole - height - 20)
        self._card.draw(canvas, traces, self._shown(canvas))
        table.draw(Box(NUMBERS.x, NUMBERS.bottom - height, NUMBERS.w, height))

    def _draw_stacked(self, canvas: Canvas, trace: Trace | None, now_s: float) -> None:
        """One column beside a smaller mirror, or in place of it in a small window."""
        margin = 24.0
        leave = self._moment_buttons(canvas)[-1]
        width = canvas.button_width(leave.label, leave.hint)
        height = canvas.button_height(leave.label, width)
        self._button(canvas, Box(canvas.width - margin - width, 16, width, height), leave)
        title = Box(margin, 16, canvas.width - 2 * margin - width - 12, height)
        end = self._draw_title(canvas, title)
        top = max(16 + height, end.bottom) + 12
        state, style = self._state(canvas), canvas.styles.body_bold
        room = title.right - end.right - 12
        if canvas.type.width(state, style) <= room:
            y = title.middle[1] - style.step / 2
            canvas.text(state, title.right - 8, y, style, canvas.theme.ink2, room, "right")
        elif not self.frozen:
            ink, x = canvas.theme.ink, title.x
            top = canvas.paragraph(state, x, top - 6, style, ink, canvas.width - 2 * x) + 8
        freeze, mark = self._freeze_button(canvas), self._moment_buttons(canvas)[0]
        see, *once = self._mirror_buttons(canvas, trace)
        notes = self._notes_button(canvas)
        buttons = [freeze, mark, *notes, see, *once]
        if canvas.compact:
            buttons = [freeze, self._switch_button(canvas)]
            buttons += [see, *notes] if self._mirror_only else [mark, *once]
            canvas.key("v", see.action)
        bottom = self._draw_row(canvas, buttons, margin)
        pane = Box(margin, top, canvas.width - 2 * margin, bottom - 12 - top)
        if canvas.compact and self._mirror_only:
            self._draw_mirror(canvas, pane.grown(-4), now_s, 0)
            return
        if not canvas.compact:
            mirror = Box(pane.x + 4, pane.y + 4, 0.32 * pane.w, pane.h - 8)
            self._draw_mirror(canvas, mirror, now_s, 0)
            x = mirror.right + 24
            pane = Box(x, pane.y, pane.right - x, pane.h)
        self._draw_column(canvas, pane, trace)

    def _draw_column(self, canvas: Canvas, pane: Box, trace: Trace | None) -> None:
        """Courses, and once they are frozen numbers below them; what is left is scrolled to."""
        shown, gap = self._shown(canvas), 14.0

        def courses(height: float, *parts: Part) -> Block:
            return Block(lambda w: height, lambda box: self._card.draw(canvas, box, shown, parts))

        if not self.frozen:
            self._column.draw(canvas, pane, [courses(pane.h, *BOTH)], gap)
            return
        table = self._table(canvas, trace)
        spare = pane.h - table.height(pane.w) - gap
        if spare >= TraceCard.least_height(canvas) + 60 and table.fits(pane.w, pane.h):
            blocks = [courses(spare, *BOTH), table.whole()]
            self._column.draw(canvas, pane, blocks, gap)
            return
        narrow, least = pane.w - BAR_W, TraceCard.least_height(canvas, ("moved",))
        spare = pane.h - table.height(narrow) - gap
        if spare >= least and table.fits(narrow, pane.h):
            blocks = [courses(spare, "moved"), table.whole(), courses(spare, "opening")]
        else:
            moved, *rows = table.rows()
            spare = pane.h - moved.height(narrow) - gap
            height = max(min(pane.h, least), spare)
            blocks = [courses(height, "moved"), moved, *rows, courses(height, "opening")]
        self._column.draw(canvas, pane, blocks, gap)

    def _table(self, canvas: Canvas, trace: Trace | None) -> FiguresCard:
        figures, first_day, now = None, None, self._now
        region = self._followed
        if now is not None and trace is not None and self._line_s is not None:
            figures = Figures.at(trace, self._line_s, now.rest, now.exercise)
        wanted = None if now is None else now.exercise.wanted
        if now is not None and wanted is not None and region == wanted.region:
            first_day = self._first_days.get(now.exercise.id)
        return FiguresCard(canvas, canvas.texts(f"therapist.region_{region}"), figures, first_day)

    def _shown(self, canvas: Canvas) -> Shown:
        wanted = None if self._now is None else self._now.exercise.wanted
        aims = wanted is not None and wanted.region == self._followed
        start_s, end_s = self._window()
        return Shown(
            trace=self._trace(),
            region=canvas.texts(f"therapist.region_{self._followed}"),
            target_mm=wanted.target_mm if wanted is not None and aims else None,
            start_s=start_s,
            end_s=end_s,
            line_s=self._line_s,
            marks_s=self._marks_s,
        )

    # -- buttons ------------------------------------------------------------------------------

    def _freeze_button(self, canvas: Canvas) -> _Button:
        texts = canvas.texts
        label = texts("therapist.go_on" if self.frozen else "therapist.freeze")
        icon: Icon = "play" if self.frozen else "freeze"
        return _Button(FREEZE, label, "enter", texts("therapist.key_f"), icon, "primary")

    def _moment_buttons(self, canvas: Canvas) -> list[_Button]:
        texts = canvas.texts
        return [
            _Button(MARK, texts("therapist.mark"), "m", texts("therapist.key_m")),
            _Button(Go("home"), texts("therapist.leave"), "escape", texts("common.key_escape")),
        ]

    def _notes_button(self, canvas: Canvas) -> list[_Button]:
        """The way to the notes, if there are any."""
        texts = canvas.texts
        button = _Button(NOTES, texts("therapist.notes"), "o", texts("therapist.key_o"))
        return [button] if self._notes else []

    def _switch_button(self, canvas: Canvas) -> _Button:
        """Between the mirror and what stands beside it in a larger window."""
        word = "numbers" if self._mirror_only else "mirror"
        key = canvas.texts("therapist.key_n")
        return _Button(SWITCH, canvas.texts(f"therapist.{word}"), "n", key)

    def _mirror_buttons(self, canvas: Canvas, trace: Trace | None) -> list[_Button]:
        """How the face is seen, and what can be done with a repetition."""
        texts = canvas.texts
        view = texts(f"therapist.view_{self._view}")
        icon = _ICONS[self._view]
        buttons = [_Button(Press("view"), view, "v", texts("therapist.key_v"), icon)]
        known = trace is not None and last_repetition(trace) is not None
        if self.frozen:
            if known:
                label = texts("therapist.replay")
                buttons.append(_Button(REPLAY, label, "p", texts("therapist.key_p"), "replay"))
        else:
            led = self._now is not None and bool(self._now.cue)
            label = texts("therapist.end" if led else "therapist.lead")
            action = END if led else BEGIN
            buttons.append(_Button(action, label, "g", texts("therapist.key_g")))
        return buttons

    def _button(self, canvas: Canvas, box: Box, one: _Button) -> None:
        canvas.button(
            box, one.action, one.label, kind=one.kind, key=one.key, hint=one.hint, icon=one.icon
        )

    def _draw_row(self, canvas: Canvas, buttons: Sequence[_Button], margin: float) -> float:
        """Draw buttons at the bottom in as few rows as they need; returns where they begin."""
        room, gap = canvas.width - 2 * margin, 12.0
        rows = _rows(canvas, buttons, room, gap)
        bare = [replace(one, hint="") for one in buttons]
        if len(rows) > len(fewer := _rows(canvas, bare, room, gap)):
            rows = fewer
        height = max(canvas.button_height(one.label, w, one.icon) for r in rows for one, w in r)
        top = canvas.height - 16 - len(rows) * (height + gap) + gap
        for number, row in enumerate(rows):
            x, y = margin, top + number * (height + gap)
            spare = (room - sum(w + gap for _, w in row) + gap) / len(row)
            for one, width in row:
                self._button(canvas, Box(x, y, width + spare, height), one)
                x += width + spare + gap
        return top

    def _draw_title(self, canvas: Canvas, box: Box) -> Box:
        """Draw the movement's name, which opens the list of movements; returns its place."""
        theme, styles = canvas.theme, canvas.styles
        title = canvas.texts("therapist.movements") if self._now is None else self._now.name
        hint = canvas.texts("therapist.key_e")
        arrow = 26.0 * min(1.5, canvas.look.text_percent / 100)
        room = box.w - arrow - 24
        style = styles.title
        if self._stacked or canvas.type.width(title, style) > room:
            style = styles.button
        lines = canvas.type.wrap(title, style, room)
        height = max(box.h, len(lines) * style.step + 8)
        width = max(canvas.type.width(line, style) for line in lines)
        place = Box(box.x - 8, box.y, width + arrow + 32, height)
        ink = theme.primary if canvas.is_over(place) else theme.ink
        canvas.touch(place, MOVEMENTS, "e")
        y = place.middle[1] - len(lines) * style.step / 2
        for line in lines:
            canvas.text(line, box.x, y, style, ink, room)
            y += style.step
        canvas.icon("down", (box.x + width + 12 + arrow / 2, place.middle[1]), arrow, ink)
        right = place.right + 12
        if not self._stacked and right + 40 <= box.right:
            canvas.key_hint(hint, right + 24, place.middle[1], theme.ink2)
        return place

    # -- the mirror ---------------------------------------------------------------------------

    def _draw_mirror(self, canvas: Canvas, box: Box, now_s: float, below: float) -> None:
        """Draw the face; `below` is left free of pointing for what lies over its lower end."""
        image, points_px = self._seen()
        points = None
        if image is None or self._view != "halves":
            points = self._draw_one(canvas, box, image, points_px, now_s)
        else:
            self._draw_halves(canvas, box, image, points_px, now_s)
        self._face = Box(box.x, box.y, box.w, box.h - below)
        self._points = points if self.frozen else None
        if self._points is not None:
            canvas.drag(self._face, FACE, radius=RADIUS)
        if not self._stacked:
            chip = Box(box.x + 16, box.y + 16, box.w - 32, 0)
            icon: Icon | None = "freeze" if self.frozen and self._replay is None else None
            self._draw_chip(canvas, chip, self._state(canvas), icon)

    def _seen(self) -> tuple[NDArray[np.uint8] | None, NDArray[np.float64] | None]:
        """The picture to show, and its mesh."""
        if self._line_s is None:
            if self._now is None:
                return None, None
            mesh = self._now.reading.mesh
            return self._now.image, None if mesh is None else mesh.points_px
        kept = self._recent.at(self._line_s)
        if kept is None:
            return None, None
        if self._kept_image is None or self._kept_image[0] != kept.time_s:
            self._kept_image = (kept.time_s, kept.image())
        return self._kept_image[1], kept.points_px

    def _draw_one(
        self,
        canvas: Canvas,
        box: Box,
        image: NDArray[np.uint8] | None,
        points_px: NDArray[np.float64] | None,
        now_s: float,
    ) -> NDArray[np.float64] | None:
        """Draw one picture; returns where the mesh lies on the canvas, if it is the person's."""
        glass = self._glass(canvas, box, min(RADIUS, box.w / 4))
        if image is None:
            glass.draw(canvas, None)
            return None
        if self._even is not None and self._view == "even" and points_px is not None:
            even = self._even.show(image, points_px)
            image = image if even is None else even
        shown = self._mirror.show(
            image,
            points_px,
            glass.size,
            now_s,
            not self.frozen,
            mirrored=self._view != "others",
            glides=not canvas.look.less_motion,
        )
        if points_px is None or self._view == "even":
            glass.draw(canvas, shown)
            return None
        pixels = self._mirror.points(points_px)
        trace = self._trace()
        eye = None
        if trace is not None and self._line_s is not None:
            eye = trace.narrow_eye(self._line_s)
        if eye is not None:
            quiet_mark(shown, pixels, QuietMark("eye", eye), canvas.fit.scale, 1.0)
        glass.draw(canvas, shown)
        points: NDArray[np.float64] = pixels / canvas.fit.scale + np.array([box.x, box.y])
        if self.frozen:
            plot = Plot(canvas, box)
            draw_midline(plot, points)
            draw_region(plot, points, self._followed)
        return points

    def _draw_halves(
        self,
        canvas: Canvas,
        box: Box,
        image: NDArray[np.uint8],
        points_px: NDArray[np.float64] | None,
        now_s: float,
    ) -> None:
        """Draw the left half twice and the right half twice, beside each other."""
        both = None if points_px is None else self._halves.show(image, points_px)
        width = (box.w - 16) / 2
        below = 16.0 if self._stacked or not self._state(canvas) else 72.0
        for number, name in enumerate(SIDES):
            place = Box(box.x + number * (width + 16), box.y, width, box.h)
            glass = self._glass(canvas, place, 36)
            shown = None
            if both is not None:
                still = not self.frozen
                shown = self._half_mirror.show(
                    both[number],
                    points_px,
                    glass.size,
                    now_s,
                    still,
                    glides=not canvas.look.less_motion,
                )
            glass.draw(canvas, shown)
            if both is not None:
                chip = Box(place.x + 16, box.y + below, width - 32, 0)
                self._draw_chip(canvas, chip, self._half_name(canvas, name, chip.w - 40))
        if both is None:
            chip = Box(box.x + 16, box.y + below, box.w - 32, 0)
            self._draw_chip(canvas, chip, canvas.texts("therapist.no_halves"))

    @staticmethod
    def _half_name(canvas: Canvas, side: Side, room: float) -> str:
        """What a half is called in a line; nothing where there is no room: it is on its side."""
        for form in ("therapist.{}_half", "common.{}"):
            names = {one: canvas.texts(form.format(one)) for one in SIDES}
            style = canvas.styles.body_bold
            if all(canvas.type.width(name, style) <= room for name in names.values()):
                return names[side]
        return ""

    @staticmethod
    def _glass(canvas: Canvas, box: Box, radius: float) -> FramedPicture:
        return canvas.made(("therapist", box), lambda: FramedPicture(canvas, box, radius))

    def _draw_on_mirror(self, canvas: Canvas, box: Box, trace: Trace | None) -> None:
        """Draw the buttons that stand over the lower end of the mirror."""
        buttons = self._mirror_buttons(canvas, trace)
        left = self._left_of(canvas, buttons, box.right - 16)
        self._draw_from(canvas, buttons, left, box.bottom - 16 - 52)

    @staticmethod
    def _left_of(canvas: Canvas, buttons: Sequence[_Button], right: float) -> float:
        """Where buttons begin that end at a place."""
        widths = [canvas.button_width(one.label, one.hint, one.icon) for one in buttons]
        return right - sum(widths) - 12 * (len(widths) - 1)

    def _draw_from(
        self, canvas: Canvas, buttons: Sequence[_Button], left: float, top: float
    ) -> None:
        """Draw buttons beside each other."""
        for one in buttons:
            width = canvas.button_width(one.label, one.hint, one.icon)
            self._button(canvas, Box(left, top, width, 52), one)
            left += width + 12

    def _state(self, canvas: Canvas) -> str:
        """Which moment is shown, what is waited for, or what is said to the person."""
        texts = canvas.texts
        if self._line_s is None:
            if self.waiting is not None:
                return texts(f"pause.camera_{self.waiting}")
            return "" if self._now is None else self._now.cue
        if self._replay is not None:
            return texts("therapist.replaying")
        seconds = f"{self._line_s - self._window()[0]:.1f}"
        return texts("therapist.frozen", s=texts.decimal(seconds))

    def _draw_chip(self, canvas: Canvas, box: Box, text: str, icon: Icon | None = None) -> None:
        """Draw words on a picture, in as many lines as they need in the width of a box."""
        theme, style = canvas.theme, canvas.styles.body_bold
        if not text:
            return
        sign = 34.0 if icon else 0.0
        room = box.w - 40 - sign
        lines = canvas.type.wrap(text, style, room)
        # Numbers that change do not change the width.
        widest = max(canvas.type.width(_with_widest(line), style) for line in lines)
        chip = Box(box.x, box.y, widest + sign + 40, len(lines) * style.step + 18)
        border = theme.line if theme.outlined else None
        canvas.panel(chip, min(22.0, chip.h / 2), theme.surface, border)
        if icon:
            canvas.icon(icon, (chip.x + 32, chip.middle[1]), 22, theme.ink)
        canvas.paragraph(text, chip.x + 20 + sign, chip.y + 9, style, theme.ink, room)


def _rows(
    canvas: Canvas, buttons: Sequence[_Button], room: float, gap: float
) -> list[list[tuple[_Button, float]]]:
    """Buttons with their least widths, in as many rows as they need."""
    rows: list[list[tuple[_Button, float]]] = [[]]
    for one in buttons:
        width = min(room, canvas.button_width(one.label, one.hint, one.icon))
        if rows[-1] and sum(w + gap for _, w in rows[-1]) + width > room:
            rows.append([])
        rows[-1].append((one, width))
    return rows


def _with_widest(line: str) -> str:
    """The same line with the widest of its digits."""
    return "".join("0" if letter.isdigit() else letter for letter in line)
