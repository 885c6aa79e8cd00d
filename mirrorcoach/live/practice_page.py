"""The page on which a person practises."""

from __future__ import annotations

from exercises.events import Phase, Snapshot
from exercises.watch import QuietMark
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.breath_rest import BreathRest, Coming
from mirrorcoach.live.breathing_ring import BreathingRing
from mirrorcoach.live.canvas import LEAST_BUTTON_H, Canvas
from mirrorcoach.live.column import Column
from mirrorcoach.live.cue_card import CueCard
from mirrorcoach.live.demonstration_tile import draw_tile, draw_tile_button, has_movement
from mirrorcoach.live.exercise_geometry import Geometry, geometry_of
from mirrorcoach.live.face_view import FaceView
from mirrorcoach.live.icons import Icon
from mirrorcoach.live.meter_arcs import MeterArcs
from mirrorcoach.live.motion import Fade
from mirrorcoach.live.name_corner import draw_corner
from mirrorcoach.live.pause_sheet import PauseSheet, Reason
from mirrorcoach.live.session_view import SessionView
from mirrorcoach.live.shapes import Box
from mirrorcoach.live.view_list import VIEWS, after, draw_view_button, draw_views
from mirrorcoach.profile import StandingView


class PracticePage:
    """Shows every moment of a practice; `show` gives it the next one before it is drawn.

    It gives back ``Press("pause")``, ``Press("go_on")``, ``Press("go_on_smaller")``,
    ``Press("rest")``, ``Press("end")`` and ``Press("answer", True | False | None)``.

    Parameters
    ----------
    view : StandingView
        What is shown of the face at first.

    Attributes
    ----------
    view : StandingView
        What is shown of the face now; it is kept for this practice alone.
    """

    def __init__(self, view: StandingView = "mirror") -> None:
        self.view: StandingView = view
        self._now: SessionView | None = None
        self._tile_turned = False
        self._face, self._arcs, self._ring = FaceView(), MeterArcs(), BreathingRing()
        self._card, self._sheet, self._rest = CueCard(), PauseSheet(), BreathRest()
        self._mark: QuietMark | None = None
        self._mark_fade = Fade(0.4, 0.6, 1.2)
        self._moved_along: QuietMark | None = None

    def show(self, view: SessionView) -> None:
        """Take the moment to draw next."""
        before, self._now = self._now, view
        snapshot = view.snapshot
        self._mark = snapshot.quiet or self._mark
        begins = snapshot.phase is Phase.RISE and snapshot.progress < 0.2
        if begins or (before is not None and view.name != before.name):
            self._moved_along = None
        self._moved_along = snapshot.quiet or self._moved_along

    @property
    def on_even_face(self) -> bool:
        """Whether one half is shown twice now, or is as soon as the head is straight."""
        view = self._now
        if view is None or view.healthy is None:
            return False
        return _shown(self.view, view) == "even_face"

    # -- pressing -----------------------------------------------------------------------------

    def heed(self, action: Action) -> Action | None:
        """Change what is shown; give back what the practice is to do."""
        if action is Key.VIEW:
            self.view = after(self.view)
        elif isinstance(action, Press) and action.name == "view":
            self.view = next(view for view in VIEWS if view == action.value)
        elif action is Key.DEMONSTRATION:
            self._tile_turned = not self._tile_turned
        elif action in (Key.SPACE, Key.BACK):
            return self._paused_or_not(action)
        elif not self._column.heed(action):
            return action
        return None

    @property
    def _column(self) -> Column:
        """What is scrolled now."""
        resting = self._now is not None and _rests(self._now.snapshot)
        return self._rest.column if resting else self._sheet.column

    def _paused_or_not(self, action: Action) -> Action | None:
        """Space pauses and goes on; Back pauses, and never leaves."""
        view = self._now
        if view is None or view.snapshot.phase is not Phase.PAUSED:
            return Press("pause")
        if action is not Key.SPACE:
            return None
        return Press("go_on") if _rests(view.snapshot) else self._reason(view).go_on

    # -- drawing ------------------------------------------------------------------------------

    def draw(self, canvas: Canvas, now_s: float) -> None:
        """Draw the present moment."""
        if self._now is None:
            return
        view, snapshot = self._now, self._now.snapshot
        geometry = geometry_of(canvas)
        heights = self._arcs.follow(snapshot, now_s)
        mark_share = self._mark_fade.follow(
            snapshot.quiet is not None, now_s, at_once=canvas.look.less_motion
        )
        paused = snapshot.phase is Phase.PAUSED
        if not paused:
            self._sheet.over(now_s)
        if _rests(snapshot):
            self._draw_rest(canvas, view, now_s)
            return
        self._rest.over()
        self._draw_round(canvas, geometry, snapshot, now_s)
        top = geometry.card.y
        mark = (self._mark, mark_share) if self._mark is not None and mark_share > 0 else None
        self._face.draw(canvas, geometry, view, _shown(self.view, view), mark, now_s, top)
        blind = view.camera == "none_found"
        self._draw_arcs(canvas, geometry, snapshot, heights, blind)
        signed = 0.0 if self.on_even_face else mark_share
        self._card.draw(canvas, geometry, view, signed, now_s)
        self._draw_left(canvas, geometry, view)
        self._draw_right(canvas, geometry, snapshot, now_s)
        if paused:
            self._sheet.draw(canvas, self._reason(view), now_s)

    def _draw_round(
        self, canvas: Canvas, geometry: Geometry, snapshot: Snapshot, now_s: float
    ) -> None:
        """Draw the ring of a movement, or the lines of a rest and of what is led through."""
        if _moves(snapshot):
            self._ring.draw(canvas, geometry, snapshot, now_s)
            return
        led = snapshot.phase in (Phase.REST, Phase.GUIDED)
        self._ring.draw_rest(canvas, geometry, snapshot.progress if led else 0.0)

    def _draw_arcs(
        self,
        canvas: Canvas,
        geometry: Geometry,
        snapshot: Snapshot,
        heights: tuple[float, float],
        blind: bool,
    ) -> None:
        """Draw the sides' arcs; where nobody looks at them, once after letting go.

        `blind` is a practice without any camera: an arc that never fills would mislead.
        """
        exercise = snapshot.exercise
        if exercise is None or exercise.wanted is None or not _moves(snapshot) or blind:
            return
        swapped = self.view == "as_others_see_me"
        unseen = self.view == "hidden" or exercise.eyes_closed
        if not unseen:
            self._arcs.draw(canvas, geometry, heights, swapped)
            return
        held = self._arcs.held
        if snapshot.phase is Phase.BETWEEN and held is not None:
            self._arcs.draw(canvas, geometry, held, swapped)

    def _draw_left(self, canvas: Canvas, geometry: Geometry, view: SessionView) -> None:
        """Draw the name with its set and beads, and the views."""
        texts, snapshot = canvas.texts, view.snapshot
        name, line = view.name, ""
        if snapshot.phase is Phase.REST:
            name = name if snapshot.set_number > 1 else texts("practice.quiet_start")
            line = texts("practice.rest_calm")
        elif snapshot.sets > 1:
            line = texts("practice.set", n=snapshot.set_number, sets=snapshot.sets)
        beads = (snapshot.repetition, snapshot.repetitions) if _moves(snapshot) else None
        y = draw_corner(canvas, geometry, name, line, beads)
        if snapshot.phase is Phase.ASKING or draw_views(canvas, geometry, self.view):
            return
        if geometry.view_button is None:
            x = geometry.name[0] - 16
            room = geometry.room_left_of_ring(x, y + 10 + LEAST_BUTTON_H)
            draw_view_button(canvas, x, y + 10, room, self.view)
        else:
            draw_view_button(canvas, *geometry.view_button, geometry.pause_room, self.view)

    def _draw_right(
        self, canvas: Canvas, geometry: Geometry, snapshot: Snapshot, now_s: float
    ) -> None:
        """Draw the pause button and the demonstration."""
        box = _draw_pause(canvas, geometry)
        exercise, tile = snapshot.exercise, geometry.demonstration
        if exercise is None or not has_movement(exercise):
            return
        if geometry.demonstration_first != self._tile_turned:
            draw_tile(canvas, tile, exercise, now_s, snapshot.step)
            return
        if geometry.view_button is None:
            top = tile.y if geometry.pause_below else box.bottom + 12
            draw_tile_button(canvas, Box(box.x, top, geometry.pause[0] - box.x, 60))

    def _draw_rest(self, canvas: Canvas, view: SessionView, now_s: float) -> None:
        """Draw the rest between two sets, or the one that was asked for."""
        snapshot = view.snapshot
        coming, progress = None, None
        if snapshot.coming is not None and view.coming is not None:
            words = view.coming
            coming = Coming(snapshot.coming, words.name, words.discourage or "")
        elif snapshot.exercise is not None:
            coming = Coming(snapshot.exercise, view.name, view.discourage)
        if snapshot.why != "rest":
            progress = snapshot.progress
        else:
            canvas.key("e", Press("end"))
        self._rest.draw(canvas, now_s, coming, progress)

    def _reason(self, view: SessionView) -> Reason:
        snapshot = view.snapshot
        return Reason(
            snapshot.why or "paused", snapshot.paused_by_itself, self._moved_along, view.camera
        )


def _shown(chosen: StandingView, view: SessionView) -> StandingView:
    """What is shown of the face: the even one for whoever watches it, if that can be."""
    exercise = view.snapshot.exercise
    watches = exercise is not None and exercise.on_even_face and view.healthy is not None
    return "even_face" if watches and chosen == "mirror" else chosen


def _rests(snapshot: Snapshot) -> bool:
    """Whether there is a rest between two sets, or one was asked for."""
    return snapshot.coming is not None or snapshot.why == "rest"


def _moves(snapshot: Snapshot) -> bool:
    """Whether a movement is being practised now."""
    exercise = snapshot.exercise
    return (
        exercise is not None
        and exercise.kind == "movement"
        and snapshot.phase not in (Phase.ASKING, Phase.REST, Phase.GUIDED)
    )


def _draw_pause(canvas: Canvas, geometry: Geometry) -> Box:
    """Draw the pause button; returns its place."""
    label, hint = canvas.texts("practice.pause"), canvas.texts("common.key_space")
    x, y = geometry.pause
    room = geometry.pause_room
    icon: Icon | None = "pause" if canvas.button_width(label, icon="pause") <= room else None
    width = min(room, canvas.button_width(label, hint, icon))
    height = canvas.button_height(label, width, icon)
    box = Box(x - width, y - height if geometry.pause_below else y, width, height)
    canvas.button(box, Press("pause"), label, key="space", hint=hint, icon=icon)
    return box
