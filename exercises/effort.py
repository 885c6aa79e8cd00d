"""How a set goes: whether unwanted movement keeps coming along, and whether the movement fades."""

from __future__ import annotations

KEEPS_JOINING = 3
"""A set ends once unwanted movement came along in so many repetitions one after the other (stop the
set early if it keeps appearing: assembled from the sources of ``docs/clinical.md``; the number is
a proposal, unproven)."""

FADED_SHARE = 0.6
"""Below this share of the set's first movement it has faded, ..."""

FADED_REPETITIONS = 2
"""... which is told once it was seen so often running (unproven)."""


class Effort:
    """Judges the repetitions of one set after the other."""

    def __init__(self) -> None:
        self.begin_set()

    def begin_set(self) -> None:
        """Begin a set."""
        self._joined = self._faded = 0
        self._first: float | None = None
        self.begin()

    def begin(self) -> None:
        """Begin a repetition."""
        self._joins = False
        self._largest: float | None = None

    def see(self, fill: tuple[float, float] | None, joins: bool) -> None:
        """Take in a moment of the repetition.

        Parameters
        ----------
        fill : (float, float) or None
            How far each side has come, as a share of the target; None if it is not seen.
        joins : bool
            Whether something moves along unasked.
        """
        self._joins = self._joins or joins
        if fill is not None:
            self._largest = max(self._largest or 0.0, *fill)

    def end(self, eased: bool) -> None:
        """Judge the repetition; one that was not seen says nothing of its size.

        Parameters
        ----------
        eased : bool
            Whether a smaller movement was asked for in this set: to do less is no fading then.
        """
        self._joined = self._joined + 1 if self._joins else 0
        if self._largest is None:
            return
        if self._first is None:
            self._first = self._largest
        small = self._first >= FADED_SHARE and self._largest < FADED_SHARE * self._first
        self._faded = self._faded + 1 if small and not eased else 0

    def made_smaller(self) -> None:
        """Forget how large movements were: the target they were shares of has become smaller."""
        self._first, self._faded = None, 0

    @property
    def keeps_joining(self) -> bool:
        """Whether unwanted movement came along in each of the last `KEEPS_JOINING` repetitions."""
        return self._joined >= KEEPS_JOINING

    @property
    def fades(self) -> bool:
        """Whether the last movements became much smaller than the set's first, and unasked."""
        return self._faded >= FADED_REPETITIONS
