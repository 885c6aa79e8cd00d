"""The note sheet: evidence beside empty boxes, and never a grade."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from exercises.scales import BOX, SUNNYBROOK, Item, markdown, note_sheet

AT_REST = (
    *("fissure_left", "fissure_right"),
    *("fissure_difference", "commissure_difference", "brow_difference"),
)
SIDE = {"onset_s": 1.0, "peak_speed_mm_s": 4.0, "hold_spread_mm": 0.1}


def repetition(
    exercise: str, left: float | None, right: float | None, **more: Any
) -> dict[str, Any]:
    def side(mm: float | None) -> dict[str, Any]:
        around = None if mm is None else [mm - 0.5, mm + 0.5]
        return {"excursion_mm": mm, "excursion_interval_mm": around, **SIDE}

    known = left is not None and right is not None
    ratio = min(left, right) / max(left, right) if left and right else None
    return {
        "exercise": exercise,
        "measurable": known,
        "reasons": [],
        "left": side(left),
        "right": side(right),
        "symmetry": ratio,
        "symmetry_interval": None if ratio is None else [ratio - 0.1, min(1.0, ratio + 0.1)],
        "weaker_side": "right",
        "quiet": [],
        "score": 50.0,
    } | more


def quiet(
    region: str, side: str, change: float | None, unit: str = "ratio", seen: bool = True
) -> dict[str, Any]:
    near = 0.0 if change is None else change
    return {
        "region": region,
        "side": side,
        "change": change,
        "unit": unit,
        "interval": [near - 0.04, near + 0.04] if seen else None,
        "flag": "marked" if seen else None,
    }


def score(*repetitions: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": {"file": "monday.mp4"},
        "affected": None,
        "rest": None,
        "repetitions": list(repetitions),
        "quality": {"refused": [], "remarks": []},
    }


def item(sheet: dict[str, Any], part: str, name: str) -> Item:
    (found,) = (
        one
        for section in note_sheet(sheet)
        if part in section.title
        for one in section.items
        if one.name == name
    )
    return found


def test_the_items_are_those_of_the_scales() -> None:
    parts = note_sheet(score())
    assert [len(part.items) for part in parts] == [3, 5, 5, 4, 6, 4]
    assert SUNNYBROOK == ("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker")


def test_movement_is_told_for_each_side_with_its_range() -> None:
    sheet = score(
        repetition("smile_open", 3.0, 6.0),
        repetition("smile_open", 4.0, 6.0),
        repetition("smile_open", 5.0, 6.0),
    )
    told = item(sheet, "voluntary", "Open smile").evidence
    assert told == (
        "left: 4.0 mm (2.5 to 5.5)",
        "right: 6.0 mm (5.5 to 6.5)",
        "smaller side by larger side: 0.67 (0.40 to 0.93)",
        "3 of 3 repetitions measured",
    )
    assert item(sheet, "dynamic", "Oral commissure with smile").evidence == told


def test_what_was_not_measurable_says_why() -> None:
    dark, turned = "The face was too dark.", "The head was turned."
    sheet = score(
        repetition("snarl", None, None, reasons=[dark]),
        repetition("snarl", None, None, reasons=[turned]),
        repetition("snarl", None, None, reasons=[dark]),
        repetition("pucker", 2.0, 2.0),
        repetition("pucker", None, None, reasons=[dark]),
    )
    assert item(sheet, "voluntary", "Nose wrinkle").evidence == (
        *("Not measurable, 3 tried.", dark, turned),
    )
    assert item(sheet, "voluntary", "Lip pucker").evidence[-2:] == (
        *("1 of 2 repetitions measured", dark),
    )
    assert item(sheet, "voluntary", "Brow lift").evidence == ("Not asked for in this recording.",)


def test_a_resting_face_is_told_where_it_was_measured() -> None:
    sheet = score()
    assert item(sheet, "rest", "Eye").evidence == ("Not measured: no resting face was seen.",)
    why = "The eye could not be told from its lid."
    sheet["rest"] = {
        "asymmetry": {
            "fissure_left": {"mm": 9.84, "interval_mm": [9.1, 10.6]},
            "fissure_right": None,
            "fissure_difference": None,
            "commissure_difference": {"mm": -1.62, "interval_mm": [-2.4, -0.8]},
            "brow_difference": None,
            "reasons": [why],
        }
    }
    assert item(sheet, "rest", "Eye").evidence == ("left opening: 9.8 mm (9.1 to 10.6)",)
    assert item(sheet, "static", "Palpebral fissure") == Item(
        "Palpebral fissure", item(sheet, "rest", "Eye").evidence
    )
    assert item(sheet, "static", "Oral commissure").evidence == (
        "height of the corners, left less right: -1.6 mm (-2.4 to -0.8)",
    )
    assert item(sheet, "static", "Brow").evidence == ("Not measurable.", why)
    assert item(sheet, "rest", "Cheek").evidence[0].startswith("Not measured: ")


def test_a_side_that_did_not_move_is_not_a_zero() -> None:
    one = repetition("smile_open", 6.0, 6.0, symmetry=None, symmetry_interval=None)
    one["right"]["excursion_mm"] = None
    told = item(score(one), "voluntary", "Open smile").evidence
    assert told[1] == "right: less than can be told from rest"
    assert not any("smaller side" in line for line in told)


def test_what_came_along_is_told_by_region_and_side_and_not_graded() -> None:
    sheet = score(
        repetition(
            "pucker",
            2.0,
            2.0,
            quiet=[quiet("eye", "left", 0.3), quiet("eye", "right", -0.02)],
        ),
        repetition("pucker", 2.0, 2.0, quiet=[quiet("eye", "left", 0.2)]),
        repetition(
            "brow_lift",
            2.0,
            2.0,
            quiet=[
                quiet("mouth_corner", "left", 2.5, "mm"),
                quiet("mouth_corner", "right", None, "mm"),
            ],
        ),
        repetition("snarl", 2.0, 2.0, quiet=[quiet("eye", "left", None, seen=False)]),
    )
    assert item(sheet, "Sunnybrook-style: synkinesis", "Lip pucker").evidence == (
        "left eye: aperture changed by -25 % (-34 to -16)",
        "right eye: aperture changed by +2 % (-2 to +6)",
    )
    assert item(sheet, "Sunnybrook-style: synkinesis", "Brow lift").evidence == (
        "left mouth corner: moved 2.5 mm (2.5 to 2.5)",
        "right mouth corner: nothing above what a still face shows",
    )
    assert item(sheet, "Sunnybrook-style: synkinesis", "Nose wrinkle").evidence == (
        "left eye: could not be seen",
    )
    assert (
        item(sheet, "eFACE-style: synkinesis", "Ocular")
        .evidence[0]
        .startswith("Lip pucker: left eye: ")
    )
    assert (
        item(sheet, "eFACE-style: synkinesis", "Midfacial")
        .evidence[0]
        .startswith("Brow lift: left mouth corner: ")
    )


@pytest.mark.parametrize(
    ("part", "name"),
    [
        *(("Sunnybrook-style: rest", name) for name in ("Eye", "Cheek", "Mouth")),
        *(("static", name) for name in ("Brow", "Nasolabial fold", "Oral commissure")),
        *(("eFACE-style: synkinesis", name) for name in ("Mentalis", "Platysmal")),
    ],
)
def test_what_a_camera_cannot_tell_is_left_to_the_clinician(part: str, name: str) -> None:
    (told,) = item(score(repetition("smile_open", 3.0, 3.0)), part, name).evidence
    assert told.startswith("Not measured: ")


def sheets() -> list[dict[str, Any]]:
    moving = [repetition(name, 1.0, 8.0) for name in SUNNYBROOK]
    for one in moving:
        one["quiet"] = [quiet("eye", "right", 0.5)]
    named = score(*moving)
    named["affected"] = "right"
    return [score(), score(*moving), named]


@pytest.mark.parametrize("sheet", sheets())
def test_no_box_is_filled_and_no_side_is_guessed(sheet: dict[str, Any]) -> None:
    page = markdown(sheet)
    rows = [line for line in page.splitlines() if line.startswith("| ") and "| item" not in line]
    assert len(rows) == 27 and all(row.endswith(f"| {BOX} |") for row in rows)
    assert not BOX.strip("[]").strip()
    assert not re.search(
        r"house|brackmann|composite|total|weak|mild|moderate|marked|severe", page, re.IGNORECASE
    )
    said = [line for line in page.splitlines() if "ffected side" in line]
    assert said == [
        f"- Affected side, as the person says: {sheet['affected'] or 'not said'}",
    ]


def test_what_the_recording_itself_was_like_is_told() -> None:
    sheet = score()
    sheet["quality"] = {
        "refused": [
            {"reason": "No face was seen.", "seconds": 2.04},
            {"reason": "The face was too dark.", "seconds": None},
        ],
        "remarks": ["More than one face was seen."],
    }
    page = markdown(sheet)
    assert "- More than one face was seen.\n" in page
    assert "- Not measured for a while (2.0 s): No face was seen.\n" in page
    assert "- Not measured for a while: The face was too dark.\n" in page


def test_a_number_is_written_as_the_language_does() -> None:
    narrowed = [quiet("eye", "left", 0.3), quiet("mouth_corner", "right", 2.5, "mm")]
    page = markdown(score(repetition("pucker", 2.0, 2.5, quiet=narrowed)), "fr")
    page = page.replace("\u00a0", "_")
    assert "côté gauche_: 2,0_mm (1,5_à_2,5)<br>côté droit_: 2,5_mm (2,0_à_3,0)<br>" in page
    assert "côté qui bouge le moins, en part de l’autre_: 0,80 (0,70_à_0,90)<br>" in page
    assert "œil, côté gauche_: ouverture modifiée de −30_% (−34_à_−26)<br>" in page
    assert "coin de la bouche, côté droit_: a bougé de 2,5_mm (2,5_à_2,5)" in page


def test_reasons_and_remarks_are_told_by_whoever_knows_the_language() -> None:
    sheet = score(repetition("snarl", None, None, reasons=["Too dark."]))
    sheet["rest"] = {"asymmetry": dict.fromkeys(AT_REST) | {"reasons": ["Turned."]}}
    sheet["quality"] = {"refused": [{"reason": "No face.", "seconds": 2.04}], "remarks": ["Two."]}
    told: list[str] = []

    def tell(said: str) -> str:
        told.append(said)
        return f"<{said[::-1]}>"

    page = markdown(sheet, "fr", tell)
    assert set(told) == {"Too dark.", "Turned.", "No face.", "Two."}
    assert not any(one in page for one in told)
    assert "\n- <.owT>\n" in page and "(2,0\u00a0s)\u00a0: <.ecaf oN>\n" in page
    assert "Non mesurable.<br><.denruT>" in page
    assert "| Plisser le nez | Non mesurable (essais\u00a0: 1).<br><.krad ooT> |" in page


@pytest.mark.parametrize("sheet", sheets())
def test_every_language_has_the_same_boxes(sheet: dict[str, Any]) -> None:
    english, french = (markdown(sheet, language) for language in ("en", "fr"))
    assert english.count(BOX) == french.count(BOX) == 27
    assert [line.count("<br>") for line in english.splitlines()] == [
        line.count("<br>") for line in french.splitlines()
    ]


def test_the_score_is_left_as_it_was() -> None:
    sheet = sheets()[1]
    before = copy.deepcopy(sheet)
    markdown(sheet)
    assert sheet == before
