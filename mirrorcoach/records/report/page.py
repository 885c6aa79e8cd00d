"""A report as one HTML file that needs nothing beside it: no link, no script, its own type."""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

import assets
from mirrorcoach import __version__
from mirrorcoach.records.report.content import Report
from mirrorcoach.records.report.drawing import Drawing
from mirrorcoach.records.report.material import Picture
from mirrorcoach.records.report.speech import Speech

GENERATOR = "mirrorcoach report"
"""What the file names as its maker: such a file may be written anew."""

_FONT = "atkinson-hyperlegible-next"
_RANGES: Mapping[str, str] = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
    "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,"
    "U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,"
    "U+2C60-2C7F,U+A720-A7FF",
}
"""Which signs each file of the type holds, as its makers divided them."""


def html(report: Report) -> str:
    """The whole file.

    Parameters
    ----------
    report : Report
        Plain values; whatever in them looks like markup is shown as it stands.
    """
    say = Speech(report.language)
    page = _environment().get_template("report.html.j2")
    return page.render(
        report=report,
        say=say,
        generator=f"{GENERATOR} {__version__}",
        fonts=_fonts(),
        licence=_licence(),
    )


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("mirrorcoach.records.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["data"] = _data
    made.filters["css_text"] = _css_text
    made.globals["svg"] = _svg
    return made


def _data(picture: Picture) -> str:
    return f"data:{picture.kind};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _css_text(text: str) -> Markup:
    """A string of a style sheet: every sign but letters and digits as its number."""
    quoted = "".join(
        one if one.isascii() and one.isalnum() else f"\\{ord(one):06x}" for one in text
    )
    return Markup(f'"{quoted}"')


@pass_context
def _svg(context: Context, drawing: Drawing, style: str = "") -> Markup:
    """A drawing as SVG."""
    template = context.environment.get_template("drawing.svg.j2")
    return Markup(template.render(drawing=drawing, style=style).strip())


@functools.cache
def _fonts() -> Markup:
    """The type, as rules of a style sheet."""
    rules = []
    for weight in (400, 600):
        for part, signs in _RANGES.items():
            with assets.path(f"fonts/{_FONT}-{part}-{weight}-normal.woff2") as file:
                content = base64.b64encode(file.read_bytes()).decode("ascii")
            rules.append(
                f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-weight:{weight};'
                f"src:url(data:font/woff2;base64,{content}) format('woff2');"
                f"unicode-range:{signs}}}"
            )
    return Markup("\n".join(rules))


@functools.cache
def _licence() -> Markup:
    with assets.path("fonts/LICENSE-Atkinson-Hyperlegible-Next.txt") as file:
        return Markup(file.read_text(encoding="utf-8").replace("*/", "* /"))
