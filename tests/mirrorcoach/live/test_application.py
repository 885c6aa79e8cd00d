"""The application before somebody who does one thing after the other; nothing is measured."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from visitor import Blind, Visitor, Webcam

from exercises.events import Phase
from exercises.schema import Programme, Step
from landmarks.frame import Frame
from mirrorcoach.capture.nothing import NoPictures
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.errors import InputError, MirrorcoachError, StoreError, UsageError
from mirrorcoach.live.actions import Action, Change, Go, Key, Press
from mirrorcoach.live.application import LEAVE, Application, Wish
from mirrorcoach.live.first_start import NEXT
from mirrorcoach.live.history_page import SAVE_REPORT
from mirrorcoach.live.practice_page import PracticePage
from mirrorcoach.live.settings_page import DELETE_EVERYTHING, DELETE_ME
from mirrorcoach.live.theme import THEMES
from mirrorcoach.live.who_page import PRACTISES, SOMEBODY_NEW
from mirrorcoach.profile import Consents, Event, Profile, Settings
from mirrorcoach.records.deleting import files_kept
from mirrorcoach.records.place import Place
from mirrorcoach.records.practices import Answer, PracticeRecord
from mirrorcoach.records.store import FILE, Store

KNOWN = Profile(name="Ada", affected="right", informed=True, settings=Settings(language="en"))
ON = Press("on")
"""The button of what everybody must know: more, until there is no more."""

PAGES = {
    "history": "HistoryPage",
    "movements": "MovementsPage",
    "settings": "SettingsPage",
    "therapist": "TherapistPage",
    "safety": "SafetyPage",
    "camera_check": "CameraCheckPage",
}
ASKS = Programme(id="asks", stage="paresis", steps=(Step(exercise="cheek_puff", repetitions=1),))
"""Without a camera: led once, and asked about."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is loaded, no camera of this computer is opened, and all is kept in a new folder."""
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "kept"))
    monkeypatch.setattr("mirrorcoach.live.engine.FaceMeter", Blind)
    monkeypatch.setattr("mirrorcoach.live.engine.cameras", lambda in_use: (0, 1))
    monkeypatch.setattr("mirrorcoach.capture.steady.SteadyCamera", Webcam)
    monkeypatch.setattr("mirrorcoach.live.lesson.NONE_FOR_S", 0.2)
    Webcam.made, Webcam.there, Webcam.opening = [], True, False


@pytest.fixture
def fast_forward(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], bool]]]:
    """Without a camera, time runs fifty times as fast, unless one of these holds it."""
    held: list[Callable[[], bool]] = []
    clock = SimpleNamespace(now_s=100.0)

    def poll(self: NoPictures, timeout_s: float) -> Frame | None:
        time.sleep(0.001)
        if not any(one() for one in held):
            clock.now_s += 0.05
        return None

    monkeypatch.setattr(NoPictures, "poll", poll)
    fake = SimpleNamespace(monotonic=lambda: clock.now_s, sleep=time.sleep)
    monkeypatch.setattr("mirrorcoach.live.practice.time", fake)
    yield held


def keep(profile: Profile = KNOWN) -> None:
    with Store.open() as store:
        store.keep_profile(profile)


def kept() -> Profile:
    with Store.open() as store:
        return store.profile()


def practices() -> list[PracticeRecord]:
    with Store.open() as store:
        return store.practices()


def visit(*script: Any, **wish: Any) -> Visitor:
    """Do all this, and then close the window."""
    with Visitor(*script) as window:
        Application(window, Wish(**wish)).run()
    return window


def phase_of(window: Visitor) -> Phase | None:
    page = window.pages[-1]
    return page._now.snapshot.phase if isinstance(page, PracticePage) and page._now else None


def camera_of(window: Visitor) -> str:
    page = window.pages[-1]
    return page._now.camera if isinstance(page, PracticePage) and page._now else ""


def practised_in(window: Visitor) -> str:
    """Id of the exercise that is shown now."""
    page = window.pages[-1]
    now = page._now if isinstance(page, PracticePage) else None
    return now.snapshot.exercise.id if now is not None and now.snapshot.exercise else ""


# A newcomer


def test_a_newcomer_is_asked_and_told_once() -> None:
    with Visitor() as window:
        window.do(window.shows("FirstStartPage"), *[NEXT] * 12, window.shows("SafetyPage"))
        window.do(*[ON] * 12, window.shows("HomePage"))
        Application(window, Wish()).run()
    assert window.seen == ["FirstStartPage", "SafetyPage", "HomePage"]
    assert visit(lambda: True).seen == ["HomePage"]


def test_who_leaves_before_having_read_it_is_asked_again() -> None:
    half = visit(NEXT, Change("affected", "left"), Change("text_percent", 200))
    assert half.seen == ["FirstStartPage"]
    assert half.looks[-1][0].text_percent == 200
    assert visit(lambda: True).seen[-1] == "FirstStartPage"
    assert kept().affected == "left", "what they said is not asked for once more"


def test_there_is_no_way_round_the_first_start() -> None:
    back = visit(Key.BACK, Key.BACK)
    assert back.seen == ["FirstStartPage"]
    looked = visit(NEXT, NEXT, Key.SAFETY, *[ON] * 12)
    assert looked.seen == ["FirstStartPage", "SafetyPage", "FirstStartPage"]
    assert looked.pages[-3] is looked.pages[-1], "it goes on with the same question"
    homeward = visit(NEXT, NEXT, Key.SAFETY, Go("home"), lambda: True)
    assert homeward.seen == ["FirstStartPage", "SafetyPage", "FirstStartPage"]


def test_a_newcomer_who_wants_to_practise_at_once_reads_it_first() -> None:
    with Visitor() as window:
        window.do(window.shows("SafetyPage"), *[ON] * 12, window.shows("CameraCheckPage"))
        Application(window, Wish("camera_check")).run()
    assert window.seen == ["SafetyPage", "CameraCheckPage"]
    assert visit(Key.BACK, first="camera_check").seen[-1] == "CameraCheckPage"


class Hasty(Visitor):
    """Presses every button of what must be read twice before the window can answer."""

    def actions(self) -> list[Action]:
        asked = super().actions()
        if asked == [ON]:
            return [ON, ON] if self.seen[-1] == "SafetyPage" else []
        return asked


def test_a_button_pressed_twice_does_nothing_on_the_page_that_follows() -> None:
    keep(KNOWN.changed(informed=False))
    with Hasty() as window:
        window.do(window.shows("SafetyPage"), *[ON] * 12, window.shows("PracticePage"))
        Application(window, Wish("practice")).run()
    assert window.seen == ["SafetyPage", "PracticePage"]


# From page to page


@pytest.mark.parametrize(("place", "page"), PAGES.items())
def test_every_door_leads_to_its_page_and_back(place: Any, page: str) -> None:
    keep()
    with Visitor() as window:
        window.do(Go(place), window.shows(page), Key.BACK, window.shows("HomePage"))
        Application(window, Wish()).run()
    assert window.seen == ["HomePage", page, "HomePage"]


def test_one_exercise_can_be_tried(fast_forward: list[Callable[[], bool]]) -> None:
    keep()
    Webcam.there = False
    with Visitor() as window:
        window.do(Go("camera_check", "exercise:pucker"), window.shows("CameraCheckPage"))
        window.do(Go("practice"), window.shows("PracticePage"))
        window.do(lambda: practised_in(window) == "pucker")
        Application(window, Wish()).run()


def test_safety_is_read_during_a_practice_which_waits() -> None:
    keep()
    with Visitor() as window:
        window.do(Go("camera_check"), lambda: Webcam.made and Webcam.made[0].pictures > 3)
        window.do(Go("practice"), lambda: phase_of(window))
        window.do(Key.SAFETY, window.shows("SafetyPage"), Key.SAFETY, Key.SAFETY, Key.BACK)
        window.do(lambda: phase_of(window) is Phase.PAUSED)
        Application(window, Wish()).run()
    assert window.seen[-3:] == ["PracticePage", "SafetyPage", "PracticePage"]
    assert window.pages[-1] is window.pages[-3], "the same practice"
    assert not window.pages[-1]._now.snapshot.paused_by_itself  # type: ignore[attr-defined]


def test_full_screen() -> None:
    keep()
    assert visit(Key.FULL_SCREEN).full_screen


# What is changed


def test_a_change_holds_at_once_and_is_kept() -> None:
    keep()
    with Visitor() as window:
        window.do(Go("settings"), Change("colours", "dark"), Change("language", "fr"))
        window.do(Change("less_motion", True), Change("affected", "left"))
        Application(window, Wish()).run()
        page = window.pages[-1]
    look, language = window.looks[-1]
    assert (look.theme, look.less_motion, language) == (THEMES["dark"], True, "fr")
    assert page.profile.affected == "left"  # type: ignore[attr-defined]
    settings = kept().settings
    assert (settings.colours, settings.language, settings.less_motion) == ("dark", "fr", True)
    assert kept().name == "Ada"


def test_keys_for_the_size_of_text_stop_at_its_ends() -> None:
    keep()
    window = visit(Key.LARGER, Key.LARGER, Key.LARGER, Key.LARGER, Key.SMALLER)
    sizes = [look.text_percent for look, _ in window.looks]
    assert sizes[-5:] == [125, 150, 200, 200, 150]
    assert kept().settings.text_percent == 150


def test_the_key_for_sounds_is_kept() -> None:
    keep()
    visit(Key.SOUND)
    assert kept().settings.sounds is False


def test_settings_of_this_run_are_not_kept() -> None:
    keep()
    visit(Change("text_percent", 150), settings={"sounds": False, "colours": "dark"})
    settings = kept().settings
    assert (settings.sounds, settings.colours, settings.text_percent) == (True, "light", 150)


def test_deleting_everything_begins_anew() -> None:
    keep(
        Profile(
            name="Ada",
            affected="left",
            informed=True,
            events=(Event(kind="surgery", day=date(2025, 1, 2)),),
            settings=Settings(language="fr", text_percent=150, ipd_mm=61.0, programme="paresis"),
        )
    )
    with Store.open() as store:
        store.end(store.begin("first_steps", {}), "ended", 60.0)
    with Visitor() as window:
        window.do(Go("settings"), DELETE_EVERYTHING, window.shows("FirstStartPage"))
        Application(window, Wish()).run()
    look, language = window.looks[-1]
    assert (look.text_percent, language) == (150, "fr"), "the person can still read it"
    page = window.pages[-1]
    assert page.profile == Profile(  # type: ignore[attr-defined]
        settings=Settings(language="fr", text_percent=150)
    )
    assert practices() == []
    assert kept() == Profile()


# A practice


def led(window: Visitor, held: list[Callable[[], bool]], *, answer: bool | None = True) -> None:
    """Go through a practice without a camera, from home to its result."""
    Webcam.there = False
    held.append(lambda: phase_of(window) is Phase.ASKING)
    window.do(Go("camera_check"), window.shows("CameraCheckPage"), Go("practice"))
    window.do(lambda: phase_of(window) is Phase.ASKING, Press("answer", answer))
    window.do(window.shows("ResultPage"))


def test_without_a_camera_a_practice_is_led_and_kept(
    fast_forward: list[Callable[[], bool]],
) -> None:
    keep()
    with Visitor() as window:
        led(window, fast_forward)
        window.do(Press("felt", "light"), Go("home"), window.shows("HomePage"))
        Application(window, Wish(programme=ASKS)).run()
    shown = next(page for page in window.pages if isinstance(page, PracticePage))
    assert shown._now is not None and shown._now.camera == "none_found"
    (one,) = practices()
    assert one.programme == "asks"
    assert one.answers == (Answer("cheek_puff", "even", True),)
    assert one.felt == "light"
    assert one.ending == "done"
    assert one.practised_s > 5.0


def test_nothing_of_a_practice_is_kept_without_consent(
    fast_forward: list[Callable[[], bool]],
) -> None:
    keep(KNOWN.changed(consents=Consents(results=False)))
    with Visitor() as window:
        led(window, fast_forward)
        window.do(Press("felt", "light"), Go("home"))
        Application(window, Wish(programme=ASKS)).run()
    assert "ResultPage" in window.seen
    assert practices() == []


def test_a_full_disk_ends_no_practice_and_it_is_kept_once_there_is_room(
    fast_forward: list[Callable[[], bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep()
    ending, full = Store.end, [True]

    def end(self: Store, *what: Any, **more: Any) -> None:
        if full[0]:
            raise StoreError("No room.")
        ending(self, *what, **more)

    def room() -> bool:
        full[0] = False
        return True

    monkeypatch.setattr(Store, "end", end)
    with Visitor() as window:
        led(window, fast_forward)
        window.do(Press("felt", "light"), room, Go("home"))
        Application(window, Wish(programme=ASKS)).run()
    assert "ResultPage" in window.seen
    assert "MessagePage" not in window.seen
    (one,) = practices()
    assert (one.ending, one.felt) == ("done", "light")


def test_a_practice_that_was_wished_for_leaves_at_its_end(
    fast_forward: list[Callable[[], bool]],
) -> None:
    keep()
    with Visitor() as window:
        led(window, fast_forward, answer=None)
        window.do(Go("home"), lambda: False)
        Application(window, Wish("camera_check", programme=ASKS)).run()
    assert window.seen[-1] == "ResultPage"


def test_nothing_is_kept_where_nothing_is_to_be(fast_forward: list[Callable[[], bool]]) -> None:
    with Visitor() as window:
        led(window, fast_forward)
        Application(window, Wish(programme=ASKS, keeps=False)).run()
    assert files_kept() == []


# The camera


def test_another_camera_is_opened_while_it_is_chosen() -> None:
    keep()
    with Visitor() as window:
        window.do(Go("camera_check"), lambda: Webcam.made and Webcam.made[0].pictures > 3)
        window.do(Change("camera", 1), lambda: len(Webcam.made) > 1 and Webcam.made[1].pictures > 3)
        window.do(Go("practice"), lambda: phase_of(window))
        Application(window, Wish()).run()
    first, second = Webcam.made
    assert (first.device, first.closed, second.device) == (0, 1, 1)
    assert second.opened == 1, "the practice goes on with the same"
    assert second.closed == 1
    assert kept().settings.camera == 1


def test_who_goes_on_while_the_camera_opens_practises_with_it() -> None:
    keep()
    Webcam.there, Webcam.opening = False, True
    with Visitor() as window:
        window.do(Go("camera_check"), window.shows("CameraCheckPage"), Go("practice"))
        window.do(lambda: camera_of(window) == "opening")
        window.do(lambda: setattr(Webcam, "there", True) or True)
        window.do(lambda: camera_of(window) == "open" and Webcam.made[0].pictures > 3)
        Application(window, Wish()).run()
    assert Webcam.made[0].opened == 1


def test_who_went_on_and_has_no_camera_practises_with_the_drawing(
    fast_forward: list[Callable[[], bool]],
) -> None:
    keep()
    Webcam.there, Webcam.opening = False, True
    fast_forward.append(lambda: phase_of(window) is Phase.ASKING)
    with Visitor() as window:
        window.do(Go("camera_check"), window.shows("CameraCheckPage"), Go("practice"))
        window.do(lambda: camera_of(window) == "opening")
        window.do(lambda: setattr(Webcam, "opening", False) or True)
        window.do(lambda: phase_of(window) is Phase.ASKING, Press("answer", True))
        window.do(window.shows("ResultPage"))
        Application(window, Wish(programme=ASKS)).run()
    assert window.seen[-2:] == ["PracticePage", "ResultPage"], "nothing is begun anew"
    (one,) = practices()
    assert (one.ending, one.answers) == ("done", (Answer("cheek_puff", "even", True),))


def test_a_therapist_is_told_that_there_is_no_camera() -> None:
    keep()
    Webcam.there = False
    with Visitor() as window:
        page = window.shows("TherapistPage")
        window.do(Go("therapist"), page, lambda: window.pages[-1].waiting == "none_found")  # type: ignore[attr-defined]
        Application(window, Wish()).run()


def test_the_camera_is_let_go_at_home() -> None:
    keep()
    with Visitor() as window:
        window.do(Go("therapist"), lambda: Webcam.made and Webcam.made[0].pictures > 3)
        window.do(Go("home"), window.shows("HomePage"), lambda: Webcam.made[0].closed)
        Application(window, Wish()).run()
    assert Webcam.made[0].opened == 1


def test_who_leaves_because_there_is_no_camera_is_told_on_the_command_line() -> None:
    keep()
    Webcam.there = False
    with Visitor() as window:
        app = Application(window, Wish("camera_check"))
        window.do(window.shows("CameraCheckPage"), lambda: app._engine.now().waiting, Key.BACK)
        window.do(lambda: False)
        with pytest.raises(InputError, match="Camera 0 cannot be found"):
            app.run()


# What stands in the way


def test_a_store_of_a_newer_version_is_said_and_left_alone(tmp_path: Path) -> None:
    keep()
    with sqlite3.connect(tmp_path / "kept" / FILE) as file:
        file.execute("PRAGMA user_version = 99")
    with (
        Visitor(Key.BACK, lambda: False) as window,
        pytest.raises(StoreError, match="newer mirrorcoach") as error,
    ):
        Application(window, Wish()).run()
    assert window.seen == ["MessagePage"]
    assert window.pages[-1]._text == str(error.value)  # type: ignore[attr-defined]
    assert error.value.exit_code == 3


def test_a_folder_that_cannot_be_made_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "file" / "folder"))
    with (
        Visitor(Key.BACK, lambda: False) as window,
        pytest.raises(StoreError, match="cannot be made"),
    ):
        Application(window, Wish()).run()
    assert window.seen[-1] == "MessagePage"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no profile can be kept."""
    keep()

    def full(self: Store, profile: Profile) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, "keep_profile", full)


@pytest.mark.usefixtures("full_disk")
def test_what_cannot_be_kept_is_said_and_holds_all_the_same() -> None:
    with Visitor() as window:
        window.do(Go("settings"), Change("colours", "dark"), window.shows("MessagePage"))
        window.do(Key.LARGER, Key.BACK, window.shows("SettingsPage"))
        Application(window, Wish()).run()
    assert "The disk is full." in window.pages[-2]._text  # type: ignore[attr-defined]
    assert window.looks[-1][0].theme is THEMES["dark"]
    assert window.looks[-1][0].text_percent == 125


@pytest.mark.usefixtures("full_disk")
def test_another_camera_is_shown_though_the_choice_cannot_be_kept() -> None:
    with Visitor() as window:
        window.do(Go("camera_check"), lambda: Webcam.made and Webcam.made[0].pictures > 3)
        window.do(Change("camera", 1), window.shows("MessagePage"), Key.BACK)
        window.do(window.shows("CameraCheckPage"), lambda: Webcam.made[1].pictures > 3)
        Application(window, Wish()).run()


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("first", ["home", "camera_check"])
def test_what_cannot_be_kept_interrupts_no_practice_and_is_said_after_it(
    fast_forward: list[Callable[[], bool]], first: Any
) -> None:
    Webcam.there = False
    fast_forward.append(lambda: phase_of(window) is Phase.ASKING)
    with Visitor() as window:
        window.do(Go("camera_check"), window.shows("CameraCheckPage"), Go("practice"))
        window.do(lambda: phase_of(window) is Phase.ASKING, Key.SOUND, Key.LARGER)
        window.do(lambda: window.looks[-1][0].text_percent == 125, window.shows("PracticePage"))
        window.do(Press("answer", True), window.shows("ResultPage"), Go("home"))
        window.do(window.shows("MessagePage"), Key.BACK)
        window.do(window.shows("HomePage") if first == "home" else lambda: False)
        Application(window, Wish(first, programme=ASKS)).run()
    last = ["HomePage"] if first == "home" else []
    said = ["PracticePage", "ResultPage", "MessagePage", *last]
    assert window.seen[-len(said) :] == said
    (one,) = practices()
    assert one.ending == "done"


@pytest.mark.parametrize(
    ("refuses", "way"), [("end", "home"), ("felt", "home"), ("end", "history")]
)
def test_a_practice_that_cannot_be_kept_goes_on_to_its_result_and_says_so_after_it(
    fast_forward: list[Callable[[], bool]],
    monkeypatch: pytest.MonkeyPatch,
    refuses: str,
    way: Any,
) -> None:
    keep()

    def full(self: Store, *what: object, **more: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, refuses, full)
    with Visitor() as window, pytest.raises(StoreError, match=r"is lost: The disk is full\."):
        led(window, fast_forward)
        window.do(Press("felt", "light"), Go(way))
        if way == "history":
            window.do(window.shows("HistoryPage"), Key.BACK)
        window.do(window.shows("MessagePage"), Key.BACK, window.shows("HomePage"))
        Application(window, Wish(programme=ASKS)).run()
    assert "The disk is full." in window.pages[-2]._text  # type: ignore[attr-defined]
    assert window.pages[-2]._title == "Not all of it is kept yet"  # type: ignore[attr-defined]


def test_closing_while_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    opening = Store.open

    def slow(place: Place) -> Store:
        time.sleep(0.2)
        return opening(place)

    monkeypatch.setattr(Store, "open", slow)
    assert visit().seen == []


def test_a_recording_that_cannot_be_read_is_said_and_comes_out(tmp_path: Path) -> None:
    keep()
    with Visitor() as window:
        window.do(window.shows("MessagePage"), Key.BACK, lambda: False)
        with pytest.raises(InputError) as error:
            Application(window, Wish("practice", VideoFile(tmp_path / "none.mp4"))).run()
    assert window.pages[-1]._text == str(error.value)  # type: ignore[attr-defined]


def test_a_mistake_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()

    def fails(self: Webcam, timeout_s: float) -> Frame | None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(Webcam, "poll", fails)
    with Visitor(Go("camera_check"), lambda: False) as window, pytest.raises(ZeroDivisionError):
        Application(window, Wish()).run()


def test_a_programme_that_is_gone_is_said_and_another_can_be_chosen(tmp_path: Path) -> None:
    keep(KNOWN.with_setting("programme", str(tmp_path / "mine.toml")))
    with Visitor() as window:
        window.do(window.shows("MessagePage"), Go("settings"), window.shows("SettingsPage"))
        window.do(Change("programme", None), Key.BACK, window.shows("HomePage"))
        Application(window, Wish()).run()
    assert window.seen == ["MessagePage", "SettingsPage", "HomePage"]
    with pytest.raises(MirrorcoachError), Visitor(Key.BACK, lambda: False) as window:
        keep(KNOWN.with_setting("programme", str(tmp_path / "mine.toml")))
        Application(window, Wish("camera_check")).run()


# Several people


def family() -> None:
    with Store.open() as store:
        store.add(KNOWN)
        store.add(KNOWN.changed(name="Ben", settings=Settings(language="en", colours="dark")))


def everybody() -> list[str]:
    with Store.open() as store:
        return [one.profile.name for one in store.people()]


def test_of_several_it_asks_who_practises_and_looks_as_they_like_it() -> None:
    family()
    window = visit(Key.BACK, Key.SAFETY, Key.BACK, Press(PRACTISES, 2))
    assert window.seen == ["WhoPage", "SafetyPage", "WhoPage", "HomePage"]
    assert window.pages[-1]._view.name == "Ben"  # type: ignore[attr-defined]
    assert window.looks[-1][0].theme is THEMES["dark"]


def test_whoever_is_named_is_not_asked() -> None:
    family()
    assert visit(Key.VIEW, who="ben").seen == ["HomePage"]


def test_commands_that_open_the_window_still_need_a_name() -> None:
    family()
    with pytest.raises(UsageError, match="--who"):
        visit(LEAVE, first="therapist")


def test_who_practises_is_changed_in_the_settings() -> None:
    family()
    window = visit(
        Press(PRACTISES, 1), Go("settings"), Go("who"), Key.BACK, Go("who"), Press(PRACTISES, 2)
    )
    pages = ["WhoPage", "HomePage", "SettingsPage", "WhoPage", "HomePage", "WhoPage", "HomePage"]
    assert window.seen == pages


def test_somebody_new_begins_with_the_first_questions() -> None:
    keep()
    answers = [Change("name", "Ben"), *[NEXT] * 8]
    window = visit(Go("settings"), SOMEBODY_NEW, *answers, *[ON] * 12)
    assert window.seen == ["HomePage", "SettingsPage", "FirstStartPage", "SafetyPage", "HomePage"]
    assert everybody() == ["Ada", "Ben"]
    assert kept() == KNOWN


def test_back_from_the_first_question_leads_to_who_practises() -> None:
    keep()
    window = visit(Go("settings"), SOMEBODY_NEW, Key.BACK, Press(PRACTISES, 1))
    assert window.seen[-3:] == ["FirstStartPage", "WhoPage", "HomePage"]
    assert everybody() == ["Ada"]


def test_deleting_ones_own_leaves_the_others() -> None:
    family()
    window = visit(Press(PRACTISES, 1), Go("settings"), DELETE_ME, Press(PRACTISES, 2))
    assert window.seen[-3:] == ["SettingsPage", "WhoPage", "HomePage"]
    assert everybody() == ["Ben"]


def test_somebody_who_is_gone_is_said_and_asked_for_again() -> None:
    family()
    window = visit(Press(PRACTISES, 7), Key.BACK)
    assert window.seen == ["WhoPage", "MessagePage", "WhoPage"]


def test_progress_leads_to_a_report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path)
    keep()
    window = Visitor(Go("history"), SAVE_REPORT)
    window.do(window.shows("MessagePage"), Key.BACK, Key.BACK)
    with window:
        Application(window, Wish()).run()
    assert window.seen == ["HomePage", "HistoryPage", "MessagePage", "HistoryPage", "HomePage"]
