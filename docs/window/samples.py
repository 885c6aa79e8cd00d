"""One moment of every page, for pictures and tests.

The face is the simulated patient's, and every practice is invented: nobody's face and nobody's
numbers are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exercises import library
from exercises.events import Phase, Snapshot
from exercises.score import VERSION
from exercises.watch import QuietMark
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, Reading, readings
from landmarks.rest import Rest
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.live import texts
from mirrorcoach.live.actions import Key, Place, Press
from mirrorcoach.live.camera_check import CameraCheckPage, CheckView
from mirrorcoach.live.each_movement import EACH
from mirrorcoach.live.figures_card import FirstDay
from mirrorcoach.live.first_start import NEXT, FirstStartPage
from mirrorcoach.live.history_page import HistoryPage, Photograph
from mirrorcoach.live.home_page import HomePage, HomeView
from mirrorcoach.live.keep_picture_page import KeepPicturePage
from mirrorcoach.live.loading_page import LoadingPage
from mirrorcoach.live.message_page import MessagePage, Way
from mirrorcoach.live.movements_page import MovementsPage
from mirrorcoach.live.outcome import outcome
from mirrorcoach.live.page import Page
from mirrorcoach.live.pictures_page import PicturesPage
from mirrorcoach.live.practice_page import PracticePage
from mirrorcoach.live.recent import KEPT_S, Recent
from mirrorcoach.live.replay import Replay
from mirrorcoach.live.replay_page import ReplayPage
from mirrorcoach.live.resting_picture import RestingPicture
from mirrorcoach.live.result_page import ResultPage
from mirrorcoach.live.safety_page import SafetyPage
from mirrorcoach.live.session_view import SessionView
from mirrorcoach.live.settings_page import SettingsPage
from mirrorcoach.live.therapist_page import FREEZE, NOTES, TherapistPage, TherapistView
from mirrorcoach.live.who_page import WhoPage
from mirrorcoach.profile import Profile, Settings, StandingView
from mirrorcoach.records.history import PartOfDay
from mirrorcoach.records.practices import Note, Person, PracticeRecord

__all__ = ["Film", "Sample", "film", "samples"]

MOVEMENT = "smile_open"
BEGIN_S = 3.0
"""When the patient is asked to smile; until then they rest."""

HELD_AFTER_S, LENGTH_S = 3.5, 8.0
"""From being asked until the smile is held, and until the film ends."""

EVERY = 2
"""So many frames are measured for each one that is kept."""

TODAY = date(2026, 5, 24)
MONTHS_OF_PRACTICE = 3

NOTED = {
    "en": (
        (0, "Dr. Meyer", "The eye closes with the smile. Six small smiles a day to begin with."),
        (38, "Anna", "Tight after a day in the wind. Warmth helped."),
        (
            60,
            "Dr. Meyer",
            "The smile is quieter around the eye.\nMassage stays, morning and evening.",
        ),
    ),
    "fr": (
        (
            0,
            "Dr Meyer",
            "L’œil se ferme avec le sourire. Pour commencer, six petits sourires par jour.",
        ),
        (38, "Anna", "Visage tendu après une journée de vent. La chaleur a fait du bien."),
        (
            60,
            "Dr Meyer",
            "Le sourire est plus calme autour de l’œil.\nLe massage reste, matin et soir.",
        ),
    ),
}
"""Invented notes: days after the first one, who wrote it, what."""

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Film:
    """The simulated patient resting and smiling once.

    Attributes
    ----------
    seen : list of (numpy.ndarray, Reading)
        Pictures as a webcam gives them, and what was measured.
    rest : Rest
        The patient's rest.
    rest_px : numpy.ndarray, shape (478, 3)
        The mesh at that rest.
    """

    seen: list[tuple[Picture, Reading]]
    rest: Rest
    rest_px: Points

    def at(self, time_s: float) -> tuple[Picture, Points]:
        """Picture and mesh nearest a time."""
        faces = [(image, one) for image, one in self.seen if one.mesh is not None]
        image, reading = min(faces, key=lambda one: abs(one[1].time_s - time_s))
        assert reading.mesh is not None
        return image, reading.mesh.points_px


def film(calmer: bool = False) -> Film:
    """Have the patient smile before the instrument.

    Parameters
    ----------
    calmer : bool
        The smaller, more even smile; its film ends while it is held.
    """
    length_s = HELD_AFTER_S + 0.1 if calmer else LENGTH_S
    frames: dict[int, Frame] = {}
    seen: list[tuple[Picture, Reading]] = []
    rest_px: Points | None = None
    with SimulatedPatient(realtime=False) as patient, FaceMeter() as meter:
        asked = False

        def keep(frame: Frame, mesh: object) -> None:
            frames[0] = frame

        for reading in readings(patient, meter, lambda time_s: time_s < BEGIN_S, tracked=keep):
            if meter.rest is not None and rest_px is None and reading.mesh is not None:
                rest_px = reading.mesh.points_px
            if not asked and reading.time_s >= BEGIN_S:
                patient.ask(MOVEMENT, calmer)
                asked = True
            if reading.index % EVERY == 0:
                seen.append((frames[0].image.copy(), reading))
            if reading.time_s >= BEGIN_S + length_s:
                break
        assert meter.rest is not None and rest_px is not None
        return Film(seen, meter.rest, rest_px)


@dataclass(frozen=True)
class Sample:
    """One moment of a page.

    Attributes
    ----------
    name : str
        What it shows, in English.
    place : Place
        The page it belongs to.
    make : callable
        Makes the page anew.
    """

    name: str
    place: Place
    make: Callable[[], Page]


def samples(settings: Settings, usual: Film, calm: Film) -> list[Sample]:
    """Moments of every page, in the order in which a newcomer meets them.

    Parameters
    ----------
    settings : Settings
        Language and look; the canvas has the same.
    usual, calm : Film
        The patient's smile, and the calmer one.
    """
    made = _Samples(settings, usual, calm)
    practice = partial(Sample, place="practice")
    return [
        Sample("First start", "first_start", partial(made.first_start, 0)),
        Sample("First start: side", "first_start", partial(made.first_start, 2)),
        Sample("First start: a question", "first_start", partial(made.first_start, 3)),
        Sample("What everybody must know", "safety", made.safety),
        Sample("Who practises", "who", made.who),
        Sample("Home", "home", made.home),
        Sample("Camera check", "camera_check", made.camera_check),
        Sample("Camera check: no camera", "camera_check", made.no_camera),
        practice("A quiet start", make=made.quiet_start),
        practice("Mirror", make=made.exercise),
        practice("Both together", make=made.together),
        practice("Even face", make=partial(made.exercise, "even_face")),
        practice("Outline", make=partial(made.exercise, "outline")),
        practice("Feel it", make=partial(made.exercise, "hidden")),
        practice("Both halves", make=partial(made.exercise, "both_halves")),
        practice("Guided", make=made.guided),
        practice("A question", make=made.question),
        practice("A pause, with its reason", make=made.pause),
        practice("Rest between sets", make=made.rest),
        Sample("How it went", "result", made.result),
        Sample("How it went, in full", "result", made.details),
        Sample("Seen again, slowly", "result", made.replay),
        Sample("A picture of today", "result", made.keep_picture),
        Sample("Progress (invented)", "history", made.history),
        Sample("Progress: not all is compared", "history", made.history_of_two),
        Sample("Progress: each movement", "history", made.each_movement),
        Sample("Then and now", "history", made.then_and_now),
        Sample("Movements", "movements", made.movements),
        Sample("Settings", "settings", made.settings),
        Sample("Pictures that were kept", "settings", made.pictures),
        Sample("One of them", "settings", made.one_picture),
        Sample("Therapist, live", "therapist", made.therapist),
        Sample("Therapist, frozen", "therapist", made.frozen),
        Sample("Therapist, notes", "therapist", made.notes),
        Sample("One moment", "message", made.loading),
        Sample("Message", "message", made.message),
    ]


class _Samples:
    """Makes every page for one person."""

    def __init__(self, settings: Settings, usual: Film, calm: Film) -> None:
        self._usual, self._calm = usual, calm
        language = settings.language
        self._texts, self._words = texts.load(language), library.words(language)
        self._exercises = library.exercises()
        self._profile = Profile(
            name="Anna",
            affected="right",
            stage="synkinesis",
            since="2025-09",
            settings=settings,
        )

    # -- before -------------------------------------------------------------------------------

    def first_start(self, step: int) -> Page:
        page = FirstStartPage(self._profile.changed(stage=None), TODAY)
        for _ in range(step):
            page.heed(NEXT)
        return page

    def safety(self) -> Page:
        return SafetyPage(library.safety(self._profile.settings.language), True)

    def who(self) -> Page:
        named = [self._profile, self._profile.changed(name="Ben"), self._profile.changed(name="")]
        return WhoPage([Person(number, one) for number, one in enumerate(named, 1)])

    def home(self) -> Page:
        parts = (
            PartOfDay("morning", "done"),
            PartOfDay("midday", "now"),
            PartOfDay("evening", "later"),
        )
        return HomePage(
            HomeView(
                hour=14,
                programme="synkinesis",
                movements=5,
                minutes=7,
                parts=parts,
                practised=1,
                name="Anna",
            )
        )

    def camera_check(self) -> Page:
        image, points = self._usual.at(1.0)
        page = CameraCheckPage()
        page.show(CheckView(image, points, None, 1))
        return page

    def no_camera(self) -> Page:
        page = CameraCheckPage()
        page.show(CheckView(waiting="none_found"))
        return page

    # -- a practice ---------------------------------------------------------------------------

    def quiet_start(self) -> Page:
        now = self._moment(Phase.REST, "rest_scan", self._words.cue["rest"], progress=0.6)
        return self._practice(now, self._usual.at(1.0))

    def exercise(self, view: StandingView = "mirror") -> Page:
        now = self._moment(
            Phase.HOLD,
            "smile_eye_open",
            self._words.cue["even_face" if view == "even_face" else "eye_narrows"],
            fill=(0.95, 0.5),
            quiet=QuietMark("eye", "right"),
        )
        return self._practice(now, self._usual.at(BEGIN_S + HELD_AFTER_S), view)

    def together(self) -> Page:
        now = self._moment(
            Phase.HOLD,
            "smile_eye_open",
            self._words.cue["together"],
            fill=(1.0, 0.98),
            together=True,
            repetition=3,
        )
        return self._practice(now, self._calm.at(BEGIN_S + HELD_AFTER_S))

    def guided(self) -> Page:
        cue = self._words.exercise["massage"].guide[1]
        now = self._moment(Phase.GUIDED, "massage", cue, step=2, sets=1)
        return self._practice(now, self._usual.at(1.0))

    def question(self) -> Page:
        cue = next(iter(self._words.question.values()))
        return self._practice(self._moment(Phase.ASKING, "lip_seal", cue), self._usual.at(1.0))

    def pause(self) -> Page:
        at = self._usual.at(BEGIN_S + HELD_AFTER_S)
        moved = self._moment(
            Phase.HOLD,
            "smile_eye_open",
            self._words.cue["eye_narrows"],
            quiet=QuietMark("eye", "right"),
        )
        page = self._practice(moved, at)
        cue = self._words.cue["paused"]
        now = self._moment(Phase.PAUSED, "smile_eye_open", cue, why="paused")
        page.show(self._view(now, at))
        return page

    def rest(self) -> Page:
        coming = self._exercises["pucker_eye_open"]
        cue = self._words.cue["rest_between"]
        now = self._moment(Phase.BETWEEN, "smile_eye_open", cue, coming=coming, progress=0.4)
        return self._practice(now, self._usual.at(1.0))

    def _moment(self, phase: Phase, exercise: str, cue: Any, **known: Any) -> Snapshot:
        usual: dict[str, Any] = {
            "progress": 0.5,
            "repetition": 2,
            "repetitions": 5,
            "set_number": 1,
            "sets": 2,
            "step": None,
            "coming": None,
            "fill": None,
            "together": False,
            "quiet": None,
            "paused_by_itself": False,
            "why": None,
        }
        return Snapshot(phase=phase, exercise=self._exercises[exercise], cue=cue, **(usual | known))

    def _view(self, now: Snapshot, face: tuple[Picture, Points]) -> SessionView:
        assert now.exercise is not None
        words = self._words.exercise[now.exercise.id]
        return SessionView(
            now,
            words.name,
            *face,
            rest_px=self._usual.rest_px,
            mm_per_px=self._usual.rest.mm_per_px,
            affected=self._profile.affected,
            discourage=words.discourage or "",
            coming=self._words.exercise[now.coming.id] if now.coming else None,
        )

    def _practice(
        self, now: Snapshot, face: tuple[Picture, Points], view: StandingView = "mirror"
    ) -> PracticePage:
        page = PracticePage(view)
        page.show(self._view(now, face))
        return page

    # -- after --------------------------------------------------------------------------------

    def result(self) -> Page:
        today = _repetitions(0.97)
        told = outcome(
            {"repetitions": today},
            self._words,
            self._texts,
            now=datetime(TODAY.year, TODAY.month, TODAY.day, 14, tzinfo=timezone.utc),
            earlier=_practices(),
            affected=self._profile.affected,
        )
        return ResultPage(told)

    def details(self) -> Page:
        page = self.result()
        page.heed(Press("details"))
        return page

    def history(self) -> Page:
        page = HistoryPage(_practices(), self._words, TODAY)
        page.heed(Press("exercise", "smile_eye_open"))
        return page

    def history_of_two(self) -> Page:
        """The first weeks were scored by another version, and some days seen from farther away."""
        kept = [
            replace(
                one,
                provenance={"scoring": VERSION - 1 if number < 9 else VERSION},
                rest={"scale": {"mm_per_px": 0.9 if number in (30, 31) else 0.4}},
            )
            for number, one in enumerate(_practices())
        ]
        page = HistoryPage(kept, self._words, TODAY)
        page.heed(Press("exercise", "smile_eye_open"))
        return page

    def each_movement(self) -> Page:
        """One of them was left off for the last weeks."""
        kept = _practices()
        left_off = [
            replace(
                one, repetitions=tuple(k for k in one.repetitions if k["exercise"] != "brow_lift")
            )
            for one in kept[-20:]
        ]
        page = HistoryPage(kept[:-20] + left_off, self._words, TODAY)
        page.heed(Press("exercise", EACH))
        return page

    def then_and_now(self) -> Page:
        then = Photograph(TODAY - timedelta(days=30 * MONTHS_OF_PRACTICE), self._at_rest())
        now = Photograph(TODAY, self._at_rest())
        page = HistoryPage(_practices(), self._words, TODAY, (then, now))
        page.heed(Press("photographs"))
        return page

    def keep_picture(self) -> Page:
        return KeepPicturePage(self._at_rest())

    def pictures(self) -> PicturesPage:
        noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, 40)
        return PicturesPage([noon - timedelta(days=days) for days in (88, 41, 0)])

    def one_picture(self) -> Page:
        page = self.pictures()
        page.look(0, self._at_rest())
        return page

    def _at_rest(self) -> Picture:
        resting = RestingPicture()
        for image, reading in self._usual.seen:
            resting.see(image, reading)
        assert resting.image is not None
        return resting.image

    def replay(self) -> Page:
        recent = Recent()
        for image, reading in self._usual.seen:
            recent.see(image, reading)
        held_s = BEGIN_S + HELD_AFTER_S
        return ReplayPage(Replay(recent, held_s - 1.0, BEGIN_S + LENGTH_S), "mouth_corner")

    def movements(self) -> Page:
        own = library.programmes()["synkinesis"]
        return MovementsPage(self._exercises, self._words, own, "synkinesis", "smile_eye_open")

    def settings(self) -> Page:
        cameras: dict[int | str, str] = {0: "1"}
        programmes = tuple(library.programmes())
        return SettingsPage(self._profile, "/home/anna/mirrorcoach", cameras, programmes, TODAY)

    def therapist(self) -> TherapistPage:
        choices = [
            (name, self._words.exercise[name].name)
            for name, one in self._exercises.items()
            if one.wanted is not None
        ]
        first_days = {MOVEMENT: FirstDay(7.9, 2.1, 0.27)}
        page = TherapistPage(choices, first_days, "left", _notes(self._texts.language))
        exercise, name = self._exercises[MOVEMENT], self._words.exercise[MOVEMENT].name
        for image, reading in self._usual.seen:
            page.show(TherapistView(image, reading, self._usual.rest, exercise, name))
        return page

    def frozen(self) -> Page:
        page = self.therapist()
        page.heed(FREEZE)
        page.heed(Press("line", ((BEGIN_S + HELD_AFTER_S) / KEPT_S, 0.5)))
        return page

    def notes(self) -> Page:
        page = self.therapist()
        page.heed(NOTES)
        return page

    def loading(self) -> Page:
        return LoadingPage(self._texts("common.getting_ready"))

    def message(self) -> Page:
        ways = [Way(self._texts("common.close"), Key.BACK)]
        return MessagePage(
            self._texts("common.stopped"), self._words.cue["no_picture"].spoken, ways
        )


def _notes(language: str) -> list[Note]:
    """Invented notes; a note is in the language of whoever wrote it."""
    first = datetime(TODAY.year, TODAY.month, TODAY.day, 9) - timedelta(days=81)
    return [
        Note(number, first + timedelta(days=days), text, by)
        for number, (days, by, text) in enumerate(NOTED[language], 1)
    ]


def _repetitions(share: float) -> list[dict[str, Any]]:
    """Invented repetitions; `share` is how far the person has come, 0 to 1."""
    return [
        {
            "exercise": exercise,
            "measurable": True,
            "left": _side(6.0),
            "right": _side(6.0 * evenness),
            "symmetry": evenness,
            "symmetry_interval": [evenness - 0.04, evenness + 0.04],
            "quiet": [{"region": "eye", "side": "right", "flag": "none" if calm else "mild"}],
            "reasons": [],
        }
        for exercise, first, last in (
            ("smile_eye_open", 0.45, 0.72),
            ("pucker_eye_open", 0.5, 0.68),
            ("brow_lift", 0.4, 0.45),
        )
        for calm in (True, share > 0.5, True)
        for evenness in [round(first + (last - first) * share, 3)]
    ]


def _side(mm: float) -> dict[str, Any]:
    return {"excursion_mm": round(mm, 1), "excursion_interval_mm": [mm - 0.5, mm + 0.5]}


def _practices() -> list[PracticeRecord]:
    """Some months of invented practices, with days without one."""
    days = 30 * MONTHS_OF_PRACTICE
    chance = np.random.default_rng(5)
    made = []
    for gone in range(days, 0, -1):
        if chance.random() < 0.35:
            continue
        share = 1 - gone / days + 0.08 * float(chance.normal())
        started = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=timezone.utc)
        made.append(
            PracticeRecord(
                number=len(made) + 1,
                started_at=started - timedelta(days=gone),
                programme="synkinesis",
                repetitions=tuple(_repetitions(min(1.0, max(0.0, share)))),
                answers=(),
                felt=None,
                ending="done",
                practised_s=420.0,
                provenance={"scoring": VERSION},
            )
        )
    return made
