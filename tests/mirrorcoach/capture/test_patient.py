from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import assets
from landmarks.frame import Frame
from mirrorcoach.capture import patient as module
from mirrorcoach.capture.patient import SimulatedPatient
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.errors import InputError

FPS = 30
EXERCISES = ("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker", "ee_lowerlip")
CLIPS = ("rest", *EXERCISES, "smile_open_calm", "pucker_calm")

JUMP = 1.3
"""Grey levels between two frames. Within the films no step reaches 1, and the films' own noise
makes 0.9 between any two; a rest that jumps into a hold makes 3 and more (see the first test)."""


def truth() -> dict[str, Any]:
    with assets.path("demo/truth.json") as file:
        clips: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["clips"]
    return clips


def change(a: Frame, b: Frame) -> float:
    """Mean absolute difference of two pictures over the face, in grey levels, noise averaged."""
    face = np.s_[70:570, 280:680]
    small = [cv2.resize(f.image[face], (100, 125), interpolation=cv2.INTER_AREA) for f in (a, b)]
    return float(np.abs(small[0].astype(np.int16) - small[1]).mean())


def film(name: str) -> Iterator[Frame]:
    with assets.path(f"demo/{name}.mp4") as file, VideoFile(file) as video:
        yield from video


@pytest.fixture
def patient() -> Iterator[SimulatedPatient]:
    with SimulatedPatient(realtime=False) as source:
        yield source


# --- the films -----------------------------------------------------------------------------
def test_the_bound_for_a_jump_tells_a_jump() -> None:
    frames = list(islice(film("smile_open"), 110))
    assert max(change(a, b) for a, b in pairwise(frames)) < JUMP
    assert change(frames[0], frames[105]) > 2 * JUMP


@pytest.mark.parametrize("name", CLIPS)
def test_each_film_decodes_and_has_one_row_of_truth_per_frame(name: str) -> None:
    frames = list(film(name))
    with assets.path(f"demo/{name}.truth.csv") as file:
        rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert len(frames) == len(rows) == truth()[name]["frames"]
    assert all(frame.image.shape == (720, 960, 3) for frame in frames)
    assert [float(r["t"]) for r in rows] == pytest.approx([f.time_s for f in frames], abs=1e-3)
    # It begins and ends in one and the same pose, with one and the same face.
    for axis in ("yaw", "pitch", "roll", "tx", "ty", "tz"):
        assert float(rows[0][axis]) == float(rows[-1][axis]) == 0
        limit = 1.5 if axis in ("yaw", "pitch", "roll") else 0.2
        assert max(abs(float(r[axis])) for r in rows) <= limit
    for metric in (k for k in rows[0] if "_mm_" in k):
        assert float(rows[0][metric]) == float(rows[-1][metric])
    assert change(frames[0], frames[-1]) < JUMP


def test_all_films_begin_with_the_same_face() -> None:
    first = [next(film(name)) for name in CLIPS]
    assert max(change(first[0], other) for other in first[1:]) < JUMP


def test_the_bundle_is_small_and_names_its_licence() -> None:
    with assets.path("demo/rest.mp4") as file:
        files = [f for f in file.parent.iterdir() if f.is_file()]
    assert sum(f.stat().st_size for f in files) < 8e6
    with assets.path("demo/LICENSE-ICT-FaceKit.txt") as file:
        assert "Permission is hereby granted" in file.read_text(encoding="utf-8")


def test_a_missing_asset_is_named() -> None:
    with (
        pytest.raises(FileNotFoundError, match=r"demo/nothing\.mp4"),
        assets.path("demo/nothing.mp4"),
    ):
        pass


def test_the_truth_tells_a_weak_right_side_and_a_calmer_second_try() -> None:
    clips = truth()
    assert set(clips) == set(CLIPS)
    for name in EXERCISES:
        for movement in clips[name]["movements"].values():
            assert 0 < movement["right_mm"] < movement["left_mm"]
            share = movement["right_mm"] / movement["left_mm"]
            assert movement["symmetry"] == pytest.approx(share, abs=0.02)
    for name in ("smile_open", "pucker"):
        usual, calm = clips[name], clips[f"{name}_calm"]
        assert calm["exercise"] == name
        for metric, movement in calm["movements"].items():
            assert movement["left_mm"] < 0.75 * usual["movements"][metric]["left_mm"]
            assert movement["symmetry"] > usual["movements"][metric]["symmetry"] + 0.15
        assert usual["eye_narrowing"]["right"] > 0.2 > calm["eye_narrowing"]["right"]


# --- the patient ---------------------------------------------------------------------------
def test_time_rises_by_one_frame_through_rest_and_exercise(patient: SimulatedPatient) -> None:
    times: list[float] = []
    for frame in islice(patient, 330):
        assert frame.index == len(times)
        if frame.index == 20:
            patient.ask("brow_lift")
        times.append(frame.time_s)
    assert np.diff(times) == pytest.approx(1 / FPS)


def test_the_source_says_what_it_is(patient: SimulatedPatient) -> None:
    info = patient.info
    frame = next(iter(patient))
    assert frame.image.shape == (info.height, info.width, 3)
    assert frame.image.dtype == np.uint8 and frame.image.flags.c_contiguous
    assert (info.fps, info.duration_s, info.frames, info.mirrored) == (FPS, None, None, False)


@pytest.mark.parametrize("asked_at", [1, 60, 94, 99, 103, 110, 176, 179])
def test_what_is_asked_begins_soon_and_without_a_jump(
    patient: SimulatedPatient, asked_at: int
) -> None:
    before, begun, joins = None, None, []
    for frame in patient:
        if before is not None and patient.playing != "rest" and begun is None:
            begun = frame.index
        if before is not None and begun is not None:
            joins.append(change(before, frame))
        if frame.index == asked_at:
            patient.ask("pucker")
        before = frame
        if begun is not None and frame.index == begun + 10:
            break
    assert begun is not None
    assert begun - asked_at <= 0.6 * FPS
    assert max(joins) < JUMP


def test_a_whole_repetition_is_played_and_returns_to_rest(patient: SimulatedPatient) -> None:
    patient.ask("snarl")
    frames, names = [], []
    for frame in islice(patient, 300):
        frames.append(frame)
        names.append(patient.playing)
    played = truth()["snarl"]["frames"]
    assert names == ["snarl"] * played + ["rest"] * (300 - played)
    steps = [change(a, b) for a, b in pairwise(frames)]
    assert max(steps) < JUMP
    # Past the fade it is the film itself.
    held = next(islice(film("snarl"), 100, None))
    np.testing.assert_array_equal(frames[100].image, held.image)


def test_the_rest_goes_round_without_a_jump(patient: SimulatedPatient) -> None:
    length = truth()["rest"]["frames"]
    around = list(islice(patient, length - 5, length + 5))
    assert max(change(a, b) for a, b in pairwise(around)) < JUMP


@pytest.mark.parametrize("exercise_id", ["whistle", "rest", "smile_open_calm", "", "../rest"])
def test_an_exercise_the_patient_was_not_filmed_doing_is_answered_by_resting(
    patient: SimulatedPatient, exercise_id: str
) -> None:
    assert not patient.knows(exercise_id)
    patient.ask(exercise_id, calmer=True)
    for _ in islice(patient, 40):
        assert patient.playing == "rest"


def test_the_patient_knows_six_exercises_and_two_calmer_ones(patient: SimulatedPatient) -> None:
    for exercise_id in EXERCISES:
        assert patient.knows(exercise_id)
        patient.ask(exercise_id, calmer=True)
        calm = f"{exercise_id}_calm"
        for _ in islice(patient, 25):
            pass
        assert patient.playing == (calm if calm in CLIPS else exercise_id)
        for _ in islice(patient, 260):
            pass
        assert patient.playing == "rest"


def test_the_newest_request_during_a_repetition_is_played_after_it(
    patient: SimulatedPatient,
) -> None:
    patient.ask("pucker")
    names = []
    for frame in islice(patient, 300):
        names.append(patient.playing)
        if frame.index == 30:
            patient.ask("brow_lift")
        if frame.index == 60:
            patient.ask("smile_open", calmer=True)
    let_go = round(truth()["pucker"]["let_go_end_s"] * FPS)
    assert names[:let_go] == ["pucker"] * let_go
    assert names[let_go:] == ["smile_open_calm"] * (300 - let_go)


def test_an_unknown_exercise_takes_back_a_request(patient: SimulatedPatient) -> None:
    patient.ask("pucker")
    patient.ask("whistle")
    assert {patient.playing for _ in islice(patient, 30)} == {"rest"}


def test_frames_stay_as_they_were_handed_out(patient: SimulatedPatient) -> None:
    patient.ask("pucker")
    frames = list(islice(patient, 12))
    copies = [frame.image.copy() for frame in frames]
    next(iter(patient))
    for frame, copy in zip(frames, copies, strict=True):
        np.testing.assert_array_equal(frame.image, copy)


def test_a_second_loop_goes_on_where_the_first_stopped(patient: SimulatedPatient) -> None:
    first = list(islice(patient, 3))
    second = list(islice(patient, 3))
    assert [f.index for f in first + second] == list(range(6))


# --- the clock, and the end ----------------------------------------------------------------
def test_real_time_is_never_hurried() -> None:
    with SimulatedPatient(realtime=True) as source:
        frames = iter(source)
        next(frames)
        start = time.perf_counter()
        for _ in range(10):
            next(frames)
        assert time.perf_counter() - start > 9.5 / FPS
        time.sleep(0.4)  # a slow consumer: no frame is skipped, and none is hurried after it
        start = time.perf_counter()
        late = list(islice(frames, 10))
        assert time.perf_counter() - start > 8.5 / FPS
        assert [f.index for f in late] == list(range(11, 21))


def test_after_close_the_frames_end(patient: SimulatedPatient) -> None:
    frames = iter(patient)
    next(frames)
    patient.ask("pucker")
    next(frames)
    patient.close()
    patient.close()
    assert next(frames, None) is None
    assert next(iter(patient), None) is None
    patient.ask("pucker")
    assert patient.playing == "rest"


def test_close_from_another_thread_ends_a_waiting_loop() -> None:
    seen: list[int] = []
    with SimulatedPatient(realtime=True) as source:
        reader = threading.Thread(target=lambda: seen.extend(f.index for f in source))
        reader.start()
        time.sleep(0.2)
        source.close()
        reader.join(timeout=5)
        assert not reader.is_alive()
    assert seen == list(range(len(seen)))


def test_it_can_be_opened_again() -> None:
    source = SimulatedPatient(realtime=False)
    for _ in range(2):
        with source:
            source.ask("brow_lift")
            assert [f.index for f in islice(source, 8)] == list(range(8))
            assert source.playing == "brow_lift"


def test_it_must_be_opened_first() -> None:
    source = SimulatedPatient()
    assert source.knows("pucker")
    with pytest.raises(RuntimeError, match="open the patient first"):
        next(iter(source))
    with pytest.raises(RuntimeError, match="open the patient first"):
        _ = source.info


def test_an_incomplete_installation_is_an_input_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "files", lambda _: tmp_path)
    with pytest.raises(InputError, match="Install mirrorcoach again"), SimulatedPatient():
        pass
    module._book.cache_clear()
    with pytest.raises(InputError, match="Install mirrorcoach again"):
        SimulatedPatient().knows("pucker")
