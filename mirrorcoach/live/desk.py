"""What the application works with: who practises, where it is kept, and what is heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Any

from exercises import library
from exercises.events import Event, PhaseBegan, Said
from exercises.schema import Words
from mirrorcoach.errors import StoreError
from mirrorcoach.folders import data_folder
from mirrorcoach.live import texts
from mirrorcoach.live.saving_report import SavingReport
from mirrorcoach.live.sound import Sounds
from mirrorcoach.live.texts import Texts
from mirrorcoach.live.theme import THEMES, Look
from mirrorcoach.live.voice import Voice
from mirrorcoach.profile import Colours, Profile, Settings, system_language
from mirrorcoach.records.deleting import delete_all, delete_person
from mirrorcoach.records.keeping import Keeping
from mirrorcoach.records.people import person_named
from mirrorcoach.records.photographs import Photographs
from mirrorcoach.records.place import Place
from mirrorcoach.records.practices import Note, Person, PracticeRecord
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
    asks : bool
        Whether the window asks who practises, where several do and none was named.

    Attributes
    ----------
    store : Store or None
        Open; None if nothing is kept.
    undecided : bool
        Whether nobody was chosen yet of several: nothing is theirs and nothing is kept.
    report : SavingReport or None
        That was asked for, until the person is told where it lies.

    Raises
    ------
    StoreError
        If what was kept cannot be read.
    UsageError
        If there is no such place or person, or several people practise, none was named
        and the window does not ask.
    """

    def __init__(
        self,
        keeps: bool,
        for_now: Mapping[str, Any],
        person: Profile | None = None,
        *,
        data: str | None = None,
        who: str | None = None,
        asks: bool = False,
    ) -> None:
        self.store = _opened(data, who, asks) if keeps else None
        self.undecided = asks and who is None and len(self.people) > 1
        self._unanswered: int | None = None
        self.report: SavingReport | None = None
        self._keepings: list[Keeping] = []
        self._read: list[PracticeRecord] = []
        self._kept = (person or Profile()) if self.store is None else self.store.profile()
        if self.undecided:
            self._kept = _readable_by(self.people)
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
            self._take_back()
        finally:
            self.store.close()

    @property
    def place(self) -> str:
        """Where it is kept: the folder, or the server without any password."""
        place = Place(data_folder()) if self.store is None else self.store.place
        return str(place.folder if place.address is None else place)

    # -- who ----------------------------------------------------------------------------------

    @property
    def people(self) -> list[Person]:
        """Everybody who practises here."""
        return [] if self.store is None else self.store.people()

    @property
    def present(self) -> int | None:
        """Number of who practises; None as long as they are nobody in particular."""
        if self.store is None or self.undecided or not self.people:
            return None
        return self.store.person

    def turn_to(self, number: int) -> None:
        """Turn to another person: from now on all that is read and kept is theirs.

        Raises
        ------
        StoreError
            If they were deleted meanwhile, or something of the present person's practice could
            not be written yet and would become theirs.
        """
        assert self.store is not None
        self._settle()
        found = next((one for one in self.people if one.number == number), None)
        if found is None:
            raise StoreError(
                f"Nobody has the number {number} any more: they were deleted in another window of "
                "mirrorcoach. Choose somebody else."
            )
        if number != self._unanswered:
            self._take_back()
        self.store.turn_to(number)
        self._become(found.profile)

    def begin_anew(self) -> None:
        """Turn to somebody new, who reads as before; of one who answers nothing, nothing stays.

        Raises
        ------
        StoreError
            If they cannot be kept, or as for `turn_to`.
        """
        assert self.store is not None
        self._settle()
        self._take_back()
        profile = _newcomer(self._kept)
        number = self.store.add(profile)
        self.store.turn_to(number)
        self._become(profile)
        self._unanswered = number

    def step_aside(self) -> None:
        """Be nobody in particular, until somebody is chosen.

        Raises
        ------
        StoreError
            As for `turn_to`.
        """
        self._settle()
        self._take_back()
        self._become(_readable_by(self.people), undecided=True)

    def _settle(self) -> None:
        """See that no practice waits that would be begun for somebody else."""
        for one in self._keepings:
            if not one.settle() and one.number is None:
                raise StoreError(
                    "What was practised last is not written down yet, so nobody else can begin: "
                    f"{one.error}"
                )

    def _take_back(self) -> None:
        """Forget somebody new who answered nothing."""
        if self.store is not None and self._unanswered is not None:
            self.store.remove(self._unanswered)
        self._unanswered = None

    def _become(self, profile: Profile, undecided: bool = False) -> None:
        self._kept, self.undecided = profile, undecided
        self._unanswered = self.report = None
        self._read = []
        self._hear_anew()

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
            self._hear_anew()
        if self.store is not None and not self.undecided:
            self._unanswered = None
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
        self._become(_newcomer(self._kept))

    def forget_me(self) -> None:
        """Delete what was kept of the present person; then they are nobody in particular.

        Raises
        ------
        StoreError
            If something could not be deleted.
        """
        assert self.store is not None
        number, own = self.store.person, {one.number for one in self.store.practices()}
        waiting = [one for one in self._keepings if not one.settle()]
        self._keepings = [one for one in waiting if one.number not in {None, *own}]
        whole = delete_person(self.store, number)
        people = self.people
        self._become(_readable_by(people) if people else _newcomer(self._kept), bool(people))
        if not whole:
            raise StoreError(
                "It is deleted, but another window of mirrorcoach is open, so that what was "
                f"deleted may still stand in the files beside {self.place}. Close it: they go "
                "with it."
            )

    # -- what was done ------------------------------------------------------------------------

    def look_after(self, keeping: Keeping | None) -> None:
        """See to it that what a practice could not write is written later."""
        if keeping is not None:
            self._keepings.append(keeping)

    @property
    def photographs(self) -> Photographs | None:
        """The person's pictures; None if nothing is kept."""
        if self.store is None:
            return None
        return Photographs(self.store.place.folder, self.store.person)

    @property
    def practices(self) -> list[PracticeRecord]:
        """Every practice that was kept."""
        for one in self._keepings:
            one.settle()
        if self.store is None or self.undecided:
            return []
        self._read = self.store.practices(self._read)
        return list(self._read)

    @property
    def notes(self) -> list[Note]:
        """What was noted about the person."""
        return [] if self.store is None or self.undecided else self.store.notes()

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

    def _hear_anew(self) -> None:
        self._voice.close()
        self._sounds.close()
        self._sounds, self._voice = self._loudspeaker()

    def _loudspeaker(self) -> tuple[Sounds, Voice]:
        settings = self.profile.settings
        volume = settings.volume_percent
        return Sounds(settings.sounds, volume), Voice(settings.voice, settings.language, volume)


def _newcomer(before: Profile) -> Profile:
    """Somebody new who sits at the same screen."""
    readable = {name: getattr(before.settings, name) for name in _READING}
    return Profile(settings=Settings(**readable))


def _readable_by(people: Sequence[Person]) -> Profile:
    """Nobody in particular: what all of them can read, whoever comes."""
    settings = [one.profile.settings for one in people]
    languages, colours = {one.language for one in settings}, {one.colours for one in settings}
    contrast: Colours = "high_contrast" if "high_contrast" in colours else "light"
    return Profile(
        settings=Settings(
            language=languages.pop() if len(languages) == 1 else system_language(),
            colours=colours.pop() if len(colours) == 1 else contrast,
            text_percent=max((one.text_percent for one in settings), default=100),
            less_motion=any(one.less_motion for one in settings),
        )
    )


def _opened(data: str | None, who: str | None, asks: bool) -> Store:
    """The store, turned to who practises; to anybody where the window asks."""
    store = Store.open(Place.of(data))
    try:
        people = store.people()
        if asks and who is None and len(people) > 1:
            return store
        person = person_named(people, who)
        if person is not None:
            store.turn_to(person.number)
    except BaseException:
        store.close()
        raise
    return store
