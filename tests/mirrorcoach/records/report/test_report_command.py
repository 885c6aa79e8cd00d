"""``mirrorcoach report`` on a real store."""

import os
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from reading import Page
from reported_people import ANNA, outline, repetition, rest, trace

from mirrorcoach.profile import Profile
from mirrorcoach.records.photographs import Photographs
from mirrorcoach.records.store import Store

BEGAN = datetime(2026, 3, 3, 8, 30, tzinfo=timezone.utc)


@pytest.fixture
def kept(tmp_path):
    """A data folder with two weeks of somebody whose name has accents."""
    folder = tmp_path / "data"
    with Store.open(folder) as store:
        store.keep_profile(ANNA.changed(name="Aña Éxample"))
        for day in range(14):
            began = BEGAN + timedelta(days=day)
            number = store.begin("synkinesis", {"mirrorcoach": "0.1.0"}, began)
            for index in range(3):
                one = repetition("smile_eye_open", 0.4 + 0.03 * day, index)
                store.keep(number, one, trace(6.0, 0.5))
            store.keep_outline(number, outline())
            quality = {"usable_ratio": 0.9, "refused": [], "remarks": []}
            store.end(number, "done", 300.0, quality=quality, rest=rest())
            store.felt(number, "light")
        store.add_note("Calmer cheek.", "Dr. Zoë", BEGAN + timedelta(days=3))
        store.add_total("FaCE", 50.0, BEGAN.date())
    return folder


def report(run_cli, kept, *arguments, **more):
    return run_cli("report", "--data", kept, *arguments, **more)


def read(path):
    return path.read_text(encoding="utf-8")


def test_it_writes_one_page_about_everything_kept(run_cli, kept, tmp_path):
    out = tmp_path / "page.html"
    done = report(run_cli, kept, "-o", out, "--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Wrote {out}. Open it in a browser, and print it from there.\n"
    words = Page(read(out)).words
    for part in ("Aña Éxample", "Smile, eyes open: more even", "Calmer cheek.", "Dr. Zoë", "FaCE"):
        assert part in words
    assert "Typical repetitions" in words
    assert "The same movement, first day and now" in words
    assert "Left lies higher by 1.6 mm" in words
    if os.name == "posix":
        assert out.stat().st_mode & 0o077 == 0


def test_without_a_name_it_is_named_after_the_day_and_never_replaces(run_cli, kept, tmp_path):
    done = report(run_cli, kept, cwd=tmp_path)
    (path,) = tmp_path.glob("mirrorcoach-report-*.html")
    assert path.name in done.stdout
    before = path.read_bytes()
    again = report(run_cli, kept, "--language", "fr", cwd=tmp_path)
    assert (again.returncode, path.read_bytes()) == (3, before)
    assert "is there already" in again.stderr
    assert report(run_cli, kept, "--language", "fr", "--force", cwd=tmp_path).returncode == 0
    assert 'lang="fr"' in read(path)


def test_anonymous_leaves_nothing_of_the_person_in_it(run_cli, kept, tmp_path):
    report(run_cli, kept, "--anonymous", "--language", "en", cwd=tmp_path)
    content = (tmp_path / "mirrorcoach-report-anonymous.html").read_bytes()
    for text in ("Aña", "Éxample", "Zoë", "Calmer", "2026", "3 March", "September 2025"):
        assert text.encode() not in content
    assert b"day 14" in content


def test_a_part_of_the_time(run_cli, kept, tmp_path):
    out = tmp_path / "page.html"
    part = ("--since", "2026-03-10", "--until", "2026-03-12", "--language", "en")
    assert report(run_cli, kept, "-o", out, *part).returncode == 0
    assert "10 March to 12 March 2026" in Page(read(out)).words


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--since", "2026-05-01"), 4, "No practice was kept from 2026-05-01 on. The practices go"),
        (("--until", "2025-05-01"), 4, "No practice was kept up to 2025-05-01."),
        (("--since", "2026-05-02", "--until", "2026-05-01"), 2, "--since 2026-05-02 lies after"),
        (("--language", "xx"), 2, "There are no words for the language 'xx'."),
        (("--since", "yesterday"), 2, "'yesterday' is no day. Give year, month and day"),
        (("--who", "Berta"), 2, "Berta"),
        (("-o", "no/such/folder/page.html"), 3, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run_cli, kept, tmp_path, arguments, code, said):
    done = report(run_cli, kept, *arguments, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.glob("*.html")) == []


def test_a_folder_in_place_of_a_file_is_left_alone(run_cli, kept, tmp_path):
    done = report(run_cli, kept, "-o", tmp_path)
    assert done.returncode == 3
    assert "is a folder" in done.stderr


def test_an_empty_store_is_told_kindly(run_cli, tmp_path):
    nothing = run_cli("report", "--data", tmp_path / "none")
    assert nothing.returncode == 3
    assert "Nothing is kept in" in nothing.stderr
    with Store.open(tmp_path / "new") as store:
        store.keep_profile(Profile())
    done = run_cli("report", "--data", tmp_path / "new", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "No practice is kept yet, so there is nothing to report. After the first one there will "
        "be.\n"
    )
    assert list(tmp_path.glob("*.html")) == []


def test_one_person_of_several_is_told_of(run_cli, kept, tmp_path):
    with Store.open(kept) as store:
        store.turn_to(store.add(Profile(name="Berta")))
        number = store.begin("synkinesis", {}, BEGAN)
        store.keep(number, repetition("pucker", 0.5))
    assert report(run_cli, kept, "-o", tmp_path / "a.html").returncode == 2
    done = report(run_cli, kept, "-o", tmp_path / "b.html", "--who", "Berta", "--language", "en")
    assert done.returncode == 0
    content = read(tmp_path / "b.html")
    assert "Berta" in content
    assert "Éxample" not in content
    assert "Calmer cheek." not in content


@pytest.mark.parametrize("allowed", [True, False])
def test_photographs_are_shown_only_if_the_person_allows_it(run_cli, kept, tmp_path, allowed):
    rng = np.random.default_rng(1)
    with Store.open(kept) as store:
        profile = store.profile()
        consents = profile.consents.model_copy(update={"photographs": allowed})
        store.keep_profile(profile.changed(consents=consents))
        pictures = Photographs(kept, store.person)
        for day in (0, 5, 10):
            image = rng.integers(0, 255, (900, 700, 3), dtype=np.uint8)
            pictures.keep(image, BEGAN + timedelta(days=day))
    out, nameless = tmp_path / "page.html", tmp_path / "nameless.html"
    assert report(run_cli, kept, "-o", out, "--language", "en").returncode == 0
    told = [one["alt"] for one in Page(read(out)).named("img")]
    if not allowed:
        assert told == []
        return
    assert told == [
        "Photograph of the face, First day, 3 March 2026",
        "Photograph of the face, Now, 13 March 2026",
    ]
    report(run_cli, kept, "-o", nameless, "--anonymous")
    assert Page(read(nameless)).named("img") == []
    assert "data:image" not in read(nameless)


def test_a_damaged_photograph_keeps_nobody_from_the_report(run_cli, kept, tmp_path):
    with Store.open(kept) as store:
        pictures = Photographs(kept, store.person)
    image = np.zeros((90, 70, 3), dtype=np.uint8)
    both = [pictures.keep(image, BEGAN + timedelta(days=day)) for day in (0, 5)]
    both[0].path.write_bytes(b"no picture")
    out = tmp_path / "page.html"
    assert report(run_cli, kept, "-o", out).returncode == 0
    assert Page(read(out)).named("img") == []


def test_a_programme_that_is_gone_keeps_nobody_from_the_report(run_cli, kept, tmp_path):
    with Store.open(kept) as store:
        gone = str(tmp_path / "gone.toml")
        store.keep_profile(store.profile().with_setting("programme", gone))
    assert report(run_cli, kept, "-o", tmp_path / "page.html").returncode == 0


def test_help_names_every_option(run_cli):
    done = run_cli("report", "--help", env={"COLUMNS": "120", "TERM": "dumb"})
    for option in ("--anonymous", "--language", "--since", "--until", "--who", "--data", "--force"):
        assert option in done.stdout


def test_the_report_beside_a_score_tells_of_the_recording_and_of_no_date(scored):
    clip = scored("smile_open")
    content = clip.text("report.html")
    page = Page(content)
    words = page.words
    assert (page.wrong, page.open) == ([], [])
    assert "One recording of small movements" in words
    assert clip.document["source"]["file"] in words
    symmetry = clip.repetition["symmetry"]
    assert f"{100 * symmetry:.0f} %" in words
    assert clip.document["provenance"]["mediapipe"] in words
    assert "1970" not in words
    assert "side-left" in content.split("</style>")[1]


def test_the_report_beside_a_score_without_a_face_says_why(run_cli, noise_video, tmp_path):
    done = run_cli("score", noise_video, "--exercise", "smile_open", "-o", tmp_path)
    assert done.returncode == 4
    words = Page(read(tmp_path / noise_video.stem / "report.html")).words
    assert "No face was seen." in words
    assert "not measurable" in words


def test_the_report_beside_a_score_speaks_the_language_that_was_asked_for(
    run_cli, noise_video, tmp_path
):
    asked = ("score", noise_video, "--exercise", "smile_open", "-o", tmp_path)
    assert run_cli(*asked, "--language", "fr").returncode == 4
    folder = tmp_path / noise_video.stem
    french, score = read(folder / "report.html"), (folder / "score.json").read_bytes()
    assert 'lang="fr"' in french
    assert "Aucun visage n’a été vu." in Page(french).words
    assert "No face was seen." not in Page(french).words
    assert run_cli(*asked).returncode == 4
    assert (folder / "score.json").read_bytes() == score, "numbers have no language"
    unknown = run_cli(*asked, "--language", "xx")
    assert unknown.returncode == 2
    assert "There are no words for the language 'xx'." in unknown.stderr
