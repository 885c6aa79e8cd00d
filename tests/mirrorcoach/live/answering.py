"""Answers a page as a person does: presses what is in view, and keeps what changes."""

from __future__ import annotations

from typing import Protocol

import layouts

from mirrorcoach.live.actions import Action, Change, Key
from mirrorcoach.live.column import DOWN, UP
from mirrorcoach.live.page import Page
from mirrorcoach.profile import Profile, Settings


class Asking(Page, Protocol):
    profile: Profile


def changed(profile: Profile, change: Change) -> Profile:
    """The profile as the application makes it; what cannot be is refused."""
    if change.setting in Settings.model_fields:
        return profile.with_setting(change.setting, change.value)
    return profile.changed(**{change.setting: change.value})


def press(page: Asking, action: Action) -> Action | None:
    """Press something, and put what changes into the page."""
    given = page.heed(action)
    if isinstance(given, Change):
        page.profile = changed(page.profile, given)
    return given


def in_view(page: Page, layout: layouts.Layout) -> list[Action]:
    """Everything that can be pressed without scrolling."""
    return [touch.action for touch in layouts.draw(page, layout, (0.0,)).touches]


def everything(page: Page, layout: layouts.Layout) -> list[Action]:
    """Everything that can be pressed, also after scrolling down."""
    found = in_view(page, layout)
    while DOWN in in_view(page, layout):
        page.heed(Key.DOWN)
        found += in_view(page, layout)
    return [action for action in dict.fromkeys(found) if action not in (UP, DOWN)]
