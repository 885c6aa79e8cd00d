"""What to say now: chosen from what the face is doing, one thing at a time, never for more.

When another muscle joins in, the loop of bellspalsy.ws is led: ease back, stay there, let it
soften, go on.
"""

from __future__ import annotations

from exercises.cues import ADVICE_APART_S, ADVICE_STAYS_S, CueId, Tone
from exercises.manner import COMFORTABLE
from exercises.schema import Exercise
from exercises.watch import Watch, is_together

AHEAD = 0.3
"""One side leading the other by this share of the target is asked to wait, ..."""

AHEAD_AFTER_S = 1.0
"""... once it has led for so long."""

UP_SHARES = (0.1, 0.85)
"""Between these shares of the target a rise is timed; ..."""

QUICK_SHARE = 0.2
"""... one that takes less than this share of the time that was asked for is too quick."""

STILL_SHARE = 0.1
"""Below this share of the target nothing was seen to move."""

CORRECTIONS: frozenset[CueId] = frozenset(
    (
        *("left_waits", "right_waits", "ends_together", "eye_narrows", "mouth_moves"),
        *("other_moves", "freeze", "smaller", "slower"),
    )
)
"""Advice that asks for something to change; the rest only tells of what is well."""

EASES: frozenset[CueId] = frozenset(("eye_narrows", "mouth_moves", "other_moves", "smaller"))
"""Advice after which a movement is meant to become smaller."""


def tone_of(cue: CueId | None) -> Tone | None:
    """The sound of a piece of advice; None for what a phase's own tone has announced."""
    if cue in CORRECTIONS:
        return "comes_along"
    tones: dict[CueId | None, Tone] = {"together": "together", "go_on": "hold"}
    return tones.get(cue)


class Coach:
    """Follows one repetition after the other and chooses what to say.

    Attributes
    ----------
    eased : bool
        Whether a smaller movement has been asked for since the set began.
    """

    def __init__(self) -> None:
        self.eased = False
        self._corrected_s = float("-inf")
        self._told: set[CueId] = set()
        self._said: CueId | None = None
        self._said_s = float("-inf")
        self._even_s = self._small_s = 0.0
        self._left_rest_s: float | None = None
        self._arrived = False

    def begin_set(self) -> None:
        """A new exercise begins."""
        self.eased = False

    def begin(self, now_s: float) -> None:
        """A new repetition begins."""
        self._told = set()
        self._said = None
        self._even_s = self._small_s = now_s
        self._left_rest_s, self._arrived = None, False

    def advise(
        self, now_s: float, exercise: Exercise, watch: Watch, *, holding: bool, letting_go: bool
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
        """
        cue = self._next(now_s, exercise, watch, holding, letting_go)
        if cue is None or now_s - self._said_s < ADVICE_STAYS_S:
            return None
        follows = cue in ("freeze", "go_on")
        if cue in CORRECTIONS and not follows and now_s - self._corrected_s < ADVICE_APART_S:
            return None
        if cue in CORRECTIONS:
            self._corrected_s = now_s
        self.eased = self.eased or cue in EASES
        self._told.add(cue)
        self._said, self._said_s = cue, now_s
        return cue

    def _next(
        self, now_s: float, exercise: Exercise, watch: Watch, holding: bool, letting_go: bool
    ) -> CueId | None:
        fill = watch.fill
        unhurried = self._unhurried(now_s, fill, exercise) if not letting_go else True
        if letting_go:
            return None if exercise.eyes_closed else self._release(now_s, fill)
        if watch.quiet is not None:
            return self._loop(exercise, watch)
        if self._said in ("eye_narrows", "mouth_moves", "other_moves", "freeze"):
            return "go_on"
        if fill is None or exercise.eyes_closed:
            return None
        if max(fill) <= COMFORTABLE[1]:
            self._small_s = now_s
        if now_s - self._small_s >= AHEAD_AFTER_S:
            return self._once("smaller")
        if not unhurried:
            return self._once("slower")
        if is_together(fill):
            return self._once("together")
        ahead = self._ahead(now_s, fill)
        if ahead is not None:
            return ahead
        if holding and max(fill) < STILL_SHARE and "together" not in self._told:
            return self._once("no_movement")
        return None

    def _loop(self, exercise: Exercise, watch: Watch) -> CueId | None:
        """What joins in is eased first; then the movement waits until it has softened."""
        assert watch.quiet is not None
        if self._said in ("eye_narrows", "mouth_moves", "other_moves", "freeze"):
            return "freeze" if self._said != "freeze" else None
        if watch.quiet.region == "eye":
            return "eye_narrows"
        return "mouth_moves" if exercise.eyes_closed else "other_moves"

    def _once(self, cue: CueId) -> CueId | None:
        """A cue, unless it was given in this repetition."""
        return None if cue in self._told else cue

    def _unhurried(
        self, now_s: float, fill: tuple[float, float] | None, exercise: Exercise
    ) -> bool:
        """Whether the rise took its time; True until it has arrived, and once that was judged."""
        if fill is None or self._arrived:
            return True
        low, high = UP_SHARES
        if max(fill) < low:
            self._left_rest_s = None
        elif self._left_rest_s is None:
            self._left_rest_s = now_s
        if max(fill) < high or self._left_rest_s is None:
            return True
        self._arrived = True
        return now_s - self._left_rest_s >= QUICK_SHARE * exercise.dose.rise_s

    def _ahead(self, now_s: float, fill: tuple[float, float]) -> CueId | None:
        """The strong side waits for the other."""
        if max(fill) < 0.5 or abs(fill[0] - fill[1]) < AHEAD:
            self._even_s = now_s
        elif now_s - self._even_s >= AHEAD_AFTER_S:
            return "left_waits" if fill[0] > fill[1] else "right_waits"
        return None

    def _release(self, now_s: float, fill: tuple[float, float] | None) -> CueId | None:
        """Both sides come back together."""
        if fill is None or abs(fill[0] - fill[1]) < AHEAD or min(fill) > AHEAD:
            self._even_s = now_s
        elif now_s - self._even_s >= AHEAD_AFTER_S:
            return self._once("ends_together")
        return None
