import re
from datetime import datetime, timedelta, timezone
from itertools import product

import pytest

from exercises import library
from exercises.reasons import SENTENCES, sentence
from mirrorcoach.live import texts
from mirrorcoach.live.outcome import BEADS, outcome, reason_text
from mirrorcoach.records.practices import PracticeRecord

NOW = datetime(2026, 5, 24, 13, 0, tzinfo=timezone.utc)


def repetition(symmetry=0.8, exercise="smile_eye_open", *, right_mm=3.0, eye="none", reasons=()):
    return {
        "exercise": exercise,
        "measurable": symmetry is not None,
        "start_s": 1.0,
        "end_s": 9.0,
        "left": side(6.0),
        "right": side(right_mm),
        "symmetry": symmetry,
        "symmetry_interval": [0.0, 0.2]
        if symmetry is None
        else [max(0.0, symmetry - 0.05), min(1.0, symmetry + 0.05)],
        "quiet": [
            {"region": "eye", "side": "left", "flag": "none"},
            {"region": "eye", "side": "right", "flag": eye},
            {"region": "chin", "side": "left", "flag": "marked"},
        ],
        "reasons": list(reasons),
    }


def side(mm):
    known = [0.0, 0.4] if mm is None else [mm - 0.5, mm + 0.5]
    return {"excursion_mm": mm, "excursion_interval_mm": known}


def unseen(exercise="smile_eye_open", why="no_face"):
    unknown = {"excursion_mm": None, "excursion_interval_mm": None}
    return repetition(None, exercise, reasons=[sentence(why)]) | {
        "left": unknown,
        "right": unknown,
        "symmetry_interval": None,
        "quiet": [],
    }


def before(*repetitions, ago=timedelta(hours=5), number=1, scoring=1):
    provenance = {"scoring": scoring}
    return PracticeRecord(
        number, NOW - ago, "synkinesis", repetitions, (), None, "done", 60.0, provenance
    )


def page(*repetitions, earlier=(), affected=None, language="en", now=NOW):
    return outcome(
        {"repetitions": list(repetitions)},
        library.words(language),
        texts.load(language),
        now=now,
        earlier=earlier,
        affected=affected,
    )


def test_a_practice_that_was_certainly_more_even_is_told_so_with_its_time():
    done = page(repetition(0.8), earlier=[before(repetition(0.5))])
    assert done.sentence == "Smile, eyes open, went more evenly than this morning."
    assert done.title == "Done for now. Thank you."


@pytest.mark.parametrize(
    ("ago", "now", "when"),
    [
        (timedelta(hours=5), NOW, "this morning"),
        (timedelta(minutes=30), NOW, "earlier today"),
        (timedelta(hours=5), NOW.replace(hour=11), "earlier today"),
        (timedelta(days=1), NOW, "yesterday"),
        (timedelta(hours=14), NOW, "yesterday"),
        (timedelta(days=2), NOW, "last time"),
    ],
)
def test_the_last_practice_is_named_by_its_time(ago, now, when):
    last = before(repetition(0.8), ago=ago)
    assert page(repetition(0.8), earlier=[last], now=now).sentence == (
        f"About the same as {when}. That is how it usually goes."
    )


def test_what_went_well_comes_first():
    now = [repetition(0.9), repetition(0.3, "pucker"), repetition(0.3, "smile_open")]
    last = before(repetition(0.5), repetition(0.8, "pucker"), repetition(0.8, "smile_open"))
    assert page(*now, earlier=[last]).sentence.startswith("Smile, eyes open, went more evenly")


def test_the_largest_gain_is_the_one_that_is_told():
    now = [repetition(0.7), repetition(0.9, "pucker")]
    last = before(repetition(0.5), repetition(0.4, "pucker"))
    assert page(*now, earlier=[last]).sentence.startswith("Lip pucker went more evenly")


def test_a_less_even_practice_is_a_heavier_day():
    heavy = page(repetition(0.4), earlier=[before(repetition(0.8))])
    assert heavy.sentence == "A heavier day. Rest is part of practice."


@pytest.mark.parametrize("now", [0.55, 0.45])
def test_a_difference_within_the_intervals_is_none(now):
    same = page(repetition(now), earlier=[before(repetition(0.5))])
    assert same.sentence.startswith("About the same as this morning.")


def test_a_difference_within_the_usual_days_is_none():
    days = [
        before(repetition(value), ago=timedelta(days=9 - n), number=n)
        for n, value in enumerate([0.5, 0.75, 0.5, 0.75, 0.5, 0.75, 0.5])
    ]
    assert page(repetition(0.75), earlier=days).sentence.startswith("About the same as")


def test_only_the_same_exercise_of_the_same_scoring_is_compared():
    other = [before(repetition(0.2, "pucker")), before(repetition(0.2), number=2, scoring=0)]
    assert page(repetition(0.8), earlier=other).sentence.startswith("A beginning.")


def test_an_empty_practice_is_not_shamed():
    empty = page()
    assert (empty.beads, empty.scale, empty.scale_title, empty.details) == ((), None, "", ())
    assert "still counts" in empty.sentence


def test_beads_are_the_share_of_the_way_and_of_the_repetitions():
    done = page(
        *[repetition(0.75)] * 3,
        repetition(0.75, eye="mild"),
    )
    together, eye = done.beads
    assert (together.title, together.filled, together.phrase) == (
        "Both sides together", 10, "most of the way",
    )  # fmt: skip
    assert (eye.title, eye.filled, eye.phrase) == ("Eyes stayed open", 9, "most of the time")


@pytest.mark.parametrize(
    ("affected", "title", "filled"),
    [
        ("left", "Eye stayed open", BEADS),
        ("right", "Eye stayed open", 0),
        ("both", "Eyes stayed open", 0),
        ("unsure", "Eyes stayed open", 0),
        (None, "Eyes stayed open", 0),
    ],
)
def test_the_eye_is_that_of_the_side_the_person_named(affected, title, filled):
    eye = page(repetition(eye="moderate"), affected=affected).beads[1]
    assert (eye.title, eye.filled) == (title, filled)


def test_each_exercise_counts_once_for_the_beads():
    together = page(*[repetition(0.91)] * 9, repetition(0.455, "smile_open")).beads[0]
    assert together.filled == 9


def test_all_beads_are_filled_where_a_healthy_face_is_and_only_there():
    for symmetry, filled, phrase in [(0.91, BEADS, "all the way"), (0.8, 11, "most of the way")]:
        together = page(repetition(symmetry)).beads[0]
        assert (together.filled, together.phrase) == (filled, phrase)


def test_what_was_not_measured_has_no_beads_and_its_reason():
    done = page(*[unseen(why="too_dark")] * 2, unseen())
    assert [(row.filled, row.phrase) for row in done.beads] == [
        (None, "Not measurable: the face was too dark: turn towards a window or a lamp.")
    ] * 2
    assert done.scale is None and done.scale_note
    assert "still counts" in done.sentence


def test_one_good_repetition_of_many_is_no_picture_of_a_practice():
    small = repetition(None, right_mm=None, reasons=[sentence("not_comparable")])
    done = page(repetition(1.0), small, small)
    assert done.beads[0].filled is None
    assert done.details[0].evenness is None


def test_a_row_that_was_not_asked_for_is_not_there():
    assert [row.kind for row in page(repetition(exercise="eye_close_gentle")).beads] == ["together"]


def test_the_scale_stands_today_beside_the_first_day():
    earlier = [before(repetition(0.5), ago=timedelta(days=3))]
    scale = page(repetition(0.8), earlier=earlier).scale
    assert scale.title == "Smile, eyes open, compared with your first day"
    assert (scale.first, scale.today) == (0.5, 0.8)
    assert (scale.low, scale.high) == pytest.approx((0.75, 0.85))


def test_on_the_first_day_there_is_no_scale():
    first = page(repetition(0.8), earlier=[before(repetition(0.5))])
    assert first.scale is None
    assert first.scale_note.startswith("From your second day on")


def test_each_side_in_full_with_its_interval_or_why_not():
    small = repetition(None, right_mm=None, reasons=[sentence("too_small")])
    (one,) = page(small, small).details
    assert (one.name, one.repetitions) == ("Smile, eyes open", "2 repetitions")
    assert one.left.text == "6.0 mm, between 5.5 and 6.5 mm"
    assert one.right.text == "Too little to tell from rest, at most 0.4 mm"
    assert one.right.excursion_mm is None
    assert one.phrase.startswith("Not measurable: the movement was smaller")
    (none,) = page(unseen()).details
    assert none.left.text == none.right.text == "Not measurable: no face was seen."


@pytest.mark.parametrize(
    ("symmetry", "interval", "phrase"),
    [
        (0.95, [0.8, 1.0], "Even"),
        (0.8, [0.6, 1.0], "Nearly even"),
        (0.4, [0.2, 0.6], "One side did more"),
        (0.6, [0.3, 1.0], "Perhaps one side did more"),
    ],
)
def test_words_say_no_more_than_is_known(symmetry, interval, phrase):
    one = repetition(symmetry) | {"symmetry_interval": interval}
    assert page(one).details[0].phrase == phrase


def test_the_page_speaks_french_with_its_numbers():
    french = page(repetition(0.8), earlier=[before(repetition(0.5))], language="fr")
    assert french.sentence == (
        "« Sourire, yeux ouverts » : les deux côtés allaient mieux ensemble que ce matin."
    )
    assert french.details[0].repetitions == "1 répétition"
    assert french.details[0].left.text == "6,0 mm, entre 5,5 et 6,5 mm"


@pytest.mark.parametrize("why", SENTENCES)
def test_every_reason_is_said_in_every_language(why):
    said = sentence(why, side="left", mm="0.5", deg="12")
    assert reason_text(said, texts.load("en")) == said
    french = reason_text(said, texts.load("fr"))
    assert french != said
    assert "{" not in french and "left" not in french
    assert re.findall(r"\d", french) == re.findall(r"\d", said)


def test_a_reason_of_another_version_is_not_hidden():
    assert reason_text("Something else.", texts.load("fr")) == "Something else."


def test_every_outcome_can_be_said():
    shares = [None, 0.0, 0.05, 0.3, 0.5, 0.6, 0.8, 1.0]
    for language, share, last in product(library.languages(), shares, shares):
        one = repetition(share, reasons=[sentence("not_comparable")] if share is None else ())
        done = page(one, earlier=[before(repetition(last))], language=language)
        assert done.sentence and all(row.phrase for row in done.beads)
        assert all(row.filled is None or 0 <= row.filled <= BEADS for row in done.beads)
