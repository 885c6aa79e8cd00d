"""Pages on which nothing is measured, made from what is known of the person at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import cast

from exercises import library
from exercises.programme import at_pace, one_exercise
from exercises.schema import Programme
from exercises.today import Today
from mirrorcoach.errors import StoreError
from mirrorcoach.live.actions import Go
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.first_start import FirstStartPage
from mirrorcoach.live.history_page import HistoryPage, Photograph
from mirrorcoach.live.home_page import HomePage, HomeView
from mirrorcoach.live.movements_page import MovementsPage
from mirrorcoach.live.page import Page
from mirrorcoach.live.safety_page import SafetyPage
from mirrorcoach.live.settings_page import SettingsPage
from mirrorcoach.live.who_page import WhoPage
from mirrorcoach.profile import programme_for
from mirrorcoach.programmes import find_programme
from mirrorcoach.records import history
from mirrorcoach.records.history import Verdict
from mirrorcoach.records.photographs import Photograph as Kept
from mirrorcoach.records.practices import PracticeRecord

ONE_EXERCISE = "exercise:"
"""What `Go.what` begins with when one exercise alone is to be tried."""

TWO_WEEKS = timedelta(days=14)
"""How the week went is told beside the week before it."""


def programme_of(desk: Desk) -> Programme:
    """What the person practises.

    Raises
    ------
    MirrorcoachError
        If it is a file that cannot be read.
    """
    return find_programme(programme_for(desk.profile))


def programme_named(desk: Desk, name: str) -> Programme:
    """What is to be practised now: the person's own unless another, or one exercise, is named.

    Raises
    ------
    MirrorcoachError
        If there is no such programme, or its file cannot be read.
    """
    if not name:
        return programme_of(desk)
    if name.startswith(ONE_EXERCISE):
        return one_exercise(library.exercises()[name.removeprefix(ONE_EXERCISE)])
    return find_programme(name)


def page(desk: Desk, go: Go) -> Page:
    """The page that somebody goes to."""
    if go.to == "who":
        return WhoPage(desk.people, desk.present)
    if go.to == "first_start":
        return first_start(desk)
    if go.to == "movements":
        return movements(desk, go.what)
    return home(desk)


def home(desk: Desk) -> Page:
    """The first page of every day."""
    now, practices = datetime.now(), desk.practices
    planned = at_pace(programme_of(desk), library.exercises(), desk.profile.settings.pace)
    catalogue = library.exercises()
    movements = {step.exercise for step in planned.steps if catalogue[step.exercise].kind != "rest"}
    return HomePage(
        HomeView(
            hour=now.hour,
            programme=programme_for(desk.profile),
            movements=len(movements),
            minutes=max(1, round(library.length_s(planned) / 60)),
            parts=history.parts_of_today(practices, now),
            practised=history.practised_on(practices, now.date()),
            name=desk.profile.name,
            back=history.is_back(practices, now.date()),
            week=week(practices, now.date()),
            enough=Today(desk.minutes_today).seconds_left <= 0.0,
        )
    )


def week(practices: Sequence[PracticeRecord], today: date) -> Verdict | None:
    """How the week went, beside the week before; None where nothing was measured.

    It is that of the movement practised most often, by the rule of its chart: a change is told
    only where it is larger than that from day to day.

    Parameters
    ----------
    practices : sequence of PracticeRecord
        All that were kept.
    today : datetime.date
        Of this computer's calendar.
    """
    late = [one for one in practices if today - TWO_WEEKS < one.day <= today]
    found = history.trends(late)
    return cast(Verdict, found[0].verdict) if found else None


def first_start(desk: Desk) -> Page:
    """The first questions."""
    return FirstStartPage(desk.profile, datetime.now().date())


def safety(desk: Desk, first: bool) -> Page:
    """What everybody must know before they practise."""
    return SafetyPage(library.safety(desk.profile.settings.language), first)


def progress(desk: Desk) -> HistoryPage:
    """How it went over the weeks."""
    return HistoryPage(desk.practices, desk.words, datetime.now().date(), then_and_now(desk))


def then_and_now(desk: Desk) -> tuple[Photograph, Photograph] | None:
    """The first and the latest picture, if pictures are allowed and these are of different days."""
    if desk.photographs is None or not desk.profile.consents.photographs:
        return None
    try:
        kept = desk.photographs.all()
    except StoreError:  # the pictures' own page says it
        return None
    then, now = _readable(kept), _readable(reversed(kept))
    return (then, now) if then and now and then.day < now.day else None


def _readable(kept: Iterable[Kept]) -> Photograph | None:
    """The first picture that is not damaged."""
    for one in kept:
        with suppress(StoreError):
            return Photograph(one.taken_at.astimezone().date(), one.image())
    return None


def movements(desk: Desk, chosen: str) -> Page:
    """All movements, the person's own first."""
    return MovementsPage(
        library.exercises(), desk.words, programme_of(desk), desk.profile.stage, chosen
    )


def settings(desk: Desk, cameras: Sequence[int]) -> SettingsPage:
    """Everything that can be changed."""
    known: dict[int | str, str] = {number: str(number + 1) for number in cameras}
    return SettingsPage(
        desk.profile,
        desk.place,
        known,
        tuple(library.programmes()),
        datetime.now().date(),
        several=len(desk.people) > 1,
    )
