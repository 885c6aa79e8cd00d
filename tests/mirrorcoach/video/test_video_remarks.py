"""Remarks about a recording: said in English, known again, told in every language."""

import re

import pytest

from exercises import library
from mirrorcoach.records.report.speech import Speech
from mirrorcoach.video.remarks import SENTENCES, remark_of, sentence

PARTS = {"damaged": {"n": "3"}, "dropped": {"n": "12"}, "cut_short": {"seconds": "1.5"}}


@pytest.mark.parametrize("remark", SENTENCES)
def test_every_remark_is_known_again_with_its_parts(remark):
    parts = PARTS.get(remark, {})
    said = sentence(remark, **parts)
    assert "{" not in said and all(number in said for number in parts.values())
    assert remark_of(said) == (remark, parts)


@pytest.mark.parametrize("said", ["", "More than one face was seen.", "The file ends  s before."])
def test_a_sentence_of_another_version_is_not_guessed_at(said):
    assert remark_of(said) is None


@pytest.mark.parametrize("language", library.languages())
@pytest.mark.parametrize("remark", SENTENCES)
def test_every_remark_has_words_in_every_language(remark, language):
    said = sentence(remark, **PARTS.get(remark, {}))
    told = Speech(language).sentence(said)
    assert "{" not in told
    assert (told == said) == (language == "en")
    assert re.findall(r"\d+", told) == re.findall(r"\d+", said)
    assert set(re.findall(r"--\w+", told)) == set(re.findall(r"--\w+", said))


def test_a_number_in_a_remark_is_written_as_the_language_does():
    told = Speech("fr").sentence(sentence("cut_short", seconds="1.5"))
    assert "1,5\u00a0s" in told
