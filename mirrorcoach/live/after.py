"""After a practice: how it went, and how the face feels."""

from __future__ import annotations

from mirrorcoach.errors import StoreError
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.replay_page import ReplayPage
from mirrorcoach.live.result_page import REPLAY, ResultPage
from mirrorcoach.live.visit import Stay
from mirrorcoach.records.practices import FELT


class After(Stay):
    """A look at how a practice went.

    Parameters
    ----------
    lesson : Lesson
        One that is over.
    """

    def __init__(self, lesson: Lesson) -> None:
        self._result = ResultPage(lesson.outcome(), lesson.ending, replays=bool(lesson.unseen))
        super().__init__(self._result)
        self._lesson = lesson

    @property
    def unkept(self) -> StoreError | None:
        """Why not all of the practice could be kept, if so."""
        return self._lesson.unkept

    def heed(self, action: Action) -> Action | None:
        """Keep how the face feels, or show once more what was only felt."""
        heard = self.page.heed(action)
        if heard == REPLAY and self._lesson.unseen is not None:
            self._page = ReplayPage(*self._lesson.unseen)
            return None
        if heard is Key.BACK and self._page is not self._result:
            self._page = self._result
            return None
        if not (isinstance(heard, Press) and heard.name == "felt"):
            return heard
        self._lesson.felt(next(one for one in FELT if one == heard.value))
        return None
