"""After a practice: how it went, and how the face feels."""

from __future__ import annotations

from mirrorcoach.live.actions import Action, Press
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.result_page import ResultPage
from mirrorcoach.live.visit import Stay


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
        if isinstance(heard, Press) and heard.name == "felt":
            self._lesson.felt(str(heard.value))
            return None
        return heard
