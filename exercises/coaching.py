"""What to say now: chosen from what the face is doing, one thing at a time, never for more.

When another muscle joins in, the loop of bellspalsy.ws is led: ease back, stay there, let it
soften, go on.
"""

from __future__ import annotations

from exercises.cues import ADVICE_APART_S, ADVICE_STAYS_S, CueId, Tone
from exercises.manner import COMFORTABLE
from exercises.schema import Exercise
from exercises.watch import Watch, is_together
from landmarks.symmetry import LEAST_FLOOR_MM

AHEAD = 0.3
"""One side leading the other by this share of the target is asked to wait, ..."""

AHEAD_FROM = 0.5
"""... where the leading side has come at least this far, ..."""

AHEAD_AFTER_S = 1.0
"""... once it has led for so long."""

UP_SHARES = (0.1, 0.85)
"""Between these shares of the target a rise is timed; ..."""

QUICK_SHARE = 0.2
"""... one that takes less than this share of the time that was asked for is too quick."""

CORRECTIONS: frozenset[CueId] = frozenset(
    (
        *("left_waits", "right_waits", "ends_together", "eye_narrows", "mouth_moves"),
        *("other_moves", "freeze", "smaller", "slower"),
    )
)
"""Advice that asks for something to change; the rest only tells of what is well."""

JOINS: frozenset[CueId | None] = frozenset(("eye_narrows", "mouth_moves", "other_moves"))
"""Advice about movement that nobody asked for."""

_LOOP: frozenset[CueId | None] = JOINS | {"freeze"}

SEEN_ONLY: frozenset[CueId | None] = frozenset(
    (
        *("left_waits", "right_waits", "ends_together", "smaller", "slower"),
        *("together", "no_movement"),
    )
)
"""Advice that is of no use to closed eyes: lids are told by a camera as shut, not as how far."""

EASES: frozenset[CueId | None] = JOINS | {"smaller"}
"""Advice after which a movement is meant to become smaller."""


def tone_of(cue: CueId | None) -> Tone | None:
    """The sound of a piece of advice; None for what a phase's own tone has announced."""
    if cue in JOINS:
        return "comes_along"
    if cue in ("freeze", "go_on"):
        return "hold"
    if cue in CORRECTIONS:
        return "ease"
    return "together" if cue == "together" else None


class Coach:
    """Follows one repetition after the other and chooses what to say.

    Attributes
    ----------
    eased : bool
        Whether a smaller movement has been asked for since the set began.
    """

    def __init__(self) -> None:
        self.eased = False
        self._corrected_s = self._joined_s = self._said_s = float("-inf")
        self.begin(0.0)

    def begin_set(self) -> None:
        """A new exercise begins."""
        self.eased = False

    def begin(self, now_s: float) -> None:
        """A new repetition begins."""
        self._told: set[CueId] = set()
        self._said: CueId | None = None
        self._even_s = self._small_s = self._back_s = now_s
        self._left_rest_s: float | None = None
        self._moved = self._arrived = self._quick = False

    def follow(self, now_s: float, exercise: Exercise, fill: tuple[float, float] | None) -> None:
        """Take in a moment of a repetition.

        Parameters
        ----------
        now_s : float
            Its time.
        exercise : Exercise
            What is asked for.
        fill : (float, float) or None
            Movement of both sides as a share of the target; None while unknown.
        """
        if fill is None:
            return
        larger, apart = max(fill), abs(fill[0] - fill[1])
        assert exercise.wanted is not None
        self._moved = self._moved or larger * exercise.wanted.target_mm >= LEAST_FLOOR_MM
        if larger <= COMFORTABLE[1]:
            self._small_s = now_s
        if larger < AHEAD_FROM or apart < AHEAD:
            self._even_s = now_s
        if apart < AHEAD or min(fill) > AHEAD:
            self._back_s = now_s
        low, high = UP_SHARES
        if larger < low:
            self._left_rest_s = None
        elif self._left_rest_s is None:
            self._left_rest_s = now_s
        if larger >= high and self._left_rest_s is not None and not self._arrived:
            self._arrived = True
            self._quick = now_s - self._left_rest_s < QUICK_SHARE * exercise.dose.rise_s

    def advise(
        self,
        now_s: float,
        exercise: Exercise,
        watch: Watch,
        *,
        holding: bool,
        letting_go: bool,
        even_face: bool = False,
    ) -> CueId | None:
        """Choose what to say, if anything is worth saying and there is time to follow it.

        Parameters
        ----------
        now_s : float
            Time of what is seen.
        exercise : Exercise
            What is asked for.
        watch : Watch
            What is seen.
        holding, letting_go : bool
            Which part of the movement is asked for; neither is the rise.
        even_face : bool
            Whether one half is shown twice: to open eyes nothing is said of one side, or of what
            comes along, because it is not seen there.
        """
        cue: CueId | None = None
        if even_face and not exercise.eyes_closed:
            cue = None if letting_go else self._on_even_face(now_s, watch, holding)
        elif letting_go:
            cue = self._release(now_s, watch)
        else:
            cue = self._loop(exercise, watch)
            if cue is None and self._said not in _LOOP:
                cue = self._movement(now_s, watch, holding) or self._side_ahead(now_s, watch)
        if cue in SEEN_ONLY and exercise.eyes_closed:
            return None
        if cue is None or now_s - self._said_s < ADVICE_STAYS_S:
            return None
        # What joins in comes before all else: it waits for nothing but its own last time.
        last_s = self._joined_s if cue in JOINS else self._corrected_s
        follows = cue in ("freeze", "go_on")
        if cue in CORRECTIONS and not follows and now_s - last_s < ADVICE_APART_S:
            return None
        if cue in CORRECTIONS:
            self._corrected_s = now_s
        if cue in JOINS:
            self._joined_s = now_s
        self.eased = self.eased or cue in EASES
        self._told.add(cue)
        self._said, self._said_s = cue, now_s
        return cue

    def _loop(self, exercise: Exercise, watch: Watch) -> CueId | None:
        """What joins in is eased first; then the movement waits until it has softened."""
        if watch.quiet is None:
            return "go_on" if self._said in _LOOP else None
        if self._said in _LOOP:
            return None if self._said == "freeze" else "freeze"
        if watch.quiet.region == "eye":
            return "eye_narrows"
        return "mouth_moves" if exercise.eyes_closed else "other_moves"

    def _movement(self, now_s: float, watch: Watch, holding: bool) -> CueId | None:
        fill = watch.fill
        if fill is None:
            return None
        choice: tuple[tuple[CueId, bool], ...] = (
            ("smaller", now_s - self._small_s >= AHEAD_AFTER_S),
            ("slower", self._quick),
            ("together", is_together(fill)),
            ("no_movement", holding and not self._moved),
        )
        for cue, fits in choice:
            if fits and cue not in self._told:
                return cue
        return None

    def _side_ahead(self, now_s: float, watch: Watch) -> CueId | None:
        fill = watch.fill
        if fill is None or now_s - self._even_s < AHEAD_AFTER_S:
            return None
        return "left_waits" if fill[0] > fill[1] else "right_waits"

    def _on_even_face(self, now_s: float, watch: Watch, holding: bool) -> CueId | None:
        """What is of use to somebody who watches a face that moves evenly."""
        if "even_face" not in self._told:
            return "even_face"
        return self._movement(now_s, watch, holding)

    def _release(self, now_s: float, watch: Watch) -> CueId | None:
        """Both sides come back together."""
        late = watch.fill is not None and now_s - self._back_s >= AHEAD_AFTER_S
        return "ends_together" if late and "ends_together" not in self._told else None
