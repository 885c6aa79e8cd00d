"""Every language says everything, briefly, kindly and in its own spelling."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

import pytest

from exercises import library
from exercises.cues import CUES, LONGEST_CUE
from exercises.schema import QUESTIONS, SAFETY_TOPICS, Prompt, Words
from landmarks.regions import REGIONS, SIDES

EFFORT = {
    "en": ("harder", "bigger", "stronger", "push", "maximum"),
    "fr": (
        *("plus fort", "plus forte", "plus fortement", "plus grand", "plus grande", "plus loin"),
        *("davantage", "pousser", "poussez", "poussée", "forcer", "forcez", "maximum", "maximal"),
        *("à fond", "le plus possible"),
    ),
}
"""What nothing may say, language by language: it asks for more."""

JUDGEMENT = {
    "en": (
        *("wrong", "fail", "bad", "lazy", "weak", "should", "must", "try again", "missed"),
        *("only", "streak", "normal"),
    ),
    "fr": (
        *("mauvais", "mauvaise", "faux", "échec", "échoué", "raté", "paresseux", "faible"),
        *("il faut", "devez", "devriez", "réessayez", "manqué", "seulement"),
        *("normal", "normale"),
    ),
}
"""What nothing that is said during practice may say: it judges."""


def prompts(words: Words) -> Iterator[Prompt]:
    yield from words.cue.values()
    yield from words.question.values()
    for one in words.exercise.values():
        yield from (one.rise, one.hold, one.let_go, *one.guide)


def said(language: str) -> Iterator[str]:
    """Everything that a person reads or hears while they practise."""
    words = library.words(language)
    for prompt in prompts(words):
        yield from (prompt.short, prompt.spoken)
    for one in words.exercise.values():
        yield from (one.name, one.instruction, one.discourage or "")
    yield from words.programme.values()


def everything(language: str) -> Iterator[str]:
    yield from said(language)
    words = library.words(language)
    yield from (*words.region.values(), *words.side.values())
    for card in library.safety(language).text.values():
        yield from (card.title, *card.lines)
    yield from sheet(language).values()


def sheet(language: str) -> dict[str, str]:
    """Everything that the note sheet says, by its name."""
    words = library.sheet_words(language)
    texts = {
        f"{section}.{name}": text
        for section in ("part", "item", "text")
        for name, text in dict(getattr(words, section)).items()
    }
    return texts | {f"remark.{place}": text for place, text in enumerate(words.remarks)}


def lacking(language: str) -> list[str]:
    """What a language does not say yet, or says of things that do not exist."""
    words = library.words(language)
    try:
        safety = set(library.safety(language).text)
    except LookupError:
        safety = set()
    asked: list[tuple[str, set[str], set[str]]] = [
        ("cue", set(CUES), set(words.cue)),
        ("question", set(QUESTIONS), set(words.question)),
        ("region", set(REGIONS), set(words.region)),
        ("side", set(SIDES), set(words.side)),
        ("exercise", set(library.exercises()), set(words.exercise)),
        ("programme", set(library.programmes()), set(words.programme)),
        ("safety", set(SAFETY_TOPICS), safety),
    ]
    found = [
        f"{section}.{name}" for section, wanted, given in asked for name in sorted(wanted ^ given)
    ]
    for name, exercise in library.exercises().items():
        if name in words.exercise and len(words.exercise[name].guide) != len(exercise.guide_s):
            found.append(f"exercise.{name}.guide: {len(exercise.guide_s)} steps")
        if name in words.exercise and words.exercise[name].discourage is None:
            found.append(f"exercise.{name}.discourage")
    return found


@pytest.mark.parametrize("language", library.languages())
def test_a_language_lacks_nothing(language: str) -> None:
    assert library.words(language).language == library.safety(language).language == language
    assert lacking(language) == []


@pytest.mark.parametrize("language", library.languages())
def test_the_note_sheet_says_the_same_things_with_the_same_parts(language: str) -> None:
    def parts(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    english, other = sheet("en"), sheet(language)
    assert library.sheet_words(language).language == language
    assert {name: parts(text) for name, text in other.items()} == {
        name: parts(text) for name, text in english.items()
    }


@pytest.mark.parametrize("language", library.languages())
def test_the_note_sheet_calls_no_two_things_by_one_name(language: str) -> None:
    for section in ("part", "text"):
        names = [text for name, text in sheet(language).items() if name.startswith(section)]
        assert len(set(names)) == len(names)


def test_what_is_lacking_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    words = library.words("fr")
    less = words.model_copy(
        update={
            "cue": {name: cue for name, cue in words.cue.items() if name != "together"},
            "exercise": {name: one for name, one in words.exercise.items() if name != "snarl"},
        }
    )
    monkeypatch.setattr(library, "words", lambda language: less)
    assert lacking("fr") == ["cue.together", "exercise.snarl"]
    assert {f"safety.{topic}" for topic in SAFETY_TOPICS} < set(lacking("xx"))


def test_english_and_french_are_there_and_no_other_is_made_up() -> None:
    assert {"en", "fr"} <= set(library.languages())
    with pytest.raises(LookupError, match=r"language 'xx'\. There are: en, fr"):
        library.words("xx")
    with pytest.raises(LookupError, match="language 'xx'"):
        library.safety("xx")
    with pytest.raises(LookupError, match="language 'xx'"):
        library.sheet_words("xx")


def test_every_language_has_its_own_list_of_what_is_not_said() -> None:
    assert set(EFFORT) == set(JUDGEMENT) == set(library.languages())


def found(words: tuple[str, ...], texts: Iterable[str]) -> list[str]:
    """The texts that hold one of these words."""
    any_of = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b")
    return [text for text in texts if any_of.search(text.casefold().replace("\u00a0", " "))]


@pytest.mark.parametrize("language", library.languages())
def test_nothing_asks_for_more(language: str) -> None:
    assert found(EFFORT[language], everything(language)) == []


@pytest.mark.parametrize("language", library.languages())
def test_nothing_said_in_practice_judges_or_shouts(language: str) -> None:
    assert found(JUDGEMENT[language], said(language)) == []
    assert [text for text in everything(language) if "!" in text] == []


def test_a_word_is_found_wherever_it_stands() -> None:
    assert found(EFFORT["en"], ["A bit harder.", "Hardest", "Push", "pushing"]) == [
        *("A bit harder.", "Push")
    ]
    said_fr = "Un peu plus\u00a0fort."
    assert found(EFFORT["fr"], [said_fr, "Plus doux."]) == [said_fr]


@pytest.mark.parametrize("language", library.languages())
def test_a_short_form_is_short_enough_to_read_beside_a_face(language: str) -> None:
    assert [
        one.short for one in prompts(library.words(language)) if len(one.short) > LONGEST_CUE
    ] == []


@pytest.mark.parametrize("language", library.languages())
def test_eyes_that_are_closed_are_told_to_open(language: str) -> None:
    words = library.words(language)
    others = {words.exercise["smile_open"].let_go.spoken}
    for name, exercise in library.exercises().items():
        if exercise.eyes_closed:
            assert words.exercise[name].let_go.spoken not in others


def test_french_is_set_as_french_is() -> None:
    broken = [
        text
        for text in everything("fr")
        if re.search(r"['\"]|[^\u00a0][?!:;»]|«[^\u00a0]", text) or "..." in text
    ]
    assert broken == []
    addressed = [text for text in everything("fr") if re.search(r"\b(tu|toi|ton|ta|tes)\b", text)]
    assert addressed == []


@pytest.mark.parametrize("language", library.languages())
def test_languages_do_not_share_their_sentences(language: str) -> None:
    """A copied sentence is one that nobody has translated."""
    for other in set(library.languages()) - {language}:
        assert not {text for text in everything(language) if " " in text} & set(everything(other))
