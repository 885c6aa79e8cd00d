"""The catalogue and the programmes that come with mirrorcoach."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from exercises import library
from exercises.repetition import measure_of
from exercises.schema import EFFORT_CAP, MINUTES_CAP, Exercise, Programme
from landmarks.movement import AT_REST

CATALOGUE = library.exercises()
PROGRAMMES = library.programmes()

BRIEF = {
    *("rest_scan", "brow_lift", "brow_draw", "eye_close_gentle", "eye_close_full", "eye_squint"),
    *("blink_slow", "snarl", "nostril_flare", "smile_closed", "smile_open", "smile_eye_open"),
    *("pucker", "pucker_eye_open", "lip_seal", "cheek_puff", "cheek_suck", "ee_lowerlip"),
    *("upper_lip_lift", "corner_down", "chin_lift", "one_side", "vowels", "emotion"),
    "mirror_imagery",
}
"""Every exercise of the clinical brief."""

MEASURED_ONLY = {"eye_close_full"}


def test_every_exercise_of_the_brief_is_there() -> None:
    assert set(CATALOGUE) >= BRIEF | {"massage", "eye_care"}


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_what_is_scored_can_be_measured(name: str) -> None:
    exercise = CATALOGUE[name]
    measure = measure_of(exercise)
    if exercise.scoring == "never":
        assert measure is None
        return
    assert measure is not None
    np.testing.assert_array_equal(measure.sides_mm(AT_REST), 0.0)
    if exercise.scoring == "measured":
        assert measure.region == "eye" or measure.path is not None


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_what_is_not_measured_is_asked(name: str) -> None:
    exercise = CATALOGUE[name]
    if exercise.kind == "movement" and exercise.scoring == "never":
        assert exercise.asks


def test_the_inhibition_pairs_hold_the_eye_still() -> None:
    for name, plain in (("smile_eye_open", "smile_closed"), ("pucker_eye_open", "pucker")):
        exercise = CATALOGUE[name]
        assert exercise.inhibits == "eye" and exercise.stages == ("synkinesis",)
        assert exercise.quiet == CATALOGUE[plain].quiet
        assert measure_of(exercise) == measure_of(CATALOGUE[plain])


def test_nothing_that_moves_is_asked_of_a_flaccid_face() -> None:
    asked = {name for name, one in CATALOGUE.items() if "flaccid" in one.stages}
    assert asked == {"rest_scan", "mirror_imagery", "massage", "eye_care"}
    assert all(CATALOGUE[name].kind != "movement" for name in asked)
    assert all(
        CATALOGUE[name].dose.effort_cap == 0 for name in asked if CATALOGUE[name].kind == "guided"
    )


def test_overactive_muscles_are_not_trained_with_synkinesis() -> None:
    for name in ("corner_down", "chin_lift"):
        assert "synkinesis" not in CATALOGUE[name].stages


def test_what_needs_effort_is_measured_and_never_trained() -> None:
    assert {name for name, one in CATALOGUE.items() if not one.stages} == MEASURED_ONLY
    for name, one in CATALOGUE.items():
        assert one.dose.effort_cap <= EFFORT_CAP or name in MEASURED_ONLY


def test_a_name_in_a_file_is_the_name_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"grin": CATALOGUE["snarl"]}
    monkeypatch.setattr(library, "_folder", lambda name, model: wrong)
    with pytest.raises(library.LibraryError, match=r"grin\.toml, line 1, id: got 'snarl'"):
        library.exercises.__wrapped__()


def steps_of(name: str) -> list[str]:
    return [step.exercise for step in PROGRAMMES[name].steps]


def test_there_is_a_programme_for_every_need() -> None:
    assert {one.stage for one in PROGRAMMES.values() if one.purpose == "daily"} == {
        *("flaccid", "paresis", "synkinesis", "maintenance")
    }
    assert set(PROGRAMMES) == {
        *("flaccid", "paresis", "synkinesis", "maintenance", "three_minutes", "sunnybrook"),
        *("eface", "photographs", "demo", "first_steps"),
    }


def test_assessments_ask_what_their_scales_ask_for() -> None:
    assert steps_of("sunnybrook") == [
        *("brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker")
    ]
    assert steps_of("eface") == [
        *("rest_scan", "brow_lift", "eye_close_gentle", "eye_close_full", "smile_open"),
        *("pucker", "ee_lowerlip"),
    ]
    assert steps_of("photographs") == [
        *("rest_scan", "smile_closed", "smile_open", "brow_lift", "eye_close_gentle"),
        *("eye_close_full", "pucker", "ee_lowerlip"),
    ]
    assert {step.repetitions for step in PROGRAMMES["photographs"].steps} <= {None, 1}


@pytest.mark.parametrize("name", ["synkinesis", "maintenance", "three_minutes"])
def test_inhibition_comes_first(name: str) -> None:
    moving = [one for one in steps_of(name) if CATALOGUE[one].wanted is not None]
    inhibits = [CATALOGUE[one].inhibits is not None for one in moving]
    assert inhibits == sorted(inhibits, reverse=True) and sum(inhibits) >= 2


@pytest.mark.parametrize(
    "name", ["flaccid", "paresis", "synkinesis", "maintenance", "three_minutes"]
)
def test_a_daily_practice_begins_and_ends_at_rest(name: str) -> None:
    asked = [one for one in steps_of(name) if one != "eye_care"]
    assert asked[0] == asked[-1] == "rest_scan"


@pytest.mark.parametrize("name", sorted(PROGRAMMES))
def test_a_programme_is_short(name: str) -> None:
    programme = PROGRAMMES[name]
    assert library.length_s(programme) <= 60 * programme.minutes_cap <= 60 * MINUTES_CAP
    movements = [one for one in steps_of(name) if CATALOGUE[one].kind == "movement"]
    assert len(movements) <= (6 if programme.purpose == "daily" else 7)


def test_three_minutes_take_three_minutes() -> None:
    assert 150 <= library.length_s(PROGRAMMES["three_minutes"]) <= 180


def test_the_affected_side_is_not_scored_while_nothing_moves() -> None:
    assert not PROGRAMMES["flaccid"].scores_affected_side
    assert all(one.scores_affected_side for one in PROGRAMMES.values() if one.stage != "flaccid")


def test_a_step_changes_what_it_names_and_nothing_else() -> None:
    (step,) = Programme.model_validate_json(
        '{"id": "one", "steps": [{"exercise": "snarl", "repetitions": 2, "hold_s": 4}]}'
    ).steps
    changed = step.applied_to(CATALOGUE["snarl"])
    assert changed.dose == CATALOGUE["snarl"].dose.model_copy(
        update={"repetitions": 2, "hold_s": 4.0}
    )
    assert changed.model_copy(update={"dose": CATALOGUE["snarl"].dose}) == CATALOGUE["snarl"]
    assert changed.length_s == 2 * (3.0 + 4.0 + 3.0 + 5.0)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_counted_movement_can_be_drawn(name: str) -> None:
    exercise = CATALOGUE[name]
    if exercise.kind == "movement":
        assert exercise.wanted is not None or exercise.shows


MOVEMENT = 'id = "odd"\nmuscles = []\nbranches = []\nstages = ["paresis"]\n'


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('scoring = "measured"', "'wanted' says what is measured"),
        (
            'scoring = "never"\n[wanted]\nregion = "brow"\ndirection = "up"\ntarget_mm = 2',
            "'wanted'",
        ),
        ('scoring = "never"\nguide_s = [5]', "'guide_s' is for kind 'guided'"),
        ('kind = "guided"\nscoring = "never"', "'guide_s' is for kind 'guided'"),
        (
            'kind = "rest"\nscoring = "measured"\n'
            '[wanted]\nregion = "brow"\ndirection = "up"\ntarget_mm = 2',
            "only a movement has something 'wanted', got kind 'rest'",
        ),
        ('scoring = "never"\ninhibits = "eye"', "inhibits = 'eye' must be one of the quiet"),
        ('scoring = "never"\n[dose]\neffort_cap = 8', "effort_cap of at most 3, got 8"),
        (
            'scoring = "never"\n[[quiet]]\nregion = "eye"\nmild = 3\nmoderate = 2\nmarked = 4',
            "line 6, quiet[1]: mild, moderate and marked must rise, got 3.0, 2.0, 4.0",
        ),
        (
            'scoring = "never"\n[[quiet]]\nregion = "chin"\ncompare = "other_eye"\n'
            "mild = 1\nmoderate = 2\nmarked = 4",
            "compare = 'other_eye' is for the eye, got region 'chin'",
        ),
        (
            'scoring = "measured"\n[wanted]\nregion = "brow"\ndirection = "up"\ntarget_mm = 2\n'
            '[[shows]]\nregion = "brow"\ndirection = "up"\nsize_mm = 2',
            "'shows' is for what has nothing 'wanted'",
        ),
        (
            'scoring = "never"\n'
            '[[shows]]\nregion = "brow"\ndirection = "up"\nsize_mm = 2\nstep = 1',
            "a 'step' of 'shows' is for kind 'guided'",
        ),
        (
            'kind = "guided"\nguide_s = [5]\nscoring = "never"\n'
            '[[shows]]\nregion = "brow"\ndirection = "up"\nsize_mm = 2',
            "a 'step' of 'shows' is for kind 'guided'",
        ),
        (
            'kind = "guided"\nguide_s = [5]\nscoring = "never"\n'
            '[[shows]]\nregion = "brow"\ndirection = "up"\nsize_mm = 2\nstep = 2',
            "shows has step 2, but guide_s has 1 steps",
        ),
    ],
)
def test_an_exercise_that_contradicts_itself_is_refused(
    tmp_path: Path, more: str, said: str
) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(f"{MOVEMENT}{more}\n", encoding="utf-8")
    with pytest.raises(library.LibraryError, match=re.escape(said)):
        library._load(file, Exercise)


@pytest.mark.parametrize("folder", ["catalogue", "programmes", "words", "safety"])
def test_there_is_nothing_but_toml(folder: str) -> None:
    names = {entry.name for entry in files("exercises").joinpath(folder).iterdir()}
    assert names and all(name.endswith(".toml") for name in names)
