"""The first start: every question can be left open, and every answer is given out at once."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from answering import changed, everything, in_view, press
from layouts import LAYOUTS, Draw, Layout

from mirrorcoach.live.actions import Change, Go, Key, Press
from mirrorcoach.live.column import DOWN
from mirrorcoach.live.first_start import NEXT, STEPS, FirstStartPage, Step
from mirrorcoach.profile import Consents, Event, Profile, stage_of

TODAY = date(2026, 3, 31)
ROOMY, SMALL = LAYOUTS[0], LAYOUTS[8]
ANSWERED = Profile(
    name="Marie-Antoinette de la Rochefoucauld-Li",
    affected="right",
    stage="synkinesis",
    since="2025-09",
    events=(
        Event(kind="surgery", day=date(2025, 9, 30)),
        Event(kind="botulinum_toxin", day=date(2025, 11, 30)),
    ),
)


def at(step: Step, profile: Profile | None = None) -> FirstStartPage:
    page = FirstStartPage(profile or Profile(), TODAY)
    for _ in range(STEPS.index(step)):
        assert page.heed(NEXT) is None
    return page


def said_of(page: FirstStartPage, layout: Layout, drawn: Draw) -> str:
    """Everything it says, scrolled through and checked."""
    frame = drawn(page, layout)
    said = frame.said
    frame.check()
    while DOWN in [touch.action for touch in frame.canvas.touches]:
        page.heed(Key.DOWN)
        frame = drawn(page, layout)
        frame.check()
        said += " " + frame.said
    return said


@pytest.mark.parametrize(
    ("step", "profile"),
    [
        *((step, ANSWERED) for step in STEPS),
        *((step, Profile()) for step in STEPS if step in ("since", "events", "name")),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_question_is_readable(
    layout: Layout, step: Step, profile: Profile, drawn: Draw
) -> None:
    page = at(step, profile)
    said_of(page, layout, drawn)
    assert NEXT in in_view(page, layout)


@pytest.mark.parametrize("answers", [(), (True,), (True, False, False)])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_question_about_the_stage_is_readable(
    layout: Layout, answers: tuple[bool, ...], drawn: Draw
) -> None:
    page = at("stage")
    for answer in answers:
        press(page, Press("answer", answer))
    said_of(page, layout, drawn)
    assert {Press("answer", one) for one in (True, False, None)} <= set(everything(page, layout))


def test_a_person_who_says_nothing_comes_through_and_nothing_is_guessed() -> None:
    page = FirstStartPage(Profile(), TODAY)
    given = [page.heed(NEXT) for _ in STEPS]
    assert given == [None] * (len(STEPS) - 1) + [Go("safety")]


def test_back_leads_to_the_question_before_and_at_last_out() -> None:
    page = at("since")
    assert page.heed(Key.BACK) is None
    assert Press("answer", True) in in_view(page, ROOMY)
    for _ in STEPS[: STEPS.index("stage")]:
        assert page.heed(Key.BACK) is None
    assert page.heed(Key.BACK) is Key.BACK


@pytest.mark.parametrize("layout", [ROOMY, SMALL], ids=str)
def test_a_french_person_finds_french_on_the_first_page(layout: Layout) -> None:
    assert Change("language", "fr") in in_view(FirstStartPage(Profile(), TODAY), layout)


def test_the_text_size_can_be_chosen_on_the_first_page() -> None:
    actions = everything(FirstStartPage(Profile(), TODAY), SMALL)
    assert {Change("text_percent", one) for one in (100, 125, 150, 200)} <= set(actions)


def test_what_may_be_kept_is_asked_and_photographs_are_not_unless_chosen() -> None:
    page = at("about")
    assert page.profile.consents == Consents(results=True, photographs=False)
    actions = in_view(page, ROOMY)
    for kind in ("results", "photographs"):
        assert Press("consent", kind) in actions
    press(page, Press("consent", "photographs"))
    press(page, Press("consent", "results"))
    assert page.profile.consents == Consents(results=False, photographs=True)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_nobody_passes_what_may_be_kept_without_having_it_in_view(layout: Layout) -> None:
    page = at("about")
    seen: list[object] = []
    while Change("affected", "left") not in (now := in_view(page, layout)):
        seen += now
        page.heed(NEXT)
    assert {Press("consent", "results"), Press("consent", "photographs")} <= set(seen)


@pytest.mark.parametrize("layout", [ROOMY, SMALL], ids=str)
def test_the_side_is_what_the_person_says(layout: Layout) -> None:
    page = at("side")
    said = [action for action in everything(page, layout) if isinstance(action, Change)]
    assert [one.value for one in said] == ["left", "right", "both", "unsure"]
    assert {one.setting for one in said} == {"affected"}


def test_the_sides_have_keys_and_the_chosen_one_can_be_continued_with(drawn: Draw) -> None:
    page = at("side")
    assert "Not now" in drawn(page, ROOMY).said
    keys = {touch.key: touch.action for touch in drawn(page, ROOMY).canvas.touches}
    assert press(page, keys["2"]) == Change("affected", "right")
    assert "Continue" in drawn(page, ROOMY).said


@pytest.mark.parametrize("answers", list(product([True, False, None], repeat=4)))
def test_the_stage_is_proposed_from_the_answers_and_can_be_changed(
    answers: tuple[bool | None, ...],
) -> None:
    page, given = at("stage"), None
    order = iter(answers)
    asked = {}
    for question in ("moves", "joins", "tight", "steady"):
        asked[question] = next(order)
        given = press(page, Press("answer", asked[question]))
        if given is not None:
            break
    assert given == Change("stage", stage_of(asked))  # type: ignore[arg-type]


def test_another_stage_than_the_proposed_one_can_be_chosen() -> None:
    page = at("stage")
    assert press(page, Press("answer", False)) == Change("stage", "flaccid")
    others = ("flaccid", "paresis", "synkinesis", "maintenance", None)
    assert {Change("stage", one) for one in others} <= set(everything(page, ROOMY))


def test_going_back_takes_the_last_answer_back(drawn: Draw) -> None:
    page = at("stage")
    press(page, Press("answer", True))
    assert "such as the eye when you smile" in drawn(page, ROOMY).said
    assert page.heed(Key.BACK) is None
    assert "Does anything move" in drawn(page, ROOMY).said


def test_not_being_sure_is_answered_with_first_steps(drawn: Draw) -> None:
    page = at("stage")
    assert press(page, Press("answer", None)) == Change("stage", None)
    assert "first steps suit everybody" in drawn(page, ROOMY).said


def test_month_and_year_begin_at_the_present_and_never_pass_it(drawn: Draw) -> None:
    page = at("since")
    asked = drawn(page, ROOMY).said
    assert "2026" not in asked  # nothing is guessed
    assert "Month" in asked and "Year" in asked, "what each pair of buttons is for"
    assert press(page, Press("since", ("month", -1))) == Change("since", "2026-03")
    assert Press("since", ("month", 1)) not in in_view(page, ROOMY)
    press(page, Press("since", ("month", -1)))
    press(page, Press("since", ("year", -1)))
    assert page.profile.since == "2025-02"
    assert "February" in drawn(page, ROOMY).said
    assert press(page, Change("since", None)) == Change("since", None)


def test_operations_and_toxin_are_added_dated_and_removed() -> None:
    page = at("events")
    for kind in ("surgery", "botulinum_toxin"):
        assert Press("event_added", kind) in in_view(page, ROOMY)
        press(page, Press("event_added", kind))
    press(page, Press("event_moved", (1, "month", -1)))
    assert page.profile.events == (
        Event(kind="surgery", day=TODAY),
        Event(kind="botulinum_toxin", day=date(2026, 2, 28)),
    )
    press(page, Press("event_removed", 0))
    assert [one.kind for one in page.profile.events] == ["botulinum_toxin"]


def test_the_name_is_written_letter_by_letter(drawn: Draw) -> None:
    page = at("name")
    assert page.wants_text
    for letter in " Zoë\n":
        press(page, Press("typed", letter))
    assert page.profile.name == "Zoë"
    press(page, Press("erase"))
    assert page.profile.name == "Zo"
    assert "Zo" in drawn(page, ROOMY).said
    for _ in range(60):
        press(page, Press("typed", "o"))
    assert len(page.profile.name) == 40


def test_letters_are_keys_of_buttons_everywhere_else() -> None:
    assert not any(at(step).wants_text for step in STEPS if step != "name")


def test_erasing_an_empty_name_changes_nothing() -> None:
    assert at("name").heed(Press("erase")) is None


def test_voice_and_colours_are_asked_last() -> None:
    actions = in_view(at("reading"), ROOMY)
    assert Press("switch", "voice") in actions
    assert {Change("colours", one) for one in ("light", "dark", "high_contrast")} <= set(actions)


@pytest.mark.parametrize("step", STEPS)
def test_whatever_is_pressed_the_profile_takes_it(step: Step) -> None:
    for action in everything(at(step, ANSWERED), ROOMY):
        given = at(step, ANSWERED).heed(action)
        if isinstance(given, Change):
            assert changed(ANSWERED, given)
