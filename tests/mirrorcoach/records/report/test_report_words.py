"""What the report says, and what it does not."""

import re
import string
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from english import english_in
from reading import Page
from reported_people import (
    BEGAN,
    PLAN,
    material,
    outline,
    practice,
    repetition,
    trace,
    unmeasured,
    weeks,
)
from whole_score import REMARKS, whole_score

import mirrorcoach.records.report
from exercises import library
from mirrorcoach.live import texts as window_texts
from mirrorcoach.records.practices import Note, Total
from mirrorcoach.records.report import speech
from mirrorcoach.records.report.composing import compose
from mirrorcoach.records.report.material import anonymous, within
from mirrorcoach.records.report.page import html
from mirrorcoach.records.report.sources import from_score
from mirrorcoach.records.report.speech import Speech

ROOM = Path(mirrorcoach.records.report.__file__).parent
FORBIDDEN = {
    "en": r"harder|bigger|more!|wrong|fail\w*|bad|lazy|weak\w*|should|must|try again|missed|only"
    r"|streaks?|normal",
    "fr": r"plus (fort|grand)|faux|échou\w*|échec|mauvais\w*|paresseu\w*|faible\w*|devez|raté",
}
"""Words that push or blame (the design's list; French ones alike)."""

TWELVE = weeks(times=2)


def texts(language):
    return speech._own(language)._texts


def days(values, exercise="smile_open", **more):
    return [
        practice(
            *(repetition(exercise, value, n, **more) for n in range(4)),
            number=number + 1,
            at=BEGAN + timedelta(days=number),
        )
        for number, value in enumerate(values)
    ]


def report(practices, language="en", **more):
    return compose(material(practices, **more), language)


# -- texts ------------------------------------------------------------------------------------


def test_both_languages_say_the_same_things_with_the_same_parts():
    english, french = texts("en"), texts("fr")
    assert set(english) == set(french)
    for name in english:
        parts = [
            {part for _, part, _, _ in string.Formatter().parse(one[name]) if part}
            for one in (english, french)
        ]
        assert parts[0] == parts[1], name


@pytest.mark.parametrize("language", library.languages())
def test_no_text_pushes_blames_or_shouts(language):
    for name, text in texts(language).items():
        assert "!" not in text, name
        found = re.search(rf"\b({FORBIDDEN[language]})\b", text.lower())
        assert found is None, (name, found)


def test_every_text_is_said_somewhere():
    code = "".join(
        file.read_text(encoding="utf-8") for file in (*ROOM.glob("*.py"), *ROOM.glob("templates/*"))
    )
    asked = set(re.findall(r"[\"']([a-z_0-9]+)[\"']", code))
    begins = tuple(re.findall(r"f[\"']([a-z_]+_)\{", code))
    parts = set(re.findall(r"f[\"']\{[^}]+\}_\{?([a-z_]+)", code))
    headings = ("control", "symmetry", "excursion", "synkinesis", "rest")
    for name in texts("en"):
        whole = re.sub(r"(_(one|other|left|right|more|same|less|too_early))+$", "", name)
        formed = name.startswith((*begins, *(f"{one}_" for one in headings)))
        assert {name, whole} & (asked | parts) or formed, f"{name} is never said"


def test_numbers_and_days_are_written_as_the_language_does():
    english, french = Speech("en"), Speech("fr")
    assert (english.mm(3.04), french.mm(3.04)) == ("3.0\u00a0mm", "3,0\u00a0mm")
    assert (english.percent(0.734), french.whole(20000)) == ("73\u00a0%", "20\u00a0000")
    assert english.number(-0.04, 1) == "0.0"
    assert english.number(-1.2, 1) == "\u22121.2"
    assert english.span_of_days(date(2026, 3, 3), date(2026, 5, 24)) == "3 March to 24 May 2026"
    assert french.day(date(2026, 8, 1)) == "1er août 2026"
    assert english.span_of_days(date(2025, 12, 3), date(2026, 1, 4)) == (
        "3 December 2025 to 4 January 2026"
    )


def test_french_is_set_as_french_is():
    """A sign never begins a line: the blank before it does not break."""
    reasons = {
        name: text
        for name, text in window_texts.load("fr")._texts.items()
        if name.startswith("reason.")
    }
    for name, text in {**texts("fr"), **reasons}.items():
        broken = re.search(r"[\"']|\.\.\.| [?!:;»%]|« |[\d}] mm\b", text)
        assert broken is None, (name, text)


# -- one language ------------------------------------------------------------------------------


def whole_material():
    """Weeks of practice whose last one has every reason and remark in it."""
    score = whole_score()
    last = practice(
        *score["repetitions"],
        number=len(TWELVE) + 1,
        at=TWELVE[-1].started_at + timedelta(days=1),
        rest=score["rest"],
        quality=score["quality"],
    )
    notes = (Note(1, BEGAN, "Plus lentement.", "Dr Élodie Müller"),)
    return material((*TWELVE, last), notes=notes)


def of_a_recording():
    score = whole_score()
    return from_score(score, [trace() for _ in score["repetitions"]])


def told(content):
    """All text of a page, with what a screen reader says of its parts."""
    read = Page(content)
    titles = re.findall(r"<(?:title|desc)[^>]*>([^<]*)<", content)
    labels = [
        value
        for _, attributes in read.elements
        for name, value in attributes.items()
        if name in ("aria-label", "alt", "title", "placeholder")
    ]
    return " ".join((read.words, *titles, *labels))


@pytest.mark.parametrize(
    "given",
    [whole_material, lambda: anonymous(whole_material()), of_a_recording],
    ids=["practices", "anonymous", "recording"],
)
def test_a_report_speaks_one_language(given):
    given = given()
    content = html(compose(given, "fr"))
    assert english_in(told(content), "fr") == []
    assert "{" not in told(content)
    assert set(re.findall(r'\blang="(\w+)"', content)) == {"fr"}
    assert len(english_in(told(html(compose(given, "en"))), "fr")) > 150


def test_remarks_of_a_recording_are_told_in_the_language_of_the_report():
    english, french = (compose(of_a_recording(), one).quality_sentences for one in ("en", "fr"))
    assert english[-len(REMARKS) :] == tuple(REMARKS)
    assert len(french) == len(english)
    assert "Morceaux endommagés du fichier, laissés de côté\u00a0: 3." in french
    kept = {"usable_ratio": 1.0, "refused": [], "remarks": ["Neu."]}
    new = practice(*TWELVE[0].repetitions, quality=kept)
    assert compose(material([new]), "fr").quality_sentences[-1] == "Neu."


# -- on top -----------------------------------------------------------------------------------


def test_who_improves_reads_so_with_the_interval():
    found = report(TWELVE)
    assert found.title == "Twelve weeks of small movements"
    assert found.headline == "Smile, eyes open: more even than in the first days"
    sentence = found.sentence.replace("\u00a0", " ")
    assert re.fullmatch(
        r"The right side now goes \d+ % of the way of the left \(\d+ to \d+ %\), from \d+ % "
        r"\(\d+ to \d+ %\) in the first days\. The change is larger than day-to-day variation\.",
        sentence,
    )


@pytest.mark.parametrize("language", library.languages())
def test_who_stays_the_same_is_told_of_no_change(language):
    found = report(days([0.5, 0.56, 0.45, 0.52, 0.6, 0.48, 0.5, 0.55, 0.47, 0.53] * 2), language)
    said = {"en": "no certain change", "fr": "pas de changement certain"}[language]
    assert said in found.headline
    assert all(one.verdict == said and not one.certain for one in found.movements)


def test_who_gets_less_even_is_sent_to_the_therapist_and_not_blamed():
    found = report(days([0.8] * 12 + [0.45] * 12))
    assert found.headline == "Open smile: less even than in the first days"


def test_a_few_days_are_too_early_and_one_is_a_beginning():
    few = report(days([0.4, 0.6, 0.8]))
    assert few.headline == "Open smile: a beginning"
    assert "after 10 days with practice" in few.sentence
    one = report(days([0.4]))
    assert one.headline == "Open smile: this is where it begins"
    assert one.main is None
    assert one.movements[0].trend is None
    assert one.movements[0].first == ""
    assert "first days" not in Page(html(one)).words.lower().split("words, sources")[0]


def test_a_side_is_named_only_where_it_moved_less_for_certain():
    assert report(days([0.5] * 12)).sentence.startswith("The right side now goes")
    unsure = report(days([0.5] * 12, weaker_side=None))
    assert unsure.sentence.startswith("One side now goes")


def test_facts_count_repetitions_of_the_first_days_and_of_now():
    found = {one.title: one for one in report(days([0.4] * 10 + [0.9] * 10)).facts}
    assert found["Both sides nearly even"].value == "28 of 28"
    assert found["Both sides nearly even"].note == "repetitions; 0 of 28 at first"
    assert found["Felt light or as usual"].value == "20 of 20"


def test_the_eye_of_the_side_that_the_person_named_is_the_one_that_counts():
    given = days([0.5] * 4, "smile_eye_open", lost=0.3)
    calm = material(given)
    calm = replace(calm, profile=calm.profile.changed(affected="left"))
    left = {one.title: one.value for one in compose(calm, "en").facts}
    right = {one.title: one.value for one in report(given).facts}
    assert (left["Eye stayed open"], right["Eye stayed open"]) == ("8 of 8", "0 of 8")


# -- what is not known ------------------------------------------------------------------------


def test_what_was_never_measured_is_not_shown_as_a_number():
    reason = "The face was too dark: turn towards a window or a lamp."
    found = report([practice(*(unmeasured(reason=reason, index=n) for n in range(4)))])
    words = Page(html(found)).words
    assert found.headline == "Time for the face"
    assert reason in found.sentence
    (movement,) = found.movements
    assert (movement.now, movement.spread, movement.trend) == ("not measurable", "", None)
    assert movement.verdict == reason
    assert found.facts == found.along == found.courses == ()
    assert "0 of 4 repetitions were measured" in words
    assert words.count("Not measurable: no repetition could be measured.") >= 3
    assert "None" not in words
    assert "nan" not in words.lower().split()


def test_a_side_below_rest_is_at_most_so_much_and_never_nought():
    given = days([None] * 12)
    words = Page(html(report(given))).words
    assert "Open smile: Right" not in words  # no number of it was ever known
    assert "The right side moved less than the 0.6 mm that can be told from rest." in words
    assert report(given).movements[0].now == "not measurable"


def test_quality_that_was_not_kept_is_said_to_be_missing():
    given = [replace(one, quality=None, rest=None) for one in TWELVE[:20]]
    found = report(given)
    assert "it was not kept" in " ".join(found.quality_sentences)
    assert found.quality is None
    (rest,) = [one for one in found.headings if one.title == "Rest tone"]
    assert rest.tables == ()
    assert rest.remarks[0].startswith("Not measurable: no resting face was kept")


def test_a_plan_that_is_not_known_is_not_made_up():
    given = [replace(one, programme="of_my_own") for one in TWELVE[:3]]
    found = report(given, programme=None)
    assert found.dose is None
    assert "Of 3 practices the plan is not known" in " ".join(found.dose_sentences)


def test_dose_done_stands_beside_dose_planned():
    found = report(TWELVE[:2])
    rows = {row[0]: row[1:] for row in found.dose.rows}
    assert rows["Smile, eyes open"] == ("5 times 3-5-3 s", "10", "4", "40\u00a0%")
    assert rows["Slow blink"][1:3] == ("12", "4")


def test_practices_of_another_scoring_are_left_out_and_named():
    old = [replace(one, provenance={**one.provenance, "scoring": 0}) for one in days([0.9] * 6)]
    new = [
        replace(one, number=20 + one.number, started_at=one.started_at + timedelta(days=10))
        for one in days([0.4] * 12)
    ]
    found = report([*old, *new])
    assert "40" in found.movements[0].now
    symmetry = next(one for one in found.headings if one.title == "Symmetry")
    assert symmetry.remarks == (
        "Open smile: 6 practices, 3 March to 8 March 2026, were scored by another version (0) and "
        "are not compared.",
    )


def test_a_recording_has_no_date():
    known = material(TWELVE[:1], notes=(), totals=(), recording="smile.mp4")
    given = replace(known, profile=known.profile.changed(name=""))
    words = Page(html(compose(given, "en"))).words
    assert "smile.mp4" in words
    assert "2026" not in words
    assert "March" not in words
    assert "Practice calendar" not in words


# -- parts ------------------------------------------------------------------------------------


def test_a_part_of_the_time_stands_beside_the_very_first_days():
    since = BEGAN.date() + timedelta(days=60)
    part = within(material(TWELVE), since, None)
    found = compose(part, "en")
    assert found.movements[0].first == report(TWELVE).movements[0].first
    assert min(one.day for one in part.practices) >= since
    told = dict(found.who)
    assert told["Time"].startswith("2 May") or told["Time"].startswith("3 May")
    assert "changes stand beside the first days of all" in " ".join(found.method)


def test_contours_of_the_same_movement_stand_side_by_side_in_one_scale():
    small = outline(weaker=0.2)
    large = replace(
        small,
        curves={of: tuple((1.1 * x, y) for x, y in points) for of, points in small.curves.items()},
    )
    found = report(TWELVE, outlines=lambda number: [small if number == 1 else large])
    assert [one.label for one in found.faces] == ["First day", "Now"]
    boxes = {(one.drawing.x, one.drawing.y, one.drawing.width) for one in found.faces}
    assert len(boxes) == 1


def test_contours_of_another_movement_are_not_passed_off_as_the_same():
    assert report(TWELVE, outlines=lambda number: [outline("pucker_eye_open")]).faces == ()
    assert report(TWELVE, outlines=lambda number: []).faces_title == ""


def test_courses_of_typical_repetitions_are_drawn_of_the_first_days_and_now():
    found = report(TWELVE)
    assert len(found.courses) == len(PLAN)
    assert [len(one.drawings) for one in found.courses] == [2] * len(PLAN)
    styles = [mark.style for mark in found.courses[0].drawings[0].marks]
    assert "side-left" in styles
    assert "side-right" in styles


def test_a_moment_that_was_not_seen_is_a_gap_in_the_line():
    drawing = report(TWELVE).courses[0].drawings[0]
    (left,) = [one for one in drawing.marks if one.style == "side-left"]
    (right,) = [one for one in drawing.marks if one.style == "side-right"]
    assert (left.d.count("M"), right.d.count("M")) == (2, 1)


def test_practices_without_courses_say_so():
    found = report(TWELVE, traces=lambda number: [None] * 99)
    assert found.courses == ()
    assert found.courses_sentence.startswith("Not shown")


@pytest.mark.parametrize(
    ("scale", "values", "said"),
    [
        ("FaCE", (48.0, 64.0), "Within the smallest detectable change of 17.6"),
        ("FaCE", (48.0, 70.0), "Better, by more than the smallest detectable change of 17.6"),
        ("SAQ", (90.0, 60.0), "Better, by more than the smallest detectable change of 28.2"),
        ("FDI social", (60.0, 42.0), "Less good, by more than"),
        ("FDI physical", (60.0, 42.5), "Within the smallest detectable change of 17.6"),
        ("Sunnybrook", (60.0, 42.0), "is not known for this scale"),
        ("Of our own", (1.0, 9.0), "is not known for this scale"),
        ("SAQ", (60.0,), "One total; a change of more than 28.2"),
    ],
)
def test_totals_are_told_beside_the_smallest_detectable_change(scale, values, said):
    totals = tuple(
        Total(n, BEGAN.date() + timedelta(days=30 * n), scale, value)
        for n, value in enumerate(values)
    )
    (found,) = report(TWELVE[:3], totals=totals).questionnaires
    assert said in found.sentence
    banded = any(one.style == "usual" for one in found.drawing.marks)
    assert banded is (scale not in ("Sunnybrook", "Of our own"))


def test_the_calendar_draws_a_dot_for_each_practice_up_to_three_and_no_sum():
    found = report(
        [replace(TWELVE[0], number=n) for n in range(5)]
        + [replace(TWELVE[0], number=9, started_at=BEGAN + timedelta(days=2))]
    )
    (drawing,) = found.calendar
    assert sum(one.style == "practice" for one in drawing.marks) == 4
    assert sum(one.style == "day-free" for one in drawing.marks) == 1


def test_a_year_of_weeks_is_drawn_in_four_blocks():
    assert len(report(weeks(52, 1, ("smile_open",), 1)).calendar) == 4


def test_of_years_the_latest_weeks_are_drawn_and_the_table_has_all():
    weekly = [
        replace(TWELVE[0], number=n, started_at=BEGAN + timedelta(weeks=n)) for n in range(100)
    ]
    found, short = report(weekly), report(weekly[:56])
    for one in (found, short):
        assert len(one.calendar) == 4
        marks = [mark for drawing in one.calendar for mark in drawing.marks]
        assert sum(mark.style == "practice" for mark in marks) == 56
    assert len(found.calendar_table.rows) == 100
    assert "table of every week" in found.calendar_sentence
    assert "table" not in short.calendar_sentence


def test_the_note_sheet_has_the_evidence_of_the_latest_day_and_empty_boxes():
    given = days([0.3] * 3 + [0.8])
    part = next(one for one in report(given).evidence if "voluntary" in one.title)
    lines = dict(part.items)["Open smile"]
    assert "smaller side by larger side: 0.80 (0.72 to 0.88)" in lines
    french = [dict(one.items) for one in report(given, "fr").evidence][1]["Sourire ouvert"]
    same = "côté qui bouge le moins, en part de l’autre : 0,80 (0,72 à 0,88)"
    assert same in [one.replace("\u00a0", " ") for one in french]
    assert Page(html(report(given))).words.count("clinician") >= 1
    assert "empty box" in html(report(given))


def test_definitions_name_their_sources():
    words = Page(html(report(TWELVE[:2]))).words
    for source in ("OSCAR 1999", "Rufer 2005", "Kalavacherla 2025", "Bruins 2021", "van Veen 2020"):
        assert source in words
    assert "A practice aid: it does not diagnose, grade or treat." in words


def test_an_instant_at_midnight_belongs_to_the_day_of_this_computer():
    late = datetime(2026, 3, 3, 23, 59, tzinfo=timezone.utc)
    found = report([replace(TWELVE[0], started_at=late)])
    assert dict(found.who)["Time"] == "3 March 2026"
