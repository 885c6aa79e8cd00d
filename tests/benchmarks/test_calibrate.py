"""The calibration finds constants that are known, and the measurement reads what it writes.

The rig of the rendered people is stood in for by the bundled average face itself, a little uneven,
so nothing is rendered here.
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import islice
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

import assets
from benchmarks import calibrate
from landmarks import average_face as module
from landmarks.average_face import SURFACE, average_face, other_side
from landmarks.frame import Frame
from landmarks.mesh import MIRROR, OUTER_CANTHI
from landmarks.movement import PATHS
from mirrorcoach.capture.videofile import VideoFile

BUNDLED = json.loads(Path(module.__file__).with_suffix(".json").read_text("utf-8"))
NAMES = tuple(BUNDLED["fields_mm"])
FACE = average_face()
LICENCE = Path(calibrate.__file__).parents[1] / "assets/demo/LICENSE-ICT-FaceKit.txt"

OWN, OTHER = 8.0, 1.5
PEOPLE = range(12)


def repetition(person, left, right, path=3, constants=(OWN, OTHER), off_mm=(0.0, 0.0)):
    """A movement that reads so far on either side, of a face with these constants."""
    amplitudes = np.array([left, right])
    true_mm = constants[0] * amplitudes + constants[1] * amplitudes[::-1] + np.array(off_mm)
    return calibrate.Taken(person, path, amplitudes, true_mm)


def repetitions(people=PEOPLE, each=3, path=3, constants=(OWN, OTHER), off_share=0.0, seed=0):
    """Repetitions of several people: one side moves fully, the other by a random share."""
    rng = np.random.default_rng(seed)
    found = []
    for person in people:
        for _ in range(each):
            strong, share = rng.uniform(0.5, 1.2), rng.uniform(0.1, 1.0)
            sides = (strong, strong * share) if person % 2 else (strong * share, strong)
            off_mm = off_share * constants[0] * strong * rng.normal(size=2)
            found.append(repetition(person, *sides, path, constants, off_mm))
    return found


# The two constants


def test_known_constants_are_found():
    np.testing.assert_allclose(calibrate.fitted(repetitions()), [OWN, OTHER], rtol=1e-9)


def test_faces_that_differ_blur_them_and_no_more():
    found = calibrate.fitted(repetitions(each=10, off_share=0.05))
    np.testing.assert_allclose(found, [OWN, OTHER], atol=0.2)


def test_a_few_repetitions_that_are_far_off_hardly_count():
    """As a pucker of a turned head is; a mean would be off by a millimetre and more."""
    good, bad = repetitions(each=10), repetitions(range(100, 112), constants=(2 * OWN, 5.0))
    sides = [(one, k) for one in good + bad for k in (0, 1)]
    reads = np.array([(one.amplitudes[k], one.amplitudes[1 - k]) for one, k in sides])
    mean = np.linalg.lstsq(reads, np.array([one.true_mm[k] for one, k in sides]), rcond=None)[0]
    assert np.abs(mean - [OWN, OTHER]).max() > 1.0
    np.testing.assert_allclose(calibrate.fitted(good + bad), [OWN, OTHER], atol=0.3)


def test_small_repetitions_count_as_much_as_large_ones():
    """Two ways of moving, one small and oftener: it wins, though the other has more millimetres."""
    small = [
        repetition(one.person, *(0.2 * one.amplitudes)) for one in repetitions(range(20), each=1)
    ]
    large = repetitions(range(20, 30), each=1, constants=(OWN + 2.0, OTHER))
    np.testing.assert_allclose(calibrate.fitted(small + large), [OWN, OTHER], atol=0.3)


def test_sides_may_be_exchanged():
    straight = repetitions(off_share=0.05)
    exchanged = [
        calibrate.Taken(one.person, one.path, one.amplitudes[::-1], one.true_mm[::-1])
        for one in straight
    ]
    np.testing.assert_allclose(calibrate.fitted(exchanged), calibrate.fitted(straight), rtol=1e-9)


# Each person left out in turn


def test_faces_that_are_all_alike_leave_no_error():
    errors = calibrate.left_out_errors(repetitions())
    assert len(errors) == 3 * len(PEOPLE)
    np.testing.assert_allclose(errors, 0.0, atol=1e-9)


def test_a_person_is_judged_by_what_the_others_taught():
    """However often they were seen themselves: their own face may not vouch for itself."""
    others = repetitions()
    odd = [repetition(99, 1.0, 0.5, constants=(6.0, 3.0)) for _ in range(60)]
    np.testing.assert_allclose(calibrate.fitted(others + odd) @ [1.0, 0.5], 7.5, atol=0.3)
    true, told = (6.0 * 0.5 + 3.0) / (6.0 + 3.0 * 0.5), (OWN * 0.5 + OTHER) / (OWN + OTHER * 0.5)
    for count in (1, 60):
        errors = calibrate.left_out_errors(others + odd[:count])[-count:]
        np.testing.assert_allclose(errors, abs(told - true), rtol=1e-6)


def test_a_weak_side_read_as_the_stronger_is_an_error_and_not_folded_away():
    mistaken = calibrate.Taken(99, 3, np.array([0.8, 1.0]), np.array([10.0, 8.0]))
    (error,) = calibrate.left_out_errors([*repetitions(), mistaken])[-1:]
    assert error == pytest.approx((OWN + OTHER * 0.8) / (OWN * 0.8 + OTHER) - 0.8)


# Where the amplitudes come from


class RestThenBrowLift:
    """Of the simulated patient a second and a half of rest, then a brow lift up to its hold."""

    FILMS = (("rest", 45), ("brow_lift", 135))

    def __init__(self, path):
        assert path.name == "sway007.mp4"

    def __enter__(self):
        return self

    def __exit__(self, *told):
        pass

    def __iter__(self):
        index = 0
        for name, count in self.FILMS:
            with assets.path(f"demo/{name}.mp4") as path, VideoFile(path) as video:
                for frame in islice(video, count):
                    yield Frame(index, index / 30, frame.image)
                    index += 1

    @classmethod
    def truth(cls):
        """Rows of the films' truth, their times those of the whole."""
        found = []
        for name, count in cls.FILMS:
            with assets.path(f"demo/{name}.truth.csv") as path, path.open() as file:
                found += islice(csv.DictReader(file), count)
        return [{**row, "t": f"{index / 30:.4f}"} for index, row in enumerate(found)]


def test_amplitudes_and_truth_are_read_off_a_film_and_its_table(demo_truth, tmp_path, monkeypatch):
    rows = RestThenBrowLift.truth()
    with (tmp_path / "sway007.truth.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[-1].keys(), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setattr(calibrate, "VideoFile", RestThenBrowLift)
    (one,) = calibrate.taken(tmp_path, 7)
    true = demo_truth["brow_lift"]["movements"]["brow_mm"]
    assert (one.person, PATHS[one.path]) == (7, ("brow", "up"))
    np.testing.assert_allclose(one.true_mm, [true["left_mm"], true["right_mm"]], atol=0.1)
    own, other = FACE.movements["brow", "up"].mixing
    told_mm = own * one.amplitudes + other * one.amplitudes[::-1]
    np.testing.assert_allclose(told_mm, one.true_mm, rtol=0.2, atol=0.3)


# The table


FIELDS = {name: FACE.fields_mm[:, :, 2 * k] for k, name in enumerate(NAMES)}
UNEVEN_MM = np.where(FACE.points_mm[:, :1] > 5.0, [0.4, -0.6, 0.2], [0.0, 0.0, 0.0])
EYE_CLOSES_BY = 0.9
"""From the rig's open eye to its closed one."""


class Rig:
    """The average face, uneven, in centimetres; every landmark is a vertex of its own."""

    def __init__(self):
        self.neutral = (FACE.points_mm + UNEVEN_MM) / 10
        self.tri = np.repeat(np.arange(SURFACE)[:, None], 3, axis=1)
        self.mp_attach = np.arange(SURFACE), np.tile([0.2, 0.3, 0.5], (SURFACE, 1))

    def deform(self, head, shapes):
        for shape, share in shapes.items():
            name, side = shape.rsplit("_", 1)
            if name == "eyeBlink":
                field, share = FIELDS["eye_close"], share / EYE_CLOSES_BY
            else:
                field = FIELDS[name]
            head = head + share * (field if side == "L" else other_side(field)) / 10
        return head

    def truth3d(self, head):
        return 10 * head


def metrics(moved_mm, rested_mm):
    """What the rig's anatomical points do: told by the tallest way of each movement."""
    off = moved_mm - rested_mm
    points = {"brow_mm": 105, "ala_mm": 129, "upper_lip_mm": 80, "corner_mm": 61}
    points |= {"corner_dx_mm": 61, "lower_lip_mm": 84}
    found = {}
    for measure, point in points.items():
        for side, one in (("L", MIRROR[point]), ("R", point)):
            way = off[one]
            inward = way[0] if side == "L" else -way[0]
            found[f"{measure}_{side}"] = inward if "dx" in measure else float(np.linalg.norm(way))
    return found


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """The folder of a renderer whose rig is the bundled average face."""
    moves = {rigs: {ours: 1.0} for ours, rigs in calibrate.FIELDS.items()}
    moves["eye_close"] = {"eyeBlink": 1.0}
    parts = {"generate": {"metrics": metrics}, "rig": {"Rig": Rig}, "script": {"MOVES": moves}}
    monkeypatch.setitem(sys.modules, "synthpatient", ModuleType("synthpatient"))
    for name, content in parts.items():
        part = ModuleType(f"synthpatient.{name}")
        vars(part).update(content)
        monkeypatch.setitem(sys.modules, part.__name__, part)
    monkeypatch.setattr(sys, "path", list(sys.path))
    data = tmp_path / "tool" / "synthpatient" / "data"
    data.mkdir(parents=True)
    (data / LICENCE.name).write_bytes(LICENCE.read_bytes())
    return tmp_path / "tool"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The table is written and read in a folder of the test's own; where it will lie."""
    (tmp_path / "landmarks").mkdir()
    monkeypatch.setattr(calibrate, "__file__", str(tmp_path / "benchmarks" / "calibrate.py"))
    places = SimpleNamespace(files=lambda package: tmp_path / package)
    monkeypatch.setattr(module, "resources", places)
    yield tmp_path / "landmarks" / "average_face.json"
    average_face.cache_clear()


def test_what_is_written_is_what_the_measurement_reads(tool, elsewhere):
    table = calibrate.geometry(tool)
    calibrate.write(table)
    face = average_face()
    assert face is not FACE
    assert set(face.movements) == set(PATHS)
    np.testing.assert_array_equal(face.points_mm, table["points_mm"])
    for k, name in enumerate(NAMES):
        np.testing.assert_array_equal(face.fields_mm[:, :, 2 * k], table["fields_mm"][name])
        share = 1.0 if name != "eye_close" else (1.0 - 0.1) / EYE_CLOSES_BY
        np.testing.assert_allclose(face.fields_mm[:, :, 2 * k], share * FIELDS[name], atol=0.006)
    for entry in table["movements"]:
        mixing = face.movements[entry["region"], entry["direction"]].mixing
        assert mixing == (entry["own_mm"], entry["other_mm"])
        assert mixing[0] > 1.0 and abs(mixing[1]) < mixing[0]


def test_an_uneven_rig_gives_an_even_face_between_the_eyes(tool):
    points = np.array(calibrate.geometry(tool)["points_mm"])
    turned = points[MIRROR[:SURFACE]] * np.array([-1.0, 1.0, 1.0])
    np.testing.assert_allclose(points, turned, atol=0.011)
    np.testing.assert_allclose(points[list(OUTER_CANTHI)].mean(axis=0), 0.0, atol=0.011)
    assert np.abs(points - FACE.points_mm).max() < 1.0


def test_edge_and_lids_are_even_and_the_bundled_ones(tool):
    table = calibrate.geometry(tool)
    for name in ("edge", "lids"):
        found = set(table[name])
        assert {int(MIRROR[point]) for point in found} == found
        assert len(found ^ set(BUNDLED[name])) <= 0.1 * len(BUNDLED[name]), name


def test_the_written_table_carries_the_licence_it_derives_from(tool, elsewhere):
    calibrate.write(calibrate.geometry(tool))
    notice = json.loads(elsewhere.read_text(encoding="utf-8"))["notice"]
    assert notice.startswith("MIT License Copyright (c) 2020 USC Institute for Creative Tech")
    assert "above copyright notice and this permission notice shall be included" in notice
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in notice


def test_the_bundled_table_carries_the_licence_too():
    assert BUNDLED["notice"] == " ".join(LICENCE.read_text("utf-8").split())


def test_a_whole_calibration_writes_the_constants_that_people_have(
    tool, elsewhere, tmp_path, monkeypatch, capsys
):
    """Five paths were seen; the sixth shares the way of one of them, and what the skin misses."""
    constants = {row: (5.0 + row, 0.5 + 0.1 * row) for row in range(len(PATHS))}
    unseen = PATHS.index(("upper_lip", "up"))
    asked = []

    def taken(folder, person):
        assert folder == tmp_path / "clips"
        asked.append(person)
        return [
            one
            for row, both in constants.items()
            if row != unseen
            for one in repetitions([person], path=row, constants=both, seed=10 * person + row)
        ]

    rendered = []
    monkeypatch.setattr(calibrate, "render", lambda *told: rendered.append(told))
    monkeypatch.setattr(calibrate, "taken", taken)
    options = ["calibrate.py", str(tool), str(tmp_path / "clips"), "--people", "6", "--first", "30"]
    monkeypatch.setattr(sys, "argv", options)
    rig = {(one["region"], one["direction"]): one for one in calibrate.geometry(tool)["movements"]}
    calibrate.main()

    assert rendered == [(tool, tmp_path / "clips", range(30, 36), "sway")]
    assert asked == list(range(30, 36))
    face = average_face()
    for row, path in enumerate(PATHS):
        if row != unseen:
            assert face.movements[path].mixing == pytest.approx(constants[row], abs=0.001)
    gain = constants[PATHS.index(("ala", "up"))][0] / rig["ala", "up"]["own_mm"]
    expected = [gain * rig["upper_lip", "up"][one] for one in ("own_mm", "other_mm")]
    assert face.movements["upper_lip", "up"].mixing == pytest.approx(expected, abs=0.001)
    rows = capsys.readouterr().out.splitlines()[2:]
    assert len(rows) == len(PATHS) - 1
    assert rows[0] == "| brow up | 5.00 | 0.50 | 18 | 0.000 |"
