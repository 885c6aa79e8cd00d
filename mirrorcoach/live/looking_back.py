"""Progress, and the report that is made of it."""

from __future__ import annotations

import webbrowser
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from mirrorcoach.errors import InputError, MirrorcoachError, NotMeasurableError
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.history_page import SAVE_REPORT, HistoryPage
from mirrorcoach.live.message_page import MessagePage, Way
from mirrorcoach.live.page import Page
from mirrorcoach.live.saving_report import SavingReport
from mirrorcoach.profile import Profile

OPEN = Press("open_report")


class LookingBack:
    """A stay on the page of progress; a :class:`~.visit.Visit`.

    Parameters
    ----------
    desk : Desk
        Who practises. A report that was asked for on an earlier stay is told of on this one.
    page : HistoryPage
        Theirs.
    """

    measures = False

    def __init__(self, desk: Desk, page: HistoryPage) -> None:
        self._desk, self._history = desk, page
        self._told: MessagePage | None = None
        self._path: Path | None = None
        self._opening: Future[bool] | None = None

    @property
    def page(self) -> Page:
        """Progress; in front of it, what became of the report."""
        return self._told or self._history

    def follow(self) -> Action | None:
        """See whether a report is written, and whether it could be opened."""
        report = self._desk.report
        if report is not None and report.done:
            self._desk.report = None
            self._told = self._tell(report)
        self._history.saving = self._desk.report is not None
        if self._opening is not None and self._opening.done():
            opened, self._opening = self._opening.result(), None
            if not opened and self._told is not None:
                self._told = self._message("no_browser", str(self._path))
        return None

    def heed(self, action: Action) -> Action | None:
        """Begin a report, open it, or go back to progress."""
        if self._told is None:
            heard = self._history.heed(action)
            if heard == SAVE_REPORT:
                self._desk.save_report()
                return None
            return heard
        heard = self._told.heed(action)
        if heard == Key.BACK:
            self._told = None
        elif heard == OPEN and self._path is not None:
            if self._opening is None:
                worker = ThreadPoolExecutor(1, "browser")  # some answer after seconds
                self._opening = worker.submit(webbrowser.open, self._path.absolute().as_uri())
                worker.shutdown(wait=False)
        else:
            return heard
        return None

    def changed(self, profile: Profile) -> None:
        """Nothing here depends on it."""

    def _tell(self, report: SavingReport) -> MessagePage:
        """Where it lies, or why there is none."""
        words = self._desk.texts
        try:
            self._path = report.path()
        except NotMeasurableError:
            return self._message("nothing")
        except InputError as error:
            why = error.__cause__
            reason = why.strerror if isinstance(why, OSError) and why.strerror else ""
            return self._message("not_saved", str(report.folder), reason)
        except MirrorcoachError as error:
            return self._message("not_made", reason=str(error))
        ways = [Way(words("history.report_open"), OPEN), Way(words("common.close"), Key.BACK)]
        return self._message("saved", str(self._path), ways=ways)

    def _message(
        self, what: str, path: str = "", reason: str = "", ways: list[Way] | None = None
    ) -> MessagePage:
        words = self._desk.texts
        text = words(f"history.report_{what}_how")
        return MessagePage(
            words(f"history.report_{what}"),
            f"{text}\n{reason}" if reason else text,
            ways or [Way(words("common.close"), Key.BACK)],
            path,
        )
