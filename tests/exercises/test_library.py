import numpy as np
import pytest

from exercises import library
from exercises.cues import CUES, FORBIDDEN_WORDS, LONGEST_CUE
from exercises.repetition import measure_of
from landmarks.movement import AT_REST
from landmarks.regions import REGIONS, SIDES

SKELETON = {
    "brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker", "ee_lowerlip", "rest_scan",
}  # fmt: skip


def test_the_first_exercises_are_there():
    assert set(library.exercises()) >= SKELETON


@pytest.mark.parametrize("name", sorted(library.exercises()))
def test_every_exercise_can_be_measured_and_named(name):
    exercise = library.exercises()[name]
    measure = measure_of(exercise)
    assert (measure is None) == (name == "rest_scan")
    if measure is not None:
        np.testing.assert_array_equal(measure.sides_mm(AT_REST), 0.0)
        assert measure.region == "eye" or measure.path is not None
    assert name in library.words().exercise


def test_programmes_only_ask_for_what_exists_and_keep_their_length():
    programmes = library.programmes()
    assert [step.exercise for step in programmes["sunnybrook"].steps] == [
        "brow_lift", "eye_close_gentle", "smile_open", "snarl", "pucker",
    ]  # fmt: skip
    assert set(programmes) <= set(library.words().programme)


def test_a_language_has_all_its_words():
    words = library.words()
    assert set(words.cue) == CUES
    assert set(words.region) == set(REGIONS)
    assert set(words.side) == set(SIDES)


def spoken():
    words = library.words()
    for prompt in prompts(words):
        yield from (prompt.short, prompt.spoken)
    for one in words.exercise.values():
        yield from (one.name, one.instruction, one.discourage or "")


def prompts(words):
    yield from words.cue.values()
    yield from words.question.values()
    for one in words.exercise.values():
        yield from (one.rise, one.hold, one.let_go, *one.guide)


@pytest.mark.parametrize("text", sorted(set(spoken())))
def test_nothing_said_asks_for_more_or_judges(text):
    said = f" {text.lower().replace('.', ' ').replace(',', ' ')} "
    assert not [word for word in FORBIDDEN_WORDS if f" {word} " in said]
    assert "!" not in text


def test_cues_are_short_enough_to_read_beside_a_face():
    said = prompts(library.words())
    assert not [prompt.short for prompt in said if len(prompt.short) > LONGEST_CUE]


def test_a_file_that_is_wrong_is_named_with_its_field(tmp_path):
    from exercises.schema import Exercise

    file = tmp_path / "odd.toml"
    start = 'id = "odd"\nmuscles = []\nscoring = "never"\n'
    file.write_text(f'{start}branches = ["buccal"]\nstages = ["weak"]\n')
    with pytest.raises(library.LibraryError, match=r"odd\.toml, line 5, stages\[1\].*'flaccid'"):
        library._load(file, Exercise)
    file.write_text(f"{start}branches = []\nstages = []\ntarget = 3\n")
    with pytest.raises(library.LibraryError, match="line 6, target"):
        library._load(file, Exercise)
    file.write_text("id = ")
    with pytest.raises(library.LibraryError, match=r"odd\.toml, line 1: this is not TOML"):
        library._load(file, Exercise)
