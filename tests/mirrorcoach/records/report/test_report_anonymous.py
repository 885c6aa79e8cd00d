"""An anonymous report holds nothing by which the person could be known."""

import base64
from dataclasses import replace
from datetime import date, timedelta

import pytest
from reading import Page
from reported_people import BEGAN, material, weeks

from mirrorcoach.profile import Event
from mirrorcoach.records.practices import Note, Total
from mirrorcoach.records.report.composing import compose
from mirrorcoach.records.report.material import Picture, anonymous, within
from mirrorcoach.records.report.page import html

NAME = "Élodie Bérangère-Müller"
AUTHOR = "Dr. Zoë Garçon"
NOTE = "Habite à Besançon, née le 12 février 1971."
DATA = b"\xff\xd8\xff\xe0 her picture"
PROGRAMME = "programme_d_elodie"

OWN = ("Élodie", "Elodie", "Bérangère", "Müller", "Zoë", "Garçon", "Besançon", "1971", "elodie")
MONTHS = ("January", "March", "April", "May 2", "mars", "avril", "janvier", "février", "2026")


def given():
    practices = tuple(
        replace(
            one,
            programme=PROGRAMME if one.number % 2 else "synkinesis",
            provenance={**one.provenance, "options": {"programme": PROGRAMME}},
            quality={**one.quality, "remarks": [f"The file of {NAME} is short."]},
        )
        for one in weeks(4, times=2)
    )
    known = material(practices)
    profile = known.profile.changed(
        name=NAME, since="2025-09", events=(Event(kind="surgery", day=date(2026, 1, 12)),)
    )
    programme = known.programme.model_copy(update={"id": PROGRAMME, "name": f"Pour {NAME}"})
    picture = Picture(BEGAN.date(), DATA, "image/jpeg")
    return replace(
        known,
        profile=profile,
        programme=programme,
        notes=(Note(1, BEGAN, NOTE, AUTHOR), Note(2, BEGAN, NOTE, "")),
        totals=(Total(1, BEGAN.date(), "FaCE", 50.0), Total(2, BEGAN.date(), f"{NAME}’s scale", 1)),
        pictures=(picture, picture),
    )


def variants(text):
    """A text as it could lie in a file."""
    raw = text.encode("utf-8")
    yield raw
    yield text.encode("ascii", "xmlcharrefreplace")
    yield "".join(f"\\{ord(one):06x}" if not one.isalnum() else one for one in text).encode()
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + raw)[4:-4] or raw


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_byte_of_it_tells_who_it_is(language):
    named = html(compose(given(), language)).encode("utf-8")
    nameless = html(compose(anonymous(given()), language)).encode("utf-8")
    assert all(one.encode() in named for one in ("Élodie", "Besançon", "Zoë", "1971"))
    for text in (*OWN, NAME, AUTHOR, NOTE):
        for one in variants(text):
            assert one not in nameless, text
    assert base64.b64encode(DATA) in named
    assert base64.b64encode(DATA) not in nameless
    assert PROGRAMME.encode() not in nameless


@pytest.mark.parametrize("language", ["en", "fr"])
def test_days_are_counted_and_no_date_is_told(language):
    words = Page(html(compose(anonymous(given()), language))).words
    for month in MONTHS:
        assert month not in words.replace("2025, 10.1177", ""), month
    day = {"en": "day 1", "fr": "jour 1"}[language]
    assert day in words
    before = {"en": "50 days before day 1", "fr": "50 jours avant le jour 1"}[language]
    assert before in words  # the operation


def test_a_part_of_the_time_counts_from_the_very_first_day():
    part = within(given(), BEGAN.date() + timedelta(days=14), None)
    words = Page(html(compose(anonymous(part), "en"))).words
    assert "day 15" in words or "day 16" in words
    assert "2026" not in words


def test_what_is_left_out_is_said():
    words = Page(html(compose(anonymous(given()), "en"))).words
    assert "2 notes are left out." in words
    assert "Made without names" in words
    assert "a programme of their own" in words


def test_numbers_stay_the_same():
    named, nameless = (compose(one, "en") for one in (given(), anonymous(given())))
    assert named.sentence == nameless.sentence
    assert [one.now for one in named.movements] == [one.now for one in nameless.movements]
    assert [one.name for one in nameless.questionnaires] == ["FaCE"]
    assert named.faces
    assert not nameless.faces
