"""After a practice: how it went, and how the face feels."""

from __future__ import annotations

from datetime import datetime

from mirrorcoach.errors import StoreError
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.keep_picture_page import KEEP, KeepPicturePage
from mirrorcoach.live.lesson import Lesson
from mirrorcoach.live.replay_page import ReplayPage
from mirrorcoach.live.result_page import KEEP_PICTURE, REPLAY, ResultPage
from mirrorcoach.live.visit import Stay
from mirrorcoach.records.photographs import Photographs
from mirrorcoach.records.practices import FELT


class After(Stay):
    """A look at how a practice went.

    Parameters
    ----------
    lesson : Lesson
        One that is over.
    photographs : Photographs, optional
        Where a picture of today is kept, if there is one and it is asked for.
    """

    def __init__(self, lesson: Lesson, photographs: Photographs | None = None) -> None:
        self._result = ResultPage(
            lesson.outcome(),
            lesson.ending,
            replays=bool(lesson.unseen),
            picture="there" if photographs and lesson.picture is not None else None,
        )
        super().__init__(self._result)
        self._lesson, self._photographs = lesson, photographs
        self._seen_at = datetime.now().astimezone()

    @property
    def unkept(self) -> StoreError | None:
        """Why not all of the practice could be kept, if so."""
        return self._lesson.unkept

    def heed(self, action: Action) -> Action | None:
        """Keep how the face feels, or a picture; show once more what was only felt."""
        heard = self.page.heed(action)
        if heard == REPLAY and self._lesson.unseen is not None:
            self._page = ReplayPage(*self._lesson.unseen)
            return None
        if heard == KEEP_PICTURE and self._lesson.picture is not None:
            self._page = KeepPicturePage(self._lesson.picture)
            return None
        if heard == KEEP and isinstance(self._page, KeepPicturePage):
            self._keep(self._page)
            return None
        if heard is Key.BACK and self._page is not self._result:
            self._page = self._result
            return None
        if not (isinstance(heard, Press) and heard.name == "felt"):
            return heard
        self._lesson.felt(next(one for one in FELT if one == heard.value))
        return None

    def _keep(self, asking: KeepPicturePage) -> None:
        """Keep the picture that is in view; where that fails it is said, and can be tried again."""
        assert self._photographs is not None
        assert self._lesson.picture is not None
        try:
            self._photographs.keep(self._lesson.picture, self._seen_at)
        except StoreError as error:
            asking.failure = str(error)
        else:
            self._result.picture = "kept"
            self._page = self._result
