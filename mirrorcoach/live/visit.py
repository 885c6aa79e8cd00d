"""Being on a page: what it is fed from frame to frame, and what is done there at once."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from mirrorcoach.live.actions import Action
from mirrorcoach.live.page import Page
from mirrorcoach.profile import Profile


class Visit(Protocol):
    """One stay on a page.

    Attributes
    ----------
    measures : bool
        Whether pictures come, so that each is to be shown as soon as it is there.
    """

    measures: bool

    @property
    def page(self) -> Page:
        """What the window shows."""
        ...

    def follow(self) -> Action | None:
        """See what has happened since the last frame; give back what follows from it."""
        ...

    def heed(self, action: Action) -> Action | None:
        """Do what was asked for; give back what concerns the whole application."""
        ...

    def changed(self, profile: Profile) -> None:
        """Take in that the person changed something."""
        ...


@runtime_checkable
class OfSomebody(Protocol):
    """A page that shows what a person said of themselves."""

    profile: Profile


class Stay:
    """A page on which nothing happens by itself."""

    measures = False

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def page(self) -> Page:
        """What the window shows."""
        return self._page

    def follow(self) -> Action | None:
        """Nothing happens."""
        return None

    def heed(self, action: Action) -> Action | None:
        """Leave it to the page."""
        return self.page.heed(action)

    def changed(self, profile: Profile) -> None:
        """Show the new profile where the page shows one."""
        if isinstance(self._page, OfSomebody):
            self._page.profile = profile
