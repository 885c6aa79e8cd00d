"""What a person is asked, at the first start and later in the settings, and what answers change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_args

from exercises.schema import PROGRAMME_STAGES
from mirrorcoach.live.actions import Action, Change, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.controls import Segment
from mirrorcoach.live.dates import PARTS, DatePart, longest_month, month_moved, month_name, moved
from mirrorcoach.live.rows import Choices, Entry, Flow, Push, Row, Stepper, Switch
from mirrorcoach.live.theme import Style
from mirrorcoach.profile import AffectedSide, Event, EventKind, Language, Profile, TextPercent

NAMES: Mapping[Language, str] = {"en": "English", "fr": "Français"}
"""Each language in its own words, for whoever cannot read the present one."""

SIDES: tuple[AffectedSide, ...] = get_args(AffectedSide)
PERCENTS: tuple[TextPercent, ...] = get_args(TextPercent)
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)

LONGEST_NAME = 40


def change_of(press: Press, profile: Profile, today: date) -> Change | None:
    """What pressing a control of this module changes.

    Parameters
    ----------
    press : Press
        Its action.
    profile : Profile
        As it is now.
    today : date
        Nothing that happened lies later.

    Returns
    -------
    Change or None
        None if the action is not of this module, or there is nothing left to change.
    """
    name, value = press.name, press.value
    if name == "switch":
        return Change(str(value), not getattr(profile.settings, str(value)))
    if name == "consent":
        said = {str(value): not getattr(profile.consents, str(value))}
        return Change("consents", profile.consents.model_copy(update=said))
    if name == "typed":
        return _named(profile, profile.name + str(value))
    if name == "erase":
        return _named(profile, profile.name[:-1])
    if name == "since" and isinstance(value, tuple):
        part, by = value
        return Change("since", month_moved(profile.since, part, by, today))
    if name.startswith("event_"):
        return Change("events", _events(press, profile.events, today))
    return None


def _named(profile: Profile, name: str) -> Change | None:
    name = "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME]
    return Change("name", name.lstrip()) if name.lstrip() != profile.name else None


def _events(press: Press, events: tuple[Event, ...], today: date) -> tuple[Event, ...]:
    if press.name == "event_added":
        kind = next(kind for kind in EVENT_KINDS if kind == press.value)
        return (*events, Event(kind=kind, day=today))
    if press.name == "event_removed":
        return tuple(one for number, one in enumerate(events) if number != press.value)
    assert isinstance(press.value, tuple)
    at, part, by = press.value
    return tuple(
        one.model_copy(update={"day": moved(one.day, part, by, today)}) if number == at else one
        for number, one in enumerate(events)
    )


# -- rows -------------------------------------------------------------------------------------


def language_choices(profile: Profile) -> Choices:
    """Languages, each in its own words."""
    return Choices(
        tuple(
            Segment(name, Change("language", code), profile.settings.language == code)
            for code, name in NAMES.items()
        )
    )


def size_style(percent: TextPercent) -> Style:
    """How large a letter is at a text size, whatever the present one is."""
    return Style(20 * percent / 100, 600)


def size_choices(profile: Profile) -> Choices:
    """Text sizes, each as the letter A of that size."""
    chosen = profile.settings.text_percent
    return Choices(
        tuple(
            Segment("A", Change("text_percent", one), chosen == one, size_style(one))
            for one in PERCENTS
        )
    )


def colour_choices(canvas: Canvas, profile: Profile) -> Choices:
    """Light, dark, high contrast."""
    return Choices(
        tuple(
            Segment(
                canvas.texts(f"questions.colours_{one}"),
                Change("colours", one),
                profile.settings.colours == one,
            )
            for one in ("light", "dark", "high_contrast")
        )
    )


def switch(profile: Profile, setting: str) -> Switch:
    """A setting that is on or off."""
    return Switch(bool(getattr(profile.settings, setting)), Press("switch", setting))


def consent(profile: Profile, kind: str) -> Switch:
    """Something that may be kept, or not."""
    return Switch(bool(getattr(profile.consents, kind)), Press("consent", kind))


def side_choices(canvas: Canvas, profile: Profile) -> Choices:
    """Which side needs more patience."""
    return Choices(
        tuple(
            Segment(
                canvas.texts(f"questions.side_{side}"),
                Change("affected", side),
                profile.affected == side,
            )
            for side in SIDES
        ),
        tuple(str(number) for number in range(1, len(SIDES) + 1)),
        rows=True,
    )


def stage_choices(canvas: Canvas, profile: Profile) -> Choices:
    """The stages in words, and not being sure."""
    return Choices(
        tuple(
            Segment(
                canvas.texts(f"questions.stage_{stage or 'unsure'}"),
                Change("stage", stage),
                profile.stage == stage,
            )
            for stage in (*PROGRAMME_STAGES, None)
        ),
        tuple(str(number) for number in range(1, len(PROGRAMME_STAGES) + 2)),
        rows=True,
    )


def since_steppers(canvas: Canvas, profile: Profile, today: date) -> Flow:
    """Month and year in which it began."""
    texts, since = canvas.texts, profile.since
    shown = {part: texts(f"questions.{part}") for part in PARTS[1:]}
    longest = {"month": longest_month(texts), "year": shown["year"]}
    if since:
        shown = {"month": month_name(texts, int(since[5:])), "year": since[:4]}
    unknown = Push(texts("questions.not_known"), Change("since", None), kind="plain")
    steppers = tuple(
        Stepper(
            shown[part],
            Press("since", (part, -1)),
            Press("since", (part, 1))
            if since is None or month_moved(since, part, 1, today) != since
            else None,
            longest[part],
        )
        for part in PARTS[1:]
    )
    return Flow((*steppers, unknown) if since else steppers)


def event_row(canvas: Canvas, number: int, event: Event, today: date) -> Row:
    """What was done to the face, and its day."""
    texts, day = canvas.texts, event.day
    shown = {"day": str(day.day), "month": month_name(texts, day.month), "year": str(day.year)}
    longest = {"day": "00", "month": longest_month(texts), "year": "2000"}

    def step(part: DatePart, by: int) -> Action | None:
        if moved(day, part, by, today) == day:
            return None
        return Press("event_moved", (number, part, by))

    steppers = (
        Stepper(shown[part], step(part, -1), step(part, 1), longest[part]) for part in PARTS
    )
    remove = Push(texts("questions.remove"), Press("event_removed", number), kind="plain")
    return Row(texts(f"questions.{event.kind}"), "", Flow((*steppers, remove)))


def event_buttons(canvas: Canvas) -> Flow:
    """To add something that was done to the face."""
    return Flow(
        tuple(
            Push(canvas.texts(f"questions.add_{kind}"), Press("event_added", kind))
            for kind in EVENT_KINDS
        )
    )


def name_entry(canvas: Canvas, profile: Profile, writing: bool, action: Action, key: str) -> Entry:
    """How the person wants to be greeted."""
    return Entry(profile.name, canvas.texts("questions.name_empty"), writing, action, key)
