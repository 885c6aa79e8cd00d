"""After a practice: how it went, and how the face feels."""

from __future__ import annotations

from mirrorcoach.live.actions import Action, Press
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.result_page import ResultPage
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
        super().__init__(ResultPage(lesson.outcome(), lesson.ending))
        self._lesson = lesson

    def heed(self, action: Action) -> Action | None:
        """Keep how the face feels."""
        heard = self.page.heed(action)
        if not (isinstance(heard, Press) and heard.name == "felt"):
            return heard
        self._lesson.felt(next(one for one in FELT if one == heard.value))
        return None
