"""A whole practice: the same numbers as scoring its recording, and kept as it goes."""

import numpy as np
import pytest

from exercises import library
from exercises.schema import Programme, Step
from landmarks.meter import FaceMeter, readings
from landmarks.signals import Signals
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.live.practice import Practice
from mirrorcoach.records.store import Store
from mirrorcoach.video import document
from mirrorcoach.video.plan import make_plan
from mirrorcoach.video.score import score_video
from mirrorcoach.video.writer import VideoWriter


def filmed(exercise: str, repetitions: int) -> Step:
    """A step at the pace at which the simulated patient was filmed."""
    return Step(exercise=exercise, repetitions=repetitions, rise_s=2.0, hold_s=2.0, let_go_s=3.0)


WORDS = library.words()
PROGRAMME = Programme(
    id="test",
    stage="paresis",
    steps=(filmed("smile_open", 1), filmed("brow_lift", 1)),
)


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    """The simulated patient's whole practice, filmed; and the stretches that were asked."""
    path = tmp_path_factory.mktemp("practice") / "practice.mp4"
    patient = SimulatedPatient(realtime=False)
    practice = Practice(PROGRAMME, patient, words=WORDS)
    with patient, FaceMeter() as meter:
        info = patient.info
        with VideoWriter(path, info.width, info.height, 30.0) as film:
            for moment in practice.moments(meter):
                film.write(moment.frame.image, moment.frame.time_s)
    return path


@pytest.fixture(scope="module")
def practised(recording, tmp_path_factory):
    """The practice again, with the film in place of the camera, kept in a store.

    The practice, what it said, the repetitions kept, and the contours there while it went on.
    """
    folder = tmp_path_factory.mktemp("data")
    lines, faces = [], []
    with Store.open(folder) as store:
        practice = Practice(PROGRAMME, VideoFile(recording), words=WORDS, store=store)
        for line in practice.run_headless():
            lines.append(line)
            if not practice.session.done:
                faces.append([one.exercise for one in store.outlines(1)])
        kept = store.repetitions(1)
    return practice, lines, kept, faces


@pytest.fixture(scope="module")
def stored(practised, tmp_path_factory):
    """What the store holds of it: the practice, its courses and its contours."""
    practice, *_ = practised
    with Store.open(practice.keeping._store.place) as store:
        (record,) = store.practices()
        return record, store.traces(record.number), store.outlines(record.number)


@pytest.fixture(scope="module")
def scored(recording, practised, tmp_path_factory):
    """The same film through ``score``, with the practice's own stretches as cues."""
    practice, *_ = practised
    folder = tmp_path_factory.mktemp("scores")
    cues = folder / "cues.csv"
    rows = [f"{a.start_s!r},{a.end_s!r},{a.exercise}" for a in practice.asked]
    cues.write_text("\n".join(["start_s,end_s,exercise", *rows]) + "\n")
    return score_video(recording, make_plan(cues=cues), folder / "out")


def test_practice_and_score_give_the_same_numbers(practised, scored):
    practice, *_ = practised
    result = practice.result()
    for part in ("repetitions", "exercises", "session"):
        assert result[part] == scored.document[part]
    assert [one["exercise"] for one in result["repetitions"]] == ["smile_open", "brow_lift"]
    assert all(one["measurable"] for one in result["repetitions"])


def test_practice_and_score_give_the_same_readings(recording, practised):
    practice, *_ = practised
    signals = Signals()
    with VideoFile(recording) as video, FaceMeter() as meter:
        plan = make_plan(exercise="smile_open")
        for reading in readings(video, meter, plan.resting):
            signals.append(reading)
    ours = practice.signals.between(0, 1e9)
    theirs = signals.between(0, float(ours.time_s[-1]) + 1e-6)
    np.testing.assert_array_equal(ours.time_s, theirs.time_s)
    assert ours.problems == theirs.problems
    np.testing.assert_array_equal(ours.displacement_mm, theirs.displacement_mm)
    np.testing.assert_array_equal(ours.aperture_ratio, theirs.aperture_ratio)


def test_each_repetition_is_kept_as_it_was_scored(practised):
    practice, _, kept, _ = practised
    assert kept == [document.repetition_object(one) for one in practice.repetitions]


def test_quality_and_rest_are_kept_as_the_recording_has_them(stored, scored):
    record, _, _ = stored
    of_film = scored.document
    assert record.rest == of_film["rest"] | {"scale": of_film["scale"]}
    assert record.quality["refused"][0]["reason"] == of_film["quality"]["refused"][0]["reason"]
    assert record.ending == "done"


def test_each_repetition_has_its_course_with_the_movement_of_its_score(practised, stored):
    practice, *_ = practised
    _, traces, _ = stored
    for one, trace in zip(practice.repetitions, traces, strict=True):
        at_s = trace.start_s + np.arange(len(trace.left)) / trace.rate_hz
        held = (at_s >= one.hold_start_s) & (at_s <= one.hold_end_s)
        for side, course in ((one.left, trace.left), (one.right, trace.right)):
            if side.excursion_mm is not None:
                found = np.median(np.array(course, dtype=float)[held])
                assert found == pytest.approx(side.excursion_mm, abs=0.5)


def test_the_face_is_kept_at_rest_and_at_each_hold(stored):
    _, _, outlines = stored
    rest, smile, lift = outlines
    assert (rest.exercise, smile.exercise, lift.exercise) == (None, "smile_open", "brow_lift")

    def lifted_mm(outline, curve):
        return np.mean(np.subtract(outline.curves[curve], rest.curves[curve])[:, 1])

    assert lifted_mm(lift, "left_brow") > 1.5 > lifted_mm(smile, "left_brow")
    width = {one.exercise: np.ptp(one.curves["lips_outer"], axis=0)[0] for one in outlines}
    assert width["smile_open"] > width["brow_lift"] + 2.0


def test_a_practice_that_is_cut_off_has_the_contours_of_what_was_done(practised):
    *_, faces = practised
    assert faces[0] == [], "nothing is begun before anything was done"
    assert faces[-1] == [None, "smile_open"]


def test_the_report_says_what_was_done_and_what_it_is_not(practised):
    _, lines, *_ = practised
    text = "\n".join(lines)
    assert "Open smile: 1 of 1 measured" in text
    assert "Brow lift: 1 of 1 measured" in text
    assert text.endswith("it does not diagnose, grade or treat.")


def test_the_patient_who_is_coached_smaller_moves_smaller():
    programme = Programme(id="test", stage="paresis", steps=(filmed("smile_open", 2),))
    practice = Practice(programme, SimulatedPatient(realtime=False), words=WORDS)
    list(practice.run_headless())
    first, second = practice.repetitions
    assert first.left.excursion_mm is not None
    assert second.left.excursion_mm is not None
    assert second.left.excursion_mm < 0.8 * first.left.excursion_mm

    def narrowing(one):
        return next(q.change for q in one.quiet if (q.region, q.side) == ("eye", "right"))

    assert narrowing(second) < 0.6 * narrowing(first)
    assert first.score is not None
    assert second.score is not None
    assert second.score > first.score + 10


def test_a_recording_that_ends_early_ends_the_practice_kindly(tmp_path):
    import assets

    with assets.path("demo/rest.mp4") as path:
        practice = Practice(PROGRAMME, VideoFile(path), words=WORDS)
        lines = list(practice.run_headless())
    assert practice.session.done
    assert practice.result()["repetitions"] == []
    assert "Traceback" not in "\n".join(lines)
