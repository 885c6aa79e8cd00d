"""At the settings: what can be changed, and the pictures that were kept."""

from __future__ import annotations

from mirrorcoach.errors import StoreError
from mirrorcoach.live.actions import Action, Key, Press
from mirrorcoach.live.pictures_page import DELETE_ALL, PicturesPage
from mirrorcoach.live.settings_page import PICTURES, SettingsPage
from mirrorcoach.live.visit import Stay
from mirrorcoach.profile import Profile
from mirrorcoach.records.photographs import Photograph, Photographs


class Preferences(Stay):
    """A look at the settings.

    Parameters
    ----------
    settings : SettingsPage
        As the person is now.
    photographs : Photographs, optional
        The person's pictures, if anything is kept.
    """

    def __init__(self, settings: SettingsPage, photographs: Photographs | None) -> None:
        super().__init__(settings)
        self._settings, self._photographs = settings, photographs
        self._pictures = PicturesPage(())
        self._kept: list[Photograph] = []
        self._list()

    def heed(self, action: Action) -> Action | None:
        """Show and delete pictures; everything else concerns the application."""
        heard = self.page.heed(action)
        if heard == PICTURES:
            self._page = self._pictures
        elif heard is Key.BACK and self._page is self._pictures:
            self._page = self._settings
        elif isinstance(heard, Press) and heard.name == "look_at_picture":
            self._look(heard.value)
        elif isinstance(heard, Press) and heard.name == "delete_picture":
            self._delete(self._kept[_number(heard.value)])
        elif heard == DELETE_ALL:
            self._delete(None)
        else:
            return heard
        return None

    def changed(self, profile: Profile) -> None:
        """Show the new profile in the settings."""
        self._settings.profile = profile

    def _look(self, value: object) -> None:
        number = _number(value)
        try:
            self._pictures.look(number, self._kept[number].image())
        except StoreError as error:
            self._pictures.look(number, None, str(error))

    def _delete(self, one: Photograph | None) -> None:
        """Delete one picture or all of them; what is left is listed, and why, if it failed."""
        assert self._photographs is not None
        failure = ""
        try:
            if one is None:
                self._photographs.delete_all()
            else:
                self._photographs.delete(one)
        except StoreError as error:
            failure, self._page = str(error), self._pictures
        self._list(failure)

    def _list(self, failure: str = "") -> None:
        """Look what is there."""
        try:
            self._kept = [] if self._photographs is None else self._photographs.all()
        except StoreError as error:
            self._kept, failure = [], str(error)
        self._pictures.show([one.taken_at.astimezone() for one in self._kept], failure)
        self._settings.pictures = len(self._kept)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
