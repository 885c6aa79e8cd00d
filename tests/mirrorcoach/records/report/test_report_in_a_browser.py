"""The report as Chromium prints it and shows it on a phone."""

import re
import shutil
import subprocess

import pytest
from reported_people import BEGAN, material, outline, weeks

from mirrorcoach.records.report.composing import compose
from mirrorcoach.records.report.material import Picture
from mirrorcoach.records.report.page import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("pdftotext") and shutil.which("pdfinfo")),
    reason="needs Chromium and poppler (Debian: chromium poppler-utils)",
)

QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--virtual-time-budget=3000", "--hide-scrollbars"),
)

PHONE_W = 375
PAPER = {"A4": (595, 842), "letter": (612, 792)}

LONG = "Wolfeschlegelsteinhausenbergerdorff-Maja"
TWELVE = weeks(times=2)


def long_name():
    given = material(TWELVE)
    return compose(
        material(
            TWELVE,
            profile=given.profile.changed(name=LONG),
            notes=(given.notes[0].__class__(1, BEGAN, "Ü" * 400, "Ö" * 90),),
            outlines=lambda number: [outline()],
        ),
        "fr",
    )


CASES = {
    "twelve weeks": lambda: compose(material(TWELVE), "en"),
    "long words": long_name,
    "one day": lambda: compose(material(TWELVE[:1]), "fr"),
}


@pytest.fixture(scope="module", params=CASES)
def report(request):
    return CASES[request.param]()


def chromium(tmp_path, *arguments):
    done = subprocess.run(
        [CHROMIUM, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def printed(tmp_path, content, paper):
    """The pages of the report on some paper, as text."""
    sheet = f"<style>@page {{ size: {paper} }}</style></head>"
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(content.replace("</head>", sheet, 1), encoding="utf-8")
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info)
    assert [float(one) for one in size.groups()] == pytest.approx(PAPER[paper], abs=1)
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    return text.split("\f")[:-1]


@pytest.mark.parametrize("paper", PAPER)
def test_it_prints_on_paper_with_everything_on_it(tmp_path, report, paper):
    pages = printed(tmp_path, html(report), paper)
    assert 6 <= len(pages) <= 14
    whole = re.sub(r"\s+", " ", " ".join(pages).replace("\u00a0", " "))
    for number, page in enumerate(pages, 1):
        of = {"en": f"Page {number} of {len(pages)}", "fr": f"Page {number} sur {len(pages)}"}
        assert of[report.language] in page
        assert len(page.split()) > 25, f"page {number} is nearly empty"
    for text in (report.title, *(one.title for one in report.headings)):
        assert text in whole
    for _, meaning in report.definitions:
        assert meaning.split()[-1] in whole
    for text in [report.aid, *(one.name for one in report.movements)]:
        assert text.replace("\u00a0", " ").split()[0] in whole


@pytest.mark.parametrize("paper", PAPER)
def test_what_is_for_the_person_fills_two_pages_and_no_third(tmp_path, paper):
    report = compose(material(TWELVE), "fr")
    first, second, third, *_ = printed(tmp_path, html(report), paper)
    assert report.title in first
    assert report.facts[-1].title in first
    assert "Chaque mouvement" in second
    assert "Comment cela a été mesuré" in second
    assert "Pour le thérapeute" in third


def test_a_photograph_is_printed_whole(tmp_path):
    import cv2
    import numpy as np

    _, content = cv2.imencode(".jpg", np.full((640, 480, 3), 128, np.uint8))
    one = Picture(BEGAN.date(), content.tobytes(), "image/jpeg")
    pages = printed(tmp_path, html(compose(material(TWELVE, pictures=(one, one)), "en")), "A4")
    assert "First day, 3 March 2026" in pages[0]


@pytest.mark.parametrize("width", [320, PHONE_W, 640, 800, 1280])
def test_no_screen_has_to_be_moved_sideways(tmp_path, report, width):
    page = tmp_path / "page.html"
    page.write_text(html(report), encoding="utf-8")
    around = tmp_path / "around.html"
    around.write_text(
        f'<!DOCTYPE html><iframe id="f" src="page.html" style="width:{width}px;height:800px;'
        'border:0"></iframe><pre id="o"></pre><script>f.onload = () => {'
        "const d = f.contentDocument, right = d.documentElement.clientWidth;"
        "const wide = [...d.querySelectorAll('main *, header *, footer *')].filter(e => {"
        "  const r = e.getBoundingClientRect();"
        "  return r.width > 1 && r.right > right + 1 && !e.closest('.hidden, .skip, thead')"
        "}).map(e => e.tagName + '.' + (e.getAttribute('class') || ''));"
        "o.textContent = 'found ' + JSON.stringify("
        "{right, all: d.documentElement.scrollWidth, wide: [...new Set(wide)]})}</script>",
        encoding="utf-8",
    )
    dom = chromium(tmp_path, "--allow-file-access-from-files", "--dump-dom", around.as_uri())
    found = re.search(r"found (\{.*?\})<", dom).group(1).replace("&quot;", '"')
    assert found == f'{{"right":{width},"all":{width},"wide":[]}}'
