"""Therapist mode at the desk: looking, leading any exercise at once, freezing, and first days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np
import pygame
import pytest
from layouts import LAYOUTS, Draw
from therapist_moments import REST, bump, readings

from exercises import library
from exercises.events import Action as Asked
from exercises.events import Said
from landmarks.frame import Frame
from landmarks.meter import Reading
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.steady import Waiting
from mirrorcoach.live.actions import Action, Go, Key, Press
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.clinic import Clinic
from mirrorcoach.live.desk import Desk
from mirrorcoach.live.engine import Engine, Now
from mirrorcoach.live.looking import Looking
from mirrorcoach.live.practice import Practice
from mirrorcoach.profile import Profile
from mirrorcoach.records.practices import PracticeRecord

WORDS = library.words()
EVERY = [one.id for one in library.exercises().values() if one.wanted is not None]
IMAGE = np.full((480, 640, 3), 128, dtype=np.uint8)


class Measuring:
    """Is asked to look or to lead, and hands out what a test lets it measure."""

    def __init__(self) -> None:
        self.jobs: list[Looking | Practice] = []
        self.asked: list[Asked] = []
        self.state = Now()
        self.measured: list[Reading] = []
        self.happened: list[Any] = []

    def look(self, source: Any, *, ipd_mm: float | None = None) -> Looking:
        looking = Looking(source, ipd_mm=ipd_mm)
        looking.rest = REST
        self.jobs.append(looking)
        return looking

    def practise(self, practice: Practice) -> None:
        practice.rest = REST
        self.jobs.append(practice)

    def act(self, action: Asked) -> None:
        self.asked.append(action)

    def now(self) -> Now:
        return self.state

    def events(self) -> list[Any]:
        happened, self.happened = self.happened, []
        return happened

    def readings(self) -> list[Reading]:
        measured, self.measured = self.measured, []
        return measured


@pytest.fixture
def engine() -> Measuring:
    return Measuring()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    with Desk(True, {"sounds": False, "language": "en", "programme": "paresis"}) as desk:
        yield desk


def clinic(desk: Desk, engine: Measuring) -> Clinic:
    return Clinic(desk, cast(Engine, engine), SimulatedPatient())


def smiles(one: Clinic, engine: Measuring, start_s: float = 0.0, size_mm: float = 4.0) -> None:
    """A smile that both sides do alike, seen from its first frame to its last."""
    moved = bump(2.0)
    for reading in readings(
        lambda t: size_mm * moved(t), lambda t: size_mm * moved(t), start_s=start_s
    ):
        frame = Frame(reading.index, reading.time_s, IMAGE)
        engine.state, engine.measured = Now("going", frame, reading.mesh, reading), [reading]
        one.follow()


def press(one: Clinic, key: str) -> Action | None:
    """Press a key of the page as it is shown now."""
    canvas = Canvas(1280, 720)
    for now_s in (0.0, 1.0):
        canvas.begin(pygame.Surface((1280, 720)))
        one.page.draw(canvas, now_s)
    found = {touch.action for touch in canvas.touches if touch.key == key}
    (action,) = found or {canvas.keys[key]}
    return one.heed(action)


# -- looking and leading ----------------------------------------------------------------------


def test_it_only_looks_at_first(desk: Desk, engine: Measuring) -> None:
    desk.change("ipd_mm", 61.5)
    one = clinic(desk, engine)
    (job,) = engine.jobs
    assert isinstance(job, Looking)
    assert job.ipd_mm == 61.5
    assert one.measures


@pytest.mark.parametrize("name", EVERY)
def test_every_exercise_that_is_measured_can_be_led_at_once(
    desk: Desk, engine: Measuring, name: str
) -> None:
    one = clinic(desk, engine)
    assert one.heed(Press("exercise", name)) is None
    assert one.heed(Press("begin")) is None
    job = engine.jobs[-1]
    assert isinstance(job, Practice)
    led = {exercise.id for exercise, _ in job.session._sets}
    assert led - {"rest_scan"} == {name}
    assert job.source is engine.jobs[0].source, "the camera stays open"


def test_what_is_led_is_shown_and_spoken(
    desk: Desk, engine: Measuring, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = clinic(desk, engine)
    one.heed(Press("exercise", "smile_open"))
    one.heed(Press("begin"))
    heard: list[Any] = []
    monkeypatch.setattr(Desk, "sound", lambda self, events: heard.extend(events))
    cue = WORDS.exercise["smile_open"].rise
    said = Said(1.0, cue)
    engine.happened = [said]
    (reading, *_) = readings(lambda t: 0.0, lambda t: 0.0, length_s=0.1)
    practice = engine.jobs[-1]
    assert isinstance(practice, Practice)
    now = practice.session.snapshot()
    engine.state = Now("going", Frame(0, 0.0, IMAGE), reading.mesh, reading, now)
    engine.measured = [reading]
    one.follow()
    assert heard == [said]
    shown = drawn(one.page, LAYOUTS[0]).said
    assert WORDS.exercise["smile_open"].name in shown
    assert now.cue.short in shown


def test_leading_is_ended_and_then_it_only_looks_again(desk: Desk, engine: Measuring) -> None:
    one = clinic(desk, engine)
    one.heed(Press("begin"))
    one.follow()
    assert one.heed(Press("end")) is None
    assert engine.asked == [Asked.END]
    engine.state = Now("over")
    one.follow()
    assert [type(job) for job in engine.jobs] == [Looking, Practice, Looking]
    one.follow()
    assert len(engine.jobs) == 3, "looking never ends by itself"


def test_nothing_of_it_is_kept(desk: Desk, engine: Measuring) -> None:
    one = clinic(desk, engine)
    one.heed(Press("begin"))
    practice = engine.jobs[-1]
    assert isinstance(practice, Practice)
    practice.session.tick(0.0)
    practice.leave()
    assert desk.practices == []


def test_a_camera_that_is_lacking_is_told(desk: Desk, engine: Measuring, drawn: Draw) -> None:
    one = clinic(desk, engine)
    engine.state = Now("starting", waiting=Waiting("taken"))
    one.follow()
    assert "Another program is using the camera." in drawn(one.page, LAYOUTS[0]).said


def test_leaving_concerns_the_application(desk: Desk, engine: Measuring) -> None:
    one = clinic(desk, engine)
    assert one.heed(Key.BACK) == Go("home")
    assert one.heed(Key.LARGER) is Key.LARGER


# -- freezing, marks and the slow replay ------------------------------------------------------


def test_a_frozen_moment_stays_while_the_face_goes_on(desk: Desk, engine: Measuring) -> None:
    one = clinic(desk, engine)
    smiles(one, engine)
    press(one, "f")
    assert one.page.frozen
    held_s = one.page._line_s
    smiles(one, engine, start_s=10.0)
    assert one.page._line_s == held_s
    press(one, "f")
    assert not one.page.frozen


def test_a_mark_is_set_while_it_moves_and_taken_away_where_it_was_set(
    desk: Desk, engine: Measuring
) -> None:
    one = clinic(desk, engine)
    smiles(one, engine)
    press(one, "m")
    (marked_s,) = one.page._marks_s
    assert marked_s == pytest.approx(9.0, abs=0.1), "where the face was when it was pressed"
    press(one, "f")
    press(one, "m")
    assert one.page._marks_s == []


def test_the_last_repetition_is_played_slowly(desk: Desk, engine: Measuring) -> None:
    one = clinic(desk, engine)
    one.heed(Press("exercise", "smile_open"))
    smiles(one, engine)
    press(one, "p")
    assert one.page.frozen
    replay = one.page._replay
    assert replay is not None
    assert replay.start_s < 2.5 < 5.5 < replay.end_s, "all of the movement, from 2 s to 6 s"


def test_where_nothing_moved_there_is_nothing_to_play(desk: Desk, engine: Measuring) -> None:
    one = clinic(desk, engine)
    one.heed(Press("exercise", "smile_open"))
    smiles(one, engine, size_mm=0.0)
    one.page.heed(Press("replay"))
    assert one.page._replay is None


# -- the first day beside today ---------------------------------------------------------------


def kept(gone: int, share: float, left_mm: float, right_mm: float) -> PracticeRecord:
    def side(moved_mm: float) -> dict[str, Any]:
        return {
            "excursion_mm": moved_mm,
            "excursion_interval_mm": [moved_mm - 0.5, moved_mm + 0.5],
        }

    smile = {
        "exercise": "smile_open",
        "symmetry": share,
        "symmetry_interval": [share - 0.05, share + 0.05],
        "left": side(left_mm),
        "right": side(right_mm),
    }
    return PracticeRecord(
        number=100 - gone,
        started_at=datetime.now().astimezone() - timedelta(days=gone),
        programme="paresis",
        repetitions=(smile,),
        answers=(),
        felt=None,
        ending="done",
        practised_s=60.0,
        provenance={"scoring": 1},
    )


def test_the_first_day_stands_beside_today(
    desk: Desk, engine: Measuring, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = kept(9, 0.25, 7.9, 2.1), kept(2, 0.5, 6.0, 3.0)
    monkeypatch.setattr(Desk, "practices", [first, second])
    one = clinic(desk, engine)
    one.heed(Press("exercise", "smile_open"))
    smiles(one, engine)
    press(one, "f")
    said = drawn(one.page, LAYOUTS[0]).said
    assert "7.9" in said and "2.1" in said


def test_one_day_alone_is_beside_nothing(
    desk: Desk, engine: Measuring, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "practices", [kept(0, 0.25, 7.9, 2.1)])
    one = clinic(desk, engine)
    one.heed(Press("exercise", "smile_open"))
    smiles(one, engine)
    press(one, "f")
    assert "7.9" not in drawn(one.page, LAYOUTS[0]).said


# -- notes ------------------------------------------------------------------------------------


def test_notes_about_the_present_person_are_read(
    desk: Desk, engine: Measuring, drawn: Draw
) -> None:
    assert desk.store is not None
    desk.store.add_note("Tight after the wind.", "Anna")
    other = desk.store.add(Profile(name="Ben"))
    desk.store.add_note("Toxin next week.", "Dr. Lee")
    own = desk.store.person
    desk.store.turn_to(other)
    desk.store.add_note("About somebody else.")
    desk.store.turn_to(own)
    one = clinic(desk, engine)
    assert press(one, "o") is None
    said = drawn(one.page, LAYOUTS[0]).said
    assert "Dr. Lee Toxin next week." in said
    assert "Anna Tight after the wind." in said
    assert "somebody else" not in said


def test_where_nothing_is_kept_there_are_no_notes(engine: Measuring, drawn: Draw) -> None:
    with Desk(False, {"sounds": False, "language": "en"}) as desk:
        assert "Notes" not in drawn(clinic(desk, engine).page, LAYOUTS[0]).said
