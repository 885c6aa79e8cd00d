"""What the application works with: who practises, where it is kept, and what is heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Any

from exercises import library
from exercises.schema import Words
from exercises.session import Event, PhaseBegan, Said
from mirrorcoach.errors import StoreError
from mirrorcoach.folders import data_folder
from mirrorcoach.live import texts
from mirrorcoach.live.saving_report import SavingReport
from mirrorcoach.live.sound import Sounds
from mirrorcoach.live.texts import Texts
from mirrorcoach.live.theme import THEMES, Look
from mirrorcoach.live.voice import Voice
from mirrorcoach.profile import Profile, Settings
from mirrorcoach.records.deleting import delete_all
from mirrorcoach.records.keeping import Keeping
from mirrorcoach.records.people import person_named
from mirrorcoach.records.place import Place
from mirrorcoach.records.practices import PracticeRecord
from mirrorcoach.records.store import Store

_HEARD = ("sounds", "voice", "volume_percent", "language")
"""Settings that need the tones and the voice made anew."""

_READING = ("language", "text_percent", "colours", "less_motion")
"""What stays when everything is deleted, for as long as the window is open: without it, somebody
could not read the page that comes next."""


class Desk:
    """Opens the store and the loudspeaker. Use it as a context manager.

    Parameters
    ----------
    keeps : bool
        Whether anything is kept at all.
    for_now : mapping
        Settings that hold for this run only.
    person : Profile, optional
        Who practises where nothing is kept, if anything is known of them.
    data : str, optional
        Where it is kept: a folder or an address; the data folder unless given.
    who : str, optional
        Name or number of who practises; not needed where there is one.

    Attributes
    ----------
    store : Store or None
        Open; None if nothing is kept.
    report : SavingReport or None
        That was asked for, until the person is told where it lies.

    Raises
    ------
    StoreError
        If what was kept cannot be read.
    UsageError
        If there is no such place or person, or several people practise and none was named.
    """

    def __init__(
        self,
        keeps: bool,
        for_now: Mapping[str, Any],
        person: Profile | None = None,
        *,
        data: str | None = None,
        who: str | None = None,
    ) -> None:
        self.store = _opened(data, who) if keeps else None
        self.report: SavingReport | None = None
        self._keepings: list[Keeping] = []
        self._kept = (person or Profile()) if self.store is None else self.store.profile()
        self._for_now = dict(for_now)
        self._sounds, self._voice = self._loudspeaker()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._voice.close()
        self._sounds.close()
        if self.store is None:
            return
        try:
            for one in self._keepings:
                if not one.settle():
                    raise StoreError(f"Part of the last practice is lost: {one.error}")
        finally:
            self.store.close()

    @property
    def place(self) -> str:
        """Where it is kept: the folder, or the server without any password."""
        place = Place(data_folder()) if self.store is None else self.store.place
        return str(place.folder if place.address is None else place)

    # -- who ----------------------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        """Who practises, as things are in this run."""
        profile = self._kept
        for name, value in self._for_now.items():
            profile = profile.with_setting(name, value)
        return profile

    @property
    def newcomer(self) -> bool:
        """Whether what everybody must know is still to be read."""
        return self.store is not None and not self._kept.informed

    @property
    def texts(self) -> Texts:
        """The window's words in the person's language."""
        return texts.load(self.profile.settings.language)

    @property
    def words(self) -> Words:
        """What is said during an exercise, in the person's language."""
        return library.words(self.profile.settings.language)

    @property
    def look(self) -> Look:
        """How the person wants the window to look."""
        settings = self.profile.settings
        return Look(THEMES[settings.colours], settings.text_percent, settings.less_motion)

    def change(self, name: str, value: object) -> None:
        """Change something of the person or of their settings, and keep it at once.

        Raises
        ------
        StoreError
            If it could not be kept; it holds all the same, for as long as the window is open.
        """
        before = self.profile.settings
        self._for_now.pop(name, None)
        if name in Settings.model_fields:
            self._kept = self._kept.with_setting(name, value)
        else:
            self._kept = self._kept.changed(**{name: value})
        after = self.profile.settings
        if any(getattr(before, one) != getattr(after, one) for one in _HEARD):
            self._voice.close()
            self._sounds.close()
            self._sounds, self._voice = self._loudspeaker()
        if self.store is not None:
            self.store.keep_profile(self._kept)

    def forget(self) -> None:
        """Delete everything that was kept, and begin as for somebody new who reads as before.

        Raises
        ------
        StoreError
            If something could not be deleted.
        """
        if self.store is None:
            return
        place = self.store.place
        self._keepings = []
        self.store.close()
        try:
            delete_all(place)
        finally:
            self.store = Store.open(place)
        readable = {name: getattr(self._kept.settings, name) for name in _READING}
        self._kept = Profile(settings=Settings(**readable))

    # -- what was done ------------------------------------------------------------------------

    def look_after(self, keeping: Keeping | None) -> None:
        """See to it that what a practice could not write is written later."""
        if keeping is not None:
            self._keepings.append(keeping)

    @property
    def practices(self) -> list[PracticeRecord]:
        """Every practice that was kept."""
        for one in self._keepings:
            one.settle()
        return [] if self.store is None else self.store.practices()

    def save_report(self) -> None:
        """Begin to write a report of the person, unless one is being written."""
        if self.store is not None and self.report is None:
            self.report = SavingReport(self.store.place, self.store.person, date.today())

    @property
    def minutes_today(self) -> float:
        """How long was practised today."""
        return 0.0 if self.store is None else self.store.practised_s(date.today()) / 60.0

    # -- what is heard ------------------------------------------------------------------------

    def sound(self, events: Sequence[Event]) -> None:
        """Play the tones of what happened, and speak its cues."""
        for event in events:
            if isinstance(event, PhaseBegan | Said) and event.tone is not None:
                self._sounds.play(event.tone)
            if isinstance(event, Said):
                self._voice.say(event.cue.spoken)

    def _loudspeaker(self) -> tuple[Sounds, Voice]:
        settings = self.profile.settings
        volume = settings.volume_percent
        return Sounds(settings.sounds, volume), Voice(settings.voice, settings.language, volume)


def _opened(data: str | None, who: str | None) -> Store:
    """The store, turned to who practises."""
    store = Store.open(Place.of(data))
    try:
        person = person_named(store.people(), who)
        if person is not None:
            store.turn_to(person.number)
    except BaseException:
        store.close()
        raise
    return store
