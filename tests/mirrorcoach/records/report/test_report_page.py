"""The file itself: whole in itself, well formed, readable without seeing it, and safe."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from reading import Page, outline_of
from reported_people import BEGAN, material, practice, repetition, unmeasured, weeks

from mirrorcoach.records.practices import Note, Total
from mirrorcoach.records.report.composing import compose
from mirrorcoach.records.report.material import Picture, anonymous
from mirrorcoach.records.report.page import html

TWELVE = weeks(times=2)
SHORT = weeks(2, 1, times=2)
PICTURE = Picture(BEGAN.date(), b"\xff\xd8\xff\xe0 a picture", "image/jpeg")
WHOLE = {
    "whole": lambda: material(TWELVE),
    "photographs": lambda: material(SHORT, pictures=(PICTURE, PICTURE)),
    "anonymous": lambda: anonymous(material(SHORT)),
    "one day": lambda: material(TWELVE[:1]),
    "nothing measured": lambda: material([practice(*(unmeasured(index=n) for n in range(3)))]),
    "no repetition": lambda: material([practice()]),
}


def page_of(given, language="en"):
    return html(compose(given, language))


@pytest.fixture(scope="module", params=[(one, of) for one in WHOLE for of in ("en", "fr")])
def page(request):
    kind, language = request.param
    return page_of(WHOLE[kind](), language), language


def test_nothing_comes_from_outside_and_nothing_runs(page):
    content, _ = page
    for tag, attributes in Page(content).elements:
        assert tag not in ("script", "link", "iframe", "object", "base", "form")
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("src", "href", "srcset", "data", "action", "poster", "xlink:href"):
                assert value.startswith(("data:", "#")), (tag, name, value[:40])
    addresses = re.findall(r"url\(\s*['\"]?([^)'\"]{0,12})", content)
    assert addresses
    assert all(one.startswith("data:") for one in addresses)
    assert "@import" not in content
    assert "default-src 'none'" in content


def test_every_element_is_closed_and_every_name_is_given_once(page):
    content, _ = page
    read = Page(content)
    assert (read.wrong, read.open) == ([], [])
    names = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(names) == len(set(names))
    for _, attributes in read.elements:
        for key in ("aria-labelledby", "aria-describedby"):
            assert set(attributes.get(key, "").split()) <= set(names)


def test_headings_come_in_order_below_a_single_first_one(page):
    content, _ = page
    levels = [level for level, text in outline_of(content) if text]
    assert len(levels) == len(outline_of(content))
    assert levels[0] == 1
    assert levels.count(1) == 1
    steps = list(pairwise(levels))
    assert all(later <= earlier + 1 for earlier, later in steps)


def test_whoever_does_not_see_it_is_told_the_same(page):
    content, language = page
    read = Page(content)
    assert read.named("html")[0]["lang"] == language
    assert all(one.get("alt") for one in read.named("img"))
    assert [tag for tag, _ in read.elements].count("main") == 1
    assert all(one.get("scope") in ("col", "row") for one in read.named("th"))
    for drawing in re.findall(r"<svg.*?</svg>", content, re.S):
        told = ElementTree.fromstring(drawing)  # well formed as XML as well
        if told.get("role") == "img":
            assert told.find("title").text.strip()
        else:
            assert told.get("aria-hidden") == "true"
            assert told.find("title") is None
    assert content.count("<table") == content.count("<caption")


def test_each_chart_of_a_trend_has_a_table_that_says_the_same():
    read = Page(page_of(material(TWELVE)))
    assert len([one for one in read.named("details") if one.get("class") == "same"]) >= 4
    assert "3 March 2026" in read.words


HOSTILE = "<script>alert('x')</script>\"'&amp;</style></title>{{ 7*7 }}"


def test_hostile_names_and_notes_are_shown_as_they_stand():
    given = material(SHORT)
    given = replace(
        given,
        profile=given.profile.model_copy(update={"name": HOSTILE}),
        notes=(Note(1, BEGAN, HOSTILE, HOSTILE),),
        totals=(Total(1, BEGAN.date(), HOSTILE, 3.0),),
        recording=None,
    )
    content = page_of(given)
    read = Page(content)
    assert "script" not in {tag for tag, _ in read.elements}
    assert (read.wrong, read.open) == ([], [])
    assert read.words.count("<script>alert('x')</script>") >= 4
    assert "{{ 7*7 }}" in read.words
    assert "49" not in read.named("title")
    style = content[content.index("<style>") : content.index("</style>")]
    assert "alert" in style
    assert "<script" not in style
    assert "\"'" not in style.split("@top-right")[-1]


def test_what_a_file_said_cannot_break_out_of_the_page():
    spoilt = practice(
        repetition("smile_open", None, reasons=[HOSTILE]),
        programme="x",
        quality={
            "usable_ratio": 0.5,
            "refused": [{"reason": HOSTILE, "seconds": 3.0}],
            "remarks": [HOSTILE],
        },
    )
    read = Page(page_of(material([spoilt])))
    assert "script" not in {tag for tag, _ in read.elements}
    assert "alert('x')" in read.words


def test_the_type_and_its_licence_are_in_the_file():
    content = page_of(material(SHORT))
    assert content.count("font/woff2;base64,") == 4
    assert "SIL OPEN FONT LICENSE" in content


def test_the_same_material_makes_the_same_bytes():
    assert page_of(material(SHORT)) == page_of(material(SHORT))


def test_a_year_is_a_file_that_can_be_sent_by_post():
    assert len(page_of(material(weeks(52, 3, times=1)))) < 700_000
